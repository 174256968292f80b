"""What is on record on the way to a decision: opinions, defence, hearing, review, transfer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from enforcer.course_terms import (
    Gains,
    Outcome,
    ReviewOpinion,
)
from enforcer.law.conditions import Tick
from enforcer.terms import (
    CaseStep,
    Discretion,
    LeniencyPaper,
    NoPenaltyReason,
    OfficerPost,
    PaymentMode,
    PenaltyKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imposition:
    """What is to be imposed, or that nothing is, and on what it rests."""

    outcome: Outcome = Outcome.PENALTY
    kinds: tuple[PenaltyKind, ...] = ()
    fine_fen: int = 0
    gains: Gains | None = None
    gains_fen: int = 0
    property_fen: int = 0
    penalty_words: str = ""
    discretion: Discretion = Discretion.ORDINARY
    discretion_reason: str = ""
    no_penalty_reason: NoPenaltyReason | None = None
    breached: str = ""
    sanctioned_by: str = ""
    under: str = ""
    law_choice: str = ""
    law_reason: str = ""
    ticks: Mapping[str, Tick] = field(default_factory=dict)
    provision: str = ""
    private_enterprise: bool = False
    papers: frozenset[LeniencyPaper] = frozenset()

    @property
    def spares(self) -> bool:
        """不予处罚, for whatever reason."""
        return self.outcome in (Outcome.NO_PENALTY, Outcome.NOT_ESTABLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """拟处理意见 as it stands in the report, in the prior notice, or in what is put to the heads.

    The last five belong to a prior notice: what is new when it announces more than the one before.
    """

    id: int = 0
    step: CaseStep
    on: date
    imposition: Imposition
    facts: str = ""
    evidence: str = ""
    reasons: str = ""
    words: str = ""
    public_interest: bool | None = None
    complicated: bool | None = None
    serious: bool | None = None
    major_rights: bool | None = None
    hearing_offered: bool = False
    defence_days: int | None = None
    new_facts: str = ""
    raised_reason: str = ""
    from_defence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DefenceStatement:
    """陈述、申辩, or its waiver, and the review of it (第四十五条)."""

    id: int = 0
    notice_id: int
    on: date
    waived: bool = False
    hearing_waived: bool = False
    in_writing: bool = True
    speaker: str = ""
    words: str = ""
    evidence: str = ""
    reviewed_on: date | None = None
    reviewer: str = ""
    review_words: str = ""
    adopted: bool | None = None


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who speaks for the party; `authority` is the letter that says so."""

    name: str
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """听证 from the request to the report (第六十三至六十五条)."""

    id: int = 0
    notice_id: int
    requested_on: date
    request_words: str = ""
    withdrawn_on: date | None = None
    withdrawal_written: bool = True
    noticed_on: date | None = None
    hearing_at: datetime | None = None
    hearing_on: date | None = None
    place: str = ""
    chair_id: int | None = None
    chair: str = ""
    recorder_id: int | None = None
    recorder: str = ""
    is_public: bool = True
    private_reason: str = ""
    held_on: date | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    attended: bool = True
    agents: tuple[Agent, ...] = ()
    record: str = ""
    signed: bool = True
    refusal_reason: str = ""
    reported_on: date | None = None
    report_words: str = ""

    @property
    def open(self) -> bool:
        """Asked for and neither withdrawn nor reported on."""
        return self.withdrawn_on is None and self.reported_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalReview:
    """法制审核 (第五十八条)."""

    id: int = 0
    on: date
    reviewer_id: int
    reviewer: str = ""
    opinion: ReviewOpinion
    words: str = ""
    first_time: bool = False
    qualification: str = ""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who took part in the discussion, and what he said."""

    name: str
    position: str = ""
    opinion: str = ""
    person_id: int | None = None
    post: OfficerPost | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion:
    """负责人集体讨论 (第五十七条第二款)."""

    id: int = 0
    on: date
    place: str = ""
    attendees: tuple[Attendee, ...] = ()
    conclusion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """移送司法机关: report, decision in 3 days, transfer in 24 hours (行政执法机关移送涉嫌犯罪案件的规定)."""

    id: int = 0
    on: date
    team: tuple[str, ...] = ()
    facts: str = ""
    decided_at: datetime | None = None
    decided_on: date | None = None
    approved: bool | None = None
    decision_words: str = ""
    transferred_at: datetime | None = None
    transferred_on: date | None = None
    receiver: str = ""
    receipt: str = ""
    answered_on: date | None = None
    accepted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The decision that was made, with what has become of it since."""

    id: int = 0
    number: str = ""
    on: date
    outcome: Outcome = Outcome.PENALTY
    kinds: tuple[PenaltyKind, ...] = ()
    fine_fen: int = 0
    confiscated_fen: int = 0
    discretion: Discretion = Discretion.ORDINARY
    no_penalty_reason: NoPenaltyReason | None = None
    payment_mode: PaymentMode | None = None
    payment_due_on: date | None = None
    served_on: date | None = None
    revoked_on: date | None = None
    revocation_reason: str = ""
