"""A folder: typed, pasted, or pointed at."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ui.widgets.basics import button
from ui.widgets.inputs import LineEdit


class FolderEdit(QWidget):
    """A line and, beside it, the button that opens the system's folder dialog."""

    edited = Signal()

    def __init__(self, title: str, *, placeholder: str = "") -> None:
        super().__init__()
        self._title = title
        self.line = LineEdit(placeholder=placeholder)
        self.line.edited.connect(self.edited)
        self.choose = button("选择文件夹…", "folder", on=self.ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)
        self.setFocusProxy(self.line)

    def ask(self) -> None:
        """Let the officer point at the folder."""
        found = QFileDialog.getExistingDirectory(self, self._title, self.read())
        if found:
            self.write(found)

    def read(self) -> str:
        return self.line.read()

    def write(self, value: Any) -> None:
        self.line.write(value)

    def complaint(self) -> str:
        return ""
