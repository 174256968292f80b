"""Which rows of a case each paper is about: which hearing, which service; none, and it cannot be made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from enforcer.course_terms import LeadOutcome, Outcome, ServiceMethod
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.queries.course_papers_start import RECORDS
from enforcer.terms import CaseStep


@dataclass(frozen=True, slots=True)
class About:
    """One row a paper can be made of: its id, its day, and what tells it from the others."""

    row: int
    on: date | None = None
    label: str = ""


Rows = Callable[[CaseFacts], Iterable[About]]


def about(facts: CaseFacts, key: str) -> tuple[About, ...]:
    """The rows a paper can be made of now, in the order they were made."""
    return tuple(_ROWS[key](facts))


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
    refused_on = facts.last(CaseStep.FILING_REFUSED)
    if refused_on and facts.filing:
        yield About(facts.filing.id, refused_on)
    elif facts.lead is not None and facts.lead.outcome is LeadOutcome.REFUSED:
        yield About(facts.lead.id, facts.lead.outcome_on)


def _records(key: str) -> Rows:
    def found(facts: CaseFacts) -> Iterable[About]:
        for one in facts.records:
            if one.kind is RECORDS[key]:
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


def _goods(name: str, day: str, when: Callable[[Any], bool] | None = None) -> Rows:
    def found(facts: CaseFacts) -> Iterable[About]:
        for one in getattr(facts, name):
            if when is None or when(one):
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
        yield About(put.id, facts.last(CaseStep.EDUCATED) or put.on)


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


def _when(step: CaseStep) -> Rows:
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


_ROWS: Mapping[str, Rows] = {
    "lead_register": _lead,
    "filing_approval": _filing,
    "filing_refusal_approval": _refused,
    "recusal_decision": _recusals,
    "inspection_record": _records("inspection_record"),
    "photo_evidence": _records("photo_evidence"),
    "inquiry_notice": _of("summonses", "person"),
    "inquiry_record": _records("inquiry_record"),
    "correction_order": _of("corrections", "content"),
    "preservation_approval": _goods("preservations", "on"),
    "preservation_notice": _goods("preservations", "on"),
    "preservation_list": _goods("preservations", "on"),
    "preservation_disposal": _goods(
        "preservations", "disposed_on", lambda one: one.disposed_on is not None
    ),
    "seizure_approval": _goods("seizures", "on"),
    "seizure_decision": _goods("seizures", "on"),
    "seizure_list": _goods("seizures", "on"),
    "seizure_extension": _goods("seizures", "extended_on", lambda one: one.extended_on is not None),
    "seizure_release": _goods("seizures", "released_on", lambda one: one.released_on is not None),
    "sampling_receipt": _records("sampling_receipt"),
    "period_approval": _periods,
    "investigation_report": _one("report"),
    "prior_notice": _notices,
    "waiver_receipt": _notices,
    "defence_record": _of("defences", "speaker", lambda one: bool(one.words)),
    "defence_review": _of(
        "defences", "speaker", lambda one: bool(one.words) and one.adopted is not None
    ),
    "hearing_notice": _hearings("noticed_on", lambda one: one.hearing_at is not None),
    "hearing_record": _hearings("held_on", lambda one: one.held_on is not None),
    "hearing_report": _hearings("reported_on", lambda one: bool(one.report_words)),
    "legal_review_opinion": _of("reviews", "reviewer"),
    "discussion_record": _of("discussions", "place"),
    "decision_approval": _one("put_forward"),
    "penalty_decision": _decision(Outcome.PENALTY),
    "no_penalty_decision": _decision(Outcome.NO_PENALTY, Outcome.NOT_ESTABLISHED),
    "education_record": _records("education_record"),
    "correction_pledge": _pledge,
    "proof_of_service": _services(),
    "service_announcement": _services(ServiceMethod.ANNOUNCED),
    "electronic_service_consent": _consent,
    "urging_notice": _of("urgings"),
    "court_application": _of("applications", "court"),
    "deferral_approval": _of("deferrals"),
    "deferral_notice": _of("deferrals"),
    "transfer_report": _of("transfers"),
    "transfer_letter": _of("transfers", "receiver", lambda one: one.transferred_on is not None),
    "dismissal_approval": _when(CaseStep.DISMISSED),
    "revocation_decision": _when(CaseStep.REVOKED),
    "closure_approval": _closure,
    "dossier_cover": _closed,
    "dossier_contents": _closed,
    "dossier_note": _closed,
    "receipt_page": _payments,
}
