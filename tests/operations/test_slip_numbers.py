"""A slip that drew a number, and papers that came out since: what holds it and what does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from enforcer.course_terms import LeadOutcome
from enforcer.errors import Refused, StoreTrouble
from enforcer.models import Case, Decision, Lead
from enforcer.models.base import TAKEN_BACK_TOO
from enforcer.operations import numbering
from enforcer.operations.course_paper import issue_paper, void_paper
from enforcer.operations.course_paper_forms import IssuePaperForm, VoidPaperForm
from enforcer.operations.course_paper_numbers import PaperNumbersForm, Scheme, save_paper_numbers
from enforcer.operations.replaying import Replayed, Scripted, read_script, replay
from enforcer.operations.verification import verify
from enforcer.queries import course_page, statistics
from enforcer.queries.void_numbers import void_numbers
from enforcer.store.database import Store
from enforcer.terms import Stage
from tests.courses_made import COURSES
from tests.operations.test_slips import LATER, facts_of, take_back
from tests.operations.test_slips import carried as carried_out

FIRST, SECOND = "云城管立字〔2026〕第001号", "云城管立字〔2026〕第002号"


def carried(store: Store, until: str) -> Replayed:
    return carried_out(store, "company", until)


def twice(store: Store, until: str) -> Replayed:
    """The course up to and with a step; it is taken back as a slip and taken again."""
    *before, last = read_script(COURSES / "company.toml", until=until)
    slip = Scripted("take_back_step", last.at, last.actor, {"reason": "录错了"})
    *_, done = replay(store, (*before, last, slip, last))
    assert done.ok, done.objections
    return done


def issued(store: Store, at: Replayed, key: str) -> int:
    """The paper comes out, with a reason for whatever 出件体检 asks one for."""
    now, given = at.step.at, dict[str, str]()
    while True:
        form = IssuePaperForm(case_id=1, template=key, reasons=given)
        try:
            return issue_paper(store, form, today=now.date(), now=now, actor="周敏").document_id
        except Refused as refusal:
            asked = {one.code: "已经核对" for one in refusal.objections}
            assert not asked.keys() & given.keys(), refusal
            given |= asked


def voided(store: Store, at: Replayed, document: int) -> None:
    form = VoidPaperForm(document_id=document, reason="录错了对象")
    void_paper(store, form, today=at.step.at.date(), now=at.step.at, actor="周敏")


def refused(store: Store, code: str, by: str = "周敏") -> str:
    before = facts_of(store)
    with pytest.raises(Refused) as refusal:
        take_back(store, by)
    assert [one.code for one in refusal.value.objections] == [code]
    assert facts_of(store) == before
    return str(refusal.value)


def one_of(store: Store, table: Any) -> Any:
    with store.reading() as session:
        found = session.exec(select(table).order_by(col(table.id).desc())).first()
        session.expunge_all()
        return found


def nothing_missing(store: Store) -> None:
    with store.reading() as session:
        assert numbering.gaps(session) == []
    assert verify(store, actor="测试").problems == ()


# numbers


def test_a_filing_taken_back_waits_again_and_its_number_stays_void(store: Store) -> None:
    carried(store, "立案")
    assert one_of(store, Case).number == FIRST
    take_back(store, "马建国")
    case, lead = one_of(store, Case), one_of(store, Lead)
    assert (case.stage, case.filed_on, case.officer1) == (Stage.LEAD, None, "")
    assert case.number.startswith("（待立案）")
    assert (lead.outcome, lead.outcome_on) == (None, None)
    (shown,) = void_numbers(store)
    assert (shown.number, shown.title, shown.reason) == (FIRST, "立案", "录错了对象")
    assert shown.voided_by == "马建国"
    nothing_missing(store)


def test_the_next_filing_takes_the_next_number(store: Store) -> None:
    twice(store, "立案")
    assert one_of(store, Case).number == SECOND
    assert one_of(store, Lead).outcome is LeadOutcome.CASE
    nothing_missing(store)


def test_a_decision_taken_back_counts_nowhere_and_its_number_stays_void(store: Store) -> None:
    carried(store, "负责人批准")
    approved = facts_of(store)
    (decide,) = read_script(COURSES / "company.toml", until="作出决定")[-1:]
    span = date(2026, 9, 1), date(2026, 9, 30)
    done = list(replay(store, (Scripted(decide.op, decide.at, "周敏", {"case_id": 1}),)))[-1]
    assert done.ok, done.objections
    first = one_of(store, Decision)
    with store.reading() as session:
        assert statistics.figures(session, *span)["penalties.total"] == 1
        page = course_page.page(session, 1, now=LATER)
        assert page is not None
        assert page.slip is not None
        assert page.slip.numbers == (first.number,)
    take_back(store)
    assert facts_of(store) == approved
    assert one_of(store, Decision) is None
    with store.reading() as session:
        assert statistics.figures(session, *span)["penalties.total"] == 0
        asked = select(Decision)
        kept = session.exec(asked, execution_options={TAKEN_BACK_TOO: True}).all()
        assert [one.number for one in kept] == [first.number]
    (shown,) = void_numbers(store)
    assert (shown.number, shown.title) == (first.number, "行政处罚决定书")
    nothing_missing(store)


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_next_decision_never_bears_the_void_number(store: Store, scheme: Scheme) -> None:
    form = PaperNumbersForm(scheme=scheme, from_year=2026)
    now = store.clock()
    save_paper_numbers(store, form, today=now.date(), now=now, actor="管理员")
    twice(store, "作出决定")
    (void,) = void_numbers(store)
    number = one_of(store, Decision).number
    assert number != void.number
    assert number.replace("-2号", "号") == void.number if scheme is Scheme.CASE else True
    nothing_missing(store)


def test_a_decision_whose_paper_came_out_stands(store: Store) -> None:
    done = carried(store, "作出决定")
    issued(store, done, "penalty_decision")
    assert "撤销决定" in refused(store, "slip_decision_out")
    with pytest.raises(StoreTrouble, match="不能撤回"), store.unit(actor="谁") as session:
        session.execute(text("UPDATE decision SET taken_back_at = '2026-09-18 00:00:00'"))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM void_number",
        "UPDATE void_number SET number = '别的'",
        "UPDATE decision SET taken_back_at = NULL",
        "UPDATE series SET next_serial = 1",
    ],
)
def test_a_void_number_cannot_be_brought_back(store: Store, statement: str) -> None:
    carried(store, "作出决定")
    take_back(store)
    with pytest.raises(StoreTrouble), store.unit(actor="谁") as session:
        session.execute(text(statement))


# papers


def test_a_later_paper_of_another_step_holds_no_slip(store: Store) -> None:
    done = carried(store, "询问")
    issued(store, done, "inspection_record")
    assert take_back(store)


def test_a_paper_that_says_what_the_step_wrote_holds_it(store: Store) -> None:
    done = carried(store, "询问")
    first = issued(store, done, "inspection_record")
    own = issued(store, done, "inquiry_record")
    say = refused(store, "slip_paper_out")
    assert "询问" in say
    assert "检查" not in say
    voided(store, done, own)
    assert take_back(store)
    assert first


def test_a_filing_is_held_by_the_paper_that_bears_its_number_until_that_is_void(
    store: Store,
) -> None:
    done = carried(store, "立案")
    paper = issued(store, done, "filing_approval")
    refused(store, "slip_paper_out", "马建国")
    voided(store, done, paper)
    assert take_back(store, "马建国")
    assert one_of(store, Case).number.startswith("（待立案）")


def test_a_service_is_held_by_its_proof_and_not_by_the_paper_it_served(store: Store) -> None:
    done = carried(store, "告知书已送达")
    issued(store, done, "prior_notice")
    proof = issued(store, done, "proof_of_service")
    refused(store, "slip_paper_out")
    voided(store, done, proof)
    assert take_back(store)
