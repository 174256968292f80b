"""Spans cut at any day, over a leap day and a year's end, against a count by plain loops."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from enforcer.course_terms import LeadOutcome, LeadSource
from enforcer.models import Decision, Guidance, Lead, Notice
from enforcer.queries import periods, statistics
from enforcer.queries.periods import Period
from enforcer.queries.statistics_measures import LABELS, STANDING
from enforcer.queries.statistics_rows import rows_behind
from enforcer.queries.statistics_vehicles import TIMES
from enforcer.store.database import Store, open_store
from enforcer.terms import Discretion, GuidanceKind, NoticeState, PenaltyKind
from tests.conftest import NOW
from tests.queries.statistics_rows_made import a_decision, a_notice, an_education

CHINA = ZoneInfo("Asia/Shanghai")
BEGINS, DAYS = date(2023, 12, 1), 460
EDGES = (date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 28), date(2024, 2, 29),
         date(2024, 3, 1), date(2024, 12, 31), date(2025, 1, 1), date(2025, 2, 28))  # fmt: skip
WHOLE = Period(BEGINS, BEGINS + timedelta(days=DAYS - 1))
LEAP_YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture(scope="module")
def home(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Rows on every edge, and many between them."""
    import shutil

    folder = tmp_path_factory.mktemp("edges") / "home"
    shutil.copytree(empty_home, folder)
    store = open_store(folder, clock=lambda: NOW)
    with store.unit(actor="测试", operation="test") as session:
        _fill(session, random.Random(229))
    yield store
    store.close()


def _fill(session: Session, chance: random.Random) -> None:
    def a_day() -> date:
        return BEGINS + timedelta(days=chance.randrange(DAYS))

    for day in (*EDGES, *(a_day() for _ in range(250))):
        kinds = tuple(chance.sample(list(PenaltyKind), chance.choice((1, 2))))
        revoked = chance.choice((None, None, day + timedelta(days=chance.randrange(400))))
        fine = chance.randrange(0, 90_000)
        spared = chance.random() < 0.2
        a_decision(
            session, day, () if spared else kinds, 0 if spared else fine, revoked_on=revoked,
            discretion=Discretion.NO_PENALTY if spared else Discretion.ORDINARY,
        )  # fmt: skip
    for day in (*EDGES, *(a_day() for _ in range(700))):
        state = NoticeState.VOID if chance.random() < 0.1 else NoticeState.ISSUED
        a_notice(session, day, f"湘J{chance.randrange(150):05d}", state=state)
    for day in (*EDGES, *(a_day() for _ in range(60))):
        an_education(session, day, chance.choice(list(GuidanceKind)), chance.randrange(1, 50))
    for at, day in enumerate((*EDGES, *(a_day() for _ in range(120)))):
        due = day + timedelta(days=7)
        replied = chance.choice((None, day + timedelta(days=chance.randrange(14))))
        session.add(
            Lead(
                number=f"线{at}", year=day.year, serial=at + 1, source=chance.choice(list(LeadSource)), content="占道经营",
                received_on=day, received_at=datetime(day.year, day.month, day.day, 9, tzinfo=CHINA),
                reply_due_on=chance.choice((None, due)), replied_on=replied,
                outcome=chance.choice((None, *LeadOutcome)),
            )
        )  # fmt: skip


def counted(session: Session, span: Period) -> dict[str, int]:
    """By plain loops over all rows; what the other independent count does not look at too."""
    penalties = [
        one for one in session.exec(select(Decision))
        if span.holds(one.decided_on) and one.discretion is not Discretion.NO_PENALTY
    ]  # fmt: skip
    leads = [one for one in session.exec(select(Lead)) if span.holds(one.received_on)]
    found = {
        "penalties.total": len(penalties),
        "penalties.amount": sum(one.fine_fen + one.confiscated_fen for one in penalties),
        "penalties.revoked": sum(one.revoked_on is not None for one in penalties),
        "course.leads": len(leads),
        "guidance.leaflets": sum(
            one.quantity for one in session.exec(select(Guidance))
            if span.holds(one.occurred_on) and one.kind is GuidanceKind.LEAFLET
        ),
    }  # fmt: skip
    for source in LeadSource:
        mine = [one for one in leads if one.source is source]
        replied = [one for one in mine if one.replied_on]
        found[f"leads.received.{source}"] = len(mine)
        found[f"leads.replied.{source}"] = len(replied)
        found[f"leads.late.{source}"] = sum(
            bool(one.reply_due_on and one.replied_on and one.replied_on > one.reply_due_on)
            for one in replied
        )
        found[f"leads.cases.{source}"] = sum(one.outcome is LeadOutcome.CASE for one in mine)
        found[f"leads.settled.{source}"] = sum(one.outcome is not None for one in mine)
    return found


SPANS = [
    *(Period(day, day) for day in EDGES),
    *(periods.month(2024, month) for month in (1, 2, 3, 12)),
    periods.quarter(2024, 1),
    LEAP_YEAR,
    Period(date(2024, 2, 29), date(2025, 2, 28)),
    WHOLE,
]


@pytest.mark.parametrize("span", SPANS, ids=lambda one: one.text)
def test_leads_and_revoked_decisions_agree_with_the_plain_count(home: Store, span: Period) -> None:
    with home.reading() as session:
        wanted = counted(session, span)
    found = statistics.figures(home, span.first, span.last)
    assert {key: found[key] for key in wanted} == wanted


def test_a_revoked_decision_is_counted_and_told_apart(home: Store) -> None:
    found = statistics.figures(home, LEAP_YEAR.first, LEAP_YEAR.last)
    behind = rows_behind(home, "penalties.total", LEAP_YEAR.first, LEAP_YEAR.last)
    revoked = rows_behind(home, "penalties.revoked", LEAP_YEAR.first, LEAP_YEAR.last)
    assert 0 < found["penalties.revoked"] < found["penalties.total"]
    assert set(revoked.ids) < set(behind.ids)


@pytest.mark.parametrize("seed", range(6))
def test_totals_agree_wherever_the_span_is_cut(home: Store, seed: int) -> None:
    chance = random.Random(seed)
    cuts = sorted({*chance.sample(range(1, DAYS), 7), *((day - BEGINS).days for day in EDGES)})
    starts = [0, *cuts]
    ends = [*(one - 1 for one in cuts), DAYS - 1]
    parts = [
        statistics.figures(home, BEGINS + timedelta(days=a), BEGINS + timedelta(days=b))
        for a, b in zip(starts, ends, strict=True)
    ]
    total = statistics.figures(home, WHOLE.first, WHOLE.last)
    for key in LABELS.keys() - STANDING.keys():
        assert sum(one[key] for one in parts) == total[key], key


@pytest.mark.parametrize("span", SPANS, ids=lambda one: one.text)
def test_what_stands_there_at_once_is_what_is_counted_in_the_end(home: Store, span: Period) -> None:
    first, last = statistics.glance(home, span), statistics.report(home, span)
    for key in LABELS.keys() - STANDING.keys() - {"guidance.notices_void"}:
        assert first.figures[key] == last.figures[key], key
    assert first.months == last.months
    for key in ("penalties.total", "guidance.notices", "course.leads"):
        assert sum(one[key] for one in first.months) == first.figures[key]


@pytest.mark.parametrize("span", SPANS, ids=lambda one: one.text)
def test_vehicles_by_how_often_they_came_agree_with_the_plain_count(
    home: Store, span: Period
) -> None:
    with home.reading() as session:
        often = Counter(
            one.plate_key for one in session.exec(select(Notice))
            if one.noticed_on and span.holds(one.noticed_on) and one.state is NoticeState.ISSUED
        )  # fmt: skip
    wanted = [sum(min(n, 4) == at for n in often.values()) for at in (1, 2, 3, 4)]
    made = statistics.report(home, span)
    assert list(made.times) == wanted
    assert sum(made.times) == made.figures["guidance.vehicles"] == len(often)
    for key, count in zip(TIMES, wanted, strict=True):
        assert rows_behind(home, key, span.first, span.last).total == count


def test_the_year_before_a_leap_day_is_the_last_of_february(home: Store) -> None:
    made = statistics.report(home, Period(date(2024, 2, 29), date(2024, 2, 29)))
    assert made.year_before.period == Period(date(2023, 2, 28), date(2023, 2, 28))
    february = statistics.report(home, periods.month(2025, 2))
    assert february.year_before.period == periods.month(2024, 2)
