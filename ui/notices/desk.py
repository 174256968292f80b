"""The notice desk: plate first, its history at once; Enter fills the form, Ctrl+Enter issues.

What is typed is kept as a draft with the request's own id, so that a kill costs nothing and a
retry cannot make a second notice. Esc goes back to the plate; what was typed stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent

from enforcer.errors import InvalidForm, Refused
from enforcer.identity import NotAccepted, Plate, read_plate
from enforcer.operations.notice_forms import (
    IssuedNotice,
    NoticeContent,
    NoticeForm,
    RegisterBlankForm,
)
from enforcer.operations.notices import issue_notice, register_blank
from enforcer.queries import ladder, notices
from enforcer.queries.notices import History, NoticeRow
from enforcer.terms import LadderChoice, NoticeState, PlateKind
from enforcer.text import take
from ui.context import Context
from ui.failures import in_place
from ui.notices.draft import DeskDraft
from ui.notices.fields import LABELS, DeskChoices, NoticeFields, desk_choices
from ui.notices.history import HistoryPanel
from ui.notices.reading import history_says
from ui.widgets.banner import Banner, sentence
from ui.widgets.basics import ActBar, Card, Scrolled, button, label
from ui.widgets.field import Field
from ui.widgets.form import FormBinder
from ui.widgets.moments import show_moment
from ui.widgets.plate import PlateEdit

WIDTH, NARROW = 460, 400
WHY = {"ladder_reason", "recorder_reason"}
"""Fields in which a reason is asked for: the sentence under them says all."""
TABLES = frozenset({"officer", "certificate", "recorder", "organ", "power_source", "item_power"})


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of a plate and an item."""

    history: History
    view: ladder.LadderView


class DeskCard(Card):
    """The left of the screen; `issued(IssuedNotice, print at once)` after a number was drawn."""

    issued = Signal(object, bool)
    edited = Signal()
    opened_item = Signal(str, int)

    def __init__(self, context: Context) -> None:
        super().__init__(spacing=10)
        self.context = context
        self.blank: NoticeRow | None = None
        self.known: Known | None = None
        self._request: UUID = uuid4()
        self._kept: tuple[str, dict[str, Any]] | None = None
        self._filled_for = ""
        self._draft = DeskDraft(context, self)
        self._stale = True
        self.setFixedWidth(WIDTH)
        self._build()
        self.binder = FormBinder(
            {"plate": self.plate_field, **self.form.fields},
            parent=self,
            check=self.check,
            keep_draft=self._keep_draft,
        )
        self._connect()
        self.open_form(on=False)

    def _build(self) -> None:
        self.title = label("", "section")
        self.title.hide()
        self.plate = PlateEdit()
        self.plate_field = Field("号牌号码", self.plate)
        self.says = Banner()
        self.says.hide()
        self.banner = Banner(dismissable=True)
        self.banner.hide()
        self.history = HistoryPanel()
        self.form = NoticeFields(self.context)
        self.area = Scrolled(self.form)
        self.clear_button = button("清空", on=self.start_over)
        self.save_button = button("只签发", on=lambda: self.save(and_print=False))
        self.save_button.setToolTip("签发、取号、存档，以后再打印（Ctrl+S）")
        QShortcut(QKeySequence("Ctrl+S"), self.save_button, self.save_button.click)
        self.print_button = button(
            "签发并打印", main=True, keys="Ctrl+Enter", on=lambda: self.save(and_print=True)
        )
        self.acts = ActBar(self.clear_button, self.save_button, self.print_button)
        self.acts.keep(self.context.against("issue_notice", "签发告知书"))
        for one in (self.title, self.plate_field, self.banner, self.says):
            self.body.addWidget(one)
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self.history, 1)
        self.body.addWidget(self.acts)
        self.setFocusProxy(self.plate)

    def _connect(self) -> None:
        self.plate.plate_edited.connect(lambda _plate: self.look())
        self.plate.installEventFilter(self)  # after the binder's: Enter opens the form first
        self.history.opened.connect(self.opened_item)
        self.form.item.edited.connect(self.look)
        self.form.ladder_choice.edited.connect(self._offer)
        self.form.fields["noticed_at"].left.connect(self.look)
        self.binder.edited.connect(self._edited)
        self.binder.submitted.connect(self.print_button.setFocus)
        self.context.tasks.changed.connect(self._changed)

    # beginning

    def begin(self) -> None:
        """Fill the pickers, and put back what was typed and not issued."""
        first, self._stale = self._stale, False
        if first:
            self.refresh_choices()
            self._restore_draft()
            self.look()

    def refresh_choices(self) -> None:
        """Ask again for what the pickers offer and what the next form begins with."""
        day = self.context.clock.today()
        found = self.context.tasks.now(lambda store: desk_choices(store, day))
        self._take_choices(found)

    def _take_choices(self, found: DeskChoices) -> None:
        self.form.offer(found)
        self.plate.set_prefix(found.last.prefix)

    def _changed(self, names: frozenset[str]) -> None:
        if names & TABLES and not self._stale:
            self.refresh_choices()

    # the plate and what is known of it

    @property
    def is_open(self) -> bool:
        """Whether the form is open under the plate."""
        return not self.area.isHidden()

    def read_plate(self) -> Plate | None:
        """The plate as typed, or None while it cannot be one."""
        try:
            return read_plate(self.plate.text()) if self.plate.plate() else None
        except NotAccepted:
            return None

    def look(self) -> None:
        """Show what is known of the plate: two questions of a millisecond."""
        plate = self.read_plate()
        if plate is None or (plate.kind is PlateKind.OTHER and not self.is_open):
            self.known = None
            self.says.say("info", "")
            self.history.show_history(None)
            self._offer()
            return
        on = (self.form.fields["noticed_at"].read() or self.context.clock.now()).date()
        item = self.form.item.read() or ""

        def ask(store: Any) -> Known:
            return Known(
                notices.history(store, plate.key),
                ladder.sentence(store, plate.key, item, on),
            )

        self.known = self.context.tasks.now(ask)
        kind, text = history_says(self.known.history, self.known.view)
        if plate.remarks:
            text = f"{''.join(plate.remarks)}\n{text}"
        self.says.say(kind, text, icon="history" if self.known.history.last else "")
        self.history.show_history(self.known.history)
        self._offer()

    def _offer(self) -> None:
        asks = self.known is not None and self.known.view.asks_reason
        self.form.show_conditional(ladder=asks)
        choice = self.form.ladder_choice.read() or LadderChoice.NOTICE
        away = self.is_open and asks and choice is not LadderChoice.NOTICE
        words = f"{choice.label}" if away else ("登记" if self.blank else "签发并打印")
        self.print_button.setText(f"{words}　Ctrl+Enter")
        self.print_button.setAccessibleName(words)
        self.save_button.setVisible(not away and self.blank is None)
        self.clear_button.setText("不登记了" if self.blank else "清空")

    # the form

    def _entered(self) -> None:
        if not self.plate.plate():
            self.plate_field.set_error("请先填写号牌；没有号牌的，请填写“无号牌”。")
            return
        if say := self.plate.complaint():
            self.plate_field.set_error(say)
            return
        self.plate_field.set_error("")
        if not self.is_open:
            self.fill()
        self.open_form(on=True)
        if self.blank is not None:
            self.banner.say("info", "")  # it was read; the form needs its room
        asks = self.known is not None and self.known.view.asks_reason
        # a blank begins at the time that stands on its counterfoil
        first = "ladder_reason" if asks else "place" if self.blank is None else "noticed_at"
        self.form.fields[first].editor.setFocus(Qt.FocusReason.TabFocusReason)

    def fill(self) -> None:
        """Fill the form from the last notice; after Esc what was typed stays, for a mended plate too."""
        plate = self.read_plate()
        kind = plate.kind if plate else PlateKind.OTHER
        now = None if self.blank is not None else self.context.clock.now()
        values = self.form.beginning(kind, now)
        if not self._filled_for:
            self.binder.set_values(values)
        elif self._filled_for != self.plate.plate():
            self.binder.set_values({name: values[name] for name in ("noticed_at", "plate_colour")})
        self._filled_for = self.plate.plate()
        self.form.show_beginnings()
        self.look()

    def open_form(self, *, on: bool) -> None:
        """Open or close the form under the plate."""
        if not on and self.isAncestorOf(self.window().focusWidget() or self):
            self.plate.setFocus()  # a hidden field would hand the focus on to the list
        self.area.setVisible(on)
        self.history.setVisible(not on)
        self.acts.setVisible(on)
        self._offer()

    def start_over(self) -> None:
        """Empty everything; one act brings it back, as long as nothing was issued since."""
        typed, kept, was_open = self.plate.plate(), self.binder.draft(), self.is_open
        self._forget()
        if typed:
            self.banner.say(
                "info",
                f"已清空“{typed}”的填写，没有签发。",
                act="恢复　Ctrl+Z",
                on=lambda: self._bring_back(typed, kept, on=was_open),
            )
            self._kept = (typed, kept)
        self.plate.setFocus()

    def bring_back(self) -> None:
        """Undo the last emptying."""
        if self._kept is not None:
            self._bring_back(*self._kept, on=True)

    def _bring_back(self, typed: str, kept: Mapping[str, Any], *, on: bool) -> None:
        self._kept = None
        self.banner.say("info", "")
        self.binder.set_values(dict(kept) | {"plate": typed})
        self._filled_for = typed if on else ""
        self.open_form(on=on)
        self.look()

    def _forget(self) -> None:
        self._request, self.blank, self._kept, self._filled_for = uuid4(), None, None, ""
        self.title.hide()
        self.banner.say("info", "")
        self.binder.clear()
        self.form.show_conditional(ladder=False, several_organs=False)
        self.open_form(on=False)
        self.look()
        if not self._stale:
            self._draft.drop()

    def register(self, blank: NoticeRow) -> None:
        """Enter what came back on a numbered blank: the same form, under that number."""
        self.binder.flush()
        self._forget()
        self.blank = blank
        self.title.setText(f"登记空白号 {blank.number}")
        self.title.show()
        self.banner.say(
            "info",
            f"领用人 {blank.blank_holder or '未登记'}，{blank.blank_given_on or ''} 领用。"
            "照交回的那一联填写。",
        )
        self._offer()
        self.plate.setFocus()

    # checking and saving

    def check(self, values: Mapping[str, Any]) -> Mapping[str, str]:
        """Wrong fields by name, as the operation's own form sees them."""
        del values
        if not self.is_open:
            return {}
        try:
            self.taken()
        except InvalidForm as wrong:
            return wrong.by_field
        return {}

    def taken(self) -> NoticeContent:
        """What stands in the form as the operation takes it; InvalidForm names what is wrong."""
        values = self.form.values() | {"plate": self.plate.text(), "request_id": self._request}
        values["recorders"] = tuple(values["recorders"])
        if self.blank is not None:
            values.pop("organ_id")
            return take(RegisterBlankForm, values | {"notice_id": self.blank.id}, LABELS).form
        return take(NoticeForm, values, LABELS).form

    def save(self, *, and_print: bool) -> None:
        """Issue what stands in the form; with the form still closed, open it first."""
        if not self.is_open:
            self._entered()
            return
        if not self.print_button.isEnabled() or not self.binder.ready():
            return
        form = self.taken()
        if form.ladder_choice is not LadderChoice.NOTICE:
            self._go_to_penalty(form.ladder_choice)
            return
        self.binder.flush()
        self.acts.offer(self.print_button, "正在签发…")
        context, clock = self.context, self.context.clock
        deed = issue_notice if isinstance(form, NoticeForm) else register_blank

        def issue(store: Any) -> IssuedNotice:
            return deed(
                store,
                form,  # type: ignore[arg-type]
                today=clock.today(),
                now=clock.now(),
                actor=context.actor,
            )

        registered = self.blank is not None
        context.tasks.do(
            issue,
            lambda made: self._issued(made, and_print=and_print and not registered),
            owner=self,
            failed=self._failed,
        )

    def _issued(self, made: IssuedNotice, *, and_print: bool) -> None:
        plate, registered = self.plate.text(), self.blank is not None
        self.acts.offer(self.print_button)
        self._forget()
        self.refresh_choices()
        done = "已登记" if registered else "已签发"
        self.banner.say(
            "ok",
            f"{done} {made.number}（{plate}）。",
            act="查看",
            on=lambda: self.opened_item.emit("notice", made.id),
        )
        self.plate.setFocus()
        self.issued.emit(made, and_print)

    def _failed(self, error: Exception) -> bool:
        self.acts.offer(self.print_button)
        if isinstance(error, Refused):
            fields = {one.field for one in error.objections}
            if "organ_id" in fields:
                self.form.show_conditional(several_organs=True)
            for name in fields & WHY:
                self.form.fields[name].show()
            if fields <= WHY:
                self.binder.show_errors({one.field: sentence(one) for one in error.objections})
                return True
        return in_place(self.banner, self.binder)(error)

    def _go_to_penalty(self, choice: LadderChoice) -> None:
        """The ladder's suggestion is followed: no notice is issued, the other desk opens."""
        self.binder.flush()
        if choice is LadderChoice.SUMMARY:
            self.context.window.go("cases.summary")
        else:
            self.banner.say(
                "warn", "普通程序从立案开始，请在“案件”中办理；这里没有签发告知书，填写的内容保留。"
            )

    def _edited(self) -> None:
        self.banner.dismiss() if self.banner.kind == "ok" else None
        self.edited.emit()

    # the draft

    def _keep_draft(self, values: dict[str, Any]) -> None:
        if self.plate.plate():
            self._draft.keep(
                {
                    "values": values,
                    "open": self.is_open,
                    "filled_for": self._filled_for,
                    "request_id": str(self._request),
                    "blank": self.blank.id if self.blank else None,
                }
            )

    def _restore_draft(self) -> None:
        found = self._draft.find()
        if found is None:
            return
        payload = dict(found.payload)
        if payload.get("blank") is not None:
            row = self.context.tasks.now(lambda store: notices.row(store, payload["blank"]))
            if row is not None and row.state is NoticeState.BLANK:
                self.register(row)
        self._request = UUID(str(payload.get("request_id") or uuid4()))
        self.binder.set_values(dict(payload.get("values", {})))
        self._filled_for = str(payload.get("filled_for", ""))
        self.open_form(on=bool(payload.get("open")))
        self.banner.say(
            "info",
            f"{show_moment(found.saved_at)} 填写而没有签发的内容已放回。",
            act="清空",
            on=self.start_over,
        )

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self.is_open or self.blank):
            self.binder.flush()
            self.open_form(on=False)
            self.look()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.plate
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and (not self.is_open or not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        ):
            self._entered()
            return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.begin()
