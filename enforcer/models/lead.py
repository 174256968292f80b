"""Leads (案件来源): where a matter came from, by when an answer is owed, what became of it."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from enforcer.course_terms import LeadOutcome, LeadSource
from enforcer.models.base import UUID, instant, stored, unique_id


class Lead(SQLModel, table=True):
    """One lead; several may end in one case (行政处罚法 第五十四条)."""

    __table_args__ = (UniqueConstraint("year", "serial"),)
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    number: str = Field(unique=True)
    year: int
    serial: int
    source: LeadSource = stored(LeadSource)
    source_number: str = ""  # the hotline's or mailbox's own
    received_at: datetime = instant()
    received_on: date = Field(index=True)
    informant: str = ""
    informant_phone: str = ""
    secret: bool = False  # the informant asked not to be named
    reply_due_on: date | None = None
    party_name: str = ""
    place: str = ""
    content: str
    item_key: str = Field(default="", index=True)
    recorder: str = ""
    recorder_id: int | None = Field(default=None, foreign_key="officer.id")
    checked_on: date | None = None
    checked_by: str = ""
    findings: str = ""
    outcome: LeadOutcome | None = stored(LeadOutcome, nullable=True)
    outcome_on: date | None = Field(default=None, index=True)
    outcome_reason: str = ""
    outcome_by: str = ""
    merged_into_id: int | None = Field(default=None, foreign_key="lead.id")
    referred_to: str = ""
    case_id: int | None = Field(default=None, foreign_key="enforcement_case.id", index=True)
    replied_on: date | None = None
    reply_way: str = ""
    reply: str = ""
