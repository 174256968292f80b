"""What hangs below the search box: hits with their kind and place, acts by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.basics import label

MOST_ROWS: Final = 9
ROW: Final = 44
_KINDS: Final = {
    "notice": ("告知", "notices"),
    "case": ("案件", "cases"),
    "party": ("当事人", "person"),
    "vehicle": ("车辆", "vehicle"),
    "lead": ("线索", "leads"),
    "document": ("文书", "document"),
}
_HIT: Final = Qt.ItemDataRole.UserRole


class Results(QFrame):
    """The hits below the search box; the box keeps the focus."""

    taken = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("results")
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_HitRow(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName("搜索结果")
        self.list.clicked.connect(self._take)
        self.foot: QLabel = label("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 8)
        column.setSpacing(4)
        column.addWidget(self.list)
        column.addWidget(self.foot)
        window.installEventFilter(self)
        self.hide()

    def show_hits(self, hits: Sequence[Any], acts: Sequence[QAction], words: str) -> None:
        """Show what was found, then the acts whose name holds the words."""
        self.model.clear()
        for one in [*hits, *acts]:
            item = QStandardItem(_spoken(one))
            item.setData(one, _HIT)
            self.model.appendRow(item)
        count = self.model.rowCount()
        self.foot.setText(
            f"　找到 {count} 项　↑↓ 选择　Enter 打开　Esc 返回"
            if count
            else f"　没有找到“{words}”。可以试试号牌的后几位、姓名、文号或者路名。"
        )
        self.list.setVisible(bool(count))
        self.list.setFixedHeight(min(count, MOST_ROWS) * ROW + 4)
        if count:
            self.list.setCurrentIndex(self.model.index(0, 0))

    def hang(self, corner: QPoint, width: int) -> None:
        """Show the list with its upper left corner here."""
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(corner)
        self.raise_()
        self.show()

    def step(self, rows: int) -> None:
        """Move the choice."""
        at = (self.list.currentIndex().row() + rows) % max(1, self.model.rowCount())
        self.list.setCurrentIndex(self.model.index(at, 0))

    def take_current(self) -> None:
        """Open what is chosen."""
        if self.list.currentIndex().isValid():
            self._take(self.list.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        self.taken.emit(index.data(_HIT))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self.hide()
        return super().eventFilter(watched, event)


def _spoken(what: Any) -> str:
    """A row as a screen reader says it."""
    if isinstance(what, QAction):
        return f"操作 {what.text()}"
    kind = _KINDS.get(what.kind, (what.kind, ""))[0]
    return "，".join(part for part in (kind, what.number, what.title, what.where) if part)


class _HitRow(QStyledItemDelegate):
    """Icon, then number and title, then where it happened, quietly."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        self.initStyleOption(option, index)
        what, box = index.data(_HIT), QRect(option.rect)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        action = isinstance(what, QAction)
        kind, icon = ("操作", "keyboard") if action else _KINDS.get(what.kind, (what.kind, "open"))
        number = what.text() if action else what.number or what.title
        rest = what.shortcut().toString() if action else _rest(what)
        painter.save()
        picture = QRect(box.left() + 12, box.center().y() - 9, 20, 20)
        theme.icon(icon).paint(painter, picture)
        line = box.adjusted(44, 0, -14, 0)
        place = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.colour("quiet"))
        painter.drawText(line, place | Qt.AlignmentFlag.AlignRight, kind)
        line.setRight(line.right() - option.fontMetrics.horizontalAdvance(kind) - 16)
        painter.setPen(theme.colour("ink"))
        shown = option.fontMetrics.elidedText(number, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, place | Qt.AlignmentFlag.AlignLeft, shown)
        line.setLeft(line.left() + option.fontMetrics.horizontalAdvance(shown) + 16)
        painter.setPen(theme.colour("quiet"))
        rest = option.fontMetrics.elidedText(rest, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, place | Qt.AlignmentFlag.AlignLeft, rest)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Any) -> QSize:
        return QSize(200, ROW)


def _rest(hit: Any) -> str:
    parts = (hit.title if hit.number else "", hit.where)
    return " · ".join(part for part in parts if part)
