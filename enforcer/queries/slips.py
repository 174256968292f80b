"""The last step of a case, and what rests on it; the steps that were taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import false, literal, or_
from sqlmodel import Session, col, func, select

from enforcer import models
from enforcer.course_terms import LeadOutcome
from enforcer.evidence_terms import ActionKind
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.law.slips import UNDOING, Slip, against_slip
from enforcer.models.base import TAKEN_BACK_TOO, Retractable
from enforcer.queries import slip_papers, slip_rows
from enforcer.queries.course_rows import CHINA
from enforcer.queries.looking import Where, looking
from enforcer.queries.numbered import WAITING
from enforcer.terms import CaseStep, Discretion, SeriesKind, Stage

NAMING = (CaseStep.FILED, CaseStep.FILING_REFUSED)
"""What a signature brought about, and so what it is called by."""
HANDED_OUT = frozenset({CaseStep.PROPOSED, CaseStep.FILING_REFUSED, CaseStep.DECIDED, *UNDOING})
"""Steps that whoever was given the case, or a list with its decision, goes by."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A step that was taken back: what it was, by whom, when and why it was taken back."""

    id: int
    step: CaseStep
    by: str
    at: datetime
    taken_back_by: str
    reason: str
    actor: str = ""
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


def slip(
    session: Session, case: models.Case, *, now: datetime, facts: CaseFacts | None = None
) -> Slip:
    """The last step of a case as its guard sees it; `facts` where they are known already."""
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
    evidence = _evidence(session, trace)
    if common["step"] is CaseStep.PROPOSED:  # without it there is no case
        evidence += _hung(session, case.id)
        listed = select(func.count()).where(models.EvidenceItem.case_id == case.id)
        common["listed"] = session.exec(listed).one()
    if common["step"] in HANDED_OUT:
        common |= _outside(session, case, trace, common["step"], first)
    known = Slip(
        **common,
        elsewhere=_elsewhere(trace),
        altered=_altered(session, trace),
        evidence=evidence,
        numbers=tuple(number for _, number in drawn(session, trace)),
        decision_out=_decision_out(session, trace),
    )
    if against_slip(known):  # its papers, which take a while to read, hold it no firmer
        return known
    papers = slip_papers.resting(session, case.id, trace, first.recorded_at, now=now, facts=facts)
    return replace(known, papers=papers)


@dataclass(frozen=True, slots=True)
class Last:
    """The last step of a case, and its event as the window has seen it."""

    case_id: int
    slip: Slip
    seen: int | None


def last(where: Where, case_id: int, *, now: datetime) -> Last | None:
    """The last step of a case for its window; None when there is no such case."""
    with looking(where) as session:
        case = session.get(models.Case, case_id)
        if case is None:
            return None
        event = last_event(session, case_id)
        return Last(case_id, slip(session, case, now=now), event.id if event else None)


def _named(
    session: Session,
    steps: Mapping[str, CaseStep],
    trace: models.StepTrace | None,
    first: models.CaseEvent,
    event: models.CaseEvent,
) -> CaseStep | None:
    """What a signature brought about gives its name to all that was written with it."""
    if trace is not None and first.id != event.id:
        asked = select(models.CaseEvent.step).where(
            models.CaseEvent.case_id == event.case_id,
            col(models.CaseEvent.id) >= first.id,
            col(models.CaseEvent.id) <= event.id,
        )
        for one in session.exec(asked):
            if steps.get(one) in NAMING:
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
        session.get(models.Decision, key)
        for table, key in slip_rows.written(trace)[0]
        if table == "decision"
    )
    return [one for one in rows if one is not None]


def _decision_out(session: Session, trace: models.StepTrace) -> bool:
    """Whether a paper bears the number of the decision that the step made."""
    numbers = [one.number for one in _decisions(session, trace)]
    asked = select(models.Document.id).where(
        models.Document.case_id == trace.case_id, col(models.Document.number).in_(numbers)
    )
    return bool(numbers) and session.exec(asked).first() is not None


def _elsewhere(trace: models.StepTrace) -> bool:
    known = slip_rows.tables()
    made, changed = slip_rows.written(trace)
    may_make = {name for name, one in known.items() if issubclass(one, Retractable)}
    return bool({str(one[0]) for one in made} - may_make) or bool(
        {str(one[0]) for one in changed} - set(known)
    )


def settled(session: Session, trace: models.StepTrace) -> Sequence[models.Publication]:
    """What was settled about showing the decision that the step made."""
    decisions = [one.id for one in _decisions(session, trace)]
    asked = select(models.Publication).where(col(models.Publication.decision_id).in_(decisions))
    return session.exec(asked).all() if decisions else ()


def _outside(
    session: Session,
    case: models.Case,
    trace: models.StepTrace,
    step: CaseStep,
    first: models.CaseEvent,
) -> dict[str, Any]:
    """Who else goes by the step already: other leads, the informant, the public, whoever was handed it."""
    found: dict[str, Any] = {}
    leads = session.exec(select(models.Lead).where(models.Lead.case_id == case.id)).all()
    if step is CaseStep.PROPOSED:
        merged = [one.number for one in leads if one.outcome is LeadOutcome.MERGED]
        found["merged"] = tuple(merged)
    if step is CaseStep.FILING_REFUSED:
        told = [one.replied_on for one in leads if one.replied_on and one.outcome_on]
        since = [one for one in told if one >= first.happened_on]
        found["replied_on"] = min(since, default=None)
    if step is CaseStep.DECIDED:
        shown = [one.published_on for one in settled(session, trace) if one.published_on]
        found["published_on"] = min(shown, default=None)
    if step in UNDOING:
        found["withdrawn_on"] = _withdrawn(session, case, trace)
    return found | {"exported_on": _exported(session, case, trace, first)}


def _withdrawn(session: Session, case: models.Case, trace: models.StepTrace) -> date | None:
    """Since when a decision that the step has undone is shown no longer."""
    if not any(str(table) == "decision" for table, *_ in trace.changed or ()):
        return None
    asked = (
        select(func.min(models.Publication.withdrawn_on))
        .join(models.Decision, col(models.Decision.id) == models.Publication.decision_id)
        .where(models.Decision.case_id == case.id)
    )
    return session.exec(asked).one()


def _exported(
    session: Session, case: models.Case, trace: models.StepTrace, first: models.CaseEvent
) -> date | None:
    """Since when somebody holds the case file, or a list with the decision that the step made."""
    entry = models.AuditEntry
    named = [
        col(entry.changes).contains(f'"{one.number}"', autoescape=True)
        for one in _decisions(session, trace)
    ]
    asked = select(func.min(entry.at)).where(
        entry.action == literal("export", literal_execute=True),
        or_(
            (col(entry.at) >= first.recorded_at)
            & (col(entry.table_name) == "enforcement_case")
            & (col(entry.row_id) == str(case.id)),
            (col(entry.table_name) == "publication") & or_(false(), *named),
        ),
    )
    at = session.exec(asked).one()
    return at.astimezone(CHINA).date() if at is not None else None


def _hung(session: Session, case_id: int | None) -> int:
    """How many recordings are hung on a case; one that is taken off again counts no more."""
    asked = select(func.count()).where(
        models.EvidenceUse.case_id == case_id, col(models.EvidenceUse.removed_at).is_(None)
    )
    return session.exec(asked).one()


def _altered(session: Session, trace: models.StepTrace) -> bool:
    known = slip_rows.tables()
    for table, key, columns in slip_rows.written(trace)[1]:
        row = session.get(known[str(table)], key) if str(table) in known else None
        if row is None:
            continue
        for name, (_, after) in columns.items():
            if getattr(row, name) != slip_rows.value_of(type(row), name, after):
                return True
    return False


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


def withdrawn_case(session: Session, lead: models.Lead) -> models.Case | None:
    """The case of a lead whose proposal was taken back; it waits to be put forward again."""
    if lead.case_id is not None:
        return None
    asked = select(models.Case).where(models.Case.number == f"{WAITING}{lead.number}")
    return session.exec(asked, execution_options={TAKEN_BACK_TOO: True}).first()


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
                one.actor,
                dict(event.detail or {}),
            )
        )
    return tuple(found)
