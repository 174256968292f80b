"""Registered files of evidence: lists, rows, where they lie now, how long they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from enforcer.evidence_terms import (
    ActionKind,
    AfterDecision,
    Keeping,
    MediaKind,
    RetentionClass,
    TimeSource,
)
from enforcer.exchange.media_names import CHINA
from enforcer.models import (
    Case,
    EvidenceFile,
    EvidenceItem,
    EvidenceUse,
)
from enforcer.queries.evidence_settings import EvidenceSettings, own_folder, settings
from enforcer.queries.looking import Where, among, by_id, literal, looking, plain_ids
from enforcer.store import volumes
from enforcer.store.database import Store
from enforcer.store.volumes import Volume

CODE = 8


def short_code(sha256: str) -> str:
    """The first and last eight signs of a hash, as lists on paper show it."""
    return f"{sha256[:CODE]}…{sha256[-CODE:]}" if sha256 else ""


@dataclass(frozen=True, slots=True)
class UseRow:
    """What a file belongs to, and what was noted then."""

    id: int
    action: ActionKind
    action_id: int
    case_id: int | None
    case_number: str
    after_decision: AfterDecision
    remarks: tuple[str, ...]
    linked_at: datetime
    linked_by: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """One registered file as lists show it. `keep_until` None: for good."""

    id: int
    name: str
    media: MediaKind
    format: str
    size: int
    sha256: str
    sm3: str
    duration_ms: int | None
    recorder: str
    recorder_id: int | None
    officer: str
    officer_id: int | None
    begins_at: datetime | None
    ends_at: datetime | None
    time_source: TimeSource | None
    name_at: datetime | None
    media_at: datetime | None
    file_at: datetime | None
    device: str
    place: str
    latitude: float | None
    longitude: float | None
    width: int | None
    height: int | None
    remarks: tuple[str, ...]
    keeping: Keeping
    volume_label: str
    original_path: str
    retention: RetentionClass
    held: bool
    keep_until: date | None
    taken_at: datetime
    taken_by: str
    derived_from_id: int | None
    derivation: str
    deleted: bool
    uses: tuple[UseRow, ...] = ()

    @property
    def code(self) -> str:
        return short_code(self.sha256)

    def deletable(self, today: date) -> bool:
        """Whether its time is up: no case holds it, and its last day is over."""
        until = self.keep_until
        return not self.deleted and not self.held and until is not None and until < today


@dataclass(frozen=True, slots=True)
class FileFilter:
    """Which files: words of name, device, officer, place; a case; days; what is not used yet."""

    search: str = ""
    case_id: int | None = None
    action: ActionKind | None = None
    action_id: int | None = None
    recorder_id: int | None = None
    officer_id: int | None = None
    media: MediaKind | None = None
    first: date | None = None
    last: date | None = None
    unused: bool = False
    with_remarks: bool = False
    deleted: bool = False
    intake_id: int | None = None


def file_ids(where: Where, wanted: FileFilter | None = None) -> list[int]:
    """Files by the time they were recorded, the latest first."""
    one = wanted or FileFilter()
    asked = select(EvidenceFile.id)
    asked = asked.where(
        col(EvidenceFile.deletion_id).is_not(None)
        if one.deleted
        else col(EvidenceFile.deletion_id).is_(None)
    )
    for word in one.search.split():
        like = literal(word)
        asked = asked.where(
            or_(
                *(
                    col(column).like(like, escape="\\")
                    for column in (
                        EvidenceFile.original_name,
                        EvidenceFile.recorder,
                        EvidenceFile.officer,
                        EvidenceFile.place,
                        EvidenceFile.volume_label,
                        EvidenceFile.sha256,
                    )
                )
            )
        )
    for column, value in (
        (EvidenceFile.recorder_id, one.recorder_id),
        (EvidenceFile.officer_id, one.officer_id),
        (EvidenceFile.media, one.media),
        (EvidenceFile.intake_id, one.intake_id),
    ):
        if value is not None:
            asked = asked.where(col(column) == value)
    moment = func.coalesce(EvidenceFile.begins_at, EvidenceFile.taken_at)
    if one.first:
        asked = asked.where(moment >= _midnight(one.first))
    if one.last:
        asked = asked.where(moment < _midnight(one.last + timedelta(days=1)))
    if one.with_remarks:
        asked = asked.where(func.json_array_length(EvidenceFile.remarks) > 0)
    active = select(EvidenceUse.evidence_file_id).where(col(EvidenceUse.removed_at).is_(None))
    if one.unused:
        asked = asked.where(col(EvidenceFile.id).not_in(active))
    if one.case_id is not None:
        asked = asked.where(
            col(EvidenceFile.id).in_(active.where(EvidenceUse.case_id == one.case_id))
        )
    if one.action is not None:
        uses = active.where(
            EvidenceUse.action == one.action, EvidenceUse.action_id == one.action_id
        )
        asked = asked.where(col(EvidenceFile.id).in_(uses))
    with looking(where) as session:
        return plain_ids(
            session.exec(asked.order_by(moment.desc(), col(EvidenceFile.id).desc())).all()
        )


def file_rows(where: Where, ids: Sequence[int]) -> list[FileRow]:
    """The rows of these files, in this order."""
    with looking(where) as session:
        chosen = settings(session)
        uses = _uses(session, ids)
        holding = held(session, ids)
        return [
            _row(one, chosen, tuple(uses.get(one.id or 0, ())), one.id in holding)
            for one in by_id(session, EvidenceFile, ids)
        ]


def file_row(where: Where, file_id: int) -> FileRow | None:
    """One registered file."""
    found = file_rows(where, [file_id])
    return found[0] if found else None


def held(session: Session, ids: Sequence[int] | None = None) -> set[int]:
    """Files that a case holds: used in it, on its list, or the original of a copy that is."""
    uses = select(col(EvidenceUse.evidence_file_id)).where(
        col(EvidenceUse.case_id).is_not(None), col(EvidenceUse.removed_at).is_(None)
    )
    items = select(col(EvidenceItem.evidence_file_id)).where(
        col(EvidenceItem.evidence_file_id).is_not(None), col(EvidenceItem.removed_at).is_(None)
    )
    originals = select(col(EvidenceFile.derived_from_id)).where(
        col(EvidenceFile.derived_from_id).is_not(None),
        or_(col(EvidenceFile.id).in_(uses), col(EvidenceFile.id).in_(items)),
    )
    if ids is not None:
        originals = originals.where(among(EvidenceFile.derived_from_id, ids))
        uses = uses.where(among(EvidenceUse.evidence_file_id, ids))
        items = items.where(among(EvidenceItem.evidence_file_id, ids))
    found = *session.exec(uses), *session.exec(items), *session.exec(originals)
    return {one for one in found if one is not None}


def deletable_ids(where: Where, *, today: date) -> list[int]:
    """Files whose time is up and that no case holds: what may be proposed for deletion."""
    asked = (
        select(col(EvidenceFile.id), col(EvidenceFile.retention), col(EvidenceFile.taken_at))
        .where(col(EvidenceFile.deletion_id).is_(None))
        .order_by(col(EvidenceFile.taken_at))
    )
    with looking(where) as session:
        chosen, holding = settings(session), held(session)
        found = []
        for key, retention, taken_at in session.exec(asked):
            until = chosen.keep_until(retention, taken_at.astimezone(CHINA).date())
            if key is not None and key not in holding and until is not None and until < today:
                found.append(key)
        return found


def located(
    store: Store, row: EvidenceFile, attached: Sequence[Volume] | None = None
) -> Path | None:
    """Where a registered file lies now; None while its disk is not attached."""
    if row.keeping is Keeping.COPIED:
        base = Path(row.volume_root) if row.volume_root else own_folder(store)
        return base / row.kept_as
    root = Path(row.volume_root)
    if row.volume_label:
        found = volumes.find(row.volume_label, root, attached)
        return found / row.kept_as if found else None
    return root / row.kept_as


def kept_hashes(where: Where) -> frozenset[str]:
    """The hashes of every file that has not been deleted."""
    asked = select(EvidenceFile.sha256).where(col(EvidenceFile.deletion_id).is_(None))
    with looking(where) as session:
        return frozenset(session.exec(asked))


def kept_names(where: Where) -> frozenset[tuple[int, str]]:
    """Size and original name of every file that has not been deleted."""
    asked = select(EvidenceFile.size, EvidenceFile.original_name).where(
        col(EvidenceFile.deletion_id).is_(None)
    )
    with looking(where) as session:
        return frozenset((size, name) for size, name in session.exec(asked))


def path_of(store: Store, file_id: int) -> Path | None:
    """Where the file with this id lies now; None while its disk is not attached."""
    with store.reading() as session:
        row = session.get(EvidenceFile, file_id)
        assert row is not None, f"no evidence file {file_id}"
        return located(store, row)


def _uses(session: Session, ids: Sequence[int]) -> dict[int, list[UseRow]]:
    asked = (
        select(EvidenceUse, Case.number)
        .join(Case, col(Case.id) == EvidenceUse.case_id, isouter=True)
        .where(among(EvidenceUse.evidence_file_id, ids), col(EvidenceUse.removed_at).is_(None))
        .order_by(col(EvidenceUse.id))
    )
    found: dict[int, list[UseRow]] = {}
    for one, number in session.exec(asked):
        found.setdefault(one.evidence_file_id, []).append(
            UseRow(
                one.id or 0,
                one.action,
                one.action_id,
                one.case_id,
                number or "",
                one.after_decision,
                tuple(one.remarks or ()),
                one.linked_at,
                one.linked_by,
            )
        )
    return found


def _row(
    one: EvidenceFile, chosen: EvidenceSettings, uses: tuple[UseRow, ...], is_held: bool
) -> FileRow:
    taken_on = one.taken_at.astimezone(CHINA).date()
    return FileRow(
        id=one.id or 0,
        name=one.original_name,
        media=one.media,
        format=one.media_format,
        size=one.size,
        sha256=one.sha256,
        sm3=one.sm3,
        duration_ms=one.duration_ms,
        recorder=one.recorder,
        recorder_id=one.recorder_id,
        officer=one.officer,
        officer_id=one.officer_id,
        begins_at=one.begins_at,
        ends_at=one.ends_at,
        time_source=one.time_source,
        name_at=one.name_at,
        media_at=one.media_at,
        file_at=one.file_at,
        device=one.device,
        place=one.place,
        latitude=one.latitude,
        longitude=one.longitude,
        width=one.width,
        height=one.height,
        remarks=tuple(one.remarks or ()),
        keeping=one.keeping,
        volume_label=one.volume_label,
        original_path=one.original_path,
        retention=one.retention,
        held=is_held,
        keep_until=None if is_held else chosen.keep_until(one.retention, taken_on),
        taken_at=one.taken_at,
        taken_by=one.taken_by,
        derived_from_id=one.derived_from_id,
        derivation=one.derivation,
        deleted=one.deletion_id is not None,
        uses=uses,
    )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)
