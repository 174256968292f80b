"""The fields of every paper of the ordinary course: what is frozen with a paper, plain JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from enforcer.documents import (
    course_clauses,
    course_fields_after,
    course_fields_decision,
    course_fields_start,
    course_rules,
    course_words,
    notice_fields,
)
from enforcer.documents import course_facts_after as after
from enforcer.documents import course_facts_decision as deciding
from enforcer.documents import course_facts_start as start
from enforcer.documents.course_facts import (
    CaseOnPaper,
    CoursePaper,
    EvidenceOnPaper,
    ImpositionOnPaper,
    PersonOnPaper,
    SignOffOnPaper,
    ThingOnPaper,
)
from enforcer.documents.facts import OfficerOnPaper
from enforcer.paper_terms import Matter
from enforcer.terms import PenaltyKind


@dataclass(frozen=True, slots=True)
class Kind:
    """What a template is filled from: the class of its matter, how that becomes words, and a matter
    with one line in every list, from which the paths on offer are read.
    """

    matter: type[Any]
    words: Callable[[Any, CoursePaper], dict[str, Any]]
    shape: object


_THINGS = (ThingOnPaper(),)
_EVIDENCE = (EvidenceOnPaper(),)
_FINE = ImpositionOnPaper(kinds=(PenaltyKind.FINE,))
_LEAD = Kind(start.LeadOnPaper, course_fields_start.lead, start.LeadOnPaper())
_FILING = Kind(start.FilingOnPaper, course_fields_start.filing, start.FilingOnPaper())
_RECORD = Kind(start.RecordOnPaper, course_fields_start.record, start.RecordOnPaper(content="—"))
_PHOTOS = Kind(
    start.PhotosOnPaper,
    course_fields_start.photos,
    start.PhotosOnPaper(photos=(start.PhotoOnPaper(),)),
)
_SUMMONS = Kind(start.SummonsOnPaper, course_fields_start.summons, start.SummonsOnPaper())
_CORRECTION = Kind(
    start.CorrectionOnPaper, course_fields_start.correction, start.CorrectionOnPaper()
)
_PRESERVATION = Kind(
    start.PreservationOnPaper,
    course_fields_start.preservation,
    start.PreservationOnPaper(things=_THINGS, disposed=_THINGS),
)
_SEIZURE = Kind(
    start.SeizureOnPaper,
    course_fields_start.seizure,
    start.SeizureOnPaper(things=_THINGS, released=_THINGS),
)
_SAMPLING = Kind(
    start.SamplingOnPaper, course_fields_start.sampling, start.SamplingOnPaper(things=_THINGS)
)
_RECUSAL = Kind(start.RecusalOnPaper, course_fields_start.recusal, start.RecusalOnPaper())
_OPINION = Kind(
    deciding.OpinionOnPaper,
    course_fields_decision.opinion,
    deciding.OpinionOnPaper(imposition=_FINE, evidence=_EVIDENCE, facts="—"),
)
_DECISION = Kind(
    deciding.DecisionOnPaper,
    course_fields_decision.decision,
    deciding.DecisionOnPaper(imposition=_FINE, evidence=_EVIDENCE, facts="—"),
)
_DEFENCE_REVIEW = Kind(
    deciding.DefenceReviewOnPaper,
    course_fields_decision.defence_review,
    deciding.DefenceReviewOnPaper(),
)
_WAIVER = Kind(deciding.WaiverOnPaper, course_fields_decision.waiver, deciding.WaiverOnPaper())
_HEARING = Kind(
    deciding.HearingOnPaper,
    course_fields_decision.hearing,
    deciding.HearingOnPaper(agents=(PersonOnPaper(),), record="—"),
)
_REVIEW = Kind(
    deciding.ReviewOnPaper, course_fields_decision.legal_review, deciding.ReviewOnPaper()
)
_DISCUSSION = Kind(
    deciding.DiscussionOnPaper,
    course_fields_decision.discussion,
    deciding.DiscussionOnPaper(attendees=(deciding.AttendeeOnPaper(),)),
)
_PLEDGE = Kind(
    deciding.PledgeOnPaper, course_fields_decision.pledge, deciding.PledgeOnPaper(promises=("—",))
)
_SERVICE = Kind(after.ServiceOnPaper, course_fields_after.service, after.ServiceOnPaper())
_ANNOUNCEMENT = Kind(
    after.AnnouncementOnPaper, course_fields_after.announcement, after.AnnouncementOnPaper()
)
_CONSENT = Kind(after.ConsentOnPaper, course_fields_after.consent, after.ConsentOnPaper())
_URGING = Kind(after.UrgingOnPaper, course_fields_after.urging, after.UrgingOnPaper())
_COURT = Kind(
    after.CourtOnPaper,
    course_fields_after.court,
    after.CourtOnPaper(attachments=("—",), other_duty="—"),
)
_DEFERRAL = Kind(
    after.DeferralOnPaper,
    course_fields_after.deferral,
    after.DeferralOnPaper(parts=(after.InstalmentOnPaper(),)),
)
_TRANSFER = Kind(
    after.TransferOnPaper,
    course_fields_after.transfer,
    after.TransferOnPaper(attachments=("—",), things=_THINGS),
)
_DISMISSAL = Kind(after.DismissalOnPaper, course_fields_after.dismissal, after.DismissalOnPaper())
_PERIOD = Kind(after.PeriodOnPaper, course_fields_after.period, after.PeriodOnPaper())
_REVOCATION = Kind(
    after.RevocationOnPaper, course_fields_after.revocation, after.RevocationOnPaper()
)
_CLOSURE = Kind(after.ClosureOnPaper, course_fields_after.closure, after.ClosureOnPaper())
_DOSSIER = Kind(
    after.DossierOnPaper,
    course_fields_after.dossier,
    after.DossierOnPaper(entries=(after.EntryOnPaper(),), words="—"),
)
_RECEIPTS = Kind(
    after.ReceiptsOnPaper,
    course_fields_after.receipts,
    after.ReceiptsOnPaper(receipts=(after.ReceiptOnPaper(),)),
)

KINDS: Mapping[Matter, Kind] = {
    Matter.LEAD: _LEAD,
    Matter.FILING: _FILING,
    Matter.REFUSED: _FILING,
    Matter.RECUSAL: _RECUSAL,
    Matter.INSPECTION: _RECORD,
    Matter.PHOTOS: _PHOTOS,
    Matter.SUMMONS: _SUMMONS,
    Matter.INQUIRY: _RECORD,
    Matter.CORRECTION: _CORRECTION,
    Matter.PRESERVATION: _PRESERVATION,
    Matter.SEIZURE: _SEIZURE,
    Matter.SAMPLING: _SAMPLING,
    Matter.PERIOD: _PERIOD,
    Matter.REPORT: _OPINION,
    Matter.NOTICE: _OPINION,
    Matter.WAIVER: _WAIVER,
    Matter.DEFENCE: _RECORD,
    Matter.DEFENCE_REVIEW: _DEFENCE_REVIEW,
    Matter.HEARING: _HEARING,
    Matter.REVIEW: _REVIEW,
    Matter.DISCUSSION: _DISCUSSION,
    Matter.PROPOSAL: _OPINION,
    Matter.PENALTY: _DECISION,
    Matter.NO_PENALTY: _DECISION,
    Matter.EDUCATION: _RECORD,
    Matter.PLEDGE: _PLEDGE,
    Matter.SERVICE: _SERVICE,
    Matter.ANNOUNCEMENT: _ANNOUNCEMENT,
    Matter.CONSENT: _CONSENT,
    Matter.URGING: _URGING,
    Matter.COURT: _COURT,
    Matter.DEFERRAL: _DEFERRAL,
    Matter.TRANSFER: _TRANSFER,
    Matter.DISMISSAL: _DISMISSAL,
    Matter.REVOCATION: _REVOCATION,
    Matter.CLOSURE: _CLOSURE,
    Matter.DOSSIER: _DOSSIER,
    Matter.RECEIPTS: _RECEIPTS,
}
"""What each matter is made of."""


def kind_of(key: str) -> Kind:
    """What the paper of this template is made of."""
    return KINDS[course_rules.rule(key).matter]


def course_fields(paper: CoursePaper) -> dict[str, Any]:
    """The fields of a paper: those of every paper, and its own."""
    kind = kind_of(paper.key)
    assert isinstance(paper.matter, kind.matter), f"{paper.key} is made from {kind.matter.__name__}"
    case = paper.case
    return {
        "organ": course_words.organ(case.organ, case.unit),
        "party": course_words.party(case.party, case.party_born_on),
        "case": course_words.case(case, paper.on),
        "paper": {
            "number": paper.number,
            "day": course_clauses.day(paper.on),
            "code": notice_fields.code_of(paper.uid),
        },
        "officers": course_words.officers(paper.officers),
        "officers_line": course_clauses.shown(paper.officers),
        "sign_offs": course_words.sign_offs(paper.sign_offs),
        **_earlier(paper),
    } | kind.words(paper.matter, paper)


def _earlier(paper: CoursePaper) -> dict[str, Any]:
    """The paper that this one names, where its template says that it names one."""
    if not paper.rule.cites:
        return {}
    one = paper.earlier
    title = course_rules.rule(paper.rule.cites).title
    said = {"title": title, "number": "", "day": ""}
    if one is not None:
        said = {"title": one.title, "number": one.number, "day": course_clauses.day(one.on)}
    return {"earlier": said}


def paths(key: str) -> frozenset[str]:
    """Every path a template of this paper may name, for the editor and the tests."""
    one = (OfficerOnPaper("", ""),)
    shape = CoursePaper(
        key=key,
        uid=UUID(int=0),
        on=date(2026, 1, 1),
        case=CaseOnPaper(handlers=one),
        officers=one,
        sign_offs=(SignOffOnPaper(level=""),),
        matter=kind_of(key).shape,
    )
    return frozenset(course_words.walk("", course_fields(shape)))
