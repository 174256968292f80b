"""The wall charts in the window: looked at, printed, saved, by keyboard alone."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from enforcer.errors import StoreTrouble
from enforcer.models import Setting
from enforcer.queries.flowchart import ChartKind, SheetSize
from enforcer.store.database import Store
from tests.factories import an_office
from tests.ui.register_desk import a_context, press, shown
from ui.law_book import LawBookPage, flowcharts
from ui.law_book.flowcharts import FlowchartDialog

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(qtbot: QtBot, store: Store, now: datetime) -> FlowchartDialog:
    an_office(store)
    with store.unit(actor="测试", operation="put") as session:
        session.add(Setting(key="law.defence_days", value={"value": 4}))
    page = LawBookPage(a_context(store, store.home, now))
    shown(qtbot, page)
    press(qtbot, (Key.Key_M, CTRL))
    found = page.flowchart_dialog
    qtbot.addWidget(found)
    return found


def page_of(dialog: FlowchartDialog) -> Any:
    return PdfReader(BytesIO(dialog.preview.pdf)).pages[0]


def text(dialog: FlowchartDialog) -> str:
    return "".join(page_of(dialog).extract_text().split())


def test_ctrl_m_shows_the_ordinary_chart_of_this_office(dialog: FlowchartDialog):
    assert dialog.isVisible()
    said = text(dialog)
    assert "行政处罚普通程序流程图" in said
    assert "常德市城市管理和综合执法局" in said
    assert "4个工作日内" in said
    assert "2026年9月3日" in said


def test_the_other_course_and_the_smaller_sheet_are_chosen_by_keyboard(
    dialog: FlowchartDialog, qtbot: QtBot
):
    press(qtbot, Key.Key_Down)
    assert dialog.kind.read() is ChartKind.SUMMARY
    assert "行政处罚简易程序流程图" in text(dialog)
    press(qtbot, Key.Key_Tab, Key.Key_Down)
    assert dialog.sheet.read() is SheetSize.A4
    assert round(float(page_of(dialog).mediabox.width) / 72 * 25.4) == 210


def test_tab_reaches_every_act(dialog: FlowchartDialog, qtbot: QtBot):
    reached = set()
    dialog.kind.setFocus()
    for _ in range(20):
        press(qtbot, Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert {dialog.sheet, dialog.save_button, dialog.print_button} <= reached


def test_ctrl_s_saves_what_is_shown(
    dialog: FlowchartDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "图.pdf"
    named = []

    def ask(_parent: object, _title: str, name: str, _kind: object) -> Path:
        named.append(name)
        return out

    monkeypatch.setattr("ui.widgets.printing.ask_save", ask)
    press(qtbot, (Key.Key_S, CTRL))
    assert named == ["行政处罚普通程序流程图（A3）.pdf"]
    assert out.read_bytes() == dialog.preview.pdf
    assert str(out) in dialog.message.text


def test_ctrl_p_hands_it_to_the_printer(dialog: FlowchartDialog, qtbot: QtBot):
    press(qtbot, (Key.Key_P, CTRL))
    qtbot.addWidget(dialog.print_dialog)
    assert dialog.print_dialog.windowTitle() == "打印：行政处罚普通程序流程图（A3）"


def test_what_cannot_be_drawn_is_neither_printed_nor_saved(
    dialog: FlowchartDialog, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_given: object, **_more: object) -> None:
        raise StoreTrouble("数据库读不出来。")

    monkeypatch.setattr(flowcharts, "office_chart", fail)
    dialog.make()
    assert dialog.message.text == "数据库读不出来。"
    assert dialog.preview.pdf == b""
    assert not dialog.print_button.isEnabled()
    assert not dialog.save_button.isEnabled()
