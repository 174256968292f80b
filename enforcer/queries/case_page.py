"""One case's page: what was decided, its papers, money, clocks with their arithmetic, its course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from enforcer.law.additional_fine import AdditionalFine
from enforcer.models import Case, CaseEvent, Decision, Document, Notice, Organ, Payment
from enforcer.queries import case_steps, law_calendar
from enforcer.queries.case_clocks import Clock, clocks_of
from enforcer.queries.case_money import money_of, payments_of
from enforcer.queries.case_owed import NOTHING, Money
from enforcer.queries.case_steps import StepOffer
from enforcer.queries.cases import CaseRow, case_rows
from enforcer.queries.looking import Where, looking
from enforcer.terms import CaseStep, Defence, PaymentMode


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One issued paper of a case."""

    id: int
    template_key: str
    title: str
    number: str
    issued_at: datetime
    issued_by: str
    pages: int
    print_count: int
    vault_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment, with where on-the-spot money has got to."""

    id: int
    mode: PaymentMode
    paid_on: date
    amount_fen: int
    additional_fen: int
    receipt_number: str
    to_organ_on: date | None
    to_bank_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """One step of the course, in the order of the days."""

    step: str
    label: str
    happened_on: date
    recorded_at: datetime
    actor: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the page of a decided case shows."""

    row: CaseRow
    act: str
    acted_at: datetime | None
    party_id_number: str
    organ_name: str
    breached: str
    sanctioned_by: str
    evidence: str
    correction: str
    defence: str
    discretion_reason: str
    refusal: str
    recorders: str
    revocation_reason: str
    notice_number: str
    notice_id: int | None
    settled: tuple[Mapping[str, Any], ...]
    money: Money
    additional: AdditionalFine | None
    papers: tuple[PaperRow, ...]
    payments: tuple[PaymentRow, ...]
    clocks: tuple[Clock, ...]
    events: tuple[EventRow, ...]
    steps: tuple[StepOffer, ...]


def page(where: Where, case_id: int, *, today: date) -> CasePage | None:
    """The page of one case; None when there is none. Without a decision no step is offered yet."""
    with looking(where) as session:
        case = session.get(Case, case_id)
        decision = session.exec(
            select(Decision).where(Decision.case_id == case_id).order_by(col(Decision.id).desc())
        ).first()
        if case is None:
            return None
        return _page(session, case, decision, today)


def _page(session: Session, case: Case, decision: Decision | None, today: date) -> CasePage:
    assert case.id
    kept: Mapping[str, Any] = (decision.facts if decision else None) or {}
    form: Mapping[str, Any] = kept.get("form") or {}
    organ = session.get(Organ, case.organ_id) if case.organ_id else None
    notice = session.exec(select(Notice).where(Notice.case_id == case.id)).first()
    owed = money_of(session, decision) if decision else NOTHING
    payments = payments_of(session, decision.id) if decision and decision.id else []
    return CasePage(
        row=case_rows(session, [case.id], today=today)[0],
        act=case.act,
        acted_at=case.acted_at,
        party_id_number=case.party_id_number,
        organ_name=organ.name if organ else "",
        breached=str(form.get("breached", "")),
        sanctioned_by=str(form.get("sanctioned_by", "")),
        evidence=str(form.get("evidence", "")),
        correction=str(form.get("correction", "")),
        defence=_defence(form),
        discretion_reason=str(form.get("discretion_reason", "")),
        refusal=str(form.get("refusal_reason", "")) if form.get("refused_to_sign") else "",
        recorders="、".join(form.get("recorders") or ()),
        revocation_reason=decision.revocation_reason if decision else "",
        notice_number=notice.number if notice else "",
        notice_id=notice.id if notice else None,
        settled=tuple(one for one in kept.get("settled") or () if one.get("reason")),
        money=owed,
        additional=owed.additional(today),
        papers=papers_of(session, case.id),
        payments=tuple(_payment(one) for one in payments),
        clocks=_clocks(session, decision, payments, organ, owed),
        events=_events(session, case.id),
        steps=tuple(case_steps.offers(session, case, decision, today=today)),
    )


def _defence(form: Mapping[str, Any]) -> str:
    said = next((one.label for one in Defence if one.value == form.get("defence")), "")
    words, answer = form.get("defence_words"), form.get("defence_answer")
    return "；".join(str(one) for one in (said, words, answer) if one)


def papers_of(session: Session, case_id: int) -> tuple[PaperRow, ...]:
    """The issued papers of a case in the order of their issue."""
    asked = select(Document).where(Document.case_id == case_id).order_by(col(Document.id))
    return tuple(
        PaperRow(
            one.id or 0,
            one.template_key,
            one.title,
            one.number,
            one.issued_at,
            one.issued_by,
            one.pages,
            one.print_count,
            one.vault_name,
            one.sha256,
        )
        for one in session.exec(asked)
    )


def _payment(one: Payment) -> PaymentRow:
    return PaymentRow(
        one.id or 0,
        one.mode,
        one.paid_on,
        one.amount_fen,
        one.additional_fen,
        one.receipt_number,
        one.to_organ_on,
        one.to_bank_on,
        one.note,
    )


def _events(session: Session, case_id: int) -> tuple[EventRow, ...]:
    labels = {one.value: one.label for one in CaseStep}
    asked = (
        select(CaseEvent)
        .where(CaseEvent.case_id == case_id)
        .order_by(col(CaseEvent.happened_on), col(CaseEvent.id))
    )
    return tuple(
        EventRow(
            one.step,
            labels.get(one.step, one.step),
            one.happened_on,
            one.recorded_at,
            one.actor,
            one.detail or {},
        )
        for one in session.exec(asked)
    )


def _clocks(
    session: Session,
    decision: Decision | None,
    payments: list[Payment],
    organ: Organ | None,
    owed: Money,
) -> tuple[Clock, ...]:
    if decision is None:
        return ()
    days = law_calendar.calendar_for(session)
    return clocks_of(decision, payments, organ.report_days if organ else None, owed, days)
