"""Layouts that are filled again with what is known now."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from ui.widgets.basics import label


def fill(column: QVBoxLayout, widgets: Sequence[QWidget]) -> None:
    """These, one below the other, instead of what stood there."""
    _clear(column)
    for one in widgets:
        column.addWidget(one)


def fill_grid(grid: QGridLayout, rows: Sequence[tuple[str, str]]) -> None:
    """Names and what is said of each, which can be selected and copied."""
    _clear(grid)
    for at, (name, said) in enumerate(rows):
        grid.addWidget(label(name, "label"), at, 0, Qt.AlignmentFlag.AlignTop)
        words = label(said, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(words, at, 1)


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (gone := item.widget()) is not None:
            gone.hide()
            gone.deleteLater()
