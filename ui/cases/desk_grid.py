"""Sections of the on-the-spot form: their names at the left, their fields in a dense grid."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from ui.widgets.basics import label

COLUMNS = 24
NARROW = 600
GUTTER = 56


class DenseGrid(QGridLayout):
    """Fields over spans of `COLUMNS`; in a narrow window each takes twice the room."""

    def __init__(self) -> None:
        super().__init__()
        self._placed: list[tuple[QWidget, int]] = []
        self._columns = COLUMNS
        self._row = self._at = 0
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(10)
        self.setVerticalSpacing(6)
        self._stretch()

    def add(self, field: QWidget, span: int) -> None:
        """Put a field next; one that does not fit starts a new row."""
        self._placed.append((field, span))
        self._place(field, span)

    def set_columns(self, columns: int) -> None:
        """Lay the same fields, in the same order, on fewer or more columns."""
        if columns == self._columns:
            return
        for field, _ in self._placed:
            self.removeWidget(field)
        self._columns, self._row, self._at = columns, 0, 0
        self._stretch()
        for field, span in self._placed:
            self._place(field, span)

    def _stretch(self) -> None:
        for column in range(COLUMNS):
            self.setColumnStretch(column, int(column < self._columns))

    def _place(self, field: QWidget, span: int) -> None:
        wide = min(span, self._columns)
        if self._at + wide > self._columns:
            self._row, self._at = self._row + 1, 0
        self.addWidget(field, self._row, self._at, 1, wide, Qt.AlignmentFlag.AlignTop)
        self._at += wide


class Section(QBoxLayout):
    """A section's name and its fields: beside each other, or below where the form is narrow."""

    def __init__(self, title: str) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(8)
        self.grid = DenseGrid()
        self._title = label(title, "strong")
        self.addWidget(self._title, 0, Qt.AlignmentFlag.AlignTop)
        self.addLayout(self.grid, 1)
        self._title.setFixedWidth(GUTTER)

    def fit(self, width: int) -> None:
        """Follow the width of the form."""
        way = QBoxLayout.Direction
        wanted = way.TopToBottom if width < NARROW else way.LeftToRight
        if wanted is not self.direction():
            self.setDirection(wanted)
            self.grid.set_columns(COLUMNS if wanted is way.LeftToRight else COLUMNS // 2)
