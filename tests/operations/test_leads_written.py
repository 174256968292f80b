"""What is written of a lead: who told of it, what is corrected, what was told before."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import col, select

from enforcer.course_terms import LeadDeed
from enforcer.errors import Refused
from enforcer.models import AuditEntry
from enforcer.operations import lead_steps
from enforcer.operations.lead_forms import LookForm
from enforcer.queries import lead_page
from enforcer.store.database import Store
from tests.operations.lead_desk import (
    NEXT,
    TOLD,
    LeadOffice,
    a_lead_office,
    at,
    checked,
    confirm,
    do,
    events,
    refusal,
    register,
    row,
)


@pytest.fixture
def people(store: Store) -> LeadOffice:
    return a_lead_office(store)


# what is written down


def test_who_asked_for_secrecy_is_not_to_stand_in_the_text(
    store: Store, people: LeadOffice
) -> None:
    given = {"secret": True, "content": "刘大伟反映隔壁堆放建材"}
    with pytest.raises(Refused) as caught:
        register(store, people, **given)
    assert [one.code for one in caught.value.objections] == ["informant_named"]
    assert "第一百四十六条" in caught.value.objections[0].cite
    register(store, people, **given, reasons={"informant_named": "本人同意公开"})
    register(store, people, **(given | {"content": "隔壁堆放建材"}))
    register(store, people, **(given | {"secret": False}))


def test_the_same_order_of_a_platform_asks_for_a_reason(store: Store, people: LeadOffice) -> None:
    given = {"source_number": "RX20260901-0456"}
    register(store, people, **given)
    with pytest.raises(Refused) as caught:
        register(store, people, **given)
    assert [one.code for one in caught.value.objections] == ["lead_known"]
    again = register(store, people, **given, reasons={"lead_known": "平台退回重派"})
    register(store, people, source="mailbox", **given)
    with store.reading() as session:
        assert events(session, again)[0].said["reasons"] == {"lead_known": "平台退回重派"}


def test_who_told_of_it_is_shown_only_by_a_look_that_is_logged(
    store: Store, people: LeadOffice
) -> None:
    lead = register(store, people, secret=True)
    page = lead_page.page(store, lead, now=at(TOLD))
    assert page
    assert (page.informant, page.informant_phone) == ("刘＊＊", "＊＊＊＊0001")
    seen = lead_steps.show_informant(
        store, LookForm(lead_id=lead), today=TOLD, now=at(TOLD), actor="周敏"
    )
    assert (seen.name, seen.phone) == ("刘大伟", "13873600001")
    with store.reading() as session:
        last = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
        assert last
        assert (last.action, last.table_name, last.actor) == ("look", "lead", "周敏")
        assert "刘大伟" not in last.changes


CONTENT = {
    "source": "hotline",
    "received_at": at(TOLD, 9, 5),
    "place": "桃林路42号",
    "content": "门前堆放建材",
    "why": "门牌号记错",
}


def test_a_slip_in_what_was_written_down_is_corrected_and_stays_in_the_history(
    store: Store, people: LeadOffice
) -> None:
    confirm(store, "lead_reply_days", 5)
    lead = register(store, people)
    do(store, "correct", NEXT, lead_id=lead, by_id=people.officer, **CONTENT)
    after = row(store, lead)
    assert (after.place, after.informant, after.number) == (
        "桃林路42号",
        "刘大伟",
        "线索〔2026〕0001号",
    )
    with store.reading() as session:
        kept = events(session, lead)[-1]
        assert kept.deed is LeadDeed.CORRECTED
        assert kept.before["place"] == ["桃林路40号", "桃林路42号"]


def test_a_corrected_day_moves_the_clock_that_runs_from_it(
    store: Store, people: LeadOffice
) -> None:
    confirm(store, "lead_reply_days", 5)
    lead = register(store, people)
    assert row(store, lead).reply_due_on == date(2026, 9, 8)
    earlier = CONTENT | {"received_at": at(date(2026, 8, 31), 9), "reply_due_on": date(2026, 9, 8)}
    do(store, "correct", NEXT, lead_id=lead, by_id=people.officer, **earlier)
    assert row(store, lead).reply_due_on == date(2026, 9, 7)
    put_off = CONTENT | {"received_at": at(date(2026, 8, 31), 9), "reply_due_on": date(2026, 9, 7)}
    extended = {"until": date(2026, 9, 14), "reason": "测量", "by_id": people.head}
    do(store, "extend", NEXT, lead_id=lead, **extended)
    same = put_off | {"reply_due_on": date(2026, 9, 14), "place": "桃林路44号"}
    do(store, "correct", NEXT, lead_id=lead, by_id=people.officer, **same)
    assert row(store, lead).reply_due_on == date(2026, 9, 14)


def test_a_correction_is_refused_where_it_would_undo_what_followed(
    store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people)
    by = {"lead_id": lead, "by_id": people.officer}
    later = CONTENT | {"received_at": at(NEXT, 9)}
    assert "received_after_check" in refusal(store, "correct", NEXT, **by, **later)
    given = {"outcome": "persuaded", "reason": "已清走"}
    do(store, "settle", NEXT, **by, **given)
    assert "lead_settled_already" in refusal(store, "correct", NEXT, **by, **CONTENT)
