"""What the tests of registers, settings, law book and wizard share: a context without a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from enforcer.store.database import Store
from ui.context import Clock, Context
from ui.tasks import ImmediateTasks, Job
from ui.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class QuietWindow:
    """The calls a screen makes on its window, written down."""

    said: list[tuple[str, str]] = field(default_factory=list)
    went: list[tuple[str, str, Any]] = field(default_factory=list)
    opened: list[tuple[str, Any]] = field(default_factory=list)
    draft: str = ""
    selection: str = ""

    def message(
        self, kind: str, text: str, *, act: str = "", on: Callable[[], object] | None = None
    ) -> None:
        del act, on
        self.said.append((kind, text))

    def open(self, kind: str, identity: Any) -> None:
        self.opened.append((kind, identity))

    def go(self, place: str, field: str = "", identity: Any = None) -> None:
        self.went.append((place, field, identity))

    def tell_selection(self, text: str) -> None:
        self.selection = text

    def tell_draft(self, text: str) -> None:
        self.draft = text

    def follow(self, job: Job) -> None:
        del job


def fail(error: Exception) -> None:
    """Let an error that no screen has handled fail the test."""
    raise error


def a_context(store: Store | None, home: Path, now: datetime) -> Context:
    """A context whose background runs at once and whose clock stands still."""
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(home.parent / "preferences")
    )
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return Context(
        store=store,
        tasks=ImmediateTasks(store, fail),
        theme=Theme(app),
        home=home,
        actor="周敏",
        clock=Clock(lambda: now),
        window=QuietWindow(),
    )


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    """Put the widget on the screen as an officer has it: active, at the smallest office size."""
    widget.resize(1278, 688)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow, timeout=2000)
    return widget


def words(widget: QWidget) -> str:
    """Every word a widget shows."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def commit(target: QWidget, text: str) -> None:
    """Hand Chinese over as an input method does: QTest knows keys only."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)


def press(qtbot: QtBot, *keys: Any) -> None:
    """Press keys where the focus is: a key, (key, modifier), or text to type."""
    for key in keys:
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        if isinstance(key, str) and key.isascii():
            qtbot.keyClicks(target, key)
        elif isinstance(key, str):
            commit(target, key)
        elif isinstance(key, tuple):
            qtbot.keyClick(target, key[0], key[1])
        else:
            qtbot.keyClick(target, key)
