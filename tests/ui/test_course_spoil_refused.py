"""The spoil case in the window: what is grey, refused, sent back, doubted."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlmodel import col, select

from enforcer.course_terms import (
    LeadSource,
    Receiver,
)
from enforcer.models import Case, CaseEvent, Draft, SignOff
from enforcer.operations import drafts
from enforcer.operations.registry import operations
from enforcer.store.database import Store
from enforcer.terms import Stage
from tests.ui.course_hand import Hand, Moving, a_hand, an_office, at, carried, events
from tests.ui.register_desk import press, words
from tests.ui.spoil_hand import S, one_row, to_the_filing


@pytest.fixture
def moving() -> Moving:
    return Moving()


@pytest.fixture
def hand(qtbot: QtBot, store: Store, moving: Moving) -> Iterator[Hand]:
    an_office(store)
    yield a_hand(qtbot, store, moving)


@pytest.fixture
def half_way(qtbot: QtBot, store: Store, moving: Moving) -> Hand:
    """The scripted case when the investigation is done but for its report."""
    carried(store, "复查已改正")
    moving.now = at(9, 10, 18)
    made = a_hand(qtbot, store, moving)
    made.page.show_case(1)
    return made


def test_a_step_out_of_order_is_grey_with_its_sentence_and_article(half_way: Hand) -> None:
    half_way.view.show_stage("notice")
    assert half_way.view.form is None
    told = words(half_way.view.sheet)  # type: ignore[arg-type]
    assert "还没有办理“调查终结”，不能办理“事先告知”" in told
    assert "行政处罚法（2021）第四十四条" in told
    half_way.view.show_step(S.ANNOUNCED.value)
    assert half_way.view.form is None, "a grey step opens no form"


def test_a_day_before_the_step_it_rests_on_is_refused_at_its_field(
    half_way: Hand, store: Store
) -> None:
    half_way.open(S.SUMMONED)
    half_way.fill(person="李顺达", come_at="2026-9-14 9:00", place="本局询问室", on="2026-9-1")
    said = half_way.refused()
    assert "早于它所依据的“指派承办人员”" in said
    assert "第四十七条" in said
    assert half_way.form.fields["on"].editor.hasFocus()
    assert "summoned" not in events(store)
    half_way.fill(on="2026-9-10")
    half_way.take()
    assert events(store)[-1] == "summoned"


def test_the_wrong_role_is_refused_and_the_right_one_passes(half_way: Hand, store: Store) -> None:
    half_way.open(S.PERIOD_CHANGED)
    half_way.fill(
        first="2026-9-10",
        rule="《湖南省行政程序规定》第七十六条",
        reason="等待鉴定意见",
        by_id="周敏",
    )
    said = half_way.refused()
    assert "应当由负责人办理，周敏的岗位是执法人员" in said
    half_way.fill(by_id="马建国")
    half_way.take()
    assert events(store)[-1] == "period_changed"


def test_what_was_done_once_is_grey_with_its_day(half_way: Hand) -> None:
    half_way.view.show_stage("lead")
    told = words(half_way.view.sheet)  # type: ignore[arg-type]
    assert "“登记线索”已于 2026-09-07 办理，不能重复办理，也不能改写日期" in told


def test_another_window_has_gone_on_the_second_save_is_refused_and_keeps_its_text(
    half_way: Hand, store: Store
) -> None:
    half_way.open(S.SUMMONED)
    half_way.fill(person="李顺达", come_at="2026-9-14 9:00", place="本局询问室")
    other = operations()["ask_recusal"]
    form = other.form.model_validate(
        {"case_id": 1, "officer_id": 1, "reason": "与当事人有利害关系", "by_id": 1}
    )
    now = half_way.clock.now
    other.run(store, form, today=now.date(), now=now, actor="何志远")
    half_way.form.flush()
    drafts.drop_draft(store, "course.1.summon", actor="何志远", window="另一个")
    assert drafts.take_draft(store, "course.1.summon"), "another window drops its own draft only"
    drafts.drop_draft(store, "course.1.summon", actor="何志远", window=half_way.form._window)
    said = half_way.refused()
    assert "何志远 于 2026-09-10" in said
    assert "申请回避" in said
    assert half_way.form.fields["person"].read() == "李顺达"
    kept = drafts.take_draft(store, "course.1.summon")
    assert kept is not None
    assert kept["values"]["person"] == "李顺达", "what was typed is kept, whoever dropped it"
    half_way.form.reload_wanted.emit()
    assert half_way.form.offer.step.key is S.SUMMONED
    assert half_way.form.fields["person"].read() == "李顺达", "what was typed is still there"
    half_way.take()
    assert events(store)[-1] == "summoned"


def test_what_is_typed_comes_back_after_the_program_was_killed(
    qtbot: QtBot, half_way: Hand, store: Store, moving: Moving
) -> None:
    half_way.open(S.INQUIRY)
    half_way.fill(person="王师傅", content="问：为什么？答：", began_at="2026-9-10 16:00")
    half_way.form.binder.flush()
    kept = drafts.take_draft(store, "course.1.record_inquiry")
    assert kept is not None
    again = a_hand(qtbot, store, moving)
    again.page.show_case(1)
    again.open(S.INQUIRY)
    assert again.form.fields["content"].read() == "问：为什么？答："
    assert again.form.fields["began_at"].read() == at(9, 10, 16)
    assert "草稿，已经恢复" in again.form.draft_note.text
    again.form.start_again()
    assert again.form.fields["content"].read() == ""
    with store.reading() as session:
        assert session.get(Draft, "course.1.record_inquiry") is None


def test_sending_back_needs_words_and_then_the_case_is_put_forward_again(
    hand: Hand, store: Store
) -> None:
    to_the_filing(hand)
    hand.type_into("by_id", "刘一帆")
    hand.type_into("agrees", False)
    assert "不同意却没有写意见" in hand.refused()
    hand.type_into("words", "当事人住所没有核实")
    hand.take()
    assert hand.form.offer.step.key is S.PROPOSED
    assert "当事人住所没有核实" in hand.told
    hand.fill(grounds="已经核实住所，符合立案标准")
    hand.take()
    assert hand.form.offer.step.key is S.SIGNED
    with store.reading() as session:
        assert [one.round for one in session.exec(select(SignOff))] == [1, 1, 2]


def test_no_handler_is_offered_to_sign_his_own_case(hand: Hand) -> None:
    to_the_filing(hand)
    assert "等待审批：" in hand.told
    line = next(one for one in hand.told.splitlines() if one.startswith("等待审批："))
    assert "周敏" not in line
    hand.type_into("by_id", "周敏")
    assert "不能审批自己承办的案件" in hand.refused()


def test_a_clock_opens_its_arithmetic_with_enter(half_way: Hand) -> None:
    clocks = half_way.view.clocks
    at_line = next(i for i, one in enumerate(clocks.lines) if "作出处罚决定" in one.text())
    assert clocks.details[at_line].isHidden()
    clocks.lines[at_line].setFocus()
    press(half_way.qtbot, Qt.Key.Key_Return)
    said: Any = clocks.details[at_line]
    assert not said.isHidden()
    assert "第六十条" in said.text()


def test_a_filed_case_is_dismissed_by_the_head_with_its_reason(
    half_way: Hand, store: Store
) -> None:
    half_way.open(S.DISMISSED)
    half_way.fill(reason="违法主体认定有误，另案处理", by_id="马建国")
    half_way.take()
    assert one_row(store, Case).stage is Stage.CLOSED
    with store.reading() as session:
        last = session.exec(select(CaseEvent).order_by(col(CaseEvent.id).desc())).first()
    assert last is not None
    assert last.step == "dismissed"


def test_the_desk_on_the_spot_hands_what_was_typed_to_the_ordinary_procedure(hand: Hand) -> None:
    hand.page.begin()
    desk = hand.page.desk
    desk.binder.set_values(
        {"party_name": "李国强", "place": "武陵区桃林路118号", "act": "擅自占用道路约三十平方米"}
    )
    hand.page.turn_ordinary()
    assert hand.page.stack.currentWidget() is hand.view
    assert hand.form.fields["place"].read() == "武陵区桃林路118号"
    assert hand.form.fields["content"].read() == "擅自占用道路约三十平方米"
    hand.fill(source=LeadSource.PATROL)
    hand.take()
    hand.fill(findings="属实")
    hand.take()
    assert hand.form.offer.step.key is S.PROPOSED
    assert hand.form.fields["act"].read() == "擅自占用道路约三十平方米"
    assert hand.form.fields["party_name"].read() == "李国强"


def test_a_doubt_asks_its_reason_in_place_and_gives_way_to_it(
    qtbot: QtBot, store: Store, moving: Moving
) -> None:
    carried(store, "作出决定")
    moving.now = at(10, 20)
    hand = a_hand(qtbot, store, moving)
    hand.page.show_case(1)
    assert hand.form.offer.step.key is S.SERVED
    hand.fill(place="公司办公室", receiver=Receiver.REPRESENTATIVE, receiver_name="李顺达")
    assert "第六十一条" in hand.refused()
    row = hand.form.findings.row("service_late")
    assert row is not None
    row.reason.setFocus()
    press(qtbot, "法定代表人出差，十月二十日返回")
    hand.take()
    with store.reading() as session:
        last = session.exec(select(CaseEvent).order_by(col(CaseEvent.id).desc())).first()
    assert last is not None
    assert last.detail["reasons"] == {"service_late": "法定代表人出差，十月二十日返回"}
