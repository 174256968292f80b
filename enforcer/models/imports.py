"""What was taken over from other people's workbooks, so that it can be told and taken back."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from enforcer.models.base import UUID, instant, json_column, stored, unique_id
from enforcer.terms import ImportState


class LedgerImport(SQLModel, table=True):
    """One import: which ledger, from where, by whom, how many rows; and whether it was undone.

    `replaced` keeps of rows it wrote over what stood there and what it wrote, by table and id.
    """

    __tablename__ = "ledger_import"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    kind: str
    source: str  # the name of the file, or 粘贴
    sheet: str = ""
    taken_at: datetime = instant()
    taken_by: str
    read: int
    taken: int
    known: int
    refused: int
    audit_id: int  # the last entry of the log before it
    state: ImportState = stored(ImportState)
    undone_at: datetime | None = instant(nullable=True)
    undone_by: str = ""
    undo_reason: str = ""
    replaced: dict[str, object] | None = json_column()


class ImportSpan(SQLModel, table=True):
    """Rows of one table that an import made, first and last id; gone once they are taken back."""

    __tablename__ = "import_span"
    __table_args__ = (Index("ix_import_span_place", "table_name", "first_id", "last_id"),)
    id: int | None = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="ledger_import.id", index=True)
    table_name: str
    first_id: int
    last_id: int


class ImportMapping(SQLModel, table=True):
    """How the columns of a layout were mapped the last time; `fingerprint` is its header's."""

    __tablename__ = "import_mapping"
    __table_args__ = (UniqueConstraint("kind", "fingerprint"),)
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    kind: str
    fingerprint: str
    sources: dict[str, object] | None = json_column()
    used_at: datetime = instant()
    used_by: str
