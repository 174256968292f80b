"""Acts side by side, on a second line where the room is short; the main one at the right."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

GAP = 8


class Flow(QLayout):
    """Lays its widgets out as words are; the last one, if it is the main act, ends at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for one in self._items:
            size = size.expandedTo(one.minimumSize())
        return size

    def setGeometry(self, room: QRect) -> None:
        super().setGeometry(room)
        self._place(room, move=True)

    def _place(self, room: QRect, *, move: bool) -> int:
        """Put each widget in its place, or only say how high the lines are."""
        x, y, high = room.x(), room.y(), 0
        for one in self._items:
            if one.isEmpty():
                continue
            size = one.sizeHint()
            if x > room.x() and x + size.width() > room.right() + 1:
                x, y, high = room.x(), y + high + GAP, 0
            if move:
                widget = one.widget()
                ends = one is self._items[-1] and widget is not None and widget.property("main")
                left = max(x, room.right() + 1 - size.width()) if ends else x
                one.setGeometry(QRect(QPoint(left, y), size))
            x, high = x + size.width() + GAP, max(high, size.height())
        return y + high - room.y()
