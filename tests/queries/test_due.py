"""今日: what is late, due today, due soon, or to be filled in."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from enforcer.models import Case, Certificate, Notice, Officer
from enforcer.operations.payments import HandInForm, PaymentForm, hand_in_money, register_payment
from enforcer.operations.summary import (
    CloseForm,
    ReportForm,
    RevokeForm,
    close_case,
    report_for_record,
    revoke_decision,
)
from enforcer.queries.due import DueRow, Pressing, due
from enforcer.terms import NoticeOutcome, NoticeState, Origin, Procedure, Stage
from tests.factories import an_office
from tests.operations.summary_desk import NOW, a_form, decide
from tests.queries.statistics_rows_made import a_case, a_decision, a_notice

TODAY = NOW.date()
EXPIRED = "执法证已过期，不能执法"
ACT = {"now": NOW, "actor": "周敏"}


@pytest.fixture
def office(store):
    """Two officers with certificates to 2028 and, for a quiet desk, nobody whose has expired."""
    made = an_office(store, items=("pavement_parking", "road_occupation"))
    with store.unit(actor="测试", operation="test") as session:
        session.get(Officer, made.officers[2]).active = False
    return made


def rows(store, today=TODAY, **more) -> dict[str, DueRow]:
    return {one.what: one for one in due(store, today=today, **more)}


def pressing(store, what, today) -> str:
    found = rows(store, today)
    return found[what].pressing.label if what in found else ""


def test_a_quiet_office_has_nothing_due(store, office):
    assert due(store, today=TODAY) == ()


def test_an_empty_home_has_nothing_due(store):
    assert due(store, today=TODAY) == ()


PAYMENT = [
    # decided on Thursday 3 September; 15 days end on Friday the 18th
    (date(2026, 9, 10), ""),
    (date(2026, 9, 11), "近日"),
    (date(2026, 9, 17), "近日"),
    (date(2026, 9, 18), "今日到期"),
    (date(2026, 9, 19), "逾期"),
]


@pytest.mark.parametrize(("today", "label"), PAYMENT)
def test_due_today_is_not_overdue(store, office, today, label):
    decide(store, a_form(office))
    assert pressing(store, "缴纳罚款 200.00 元", today) == label


def test_a_payment_row_tells_whom_it_waits_for_its_article_and_its_arithmetic(store, office):
    made = decide(store, a_form(office))
    row = rows(store, date(2026, 9, 21))["缴纳罚款 200.00 元"]
    assert row.matter == f"{made.number}　李国强"
    assert row.waits_for == "等当事人缴款"
    assert (row.due_on, row.days_left) == (date(2026, 9, 18), -3)
    assert "第六十七条" in row.cite
    assert "第 15 日为 2026-09-18（周五）" in "".join(row.why)
    assert "逾期 3 日，可以加处罚款 18.00 元" in row.why[-1]
    assert (row.kind, row.identity) == ("case", made.case_id)


def test_a_part_payment_leaves_the_rest_and_a_full_one_ends_it(store, office):
    made = decide(store, a_form(office))
    form = PaymentForm(case_id=made.case_id, paid_on=TODAY, amount_yuan="150")
    register_payment(store, form, today=TODAY, **ACT)
    later = date(2026, 9, 18)
    assert pressing(store, "缴纳罚款 50.00 元", later) == "今日到期"
    form = PaymentForm(case_id=made.case_id, paid_on=TODAY)
    register_payment(store, form, today=TODAY, **ACT)
    assert not [one for one in rows(store, later) if one.startswith("缴纳罚款")]


COLLECTED = [
    # collected on Thursday 3 September: to the organ within two working days, Monday the 7th
    (date(2026, 9, 3), "近日"),
    (date(2026, 9, 7), "今日到期"),
    (date(2026, 9, 8), "逾期"),
]


@pytest.mark.parametrize(("today", "label"), COLLECTED)
def test_money_collected_on_the_spot_goes_to_the_organ_in_two_working_days(
    store, office, today, label
):
    on_the_spot(store, office)
    assert pressing(store, "罚款交至行政机关 100.00 元", today) == label


def on_the_spot(store, office):
    form = a_form(office, fine_yuan="100", payment="on_spot_small", receipt_number="湘财00012345")
    return decide(store, form)


def test_then_to_the_bank_in_two_more_and_then_it_is_done(store, office):
    from enforcer.queries.case_page import page

    made = on_the_spot(store, office)
    found = page(store, made.case_id, today=TODAY)
    assert found
    payment = found.payments[0].id
    hand_in_money(
        store, HandInForm(payment_id=payment, to_organ_on=date(2026, 9, 7)),
        today=date(2026, 9, 7), **ACT,
    )  # fmt: skip
    later = rows(store, date(2026, 9, 9))
    assert "罚款交至行政机关 100.00 元" not in later
    assert later["罚款缴付银行 100.00 元"].pressing is Pressing.TODAY
    assert "第七十一条" in later["罚款缴付银行 100.00 元"].cite
    hand_in_money(
        store, HandInForm(payment_id=payment, to_bank_on=date(2026, 9, 9)),
        today=date(2026, 9, 9), **ACT,
    )  # fmt: skip
    assert not [one for one in rows(store, date(2026, 9, 20)) if one.startswith("罚款")]


def test_collected_money_is_still_due_when_the_decision_is_revoked(store, office):
    made = on_the_spot(store, office)
    revoke_decision(
        store, RevokeForm(case_id=made.case_id, reason="事实认定错误"), today=TODAY, **ACT
    )
    assert list(rows(store, date(2026, 9, 8))) == ["罚款交至行政机关 100.00 元"]


REPORT = [(date(2026, 9, 3), "近日"), (date(2026, 9, 7), "今日到期"), (date(2026, 9, 8), "逾期")]


@pytest.mark.parametrize(("today", "label"), REPORT)
def test_the_record_is_due_after_the_offices_own_number_of_days(store, office, today, label):
    decide(store, a_form(office))
    assert pressing(store, "报本机关备案", today) == label


def test_where_the_office_has_settled_no_days_the_record_is_to_be_filled_in(store, office):
    from enforcer.models import Organ

    with store.unit(actor="测试", operation="test") as session:
        session.get(Organ, office.organ).report_days = None
    decide(store, a_form(office))
    row = rows(store)["报本机关备案（天数待机关确认）"]
    assert row.pressing is Pressing.OPEN
    assert row.due_on is None
    assert "第五十二条" in row.cite


def test_what_is_paid_and_reported_can_be_closed_and_then_disappears(store, office):
    made = decide(store, a_form(office))
    register_payment(store, PaymentForm(case_id=made.case_id, paid_on=TODAY), today=TODAY, **ACT)
    report_for_record(
        store, ReportForm(case_id=made.case_id, reported_on=TODAY), today=TODAY, **ACT
    )
    assert pressing(store, "可以结案", TODAY) == "待补"
    close_case(store, CloseForm(case_id=made.case_id, closed_on=TODAY), today=TODAY, **ACT)
    assert due(store, today=date(2026, 12, 1) - timedelta(1)) == ()


def test_a_ledger_of_the_past_asks_for_nothing(store, office):
    with store.unit(actor="测试", operation="test") as session:
        a_decision(session, date(2025, 3, 1), fine=20_000)
    assert due(store, today=TODAY) == ()


FILED = [
    # filed on 5 June: the 90th day is 3 September
    (date(2026, 8, 3), ""),
    (date(2026, 8, 4), "近日"),
    (date(2026, 9, 3), "今日到期"),
    (date(2026, 9, 4), "逾期"),
]


@pytest.mark.parametrize(("today", "label"), FILED)
def test_an_ordinary_case_is_decided_within_90_days_of_filing(store, office, today, label):
    with store.unit(actor="测试", operation="test") as session:
        case = _filed(session, date(2026, 6, 5))
        number = case.number
    assert pressing(store, "作出处罚决定", today) == label
    if label:
        row = rows(store, today)["作出处罚决定"]
        assert number in row.matter
        assert "第六十条" in row.cite


def _filed(session, filed_on) -> Case:
    return a_case(session, procedure=Procedure.ORDINARY, stage=Stage.FILED, filed_on=filed_on)


def test_a_case_without_its_day_of_filing_is_to_be_filled_in(store, office):
    with store.unit(actor="测试", operation="test") as session:
        _filed(session, None)
    assert pressing(store, "补登立案日期", TODAY) == "待补"


CERTIFICATE = [
    (date(2026, 7, 4), "", "换领执法证"),
    (date(2026, 7, 5), "近日", "换领执法证"),
    (date(2026, 9, 2), "近日", "换领执法证"),
    (date(2026, 9, 3), "今日到期", "换领执法证"),
    (date(2026, 9, 4), "逾期", EXPIRED),
]


@pytest.mark.parametrize(("today", "label", "what"), CERTIFICATE)
def test_a_certificate_is_valid_on_its_last_day(store, office, today, label, what):
    with store.unit(actor="测试", operation="test") as session:
        from sqlmodel import select

        held = session.exec(
            select(Certificate).where(Certificate.officer_id == office.officers[0])
        ).one()
        held.valid_until = date(2026, 9, 3)
    assert pressing(store, what, today) == label
    if label:
        row = rows(store, today)[what]
        assert row.matter == "周敏　J0700012"
        assert "第四十二条" in row.cite
        assert (row.place, row.identity) == ("registers.officers", office.officers[0])


def test_only_the_last_certificate_of_whoever_is_in_office_counts(store, office):
    with store.unit(actor="测试", operation="test") as session:
        early, late = date(2026, 1, 1), date(2027, 1, 1)
        for at, (officer, until) in enumerate(
            [(office.officers[0], early), (office.officers[1], early), (office.officers[1], late)]
        ):
            session.add(Certificate(officer_id=officer, number=f"J07009{at}", valid_until=until))
    assert due(store, today=TODAY) == ()
    with store.unit(actor="测试", operation="test") as session:
        session.get(Officer, office.officers[2]).active = True
    row = rows(store)[EXPIRED]
    assert row.identity == office.officers[2]


LOADED_LATER = (
    "sqlalchemy",
    "sqlmodel",
    "pydantic",
    "enforcer.models.case",
    "enforcer.models.decision",
    "enforcer.law.summary_facts",
    "enforcer.law.lifecycle_facts",
    "enforcer.law.course_people",
    "enforcer.queries.due_course",
    "enforcer.operations",
)


def test_the_first_question_of_the_day_loads_little(store):
    asked = f"""
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from enforcer.store.database import open_store
from enforcer.queries.due import due
due(open_store(Path({str(store.home)!r}), clock=lambda: datetime.now(UTC)), today=date(2026, 9, 3))
print([one for one in {LOADED_LATER} if one in sys.modules])
"""
    root = Path(__file__).parents[2]
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=root, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_blanks_not_returned_are_listed_by_officer(store, office):
    with store.unit(actor="测试", operation="test") as session:
        for serial in (1, 2, 3):
            session.add(
                Notice(
                    number=f"常城管温告字〔2026〕第0000{serial}号",
                    serial=serial,
                    state=NoticeState.BLANK if serial < 3 else NoticeState.VOID,
                    origin=Origin.MADE_HERE,
                    blank_holder_id=office.officers[0],
                    blank_given_on=TODAY - timedelta(days=12),
                )
            )
    row = rows(store)["空白号 2 个没有交回"]
    assert row.pressing is Pressing.OPEN
    assert row.matter == ("周敏　常城管温告字〔2026〕第00001号 至 常城管温告字〔2026〕第00002号")
    assert "已 12 日" in row.why[0]


def test_notices_without_an_outcome_are_counted_from_yesterday_back(store, office):
    with store.unit(actor="测试", operation="test") as session:
        for day, more in (
            (TODAY, {}),
            (TODAY - timedelta(1), {}),
            (TODAY - timedelta(30), {}),
            (TODAY - timedelta(31), {}),
            (TODAY - timedelta(2), {"outcome": NoticeOutcome.MOVED_OFF}),
            (TODAY - timedelta(2), {"state": NoticeState.VOID}),
            (TODAY - timedelta(2), {"origin": Origin.BACKFILLED}),
        ):
            a_notice(session, day, **({"origin": Origin.MADE_HERE} | more))
    row = rows(store)["2 份告知书没有登记处置结果"]
    assert row.matter == "最早 2026-08-04"
    assert row.pressing is Pressing.OPEN


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (date(2026, 11, 30), []),
        (date(2026, 12, 1), ["载入 2027 年的放假通知"]),
        (date(2027, 1, 4), ["载入 2027 年的放假通知"]),
    ],
)
def test_a_missing_holiday_notice_is_asked_for_in_time(store, office, today, wanted):
    assert list(rows(store, today)) == wanted


def test_the_most_pressing_comes_first_and_then_the_earlier_day(store, office):
    with store.unit(actor="测试", operation="test") as session:
        for filed in (date(2026, 6, 8), date(2026, 5, 1), date(2026, 6, 5), date(2026, 4, 1), None):
            _filed(session, filed)
    found = due(store, today=TODAY)
    assert [one.pressing.label for one in found] == ["逾期", "逾期", "今日到期", "近日", "待补"]
    assert found[0].due_on < found[1].due_on
    assert len({one.key for one in found}) == len(found)
