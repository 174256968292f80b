"""The sample's ordinary cases were carried out, not written: a newcomer opens them on the case page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from enforcer.course_terms import LeadOutcome, LeadSource, SignOffMatter
from enforcer.models import Case, Lead
from enforcer.operations.first_start import set_up_sample
from enforcer.operations.sample_courses import OPEN_FROM
from enforcer.operations.verification import verify
from enforcer.queries import course_page
from enforcer.queries.course_page import CoursePage
from enforcer.queries.course_papers_offers import State, papers
from enforcer.queries.due import due
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
    set_up_sample(home, clock=lambda: now, actor="测试")
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
        leads = session.exec(select(Lead).order_by(col(Lead.id))).all()
    assert [one.source for one in leads] == [LeadSource.COMPLAINT, LeadSource.HOTLINE]
    for one in leads:
        assert one.outcome is LeadOutcome.CASE
        assert one.replied_on is not None
        assert one.reply_due_on is not None
        assert one.replied_on <= one.reply_due_on
