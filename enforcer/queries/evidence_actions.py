"""What officers did in the field: which recorders ran, which recordings are there, what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select as columns_of
from sqlmodel import Session, col, func, select

from enforcer.course_terms import RecordKind, ServiceMethod
from enforcer.evidence_terms import ActionKind
from enforcer.models import (
    ActionRecorders,
    Case,
    Decision,
    EvidenceUse,
    Notice,
    Service,
    WrittenRecord,
)
from enforcer.queries.looking import Where, looking
from enforcer.terms import NoticeState, Origin, Procedure

ENOUGH = 2
CITE = "行政处罚法（2021）第四十七条"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action in the field and the recorders named for it."""

    action: ActionKind
    action_id: int
    case_id: int | None
    title: str
    on: date
    officers: tuple[str, ...]
    recorders: tuple[str, ...]
    reason: str
    files: int

    @property
    def short(self) -> bool:
        """Fewer than two recorders."""
        return len(set(self.recorders)) < ENOUGH

    @property
    def say(self) -> str:
        """What the quarter's report says of it."""
        if not self.short:
            return ""
        count = len(set(self.recorders))
        why = f"原因：{self.reason}" if self.reason else "没有写明原因，请补写。"
        return f"{self.title}：执法仪 {count} 台，不足两台。{why}"


def actions(
    where: Where, first: date, last: date, *, of: Collection[ActionKind] = tuple(ActionKind)
) -> list[ActionRow]:
    """Every action of these days and kinds that recorders have to see, and what was named for it."""
    asked = {
        ActionKind.NOTICE: _notices,
        ActionKind.DECISION: _decisions,
        ActionKind.INSPECTION: _inspections,
        ActionKind.SERVICE: _services,
    }
    with looking(where) as session:
        found = [
            one for kind, ask in asked.items() if kind in of for one in ask(session, first, last)
        ]
        files = _file_counts(session)
    rows = [ActionRow(*one, files=files.get((one[0], one[1]), 0)) for one in found]
    return sorted(rows, key=lambda one: (one.on, one.action.value, one.action_id))


def action_row(where: Where, action: ActionKind, action_id: int) -> ActionRow | None:
    """One action by its row; None when it is not there."""
    with looking(where) as session:
        day = _day_of(session, action, action_id)
        if day is None:
            return None
        rows = actions(session, day, day)
    return next((one for one in rows if (one.action, one.action_id) == (action, action_id)), None)


def shortfalls(where: Where, first: date, last: date) -> list[ActionRow]:
    """Actions with fewer than two recorders, for the quarter's report (第四十七条)."""
    return [one for one in actions(where, first, last) if one.short]


_Raw = tuple[ActionKind, int, int | None, str, date, tuple[str, ...], tuple[str, ...], str]


def _notices(session: Session, first: date, last: date) -> Iterator[_Raw]:
    asked = columns_of(
        col(Notice.id),
        col(Notice.case_id),
        col(Notice.number),
        col(Notice.noticed_on),
        col(Notice.officer1),
        col(Notice.officer2),
        col(Notice.recorders),
        col(Notice.recorder_reason),
    ).where(
        col(Notice.noticed_on).between(first, last),
        col(Notice.state) == NoticeState.ISSUED,
        col(Notice.origin) == Origin.MADE_HERE,
    )
    for one in session.execute(asked):
        assert one.noticed_on
        recorders = tuple(name for name in one.recorders.split("、") if name)
        yield (
            ActionKind.NOTICE,
            one.id,
            one.case_id,
            f"温馨告知书{one.number}",
            one.noticed_on,
            _names(one.officer1, one.officer2),
            recorders,
            one.recorder_reason,
        )


def _decisions(session: Session, first: date, last: date) -> Iterator[_Raw]:
    asked = (
        select(Decision, Case)
        .join(Case, col(Case.id) == Decision.case_id)
        .where(
            col(Decision.decided_on).between(first, last),
            Decision.procedure == Procedure.SUMMARY,
            Case.origin == Origin.MADE_HERE,
        )
    )
    for decision, case in session.exec(asked):
        facts = decision.facts or {}
        form = facts.get("form")
        named = form.get("recorders") if isinstance(form, dict) else None
        settled = facts.get("settled")
        said = [
            str(one.get("reason") or "")
            for one in (settled if isinstance(settled, list) else ())
            if one.get("code") == "recorders_fewer_than_two"
        ]
        yield (
            ActionKind.DECISION,
            decision.id or 0,
            case.id,
            f"当场处罚决定{decision.number}",
            decision.decided_on,
            _names(case.officer1, case.officer2),
            tuple(str(one) for one in named or () if one),
            "".join(said),
        )


def _inspections(session: Session, first: date, last: date) -> Iterator[_Raw]:
    asked = (
        select(WrittenRecord, Case.number)
        .join(Case, col(Case.id) == WrittenRecord.case_id)
        .where(
            col(WrittenRecord.on).between(first, last),
            WrittenRecord.kind == RecordKind.INSPECTION,
        )
    )
    for record, number in session.exec(asked):
        named, reason = _named(session, ActionKind.INSPECTION, record.id or 0)
        yield (
            ActionKind.INSPECTION,
            record.id or 0,
            record.case_id,
            f"案件{number}的现场检查（勘验）",
            record.on,
            tuple(record.officers or ()),
            named,
            reason,
        )


def _services(session: Session, first: date, last: date) -> Iterator[_Raw]:
    asked = (
        select(Service, Case.number)
        .join(Case, col(Case.id) == Service.case_id)
        .where(col(Service.on).between(first, last), Service.method == ServiceMethod.LEFT)
    )
    for service, number in session.exec(asked):
        named, reason = _named(session, ActionKind.SERVICE, service.id or 0)
        yield (
            ActionKind.SERVICE,
            service.id or 0,
            service.case_id,
            f"案件{number}的留置送达（{service.paper}）",
            service.on,
            tuple(service.officers or ()),
            named,
            reason,
        )


def _named(session: Session, action: ActionKind, action_id: int) -> tuple[tuple[str, ...], str]:
    row = session.exec(
        select(ActionRecorders)
        .where(ActionRecorders.action == action, ActionRecorders.action_id == action_id)
        .order_by(col(ActionRecorders.id).desc())
    ).first()
    return (tuple(row.recorders or ()), row.reason) if row else ((), "")


def _names(*names: str) -> tuple[str, ...]:
    return tuple(one for one in names if one)


def _file_counts(session: Session) -> dict[tuple[ActionKind, int], int]:
    asked = (
        columns_of(col(EvidenceUse.action), col(EvidenceUse.action_id), func.count())
        .where(col(EvidenceUse.removed_at).is_(None))
        .group_by(col(EvidenceUse.action), col(EvidenceUse.action_id))
    )
    return {(action, key): count for action, key, count in session.execute(asked)}


def _day_of(session: Session, action: ActionKind, action_id: int) -> date | None:
    if action is ActionKind.NOTICE:
        notice = session.get(Notice, action_id)
        return notice.noticed_on if notice else None
    if action is ActionKind.DECISION:
        decision = session.get(Decision, action_id)
        return decision.decided_on if decision else None
    if action is ActionKind.INSPECTION:
        record = session.get(WrittenRecord, action_id)
        return record.on if record else None
    if action is ActionKind.SERVICE:
        service = session.get(Service, action_id)
        return service.on if service else None
    case = session.get(Case, action_id)
    return (case.acted_on or case.discovered_on or case.filed_on) if case else None
