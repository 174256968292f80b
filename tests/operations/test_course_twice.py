"""Two windows, a request sent twice, money sent twice: the second changes nothing of the case."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, func, select

from enforcer.errors import Refused
from enforcer.models import AuditEntry, Case, CaseEvent, Lead, Officer, Payment
from enforcer.operations.execution import receive_payment
from enforcer.operations.execution_forms import ReceiptForm
from enforcer.operations.filing import propose_filing
from enforcer.operations.investigation import summon
from enforcer.operations.investigation_forms import SummonForm
from enforcer.operations.lead_forms import FilingForm
from enforcer.operations.replaying import Scripted, read_script, replay
from enforcer.queries.looking import version
from enforcer.store.database import Store
from tests.courses_made import COURSES, carry


def carried(store: Store, until: str, name: str = "company") -> Scripted:
    *_, last = carry(store, name, until)
    assert last.ok, last.objections
    return last.step


def counted(store: Store, table: Any) -> int:
    with store.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def officer(store: Store, name: str) -> int:
    with store.reading() as session:
        return session.exec(select(Officer.id).where(Officer.name == name)).one() or 0


def filing(store: Store, loaded: str) -> FilingForm:
    """The proposal of the scripted case, as a window that loaded the lead before sends it."""
    script = read_script(COURSES / "company.toml")
    given = dict(next(one.form for one in script if one.op == "propose_filing"))
    given |= {"officer1_id": officer(store, "周敏"), "officer2_id": officer(store, "何志远")}
    given["acted_at"] = given["acted_at"].replace(tzinfo=store.clock().tzinfo)
    return FilingForm(lead_id=1, by_id=given["officer1_id"], loaded=loaded, **given)


def lead_version(store: Store) -> str:
    with store.reading() as session:
        row = session.get(Lead, 1)
        assert row is not None
        return version(row)


def to_the_lead(store: Store) -> Any:
    """The scripted case up to the check of its lead."""
    script = read_script(COURSES / "company.toml")
    place = next(at for at, one in enumerate(script) if one.op == "check_lead")
    *_, last = replay(store, script[: place + 1])
    assert last.ok
    return last.step.at


def test_a_lead_changed_since_it_was_loaded_is_not_filed_over(store: Store) -> None:
    at = to_the_lead(store)
    loaded = lead_version(store)
    with store.unit(actor="何志远", operation="correct_lead") as session:
        row = session.get(Lead, 1)
        assert row is not None
        row.place = "有德路与崇德路口"
        session.add(row)
    entries = counted(store, AuditEntry)
    with pytest.raises(Refused) as refusal:
        propose_filing(store, filing(store, loaded), today=at.date(), now=at, actor="周敏")
    (only,) = refusal.value.objections
    assert only.code == "changed_meanwhile"
    assert "何志远" in only.say
    assert "重新载入" in only.say
    assert counted(store, Case) == 0
    assert counted(store, AuditEntry) == entries
    again = filing(store, lead_version(store))
    assert propose_filing(store, again, today=at.date(), now=at, actor="周敏") == 1


def test_a_filing_sent_twice_makes_one_case(store: Store) -> None:
    at = to_the_lead(store)
    form = filing(store, lead_version(store)).model_copy(update={"request_id": uuid4()})
    first = propose_filing(store, form, today=at.date(), now=at, actor="周敏")
    assert propose_filing(store, form, today=at.date(), now=at, actor="周敏") == first
    assert counted(store, Case) == 1


def test_a_step_sent_twice_is_taken_once_and_answers_the_same(store: Store) -> None:
    at = carried(store, "立案").at
    form = SummonForm(
        case_id=1, request_id=uuid4(), by_id=officer(store, "周敏"), person="陈工",
        come_at=at.replace(day=7), place="本局询问室",
    )  # fmt: skip
    before = counted(store, CaseEvent)
    first = summon(store, form, today=at.date(), now=at, actor="周敏")
    assert summon(store, form, today=at.date(), now=at, actor="周敏") == first
    assert counted(store, CaseEvent) == before + 1


def test_the_second_of_two_windows_sees_what_the_first_has_done(store: Store) -> None:
    at = carried(store, "立案").at
    with store.reading() as session:
        seen = session.exec(select(func.max(col(CaseEvent.id)))).one()
    given: dict[str, Any] = {
        "case_id": 1, "by_id": officer(store, "周敏"), "seen": seen, "person": "陈工",
        "come_at": at.replace(day=7), "place": "本局询问室",
    }  # fmt: skip
    summon(store, SummonForm(**given), today=at.date(), now=at, actor="周敏")
    entries = counted(store, AuditEntry)
    with pytest.raises(Refused, match="通知调查询问") as refusal:
        summon(store, SummonForm(**given), today=at.date(), now=at, actor="何志远")
    assert [one.code for one in refusal.value.objections] == ["changed_meanwhile"]
    assert counted(store, AuditEntry) == entries


@pytest.mark.parametrize(("amount", "code"), [("20000", "paid_in_full"), ("0.01", "paid_in_full")])
def test_money_paid_twice_is_refused_but_a_repeated_request_is_not(
    store: Store, amount: str, code: str
) -> None:
    at = carried(store, "决定书已送达").at.replace(day=25)
    form = ReceiptForm(
        case_id=1, request_id=uuid4(), by_id=officer(store, "周敏"), receipt_number="NO1"
    )
    first = receive_payment(store, form, today=at.date(), now=at, actor="周敏")
    assert receive_payment(store, form, today=at.date(), now=at, actor="周敏") == first
    again = form.model_copy(update={"request_id": uuid4(), "amount_yuan": amount})
    with pytest.raises(Refused) as refusal:
        receive_payment(store, again, today=at.date(), now=at, actor="周敏")
    assert code in [one.code for one in refusal.value.objections]
    assert counted(store, Payment) == 1


def test_too_much_money_is_refused_and_the_rest_still_owed(store: Store) -> None:
    at = carried(store, "决定书已送达").at.replace(day=25)
    by = officer(store, "周敏")
    part = ReceiptForm(case_id=1, by_id=by, amount_yuan="15000", receipt_number="NO1")
    receive_payment(store, part, today=at.date(), now=at, actor="周敏")
    more = ReceiptForm(case_id=1, by_id=by, amount_yuan="5000.01", receipt_number="NO2")
    with pytest.raises(Refused) as refusal:
        receive_payment(store, more, today=at.date(), now=at, actor="周敏")
    assert "paid_too_much" in [one.code for one in refusal.value.objections]
    rest = more.model_copy(update={"amount_yuan": "5000"})
    receive_payment(store, rest, today=at.date(), now=at, actor="周敏")
    assert counted(store, Payment) == 2
    assert at.date() == date(2026, 9, 25)
