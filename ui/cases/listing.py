"""The list of cases: filters, sorting, printing, export of what is seen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer import money
from enforcer.operations.case_exports import ExportCasesForm, export_cases
from enforcer.queries import cases
from enforcer.queries.cases import CaseCounts, CaseFilter, CaseRow, CaseSort, Standing
from enforcer.terms import Procedure
from ui.cases.prints import print_cases
from ui.context import Context
from ui.widgets.basics import Card, EmptyState, PageHeader, button
from ui.widgets.file_dialogs import ask_save
from ui.widgets.inputs import Choice, LineEdit
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import Act, PagedTable

TABLES = frozenset({"enforcement_case", "decision", "payment"})
_TONES = {
    Standing.OVERDUE: "bad",
    Standing.UNPAID: "warn",
    Standing.TO_REPORT: "warn",
    Standing.ON_THE_WAY: "warn",
    Standing.TO_CLOSE: "accent",
    Standing.CLOSED: "ok",
    Standing.REVOKED: "quiet",
    Standing.OPEN: "",
}
_ICONS = {
    Standing.OVERDUE: "warn",
    Standing.UNPAID: "clock",
    Standing.TO_REPORT: "clock",
    Standing.ON_THE_WAY: "clock",
    Standing.TO_CLOSE: "stage_now",
    Standing.CLOSED: "ok",
    Standing.REVOKED: "void",
    Standing.OPEN: "stage_now",
}

COLUMNS: Sequence[Column] = (
    Column("文号", lambda row: row.number, 222, "number", firm=True),
    Column("当事人", lambda row: row.party_name, 160, "party"),
    Column("案由", lambda row: row.cause, 200, "cause"),
    Column("处罚", lambda row: row.penalty, 60),
    Column(
        "罚款（元）",
        lambda row: money.yuan_grouped(row.fine_fen) if row.fine_fen else "",
        98,
        "fine",
        right=True,
    ),
    Column("决定日期", lambda row: show_day(row.decided_on), 108, "decided", right=True),
    Column(
        "缴款期限",
        lambda row: show_day(row.payment_due_on),
        98,
        "due",
        right=True,
        tone=lambda row: "bad" if row.standing is Standing.OVERDUE else "",
    ),
    Column(
        "状态",
        lambda row: row.standing.label,
        106,
        tone=lambda row: _TONES[row.standing],
        icon=lambda row: _ICONS[row.standing],
    ),
    Column("执法人员", lambda row: row.officers, 128, spare=True),
    Column("地点", lambda row: row.place, 170, "place", spare=True),
)


class CaseList(QWidget):
    """Every case; `opened(id)` on Enter, `wanted_new()` for 当场处罚."""

    opened = Signal(object)
    wanted_new = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._sort, self._descending = CaseSort.DECIDED, True
        self._stale = True
        self.new_button = button(
            "当场处罚", "add", main=True, keys="Ctrl+N", on=self.wanted_new.emit
        )
        self.export_button = button("导出 Excel", "export", on=self.export_excel)
        self.header = PageHeader("案件", "", self.export_button, self.new_button)
        self.search = LineEdit(placeholder="文号、当事人、证件号、号牌、地点、案由")
        self.search.setObjectName("case_search")
        self.search.setAccessibleName("查找案件")
        self.standing = Choice([(one, one.label) for one in Standing], blank="全部状态")
        self.standing.setAccessibleName("状态")
        self.procedure = Choice([(one, f"{one.label}程序") for one in Procedure], blank="全部程序")
        self.procedure.setAccessibleName("程序")
        self.first, self.last = (DateEdit(context.clock.today) for _ in range(2))
        self.first.setAccessibleName("决定日期自")
        self.last.setAccessibleName("决定日期至")
        self.first.setPlaceholderText("决定日期自")
        self.last.setPlaceholderText("至")
        self.empty = EmptyState(
            "还没有案件。违法事实确凿、数额在限度内的，可以当场处罚。",
            "当场处罚",
            self.wanted_new.emit,
            icon="cases",
        )
        self.table = PagedTable(
            "cases",
            COLUMNS,
            self._rows,
            title="案件列表",
            empty=self.empty,
            fen=lambda row: row.fine_fen,
            acts=(
                Act("打开", lambda ids: self.opened.emit(ids[0]), "open", single=True),
                Act("打印决定书", self.print_papers, "print", keys="Ctrl+P"),
            ),
        )
        self._lay_out()
        self.table.opened.connect(self.opened)
        self.table.sort_asked.connect(self._sorted)
        self.table.selection_told.connect(context.window.tell_selection)
        for one in (self.search, self.standing, self.procedure, self.first, self.last):
            one.edited.connect(self.refresh)
        self.search.returnPressed.connect(self.table.setFocus)
        context.tasks.changed.connect(self._changed)
        self.table.mark_sorted("decided", descending=True)
        self.refresh()

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setContentsMargins(15, 8, 15, 6)
        filters.setSpacing(10)
        filters.addWidget(self.search, 4)
        filters.addWidget(self.standing, 1)
        filters.addWidget(self.procedure, 1)
        filters.addWidget(self.first, 1)
        filters.addWidget(self.last, 1)
        card = Card(tight=True, spacing=4)
        card.body.addLayout(filters)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.header)
        column.addWidget(card, 1)

    def filter(self) -> CaseFilter:
        """What the list is narrowed to."""
        return CaseFilter(
            words=self.search.read(),
            standing=self.standing.read(),
            procedure=self.procedure.read(),
            from_on=self.first.read(),
            to_on=self.last.read(),
        )

    def refresh(self) -> None:
        """Ask again for the list and the figures over it."""
        self._stale = False
        asked, today = self.filter(), self.context.clock.today()
        sort, descending = self._sort, self._descending
        self.context.tasks.ask(
            lambda store: (
                cases.case_ids(store, asked, today=today, sort=sort, descending=descending),
                cases.counts(store, today=today),
            ),
            self._show,
            owner=self,
            latest="cases",
        )

    def _show(self, answer: tuple[list[int], CaseCounts]) -> None:
        ids, figures = answer
        narrowed = self.filter() != CaseFilter()
        self.empty.set_sentence(
            "没有符合条件的案件，请放宽查找条件。"
            if narrowed
            else "还没有案件。违法事实确凿、数额在限度内的，可以当场处罚。"
        )
        self.table.show_ids(ids)
        parts = [f"今年当场处罚 {figures.summary_this_year} 件"]
        for count, words in (
            (figures.unpaid, "未缴清"),
            (figures.overdue, "逾期"),
            (figures.to_report, "待备案"),
        ):
            if count:
                parts.append(f"{words} {count} 件")
        self.header.set_subtitle(" · ".join(parts))

    def _rows(self, ids: Sequence[Any]) -> Sequence[CaseRow]:
        today = self.context.clock.today()
        return self.context.tasks.now(lambda store: cases.case_rows(store, ids, today=today))

    def _sorted(self, key: str, descending: bool) -> None:
        self._sort, self._descending = CaseSort(key), descending
        self.refresh()

    def print_papers(self, ids: list[int]) -> None:
        """Print the decisions of the cases selected, in the order of the list."""
        if ids:
            row = self.table.model.row(self.table.model.find(ids[0]))
            number = row.number if row is not None and len(ids) == 1 else ""
            print_cases(self, self.context, ids, number=number)

    def export_excel(self) -> None:
        """Write what is seen to a workbook."""
        path = ask_save(self, "导出案件", "案件.xlsx")
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the list in its order to this file; a file dialog has asked about overwriting."""
        form = ExportCasesForm(case_ids=tuple(self.table.model.ids), path=path, overwrite=True)
        self.context.carry_out(
            export_cases,
            form,
            lambda done: self.context.window.message(
                "ok", f"已导出 {done.rows} 件到 {done.path}。{''.join(done.remarks)}"
            ),
            owner=self,
        )

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _changed(self, tables: frozenset[str]) -> None:
        if not tables & TABLES:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True


__all__ = ["COLUMNS", "CaseList"]
