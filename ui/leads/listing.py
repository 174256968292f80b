"""The list of leads: what is open first, filters, sorting, export of what is seen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.course_terms import LeadSource
from enforcer.operations.lead_forms import ExportLeadsForm
from enforcer.operations.lead_papers import export_leads
from enforcer.queries import leads
from enforcer.queries.leads import LeadCounts, LeadFilter, LeadRow, LeadSort, LeadStanding
from ui.context import Context
from ui.leads.words import columns
from ui.widgets.basics import Card, EmptyState, PageHeader, button
from ui.widgets.file_dialogs import ask_save
from ui.widgets.inputs import Choice, LineEdit
from ui.widgets.moments import DateEdit
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


class LeadList(QWidget):
    """Every lead; `opened(id)` on Enter, `wanted_new()` for 登记线索, `acted(key, id)` by key or menu."""

    opened = Signal(object)
    wanted_new = Signal()
    wanted_import = Signal()
    acted = Signal(str, object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._sort, self._descending = LeadSort.RECEIVED, True
        self._stale = True
        self.new_button = button(
            "登记线索", "add", main=True, keys="Ctrl+N", on=self.wanted_new.emit
        )
        self.import_button = button("从 Excel 导入", "import", on=self.wanted_import.emit)
        self.export_button = button("导出 Excel", "export", on=self.export_excel)
        self.header = PageHeader(
            "线索", "", self.import_button, self.export_button, self.new_button
        )
        self.search = LineEdit(placeholder="编号、来源编号、被反映人、地点、内容、承办人　Ctrl+F")
        self.search.setObjectName("lead_search")
        self.search.setAccessibleName("查找线索")
        self.search.setClearButtonEnabled(True)
        self.state = Choice(STATES)
        self.state.setAccessibleName("状态")
        self.source = Choice([(one, one.label) for one in LeadSource], blank="全部来源")
        self.source.setAccessibleName("来源")
        self.first, self.last = (DateEdit(context.clock.today) for _ in range(2))
        self.first.setAccessibleName("登记日期自")
        self.last.setAccessibleName("登记日期至")
        self.first.setPlaceholderText("登记日期自")
        self.last.setPlaceholderText("至")
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
        self._lay_out()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(150)
        self._typing.timeout.connect(self.refresh)
        self.search.edited.connect(self._typing.start)
        self.table.opened.connect(self.opened)
        self.table.sort_asked.connect(self._sorted)
        self.table.selection_told.connect(context.window.tell_selection)
        for one in (self.state, self.source, self.first, self.last):
            one.edited.connect(self.refresh)
        self.search.returnPressed.connect(self._go_to_rows)
        context.tasks.changed.connect(self._changed)
        self.table.mark_sorted(LeadSort.RECEIVED, descending=True)
        self.refresh()

    def _act(self, key: str) -> Any:
        return lambda ids: self.acted.emit(key, ids[0])

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setContentsMargins(15, 8, 15, 6)
        filters.setSpacing(10)
        filters.addWidget(self.search, 4)
        for one in (self.state, self.source, self.first, self.last):
            filters.addWidget(one, 1)
        card = Card(tight=True, spacing=4)
        card.body.addLayout(filters)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.header)
        column.addWidget(card, 1)

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

    def refresh(self) -> None:
        """Ask again for the list and the figures over it."""
        self._stale = False
        asked, today = self.filter(), self.context.clock.today()
        sort, descending = self._sort, self._descending
        self.context.tasks.ask(
            lambda store: (
                leads.lead_ids(store, asked, today=today, sort=sort, descending=descending),
                leads.counts(store, today=today),
            ),
            self._show,
            owner=self,
            latest="leads",
        )

    def _show(self, answer: tuple[list[int], LeadCounts]) -> None:
        ids, figures = answer
        usual = self.filter() in (LeadFilter(only_open=True), LeadFilter())
        self.empty.set_sentence(NOTHING if usual else NO_HIT)
        self.table.show_ids(ids)
        parts = [f"本月登记 {figures.this_month} 件", f"未办结 {figures.open} 件"]
        for count, words in ((figures.late, "逾期"), (figures.due, "将到期")):
            if count:
                parts.append(f"{words} {count} 件")
        self.header.set_subtitle(" · ".join(parts))

    def _rows(self, ids: Sequence[Any]) -> Sequence[LeadRow]:
        today = self.context.clock.today()
        return self.context.tasks.now(lambda store: leads.lead_rows(store, ids, today=today))

    def _sorted(self, key: str, descending: bool) -> None:
        self._sort, self._descending = LeadSort(key), descending
        self.refresh()

    def _go_to_rows(self) -> None:
        self._typing.stop()
        self.refresh()
        self.table.setFocus()

    def export_excel(self) -> None:
        """Write what is seen to a workbook."""
        path = ask_save(self, "导出线索", "线索.xlsx")
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the list in its order to this file; a file dialog has asked about overwriting."""
        form = ExportLeadsForm(lead_ids=tuple(self.table.model.ids), path=path, overwrite=True)
        self.context.carry_out(
            export_leads,
            form,
            lambda done: self.context.window.message(
                "ok",
                f"已导出 {done.rows} 条到 {done.path}，要求保密的反映人已遮盖。{''.join(done.remarks)}",
            ),
            owner=self,
        )

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._stale = True
            if self.isVisible():
                self.refresh()
