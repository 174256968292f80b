"""A tab of the law as it stands on a chosen day."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import date
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.context import Context
from ui.widgets.basics import Card
from ui.widgets.inputs import LineEdit
from ui.widgets.paged_table import PagedTable

PAUSE_MS = 150
"""How long typing rests before the list is asked for again."""


class LiveTab(QWidget):
    """Asks when it is first seen, and again when a table it rests on has changed."""

    tables: ClassVar[frozenset[str]]

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._stale = True
        context.tasks.changed.connect(self._changed)

    @abstractmethod
    def ask(self) -> None:
        """Ask for what is to be shown."""

    def refresh(self) -> None:
        """Ask anew."""
        self._stale = False
        self.ask()

    def rests_on(self, names: frozenset[str]) -> bool:
        """Whether what is shown may have changed with these tables."""
        return bool(names & self.tables)

    def _changed(self, names: frozenset[str]) -> None:
        if self.rests_on(names):
            self._stale = True
            if self.isVisible():
                self.refresh()

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()


class DayTab(LiveTab):
    """A list of the law as it stands on a day, and beside it the row chosen."""

    search: LineEdit
    table: PagedTable

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.day = context.clock.today()

    def show_day(self, day: date) -> None:
        """Show where things stand on this day."""
        if day != self.day:
            self.day = day
            self.refresh()

    def show_item(self, key: str) -> None:
        """Show one row, as a finding or another screen asks."""
        self.search.write("")
        self.refresh()
        self.table.select(key)

    def search_for(
        self, words: str, then: Callable[[], object], *, rests: bool = False
    ) -> LineEdit:
        """The field that narrows the list; with `rests`, only when typing has paused."""
        field = LineEdit(placeholder=f"{words}　Ctrl+F")
        field.setAccessibleName(words)
        field.setClearButtonEnabled(True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(PAUSE_MS)
        self._typing.timeout.connect(then)
        field.edited.connect(self._typing.start if rests else then)
        return field

    def side_by_side(self, left: Card, right: Card, width: int) -> None:
        """The list at the left, at the right what is known of the row chosen."""
        right.setFixedWidth(width)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(left, 1)
        columns.addWidget(right)
        self.setFocusProxy(self.search)
