"""Their sheet as it stands: the first rows, the header marked, one key makes a row the header."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from enforcer.exchange.mapping import Grid, column_name
from ui import theme
from ui.imports.words import theirs

Index = QModelIndex | QPersistentModelIndex
SHOWN_ROWS: Final = 60
NOTHING: Final = (
    "选择 Excel 工作簿，这里显示原表的前几行。\n"
    "列名对不上的，在左边指定各栏取自哪一列；核对以后才导入。"
)
NO_INDEX: Final = QModelIndex()


class GridTableModel(QAbstractTableModel):
    """The first rows of a grid; those of the header are marked."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.grid: Grid | None = None
        self._header = range(0)

    def show(self, grid: Grid | None) -> None:
        """Show this sheet instead."""
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def mark(self, top: int, height: int) -> None:
        """Mark these rows as the header."""
        self._header = range(top, top + height)
        if self.rowCount() and self.columnCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        if parent.isValid() or self.grid is None:
            return 0
        return min(len(self.grid.cells), SHOWN_ROWS)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() or self.grid is None else self.grid.width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.grid is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            text = theirs(self.grid.cell(index.row(), index.column()))
            return " ".join(text.split()) if role == Qt.ItemDataRole.DisplayRole else text
        if index.row() in self._header:
            if role == Qt.ItemDataRole.BackgroundRole:
                return QBrush(theme.colour("tint"))
            if role == Qt.ItemDataRole.FontRole:
                font = QFont()
                font.setBold(True)
                return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return column_name(section)
        return f"{section + 1} 表头" if section in self._header else str(section + 1)


class GridView(QTableView):
    """`header_chosen(row)` when Enter or a double-click makes the current row the header."""

    header_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.cells = GridTableModel(self)
        self.setModel(self.cells)
        self.setAccessibleName("原表的前几行，回车以所选行为表头")
        self.setToolTip("回车或者双击：以这一行为表头")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().setDefaultSectionSize(30)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.horizontalHeader().setDefaultAlignment(left)
        self.doubleClicked.connect(lambda index: self.header_chosen.emit(index.row()))

    def show_grid(self, grid: Grid | None) -> None:
        """Show this sheet, columns as wide as what stands in them."""
        self.cells.show(grid)
        self.resizeColumnsToContents()
        for at in range(self.cells.columnCount()):
            self.setColumnWidth(at, max(60, min(self.columnWidth(at) + 8, 170)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.cells.grid is None:
            painter = QPainter(self.viewport())
            painter.setPen(theme.colour("quiet"))
            across = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(40, 0, -40, 0), across, NOTHING)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.header_chosen.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)
