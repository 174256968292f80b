"""Decisions and the money that follows them."""

from datetime import date

from sqlmodel import Field

from enforcer.models.base import UUID, Retractable, json_column, stored, unique_id
from enforcer.terms import Discretion, NoPenaltyReason, PaymentMode, PenaltyKind, Procedure


class Decision(Retractable, table=True):
    """A decision, to punish or not. Amounts in 分, as decided, never as paid.

    `heaviest` is the class the decision is counted in; empty for 不予处罚. `facts` keeps the form
    an on-the-spot decision was made from.
    """

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    case_id: int = Field(foreign_key="enforcement_case.id", index=True)
    number: str = Field(unique=True)
    series_id: int | None = Field(default=None, foreign_key="series.id")
    serial: int | None = None
    procedure: Procedure = stored(Procedure)
    decided_on: date = Field(index=True)
    kinds: list[str] | None = json_column()
    heaviest: PenaltyKind | None = stored(PenaltyKind, nullable=True)
    fine_fen: int = 0
    confiscated_fen: int = 0
    discretion: Discretion = stored(Discretion)
    no_penalty_reason: NoPenaltyReason | None = stored(NoPenaltyReason, nullable=True)
    payment_mode: PaymentMode | None = stored(PaymentMode, nullable=True)
    payment_due_on: date | None = None
    served_on: date | None = None
    reported_for_record_on: date | None = None
    revoked_on: date | None = None
    revocation_reason: str = ""
    facts: dict[str, object] | None = json_column()


class Payment(Retractable, table=True):
    """Money received for a decision; on-the-spot money has its two clocks (行政处罚法 第七十一条)."""

    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    decision_id: int = Field(foreign_key="decision.id", index=True)
    mode: PaymentMode = stored(PaymentMode)
    paid_on: date = Field(index=True)
    amount_fen: int
    additional_fen: int = 0
    receipt_number: str = ""
    to_organ_on: date | None = None
    to_bank_on: date | None = None
    note: str = ""
