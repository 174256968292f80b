"""Issued papers, frozen; and the office's own editions of templates."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from enforcer.models.base import UUID, instant, json_column, stored, unique_id
from enforcer.terms import DocumentState


class Document(SQLModel, table=True):
    """An issued paper: its fields, its template's version, its PDF in the vault and the hash.

    A batch of notices is one document; `fields` is then empty and each notice keeps its own.
    """

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    template_key: str = Field(index=True)
    template_version: str
    title: str
    number: str = Field(default="", index=True)
    case_id: int | None = Field(default=None, foreign_key="enforcement_case.id", index=True)
    state: DocumentState = stored(DocumentState)
    fields: dict[str, object] | None = json_column()
    per_sheet: int = 1
    vault_name: str
    sha256: str
    pages: int
    issued_at: datetime = instant()
    issued_on: date
    issued_by: str
    print_count: int = 0
    void_reason: str = ""


class TemplateEdition(SQLModel, table=True):
    """The office's own text of a template, from a day on; the shipped one is never overwritten."""

    __tablename__ = "template_edition"
    __table_args__ = (UniqueConstraint("template_key", "edition"),)
    id: int | None = Field(default=None, primary_key=True)
    template_key: str
    edition: int
    from_on: date
    body: str
    saved_at: datetime = instant()
    saved_by: str
