"""The list of leads: how each stands, filters, order, figures, likeness; and what the search finds."""

from __future__ import annotations

from datetime import date

import pytest

from enforcer.course_terms import LeadSource
from enforcer.queries import leads, search
from enforcer.queries.leads import LeadFilter, LeadSort, LeadStanding
from enforcer.store.database import Store
from tests.operations.lead_desk import (
    LeadOffice,
    a_lead_office,
    checked,
    do,
    propose,
    register,
    sign_all,
)

TOLD, NEXT = date(2026, 9, 1), date(2026, 9, 2)
DUE = date(2026, 9, 10)


@pytest.fixture
def people(store: Store) -> LeadOffice:
    return a_lead_office(store)


def standing(store: Store, lead: int, today: date) -> LeadStanding:
    return leads.lead_rows(store, [lead], today=today)[0].standing


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 6), LeadStanding.TO_SETTLE),
        (date(2026, 9, 7), LeadStanding.DUE),
        (DUE, LeadStanding.DUE),
        (date(2026, 9, 11), LeadStanding.LATE),
    ],
)
def test_a_lead_presses_from_three_days_before_its_day_and_is_late_after_it(
    store: Store, people: LeadOffice, today: date, expected: LeadStanding
) -> None:
    lead = checked(store, people, reply_due_on=DUE)
    assert standing(store, lead, today) is expected
    for one in LeadStanding:
        found = leads.lead_ids(store, LeadFilter(standing=one), today=today)
        assert found == ([lead] if one is expected else []), one


def test_each_lead_stands_in_one_word_on_its_way(store: Store, people: LeadOffice) -> None:
    today = date(2026, 9, 3)
    lead = register(store, people)
    assert standing(store, lead, today) is LeadStanding.TO_CHECK
    do(store, "check", TOLD, lead_id=lead, findings="属实", by_id=people.officer)
    assert standing(store, lead, today) is LeadStanding.TO_SETTLE
    case = propose(store, people, lead)
    assert standing(store, lead, today) is LeadStanding.FILING
    sign_all(store, people, case)
    assert standing(store, lead, today) is LeadStanding.TO_REPLY
    do(store, "reply", NEXT, lead_id=lead, way="电话", reply="已立案", by_id=people.officer)
    assert standing(store, lead, today) is LeadStanding.DONE
    row = leads.lead_rows(store, [lead], today=today)[0]
    assert row.ended == "立案：常城管立字〔2026〕第001号"


def test_an_unchecked_lead_is_late_by_the_days_for_checking(
    store: Store, people: LeadOffice
) -> None:
    from_day = register(store, people, reply_due_on=date(2026, 12, 1))
    with store.unit(actor="测试", operation="due") as session:
        row = session.get(leads.Lead, from_day)
        assert row
        row.check_due_on = DUE
        session.add(row)
    assert standing(store, from_day, DUE) is LeadStanding.DUE
    assert standing(store, from_day, date(2026, 9, 11)) is LeadStanding.LATE
    do(store, "check", date(2026, 9, 11), lead_id=from_day, findings="属实", by_id=people.officer)
    assert standing(store, from_day, date(2026, 9, 11)) is LeadStanding.TO_SETTLE


def test_the_list_is_narrowed_and_ordered(store: Store, people: LeadOffice) -> None:
    first = register(store, people, TOLD, place="乙路", source_number="RX-100%")
    second = register(
        store, people, NEXT, place="甲路", source="forum", reply_due_on=DUE, content="油烟"
    )
    done = checked(store, people, TOLD, source="patrol", informant="", place="丙路")
    ends = {"outcome": "persuaded", "reason": "已清走", "by_id": people.officer}
    do(store, "settle", TOLD, lead_id=done, **ends)

    def ids(asked: LeadFilter | None = None, **order: object) -> list[int]:
        return leads.lead_ids(store, asked, today=NEXT, **order)  # type: ignore[arg-type]

    assert ids() == [second, done, first]
    assert ids(LeadFilter(only_open=True)) == [second, first]
    assert ids(LeadFilter(source=LeadSource.FORUM)) == [second]
    assert ids(LeadFilter(words="100%")) == [first]
    assert ids(LeadFilter(words="甲路 油烟")) == [second]
    assert ids(LeadFilter(words="刘大伟")) == []
    assert ids(LeadFilter(from_on=NEXT)) == [second]
    assert ids(LeadFilter(to_on=TOLD)) == [done, first]
    assert ids(sort=LeadSort.DUE, descending=False)[0] == second
    assert ids(sort=LeadSort.STANDING, descending=True)[0] == done
    for sort in LeadSort:
        assert sorted(ids(sort=sort)) == [first, second, done], sort


def test_the_figures_over_the_list(store: Store, people: LeadOffice) -> None:
    register(store, people, date(2026, 8, 31), reply_due_on=date(2026, 9, 1))
    register(store, people, TOLD, reply_due_on=date(2026, 9, 3))
    register(store, people, TOLD)
    found = leads.counts(store, today=NEXT)
    assert (found.open, found.late, found.due, found.this_month) == (3, 1, 1, 2)


def test_leads_of_thirty_days_about_one_place_or_party_are_alike(
    store: Store, people: LeadOffice
) -> None:
    old = register(store, people, date(2026, 8, 1), place="桃林路40号")
    near = register(store, people, date(2026, 8, 3), place="桃林路40号")
    other = register(store, people, TOLD, place="滨河路", party_name="王某")

    def like(place: str = "", party: str = "", but: int | None = None) -> list[int]:
        found = leads.alike(store, place=place, party_name=party, on=NEXT, but=but)
        return [one.id for one in found]

    assert like("桃林路40号") == [near]
    assert old not in like("桃林路40号")
    assert like("桃林路40号", "王某") == [other, near]
    assert like("桃林路40号", but=near) == []
    assert like() == []


@pytest.mark.parametrize(
    "words",
    ["线索〔2026〕1号", "线索[2026]0001号", "RX2026", "桃林路 建材", "王某", "人行道"],
)
def test_the_search_finds_a_lead(store: Store, people: LeadOffice, words: str) -> None:
    lead = register(store, people, source_number="RX20260901", party_name="王某")
    register(store, people, place="别处", content="别的事")
    with store.reading() as session:
        hits = [one for one in search.find(session, words) if one.kind == "lead"]
    assert [one.row_id for one in hits] == [lead]
    assert hits[0].as_json() == {
        "kind": "lead",
        "number": "线索〔2026〕0001号",
        "title": "市长热线　门前每晚堆放建材，占用人行道。",
        "where": "桃林路40号 2026-09-01 09:05",
    }


@pytest.mark.parametrize("words", ["刘大伟", "13873600001"])
def test_the_search_never_leads_to_who_told_of_it(
    store: Store, people: LeadOffice, words: str
) -> None:
    register(store, people)
    with store.reading() as session:
        assert search.find(session, words) == []
