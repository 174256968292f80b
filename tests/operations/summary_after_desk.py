"""What is done after an on-the-spot decision."""

from datetime import date
from typing import Any

from enforcer.operations import summary
from enforcer.operations.payments import (
    PaymentForm,
    register_payment,
)
from enforcer.store.database import Store
from tests.factories import Office
from tests.operations.summary_desk import NOW, a_form, decide

TODAY = NOW.date()


def on_the_spot(store: Store, office: Office, **changes: Any) -> summary.Decided:
    given = {"fine_yuan": "100", "payment": "on_spot_small", "receipt_number": "湘财00012345"}
    return decide(store, a_form(office, **given | changes))


def pay(store: Store, made: summary.Decided, *, on: date = TODAY, **given: Any) -> int:
    form = PaymentForm(case_id=made.case_id, paid_on=on, **given)
    return register_payment(store, form, today=max(on, TODAY), now=NOW, actor="周敏")


def report(store: Store, made: summary.Decided, on: date = TODAY) -> int:
    form = summary.ReportForm(case_id=made.case_id, reported_on=on)
    return summary.report_for_record(store, form, today=on, now=NOW, actor="周敏")


def close(store: Store, made: summary.Decided, on: date = TODAY, **reasons: str) -> int:
    form = summary.CloseForm(case_id=made.case_id, closed_on=on, reasons=reasons)
    return summary.close_case(store, form, today=on, now=NOW, actor="周敏")


def revoke(store: Store, made: summary.Decided) -> int:
    form = summary.RevokeForm(case_id=made.case_id, reason="事实认定错误")
    return summary.revoke_decision(store, form, today=TODAY, now=NOW, actor="局长")
