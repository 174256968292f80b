"""Long closed lists filtered as one types: by words, by number, by the letters of the pinyin."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from shiboken6 import isValid

from ui import theme
from ui.widgets.pinyin import matches

Index = QModelIndex | QPersistentModelIndex
KEY_ROLE = Qt.ItemDataRole.UserRole
OPTION_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Option:
    """One entry: what it stands for, its words, quiet words beside them, more words to find it."""

    key: Any
    text: str
    detail: str = ""
    also: str = ""

    @property
    def shown(self) -> str:
        """As it stands in the field once chosen."""
        return f"{self.text}　{self.detail}" if self.detail else self.text


def officer_option(key: Any, name: str, number: str, note: str = "") -> Option:
    """An officer: name, certificate number, and for instance an expired certificate as note."""
    return Option(key, name, f"{number}　{note}" if note else number)


class _OptionsTableModel(QAbstractListModel):
    """The options of one picker."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.options: list[Option] = []

    def show(self, options: Sequence[Option]) -> None:
        self.beginResetModel()
        self.options = list(options)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — Qt's signature
        return 0 if parent.isValid() else len(self.options)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        option = self.options[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return option.shown
        return {KEY_ROLE: option.key, OPTION_ROLE: option}.get(Qt.ItemDataRole(role))


class _Filtered(QSortFilterProxyModel):
    """Only the options that answer to what is typed."""

    def __init__(self, source: _OptionsTableModel, parent: QObject) -> None:
        super().__init__(parent)
        self._options = source
        self._words = ""
        self.setSourceModel(source)

    def look_for(self, words: str) -> None:
        self._words = words
        self.invalidate()

    def filterAcceptsRow(self, row: int, _parent: Index) -> bool:
        option = self._options.options[row]
        return not self._words.strip() or _answers(option, self._words)


def _answers(option: Option, words: str) -> bool:
    if words.strip() == option.shown:
        return True
    return all(
        word.lower() in f"{option.detail} {option.also}".lower() or matches(word, option.text)
        for word in words.split()
    )


class _TwoTone(QStyledItemDelegate):
    """Words in ink, what identifies them quietly at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        entry: Option | None = index.data(OPTION_ROLE)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if entry is None:
            return
        box: QRect = option.rect.adjusted(10, 0, -10, 0)
        metrics = option.fontMetrics
        painter.save()
        wide = metrics.horizontalAdvance(entry.detail)
        painter.setPen(theme.colour("quiet"))
        painter.drawText(
            box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, entry.detail
        )
        box.setRight(box.right() - wide - (16 if wide else 0))
        painter.setPen(theme.colour("ink"))
        text = metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Option | None = index.data(OPTION_ROLE)
        metrics = option.fontMetrics
        words = f"{entry.text}{entry.detail}" if entry else ""
        return QSize(metrics.horizontalAdvance(words) + 52, 34)


class FilterCombo(QComboBox):
    """Type to filter, ↑↓ and Enter to take, or open the whole list; reads the option's key."""

    edited = Signal()
    picked = Signal()

    def __init__(self, options: Sequence[Option] = (), *, placeholder: str = "") -> None:
        super().__init__()
        self._all: tuple[Option, ...] = ()
        self._excluded: frozenset[Any] = frozenset()
        self._key: Any = None
        self._source = _OptionsTableModel(self)
        self._filtered = _Filtered(self._source, self)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setModel(self._source)
        self.setItemDelegate(_TwoTone(self))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(12)
        line = self.lineEdit()
        assert line is not None
        line.setPlaceholderText(placeholder or "输入文字、编号或拼音首字母查找")
        self.line = line
        popup = QListView()
        popup.setProperty("popup", True)
        self._completer = QCompleter(self._filtered, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(10)
        self._completer.setPopup(popup)
        popup.setItemDelegate(_TwoTone(popup))
        self._completer.setWidget(line)
        line.setCompleter(self._completer)
        popup.installEventFilter(self)
        self._popup = popup
        self._completer.activated[QModelIndex].connect(self._completed)  # type: ignore[index]
        line.textEdited.connect(self._typed)
        self.activated.connect(self._listed)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Replace the list; what was chosen stays where it is still offered."""
        self._all = tuple(options)
        self._refresh()

    def exclude(self, keys: Collection[Any]) -> None:
        """Leave these out, for instance the officer already chosen beside."""
        wanted = frozenset(one for one in keys if one is not None)
        if wanted != self._excluded:
            self._excluded = wanted
            self._refresh()

    def option(self) -> Option | None:
        """The option chosen."""
        return next((one for one in self._all if one.key == self._key), None)

    def read(self) -> Any:
        if not isValid(self.line):  # its window is being taken apart
            return None
        chosen = self.option()
        return chosen.key if chosen and self.line.text().strip() == chosen.shown else None

    def write(self, value: Any) -> None:
        self._take(next((one for one in self._all if one.key == value), None))

    def complaint(self) -> str:
        if not isValid(self.line):
            return ""
        text = self.line.text().strip()
        return (
            "" if not text or self.read() is not None else f"列表里没有“{text}”，请从列表中选一项。"
        )

    def _refresh(self) -> None:
        chosen = self.option()
        self._filtered.look_for("")
        self.blockSignals(True)
        self._source.show([one for one in self._all if one.key not in self._excluded])
        self.blockSignals(False)
        self._take(chosen)

    def _take(self, option: Option | None) -> None:
        before = self._key
        self._key = option.key if option else None
        self.blockSignals(True)
        self.setCurrentIndex(
            next((i for i, one in enumerate(self._source.options) if one is option), -1)
        )
        self.blockSignals(False)
        self.line.setText(option.shown if option else "")
        self.line.setCursorPosition(0)
        if before != self._key:
            self.edited.emit()

    def _typed(self, text: str) -> None:
        self._filtered.look_for(text)
        if self._key is not None:
            self._key = None
            self.edited.emit()

    def _completed(self, index: QModelIndex) -> None:
        self._take(index.data(OPTION_ROLE))
        self.picked.emit()

    def _listed(self, row: int) -> None:
        self._take(self._source.options[row])

    def _settle(self) -> None:
        """What is typed names one option only: take it."""
        text = self.line.text().strip()
        if text and self.read() is None:
            found = [one for one in self._source.options if _answers(one, text)]
            exact = [one for one in found if text in (one.text, one.detail)]
            only = exact if len(exact) == 1 else found
            if len(only) == 1:
                self._take(only[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self._popup
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
            and not self._popup.currentIndex().isValid()
            and self._filtered.rowCount()
        ):
            self._popup.hide()
            self._completed(self._filtered.index(0, 0))
            return True
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.line.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason and isValid(self.line):
            self._settle()  # of a picker that is being deleted only a husk is left
        super().focusOutEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class OfficerPicker(FilterCombo):
    """An officer by name, certificate number or pinyin; options from `officer_option`."""

    def __init__(self, options: Sequence[Option] = ()) -> None:
        super().__init__(options, placeholder="姓名、证号或拼音首字母")


class ItemPicker(FilterCombo):
    """A violation item by its words or code; the article stands quietly beside."""

    def __init__(self, options: Sequence[Option] = ()) -> None:
        super().__init__(options, placeholder="案由关键字或拼音首字母")
