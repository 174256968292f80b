"""One text of a template: plain words, with each 【栏目】 in one piece, and as high as its text."""

from __future__ import annotations

import re
from typing import Any, Final

from PySide6.QtCore import QEvent, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from enforcer.documents import placeholders
from ui import theme

READINGS: Final = re.compile(r"｜[^】]*")
BLANKS: Final = re.compile(r"_{2,}")
_PADDING: Final = 5


class _Chips(QSyntaxHighlighter):
    """Marks the fields: known ones calm, unknown ones in the tone of what is wrong."""

    def __init__(self, document: QTextDocument, template_key: str, each: str) -> None:
        super().__init__(document)
        self._key, self._each = template_key, each

    def highlightBlock(self, text: str) -> None:
        for start, end in placeholders.said_in(text):
            said = text[start:end]
            known = not placeholders.unknown(self._key, said, self._each)
            self.setFormat(start, end - start, _format("accent" if known else "bad", known=known))
            reading = READINGS.search(said)
            if known and reading:
                faint = _format("quiet", known=True)
                self.setFormat(start + reading.start(), reading.end() - reading.start(), faint)
        for blank in BLANKS.finditer(text):
            line = QTextCharFormat()
            line.setForeground(theme.colour("faint"))
            self.setFormat(blank.start(), blank.end() - blank.start(), line)


def _format(tone: str, *, known: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(theme.colour(tone))
    made.setBackground(theme.colour("tint" if known else "badTint"))
    return made


class ChipEdit(QPlainTextEdit):
    """An Input over one piece; undo is the template's, not its own."""

    edited = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    insert_asked = Signal()
    entered = Signal()

    def __init__(self, template_key: str, each: str = "") -> None:
        super().__init__()
        self._key, self._each, self._settling = template_key, each, False
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._chips = _Chips(self.document(), template_key, each)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self.edited)
        self.cursorPositionChanged.connect(self._leave_chip)
        self._fit(self.document().documentLayout().documentSize())

    @property
    def each(self) -> str:
        """The list whose rows this text is printed for."""
        return self._each

    def read(self) -> str:
        return self.toPlainText()

    def write(self, value: Any) -> None:
        text = "" if value is None else str(value)
        if text != self.toPlainText():
            self.setPlainText(text)

    def complaint(self) -> str:
        return ""

    def recolour(self) -> None:
        """Follow light and dark."""
        self._chips.rehighlight()

    # fields

    def insert_field(self, said: str) -> None:
        """Put a field where the cursor stands, in place of the one that is selected."""
        self._whole_chips()
        self.textCursor().insertText(said)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def chip_selected(self) -> str:
        """The field that is selected, or that the cursor stands beside; empty if none."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            said = cursor.selectedText()
            return said if said.startswith("【") and said.endswith("】") else ""
        return ""

    def _span_at(self, position: int, *, inside: bool = True) -> tuple[int, int] | None:
        """The field around a position; with `inside` only when it is truly within."""
        for start, end in placeholders.said_in(self.toPlainText()):
            if start < position < end or (not inside and position in (start, end)):
                return start, end
        return None

    def _leave_chip(self) -> None:
        """The cursor never stands inside a field: it is one thing."""
        cursor = self.textCursor()
        if self._settling or cursor.hasSelection():
            return
        span = self._span_at(cursor.position())
        if span is not None:
            near_start = cursor.position() - span[0] < span[1] - cursor.position()
            self._settling = True
            cursor.setPosition(span[0] if near_start else span[1])
            self.setTextCursor(cursor)
            self._settling = False

    def _whole_chips(self) -> None:
        """Take a selection that cuts a field out to its ends."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        begins, ends = self._span_at(first), self._span_at(last)
        if begins is not None or ends is not None:
            cursor.setPosition(begins[0] if begins else first)
            cursor.setPosition(ends[1] if ends else last, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)

    def _remove_chip(self, *, before: bool) -> bool:
        cursor = self.textCursor()
        if cursor.hasSelection():
            self._whole_chips()
            return False
        at = cursor.position()
        for start, end in placeholders.said_in(self.toPlainText()):
            if at == (end if before else start):
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.removeSelectedText()
                return True
        return False

    def _hop(self, *, left: bool) -> bool:
        cursor = self.textCursor()
        for start, end in placeholders.said_in(self.toPlainText()):
            if cursor.position() == (end if left else start):
                cursor.setPosition(start if left else end)
                self.setTextCursor(cursor)
                return True
        return False

    # Qt

    def _fit(self, size: QSizeF) -> None:
        lines = max(1, round(size.height()))
        margins = 2 * self.document().documentMargin()
        height = lines * self.fontMetrics().lineSpacing() + margins + 2 * _PADDING
        if self.height() != round(height):
            self.setFixedHeight(round(height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.document().documentLayout().documentSize())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            for wanted in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo):
                if event.matches(wanted):
                    event.accept()
                    return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) or (
            key == Qt.Key.Key_Y and modifiers == Qt.KeyboardModifier.ControlModifier
        ):
            self.redo_asked.emit()
        elif key == Qt.Key.Key_F4 and not modifiers:
            self.insert_asked.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and (
            modifiers & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
        elif not self._field_key(event):
            self._whole_chips()
            super().keyPressEvent(event)

    def _field_key(self, event: QKeyEvent) -> bool:
        """Backspace, Delete and the arrows take a field as one character."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        acts = {
            Qt.Key.Key_Backspace: lambda: self._remove_chip(before=True),
            Qt.Key.Key_Delete: lambda: self._remove_chip(before=False),
            Qt.Key.Key_Left: lambda: self._hop(left=True),
            Qt.Key.Key_Right: lambda: self._hop(left=False),
        }
        act = acts.get(Qt.Key(event.key()))
        return bool(plain and act is not None and act())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        cursor = self.textCursor()
        span = self._span_at(cursor.selectionStart(), inside=False)
        if span is None:
            span = self._span_at(cursor.selectionStart())
        if span is not None:
            cursor.setPosition(span[0])
            cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
            self.insert_asked.emit()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        self.entered.emit()
