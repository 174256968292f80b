"""What every step of a case needs: the case and its decision, one event for each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from enforcer.models import Case, CaseEvent, Decision
from enforcer.operations.editing import block
from enforcer.terms import CaseStep, Origin, Procedure


def case_and_decision(session: Session, case_id: int) -> tuple[Case, Decision]:
    """The case with its latest decision, or a refusal in a sentence."""
    case = session.get(Case, case_id)
    if case is None:
        raise block("case_gone", f"没有编号为 {case_id} 的案件，请从案件列表重新选择。")
    if case.procedure is Procedure.ORDINARY and case.origin is Origin.MADE_HERE:
        raise block(
            "ordinary_course",
            f"案件 {case.number} 适用普通程序，这一步要按普通程序的步骤办理（送达、执行、"
            "结案各有审批），不能用当场处罚的办理方式。请在案件页按步骤办理。",
            "行政处罚法（2021）第五十四条",
        )
    decision = session.exec(
        select(Decision).where(Decision.case_id == case_id).order_by(col(Decision.id).desc())
    ).first()
    if decision is None:
        raise block(
            "no_decision", f"案件 {case.number} 还没有作出决定，不能办理这一步。请先作出决定。"
        )
    return case, decision


def refuse_revoked(decision: Decision) -> None:
    """A revoked decision takes no further step."""
    if decision.revoked_on is not None:
        raise block(
            "revoked",
            f"决定 {decision.number} 已于 {decision.revoked_on} 撤销，不能再办理这一步。"
            "已经收取的罚款请依法退还。",
            "行政处罚法（2021）第七十五条第二款",
        )


def refuse_outside(day: date, first: date, today: date, *, what: str, field: str) -> None:
    """A step happens on or after what it follows, and not in the future."""
    if day > today:
        raise block("in_future", f"{what} {day} 在今天之后，请改为实际办理的日期。", field=field)
    if day < first:
        raise block(
            "too_early",
            f"{what} {day} 早于前一步的日期 {first}，请改正日期，不得倒签。",
            field=field,
        )


def add_event(
    session: Session,
    case_id: int,
    step: CaseStep,
    day: date,
    detail: Mapping[str, object],
    *,
    now: datetime,
    actor: str,
) -> None:
    """Record one step of a case (第四十七条); empty details are left out."""
    session.add(
        CaseEvent(
            case_id=case_id,
            step=step.value,
            happened_on=day,
            recorded_at=now,
            actor=actor,
            detail={name: value for name, value in detail.items() if value},
        )
    )
