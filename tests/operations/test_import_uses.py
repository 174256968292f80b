"""Imports taken back until one of their rows is named, counted or looked up anywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlmodel import col, select

from enforcer.course_terms import RecordKind
from enforcer.errors import Refused
from enforcer.evidence_terms import ActionKind
from enforcer.models import (
    ActionRecorders,
    Case,
    Certificate,
    Decision,
    FirstViolationCheck,
    Guidance,
    Notice,
    Officer,
    Recorder,
    WrittenRecord,
)
from enforcer.operations import ledgers
from enforcer.store.database import Store
from enforcer.terms import (
    Discretion,
    GuidanceKind,
    NoticeState,
    Origin,
    PartyKind,
    Procedure,
    Stage,
)
from tests.factories import an_office

DAY = date(2026, 9, 4)
OFFICERS = [["姓名", "执法证号", "有效期至"], ["钱进", "J0700031", "2028-12-31"]]
RENEWED = [
    ["姓名", "执法证号", "发证日期", "有效期至"],
    ["吴过期", "J0799999", "2026-08-01", "2032-12-31"],
]
NOTICES = [
    ["编号", "号牌号码", "告知时间", "地点"],
    ["旧1号", "湘J12345", "2026-08-20", "柳叶大道"],
]
PENALTIES = [
    ["决定书文号", "程序", "当事人", "当事人类别", "证件号码", "案由", "决定日期", "处罚种类"],
    ["旧罚1号", "简易", "某公司", "法人", "91350100M000100Y43", "占道", "2026-08-01", "警告"],
]
RECORDERS = [["设备编号", "型号"], ["DSJ-9", "某型"]]
Make = Callable[[int], Any]


@pytest.fixture
def desk(store: Store, tmp_path: Path, today: date, now: datetime) -> tuple[Any, Any]:
    an_office(store)
    with store.unit(actor="测试", operation="a_case") as session:
        session.add(
            Case(
                id=1, number="案1号", procedure=Procedure.ORDINARY, stage=Stage.FILED,
                origin=Origin.MADE_HERE, cause="占道", party_name="某公司",
                party_kind=PartyKind.LEGAL_PERSON,
            )
        )  # fmt: skip

    def take(kind: str, rows: list[list[Any]]) -> int:
        book = openpyxl.Workbook()
        assert book.active
        for row in rows:
            book.active.append(row)
        path = tmp_path / f"{kind}.xlsx"
        book.save(path)
        form = ledgers.LedgerForm(path=path, kind=kind)
        report = ledgers.import_ledger(store, form, today=today, now=now, actor="周敏")
        assert report.import_id
        return report.import_id

    def undo(import_id: int) -> int:
        form = ledgers.UndoImportForm(import_id=import_id, reason="选错了文件")
        return ledgers.undo_import(store, form, today=today, now=now, actor="何志远")

    return take, undo


def a_record(officer_id: int) -> WrittenRecord:
    return WrittenRecord(
        case_id=1, kind=RecordKind.INSPECTION, on=DAY, officer_ids=[officer_id], officers=["某人"]
    )


def an_act_of(name: str) -> Guidance:
    return Guidance(
        occurred_on=DAY, kind=GuidanceKind.PERSUASION, quantity=1, officers=f"{name}、何志远",
        origin=Origin.MADE_HERE,
    )  # fmt: skip


def a_notice(**given: Any) -> Notice:
    return Notice(
        number="告1号", state=NoticeState.ISSUED, origin=Origin.MADE_HERE, noticed_on=DAY, **given
    )


def weighed(plate: str, days: int) -> Notice:
    says = f"近 {days} 日已告知 1 次（均为同一事项），最近 2026-08-20 在柳叶大道。"
    return a_notice(plate=plate, plate_key=plate, ladder_says=says)


def a_check(number: str) -> FirstViolationCheck:
    return FirstViolationCheck(
        item_key="road_occupation", party_id_number=number, asked_on=DAY,
        checked_at=datetime(2026, 9, 4, tzinfo=UTC), checked_by="周敏",
    )  # fmt: skip


def recorders_named(*names: str) -> ActionRecorders:
    return ActionRecorders(
        action=ActionKind.INSPECTION, action_id=1, case_id=1, recorders=list(names),
        recorded_at=datetime(2026, 9, 4, tzinfo=UTC), recorded_by="周敏",
    )  # fmt: skip


def a_decision(*names: str) -> Decision:
    return Decision(
        case_id=1, number="罚1号", procedure=Procedure.SUMMARY, decided_on=DAY,
        discretion=Discretion.ORDINARY, facts={"form": {"recorders": list(names)}},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "rows", "use", "say"),
    [
        ("officers", OFFICERS, a_record, "写进导入以后的记录"),
        ("officers", OFFICERS, lambda key: a_notice(officer1_id=key), "被别的记录引用"),
        ("officers", OFFICERS, lambda _key: an_act_of("钱进"), "写进导入以后的记录"),
        ("officers", OFFICERS, lambda _key: an_act_of("周敏"), ""),
        ("officers", RENEWED, lambda _key: a_notice(officer1_id=3), "持证人导入以后已经办过"),
        ("officers", RENEWED, lambda _key: a_notice(officer1_id=2), ""),
        ("recorders", RECORDERS, lambda _key: a_notice(recorders="DSJ-8、DSJ-9"), "写进导入以后的记录"),
        ("recorders", RECORDERS, lambda _key: recorders_named("DSJ-9"), "写进导入以后的记录"),
        ("recorders", RECORDERS, lambda _key: a_decision("DSJ-9"), "写进导入以后的记录"),
        ("recorders", RECORDERS, lambda _key: a_decision("DSJ-99"), ""),
        ("notices", NOTICES, lambda _key: weighed("湘J12345", 30), "告知书“旧1号”已经计入“告1号”的告知次数"),
        ("notices", NOTICES, lambda _key: weighed("湘J12345", 10), ""),
        ("notices", NOTICES, lambda _key: weighed("湘J12346", 30), ""),
        ("notices", NOTICES, lambda _key: a_notice(plate="湘J12345", plate_key="湘J12345"), ""),
        ("penalties", PENALTIES, lambda _key: a_check("91350100M000100Y43"), "案件“旧罚1号”已经用于初次违法核查"),
        ("penalties", PENALTIES, lambda _key: a_check("91350100M000100Y99"), ""),
    ],
)  # fmt: skip
def test_whoever_and_whatever_has_been_named_stays(
    store: Store, desk: tuple[Any, Any], kind: str, rows: list[list[Any]], use: Make, say: str
) -> None:
    take, undo = desk
    import_id = take(kind, rows)
    with store.reading() as session:
        model = Officer if kind == "officers" else Recorder
        last = session.exec(select(model.id).order_by(col(model.id).desc())).first()
        certificates = len(session.exec(select(Certificate)).all())
    with store.unit(actor="测试", operation="use") as session:
        session.add(use(last or 0))
    if not say:
        assert undo(import_id)
        return
    with pytest.raises(Refused, match=say):
        undo(import_id)
    with store.reading() as session:
        assert len(session.exec(select(Certificate)).all()) == certificates
