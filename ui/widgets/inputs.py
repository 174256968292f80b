"""What every input answers to: `read`, `write`, `edited`; lines, areas, choices, ticks, counts."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, cast, runtime_checkable

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget


@runtime_checkable
class Input(Protocol):
    """A control that a Field can hold and a FormBinder can read."""

    edited: SignalInstance

    def read(self) -> Any:
        """What the officer has entered; None when it is empty or cannot be understood."""

    def write(self, value: Any) -> None:
        """Show a value, or its saved draft; None empties."""

    def complaint(self) -> str:
        """Why what is typed cannot be understood; empty when it can."""


class LineEdit(QLineEdit):
    """One line of text; blank reads as an empty string."""

    edited = Signal()

    def __init__(self, text: str = "", *, placeholder: str = "", limit: int = 0) -> None:
        super().__init__(text)
        self._limit = limit
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(lambda _text: self.edited.emit())

    def read(self) -> str:
        return self.text().strip()

    def write(self, value: Any) -> None:
        self.setText("" if value is None else str(value))

    def complaint(self) -> str:
        over = len(self.read()) - self._limit if self._limit else 0
        return f"最多 {self._limit} 个字，请删减 {over} 个字。" if over > 0 else ""


class TextArea(QPlainTextEdit):
    """Several lines of text; Tab moves on, and over the limit it says how much to cut."""

    edited = Signal()

    def __init__(self, *, placeholder: str = "", lines: int = 4, limit: int = 0) -> None:
        super().__init__()
        self._limit = limit
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 24)
        self.textChanged.connect(self.edited)

    def read(self) -> str:
        return self.toPlainText().strip()

    def write(self, value: Any) -> None:
        text = "" if value is None else str(value)
        if text != self.toPlainText():
            self.setPlainText(text)

    def complaint(self) -> str:
        over = len(self.read()) - self._limit if self._limit else 0
        return f"最多 {self._limit} 个字，请删减 {over} 个字。" if over > 0 else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        super().keyPressEvent(event)


class Choice(QComboBox):
    """A short closed list; `choices` are (value, label) pairs, None reads when nothing is chosen."""

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[Any, str]] = (), *, blank: str = "") -> None:
        super().__init__()
        self._values: list[Any] = []
        self._blank = blank
        self.set_choices(choices)
        self.currentIndexChanged.connect(lambda _index: self.edited.emit())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Replace the list, keeping the choice where it is still offered."""
        kept = self.read() if self._values else None
        pairs = [(None, self._blank), *choices] if self._blank else list(choices)
        self._values = [value for value, _ in pairs]
        was_silent = self.blockSignals(True)
        self.clear()
        self.addItems([text for _, text in pairs])
        self.blockSignals(was_silent)
        if kept in self._values:
            self.setCurrentIndex(self._values.index(kept))

    def read(self) -> Any:
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def write(self, value: Any) -> None:
        known = value in self._values
        self.setCurrentIndex(self._values.index(value) if known else 0 if self._blank else -1)

    def complaint(self) -> str:
        return ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Tick(QCheckBox):
    """A yes or no with its own words beside it."""

    edited = Signal()

    def __init__(self, text: str, *, ticked: bool = False) -> None:
        super().__init__(text)
        self.setChecked(ticked)
        self.toggled.connect(lambda _on: self.edited.emit())

    def read(self) -> bool:
        return self.isChecked()

    def write(self, value: Any) -> None:
        self.setChecked(bool(value))

    def complaint(self) -> str:
        return ""


class CountEdit(QSpinBox):
    """A whole number within bounds."""

    edited = Signal()

    def __init__(self, *, least: int = 0, most: int = 999_999, unit: str = "") -> None:
        super().__init__()
        self.setRange(least, most)
        self.setSuffix(f" {unit}" if unit else "")
        self.lineEdit().setTextMargins(8, 0, 0, 0)  # the sheet's padding does not reach in there
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(lambda _value: self.edited.emit())

    def read(self) -> int:
        return self.value()

    def write(self, value: Any) -> None:
        self.setValue(self.minimum() if value is None else int(value))

    def complaint(self) -> str:
        return ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Plain(QObject):
    """Lets a plain Qt line or combo stand in a form."""

    edited = Signal()

    def __init__(
        self,
        widget: QWidget,
        changed: SignalInstance,
        read: Callable[[], Any],
        write: Callable[[Any], object],
    ) -> None:
        super().__init__(widget)
        self.read, self.write = read, write
        changed.connect(lambda *_: self.edited.emit())

    def complaint(self) -> str:
        return ""


def as_input(widget: QWidget) -> Input:
    """The widget itself when it is an Input, else a small adapter for Qt's own line and combo."""
    if isinstance(widget, Input):
        return widget
    if isinstance(widget, QLineEdit):
        return cast(
            "Input",
            _Plain(
                widget,
                widget.textChanged,
                lambda: widget.text().strip(),
                lambda value: widget.setText("" if value is None else str(value)),
            ),
        )
    if isinstance(widget, QComboBox):
        return cast(
            "Input",
            _Plain(
                widget,
                widget.currentTextChanged,
                widget.currentText,
                lambda value: widget.setCurrentText("" if value is None else str(value)),
            ),
        )
    raise TypeError(f"{type(widget).__name__} is no Input")
