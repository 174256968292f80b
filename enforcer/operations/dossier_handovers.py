"""What becomes of a hand-over: the archive room signs for it, or it was a slip and is taken back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, select

from enforcer.errors import Refused
from enforcer.models import ArchiveHandover, Dossier
from enforcer.operations.dossier_lists import handover_list
from enforcer.operations.editing import block, once, refuse_if
from enforcer.operations.registry import operation
from enforcer.queries.dossier_handover import against_taking_back
from enforcer.store.database import Store
from enforcer.text import Line


class ConfirmHandoverForm(BaseModel):
    """Which list the archive room has signed for, and when."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    handover_id: int = Field(title="移交清单")
    on: date = Field(title="签收日期")


class TakeBackHandoverForm(BaseModel):
    """Which list was a slip, and why."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    handover_id: int = Field(title="移交清单")
    reason: Line = Field(title="撤回原因", max_length=200)


@operation("登记档案室签收", ConfirmHandoverForm)
def confirm_handover(
    store: Store, form: ConfirmHandoverForm, *, today: date, now: datetime, actor: str
) -> int:
    """Note that the signed list came back from the archive room; from then on it stays."""

    def deed(session: Session) -> int:
        made = _made(session, form.handover_id)
        if made.taken_back_at is not None or made.confirmed_on is not None:
            done = "撤回" if made.taken_back_at else f"于 {made.confirmed_on} 签收"
            raise block(
                "handover_settled", f"第 {made.id} 份移交清单已经{done}。", field="handover_id"
            )
        if form.on > today:
            refuse_if({"on": "签收日期不能在今天以后。"})
        if form.on < made.on:
            refuse_if({"on": f"签收日期不能早于移交日期（{made.on}）。"})
        made.confirmed_on, made.confirmed_by = form.on, actor
        session.add(made)
        return made.id or 0

    return once(store, form, name="confirm_handover", now=now, actor=actor, deed=deed)


@operation("撤回移交", TakeBackHandoverForm)
def take_back_handover(
    store: Store,
    form: TakeBackHandoverForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Take a list back while nothing rests on it: it stays as it was, its dossiers wait again."""

    def deed(session: Session) -> int:
        made = _made(session, form.handover_id)
        if found := against_taking_back(session, made):
            raise Refused(*found)
        made.taken_back_rows = [list(one) for one in handover_list(session, form.handover_id).rows]
        made.taken_back_at, made.taken_back_by = now, actor
        made.taken_back_reason = form.reason
        session.add(made)
        session.flush()
        for one in session.exec(select(Dossier).where(Dossier.handover_id == made.id)).all():
            one.handover_id = None
            session.add(one)
        return made.id or 0

    return once(store, form, name="take_back_handover", now=now, actor=actor, deed=deed)


def _made(session: Session, handover_id: int) -> ArchiveHandover:
    made = session.get(ArchiveHandover, handover_id)
    if made is None:
        raise block("handover_gone", f"没有编号为 {handover_id} 的移交清单。", field="handover_id")
    return made
