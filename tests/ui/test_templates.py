"""文书模板 and 审批层级 in the window: typed, checked, previewed, kept, restored, read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.course_terms import SignOffMatter
from enforcer.models import Draft, TemplateEdition
from enforcer.operations import editions
from enforcer.operations.editions import TemplateEditionForm
from enforcer.queries import course, office, templates
from enforcer.store.database import Store
from enforcer.terms import OfficerPost
from tests.factories import an_office
from tests.operations.test_editions import edited
from tests.ui.register_desk import CTRL, QuietWindow, a_context, press, shown, words
from ui.settings import SettingsPage
from ui.templates.chip_edit import ChipEdit
from ui.templates.history import History
from ui.templates.work import BLANK

Key = Qt.Key
DECISION, SAVE = "penalty_decision", (Qt.Key.Key_Return, CTRL)


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


def place(editor: Any, said: str) -> str:
    """The address of the piece that holds these words."""
    return next(a for a, one in editor.pieces.fields.items() if said in one.read())


def piece(editor: Any, said: str) -> ChipEdit:
    return cast("ChipEdit", editor.pieces.edit_at(place(editor, said)))


def paper(editor: Any) -> str:
    """Every word of the paper in the preview."""
    pages = PdfReader(BytesIO(editor.preview.pdf)).pages
    return "".join("".join(one.extract_text().split()) for one in pages)


def own(store: Store) -> list[TemplateEdition]:
    with store.reading() as session:
        return list(session.exec(select(TemplateEdition).order_by(TemplateEdition.edition)))


def an_edition(store: Store, now: datetime, from_on: date | None = None) -> None:
    body = edited(DECISION, "联系电话：【当事人电话", "电话：【当事人电话｜空则/】")
    form = TemplateEditionForm(
        template_key=DECISION, from_on=from_on or now.date(), body=body, note="按市局的样式"
    )
    editions.save_template_edition(store, form, today=now.date(), now=now, actor="何志远")


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


# ── history, draft ──


def test_what_is_typed_in_one_breath_is_one_step() -> None:
    history = History()
    history.begin({"a": "", "b": ""})
    for at, text in enumerate(("法", "法律", "法律的")):
        history.keep({"a": text, "b": ""}, "a", at * 0.2)
    history.keep({"a": "法律的", "b": "新"}, "b", 1.0)
    history.keep({"a": "法律的", "b": "新的"}, "b", 9.0)
    steps = []
    while (state := history.undo()) is not None:
        steps.append((dict(state.texts), state.address))
    assert steps == [
        ({"a": "法律的", "b": "新"}, "b"),
        ({"a": "法律的", "b": ""}, "b"),
        ({"a": "", "b": ""}, "a"),
    ]
    assert history.redo() is not None
    history.keep({"a": "另写", "b": ""}, "a", 20.0)
    assert not history.may_redo


def test_a_draft_is_back_after_the_program_was_killed(
    qtbot: QtBot, open_paper: Callable[[str], Any], store: Store, now: datetime
) -> None:
    editor = open_paper(DECISION)
    piece(editor, "经查明：").write("经本机关查明：【查明的事实】。")
    editor.note.write("写到一半")
    editor.from_on.write(date(2026, 10, 1))
    editor.keep_draft()
    again = SettingsPage(a_context(store, store.home, now))
    shown(qtbot, again)
    again.open_section("templates", "", DECISION)
    back: Any = again.current
    assert "经本机关查明：" in piece(back.editor, "本机关查明").read()
    assert (back.editor.note.read(), back.editor.from_on.read()) == ("写到一半", date(2026, 10, 1))
    assert "没有保存的内容已放回窗口" in back.editor.banner.text
    assert "经本机关查明：" in paper(back.editor)
    back.editor.drop()
    assert "经查明：" in piece(back.editor, "【查明的事实】").read()
    with store.reading() as session:
        assert session.exec(select(Draft)).all() == []


def test_saving_leaves_no_draft(open_paper: Callable[[str], Any], store: Store) -> None:
    editor = open_paper(DECISION)
    piece(editor, "经查明：").write("查明：【查明的事实】。")
    editor.keep_draft()
    editor.note.write("改")
    editor.save()
    with store.reading() as session:
        assert session.exec(select(Draft)).all() == []


def test_another_window_that_saved_first_is_not_covered(
    open_paper: Callable[[str], Any], store: Store, now: datetime
) -> None:
    editor = open_paper(DECISION)
    piece(editor, "经查明：").write("查明：【查明的事实】。")
    an_edition(store, now)
    editor.note.write("改")
    editor.save()
    assert "何志远" in words(editor.banner)
    assert len(own(store)) == 1
    assert "查明：" in piece(editor, "【查明的事实】").read()


# ── editions ──


def test_editions_tell_what_each_changed_and_one_can_be_gone_on_from(
    open_paper: Callable[[str], Any], store: Store, now: datetime
) -> None:
    an_edition(store, now)
    editor = open_paper(DECISION)
    editor.show_editions()
    dialog = editor.editions_dialog
    assert dialog.table.model.ids == [1, 0]
    assert "何志远" in dialog.about.text()
    said = dialog.changes.toPlainText()
    assert "正文第7段" in said
    assert "联系" in said
    dialog.table.select(0)
    assert "没有改动" in dialog.about.text()
    dialog.take_button.click()
    assert editor.edition.read() == 0
    assert "联系电话：" in piece(editor, "【当事人电话").read()
    editor.note.write("改回旧的叫法")
    editor.save()
    assert [one.edition for one in own(store)] == [1, 2]
    assert "联系电话：{party.phone|or:/}" in own(store)[1].body


def test_the_shipped_text_comes_back(
    open_paper: Callable[[str], Any], store: Store, now: datetime
) -> None:
    editor = open_paper(DECISION)
    assert not editor.restore_button.isEnabled()
    an_edition(store, now)
    editor.show_template(DECISION, "行政处罚决定书")
    editor.restore_button.click()
    assert "已经签发的文书不变" in words(editor.dialog)
    editor.dialog.accept()
    assert [one.edition for one in own(store)] == [1, 2]
    assert "联系电话：" in piece(editor, "【当事人电话").read()
    assert editor.known.in_force.note == "恢复出厂文字"


def test_a_text_that_cannot_be_read_gives_way_to_the_shipped_one(
    open_paper: Callable[[str], Any], store: Store, now: datetime
) -> None:
    with store.unit(actor="测试", operation="put") as session:
        session.add(
            TemplateEdition(
                template_key=DECISION, edition=1, from_on=now.date(), body="= 坏了",
                saved_at=now, saved_by="测试",
            )
        )  # fmt: skip
    editor = open_paper(DECISION)
    assert "读不出来" in editor.banner.text
    assert "经查明：" in paper(editor)
    editor.edition.write(0)
    editor.edition.write(1)
    assert "请选另一版" in editor.banner.text
    editor.restore()
    assert office.edition_on(store, DECISION, now.date()).edition == 2
    assert editor.known.against == editor.known.in_force.body


# ── files ──


def test_a_template_goes_out_to_a_jurist_and_comes_back(
    open_paper: Callable[[str], Any], store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = open_paper(DECISION)
    file = tmp_path / "决定书.toml"
    monkeypatch.setattr("ui.templates.files.ask_save", lambda *_: file)
    editor.export()
    assert "已导出到" in editor.banner.text
    text = file.read_text(encoding="utf-8")
    assert text == office.shipped_body(DECISION)
    file.write_text("\ufeff" + text.replace("经查明：", "经本机关查明："), encoding="utf-8")
    monkeypatch.setattr("ui.templates.files.ask_open", lambda *_: file)
    editor.import_file()
    assert "还没有启用" in editor.banner.text
    assert "经本机关查明：" in paper(editor)
    assert own(store) == []
    editor.note.write("法制股改")
    editor.save()
    [row] = own(store)
    assert "经本机关查明：" in row.body


@pytest.mark.parametrize(
    ("name", "data", "say"),
    [
        ("别的.toml", "prior_notice", "不是这种文书的"),
        ("坏的.toml", "= 坏了", "写法有误"),
        ("乱码.toml", b"\xff\xfe\x00", "不是 UTF-8"),
        ("大.toml", "#" * 1_000_001, "太大"),
        ("没有.toml", None, "读不出来"),
    ],
)
def test_a_file_that_cannot_be_used_leaves_the_text_as_it_was(
    open_paper: Callable[[str], Any], tmp_path: Path, name: str, data: str | bytes | None, say: str
) -> None:
    editor = open_paper(DECISION)
    before = editor.pieces.texts()
    file = tmp_path / name
    if isinstance(data, bytes):
        file.write_bytes(data)
    elif data is not None:
        text = office.shipped_body(data) if data == "prior_notice" else data
        file.write_text(text, encoding="utf-8")
    editor.take_file(file)
    assert say in words(editor.banner)
    assert editor.pieces.texts() == before
    assert not editor.changed


def test_a_file_that_lost_an_element_is_shown_and_refused(
    open_paper: Callable[[str], Any], store: Store, tmp_path: Path
) -> None:
    editor = open_paper(DECISION)
    file = tmp_path / "少了.toml"
    file.write_text(edited(DECISION, "【复议诉讼的告知】", ""), encoding="utf-8")
    editor.take_file(file)
    assert "印不出复议、诉讼的途径和期限" in words(editor.banner)
    editor.note.write("试")
    editor.save()
    assert own(store) == []


# ── preview ──


def test_the_empty_form_is_printed_from_the_list(page: SettingsPage) -> None:
    tab: Any = page.tab("templates")
    tab.listing.table.select(DECISION)
    tab.listing.blank_button.click()
    said = paper(tab.editor)
    assert tab.editor.known.samples[tab.editor.sample.read()].kind == BLANK
    assert "样例渣土" not in said
    assert "常德市人民政府" in said, "the remedy is the organ's own"
    assert "（空白）" in tab.editor._named()


def test_the_party_of_the_specimen_decides_what_is_shown(open_paper: Callable[[str], Any]) -> None:
    editor = open_paper(DECISION)
    assert "法定代表人（负责人）：" in paper(editor)
    editor.sample.write(1)
    editor.show_look()
    assert "性别：男" in paper(editor)


def test_a_case_that_has_no_such_paper_says_so(
    open_paper: Callable[[str], Any], page: SettingsPage, store: Store
) -> None:
    from enforcer.models import Case
    from enforcer.terms import Origin, PartyKind, Procedure, Stage

    with store.unit(actor="测试", operation="put") as session:
        session.add(
            Case(
                number="立〔2026〕1号", procedure=Procedure.ORDINARY, stage=Stage.FILED,
                origin=Origin.MADE_HERE, cause="油烟超标", party_name="某餐馆",
                party_kind=PartyKind.LEGAL_PERSON,
            )
        )  # fmt: skip
    editor = open_paper("urging_notice")
    names = [one.name for one in editor.known.samples]
    editor.sample.write(next(at for at, one in enumerate(names) if "某餐馆" in one))
    editor.show_look()
    said = cast("QuietWindow", page.context.window).said
    assert any("还没有办到这份文书" in text for _, text in said)
    assert "样例渣土运输有限公司" in paper(editor)


def test_every_paper_opens_with_its_preview_and_nothing_to_complain(
    open_paper: Callable[[str], Any],
) -> None:
    wrong = {}
    for key in sorted(templates.keys()):
        editor = open_paper(key)
        if not editor.preview.pdf or not editor.banner.isHidden() or editor.changed:
            wrong[key] = words(editor.banner)
        editor.preview.clear()
    assert wrong == {}


# ── the sign-off chain ──


def test_a_chain_of_five_levels_is_set_and_read_back(
    qtbot: QtBot, page: SettingsPage, store: Store
) -> None:
    tab: Any = page.tab("chains")
    tab.table.select(SignOffMatter.DECISION)
    assert len(tab.levels) == 4
    tab.add_button.click()
    assert QApplication.focusWidget() is tab.levels[3].name.editor
    assert "第四级没有名称" in words(tab.acts)
    press(qtbot, "分管负责人")
    assert not tab.add_button.isEnabled()
    press(qtbot, SAVE)
    assert "已保存" in tab.banner.text
    chain = course.chains(store)[SignOffMatter.DECISION]
    assert [one.name for one in chain] == [
        "承办人", "承办机构负责人", "法制机构", "分管负责人", "行政机关负责人",
    ]  # fmt: skip
    assert chain[3].posts == (OfficerPost.HEAD,)
    tab.usual_button.click()
    assert len(tab.levels) == 4
    tab.save()
    assert len(course.chains(store)[SignOffMatter.DECISION]) == 4


@pytest.mark.parametrize(
    ("change", "say"),
    [
        (lambda tab: tab.levels[0].ticks[OfficerPost.OFFICER].setChecked(False), "至少选一种岗位"),
        (lambda tab: tab.levels[2].ticks[OfficerPost.OFFICER].setChecked(True), "第五十七条"),
        (lambda tab: tab.levels[1].name.write(""), "第二级没有名称"),
        (lambda tab: tab.levels[1].name.write("承办人"), "名称相同"),
        (lambda tab: tab.move_up(1), "第一级由承办人呈报"),
    ],
)
def test_a_chain_that_the_law_does_not_allow_is_not_saved(
    page: SettingsPage, store: Store, change: Callable[[Any], None], say: str
) -> None:
    tab: Any = page.tab("chains")
    tab.table.select(SignOffMatter.FILING)
    tab.levels[0].ticks[OfficerPost.HEAD].setChecked(False)
    tab.levels[1].ticks[OfficerPost.OFFICER].setChecked(False)
    change(tab)
    assert say in words(tab.acts)
    assert not tab.save_button.isEnabled()
    tab.save()
    assert course.chains(store) == {}


def test_three_levels_are_the_fewest(page: SettingsPage) -> None:
    tab: Any = page.tab("chains")
    tab.table.select(SignOffMatter.CLOSURE)
    assert not tab.levels[1].remove.isEnabled()
    tab.remove_level(1)
    assert len(tab.levels) == 3


def test_two_windows_on_one_chain_cannot_overwrite_each_other(
    page: SettingsPage, store: Store, now: datetime
) -> None:
    from enforcer.operations.lead_forms import ChainForm
    from enforcer.operations.sign_off_chains import save_sign_off_chain

    given = [
        {"name": "承办人", "posts": ["officer"]},
        {"name": "大队长", "posts": ["head"]},
        {"name": "局长", "posts": ["head"]},
    ]
    first = ChainForm.model_validate({"matter": "filing", "levels": given})
    save_sign_off_chain(store, first, today=now.date(), now=now, actor="何志远")
    tab: Any = page.tab("chains")
    tab.table.select(SignOffMatter.FILING)
    tab.levels[1].name.write("中队长")
    second = ChainForm.model_validate(
        {"matter": "filing", "levels": [given[0], given[1] | {"name": "科长"}, given[2]]}
    )
    save_sign_off_chain(store, second, today=now.date(), now=now, actor="何志远")
    tab.save()
    assert "审批层级已被改过" in words(tab.banner)
    assert course.chains(store)[SignOffMatter.FILING][1].name == "科长"
