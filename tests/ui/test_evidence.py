"""证据 through the screen: taken in, found, played, marked and read back, by keyboard."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.evidence_terms import (
    ActionKind,
    EvidenceActKind,
    EvidenceKind,
    IntakeState,
    Keeping,
    ProblemKind,
    RetentionClass,
)
from enforcer.models import (
    EvidenceAct,
    EvidenceFile,
    EvidenceIntake,
    EvidenceItem,
    EvidenceUse,
)
from enforcer.queries import evidence as files
from enforcer.store.database import Store
from tests.evidence_made import clip, photo, put
from tests.factories import an_office
from tests.operations.evidence_desk import CHINA, TEN, a_card, a_case, decided, take
from tests.ui.register_desk import CTRL, a_context, press, shown, words
from ui.context import Context
from ui.evidence import EvidencePage
from ui.evidence.clock_edit import ClockEdit, parse_clock
from ui.evidence.files import AFTER, DUE, LOOSE, WHOLE

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support", "qt.multimedia", "PulseAudio", "QRhi", "symbolsresolver"
)
NOW = datetime(2026, 9, 3, 18, 0, tzinfo=CHINA)
ENTER, TAB, ESC, SPACE = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Space,
)
SAVE = (Qt.Key.Key_Return, CTRL)


@pytest.fixture
def case(store: Store) -> int:
    an_office(store)
    return a_case(store)


@pytest.fixture
def context(store: Store, case: int, qapp: QApplication) -> Context:
    assert case
    assert qapp
    return a_context(store, store.home, NOW)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return tmp_path / "card"


def a_page(qtbot: QtBot, context: Context) -> Any:
    page = EvidencePage(context)
    shown(qtbot, page)
    return page


def said(context: Context) -> str:
    window: Any = context.window
    return str(window.said[-1][1])


def rows_of(store: Store, model: Any) -> list[Any]:
    with store.reading() as session:
        return list(session.exec(select(model).order_by(model.id)).all())


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """What the officer picks in the system's dialog."""
    for name, answer in (
        ("getExistingDirectory", str(path)),
        ("getOpenFileName", (str(path), "")),
        ("getOpenFileNames", ([str(path)], "")),
    ):
        monkeypatch.setattr(QFileDialog, name, lambda *_a, answer=answer, **_k: answer)


# taking in


def test_a_card_is_taken_in_by_keyboard_and_its_report_says_what_was_read(
    qtbot: QtBot, context: Context, store: Store, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_card(card, 2)
    put(card / "空.mp4", b"")
    choose(monkeypatch, card)
    page = a_page(qtbot, context)
    assert "从“导入”开始" in words(page.tab("files").empty)
    qtbot.keyClick(page, Qt.Key.Key_N, CTRL)
    tab = page.current
    assert QApplication.focusWidget().objectName() == "intake_folder"
    press(qtbot, SPACE)
    assert "2 个文件" in tab.form.source.text()
    assert "空文件（0 字节）" in tab.form.source.text()
    press(qtbot, SAVE)
    kept = rows_of(store, EvidenceFile)
    assert [one.recorder for one in kept] == ["0700001", "0700001"]
    assert [one.keeping for one in kept] == [Keeping.COPIED, Keeping.COPIED]
    assert rows_of(store, EvidenceIntake)[0].state is IntakeState.DONE
    assert "登记 2 个，没有登记 1 个" in tab.banner.text
    table = tab.report.table
    QAbstractItemModelTester(table.model)
    shown_rows = [table.model.row(at) for at in range(3)]
    assert {one.line.state.label for one in shown_rows} == {"已登记", "未登记"}
    assert "2026-09-03 10:12:00" in [
        table.model.index(at, 4).data() for at in range(table.model.rowCount())
    ]
    assert table.model.index(0, 6).data() == "文件名"
