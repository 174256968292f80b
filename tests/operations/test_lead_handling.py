"""Leads handled: the way to each end, what is refused, what can be taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from enforcer.course_terms import LeadOutcome
from enforcer.errors import InvalidForm, Refused
from enforcer.models import Case, Officer
from enforcer.operations import lead_papers
from enforcer.queries import lead_page, leads
from enforcer.store.database import Store
from enforcer.terms import OfficerPost, Stage
from tests.documents.paper_samples import texts
from tests.operations.lead_desk import (
    LATER,
    NEXT,
    TOLD,
    LeadOffice,
    a_lead_office,
    at,
    checked,
    deeds,
    do,
    propose,
    refusal,
    register,
    row,
    sign_all,
)


@pytest.fixture
def people(store: Store) -> LeadOffice:
    return a_lead_office(store)


# handling


def test_a_lead_is_handed_on_and_each_who_had_it_stays_on_record(
    store: Store, people: LeadOffice
) -> None:
    lead = register(store, people, handler_id=people.officer)
    assert row(store, lead).handler == "周敏"
    given = {"handler_id": people.second, "words": "三日内回话", "by_id": people.head}
    do(store, "assign", NEXT, lead_id=lead, **given)
    assert (row(store, lead).handler, row(store, lead).assigned_on) == ("何志远", NEXT)
    assert deeds(store, lead) == ["registered", "assigned"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"handler_id": None}, "handler_missing"),
        ({"on": date(2026, 8, 31)}, "day_before_ground"),
        ({"by_id": None}, "person_missing"),
    ],
)
def test_handing_on_is_refused(
    store: Store, people: LeadOffice, given: dict[str, Any], code: str
) -> None:
    lead = register(store, people)
    said = {"lead_id": lead, "handler_id": people.second, "by_id": people.head} | given
    assert set(refusal(store, "assign", NEXT, **said)) == {code}


def test_a_later_check_goes_on_from_the_first(store: Store, people: LeadOffice) -> None:
    lead = checked(store, people)
    do(store, "check", LATER, lead_id=lead, findings="复查已清走。", by_id=people.second)
    after = row(store, lead)
    assert after.checked_on == TOLD
    assert after.findings == "属实，占用约六平方米。\n复查已清走。"


def test_nothing_more_is_done_with_a_lead_that_has_its_end(
    store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people)
    by = {"lead_id": lead, "by_id": people.officer}
    do(store, "settle", NEXT, **by, outcome="persuaded", reason="已清走")
    for name, given in (
        ("check", {"findings": "再查"}),
        ("assign", {"handler_id": people.second}),
        ("settle", {"outcome": "summary", "reason": "当场处罚"}),
    ):
        assert "lead_settled_already" in refusal(store, name, LATER, **by, **given), name
    do(store, "reply", LATER, **by, way="电话", reply="已清走")


# the end


def test_not_filing_is_the_heads_to_decide_with_its_reason(
    store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people)
    given = {"lead_id": lead, "outcome": "refused", "reason": "违法事实不存在"}
    codes = refusal(store, "settle", NEXT, **given, by_id=people.officer)
    assert codes == {"refusal_not_by_head": "行政处罚法（2021）第五十四条第二款"}
    none = given | {"reason": ""}
    assert "settlement_reason_missing" in refusal(store, "settle", NEXT, **none, by_id=people.head)
    do(store, "settle", NEXT, **given, by_id=people.head)
    after = row(store, lead)
    assert (after.outcome, after.outcome_by) == (LeadOutcome.REFUSED, "陈局")
    pdf = lead_papers.preview_lead_paper(
        store, lead, "filing_refusal_approval", today=NEXT, now=at(NEXT)
    )
    said = "".join(texts(pdf))
    assert "不予立案审批表" in said
    assert "违法事实不存在" in said
    assert "承办人：周敏" in said


def test_a_lead_goes_into_another_or_into_a_case(store: Store, people: LeadOffice) -> None:
    first, second = checked(store, people), checked(store, people)
    given = {"outcome": "merged", "reason": "重复反映", "by_id": people.officer}
    do(store, "settle", NEXT, lead_id=second, merged_into_id=first, **given)
    assert row(store, second).merged_into_id == first
    third = checked(store, people)
    case = propose(store, people, checked(store, people))
    sign_all(store, people, case)
    do(store, "settle", LATER, lead_id=third, case_id=case, **given)
    assert row(store, third).case_id == case


def test_a_lead_is_not_merged_twice_over_nor_in_a_circle(store: Store, people: LeadOffice) -> None:
    first, second, third = (checked(store, people) for _ in range(3))
    given = {"outcome": "merged", "reason": "重复反映", "by_id": people.officer}
    do(store, "settle", NEXT, lead_id=second, merged_into_id=first, **given)
    again = refusal(store, "settle", NEXT, lead_id=second, merged_into_id=third, **given)
    assert set(again) == {"taken_already", "lead_settled_already"}
    circle = refusal(store, "settle", NEXT, lead_id=first, merged_into_id=second, **given)
    assert set(circle) == {"merged_into_merged"}
    own = refusal(store, "settle", NEXT, lead_id=third, merged_into_id=third, **given)
    assert set(own) == {"merged_into_itself"}
    assert row(store, first).outcome is None


def test_a_lead_merged_into_a_case_that_is_still_to_be_filed_keeps_its_own_end(
    store: Store, people: LeadOffice
) -> None:
    older, filing = checked(store, people), checked(store, people)
    case = propose(store, people, filing)
    given = {"outcome": "merged", "reason": "同一地点", "by_id": people.officer}
    do(store, "settle", NEXT, lead_id=older, case_id=case, **given)
    sign_all(store, people, case)
    with store.reading() as session:
        stage = session.get(Case, case)
        assert stage
        assert stage.stage is Stage.FILED
    assert row(store, older).outcome is LeadOutcome.MERGED
    assert row(store, filing).outcome is LeadOutcome.CASE


# taking back


def test_a_slip_is_taken_back_step_by_step_and_both_stay_on_record(
    store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people)
    by = {"lead_id": lead, "by_id": people.officer}
    do(store, "settle", NEXT, **by, outcome="persuaded", reason="记错了线索")
    do(store, "reply", NEXT, **by, way="电话", reply="已清走", satisfied=True)
    for _ in range(3):
        do(store, "take_back", NEXT, **by, why="办错了")
    after = row(store, lead)
    assert (after.replied_on, after.outcome, after.checked_on) == (None, None, None)
    assert (after.reply, after.findings, after.satisfied) == ("", "", None)
    assert deeds(store, lead) == ["registered", "checked", "settled", "replied", *["undone"] * 3]
    assert set(refusal(store, "take_back", NEXT, **by, why="再撤")) == {"nothing_to_take_back"}
    page = lead_page.page(store, lead, now=at(NEXT))
    assert page
    assert [one.undone for one in page.history] == [False, True, True, True, *[False] * 3]


def test_nothing_is_taken_back_once_the_lead_is_put_forward(
    store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people)
    case = propose(store, people, lead)
    given = {"lead_id": lead, "by_id": people.officer, "why": "办错了"}
    assert refusal(store, "take_back", NEXT, **given) == {
        "rests_on_it": "行政处罚法（2021）第四十七条"
    }
    sign_all(store, people, case)
    assert set(refusal(store, "take_back", NEXT, **given)) == {"rests_on_it"}
    assert row(store, lead).checked_on == TOLD


def test_an_end_stays_once_another_lead_was_merged_after_it(
    store: Store, people: LeadOffice
) -> None:
    first, second = checked(store, people), checked(store, people)
    by = {"by_id": people.officer}
    do(store, "settle", NEXT, lead_id=first, outcome="persuaded", reason="已清走", **by)
    merged = {"outcome": "merged", "reason": "重复", "merged_into_id": first}
    do(store, "settle", NEXT, lead_id=second, **merged, **by)
    given = {"lead_id": first, "why": "办错了", **by}
    assert set(refusal(store, "take_back", NEXT, **given)) == {"rests_on_it"}
    do(store, "take_back", NEXT, lead_id=second, why="办错了", **by)
    do(store, "take_back", NEXT, **given)
    assert row(store, first).outcome is None


def test_a_lead_sent_back_by_the_heads_can_be_put_forward_again(
    store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people)
    case = propose(store, people, lead)
    page = lead_page.page(store, lead, now=at(NEXT))
    assert page
    assert "已经呈报立案" in page.offer("file").reason
    sent_back = {"case_id": case, "matter": "filing", "agrees": False, "words": "事实不清"}
    do(store, "sign", NEXT, **sent_back, by_id=people.second)
    page = lead_page.page(store, lead, now=at(NEXT))
    assert page
    assert page.offer("file").reason == ""
    assert propose(store, people, lead) == case


# answers


def test_an_answer_is_entered_once_and_not_before_the_check(
    store: Store, people: LeadOffice
) -> None:
    lead = register(store, people, date(2026, 9, 1))
    given = {"lead_id": lead, "way": "电话", "reply": "已清走", "by_id": people.officer}
    assert "ground_missing" in refusal(store, "reply", NEXT, **given)
    do(store, "check", NEXT, lead_id=lead, findings="属实", by_id=people.officer)
    assert set(refusal(store, "reply", LATER, **given, on=TOLD)) == {"day_before_ground"}
    assert set(refusal(store, "reply", NEXT, **given, on=LATER)) == {"day_in_future"}
    assert set(refusal(store, "reply", NEXT, **(given | {"by_id": None}))) == {"person_missing"}
    do(store, "reply", LATER, **given, on=NEXT)
    assert row(store, lead).replied_on == NEXT
    assert set(refusal(store, "reply", LATER, **given)) == {"taken_already"}


def test_whether_they_are_content_is_asked_after_the_answer(
    store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people)
    given = {"lead_id": lead, "satisfied": False, "by_id": people.officer}
    assert set(refusal(store, "follow_up", NEXT, **given)) == {"not_replied"}
    do(store, "reply", NEXT, lead_id=lead, way="电话", reply="已清走", by_id=people.officer)
    assert set(refusal(store, "follow_up", LATER, **given, on=TOLD)) == {"day_before_ground"}
    do(store, "follow_up", LATER, **given, words="仍有占道")
    assert row(store, lead).satisfied is False


def test_two_windows_on_one_lead_do_not_overwrite_each_other(
    store: Store, people: LeadOffice
) -> None:
    lead = register(store, people)
    seen = leads.version_of(store, lead)
    given = {"lead_id": lead, "findings": "属实", "by_id": people.officer, "loaded": seen}
    do(store, "assign", NEXT, lead_id=lead, handler_id=people.second, by_id=people.head)
    with pytest.raises(Refused) as caught:
        do(store, "check", NEXT, **given)
    assert [one.code for one in caught.value.objections] == ["changed_meanwhile"]
    assert "周敏" in str(caught.value)
    assert row(store, lead).findings == ""
    now = leads.version_of(store, lead)
    do(store, "check", NEXT, **(given | {"loaded": now}))


# who is not there


def test_a_lead_that_is_not_there_is_said_so(store: Store, people: LeadOffice) -> None:
    given = {"lead_id": 99, "findings": "属实", "by_id": people.officer}
    assert set(refusal(store, "check", NEXT, **given)) == {"lead_gone"}


def test_who_has_left_neither_handles_nor_takes_a_lead(store: Store, people: LeadOffice) -> None:
    with store.unit(actor="测试") as session:
        gone = Officer(name="已离岗", post=OfficerPost.OFFICER, active=False)
        session.add(gone)
        session.flush()
        left = gone.id
    lead = register(store, people)
    by = {"lead_id": lead, "by_id": people.head}
    assert set(refusal(store, "assign", NEXT, **by, handler_id=left)) == {"handler_left"}
    given = {"lead_id": lead, "by_id": left, "handler_id": people.second}
    assert set(refusal(store, "assign", NEXT, **given)) == {"person_left"}
    with pytest.raises(InvalidForm, match="承办人不在岗"):
        register(store, people, handler_id=left)
    do(store, "assign", NEXT, **by, handler_id=people.second)
