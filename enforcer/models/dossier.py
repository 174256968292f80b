"""The dossier that goes to the archive, what was handed over, scans of signed papers, cases opened."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from enforcer.dossier_terms import ScanSettled, ScanState
from enforcer.models.base import UUID, instant, json_column, stored, unique_id


class ArchiveHandover(SQLModel, table=True):
    """One hand-over of dossiers to the archive room, written once.

    What comes later is added: that the archive room has signed for it, or that it was a slip, with
    the rows the list had (its dossiers wait for another list).
    """

    __tablename__ = "archive_handover"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    on: date
    giver: str
    receiver: str
    words: str = ""
    dossiers: int
    recorded_at: datetime = instant()
    recorded_by: str
    confirmed_on: date | None = None
    confirmed_by: str = ""
    taken_back_at: datetime | None = instant(nullable=True)
    taken_back_by: str = ""
    taken_back_reason: str = ""
    taken_back_rows: list[list[str]] | None = json_column()


class Dossier(SQLModel, table=True):
    """A case in the archive: `archive_number` is the closing year and a serial, never used twice.

    `fonds` and `retention` are the office's; the archive room fills 目录号 and 案卷号 by hand.
    """

    __table_args__ = (UniqueConstraint("year", "serial"),)
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    case_id: int = Field(foreign_key="enforcement_case.id", unique=True)
    archive_number: str = Field(unique=True)
    year: int
    serial: int
    fonds: str = ""
    retention: str = ""
    order_key: str
    archived_on: date
    compiler: str
    compiled_on: date
    inspector: str = ""
    inspected_on: date | None = None
    words: str = ""
    volumes: int = 1
    pages: int
    sha256: str
    handover_id: int | None = Field(default=None, foreign_key="archive_handover.id", index=True)
    archived_at: datetime = instant()
    archived_by: str


class Scan(SQLModel, table=True):
    """A file from the scanner, kept as it came; written once."""

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    original_name: str
    vault_name: str
    sha256: str = Field(unique=True)
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    pages: int
    taken_at: datetime = instant()
    taken_by: str


class ScanPage(SQLModel, table=True):
    """One page of a scan: what its code said, the paper it belongs to, or why it lies in the tray.

    `copy_number` counts the copies (联) of the paper from 0, `page` 0 is a page not known, `turn` how
    far it must be turned clockwise to stand upright, `look` a hash of what is seen on it.
    """

    __tablename__ = "scan_page"
    __table_args__ = (UniqueConstraint("scan_id", "position"),)
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    scan_id: int = Field(foreign_key="scan.id", index=True)
    position: int
    look: str = Field(index=True)
    code: str = ""
    turn: int = 0
    state: ScanState = stored(ScanState, index=True)
    say: str = ""
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    copy_number: int = 0
    page: int = 0
    settled: ScanSettled | None = stored(ScanSettled, nullable=True)
    settled_at: datetime | None = instant(nullable=True)
    settled_by: str = ""


class CaseOpening(SQLModel, table=True):
    """A case file from another PC that was opened here; written once."""

    __tablename__ = "case_opening"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    case_id: int = Field(foreign_key="enforcement_case.id", index=True)
    package_sha256: str
    exported_at: datetime = instant()
    exported_by: str
    exported_from: str = ""
    added: int = 0
    changed: int = 0
    choices: dict[str, object] | None = json_column()
    facts: dict[str, object] | None = json_column()  # archive number and series over there
    opened_at: datetime = instant()
    opened_by: str
