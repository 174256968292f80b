"""Leads: numbers, clocks, what is written down, their papers and their workbook."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from sqlmodel import col, select

from enforcer.course_terms import LeadOutcome
from enforcer.errors import InvalidForm, StoreTrouble
from enforcer.models import AuditEntry, Case, Lead, NumberRule
from enforcer.operations import lead_papers, numbering
from enforcer.operations.lead_forms import ExportLeadsForm, LeadPaperForm
from enforcer.queries import lead_page, leads
from enforcer.store import audit
from enforcer.store.database import Store
from enforcer.terms import SeriesKind, Stage
from tests.documents.paper_samples import texts
from tests.operations.lead_desk import (
    LATER,
    NEXT,
    TOLD,
    LeadOffice,
    a_lead_office,
    at,
    checked,
    confirm,
    do,
    events,
    propose,
    refusal,
    register,
    row,
)


@pytest.fixture
def people(store: Store) -> LeadOffice:
    return a_lead_office(store)


# numbers


def test_a_lead_takes_the_next_number_of_its_year(store: Store, people: LeadOffice) -> None:
    first, second = register(store, people), register(store, people)
    other = register(store, people, date(2025, 12, 31))
    numbers = [row(store, one).number for one in (first, second, other)]
    assert numbers == ["线索〔2026〕0001号", "线索〔2026〕0002号", "线索〔2025〕0001号"]
    with store.reading() as session:
        assert numbering.gaps(session) == []
        assert audit.verify(session).problems == ()


def test_the_office_may_number_leads_by_its_own_rule(store: Store, people: LeadOffice) -> None:
    before = register(store, people)
    with store.unit(actor="测试", operation="rule") as session:
        pattern = "常城管线字〔{year}〕第{serial}号"
        session.add(
            NumberRule(organ_id=people.office.organ, kind=SeriesKind.LEAD, pattern=pattern, width=3)
        )
    after = register(store, people)
    assert row(store, before).number == "线索〔2026〕0001号"
    assert row(store, after).number == "常城管线字〔2026〕第001号"
    with store.reading() as session:
        assert numbering.gaps(session) == []


def test_the_same_request_makes_one_lead(store: Store, people: LeadOffice) -> None:
    request = uuid4()
    first = register(store, people, request_id=request)
    assert register(store, people, request_id=request) == first
    with store.reading() as session:
        assert len(session.exec(select(Lead)).all()) == 1


def test_a_number_and_its_history_cannot_be_changed_behind_the_program(
    store: Store, people: LeadOffice
) -> None:
    lead = register(store, people)
    with (
        pytest.raises(StoreTrouble, match="线索的编号不能修改"),
        store.unit(actor="谁", operation="x") as session,
    ):
        found = session.get(Lead, lead)
        assert found
        found.number = "线索〔2026〕9999号"
        session.add(found)
    with (
        pytest.raises(StoreTrouble, match="只能撤回"),
        store.unit(actor="谁", operation="x") as session,
    ):
        session.delete(events(session, lead)[0])


WRITER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4
from enforcer.operations.lead_forms import LeadForm
from enforcer.operations.leads import register_lead
from enforcer.store.database import open_store
home, officer, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
store = open_store(home, clock=lambda: datetime.now(UTC))
now = datetime(2026, 9, 1, 2, 12, tzinfo=UTC)
for one in range(count):
    form = LeadForm(
        request_id=uuid4(), source="hotline", received_at=now, content="反映", by_id=officer
    )
    register_lead(store, form, today=date(2026, 9, 1), now=now, actor="写手")
"""


@pytest.mark.skipif(os.name != "posix", reason="starts eight writers")
def test_eight_writers_draw_no_number_twice(store: Store, people: LeadOffice) -> None:
    command = [sys.executable, "-c", WRITER, str(store.home), str(people.officer), "3"]
    root = Path(__file__).parents[2]
    writers = [subprocess.Popen(command, cwd=root) for _ in range(8)]
    assert [one.wait(timeout=180) for one in writers] == [0] * 8
    with store.reading() as session:
        numbers = session.exec(select(Lead.number).order_by(col(Lead.number))).all()
        assert list(numbers) == [f"线索〔2026〕{one:04d}号" for one in range(1, 25)]
        assert numbering.gaps(session) == []


def test_an_old_lead_keeps_its_number_and_moves_the_series_on(
    store: Store, people: LeadOffice
) -> None:
    old = register(store, people, date(2026, 3, 2), number="线索[2026]12号", backfilled=True)
    odd = register(store, people, date(2026, 3, 3), number="信访-甲-7", backfilled=True)
    new = register(store, people)
    assert [row(store, one).number for one in (old, odd, new)] == [
        "线索[2026]12号",
        "信访-甲-7",
        "线索〔2026〕0013号",
    ]
    assert row(store, old).backfilled
    assert not row(store, new).backfilled
    with store.reading() as session:
        assert numbering.gaps(session) == []


def test_an_old_number_is_entered_once_and_only_as_an_old_one(
    store: Store, people: LeadOffice
) -> None:
    register(store, people, number="信-7", backfilled=True)
    for given, say in (
        ({"number": "信-7", "backfilled": True}, "已经登记"),
        ({"number": "信-8", "backfilled": False}, "由程序取号"),
    ):
        with pytest.raises(InvalidForm, match=say):
            register(store, people, **given)


# clocks


def test_without_a_rule_of_the_office_no_day_is_invented(store: Store, people: LeadOffice) -> None:
    lead = register(store, people)
    assert row(store, lead).reply_due_on is None
    page = lead_page.page(store, lead, now=at(TOLD))
    assert page
    assert [(one.title, one.due_on, one.question) for one in page.clocks] == [
        ("核查", None, "lead_check_days"),
        ("答复", None, "lead_reply_days"),
    ]


def test_the_days_of_the_office_are_working_days_and_show_their_arithmetic(
    store: Store, people: LeadOffice
) -> None:
    confirm(store, "lead_reply_days", 5)
    confirm(store, "lead_check_days", 15)
    lead = register(store, people, date(2026, 9, 22))  # 中秋 9-25, 国庆 10-1 to 10-7
    page = lead_page.page(store, lead, now=at(date(2026, 9, 22)))
    assert page
    check, reply = page.clocks
    assert reply.due_on == row(store, lead).reply_due_on == date(2026, 9, 30)
    assert reply.cite == "本局信访办法4号"
    assert any("9 月 25 日" in one or "2026-09-25" in one for one in reply.why), reply.why
    assert check.due_on == date(2026, 10, 20), check.why


def test_what_the_sender_wrote_counts_before_the_rule(store: Store, people: LeadOffice) -> None:
    confirm(store, "lead_reply_days", 5)
    lead = register(store, people, reply_due_on=date(2026, 9, 3))
    assert row(store, lead).reply_due_on == date(2026, 9, 3)
    page = lead_page.page(store, lead, now=at(TOLD))
    assert page
    assert "来文（工单）写明 2026-09-03 前答复" in page.clocks[1].why[0]


def test_what_a_patrol_found_waits_for_no_answer(store: Store, people: LeadOffice) -> None:
    confirm(store, "lead_reply_days", 5)
    lead = checked(store, people, source="patrol", informant="", informant_phone="")
    assert row(store, lead).reply_due_on is None
    given = {"outcome": "persuaded", "reason": "当场清走", "by_id": people.officer}
    do(store, "settle", NEXT, lead_id=lead, **given)
    rows = leads.lead_rows(store, [lead], today=date(2026, 12, 1))
    assert rows[0].standing is leads.LeadStanding.DONE


def test_an_answer_put_off_says_so_in_its_arithmetic(store: Store, people: LeadOffice) -> None:
    confirm(store, "lead_reply_days", 5)
    lead = checked(store, people)
    assert row(store, lead).reply_due_on == date(2026, 9, 8)
    given = {"until": date(2026, 9, 15), "reason": "需要测量", "by_id": people.head}
    do(store, "extend", date(2026, 9, 7), lead_id=lead, **given)
    page = lead_page.page(store, lead, now=at(date(2026, 9, 7)))
    assert page
    assert page.clocks[1].due_on == date(2026, 9, 15)
    assert "由 2026-09-08 延长到 2026-09-15：需要测量（陈局批准）" in page.clocks[1].why[-1]


@pytest.mark.parametrize(
    ("given", "day", "code"),
    [
        ({"until": date(2026, 9, 8)}, NEXT, "extension_not_later"),
        ({"until": date(2026, 9, 15)}, LATER, "extension_after_due"),
        ({"until": date(2026, 9, 15), "on": date(2026, 8, 31)}, NEXT, "day_before_ground"),
        ({"until": date(2026, 9, 15), "on": date(2026, 9, 3)}, NEXT, "day_in_future"),
    ],
)
def test_an_extension_is_refused(
    store: Store, people: LeadOffice, given: dict[str, Any], day: date, code: str
) -> None:
    lead = checked(store, people, reply_due_on=date(2026, 9, 8))
    said = {"lead_id": lead, "reason": "需要测量", "by_id": people.head} | given
    assert set(refusal(store, "extend", day, **said)) == {code}
    assert row(store, lead).reply_due_on == date(2026, 9, 8)


def test_a_late_extension_passes_with_its_reason_and_an_answered_lead_takes_none(
    store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people, reply_due_on=date(2026, 9, 8))
    said = {"lead_id": lead, "until": date(2026, 9, 15), "reason": "测量", "by_id": people.head}
    do(store, "extend", LATER, **said, reasons={"extension_after_due": "九月七日口头批准"})
    do(store, "reply", LATER, lead_id=lead, way="电话", reply="已清走", by_id=people.officer)
    later = said | {"until": date(2026, 9, 20)}
    assert set(refusal(store, "extend", LATER, **later)) == {"replied_already"}
    none = checked(store, people)
    assert set(refusal(store, "extend", NEXT, **(said | {"lead_id": none}))) == {"no_reply_due"}


# papers and the workbook


def test_the_register_of_a_lead_hides_who_asked_for_secrecy(
    store: Store, people: LeadOffice
) -> None:
    for secret, shown in ((True, False), (False, True)):
        lead = checked(store, people, secret=secret)
        form = LeadPaperForm(request_id=uuid4(), lead_id=lead, key="lead_register")
        pdf = lead_papers.print_lead_paper(store, form, today=NEXT, now=at(NEXT), actor="周敏")
        said = "".join(texts(pdf))
        assert ("刘大伟" in said) is shown
        assert row(store, lead).number in said
        with store.reading() as session:
            logged = session.exec(
                select(AuditEntry).where(
                    AuditEntry.action == "print", AuditEntry.row_id == str(lead)
                )
            ).all()
            assert len(logged) == 1


def test_the_workbook_shows_the_leads_in_their_order_and_who_told_unless_in_secret(
    store: Store, people: LeadOffice, tmp_path: Path
) -> None:
    ids = (checked(store, people, secret=True), register(store, people, source="forum"))
    path = tmp_path / "线索.xlsx"
    form = ExportLeadsForm(lead_ids=ids, path=path)
    assert lead_papers.export_leads(store, form, today=NEXT, now=at(NEXT), actor="周敏").rows == 2
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in one] for one in sheet.iter_rows()]
    assert rows[0][:4] == ["编号", "来源", "来源编号", "收到时间"]
    assert [one[1] for one in rows[1:]] == ["市长热线", "论坛"]
    told = [
        any("刘大伟" in str(cell) or "13873600001" in str(cell) for cell in one) for one in rows
    ]
    assert told == [False, False, True]
    assert "刘＊＊" in rows[1]


def test_a_case_gone_by_is_no_place_to_merge_into_without_a_reason(
    store: Store, people: LeadOffice
) -> None:
    case = propose(store, people, checked(store, people))
    do(store, "sign", NEXT, case_id=case, matter="filing", by_id=people.second)
    refused = {"agrees": False, "words": "不属本机关管辖", "by_id": people.head}
    do(store, "sign", NEXT, case_id=case, matter="filing", **refused)
    with store.reading() as session:
        gone = session.get(Case, case)
        assert gone
        assert gone.stage is Stage.CLOSED
    lead = checked(store, people)
    given = {"lead_id": lead, "outcome": "merged", "reason": "同一", "case_id": case}
    assert set(refusal(store, "settle", NEXT, **given, by_id=people.officer)) == {
        "merged_into_closed"
    }
    said = {"reasons": {"merged_into_closed": "同一行为，已作不予立案"}}
    do(store, "settle", NEXT, **given, **said, by_id=people.officer)
    assert row(store, lead).outcome is LeadOutcome.MERGED
