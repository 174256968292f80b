"""A password on the screen: unseen, never trimmed, and telling of Caps Lock."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit

CAPS = "大写锁定已打开"


class PasswordEdit(LineEdit):
    """`caps_told` by what the keys bring: Qt does not say how the lamp stands."""

    caps_told = Signal(bool)

    def __init__(self, *, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder)
        self.setEchoMode(LineEdit.EchoMode.Password)

    def read(self) -> str:
        return self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if len(typed) == 1 and typed.isascii() and typed.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_told.emit(typed.isupper() != shift)
        super().keyPressEvent(event)


class PasswordField(Field):
    """A password with its label; the hint beside it says that Caps Lock is on."""

    def __init__(self, name: str, *, hint: str = "", required: bool = False) -> None:
        self._standing = hint
        edit = PasswordEdit()
        super().__init__(name, edit, hint=hint, required=required)
        edit.caps_told.connect(self._tell)

    def _tell(self, on: bool) -> None:
        self.set_hint(CAPS if on else self._standing)
