"""The clocks of a lead: by when to check, by when to answer, and how both were reckoned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from enforcer.law import course_clocks, lead_handling
from enforcer.law.course_investigation import Lead
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.queries import law_book, office
from enforcer.queries.course_rows import CHINA
from enforcer.queries.looking import Where, looking

FIXED = "fixed"
"""The day was written by the sender or put off by the office: no count of days moves it."""


@dataclass(frozen=True, slots=True)
class LeadClock:
    """One clock of a lead; without a day the office has not said how long (`question` names it)."""

    title: str
    due_on: date | None
    done_on: date | None
    why: tuple[str, ...]
    cite: str
    provisional: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Both days, and their arithmetic as the lead keeps it."""

    reply_due: date | None
    check_due: date | None
    arithmetic: dict[str, Any]


def reckon(session: Session, facts: CaseFacts, lead: Lead, given: date | None) -> Reckoned:
    """What the sender wrote counts; else the office's own days; None while 待机关确认."""
    assert lead.received_on is not None
    said: dict[str, Any] = {}
    reply_due = given
    if given is not None:
        said["reply"] = {"why": [f"来文（工单）写明 {given} 前答复。"], FIXED: True}
    elif lead.expects_reply:
        reply_due = _due(session, facts, "reply", "答复", lead.received_on, said)
    check_due = _due(session, facts, "check", "核查", lead.received_on, said)
    return Reckoned(reply_due, check_due, said)


def foresee(
    where: Where, lead: Lead, *, now: datetime, given: date | None
) -> tuple[LeadClock, ...]:
    """The clocks that a lead being typed would have."""
    with looking(where) as session:
        at = now.astimezone(CHINA)
        calendar = law_book.calendar_for(session)
        found = reckon(session, CaseFacts(now=at, day=at.date(), calendar=calendar), lead, given)
        return clocks(
            session,
            found.arithmetic,
            check=(found.check_due, None),
            reply=(found.reply_due, None),
            expects_reply=lead.expects_reply,
        )


def clocks(
    session: Session,
    arithmetic: Mapping[str, Any] | None,
    *,
    check: tuple[date | None, date | None],
    reply: tuple[date | None, date | None],
    expects_reply: bool,
) -> tuple[LeadClock, ...]:
    """The clocks as they are shown; `check` and `reply` are the day each is due and done."""
    return tuple(_shown(session, arithmetic or {}, check, reply, expects_reply=expects_reply))


def _shown(
    session: Session,
    said: Mapping[str, Any],
    check: tuple[date | None, date | None],
    reply: tuple[date | None, date | None],
    *,
    expects_reply: bool,
) -> Iterable[LeadClock]:
    wanted = [("check", "核查", check)]
    if expects_reply or reply[0] is not None:
        wanted.append(("reply", "答复", reply))
    for name, title, (due_on, done_on) in wanted:
        kept = said.get(name) or {}
        question = f"lead_{name}_days"
        asked = office.confirmed(session, question).question
        yield LeadClock(
            title=title,
            due_on=due_on,
            done_on=done_on,
            why=tuple(kept.get("why", ())),
            cite=kept.get("cite", "") or ("" if kept else asked.cite),
            provisional=bool(kept.get("provisional")),
            question="" if due_on else question,
        )


def _due(
    session: Session,
    facts: CaseFacts,
    name: str,
    title: str,
    received_on: date,
    said: dict[str, Any],
) -> date | None:
    """The last day by the office's own rule; None while 待机关确认."""
    rule = office.confirmed(session, f"lead_{name}_days")
    if not isinstance(rule.value, int) or rule.value < 1:
        return None
    cite = f"{rule.document}{rule.document_number}" or lead_handling.OFFICE
    found = course_clocks.office_days(title, "登记", received_on, rule.value, cite, facts)
    said[name] = {"why": list(found.why), "cite": cite, "provisional": found.provisional}
    return found.due_on
