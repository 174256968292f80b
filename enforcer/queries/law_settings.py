"""What the office has settled of the questions the law leaves open, as the law floor takes it."""

from __future__ import annotations

from enforcer.law.first_violation import Scope
from enforcer.law.procedure import Threshold, Thresholds
from enforcer.queries import office
from enforcer.queries.looking import Where, looking

_COUNTS = {"计入": True, "不计入": False}


def thresholds(where: Where) -> Thresholds:
    """较大数额 for the hearing (第六十三条第一款); each None while 待机关确认."""
    with looking(where) as session:
        return Thresholds(
            citizen=_threshold(session, "hearing_threshold_citizen"),
            organization=_threshold(session, "hearing_threshold_organization"),
            confiscation=_threshold(session, "hearing_threshold_confiscation"),
        )


def first_violation_scope(where: Where) -> Scope:
    """How far back 初次违法 looks, and whether notices count (第三十三条第一款)."""
    with looking(where) as session:
        window = office.confirmed(session, "first_violation_lookback_days")
        notices = office.confirmed(session, "first_violation_counts_notices")
    days = window.value if isinstance(window.value, int) else None
    return Scope(days, _COUNTS.get(str(notices.value)), _document(window))


def _threshold(where: Where, name: str) -> Threshold:
    found = office.confirmed(where, name)
    amount = found.value if isinstance(found.value, int) else None
    return Threshold(amount, _document(found))


def _document(found: office.Confirmed) -> str:
    if not found.document:
        return ""
    number = f"（{found.document_number}）" if found.document_number else ""
    return f"《{found.document.strip('《》')}》{number}"
