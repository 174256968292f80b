"""A screen's list: search and filters over a table, the figures above, an export of what is seen."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.exchange.export import Written
from ui.context import Context
from ui.fresh import Fresh
from ui.widgets.basics import Card, PageHeader
from ui.widgets.file_dialogs import ask_save
from ui.widgets.inputs import LineEdit
from ui.widgets.moments import DateEdit
from ui.widgets.paged_table import PagedTable

TYPING = 150
"""Milliseconds without a key before the list is asked again."""


class RowList(QWidget):
    """Every row of a kind; `opened(id)` on Enter, `wanted_new()` for a new one."""

    opened = Signal(object)
    wanted_new = Signal()
    what = ""
    header: PageHeader
    search: LineEdit
    table: PagedTable

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    @abstractmethod
    def question(self, sort: str, *, descending: bool) -> Callable[[Any], Any]:
        """What is asked of the store, by what the filters say now."""

    @abstractmethod
    def show_answer(self, answer: Any) -> None:
        """Show the rows and the figures over them."""

    @abstractmethod
    def export_to(self, path: Path) -> None:
        """Write the list in its order to this file; a file dialog has asked about overwriting."""

    def search_for(self, name: str, hint: str) -> LineEdit:
        """The search field."""
        made = LineEdit(placeholder=hint)
        made.setObjectName(name)
        made.setAccessibleName(f"查找{self.what}")
        made.setClearButtonEnabled(True)
        return made

    def days(self, what: str) -> tuple[DateEdit, DateEdit]:
        """From a day to a day."""
        first, last = (DateEdit(self.context.clock.today) for _ in range(2))
        first.setAccessibleName(f"{what}自")
        last.setAccessibleName(f"{what}至")
        first.setPlaceholderText(f"{what}自")
        last.setPlaceholderText("至")
        return first, last

    def begin(self, tables: Collection[str], filters: Sequence[Any], *, sort: str) -> None:
        """Lay it out, follow what is typed and chosen, and ask for the first time."""
        self._sort, self._descending = sort, True
        row = QHBoxLayout()
        row.setContentsMargins(15, 8, 15, 6)
        row.setSpacing(10)
        row.addWidget(self.search, 4)
        card = Card(tight=True, spacing=4)
        card.body.addLayout(row)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.header)
        column.addWidget(card, 1)
        self._typing = QTimer(self, singleShot=True, interval=TYPING)
        self._typing.timeout.connect(self.refresh)
        self.search.edited.connect(self._typing.start)
        self.search.returnPressed.connect(self._go_to_rows)
        for one in filters:
            row.addWidget(one, 1)
            one.edited.connect(self.refresh)
        self.table.opened.connect(self.opened)
        self.table.sort_asked.connect(self._sorted)
        self.table.selection_told.connect(self.context.window.tell_selection)
        self.table.mark_sorted(sort, descending=True)
        self.fresh = Fresh(self, self.context, tables, self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Ask again for the list and the figures over it."""
        self.fresh.asked()
        self.context.tasks.ask(
            self.question(self._sort, descending=self._descending),
            self.show_answer,
            owner=self,
            latest=self.what,
        )

    def tell(self, first: str, *figures: tuple[int, str]) -> None:
        """The figures over the list; those that are nothing are left out."""
        more = [f"{words} {count} 件" for count, words in figures if count]
        self.header.set_subtitle(" · ".join([first, *more]))

    def _sorted(self, key: str, descending: bool) -> None:
        self._sort, self._descending = key, descending
        self.refresh()

    def _go_to_rows(self) -> None:
        self._typing.stop()
        self.refresh()
        self.table.setFocus()

    def export_excel(self) -> None:
        """Ask where to, and write what is seen to a workbook there."""
        path = ask_save(self, f"导出{self.what}", f"{self.what}.xlsx")
        if path is not None:
            self.export_to(path)

    def write(self, deed: Callable[..., Written], form: Any, *, said: str) -> None:
        """Carry out an export and tell of it; `said` with the number of rows and the place."""
        self.context.carry_out(
            deed,
            form,
            lambda done: self.context.window.message(
                "ok", said.format(done.rows, done.path) + "".join(done.remarks)
            ),
            owner=self,
        )
