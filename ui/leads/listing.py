"""The list of leads: what is open first, filters, sorting, export of what is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from enforcer.course_terms import LeadSource
from enforcer.operations.lead_forms import ExportLeadsForm
from enforcer.operations.lead_papers import export_leads
from enforcer.queries import leads
from enforcer.queries.leads import LeadCounts, LeadFilter, LeadRow, LeadSort, LeadStanding
from ui.context import Context
from ui.leads.words import columns
from ui.row_list import RowList
from ui.widgets.basics import EmptyState, PageHeader, button
from ui.widgets.inputs import Choice
from ui.widgets.paged_table import Act, PagedTable

TABLES = frozenset({"lead", "enforcement_case"})
OPEN, ALL = "open", "all"
STATES: Sequence[tuple[Any, str]] = (
    (OPEN, "未办结"),
    *((one, one.label) for one in LeadStanding),
    (ALL, "全部线索"),
)
NOTHING = "没有未办结的线索。热线、信箱、论坛转来的，巡查发现的，先在这里登记。"
NO_HIT = "没有符合条件的线索，请放宽查找条件。"


class LeadList(RowList):
    """Every lead; `acted(key, id)` by key or menu."""

    what = "线索"
    wanted_import = Signal()
    acted = Signal(str, object)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.new_button = button(
            "登记线索", "add", main=True, keys="Ctrl+N", on=self.wanted_new.emit
        )
        self.import_button = button("从 Excel 导入", "import", on=self.wanted_import.emit)
        self.export_button = button("导出 Excel", "export", on=self.export_excel)
        self.header = PageHeader(
            "线索", "", self.import_button, self.export_button, self.new_button
        )
        self.search = self.search_for(
            "lead_search", "编号、来源编号、被反映人、地点、内容、承办人　Ctrl+F"
        )
        self.state = Choice(STATES)
        self.state.setAccessibleName("状态")
        self.source = Choice([(one, one.label) for one in LeadSource], blank="全部来源")
        self.source.setAccessibleName("来源")
        self.first, self.last = self.days("登记日期")
        self.empty = EmptyState(NOTHING, "登记线索", self.wanted_new.emit, icon="leads")
        self.table = PagedTable(
            "leads",
            columns(),
            self._rows,
            title="线索列表",
            empty=self.empty,
            acts=(
                Act("打开", lambda ids: self.opened.emit(ids[0]), "open", single=True),
                Act("更正登记", self._act("correct"), "edit", "F2", single=True),
                Act("核查", self._act("check"), "search", "F6", single=True),
                Act("办结", self._act("settle"), "ok", "F7", single=True),
                Act("答复", self._act("reply"), "leads", "F8", single=True),
            ),
        )
        filters = (self.state, self.source, self.first, self.last)
        self.begin(TABLES, filters, sort=LeadSort.RECEIVED)

    def _act(self, key: str) -> Any:
        return lambda ids: self.acted.emit(key, ids[0])

    def filter(self) -> LeadFilter:
        """What the list is narrowed to."""
        state = self.state.read()
        return LeadFilter(
            words=self.search.read(),
            standing=state if isinstance(state, LeadStanding) else None,
            only_open=state == OPEN,
            source=self.source.read(),
            from_on=self.first.read(),
            to_on=self.last.read(),
        )

    def show_only(self, *, words: str = "", state: Any = ALL) -> None:
        """Narrow the list, as a link from elsewhere asks."""
        self.search.write(words)
        for one in (self.source, self.first, self.last):
            one.write(None)
        self.state.write(state)
        self.refresh()

    def question(self, sort: str, *, descending: bool) -> Callable[[Any], Any]:
        asked, today, by = self.filter(), self.context.clock.today(), LeadSort(sort)
        return lambda store: (
            leads.lead_ids(store, asked, today=today, sort=by, descending=descending),
            leads.counts(store, today=today),
        )

    def show_answer(self, answer: tuple[list[int], LeadCounts]) -> None:
        """The rows, and how many are open, late, due."""
        ids, figures = answer
        usual = self.filter() in (LeadFilter(only_open=True), LeadFilter())
        self.empty.set_sentence(NOTHING if usual else NO_HIT)
        self.table.show_ids(ids)
        self.tell(
            f"本月登记 {figures.this_month} 件 · 未办结 {figures.open} 件",
            (figures.late, "逾期"),
            (figures.due, "将到期"),
        )

    def _rows(self, ids: Sequence[Any]) -> Sequence[LeadRow]:
        today = self.context.clock.today()
        return self.context.tasks.now(lambda store: leads.lead_rows(store, ids, today=today))

    def export_to(self, path: Path) -> None:
        """Write the list in its order, who asked for secrecy covered."""
        form = ExportLeadsForm(lead_ids=tuple(self.table.model.ids), path=path, overwrite=True)
        self.write(export_leads, form, said="已导出 {} 条到 {}，要求保密的反映人已遮盖。")
