"""What happened to evidence: intakes with their reports, checks of all files, who did what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select as columns_of
from sqlmodel import col, func, select

from enforcer.evidence_terms import (
    EvidenceActKind,
    IntakeFileState,
    IntakeState,
    Keeping,
    ProblemKind,
    SourceKind,
)
from enforcer.exchange.media_names import CHINA
from enforcer.models import (
    EvidenceAct,
    EvidenceCheck,
    EvidenceFile,
    EvidenceIntake,
    EvidenceProblem,
    IntakeFile,
)
from enforcer.queries.evidence_settings import settings
from enforcer.queries.looking import Where, among, by_id, looking, plain_ids


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """One intake and how far it is."""

    id: int
    source_kind: SourceKind
    source: str
    volume_label: str
    keeping: Keeping
    case_id: int | None
    state: IntakeState
    say: str
    started_at: datetime
    finished_at: datetime | None
    actor: str
    counts: Mapping[IntakeFileState, int] = field(default_factory=dict)

    @property
    def can_resume(self) -> bool:
        return bool(self.counts.get(IntakeFileState.WAITING)) and self.state in (
            IntakeState.INTERRUPTED,
            IntakeState.CANCELLED,
            IntakeState.RUNNING,
        )


@dataclass(frozen=True, slots=True)
class IntakeLine:
    """One file in the report of an intake."""

    position: int
    shown: str
    size: int
    state: IntakeFileState
    say: str
    retry: bool
    file_id: int | None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check of the kept files."""

    id: int
    finished_at: datetime
    scheduled: bool
    whole: bool
    checked: int
    bytes: int
    problems: int
    away: int
    actor: str


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """What a check found wrong with one file."""

    file_id: int
    name: str
    kind: ProblemKind
    path: str
    say: str


@dataclass(frozen=True, slots=True)
class ActRow:
    """What was done with a file."""

    kind: EvidenceActKind
    at: datetime
    actor: str
    purpose: str
    approved_by: str
    detail: str


def intake_ids(where: Where) -> list[int]:
    """All intakes, the latest first."""
    with looking(where) as session:
        asked = select(EvidenceIntake.id).order_by(col(EvidenceIntake.id).desc())
        return plain_ids(session.exec(asked).all())


def intake_rows(where: Where, ids: Sequence[int]) -> list[IntakeRow]:
    """The rows of these intakes, in this order."""
    with looking(where) as session:
        counted: dict[int, dict[IntakeFileState, int]] = {}
        asked = (
            columns_of(col(IntakeFile.intake_id), col(IntakeFile.state), func.count())
            .where(among(IntakeFile.intake_id, ids))
            .group_by(col(IntakeFile.intake_id), col(IntakeFile.state))
        )
        for intake_id, state, count in session.execute(asked):
            counted.setdefault(intake_id, {})[state] = count
        return [
            IntakeRow(
                one.id or 0,
                one.source_kind,
                one.source,
                one.volume_label,
                one.keeping,
                one.case_id,
                one.state,
                one.say,
                one.started_at,
                one.finished_at,
                one.actor,
                counted.get(one.id or 0, {}),
            )
            for one in by_id(session, EvidenceIntake, ids)
        ]


def intake_lines(where: Where, intake_id: int) -> list[IntakeLine]:
    """The report of an intake, a line a file."""
    with looking(where) as session:
        rows = session.exec(
            select(IntakeFile)
            .where(IntakeFile.intake_id == intake_id)
            .order_by(col(IntakeFile.position))
        ).all()
    return [
        IntakeLine(
            one.position, one.shown, one.size, one.state, one.say, one.retry, one.evidence_file_id
        )
        for one in rows
    ]


def checks(where: Where, *, limit: int = 50) -> list[CheckRow]:
    """The checks on record, the latest first."""
    with looking(where) as session:
        rows = session.exec(
            select(EvidenceCheck).order_by(col(EvidenceCheck.id).desc()).limit(limit)
        ).all()
    return [
        CheckRow(
            one.id or 0,
            one.finished_at,
            one.scheduled,
            one.whole,
            one.checked,
            one.bytes,
            one.problems,
            one.away,
            one.actor,
        )
        for one in rows
    ]


def problems(where: Where, check_id: int) -> list[ProblemRow]:
    """What one check found."""
    with looking(where) as session:
        found = session.exec(
            select(EvidenceProblem, EvidenceFile.original_name)
            .join(EvidenceFile, col(EvidenceFile.id) == EvidenceProblem.evidence_file_id)
            .where(EvidenceProblem.check_id == check_id)
            .order_by(col(EvidenceProblem.id))
        ).all()
    return [
        ProblemRow(one.evidence_file_id, name, one.kind, one.path, one.say) for one, name in found
    ]


def check_due(where: Where, *, today: date) -> bool:
    """Whether the weekly check of all files is to be made now."""
    with looking(where) as session:
        some = session.exec(
            select(EvidenceFile.id).where(col(EvidenceFile.deletion_id).is_(None)).limit(1)
        ).first()
        if some is None:
            return False
        last = session.exec(
            select(func.max(EvidenceCheck.finished_at)).where(col(EvidenceCheck.whole).is_(True))
        ).one()
        if last is None:
            return True
        days = settings(session).check_days
    return bool((today - last.astimezone(CHINA).date()).days >= days)


def acts(where: Where, file_id: int) -> list[ActRow]:
    """Who viewed, copied out, printed, masked or deleted it, the latest first."""
    with looking(where) as session:
        rows = session.exec(
            select(EvidenceAct)
            .where(EvidenceAct.evidence_file_id == file_id)
            .order_by(col(EvidenceAct.id).desc())
        ).all()
    return [
        ActRow(one.kind, one.at, one.actor, one.purpose, one.approved_by, one.detail)
        for one in rows
    ]
