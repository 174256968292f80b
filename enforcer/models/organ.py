"""Organs, where their powers come from, and how their papers are numbered."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from enforcer.models.base import UUID, instant, json_column, stored, unique_id
from enforcer.terms import PowerKind, SeriesKind


class Organ(SQLModel, table=True):
    """An administrative organ in whose name papers are made (行政处罚法 第十七条)."""

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    name: str = Field(unique=True)
    credit_code: str = ""
    address: str = ""
    postcode: str = Field(default="", sa_column_kwargs={"server_default": ""})
    phone: str = ""
    reconsideration_body: str = ""
    reconsideration_address: str = ""
    court: str = ""
    bank_name: str = ""
    bank_address: str = ""
    bank_account: str = ""
    bank_payee: str = ""
    electronic_payment: str = ""
    report_days: int | None = None  # 备案, working days; the law gives none (待机关确认)
    enabled: bool = True


class PowerSource(SQLModel, table=True):
    """The document that gives a power, and the organ that acts by it (第十八、二十、二十四条)."""

    __tablename__ = "power_source"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    kind: PowerKind = stored(PowerKind)
    organ_id: int = Field(foreign_key="organ.id", index=True)
    handled_by: str = ""
    document_title: str
    document_number: str = ""
    valid_from: date
    valid_until: date | None = None
    note: str = ""


class ItemPower(SQLModel, table=True):
    """Which power source covers which item of the catalogue."""

    __tablename__ = "item_power"
    __table_args__ = (UniqueConstraint("item_key", "power_source_id"),)
    id: int | None = Field(default=None, primary_key=True)
    item_key: str = Field(index=True)
    power_source_id: int = Field(foreign_key="power_source.id", index=True)


class NumberRule(SQLModel, table=True):
    """How an organ's numbers of one kind look: `常城管温告字〔{year}〕第{serial}号`, zero-padded."""

    __tablename__ = "number_rule"
    __table_args__ = (UniqueConstraint("organ_id", "kind"),)
    id: int | None = Field(default=None, primary_key=True)
    organ_id: int = Field(foreign_key="organ.id")
    kind: str = Field(sa_column=Column(String(30), nullable=False))  # SeriesKind, or a template
    pattern: str
    width: int = 5


class Series(SQLModel, table=True):
    """One yearly run of numbers; the counter row that issuing locks and advances.

    `drawn_from` is the first serial this program drew itself; numbers below it, and the ranges in
    `skipped`, came from older ledgers, so a gap there is no fault.
    """

    __table_args__ = (
        UniqueConstraint("kind", "prefix", "suffix"),
        CheckConstraint("next_serial >= 1", name="next_serial_positive"),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(sa_column=Column(String(30), nullable=False))  # SeriesKind, or a template
    organ_id: int | None = Field(default=None, foreign_key="organ.id")
    year: int
    prefix: str
    suffix: str
    width: int
    next_serial: int = 1
    drawn_from: int | None = None
    skipped: list[list[int]] | None = json_column()


class VoidNumber(SQLModel, table=True):
    """A number drawn by a step of a case that was taken back: kept with its reason, never used again."""

    __tablename__ = "void_number"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="enforcement_case.id", index=True)
    kind: SeriesKind = stored(SeriesKind)
    number: str
    reason: str
    voided_at: datetime = instant()
    voided_by: str
