"""The page of an ordinary case: facts, what may be done and what is asked, clocks, papers, course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from enforcer.errors import Level, Objection
from enforcer.law import lifecycle
from enforcer.law.course_people import Person
from enforcer.law.lifecycle import Offer
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.law.slips import Slip
from enforcer.models import Case, CaseEvent, Lead
from enforcer.queries import (
    course,
    course_deadlines,
    course_next,
    course_stages,
    law_book,
    numbered,
    slips,
)
from enforcer.queries.case_clocks import Clock
from enforcer.queries.case_page import PaperRow, papers_of
from enforcer.queries.course_about import About, about
from enforcer.queries.course_next import Asked
from enforcer.queries.course_rows import CHINA, person
from enforcer.queries.course_stages import LastStep, StageRow, milestone_of
from enforcer.queries.looking import Where, looking, version
from enforcer.queries.slips import TakenBack
from enforcer.terms import CaseStep, Origin, Procedure, Stage

MOST_TARGETS = 200
ON_LEADS = frozenset(
    {
        CaseStep.LEAD_REGISTERED,
        CaseStep.LEAD_CHECKED,
        CaseStep.LEAD_SETTLED,
        CaseStep.LEAD_REPLIED,
        CaseStep.PROPOSED,
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One step as it stands on record: its day, who answered for it, who entered it and when."""

    id: int
    step: CaseStep
    on: date
    by: str
    actor: str = ""
    recorded_at: datetime | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    about: About = field(default_factory=About)


@dataclass(frozen=True, slots=True)
class CoursePage:
    """Everything the page of an ordinary case shows; `seen` is its last event."""

    facts: CaseFacts
    lead_id: int | None
    lead_version: str
    seen: int | None
    offers: tuple[Offer, ...]
    asked: Asked
    stages: tuple[StageRow, ...]
    clocks: tuple[Clock, ...]
    entries: tuple[Entry, ...]
    papers: tuple[PaperRow, ...]
    slip: Slip | None = None
    taken_back: tuple[TakenBack, ...] = ()

    @property
    def case_id(self) -> int | None:
        return self.facts.case_id

    def offer(self, step: CaseStep) -> Offer:
        """How one step stands."""
        return next(one for one in self.offers if one.step.key is step)

    def slip_of(self, form: str) -> TakenBack | None:
        """The last step of this operation that was taken back, until it is taken again."""
        gone = [one for one in self.taken_back if lifecycle.step(one.step).form == form]
        taken = [one for one in self.entries if lifecycle.step(one.step).form == form]
        since = [one.recorded_at for one in taken if one.recorded_at is not None]
        return gone[-1] if gone and all(one <= gone[-1].at for one in since) else None


def page(where: Where, case_id: int, *, now: datetime) -> CoursePage | None:
    """The page of a case, or of its lead where the proposal was taken back; None without either."""
    with looking(where) as session:
        facts = course.facts(session, case_id, now=now)
        if facts is None:
            found = numbered.standing(session, case_id)
            lead = isinstance(found, Lead) and found.id
            return lead_page(session, lead, now=now) if lead else None
        lead_id = facts.lead.id if facts.lead else None
        asked = facts if facts.handlers else replace(facts, acting=_proposed(session, facts))
        return _page(session, facts, lead_id, lifecycle.offers(asked))


def _proposed(session: Session, facts: CaseFacts) -> tuple[Person, ...]:
    """Who is to handle the case acts until somebody is assigned: their names stand in the forms."""
    ids = facts.filing.officer_ids if facts.filing else ()
    found = (person(session, one, facts.day) for one in ids)
    return tuple(one for one in found if one is not None)


def lead_page(where: Where, lead_id: int, *, now: datetime) -> CoursePage | None:
    """The page of a lead that has no case yet; of its case once it has one."""
    with looking(where) as session:
        row = session.get(Lead, lead_id)
        if row is None:
            return None
        if row.case_id is not None:
            return page(session, row.case_id, now=now)
        facts = course.lead_facts(session, lead_id, now=now)
        assert facts is not None
        return _page(session, facts, lead_id, _on_lead(facts))


def blank(where: Where, *, now: datetime) -> CoursePage:
    """The page before anything is entered: only a lead can be registered."""
    at = now.astimezone(CHINA)
    with looking(where) as session:
        facts = CaseFacts(now=at, day=at.date(), calendar=law_book.calendar_for(session))
        return _page(session, facts, None, _on_lead(facts))


@dataclass(frozen=True, slots=True)
class Target:
    """A lead or a case that another lead can be merged into."""

    id: int
    say: str


def leads_to_join(where: Where, *, but: int | None = None) -> tuple[Target, ...]:
    """Leads that have become nothing else, the latest first."""
    asked = (
        select(Lead)
        .where(col(Lead.merged_into_id).is_(None), col(Lead.voided_on).is_(None))
        .order_by(col(Lead.id).desc())
    )
    with looking(where) as session:
        return tuple(
            Target(one.id or 0, f"{one.number}　{one.content[:20]}")
            for one in session.exec(asked.limit(MOST_TARGETS))
            if one.id != but
        )


def cases_to_join(where: Where) -> tuple[Target, ...]:
    """Open ordinary cases, the latest first."""
    asked = (
        select(Case)
        .where(Case.procedure == Procedure.ORDINARY, Case.origin == Origin.MADE_HERE)
        .where(Case.stage != Stage.CLOSED)
        .order_by(col(Case.id).desc())
        .limit(MOST_TARGETS)
    )
    with looking(where) as session:
        return tuple(
            Target(one.id or 0, f"{one.number}　{one.party_name}") for one in session.exec(asked)
        )


def is_course(where: Where, case_id: int) -> bool:
    """Whether a case is handled here by the ordinary procedure, and so has this page."""
    with looking(where) as session:
        case = numbered.standing(session, case_id)
        return isinstance(case, Lead) or (
            case is not None
            and case.procedure is Procedure.ORDINARY
            and case.origin is Origin.MADE_HERE
        )


def _on_lead(facts: CaseFacts) -> tuple[Offer, ...]:
    """What a lead alone allows; everything else waits for its case (第五十四条第二款)."""
    first = Objection(
        "no_case_yet",
        Level.BLOCK,
        "线索还没有呈报立案，没有案件可以登记这一步。请先呈报立案；紧急的，呈报之后、审批之前就可以取证。",
        "行政处罚法（2021）第五十四条",
    )
    return tuple(
        one if one.step.key in ON_LEADS else Offer(one.step, (first, *one.objections))
        for one in lifecycle.offers(facts)
    )


def _page(
    session: Session, facts: CaseFacts, lead_id: int | None, offers: tuple[Offer, ...]
) -> CoursePage:
    asked = course_next.asked(facts)
    kept = session.get(Lead, lead_id) if lead_id is not None else None
    entries = _entries(session, facts)
    last = [
        LastStep(
            milestone_of(one.step, str(one.detail.get("matter", ""))),
            _with_whom(one),
            one.on,
            one.by,
        )
        for one in entries
    ]
    return CoursePage(
        facts=facts,
        lead_id=lead_id,
        lead_version=version(kept) if kept else "",
        seen=_seen(session, facts.case_id),
        offers=offers,
        asked=asked,
        stages=course_stages.stages(facts, asked, last),
        clocks=course_deadlines.clocks_of(facts),
        entries=entries,
        papers=papers_of(session, facts.case_id) if facts.case_id else (),
        slip=_slip(session, facts),
        taken_back=_taken_back(session, facts.case_id, kept),
    )


def _taken_back(session: Session, case_id: int | None, lead: Lead | None) -> tuple[TakenBack, ...]:
    """What was taken back in the case, or in the one that its lead was to become."""
    if case_id is None and lead is not None:
        case = slips.withdrawn_case(session, lead)
        case_id = case.id if case is not None else None
    return slips.taken_back(session, case_id) if case_id is not None else ()


def _with_whom(one: Entry) -> str:
    label, whom = one.step.label, one.about.whom
    return f"{label.partition('（')[0]}　{whom}" if whom else label


def _slip(session: Session, facts: CaseFacts) -> Slip | None:
    case = session.get(Case, facts.case_id) if facts.case_id is not None else None
    return slips.slip(session, case, now=facts.now, facts=facts) if case is not None else None


def _seen(session: Session, case_id: int | None) -> int | None:
    if case_id is None:
        return None
    asked = select(func.max(col(CaseEvent.id))).where(CaseEvent.case_id == case_id)
    return session.exec(asked).one()


def _entries(session: Session, facts: CaseFacts) -> tuple[Entry, ...]:
    """The lead's own steps, then those of the case, in the order they were entered."""
    kept = session.get(Lead, facts.lead.id) if facts.lead else None
    by_of = (
        {
            CaseStep.LEAD_REGISTERED: kept.recorder,
            CaseStep.LEAD_CHECKED: kept.checked_by,
            CaseStep.LEAD_SETTLED: kept.outcome_by,
        }
        if kept
        else {}
    )
    found = [
        Entry(
            0,
            one.step,
            one.on,
            by_of.get(one.step, ""),
            detail=_of_lead(facts, one.step),
            about=_went_to(kept, facts) if one.step is CaseStep.LEAD_SETTLED else About(),
        )
        for one in facts.done
        if not one.id
    ]
    known = {one.id: one for one in facts.done if one.id}
    if facts.case_id is None:
        return tuple(found)
    steps = {one.value: one for one in CaseStep}
    asked = select(CaseEvent).where(CaseEvent.case_id == facts.case_id).order_by(col(CaseEvent.id))
    for row in session.exec(asked):
        if row.step not in steps:
            continue
        detail = dict(row.detail or {})
        by = str(detail.get("by", ""))
        found.append(
            Entry(
                row.id or 0,
                steps[row.step],
                row.happened_on,
                by,
                row.actor,
                row.recorded_at.astimezone(CHINA),
                detail,
                about(session, facts, known[row.id or 0]),
            )
        )
    return tuple(found)


def _went_to(kept: Lead | None, facts: CaseFacts) -> About:
    """Into which lead or to which organ a lead went."""
    into = facts.lead.merged_into if facts.lead else ""
    where = into or (kept.referred_to if kept else "")
    return About(where, where)


def _of_lead(facts: CaseFacts, step: CaseStep) -> dict[str, Any]:
    lead = facts.lead
    if lead is None:
        return {}
    return {
        CaseStep.LEAD_REGISTERED: {"source": lead.source.value, "content": lead.content},
        CaseStep.LEAD_CHECKED: {"findings": lead.findings},
        CaseStep.LEAD_SETTLED: {
            "outcome": lead.outcome.value if lead.outcome else "",
            "reason": lead.outcome_reason,
        },
        CaseStep.LEAD_REPLIED: {"reply": lead.reply},
    }.get(step, {})


__all__ = [
    "Clock",
    "CoursePage",
    "Entry",
    "Stage",
    "Target",
    "blank",
    "cases_to_join",
    "is_course",
    "lead_page",
    "leads_to_join",
    "page",
]
