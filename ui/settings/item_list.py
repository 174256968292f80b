"""Many items of the catalogue to tick, narrowed by what is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.basics import button, label
from ui.widgets.inputs import LineEdit
from ui.widgets.pickers import Option
from ui.widgets.pinyin import matches

KEY = Qt.ItemDataRole.UserRole


class ItemList(QWidget):
    """Reads the keys ticked; 空格 ticks, what does not answer to the words is hidden, not lost."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = LineEdit(placeholder="查找事项：文字、编码或拼音首字母")
        self.search.edited.connect(self._narrow)
        self.list = QListWidget()
        self.list.setAccessibleName("事项")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setMinimumHeight(190)
        self.list.setProperty("framed", True)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.itemChanged.connect(self._changed)
        self._count = label("", "small")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._count, 1)
        row.addWidget(button("全选", link=True, on=lambda: self._all(ticked=True)))
        row.addWidget(button("全不选", link=True, on=lambda: self._all(ticked=False)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        self.setFocusProxy(self.search)
        self._options: list[Option] = []

    def set_options(self, options: Sequence[Option]) -> None:
        """Replace the items, keeping what is ticked."""
        ticked = self.read()
        self._options = list(options)
        self.list.blockSignals(True)
        self.list.clear()
        for one in options:
            made = QListWidgetItem(one.text)
            made.setToolTip(f"{one.text}\n{one.detail}" if one.detail else one.text)
            made.setData(KEY, one.key)
            made.setFlags(made.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            made.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(made)
        self.list.blockSignals(False)
        self.write(ticked)
        self._narrow()

    def read(self) -> list[str]:
        return [one.data(KEY) for one in self._items() if one.checkState() == Qt.CheckState.Checked]

    def write(self, value: Sequence[str] | None) -> None:
        wanted = set(value or ())
        self.list.blockSignals(True)
        for one in self._items():
            on = one.data(KEY) in wanted
            one.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._tell()
        self.edited.emit()

    def complaint(self) -> str:
        return ""

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def _all(self, *, ticked: bool) -> None:
        """Tick or untick what is listed now."""
        self.list.blockSignals(True)
        for one in self._items():
            if not one.isHidden():
                one.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._changed()

    def _changed(self, *_item: object) -> None:
        self._tell()
        self.edited.emit()

    def _narrow(self) -> None:
        words = self.search.read()
        for item, option in zip(self._items(), self._options, strict=True):
            seen = all(
                word in f"{option.key} {option.detail} {option.also}" or matches(word, option.text)
                for word in words.split()
            )
            item.setHidden(not seen)

    def _tell(self) -> None:
        self._count.setText(f"已勾选 {len(self.read())} 项，共 {self.list.count()} 项")
