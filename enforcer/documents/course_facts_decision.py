"""What the papers from the report of the investigation to the decision say of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from enforcer.course_terms import ReviewOpinion
from enforcer.documents.course_facts import EvidenceOnPaper, ImpositionOnPaper, PersonOnPaper
from enforcer.terms import Defence


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionOnPaper:
    """拟处理意见: in the report, in the prior notice, in what is put to the heads."""

    imposition: ImpositionOnPaper = field(default_factory=ImpositionOnPaper)
    facts: str = ""
    evidence: tuple[EvidenceOnPaper, ...] = ()
    course: str = ""
    words: str = ""
    defence_words: str = ""
    hearing_words: str = ""
    review_words: str = ""
    hearing_offered: bool = False
    hearing_needed: bool = False
    defence_days: int | None = None
    new_facts: str = ""
    reasons: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOnPaper:
    """行政处罚决定书, 不予行政处罚决定书 (行政处罚法 第五十七、五十九条)."""

    imposition: ImpositionOnPaper = field(default_factory=ImpositionOnPaper)
    course: str = ""
    facts: str = ""
    evidence: tuple[EvidenceOnPaper, ...] = ()
    defence: Defence | None = None
    defence_words: str = ""
    defence_answer: str = ""
    hearing_words: str = ""
    hearing_held_on: date | None = None
    other_performance: str = ""
    corrected: str = ""
    corrected_on: date | None = None
    education: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DefenceReviewOnPaper:
    """陈述申辩复核意见书 (行政处罚法 第四十五条第一款)."""

    speaker: str = ""
    heard_on: date | None = None
    words: str = ""
    evidence: str = ""
    course: str = ""
    adopted: bool | None = None
    opinion: str = ""
    reviewer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverOnPaper:
    """事先告知书回执: what the party says of the rights it was told of."""

    notice_title: str = "行政处罚事先告知书"
    notice_number: str = ""
    defence_waived: bool = False
    hearing_waived: bool = False
    hearing_offered: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingOnPaper:
    """听证: notice, record, report (行政处罚法 第六十三至六十五条)."""

    requested_on: date | None = None
    at: datetime | None = None
    ended_at: datetime | None = None
    place: str = ""
    is_public: bool = True
    private_reason: str = ""
    chair: str = ""
    members: tuple[str, ...] = ()
    recorder: str = ""
    recusal_by: date | None = None
    contact: str = ""
    agents: tuple[PersonOnPaper, ...] = ()
    others: str = ""
    attended: bool = True
    record: str = ""
    signed: bool = True
    refusal_reason: str = ""
    course: str = ""
    facts: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOnPaper:
    """法制审核意见书 (行政处罚法 第五十八条)."""

    sent_on: date | None = None
    proposed: str = ""
    subject: str = ""
    facts: str = ""
    law: str = ""
    procedure: str = ""
    crime: str = ""
    opinion: ReviewOpinion | None = None
    words: str = ""
    reviewer: str = ""
    reviewer_is_handler: bool = False
    qualification: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendeeOnPaper:
    """Who took part, and what he said."""

    name: str = ""
    position: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionOnPaper:
    """集体讨论记录 (行政处罚法 第五十七条第二款)."""

    began_at: datetime | None = None
    ended_at: datetime | None = None
    place: str = ""
    reason: str = ""
    host: str = ""
    reporter: str = ""
    recorder: str = ""
    observers: str = ""
    facts: str = ""
    evidence: tuple[EvidenceOnPaper, ...] = ()
    imposition: ImpositionOnPaper = field(default_factory=ImpositionOnPaper)
    review_words: str = ""
    defence_words: str = ""
    hearing_words: str = ""
    attendees: tuple[AttendeeOnPaper, ...] = ()
    conclusion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeOnPaper:
    """轻微违法行为改正承诺书: what the party promises before it is spared."""

    act: str = ""
    breached: str = ""
    corrected: str = ""
    promises: tuple[str, ...] = ()
