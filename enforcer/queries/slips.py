"""The last step of a case, and what rests on it; the steps that were taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import Session, SQLModel, col, func, select

from enforcer import models
from enforcer.evidence_terms import ActionKind
from enforcer.law.slips import INSTEAD, Slip
from enforcer.models.base import TAKEN_BACK_TOO, Retractable
from enforcer.queries import slip_papers
from enforcer.queries.course_rows import CHINA
from enforcer.terms import CaseStep, Discretion, SeriesKind, Stage

CHANGEABLE = (models.Case, models.Lead)
"""What a step may change besides rows of the course itself, and be taken back all the same."""
COUNTERS = ("series",)
"""What only goes forward: a number once drawn is never drawn again, whatever becomes of its step."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A step that was taken back: what it was, by whom, when and why it was taken back."""

    id: int
    step: CaseStep
    by: str
    at: datetime
    taken_back_by: str
    reason: str
    detail: Mapping[str, Any] = field(default_factory=dict)


def last_event(session: Session, case_id: int) -> models.CaseEvent | None:
    """The last step on record that stands."""
    asked = select(models.CaseEvent).where(models.CaseEvent.case_id == case_id)
    return session.exec(asked.order_by(col(models.CaseEvent.id).desc())).first()


def trace_of(session: Session, event: models.CaseEvent) -> models.StepTrace | None:
    """What the step that put this event last on record wrote."""
    asked = select(models.StepTrace).where(
        models.StepTrace.case_id == event.case_id, models.StepTrace.last_event_id == event.id
    )
    return session.exec(asked.order_by(col(models.StepTrace.id).desc())).first()


def slip(session: Session, case: models.Case) -> Slip:
    """The last step of a case as its guard sees it."""
    assert case.id
    event = last_event(session, case.id)
    if event is None:
        return Slip(case=case.number, step=None)
    trace = trace_of(session, event)
    first = event
    if trace is not None and trace.first_event_id != event.id:
        first = session.get(models.CaseEvent, trace.first_event_id) or event
    steps = {one.value: one for one in CaseStep}
    closed = case.closed_on is not None or case.stage is Stage.CLOSED
    common: dict[str, Any] = {
        "case": case.number,
        "step": _named(session, steps, trace, first, event),
        "on": event.happened_on,
        "by": str((first.detail or {}).get("by", "")),
        "handlers": tuple(one for one in (case.officer1, case.officer2) if one),
        "closed": closed,
    }
    if trace is None:
        return Slip(**common, known=False)
    return Slip(
        **common,
        elsewhere=_elsewhere(session, trace),
        altered=_altered(session, trace),
        papers=slip_papers.resting(session, case.id, trace, first.recorded_at),
        evidence=_evidence(session, trace),
        numbers=tuple(number for _, number in drawn(session, trace)),
        decision_out=_decision_out(session, trace),
    )


def _named(
    session: Session,
    steps: Mapping[str, CaseStep],
    trace: models.StepTrace | None,
    first: models.CaseEvent,
    event: models.CaseEvent,
) -> CaseStep | None:
    """A step that cannot be taken back gives its name to all that was written with it."""
    if trace is not None and first.id != event.id:
        asked = select(models.CaseEvent.step).where(
            models.CaseEvent.case_id == event.case_id,
            col(models.CaseEvent.id) >= first.id,
            col(models.CaseEvent.id) <= event.id,
        )
        for one in session.exec(asked):
            if steps.get(one) in (*INSTEAD, CaseStep.FILED):
                return steps[one]
    return steps.get(first.step)


def drawn(session: Session, trace: models.StepTrace) -> tuple[tuple[SeriesKind, str], ...]:
    """The numbers a step drew: of the case it filed, of the decision it made."""
    found = []
    for table, _, columns in trace.changed or ():
        if table == "enforcement_case" and "number" in columns:
            found.append((SeriesKind.CASE_FILING, str(columns["number"][1])))
    for row in _decisions(session, trace):
        spared = row.discretion is Discretion.NO_PENALTY
        kind = SeriesKind.NO_PENALTY if spared else SeriesKind.DECISION
        found.append((kind, row.number))
    return tuple(found)


def _decisions(session: Session, trace: models.StepTrace) -> list[models.Decision]:
    rows = (
        session.get(models.Decision, key) for table, key in written(trace)[0] if table == "decision"
    )
    return [one for one in rows if one is not None]


def _decision_out(session: Session, trace: models.StepTrace) -> bool:
    """Whether a paper bears the number of the decision that the step made."""
    numbers = [one.number for one in _decisions(session, trace)]
    asked = select(models.Document.id).where(
        models.Document.case_id == trace.case_id, col(models.Document.number).in_(numbers)
    )
    return bool(numbers) and session.exec(asked).first() is not None


def tables() -> dict[str, type[SQLModel]]:
    """Every table a step may have written, by its name."""
    models.load_all()
    found: dict[str, type[SQLModel]] = {}
    waiting: list[type[SQLModel]] = [Retractable, *CHANGEABLE]
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if hasattr(one, "__table__"):
            found[one.__table__.name] = one
    return found


def written(trace: models.StepTrace) -> tuple[list[Any], list[Any]]:
    """What a step made and changed, but for the counters it moved on."""
    made, changed = (
        [one for one in rows or () if str(one[0]) not in COUNTERS]
        for rows in (trace.made, trace.changed)
    )
    return made, changed


def _elsewhere(session: Session, trace: models.StepTrace) -> bool:
    known = tables()
    made, changed = written(trace)
    may_make = {name for name, one in known.items() if issubclass(one, Retractable)}
    if {str(one[0]) for one in made} - may_make or {str(one[0]) for one in changed} - set(known):
        return True
    shown = select(models.Publication.id).where(
        col(models.Publication.decision_id).in_([one.id for one in _decisions(session, trace)])
    )
    return session.exec(shown).first() is not None


def _altered(session: Session, trace: models.StepTrace) -> bool:
    known = tables()
    for table, key, columns in written(trace)[1]:
        row = session.get(known[str(table)], key) if str(table) in known else None
        if row is None:
            continue
        for name, (_, after) in columns.items():
            if getattr(row, name) != value_of(type(row), name, after):
                return True
    return False


def value_of(table: type[SQLModel], name: str, said: Any) -> Any:
    """A column's value out of the JSON it was kept as."""
    kind: Any = table.model_fields[name].annotation
    return TypeAdapter(kind).validate_python(said)


_ACTIONS = {"written_record": ActionKind.INSPECTION, "service": ActionKind.SERVICE}


def _evidence(session: Session, trace: models.StepTrace) -> int:
    """How many files are hung on a row that the step made."""
    count = 0
    for table, key in trace.made or ():
        action = _ACTIONS.get(str(table))
        if action is None:
            continue
        asked = select(func.count()).where(
            col(models.EvidenceUse.action) == action,
            col(models.EvidenceUse.action_id) == key,
            col(models.EvidenceUse.removed_at).is_(None),
        )
        count += session.exec(asked).one()
    return count


def taken_back(session: Session, case_id: int) -> tuple[TakenBack, ...]:
    """What was taken back in a case, in the order it was."""
    asked = (
        select(models.StepTrace)
        .where(
            models.StepTrace.case_id == case_id, col(models.StepTrace.taken_back_at).is_not(None)
        )
        .order_by(col(models.StepTrace.taken_back_at), col(models.StepTrace.id))
    )
    steps = {one.value: one for one in CaseStep}
    found = []
    for one in session.exec(asked):
        event = session.exec(
            select(models.CaseEvent).where(models.CaseEvent.id == one.first_event_id),
            execution_options={TAKEN_BACK_TOO: True},
        ).one()
        assert one.taken_back_at is not None
        found.append(
            TakenBack(
                one.first_event_id,
                steps[event.step],
                str((event.detail or {}).get("by", "")),
                one.taken_back_at.astimezone(CHINA),
                one.taken_back_by,
                one.reason,
                dict(event.detail or {}),
            )
        )
    return tuple(found)
