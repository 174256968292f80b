"""The papers of a case that came out, each with the row it is about; void ones keep their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from enforcer.models import Document
from enforcer.queries.looking import Where, looking
from enforcer.terms import DocumentState

ISSUE = "issue"
"""Where a frozen paper keeps what it is about, beside the fields its template was filled with."""


@dataclass(frozen=True, slots=True)
class Issued:
    """One paper that came out: which row of the case it is about, for what reasons it could."""

    id: int
    key: str
    title: str
    number: str
    on: date
    row: int
    state: DocumentState
    issued_at: datetime
    issued_by: str
    pages: int
    print_count: int
    void_reason: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    party: str = ""

    @property
    def stands(self) -> bool:
        """Whether it was not made void since."""
        return self.state is DocumentState.ISSUED


def issued(where: Where, case_id: int) -> tuple[Issued, ...]:
    """Every paper of a case in the order it came out, void ones too."""
    asked = select(Document).where(Document.case_id == case_id).order_by(col(Document.id))
    with looking(where) as session:
        return tuple(issued_of(one) for one in session.exec(asked))


def issued_of(row: Document) -> Issued:
    """One row as the papers of a case are shown."""
    fields: Mapping[str, Any] = row.fields or {}
    kept = _mapping(fields.get(ISSUE))
    about = kept.get("row", 0)
    reasons = _mapping(kept.get("reasons"))
    return Issued(
        id=row.id or 0,
        key=row.template_key,
        title=row.title,
        number=row.number,
        on=row.issued_on,
        row=about if isinstance(about, int) else 0,
        state=row.state,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
        pages=row.pages,
        print_count=row.print_count,
        void_reason=row.void_reason,
        reasons={str(code): str(said) for code, said in reasons.items()},
        party=str(_mapping(fields.get("party")).get("name", "")),
    )


def standing(session: Session, case_id: int, key: str, row: int) -> Document | None:
    """The paper of this kind and row that came out and stands; one without a row stands for all."""
    asked = (
        select(Document)
        .where(
            Document.case_id == case_id,
            Document.template_key == key,
            Document.state == DocumentState.ISSUED,
        )
        .order_by(col(Document.id).desc())
    )
    return next((one for one in session.exec(asked) if issued_of(one).row in (0, row)), None)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
