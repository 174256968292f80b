"""What tests of the window share: the look, preferences of their own, a store that is opaque."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme

NOW = datetime(2026, 9, 3, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def left_clean() -> Iterator[None]:
    """Widgets and looks of one test are gone before the next, which would style them all again."""
    yield
    app = QApplication.instance()
    if app is None:
        return
    for theme in app.findChildren(Theme):
        theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def own_preferences(tmp_path: Path) -> None:
    """Widths, geometry and theme of one test are not those of the next."""
    folder = str(tmp_path / "preferences")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)


@pytest.fixture
def look(qapp: QApplication) -> Theme:
    theme = Theme(qapp)
    theme.choose("light")
    return theme


@pytest.fixture
def shown(qtbot: QtBot, look: Theme) -> Callable[..., Any]:
    """Show a widget as an officer has it, active and at the smallest office size."""

    def show(widget: QWidget, width: int = 900, height: int = 600) -> Any:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow, timeout=2000)
        return widget

    return show


class OpaqueStore:
    """All that `Tasks` knows of a store: it tells what a commit has touched."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[frozenset[str]], None]] = []
        self.rows: list[str] = []

    def on_changed(self, listener: Callable[[frozenset[str]], None]) -> None:
        self.listeners.append(listener)

    def write(self, row: str) -> int:
        self.rows.append(row)
        for one in self.listeners:
            one(frozenset({"notice"}))
        return len(self.rows)


@pytest.fixture
def opaque() -> OpaqueStore:
    return OpaqueStore()
