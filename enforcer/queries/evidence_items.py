"""The evidence list of a case, line by line, with the file behind each and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from enforcer.evidence_terms import AfterDecision, EvidenceKind, MediaKind
from enforcer.models import EvidenceFile, EvidenceItem
from enforcer.queries.evidence import short_code
from enforcer.queries.looking import Where, looking, version


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line; `version` goes back with the form that changes it."""

    id: int
    version: str
    case_id: int
    position: int
    kind: EvidenceKind
    title: str
    file_id: int | None
    file_name: str
    media: MediaKind | None
    sha256: str
    size: int
    duration_ms: int | None
    in_ms: int | None
    out_ms: int | None
    proves: str
    words: str
    made_by: str
    made_how: str
    made_at: datetime | None
    place: str
    original_lies: str
    recorder: str
    pages: int | None
    reason: str
    after_decision: AfterDecision
    verified_by: str
    verified_how: str
    verified_on: date | None
    file_gone: bool

    @property
    def code(self) -> str:
        return short_code(self.sha256)

    @property
    def span(self) -> str:
        """The marks as officers read them; empty for what has none."""
        if self.in_ms is None and self.out_ms is None:
            return f"全长 {clock(self.duration_ms)}" if self.duration_ms else ""
        end = clock(self.out_ms if self.out_ms is not None else self.duration_ms or 0)
        return f"{clock(self.in_ms or 0)}—{end}"

    @property
    def missing(self) -> tuple[str, ...]:
        """What the law asks for and is not there yet."""
        found = []
        if not self.verified_on:
            found.append("还没有查证：证据必须经查证属实，方可作为认定案件事实的根据。")
        if not self.made_by:
            found.append("没有写明制作人。")
        if self.made_at is None:
            found.append("没有写明制作时间。")
        if self.media is MediaKind.AUDIO and not self.words:
            found.append("声音资料没有附文字记录。")
        if self.file_gone:
            found.append("文件已经到期删除，只留有登记。")
        return tuple(found)


def clock(milliseconds: int) -> str:
    """A place in a recording: 00:01:05, with tenths where there are any."""
    seconds, rest = divmod(milliseconds, 1000)
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{text}.{rest // 100}" if rest >= 100 else text


def item_rows(where: Where, case_id: int) -> list[ItemRow]:
    """The list of a case, in its order."""
    asked = (
        select(EvidenceItem, EvidenceFile)
        .join(
            EvidenceFile, col(EvidenceFile.id) == col(EvidenceItem.evidence_file_id), isouter=True
        )
        .where(EvidenceItem.case_id == case_id, col(EvidenceItem.removed_at).is_(None))
        .order_by(col(EvidenceItem.position))
    )
    with looking(where) as session:
        found = [(one, file) for one, file in session.exec(asked)]
        return [_row(one, file) for one, file in found]


def _row(one: EvidenceItem, file: EvidenceFile | None) -> ItemRow:
    return ItemRow(
        id=one.id or 0,
        version=version(one),
        case_id=one.case_id,
        position=one.position,
        kind=one.kind,
        title=one.title,
        file_id=one.evidence_file_id,
        file_name=file.original_name if file else "",
        media=file.media if file else None,
        sha256=file.sha256 if file else "",
        size=file.size if file else 0,
        duration_ms=file.duration_ms if file else None,
        in_ms=one.in_ms,
        out_ms=one.out_ms,
        proves=one.proves,
        words=one.words,
        made_by=one.made_by,
        made_how=one.made_how,
        made_at=one.made_at,
        place=one.place or (file.place if file else ""),
        original_lies=one.original_lies or _lies(file),
        recorder=file.recorder if file else "",
        pages=one.pages,
        reason=one.reason,
        after_decision=one.after_decision,
        verified_by=one.verified_by,
        verified_how=one.verified_how,
        verified_on=one.verified_on,
        file_gone=file is not None and file.deletion_id is not None,
    )


def _lies(file: EvidenceFile | None) -> str:
    """Where the original is kept, as papers say it."""
    if file is None:
        return ""
    return f"在“{file.volume_label}”" if file.volume_label else file.keeping.label
