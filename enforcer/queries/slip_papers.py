"""Which papers rest on a step: those that would say something else, or nothing, without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from enforcer.documents import course_fields, course_rules
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.models import Document, StepTrace
from enforcer.models.base import LEFT_OUT
from enforcer.queries import course, course_papers, slip_rows
from enforcer.queries.case_file_rows import ROW_OF
from enforcer.queries.course_papers_issued import issued_of
from enforcer.queries.course_papers_source import Source
from enforcer.terms import DocumentState


def resting(
    session: Session,
    case_id: int,
    trace: StepTrace,
    since: datetime,
    *,
    now: datetime,
    facts: CaseFacts | None = None,
) -> tuple[str, ...]:
    """Titles of the papers issued since that stand and say what the step wrote.

    `facts` are those of the case, where they are known already.
    """
    asked = select(Document).where(
        Document.case_id == case_id,
        Document.state == DocumentState.ISSUED,
        Document.issued_at >= since,
    )
    rules = course_rules.rules()
    issued = [
        one
        for one in session.exec(asked.order_by(col(Document.id)))
        if one.template_key in rules or one.issued_at > since  # one made on the spot came first
    ]
    rest = {one.id for one in issued if _own(one, trace)}
    if others := [one for one in issued if one.id not in rest]:
        stands = facts or course.facts(session, case_id, now=now)
        assert stands is not None
        rest |= _saying(session, stands, trace, others)
    return tuple(dict.fromkeys(one.title for one in issued if one.id in rest))


def _own(paper: Document, trace: StepTrace) -> bool:
    """Whether it is about a row that the step made: without the step there is no such paper."""
    rule = course_rules.rules().get(paper.template_key)
    if rule is None:
        return True
    row = issued_of(paper).row
    return bool(row) and [ROW_OF.get(rule.step), row] in slip_rows.written(trace)[0]


def _saying(
    session: Session, stands: CaseFacts, trace: StepTrace, papers: Sequence[Document]
) -> set[int | None]:
    """Which of these would say something else, or nothing, had the step never been taken."""
    with _beside(session) as without:
        _leave_out(without, trace)
        assert stands.case_id is not None
        before = course.facts(without, stands.case_id, now=stands.now)
        then = course_papers.source_of_case(without, before) if before else None
        now = course_papers.source_of_case(session, stands)
        return {one.id for one in papers if _said(without, then, one) != _said(session, now, one)}


@contextmanager
def _beside(session: Session) -> Iterator[Session]:
    """A second look at the same data, in which nothing is written."""
    bind = session.get_bind()
    assert isinstance(bind, Engine)
    with Session(bind.execution_options(writes=False), autoflush=False) as other:
        yield other


def _leave_out(session: Session, trace: StepTrace) -> None:
    """Let the session see the case as if the step had never been taken; nothing is written."""
    known = slip_rows.tables()
    made, changed = slip_rows.written(trace)
    rows: dict[Any, list[int]] = {}
    for table, key in made:
        if table in known:
            rows.setdefault(known[table], []).append(key)
    session.info[LEFT_OUT] = rows
    for table, key, columns in reversed(changed):
        row = session.get(known[table], key) if table in known else None
        for name, (before, _) in columns.items() if row is not None else ():
            setattr(row, name, slip_rows.value_of(known[table], name, before))


def _said(session: Session, source: Source | None, paper: Document) -> Mapping[str, Any] | None:
    """What the paper would say by what the session sees; None when it could not be made."""
    if source is None:
        return None
    made = course_papers.from_source(
        session,
        course_papers.about(source, paper.template_key, issued_of(paper).row),
        paper.template_key,
        uid=paper.uid,
        on=paper.issued_on,
        number=paper.number,
    )
    return course_fields.course_fields(made) if made is not None else None
