"""What stands against a step, below its form: refusals with their way to the field, doubts to answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.errors import Level, Objection
from ui.cases.findings import FindingList
from ui.weighing import CHANGED
from ui.widgets.banner import Banner
from ui.widgets.basics import Scrolled

MOST = 210


class Notes(Scrolled):
    """As high as what is said, and never so high that the form is out of view."""

    def __init__(self, jump: Callable[[str], object]) -> None:
        self._jump = jump
        self.message = Banner("bad")
        self.message.hide()
        self.findings = FindingList(lambda one: jump(one.field))
        self.findings.hide()
        holder = QWidget()
        self._told = QVBoxLayout(holder)
        self._told.setContentsMargins(0, 0, 0, 0)
        self._told.setSpacing(6)
        self._told.addWidget(self.message)
        self._told.addWidget(self.findings)
        super().__init__(holder)
        self.hide()

    def say(self, text: str) -> None:
        """One sentence; an empty one takes everything away."""
        self.message.say("bad", text)
        self.findings.hide()
        self._soon()

    def show_objections(
        self,
        objections: Sequence[Objection],
        fields: Collection[str],
        *,
        reload: Callable[[], object],
    ) -> None:
        """What refuses in red, what asks for a reason with room to write it."""
        blocks, doubts = self._list(objections, fields, reload)
        first = next((one.field for one in blocks if one.field in fields), "")
        if first:
            self._jump(first)
        self._soon()
        if doubts and not blocks and (row := self.findings.row(doubts[0].code)) is not None:
            QTimer.singleShot(0, row.reason, row.reason.setFocus)

    def _list(
        self,
        objections: Sequence[Objection],
        fields: Collection[str],
        reload: Callable[[], object],
    ) -> tuple[list[Objection], list[Objection]]:
        blocks = [one for one in objections if one.level is Level.BLOCK]
        doubts = [one for one in objections if one.level is Level.WARN]
        changed = next((one for one in blocks if one.code == CHANGED), None)
        if changed is not None:
            self.message.say("bad", changed.say, act="重新载入", on=reload)
        else:
            told = [
                one if one.field in fields else Objection(one.code, one.level, one.say, one.cite)
                for one in blocks
            ]
            self.message.show_objections(told, self._jump)
        self.findings.setVisible(bool(doubts))
        self.findings.show_findings(doubts, none="")
        return blocks, doubts

    def tell(
        self,
        objections: Sequence[Objection],
        fields: Collection[str],
        *,
        reload: Callable[[], object],
    ) -> None:
        """The same while it is being typed: nothing jumps, the focus stays where it is."""
        self._list(objections, fields, reload)
        self._soon()

    def _soon(self) -> None:
        said = not self.message.isHidden() or not self.findings.isHidden()
        self.setVisible(said)
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        width = max(self.viewport().width(), 200)
        high = self._told.heightForWidth(width) if self._told.hasHeightForWidth() else 0
        self.setFixedHeight(min(max(high, self._told.sizeHint().height(), 44), MOST))
