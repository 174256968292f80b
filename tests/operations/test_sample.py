"""The sample's ordinary cases were carried out, not written: a newcomer opens them on the case page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from enforcer.course_terms import LeadOutcome, LeadSource, SignOffMatter
from enforcer.evidence_terms import AfterDecision, MediaKind
from enforcer.models import (
    ActionRecorders,
    Case,
    EvidenceFile,
    EvidenceItem,
    EvidenceUse,
    Lead,
)
from enforcer.operations.evidence import CheckEvidenceForm, check_evidence
from enforcer.operations.first_start import set_up_sample
from enforcer.operations.sample_courses import OPEN_FROM
from enforcer.operations.verification import verify
from enforcer.queries import course_page, leads
from enforcer.queries.course_page import CoursePage
from enforcer.queries.course_papers_offers import State, papers
from enforcer.queries.due import due
from enforcer.queries.leads import LeadStanding
from enforcer.store.database import Store, open_store
from enforcer.terms import CaseStep, Origin, Procedure, Stage

CHINA = ZoneInfo("Asia/Shanghai")
DAYS = (date(2026, 11, 23), date(2026, 10, 3), date(2027, 2, 14))


@pytest.fixture(params=DAYS, ids=str, scope="module")
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, datetime]]:
    """A sample made on that day, a holiday and a year whose notice is not loaded among them."""
    now = datetime.combine(request.param, datetime.min.time(), CHINA) + timedelta(hours=10)
    home = tmp_path_factory.mktemp("sample") / "home"
    set_up_sample(home, clock=lambda: now, actor="测试", recordings=True)
    store = open_store(home, clock=lambda: now)
    yield store, datetime.combine(max(request.param, OPEN_FROM), now.timetz())
    store.close()


def pages(store: Store, now: datetime) -> tuple[CoursePage, CoursePage]:
    """The closed case and the open one."""
    with store.reading() as session:
        asked = select(Case).where(Case.procedure == Procedure.ORDINARY).order_by(col(Case.id))
        closed, opened = session.exec(asked).all()
        assert closed.stage is Stage.CLOSED
        assert opened.stage is Stage.FILED
        assert {closed.origin, opened.origin} == {Origin.MADE_HERE}
        found = [course_page.page(session, one.id or 0, now=now) for one in (closed, opened)]
    first, second = found
    assert first is not None
    assert second is not None
    return first, second


def test_a_newcomer_finds_one_case_closed_and_one_waiting(made: tuple[Store, datetime]) -> None:
    store, now = made
    closed, opened = pages(store, now)
    done = {one.step for one in closed.entries}
    assert {CaseStep.HEARING, CaseStep.DECIDED, CaseStep.PAID, CaseStep.CLOSED} <= done
    signed = {one.matter for one in closed.facts.sign_offs}
    assert signed == {SignOffMatter.FILING, SignOffMatter.DECISION, SignOffMatter.CLOSURE}
    with store.reading() as session:
        offered = papers(session, closed.case_id or 0, now=now)
    left = {one.key for one in offered if one.state in (State.READY, State.MISSING)}
    assert left <= {"dossier_cover", "dossier_contents", "dossier_note"}, "only the file is to bind"
    assert sum(one.state is State.MADE for one in offered) >= 16
    assert opened.asked.step is CaseStep.DEFENCE_REVIEWED
    assert opened.offer(CaseStep.DEFENCE_REVIEWED).allowed
    assert "行政处罚（听证）事先告知书" in [one.title for one in opened.papers]
    assert verify(store, actor="测试").problems == ()


def test_the_open_case_runs_on_the_days_of_today(made: tuple[Store, datetime]) -> None:
    store, now = made
    _, opened = pages(store, now)
    running = [one for one in opened.clocks if one.done_on is None and one.tracked and one.due]
    assert running
    today = now.date()
    assert all(today <= one.due.due_on <= today + timedelta(days=90) for one in running if one.due)
    days = [one.on for one in opened.entries]
    assert max(days) <= today
    assert today - min(days) <= timedelta(days=45)
    with store.reading() as session:
        waiting = [one for one in due(session, today=today) if one.kind == "case"]
    assert opened.case_id in [one.identity for one in waiting]


def test_the_case_came_from_the_hotline_which_was_answered_in_time(
    made: tuple[Store, datetime],
) -> None:
    store, _ = made
    with store.reading() as session:
        became = Lead.outcome == LeadOutcome.CASE
        found = session.exec(select(Lead).where(became).order_by(col(Lead.id))).all()
    assert [one.source for one in found] == [LeadSource.COMPLAINT, LeadSource.HOTLINE]
    for one in found:
        assert one.replied_on is not None
        assert one.reply_due_on is not None
        assert one.replied_on <= one.reply_due_on


def test_leads_of_these_weeks_stand_in_every_state(made: tuple[Store, datetime]) -> None:
    store, now = made
    with store.reading() as session:
        known = session.exec(select(Lead.id).order_by(col(Lead.id))).all()
        rows = leads.lead_rows(session, [one or 0 for one in known], today=now.date())
    assert Counter(one.standing for one in rows) == {
        LeadStanding.DONE: 4,
        LeadStanding.DUE: 1,
        LeadStanding.TO_CHECK: 2,
    }
    assert Counter(one.outcome for one in rows) == {
        LeadOutcome.CASE: 2,
        LeadOutcome.PERSUADED: 1,
        LeadOutcome.REFUSED: 1,
        None: 3,
    }


def test_two_recorders_saw_each_inspection_and_the_clips_prove_something(
    made: tuple[Store, datetime],
) -> None:
    store, now = made
    with store.reading() as session:
        files = session.exec(select(EvidenceFile).order_by(col(EvidenceFile.id))).all()
        items = session.exec(select(EvidenceItem)).all()
        named = session.exec(select(ActionRecorders)).all()
    videos = [one for one in files if one.media is MediaKind.VIDEO]
    assert Counter(one.recorder for one in videos) == {"0700001": 2, "0700002": 2}
    assert [tuple(one.recorders or ()) for one in named] == [("0700001", "0700002")] * 2
    assert len(files) - len(videos) == 5
    assert len({one.sha256 for one in files}) == len(files)
    assert [one.remarks for one in files if one.remarks] == []
    assert all(one.proves and one.after_decision is AfterDecision.NO for one in items)
    assert sum(one.in_ms is not None for one in items) == 4
    outcome = check_evidence(store, CheckEvidenceForm(), today=now.date(), now=now, actor="测试")
    assert (outcome.checked, outcome.problems) == (len(files), ())
    loose = [one for one in files if one.id not in set(_used(store))]
    assert [one.media for one in loose] == [MediaKind.PHOTO]


def _used(store: Store) -> list[int]:
    with store.reading() as session:
        return [one.evidence_file_id for one in session.exec(select(EvidenceUse)).all()]
