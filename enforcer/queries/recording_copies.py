"""Second copies of recordings: which files have one, where and since when, and which lack it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from enforcer.evidence_terms import IntakeState
from enforcer.exchange.media_names import CHINA
from enforcer.models import EvidenceFile, RecordingBackup, RecordingCopy
from enforcer.queries import evidence, office
from enforcer.queries.looking import Where, looking

KEY = "recordings_backup"
WARN_DAYS = 7


@dataclass(frozen=True, slots=True)
class CopySettings:
    """The office's choice. `folder` blank: beside the backups; `label` names its disk, `below` where there."""

    version: str
    on: bool = False
    folder: str = ""
    label: str = ""
    below: str = ""
    warn_days: int = WARN_DAYS


@dataclass(frozen=True, slots=True)
class SecondCopy:
    """A proven second copy of one file: on which disk, in which folder, proven when."""

    label: str
    folder: str
    at: datetime

    @property
    def say(self) -> str:
        """In words, as lists show it."""
        where = f"“{self.label}”" if self.label else f"“{self.folder}”"
        return f"{where}，{self.at.astimezone(CHINA):%Y-%m-%d} 核对"


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of the backup of recordings."""

    id: int
    folder: str
    label: str
    state: IntakeState
    copied: int
    known: int
    problems: int
    away: int
    say: str
    began_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the second copies stand: all files, those with one, those of cases that lack it."""

    files: int
    copied: int
    held_without: int
    last: RunRow | None


def settings(where: Where) -> CopySettings:
    """What the office has chosen."""
    with looking(where) as session:
        said = office.setting(session, KEY)
        version = office.setting_version(session, KEY)
    return CopySettings(
        version,
        bool(said.get("on")),
        str(said.get("folder") or ""),
        str(said.get("label") or ""),
        str(said.get("below") or ""),
        int(said.get("warn_days") or WARN_DAYS),
    )


def second_copies(where: Where, ids: Sequence[int] | None = None) -> dict[int, SecondCopy]:
    """The proven second copy of each file that has one: what was last seen of it in any place."""
    latest = select(func.max(RecordingCopy.id)).group_by(
        col(RecordingCopy.evidence_file_id), col(RecordingCopy.place)
    )
    if ids is not None:
        latest = latest.where(col(RecordingCopy.evidence_file_id).in_(ids))
    asked = (
        select(RecordingCopy, RecordingBackup.volume_label, RecordingBackup.folder)
        .join(RecordingBackup, col(RecordingBackup.id) == RecordingCopy.backup_id)
        .where(col(RecordingCopy.id).in_(latest), col(RecordingCopy.whole).is_(True))
        .order_by(col(RecordingCopy.id))
    )
    with looking(where) as session:
        return {
            one.evidence_file_id: SecondCopy(label, folder, one.seen_at)
            for one, label, folder in session.exec(asked)
        }


def with_copy(session: Session) -> set[int]:
    """Every file with a proven second copy somewhere, by key alone: asked by each look at 今日."""
    latest = select(func.max(RecordingCopy.id)).group_by(
        col(RecordingCopy.evidence_file_id), col(RecordingCopy.place)
    )
    asked = select(RecordingCopy.evidence_file_id).where(
        col(RecordingCopy.id).in_(latest), col(RecordingCopy.whole).is_(True)
    )
    return set(session.exec(asked))


def without_copy(where: Where, ids: Sequence[int]) -> list[int]:
    """Those of the files that lie on one disk only, in this order."""
    with looking(where) as session:
        there = with_copy(session)
    return [one for one in ids if one not in there]


def whole_at(session: Session, place: str) -> dict[int, bool]:
    """What was last seen of each file in one place."""
    latest = (
        select(func.max(RecordingCopy.id))
        .where(RecordingCopy.place == place)
        .group_by(col(RecordingCopy.evidence_file_id))
    )
    asked = select(RecordingCopy.evidence_file_id, RecordingCopy.whole).where(
        col(RecordingCopy.id).in_(latest)
    )
    return {key: whole for key, whole in session.exec(asked)}  # noqa: C416 — a Row is no pair


def held_without(
    where: Where, *, today: date, days: int = 0, case_id: int | None = None
) -> list[int]:
    """Files that a case holds (any, or this one), so many days old, without a second copy."""
    with looking(where) as session:
        held = evidence.held(session)
        if case_id is not None:
            held &= set(evidence.file_ids(session, evidence.FileFilter(case_id=case_id)))
        there = with_copy(session)
        rows = session.exec(
            select(EvidenceFile.id, EvidenceFile.taken_at).where(
                col(EvidenceFile.deletion_id).is_(None)
            )
        )
        return [
            key
            for key, taken in rows
            if key in held
            and key not in there
            and (today - taken.astimezone(CHINA).date()).days >= days
        ]


def standing(where: Where, *, today: date) -> Standing:
    """How the second copies stand now."""
    with looking(where) as session:
        files = set(
            session.exec(
                select(EvidenceFile.id).where(col(EvidenceFile.deletion_id).is_(None))
            ).all()
        )
        copied = files & with_copy(session)
        found = runs(session, limit=1)
        lacking = held_without(session, today=today)
        return Standing(len(files), len(copied), len(lacking), found[0] if found else None)


def runs(where: Where, *, limit: int = 20) -> list[RunRow]:
    """The runs on record, the latest first."""
    with looking(where) as session:
        rows = session.exec(
            select(RecordingBackup).order_by(col(RecordingBackup.id).desc()).limit(limit)
        ).all()
    return [
        RunRow(
            one.id or 0,
            one.folder,
            one.volume_label,
            one.state,
            one.copied,
            one.known,
            one.problems,
            one.away,
            one.say,
            one.began_at,
            one.finished_at,
        )
        for one in rows
    ]
