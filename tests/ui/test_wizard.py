"""The first start by keyboard alone: three steps, errors in place, nothing lost, nothing half."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from enforcer import paths
from enforcer.queries import office, powers, registers
from enforcer.store.database import open_store
from enforcer.terms import OfficerPost, SeriesKind
from tests.ui.register_desk import CTRL, a_context, press, shown, words
from ui.wizard import WizardPage

Key = Qt.Key
ENTER, NEXT = Key.Key_Return, (Key.Key_Return, CTRL)
PASTED = "周敏\tJ0700012\t2024-1-1\t2028-12-31\t执法人员\n何志远\tJ0700019\t\t2028/12/31\t"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "数据"


@pytest.fixture
def page(qtbot: QtBot, home: Path, now: datetime) -> WizardPage:
    made = WizardPage(a_context(None, home, now))
    shown(qtbot, made)
    return made


def paste(qtbot: QtBot, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press(qtbot, (Key.Key_V, CTRL))


def to_people(qtbot: QtBot, page: WizardPage) -> None:
    page.unit.enter()
    press(qtbot, "云溪市城市管理和综合执法局", ENTER, "0730-0000000", NEXT)


def to_numbers(qtbot: QtBot, page: WizardPage) -> None:
    to_people(qtbot, page)
    paste(qtbot, PASTED)
    press(qtbot, NEXT)


def test_three_steps_make_a_home_that_opens(
    qtbot: QtBot, page: WizardPage, home: Path, tmp_path: Path, now: datetime, today: date
) -> None:
    to_numbers(qtbot, page)
    press(qtbot, "云城管温告字", ENTER, "云城管当罚字", ENTER, str(tmp_path / "bak"))
    assert "云城管温告字〔2026〕第00001号" in words(page.numbers)
    assert not home.exists()
    press(qtbot, NEXT)
    assert page.at == 3
    assert "还没有登记权力来源" in words(page.last)
    with qtbot.waitSignal(page.home_made):
        press(qtbot, NEXT)
    store = open_store(home, clock=lambda: now)
    try:
        [organ] = powers.organs(store)
        assert (organ.name, organ.phone) == ("云溪市城市管理和综合执法局", "0730-0000000")
        assert {one.name for one in registers.officers_on(store, today)} == {"周敏", "何志远"}
        kinds = [one.kind for one in powers.number_rules(store, year=2026)]
        assert kinds == [SeriesKind.NOTICE, SeriesKind.SUMMARY_DECISION]
        assert office.backup_folder(store) == str(tmp_path / "bak")
    finally:
        store.close()


def test_the_name_of_the_unit_is_asked_for_in_place(qtbot: QtBot, page: WizardPage) -> None:
    page.unit.enter()
    press(qtbot, NEXT)
    assert page.at == 0
    assert "机关名称没有填写" in page.unit.fields["name"].error
    assert QApplication.focusWidget() is page.unit.fields["name"].editor


def test_a_wrong_line_says_so_beside_itself_and_keeps_the_others(
    qtbot: QtBot, page: WizardPage
) -> None:
    to_people(qtbot, page)
    paste(qtbot, f"{PASTED}\n王五\tJ0700012\t\t2028-12-31\t\n赵六\tJ07\t\t2028-13-1\t")
    press(qtbot, NEXT)
    assert page.at == 1
    grid = page.people.grid
    assert "与第 1 行相同" in grid.item(2, 5).text()
    assert "不是日期" in grid.item(3, 5).text()
    assert grid.item(0, 5).text() == ""
    assert "第 3 行" in page.people.banner.text
    assert len(grid.read()) == 4


def test_columns_are_taken_by_their_headers(qtbot: QtBot, page: WizardPage) -> None:
    to_people(qtbot, page)
    paste(qtbot, "执法证号\t姓名\t有效期至\t单位\nJ0700012\t周敏\t2028年12月31日\t一中队")
    [form] = page.people.forms()
    assert (form.name, form.certificate_number) == ("周敏", "J0700012")
    assert form.certificate_valid_until == date(2028, 12, 31)


def test_a_paste_begins_at_the_current_cell_and_stays_there(qtbot: QtBot, page: WizardPage) -> None:
    to_people(qtbot, page)
    paste(qtbot, PASTED)
    grid = page.people.grid
    assert (grid.currentRow(), grid.currentColumn()) == (0, 0)
    grid.setCurrentCell(0, 1)
    paste(qtbot, "J0700031\nJ0700032")
    assert (grid.currentRow(), grid.currentColumn()) == (0, 1)
    assert [one["certificate_number"] for one in grid.read()] == ["J0700031", "J0700032"]
    assert [one["name"] for one in grid.read()] == ["周敏", "何志远"]
    assert len(grid.selectedItems()) == 2
    grid.setCurrentCell(grid.rowCount() - 1, 0)
    last = grid.rowCount() - 1
    paste(qtbot, "王五\tJ0700033\t\t2028-12-31\t执法人员\t多出来的")
    assert grid.currentRow() == last
    assert grid.read()[-1]["name"] == "王五"
    assert grid.rowCount() > last + 1


def test_lines_with_headers_go_behind_those_that_are_filled(qtbot: QtBot, page: WizardPage) -> None:
    to_people(qtbot, page)
    paste(qtbot, PASTED)
    paste(qtbot, "姓名\t执法证号\n王五\tJ0700033")
    grid = page.people.grid
    assert [one["name"] for one in grid.read()] == ["周敏", "何志远", "王五"]
    assert (grid.currentRow(), grid.currentColumn()) == (2, 0)


def test_a_cell_is_edited_in_its_own_place(qtbot: QtBot, page: WizardPage) -> None:
    to_people(qtbot, page)
    grid = page.people.grid
    press(qtbot, Key.Key_F2)
    editor = grid.viewport().findChild(QLineEdit)
    cell = grid.visualRect(grid.currentIndex())
    assert editor.geometry() == cell


def test_officers_are_typed_cell_by_cell(qtbot: QtBot, page: WizardPage) -> None:
    to_people(qtbot, page)
    grid = page.people.grid
    grid.setCurrentCell(0, 0)
    grid.item(0, 0).setText("周敏")
    grid.item(0, 4).setText("法制审核")
    [form] = page.people.forms()
    assert (form.name, form.post) == ("周敏", OfficerPost.LEGAL_REVIEWER)


def test_a_ledger_is_read_into_the_sheet(qtbot: QtBot, page: WizardPage, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["姓名", "执法证号", "有效期至", "岗位"])
    book.active.append(["周敏", "J0700012", "2028-12-31", "执法人员"])
    book.active.append(["何志远", "", "2028-12-31", "执法人员"])
    path = tmp_path / "人员.xlsx"
    book.save(path)
    to_people(qtbot, page)
    page.people.import_file(path)
    assert [one["name"] for one in page.people.grid.read()] == ["周敏"]
    assert "第 3 行" in page.people.banner.text
    page.people.import_file(tmp_path / "没有.xlsx")
    assert page.people.banner.kind == "bad"


def test_fewer_than_two_able_officers_are_told_but_not_refused(
    qtbot: QtBot, page: WizardPage
) -> None:
    to_people(qtbot, page)
    paste(qtbot, "周敏\tJ0700012\t\t2025-12-31\t")
    press(qtbot, NEXT)
    assert page.at == 2
    press(qtbot, (Key.Key_Left, Qt.KeyboardModifier.AltModifier))
    assert "证件有效的只有 0 人" in page.people.banner.text


def test_going_back_loses_nothing(qtbot: QtBot, page: WizardPage) -> None:
    to_numbers(qtbot, page)
    press(qtbot, "云城管温告字")
    for _ in range(2):
        press(qtbot, (Key.Key_Left, Qt.KeyboardModifier.AltModifier))
    assert page.at == 0
    assert page.unit.fields["phone"].read() == "0730-0000000"
    page.forward()
    page.forward()
    assert len(page.people.grid.read()) == 2
    assert page.numbers.fields["courteous_notice"].read() == "云城管温告字"


def test_what_was_typed_is_there_after_a_restart(
    qtbot: QtBot, page: WizardPage, home: Path, now: datetime
) -> None:
    to_numbers(qtbot, page)
    page.numbers.fields["courteous_notice"].write("云城管温告字")
    page.keep_draft()
    again = WizardPage(a_context(None, home, now))
    shown(qtbot, again)
    assert again.unit.fields["name"].read() == "云溪市城市管理和综合执法局"
    assert [one["name"] for one in again.people.grid.read()] == ["周敏", "何志远"]
    assert again.numbers.fields["courteous_notice"].read() == "云城管温告字"


def test_two_papers_of_one_number_word_are_refused_in_place(qtbot: QtBot, page: WizardPage) -> None:
    to_numbers(qtbot, page)
    press(qtbot, "云城管字", ENTER, "云城管字", NEXT)
    assert page.at == 2
    assert "会重号" in page.numbers.fields["summary_decision"].error


@pytest.mark.parametrize("where", ["relative", "inside"])
def test_a_backup_folder_that_cannot_serve_leaves_nothing_behind(
    qtbot: QtBot, page: WizardPage, home: Path, where: str
) -> None:
    to_numbers(qtbot, page)
    page.numbers.fields["folder"].write("备份" if where == "relative" else str(home / "备份"))
    press(qtbot, NEXT)
    assert page.at == 2
    assert page.numbers.fields["folder"].error
    assert not paths.database(home).exists()
    assert not list(home.parent.glob(".数据-*"))


def test_what_the_store_refuses_goes_back_to_its_step(
    qtbot: QtBot, page: WizardPage, home: Path
) -> None:
    to_numbers(qtbot, page)
    page.unit.fields["phone"].write("晚上再打")
    page.make()
    assert page.at == 0
    assert "不是电话号码" in page.unit.fields["phone"].error
    assert not paths.database(home).exists()


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(
    qtbot: QtBot, tmp_path: Path, now: datetime
) -> None:
    (tmp_path / "占用").write_text("", encoding="utf-8")
    page = WizardPage(a_context(None, tmp_path / "占用" / "数据", now))
    shown(qtbot, page)
    to_numbers(qtbot, page)
    press(qtbot, NEXT)
    assert page.at == 2
    assert "建不了数据目录" in page.numbers.banner.text


def test_the_sample_opens_a_made_up_unit(
    qtbot: QtBot, page: WizardPage, home: Path, now: datetime
) -> None:
    page.sample_button.setFocus()
    with qtbot.waitSignal(page.home_made):
        press(qtbot, Key.Key_Space)
    store = open_store(home, clock=lambda: now)
    try:
        assert len(registers.officer_ids(store)) == 8
    finally:
        store.close()


def test_a_home_that_exists_is_never_touched(
    qtbot: QtBot, page: WizardPage, home: Path, now: datetime
) -> None:
    open_store(home, clock=lambda: now, create=True).close()
    before = paths.database(home).stat().st_mtime_ns
    made: list[Any] = []
    page.home_made.connect(lambda: made.append(1))
    page.open_sample()
    assert "已有数据库" in page.unit.banner.text
    assert (made, paths.database(home).stat().st_mtime_ns) == ([], before)
