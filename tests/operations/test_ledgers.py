"""Ledgers taken over: what is taken, what is known, what is refused; twice changes nothing."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlmodel import Session, select

from enforcer.models import (
    AuditEntry,
    Case,
    Certificate,
    Decision,
    Guidance,
    Notice,
    Officer,
    Party,
    Payment,
    Recorder,
    Series,
)
from enforcer.operations import numbering
from enforcer.operations.ledgers import ImportReport, LedgerForm, import_ledger
from enforcer.operations.verification import verify
from enforcer.store.database import Store
from enforcer.terms import (
    Discretion,
    NoticeOutcome,
    NoticeState,
    Origin,
    PenaltyKind,
    Procedure,
    SeriesKind,
    Stage,
)
from tests.factories import an_office

NOTICE = (
    "编号",
    "号牌号码",
    "号牌颜色",
    "告知时间",
    "地点",
    "情形",
    "执法人员1",
    "执法人员2",
    "处置结果",
    "备注",
)
PENALTY = ("决定书文号", "程序", "当事人", "当事人类别", "证件号码", "案由", "决定日期", "处罚种类", "罚款金额(元)",
           "没收金额(元)", "裁量", "不予处罚理由", "缴款日期", "缴款金额(元)", "结案日期")  # fmt: skip


def book(path: Path, head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    made.save(path)
    return path


def take(store: Store, path: Path, kind: str, **more: Any) -> ImportReport:
    now = store.clock()
    form = LedgerForm(path=path, kind=kind, **more)
    return import_ledger(store, form, today=now.date(), now=now, actor="测试")


def notices(path: Path, rows: list[tuple[Any, ...]]) -> Path:
    return book(path / "台账.xlsx", NOTICE, rows)


ROW = (
    "甲温告字〔2026〕第00001号",
    "湘J8K216",
    "蓝",
    "2026-09-01 09:05",
    "桃林路118号",
    "违停",
    "周敏",
    "何志远",
    "已驶离",
    "",
)


def test_a_notice_is_taken_as_history(store: Store, tmp_path: Path) -> None:
    an_office(store)
    report = take(store, notices(tmp_path, [ROW]), "notices")
    assert (report.read, report.taken, report.known, report.refused) == (1, 1, 0, ())
    with store.reading() as session:
        row = session.exec(select(Notice)).one()
    assert (row.plate, row.plate_key, row.origin) == ("湘J·8K216", "湘J8K216", Origin.BACKFILLED)
    assert (row.state, row.outcome) == (NoticeState.ISSUED, NoticeOutcome.MOVED_OFF)
    assert row.noticed_on == date(2026, 9, 1)
    assert row.officer1_id
    assert row.item_key == "pavement_parking"


def test_the_same_file_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = notices(tmp_path, [ROW, ("甲温告字〔2026〕第00002号", *ROW[1:])])
    take(store, path, "notices")
    again = take(store, path, "notices")
    assert (again.read, again.taken, again.known) == (2, 0, 2)


def test_the_same_number_written_otherwise_is_known(store: Store, tmp_path: Path) -> None:
    take(store, notices(tmp_path, [ROW]), "notices")
    again = take(store, notices(tmp_path, [("甲温告字[2026]1号", *ROW[1:])]), "notices")
    assert (again.taken, again.known) == (0, 1)


def test_a_dry_run_reports_and_takes_nothing(store: Store, tmp_path: Path) -> None:
    report = take(store, notices(tmp_path, [ROW]), "notices", dry_run=True)
    assert report.taken == 1
    with store.reading() as session:
        assert session.exec(select(Notice)).all() == []
        assert session.exec(select(Series)).all() == []
        assert session.exec(select(AuditEntry)).all() == []


def test_a_void_row_keeps_its_number_and_reason(store: Store, tmp_path: Path) -> None:
    take(store, notices(tmp_path, [(*ROW[:8], "作废", "打印歪斜")]), "notices")
    with store.reading() as session:
        row = session.exec(select(Notice)).one()
    assert (row.state, row.void_reason, row.outcome) == (NoticeState.VOID, "打印歪斜", None)


def test_good_rows_are_taken_and_bad_ones_named_by_row_and_column(
    store: Store, tmp_path: Path
) -> None:
    bad = [
        ("甲温告字〔2026〕第00002号", "湘J8K216", "蓝", "2026-02-30 09:05", *ROW[4:]),
        ("甲温告字〔2026〕第00003号", "湘J8K216", "蓝", "2027-01-01 09:05", *ROW[4:]),
        ("甲温告字〔2026〕第00004号", "湘J8K216", "紫", *ROW[3:]),
        ("", *ROW[1:]),
    ]
    report = take(store, notices(tmp_path, [ROW, *bad]), "notices")
    assert (report.read, report.taken) == (5, 1)
    assert [(one.row, one.column) for one in report.refused] == [
        (3, "告知时间"), (4, "告知时间"), (5, "号牌颜色"), (6, "编号"),
    ]  # fmt: skip


def test_an_unknown_officer_is_kept_as_text_and_remarked_on_once(
    store: Store, tmp_path: Path
) -> None:
    an_office(store)
    rows = [(f"甲温告字〔2026〕第0000{n}号", *ROW[1:6], "老张", "周敏", "", "") for n in (1, 2)]
    report = take(store, notices(tmp_path, rows), "notices")
    assert [one for one in report.remarks if "老张" in one] == [
        "执法人员“老张”不在人员台账里，按文字保留。"
    ]
    with store.reading() as session:
        assert {one.officer1 for one in session.exec(select(Notice))} == {"老张"}


def test_imported_numbers_push_the_series_on(store: Store, tmp_path: Path) -> None:
    office = an_office(store)
    rows = [(f"常城管温告字〔2026〕第{n:05d}号", *ROW[1:]) for n in (3, 17)]
    take(store, notices(tmp_path, rows), "notices")
    with store.unit(actor="测试") as session:
        series = numbering.series_for(session, office.organ, SeriesKind.NOTICE, 2026)
        assert numbering.draw(session, series)[0].serial == 18
        session.rollback()
    assert verify(store, actor="测试").problems == ()


def penalties(path: Path, rows: list[tuple[Any, ...]]) -> Path:
    return book(path / "处罚.xlsx", PENALTY, rows)


SUMMARY = ("甲当罚字〔2026〕第001号", "简易", "李某", "公民", "", "擅自占用城市道路", datetime(2026, 8, 3),
           "警告、罚款", 200, None, "一般", None, "2026年8月5日", 200, "2026/8/6")  # fmt: skip


def only(session: Session, table: type) -> Any:
    return session.exec(select(table)).one()


def test_a_penalty_becomes_a_case_a_decision_and_a_payment(store: Store, tmp_path: Path) -> None:
    assert take(store, penalties(tmp_path, [SUMMARY]), "penalties").taken == 1
    with store.reading() as session:
        case, decision = only(session, Case), only(session, Decision)
        payment = only(session, Payment)
    assert (case.number, case.stage, case.procedure) == (
        SUMMARY[0],
        Stage.CLOSED,
        Procedure.SUMMARY,
    )
    assert (decision.heaviest, decision.fine_fen) == (PenaltyKind.FINE, 20_000)
    assert decision.kinds == ["warning", "fine"]
    assert (payment.amount_fen, payment.paid_on) == (20_000, date(2026, 8, 5))


def test_no_penalty_has_a_reason_and_no_class(store: Store, tmp_path: Path) -> None:
    row = ("甲不罚〔2026〕第001号", "一般", "某公司", "法人", "", "未按规定处置", "2026-08-03", None, None,
           None, "不予处罚", "首违", None, None, None)  # fmt: skip
    assert take(store, penalties(tmp_path, [row]), "penalties").taken == 1
    with store.reading() as session:
        decision = only(session, Decision)
    assert (decision.discretion, decision.heaviest) == (Discretion.NO_PENALTY, None)
    assert decision.procedure is Procedure.ORDINARY


def test_parties_are_made_once_by_their_number(store: Store, tmp_path: Path) -> None:
    number = "11010519491231002X"
    rows = [
        (f"甲当罚字〔2026〕第00{n}号", "简易", "李某", "公民", number, *SUMMARY[5:]) for n in (1, 2)
    ]
    report = take(store, penalties(tmp_path, rows), "penalties")
    assert report.taken == 2, report.refused
    with store.reading() as session:
        assert only(session, Party).id_number == number


def test_a_number_that_excel_rounded_is_refused(store: Store, tmp_path: Path) -> None:
    row = (*SUMMARY[:4], 110105194912310020, *SUMMARY[5:])
    report = take(store, penalties(tmp_path, [row]), "penalties")
    assert report.taken == 0
    assert report.refused[0].column == "证件号码"
    assert "Excel" in report.refused[0].say


def test_officers_and_recorders(store: Store, tmp_path: Path) -> None:
    head = ("姓名", "执法证号", "发证日期", "有效期至", "岗位")
    path = book(tmp_path / "人员.xlsx", head, [
        ("周敏", "J0700012", "2024-01-01", "2028-12-31", "执法人员"),
        ("孙雅琴", "J0700040", None, "2028-12-31", "法制审核"),
    ])  # fmt: skip
    assert take(store, path, "officers").taken == 2
    assert take(store, path, "officers").known == 2
    devices = book(tmp_path / "仪.xlsx", ("设备编号", "型号", "配发给", "启用日期", "状态"), [
        ("0700021", "DSJ", "周敏", "2024-01-01", "在用"),
        ("0700022", "DSJ", "周敏", "2024-01-01", "在用"),
        ("0700023", "DSJ", "老李", None, "停用"),
    ])  # fmt: skip
    report = take(store, devices, "recorders")
    assert (report.taken, [one.row for one in report.refused]) == (2, [3])
    with store.reading() as session:
        assert len(session.exec(select(Officer)).all()) == 2
        assert len(session.exec(select(Certificate)).all()) == 2
        assert len(session.exec(select(Recorder)).all()) == 2


def test_a_renewed_certificate_stays_with_its_officer(store: Store, tmp_path: Path) -> None:
    head = ("姓名", "执法证号", "发证日期", "有效期至")
    first = book(tmp_path / "1.xlsx", head, [("周敏", "A1", "2020-01-01", "2025-12-31")])
    second = book(tmp_path / "2.xlsx", head, [("周敏", "A2", "2026-01-01", "2030-12-31")])
    take(store, first, "officers")
    assert "换证" in take(store, second, "officers").remarks[0]
    with store.reading() as session:
        assert len(session.exec(select(Officer)).all()) == 1
        assert len(session.exec(select(Certificate)).all()) == 2


def test_equal_rows_of_one_education_ledger_are_two_acts_and_still_known(
    store: Store, tmp_path: Path
) -> None:
    head = ("日期", "方式", "地点或对象", "数量")
    path = book(tmp_path / "宣.xlsx", head, [("2026-9-1", "发放宣传单", "桃林路", 100)] * 2)
    assert take(store, path, "education").taken == 2
    assert take(store, path, "education").known == 2
    with store.reading() as session:
        assert sum(one.quantity for one in session.exec(select(Guidance))) == 200


@pytest.mark.parametrize("kind", ["notices", "penalties"])
def test_a_retry_of_the_same_request_gets_the_same_answer(
    store: Store, tmp_path: Path, kind: str
) -> None:
    from uuid import uuid4

    path = notices(tmp_path, [ROW]) if kind == "notices" else penalties(tmp_path, [SUMMARY])
    request = uuid4()
    first = take(store, path, kind, request_id=request)
    assert take(store, path, kind, request_id=request) == first
