"""What keeps the office going: settings, drafts, saves already done, the log."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from enforcer.models.base import UUID, instant, json_column


class Setting(SQLModel, table=True):
    """A choice of the office, audited, since it appears on legal paper or moves a clock."""

    key: str = Field(primary_key=True)
    value: dict[str, object] | None = json_column()


class Draft(SQLModel, table=True):
    """What was typed and not yet saved; the only rows that may be deleted."""

    key: str = Field(primary_key=True)
    payload: dict[str, object] | None = json_column()
    saved_at: datetime = instant()
    saved_by: str = ""


class DoneRequest(SQLModel, table=True):
    """A save that was carried out: the same request again gets the same answer, not a second row."""

    __tablename__ = "done_request"
    request_id: UUID = Field(primary_key=True)
    operation: str
    answer: dict[str, object] | None = json_column()
    done_at: datetime = instant()


class AuditEntry(SQLModel, table=True):
    """One change, chained by hash to the one before; append-only by trigger."""

    __tablename__ = "audit_entry"
    __table_args__ = (  # what went out of the house is asked for by its day
        Index("ix_audit_entry_export", "at", sqlite_where=text("action = 'export'")),
    )
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant()
    actor: str
    operation: str = ""
    action: str
    table_name: str
    row_id: str
    changes: str
    previous_hash: str
    hash: str
