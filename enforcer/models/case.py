"""The case: what happened, who it is against, who handles it, in whose name."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from enforcer.models.base import UUID, Retractable, instant, json_column, stored, unique_id
from enforcer.terms import Origin, PartyKind, Procedure, Stage


class Case(Retractable, table=True):
    """An enforcement case; `number` is what officers and commands call it by.

    One whose proposal was taken back is marked so until its lead is put forward again.
    """

    __tablename__ = "enforcement_case"
    __table_args__ = (  # the report counts filings and closings from these, never from the rows
        Index("ix_enforcement_case_filed_report", "filed_on", "procedure", "closed_on"),
        Index("ix_enforcement_case_closed_report", "closed_on", "procedure", "filed_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    number: str = Field(unique=True)
    procedure: Procedure = stored(Procedure)
    stage: Stage = stored(Stage, index=True)
    origin: Origin = stored(Origin)
    cause: str
    item_key: str = Field(default="", index=True)
    organ_id: int | None = Field(default=None, foreign_key="organ.id")
    power_source_id: int | None = Field(default=None, foreign_key="power_source.id")
    party_id: int | None = Field(default=None, foreign_key="party.id", index=True)
    party_name: str
    party_kind: PartyKind = stored(PartyKind)
    party_id_number: str = ""
    plate_key: str = Field(default="", index=True)
    place: str = ""
    act: str = ""
    acted_at: datetime | None = instant(nullable=True)
    acted_on: date | None = None
    ended_on: date | None = None  # the last day of a continuing act
    discovered_on: date | None = None
    harm: bool = False
    filed_on: date | None = None
    closed_on: date | None = None
    officer1_id: int | None = Field(default=None, foreign_key="officer.id")
    officer2_id: int | None = Field(default=None, foreign_key="officer.id")
    officer1: str = ""
    officer2: str = ""
    note: str = ""


class CaseEvent(Retractable, table=True):
    """One step of a case, as it happened (全过程记录, 行政处罚法 第四十七条)."""

    __tablename__ = "case_event"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="enforcement_case.id", index=True)
    step: str
    happened_on: date
    recorded_at: datetime = instant()
    actor: str
    detail: dict[str, object] | None = json_column()


class StepTrace(SQLModel, table=True):
    """What one taken step wrote and changed, so that a slip can be taken back with its reason.

    `made` names the rows, [table, key]; `changed` what stood before, [table, key, {column: [was, is]}].
    """

    __tablename__ = "step_trace"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="enforcement_case.id", index=True)
    first_event_id: int = Field(foreign_key="case_event.id")
    last_event_id: int = Field(foreign_key="case_event.id")
    made: list[list[Any]] | None = json_column()
    changed: list[list[Any]] | None = json_column()
    taken_back_at: datetime | None = instant(nullable=True)
    taken_back_by: str = ""
    reason: str = ""
    actor: str = ""
