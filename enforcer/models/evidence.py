"""Recordings and other files of evidence, how they came in, what they prove, where they went."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from enforcer.evidence_terms import (
    ActionKind,
    AfterDecision,
    EvidenceActKind,
    EvidenceKind,
    IntakeFileState,
    IntakeState,
    Keeping,
    MediaKind,
    ProblemKind,
    RecorderEventKind,
    RetentionClass,
    SourceKind,
    TimeSource,
)
from enforcer.models.base import UUID, instant, json_column, stored, unique_id


class RecorderEvent(SQLModel, table=True):
    """One turn in the course of a body-worn camera; written once.

    `offset_seconds` is how far its clock was found to be ahead (below zero: behind).
    """

    __tablename__ = "recorder_event"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    recorder_id: int = Field(foreign_key="recorder.id", index=True)
    kind: RecorderEventKind = stored(RecorderEventKind)
    happened_at: datetime = instant()
    officer_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    officer: str = ""
    offset_seconds: int | None = None
    words: str = ""
    recorded_at: datetime = instant()
    recorded_by: str


class EvidenceDeletion(SQLModel, table=True):
    """A list of files whose time was up, deleted after a named person confirmed it."""

    __tablename__ = "evidence_deletion"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    confirmed_by_id: int = Field(foreign_key="officer.id")
    confirmed_by: str
    confirmed_at: datetime = instant()
    reason: str
    files: int
    bytes: int = Field(sa_column=Column(BigInteger, nullable=False))
    actor: str


class EvidenceIntake(SQLModel, table=True):
    """One taking in of a card, a folder or a docking station's export; can be resumed."""

    __tablename__ = "evidence_intake"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    source_kind: SourceKind = stored(SourceKind)
    source: str
    volume_label: str = ""
    keeping: Keeping = stored(Keeping)
    action: ActionKind | None = stored(ActionKind, nullable=True)
    action_id: int | None = None
    case_id: int | None = Field(default=None, foreign_key="enforcement_case.id")
    recorder_id: int | None = Field(default=None, foreign_key="recorder.id")
    officer_id: int | None = Field(default=None, foreign_key="officer.id")
    place: str = ""
    state: IntakeState = stored(IntakeState, index=True)
    say: str = ""
    started_at: datetime = instant()
    finished_at: datetime | None = instant(nullable=True)
    actor: str


class EvidenceFile(SQLModel, table=True):
    """A registered original, or a masked copy derived from one; the bytes never change.

    The clocks stand side by side (`name_at`, `media_at`, `file_at`); `begins_at` is the one chosen,
    `time_source` says which, `remarks` where they differ. Copied files lie under our own name
    below the evidence folder; referenced ones below the volume with that label.
    """

    __tablename__ = "evidence_file"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    intake_id: int | None = Field(default=None, foreign_key="evidence_intake.id", index=True)
    original_name: str
    original_path: str = ""
    keeping: Keeping = stored(Keeping)
    kept_as: str = ""  # below the evidence folder, or below the volume
    volume_label: str = ""
    volume_root: str = ""  # where the volume was last seen
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    sha256: str = Field(index=True)
    sm3: str = ""
    media: MediaKind = stored(MediaKind)
    media_format: str = ""
    duration_ms: int | None = None
    width: int | None = None
    height: int | None = None
    device: str = ""  # maker and model, as the file says
    recorder_id: int | None = Field(default=None, foreign_key="recorder.id", index=True)
    recorder: str = ""
    officer_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    officer: str = ""
    begins_at: datetime | None = instant(nullable=True, index=True)
    ends_at: datetime | None = instant(nullable=True)
    time_source: TimeSource | None = stored(TimeSource, nullable=True)
    name_at: datetime | None = instant(nullable=True)
    media_at: datetime | None = instant(nullable=True)
    file_at: datetime | None = instant(nullable=True)
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""
    remarks: list[str] | None = json_column()
    derived_from_id: int | None = Field(default=None, foreign_key="evidence_file.id", index=True)
    derivation: str = ""
    retention: RetentionClass = stored(RetentionClass)
    retention_reason: str = ""
    taken_at: datetime = instant(index=True)
    taken_by: str
    deletion_id: int | None = Field(default=None, foreign_key="evidence_deletion.id", index=True)


class IntakeFile(SQLModel, table=True):
    """The journal of an intake, a row a file; `uid` is the name a copy is kept under."""

    __tablename__ = "intake_file"
    __table_args__ = (UniqueConstraint("intake_id", "position"),)
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    intake_id: int = Field(foreign_key="evidence_intake.id", index=True)
    position: int
    path: str  # below the source, as the system names it
    shown: str  # the same, fit to be read
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    modified_ns: int = Field(sa_column=Column(BigInteger, nullable=False))
    state: IntakeFileState = stored(IntakeFileState)
    say: str = ""
    retry: bool = False
    evidence_file_id: int | None = Field(default=None, foreign_key="evidence_file.id")


class ActionRecorders(SQLModel, table=True):
    """Which recorders ran at an action; fewer than two need a reason. The latest row counts."""

    __tablename__ = "action_recorders"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    action: ActionKind = stored(ActionKind)
    action_id: int = Field(index=True)
    case_id: int | None = Field(default=None, foreign_key="enforcement_case.id", index=True)
    recorders: list[str] | None = json_column()
    reason: str = ""
    recorded_at: datetime = instant()
    recorded_by: str


class EvidenceUse(SQLModel, table=True):
    """A file belongs to an action or a case; taken off it with a reason, never erased."""

    __tablename__ = "evidence_use"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    evidence_file_id: int = Field(foreign_key="evidence_file.id", index=True)
    action: ActionKind = stored(ActionKind)
    action_id: int = Field(index=True)
    case_id: int | None = Field(default=None, foreign_key="enforcement_case.id", index=True)
    after_decision: AfterDecision = stored(AfterDecision)
    remarks: list[str] | None = json_column()
    linked_at: datetime = instant()
    linked_by: str
    removed_at: datetime | None = instant(nullable=True)
    removed_by: str = ""
    removed_reason: str = ""


class EvidenceItem(SQLModel, table=True):
    """One line of a case's 证据清单: a clip (in and out marks in an original), a file, a thing.

    行政诉讼证据规定 第十二条: how, when and by whom it was made, what it proves, the words said.
    """

    __tablename__ = "evidence_item"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    case_id: int = Field(foreign_key="enforcement_case.id", index=True)
    evidence_file_id: int | None = Field(default=None, foreign_key="evidence_file.id", index=True)
    position: int
    kind: EvidenceKind = stored(EvidenceKind)
    title: str
    in_ms: int | None = None
    out_ms: int | None = None
    proves: str
    words: str = ""
    made_by: str = ""
    made_how: str = ""
    made_at: datetime | None = instant(nullable=True)
    made_on: date | None = None
    place: str = ""
    original_lies: str = ""  # 原始载体存放处, for what is no file
    pages: int | None = None
    reason: str = ""  # what settled the warnings
    after_decision: AfterDecision = stored(AfterDecision)
    verified_by_id: int | None = Field(default=None, foreign_key="officer.id")
    verified_by: str = ""
    verified_how: str = ""
    verified_on: date | None = None
    noted_at: datetime = instant()
    noted_by: str
    removed_at: datetime | None = instant(nullable=True)
    removed_by: str = ""
    removed_reason: str = ""


class EvidenceCheck(SQLModel, table=True):
    """One re-reading of all kept files; its outcome stays on record."""

    __tablename__ = "evidence_check"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    scheduled: bool = False
    began_at: datetime = instant()
    finished_at: datetime = instant(index=True)
    whole: bool = True  # false where it was stopped before the end
    checked: int
    bytes: int = Field(sa_column=Column(BigInteger, nullable=False))
    problems: int
    away: int = 0  # files on a volume that was not attached
    read_ids: str | None = None  # which files were read, as spans; None before this was kept
    actor: str


class EvidenceProblem(SQLModel, table=True):
    """What a check found wrong with one file; written once."""

    __tablename__ = "evidence_problem"
    id: int | None = Field(default=None, primary_key=True)
    check_id: int = Field(foreign_key="evidence_check.id", index=True)
    evidence_file_id: int = Field(foreign_key="evidence_file.id", index=True)
    kind: ProblemKind = stored(ProblemKind)
    path: str
    say: str


class EvidenceAct(SQLModel, table=True):
    """Who viewed, copied out, printed, masked or deleted a file, when and what for; written once."""

    __tablename__ = "evidence_act"
    id: int | None = Field(default=None, primary_key=True)
    evidence_file_id: int = Field(foreign_key="evidence_file.id", index=True)
    kind: EvidenceActKind = stored(EvidenceActKind)
    at: datetime = instant()
    actor: str
    purpose: str = ""
    approved_by: str = ""
    detail: str = ""
