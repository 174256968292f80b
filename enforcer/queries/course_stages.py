"""The course of an ordinary case as nine stages: what is done, by whom, where it stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enforcer.course_terms import SignOffMatter
from enforcer.law import course_clocks
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.queries.course_next import Asked
from enforcer.terms import CaseStep as S
from enforcer.terms import Stage, Term


class Milestone(Term):
    """The stages a case goes through, as officers speak of them."""

    LEAD = "lead", "线索"
    FILING = "filing", "立案"
    INVESTIGATION = "investigation", "调查取证"
    REVIEW = "review", "审查"
    NOTICE = "notice", "告知听证"
    DECISION = "decision", "决定"
    SERVICE = "service", "送达"
    EXECUTION = "execution", "执行"
    CLOSING = "closing", "结案"


STEPS_OF: dict[Milestone, tuple[S, ...]] = {
    Milestone.LEAD: (S.LEAD_REGISTERED, S.LEAD_CHECKED, S.LEAD_SETTLED, S.LEAD_REPLIED),
    Milestone.FILING: (S.PROPOSED, S.SIGNED, S.FILED, S.FILING_REFUSED, S.ASSIGNED),
    Milestone.INVESTIGATION: (
        S.INSPECTION, S.PHOTOS, S.SUMMONED, S.INQUIRY, S.SAMPLING, S.CORRECTION_ORDERED,
        S.REINSPECTED, S.PRESERVED, S.PRESERVATION_DISPOSED, S.SEIZED, S.SEIZURE_EXTENDED,
        S.SEIZURE_TESTED, S.SEIZURE_RELEASED, S.RECUSAL_ASKED, S.RECUSAL_DECIDED,
        S.PERIOD_CHANGED, S.RESUMED, S.CONCLUDED,
    ),
    Milestone.REVIEW: (
        S.LEGAL_REVIEWED, S.DISCUSSED, S.TRANSFER_PROPOSED, S.TRANSFER_DECIDED, S.TRANSFER,
        S.POLICE_ANSWERED,
    ),
    Milestone.NOTICE: (
        S.ANNOUNCED, S.DEFENDED, S.DEFENCE_REVIEWED, S.HEARING_REQUESTED, S.HEARING_NOTICED,
        S.HEARING_WITHDRAWN, S.HEARING, S.HEARING_REPORTED,
    ),
    Milestone.DECISION: (S.DECISION_PROPOSED, S.RULED, S.EDUCATED, S.DECIDED, S.DISMISSED),
    Milestone.SERVICE: (S.SERVED, S.SERVICE_FAILED),
    Milestone.EXECUTION: (
        S.PAID, S.DEFERRED, S.URGED, S.COURT_APPLICATION, S.COURT_ANSWERED, S.RECONSIDERATION,
        S.LITIGATION, S.REMEDY_CONCLUDED, S.REVOKED,
    ),
    Milestone.CLOSING: (S.CLOSURE_PROPOSED, S.CLOSED),
}  # fmt: skip
_MATTER = {
    SignOffMatter.FILING.value: Milestone.FILING,
    SignOffMatter.DECISION.value: Milestone.DECISION,
    SignOffMatter.CLOSURE.value: Milestone.CLOSING,
}


class Standing(StrEnum):
    """Where a stage stands."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage: what was done in it last, on which day, by whom."""

    milestone: Milestone
    standing: Standing
    last: str = ""
    last_on: date | None = None
    last_by: str = ""


@dataclass(frozen=True, slots=True)
class LastStep:
    """The latest step of a stage as it is told beside it."""

    milestone: Milestone
    label: str
    on: date
    by: str


def milestone_of(step: S, matter: str = "") -> Milestone:
    """The stage a step belongs to; a signature belongs to what is signed."""
    if step is S.SIGNED and matter in _MATTER:
        return _MATTER[matter]
    return next(one for one, steps in STEPS_OF.items() if step in steps)


def stages(facts: CaseFacts, asked: Asked, last: Sequence[LastStep]) -> tuple[StageRow, ...]:
    """Every stage, with the one in hand told apart."""
    now = milestone_of(asked.step, asked.preset.get("matter", "")) if asked.step else None
    latest = {one.milestone: one for one in last}
    found = []
    for one in Milestone:
        standing = _standing(facts, one, now)
        told = latest.get(one)
        found.append(
            StageRow(one, standing, told.label, told.on, told.by)
            if told
            else StageRow(one, standing)
        )
    return tuple(found)


def _standing(facts: CaseFacts, one: Milestone, now: Milestone | None) -> Standing:
    if one is now:
        return Standing.LATE if _late(facts, one) else Standing.NOW
    return Standing.DONE if _done(facts, one) else Standing.NEXT


def _done(facts: CaseFacts, one: Milestone) -> bool:
    if one is Milestone.LEAD:
        return facts.case_id is not None or facts.taken(S.LEAD_CHECKED)
    if one is Milestone.SERVICE:
        return facts.decision is not None and facts.decision.served_on is not None
    if one is Milestone.EXECUTION:
        served = facts.decision is not None and facts.decision.served_on is not None
        return served and not course_clocks.open_fen(facts)
    ended = {
        Milestone.FILING: S.FILED,
        Milestone.INVESTIGATION: S.CONCLUDED,
        Milestone.REVIEW: S.LEGAL_REVIEWED,
        Milestone.NOTICE: S.ANNOUNCED,
        Milestone.DECISION: S.DECIDED,
        Milestone.CLOSING: S.CLOSED,
    }[one]
    if one is Milestone.CLOSING:
        return facts.stage is Stage.CLOSED
    return facts.taken(ended)


def _late(facts: CaseFacts, one: Milestone) -> bool:
    if one in (Milestone.EXECUTION, Milestone.CLOSING):
        parts = course_clocks.parts(facts)
        late = bool(parts) and parts[-1].due_on < facts.today
        return late and bool(course_clocks.open_fen(facts))
    if one in (Milestone.LEAD, Milestone.FILING) or facts.decision is not None:
        return False
    due = course_clocks.decision_due(facts)
    return due is not None and due.due_on < facts.today
