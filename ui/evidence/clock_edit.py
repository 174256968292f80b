"""A place in a recording as it is typed: 65, 1:05, 0:01:05.3; read in milliseconds."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from enforcer.queries.evidence_items import clock

_CLOCK = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})(?:\.(\d{1,3}))?")
_WRONG = "请写成 分:秒 或者 时:分:秒，例如 1:05 或者 0:01:05.3。"


def parse_clock(text: str) -> int | None:
    """Milliseconds; None when it cannot be understood."""
    found = _CLOCK.fullmatch(text.strip().replace("：", ":").replace("。", "."))
    if found is None:
        return None
    hours, minutes, seconds, rest = found.groups()
    if (minutes is not None and int(seconds) > 59) or (hours is not None and int(minutes) > 59):
        return None
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    return whole * 1000 + int((rest or "0").ljust(3, "0"))


class ClockEdit(QLineEdit):
    """In or out mark; blank is the beginning or the end."""

    edited = Signal()

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self._exact: tuple[str, int] | None = None
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(lambda _text: self.edited.emit())

    def read(self) -> int | None:
        text = self.text().strip()
        if self._exact is not None and self._exact[0] == text:
            return self._exact[1]
        return parse_clock(text)

    def write(self, value: Any) -> None:
        """Milliseconds, or a draft as it was typed; the marks keep more than what is shown."""
        if isinstance(value, int):
            self._exact = (clock(value), value)
            self.setText(self._exact[0])
        else:
            self._exact = None
            self.setText("" if value is None else str(value))

    def complaint(self) -> str:
        text = self.text().strip()
        return "" if not text or self.read() is not None else _WRONG
