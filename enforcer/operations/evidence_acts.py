"""The record of what was done with a file: viewed, copied out, printed, masked, deleted."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from enforcer.evidence_terms import EvidenceActKind
from enforcer.models import EvidenceAct, EvidenceFile
from enforcer.operations.editing import block


def note_act(
    session: Session,
    row: EvidenceFile,
    kind: EvidenceActKind,
    *,
    now: datetime,
    actor: str,
    purpose: str = "",
    approved_by: str = "",
    detail: str = "",
) -> None:
    """Keep on record what was done with a file."""
    assert row.id
    session.add(
        EvidenceAct(
            evidence_file_id=row.id,
            kind=kind,
            at=now,
            actor=actor,
            purpose=purpose,
            approved_by=approved_by,
            detail=detail,
        )
    )


def registered(session: Session, file_id: int) -> EvidenceFile:
    """A file that is still kept; refused when it is not."""
    row = session.get(EvidenceFile, file_id)
    if row is None:
        raise block("evidence_gone", f"没有编号为 {file_id} 的证据文件，请重新选择。")
    if row.deletion_id is not None:
        raise block("evidence_deleted", f"“{row.original_name}”已经到期删除，只留有登记。")
    return row
