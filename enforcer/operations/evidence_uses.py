"""Which recordings belong to which action: named, linked with what does not fit, taken off again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, col, select

from enforcer.errors import Level, Objection, Refused
from enforcer.evidence_terms import ActionKind, AfterDecision
from enforcer.exchange.media_names import CHINA
from enforcer.models import (
    ActionRecorders,
    Case,
    Decision,
    EvidenceFile,
    EvidenceUse,
    Notice,
    Service,
    WrittenRecord,
)
from enforcer.operations.editing import block, once, refuse_if
from enforcer.operations.registry import operation
from enforcer.queries.evidence_actions import CITE, ENOUGH
from enforcer.queries.evidence_reading import apart, said
from enforcer.queries.evidence_settings import NEAR_HOURS
from enforcer.store.database import Store
from enforcer.text import Code, Line, OptionalLine

AFTER_CITE = "最高人民法院关于行政诉讼证据若干问题的规定第六十条第一项"
_NEAR_ACTION_HOURS = 2


class NameRecordersForm(BaseModel):
    """The recorders that ran at an inspection or a service by leaving; a reason when too few."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    action: ActionKind = Field(title="办理的事项")
    action_id: int = Field(title="事项编号")
    recorders: tuple[Code, ...] = Field(default=(), title="执法仪", max_length=12)
    reason: OptionalLine = Field(default="", title="执法仪不足两台的原因")


class LinkEvidenceForm(BaseModel):
    """Files that belong to an action or a case."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    file_ids: tuple[int, ...] = Field(title="文件", min_length=1, max_length=5000)
    action: ActionKind = Field(default=ActionKind.CASE, title="办理的事项")
    action_id: int = Field(title="事项编号")


class UnlinkEvidenceForm(BaseModel):
    """A link made by mistake."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    use_id: int = Field(title="关联")
    reason: Line = Field(title="解除的原因")


@operation("登记执法仪使用情况", NameRecordersForm)
def name_recorders(
    store: Store,
    form: NameRecordersForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Name the recorders of an inspection or service; fewer than two need a reason (第四十七条)."""
    if form.action in (ActionKind.NOTICE, ActionKind.DECISION):
        raise block(
            "recorders_frozen",
            f"{form.action.label}的执法仪在签发时已经登记，不能另行登记。",
            CITE,
            "action",
        )
    named = tuple(dict.fromkeys(form.recorders))
    if len(named) < ENOUGH and not form.reason:
        raise Refused(
            Objection(
                "recorders_fewer_than_two",
                Level.WARN,
                f"执法仪只登记了 {len(named)} 台，每次执法至少两台。请补填，或者写明原因。",
                CITE,
                "reason",
            )
        )

    def deed(session: Session) -> int:
        case_id = case_of(session, form.action, form.action_id)
        row = ActionRecorders(
            action=form.action,
            action_id=form.action_id,
            case_id=case_id,
            recorders=list(named),
            reason="" if len(named) >= ENOUGH else form.reason,
            recorded_at=now,
            recorded_by=actor,
        )
        session.add(row)
        session.flush()
        assert row.id
        return row.id

    return once(store, form, name="name_recorders", now=now, actor=actor, deed=deed)


@operation("关联证据文件", LinkEvidenceForm)
def link_evidence(
    store: Store,
    form: LinkEvidenceForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Say that these files belong to an action or a case; returns how many links are new."""

    def deed(session: Session) -> int:
        made = 0
        for file_id in dict.fromkeys(form.file_ids):
            row = session.get(EvidenceFile, file_id)
            if row is None or row.deletion_id is not None:
                refuse_if({"file_ids": f"文件（编号 {file_id}）没有登记或者已经到期删除。"})
            assert row is not None
            made += link(session, row, form.action, form.action_id, now=now, actor=actor)
        return made

    return once(store, form, name="link_evidence", now=now, actor=actor, deed=deed)


@operation("解除证据关联", UnlinkEvidenceForm)
def unlink_evidence(
    store: Store,
    form: UnlinkEvidenceForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Take a file off an action it was linked to by mistake; the record of both stays."""

    def deed(session: Session) -> int:
        use = session.get(EvidenceUse, form.use_id)
        if use is None or use.removed_at is not None:
            raise block("use_gone", "这个关联已经解除，请重新载入。")
        use.removed_at, use.removed_by, use.removed_reason = now, actor, form.reason
        session.add(use)
        return form.use_id

    return once(store, form, name="unlink_evidence", now=now, actor=actor, deed=deed)


def link(
    session: Session,
    row: EvidenceFile,
    action: ActionKind,
    action_id: int,
    *,
    now: datetime,
    actor: str,
    new: bool = False,
) -> bool:
    """Link one file inside a transaction, noting what does not fit; false when it was linked."""
    assert row.id
    if not new and _is_linked(session, row.id, action, action_id):
        return False
    case_id = case_of(session, action, action_id)
    after, marked = after_decision(session, case_id, row.begins_at, now)
    remarks = [*_misfits(session, row, action, action_id, case_id), *marked]
    session.add(
        EvidenceUse(
            evidence_file_id=row.id,
            action=action,
            action_id=action_id,
            case_id=case_id,
            after_decision=after,
            remarks=remarks,
            linked_at=now,
            linked_by=actor,
        )
    )
    return True


def _is_linked(session: Session, file_id: int, action: ActionKind, action_id: int) -> bool:
    same = session.exec(
        select(EvidenceUse.id).where(
            EvidenceUse.evidence_file_id == file_id,
            EvidenceUse.action == action,
            EvidenceUse.action_id == action_id,
            col(EvidenceUse.removed_at).is_(None),
        )
    ).first()
    return same is not None


def case_of(session: Session, action: ActionKind, action_id: int) -> int | None:
    """The case an action belongs to (a notice may have none); refused when it is not there."""
    model: Any = {
        ActionKind.NOTICE: Notice,
        ActionKind.DECISION: Decision,
        ActionKind.INSPECTION: WrittenRecord,
        ActionKind.SERVICE: Service,
        ActionKind.CASE: Case,
    }[action]
    row: Case | Notice | Decision | WrittenRecord | Service | None = session.get(model, action_id)
    if row is None:
        raise block(
            "action_gone", f"没有编号为 {action_id} 的{action.label}，请重新选择。", "", "action_id"
        )
    return row.id if isinstance(row, Case) else row.case_id


def after_decision(
    session: Session, case_id: int | None, recorded_at: datetime | None, now: datetime
) -> tuple[AfterDecision, list[str]]:
    """Whether evidence was there when the decision was made, with the sentence (证据规定 第六十条)."""
    if case_id is None:
        return AfterDecision.NO, []
    decided = session.exec(
        select(col(Decision.decided_on))
        .where(Decision.case_id == case_id, col(Decision.revoked_on).is_(None))
        .order_by(col(Decision.decided_on))
    ).first()
    if decided is None or now.astimezone(CHINA).date() <= decided:
        return AfterDecision.NO, []
    recorded_on = recorded_at.astimezone(CHINA).date() if recorded_at else None
    if recorded_on is None or recorded_on > decided:
        say = (
            f"决定后取得：决定作出于 {decided}，不得作为认定案件事实的依据（{AFTER_CITE}）；"
            "用来证明送达、执行经过的除外。"
        )
        return AfterDecision.RECORDED, [say]
    say = (
        f"决定后入库：录制于 {recorded_on}，决定作出于 {decided}，入库在决定之后；"
        "用来证明案件事实的，要说明决定时为什么没有附卷。"
    )
    return AfterDecision.REGISTERED, [say]


def _misfits(
    session: Session,
    row: EvidenceFile,
    action: ActionKind,
    action_id: int,
    case_id: int | None,
) -> list[str]:
    """How the file's clock and officer differ from those of the action."""
    found = []
    what, at, officers = _of_action(session, action, action_id, case_id)
    if row.begins_at and at:
        ends = row.ends_at or row.begins_at
        gap = max((row.begins_at - at).total_seconds(), (at - ends).total_seconds(), 0)
        near = NEAR_HOURS if action is ActionKind.CASE else _NEAR_ACTION_HOURS
        if gap > near * 3600:
            found.append(
                f"{what}是 {said(at)}，这个文件的时间是 {said(row.begins_at)}，"
                f"相差 {apart(gap)}，请核对是否属于这件事。"
            )
    if row.officer_id and officers and row.officer not in officers:
        found.append(
            f"这个文件的拍摄人是{row.officer}，不是办理这件事的{'、'.join(officers)}，请核对。"
        )
    return found


def _of_action(
    session: Session, action: ActionKind, action_id: int, case_id: int | None
) -> tuple[str, datetime | None, list[str]]:
    """What its time is called, when it was, who acted."""
    if action is ActionKind.NOTICE:
        notice = session.get(Notice, action_id)
        assert notice
        people = [one for one in (notice.officer1, notice.officer2) if one]
        return "告知时间", notice.noticed_at, people
    if action is ActionKind.INSPECTION:
        record = session.get(WrittenRecord, action_id)
        assert record
        return "检查开始的时间", record.began_at, list(record.officers or ())
    if action is ActionKind.SERVICE:
        service = session.get(Service, action_id)
        assert service
        return "送达时间", None, list(service.officers or ())
    case = session.get(Case, case_id)
    assert case
    people = [one for one in (case.officer1, case.officer2) if one]
    return "案件的违法时间", case.acted_at, people
