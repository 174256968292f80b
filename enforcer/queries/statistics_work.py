"""What was done in time, and what recorders saw: rows judged one by one, not added up by day.

A deadline belongs to the span in which it began to run. It is kept when the deed was done by its
last day, late when it was done after it or its last day passed within the span with nothing done;
else it still runs. An action counts on its own day.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import literal
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from enforcer.evidence_terms import ActionKind
from enforcer.law import deadlines
from enforcer.law.calendar import Calendar
from enforcer.law.course_clocks import real_days
from enforcer.models import Case, Decision, Lead, PeriodChange
from enforcer.queries import evidence_actions, law_calendar, publication
from enforcer.queries.looking import Where, looking
from enforcer.queries.periods import Period
from enforcer.queries.statistics_measures import NOTICES
from enforcer.terms import NoticeState, Origin, Procedure

KEPT, LATE, RUNNING = "kept", "late", "running"
STATES: Mapping[str, str] = {KEPT: "按期", LATE: "逾期", RUNNING: "未到期"}
DEADLINES: Mapping[str, str] = {
    "decision": "普通程序立案后作出决定",
    "decision_service": "决定书送达",
    "lead_reply": "线索答复",
    "publication": "公开处罚决定",
}
TWO, REASON, BARE = "two", "reason", "bare"
SEEN: Mapping[str, str] = {
    TWO: "两台以上",
    REASON: "不足两台，写明原因",
    BARE: "不足两台，没有原因",
}
ACTIONS = (ActionKind.NOTICE, ActionKind.DECISION, ActionKind.INSPECTION, ActionKind.SERVICE)
LABELS: Mapping[str, str] = {
    **{
        f"deadlines.{rule}.{state}": f"{label}：{said}"
        for rule, label in DEADLINES.items()
        for state, said in STATES.items()
    },
    **{
        f"recorders.{action}.{seen}": f"{action.label}：{said}"
        for action in ACTIONS
        for seen, said in SEEN.items()
    },
}
Found = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Run:
    """One period that ran: of which row, to which day, when the deed was done."""

    id: int
    due_on: date
    done_on: date | None


def work(where: Where, period: Period) -> Found:
    """The rows of every figure of `LABELS`; of the service of papers the cases they belong to."""
    found: dict[str, list[int]] = defaultdict(list)
    with looking(where) as session:
        calendar = law_calendar.calendar_for(session)
        for rule, runs in (
            ("decision", _decisions(session, period, calendar)),
            ("decision_service", _services(session, period, calendar)),
            ("lead_reply", _replies(session, period)),
            ("publication", _publications(session, period, calendar)),
        ):
            for run in runs:
                found[f"deadlines.{rule}.{_state(run, period)}"].append(run.id)
        for action, row, seen in _seen(session, period):
            found[f"recorders.{action}.{seen}"].append(row)
    return {key: tuple(ids) for key, ids in found.items()}


def _seen(session: Session, period: Period) -> Iterator[tuple[ActionKind, int, str]]:
    """Every action with how many recorders saw it; those of which there are many from columns."""
    notices = NOTICES.c
    asked = select_columns(notices.id, notices.recorders, notices.recorder_reason).where(
        notices.noticed_on.between(period.first, period.last),
        func.coalesce(notices.state, "") == NoticeState.ISSUED,  # no index of states may lead
        notices.origin == literal(Origin.MADE_HERE, notices.origin.type, literal_execute=True),
    )
    for row in session.execute(asked):
        yield ActionKind.NOTICE, row[0], _two(filter(None, row[1].split("、")), row[2])
    for key, named, settled in session.exec(_decisions_seen(period)):
        said = [
            str(one.get("reason") or "")
            for one in json.loads(settled or "[]")
            if one.get("code") == "recorders_fewer_than_two"
        ]
        names = (str(one) for one in json.loads(named or "[]") if one)
        yield ActionKind.DECISION, key, _two(names, "".join(said))
    rare = (ActionKind.INSPECTION, ActionKind.SERVICE)
    for one in evidence_actions.actions(session, period.first, period.last, of=rare):
        yield one.action, one.case_id or 0, _two(one.recorders, one.reason)


def _decisions_seen(period: Period) -> Any:
    """Decisions on the spot: the recorders named, and what was settled; the rest stays unread."""
    return (
        select(
            col(Decision.id),
            func.json_extract(col(Decision.facts), "$.form.recorders"),
            func.json_extract(col(Decision.facts), "$.settled"),
        )
        .join(Case, col(Case.id) == Decision.case_id)
        .where(
            col(Decision.decided_on).between(period.first, period.last),
            Decision.procedure == Procedure.SUMMARY,
            Case.origin == Origin.MADE_HERE,
        )
    )


def _two(recorders: Iterable[str], reason: str) -> str:
    if len(set(recorders)) >= evidence_actions.ENOUGH:
        return TWO
    return REASON if reason else BARE


def _state(run: _Run, period: Period) -> str:
    if run.done_on is not None:
        return KEPT if run.done_on <= run.due_on else LATE
    return LATE if run.due_on <= period.last else RUNNING


def _decisions(session: Session, period: Period, calendar: Calendar) -> Iterator[_Run]:
    """Ninety days from filing, with what moved them (第六十条); closed without a decision is done."""
    cases = session.exec(
        select(col(Case.id), col(Case.filed_on), col(Case.closed_on)).where(
            Case.procedure == Procedure.ORDINARY,
            Case.origin == Origin.MADE_HERE,
            col(Case.filed_on).between(period.first, period.last),
        )
    ).all()
    ids = [one[0] for one in cases]
    decided = dict(
        session.exec(
            select(col(Decision.case_id), col(Decision.decided_on)).where(
                col(Decision.case_id).in_(ids)
            )
        ).all()
    )
    moved: dict[int, list[PeriodChange]] = defaultdict(list)
    for change in session.exec(select(PeriodChange).where(col(PeriodChange.case_id).in_(ids))):
        moved[change.case_id].append(change)
    for key, filed_on, closed_on in cases:
        assert key
        assert filed_on
        due = deadlines.due("decision", filed_on, calendar=calendar).due_on
        due += timedelta(days=sum(real_days(one, period.last) for one in moved[key]))
        yield _Run(key, due, decided.get(key) or closed_on)


def _services(session: Session, period: Period, calendar: Calendar) -> Iterator[_Run]:
    """Seven working days from the decision of an ordinary case (第六十一条第一款)."""
    asked = (
        select(col(Decision.id), col(Decision.decided_on), col(Decision.served_on))
        .join(Case, col(Case.id) == Decision.case_id)
        .where(
            Decision.procedure == Procedure.ORDINARY,
            Case.origin == Origin.MADE_HERE,
            col(Decision.decided_on).between(period.first, period.last),
        )
    )
    for key, decided_on, served_on in session.exec(asked):
        assert key
        due = deadlines.due("decision_service", decided_on, calendar=calendar)
        yield _Run(key, due.due_on, served_on)


def _replies(session: Session, period: Period) -> Iterator[_Run]:
    """The day by which a lead has to be answered, as it was settled when it came in."""
    asked = select(col(Lead.id), col(Lead.reply_due_on), col(Lead.replied_on)).where(
        col(Lead.received_on).between(period.first, period.last),
        col(Lead.reply_due_on).is_not(None),
        col(Lead.voided_on).is_(None),
    )
    for key, due_on, replied_on in session.exec(asked):
        assert key
        assert due_on
        yield _Run(key, due_on, replied_on)


def _publications(session: Session, period: Period, calendar: Calendar) -> Iterator[_Run]:
    """Seven working days from a decision that is to be published (第四十八条第一款)."""
    for row in publication.to_publish(session, period):
        if row.published_on is not None or row.undone_on is None:
            due = deadlines.due("publication", row.decided_on, calendar=calendar)
            yield _Run(row.decision_id, due.due_on, row.published_on)
