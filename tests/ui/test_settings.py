"""The settings by keyboard: organs, powers, numbers, the ladder, the notice's words, backups."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from enforcer.operations import registers
from enforcer.queries import ladder, office, powers
from enforcer.queries.readiness import PLACES
from enforcer.store.database import Store
from enforcer.terms import LadderChoice, PartyKind, PowerKind, SeriesKind
from tests.factories import an_office
from tests.ui.register_desk import CTRL, QuietWindow, a_context, press, shown, words
from ui.register_tab import RegisterTab
from ui.settings import SettingsPage
from ui.settings.page import TABS

Key = Qt.Key
ENTER, SAVE, NEW = Key.Key_Return, (Key.Key_Return, CTRL), (Key.Key_N, CTRL)
LISTS = ("organs", "powers", "numbers", "ladder", "questions")


@pytest.fixture
def page(qtbot: QtBot, store: Store, now: datetime) -> SettingsPage:
    an_office(store)
    made = SettingsPage(a_context(store, store.home, now))
    shown(qtbot, made)
    return made


def go(page: SettingsPage, name: str) -> RegisterTab:
    tab = cast("RegisterTab", page.tab(name))
    tab.search.setFocus()
    return tab


def test_an_organ_is_entered_by_keyboard(qtbot: QtBot, page: SettingsPage, store: Store) -> None:
    go(page, "organs")
    press(qtbot, NEW, "云溪市住房和城乡建设局", ENTER, ENTER, "12319", SAVE)
    organs = powers.organs(store)
    assert [one.name for one in organs][1:] == ["云溪市住房和城乡建设局"]
    assert (organs[1].phone, organs[1].report_days) == ("12319", None)


def test_the_reminder_speaks_while_the_reconsideration_body_is_typed(
    qtbot: QtBot, page: SettingsPage
) -> None:
    tab: Any = go(page, "organs")
    press(qtbot, NEW)
    tab.fields["reconsideration_body"].editor.setFocus()
    press(qtbot, "湖南省住房和城乡建设厅")
    assert "行政复议法第二十四条第一款" in words(tab.reminder)
    tab.fields["reconsideration_body"].write("云溪市人民政府")
    assert tab.reminder.isHidden()


def test_the_default_organ_is_chosen_on_its_page(
    qtbot: QtBot, page: SettingsPage, store: Store
) -> None:
    tab: Any = go(page, "organs")
    press(qtbot, NEW, "云溪市住房和城乡建设局", SAVE)
    tab.default.setFocus()
    press(qtbot, Key.Key_Space)
    assert office.setting(store, "unit") == {"organ_id": powers.organs(store)[1].id}


def test_an_entrustment_is_entered_with_its_items(
    qtbot: QtBot, page: SettingsPage, store: Store
) -> None:
    tab: Any = go(page, "powers")
    press(qtbot, NEW)
    tab.fields["kind"].write(PowerKind.ENTRUSTED)
    assert "委托机关" in tab.explained.text()
    tab.fields["document_title"].editor.setFocus()
    press(qtbot, "行政处罚委托书", ENTER, "云委〔2026〕1号", ENTER, "2026-1-1", SAVE)
    assert "第二十条" in tab.fields["handled_by"].error
    assert "第二十条第二款" in tab.fields["valid_until"].error
    assert QApplication.focusWidget() is tab.fields["handled_by"].editor
    press(qtbot, "云溪市城管执法大队")
    tab.fields["valid_until"].editor.setFocus()
    press(qtbot, "2027-12-31")
    tab.items.search.setFocus()
    press(qtbot, "graffiti")
    tab.items.list.setFocus()
    at = next(i for i in range(tab.items.list.count()) if not tab.items.list.item(i).isHidden())
    tab.items.list.setCurrentRow(at)
    press(qtbot, Key.Key_Space, SAVE)
    found = powers.power_for(store, "graffiti", date(2026, 9, 3))
    assert isinstance(found, powers.Power)
    assert (found.source.kind, found.handled_by) == (PowerKind.ENTRUSTED, "云溪市城管执法大队")


def test_narrowing_the_items_loses_no_tick(page: SettingsPage) -> None:
    tab: Any = go(page, "powers")
    tab.table.select(tab.table.model.ids[0])
    before = tab.items.read()
    tab.items.search.write("油烟")
    assert tab.items.read() == before
    assert len(before) == 2


def test_the_example_of_a_number_follows_the_typing(
    qtbot: QtBot, page: SettingsPage, store: Store
) -> None:
    tab: Any = go(page, "numbers")
    page.open_section("numbers", "penalty_decision", powers.organs(store)[0].id)
    assert QApplication.focusWidget() is tab.fields["stem"].editor
    press(qtbot, "云城管罚决字")
    assert tab.example.text() == "云城管罚决字〔2026〕第001号"
    tab.fields["with_di"].editor.setFocus()
    press(qtbot, Key.Key_Space, SAVE)
    rule = powers.number_rule(store, powers.organs(store)[0].id, SeriesKind.DECISION)
    assert rule
    assert (
        registers.number_example(rule.pattern, rule.width, year=2026) == "云城管罚决字〔2026〕001号"
    )


def test_changing_a_rule_that_has_drawn_numbers_is_told(page: SettingsPage, store: Store) -> None:
    from enforcer.operations import numbering

    organ = powers.organs(store)[0].id
    with store.unit(actor="测试") as session:
        numbering.draw(session, numbering.series_for(session, organ, SeriesKind.NOTICE, 2026), 7)
    tab: Any = go(page, "numbers")
    tab.table.select(tab.table.model.ids[0])
    assert tab.example.text() == "常城管温告字〔2026〕第00008号"
    tab.fields["stem"].write("常执法温告字")
    assert tab.example.text() == "常执法温告字〔2026〕第00001号"
    assert "今年已按原样式取了 7 个号" in tab.note.text


def test_a_ladder_for_one_item_is_set_by_keyboard(
    qtbot: QtBot, page: SettingsPage, store: Store
) -> None:
    tab = go(page, "ladder")
    press(qtbot, NEW)
    tab.fields["item_key"].write("pavement_parking")
    tab.fields["days"].editor.setFocus()
    press(qtbot, "90", ENTER, "2", ENTER, ENTER, "云城管〔2026〕3号", SAVE)
    rule = ladder.rule_for(store, "pavement_parking")
    assert (rule.days, rule.notices, rule.then, rule.basis) == (
        90,
        2,
        LadderChoice.SUMMARY,
        "云城管〔2026〕3号",
    )
    assert tab.key == "pavement_parking"


def test_an_open_question_is_answered_by_keyboard(
    qtbot: QtBot, page: SettingsPage, store: Store
) -> None:
    tab = go(page, "questions")
    assert "先从左边选一项" in words(tab.acts)
    tab.select("hearing_threshold_citizen")
    tab.fields["value"].editor.setFocus()
    press(qtbot, "10000", SAVE)
    assert "请写明依据哪个文件" in tab.fields["document"].error
    press(qtbot, "省听证规定", SAVE)
    found = office.confirmed(store, "hearing_threshold_citizen")
    assert (found.value, found.document) == (1_000_000, "省听证规定")


def test_the_question_of_sole_traders_is_a_choice(
    qtbot: QtBot, page: SettingsPage, store: Store
) -> None:
    tab = go(page, "questions")
    tab.select("sole_trader_limit")
    tab.fields["choice"].editor.setFocus()
    press(qtbot, Key.Key_Down, Key.Key_Down, SAVE)
    assert office.sole_trader_as(store) is PartyKind.LEGAL_PERSON


def test_a_question_with_a_closed_list_of_answers_offers_it(
    qtbot: QtBot, page: SettingsPage, store: Store
) -> None:
    tab: Any = go(page, "questions")
    tab.select("publication_names")
    assert not tab.fields["value"].isVisible()
    assert [tab.choice.itemText(at) for at in range(tab.choice.count())] == [
        "待机关确认",
        "只写姓",
        "写全名",
    ]
    tab.choice.setFocus()
    press(qtbot, Key.Key_Down, Key.Key_Down, SAVE)
    [kept] = [
        one for one in office.all_confirmed(store) if one.question.name == "publication_names"
    ]
    assert kept.value == "写全名"
    tab.select("first_violation_counts_notices")
    assert tab.choice.read() is None
    assert tab.choice.itemText(1) == "计入"
    tab.select("publication_names")
    assert tab.choice.read() == "写全名"
    tab.select("defence_days")
    assert tab.fields["value"].isVisible()
    assert not tab.choice.isVisible()


def paragraph(tab: Any, words: str) -> Any:
    return next(one for one in tab.paragraphs.values() if words in one.read())


def test_the_words_of_the_notice_are_edited_beside_the_paper(
    qtbot: QtBot, page: SettingsPage, store: Store
) -> None:
    tab: Any = page.tab("words")
    before = tab.preview.pdf
    assert before.startswith(b"%PDF")
    closing = paragraph(tab, "温馨提示")
    closing.editor.setFocus()
    closing.editor.selectAll()
    press(qtbot, "谢谢您的配合！")
    tab.show_paper()
    assert tab.preview.pdf != before
    tab.from_on.write(date(2026, 10, 1))
    press(qtbot, SAVE)
    assert "第 1 版，2026-10-01 起" in tab.banner.text
    found = office.edition_on(store, "courteous_notice", date(2026, 10, 1))
    assert "谢谢您的配合！" in found.body
    assert office.edition_on(store, "courteous_notice", date(2026, 9, 30)).edition == 0


def test_fields_are_moved_by_their_names(page: SettingsPage, store: Store) -> None:
    tab: Any = page.tab("words")
    first = paragraph(tab, "【号牌】）于【时间】")
    first.write("【时间】，您的车辆（【号牌】）停放在【地点】。")
    tab.from_on.write(date(2026, 9, 3))
    tab.save()
    body = office.edition_on(store, "courteous_notice", date(2026, 9, 3)).body
    assert (
        "{notice.time|line}，您的车辆（{notice.plate|line|keep}）停放在{notice.place|line}。"
        in body
    )


@pytest.mark.parametrize(
    ("text", "say"),
    [
        ("请在15日内接受处理。", "不限期"),
        ("下次罚款200元。", "不写罚款"),
        ("请携带【身份】前来。", "没有这些栏目"),
    ],
)
def test_words_that_order_are_refused_while_they_are_typed(
    page: SettingsPage, store: Store, text: str, say: str
) -> None:
    tab: Any = page.tab("words")
    paragraph(tab, "温馨提示").write(text)
    tab.show_paper()
    assert say in words(tab.banner)
    tab.save()
    assert len(office.editions(store, "courteous_notice")) == 1


def test_the_next_step_is_saved_and_printed(page: SettingsPage, store: Store) -> None:
    tab: Any = page.tab("words")
    tab.next_step.write("再次发现的，将依法处理。")
    tab.save()
    assert office.setting(store, "notice_next_step") == {"text": "再次发现的，将依法处理。"}
    assert len(office.editions(store, "courteous_notice")) == 1


def test_the_shipped_words_come_back(page: SettingsPage, store: Store, today: date) -> None:
    tab: Any = page.tab("words")
    paragraph(tab, "温馨提示").write("谢谢！")
    tab.save()
    tab.restore()
    assert office.edition_on(store, "courteous_notice", today).edition == 2
    assert paragraph(tab, "温馨提示").read()


def test_the_backup_folder_is_tried_and_used(
    qtbot: QtBot, page: SettingsPage, store: Store, tmp_path: Path
) -> None:
    tab: Any = page.tab("backup")
    tab.folder.editor.setFocus()
    press(qtbot, "relative", SAVE)
    assert "不是完整的路径" in tab.folder.error
    tab.folder.write(str(tmp_path / "bak"))
    press(qtbot, SAVE)
    assert office.backup_folder(store) == str(tmp_path / "bak")
    assert "同一块磁盘" in tab.banner.text
    tab.back_up()
    assert tab.banner.text.startswith("已备份并试恢复")
    assert len(list((tmp_path / "bak").glob("*.zip"))) == 1


def test_light_and_dark_act_at_once(page: SettingsPage) -> None:
    tab: Any = page.tab("looks")
    for choice in ("dark", "light"):
        tab.mode.write(choice)
        assert page.context.theme.mode.value == choice


def test_the_certificate_format_is_kept(qtbot: QtBot, page: SettingsPage, store: Store) -> None:
    tab: Any = page.tab("looks")
    tab.fields["certificate_pattern"].editor.setFocus()
    press(qtbot, r"J\d{7}", SAVE)
    assert office.setting(store, "certificate_pattern") == {"pattern": r"J\d{7}"}


def test_every_place_a_finding_names_exists(page: SettingsPage) -> None:
    names = {name for name, _, _ in TABS}
    wanted = {one.partition(".")[2] for one in PLACES if one.startswith("settings.")}
    assert wanted <= names
    window = cast("QuietWindow", page.context.window)
    assert window.said == []


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_a_sound_model(page: SettingsPage, name: str) -> None:
    tab = go(page, name)
    tester = QAbstractItemModelTester(
        tab.table.model, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    tab.refresh()
    assert tester.model() is tab.table.model
