"""今日 on what is shown to others and on what is kept: to publish, to take back, to check."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from enforcer.course_terms import RemedyKind, RemedyOutcome
from enforcer.evidence_terms import Keeping, MediaKind, RetentionClass
from enforcer.models import Decision, EvidenceCheck, EvidenceFile, Officer, Publication, Remedy
from enforcer.publication_terms import Audience
from enforcer.queries.due import DueRow, due
from enforcer.store.database import Store
from enforcer.terms import OfficerPost
from enforcer.terms import PenaltyKind as K
from tests.factories import an_office
from tests.queries.statistics_rows_made import a_case, a_decision

PUBLISH, WITHDRAW, CHECK = "公开处罚决定", "撤回已经公开的决定并说明理由", "核对全部证据文件"
AT = datetime(2026, 9, 1, 2, tzinfo=UTC)


@pytest.fixture
def office(store: Store) -> Store:
    an_office(store)
    with store.unit(actor="测试", operation="test") as session:
        session.add(Officer(name="马建国", post=OfficerPost.HEAD))
        session.flush()
        a_decision(session, date(2026, 9, 1), (K.FINE,), 20_000, case=a_case(session))
    return store


def settled(store: Store, **given: Any) -> None:
    values = {
        "decision_id": 1, "audience": Audience.PUBLIC, "wanted": True, "reason": "多次被投诉",
        "approver_id": 1, "approver": "马建国", "approved_on": date(2026, 9, 1),
        "settled_at": AT, "settled_by": "林晓",
    } | given  # fmt: skip
    with store.unit(actor="测试", operation="test") as session:
        session.add(Publication(**values))


def found(store: Store, today: date, what: str) -> DueRow | None:
    return next((one for one in due(store, today=today) if one.what == what), None)


@pytest.mark.parametrize(
    ("given", "today", "label"),
    [
        ({}, date(2026, 9, 9), "近日"),
        ({}, date(2026, 9, 10), "今日到期"),  # the seventh working day
        ({}, date(2026, 9, 11), "逾期"),
        ({"wanted": False}, date(2026, 9, 11), ""),
        ({"audience": Audience.PLATFORM}, date(2026, 9, 11), ""),
        ({"published_on": date(2026, 9, 8)}, date(2026, 9, 11), ""),
    ],
)
def test_what_is_to_be_published_is_due_in_seven_working_days(
    office: Store, given: dict[str, Any], today: date, label: str
) -> None:
    settled(office, **given)
    row = found(office, today, PUBLISH)
    assert (row.pressing.label if row else "") == label
    if row:
        assert (row.place, row.identity, row.due_on) == (
            "registers.publication", 1, date(2026, 9, 10),
        )  # fmt: skip
        assert "第十条" in row.cite
        assert row.why


def test_a_revoked_decision_is_taken_back_in_three_working_days(office: Store) -> None:
    settled(office, published_on=date(2026, 9, 8))
    assert found(office, date(2026, 9, 25), WITHDRAW) is None
    with office.unit(actor="测试", operation="test") as session:
        decision = session.get(Decision, 1)
        assert decision
        decision.revoked_on = date(2026, 9, 21)
        session.add(decision)
    row = found(office, date(2026, 9, 25), WITHDRAW)
    assert row
    assert (row.pressing.label, row.due_on) == ("逾期", date(2026, 9, 24))


@pytest.mark.parametrize(
    ("outcome", "due_on"),
    [(RemedyOutcome.CHANGED, date(2026, 9, 24)), (RemedyOutcome.UPHELD, None)],
)
def test_a_changed_decision_is_taken_back_too_an_upheld_one_stays(
    office: Store, outcome: RemedyOutcome, due_on: date | None
) -> None:
    settled(office, published_on=date(2026, 9, 8))
    with office.unit(actor="测试", operation="test") as session:
        decision = session.get(Decision, 1)
        assert decision
        session.add(
            Remedy(
                case_id=decision.case_id,
                kind=RemedyKind.RECONSIDERATION,
                body="市人民政府",
                on=date(2026, 9, 10),
                concluded_on=date(2026, 9, 21),
                outcome=outcome,
            )
        )
    row = found(office, date(2026, 9, 23), WITHDRAW)
    assert (row.due_on if row else None) == due_on


def test_the_files_are_checked_again_each_week(office: Store) -> None:
    today = date(2026, 9, 11)
    assert found(office, today, CHECK) is None  # nothing is kept
    with office.unit(actor="测试", operation="test") as session:
        session.add(a_file())
    row = found(office, today, CHECK)
    assert row
    assert "还没有核对过" in row.matter
    with office.unit(actor="测试", operation="test") as session:
        session.add(
            EvidenceCheck(
                began_at=AT,
                finished_at=datetime(2026, 9, 4, 2, tzinfo=UTC),
                checked=1,
                bytes=1,
                problems=0,
                actor="林晓",
            )
        )
    assert found(office, date(2026, 9, 10), CHECK) is None
    row = found(office, today, CHECK)
    assert row
    assert (row.pressing.label, row.place) == ("今日到期", "evidence.keeping")
    late = found(office, date(2026, 9, 12), CHECK)
    assert late
    assert late.pressing.label == "逾期"


def a_file() -> EvidenceFile:
    return EvidenceFile(
        original_name="a.mp4", keeping=Keeping.COPIED, size=1, sha256="0" * 64,
        media=MediaKind.VIDEO, retention=RetentionClass.ROUTINE, taken_at=AT, taken_by="周敏",
    )  # fmt: skip
