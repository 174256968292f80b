"""The office's own law: local amounts, benchmarks, the three lists, look-ups.

`withdrawn` says why a row was taken out; it then counts for nothing, and stays on record.
"""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from enforcer.models.base import UUID, instant, json_column, stored, unique_id
from enforcer.terms import Discretion, ListCategory, Matching


class LocalAmount(SQLModel, table=True):
    """A range of fine from a local rule where the national law gives none (行政处罚法 第十二至十四条)."""

    __tablename__ = "local_amount"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    item_key: str = Field(index=True)
    side: str  # law.violation.CITIZEN or ORGANIZATION
    min_fen: int = 0
    max_fen: int
    document: str
    document_number: str = ""
    article: str
    text: str
    from_on: date
    until_on: date | None = None
    withdrawn: str = ""


class DiscretionTier(SQLModel, table=True):
    """One tier of a published benchmark (行政处罚法 第三十四条); those of one day belong together."""

    __tablename__ = "discretion_tier"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    item_key: str = Field(index=True)
    sides: str  # citizen, organization, or both joined by a comma
    position: int = 1  # from the lightest
    name: str
    discretion: Discretion = stored(Discretion)
    under: str = ""  # the law's own condition, e.g. 拒不改正
    conditions: list[str] | None = json_column()
    matching: Matching = stored(Matching)
    min_fen: int | None = None
    max_fen: int | None = None
    share: str = ""
    benchmark: str
    benchmark_number: str
    article: str = ""
    from_on: date
    until_on: date | None = None
    note: str = ""
    withdrawn: str = ""


class ListRow(SQLModel, table=True):
    """One row of the lists 不予、减轻、从轻 (行政处罚法 第三十二、三十三条)."""

    __tablename__ = "list_row"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    category: ListCategory = stored(ListCategory)
    item_key: str = Field(default="", index=True)  # empty: not an item of the catalogue
    item: str
    breached_basis: str = ""  # 定性依据
    penalty_basis: str = ""  # 处罚依据
    conditions: list[str] | None = json_column()
    span: str = ""  # 裁量幅度
    basis: str  # 法律依据 of the leniency
    measures: str = ""  # 配套监管措施, joined by 、
    organ: str = ""  # 实施主体
    document: str
    document_number: str
    from_on: date
    until_on: date | None = None
    note: str = ""
    withdrawn: str = ""


class FirstViolationCheck(SQLModel, table=True):
    """A look-up of 初次违法 as it was answered on that day; it goes into the file."""

    __tablename__ = "first_violation_check"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    case_id: int | None = Field(default=None, foreign_key="enforcement_case.id", index=True)
    item_key: str
    party_id_number: str = Field(default="", index=True)
    plate_key: str = Field(default="", index=True)
    asked_on: date
    is_first: bool | None = None  # None: cannot be told
    answer: dict[str, object] | None = json_column()
    checked_at: datetime = instant()
    checked_by: str
