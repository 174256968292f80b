"""The dialogs of the notice desk: a workbook, blanks for a patrol, the ladder; by keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import LadderRule, Notice
from enforcer.operations.notices import next_step_of
from enforcer.queries import ladder
from enforcer.store.database import Store
from enforcer.terms import LadderChoice, NoticeState
from tests.factories import an_office
from tests.operations.test_notices_batch import sheet
from tests.ui.register_desk import CTRL, QuietWindow, a_context, press, shown, words
from ui.context import Context
from ui.notices.batch import BatchDialog
from ui.notices.blanks import BlanksDialog
from ui.notices.ladder import LadderDialog
from ui.notices.prints import NoticePrinter
from ui.tasks import Tasks

Key = Qt.Key
ENTER, DO = Key.Key_Return, (Key.Key_Return, CTRL)


@pytest.fixture
def context(qtbot: QtBot, store: Store, now: datetime) -> Context:
    del qtbot
    an_office(store)
    return a_context(store, store.home, now)


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> QWidget:
    """What the dialogs stand over; it owns them."""
    del context
    return shown(qtbot, QWidget())


def open_dialog(qtbot: QtBot, dialog: QDialog) -> None:
    with qtbot.waitExposed(dialog):
        dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=2000)


def rows(store: Store) -> list[Notice]:
    with store.reading() as session:
        return list(session.exec(select(Notice).order_by(Notice.id)))


def test_a_workbook_is_looked_at_row_by_row_and_then_issued(
    qtbot: QtBot, context: Context, page: QWidget, store: Store, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "台账.xlsx", {}, {"执法人员1": "张三"}, {"号牌号码": "无号牌"})
    dialog = BatchDialog(page, context)
    open_dialog(qtbot, dialog)
    asked: list[tuple[list[int], int]] = []
    dialog.print_asked.connect(lambda ids, per_sheet: asked.append((ids, per_sheet)))
    dialog.path.setText(str(path))
    dialog.path.setFocus()
    press(qtbot, ENTER)
    assert "可以签发 2 行，不能签发 1 行" in dialog.banner.text
    first = dialog.table.model.row(0)
    assert (first.row, first.tone) == (3, "bad")
    assert "不在人员台账里" in first.says
    assert rows(store) == []
    press(qtbot, DO)
    made = rows(store)
    assert [one.plate for one in made] == ["湘J·8K216", "无号牌"]
    assert "已签发 2 份" in dialog.banner.text
    press(qtbot, DO)
    assert asked == [([one.id for one in made], 1)]


def test_a_file_issued_before_hands_out_its_batch_or_on_asking_another(
    qtbot: QtBot, context: Context, page: QWidget, store: Store, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "台账.xlsx", {}, {})
    first = BatchDialog(page, context)
    open_dialog(qtbot, first)
    first.path.setText(str(path))
    first.look()
    press(qtbot, DO)
    again = BatchDialog(page, context)
    open_dialog(qtbot, again)
    asked: list[list[int]] = []
    again.print_asked.connect(lambda ids, _per_sheet: asked.append(ids))
    again.path.setText(str(path))
    again.look()
    press(qtbot, DO)
    assert len(rows(store)) == 2
    assert "已经签发过 2 份" in again.banner.text
    anew = next(one for one in again.banner.findChildren(QPushButton) if one.text() == "另签一批")
    qtbot.waitUntil(anew.isVisible, timeout=2000)
    anew.setFocus()
    press(qtbot, ENTER)
    assert len(rows(store)) == 4
    press(qtbot, DO)
    assert asked == [[one.id for one in rows(store)[2:]]]


def test_a_batch_stopped_in_time_leaves_nothing_and_can_be_issued_after_all(
    qtbot: QtBot, context: Context, page: QWidget, store: Store, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "台账.xlsx", {}, {})
    tasks = Tasks(store, print)
    dialog = BatchDialog(page, replace(context, tasks=tasks))
    open_dialog(qtbot, dialog)
    dialog.path.setText(str(path))
    dialog.look()
    qtbot.waitUntil(dialog.go.isEnabled, timeout=10_000)
    tasks.started.connect(lambda job: job.cancel())
    press(qtbot, DO)
    qtbot.waitUntil(lambda: "没有取号" in dialog.banner.text, timeout=10_000)
    assert rows(store) == []
    tasks.started.disconnect()
    press(qtbot, DO)
    qtbot.waitUntil(lambda: dialog.issued is not None, timeout=10_000)
    assert len(rows(store)) == 2
    tasks.close()


def test_issuing_twice_from_one_look_makes_one_batch(
    qtbot: QtBot, context: Context, page: QWidget, store: Store, tmp_path: Path
) -> None:
    dialog = BatchDialog(page, context)
    open_dialog(qtbot, dialog)
    dialog.path.setText(str(sheet(tmp_path / "台账.xlsx", {}, {})))
    dialog.look()
    dialog.carry_out()
    dialog.issued = None
    dialog.carry_out()
    assert len(rows(store)) == 2


@pytest.mark.parametrize(("content", "said"), [(b"no workbook", "工作簿"), (None, "找不到")])
def test_what_is_no_workbook_says_so(
    qtbot: QtBot,
    context: Context,
    page: QWidget,
    tmp_path: Path,
    content: bytes | None,
    said: str,
) -> None:
    path = tmp_path / "x.xlsx"
    if content is not None:
        path.write_bytes(content)
    dialog = BatchDialog(page, context)
    open_dialog(qtbot, dialog)
    dialog.path.setText(str(path))
    dialog.look()
    assert dialog.banner.kind == "bad"
    assert said in dialog.banner.text
    assert not dialog.go.isEnabled()


def test_printing_stopped_while_it_is_set_counts_nothing(
    qtbot: QtBot, context: Context, page: QWidget, store: Store, tmp_path: Path
) -> None:
    dialog = BatchDialog(page, context)
    dialog.path.setText(str(sheet(tmp_path / "台账.xlsx", {}, {})))
    dialog.look()
    dialog.carry_out()
    tasks, window = Tasks(store, print), cast("QuietWindow", context.window)
    printer = NoticePrinter(replace(context, tasks=tasks), page)
    tasks.started.connect(lambda job: job.cancel())
    printer.print_ids([one.id or 0 for one in rows(store)])
    qtbot.waitUntil(lambda: window.said == [("info", "已停下，没有打印。")], timeout=10_000)
    assert [one.print_count for one in rows(store)] == [0, 0]
    tasks.close()


def test_blanks_are_given_out_by_keyboard(
    qtbot: QtBot, context: Context, page: QWidget, store: Store
) -> None:
    dialog = BlanksDialog(page, context)
    open_dialog(qtbot, dialog)
    asked: list[tuple[list[int], int]] = []
    dialog.print_asked.connect(lambda ids, per_sheet: asked.append((ids, per_sheet)))
    dialog.officer.setFocus()
    press(qtbot, "J0700012", ENTER, "3", DO)
    made = rows(store)
    assert [one.state for one in made] == [NoticeState.BLANK] * 3
    assert asked == [([one.id for one in made], 2)]
    assert "周敏 3 份" in words(dialog)
    assert list(dialog.table.model.ids) == [one.id for one in made]


def test_what_the_printer_says_is_told_in_the_dialog_that_asked(
    qtbot: QtBot, context: Context, page: QWidget
) -> None:
    dialog, printer = BlanksDialog(page, context), NoticePrinter(context, page)
    open_dialog(qtbot, dialog)
    dialog.print_asked.connect(
        lambda ids, per_sheet: printer.print_ids(ids, per_sheet=per_sheet, over=dialog)
    )
    dialog.officer.setFocus()
    press(qtbot, "J0700012", ENTER, "3", DO)
    assert "已取号" in dialog.banner.text
    assert "没有安装打印机" in dialog.banner.text
    assert not dialog.table.view.horizontalScrollBar().isVisible()
    for one in dialog.fields.values():
        assert one.editor.height() >= 36, "no sentence squeezes a field"
    dialog.reject()
    printer.print_ids([1], over=dialog)
    assert "没有安装打印机" in cast("QuietWindow", context.window).said[-1][1]


def test_blanks_want_an_officer(
    qtbot: QtBot, context: Context, page: QWidget, store: Store
) -> None:
    dialog = BlanksDialog(page, context)
    open_dialog(qtbot, dialog)
    dialog.officer.setFocus()
    press(qtbot, DO)
    assert rows(store) == []
    assert dialog.fields["officer_id"].error


def test_a_blank_is_void_with_its_reason_or_handed_to_the_desk(
    qtbot: QtBot, context: Context, page: QWidget, store: Store
) -> None:
    dialog = BlanksDialog(page, context)
    open_dialog(qtbot, dialog)
    dialog.officer.setFocus()
    press(qtbot, "J0700012", ENTER, "2", DO)
    first, second = rows(store)
    dialog.table.select(first.id)
    dialog.table.view.setFocus()
    press(qtbot, Key.Key_Delete, "巡查中损毁", ENTER)
    assert rows(store)[0].void_reason == "巡查中损毁"
    handed: list[int] = []
    dialog.register_asked.connect(handed.append)
    dialog.table.select(second.id)
    dialog.table.view.setFocus()
    press(qtbot, Key.Key_F2)
    assert handed == [second.id]
    assert dialog.isHidden()


def test_the_ladder_is_set_with_its_basis(
    qtbot: QtBot, context: Context, page: QWidget, store: Store
) -> None:
    dialog = LadderDialog(page, context)
    open_dialog(qtbot, dialog)
    assert "待机关确认" in dialog.state.text()
    dialog.fields["notices"].editor.setFocus()
    press(qtbot, "2", ENTER, "180", ENTER, ENTER, "常城管〔2026〕3号", ENTER)
    dialog.fields["text"].editor.setFocus()
    press(qtbot, "再次发现的，将依法处理。", DO)
    with store.reading() as session:
        (rule,) = session.exec(select(LadderRule)).all()
    assert (rule.item_key, rule.notices, rule.days, rule.then, rule.basis) == (
        "pavement_parking",
        2,
        180,
        LadderChoice.SUMMARY,
        "常城管〔2026〕3号",
    )
    assert next_step_of(store) == "再次发现的，将依法处理。"
    assert ladder.rule_for(store, "pavement_parking").confirmed
    assert "常城管〔2026〕3号" in dialog.state.text()
    assert QApplication.focusWidget() is not None
