"""Freezing a report: what it keeps, what it refuses, what changed behind it and why."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pypdf
import pytest
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused
from enforcer.models import Decision, Document, Notice, Setting
from enforcer.operations.registry import operations
from enforcer.operations.reports import (
    FreezeReportForm,
    SummaryWordingForm,
    freeze_report,
    frozen_pdf,
    save_summary_wording,
)
from enforcer.operations.summary import RevokeForm, revoke_decision
from enforcer.operations.verification import verify
from enforcer.queries import frozen_reports, statistics, statistics_summary
from enforcer.queries.frozen_reports import Comparison, Frozen, spans, unspanned
from enforcer.queries.looking import version
from enforcer.queries.periods import quarter
from enforcer.queries.statistics_measures import MEASURES, RULES_EDITION
from enforcer.store import audit
from enforcer.store.database import Store, bulk_insert
from enforcer.terms import NoticeState
from enforcer.terms import PenaltyKind as K
from tests.factories import an_office
from tests.queries.statistics_rows_made import a_decision, a_notice, a_payment

AUTUMN = date(2026, 10, 8)
AT = datetime.fromisoformat("2026-10-08T09:30:00+08:00")
Q3 = quarter(2026, 3)


@pytest.fixture
def filled(store: Store) -> Store:
    an_office(store)
    with store.unit(actor="测试", operation="test") as session:
        for at in range(3):
            decision = a_decision(session, date(2026, 8, 5 + at), (K.WARNING, K.FINE), 10_000)
            a_payment(session, decision, date(2026, 8, 6), 10_000)
        for plate in ("湘J8K216", "湘J8K216", "湘JD03127"):
            a_notice(session, date(2026, 7, 3), plate)
    return store


def form(**given: object) -> FreezeReportForm:
    return FreezeReportForm.model_validate({"first": Q3.first, "last": Q3.last} | given)


def freeze(store: Store, *, today: date = AUTUMN, now: datetime = AT, **given: object) -> Frozen:
    key = freeze_report(store, form(**given), today=today, now=now, actor="林晓")
    found = frozen_reports.frozen_report(store, key)
    assert found is not None
    return found


def compared(store: Store, frozen: Frozen) -> Comparison:
    found = frozen_reports.compare(store, frozen.id)
    assert found is not None
    return found


def test_a_frozen_report_keeps_figures_rows_rules_head_and_paper(filled: Store) -> None:
    frozen = freeze(filled)
    assert frozen.values["penalties.total"] == 3
    assert frozen.values["penalties.amount"] == 30_000
    assert frozen.values["guidance.repeat_vehicles"] == 1
    assert len(unspanned(frozen.rows["guidance.notices"])) == 3
    assert frozen.rules == RULES_EDITION
    assert (frozen.times, frozen.frozen_by, frozen.frozen_at) == (1, "林晓", AT)
    pdf = frozen_pdf(filled, frozen)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)
    assert frozen.chain_head in text
    assert f"第1次锁定上报，统计口径{RULES_EDITION}" in text
    assert "2026年第三季度行政执法统计报表" in text.replace("\n", "")
    assert verify(filled, actor="林晓").problems == ()


def test_nothing_changed_is_said_so(filled: Store) -> None:
    frozen = freeze(filled)
    assert compared(filled, frozen).same
    with filled.unit(actor="测试", operation="test") as session:  # of another quarter
        a_decision(session, date(2026, 10, 2), (K.FINE,), 20_000)
    assert compared(filled, frozen).same


def test_a_revocation_shows_which_row_who_and_why(filled: Store) -> None:
    frozen = freeze(filled)
    day = date(2026, 10, 20)
    revoked = RevokeForm(
        case_id=a_decision_of(filled).case_id, revoked_on=day, reason="主要事实不清"
    )
    revoke_decision(filled, revoked, today=day, now=AT + timedelta(days=12), actor="马建国")
    told = compared(filled, frozen)
    assert [one.key for one in told.figures] == ["penalties.revoked"]
    figure = told.figures[0]
    assert (figure.then, figure.now) == (0, 1)
    (change,) = figure.rows
    assert change.how == "added"
    assert change.row is not None
    assert change.row.opens == "case"
    (deed,) = change.deeds
    assert (deed.actor, deed.operation, deed.words) == (
        "马建国", "revoke_decision", "主要事实不清，撤销日期由空白改为2026-10-20",
    )  # fmt: skip


def test_a_row_entered_later_and_one_voided_are_told_apart(filled: Store) -> None:
    frozen = freeze(filled)
    with filled.unit(actor="周敏", operation="void_notice") as session:
        row = session.get(Notice, 1)
        assert row is not None
        row.state, row.void_reason = NoticeState.VOID, "号牌录错"
        session.add(row)
        a_notice(session, date(2026, 9, 3), "湘J00001")
    figures = {one.key: one for one in compared(filled, frozen).figures}
    notices = figures["guidance.notices"]
    assert (notices.then, notices.now) == (3, 3)
    assert sorted(one.how for one in notices.rows) == ["added", "gone"]
    gone = next(one for one in notices.rows if one.how == "gone")
    assert [one.words for one in gone.deeds] == ["号牌录错，状态由“已签发”改为“作废”"]
    assert figures["guidance.notices_void"].now == 1
    assert "penalties.total" not in figures


def test_rows_of_an_import_name_the_import(filled: Store) -> None:
    frozen = freeze(filled)
    with filled.unit(actor="周敏", operation="import_ledger") as session:
        known = session.get(Notice, 1)
        assert known is not None
        more = []
        for at in range(3):
            values = known.model_dump(exclude={"id"})
            more.append(values | {"uid": uuid4(), "number": f"补{at}", "serial": None})
        bulk_insert(session, Notice, more, say="补录温馨告知台账")
    notices = {one.key: one for one in compared(filled, frozen).figures}["guidance.notices"]
    assert notices.now - notices.then == 3
    assert {one.deeds[0].operation for one in notices.rows} == {"import_ledger"}


def test_a_changed_amount_shows_the_row_though_the_count_stands(filled: Store) -> None:
    frozen = freeze(filled)
    with filled.unit(actor="周敏", operation="test") as session:
        a_payment(session, a_decision_of(filled), date(2026, 8, 7), 1)
    figures = {one.key: one for one in compared(filled, frozen).figures}
    assert figures["payment.paid"].money
    assert (figures["payment.paid"].then, figures["payment.paid"].now) == (30_000, 30_001)


def a_decision_of(store: Store) -> Decision:
    with store.reading() as session:
        row = session.get(Decision, 1)
        assert row is not None
        return row


@pytest.mark.parametrize(
    ("given", "today", "code"),
    [
        ({}, date(2026, 9, 29), "report_not_over"),
        ({"last": date(2026, 9, 29)}, date(2026, 9, 29), ""),
        ({}, date(2026, 9, 30), ""),
    ],
)
def test_only_a_span_that_is_over_is_frozen(
    filled: Store, given: dict[str, object], today: date, code: str
) -> None:
    if not code:
        assert freeze(filled, today=today, **given).times == 1
        return
    with pytest.raises(Refused) as refused:
        freeze(filled, today=today, **given)
    assert [one.code for one in refused.value.objections] == [code]
    assert frozen_reports.frozen_reports(filled) == []


def test_a_span_that_ends_before_it_begins_is_refused_under_its_field(filled: Store) -> None:
    with pytest.raises(InvalidForm) as refused:
        freeze(filled, last=date(2026, 6, 30))
    assert "last" in refused.value.by_field


def test_a_span_of_an_impossible_year_is_refused_under_its_field(filled: Store) -> None:
    with pytest.raises(InvalidForm) as refused:
        freeze(filled, first=date(1, 1, 1), last=date(1, 3, 31))
    assert "first" in refused.value.by_field


def test_a_second_time_needs_its_reason_and_keeps_the_first(filled: Store) -> None:
    first = freeze(filled)
    with pytest.raises(Refused, match="已于 2026-10-08 锁定上报"):
        freeze(filled)
    second = freeze(filled, reason="上级要求补报")
    assert (second.times, second.reason) == (2, "上级要求补报")
    assert [one.id for one in frozen_reports.frozen_reports(filled, Q3)] == [second.id, first.id]
    assert frozen_reports.frozen_reports(filled, quarter(2026, 2)) == []


def test_the_same_request_again_is_the_same_report(filled: Store) -> None:
    request = uuid4()
    first = freeze(filled, request_id=request)
    assert freeze(filled, request_id=request).id == first.id
    with filled.reading() as session:
        assert len(session.exec(select(Document)).all()) == 1


def test_a_log_that_was_exchanged_is_said_so(filled: Store) -> None:
    frozen = freeze(filled)
    with filled.reading() as session:
        row = session.get(Document, frozen.id)
        assert row is not None
        held = dict(row.fields or {})
    with filled.unit(actor="测试", operation="test") as session:
        session.add(
            Document(**a_copy(frozen, held | {"chain_head": audit.GENESIS}, AT + timedelta(days=1)))
        )
    other = frozen_reports.frozen_reports(filled)[0]
    assert not compared(filled, other).log_whole
    assert not compared(filled, other).same


def a_copy(frozen: Frozen, fields: dict[str, object], at: datetime) -> dict[str, object]:
    return {
        "template_key": frozen_reports.TEMPLATE, "template_version": frozen.rules,
        "title": frozen.title, "state": "issued", "fields": fields, "pages": 1,
        "vault_name": frozen.vault_name, "sha256": frozen.sha256, "issued_at": at,
        "issued_on": at.date(), "issued_by": "林晓",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ids", "text"),
    [((), ""), ((7,), "7"), ((3, 4, 5, 9), "3-5,9"), ((9, 1, 2), "1-2,9")],
)
def test_row_numbers_take_little_room_and_come_back(ids: tuple[int, ...], text: str) -> None:
    assert spans(ids) == text
    assert unspanned(text) == set(ids)


COUNTED_IN_EDITION = {"第1版": "403e134f00925956"}


def test_who_changes_what_a_figure_counts_raises_the_edition() -> None:
    said = "\n".join(
        f"{one.key}|{one.source}|{one.where}|{one.amount}|{one.where.compile().params}"
        for one in MEASURES.values()
    )
    digest = hashlib.sha256(said.encode()).hexdigest()[:16]
    assert COUNTED_IN_EDITION[RULES_EDITION] == digest


def test_freezing_is_an_operation_like_any_other() -> None:
    assert operations()["freeze_report"].label == "锁定上报"


def test_own_words_of_the_paragraph_keep_to_its_sentences_and_figures(
    store: Store, today: date, now: datetime
) -> None:
    (shipped, *_) = (one.text for one in statistics_summary.parts())

    def save(**texts: str) -> None:
        form = SummaryWordingForm(texts=texts)
        save_summary_wording(store, form, today=today, now=now, actor="测试")

    for wrong, say in (({"没有这一句": "改"}, "没有这一句"), ({shipped: "{无此数}"}, "无此数")):
        with pytest.raises(InvalidForm, match=say):
            save(**wrong)
    save(**{shipped: shipped})
    save(**{shipped: "改一句"})
    with store.reading() as session:
        assert statistics.own_wording(session) == {shipped: "改一句"}


def test_two_windows_on_the_words_do_not_overwrite_each_other(
    store: Store, today: date, now: datetime
) -> None:
    (shipped, *_) = (one.text for one in statistics_summary.parts())

    def save(text: str, loaded: str = "") -> None:
        form = SummaryWordingForm(texts={shipped: text}, loaded=loaded)
        save_summary_wording(store, form, today=today, now=now, actor="测试")

    save("甲")
    with store.reading() as session:
        row = session.get(Setting, statistics.SUMMARY_WORDING)
        assert row is not None
        seen = version(row)
    save("乙")
    with pytest.raises(Refused):
        save("丙", loaded=seen)
    with store.reading() as session:
        assert statistics.own_wording(session) == {shipped: "乙"}
