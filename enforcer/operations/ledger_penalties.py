"""行政处罚台账 taken over: a case, its decision, and the money received for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import select

from enforcer.exchange.workbook import LedgerRow
from enforcer.identity import is_of_trader_in_person
from enforcer.law import penalty_order
from enforcer.models import Case, Decision, Party, Payment
from enforcer.models.base import TAKEN_BACK_TOO
from enforcer.operations import numbering
from enforcer.operations.ledger_rows import Intake, existing, text_of
from enforcer.terms import (
    Discretion,
    IdKind,
    Origin,
    PartyKind,
    PaymentMode,
    Procedure,
    SeriesKind,
    Stage,
)

SERIES = {
    Procedure.SUMMARY: SeriesKind.SUMMARY_DECISION,
    Procedure.ORDINARY: SeriesKind.DECISION,
}


def take(intake: Intake, rows: Sequence[LedgerRow]) -> None:
    """Take the rows whose decision number is not in the home yet."""
    session = intake.session
    held = existing(session, Decision.number, [text_of(row, "number") for row in rows])
    held |= existing(session, Case.number, [text_of(row, "number") for row in rows])
    fresh = []
    for row in rows:
        if text_of(row, "number") in held:
            intake.know(row)
        else:
            fresh.append(row)
    places = _places(intake, fresh)
    serials = _held_serials(intake)
    case_id = (session.exec(select(func.max(Case.id))).one() or 0) + 1
    last = session.exec(select(func.max(Decision.id)), execution_options={TAKEN_BACK_TOO: True})
    decision_id = (last.one() or 0) + 1
    parties = _parties(intake, fresh)
    cases: list[dict[str, Any]] = []
    decisions: list[dict[str, Any]] = []
    payments: list[dict[str, Any]] = []
    for at, row in enumerate(fresh):
        intake.tell(at, len(fresh))
        place = places[row.number]
        key = (place.series_id, place.serial) if place else None
        if key and key in serials:
            intake.know(row)
            continue
        if place and place.drawn_here:
            say = f"文号“{text_of(row, 'number')}”是本程序取用的号，不能再从台账补录。请核对。"
            intake.refuse(row, "决定书文号", say)
            continue
        if intake.written_twice(row, "决定书文号", key):
            continue
        cases.append(_case(intake, row, case_id, parties))
        decisions.append(_decision(row, decision_id, case_id, key))
        if payment := _payment(row, decision_id):
            payments.append(payment)
        case_id, decision_id = case_id + 1, decision_id + 1
    intake.insert(Case, cases, say="行政处罚台账补录")
    intake.insert(Decision, decisions, say="行政处罚台账补录")
    intake.insert(Payment, payments, say="行政处罚台账补录")
    intake.taken += len(cases)


def _places(intake: Intake, rows: Sequence[LedgerRow]) -> dict[int, numbering.Placed | None]:
    places: dict[int, numbering.Placed | None] = {}
    for procedure, kind in SERIES.items():
        of_kind = [row for row in rows if row.values["procedure"] is procedure]
        numbers = [text_of(row, "number") for row in of_kind]
        placed = numbering.place_many(intake.session, kind, numbers)
        places |= {row.number: place for row, place in zip(of_kind, placed, strict=True)}
    return places


def _held_serials(intake: Intake) -> set[tuple[int, int]]:
    pairs = intake.session.exec(
        select(Decision.series_id, Decision.serial), execution_options={TAKEN_BACK_TOO: True}
    )
    return {(a, b) for a, b in pairs if a is not None and b is not None}


def _parties(intake: Intake, rows: Sequence[LedgerRow]) -> dict[str, int]:
    """Parties by identity number: those in the register, and new rows for the others."""
    session = intake.session
    wanted = {n: row for row in rows if (n := text_of(row, "party_id_number"))}
    found: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        portion = list(wanted)[start : start + 500]
        known = select(Party.id_number, Party.id).where(Party.id_number.in_(portion))  # type: ignore[attr-defined]
        found |= {number: row_id or 0 for number, row_id in session.exec(known)}
    next_id = (session.exec(select(func.max(Party.id))).one() or 0) + 1
    new = []
    for number, row in wanted.items():
        if number in found:
            continue
        kind = row.values["party_kind"]
        person = kind is PartyKind.CITIZEN or is_of_trader_in_person(kind, number)
        new.append(
            {
                "id": next_id,
                "kind": kind,
                "name": text_of(row, "party_name"),
                "id_kind": IdKind.RESIDENT_ID if person else IdKind.CREDIT_CODE,
                "id_number": number,
            }
        )
        found[number] = next_id
        next_id += 1
    intake.insert(Party, new, say="行政处罚台账补录的当事人")
    return found


def _case(intake: Intake, row: LedgerRow, case_id: int, parties: dict[str, int]) -> dict[str, Any]:
    values = row.values
    return {
        "id": case_id,
        "number": text_of(row, "number"),
        "procedure": values["procedure"],
        "stage": Stage.CLOSED if values.get("closed_on") else Stage.DECIDED,
        "origin": Origin.BACKFILLED,
        "cause": text_of(row, "cause"),
        "party_id": parties.get(text_of(row, "party_id_number")),
        "party_name": text_of(row, "party_name"),
        "party_kind": values["party_kind"],
        "party_id_number": text_of(row, "party_id_number"),
        "acted_on": values.get("acted_on"),
        "filed_on": values.get("filed_on"),
        "closed_on": values.get("closed_on"),
        "officer1_id": intake.officer(text_of(row, "officer1")),
        "officer2_id": intake.officer(text_of(row, "officer2")),
        "officer1": text_of(row, "officer1"),
        "officer2": text_of(row, "officer2"),
        "note": text_of(row, "note"),
    }


def _decision(
    row: LedgerRow, decision_id: int, case_id: int, place: tuple[int, int] | None
) -> dict[str, Any]:
    values = row.values
    discretion = values.get("discretion") or Discretion.ORDINARY
    kinds = [] if discretion is Discretion.NO_PENALTY else list(values.get("kinds") or ())
    return {
        "id": decision_id,
        "case_id": case_id,
        "number": text_of(row, "number"),
        "series_id": place[0] if place else None,
        "serial": place[1] if place else None,
        "procedure": values["procedure"],
        "decided_on": values["decided_on"],
        "kinds": [one.value for one in kinds],
        "heaviest": penalty_order.heaviest(kinds, values["decided_on"]),
        "fine_fen": values.get("fine_fen") or 0,
        "confiscated_fen": values.get("confiscated_fen") or 0,
        "discretion": discretion,
        "no_penalty_reason": values.get("no_penalty_reason"),
    }


def _payment(row: LedgerRow, decision_id: int) -> dict[str, Any] | None:
    """What was paid; more than was decided is 加处罚款, unless the ledger leaves that amount out."""
    values = row.values
    due = (values.get("fine_fen") or 0) + (values.get("confiscated_fen") or 0)
    paid = values.get("paid_fen")
    paid = due if paid is None else paid
    if not values.get("paid_on") or not paid:
        return None
    additional = max(0, paid - due) if due else 0
    return {
        "decision_id": decision_id,
        "mode": PaymentMode.BANK,
        "paid_on": values["paid_on"],
        "amount_fen": paid - additional,
        "additional_fen": additional,
        "note": "补录",
    }
