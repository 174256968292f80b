"""The spoil case in the window, by keyboard, from the hotline to the closed file; and its refusals."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlmodel import col, select

from enforcer.course_terms import (
    Gains,
    LeadOutcome,
    LeadSource,
    Part,
    Receiver,
    ReviewOpinion,
    ServiceMethod,
)
from enforcer.models import Case, CaseEvent, Decision, Draft, Lead, Payment, SignOff
from enforcer.operations import drafts
from enforcer.operations.registry import operations
from enforcer.store.database import Store
from enforcer.terms import CaseStep, Discretion, IdKind, PartyKind, Stage
from tests.ui.course_hand import Hand, Moving, a_hand, an_office, at, carried, events
from tests.ui.register_desk import CTRL, press, words
from ui.cases.course.sheets import HistorySheet

S = CaseStep
SHIFT = Qt.KeyboardModifier.ShiftModifier
COMPANY = "云溪顺达渣土运输有限公司"


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


def one_row(store: Store, table: Any) -> Any:
    with store.reading() as session:
        return session.exec(select(table).order_by(col(table.id).desc())).first()


def answer_for_the_record(hand: Hand) -> None:
    """No paper came out here: closing lists each part of the record, and takes each reason."""
    said = hand.refused()
    for part in Part:
        assert f"“{part.label}”" in said
        row = hand.form.findings.row(f"closing_{part.value}")
        row.reason.setFocus()
        press(hand.qtbot, "纸质卷")


def to_the_filing(hand: Hand) -> None:
    """Ctrl+Shift+N, the hotline's lead, its check, the proposal."""
    hand.page.list.table.setFocus()
    press(hand.qtbot, (Qt.Key.Key_N, CTRL | SHIFT))
    assert hand.page.stack.currentWidget() is hand.view
    hand.fill(
        source=LeadSource.HOTLINE,
        source_number="12345-2026-090701",
        received_at="2026-9-7 8:40",
        reply_due_on="2026-9-14",
        informant="张女士",
        informant_phone="13807300000",
        place="云溪大道与滨河路交叉口",
        content="有渣土车沿路撒土，路面大片泥土，扬尘很大。",
    )
    hand.take()
    assert hand.form.offer.step.key is S.LEAD_CHECKED
    hand.turn_to(at(9, 7, 11))
    hand.fill(findings="现场一辆自卸货车未密闭，沿途遗撒渣土约两立方米，属实。")
    hand.take()
    assert hand.form.offer.step.key is S.PROPOSED
    hand.turn_to(at(9, 8, 9))
    hand.fill(
        item_key="运输散装、流体物料的车辆未采取密闭",
        act="自卸货车湘F12345运输渣土未采取密闭措施，沿途遗撒约两立方米",
        acted_at="2026-9-7 8:30",
        plate="湘F12345",
        party_kind=PartyKind.LEGAL_PERSON,
        party_name=COMPANY,
        id_kind=IdKind.CREDIT_CODE,
        party_id_number="91110108551385082Q",
        legal_representative="李顺达",
        position="总经理",
        party_address="云溪市工业园3号",
        party_phone="13973000000",
        grounds="涉嫌违反生态环境法典第二百四十一条第一款，符合立案标准",
        words="建议立案，由周敏、何志远承办",
        officer1_id="YX070012",
        officer2_id="YX070019",
    )
    hand.take()


def investigate(hand: Hand) -> None:
    """Records of the scene, order to correct; then the two signatures that file the case."""
    hand.open(S.INSPECTION)
    hand.fill(
        began_at="2026-9-7 9:20",
        ended_at="2026-9-7 10:00",
        person="王师傅",
        person_role="驾驶员",
        certificates_shown=True,
        content="自卸货车湘F12345车厢未加盖，二百米路面遗撒渣土约两立方米。",
    )
    assert hand.form.fields["on"].read() == date(2026, 9, 7), "the day follows the record"
    hand.take()
    hand.open(S.PHOTOS)
    hand.fill(
        taken_at="2026-9-7 9:25",
        content="车辆未密闭、路面遗撒情况",
        things=[("车辆全景", "1张"), ("路面遗撒", "2张")],
        person="王师傅",
    )
    hand.take()
    hand.open(S.CORRECTION_ORDERED)
    hand.fill(
        content="立即清除路面遗撒的渣土，车辆加装密闭装置后方可上路",
        on="2026-9-7",
        due_on="2026-9-10",
    )
    hand.take()
    hand.view.show_next()
    assert "刘一帆" in hand.told, "who may sign is named"
    hand.sign("刘一帆", "同意立案")
    hand.turn_to(at(9, 9))
    hand.sign("马建国", "同意立案，指定周敏、何志远为本案调查人员")


def test_the_spoil_case_goes_from_the_hotline_to_the_closed_file(hand: Hand, store: Store) -> None:
    to_the_filing(hand)
    case = one_row(store, Case)
    assert (case.party_name, case.plate_key, case.stage) == (COMPANY, "湘F12345", Stage.LEAD)
    investigate(hand)
    case = one_row(store, Case)
    assert (case.stage, case.filed_on) == (Stage.FILED, date(2026, 9, 9))
    assert "云城管立字" in case.number
    assert (case.officer1, case.officer2) == ("周敏", "何志远")

    hand.turn_to(at(9, 10, 11))
    hand.open(S.INQUIRY)
    hand.fill(
        began_at="2026-9-10 9:00",
        ended_at="2026-9-10 9:50",
        place="本局询问室",
        person="王师傅",
        person_role="驾驶员，受公司指派",
        certificates_shown=True,
        rights_told=True,
        content="问：车辆为什么没有密闭？答：赶时间，没有盖篷布。",
    )
    hand.take()
    hand.open(S.REINSPECTED)
    hand.fill(corrected=True, words="路面已清理干净，车辆已加装密闭盖板")
    hand.take()
    hand.open(S.LEAD_REPLIED)
    hand.fill(way="电话", reply="您反映的情况属实，已责令清理并立案调查。")
    hand.take()

    hand.turn_to(at(9, 15))
    hand.view.show_next()
    assert hand.form.offer.step.key is S.CONCLUDED
    assert "2000 元以上 20000 元以下" in hand.told, "the range of the law"
    assert "类案镜子" in hand.told
    hand.fill(
        facts="2026年9月7日8时30分，该公司自卸货车湘F12345在云溪大道运输渣土未采取密闭措施。",
        evidence="现场检查笔录1份，证明未密闭和遗撒；现场照片3张；询问笔录1份。",
        kinds=["fine"],
        gains=Gains.NONE,
        discretion_reason="遗撒约两立方米，未造成事故，属一般情节",
        public_interest=False,
        complicated=True,
        serious=False,
        major_rights=False,
        words="建议罚款6000元，妥否，请领导审批",
    )
    hand.fill(fine_yuan="6000")
    hand.take()

    hand.turn_to(at(9, 17))
    assert hand.form.offer.step.key is S.ANNOUNCED
    hand.fill(hearing_offered=True, reasons_given="未密闭运输致遗撒")
    hand.form.fields["defence_days"].widget.setFocus()
    press(hand.qtbot, "3")
    hand.take()
    assert hand.form.offer.step.key is S.SERVED
    assert hand.form.fields["of"].read() is S.ANNOUNCED
    hand.fill(
        method=ServiceMethod.DIRECT,
        place="公司办公室",
        receiver=Receiver.CLERK,
        receiver_name="陈文员",
        relation="行政文员，负责收件",
    )
    hand.take()
    hand.turn_to(at(9, 18))
    hand.view.show_next()
    assert hand.form.offer.step.key is S.DEFENDED
    assert "2026-09-22" in hand.told or "2026-09-21" in hand.told, "the clock is beside the form"
    hand.fill(
        speaker="李顺达",
        words="我公司当天即组织清扫，路面两小时内恢复，请求从轻。",
        evidence="清扫照片2张",
        in_writing=True,
    )
    hand.take()
    hand.turn_to(at(9, 21))
    assert hand.form.offer.step.key is S.DEFENCE_REVIEWED
    hand.fill(words="经核实，当事人当日清扫属实，予以采纳，建议罚款5000元。", adopted=True)
    hand.take()

    hand.turn_to(at(9, 22))
    hand.open(S.DECISION_PROPOSED)
    hand.fill(
        fine_yuan="5000",
        discretion=Discretion.LIGHTER,
        discretion_reason="主动清扫，减轻危害后果，采纳申辩，从轻",
        words="建议罚款5000元，妥否，请领导审批",
        ticks={"主动消除或者减轻了违法行为的危害后果": (True, "清扫照片2张、复查记录")},
    )
    hand.take()
    hand.open(S.SIGNED)
    hand.sign("刘一帆")
    hand.turn_to(at(9, 28))
    hand.open(S.LEGAL_REVIEWED)
    hand.fill(
        by_id="孙雅琴",
        opinion=ReviewOpinion.AGREED,
        words="同意适用生态环境法典第一千一百二十九条，少量遗洒不适用第一千一百六十九条",
    )
    hand.take()
    hand.view.show_next()
    hand.sign("孙雅琴")
    hand.sign("马建国", "同意")
    assert hand.form.offer.step.key is S.DECIDED
    hand.take()
    decision = one_row(store, Decision)
    assert (decision.fine_fen, decision.decided_on) == (500_000, date(2026, 9, 28))

    hand.turn_to(at(9, 30))
    assert hand.form.offer.step.key is S.SERVED
    assert hand.form.fields["of"].read() is S.DECIDED
    hand.fill(place="公司办公室", receiver=Receiver.REPRESENTATIVE, receiver_name="李顺达")
    hand.take()
    assert one_row(store, Decision).payment_due_on == date(2026, 10, 15)
    hand.turn_to(at(10, 12))
    assert hand.form.offer.step.key is S.PAID
    assert hand.form.fields["amount_yuan"].read() == 500_000
    hand.fill(receipt_number="NO0001")
    hand.take()
    assert one_row(store, Payment).amount_fen == 500_000
    hand.turn_to(at(10, 13))
    assert hand.form.offer.step.key is S.CLOSURE_PROPOSED
    answer_for_the_record(hand)
    hand.take()
    hand.sign("刘一帆")
    hand.turn_to(at(10, 14))
    hand.sign("马建国", "同意结案")

    case = one_row(store, Case)
    assert (case.stage, case.closed_on) == (Stage.CLOSED, date(2026, 10, 14))
    assert one_row(store, Lead).outcome is LeadOutcome.CASE
    done = events(store)
    assert done[0] == "proposed"
    assert done[-1] == "closed"
    assert done.count("signed") == 7
    with store.reading() as session:
        assert not session.exec(select(Draft)).all(), "no draft is left behind"
        assert len(session.exec(select(SignOff)).all()) == 10
    hand.view.show_history()
    assert isinstance(hand.view.sheet, HistorySheet)
    assert "主动清扫，减轻危害后果" in words(hand.view.sheet)


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
