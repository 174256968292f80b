"""The screens of 证据 as the tests handle them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import EvidenceFile
from enforcer.store.database import Store
from tests.operations.evidence_desk import CHINA
from tests.ui.register_desk import CTRL, shown, words
from ui.context import Context
from ui.evidence import EvidencePage

NOW = datetime(2026, 9, 3, 18, 0, tzinfo=CHINA)
ENTER, TAB, ESC, SPACE = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Space,
)
SAVE = (Qt.Key.Key_Return, CTRL)


def a_page(qtbot: QtBot, context: Context) -> Any:
    page = EvidencePage(context)
    shown(qtbot, page)
    return page


def said(context: Context) -> str:
    window: Any = context.window
    return str(window.said[-1][1])


def told(widget: QWidget) -> str:
    """Every word a widget shows, once what was just laid out is shown."""
    QApplication.processEvents()
    return words(widget)


def rows_of(store: Store, model: Any) -> list[Any]:
    with store.reading() as session:
        return list(session.exec(select(model).order_by(model.id)).all())


def clips(store: Store) -> list[int]:
    return [one.id for one in rows_of(store, EvidenceFile) if one.original_name.endswith("mp4")]


def the_photo(store: Store) -> int:
    return next(one.id for one in rows_of(store, EvidenceFile) if one.original_name.endswith("jpg"))


def widget(dialog: Any, name: str) -> Any:
    return dialog.fields[name].widget


def enter(qtbot: QtBot, dialog: Any) -> None:
    """Ctrl+Enter in a window that has come up."""
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=3000)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """What the officer picks in the system's dialog."""
    for name, answer in (
        ("getExistingDirectory", str(path)),
        ("getOpenFileName", (str(path), "")),
        ("getOpenFileNames", ([str(path)], "")),
    ):
        monkeypatch.setattr(QFileDialog, name, lambda *_a, answer=answer, **_k: answer)
