"""Leads (案件来源): where a matter came from, by when an answer is owed, what became of it."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint, text
from sqlmodel import Field, SQLModel

from enforcer.course_terms import LeadDeed, LeadOutcome, LeadSource
from enforcer.models.base import UUID, instant, json_column, stored, unique_id


class Lead(SQLModel, table=True):
    """One lead; several may end in one case (行政处罚法 第五十四条).

    `serial` counts the leads of a year as they were entered; `number` is drawn from its series, or
    is that of the older ledger (`backfilled`). `arithmetic` keeps how each clock was reckoned.
    """

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
    attachments: str = Field(default="", sa_column_kwargs={"server_default": ""})
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
    satisfied: bool | None = None
    backfilled: bool = Field(default=False, sa_column_kwargs={"server_default": text("0")})
    check_due_on: date | None = None
    arithmetic: dict[str, object] | None = json_column()
    handler_id: int | None = Field(default=None, foreign_key="officer.id")
    handler: str = Field(default="", sa_column_kwargs={"server_default": ""})
    assigned_on: date | None = None
    voided_on: date | None = None  # registered by mistake: its number is kept and used no more
    voided_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    void_reason: str = Field(default="", sa_column_kwargs={"server_default": ""})


class LeadEvent(SQLModel, table=True):
    """One thing done with a lead; what it changed is kept, so that a slip can be taken back."""

    __tablename__ = "lead_event"
    id: int | None = Field(default=None, primary_key=True)
    lead_id: int = Field(foreign_key="lead.id", index=True)
    deed: LeadDeed = stored(LeadDeed)
    happened_on: date
    recorded_at: datetime = instant()
    actor: str
    by: str = ""
    said: dict[str, object] | None = json_column()
    before: dict[str, object] | None = json_column()
    undoes_id: int | None = Field(default=None, foreign_key="lead_event.id", index=True)
