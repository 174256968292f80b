"""Officers, their certificates, their recorders."""

from datetime import date

from sqlmodel import Field, SQLModel

from enforcer.models.base import UUID, stored, unique_id
from enforcer.terms import OfficerPost, RecorderState


class Officer(SQLModel, table=True):
    """A law enforcement officer (行政处罚法 第四十二条)."""

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    name: str = Field(index=True)
    post: OfficerPost = stored(OfficerPost)
    phone: str = ""
    active: bool = True
    note: str = ""


class Certificate(SQLModel, table=True):
    """A law enforcement certificate; valid on both its first and its last day (第五十五条)."""

    id: int | None = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="officer.id", index=True)
    number: str = Field(unique=True)
    issued_on: date | None = None
    valid_until: date
    issuer: str = ""


class Recorder(SQLModel, table=True):
    """A body-worn camera; each officer has one."""

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    number: str = Field(unique=True)
    model: str = ""
    officer_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    officer_name: str = ""  # as an older ledger wrote it, when the register does not know the name
    in_use_from: date | None = None
    state: RecorderState = stored(RecorderState)
    note: str = ""
