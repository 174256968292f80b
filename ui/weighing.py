"""What stands against what is being typed, asked in the background once the hand rests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from enforcer.errors import InvalidForm, Level, Objection
from enforcer.operations import weighing
from ui.context import Context
from ui.widgets.banner import sentence
from ui.widgets.basics import CTRL_ENTER, ActBar

CHANGED = "changed_meanwhile"
"""Another window went on: there is something to be done about it beside the form."""
RESTS = 400
"""Milliseconds without a key before what is typed is weighed."""


class Weighing(QTimer):
    """Weighs what stands in a form by the operation's own guards; what refuses first greys the act.

    `read()` is the operation's form as it is typed, or InvalidForm. `told(rest)` hears what else is
    said, doubts too. `jump(name)` goes to a field, and is false where there is none: a grey act's
    Ctrl+Enter leads there.
    """

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        read: Callable[[], Any],
        *,
        acts: ActBar,
        told: Callable[[Sequence[Objection]], object],
        jump: Callable[[str], bool],
    ) -> None:
        super().__init__(parent, singleShot=True, interval=RESTS)
        self._owner, self._context, self._read = parent, context, read
        self._acts, self._told, self._jump = acts, told, jump
        self._name = ""
        self._waits = False
        self._first: Objection | None = None
        self._buttons: tuple[QPushButton, ...] = ()
        self._keys = QShortcut(parent)  # the act's own are dead while it is grey
        self._keys.setKeys(CTRL_ENTER)
        self._keys.setEnabled(False)
        self._keys.activated.connect(self.lead_on)
        self.timeout.connect(self.ask)

    def weigh_for(self, name: str, *buttons: QPushButton) -> None:
        """From now on weigh the operation `name`, which these buttons carry out."""
        self._name, self._buttons = name, buttons
        self.stop()

    def again(self) -> None:
        """Something was typed: the act is offered until it is weighed."""
        if not self._buttons:
            return  # filled in before anything is begun
        self._offer(None)
        self.start()

    def hold(self) -> None:
        """The act is being carried out: what was asked before is not told any more."""
        self._waits = False
        self.stop()
        for one in self._buttons:
            self._acts.offer(one, "正在保存…")

    def let_go(self) -> None:
        """The act was carried out, or refused by the operation itself: it is offered again."""
        self._offer(None)

    def ask(self) -> None:
        """Weigh what stands there now."""
        self._waits = True
        try:
            form = self._read()
        except InvalidForm:
            return  # what is still to be typed is said at its field
        now, name = self._context.clock.now(), self._name
        self._context.tasks.ask(
            lambda store: weighing.weighed(store, name, form, now=now),
            self._show,
            owner=self._owner,
            failed=lambda _: True,
            latest="weighed",
        )

    def lead_on(self) -> None:
        """To the field that what refuses first names; where it names none, it is said aloud."""
        if self._first is not None and not self._jump(self._first.field):
            self._context.window.message("warn", sentence(self._first))

    def _show(self, found: Sequence[Objection]) -> None:
        if self.isActive() or not self._waits:
            return  # typed on since, or carried out
        first = next((one for one in found if one.level is Level.BLOCK), None)
        self._offer(first)
        beside = first is not None and first.code != CHANGED
        self._told([one for one in found if not (beside and one is first)])

    def _offer(self, first: Objection | None) -> None:
        self._first = first
        self._keys.setEnabled(first is not None)
        for one in self._buttons:
            self._acts.offer(
                one,
                sentence(first) if first else "",
                go=self.lead_on if first and first.field else None,
            )
