"""Leads handed on, put off, taken back, followed up; a look at who told of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from enforcer import models
from enforcer.course_terms import LeadDeed
from enforcer.law import lead_handling
from enforcer.operations.editing import block
from enforcer.operations.lead_forms import (
    AssignLeadForm,
    ExtendReplyForm,
    FollowUpForm,
    LookForm,
    TakeBackForm,
    VoidLeadForm,
)
from enforcer.operations.lead_rows import Deed, from_json, handling, on_lead
from enforcer.operations.registry import operation
from enforcer.queries import leads
from enforcer.queries.course_rows import person
from enforcer.queries.lead_clocks import FIXED
from enforcer.store import audit
from enforcer.store.database import Store

__all__ = [
    "Informant",
    "assign_lead",
    "extend_reply",
    "follow_up_lead",
    "show_informant",
    "take_back",
    "void_lead",
]


@dataclass(frozen=True, slots=True)
class Informant:
    """Who told of a matter."""

    name: str
    phone: str


@on_lead("交办线索", AssignLeadForm)
def assign_lead(one: Deed, form: AssignLeadForm) -> None:
    """Say who checks the lead; handing it on again keeps who had it before in the history."""
    to = person(one.session, form.handler_id, one.day)
    one.weigh(lead_handling.against_assigning(handling(one, to=to)))
    assert to is not None
    one.change(handler_id=to.id, handler=to.name, assigned_on=one.day)
    one.record(LeadDeed.ASSIGNED, handler=to.name, words=form.words)


@on_lead("延长答复期限", ExtendReplyForm)
def extend_reply(one: Deed, form: ExtendReplyForm) -> None:
    """Put the answer off to a later day; the arithmetic says so."""
    one.weigh(lead_handling.against_extending(handling(one, until=form.until)))
    said = dict(one.row.arithmetic or {})
    reply = dict(said.get("reply") or {})  # type: ignore[call-overload]
    line = (
        f"{one.day} 由 {one.row.reply_due_on} 延长到 {form.until}：{form.reason}（{one.by}批准）。"
    )
    reply |= {"why": [*reply.get("why", ()), line], FIXED: True}
    one.change(reply_due_on=form.until, arithmetic=said | {"reply": reply})
    one.record(LeadDeed.EXTENDED, until=form.until.isoformat(), reason=form.reason, told=form.told)


@on_lead("回访", FollowUpForm)
def follow_up_lead(one: Deed, form: FollowUpForm) -> None:
    """Enter whether who was answered is content; the latest word counts."""
    one.weigh(lead_handling.against_following_up(handling(one)))
    one.change(satisfied=form.satisfied)
    one.record(LeadDeed.FOLLOWED_UP, satisfied=form.satisfied, words=form.words)


@on_lead("撤回线索的上一步", TakeBackForm)
def take_back(one: Deed, form: TakeBackForm) -> None:
    """Take the last entry back while nothing rests on it: both stay on record (第四十七条)."""
    last = leads.last_deed(one.session, one.row.id or 0)
    one.weigh(
        lead_handling.against_taking_back(
            handling(
                one,
                last=last.deed.label if last else "",
                rests=leads.rests_on(one.session, one.row, last) if last else "",
            )
        )
    )
    assert last is not None
    one.change(
        **{name: from_json(name, pair[0]) for name, pair in (last.before or {}).items()}  # type: ignore[index]
    )
    one.session.add(
        models.LeadEvent(
            lead_id=last.lead_id,
            deed=LeadDeed.UNDONE,
            happened_on=one.day,
            recorded_at=one.now,
            actor=one.actor,
            by=one.by,
            said={"deed": last.deed.value, "why": form.why},
            undoes_id=last.id,
        )
    )


@on_lead("线索作废", VoidLeadForm)
def void_lead(one: Deed, form: VoidLeadForm) -> None:
    """Make void what was registered by mistake: kept with its number, counted nowhere (第四十七条)."""
    merged = leads.merged_into(one.session, one.row.id or 0)
    one.weigh(lead_handling.against_voiding(handling(one, merged_here=merged)))
    one.change(voided_on=one.day, voided_by=one.by, void_reason=form.why)
    one.record(LeadDeed.VOIDED, why=form.why)


@operation("查看反映人", LookForm)
def show_informant(
    store: Store,
    form: LookForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,  # noqa: ARG001
    actor: str,
) -> Informant:
    """Who told of it, for the one who must call back; the look goes on record (法典 第一百四十六条)."""
    with store.unit(actor=actor, operation="show_informant") as session:
        row = session.get(models.Lead, form.lead_id)
        if row is None:
            raise block("lead_gone", f"没有编号为 {form.lead_id} 的线索，请从线索列表重新选择。")
        say = {"number": row.number, "secret": row.secret}
        audit.note(session, "look", table="lead", row=str(row.id), say=say)
        return Informant(row.informant, row.informant_phone)
