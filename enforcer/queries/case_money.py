"""The money of one decision, as its rows have it."""

from __future__ import annotations

from sqlmodel import Session, col, select

from enforcer.models import Decision, Payment
from enforcer.queries.case_owed import Money, counted


def payments_of(session: Session, decision_id: int) -> list[Payment]:
    """Payments of a decision in the order they came."""
    asked = (
        select(Payment)
        .where(Payment.decision_id == decision_id)
        .order_by(col(Payment.paid_on), col(Payment.id))
    )
    return list(session.exec(asked))


def money_of(session: Session, decision: Decision) -> Money:
    """The money of one decision."""
    assert decision.id
    return counted(decision, payments_of(session, decision.id))
