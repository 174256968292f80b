"""What came before: fines that may be for the same act, and like decisions of the same item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_
from sqlmodel import Session, col, select

from enforcer import money
from enforcer.law.summary_facts import EarlierFine
from enforcer.models import Case, Decision, Payment
from enforcer.queries.looking import Where, looking
from enforcer.terms import Discretion, Origin, Procedure

CHINA = ZoneInfo("Asia/Shanghai")
NEAR = timedelta(hours=24)
"""How far apart two acts may lie and still be asked about; no statute gives a number."""


@dataclass(frozen=True, slots=True)
class LikeDecision:
    """An earlier decision of the same item, to keep like cases alike (行政处罚法 第五条第二款)."""

    case_id: int
    number: str
    decided_on: date
    party_name: str
    place: str
    fine_fen: int
    discretion: Discretion


def earlier_fines(
    session: Session,
    *,
    item_key: str,
    party_id_number: str,
    plate_key: str,
    acted_at: datetime,
    place: str,
    but_case: int | None = None,
) -> tuple[EarlierFine, ...]:
    """Fines within a day of this act for the same party or plate and item (第二十九条).

    The same minute of the same party at the same place is the same act; the rest is asked about.
    """
    same = [
        col(column) == value
        for column, value in (
            (Case.party_id_number, party_id_number),
            (Case.plate_key, plate_key),
        )
        if value
    ]
    if not same:
        return ()
    asked = (
        select(Case, Decision)
        .join(Decision, col(Decision.case_id) == Case.id)
        .where(
            Case.item_key == item_key,
            or_(*same),
            col(Case.acted_at) >= acted_at - NEAR,
            col(Case.acted_at) <= acted_at + NEAR,
            Decision.fine_fen > 0,
            col(Decision.revoked_on).is_(None),
        )
        .order_by(col(Case.acted_at).desc())
    )
    found = []
    for case, decision in session.exec(asked):
        if case.id == but_case or case.acted_at is None:
            continue
        at = case.acted_at.astimezone(CHINA)
        certain = case.acted_at == acted_at and _bare(case.place) == _bare(place)
        say = f"{at:%Y-%m-%d %H:%M}，{case.place or '地点未记'}，罚款 {money.yuan(decision.fine_fen)} 元"
        found.append(EarlierFine(decision.number, say, certain))
    return tuple(sorted(found, key=lambda one: not one.certain))


def like_decisions(
    where: Where, item_key: str, *, today: date, limit: int = 8
) -> list[LikeDecision]:
    """The latest on-the-spot decisions of an item, not revoked."""
    asked = (
        select(Case, Decision)
        .join(Decision, col(Decision.case_id) == Case.id)
        .where(
            Case.item_key == item_key,
            Decision.procedure == Procedure.SUMMARY,
            Decision.decided_on <= today,
            col(Decision.revoked_on).is_(None),
        )
        .order_by(col(Decision.decided_on).desc(), col(Decision.id).desc())
        .limit(limit)
    )
    with looking(where) as session:
        return [
            LikeDecision(
                case.id or 0,
                decision.number,
                decision.decided_on,
                case.party_name,
                case.place,
                decision.fine_fen,
                decision.discretion,
            )
            for case, decision in session.exec(asked)
        ]


@dataclass(frozen=True, slots=True)
class LastUsed:
    """Who acted last, so that the next form begins with them."""

    officer1_id: int | None = None
    officer2_id: int | None = None


def last_used(where: Where) -> LastUsed:
    """The officers of the latest on-the-spot case made here."""
    asked = (
        select(Case)
        .where(Case.procedure == Procedure.SUMMARY, Case.origin == Origin.MADE_HERE)
        .order_by(col(Case.id).desc())
        .limit(1)
    )
    with looking(where) as session:
        row = session.exec(asked).first()
        return LastUsed(row.officer1_id, row.officer2_id) if row else LastUsed()


def receipt_used_by(session: Session, receipt_number: str) -> str:
    """The decision a receipt already belongs to; empty when it is free (第七十条)."""
    if not receipt_number:
        return ""
    asked = (
        select(Decision.number)
        .join(Payment, col(Payment.decision_id) == Decision.id)
        .where(Payment.receipt_number == receipt_number)
        .limit(1)
    )
    return session.exec(asked).first() or ""


def _bare(place: str) -> str:
    return "".join(place.split())
