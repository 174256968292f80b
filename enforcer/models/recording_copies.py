"""Second copies of recordings on another disk: each run, and what it found of each file."""

from datetime import datetime

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel

from enforcer.evidence_terms import IntakeState
from enforcer.models.base import UUID, instant, stored, unique_id


class RecordingBackup(SQLModel, table=True):
    """One run that brings second copies to a folder; how it ended is written once."""

    __tablename__ = "recording_backup"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    place: str = Field(index=True)  # the mark inside the folder: the same on every drive letter
    folder: str
    volume_label: str = ""
    state: IntakeState = stored(IntakeState)
    copied: int = 0
    known: int = 0  # were there already
    problems: int = 0
    away: int = 0  # originals on a disk that was not attached
    bytes: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    say: str = ""
    began_at: datetime = instant()
    finished_at: datetime | None = instant(nullable=True)
    actor: str


class RecordingCopy(SQLModel, table=True):
    """What a run found of one file in one place: a proven second copy, or none; written once.

    The latest row of a file and a place is what holds there.
    """

    __tablename__ = "recording_copy"
    id: int | None = Field(default=None, primary_key=True)
    backup_id: int = Field(foreign_key="recording_backup.id", index=True)
    evidence_file_id: int = Field(foreign_key="evidence_file.id", index=True)
    place: str
    whole: bool
    say: str = ""
    seen_at: datetime = instant()
