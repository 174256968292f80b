"""The spoil case in the window, by keyboard, from the hotline to the closed file."""

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.course_terms import (
    Gains,
    LeadOutcome,
    Part,
    Receiver,
    ReviewOpinion,
    ServiceMethod,
)
from enforcer.models import Case, Decision, Draft, Lead, Payment, SignOff
from enforcer.store.database import Store
from enforcer.terms import Discretion, Stage
from tests.ui.course_hand import Hand, Moving, a_hand, an_office, at, events
from tests.ui.register_desk import press, words
from tests.ui.spoil_hand import COMPANY, S, one_row, to_the_filing
from ui.cases.course.sheets import HistorySheet


@pytest.fixture
def moving() -> Moving:
    return Moving()


@pytest.fixture
def hand(qtbot: QtBot, store: Store, moving: Moving) -> Iterator[Hand]:
    an_office(store)
    yield a_hand(qtbot, store, moving)


def answer_for_the_record(hand: Hand) -> None:
    """No paper came out here: closing lists each part of the record, and takes each reason."""
    said = hand.refused()
    for part in Part:
        assert f"“{part.label}”" in said
        row = hand.form.findings.row(f"closing_{part.value}")
        row.reason.setFocus()
        press(hand.qtbot, "纸质卷")


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
    assert "　执行　" in hand.view.header.subtitle.text()
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
    assert "　已结案　" in hand.view.header.subtitle.text()
    hand.view.show_history()
    assert isinstance(hand.view.sheet, HistorySheet)
    assert "主动清扫，减轻危害后果" in words(hand.view.sheet)
