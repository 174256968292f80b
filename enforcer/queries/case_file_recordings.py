"""The recordings of a case as its file names them, and what is known of its place in an archive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, func, select

from enforcer.models import CaseOpening, Dossier, EvidenceFile, EvidenceItem, EvidenceUse
from enforcer.queries.case_file_rows import plain
from enforcer.queries.looking import Where, looking

FACTS = (
    "original_name",
    "size",
    "sha256",
    "sm3",
    "media",
    "media_format",
    "duration_ms",
    "width",
    "height",
    "device",
    "recorder",
    "officer",
    "begins_at",
    "ends_at",
    "time_source",
    "name_at",
    "media_at",
    "file_at",
    "latitude",
    "longitude",
    "place",
    "remarks",
    "derivation",
    "retention",
    "retention_reason",
    "taken_at",
    "taken_by",
)
"""What goes along of each file: what it is and what it said of itself, not where it lies."""


def files_of(session: Session, case_id: int) -> list[EvidenceFile]:
    """Files that a case holds or that stand on its list of evidence."""
    uses = select(EvidenceUse.evidence_file_id).where(
        EvidenceUse.case_id == case_id, col(EvidenceUse.removed_at).is_(None)
    )
    items = select(EvidenceItem.evidence_file_id).where(
        EvidenceItem.case_id == case_id,
        col(EvidenceItem.removed_at).is_(None),
        col(EvidenceItem.evidence_file_id).is_not(None),
    )
    ids = {*session.exec(uses), *session.exec(items)}
    asked = select(EvidenceFile).where(
        col(EvidenceFile.id).in_(ids), col(EvidenceFile.deletion_id).is_(None)
    )
    return list(session.exec(asked.order_by(col(EvidenceFile.id))))


def how_much(where: Where, case_id: int) -> tuple[int, int]:
    """How many files a case has, and their bytes."""
    with looking(where) as session:
        rows = files_of(session, case_id)
    return len(rows), sum(one.size for one in rows)


def said_of(session: Session, row: EvidenceFile, case_id: int) -> dict[str, Any]:
    """One file as the case file names it, with the moment since which the case holds it."""
    asked = select(func.min(EvidenceUse.linked_at)).where(
        EvidenceUse.evidence_file_id == row.id,
        EvidenceUse.case_id == case_id,
        col(EvidenceUse.removed_at).is_(None),
    )
    said = {name: plain(getattr(row, name)) for name in FACTS}
    held_since = session.exec(asked).one() or row.taken_at
    return {"uid": str(row.uid), "held_since": plain(held_since)} | said


def here(session: Session, said: Mapping[str, Any]) -> EvidenceFile | None:
    """The registered file of this home with the same content."""
    return session.exec(
        select(EvidenceFile).where(
            EvidenceFile.sha256 == said["sha256"], col(EvidenceFile.deletion_id).is_(None)
        )
    ).first()


def archive_facts(session: Session, case_id: int) -> dict[str, Any]:
    """How the case lies in the archive over here, or did where it came from."""
    row = session.exec(select(Dossier).where(Dossier.case_id == case_id)).first()
    if row is None:
        return dict(_brought(session, case_id))
    return {
        "archive_number": row.archive_number,
        "archived_on": row.archived_on.isoformat(),
        "fonds": row.fonds,
        "retention": row.retention,
        "volumes": row.volumes,
        "pages": row.pages,
        "handed_over": row.handover_id is not None,
    }


def archived_elsewhere(where: Where, case_id: int) -> str:
    """The archive number a case bears where it came from, in a sentence; empty when it has none."""
    with looking(where) as session:
        facts = _brought(session, case_id)
    number = facts.get("archive_number")
    return f"原单位归档号 {number}（{facts.get('archived_on', '')} 归档）" if number else ""


def _brought(session: Session, case_id: int) -> Mapping[str, Any]:
    asked = select(CaseOpening).where(CaseOpening.case_id == case_id)
    rows = session.exec(asked.order_by(col(CaseOpening.id).desc())).all()
    return next((one.facts for one in rows if one.facts), {})
