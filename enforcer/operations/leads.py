"""Leads (案件来源): register, correct, check, settle, answer (行政处罚法 第五十四条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from enforcer import models
from enforcer.course_terms import LeadDeed, LeadOutcome
from enforcer.errors import InvalidForm, Objection
from enforcer.law import lead_handling
from enforcer.law.course_investigation import Lead
from enforcer.law.lifecycle_facts import CaseFacts, warn
from enforcer.operations import numbering
from enforcer.operations.editing import block, once
from enforcer.operations.lead_forms import (
    CheckLeadForm,
    CorrectLeadForm,
    LeadContent,
    LeadForm,
    ReplyForm,
    SettleLeadForm,
)
from enforcer.operations.lead_rows import (
    Deed,
    against,
    handling,
    next_serial,
    number_for,
    on_lead,
    weigh,
)
from enforcer.operations.registry import operation
from enforcer.queries import law_book
from enforcer.queries.course_rows import CHINA, columns, person
from enforcer.queries.lead_clocks import FIXED, Reckoned, reckon
from enforcer.store.database import Store
from enforcer.terms import CaseStep, SeriesKind, Stage

__all__ = ["check_lead", "correct_lead", "register_lead", "reply_to_lead", "settle_lead"]
CONTENT = tuple(LeadContent.model_fields)


@operation("登记线索", LeadForm)
def register_lead(store: Store, form: LeadForm, *, today: date, now: datetime, actor: str) -> int:
    """Enter a lead under the next number; by when an answer is owed follows from the office's days.

    One of an older ledger (`backfilled`) keeps the number it has there.
    """

    def deed(session: Session) -> int:
        facts, lead, due, found = _looked(session, form, now=now)
        weigh(found, form.reasons)
        received_on = form.received_at.astimezone(CHINA).date()
        handler = person(session, form.handler_id, today)
        if form.handler_id is not None and (handler is None or not handler.active):
            raise InvalidForm({"handler_id": "承办人不在岗，请从列表中重新选择。"})
        row = models.Lead(
            **columns(Lead, lead, models.Lead)
            | {
                "number": _number(session, form, received_on.year),
                "year": received_on.year,
                "serial": next_serial(session, received_on.year),
                "backfilled": form.backfilled,
                "recorder": facts.by.name if facts.by else "",
                "recorder_id": form.by_id,
                "check_due_on": due.check_due,
                "arithmetic": due.arithmetic,
                "handler_id": form.handler_id,
                "handler": handler.name if handler else "",
                "assigned_on": facts.day if handler else None,
            }
        )
        session.add(row)
        session.flush()
        assert row.id
        said: dict[str, object] = {"number": row.number}
        if handler:
            said["handler"] = handler.name
        if reasons := {code: words for code, words in form.reasons.items() if words}:
            said["reasons"] = reasons
        session.add(
            models.LeadEvent(
                lead_id=row.id,
                deed=LeadDeed.REGISTERED,
                happened_on=received_on,
                recorded_at=now,
                actor=actor,
                by=row.recorder,
                said=said,
            )
        )
        return row.id

    return once(store, form, name="register_lead", now=now, actor=actor, deed=deed)


def register_weighed(store: Store, form: LeadForm, *, now: datetime) -> tuple[Objection, ...]:
    """What stands against a lead as it is typed, answered warnings too; nothing is written."""
    with store.reading() as session:
        return _looked(session, form, now=now)[-1]


def _looked(
    session: Session, form: LeadForm, *, now: datetime
) -> tuple[CaseFacts, Lead, Reckoned, tuple[Objection, ...]]:
    """The lead as it would be, its clocks, what stands against it."""
    received_at, at = form.received_at.astimezone(CHINA), now.astimezone(CHINA)
    facts = CaseFacts(
        now=at,
        day=min(received_at.date(), at.date()),
        by=person(session, form.by_id, at.date()),
        calendar=law_book.calendar_for(session),
    )
    lead = _lead(form, received_at)
    due = reckon(session, facts, lead, form.reply_due_on)
    lead = replace(lead, reply_due_on=due.reply_due)
    found = (
        *against(CaseStep.LEAD_REGISTERED, replace(facts, new=lead)),
        *lead_handling.informant_named(lead),
        *_told_before(session, lead),
    )
    return facts, lead, due, found


@on_lead("更正线索登记", CorrectLeadForm)
def correct_lead(one: Deed, form: CorrectLeadForm) -> None:
    """Mend what was written down; the number stays, and what stood there stays in the history."""
    received_at = form.received_at.astimezone(CHINA)
    lead = _lead(form, received_at)
    if form.informant_kept:
        lead = replace(lead, informant=one.lead.informant, informant_phone=one.lead.informant_phone)
    due = _clocks_again(one, lead, form.reply_due_on)
    lead = replace(lead, reply_due_on=due.reply_due)
    facts = replace(one.facts, done=(), new=lead, day=min(one.day, received_at.date()))
    one.weigh(
        [
            *lead_handling.against_correcting(handling(one, received_at=received_at)),
            *against(CaseStep.LEAD_REGISTERED, facts),
            *lead_handling.informant_named(lead, one.lead.findings),
            *_told_before(one.session, lead, but=one.row.id),
        ]
    )
    kept = columns(Lead, lead, models.Lead)
    one.change(
        **{name: kept[name] for name in (*CONTENT, "received_on")},
        check_due_on=due.check_due,
        arithmetic=due.arithmetic,
    )
    one.record(LeadDeed.CORRECTED, why=form.why)


@on_lead("核查线索", CheckLeadForm)
def check_lead(one: Deed, form: CheckLeadForm) -> None:
    """Enter what the check has found; a later check goes on from there."""
    given = replace(one.lead, checked_on=one.day, findings=form.findings)
    one.weigh(
        [
            *against(CaseStep.LEAD_CHECKED, replace(one.facts, new=given)),
            *lead_handling.informant_named(replace(given, content=form.findings)),
        ]
    )
    one.change(
        checked_on=one.row.checked_on or one.day,
        checked_by=one.by,
        findings=f"{one.row.findings}\n{form.findings}".strip(),
    )
    one.record(LeadDeed.CHECKED, findings=form.findings)


@on_lead("线索办结", SettleLeadForm)
def settle_lead(one: Deed, form: SettleLeadForm) -> None:
    """End a lead in any way but a case, with its reason."""
    merging = form.outcome is LeadOutcome.MERGED
    into, doubts = _merged_into(one, form) if merging else (form.referred_to, [])
    given = replace(
        one.lead,
        outcome=form.outcome,
        outcome_on=one.day,
        outcome_reason=form.reason,
        merged_into=into,
    )
    one.weigh([*against(CaseStep.LEAD_SETTLED, replace(one.facts, new=given)), *doubts])
    one.change(
        outcome=form.outcome,
        outcome_on=one.day,
        outcome_reason=form.reason,
        outcome_by=one.by,
        merged_into_id=form.merged_into_id if merging else None,
        referred_to="" if merging else form.referred_to,
        case_id=form.case_id if merging else None,
    )
    one.record(LeadDeed.SETTLED, outcome=form.outcome.value, reason=form.reason, into=into)


@on_lead("答复", ReplyForm)
def reply_to_lead(one: Deed, form: ReplyForm) -> None:
    """Enter the answer that was given; once, so that lateness stays visible."""
    given = replace(one.lead, replied_on=one.day, reply=form.reply)
    one.weigh(against(CaseStep.LEAD_REPLIED, replace(one.facts, new=given)))
    one.change(
        replied_on=one.day,
        reply_way=form.way,
        reply=form.reply,
        satisfied=form.satisfied,
    )
    one.record(LeadDeed.REPLIED, way=form.way, reply=form.reply, satisfied=form.satisfied)


def _lead(form: LeadContent, received_at: datetime) -> Lead:
    given = form.model_dump(include=set(CONTENT) - {"received_at"})
    return Lead(received_at=received_at, received_on=received_at.date(), **given)


def _clocks_again(one: Deed, lead: Lead, typed: date | None) -> Reckoned:
    """The clocks of a corrected lead: as they stood, unless what they run from was corrected."""
    row, known = one.row, dict(one.row.arithmetic or {})
    same_day = typed == row.reply_due_on
    same_start = lead.received_on == row.received_on and (
        lead.expects_reply == one.lead.expects_reply
    )
    if same_day and same_start:
        return Reckoned(row.reply_due_on, row.check_due_on, known)
    reckoned = not (known.get("reply") or {}).get(FIXED)  # type: ignore[attr-defined]
    given = None if same_day and reckoned else typed
    return reckon(one.session, one.facts, lead, given)


def _number(session: Session, form: LeadForm, year: int) -> str:
    """The next number, or the one an older ledger gave; none is given twice."""
    if not form.number:
        return number_for(session, year)
    if not form.backfilled:
        raise InvalidForm(
            {"number": "新登记的线索由程序取号，不用填写。是旧台账的，请勾选“补录旧线索”。"}
        )
    asked = select(col(models.Lead.received_on)).where(models.Lead.number == form.number)
    known = session.exec(asked).first()
    if known is not None:
        raise InvalidForm({"number": f"编号“{form.number}”已经登记（{known}），不能重复补录。"})
    numbering.place_imported(session, SeriesKind.LEAD, form.number)
    return form.number


def _told_before(session: Session, lead: Lead, but: int | None = None) -> Iterator[Objection]:
    """The same order of the same platform may have been entered already."""
    if not lead.source_number:
        return
    asked = select(col(models.Lead.number), col(models.Lead.received_on)).where(
        models.Lead.source == lead.source,
        models.Lead.source_number == lead.source_number,
        models.Lead.id != but,
        col(models.Lead.voided_on).is_(None),
    )
    known = session.exec(asked).first()
    if known is not None:
        yield warn(
            "lead_known",
            f"{lead.source.label}的来源编号 {lead.source_number} 已于 {known[1]} 登记为 {known[0]}"
            "。同一工单不用重复登记；确属再次转来的，请写明理由，办结时并入前一条。",
            lead_handling.OFFICE,
            "source_number",
        )


def _merged_into(one: Deed, form: SettleLeadForm) -> tuple[str, list[Objection]]:
    """The number of the lead or case it goes into; one that is itself merged is named."""
    wrong: dict[str, Any] = {}
    if form.case_id is not None:
        case = one.session.get(models.Case, form.case_id)
        if case is None:
            raise InvalidForm({"case_id": "没有这个案件，请重新选择。"})
        closed = [
            warn(
                "merged_into_closed",
                f"案件 {case.number} 已经结案，并入以后不会再调查。是新的违法行为的，请呈报立案；"
                "确属同一行为的，写明理由。",
                lead_handling.ARTICLE_54_2,
                "case_id",
            )
        ]
        return case.number, closed if case.stage is Stage.CLOSED else []
    if form.merged_into_id is None:
        return "", []
    other = one.session.get(models.Lead, form.merged_into_id)
    if other is None:
        wrong["merged_into_id"] = "没有这条线索，请重新选择。"
        raise InvalidForm(wrong)
    if other.voided_on is not None:
        raise block(
            "merged_into_void",
            f"线索 {other.number} 已于 {other.voided_on} 作废，不能并入。请选择另一条线索或者案件。",
            lead_handling.ARTICLE_47,
            "merged_into_id",
        )
    if other.outcome is LeadOutcome.MERGED and other.id != one.row.id:
        further = one.session.get(models.Lead, other.merged_into_id or 0)
        case = one.session.get(models.Case, other.case_id or 0)
        last = further.number if further else case.number if case else "别处"
        raise block(
            "merged_into_merged",
            f"线索 {other.number} 自己已经并入 {last}。请直接并入 {last}。",
            lead_handling.ARTICLE_54_2,
            "merged_into_id",
        )
    return other.number, []
