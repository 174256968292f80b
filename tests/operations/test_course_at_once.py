"""The same step at the same moment from two windows: one is taken, the other says what happened."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import func, select

from enforcer.errors import Refused
from enforcer.models import AuditEntry, CaseEvent, LeadEvent
from enforcer.operations.approvals import sign_off
from enforcer.operations.execution import receive_payment
from enforcer.operations.execution_forms import ReceiptForm
from enforcer.operations.filing import propose_filing
from enforcer.operations.investigation import summon
from enforcer.operations.investigation_forms import SummonForm
from enforcer.operations.lead_forms import CheckLeadForm, SignOffForm
from enforcer.operations.leads import check_lead
from enforcer.operations.slips import TakeBackStepForm, take_back_step
from enforcer.operations.verification import verify
from enforcer.queries import course_page
from enforcer.store.database import Store, open_store
from tests.operations.test_course_twice import carried, filing, lead_version, officer, to_the_lead


@dataclass(frozen=True)
class Deed:
    """One step as two windows send it: how far the case is, the deed, its form by who sends it."""

    until: str
    deed: Callable[..., Any]
    form: Callable[[Store, int, datetime], Any]
    rows: int = 1


def _summons(store: Store, seen: int, at: datetime) -> SummonForm:
    return SummonForm(
        case_id=1, seen=seen, by_id=officer(store, "周敏"), person="陈工",
        come_at=at + timedelta(days=4), place="本局询问室",
    )  # fmt: skip


def _signed(store: Store, seen: int, _at: datetime) -> SignOffForm:
    return SignOffForm(case_id=1, seen=seen, by_id=officer(store, "刘一帆"), matter="filing")


def _paid(store: Store, seen: int, _at: datetime) -> ReceiptForm:
    return ReceiptForm(case_id=1, seen=seen, by_id=officer(store, "周敏"), receipt_number="NO1")


def _slip(store: Store, seen: int, _at: datetime) -> TakeBackStepForm:
    by = officer(store, "周敏")
    return TakeBackStepForm(case_id=1, seen=seen, by_id=by, reason="录错了对象")


DEEDS = {
    "通知询问": Deed("立案", summon, _summons),
    "审批": Deed("呈报立案", sign_off, _signed),
    "收缴": Deed("决定书已送达", receive_payment, _paid),
    "撤回": Deed("询问", take_back_step, _slip, rows=-1),
}


def at_once(store: Store, deed: Callable[..., Any], form: Any, at: datetime) -> list[Any]:
    """Two windows, each with a store of its own, press at the same moment; what each is answered."""
    gate = Barrier(2)

    def window(actor: str) -> Any:
        own = open_store(store.home, clock=store.clock)
        gate.wait(timeout=20)
        try:
            return deed(own, form, today=at.date(), now=at, actor=actor)
        except Refused as refusal:
            return refusal
        finally:
            own.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(window, ("周敏", "何志远")))


def counted(store: Store, table: Any) -> int:
    with store.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def one_won(answers: list[Any]) -> str:
    """Exactly one was taken; what the other was told."""
    (refused,) = [one for one in answers if isinstance(one, Refused)]
    assert [one.code for one in refused.objections] == ["changed_meanwhile"]
    said = str(refused)
    assert "没有" in said
    assert "请重新载入" in said
    return said


@pytest.mark.parametrize("name", DEEDS)
def test_of_two_windows_that_take_a_step_at_once_one_wins(store: Store, name: str) -> None:
    deed = DEEDS[name]
    at = carried(store, deed.until).at
    page = course_page.page(store, 1, now=at)
    assert page is not None
    before, logged = counted(store, CaseEvent), counted(store, AuditEntry)
    form = deed.form(store, page.seen or 0, at)
    one_won(at_once(store, deed.deed, form, at))
    assert counted(store, CaseEvent) == before + deed.rows
    operations = _operations_since(store, logged)
    assert operations == {deed.deed.__name__}, "what was refused left nothing"
    assert verify(store, actor="测试").problems == ()


def _operations_since(store: Store, logged: int) -> set[str]:
    with store.reading() as session:
        return set(session.exec(select(AuditEntry.operation).where(AuditEntry.id > logged)))  # type: ignore[operator]


def test_of_two_proposals_of_one_lead_at_once_one_makes_the_case(store: Store) -> None:
    at = to_the_lead(store)
    answers = at_once(store, propose_filing, filing(store, lead_version(store)), at)
    (refused,) = [one for one in answers if isinstance(one, Refused)]
    assert {one.code for one in refused.objections} <= {"filed_already", "changed_meanwhile"}
    assert "请在案件里办理" in str(refused) or "请重新载入" in str(refused)
    assert counted(store, CaseEvent) == 1


def test_of_two_checks_of_one_lead_at_once_one_is_entered(store: Store) -> None:
    at = to_the_lead(store)
    form = CheckLeadForm(
        lead_id=1, loaded=lead_version(store), by_id=officer(store, "周敏"), findings="再次核查属实"
    )
    before = counted(store, LeadEvent)
    assert "周敏" in (said := one_won(at_once(store, check_lead, form, at))) or "何志远" in said
    assert counted(store, LeadEvent) == before + 1
