"""Deadlines kept, recorders at every action, leads by source: counted, and their rows opened."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from enforcer.course_terms import LeadOutcome, LeadSource
from enforcer.models import Case, Decision, Lead, Notice
from enforcer.queries import statistics, statistics_tables_work
from enforcer.queries.periods import quarter
from enforcer.queries.statistics_cells import Table
from enforcer.queries.statistics_rows import RowKind, behind_rows, rows_behind
from enforcer.queries.statistics_work import LABELS, work
from enforcer.store.database import Store
from enforcer.terms import Origin, Procedure
from enforcer.terms import PenaltyKind as K
from tests.factories import an_office
from tests.queries.statistics_rows_made import a_case, a_decision, a_notice

Q3 = quarter(2026, 3)


@pytest.fixture
def office(store: Store) -> Store:
    an_office(store)
    return store


def add(store: Store, *rows: Any) -> None:
    with store.unit(actor="测试", operation="test") as session:
        session.add_all(rows)


def an_ordinary_case(store: Store, filed_on: date, **given: Any) -> int:
    with store.unit(actor="测试", operation="test") as session:
        case = a_case(session)
        case.procedure, case.origin, case.filed_on = Procedure.ORDINARY, Origin.MADE_HERE, filed_on
        for name, value in given.items():
            setattr(case, name, value)
        session.add(case)
        session.flush()
        assert case.id
        return case.id


def counted(store: Store) -> dict[str, int]:
    return {key: len(ids) for key, ids in work(store, Q3).items()}


@pytest.mark.parametrize(
    ("filed_on", "decided_on", "state"),
    [
        (date(2026, 7, 1), date(2026, 9, 29), "kept"),  # the ninetieth day
        (date(2026, 7, 1), date(2026, 9, 30), "late"),
        (date(2026, 7, 1), None, "late"),  # its last day passed within the quarter
        (date(2026, 9, 1), None, "running"),
        (date(2026, 9, 1), date(2026, 11, 1), "kept"),
        (date(2026, 6, 30), date(2026, 7, 1), ""),  # began in another quarter
    ],
)
def test_a_decision_is_due_on_the_ninetieth_day(
    office: Store, filed_on: date, decided_on: date | None, state: str
) -> None:
    key = an_ordinary_case(office, filed_on)
    if decided_on:
        with office.unit(actor="测试", operation="test") as session:
            case = session.get(Case, key)
            a_decision(
                session, decided_on, (K.FINE,), 20_000, case=case, procedure=Procedure.ORDINARY
            )
    found = {k: n for k, n in counted(office).items() if k.startswith("deadlines.decision.")}
    assert found == ({f"deadlines.decision.{state}": 1} if state else {})
    if state:
        behind = rows_behind(office, f"deadlines.decision.{state}", Q3.first, Q3.last)
        assert (behind.kind, behind.ids, behind.total) == (RowKind.CASE, (key,), 1)


@pytest.mark.parametrize(
    ("served_on", "state"),
    [
        (date(2026, 8, 12), "kept"),  # the seventh working day from Monday 3 August
        (date(2026, 8, 13), "late"),
        (None, "late"),
    ],
)
def test_service_has_seven_working_days(office: Store, served_on: date | None, state: str) -> None:
    key = an_ordinary_case(office, date(2026, 7, 1))
    with office.unit(actor="测试", operation="test") as session:
        case = session.get(Case, key)
        decision = a_decision(
            session, date(2026, 8, 3), (K.FINE,), 20_000, case=case, procedure=Procedure.ORDINARY
        )
        decision.served_on = served_on
        session.add(decision)
    assert counted(office)[f"deadlines.decision_service.{state}"] == 1


def a_lead(at: int, source: LeadSource, **given: Any) -> Lead:
    return Lead(
        number=f"线索{at}", year=2026, serial=at, source=source, content="占道经营",
        received_at=datetime(2026, 8, 3, 2, tzinfo=UTC), received_on=date(2026, 8, 3), **given,
    )  # fmt: skip


def test_leads_are_told_by_source_with_their_replies(office: Store) -> None:
    due = date(2026, 8, 10)
    add(
        office,
        a_lead(1, LeadSource.HOTLINE, reply_due_on=due, replied_on=due, outcome=LeadOutcome.CASE),
        a_lead(2, LeadSource.HOTLINE, reply_due_on=due, replied_on=date(2026, 8, 11)),
        a_lead(3, LeadSource.FORUM, reply_due_on=date(2026, 10, 9)),
        a_lead(4, LeadSource.PATROL),
    )
    made = statistics_tables_work.leads(statistics.report(office, Q3))
    assert values(made) == [
        ["市长热线", 2, 2, 1, 1, 1],
        ["论坛", 1, 0, 0, 0, 0],
        ["巡查", 1, 0, 0, 0, 0],
        ["合计", 4, 2, 1, 1, 1],
    ]
    found = counted(office)
    assert found["deadlines.lead_reply.kept"] == 1
    assert found["deadlines.lead_reply.late"] == 1
    assert found["deadlines.lead_reply.running"] == 1
    late = made.rows[0][3]
    assert late.cut
    behind = rows_behind(office, late.cut, Q3.first, Q3.last)
    assert behind.kind is RowKind.LEAD
    assert len(behind.ids) == 1


def values(table: Table) -> list[list[object]]:
    return [[cell.value for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    ("recorders", "reason", "seen"),
    [
        ("0700001、0700002", "", "two"),
        ("0700001", "另一台送修", "reason"),
        ("0700001", "", "bare"),
        ("", "", "bare"),
    ],
)
def test_every_notice_names_two_recorders_or_why_not(
    office: Store, recorders: str, reason: str, seen: str
) -> None:
    with office.unit(actor="测试", operation="test") as session:
        a_notice(session, date(2026, 7, 3), "湘J8K216")
    with office.unit(actor="测试", operation="test") as session:
        row = Notice(
            **session.get(Notice, 1).model_dump(exclude={"id", "uid", "number", "serial"}),
            number="新1",
        )
        row.origin, row.recorders, row.recorder_reason = Origin.MADE_HERE, recorders, reason
        session.add(row)
    found = {k: n for k, n in counted(office).items() if k.startswith("recorders.")}
    assert found == {f"recorders.notice.{seen}": 1}  # the older ledger's row is not judged
    report = statistics.report(office, Q3)
    table = statistics_tables_work.recorders(report)
    assert [row[0] for row in values(table)] == ["温馨告知"]
    behind = rows_behind(office, f"recorders.notice.{seen}", Q3.first, Q3.last)
    assert [one.number for one in behind_rows(office, behind.kind, behind.ids)] == ["新1"]


def test_what_did_not_happen_makes_no_row(office: Store) -> None:
    report = statistics.report(office, Q3)
    for table in (
        statistics_tables_work.leads(report),
        statistics_tables_work.deadlines(report),
        statistics_tables_work.recorders(report),
    ):
        assert table.rows == ()


def test_every_figure_has_its_words_and_its_sort_of_rows(office: Store) -> None:
    for key, label in LABELS.items():
        assert "：" in label
        assert rows_behind(office, key, Q3.first, Q3.last).total == 0
    with office.reading() as session:
        assert session.get(Decision, 1) is None
