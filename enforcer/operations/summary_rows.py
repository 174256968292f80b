"""The rows of an on-the-spot decision: party, case, decision, money, paper, course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from enforcer.law import deadlines, penalty_order
from enforcer.models import Case, Decision, Document, Party, Payment
from enforcer.operations import numbering
from enforcer.operations.course import add_event
from enforcer.operations.editing import fill
from enforcer.operations.summary_weighing import TEMPLATE, Weighed, kept_facts
from enforcer.queries import law_calendar
from enforcer.store import vault
from enforcer.terms import (
    COLLECTED_ON_SPOT,
    CaseStep,
    DocumentState,
    Origin,
    PaymentMode,
    Procedure,
    Stage,
)


@dataclass(frozen=True, slots=True)
class Printed:
    """The finished paper as it is kept."""

    kept: vault.Kept
    fields: dict[str, Any]
    pages: int
    uid: UUID


def document_row(
    session: Session,
    weighed: Weighed,
    case: Case,
    printed: Printed,
    *,
    today: date,
    now: datetime,
    actor: str,
) -> Document:
    """The frozen paper as a row."""
    row = Document(
        template_key=TEMPLATE,
        template_version=weighed.template.version,
        title=weighed.template.title,
        number=case.number,
        case_id=case.id,
        state=DocumentState.ISSUED,
        fields=printed.fields,
        vault_name=printed.kept.name,
        sha256=printed.kept.sha256,
        pages=printed.pages,
        issued_at=now,
        issued_on=today,
        issued_by=actor,
    )
    session.add(row)
    session.flush()
    return row


def _party(session: Session, weighed: Weighed) -> Party:
    """The registered party of this number and name, brought up to date; else a new one."""
    form, acting = weighed.form, weighed.acting
    found = session.exec(
        select(Party)
        .where(
            Party.id_number == acting.id_number,
            Party.name == form.party_name,
            col(Party.merged_into_id).is_(None),
        )
        .order_by(col(Party.id))
    ).first()
    row = found or Party(kind=form.party_kind, name=form.party_name)
    given: Mapping[str, Any] = {
        "kind": form.party_kind,
        "id_kind": form.id_kind,
        "id_number": acting.id_number,
        "id_reason": form.reasons.get("id_number_doubtful", ""),
        "sex": acting.sex,
        "born_on": acting.born_on,
        "address": form.party_address,
        "phone": form.party_phone,
        "legal_representative": form.legal_representative,
        "position": form.position,
    }
    fill(row, {name: value for name, value in given.items() if value not in ("", None)})
    session.add(row)
    session.flush()
    return row


def case_row(session: Session, weighed: Weighed, number: str) -> Case:
    form, facts, acting = weighed.form, weighed.facts, weighed.acting
    assert facts.item is not None
    assert acting.source is not None
    party = _party(session, weighed)
    names = [one.name for one in acting.officers]
    row = Case(
        number=number,
        procedure=Procedure.SUMMARY,
        stage=Stage.DECIDED,
        origin=Origin.MADE_HERE,
        cause=facts.item.title,
        item_key=form.item_key,
        organ_id=acting.source.organ.id,
        power_source_id=acting.source.source.id,
        party_id=party.id,
        party_name=form.party_name,
        party_kind=form.party_kind,
        party_id_number=acting.id_number,
        plate_key=acting.plate.key if acting.plate else "",
        place=form.place,
        act=form.act,
        acted_at=facts.acted_at,
        acted_on=facts.acted_on,
        officer1_id=form.officer1_id,
        officer2_id=form.officer2_id,
        officer1=names[0],
        officer2=names[1],
    )
    session.add(row)
    session.flush()
    return row


def _payment_due(session: Session, served_on: date) -> date:
    """The last day to pay, by the holidays the office has loaded (第六十七条第三款)."""
    return deadlines.due("payment", served_on, calendar=law_calendar.calendar_for(session)).due_on


def decision_row(
    session: Session, weighed: Weighed, case: Case, drawn: numbering.Drawn, uid: UUID
) -> Decision:
    """The decision as a row; served by being handed over, so the fifteen days begin that day."""
    facts, form = weighed.facts, weighed.form
    assert case.id
    bank = form.payment is PaymentMode.BANK
    row = Decision(
        uid=uid,
        case_id=case.id,
        number=drawn.number,
        series_id=drawn.series_id,
        serial=drawn.serial,
        procedure=Procedure.SUMMARY,
        decided_on=facts.decided_on,
        kinds=[one.value for one in facts.kinds],
        heaviest=penalty_order.heaviest(facts.kinds, facts.decided_on),
        fine_fen=facts.fine_fen,
        discretion=facts.discretion,
        payment_mode=form.payment,
        payment_due_on=_payment_due(session, facts.decided_on) if bank else None,
        served_on=facts.decided_on,
        facts=kept_facts(weighed),
    )
    session.add(row)
    session.flush()
    if form.payment in COLLECTED_ON_SPOT:
        assert row.id
        session.add(
            Payment(
                decision_id=row.id,
                mode=form.payment,
                paid_on=facts.decided_on,
                amount_fen=facts.fine_fen,
                receipt_number=form.receipt_number,
            )
        )
        session.flush()
    return row


def record_course(
    session: Session, weighed: Weighed, case: Case, decision: Decision, *, now: datetime, actor: str
) -> None:
    """What happened, step by step (全过程记录, 第四十七条)."""
    facts, form = weighed.facts, weighed.form
    assert case.id
    acted = facts.acted_at.isoformat() if facts.acted_at else ""
    steps: list[tuple[CaseStep, date | None, dict[str, object]]] = [
        (CaseStep.DISCOVERED, facts.discovered_on, {"acted_at": acted, "place": form.place}),
        (
            CaseStep.EVIDENCE,
            facts.decided_on,
            {"evidence": form.evidence, "recorders": "、".join(facts.recorders)},
        ),
        (
            CaseStep.TOLD,
            facts.decided_on,
            {
                "defence": form.defence.label if form.defence else "",
                "words": form.defence_words,
                "answer": form.defence_answer,
            },
        ),
        (CaseStep.DECIDED, facts.decided_on, {"number": decision.number}),
        (
            CaseStep.SERVED,
            facts.decided_on,
            {"how": "当场交付", "refused": form.refusal_reason if form.refused_to_sign else ""},
        ),
    ]
    if form.payment in COLLECTED_ON_SPOT:
        steps.append(
            (CaseStep.PAID, facts.decided_on, {"how": "当场收缴", "receipt": form.receipt_number})
        )
    for step, day, detail in steps:
        add_event(session, case.id, step, day or facts.decided_on, detail, now=now, actor=actor)
