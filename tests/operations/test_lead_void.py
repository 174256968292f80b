"""A lead registered by mistake is made void: kept with its number and reason, counted nowhere."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from enforcer.errors import Refused, StoreTrouble
from enforcer.operations import numbering
from enforcer.operations.lead_papers import preview_lead_paper
from enforcer.queries import course_page, lead_page, leads, statistics
from enforcer.queries.due import due
from enforcer.queries.leads import LeadFilter, LeadStanding
from enforcer.store.database import Store
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
    register,
    row,
)

MONTH = date(2026, 9, 1), date(2026, 9, 30)


@pytest.fixture
def people(store: Store) -> LeadOffice:
    return a_lead_office(store)


def void(store: Store, people: LeadOffice, lead: int, day: date = NEXT, **given: Any) -> None:
    said = {"lead_id": lead, "by_id": people.officer, "why": "同一来电登记了两次"}
    do(store, "void", day, **(said | given))


def refused(store: Store, people: LeadOffice, lead: int, **given: Any) -> str:
    """The codes, each with its article; the lead stays as it was."""
    before = row(store, lead).model_dump()
    with pytest.raises(Refused) as caught:
        void(store, people, lead, **given)
    assert row(store, lead).model_dump() == before
    assert all(one.cite for one in caught.value.objections)
    return " ".join(one.code for one in caught.value.objections)


def test_a_void_lead_keeps_its_number_and_counts_nowhere(store: Store, people: LeadOffice) -> None:
    kept = register(store, people, reply_due_on=date(2026, 9, 3))
    lead = register(store, people, reply_due_on=date(2026, 9, 3), source_number="RX-7")
    void(store, people, lead)
    after = row(store, lead)
    assert (after.voided_on, after.voided_by, after.void_reason) == (
        NEXT,
        "周敏",
        "同一来电登记了两次",
    )
    assert deeds(store, lead) == ["registered", "voided"]
    with store.reading() as session:
        figures = statistics.figures(session, *MONTH)
        assert figures["course.leads"] == figures["leads.received.hotline"] == 1
        late = [
            one.matter for one in due(session, today=LATER) if "线索〔2026〕0002号" in one.matter
        ]
        assert late == []
        assert numbering.gaps(session) == []
        assert [one.say[:16] for one in course_page.leads_to_join(session)] == [
            row(store, kept).number + "　门前"
        ]
    assert leads.counts(store, today=LATER) == leads.LeadCounts(open=1, late=1, due=0, this_month=1)
    only_open = leads.lead_ids(store, LeadFilter(only_open=True), today=LATER)
    assert only_open == [kept]
    assert leads.lead_ids(store, today=LATER) == [lead, kept]
    (shown,) = leads.lead_rows(store, [lead], today=LATER)
    assert (shown.standing, shown.ended) == (LeadStanding.VOID, "作废：同一来电登记了两次")
    again = register(store, people, source_number="RX-7")  # no doubt: the first counts no more
    assert row(store, again).number == "线索〔2026〕0003号"
    near = leads.alike(store, place="桃林路40号", party_name="", on=NEXT, but=again)
    assert [one.id for one in near] == [kept]


def test_the_register_form_of_a_void_lead_says_so_on_every_page(
    store: Store, people: LeadOffice
) -> None:
    lead = register(store, people)

    def said() -> str:
        made = preview_lead_paper(store, lead, "lead_register", today=LATER, now=at(LATER))
        return "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)

    assert "作废" not in said()
    void(store, people, lead)
    assert "作废" in said()
    assert str(NEXT) in said()


def test_nothing_is_done_with_a_void_lead_until_the_voiding_is_taken_back(
    store: Store, people: LeadOffice
) -> None:
    lead, other = checked(store, people), checked(store, people)
    void(store, people, lead)
    by = {"lead_id": lead, "by_id": people.officer}
    for name, given in (
        ("check", {"findings": "再查"}),
        ("assign", {"handler_id": people.second}),
        ("settle", {"outcome": "persuaded", "reason": "已清走"}),
        ("reply", {"way": "电话", "reply": "已清走"}),
        ("extend", {"until": date(2026, 9, 15), "reason": "测量"}),
        ("follow_up", {"satisfied": True}),
        (
            "correct",
            {"source": "hotline", "received_at": at(TOLD, 9), "content": "改", "why": "改"},
        ),
        ("void", {"why": "又作废"}),
    ):
        with pytest.raises(Refused) as caught:
            do(store, name, LATER, **by, **given)
        codes = {one.code: one.cite for one in caught.value.objections}
        assert codes["lead_void"] == "行政处罚法（2021）第四十七条", name
    with pytest.raises(Refused, match="已于 2026-09-02 作废"):
        propose(store, people, lead)
    merged = {"outcome": "merged", "reason": "重复", "merged_into_id": lead}
    with pytest.raises(Refused, match="不能并入"):
        do(store, "settle", NEXT, lead_id=other, by_id=people.officer, **merged)
    page = lead_page.page(store, lead, now=at(LATER))
    assert page is not None
    assert page.clocks == ()
    assert page.offer("take_back").reason == ""
    do(store, "take_back", NEXT, **by, why="作废错了")
    assert (row(store, lead).voided_on, row(store, lead).void_reason) == (None, "")
    do(store, "settle", NEXT, **by, outcome="persuaded", reason="已清走")


def test_what_went_on_cannot_be_made_void(store: Store, people: LeadOffice) -> None:
    filed = checked(store, people)
    propose(store, people, filed)
    assert refused(store, people, filed) == "filing_pending"
    replied = checked(store, people)
    do(store, "reply", NEXT, lead_id=replied, way="电话", reply="好", by_id=people.officer)
    assert refused(store, people, replied) == "replied_already"
    ended = checked(store, people)
    given = {"outcome": "persuaded", "reason": "已清走", "by_id": people.officer}
    do(store, "settle", NEXT, lead_id=ended, **given)
    assert refused(store, people, ended) == "lead_settled_already"
    into, other = checked(store, people), checked(store, people)
    merged = {"outcome": "merged", "reason": "重复", "merged_into_id": into}
    do(store, "settle", NEXT, lead_id=other, by_id=people.officer, **merged)
    assert refused(store, people, into) == "merged_here"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"by_id": None}, "person_missing"),
        ({"on": date(2026, 8, 31)}, "day_before_ground"),
        ({"on": LATER}, "day_in_future"),
    ],
)
def test_voiding_needs_somebody_and_a_day(
    store: Store, people: LeadOffice, given: dict[str, Any], code: str
) -> None:
    lead = register(store, people)
    assert refused(store, people, lead, **given) == code
    void(store, people, lead)


def test_the_file_itself_keeps_a_void_lead(store: Store, people: LeadOffice) -> None:
    lead = register(store, people)
    void(store, people, lead)
    with pytest.raises(StoreTrouble, match="作废的线索"), store.unit(actor="谁") as session:
        session.execute(text(f"UPDATE lead SET content = '改' WHERE id = {lead}"))
