"""当场处罚: one screen from the party to the printed decision; the law speaks while one types.

Ctrl+Enter signs and prints, Esc goes back to the list without loss: the draft is kept as typed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal

from enforcer.errors import InvalidForm, Level, Objection
from enforcer.operations import drafts
from enforcer.operations.issue import PaperOut
from enforcer.operations.summary_forms import Decided, SummaryForm
from enforcer.operations.summary_weighing import Weighed
from enforcer.text import take
from ui.cases import desk_choices
from ui.cases.desk_fields import said
from ui.cases.desk_filling import DRAFT, DeskFilling
from ui.cases.desk_frame import BEGIN, CHECKS, NO_PAPER, PAPER
from ui.cases.desk_look import LABELS, Look, brief, law_said, looked, signed, why
from ui.cases.prints import print_case
from ui.context import Context
from ui.failures import in_place
from ui.widgets.form import FormBinder
from ui.widgets.printing import save_pdf

WEIGH_MS, PREVIEW_MS = 150, 500
NO_FINDING = "体检通过：要件齐全，可以签发。"
NOT_YET = "填写后在这里逐项体检。"
MENDED_IN = {
    "local_amount_missing": "law_book.amounts",
    "power_missing": "settings.powers",
    "power_not_covering": "settings.powers",
    "power_expired": "settings.powers",
    "power_not_yet": "settings.powers",
    "power_not_yet_valid": "settings.powers",
    "entrustment_expired": "settings.powers",
    "organ_disabled": "settings.organs",
    "certificate_missing": "registers.officers",
    "officer_left": "registers.officers",
}
"""Findings that no field of the form can mend, and the page that can."""


class SummaryDesk(DeskFilling):
    """The form of 当场处罚 with its law, its inspection and its paper; `decided(case_id)`."""

    decided = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.weighed: Weighed | None = None
        self._objections: dict[str, str] = {}
        self._passed = self._signing = False
        self.binder = FormBinder(
            self.form.fields, parent=self, check=self._check, keep_draft=self._keep_draft
        )
        self._weigh_soon = self._timer(WEIGH_MS, self.weigh)
        self._draw_soon = self._timer(PREVIEW_MS, self.draw)
        self.binder.edited.connect(self._edited)
        self.binder.submitted.connect(self.sign_button.setFocus)
        self.findings.reasoned.connect(self._reasoned)
        for name, field in self.fields.items():
            field.left.connect(lambda name=name: self._left(name))
        self._fill_as_typed()
        context.tasks.changed.connect(self._changed)
        self.binder.set_values(self._starting())
        self.load_choices()

    def _timer(self, wait: int, then: Any) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(wait)
        made.timeout.connect(then)
        return made

    # while it is typed

    def given(self) -> dict[str, Any]:
        """What the operation's form is made from."""
        return said(self.binder.values()) | {
            "notice_id": self.notice_id,
            "reasons": self.findings.reasons(),
            "request_id": self._request,
        }

    def _check(self, values: dict[str, Any]) -> Mapping[str, str]:
        """What is wrong field by field: what cannot be read, then what the law says."""
        try:
            take(SummaryForm, said(values), LABELS)
        except InvalidForm as wrong:
            return wrong.by_field
        return self._objections

    def _edited(self) -> None:
        self._weigh_soon.start()
        self._draw_soon.start()

    def _reasoned(self) -> None:
        self._edited()
        self._keep_draft(self.binder.draft())

    def _left(self, name: str) -> None:
        self._touched.add(name)

    def follow(self, one: Objection) -> None:
        """Go where a finding can be mended: a field, or the page of the office; the draft stays."""
        if place := MENDED_IN.get(one.code):
            self.binder.flush()
            self.context.window.go(place)
        else:
            self.jump(one.field)

    def jump(self, name: str) -> None:
        """Go to the field a finding names, or to the organ's own row."""
        if name.startswith("organ."):
            self.binder.flush()
            self.context.window.go("settings.organs", name.partition(".")[2])
        else:
            self.binder.jump(name)
            self._bring_into_view(name)

    def _bring_into_view(self, name: str) -> None:
        """Scroll to a field that is given the focus by the program; Tab does so by itself."""
        if name in self.fields:
            self.scrolled.ensureWidgetVisible(self.fields[name], 0, 12)

    def _keep_in_view(self) -> None:
        """What was just said under the field in hand may have grown over the edge."""
        for name, field in self.fields.items():
            if field.error and field.editor.hasFocus():
                self._bring_into_view(name)

    def _first(self, names: Collection[str]) -> str:
        return next((name for name in self.fields if name in names), "")

    # what the law says

    def weigh(self) -> None:
        """Lay what stands there before the law."""
        self._look(draw=False, latest="weigh")

    def draw(self) -> None:
        """Lay it before the law and draw its paper."""
        self._look(draw=True, latest="draw")

    def _look(self, *, draw: bool, latest: str) -> None:
        self._weigh_soon.stop()
        given, now = self.given(), self.context.clock.now()
        self.context.tasks.ask(
            lambda store: looked(store, given, now=now, draw=draw),
            lambda look: self._show(look, drawn=draw),
            owner=self,
            latest=latest,
            long=True,
        )

    def _show(self, look: Look, *, drawn: bool) -> None:
        weighed = self.weighed = look.weighed
        values = self.binder.values()
        law_open = bool(weighed and weighed.law and weighed.law.needs_choice and weighed.law.old)
        self.form.show_for(values, law_open=law_open, sources=self._sources)
        found = weighed.objections if weighed else ()
        self._objections = {
            one.field: brief(one)
            for one in reversed(found)
            if one.level is Level.BLOCK and one.field in self.fields
        }
        unread = {name: field.input.complaint() for name, field in self.fields.items()}
        unread = {name: say for name, say in unread.items() if say}
        wrong = {**self._objections, **look.wrong, **unread}
        for name in self._touched & self.fields.keys():
            self.fields[name].set_error(wrong.get(name, ""))
        QTimer.singleShot(0, self, self._keep_in_view)
        self._tell_law(weighed, look)
        self._tell_findings(found, look.wrong)
        if drawn:
            if look.pdf:
                self.preview.show_pdf(look.pdf)
            else:
                self.preview.clear(look.say or NO_PAPER)

    def _tell_findings(self, found: Sequence[Objection], wrong: Mapping[str, str]) -> None:
        """The list at the side, its count on the tab, the first of them beside the main act."""
        if self._untouched():
            self.findings.show_findings((), none=NOT_YET)
            self.sides.setTabText(CHECKS, "出件体检")
            self.acts.offer(self.sign_button, BEGIN)
            return
        unreadable = [
            Objection("unreadable", Level.BLOCK, say, "", name) for name, say in wrong.items()
        ]
        shown = self._in_order([*unreadable, *found])
        still = self._in_order([*unreadable, *(self.weighed.open if self.weighed else ())])
        self.findings.show_findings(shown, none=NOT_YET if self.weighed is None else NO_FINDING)
        blocks = sum(one.level is Level.BLOCK for one in still)
        count = (
            f"{blocks} 项不能签发" if blocks else f"{len(still)} 项要写理由" if still else "通过"
        )
        self.sides.setTabText(CHECKS, f"出件体检　{count}")
        if not still and not self._passed:
            self.sides.setCurrentIndex(PAPER)
        elif still and self._passed:
            self.sides.setCurrentIndex(CHECKS)
        self._passed = not still
        self.acts.offer(self.sign_button, why(still))

    def _untouched(self) -> bool:
        return not any(
            self.fields[name].read() for name in ("party_id_number", "party_name", "item_key")
        )

    def _in_order(self, found: Sequence[Objection]) -> list[Objection]:
        """What refuses first, and among them in the order of the form."""
        order = {name: place for place, name in enumerate(self.fields)}
        return sorted(
            found, key=lambda one: (one.level is Level.WARN, order.get(one.field, len(order)))
        )

    def _tell_law(self, weighed: Weighed | None, look: Look) -> None:
        kind, text = law_said(weighed, look.like)
        self.law.say(kind, text, icon="law_book")

    # keeping and signing

    def _keep_draft(self, values: dict[str, Any]) -> None:
        payload = {
            "values": values,
            "reasons": self.findings.reasons(),
            "notice_id": self.notice_id,
            "auto_act": self._auto_act,
        }
        now, actor = self.context.clock.now(), self.context.actor
        self.context.tasks.do(
            lambda store: drafts.save_draft(store, DRAFT, payload, now=now, actor=actor),
            lambda _: self.context.window.tell_draft(f"草稿已于 {now:%H:%M} 保存"),
            owner=self,
        )

    def sign(self) -> None:
        """签发并打印: number, freeze, write; then the paper to the printer."""
        if self._signing:
            return
        try:
            form = take(SummaryForm, self.given(), LABELS).form
        except InvalidForm as wrong:
            rest = self.binder.show_errors(wrong.by_field)
            self._touched.update(wrong.by_field)
            self._bring_into_view(self._first(wrong.by_field))
            self.message.say("bad", rest)
            return
        weighed_as_typed = not self._weigh_soon.isActive()
        if weighed_as_typed and not self.sign_button.isEnabled():
            self._show_first()
            return
        self._signing = True
        self.sign_button.setEnabled(False)
        clock, actor = self.context.clock, self.context.actor
        self.context.tasks.do(
            lambda store: signed(store, form, clock.today(), clock.now(), actor),
            self._signed,
            owner=self,
            failed=self._refused,
        )

    def _show_first(self) -> None:
        """Why the main act is grey: to the first field that stands in the way."""
        still = self._in_order(self.weighed.open if self.weighed else ())
        self._touched.update(one.field for one in still)
        self.weigh()
        first = next(iter(still), None)
        row = self.findings.row(first.code) if first else None
        if first is None or first.field in self.fields:
            self.jump(first.field if first else "party_id_number")
        elif row is not None:
            self.sides.setCurrentIndex(CHECKS)
            row.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: Exception) -> bool:
        self._signing = False
        self.sign_button.setEnabled(True)
        self._touched.update(self.fields)
        self.weigh()
        if isinstance(error, InvalidForm):
            self._bring_into_view(self._first(error.by_field))
        return in_place(self.message, self.binder)(error)

    def _signed(self, answer: tuple[Decided, PaperOut]) -> None:
        made, out = answer
        self._signing = False
        self.start_again()
        self.context.window.message("ok", f"已签发 {made.number}，两联共 {made.pages} 页。")
        self.decided.emit(made.case_id)
        self.print_dialog = print_case(self, self.context, made.case_id, made.number, out.pdf)

    def save_preview(self) -> None:
        if self.preview.pdf:
            save_pdf(self, self.preview.pdf, "当场行政处罚决定书（预览）.pdf")

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & desk_choices.REGISTERS:
            self.load_choices()
