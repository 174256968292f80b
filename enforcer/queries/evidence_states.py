"""Whether kept files were whole when last read, and what a folder holds before it is taken in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import col, func, select

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


def spans(ids: Iterable[int]) -> str:
    """Which files a check has read, in short: `1-500,503`."""
    found: list[list[int]] = []
    for one in sorted(ids):
        if found and one == found[-1][1] + 1:
            found[-1][1] = one
        else:
            found.append([one, one])
    return ",".join(f"{a}-{b}" if a != b else str(a) for a, b in found)


def problem_states(where: Where) -> dict[int, ProblemKind]:
    """Files found wrong by the latest check that read them, wherever it was started.

    A file that was not read (its disk away, the check stopped) keeps its problem. Checks older than
    the list of what they read count for every file when they were whole.
    """
    found: dict[int, ProblemKind] = {}
    with looking(where) as session:
        wrong: dict[int, dict[int, ProblemKind]] = {}
        for one in session.exec(select(EvidenceProblem)):
            wrong.setdefault(one.check_id, {})[one.evidence_file_id] = one.kind
        open_ = {one for many in wrong.values() for one in many}
        asked = select(EvidenceCheck.id, EvidenceCheck.whole, EvidenceCheck.read_ids)
        for check_id, whole, read_ids in session.exec(asked.order_by(col(EvidenceCheck.id).desc())):
            if not open_:
                break
            said = wrong.get(check_id or 0, {})
            read = within(open_, read_ids) if read_ids is not None else set(said)
            if read_ids is None and whole:
                read = set(open_)
            found |= {one: said[one] for one in read & open_ if one in said}
            open_ -= read
    return found


def read_since(where: Where, moment: datetime) -> str:
    """What checks since then have read that the last whole one had not yet; as spans."""
    last = select(func.coalesce(func.max(EvidenceCheck.id), 0)).where(
        col(EvidenceCheck.whole).is_(True)
    )
    with looking(where) as session:
        asked = select(EvidenceCheck.read_ids).where(
            col(EvidenceCheck.id) > last.scalar_subquery(),
            EvidenceCheck.began_at >= moment,
            col(EvidenceCheck.read_ids).is_not(None),
        )
        return ",".join(one for one in session.exec(asked) if one)


def within(ids: Iterable[int], text: str) -> set[int]:
    """Those of the ids that lie in the spans."""
    spans_ = [one.partition("-") for one in text.split(",") if one]
    pairs = [(int(first), int(last or first)) for first, _, last in spans_]
    return {one for one in ids if any(first <= one <= last for first, last in pairs)}


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
