"""权责清单 and 公示栏 in the window, by keyboard alone: looked at, saved, exported."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from enforcer.queries.powers_paper import WallPaper
from enforcer.store.database import Store
from tests.factories import an_office
from tests.ui.register_desk import a_context, press, shown
from ui.law_book import LawBookPage
from ui.law_book.wall_papers import WallPaperDialog
from ui.settings import SettingsPage

Key, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(params=[LawBookPage, SettingsPage])
def dialog(request: Any, qtbot: QtBot, store: Store, now: datetime) -> WallPaperDialog:
    an_office(store)
    page = request.param(a_context(store, store.home, now))
    shown(qtbot, page)
    press(qtbot, (Key.Key_M, CTRL | SHIFT))
    found: WallPaperDialog = page.wall_dialog
    qtbot.addWidget(found)
    return found


def text(dialog: WallPaperDialog) -> str:
    pages = PdfReader(BytesIO(dialog.preview.pdf)).pages
    return "".join("".join(one.extract_text() for one in pages).split())


def test_the_list_comes_first_and_the_board_by_one_key(
    qtbot: QtBot, dialog: WallPaperDialog
) -> None:
    assert "行政处罚权责清单" in text(dialog)
    assert "常办〔2021〕1号" in text(dialog)
    press(qtbot, Key.Key_Down)
    assert dialog.kind.read() is WallPaper.BOARD
    assert "依照行政处罚法第三十九条公示" in text(dialog)
    press(qtbot, Key.Key_Tab, Key.Key_Down)
    page = PdfReader(BytesIO(dialog.preview.pdf)).pages[0]
    assert round(float(page.mediabox.width) / 72 * 25.4) == 210


def test_tab_reaches_every_act(qtbot: QtBot, dialog: WallPaperDialog) -> None:
    reached = set()
    dialog.kind.setFocus()
    for _ in range(20):
        press(qtbot, Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert {
        dialog.sheet, dialog.excel_button, dialog.save_button, dialog.print_button
    } <= reached  # fmt: skip


def test_it_is_saved_and_exported_by_key(
    qtbot: QtBot, dialog: WallPaperDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, name in ((Key.Key_S, "清单.pdf"), (Key.Key_E, "清单.xlsx")):
        target = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, to=target: (str(to), ""))
        press(qtbot, (key, CTRL))
        assert target.exists()
        assert str(target) in dialog.message.text
    sheet = openpyxl.load_workbook(tmp_path / "清单.xlsx").active
    assert sheet is not None
    assert sheet["C2"].value == "行政处罚事项"


def test_a_file_that_cannot_be_written_says_so(dialog: WallPaperDialog, tmp_path: Path) -> None:
    dialog.export_to(tmp_path / "没有的文件夹" / "清单.xlsx")
    assert "没有的文件夹" in dialog.message.text
