"""An amount typed in 元, kept in 分, with its 大写 beneath."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from enforcer import money
from ui.widgets.basics import label


class MoneyEdit(QWidget):
    """Reads 200, 200.5, 1,000元; `read` gives 分, the words stand below as they will on paper."""

    edited = Signal()

    def __init__(self, *, name: str = "金额") -> None:
        super().__init__()
        self._name = name
        self.line = QLineEdit()
        self.line.setPlaceholderText("0.00")
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._words = label("", "small")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(label("元", "label"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self._words)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._changed)
        self.line.editingFinished.connect(self._tidy)
        self._changed()

    @property
    def words(self) -> str:
        """The 大写 shown."""
        return self._words.text()

    def read(self) -> int | None:
        try:
            return money.parse_yuan(self.line.text(), label=self._name)
        except ValueError:
            return None

    def write(self, value: Any) -> None:
        if isinstance(value, str):  # the draft of what could not be read
            self.line.setText(value)
        else:
            self.line.setText("" if value is None else money.yuan(int(value)))

    def complaint(self) -> str:
        if not self.line.text().strip():
            return ""
        try:
            money.parse_yuan(self.line.text(), label=self._name)
        except ValueError as error:
            return str(error)
        return ""

    def _changed(self) -> None:
        fen = self.read()
        self._words.setText("大写" if fen is None else f"大写　{money.chinese(fen)}")
        self.edited.emit()

    def _tidy(self) -> None:
        fen = self.read()
        if fen is not None:
            self.write(fen)
