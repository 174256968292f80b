"""The first look at a span: the key figures, one chart by month and one by class."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.queries.statistics import Glance, Line, Report
from enforcer.queries.statistics_cells import Cell, Layout, shown
from enforcer.queries.statistics_measures import is_money
from enforcer.queries.statistics_rows import Cut
from enforcer.terms import PenaltyKind
from ui.widgets.basics import Card, label
from ui.widgets.chart import Bar, BarChart
from ui.widgets.inputs import Choice

TILES: Final = (
    ("温馨告知书", "份", "guidance.notices"),
    ("涉及车辆", "辆", "guidance.vehicles"),
    ("行政处罚", "宗", "penalties.total"),
    ("罚没金额", "", "penalties.amount"),
    ("不予处罚", "件", "leniency.no_penalty.all"),
    ("发放宣传单", "份", "guidance.leaflets"),
)
"""Name, unit, figure of each tile."""
CHART_HEIGHT: Final = 230
WAITING: Final = "…"
MONTHLY: Final = (
    ("guidance.notices", "温馨告知书"),
    ("penalties.total", "行政处罚"),
    ("penalties.amount", "罚没金额"),
)
"""What the chart by month may show."""


class FigureTile(QFrame):
    """One figure, large, beside last year's; click or Enter opens its rows."""

    opened = Signal(object)

    def __init__(self, name: str, unit: str, key: str) -> None:
        super().__init__()
        self.key, self._name, self._unit = key, name, unit
        self._cell: Cell | None = None
        self.setObjectName(f"tile-{key}")
        self.setProperty("stage", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.figure = label("", "figure")
        self.beside = label("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        column.addWidget(label(name, "quiet"))
        column.addWidget(self.figure)
        column.addWidget(self.beside)

    def show_report(self, report: Report, layout: Layout) -> None:
        """Show the figure of this report."""
        now, before = report.figures[self.key], report.year_before[self.key]
        kind = "money" if is_money(self.key) else "count"
        self._cell = Cell(now, Cut((self.key,)), report.period)
        unit = self._unit or layout.money_unit
        self.figure.setText(shown(now, kind, layout))
        self.beside.setText(f"{unit}　上年同期 {shown(before, kind, layout)}")
        self.setAccessibleName(f"{self._name} {self.figure.text()} {self.beside.text()}")
        self.setAccessibleDescription("回车看明细")

    def show_glance(self, glance: Glance, layout: Layout) -> None:
        """Show the figure if it is already known; what it is compared with comes later."""
        now = glance.figures.values.get(self.key)
        kind = "money" if is_money(self.key) else "count"
        self._cell = None if now is None else Cell(now, Cut((self.key,)), glance.period)
        self.figure.setText(WAITING if now is None else shown(now, kind, layout))
        self.beside.setText(f"{self._unit or layout.money_unit}　上年同期 {WAITING}")

    def _open(self) -> None:
        if self._cell is not None:
            self.opened.emit(self._cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._open()
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self._open()


class Overview(QWidget):
    """Tiles and charts; `opened(Cell)` for the figure that was chosen."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._report: Report | Glance | None = None
        self._layout: Layout | None = None
        self.tiles = [FigureTile(*one) for one in TILES]
        tiles = Card()
        tiles.body.setContentsMargins(8, 8, 8, 8)
        row = QHBoxLayout()
        row.setSpacing(4)
        for tile in self.tiles:
            tile.opened.connect(self.opened)
            row.addWidget(tile, 1)
        tiles.body.addLayout(row)
        self.monthly = Choice(MONTHLY)
        self.monthly.setAccessibleName("按月图表的内容")
        self.monthly.edited.connect(self._draw_months)
        self.months = BarChart("分月", unit="")
        self.classes = BarChart("处罚种类（宗）", unit="宗")
        for chart in (self.months, self.classes):
            chart.setMinimumHeight(CHART_HEIGHT)
        self.months.bar_chosen.connect(self.opened)
        self.classes.bar_chosen.connect(self.opened)
        charts = QHBoxLayout()
        charts.setSpacing(16)
        charts.addWidget(self._card(self.months, self.monthly), 1)
        charts.addWidget(self._card(self.classes), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(tiles)
        column.addLayout(charts)

    @staticmethod
    def _card(chart: BarChart, choice: QWidget | None = None) -> Card:
        card = Card(spacing=4)
        card.body.setContentsMargins(18, 12, 18, 10)
        if choice is not None:
            chart.add_choice(choice)
        card.body.addWidget(chart, 1)
        return card

    def show_glance(self, glance: Glance, layout: Layout) -> None:
        """Show what is known at once."""
        self._report, self._layout = glance, layout
        for tile in self.tiles:
            tile.show_glance(glance, layout)
        self._draw_months()
        self._draw_classes(glance)

    def show_report(self, report: Report, layout: Layout) -> None:
        """Show this report's figures and bars."""
        self._report, self._layout = report, layout
        for tile in self.tiles:
            tile.show_report(report, layout)
        self._draw_months()
        self._draw_classes(report)

    def _draw_months(self) -> None:
        if self._report is None or self._layout is None:
            return
        key = self.monthly.read()
        kind = "money" if is_money(key) else "count"
        self.months.show_bars(
            [self._bar(line, key, kind, self._layout) for line in self._report.months]
        )

    @staticmethod
    def _bar(line: Line, key: str, kind: str, layout: Layout) -> Bar:
        cell: Any = Cell(line[key], Cut((key,)), line.period)
        return Bar(cell, f"{line.period.first.month}月", line[key], shown(line[key], kind, layout))

    def _draw_classes(self, report: Report | Glance) -> None:
        bars = []
        for one in PenaltyKind:
            key = f"penalties.by_class.{one}"
            if count := report.figures[key]:
                cell = Cell(count, Cut((key,)), report.period)
                bars.append(Bar(cell, one.label, count, f"{count:,}"))
        self.classes.show_bars(bars)
