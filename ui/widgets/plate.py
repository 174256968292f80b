"""The plate field: large, upper case, a point after the city's letter, anything accepted."""

import re
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

PROVINCES: Final = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NOISE: Final = re.compile(r"[\s·•・∙.．。\-—_]")
_HEAD: Final = re.compile(rf"[{PROVINCES}][A-Z]")


def bare(text: str) -> str:
    """A plate as it is kept and compared: upper case, half width, no point, no blanks."""
    return _NOISE.sub("", text.translate(_WIDE).upper())


def pointed(text: str) -> str:
    """A plate as it is read, whole or still being typed: 湘J·8K216, 使014·578."""
    plain = bare(text)
    if len(plain) >= 6 and "·" in (shown := _known(plain)):
        return shown
    if _HEAD.match(plain) and len(plain) > 2:
        return f"{plain[:2]}·{plain[2:]}"
    return plain


def _known(plain: str) -> str:
    """How a plate of a known kind is written; empty while it is none."""
    from enforcer.identity import NotAccepted, read_plate
    from enforcer.terms import PlateKind

    try:
        found = read_plate(plain)
    except NotAccepted:
        return ""
    return "" if found.kind is PlateKind.OTHER or found.remarks else found.text


class PlateEdit(QLineEdit):
    """Takes any plate, typed or pasted; `prefix` (湘J) stands ready and counts as empty."""

    edited = Signal()
    plate_edited = Signal(str)

    def __init__(self, *, prefix: str = "") -> None:
        super().__init__()
        self._prefix = bare(prefix)
        self.setObjectName("plate")
        self.setMaxLength(24)
        self.setPlaceholderText("号牌")
        self.setAccessibleName("号牌号码")
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferUppercase)
        self.textEdited.connect(self._tidy)
        self.textChanged.connect(lambda _text: self.edited.emit())
        self.write(None)

    def set_prefix(self, prefix: str) -> None:
        """The province and letter most cars here carry; shown while nothing is typed."""
        was_empty = not self.plate()
        self._prefix = bare(prefix)
        if was_empty:
            self.write(None)

    def plate(self) -> str:
        """The plate without its point; empty while only the prefix stands there."""
        plain = bare(self.text())
        return "" if plain == self._prefix else plain

    def read(self) -> str:
        return self.plate()

    def write(self, value: Any) -> None:
        self.setText(pointed(str(value)) if value else self._start())

    def complaint(self) -> str:
        from enforcer.identity import NotAccepted, read_plate

        try:
            if self.plate():
                read_plate(self.text())
        except NotAccepted as refusal:
            return str(refusal)
        return ""

    def _start(self) -> str:
        return f"{self._prefix}·" if len(self._prefix) == 2 else self._prefix

    def _tidy(self, text: str) -> None:
        before = bare(text[: self.cursorPosition()])
        whole = bare(text)
        doubled = len(self._prefix) == 2 and whole.startswith(self._prefix)
        if doubled and _HEAD.match(whole, 2):
            whole, before = whole[2:], before[2:]
        shown = pointed(whole)
        if shown == self._prefix and text.startswith(self._start()):
            shown = self._start()
        if shown != text:
            self.setText(shown)
            place = len(before)
            if "·" in shown and place >= shown.index("·"):
                place += 1
            self.setCursorPosition(min(place, len(shown)))
        self.plate_edited.emit(self.plate())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.plate():
            self.selectAll()
        else:
            self.setCursorPosition(len(self.text()))
