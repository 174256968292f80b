"""文书模板 in the window: listed, typed, checked as it is typed, fields as one character."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from enforcer.operations import editions
from enforcer.operations.editions import TemplateEditionForm
from enforcer.queries import office, templates
from enforcer.store.database import Store
from tests.factories import an_office
from tests.operations.test_editions import edited
from tests.ui.register_desk import CTRL, a_context, press, shown, words
from tests.ui.templates_hand import DECISION, SAVE, an_edition, own, paper, piece, place
from ui.settings import SettingsPage

Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, store: Store, now: datetime) -> SettingsPage:
    an_office(store)
    made = SettingsPage(a_context(store, store.home, now))
    shown(qtbot, made)
    return made


@pytest.fixture
def open_paper(page: SettingsPage) -> Callable[[str], Any]:
    def opened(key: str) -> Any:
        page.open_section("templates", "", key)
        tab: Any = page.current
        return tab.editor

    return opened


# ── the list ──


def test_every_paper_is_listed_and_opened_by_keyboard(
    qtbot: QtBot, page: SettingsPage, store: Store, now: datetime
) -> None:
    an_edition(store, now)
    tab: Any = page.tab("templates")
    assert len(tab.listing.table.model.ids) == len(templates.keys())
    row = tab.listing.rows[DECISION]
    assert (row.edition, row.from_on, row.used) == (1, now.date(), 0)
    tab.listing.search.setFocus()
    press(qtbot, "处罚决定书")
    found = ["summary_decision", DECISION, "no_penalty_decision", "revocation_decision"]
    assert tab.listing.table.model.ids == found
    tab.listing.which.write("own")
    assert tab.listing.table.model.ids == [DECISION]
    tab.listing.table.view.setFocus()
    press(qtbot, Key.Key_Return)
    assert tab.stack.currentWidget() is tab.editor
    assert tab.editor.title.text() == "行政处罚决定书"
    press(qtbot, Key.Key_Escape)
    assert tab.stack.currentWidget() is tab.listing
    page.edit()
    assert tab.stack.currentWidget() is tab.editor
    page.go_to_search()
    assert QApplication.focusWidget() is tab.listing.search


def test_law_that_has_ended_is_told_in_the_list(
    page: SettingsPage, store: Store, now: datetime
) -> None:
    text = "经查明：【查明的事实】。见《中华人民共和国大气污染防治法》第一百一十六条。"
    form = TemplateEditionForm(
        template_key=DECISION, from_on=now.date(), body=edited(DECISION, "经查明：", text)
    )
    editions.save_template_edition(store, form, today=now.date(), now=now, actor="周敏")
    tab: Any = page.tab("templates")
    tab.listing.which.write("doubtful")
    assert tab.listing.table.model.ids == [DECISION]
    [fault] = tab.listing.rows[DECISION].faults
    assert "废止" in fault


def test_the_list_is_a_sound_model(page: SettingsPage) -> None:
    tab: Any = page.tab("templates")
    tester = QAbstractItemModelTester(
        tab.listing.table.model, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    tab.refresh()
    assert tester.model() is tab.listing.table.model


# ── typing ──


def test_words_typed_stand_on_the_paper_and_are_kept_as_an_edition(
    qtbot: QtBot, open_paper: Callable[[str], Any], store: Store, now: datetime
) -> None:
    editor = open_paper(DECISION)
    assert "常德市城市管理和综合执法局" in paper(editor)
    assert editor.saving.isHidden()
    edit = piece(editor, "经查明：")
    edit.setFocus()
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    press(qtbot, "本机关依法")
    editor.show_look()
    assert "本机关依法经查明：" in paper(editor)
    assert editor.banner.isHidden()
    press(qtbot, SAVE)
    assert "请写明为什么改" in editor.note.error
    assert QApplication.focusWidget() is editor.note.editor
    press(qtbot, "市局统一样式")
    editor.from_on.write(now.date() + timedelta(days=7))
    press(qtbot, SAVE)
    assert "第 1 版，2026-09-10 起" in editor.banner.text
    [row] = own(store)
    assert (row.template_key, row.from_on, row.saved_by) == (DECISION, date(2026, 9, 10), "周敏")
    assert 'text = "本机关依法经查明：{decision.facts}。"' in row.body
    assert office.edition_on(store, DECISION, date(2026, 9, 9)).edition == 0


def test_a_cell_of_a_table_is_edited_where_it_stands(
    open_paper: Callable[[str], Any], store: Store
) -> None:
    editor = open_paper("filing_approval")
    piece(editor, "发案地点").write("案发地点")
    editor.show_look()
    assert "案发地点" in paper(editor)
    editor.note.write("统一叫法")
    editor.save()
    [row] = own(store)
    assert '{ text = "案发地点", label = true }' in row.body


def test_the_measures_of_the_body_are_set_within_bounds(
    open_paper: Callable[[str], Any], store: Store
) -> None:
    editor = open_paper(DECISION)
    sizes = editor.measures["size"].widget
    assert (sizes.itemText(0), sizes.itemText(sizes.count() - 1)) == ("10.5 磅", "18 磅")
    editor.measures["size"].input.write(12.0)
    editor.note.write("省纸")
    editor.save()
    [row] = own(store)
    assert "size = 12\nleading = 24" in row.body


def test_an_element_of_the_law_cannot_be_taken_out(
    qtbot: QtBot, open_paper: Callable[[str], Any], store: Store
) -> None:
    editor = open_paper(DECISION)
    address = place(editor, "【复议诉讼的告知】")
    edit = editor.pieces.edit_at(address)
    edit.setFocus()
    edit.selectAll()
    press(qtbot, Key.Key_Backspace)
    editor.show_look()
    said = words(editor.banner)
    assert "印不出复议、诉讼的途径和期限" in said
    assert "第五十九条第一款第五项" in said
    assert "【复议诉讼的告知】" in editor.pieces.fields[address].error
    assert not editor.save_button.isEnabled()
    assert "1 处改动不能使用" in words(editor.acts)
    editor.note.write("试试")
    editor.save()
    assert own(store) == []
    editor.edition.setFocus()
    editor.jump(address)
    assert QApplication.focusWidget() is edit
    press(qtbot, (Key.Key_Z, CTRL))
    editor.show_look()
    assert editor.banner.isHidden()
    assert "行政复议" in paper(editor)


@pytest.mark.parametrize(
    ("key", "at", "text", "say"),
    [
        (DECISION, "经查明：", "经查明：【查明的事买】。", "不是这种文书的栏目"),
        (DECISION, "经查明：", "经查明：【查明的事实】。\U0001f697", "字库里没有"),
        (DECISION, "经查明：", "经查明：【查明的事实】。三个月内起诉。", "六个月"),
        (DECISION, "经查明：", "经查明：【查明的事实】{", "花括号"),
        ("courteous_notice", "温馨提示", "下次罚款200元。", "不写罚款"),
        ("courteous_notice", "温馨提示", "请在15日内接受处理。", "不限期"),
        ("urging_notice", "有权进行陈述和申辩", "请按时缴款。", "陈述权和申辩权"),
    ],
)
def test_what_would_spoil_the_paper_is_told_while_it_is_typed(
    open_paper: Callable[[str], Any], store: Store, key: str, at: str, text: str, say: str
) -> None:
    editor = open_paper(key)
    address = place(editor, at)
    editor.pieces.edit_at(address).write(text)
    editor.show_look()
    assert say in words(editor.banner)
    assert editor.pieces.fields[address].error
    editor.note.write("试试")
    editor.save()
    assert own(store) == []


def test_a_field_that_goes_is_told_and_may_be_saved(
    open_paper: Callable[[str], Any], store: Store
) -> None:
    editor = open_paper(DECISION)
    piece(editor, "联系电话：【当事人电话").write("")
    editor.show_look()
    assert editor.banner.kind == "warn"
    assert "【当事人电话】" in words(editor.banner)
    editor.note.write("不印电话")
    editor.save()
    [row] = own(store)
    assert "联系电话：{party.phone" not in row.body


# ── fields as one character ──


def test_a_field_is_removed_and_passed_as_one_character(
    qtbot: QtBot, open_paper: Callable[[str], Any]
) -> None:
    editor = open_paper(DECISION)
    edit = piece(editor, "经查明：")
    edit.setFocus()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    press(qtbot, Key.Key_Left, Key.Key_Left)
    assert edit.textCursor().position() == len("经查明：")
    press(qtbot, Key.Key_Right, Key.Key_Backspace)
    assert edit.read() == "经查明：。"
    press(qtbot, (Key.Key_Z, CTRL))
    assert edit.read() == "经查明：【查明的事实】。"
    press(qtbot, (Key.Key_Y, CTRL))
    assert edit.read() == "经查明：。"


def test_the_cursor_never_stands_inside_a_field(open_paper: Callable[[str], Any]) -> None:
    edit = piece(open_paper(DECISION), "经查明：")
    cursor = edit.textCursor()
    cursor.setPosition(len("经查明：【查明的"))
    edit.setTextCursor(cursor)
    assert edit.textCursor().position() in {len("经查明："), len("经查明：【查明的事实】")}


def test_a_selection_that_cuts_a_field_takes_it_whole(
    qtbot: QtBot, open_paper: Callable[[str], Any]
) -> None:
    edit = piece(open_paper(DECISION), "经查明：")
    edit.setFocus()
    cursor = edit.textCursor()
    cursor.setPosition(len("经查明：【查明"))
    cursor.setPosition(len(edit.read()), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    press(qtbot, Key.Key_Delete)
    assert edit.read() == "经查明："


def test_a_field_is_chosen_from_the_list_by_keyboard(
    qtbot: QtBot, open_paper: Callable[[str], Any]
) -> None:
    editor = open_paper(DECISION)
    edit = piece(editor, "经查明：")
    edit.setFocus()
    edit.moveCursor(QTextCursor.MoveOperation.End)
    press(qtbot, Key.Key_F4)
    picker = editor.picker
    names = {picker.table.model.row(at).name for at in range(len(picker.table.model.ids))}
    assert "当事人" in names
    assert not names & {"当事人是公民", "证据（逐条）"}, "no flags, and no rows of a list"
    qtbot.keyClicks(picker.search, "dsrdh")
    assert [picker.table.model.row(0).name] == ["当事人电话"]
    assert picker.sample_of(picker.table.model.row(0)) == "13800000000"
    picker.reading.write("｜空则/")
    picker.search.setFocus()
    qtbot.waitUntil(picker.search.hasFocus, timeout=2000)
    qtbot.keyClick(picker.search, Key.Key_Return)
    assert edit.read() == "经查明：【查明的事实】。【当事人电话｜空则/】"


def test_rows_of_a_list_are_offered_where_they_may_stand(
    qtbot: QtBot, open_paper: Callable[[str], Any]
) -> None:
    editor = open_paper(DECISION)
    edit = piece(editor, "【证据（逐条）】")
    edit.setFocus()
    press(qtbot, Key.Key_F4)
    ids = editor.picker.table.model.ids
    assert ids[0] == "evidence.words"
    assert "penalty.items.words" not in ids
    editor.picker.reject()
