"""Numbers that were drawn and made void: kept with their reason, never used again (行政处罚法 第四十七条)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from enforcer import models
from enforcer.models import AuditEntry, Document, Notice
from enforcer.queries.looking import Where, looking
from enforcer.terms import DocumentState, NoticeState

NOTICE = "温馨告知书"


@dataclass(frozen=True, slots=True)
class VoidNumber:
    """One void number: what it was drawn for, why it is void, who made it so and when."""

    id: str
    number: str
    title: str
    reason: str
    voided_by: str
    voided_at: datetime | None


def void_numbers(where: Where) -> list[VoidNumber]:
    """Every void number, the latest first; those without a moment at the end."""
    with looking(where) as session:
        found = [*_notices(session), *_papers(session), *_of_steps(session)]
    dated = [one for one in found if one.voided_at is not None]
    dated.sort(key=lambda one: (one.voided_at, one.number), reverse=True)
    return dated + sorted((one for one in found if one.voided_at is None), key=lambda o: o.number)


def _notices(session: Session) -> list[VoidNumber]:
    asked = select(Notice).where(Notice.state == NoticeState.VOID, Notice.number != "")
    return [
        VoidNumber(
            f"notice.{one.id}", one.number, NOTICE, one.void_reason, one.voided_by, one.voided_at
        )
        for one in session.exec(asked)
    ]


def _papers(session: Session) -> list[VoidNumber]:
    """Papers of cases; a batch of notices is no number of its own."""
    asked = select(Document).where(
        Document.state == DocumentState.VOID,
        Document.number != "",
        col(Document.case_id).is_not(None),
    )
    rows = session.exec(asked).all()
    marks = _marks(session, [str(one.id) for one in rows])
    found = []
    for one in rows:
        mark = marks.get(str(one.id))
        found.append(
            VoidNumber(
                f"document.{one.id}",
                one.number,
                one.title,
                one.void_reason,
                mark.actor if mark else "",
                mark.at if mark else None,
            )
        )
    return found


def _of_steps(session: Session) -> list[VoidNumber]:
    """Numbers of filings and decisions that were taken back before a paper bore them."""
    return [
        VoidNumber(
            f"step.{one.id}", one.number, one.kind.label, one.reason, one.voided_by, one.voided_at
        )
        for one in session.exec(select(models.VoidNumber))
    ]


def _marks(session: Session, rows: list[str]) -> dict[str, AuditEntry]:
    """The entry of the log that made each paper void."""
    asked = (
        select(AuditEntry)
        .where(AuditEntry.table_name == "document", col(AuditEntry.row_id).in_(rows))
        .order_by(col(AuditEntry.id))
    )
    return {
        one.row_id: one
        for one in session.exec(asked)
        if one.action == "void" or "void" in json.dumps(json.loads(one.changes).get("state", ""))
    }
