"""On the way to a decision: opinions, prior notices, defence, hearing, review, discussion, transfer."""

from datetime import date, datetime

from sqlmodel import Field

from enforcer.course_terms import Gains, Outcome, ReviewOpinion
from enforcer.models.base import instant, json_column, stored
from enforcer.models.procedure import OfCase
from enforcer.terms import CaseStep, Discretion, NoPenaltyReason


class Proposal(OfCase, table=True):
    """拟处理意见: in the report, in a prior notice, or before the heads; `step` says which."""

    step: CaseStep = stored(CaseStep)
    on: date
    outcome: Outcome = stored(Outcome)
    kinds: list[str] | None = json_column()
    fine_fen: int = 0
    gains: Gains | None = stored(Gains, nullable=True)
    gains_fen: int = 0
    property_fen: int = 0
    penalty_words: str = ""
    discretion: Discretion = stored(Discretion)
    discretion_reason: str = ""
    no_penalty_reason: NoPenaltyReason | None = stored(NoPenaltyReason, nullable=True)
    breached: str = ""
    sanctioned_by: str = ""
    under: str = ""
    law_choice: str = ""
    law_reason: str = ""
    ticks: dict[str, object] | None = json_column()
    provision: str = ""
    private_enterprise: bool = False
    papers: list[str] | None = json_column()
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


class DefenceStatement(OfCase, table=True):
    """陈述、申辩, its waiver, its review (第四十五条)."""

    __tablename__ = "defence_statement"
    notice_id: int = Field(foreign_key="proposal.id")
    on: date
    waived: bool = False
    hearing_waived: bool = False
    in_writing: bool = False
    speaker: str = ""
    words: str = ""
    evidence: str = ""
    reviewed_on: date | None = None
    reviewer: str = ""
    review_words: str = ""
    adopted: bool | None = None


class Hearing(OfCase, table=True):
    """听证 from the request to the report (第六十三至六十五条)."""

    notice_id: int = Field(foreign_key="proposal.id")
    requested_on: date
    request_words: str = ""
    withdrawn_on: date | None = None
    noticed_on: date | None = None
    hearing_at: datetime | None = instant(nullable=True)
    hearing_on: date | None = None
    place: str = ""
    chair_id: int | None = Field(default=None, foreign_key="officer.id")
    chair: str = ""
    recorder_id: int | None = Field(default=None, foreign_key="officer.id")
    recorder: str = ""
    is_public: bool = True
    private_reason: str = ""
    held_on: date | None = None
    began_at: datetime | None = instant(nullable=True)
    ended_at: datetime | None = instant(nullable=True)
    attended: bool = True
    agents: list[dict[str, object]] | None = json_column()
    record: str = ""
    signed: bool = True
    refusal_reason: str = ""
    reported_on: date | None = None
    report_words: str = ""


class LegalReview(OfCase, table=True):
    """法制审核 (第五十八条)."""

    __tablename__ = "legal_review"
    on: date
    reviewer_id: int = Field(foreign_key="officer.id")
    reviewer: str
    opinion: ReviewOpinion = stored(ReviewOpinion)
    words: str = ""
    first_time: bool = False
    qualification: str = ""


class Discussion(OfCase, table=True):
    """负责人集体讨论 (第五十七条第二款)."""

    on: date
    place: str = ""
    attendees: list[dict[str, object]] | None = json_column()
    conclusion: str


class Transfer(OfCase, table=True):
    """移送司法机关 (第二十七条; 行政执法机关移送涉嫌犯罪案件的规定)."""

    on: date
    team: list[str] | None = json_column()
    facts: str
    decided_at: datetime | None = instant(nullable=True)
    decided_on: date | None = None
    approved: bool | None = None
    decision_words: str = ""
    transferred_at: datetime | None = instant(nullable=True)
    transferred_on: date | None = None
    receiver: str = ""
    receipt: str = ""
    answered_on: date | None = None
    accepted: bool | None = None
