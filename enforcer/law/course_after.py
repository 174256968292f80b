"""What is on record after a decision: service, money, remedies, the court, closing; money in 分."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enforcer.course_terms import (
    ClosingWay,
    CourtAnswer,
    Receiver,
    RemedyKind,
    RemedyOutcome,
    ServiceMethod,
)
from enforcer.terms import (
    CaseStep,
    OfficerPost,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One attempt to serve one paper; `effective_on` is empty where it came to nothing.

    `of` and `of_id` name the paper by the step that made it.
    """

    id: int = 0
    of: CaseStep
    of_id: int = 0
    paper: str = ""
    paper_on: date | None = None
    method: ServiceMethod
    on: date
    effective_on: date | None = None
    place: str = ""
    at_residence: bool = False
    receiver: Receiver | None = None
    receiver_name: str = ""
    relation: str = ""
    refused: bool = False
    refusal_reason: str = ""
    witness: str = ""
    video: str = ""
    mail_number: str = ""
    receipt_on: date | None = None
    consent_on: date | None = None
    address: str = ""
    arrived_on: date | None = None
    remedy_channel: str = ""
    announced_where: str = ""
    failed: bool = False
    failure: str = ""
    words: str = ""
    officers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received."""

    on: date
    amount_fen: int = 0
    additional_fen: int = 0
    receipt_number: str = ""
    receipt_used_by: str = ""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a fine with its last day."""

    due_on: date
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferral:
    """延期、分期缴纳 (第六十六条第二款); one part is a deferral, several are instalments."""

    id: int = 0
    on: date
    applied_on: date | None = None
    reason: str = ""
    parts: tuple[Instalment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Urging:
    """催告 (行政强制法 第五十四条)."""

    id: int = 0
    on: date
    fine_fen: int = 0
    additional_fen: int = 0
    how_to_pay: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtApplication:
    """申请人民法院强制执行 (行政强制法 第五十三至五十八条)."""

    id: int = 0
    on: date
    court: str = ""
    fine_fen: int = 0
    additional_fen: int = 0
    signed_by: str = ""
    signed_by_post: OfficerPost | None = None
    answered_on: date | None = None
    answer: CourtAnswer | None = None
    answer_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """行政复议、行政诉讼: while it runs no additional fine is counted (第七十三条第三款)."""

    id: int = 0
    kind: RemedyKind
    body: str = ""
    on: date
    number: str = ""
    stayed: bool = False
    concluded_on: date | None = None
    outcome: RemedyOutcome | None = None
    outcome_number: str = ""
    received_on: date | None = None
    changed_fine_fen: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """结案 as it is put to the heads."""

    on: date
    way: ClosingWay
    words: str = ""
    goods_words: str = ""
