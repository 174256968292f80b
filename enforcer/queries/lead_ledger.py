"""Leads as the rows of their ledger, in the headers they can be taken in again with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from enforcer.course_terms import LeadDeed
from enforcer.models import Lead, LeadEvent
from enforcer.queries.lead_page import blotted, blotted_number
from enforcer.queries.leads import LeadRow, lead_rows
from enforcer.queries.looking import Where, looking

_SAME = (
    "number",
    "source",
    "source_number",
    "received_at",
    "content",
    "attachments",
    "place",
    "party_name",
    "reply_due_on",
    "recorder",
    "handler",
    "checked_on",
    "findings",
    "outcome",
    "outcome_on",
    "outcome_reason",
    "replied_on",
    "reply_way",
    "reply",
)


def ledger_rows(where: Where, ids: Sequence[int], *, today: date) -> list[Mapping[str, Any]]:
    """These leads in this order; who asked for secrecy only blotted out, as the page shows it."""
    with looking(where) as session:
        told = {
            one.id: one for one in session.exec(select(Lead).where(col(Lead.id).in_(ids))).all()
        }
        asked = select(LeadEvent.lead_id, LeadEvent.said).where(
            col(LeadEvent.lead_id).in_(ids), LeadEvent.deed == LeadDeed.REGISTERED
        )
        notes = {key: (said or {}).get("words", "") for key, said in session.exec(asked)}
        rows = lead_rows(session, ids, today=today)
        return [_row(one, told[one.id], notes.get(one.id, "")) for one in rows]


def _row(one: LeadRow, lead: Lead, note: object) -> Mapping[str, Any]:
    found = {key: getattr(one, key) for key in _SAME}
    secret = lead.secret
    found |= {
        "informant": blotted(lead.informant) if secret else lead.informant,
        "informant_phone": blotted_number(lead.informant_phone) if secret else lead.informant_phone,
        "secret": "是" if secret else "",
        "went_to": one.merged_into or one.referred_to or one.case_number,
        "satisfied": {True: "满意", False: "不满意", None: ""}[one.satisfied],
        "note": note,
    }
    if one.voided_on is not None:
        found |= {
            "outcome": LeadDeed.VOIDED,
            "outcome_on": one.voided_on,
            "outcome_reason": one.void_reason,
        }
    return found
