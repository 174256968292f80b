"""Leads (案件来源): register, check, settle, answer (行政处罚法 第五十四条)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from enforcer import models
from enforcer.errors import InvalidForm, Refused
from enforcer.law import course_clocks, lifecycle
from enforcer.law.course_investigation import Lead
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.operations.editing import block, once
from enforcer.operations.lead_forms import (
    CheckLeadForm,
    LeadForm,
    OnLeadForm,
    ReplyForm,
    SettleLeadForm,
)
from enforcer.operations.registry import operation
from enforcer.queries import course, law_book, office
from enforcer.queries.course_rows import CHINA, columns, person
from enforcer.store.database import Store
from enforcer.terms import CaseStep

__all__ = ["check_lead", "register_lead", "reply_to_lead", "settle_lead"]
OFFICE = "本机关内部规定"


@operation("登记线索", LeadForm)
def register_lead(store: Store, form: LeadForm, *, today: date, now: datetime, actor: str) -> int:
    """Enter a lead; by when an answer is owed follows from the office's own number of days."""

    def deed(session: Session) -> int:
        received_at = form.received_at.astimezone(CHINA)
        received_on = received_at.date()
        given = form.model_dump(exclude={"request_id", "by_id", "reasons", "received_at"})
        facts = CaseFacts(
            now=now.astimezone(CHINA),
            day=min(received_on, today),
            by=person(session, form.by_id, today),
            calendar=law_book.calendar_for(session),
        )
        lead = Lead(received_at=received_at, received_on=received_on, **given)
        if lead.reply_due_on is None and lead.expects_reply:
            lead = replace(lead, reply_due_on=_reply_due(session, facts, received_on))
        weigh(CaseStep.LEAD_REGISTERED, replace(facts, new=lead), form.reasons)
        serial = _next_serial(session, received_on.year)
        row = models.Lead(
            **columns(Lead, lead, models.Lead)
            | {
                "number": f"线索〔{received_on.year}〕{serial:04d}号",
                "year": received_on.year,
                "serial": serial,
                "recorder": facts.by.name if facts.by else "",
                "recorder_id": form.by_id,
            }
        )
        session.add(row)
        session.flush()
        assert row.id
        return row.id

    return once(store, form, name="register_lead", now=now, actor=actor, deed=deed)


@operation("核查线索", CheckLeadForm)
def check_lead(
    store: Store,
    form: CheckLeadForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Enter what the check has found; a later check goes on from there."""

    def deed(session: Session, row: models.Lead, facts: CaseFacts) -> None:
        del session
        given = replace(_known(facts), checked_on=facts.day, findings=form.findings)
        weigh(CaseStep.LEAD_CHECKED, replace(facts, new=given), form.reasons)
        row.checked_on = row.checked_on or facts.day
        row.checked_by = facts.by.name if facts.by else ""
        row.findings = f"{row.findings}\n{form.findings}".strip()

    return _on_lead(store, form, "check_lead", deed, now=now, actor=actor)


@operation("线索办结", SettleLeadForm)
def settle_lead(
    store: Store,
    form: SettleLeadForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """End a lead in any way but a case, with its reason."""

    def deed(session: Session, row: models.Lead, facts: CaseFacts) -> None:
        into = _merged_into(session, form)
        given = replace(
            _known(facts),
            outcome=form.outcome,
            outcome_on=facts.day,
            outcome_reason=form.reason,
            merged_into=into,
        )
        weigh(CaseStep.LEAD_SETTLED, replace(facts, new=given), form.reasons)
        row.outcome, row.outcome_on, row.outcome_reason = form.outcome, facts.day, form.reason
        row.outcome_by = facts.by.name if facts.by else ""
        row.merged_into_id, row.referred_to = form.merged_into_id, form.referred_to
        row.case_id = form.case_id

    return _on_lead(store, form, "settle_lead", deed, now=now, actor=actor)


@operation("答复", ReplyForm)
def reply_to_lead(
    store: Store,
    form: ReplyForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Enter the answer that was given; once, so that lateness stays visible."""

    def deed(session: Session, row: models.Lead, facts: CaseFacts) -> None:
        del session
        given = replace(_known(facts), replied_on=facts.day, reply=form.reply)
        weigh(CaseStep.LEAD_REPLIED, replace(facts, new=given), form.reasons)
        row.replied_on, row.reply_way, row.reply = facts.day, form.way, form.reply

    return _on_lead(store, form, "reply_to_lead", deed, now=now, actor=actor)


def weigh(step: CaseStep, facts: CaseFacts, reasons: Mapping[str, str]) -> None:
    """Refuse what the state machine refuses."""
    still = lifecycle.unsettled(lifecycle.objections(step, facts), reasons)
    if still:
        raise Refused(*still)


def _on_lead(
    store: Store,
    form: OnLeadForm,
    name: str,
    deed: Callable[[Session, models.Lead, CaseFacts], None],
    *,
    now: datetime,
    actor: str,
) -> int:
    def carried_out(session: Session) -> int:
        row = session.get(models.Lead, form.lead_id)
        facts = course.lead_facts(
            session, form.lead_id, now=now, day=form.on, by_id=form.by_id, reasons=form.reasons
        )
        if row is None or facts is None or row.id is None:
            raise block("lead_gone", f"没有编号为 {form.lead_id} 的线索，请从线索列表重新选择。")
        deed(session, row, facts)
        session.add(row)
        return row.id

    return once(store, form, name=name, now=now, actor=actor, deed=carried_out)


def _known(facts: CaseFacts) -> Lead:
    assert facts.lead is not None
    return facts.lead


def _merged_into(session: Session, form: SettleLeadForm) -> str:
    """The number of what the lead goes into or to; a wrong one is named."""
    wrong: dict[str, Any] = {}
    found = ""
    if form.case_id is not None:
        case = session.get(models.Case, form.case_id)
        found, wrong["case_id"] = (case.number, "") if case else ("", "没有这个案件，请重新选择。")
    elif form.merged_into_id is not None:
        other = session.get(models.Lead, form.merged_into_id)
        found = other.number if other else ""
        wrong["merged_into_id"] = "" if other else "没有这条线索，请重新选择。"
    if said := {name: say for name, say in wrong.items() if say}:
        raise InvalidForm(said)
    return found or form.referred_to


def _reply_due(session: Session, facts: CaseFacts, received_on: date) -> date | None:
    """The last day to answer by the office's own rule; None while 待机关确认."""
    days = office.confirmed(session, "lead_reply_days").value
    if not isinstance(days, int) or days < 1:
        return None
    return course_clocks.office_days("答复", "登记", received_on, days, OFFICE, facts).due_on


def _next_serial(session: Session, year: int) -> int:
    asked = select(func.max(col(models.Lead.serial))).where(models.Lead.year == year)
    return (session.exec(asked).one() or 0) + 1
