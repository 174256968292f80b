"""What 今日 shows of decisions made on the spot: payment, money on its way, 备案, closing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from enforcer import money
from enforcer.queries import case_owed
from enforcer.queries.case_clocks import Clock, clocks_of
from enforcer.queries.due_rows import DueRow, Look, Pressing, arithmetic, day, listed, term
from enforcer.terms import COLLECTED_ON_SPOT, PaymentMode, Procedure, Stage

if TYPE_CHECKING:
    from enforcer.queries.case_owed import Money

PAY = "缴纳罚款"
_DECIDED = """
SELECT enforcement_case.id AS case_id, enforcement_case.party_name, enforcement_case.stage,
  decision.id, decision.number, decision.decided_on, decision.fine_fen, decision.payment_mode,
  decision.payment_due_on, decision.served_on, decision.reported_for_record_on,
  decision.revoked_on, organ.report_days, enforcement_case.officer1, enforcement_case.officer2
FROM decision JOIN enforcement_case ON enforcement_case.id = decision.case_id
LEFT JOIN organ ON organ.id = enforcement_case.organ_id
WHERE enforcement_case.origin = 'made_here' AND enforcement_case.procedure = 'summary'
AND enforcement_case.id IN (
  SELECT id FROM enforcement_case WHERE stage = 'decided'
  UNION SELECT decision.case_id FROM payment JOIN decision ON decision.id = payment.decision_id
  WHERE payment.mode <> 'bank' AND (payment.to_organ_on IS NULL OR payment.to_bank_on IS NULL))
"""
_PAYMENTS = """
SELECT decision_id, mode, paid_on, amount_fen, additional_fen, to_organ_on, to_bank_on FROM payment
WHERE decision_id IN (SELECT value FROM json_each(?)) ORDER BY paid_on, id
"""


@dataclass(frozen=True, slots=True)
class Received:
    """Money received, with where on-the-spot money has got to."""

    mode: PaymentMode
    paid_on: date
    amount_fen: int
    additional_fen: int
    to_organ_on: date | None
    to_bank_on: date | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as its clocks take it, and the case it stands in."""

    case_id: int
    matter: str
    officers: tuple[str, ...]
    stage: str
    procedure: Procedure
    decided_on: date
    served_on: date | None
    payment_mode: PaymentMode | None
    payment_due_on: date | None
    fine_fen: int
    reported_for_record_on: date | None
    revoked: bool
    report_days: int | None
    payments: tuple[Received, ...]


def decided_rows(look: Look) -> Iterator[DueRow]:
    """Decisions made here: payment, hand-in of collected money, 备案, closing."""
    for one in _decided(look):
        owed = case_owed.counted(one, one.payments)
        waiting = False
        for at, clock in _running(one, owed, look):
            waiting = True
            row = _of_clock(one, clock, at, owed, look)
            if row:
                yield row
        if not waiting and one.stage == Stage.DECIDED and (one.revoked or not owed.open_fen):
            yield _closable(one)


def received(look: Look, decisions: Sequence[int]) -> dict[int, tuple[Received, ...]]:
    """The payments of these decisions, in the order they came."""
    found: dict[int, list[Received]] = {}
    for one in look.ask(_PAYMENTS, listed(decisions)):
        paid_on = day(one.paid_on)
        assert paid_on
        found.setdefault(one.decision_id, []).append(
            Received(
                term(PaymentMode, one.mode),
                paid_on,
                one.amount_fen,
                one.additional_fen,
                day(one.to_organ_on),
                day(one.to_bank_on),
            )
        )
    return {key: tuple(paid) for key, paid in found.items()}


def _decided(look: Look) -> Iterator[Decided]:
    asked = look.ask(_DECIDED)
    paid = received(look, [one.id for one in asked]) if asked else {}
    for one in asked:
        decided_on = day(one.decided_on)
        assert decided_on
        yield Decided(
            case_id=one.case_id,
            matter=f"{one.number}　{one.party_name}",
            officers=tuple(name for name in (one.officer1, one.officer2) if name),
            stage=one.stage,
            procedure=Procedure.SUMMARY,
            decided_on=decided_on,
            served_on=day(one.served_on),
            payment_mode=term(PaymentMode, one.payment_mode) if one.payment_mode else None,
            payment_due_on=day(one.payment_due_on),
            fine_fen=one.fine_fen,
            reported_for_record_on=day(one.reported_for_record_on),
            revoked=one.revoked_on is not None,
            report_days=one.report_days,
            payments=paid.get(one.id, ()),
        )


def _running(one: Decided, owed: Money, look: Look) -> Iterator[tuple[int, Clock]]:
    """The clocks nobody has met, by their place; of a revoked decision only the money taken."""
    clocks = clocks_of(one, one.payments, one.report_days, owed, look.days)
    for at, clock in enumerate(clocks):
        hand_in = clock.due is not None and clock.due.rule.startswith("spot_money")
        if clock.tracked and clock.done_on is None and (hand_in or not one.revoked):
            yield at, clock


def _of_clock(one: Decided, clock: Clock, at: int, owed: Money, look: Look) -> DueRow | None:
    due_on = clock.due.due_on if clock.due else None
    pressing = look.pressing(due_on) if due_on else Pressing.OPEN
    if pressing is None:
        return None
    what, waits_for = clock.title, _handled_by(one)
    why = arithmetic(clock.due) or (f"{clock.say}。",)
    if clock.title == PAY:
        what = f"{clock.title} {money.yuan(owed.open_fen)} 元"
        waits_for = "等当事人缴款"
        why = (*why, *_additional(owed, look.today))
    elif clock.due is not None and clock.due.rule.startswith("spot_money"):
        collected = (paid.amount_fen for paid in one.payments if paid.mode in COLLECTED_ON_SPOT)
        what = f"{clock.title} {money.yuan(sum(collected))} 元"
    elif clock.due is None:
        what = f"{clock.title}（天数待机关确认）"
    return DueRow(
        key=f"case-{one.case_id}-{at}",
        pressing=pressing,
        what=what,
        matter=one.matter,
        due_on=due_on,
        days_left=look.left(due_on),
        cite=clock.cite,
        why=why,
        waits_for=waits_for,
        provisional=bool(clock.due and clock.due.provisional),
        kind="case",
        identity=one.case_id,
    )


def _handled_by(one: Decided) -> str:
    return f"承办 {'、'.join(one.officers)}" if one.officers else ""


def _additional(owed: Money, today: date) -> tuple[str, ...]:
    late = owed.additional(today)
    if late is None:
        return ()
    most = "，已到上限" if late.capped else ""
    amount = money.yuan(late.amount_fen)
    return (f"到 {today} 逾期 {late.days} 日，可以加处罚款 {amount} 元{most}（{late.cite}）。",)


def _closable(one: Decided) -> DueRow:
    """A case with nothing left to wait for and nobody who closes it."""
    state = "决定已撤销" if one.revoked else "已经履行完毕"
    return DueRow(
        key=f"case-{one.case_id}-close",
        pressing=Pressing.OPEN,
        what="可以结案",
        matter=one.matter,
        due_on=None,
        days_left=None,
        cite="",
        why=(f"{state}，没有其他待办的期限，请登记结案。",),
        waits_for=_handled_by(one),
        kind="case",
        identity=one.case_id,
    )
