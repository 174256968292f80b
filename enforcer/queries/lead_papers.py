"""What the papers of a lead say before there is a case: its register, the refusal to file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid5

from enforcer.course_terms import LeadOutcome
from enforcer.documents.course_facts import CoursePaper
from enforcer.law.course_people import Party
from enforcer.models import Lead
from enforcer.queries import course, course_papers, law_settings
from enforcer.queries.course_papers_source import Source
from enforcer.queries.course_rows import person
from enforcer.queries.looking import Where, looking

REFUSAL = "filing_refusal_approval"
KEYS = ("lead_register", REFUSAL)
UNKNOWN = "待查明"
"""How a party stands on a paper while nobody knows who it is."""


def paper(
    where: Where, lead_id: int, key: str, *, now: datetime, reason: str = ""
) -> CoursePaper | None:
    """One paper of a lead; `reason` is why it is not to be filed while the head has not decided."""
    assert key in KEYS
    with looking(where) as session:
        row = session.get(Lead, lead_id)
        facts = course.lead_facts(session, lead_id, now=now)
        if row is None or facts is None or facts.lead is None:
            return None
        if key == REFUSAL and row.outcome is not LeadOutcome.REFUSED:
            asked = replace(facts.lead, outcome=LeadOutcome.REFUSED, outcome_reason=reason)
            facts = replace(facts, lead=asked)
        facts = replace(
            facts,
            **course.law_of(session, row.item_key, row.received_on, facts.today),
            number="",
            item_key=row.item_key,
            place=row.place,
            act=row.content,
            party=Party(name=row.party_name or UNKNOWN),
            chains=course.chains(session),
            thresholds=law_settings.thresholds(session),
        )
        handler = person(session, row.handler_id or row.recorder_id, facts.today)
        if handler is not None:
            facts = replace(facts, handlers=(handler,))
        on = row.outcome_on if key == REFUSAL else row.received_on
        return course_papers.from_source(
            session, Source(facts), key, uid=uuid5(row.uid, key), on=on, number=row.number
        )


def voided_on(where: Where, lead_id: int) -> date | None:
    """The day a lead was made void; None while it stands."""
    with looking(where) as session:
        row = session.get(Lead, lead_id)
        return row.voided_on if row else None
