"""Which rows of a case each paper is about: which hearing, which service; none, and it cannot be made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from enforcer.course_terms import LeadOutcome, Outcome, ServiceMethod
from enforcer.documents import course_rules
from enforcer.law.course_decision import DefenceStatement
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.paper_terms import Matter, Only
from enforcer.queries.course_papers_start import RECORDS
from enforcer.terms import CaseStep as S


@dataclass(frozen=True, slots=True)
class About:
    """One row a paper can be made of: its id, its day, and what tells it from the others."""

    row: int
    on: date | None = None
    label: str = ""


Rows = Callable[[CaseFacts], Iterable[About]]


def about(facts: CaseFacts, key: str) -> tuple[About, ...]:
    """The rows a paper can be made of now, in the order they were made."""
    said = course_rules.rule(key)
    fit = ONLY[said.only] if said.only else None
    rows = ROWS[said.matter][said.step](facts)
    return tuple(one for one in rows if fit is None or fit(facts, one.row))


def _lead(facts: CaseFacts) -> Iterable[About]:
    if facts.lead is not None:
        yield About(facts.lead.id, facts.lead.received_on)


def _filing(facts: CaseFacts) -> Iterable[About]:
    if facts.filing is not None:
        yield About(facts.filing.id, facts.filing.on)


def _refused(facts: CaseFacts) -> Iterable[About]:
    """不予立案: the lead was refused, or the heads said no."""
    if facts.filed_on is not None:
        return
    refused_on = facts.last(S.FILING_REFUSED)
    if refused_on and facts.filing:
        yield About(facts.filing.id, refused_on)
    elif facts.lead is not None and facts.lead.outcome is LeadOutcome.REFUSED:
        yield About(facts.lead.id, facts.lead.outcome_on)


def _records(matter: Matter) -> Rows:
    def found(facts: CaseFacts) -> Iterable[About]:
        for one in facts.records:
            if one.kind is RECORDS[matter]:
                yield About(one.id, one.on, one.person or one.place)

    return found


def _of(name: str, label: str = "", when: Callable[[Any], bool] | None = None) -> Rows:
    """The rows of one list of the case; `label` is the field that tells them apart."""

    def found(facts: CaseFacts) -> Iterable[About]:
        for one in getattr(facts, name):
            if when is None or when(one):
                said = getattr(one, label) if label else ""
                yield About(one.id, getattr(one, "on", None), str(said or ""))

    return found


def _goods(name: str, day: str) -> Rows:
    """The goods of one list of the case, once what is dated by `day` was done."""

    def found(facts: CaseFacts) -> Iterable[About]:
        for one in getattr(facts, name):
            if getattr(one, day) is not None:
                first = one.things[0].name if one.things else ""
                yield About(one.id, getattr(one, day), first)

    return found


def _one(name: str) -> Rows:
    """The latest opinion of its kind."""

    def found(facts: CaseFacts) -> Iterable[About]:
        one = getattr(facts, name)
        if one is not None:
            yield About(one.id, one.on)

    return found


def _notices(facts: CaseFacts) -> Iterable[About]:
    many = len(facts.notices) > 1
    for place, one in enumerate(facts.notices, 1):
        yield About(one.id, one.on, f"第{place}次告知" if many else "")


def _reviewed(one: DefenceStatement) -> bool:
    return bool(one.words) and one.adopted is not None


def _hearings(day: str, when: Callable[[Any], bool]) -> Rows:
    def found(facts: CaseFacts) -> Iterable[About]:
        for one in facts.hearings:
            if when(one):
                yield About(one.id, getattr(one, day), one.place)

    return found


def _periods(facts: CaseFacts) -> Iterable[About]:
    for one in facts.periods:
        yield About(one.id, one.approved_on or one.first, one.kind.label)


def _recusals(facts: CaseFacts) -> Iterable[About]:
    for one in facts.recusals:
        if one.granted is not None:
            yield About(one.id, one.decided_on, one.officer)


def _decision(*outcomes: Outcome) -> Rows:
    def found(facts: CaseFacts) -> Iterable[About]:
        one = facts.decision
        if one is not None and one.outcome in outcomes and facts.put_forward:
            yield About(one.id, one.on)

    return found


def _pledge(facts: CaseFacts) -> Iterable[About]:
    """改正承诺书 goes with an opinion that spares; it is signed before the decision or with it."""
    put = facts.put_forward or facts.report
    if put is not None and put.imposition.outcome is Outcome.NO_PENALTY:
        yield About(put.id, facts.last(S.EDUCATED) or put.on)


def _services(*methods: ServiceMethod) -> Rows:
    def found(facts: CaseFacts) -> Iterable[About]:
        for one in facts.services:
            if not one.failed and (not methods or one.method in methods):
                way = one.method.label if one.method else ""
                yield About(one.id, one.on, f"{one.paper or one.of.label}　{way}")

    return found


def _consent(facts: CaseFacts) -> Iterable[About]:
    """The party may agree to electronic service at any time while the case is open."""
    used = any(one.method is ServiceMethod.ELECTRONIC for one in facts.services)
    if facts.filed_on is not None and (facts.closed_on is None or used):
        yield About(0)


def _when(step: S) -> Rows:
    def found(facts: CaseFacts) -> Iterable[About]:
        day = facts.last(step)
        if day is not None:
            yield About(0, day)

    return found


def _payments(facts: CaseFacts) -> Iterable[About]:
    if facts.payments:
        yield About(0, facts.payments[-1].on)


def _closed(facts: CaseFacts) -> Iterable[About]:
    if facts.closed_on is not None:
        yield About(0, facts.closed_on)


def _closure(facts: CaseFacts) -> Iterable[About]:
    if facts.closure is not None:
        yield About(0, facts.closure.on)


ROWS: Mapping[Matter, Mapping[S, Rows]] = {
    Matter.LEAD: {S.LEAD_REGISTERED: _lead},
    Matter.FILING: {S.PROPOSED: _filing},
    Matter.REFUSED: {S.PROPOSED: _refused},
    Matter.RECUSAL: {S.RECUSAL_DECIDED: _recusals},
    Matter.INSPECTION: {S.INSPECTION: _records(Matter.INSPECTION)},
    Matter.PHOTOS: {S.PHOTOS: _records(Matter.PHOTOS)},
    Matter.SUMMONS: {S.SUMMONED: _of("summonses", "person")},
    Matter.INQUIRY: {S.INQUIRY: _records(Matter.INQUIRY)},
    Matter.CORRECTION: {S.CORRECTION_ORDERED: _of("corrections", "content")},
    Matter.PRESERVATION: {
        S.PRESERVED: _goods("preservations", "on"),
        S.PRESERVATION_DISPOSED: _goods("preservations", "disposed_on"),
    },
    Matter.SEIZURE: {
        S.SEIZED: _goods("seizures", "on"),
        S.SEIZURE_EXTENDED: _goods("seizures", "extended_on"),
        S.SEIZURE_RELEASED: _goods("seizures", "released_on"),
    },
    Matter.SAMPLING: {S.SAMPLING: _records(Matter.SAMPLING)},
    Matter.PERIOD: {S.PERIOD_CHANGED: _periods},
    Matter.REPORT: {S.CONCLUDED: _one("report")},
    Matter.NOTICE: {S.ANNOUNCED: _notices},
    Matter.WAIVER: {S.ANNOUNCED: _notices},
    Matter.DEFENCE: {S.DEFENDED: _of("defences", "speaker", lambda one: bool(one.words))},
    Matter.DEFENCE_REVIEW: {S.DEFENCE_REVIEWED: _of("defences", "speaker", _reviewed)},
    Matter.HEARING: {
        S.HEARING_NOTICED: _hearings("noticed_on", lambda one: one.hearing_at is not None),
        S.HEARING: _hearings("held_on", lambda one: one.held_on is not None),
        S.HEARING_REPORTED: _hearings("reported_on", lambda one: bool(one.report_words)),
    },
    Matter.REVIEW: {S.LEGAL_REVIEWED: _of("reviews", "reviewer")},
    Matter.DISCUSSION: {S.DISCUSSED: _of("discussions", "place")},
    Matter.PROPOSAL: {S.DECISION_PROPOSED: _one("put_forward")},
    Matter.PENALTY: {S.DECIDED: _decision(Outcome.PENALTY)},
    Matter.NO_PENALTY: {S.DECIDED: _decision(Outcome.NO_PENALTY, Outcome.NOT_ESTABLISHED)},
    Matter.EDUCATION: {S.EDUCATED: _records(Matter.EDUCATION)},
    Matter.PLEDGE: {S.EDUCATED: _pledge},
    Matter.SERVICE: {S.SERVED: _services()},
    Matter.ANNOUNCEMENT: {S.SERVED: _services(ServiceMethod.ANNOUNCED)},
    Matter.CONSENT: {S.SERVED: _consent},
    Matter.URGING: {S.URGED: _of("urgings")},
    Matter.COURT: {S.COURT_APPLICATION: _of("applications", "court")},
    Matter.DEFERRAL: {S.DEFERRED: _of("deferrals")},
    Matter.TRANSFER: {
        S.TRANSFER_PROPOSED: _of("transfers"),
        S.TRANSFER: _of("transfers", "receiver", lambda one: one.transferred_on is not None),
    },
    Matter.DISMISSAL: {S.DISMISSED: _when(S.DISMISSED)},
    Matter.REVOCATION: {S.REVOKED: _when(S.REVOKED)},
    Matter.CLOSURE: {S.CLOSURE_PROPOSED: _closure},
    Matter.DOSSIER: {S.CLOSED: _closed},
    Matter.RECEIPTS: {S.PAID: _payments},
}
"""The rows of each matter by the step they come out of, as `course_rules.STEPS` has them."""


def _public(facts: CaseFacts, row: int) -> bool:
    return any(one.id == row and one.is_public for one in facts.hearings)


ONLY: Mapping[Only, Callable[[CaseFacts, int], bool]] = {Only.PUBLIC_HEARING: _public}
"""What has to hold of a row besides for a paper to be made of it."""
