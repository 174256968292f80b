"""The first look at a span: the key figures, and the charts; every bar opens its rows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.queries import statistics_charts
from enforcer.queries.statistics import Glance, Report
from enforcer.queries.statistics_cells import Cell, Layout, shown
from enforcer.queries.statistics_charts import AGAINST, Chart
from enforcer.queries.statistics_measures import is_money
from enforcer.queries.statistics_rows import Cut
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
WAITING: Final = "…"
MONTHLY: Final = (
    ("guidance.notices", "温馨告知书"),
    ("penalties.total", "行政处罚"),
    ("penalties.amount", "罚没金额"),
)
"""What the chart by month may show."""
BY_ITEM: Final = (("against", "告知与处罚"), ("items", "行政处罚"))
"""What the chart by item may show."""


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
        self.months = BarChart("分月")
        self.classes = BarChart("处罚种类", unit="宗")
        self.against = BarChart("告知与处罚（按月）", series=AGAINST)
        self.times = BarChart("车辆（按本期被告知的次数）", unit="辆")
        self.by_item = Choice(BY_ITEM)
        self.by_item.setAccessibleName("按事项图表的内容")
        self.by_item.edited.connect(self._draw_items)
        self.items = BarChart("告知与处罚（按事项）", series=AGAINST, across=True)
        self.places = BarChart("多发地点", series=AGAINST, across=True)
        self.months.add_choice(self.monthly)
        self.items.add_choice(self.by_item)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(tiles)
        for pair in (
            (self.months, self.classes),
            (self.against, self.times),
            (self.items, self.places),
        ):
            line = QHBoxLayout()
            line.setSpacing(16)
            for chart in pair:
                chart.bar_chosen.connect(self.opened)
                line.addWidget(self._card(chart), 1)
            column.addLayout(line)

    @property
    def charts(self) -> tuple[BarChart, ...]:
        """Every chart, in the order of the tab key."""
        return self.months, self.classes, self.against, self.times, self.items, self.places

    @staticmethod
    def _card(chart: BarChart) -> Card:
        card = Card(spacing=4)
        card.body.setContentsMargins(18, 12, 18, 12)
        card.body.addWidget(chart, 1)
        return card

    def show_glance(self, glance: Glance, layout: Layout) -> None:
        """Show what is known at once."""
        self._report, self._layout = glance, layout
        for tile in self.tiles:
            tile.show_glance(glance, layout)
        self._draw_months()
        self._draw(self.classes, statistics_charts.classes(glance))
        self._draw(self.against, statistics_charts.against_by_month(glance))
        for chart in (self.times, self.items, self.places):
            chart.show_waiting()

    def show_report(self, report: Report, layout: Layout) -> None:
        """Show this report's figures and bars."""
        self._report, self._layout = report, layout
        for tile in self.tiles:
            tile.show_report(report, layout)
        self._draw_months()
        self._draw(self.classes, statistics_charts.classes(report))
        self._draw(self.against, statistics_charts.against_by_month(report))
        self._draw(self.times, statistics_charts.times(report))
        self._draw(self.places, statistics_charts.places(report))
        self._draw_items()

    def _draw_months(self) -> None:
        if self._report is not None:
            self._draw(
                self.months, statistics_charts.by_month(self._report, self.monthly.read()), "分月"
            )

    def _draw_items(self) -> None:
        if isinstance(self._report, Report):
            made = statistics_charts.BY_ITEM[self.by_item.read()]
            self._draw(self.items, made(self._report))

    def _draw(self, view: BarChart, chart: Chart, title: str = "") -> None:
        layout = self._layout
        assert layout is not None
        kind = "money" if chart.money else "count"
        view.show_title(title or chart.title, unit=chart.unit, series=chart.series)
        view.show_bars(
            [
                Bar(one.cell, one.name, one.value, shown(one.value, kind, layout), one.series)
                for one in chart.bars
            ],
            note=chart.note,
        )
