"""文书模板: the list of all papers, and the editor of the one that is opened."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.templates.editor import Editor
from ui.templates.listing import Listing
from ui.widgets.inputs import LineEdit


class TemplatesTab(QWidget):
    """The list first; `show_item(key)` opens one paper."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.listing = Listing(context)
        self.editor = Editor(context)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.listing)
        self.stack.addWidget(self.editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.setFocusProxy(self.listing)
        self._stale = True
        self.listing.opened.connect(self._open)
        self.editor.left.connect(self.show_list)
        context.tasks.changed.connect(self._changed)

    def show_item(self, key: str) -> None:
        """Open one paper, as another screen asks."""
        self.refresh()
        self._open(key)

    def show_list(self) -> None:
        """Back to the list, with the paper that was open selected."""
        self.stack.setCurrentWidget(self.listing)
        self.setFocusProxy(self.listing)
        self.refresh()
        self.listing.table.view.setFocus()

    def refresh(self) -> None:
        """Ask again for the list (F5)."""
        self._stale = False
        self.listing.refresh()

    def _open(self, key: str, sample: str = "") -> None:
        if not self.listing.rows:
            self.listing.refresh_now()
        row = self.listing.rows.get(key)
        if row is None:
            return
        self.stack.setCurrentWidget(self.editor)
        self.setFocusProxy(self.editor)
        self.editor.show_template(key, row.title, sample=sample)
        self.editor.edition.setFocus()

    def _changed(self, names: frozenset[str]) -> None:
        if names & {"template_edition", "document", "notice"}:
            self._stale = True
            if self.isVisible() and self.stack.currentWidget() is self.listing:
                self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def edit(self) -> None:
        """Open the paper selected in the list (F2)."""
        if self.stack.currentWidget() is self.listing:
            self.listing.edit()

    @property
    def search(self) -> LineEdit:
        """The search field of the list, which is shown for it."""
        self.show_list()
        return self.listing.search

    def hideEvent(self, event: Any) -> None:
        self.editor.flush()
        super().hideEvent(event)
