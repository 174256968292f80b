"""流程图: the charts for the wall, looked at, printed, saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from enforcer.queries.flowchart import TITLES, ChartKind, SheetSize, office_chart
from ui.context import Context
from ui.law_book.wall_dialog import WallDialog


class FlowchartDialog(WallDialog):
    """The chart of one procedure, drawn from the program's own rules."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        kinds = [(one, TITLES[one]) for one in reversed(ChartKind)]
        sheets = [(one, f"{one.value} 纸") for one in SheetSize]
        super().__init__(parent, context, "程序", kinds, sheets, width=880)
        self.setWindowTitle("办案流程图")

    @property
    def title(self) -> str:
        return f"{TITLES[self.kind.read()]}（{self.sheet.read().value}）"

    def maker(self) -> Callable[[Any], bytes]:
        kind, sheet, on = self.kind.read(), self.sheet.read(), self.context.clock.today()
        return lambda store: office_chart(store, kind, on=on, size=sheet).pdf
