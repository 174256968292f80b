"""The list of cases: filters, sorting, printing, export of what is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from enforcer import money
from enforcer.operations.case_exports import ExportCasesForm, export_cases
from enforcer.queries import cases
from enforcer.queries.cases import CaseCounts, CaseFilter, CaseRow, CaseSort, Standing
from enforcer.terms import Procedure
from ui.cases.prints import print_cases
from ui.context import Context
from ui.row_list import RowList
from ui.widgets.basics import EmptyState, PageHeader, button
from ui.widgets.inputs import Choice
from ui.widgets.moments import show_day
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


NOTHING = "还没有案件。违法事实确凿、数额在限度内的，可以当场处罚。"
NO_HIT = "没有符合条件的案件，请放宽查找条件。"


class CaseList(RowList):
    """Every case; a new one is decided on the spot."""

    what = "案件"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.new_button = button(
            "当场处罚", "add", main=True, keys="Ctrl+N", on=self.wanted_new.emit
        )
        self.export_button = button("导出 Excel", "export", on=self.export_excel)
        self.header = PageHeader("案件", "", self.export_button, self.new_button)
        self.search = self.search_for("case_search", "文号、当事人、证件号、号牌、地点、案由")
        self.standing = Choice([(one, one.label) for one in Standing], blank="全部状态")
        self.standing.setAccessibleName("状态")
        self.procedure = Choice([(one, f"{one.label}程序") for one in Procedure], blank="全部程序")
        self.procedure.setAccessibleName("程序")
        self.first, self.last = self.days("决定日期")
        self.empty = EmptyState(NOTHING, "当场处罚", self.wanted_new.emit, icon="cases")
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
        filters = (self.standing, self.procedure, self.first, self.last)
        self.begin(TABLES, filters, sort=CaseSort.DECIDED)

    def filter(self) -> CaseFilter:
        """What the list is narrowed to."""
        return CaseFilter(
            words=self.search.read(),
            standing=self.standing.read(),
            procedure=self.procedure.read(),
            from_on=self.first.read(),
            to_on=self.last.read(),
        )

    def question(self, sort: str, *, descending: bool) -> Callable[[Any], Any]:
        asked, today, by = self.filter(), self.context.clock.today(), CaseSort(sort)
        return lambda store: (
            cases.case_ids(store, asked, today=today, sort=by, descending=descending),
            cases.counts(store, today=today),
        )

    def show_answer(self, answer: tuple[list[int], CaseCounts]) -> None:
        """The rows, and how many are unpaid, late, to be reported."""
        ids, figures = answer
        self.empty.set_sentence(NO_HIT if self.filter() != CaseFilter() else NOTHING)
        self.table.show_ids(ids)
        self.tell(
            f"今年当场处罚 {figures.summary_this_year} 件",
            (figures.unpaid, "未缴清"),
            (figures.overdue, "逾期"),
            (figures.to_report, "待备案"),
        )

    def _rows(self, ids: Sequence[Any]) -> Sequence[CaseRow]:
        today = self.context.clock.today()
        return self.context.tasks.now(lambda store: cases.case_rows(store, ids, today=today))

    def print_papers(self, ids: list[int]) -> None:
        """Print the decisions of the cases selected, in the order of the list."""
        if ids:
            row = self.table.model.row(self.table.model.find(ids[0]))
            number = row.number if row is not None and len(ids) == 1 else ""
            print_cases(self, self.context, ids, number=number)

    def export_to(self, path: Path) -> None:
        """Write the list in its order."""
        form = ExportCasesForm(case_ids=tuple(self.table.model.ids), path=path, overwrite=True)
        self.write(export_cases, form, said="已导出 {} 件到 {}。")


__all__ = ["COLUMNS", "CaseList"]
