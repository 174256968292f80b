"""The search box on top: what it finds hangs below it, acts by name among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QShortcut,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.basics import label

Query = Callable[[str, Callable[[Sequence[Any]], object]], object]
"""Words and where to send the hits; a hit has kind, number, title, where and row_id."""

Acts = Callable[[], Sequence[QAction]]

DELAY_MS: Final = 120
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


class SearchBox(QLineEdit):
    """Ctrl+K; typing asks, ↑↓ and Enter open (`opened(hit)`), Esc goes back where one was."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setAccessibleName("搜索")
        self.setPlaceholderText("搜索号牌、姓名、文号、地点、案情　Ctrl+K")
        self.setFixedWidth(460)
        self.setClearButtonEnabled(False)
        self.query: Query | None = None
        self.acts: Acts = tuple
        self._results: Results | None = None
        self._before: QWidget | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DELAY_MS)
        self._wait.timeout.connect(self._ask)
        self.textEdited.connect(lambda _text: self._wait.start())
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self.begin)

    @property
    def results(self) -> Results:
        """What hangs below the box; made when first needed."""
        if self._results is None:
            self._results = Results(self.window())
            self._results.taken.connect(self._take)
        return self._results

    def begin(self) -> None:
        """Take the focus, remembering where it was."""
        focus = self.window().focusWidget()
        if focus is not self:
            self._before = focus
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def leave(self) -> None:
        """Empty the box and go back to where the focus was."""
        self._wait.stop()
        self.clear()
        self._hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clearFocus()

    def _ask(self) -> None:
        words = self.text().strip()
        if not words:
            self._hide()
        elif self.query is not None:
            self.query(words, lambda hits: self._show(words, hits))

    def _show(self, words: str, hits: Sequence[Any]) -> None:
        if words != self.text().strip() or not self.hasFocus():
            return
        acts = [one for one in self.acts() if one.isEnabled() and _named(one, words)]
        self.results.show_hits(hits, acts, words)
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        self.results.hang(corner, max(self.width(), 640))

    def _take(self, what: object) -> None:
        self._before = None
        self.clear()
        self._hide()
        if isinstance(what, QAction):
            what.trigger()
        else:
            self.opened.emit(what)

    def _hide(self) -> None:
        if self._results is not None:
            self._results.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = self._results is not None and self._results.isVisible()
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and shown:
            self.results.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if shown:
                self.results.take_current()
            else:
                self._ask()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        }:
            self._hide()


def _named(act: QAction, words: str) -> bool:
    return words.lower() in act.text().replace("&", "").lower()


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
