"""Scripted courses, readable by a jurist, carried out by the operations themselves."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, func, select

from enforcer.errors import Refused
from enforcer.models import AuditEntry, CaseEvent
from enforcer.operations.payments import register_payment
from enforcer.operations.replaying import Replayed, read_script
from enforcer.operations.summary import close_case, revoke_decision
from enforcer.operations.summary_forms import CloseForm, PaymentForm, RevokeForm
from enforcer.store.database import Store
from tests.courses_made import COURSES, begin, carry
from tests.dumped import dump

FILES = sorted(one for one in COURSES.glob("*.toml") if one.stem != "office")


def entries(store: Store) -> int:
    with store.reading() as session:
        return session.exec(select(func.count(col(AuditEntry.id)))).one()


def said(done: Replayed) -> str:
    found = "；".join(f"{one.code} {one.say}" for one in done.objections)
    return f"{done.step.name or done.step.op}：{found or '办理了，应当拒绝'}"


@pytest.mark.parametrize("path", FILES, ids=lambda one: one.stem)
def test_a_course_goes_as_it_is_written(store: Store, path: Path) -> None:
    begun = begin(store, path)
    assert all(one.expected for one in begun.done)
    before, stood = entries(store), dump(store)
    for done in begun.goes_on(store):
        assert done.expected, said(done)
        if done.step.refused:
            codes = [one.code for one in done.objections]
            assert sorted(codes) == sorted(done.step.refused), said(done)
            assert entries(store) == before, f"{done.step.name}：拒绝之后留下了记录"
            assert dump(store) == stood, f"{done.step.name}：拒绝之后案件变了"
            assert all(one.say.endswith("。") for one in done.objections), said(done)
            cited = "、".join(one.cite for one in done.objections)
            assert done.step.cite in cited, f"{done.step.name}：{cited}"
        before, stood = entries(store), dump(store)


BAD_INPUT = {
    "a step out of order": "ground_missing",
    "before its stage": "stage_not_reached",
    "after its stage": "stage_passed",
    "taken twice": "taken_already",
    "served twice": "served_already",
    "back-dated before the step it rests on": "day_before_ground",
    "dated in the future": "day_in_future",
    "taken by the wrong role": "wrong_role",
    "on a closed case": "case_closed",
    "a party merged away": "party_merged",
    "an agent without authority": "agent_without_authority",
    "served before the paper": "service_before_paper",
    "money paid twice": "paid_in_full",
    "the same receipt twice": "receipt_used",
    "money paid too much": "paid_too_much",
    "a lead ended twice": "lead_settled_already",
    "a lead handled before it came": "day_before_ground",
    "a case put forward twice": "filed_already",
}


@pytest.mark.parametrize("kind", BAD_INPUT)
def test_each_kind_of_bad_input_is_refused_in_some_course(kind: str) -> None:
    written = [step for path in FILES for step in read_script(path)]
    assert any(BAD_INPUT[kind] in step.refused for step in written)


def test_the_courses_refuse_and_let_pass_as_much_as_was_promised() -> None:
    steps: list[dict[str, Any]] = []
    for path in FILES:
        steps += tomllib.loads(path.read_text(encoding="utf-8"))["step"]
    refusals = [one for one in steps if one.get("refused")]
    codes = {code for one in refusals for code in one["refused"]}
    assert len(FILES) >= 25
    assert len(codes) >= 60


def test_every_step_of_a_course_is_on_record_with_its_own_day(store: Store) -> None:
    carry(store, "spoil_company_after")
    with store.reading() as session:
        events = session.exec(select(CaseEvent).order_by(col(CaseEvent.id))).all()
    steps = [one.step for one in events]
    assert steps[0] == "proposed"
    assert steps[-1] == "closed"
    assert steps.count("signed") == 7
    assert {"filed", "assigned", "inspection", "inquiry", "concluded", "announced"} <= set(steps)
    assert all(one.recorded_at >= datetime(2026, 9, 8, tzinfo=UTC) for one in events)


@pytest.mark.parametrize(
    ("deed", "form"),
    [(register_payment, PaymentForm), (revoke_decision, RevokeForm), (close_case, CloseForm)],
)
def test_an_ordinary_case_takes_no_shortcut_of_the_summary_procedure(
    store: Store, deed: Any, form: Any
) -> None:
    carry(store, "spoil_company_after")
    given = {"case_id": 1, "reason": "试"} if form is RevokeForm else {"case_id": 1}
    now = store.clock()
    with pytest.raises(Refused, match="普通程序"):
        deed(store, form(**given), today=now.date(), now=now, actor="测试")
