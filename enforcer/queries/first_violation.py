"""初次违法: earlier decisions and notices for the same item, by party and by plate (第三十三条)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from enforcer.law import first_violation, notice_defaults
from enforcer.law.first_violation import EarlierRecord, FirstViolation
from enforcer.models import Case, Decision, FirstViolationCheck, Notice
from enforcer.queries import law_settings
from enforcer.queries.looking import Where, looking
from enforcer.terms import Discretion, NoPenaltyReason, NoticeState

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A look-up as it was filed."""

    id: int
    case_id: int | None
    item_key: str
    party_id_number: str
    plate_key: str
    asked_on: date
    is_first: bool | None
    answer: dict[str, Any]
    checked_at: datetime
    checked_by: str


def look_up(
    where: Where,
    *,
    item_key: str,
    party_id_number: str = "",
    plate_key: str = "",
    on: date,
    but_case: int | None = None,
) -> FirstViolation:
    """Search this home by identity number and by plate; the office's window decides."""
    searched = "、".join(
        f"{label} {value}"
        for label, value in (("证件号码", party_id_number), ("号牌", plate_key))
        if value
    )
    with looking(where) as session:
        scope = law_settings.first_violation_scope(session)
        records: list[EarlierRecord] = []
        if searched:
            same = _same(Case.party_id_number, party_id_number) + _same(Case.plate_key, plate_key)
            records += _decisions(session, item_key, same, but_case)
        if plate_key:
            records += _notices(session, item_key, plate_key, but_case)
    return first_violation.judge(records, scope, on=on, searched=searched)


def _same(column: Any, value: str) -> list[ColumnElement[bool]]:
    return [column == value] if value else []


def _decisions(
    session: Session, item_key: str, same: list[ColumnElement[bool]], but_case: int | None
) -> Iterator[EarlierRecord]:
    """Decisions that found a violation, 不予处罚 among them; revoked ones are left out."""
    asked = (
        select(Case, Decision)
        .join(Decision, col(Decision.case_id) == Case.id)
        .where(Case.item_key == item_key, or_(*same), col(Decision.revoked_on).is_(None))
        .order_by(col(Decision.decided_on), col(Decision.id))
    )
    for case, decision in session.exec(asked):
        if case.id == but_case:
            continue
        if decision.no_penalty_reason is NoPenaltyReason.NOT_ESTABLISHED:
            continue
        spared = decision.discretion is Discretion.NO_PENALTY
        day = case.acted_at.astimezone(CHINA).date() if case.acted_at else case.acted_on
        yield EarlierRecord(
            day or decision.decided_on,
            decision.number,
            "不予处罚" if spared else "处罚决定",
        )


def _notices(
    session: Session, item_key: str, plate_key: str, but_case: int | None
) -> Iterator[EarlierRecord]:
    """Courteous notices of the same item to the same plate, void ones left out."""
    table = Notice.__table__  # type: ignore[attr-defined]
    names = ("noticed_on", "number", "item_key", "situation", "case_id")
    columns: Sequence[ColumnElement[Any]] = [table.c[name] for name in names]
    asked = (
        select(*columns)
        .where(table.c.plate_key == plate_key)
        .where(col(Notice.state) == NoticeState.ISSUED)
        .order_by(table.c.noticed_at)
    )
    for noticed_on, number, item, situation, case_id in session.execute(asked):
        key = item or notice_defaults.item_of_situation(situation)
        mine = but_case is not None and case_id == but_case
        if noticed_on is not None and key == item_key and not mine:
            yield EarlierRecord(noticed_on, number, "温馨告知", notice=True)


def checks(where: Where, case_id: int) -> list[CheckRow]:
    """The look-ups filed with a case, the latest first."""
    asked = (
        select(FirstViolationCheck)
        .where(FirstViolationCheck.case_id == case_id)
        .order_by(col(FirstViolationCheck.id).desc())
    )
    with looking(where) as session:
        return [check_row(one) for one in session.exec(asked)]


def check_row(one: FirstViolationCheck) -> CheckRow:
    """The frozen row of a filed look-up."""
    values = one.model_dump(exclude={"uid"})
    return CheckRow(**values | {"answer": dict(one.answer or {})})
