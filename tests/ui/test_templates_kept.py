"""文书模板 and 审批层级 in the window: kept, restored, read back, previewed; the chain of sign-off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.course_terms import SignOffMatter
from enforcer.models import Draft, TemplateEdition
from enforcer.queries import course, office, templates
from enforcer.store.database import Store
from enforcer.terms import OfficerPost
from tests.factories import an_office
from tests.operations.test_editions import edited
from tests.ui.register_desk import QuietWindow, a_context, press, shown, words
from tests.ui.templates_hand import DECISION, SAVE, an_edition, own, paper, piece
from ui.settings import SettingsPage
from ui.templates.history import History
from ui.templates.work import BLANK


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
