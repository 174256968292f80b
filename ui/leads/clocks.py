"""The clocks of a lead, each with its arithmetic and its article; what waits for the office says so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.queries.lead_clocks import LeadClock
from ui.context import Context
from ui.leads.words import arithmetic, clock_detail, clock_words
from ui.widgets.basics import IconLabel, button, label

QUESTIONS = "settings.questions"


class ClockList(QWidget):
    """Clocks one below the other."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def show_clocks(self, clocks: Sequence[LeadClock]) -> None:
        """Show these instead."""
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for one in clocks:
            self._column.addWidget(self._clock(one))

    def _clock(self, one: LeadClock) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        icon, tone, words = clock_words(one, self.context.clock.today())
        row.addWidget(IconLabel(icon, 18, tone), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        holder.setToolTip(arithmetic(one))
        quiet = "" if tone == "quiet" else tone
        column.addWidget(label(f"{one.title}　{words}", tone=quiet, wrap=True))
        if detail := clock_detail(one):
            column.addWidget(label(detail, "small", wrap=True))
        if one.question and one.done_on is None:
            go = button(
                "去确认天数",
                link=True,
                on=lambda: self.context.window.go(QUESTIONS, "value", one.question),
            )
            column.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(column, 1)
        return holder
