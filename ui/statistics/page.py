"""统计: a span, its tables and charts; every figure opens its rows; Excel, PDF, print."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from enforcer.queries import frozen_reports, statistics, statistics_tables, statistics_work
from enforcer.queries.frozen_reports import Frozen
from enforcer.queries.periods import Period
from enforcer.queries.statistics import Glance, Report
from enforcer.queries.statistics_cells import WAN, YUAN, Cell, Layout, Table
from enforcer.queries.statistics_rows import Behind, rows_behind
from enforcer.queries.statistics_work import Found
from ui.context import Context
from ui.fresh import Fresh
from ui.preferences import preferences
from ui.statistics.behind import BehindView
from ui.statistics.frozen import FrozenView
from ui.statistics.out import ReportOut
from ui.statistics.overview import Overview
from ui.statistics.picker import PeriodPicker
from ui.statistics.sections import BY_ROWS, SECTIONS, TABLES
from ui.statistics.summary import SummaryView
from ui.statistics.tables import FigureTable
from ui.widgets.basics import Card, Page, PageHeader, Scrolled, button, label
from ui.widgets.inputs import Choice

UNIT_PLACE: Final = "statistics/money_unit"


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell of a table by its key, or another widget of the page that had the focus."""

    table: str
    row: int
    column: int
    widget: QWidget | None = None


class StatisticsPage(Page):
    """Picker, sections, and behind them the rows of the figure that was opened."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.report: Report | None = None
        self.tables: dict[str, FigureTable] = {}
        self._cards: list[Card] = []
        self._whole_report = False
        self._returns_to: _Place | None = None
        self._later: _Place | None = None
        self.picker = PeriodPicker(context.clock.today)
        self.picker.picked.connect(lambda _period: self.refresh())
        self.unit = Choice([(YUAN, "金额：元"), (WAN, "金额：万元")])
        self.unit.setAccessibleName("金额单位")
        self.unit.write(str(preferences().value(UNIT_PLACE, YUAN)))
        self.unit.edited.connect(self._unit_chosen)
        self.out = out = ReportOut(self, lambda: (self.finished(), self.wording))
        self.excel = button("导出 Excel", "excel", on=out.export_excel)
        self.pdf = button("导出 PDF", "pdf", on=out.export_pdf)
        self.print_button = button("打印", "print", main=True, keys="Ctrl+P", on=out.print_report)
        self.lock = button("锁定上报", "locked", keys="Ctrl+L", on=self.freeze)
        self.locked = button("已锁定的报表", "history", on=self.show_frozen)
        self.header = PageHeader(
            "统计", "", self.locked, self.lock, self.excel, self.pdf, self.print_button
        )
        self._behind: BehindView | None = None
        self._frozen_view: FrozenView | None = None
        self._summary: SummaryView | None = None
        self.bar = QTabBar()
        self.sections = QStackedWidget()
        self._columns: dict[str, QVBoxLayout] = {}
        self.overview = Overview()
        self.overview.opened.connect(self.open_cell)
        self._whole = QStackedWidget()
        self._whole.addWidget(self._front())
        self.body.addWidget(self._whole, 1)
        self._make_acts()
        self.enter_by(self.picker, self._whole)
        self.fresh = Fresh(self, context, TABLES, self.refresh)

    def _front(self) -> QWidget:
        front = QWidget()
        column = QVBoxLayout(front)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.picker, 1)
        line.addWidget(self.unit)
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName("统计的分类")
        for at, (key, words, _) in enumerate(SECTIONS):
            self.bar.addTab(words)
            self.bar.setTabToolTip(at, f"Alt+{at + 1}")
            self.sections.addWidget(self._section(key))
        self.bar.currentChanged.connect(self._show_section)
        column.addWidget(self.header)
        column.addLayout(line)
        column.addWidget(self.bar)
        column.addWidget(self.sections, 1)
        return front

    # what is made when it is first asked for, so that the page opens at once

    @property
    def behind(self) -> BehindView:
        """The rows behind a figure."""
        if self._behind is None:
            self._behind = BehindView(self.context)
            self._behind.left.connect(self.go_back)
            self._whole.addWidget(self._behind)
        return self._behind

    @property
    def frozen(self) -> FrozenView:
        """The reports that were frozen."""
        if self._frozen_view is None:
            self._frozen_view = FrozenView(self.context)
            self._frozen_view.left.connect(self.go_back)
            self._whole.addWidget(self._frozen_view)
        return self._frozen_view

    @property
    def summary(self) -> SummaryView:
        """The paragraph of the yearly report."""
        if self._summary is None:
            self._summary = SummaryView(self.context)
            self._summary.saved.connect(self.refresh)
            self._columns["summary"].insertWidget(0, self._summary)
            if self.report is not None:
                self._summary.show_report(self.report)
        return self._summary

    def _show_section(self, at: int) -> None:
        if SECTIONS[at][0] == "summary":
            self.summary.show()
        self.sections.setCurrentIndex(at)

    def _section(self, key: str) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(14)
        if key == "overview":
            column.addWidget(self.overview)
        self._columns[key] = column
        column.addStretch()
        return Scrolled(content)

    def _make_acts(self) -> None:
        acts: list[tuple[str, str, str, Any]] = [
            ("导出统计 Excel…", "excel", "", self.out.export_excel),
            ("导出统计 PDF…", "pdf", "", self.out.export_pdf),
            ("锁定上报", "locked", "", self.freeze),
            ("已锁定的报表", "history", "Ctrl+Shift+L", self.show_frozen),
            ("统计：前一期", "previous", "Alt+Left", lambda: self.picker.step_by(-1)),
            ("统计：后一期", "next", "Alt+Right", lambda: self.picker.step_by(1)),
        ]
        for at, (_, words, _) in enumerate(SECTIONS):
            acts.append(
                (f"统计：{words}", "statistics", f"Alt+{at + 1}", lambda at=at: self._tab(at))
            )
        for text, icon, keys, on in acts:
            self.add_act(text, on, keys=keys, icon=icon, within=True)

    @property
    def wording(self) -> Layout:
        """How money is written, and today for the papers."""
        return Layout(self.context.clock.today(), self.unit.read())

    # asking and showing

    def refresh(self) -> None:
        """Count the span again (F5)."""
        period = self.picker.period
        self.fresh.asked()
        if self.report is not None and self.report.period == period:
            self._ask_report(period)
            return
        self.context.tasks.ask(
            lambda store: statistics.glance(store, period),
            self._show_glance,
            owner=self,
            latest="glance",
        )

    def _ask_report(self, period: Period) -> None:
        self.context.tasks.ask(
            lambda store: statistics.report(store, period, work=False),
            self._show,
            owner=self,
            latest="report",
            long=True,
        )

    def _show_glance(self, glance: Glance) -> None:
        self.overview.show_glance(glance, self.wording)
        self._ask_report(glance.period)

    def _show(self, report: Report) -> None:
        """Show all but what is judged row by row, which comes after it."""
        if report.period != self.picker.period:
            return  # the officer has gone on to another span
        self.report, self._whole_report = report, False
        self.header.set_subtitle(report.unit)
        layout = self.wording
        here = self._place() if isinstance(self.focusWidget(), FigureTable) else None
        self.overview.show_report(report, layout)
        if self._summary is not None:
            self._summary.show_report(report)
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards.clear()
        self.tables.clear()
        made = {one.key: one for one in statistics_tables.tables(report)}
        for key, _, names in SECTIONS:
            known = [made[one] for one in names if one not in BY_ROWS]
            self._fill(self._columns[key], known, layout)
        self._later = here if here is not None and here.table in BY_ROWS else None
        if here is not None:
            self._go_to(here)
        self._ask_work(report.period)
        if self._whole.currentWidget() is self._behind and self._behind and self._behind.behind:
            shown = self._behind.behind
            self._ask_behind(Cell(0, shown.cut, shown.period))

    def _ask_work(self, period: Period) -> None:
        self.context.tasks.ask(
            lambda store: statistics_work.work(store, period),
            lambda found: self._show_work(period, found),
            owner=self,
            latest="work",
            long=True,
        )

    def _show_work(self, period: Period, found: Found) -> None:
        """Show the deadlines and recorders; from now on the report can leave the window."""
        if self.report is None or self.report.period != period:
            return
        self.report, self._whole_report = replace(self.report, work=found), True
        made = {one.key: one for one in statistics_tables.tables(self.report)}
        self._fill(self._columns["work"], [made[one] for one in BY_ROWS], self.wording)
        if self._later is not None:
            self._go_to(self._later)
            self._later = None

    def _fill(self, column: QVBoxLayout, tables: list[Table], layout: Layout) -> None:
        for table in tables:
            card = Card(spacing=6)
            card.body.setContentsMargins(8, 12, 8, 12)
            title = label(table.title, "section")
            title.setContentsMargins(12, 0, 0, 0)
            title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            card.body.addWidget(title)
            view = FigureTable(table, layout)
            view.opened.connect(self.open_cell)
            card.body.addWidget(view)
            for one in table.notes:
                note = label(one, "small", wrap=True)
                note.setContentsMargins(12, 0, 12, 0)
                card.body.addWidget(note)
            if not table.rows:
                view.hide()
                card.body.addWidget(label("　本期没有数据。", "quiet"))
            self.tables[table.key] = view
            self._cards.append(card)
            column.insertWidget(column.count() - 1, card)

    def _unit_chosen(self) -> None:
        preferences().setValue(UNIT_PLACE, self.unit.read())
        layout = self.wording
        for one in self.tables.values():
            one.show_layout(layout)
        if self.report is not None:
            self.overview.show_report(self.report, layout)

    def _tab(self, at: int) -> None:
        self.go_back()
        self.bar.setCurrentIndex(at)
        names = SECTIONS[at][2]
        if at == 0:
            self.overview.tiles[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not names:
            self.summary.copy.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif names[0] in self.tables:
            self.tables[names[0]].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # the rows behind a figure

    def open_cell(self, cell: Cell) -> None:
        """Show the rows a figure was counted from."""
        self._returns_to = self._place()
        self._ask_behind(cell)

    def _place(self) -> _Place:
        """Where the focus is, so that it can be found again after the tables were made anew."""
        focus = self.focusWidget()
        if isinstance(focus, FigureTable):
            at = focus.currentIndex()
            return _Place(focus.table.key, at.row(), at.column())
        return _Place("", 0, 0, focus)

    def _go_to(self, place: _Place) -> None:
        if place.table in self.tables:
            self.tables[place.table].walk_to(place.row, place.column)
        elif place.widget is not None:
            place.widget.setFocus()
        else:
            self.picker.setFocus()

    def _ask_behind(self, cell: Cell) -> None:
        cut, period = cell.cut, cell.period
        assert cut is not None
        assert period is not None
        self.context.tasks.ask(
            lambda store: rows_behind(store, cut, period.first, period.last),
            self._show_behind,
            owner=self,
            latest="behind",
        )

    def _show_behind(self, behind: Behind) -> None:
        self._whole.setCurrentWidget(self.behind)
        self.behind.show_behind(behind)

    def go_back(self) -> None:
        """From the rows to the figures, to the very figure."""
        if self._whole.currentIndex() == 0:
            return
        self._whole.setCurrentIndex(0)
        self.context.window.tell_selection("")
        self._go_to(self._returns_to or _Place("", 0, 0))

    # frozen reports

    def freeze(self) -> None:
        """Ask, then freeze the span in view."""
        period = self._period()
        self.context.tasks.ask(
            lambda store: frozen_reports.frozen_reports(store, period),
            lambda earlier: self._ask_freeze(period, earlier),
            owner=self,
        )

    def _ask_freeze(self, period: Period, earlier: list[Frozen]) -> None:
        from ui.statistics.freeze_dialog import FreezeDialog

        self.dialog = FreezeDialog(self, self.context, period, earlier, self.unit.read())
        self.dialog.frozen.connect(self._frozen)
        self.dialog.open()

    def _frozen(self, key: int) -> None:
        self.context.window.message("ok", f"{self._period().label}的报表已锁定，可以打印上报。")
        self.show_frozen(key)

    def show_frozen(self, chosen: int = 0) -> None:
        """The frozen reports, and what differs today."""
        self._returns_to = self._place()
        self._whole.setCurrentWidget(self.frozen)
        self.frozen.refresh(chosen)

    # out

    def _period(self) -> Period:
        return self.report.period if self.report else self.picker.period

    def finished(self) -> Report | None:
        """The report in view with all its tables; until it is there, a line says so."""
        if self._whole_report and self._period() == self.picker.period:
            return self.report
        self.context.window.message("info", "报表还在统计，统计完再导出或者打印。")
        return None

    # Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._whole.currentIndex():
            self.go_back()
        else:
            super().keyPressEvent(event)
