"""A form: field names bound to inputs, checked as they are left, kept as a draft while typed."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ui.widgets.field import Field
from ui.widgets.pickers import FilterCombo

Check = Callable[[dict[str, Any]], Mapping[str, str]]
"""Values by name → what is wrong, by name; a form's pydantic class wrapped by its screen."""

DRAFT_DELAY_MS: Final = 800


class FormBinder(QObject):
    """Binds the fields of one operation's form to its inputs (see `values`, `show_errors`)."""

    edited = Signal()
    submitted = Signal()

    def __init__(
        self,
        fields: Mapping[str, Field],
        *,
        parent: QWidget,
        check: Check | None = None,
        keep_draft: Callable[[dict[str, Any]], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.fields = dict(fields)
        self._check, self._keep_draft = check, keep_draft
        self._touched: set[str] = set()
        self._quiet = False
        self._unsaved = False
        self._pending = QTimer(self)
        self._pending.setSingleShot(True)
        self._pending.setInterval(DRAFT_DELAY_MS)
        self._pending.timeout.connect(self.flush)
        for name, field in self.fields.items():
            self._follow(name, field)
        app = QApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self.flush)

    def _follow(self, name: str, field: Field) -> None:
        field.left.connect(lambda: self._left(name))
        field.edited.connect(lambda: self._edited(name))
        for part in field.parts:
            part.installEventFilter(self)
        if isinstance(field.widget, FilterCombo):
            field.widget.picked.connect(lambda: self._move_on(field.editor))

    def values(self) -> dict[str, Any]:
        """What each field holds, by name; what could not be understood is None."""
        return {name: field.read() for name, field in self.fields.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show values without taking them for edits; names that are absent stay as they are."""
        self._quiet = True
        try:
            for name, value in values.items():
                if name in self.fields:
                    self.fields[name].write(value)
                    self._touched.discard(name)
        finally:
            self._quiet = False

    def clear(self) -> None:
        """Empty every field and forget what was wrong; the draft is the caller's to drop."""
        self._pending.stop()
        self._unsaved = False
        self.set_values(dict.fromkeys(self.fields))
        self._touched.clear()

    def draft(self) -> dict[str, Any]:
        """The values as JSON knows them, what cannot be read as typed; `set_values` takes them."""
        return {name: _typed(field) for name, field in self.fields.items()}

    def flush(self) -> None:
        """Keep the draft now, if anything is pending."""
        self._pending.stop()
        if self._unsaved and self._keep_draft is not None:
            self._unsaved = False
            self._keep_draft(self.draft())

    def show_errors(self, by_field: Mapping[str, str]) -> str:
        """Put each sentence under its field, focus the first; returns those with no field here."""
        for name, field in self.fields.items():
            field.set_error(by_field.get(name, ""))
        self._touched.update(name for name in by_field if name in self.fields)
        first = next((name for name in self.fields if by_field.get(name)), None)
        if first is not None:
            self.jump(first)
        return "\n".join(say for name, say in by_field.items() if name not in self.fields)

    def jump(self, name: str) -> bool:
        """Give the field the focus, as a finding of a banner asks; false when there is none."""
        field = self.fields.get(name)
        if field is None or field.isHidden():
            return False
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field.editor, QLineEdit):
            field.editor.selectAll()
        return True

    def problems(self) -> dict[str, str]:
        """What is wrong now: what cannot be understood, then what the form's own check says."""
        wrong = {
            name: say for name, field in self.fields.items() if (say := field.input.complaint())
        }
        if self._check is not None:
            for name, say in self._check(self.values()).items():
                wrong.setdefault(name, say)
        return wrong

    def ready(self) -> bool:
        """Show what is wrong, everywhere, and focus the first; True when nothing is."""
        wrong = self.problems()
        self.show_errors(wrong)
        return not wrong

    def _edited(self, name: str) -> None:
        if self._quiet or not isValid(self):  # what is being taken apart is edited by nobody
            return
        if name in self._touched and self.fields[name].error:
            self.fields[name].set_error(self.problems().get(name, ""))
        if self._keep_draft is not None:
            self._unsaved = True
            self._pending.start()
        self.edited.emit()

    def _left(self, name: str) -> None:
        if self._quiet or QApplication.activePopupWidget() is not None:
            return
        self._touched.add(name)
        self.fields[name].set_error(self.problems().get(name, ""))

    def _move_on(self, widget: QObject) -> None:
        parts = [one for field in self.fields.values() for one in field.parts]
        order = [one for one in parts if one.isVisible()]
        here = next((i for i, one in enumerate(order) if one is widget), -1)
        for after in order[here + 1 :]:
            if after.isEnabled():
                after.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.submitted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if enter and not plain and _moves_on(watched):
                self._move_on(watched)
                return True
        return super().eventFilter(watched, event)


def _moves_on(widget: QObject) -> bool:
    """Whether Enter leaves this control: not in long text, on a button, over an open list."""
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        return False
    if isinstance(widget, QAbstractButton) and not isinstance(widget, QCheckBox):
        return False
    return not (isinstance(widget, QComboBox) and widget.view().isVisible())


def _typed(field: Field) -> Any:
    value = field.read()
    if value is None and isinstance(field.editor, QLineEdit) and field.input.complaint():
        return field.editor.text()
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value
