"""A table of the report on the screen: joined heads, a click or Enter on a figure opens its rows."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScrollArea,
    QTableView,
    QWidget,
)

from enforcer.queries.statistics_cells import Cell, Layout, Table, head_title, shown
from ui import theme
from ui.widgets.basics import repolish
from ui.widgets.widths import between

Index = QModelIndex | QPersistentModelIndex
NO_INDEX: Final = QModelIndex()
ROW, HEAD_LINE, PAD = 34, 20, 12
FIRST_WIDTH, LEAST, SHORT_HEAD, MOST_HEAD = 120, 60, 70, 104
CENTER: Final = int(Qt.AlignmentFlag.AlignCenter)
LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class FigureTableModel(QAbstractTableModel):
    """The heads as the first rows, then the body; `cell(index)` is what stands there."""

    def __init__(self, table: Table, layout: Layout, parent: QWidget) -> None:
        super().__init__(parent)
        self.table, self.wording = table, layout
        self.levels = 2 if any(one.over for one in table.heads) else 1
        self._bold = QFont(parent.font())
        self._bold.setBold(True)

    def show_layout(self, layout: Layout) -> None:
        """Show money in another unit."""
        self.wording = layout
        corner = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), corner)

    def cell(self, index: Index) -> Cell | None:
        """The cell of the body at this place; None in the head."""
        row = index.row() - self.levels
        return self.table.rows[row][index.column()] if index.isValid() and row >= 0 else None

    def head(self, row: int, column: int) -> str:
        """The words of the head at this place; empty under a joined one."""
        head = self.table.heads[column]
        if self.levels == 1 or not head.over:
            return head_title(head, self.wording) if row == 0 else ""
        return head.over[0] if row == 0 else head_title(head, self.wording)

    def words(self, index: Index) -> str:
        """What is written at this place."""
        cell = self.cell(index)
        if cell is None:
            return self.head(index.row(), index.column())
        return shown(cell.value, self.table.heads[index.column()].kind, self.wording)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else self.levels + len(self.table.rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.table.heads)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.cell(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index, cell)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(theme.colour(self._tone(cell)))
        if role == Qt.ItemDataRole.FontRole and cell is not None:
            last = index.row() == self.rowCount() - 1
            return self._bold if self.table.total and last else None
        if role == Qt.ItemDataRole.ToolTipRole and cell is not None and cell.cut is not None:
            return f"{cell.cut.label}：点击或按回车看明细"
        if role == Qt.ItemDataRole.AccessibleTextRole and cell is not None:
            return f"{self.table.heads[index.column()].title} {self.words(index)}"
        return None

    def _side(self, index: Index, cell: Cell | None) -> int:
        """Words left, figures and their titles right, a heading over several columns between."""
        head = self.table.heads[index.column()]
        if cell is None and head.over and index.row() == 0:
            return CENTER
        return LEFT if head.kind == "text" else RIGHT

    @staticmethod
    def _tone(cell: Cell | None) -> str:
        if cell is None:
            return "quiet"
        return "faint" if cell.value == 0 else "ink"


class FigureTable(QTableView):
    """All rows at once, no scroll bar; arrows walk, Enter or a click gives `opened(Cell)`."""

    opened = Signal(object)

    def __init__(self, table: Table, layout: Layout) -> None:
        super().__init__()
        self.table = table
        self.figures = FigureTableModel(table, layout, self)
        self.setObjectName(f"table-{table.key}")
        self.setAccessibleName(table.title)
        self.setModel(self.figures)
        font = QFont(self.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        self.setFont(font)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(20)
        self._join()
        self.clicked.connect(self._open)

    def show_layout(self, layout: Layout) -> None:
        """Show money in another unit."""
        self.figures.show_layout(layout)
        self._measure()

    def walk_to(self, row: int, column: int) -> None:
        """Put the focus on one cell."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(self.figures.index(row, column))

    def _join(self) -> None:
        """Headings over several columns, and titles over both rows of the head."""
        if self.figures.levels == 1:
            return
        heads, at = self.table.heads, 0
        while at < len(heads):
            end = at
            while heads[at].over and end + 1 < len(heads) and heads[end + 1].over == heads[at].over:
                end += 1
            if not heads[at].over:
                self.setSpan(0, at, 2, 1)
            elif end > at:
                self.setSpan(0, at, 1, end - at + 1)
            at = end + 1

    def _measure(self) -> None:
        """Columns share the width by what they need; the head takes the lines it needs."""
        steps, room = self._needs(), self.viewport().width()
        widths = between(room, steps)
        spare = max(0, room - sum(steps[0])) // len(widths)
        widths = [one + spare for one in widths]
        widths[0] = max(FIRST_WIDTH, widths[0] + room - sum(widths))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        self._heights()

    def _needs(self) -> tuple[list[int], list[int], list[int]]:
        """The width each column likes, one for its short words, and the least, for its figures."""
        metrics, model = self.fontMetrics(), self.figures
        hard, firm, soft = [], [], []
        for column in range(model.columnCount()):
            body = max(
                (
                    metrics.horizontalAdvance(model.words(model.index(row, column)))
                    for row in range(model.levels, model.rowCount())
                ),
                default=0,
            )
            head = max(
                metrics.horizontalAdvance(model.head(row, column))
                for row in range(model.levels)
                if self.columnSpan(row, column) == 1
            )
            text = self.table.heads[column].kind == "text"
            hard.append(FIRST_WIDTH if text else max(LEAST, body + PAD * 2))
            firm.append(max(hard[-1], 0 if text else min(head, SHORT_HEAD) + PAD * 2 + 2))
            soft.append(max(firm[-1], (body if text else min(head, MOST_HEAD)) + PAD * 2))
        return soft, firm, hard

    def _heights(self) -> None:
        model, metrics = self.figures, self.fontMetrics()
        for row in range(model.rowCount()):
            lines = 1
            for column in range(model.columnCount()):
                across = self.columnSpan(row, column)
                if row < model.levels and (across > 1 or self.rowSpan(row, column) > 1):
                    continue
                room = QRect(0, 0, max(20, self.columnWidth(column) - PAD * 2 - 2), 1000)
                words = model.words(model.index(row, column))
                tall = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()
                lines = max(lines, round(tall / metrics.lineSpacing()))
            tall = ROW if lines == 1 else lines * HEAD_LINE + 12
            self.setRowHeight(row, tall)
        self.setFixedHeight(sum(self.rowHeight(row) for row in range(model.rowCount())) + 2)

    def _open(self, index: QModelIndex) -> None:
        cell = self.figures.cell(index)
        if cell is not None and cell.cut is not None:
            self.opened.emit(cell)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Keep the cell that is walked to in view of the column the tables stand in."""
        super().currentChanged(current, previous)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inside is not None and self.hasFocus():
            at = self.viewport().mapTo(inside, self.visualRect(current).center())
            area.ensureVisible(at.x(), at.y(), 0, ROW * 2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self.figures.cell(self.indexAt(event.position().toPoint()))
        opens = cell is not None and cell.cut is not None
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        )
        super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.figures.cell(self.currentIndex()) is None and self.table.rows:
            self.setCurrentIndex(self.figures.index(self.figures.levels, 1))
        else:
            self.setCurrentIndex(self.currentIndex())
        self._mark(focused=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.clearSelection()
        self._mark(focused=False)

    def _mark(self, *, focused: bool) -> None:
        self.setProperty("focused", focused)
        repolish(self)
