"""The rows behind one figure: a list whose Enter opens the case or the notice itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from enforcer.money import yuan_grouped
from enforcer.queries.statistics_heads import HEADS, WITH_MONEY
from enforcer.queries.statistics_rows import (
    Behind,
    BehindRow,
    RowKind,
    behind_rows,
)
from ui.context import Context
from ui.widgets.basics import Card, EmptyState, PageHeader, button
from ui.widgets.file_dialogs import ask_save
from ui.widgets.moments import show_day
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

EDUCATION: Final = "registers.education"


def columns(kind: RowKind) -> list[Column]:
    """The columns of a list of such rows."""
    head = HEADS[kind]
    found = [Column(head.number, lambda row: row.number, 222, firm=True)] if head.number else []
    found += [
        Column(head.day, lambda row: show_day(row.day), 110),
        Column(head.who, lambda row: row.who, 150),
        Column(head.title, lambda row: row.title, 200),
        Column("地点", lambda row: row.place, 200),
    ]
    if kind in WITH_MONEY:
        found.append(
            Column("金额（元）", lambda row: yuan_grouped(row.amount_fen or 0), 110, right=True)
        )
    found.append(Column("说明", lambda row: row.note, 160))
    return found


class BehindView(QWidget):
    """Header with the figure and its span, the list below; Esc goes back."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.behind: Behind | None = None
        self.back = button("返回　Esc", "back", on=self.left.emit)
        self.excel = button("导出 Excel", "excel", keys="Ctrl+E", on=self.export_excel)
        self.header = PageHeader("", "", self.back, self.excel)
        self._lists = QStackedWidget()
        self._made: dict[RowKind, PagedTable] = {}
        card = Card(tight=True)
        card.body.addWidget(self._lists)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.header)
        column.addWidget(card, 1)

    @property
    def table(self) -> PagedTable:
        """The list in view."""
        assert self.behind is not None
        return self._made[self.behind.kind]

    def show_behind(self, behind: Behind) -> None:
        """Show these rows."""
        self.behind = behind
        table = self._list(behind.kind)
        self._lists.setCurrentWidget(table)
        self.header.set_title(behind.cut.label)
        self.header.set_subtitle(f"{behind.period.label} · {self._counted(behind)}")
        table.show_ids(behind.ids)
        self.excel.setEnabled(bool(behind.ids))
        if behind.ids:
            table.select(behind.ids[0])
        table.setFocus()

    @staticmethod
    def _counted(behind: Behind) -> str:
        noun = HEADS[behind.kind].unit
        rows = f"{len(behind.ids):,} {noun}"
        if behind.money:
            return f"{rows}，合计 {yuan_grouped(behind.total)} 元"
        return rows if behind.total == len(behind.ids) else f"{rows}，合计 {behind.total:,}"

    def _list(self, kind: RowKind) -> PagedTable:
        if kind not in self._made:
            table = PagedTable(
                f"behind-{kind}",
                columns(kind),
                lambda ids: self._rows(kind, ids),
                title="统计数字的明细",
                empty=EmptyState("这个数字是零，没有明细。", icon="statistics"),
                fen=_fen if kind in WITH_MONEY else None,
            )
            table.opened.connect(lambda _id: self._open())
            table.selection_told.connect(self.context.window.tell_selection)
            self._made[kind] = table
            self._lists.addWidget(table)
        return self._made[kind]

    def _rows(self, kind: RowKind, ids: Sequence[int]) -> list[BehindRow]:
        until = self.behind.period.last if self.behind else None
        return self.context.tasks.now(lambda store: behind_rows(store, kind, ids, until=until))

    def _open(self) -> None:
        row: Any = self.table.model.row(self.table.view.currentIndex().row())
        if row is None or not row.opens:
            return
        if row.opens == "guidance":
            self.context.window.go(EDUCATION, "", row.opens_id)
        else:
            self.context.window.open(row.opens, row.opens_id)

    def export_excel(self) -> None:
        """Ask where to, and write the rows in view."""
        if self.behind is not None:
            name = f"{self.behind.cut.label}（{self.behind.period.label}）.xlsx"
            path = ask_save(self, "导出统计明细", name)
            if path is not None:
                self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the rows to this file; a file dialog has asked about overwriting."""
        from enforcer.operations.figure_exports import ExportFigureForm, export_figure

        assert self.behind is not None
        cut, period = self.behind.cut, self.behind.period
        form = ExportFigureForm(
            keys=cut.keys,
            item=cut.item,
            place=cut.place,
            first=period.first,
            last=period.last,
            path=path,
            overwrite=True,
        )
        self.context.carry_out(
            export_figure,
            form,
            lambda done: self.context.window.message(
                "ok", f"已导出 {done.rows} 行到 {done.path}。{''.join(done.remarks)}"
            ),
            owner=self,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _fen(row: BehindRow) -> int | None:
    return row.amount_fen
