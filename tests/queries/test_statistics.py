"""The counting rules of the report, by examples worked out by hand."""

from datetime import UTC, date, datetime

import pytest

from enforcer import money
from enforcer.course_terms import LeadSource
from enforcer.models import Lead
from enforcer.queries import statistics, statistics_rows
from enforcer.store.database import Store
from enforcer.terms import (
    CaseStep,
    Discretion,
    GuidanceKind,
    NoPenaltyReason,
    NoticeOutcome,
    PaymentMode,
    Procedure,
)
from enforcer.terms import NoticeState as State
from enforcer.terms import PenaltyKind as K
from tests.conftest import NOW
from tests.queries.statistics_rows_made import (
    a_case,
    a_decision,
    a_notice,
    a_payment,
    an_education,
    an_event,
)

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
IN, BEFORE, AFTER = date(2026, 8, 15), date(2026, 6, 30), date(2026, 10, 1)


@pytest.fixture
def unit(store):
    with store.unit(actor="测试", operation="test") as session:
        yield session


def counted(session):
    session.flush()
    return statistics.figures(session, FIRST, LAST).as_json()


def test_an_empty_home_has_every_key_and_nothing_counted(store):
    found = statistics.figures(store, FIRST, LAST).as_json()
    assert found == {
        "period": {"from": "2026-07-01", "to": "2026-09-30"},
        "penalties": {
            "by_class": {
                "警告": 0,
                "通报批评": 0,
                "罚款": 0,
                "没收违法所得": 0,
                "没收非法财物": 0,
                "暂扣许可证件": 0,
                "降低资质等级": 0,
                "限制开展生产经营活动": 0,
                "责令停产停业": 0,
                "责令关闭": 0,
                "限制从业": 0,
                "吊销许可证件": 0,
                "行政拘留": 0,
                "其他": 0,
            },
            "total": 0,
            "amount_yuan": "0.00",
            "summary": 0,
            "ordinary": 0,
        },
        "leniency": {
            "no_penalty": {
                "minor": 0,
                "first_violation": 0,
                "no_fault": 0,
                "not_responsible": 0,
                "not_established": 0,
            },
            "mitigated": 0,
            "lighter": 0,
        },
        "guidance": {
            "notices": 0,
            "notices_void": 0,
            "vehicles": 0,
            "repeat_vehicles": 0,
            "moved_off": 0,
            "leaflets": 0,
            "by_kind": {
                "发放宣传单": 0,
                "说服教育": 0,
                "行政指导": 0,
                "预警提示": 0,
                "行政约谈": 0,
                "普法宣传": 0,
            },
        },
        "course": {
            "leads": 0,
            "filed": 0,
            "closed": 0,
            "hearings": 0,
            "reconsiderations": 0,
            "litigations": 0,
            "court_applications": 0,
            "transfers": 0,
        },
        "payment": {
            "decided_yuan": "0.00",
            "paid_yuan": "0.00",
            "additional_yuan": "0.00",
            "collected_on_spot_yuan": "0.00",
        },
    }


PUBLISHED = [
    # the examples the yearly reports give with their tables: kinds in one decision → its class
    ((K.WARNING,), "警告"),
    ((K.WARNING, K.FINE), "罚款"),
    ((K.CONFISCATE_GAINS, K.FINE), "没收违法所得"),
    ((K.CONFISCATE_PROPERTY, K.FINE, K.WARNING), "没收非法财物"),
    ((K.FINE, K.SUSPEND_LICENCE), "暂扣许可证件"),
    ((K.FINE, K.SUSPEND_BUSINESS), "责令停产停业"),
    ((K.REVOKE_LICENCE, K.FINE), "吊销许可证件"),
    ((K.OTHER, K.FINE), "罚款"),
    ((K.OTHER,), "其他"),
]


@pytest.mark.parametrize(("kinds", "counted_as"), PUBLISHED)
def test_several_kinds_in_one_decision_are_one_in_the_heaviest_class(unit, kinds, counted_as):
    a_decision(unit, IN, kinds, 10_000)
    found = counted(unit)["penalties"]
    assert {name: n for name, n in found["by_class"].items() if n} == {counted_as: 1}
    assert found["total"] == 1


def test_a_year_like_the_published_one_of_a_city_with_fines_alone(unit):
    """0 警告, 293 罚款 (two with a warning beside it), 合计 293, 11817.5 万元, as published."""
    for at in range(293):
        kinds = (K.WARNING, K.FINE) if at < 2 else (K.FINE,)
        a_decision(unit, IN, kinds, 137_500_000 if at == 292 else 40_000_000)
    found = counted(unit)["penalties"]
    assert found["by_class"]["警告"] == 0
    assert found["by_class"]["罚款"] == found["total"] == 293
    assert found["amount_yuan"] == "118175000.00"
    assert money.wan_yuan(money.parse_yuan(found["amount_yuan"])) == "11817.5"


def test_a_decision_belongs_to_the_period_of_its_day_both_ends_included(unit):
    for day in (BEFORE, FIRST, LAST, AFTER):
        a_decision(unit, day, fine=10_000)
    assert counted(unit)["penalties"]["total"] == 2


def test_no_penalty_is_never_a_penalty_and_is_told_by_its_reason(unit):
    for reason in NoPenaltyReason:
        a_decision(unit, IN, (), discretion=Discretion.NO_PENALTY, no_penalty_reason=reason)
    a_decision(
        unit,
        IN,
        (),
        discretion=Discretion.NO_PENALTY,
        no_penalty_reason=NoPenaltyReason.FIRST_VIOLATION,
    )
    found = counted(unit)
    assert found["penalties"]["total"] == 0
    assert found["penalties"]["summary"] == 0
    assert found["leniency"]["no_penalty"] == {
        "minor": 1,
        "first_violation": 2,
        "no_fault": 1,
        "not_responsible": 1,
        "not_established": 1,
    }


def test_no_penalty_without_a_reason_is_shown_apart_and_not_lost(unit):
    a_decision(unit, IN, (), discretion=Discretion.NO_PENALTY)
    unit.flush()
    found = statistics.figures(unit, FIRST, LAST)
    assert found["leniency.no_penalty.unstated"] == found["leniency.no_penalty.all"] == 1


def test_mitigated_and_lighter_are_penalties_and_counted_beside(unit):
    a_decision(unit, IN, fine=10_000, discretion=Discretion.MITIGATED)
    a_decision(unit, IN, fine=10_000, discretion=Discretion.LIGHTER)
    a_decision(unit, IN, fine=10_000, discretion=Discretion.HEAVIER)
    found = counted(unit)
    assert found["penalties"]["total"] == 3
    assert (found["leniency"]["mitigated"], found["leniency"]["lighter"]) == (1, 1)


def test_the_amount_is_that_of_the_decision_fine_and_confiscation(unit):
    decision = a_decision(unit, IN, (K.FINE, K.CONFISCATE_GAINS), 123_456, confiscated_fen=10_001)
    a_payment(unit, decision, IN, 50_000)
    found = counted(unit)
    assert found["penalties"]["amount_yuan"] == "1334.57"
    assert found["payment"]["decided_yuan"] == "1334.57"
    assert found["payment"]["paid_yuan"] == "500.00"


def test_a_revoked_decision_stays_counted_and_is_shown_as_revoked(unit):
    a_decision(unit, IN, fine=10_000, revoked_on=date(2026, 9, 20))
    a_decision(unit, IN, fine=10_000)
    unit.flush()
    found = statistics.figures(unit, FIRST, LAST)
    assert found["penalties.total"] == 2
    assert found["penalties.amount"] == 20_000
    assert found["penalties.revoked"] == 1


def test_summary_and_ordinary_procedures_both_count(unit):
    a_decision(unit, IN, fine=10_000)
    a_decision(unit, IN, fine=10_000)
    a_decision(unit, IN, fine=500_000, procedure=Procedure.ORDINARY)
    found = counted(unit)["penalties"]
    assert (found["summary"], found["ordinary"], found["total"]) == (2, 1, 3)


def test_payments_go_by_the_day_of_payment(unit):
    decision = a_decision(unit, BEFORE, fine=100_000)
    a_payment(unit, decision, BEFORE, 10_000)
    a_payment(unit, decision, IN, 20_000, additional_fen=600)
    a_payment(unit, decision, IN, 5_000, mode=PaymentMode.ON_SPOT_SMALL)
    a_payment(unit, decision, IN, 6_000, mode=PaymentMode.ON_SPOT_HARD)
    a_payment(unit, decision, IN, 7_000, mode=PaymentMode.ON_SPOT_REMOTE)
    a_payment(unit, decision, AFTER, 10_000)
    assert counted(unit)["payment"] == {
        "decided_yuan": "0.00",
        "paid_yuan": "380.00",
        "additional_yuan": "6.00",
        "collected_on_spot_yuan": "180.00",
    }


def test_filing_closing_and_steps_go_by_their_own_day(unit):
    ordinary = a_case(unit, procedure=Procedure.ORDINARY, filed_on=BEFORE, closed_on=IN)
    a_case(unit, procedure=Procedure.ORDINARY, filed_on=IN)
    a_case(unit, procedure=Procedure.ORDINARY, filed_on=IN, closed_on=AFTER)
    a_decision(unit, AFTER, case=ordinary, fine=10_000)
    an_event(unit, ordinary, CaseStep.HEARING.value, IN)
    an_event(unit, ordinary, CaseStep.HEARING.value, AFTER)
    an_event(unit, ordinary, CaseStep.RECONSIDERATION.value, IN)
    an_event(unit, ordinary, CaseStep.LITIGATION.value, IN)
    an_event(unit, ordinary, CaseStep.COURT_APPLICATION.value, IN)
    an_event(unit, ordinary, CaseStep.TRANSFER.value, IN)
    an_event(unit, ordinary, "inquiry", IN)
    found = counted(unit)
    assert found["course"] == {
        "leads": 0,
        "filed": 2,
        "closed": 1,
        "hearings": 1,
        "reconsiderations": 1,
        "litigations": 1,
        "court_applications": 1,
        "transfers": 1,
    }
    assert found["penalties"]["total"] == 0


def test_open_at_the_beginning_plus_filed_less_closed_is_open_at_the_end(unit):
    for filed, closed in (
        (BEFORE, None), (BEFORE, IN), (BEFORE, BEFORE), (BEFORE, FIRST), (IN, IN), (IN, LAST),
        (IN, AFTER), (LAST, None), (AFTER, None), (BEFORE, AFTER),
    ):  # fmt: skip
        a_case(unit, procedure=Procedure.ORDINARY, filed_on=filed, closed_on=closed)
    unit.flush()
    found = statistics.figures(unit, FIRST, LAST)
    assert found["course.opening"] == 4
    assert found["course.ending"] == 4
    filed, closed = found["course.filed_ordinary"], found["course.closed_ordinary"]
    assert found["course.opening"] + filed - closed == found["course.ending"]


NOTICES = [
    # what is given → notices, void, vehicles, repeated
    ([("A", IN)], (1, 0, 1, 0)),
    ([("A", IN), ("A", IN)], (2, 0, 1, 1)),
    ([("A", BEFORE), ("A", IN)], (1, 0, 1, 1)),
    ([("A", BEFORE)], (0, 0, 0, 0)),
    ([("A", IN), ("A", AFTER)], (1, 0, 1, 0)),
    ([("A", BEFORE, State.VOID), ("A", IN)], (1, 0, 1, 0)),
    ([("A", IN, State.VOID), ("A", IN)], (1, 1, 1, 0)),
    ([("A", IN, State.VOID)], (0, 1, 0, 0)),
    ([("", IN), ("", IN)], (2, 0, 0, 0)),
    ([("A", IN), ("B", IN), ("A", LAST)], (3, 0, 2, 1)),
    ([("A", IN), ("A", None, State.BLANK)], (1, 0, 1, 0)),
]


@pytest.mark.parametrize(("given", "wanted"), NOTICES)
def test_notices_vehicles_and_repeated_vehicles(unit, given, wanted):
    for plate, day, *state in given:
        a_notice(unit, day, plate, state=state[0] if state else State.ISSUED)
    found = counted(unit)["guidance"]
    keys = ("notices", "notices_void", "vehicles", "repeat_vehicles")
    assert tuple(found[one] for one in keys) == wanted


@pytest.mark.parametrize(
    ("voided_at", "void"),
    [
        (datetime(2026, 6, 30, 15, 59, tzinfo=UTC), 0),  # 23:59 in China, the day before
        (datetime(2026, 6, 30, 16, 0, tzinfo=UTC), 1),
        (datetime(2026, 9, 30, 15, 59, tzinfo=UTC), 1),
        (datetime(2026, 9, 30, 16, 0, tzinfo=UTC), 0),
    ],
)
def test_a_spoiled_blank_counts_as_void_on_the_day_it_was_voided(unit, voided_at, void):
    a_notice(unit, None, "", state=State.VOID, voided_at=voided_at)
    assert counted(unit)["guidance"]["notices_void"] == void


def test_moved_off_counts_issued_notices_with_that_outcome(unit):
    a_notice(unit, IN, "A", outcome=NoticeOutcome.MOVED_OFF)
    a_notice(unit, IN, "B", outcome=NoticeOutcome.NOT_MOVED)
    a_notice(unit, IN, "C", outcome=NoticeOutcome.TO_PENALTY)
    a_notice(unit, IN, "D")
    a_notice(unit, IN, "E", outcome=NoticeOutcome.MOVED_OFF, state=State.VOID)
    assert counted(unit)["guidance"]["moved_off"] == 1


def test_leaflets_and_kinds_are_sums_of_the_quantity(unit):
    an_education(unit, IN, GuidanceKind.LEAFLET, 100)
    an_education(unit, IN, GuidanceKind.LEAFLET, 50)
    an_education(unit, BEFORE, GuidanceKind.LEAFLET, 7)
    an_education(unit, IN, GuidanceKind.PERSUASION, 3)
    unit.flush()
    found = statistics.figures(unit, FIRST, LAST)
    guidance = found.as_json()["guidance"]
    assert guidance["leaflets"] == guidance["by_kind"]["发放宣传单"] == 150
    assert guidance["by_kind"]["说服教育"] == 3
    assert found["guidance.acts.leaflet"] == 2


def test_education_and_notices_are_never_penalties(unit):
    a_notice(unit, IN)
    an_education(unit, IN)
    assert counted(unit)["penalties"]["total"] == 0


def test_leads_are_counted_by_the_day_they_came_in(store: Store) -> None:
    with store.unit(actor="测试") as session:
        session.add(
            Lead(
                number="线索〔2026〕1号",
                year=2026,
                serial=1,
                source=next(iter(LeadSource)),
                received_at=NOW,
                received_on=NOW.date(),
                content="路面遗撒渣土",
            )
        )
    for first, last, count in (
        (date(2026, 7, 1), date(2026, 9, 30), 1),
        (date(2026, 4, 1), date(2026, 6, 30), 0),
    ):
        assert statistics.figures(store, first, last).as_json()["course"]["leads"] == count
        assert statistics_rows.rows_behind(store, "course.leads", first, last).total == count
