"""Whether kept files were whole when last read, and what a folder holds before it is taken in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, select

from enforcer.evidence_terms import AfterDecision, ProblemKind
from enforcer.models import EvidenceCheck, EvidenceProblem
from enforcer.queries.evidence import FileRow, file_rows
from enforcer.queries.looking import Where, looking
from enforcer.store import sources, volumes

_PAGE = 500
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class SourceLook:
    """What lies in the folders chosen: how much, on which disk, what cannot be taken and why."""

    files: int
    bytes: int
    refused: tuple[tuple[str, str], ...]
    label: str


def problem_states(where: Where) -> dict[int, ProblemKind]:
    """Files found wrong by the last check of all, or by a partial one since; the rest were whole."""
    found: dict[int, ProblemKind] = {}
    with looking(where) as session:
        checks = session.exec(
            select(EvidenceCheck.id, EvidenceCheck.whole).order_by(col(EvidenceCheck.id).desc())
        ).all()
        for check_id, whole in checks:
            asked = select(EvidenceProblem).where(EvidenceProblem.check_id == check_id)
            for one in session.exec(asked):
                found.setdefault(one.evidence_file_id, one.kind)
            if whole:
                break
    return found


def all_rows(where: Where, ids: Sequence[int]) -> list[FileRow]:
    """The rows of many files, a few hundred at a time."""
    found: list[FileRow] = []
    for at in range(0, len(ids), _PAGE):
        found += file_rows(where, ids[at : at + _PAGE])
    return found


def taken_after_decision(row: FileRow) -> bool:
    """Whether a case holds this file only since its decision (证据规定 第六十条第一项)."""
    return any(one.after_decision is not AfterDecision.NO for one in row.uses)


def look_at(paths: Iterable[Path]) -> SourceLook:
    """Count what lies below these paths; nothing is opened, no link is followed."""
    files = total = 0
    refused: list[tuple[str, str]] = []
    label = ""
    for path in paths:
        whole = path.expanduser().absolute()
        label = label or volumes.volume_of(whole).label
        for one in sources.scan(whole):
            if one.refused:
                refused.append((one.path.name, one.refused))
            else:
                files, total = files + 1, total + one.size
    return SourceLook(files, total, tuple(refused[:_SHOWN]), label)
