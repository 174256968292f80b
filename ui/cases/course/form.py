"""The form of one step, built from its tables: shown, kept as a draft, checked, carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from enforcer import money
from enforcer.errors import InvalidForm, Objection, Refused
from enforcer.law.lifecycle import Offer
from enforcer.operations import drafts
from enforcer.operations.editing import labels_of
from enforcer.queries import office
from enforcer.queries.course_page import CoursePage
from enforcer.text import take
from ui.cases.course import choices as offered
from ui.cases.course import defaults, editors
from ui.cases.course.choices import Choices
from ui.cases.course.editors import Env
from ui.cases.course.notes import Notes
from ui.cases.course.specs import F, Kind
from ui.cases.course.tables import (
    fields_of,
    imposes,
    on_screen,
    operation_of,
    required,
    title_of,
)
from ui.context import Context
from ui.weighing import Weighing
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Scrolled, button, label
from ui.widgets.field import Field
from ui.widgets.form import FormBinder
from ui.widgets.moments import show_moment

COLUMNS = 2
BESIDE = ("kinds", "discretion")
OF_A_MOMENT = ("began_at", "taken_at", "done_at", "decided_at", "transferred_at")
EMPTY: tuple[Any, ...] = (None, "", [], {}, ())


class StepForm(QWidget):
    """One step being filled in; `taken(answer)` once it is done, `reload_wanted` to see what is new.

    `aside` is room above the fields for what belongs to the step: levels, arithmetic, discretion.
    """

    taken = Signal(object)
    edited = Signal()
    reload_wanted = Signal()

    def __init__(
        self,
        context: Context,
        page: CoursePage,
        offer: Offer,
        choices: Choices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context, self.page, self.offer = context, page, offer
        self.operation = operation_of(offer.step.key)
        self.form = self.operation.form
        self.labels = labels_of(self.form)
        self.env = Env(context, page.facts, choices, offer.step)
        self.seen, self.loaded = page.seen, page.lead_version
        self._request = uuid4()
        self._window = self._request.hex
        self._busy = False
        self._of_day: Any = None
        self.specs: dict[str, F] = {
            name: one for name, one in fields_of(self.form).items() if name in on_screen(self.form)
        }
        self.fields = {name: self._field(name, one) for name, one in self.specs.items()}
        self._shown: tuple[str, ...] = ()
        self.inserted: QWidget | None = None
        self._offered: dict[str, list[tuple[Any, str]]] = {}
        self._lay_out()
        self.binder = FormBinder(
            self.fields, parent=self, check=self._check, keep_draft=self._keep_draft
        )
        self.binder.edited.connect(self._edited)
        self.binder.submitted.connect(self.save.setFocus)
        self.findings.reasoned.connect(lambda: self._keep_draft(self.binder.draft()))
        self.weighing = Weighing(
            self, context, self._read, acts=self.acts, told=self._weighed, jump=self.jump
        )
        self.weighing.weigh_for(self.operation.name, self.save)
        self.begin()

    # how it is built

    def _field(self, name: str, spec: F) -> Field:
        title = title_of(self.form, name, spec)
        widget = editors.make(name, spec, title, self.env)
        made = Field(title, widget, hint=_beside(spec), required=required(self.form, name, spec))
        made.editor.setToolTip("　".join(one for one in (spec.hint, spec.cite) if one))
        return made

    def _lay_out(self) -> None:
        self.title = self.operation.label.removesuffix("（普通程序）")
        self.heading = label(self.title, "section")
        self.cite = label(self.offer.step.cite, "small")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.heading)
        head.addWidget(self.cite, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch()
        self.aside = QVBoxLayout()
        self.aside.setSpacing(10)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(14)
        self.grid.setVerticalSpacing(8)
        for place in range(COLUMNS):
            self.grid.setColumnStretch(place, 1)
        self.draft_note = Banner("info")
        self.draft_note.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(10)
        column.addWidget(self.draft_note)
        column.addLayout(self.aside)
        column.addLayout(self.grid)
        column.addStretch()
        self.scrolled = Scrolled(inside)
        self.notes = Notes(self.jump)
        self.findings = self.notes.findings
        self.save = button(self.title, main=True, keys="Ctrl+Enter", on=self.carry_out)
        self.save.setObjectName("course_save")
        self.acts = ActBar(self.save)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addLayout(head)
        whole.addWidget(self.scrolled, 1)
        whole.addWidget(self.notes)
        whole.addWidget(self.acts)
        for field in self.fields.values():  # last: what is moved with its children is styled anew
            field.setParent(inside)
            field.hide()

    def begin(self) -> None:
        """Fill in what the case knows, then what was typed here before and not saved."""
        now, who = self.context.clock.now(), self.context.who
        values = defaults.starting(self.env, self.page, now=now, actor=self.context.name)
        if who is not None and who.officer_id and "by_id" in values:
            values["by_id"] = who.officer_id  # nobody acts in another's name
        self.binder.set_values(values)
        kept = self.context.tasks.now(lambda store: office.draft(store, self.draft_key))
        if kept is not None:
            self._depend()
            self.binder.set_values(kept.payload.get("values", {}))
            self.findings.set_reasons(kept.payload.get("reasons", {}))
            self._window = str(kept.payload.get("window", self._window))
            self.draft_note.say(
                "info",
                f"这是 {show_moment(kept.saved_at)} 没有办完的草稿，已经恢复。",
                icon="history",
                act="清空重填",
                on=self.start_again,
            )
        else:
            self._offer_taken_back()
        self._depend()
        self._relay()

    def _offer_taken_back(self) -> None:
        """What was taken back as a slip need not be typed again but for what was wrong in it."""
        last = self.page.slip_of(self.operation.name)
        if last is not None and self.operation.name != "sign_off":
            self.draft_note.say(
                "info",
                f"这一步曾于 {show_moment(last.at)} 撤回，原因：{last.reason}。",
                icon="undo",
                act="填入撤回的内容",
                on=lambda: self._fill_in(last.detail),
            )

    def _fill_in(self, said: Mapping[str, Any]) -> None:
        """The values of a step as it was recorded, to be mended."""
        values = {name: said[name] for name in self.specs if name in said}
        for name, value in values.items():
            if self.specs[name].kind is Kind.MONEY and value:
                values[name] = money.parse_yuan(value, label=name)
        self.binder.set_values(values)
        self.draft_note.hide()
        self._edited()

    @property
    def draft_key(self) -> str:
        """Under which name what is typed is kept."""
        of = self.page.case_id or (f"lead.{self.page.lead_id}" if self.page.lead_id else "new")
        return f"course.{of}.{self.offer.step.form}"

    def start_again(self) -> None:
        """Forget the draft and begin from what the case knows."""
        self._drop_draft()
        self.draft_note.hide()
        self.binder.clear()
        self.begin()

    def start(self) -> None:
        """Go into the first field that is empty, else the first."""
        shown = [name for name in self._shown if self.fields[name].editor.isEnabled()]
        empty = (
            name
            for name in shown
            if not imposes(self.form)
            and self.fields[name].read() in EMPTY
            and required(self.form, name, self.specs[name])
        )
        self.binder.jump(next(empty, shown[0] if shown else ""))

    # while it is filled in

    def values(self) -> dict[str, Any]:
        """What stands in the fields, hidden ones too."""
        return self.binder.values()

    def insert(self, widget: QWidget) -> None:
        """Put this right above what is to be imposed."""
        self.inserted, self._shown = widget, ()
        self._relay()

    def again(self) -> None:
        """Look again at what follows from the values."""
        self._depend()
        self._relay()

    def _edited(self) -> None:
        self.again()
        self.weighing.again()
        self.edited.emit()

    def _read(self) -> Any:
        return take(self.form, self.given(), self.labels).form

    def _weighed(self, rest: Sequence[Objection]) -> None:
        """What else is said beside the first, which greys the act; the focus stays where it is."""
        self.notes.tell(rest, self.fields, reload=self.reload_wanted.emit)

    def _depend(self) -> None:
        """Let a choice bring what follows from it."""
        values = self.values()
        if "of_id" in self.fields:
            pairs = offered.rows_of("served_rows", self.env.facts, self.env.choices, values)
            self._offer("of_id", pairs)
        if "power_source_id" in self.fields:
            sources = offered.sources_for(self.env.choices, values.get("item_key") or "")
            self._offer("power_source_id", sources)
        if {"officer1_id", "officer2_id"} <= self.fields.keys():
            for mine, other in (("officer1_id", "officer2_id"), ("officer2_id", "officer1_id")):
                picker: Any = self.fields[mine].widget
                picker.exclude([values[other]])
        self._follow_moment(values)

    def _offer(self, name: str, pairs: offered.Pairs) -> None:
        """Replace what a choice offers, where it is not the same already."""
        widget: Any = self.fields[name].widget
        if self._offered.get(name) == list(pairs):
            return
        self._offered[name] = list(pairs)
        widget.set_choices(pairs)
        if widget.currentIndex() < 0 and pairs:
            widget.blockSignals(True)  # it is offered, not typed
            widget.setCurrentIndex(0)
            widget.blockSignals(False)

    def _follow_moment(self, values: Mapping[str, Any]) -> None:
        """The day of a record is the day it was begun, until another is typed."""
        moment = next((values[one] for one in OF_A_MOMENT if values.get(one) is not None), None)
        if moment is None or "on" not in self.fields:
            return
        day = moment.date()
        if self._of_day is not None and day != self._of_day and values["on"] == self._of_day:
            self.binder.set_values({"on": day})
        self._of_day = day

    def _relay(self) -> None:
        """Only the fields that matter, in their order, without holes."""
        values = self.values()
        shown = tuple(
            name for name, one in self.specs.items() if one.shows(values) and self._matters(name)
        )
        if shown == self._shown:
            return
        self._shown = shown
        row = at = 0
        for name, field in self.fields.items():
            self.grid.removeWidget(field)
            field.setVisible(name in shown)
        if self.inserted is not None:
            self.grid.removeWidget(self.inserted)
        before_it = next((one for one in BESIDE if one in shown), "")
        for name in shown:
            if name == before_it and self.inserted is not None:
                row, at = row + 1, 0
                self.grid.addWidget(self.inserted, row, 0, 1, COLUMNS)
                row += 1
            span = min(self.specs[name].span, COLUMNS)
            if at + span > COLUMNS:
                row, at = row + 1, 0
            self.grid.addWidget(self.fields[name], row, at, 1, span, Qt.AlignmentFlag.AlignTop)
            at += span
        before: QWidget | None = None
        for name in shown:
            for part in self.fields[name].parts:
                if before is not None:
                    QWidget.setTabOrder(before, part)
                before = part
        if before is not None:
            QWidget.setTabOrder(before, self.save)

    def _matters(self, name: str) -> bool:
        """Some fields matter only where the law leaves something open for this item."""
        facts = self.env.facts
        if name in ("law_choice", "law_reason"):
            return facts.law is not None and facts.law.needs_choice
        if name == "under":
            return facts.item is not None and bool(facts.item.conditions)
        return True

    def given(self) -> dict[str, Any]:
        """What the operation's form is made from; what is hidden goes back to blank."""
        values = self.values()
        found: dict[str, Any] = {"request_id": self._request, "reasons": self.findings.reasons()}
        for name, spec in self.specs.items():
            if name not in self._shown:
                if imposes(self.form):
                    found[name] = self.form.model_fields[name].get_default(
                        call_default_factory=True
                    )
                continue
            value = values[name]
            if spec.kind is Kind.MONEY:
                value = "" if value is None else money.yuan(value)
            if value is None or (spec.kind is Kind.COUNT and not value):
                continue
            found[name] = value
        names = self.form.model_fields
        if "seen" in names:
            found |= {"seen": self.seen, "case_id": self.page.case_id}
        if "lead_id" in names:
            found |= {"lead_id": self.page.lead_id, "loaded": self.loaded}
        return found

    def _check(self, values: dict[str, Any]) -> Mapping[str, str]:
        """What is wrong field by field: what must be filled, then what the form says."""
        wrong: dict[str, str] = {}
        for name in self._shown:
            spec = self.specs[name]
            blank = values[name] in EMPTY or (spec.kind is Kind.COUNT and not values[name])
            if blank and required(self.form, name, spec):
                cite = f"（{spec.cite}）" if "条" in spec.cite else ""
                wrong[name] = f"{title_of(self.form, name, spec)}没有填写，请补填{cite}。"
        try:
            take(self.form, self.given(), self.labels)
        except InvalidForm as invalid:
            for name, say in invalid.by_field.items():
                if name in self.fields:
                    wrong.setdefault(name, say)
        return wrong

    def jump(self, name: str) -> bool:
        """Go to the field a finding names; false when it is not here."""
        there = self.binder.jump(name)
        if there:
            QTimer.singleShot(0, self, lambda: self._bring_into_view(name))
        return there

    def _bring_into_view(self, name: str) -> None:
        self.scrolled.ensureWidgetVisible(self.fields[name], 0, 12)

    # keeping and carrying out

    def _keep_draft(self, values: dict[str, Any]) -> None:
        payload = {"values": values, "reasons": self.findings.reasons(), "window": self._window}
        now, actor, key = self.context.clock.now(), self.context.actor, self.draft_key
        self.context.tasks.do(
            lambda store: drafts.save_draft(store, key, payload, now=now, actor=actor),
            lambda _: self.context.window.tell_draft(f"草稿已于 {now:%H:%M} 保存"),
            owner=self,
        )

    def _drop_draft(self) -> None:
        """Queued behind whatever is still being kept, so that nothing of it stays."""
        key, actor, window = self.draft_key, self.context.actor, self._window
        self.context.tasks.do(
            lambda store: drafts.drop_draft(store, key, actor=actor, window=window),
            lambda _: self.context.window.tell_draft(""),
            owner=self.context.tasks,
        )

    def flush(self) -> None:
        """Keep what is typed before the form is left."""
        self.binder.flush()

    def carry_out(self) -> None:
        """Take the step; what stands against it is said here and nothing typed is lost."""
        if self._busy:
            return
        if not self.binder.ready():
            first = next(name for name in self.fields if self.fields[name].error)
            QTimer.singleShot(0, self, lambda: self._bring_into_view(first))
            return
        try:
            form = self._read()
        except InvalidForm as wrong:
            self.notes.say(self.binder.show_errors(wrong.by_field))
            return
        self._busy = True
        self.weighing.hold()
        self.context.carry_out(
            self.operation.run, form, self._done, owner=self, failed=self._refused
        )

    def _done(self, answer: Any) -> None:
        self.binder.clear()  # nothing of it is to be kept any more
        self._drop_draft()
        self.context.window.message("ok", f"“{self.operation.label}”已经办理并记录在案。")
        self.taken.emit(answer)

    def _refused(self, error: Exception) -> bool:
        self._busy = False
        self.weighing.let_go()
        if isinstance(error, InvalidForm):
            self.notes.say(self.binder.show_errors(error.by_field))
            return True
        if not isinstance(error, Refused):
            return False
        self._keep_draft(self.binder.draft())  # another window may have dropped its like
        self.notes.show_objections(error.objections, self.fields, reload=self.reload_wanted.emit)
        return True


def _beside(spec: F) -> str:
    """Quiet words at the right of the label; a hint that stands in the field is not said twice."""
    inside = spec.kind in (Kind.LINE, Kind.WORDS)
    return spec.cite if inside else "　".join(one for one in (spec.hint, spec.cite) if one)
