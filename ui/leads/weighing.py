"""What stands against what is being typed of a lead, asked in the background once the hand rests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from enforcer.errors import InvalidForm, Level, Objection
from enforcer.operations import weighing
from enforcer.operations.editing import read
from ui.cases.findings import FindingList
from ui.context import Context
from ui.widgets.banner import sentence
from ui.widgets.basics import ActBar

RESTS = 400
"""Milliseconds without a key before what is typed is weighed."""


class Weighing(QTimer):
    """Weighs what stands in a form; what refuses greys the act with its reason, doubts ask for theirs.

    `given()` is what the form `kind` is made from; `told(found)` hears every answer.
    """

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        given: Callable[[], dict[str, Any]],
        *,
        acts: ActBar,
        findings: FindingList,
        told: Callable[[], object],
    ) -> None:
        super().__init__(parent, singleShot=True, interval=RESTS)
        self._owner, self._context, self._given = parent, context, given
        self._acts, self._findings, self._told = acts, findings, told
        self._name = ""
        self._kind: type[Any] = object
        self._waits = False
        self._buttons: tuple[QPushButton, ...] = ()
        self.timeout.connect(self._ask)

    def weigh_for(self, name: str, kind: type[Any], *buttons: QPushButton) -> None:
        """From now on weigh the operation `name`, which these buttons carry out."""
        self._name, self._kind, self._buttons = name, kind, buttons
        self.stop()

    def again(self) -> None:
        """Something was typed: the act is offered until it is weighed."""
        if not self._buttons:
            return  # filled in before anything is begun
        self._offer("")
        self._waits = True
        self.start()

    def hold(self) -> None:
        """The act is being carried out: what was asked before is not told any more."""
        self._waits = False
        self.stop()

    def _ask(self) -> None:
        try:
            form: Any = read(self._kind, self._given()).form
        except InvalidForm:
            return  # what is still to be typed is said at its field
        now, name = self._context.clock.now(), self._name
        self._context.tasks.ask(
            lambda store: weighing.weighed(store, name, form, now=now),
            self._show,
            owner=self._owner,
            failed=lambda _: True,
            latest="lead_weighed",
        )

    def _show(self, found: Sequence[Objection]) -> None:
        if self.isActive() or not self._waits:
            return  # typed on since, or carried out
        refused = [sentence(one) for one in found if one.level is Level.BLOCK]
        doubts = [one for one in found if one.level is Level.WARN]
        self._offer("\n".join(refused))
        self._findings.show_findings(doubts, none="")
        self._findings.setVisible(bool(doubts))
        self._told()

    def _offer(self, reason: str) -> None:
        for one in self._buttons:
            self._acts.offer(one, reason)
