"""Imports through a mapping: remembered, marked 补录, stopped, taken back as one act while unused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, func, select

from enforcer import models
from enforcer.errors import InvalidForm, Refused, Trouble
from enforcer.exchange import mapping
from enforcer.exchange.mapping import MAPPED
from enforcer.models import Case, Decision, Guidance, Notice, Officer, Party, Payment, Recorder
from enforcer.operations import ledgers, verification
from enforcer.operations.ledger_mapped import SourceForm, layout_for, look_mapped
from enforcer.operations.notice_forms import OutcomeForm, VoidNoticeForm
from enforcer.operations.notices import set_outcome, void_notices
from enforcer.operations.reports import FreezeReportForm, freeze_report
from enforcer.queries import imports
from enforcer.store.database import Store
from enforcer.terms import ImportState, NoticeOutcome, Origin
from tests.factories import an_office
from tests.operations.test_law_book_files import GOOD, HEAD

NOTICES = [
    ["告知单号", "车牌", "日期", "路段", "办案人员"],
    ["旧告〔2026〕1号", "湘J12345", "2026.8.1", "柳叶大道", "周敏、何志远"],
    ["旧告〔2026〕2号", "湘J12346", "2026.8.2", "人民路", "周敏、何志远"],
    ["旧告〔2026〕3号", "湘J12347", "2026.8.33", "人民路", "周敏"],
]
PENALTIES = [
    ["文号", "被处罚人", "类别", "证件号", "案由", "处罚日期", "种类", "罚款", "缴款时间", "程序"],
    ["旧罚1号", "某公司", "企业", "91350100M000100Y43", "占道", "2026.8.1", "罚款", 500, "2026.8.3", "简易"],
    ["旧罚2号", "李某", "个人", "", "占道", "2026.8.2", "警告", "", "", "简易"],
]  # fmt: skip


@pytest.fixture
def take(store: Store, tmp_path: Path, today: date, now: datetime) -> Callable[..., Any]:
    an_office(store)

    def go(kind: str, rows: list[list[Any]], **given: Any) -> Any:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        path = tmp_path / f"{kind}.xlsx"
        book.save(path)
        progress = given.pop("progress", None)
        form = ledgers.MappedForm(path=path, kind=kind, **given)  # type: ignore[arg-type]
        return ledgers.import_mapped(
            store, form, today=today, now=now, actor="周敏", progress=progress
        )

    return go


@pytest.fixture
def undo(store: Store, today: date, now: datetime) -> Callable[..., int]:
    def go(import_id: int, reason: str = "选错了文件") -> int:
        form = ledgers.UndoImportForm(import_id=import_id, reason=reason)
        return ledgers.undo_import(store, form, today=today, now=now, actor="何志远")

    return go


def count(store: Store, *kinds: type[SQLModel]) -> list[int]:
    with store.reading() as session:
        return [session.exec(select(func.count()).select_from(one)).one() for one in kinds]


def test_a_strange_layout_is_taken_marked_and_its_mapping_remembered(
    store: Store, take: Callable[..., Any]
) -> None:
    report = take("notices", NOTICES)
    assert (report.read, report.taken, report.known) == (3, 2, 0)
    [refused] = report.refused
    assert (refused.row, refused.column) == (4, "告知时间")
    with store.reading() as session:
        row = session.exec(select(Notice).order_by(Notice.id)).first()  # type: ignore[arg-type]
        assert row
        assert (row.origin, row.officer1, row.officer2) == (Origin.BACKFILLED, "周敏", "何志远")
        assert row.officer1_id
    grid = mapping.pasted_grid("\t".join(NOTICES[0]) + "\n")
    layout, known = layout_for(store, grid, "notices")
    assert known
    assert layout.sources["officer2"].column == 4
    assert take("notices", NOTICES).known == 2


def test_what_the_officer_maps_by_hand_is_what_counts_the_next_time(
    store: Store, take: Callable[..., Any]
) -> None:
    rows = [["甲", "乙", "丙"], ["2026-8-1", "说服教育", "3"]]
    sources = {"occurred_on": {"column": 0}, "kind": {"column": 1}, "quantity": {"fixed": "7"}}
    given = {key: SourceForm(**one) for key, one in sources.items()}  # type: ignore[arg-type]
    assert take("education", rows, top=0, sources=given).taken == 1
    again = [rows[0], ["2026-8-2", "说服教育", "3"]]
    assert take("education", again, top=0).taken == 1
    with store.reading() as session:
        assert [one.quantity for one in session.exec(select(Guidance))] == [7, 7]


def test_a_look_takes_nothing_and_shows_the_rows(
    store: Store, take: Callable[..., Any], tmp_path: Path, today: date, now: datetime
) -> None:
    take("notices", NOTICES[:2])
    form = ledgers.MappedForm(path=tmp_path / "notices.xlsx", kind="notices")
    look = look_mapped(store, form, today=today, now=now, actor="周敏")
    assert (len(look.reading.rows), look.report.known) == (1, 1)
    assert count(store, Notice) == [1]


def test_an_import_is_taken_back_whole_and_may_be_taken_again(
    store: Store, take: Callable[..., Any], undo: Callable[..., int]
) -> None:
    first = take("penalties", PENALTIES)
    assert first.taken == 2
    assert count(store, Case, Decision, Payment, Party) == [2, 2, 1, 1]
    assert undo(first.import_id) == 6
    assert count(store, Case, Decision, Payment, Party) == [0, 0, 0, 0]
    [row] = imports.import_rows(store, imports.import_ids(store))
    assert (row.state, row.undone_by, row.undo_reason) == (
        ImportState.UNDONE,
        "何志远",
        "选错了文件",
    )
    with pytest.raises(Refused, match="已经撤销过"):
        undo(first.import_id)
    assert verification.verify(store, actor="周敏").problems == ()
    assert take("penalties", PENALTIES).taken == 2
    assert verification.verify(store, actor="周敏").problems == ()


def test_a_party_others_lean_on_stays(
    store: Store, take: Callable[..., Any], undo: Callable[..., int]
) -> None:
    first = take("penalties", PENALTIES[:2])
    second = take("penalties", [PENALTIES[0], ["旧罚9号", *PENALTIES[1][1:]]])
    undo(first.import_id)
    assert count(store, Case, Party) == [1, 1]
    undo(second.import_id)
    assert count(store, Case, Party) == [0, 1]


def outcome(store: Store, today: date, now: datetime) -> None:
    form = OutcomeForm(notice_ids=(1,), outcome=NoticeOutcome.MOVED_OFF)
    set_outcome(store, form, today=today, now=now, actor="周敏")


def void(store: Store, today: date, now: datetime) -> None:
    form = VoidNoticeForm(notice_ids=(2,), reason="号牌认错")
    void_notices(store, form, today=today, now=now, actor="周敏")


def freeze(store: Store, today: date, now: datetime) -> None:
    form = FreezeReportForm(first=date(2026, 8, 1), last=date(2026, 8, 31))
    freeze_report(store, form, today=today, now=now, actor="周敏")


@pytest.mark.parametrize(
    ("use", "say"),
    [(outcome, "办理过"), (void, "办理过"), (freeze, "锁定上报"), (None, "")],
)
def test_an_import_that_was_used_is_not_taken_back(
    store: Store,
    take: Callable[..., Any],
    undo: Callable[..., int],
    today: date,
    now: datetime,
    use: Callable[..., None] | None,
    say: str,
) -> None:
    key = take("notices", NOTICES).import_id
    if use is None:
        assert undo(key) == 2
        return
    use(store, today, now)
    with pytest.raises(Refused, match=say):
        undo(key)
    assert count(store, Notice) == [2]


def test_a_decision_that_was_paid_and_an_officer_who_acted_are_used(
    store: Store, take: Callable[..., Any], undo: Callable[..., int]
) -> None:
    officers = [["姓名", "证号", "有效期至"], ["钱进", "J0700031", "2028-12-31"]]
    key = take("officers", officers).import_id
    with store.unit(actor="测试", operation="test") as session:
        officer = session.exec(select(Officer).where(Officer.name == "钱进")).one()
        session.add(Recorder(number="9", officer_id=officer.id, state="in_use"))
    with pytest.raises(Refused, match="执法人员“钱进”已经被别的记录引用"):
        undo(key)
    paid = take("penalties", PENALTIES).import_id
    with store.unit(actor="测试", operation="test") as session:
        decision = session.exec(select(Decision).where(Decision.number == "旧罚2号")).one()
        given = {"paid_on": date(2026, 9, 1), "amount_fen": 1, "mode": "bank"}
        session.add(Payment(decision_id=decision.id, **given))
    with pytest.raises(Refused, match="“旧罚2号”已经登记了缴款"):
        undo(paid)


def test_rows_the_program_did_not_import_cannot_be_deleted_even_by_hand(
    store: Store, take: Callable[..., Any]
) -> None:
    take("notices", NOTICES)
    models.load_all()
    with (
        pytest.raises((DBAPIError, Trouble), match=r"不能删除"),
        store.unit(actor="某人", operation="test") as session,
    ):
        session.execute(text("DELETE FROM notice WHERE id = 1"))
    assert count(store, Notice) == [2]


def test_a_stopped_import_takes_nothing(store: Store, take: Callable[..., Any]) -> None:
    class Stop(Exception):
        pass

    said: list[int] = []

    def stop(done: int, total: int) -> None:
        said.append(done)
        if len(said) > 3:
            assert total
            raise Stop

    rows = [
        NOTICES[0],
        *([f"旧告〔2026〕{one}号", "湘J12345", "2026.8.1", "路", "周敏"] for one in range(1, 1500)),
    ]
    with pytest.raises(Stop):
        take("notices", rows, progress=stop)
    assert count(store, Notice) == [0]


KINDS: dict[str, list[list[Any]]] = {
    "notices": NOTICES[:2],
    "penalties": PENALTIES[:2],
    "leads": [["来源", "收到时间", "内容"], ["市长热线", "2026-08-01", "占道"]],
    "education": [["日期", "方式", "数量"], ["2026-08-01", "说服教育", 1]],
    "officers": [["姓名", "执法证号", "有效期至"], ["钱进", "J0700031", "2028-12-31"]],
    "recorders": [["设备编号"], ["DSJ-9"]],
    **{
        kind: [list(HEAD[kind]), [rows[0].get(one) for one in HEAD[kind]]]
        for kind, rows in GOOD.items()
    },
}


@pytest.mark.parametrize("kind", sorted(MAPPED))
def test_every_kind_says_how_far_it_is_while_it_is_taken_and_can_be_stopped(
    store: Store, take: Callable[..., Any], kind: str
) -> None:
    class Stop(Exception):
        pass

    told: list[tuple[int, int]] = []
    looked = take(kind, KINDS[kind], dry_run=True, progress=lambda *one: told.append(one))
    assert (looked.taken, told[-1]) == (1, (0, 1))

    def stop_at_the_last(*_one: int) -> None:
        told.pop()
        if not told:
            raise Stop

    with pytest.raises(Stop):
        take(kind, KINDS[kind], progress=stop_at_the_last)
    assert take(kind, KINDS[kind]).taken == 1


@pytest.mark.parametrize("kind", sorted(MAPPED))
def test_every_kind_is_taken_back_as_one_act(
    take: Callable[..., Any], undo: Callable[..., int], kind: str
) -> None:
    first = take(kind, KINDS[kind])
    assert undo(first.import_id)
    assert take(kind, KINDS[kind]).taken == 1


@pytest.mark.parametrize("kind", sorted(MAPPED))
def test_every_kind_has_required_columns_that_must_come_from_somewhere(
    kind: str, take: Callable[..., Any]
) -> None:
    with pytest.raises(Trouble, match="取自哪一列"):
        take(kind, [["无关", "的列"], ["1", "2"]])


def test_no_such_import_and_no_file_are_said_so(
    store: Store, undo: Callable[..., int], today: date, now: datetime
) -> None:
    with pytest.raises(InvalidForm):
        undo(99)
    with pytest.raises(InvalidForm):
        ledgers.import_mapped(
            store, ledgers.MappedForm(kind="notices"), today=today, now=now, actor="周敏"
        )
