"""Ctrl+V on a list: what was copied in a spreadsheet goes to whoever can take it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from enforcer.exchange.pasted import table_text


def copied() -> str:
    """The text on the clipboard, or that of a table copied from a page; empty when there is none."""
    held = QGuiApplication.clipboard().mimeData()
    text = held.text() if held.hasText() else ""
    return text if text.strip() else table_text(held.html() if held.hasHtml() else "")


def on_paste(widget: QWidget, then: Callable[[str], object]) -> QShortcut:
    """Call `then` with what was copied when Ctrl+V is pressed in `widget`; a text field keeps its own."""
    shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(lambda: then(copied()))
    return shortcut
