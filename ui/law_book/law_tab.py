"""A register of the office's own law: what a change touches is told beside the form, before saving."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from enforcer.operations import law_book as deeds
from enforcer.operations.editing import read
from enforcer.queries import law_touch
from enforcer.queries.law_touch import Change, Touched
from enforcer.terms import CitedIn
from ui.confirm import ConfirmDialog
from ui.context import Context
from ui.failures import in_place
from ui.law_book.options import where_untrusted
from ui.register_tab import Register, RegisterTab
from ui.widgets.banner import Banner
from ui.widgets.basics import button

DELAY_MS = 250
SHOWN = 12
RETIRED = "含失效、撤下的"


class LawTab(RegisterTab):
    """`kind` is what the deeds of the law book call it; `change` says what the form would change."""

    kind: ClassVar[str] = ""
    touches_asked = Signal(str, object)

    def __init__(self, context: Context, register: Register) -> None:
        self.day = context.clock.today()
        self.found: tuple[Touched, ...] = ()
        super().__init__(context, register)
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(DELAY_MS)
        self._asking.timeout.connect(self.ask_touched)
        self.binder.edited.connect(self._asking.start)
        self.ask_touched()

    def change(self, values: dict[str, Any]) -> Change | None:
        """What saving these values would change; None while nothing can be said."""
        raise NotImplementedError

    def show_day(self, day: date) -> None:
        """List what is in force on this day."""
        if day != self.day:
            self.day = day
            self.refresh()

    def add_withdraw(self) -> None:
        """The act that takes the row out, at the foot of the form."""
        self.withdraw_button = button("撤下这一条…", "void", danger=True, on=self.withdraw)
        self.withdraw_button.hide()
        self.column.addWidget(self.withdraw_button)

    @property
    def withdrawn(self) -> str:
        """Why the row in the form was taken out; empty when it counts."""
        return str(getattr(self.row, "withdrawn", ""))

    def _lay_out(self, content: QWidget) -> None:
        super()._lay_out(content)
        self.touches = Banner("info")
        self.touches.hide()
        self.right.body.insertWidget(self.right.body.indexOf(self.acts), self.touches)

    def _fill(self, values: dict[str, Any], *, drafted: bool) -> None:
        super()._fill(values, drafted=drafted)
        for one in self.fields.values():
            one.setEnabled(not self.withdrawn)
        self.withdraw_button.setVisible(self._can_withdraw())
        if self.withdrawn:
            self.banner.say("info", f"已经撤下，不再起作用：{self.withdrawn}")
        if hasattr(self, "_asking"):
            self.ask_touched()

    def _can_withdraw(self) -> bool:
        return self.row is not None and not self.withdrawn

    def _offer(self) -> None:
        super()._offer()
        if self.withdrawn:
            self.acts.offer(self.save_button, "已经撤下的不能再改，请另外新增")

    # what it touches

    def ask_touched(self) -> None:
        """Ask what the form, as it stands, would touch."""
        self._asking.stop()
        change = None if self.withdrawn else self.change(self.binder.values())
        today = self.context.clock.today()
        if change is None:
            self._tell_touched(())
            return
        self.context.tasks.ask(
            lambda store: law_touch.touched(store, change, today=today),
            self._tell_touched,
            owner=self,
            latest="touched",
            long=True,
            failed=where_untrusted(lambda _say: self.touches.hide()),
        )

    def _tell_touched(self, found: Sequence[Touched]) -> None:
        self.found = tuple(found)
        if not found:
            self.touches.hide()
            return
        when = "保存后" if self.dirty or self.row is None else "这一条"
        self.touches.say(
            "warn" if self.dirty else "info",
            f"{when}涉及{_counted(found)}。",
            act="逐项看",
            on=self._list_touched,
        )
        self.touches.setToolTip("\n".join(one.say for one in found[:SHOWN]))

    def _list_touched(self) -> None:
        self.touches_asked.emit(self.title.text(), self.found)

    # taking out

    def withdraw(self) -> None:
        """Ask why, say what it touches, then take the row out."""
        touched = f"它涉及{_counted(self.found)}。" if self.found else ""
        self.dialog = ConfirmDialog(
            self,
            f"撤下这条{self.register.noun}",
            f"{touched}撤下以后它不再起作用，内容和原因留在记录里，已经作出的决定不变。"
            "只是到期的，不要撤下，请填失效日期。",
            "撤下",
            reason="撤下的原因",
        )
        self.dialog.accepted.connect(lambda: self.withdraw_now(self.dialog.reason))
        self.dialog.open()

    def withdraw_now(self, reason: str) -> None:
        """Take the row out."""
        given = {
            "request_id": uuid4(),
            "id": self.own_id,
            "loaded": self._loaded,
            "kind": self.kind,
            "reason": reason,
        }
        context = self.context
        context.carry_out(
            deeds.withdraw_law,
            lambda: read(deeds.WithdrawLawForm, given).form,
            lambda _key: self._withdrawn_now(),
            owner=self,
            failed=in_place(self.banner),
        )

    @property
    def own_id(self) -> int | None:
        """The id of the row in the database; None where the form shows none of the office's."""
        return None if self.row is None else self.row.id

    def _withdrawn_now(self) -> None:
        self._drop_draft()
        self._show_new(focus=False, drafted=False)
        self.banner.say("ok", "已撤下。")
        self.refresh()
        self.table.view.setFocus()


def _counted(found: Sequence[Touched]) -> str:
    """未决案件 2 件、清单 1 处."""
    counted = Counter(one.where for one in found)
    return "、".join(
        f"{where.label} {count} {'件' if where is CitedIn.CASE else '处'}"
        for where, count in counted.items()
    )
