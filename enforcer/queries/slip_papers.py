"""Which papers rest on a step: those that would say something else, or nothing, without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from enforcer.documents import course_fields, course_rules
from enforcer.models import Document, StepTrace
from enforcer.models.base import LEFT_OUT
from enforcer.queries import course_papers, slips
from enforcer.queries.course_papers_issued import issued_of
from enforcer.terms import DocumentState


def resting(session: Session, case_id: int, trace: StepTrace, since: datetime) -> tuple[str, ...]:
    """Titles of the papers issued since that stand and say what the step wrote."""
    asked = select(Document).where(
        Document.case_id == case_id,
        Document.state == DocumentState.ISSUED,
        Document.issued_at >= since,
    )
    issued = session.exec(asked.order_by(col(Document.id))).all()
    if not issued:
        return ()
    with _beside(session) as now, _beside(session) as without:
        _leave_out(without, trace)
        rest = [one for one in issued if _rests(one, now, without)]
    return tuple(dict.fromkeys(one.title for one in rest))


@contextmanager
def _beside(session: Session) -> Iterator[Session]:
    """A second look at the same data, in which nothing is written."""
    bind = session.get_bind()
    assert isinstance(bind, Engine)
    with Session(bind.execution_options(writes=False), autoflush=False) as other:
        yield other


def _leave_out(session: Session, trace: StepTrace) -> None:
    """Let the session see the case as if the step had never been taken; nothing is written."""
    known = slips.tables()
    made, changed = slips.written(trace)
    rows: dict[Any, list[int]] = {}
    for table, key in made:
        if table in known:
            rows.setdefault(known[table], []).append(key)
    session.info[LEFT_OUT] = rows
    for table, key, columns in reversed(changed):
        row = session.get(known[table], key) if table in known else None
        for name, (before, _) in columns.items() if row is not None else ():
            setattr(row, name, slips.value_of(known[table], name, before))


def _rests(paper: Document, now: Session, without: Session) -> bool:
    said = _said(now, paper)
    return said is None or said != _said(without, paper)


def _said(session: Session, paper: Document) -> Mapping[str, Any] | None:
    """What the paper would say by what the session sees; None when it could not be made."""
    if paper.template_key not in course_rules.rules():
        return None
    assert paper.case_id
    made = course_papers.paper(
        session,
        paper.case_id,
        paper.template_key,
        uid=paper.uid,
        now=paper.issued_at,
        on=paper.issued_on,
        number=paper.number,
        row=issued_of(paper).row,
    )
    return course_fields.course_fields(made) if made is not None else None
