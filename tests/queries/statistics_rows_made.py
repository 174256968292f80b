"""Rows for the tests of the report: one short call each, everything not named is ordinary."""

from datetime import UTC, date, datetime
from itertools import count

from enforcer.law import penalty_order
from enforcer.models import Case, CaseEvent, Decision, Guidance, Notice, Payment
from enforcer.terms import (
    Discretion,
    GuidanceKind,
    NoticeState,
    Origin,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    Procedure,
    Stage,
)

_numbers = count(1)


def number(word="号"):
    return f"{word}{next(_numbers)}"


def a_case(session, **more):
    made = Case(
        **{
            "number": number("案"),
            "procedure": Procedure.SUMMARY,
            "stage": Stage.DECIDED,
            "origin": Origin.BACKFILLED,
            "cause": "擅自占用城市道路",
            "party_name": "张三",
            "party_kind": PartyKind.CITIZEN,
        }
        | more
    )
    session.add(made)
    session.flush()
    return made


def a_decision(session, on, kinds=(PenaltyKind.FINE,), fine=0, *, case=None, **more):
    """A decision with its case; `heaviest` by the dated order, as every operation does it."""
    no_penalty = more.get("discretion") is Discretion.NO_PENALTY
    procedure = more.get("procedure", Procedure.SUMMARY)
    case = case or a_case(session, procedure=procedure)
    made = Decision(
        **{
            "case_id": case.id,
            "number": number("决"),
            "procedure": procedure,
            "decided_on": on,
            "kinds": [one.value for one in kinds],
            "heaviest": None if no_penalty else penalty_order.heaviest(kinds, on),
            "fine_fen": fine,
            "discretion": Discretion.ORDINARY,
        }
        | more
    )
    session.add(made)
    session.flush()
    return made


def a_payment(session, decision, on, amount, **more):
    session.add(
        Payment(
            **{
                "decision_id": decision.id,
                "mode": PaymentMode.BANK,
                "paid_on": on,
                "amount_fen": amount,
            }
            | more
        )
    )


def a_notice(session, on, plate="湘J8K216", **more):
    hour = more.pop("hour", 2)
    made = Notice(
        **{
            "number": number("告"),
            "state": NoticeState.ISSUED,
            "origin": Origin.BACKFILLED,
            "plate": plate,
            "plate_key": plate,
            "noticed_on": on,
            "noticed_at": datetime(on.year, on.month, on.day, hour, tzinfo=UTC) if on else None,
            "place": "桃林路",
            "item_key": "pavement_parking",
            "situation": "人行道违法停车",
        }
        | more
    )
    session.add(made)
    return made


def an_education(session, on, kind=GuidanceKind.LEAFLET, quantity=1, **more):
    session.add(
        Guidance(
            **{
                "occurred_on": on,
                "kind": kind,
                "quantity": quantity,
                "origin": Origin.BACKFILLED,
            }
            | more
        )
    )


def an_event(session, case, step, on: date):
    session.add(
        CaseEvent(
            case_id=case.id,
            step=step,
            happened_on=on,
            recorded_at=datetime(2026, 9, 3, tzinfo=UTC),
            actor="测试",
        )
    )
