"""A labelled input with its sentence below it when it is wrong, and a grid of them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui.widgets.basics import Elided, IconLabel, label, repolish
from ui.widgets.inputs import Input, Tick, as_input


class Field(QWidget):
    """Label above, input, error line below; `left` when the focus has gone out of it.

    `bare` leaves the room of the label out: for ticks in a row of their own. `parts` are the
    controls of the input in the order in which Enter goes through them.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self,
        name: str,
        widget: QWidget,
        *,
        hint: str = "",
        required: bool = False,
        bare: bool = False,
    ) -> None:
        super().__init__()
        self.name = name
        self.widget = widget
        self.editor = widget.focusProxy() or widget
        self.parts: Sequence[QWidget] = getattr(widget, "parts", (self.editor,))
        self.input: Input = as_input(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = self._head(name, hint, required=required)
        column.addWidget(head)
        if bare:
            head.hide()
        column.addWidget(widget)
        self._wrong = QWidget()
        row = QHBoxLayout(self._wrong)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._sentence = label("", "error", wrap=True)
        row.addWidget(IconLabel("bad", 16, "bad"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sentence, 1)
        self._wrong.hide()
        column.addWidget(self._wrong)
        column.addStretch()
        self.setFocusProxy(widget)
        for one in {widget, self.editor}:
            if not one.accessibleName():
                one.setAccessibleName(name)
        self.editor.installEventFilter(self)
        self.input.edited.connect(self.edited)

    def _head(self, name: str, hint: str, *, required: bool) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        words = label("" if isinstance(self.widget, Tick) else name, "label")
        words.setBuddy(self.editor)
        row.addWidget(words)
        if required:
            row.addWidget(label("必填", "small"))
        self._hint = Elided(role="small", at_right=True)
        row.addWidget(self._hint, 1)  # before it is shown, else it would be a window of its own
        self.set_hint(hint)
        return holder

    @property
    def error(self) -> str:
        """The sentence shown below, empty when nothing is wrong."""
        return "" if self._wrong.isHidden() else self._sentence.text()

    def set_error(self, sentence: str) -> None:
        """Show what is wrong, in red below the input; an empty sentence takes it away."""
        if sentence == self.error:
            return
        self._sentence.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        self.editor.setProperty("wrong", bool(sentence))
        self.editor.setAccessibleDescription(sentence)
        repolish(self.editor)

    def set_hint(self, text: str) -> None:
        """Quiet words at the right of the label."""
        self._hint.setText(text)

    def read(self) -> Any:
        """What the input holds."""
        return self.input.read()

    def write(self, value: Any) -> None:
        """Show a value and forget what was wrong with the last."""
        self.input.write(value)
        self.set_error("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        left = event.type() == QEvent.Type.FocusOut and watched is self.editor
        if left and isValid(self) and self.isVisible():  # what is being deleted is left by nobody
            self.left.emit()
        return super().eventFilter(watched, event)


class FieldGrid(QGridLayout):
    """Fields in columns of equal width: `add(field)` fills rows as they are read."""

    def __init__(self, columns: int = 2) -> None:
        super().__init__()
        self._columns, self._row, self._at = columns, 0, 0
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(14)
        self.setVerticalSpacing(10)
        for column in range(columns):
            self.setColumnStretch(column, 1)

    def add(self, field: QWidget, span: int = 1) -> None:
        """Put a field next, over `span` columns; one that does not fit starts a new row."""
        span = min(span, self._columns)
        if self._at + span > self._columns:
            self._row, self._at = self._row + 1, 0
        self.addWidget(field, self._row, self._at, 1, span, Qt.AlignmentFlag.AlignTop)
        self._at += span
