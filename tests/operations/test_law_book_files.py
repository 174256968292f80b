"""The law book out to Excel and in again: exact headers, whole rows, each refusal with its place."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlmodel import select

from enforcer.__main__ import main
from enforcer.errors import WorkbookTrouble
from enforcer.exchange.law_sheets import LAW_SHEETS
from enforcer.models import AuditEntry
from enforcer.operations import law_book
from enforcer.operations.ledgers import ImportReport
from enforcer.queries import law_book as asked
from enforcer.store.database import Store

HEAD = {kind: tuple(one.header for one in sheet.columns) for kind, sheet in LAW_SHEETS.items()}
Take = Callable[..., ImportReport]


@pytest.fixture
def take(store: Store, tmp_path: Path, today: date, now: datetime) -> Take:
    def carry_out(
        kind: str, rows: list[dict[str, Any]], *, head: tuple[str, ...] = (), **more: Any
    ) -> ImportReport:
        head = head or HEAD[kind]
        path = more.pop("path", None) or book(
            tmp_path / f"{kind}.xlsx", head, [tuple(row.get(one) for one in head) for row in rows]
        )
        form = law_book.ImportLawForm(path=path, kind=kind, **more)  # type: ignore[arg-type]
        return law_book.import_law(store, form, today=today, now=now, actor="周敏")

    return carry_out


def book(path: Path, head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    made.save(path)
    return path


def said(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.say) for one in report.refused]


TITLE = "国务院办公厅关于2027年部分节假日安排的通知"
NUMBER = "国办发明电〔2026〕9号"
HOLIDAYS = [
    {"年份": 2027, "通知名称": TITLE, "文号": NUMBER, "节日": "元旦",
     "放假开始": date(2027, 1, 1), "放假结束": "2027年1月3日"},
    {"年份": 2027, "通知名称": TITLE, "文号": NUMBER, "节日": "春节", "放假开始": "2027-2-5",
     "放假结束": "2027-2-12", "调休上班": "1月31日（周日）、2月20日（周六）上班"},
    {"年份": 2027, "通知名称": TITLE, "文号": NUMBER, "节日": "国庆节", "放假开始": "2027-10-1",
     "放假结束": "2027-10-7", "调休上班": "2027-09-26"},
]  # fmt: skip
AMOUNT = {
    "案由": "擅自在街道两侧和公共场地堆放物料，搭建建筑物、构筑物或者其他设施", "对象": "公民",
    "下限(元)": 50, "上限(元)": 200, "本地规定名称": "某市市容和环境卫生管理条例", "文号": "公告第3号",
    "条款": "第三十条", "条文原文": "处五十元以上二百元以下罚款。", "施行日期": "2020-01-01",
}  # fmt: skip
TIER = {
    "案由": "擅自占用城市道路", "对象": "个人、单位", "裁量阶次": "轻微", "裁量": "从轻",
    "适用情形": "占用面积 ≤ 5 平方米\n在责令的时间内整改", "情形关系": "全部具备", "上限(元)": 500,
    "裁量基准名称": "某市裁量基准", "文号": "某政规〔2025〕12号", "施行日期": "2026-01-01",
}  # fmt: skip
ROW = {
    "类别": "不予-首违", "事项": "擅自占用城市道路", "适用条件": "当场收摊", "清单名称": "某市首违不罚清单",
    "法律依据": "行政处罚法第三十三条第一款", "清单文号": "某城管〔2026〕1号", "施行日期": "2026-01-01",
    "配套监管措施": "说服教育、行政回访",
}  # fmt: skip
GOOD = {"holidays": HOLIDAYS, "violations": [AMOUNT], "tiers": [TIER], "lists": [ROW]}


@pytest.mark.parametrize("kind", list(GOOD))
def test_the_good_rows_are_taken_and_the_same_file_twice_changes_nothing(
    take: Take, kind: str
) -> None:
    first = take(kind, GOOD[kind])
    count = len(GOOD[kind])
    assert (first.read, first.taken, first.known, first.refused) == (count, count, 0, ())
    again = take(kind, GOOD[kind])
    assert (again.taken, again.known, again.refused) == (0, count, ())


@pytest.mark.parametrize("kind", list(GOOD))
def test_what_is_written_out_is_taken_in_again(
    take: Take, store: Store, tmp_path: Path, today: date, now: datetime, kind: str
) -> None:
    take(kind, GOOD[kind])
    path = tmp_path / "out.xlsx"
    form = law_book.ExportLawForm(path=path, kind=kind)  # type: ignore[arg-type]
    written = law_book.export_law(store, form, today=today, now=now, actor="周敏")
    head = next(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert head == HEAD[kind]
    report = take(kind, [], path=path)
    assert (report.read, report.taken, report.refused) == (written.rows, 0, ())
    assert report.known == written.rows
    with store.reading() as session:
        last = session.exec(select(AuditEntry)).all()[-1]
    assert last.operation == "import_law"


def test_a_holiday_notice_from_excel_counts(take: Take, store: Store) -> None:
    take("holidays", HOLIDAYS)
    days = asked.calendar_for(store)
    assert days.why_not(date(2027, 2, 8)) == "春节放假"
    assert days.is_working(date(2027, 1, 31))
    assert days.is_working(date(2027, 9, 26))


def test_a_corrected_notice_replaces_the_former_and_says_so(take: Take, store: Store) -> None:
    take("holidays", HOLIDAYS)
    report = take("holidays", HOLIDAYS[:2])
    assert (report.taken, report.remarks) == (
        2, ("2027 年的放假通知原来已经录入，已按这个文件替换。",)
    )  # fmt: skip
    assert asked.calendar_for(store).why_not(date(2027, 10, 1)) == ""


@pytest.mark.parametrize(
    ("change", "column", "told"),
    [
        ({"文号": "另一号"}, "文号", "不同的通知名称或者文号"),
        ({"调休上班": "二月十四日"}, "调休上班", "“二月十四日”不是日期"),
        ({"调休上班": "2月30日"}, "调休上班", "“2月30日”不是日期"),
        ({"放假结束": "2027-01-01"}, "节日", "早于开始日"),
    ],
)
def test_a_year_is_taken_whole_or_not_at_all(
    take: Take, store: Store, change: dict[str, Any], column: str, told: str
) -> None:
    report = take("holidays", [HOLIDAYS[0], HOLIDAYS[1] | change])
    assert report.taken == 0
    assert [(row, where, told in say) for row, where, say in said(report)] == [
        (2, column, True), (3, column, True)
    ]  # fmt: skip
    assert not asked.calendar_for(store).knows(2027)


def test_a_year_out_of_reach_is_refused(take: Take) -> None:
    report = take("holidays", [HOLIDAYS[0] | {"年份": 1999}])
    assert report.refused[0].column == "年份"


@pytest.mark.parametrize(
    ("kind", "change", "column", "told"),
    [
        ("violations", {"案由": "随便什么"}, "案由", "没有这个事项"),
        ("violations", {"案由": "机动车违反规定在人行道上停放"}, "案由", "法律、行政法规已经规定"),
        (
            "violations",
            {"案由": "随地吐痰、便溺，乱扔果皮、纸屑和烟头等废弃物", "对象": "单位"},
            "对象",
            "不罚法人或者其他组织",
        ),
        ("violations", {"条款": None}, "条款", "没有填写"),
        ("violations", {"条款": "三十"}, "条款", "看不懂"),
        ("violations", {"上限(元)": 20}, "上限(元)", "上限小于下限"),
        ("violations", {"施行日期": None}, "施行日期", "没有填写"),
        ("violations", {"失效日期": "2019-1-1"}, "失效日期", "早于施行日期"),
        ("tiers", {"案由": "随便什么"}, "案由", "没有这个事项"),
        ("tiers", {"适用情形": None}, "适用情形", "没有写适用条件"),
        ("tiers", {"适用情形": "面积 ≤ 大"}, "适用情形", "看不懂"),
        ("tiers", {"上限(元)": 30000}, "上限(元)", "超过法定最高"),
        ("tiers", {"裁量": "不予处罚"}, "裁量", "不在可填写的范围内"),
        ("tiers", {"文号": None}, "文号", "没有填写"),
        ("lists", {"适用条件": None}, "适用条件", "没有写适用条件"),
        ("lists", {"适用条件": "面积 ≤ 大"}, "适用条件", "看不懂"),
        ("lists", {"法律依据": None}, "法律依据", "没有注明法律条文"),
        ("lists", {"法律依据": "行政处罚法第九十九条"}, "法律依据", "没有第九十九条"),
        ("lists", {"类别": "免罚"}, "类别", "不在可填写的范围内"),
        ("lists", {"清单文号": None}, "清单文号", "没有填写"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_column_and_the_others_are_taken(
    take: Take, kind: str, change: dict[str, Any], column: str, told: str
) -> None:
    good = GOOD[kind][0]
    report = take(kind, [good | change, good])
    assert report.taken == 1
    [(row, where, say)] = said(report)
    assert (row, where) == (2, column), say
    assert told in say


@pytest.mark.parametrize("kind", list(GOOD))
def test_a_wrong_column_is_refused_with_its_letter(take: Take, store: Store, kind: str) -> None:
    head = (*HEAD[kind], "领导批示")
    with pytest.raises(WorkbookTrouble, match=f"列“领导批示”不是{LAW_SHEETS[kind].title}的栏目"):
        take(kind, GOOD[kind], head=head)
    without = tuple(one for one in HEAD[kind] if one not in ("文号", "清单文号"))
    with pytest.raises(WorkbookTrouble, match="文号"):
        take(kind, GOOD[kind], head=without)
    with store.reading() as session:
        assert session.exec(select(AuditEntry)).all() == []


def test_the_column_for_the_reader_may_be_left_out(take: Take) -> None:
    head = tuple(one for one in HEAD["violations"] if one != "国家规定")
    assert take("violations", [AMOUNT], head=head).taken == 1


def test_a_dry_run_takes_nothing(take: Take, store: Store) -> None:
    report = take("lists", [ROW], dry_run=True)
    assert report.taken == 1
    assert asked.list_entries(store) == []


def test_the_same_request_gets_the_same_answer(take: Take, store: Store) -> None:
    request = "6f1c7f5e-7c5e-4d0a-9a50-3a9c1a2b3c4d"
    bad = ROW | {"适用条件": None}
    first = take("lists", [ROW, bad], request_id=request)
    again = take("lists", [ROW, bad], request_id=request)
    assert again == first
    assert len(asked.list_entries(store)) == 1


def test_an_amount_that_is_there_already_is_corrected_by_hand_not_by_a_file(take: Take) -> None:
    take("violations", [AMOUNT])
    report = take("violations", [AMOUNT | {"上限(元)": 300}])
    assert "已经有一条" in said(report)[0][2]
    tiers = take("tiers", [TIER]), take("tiers", [TIER | {"上限(元)": 600}])
    assert [one.taken for one in tiers] == [1, 0]
    rows = take("lists", [ROW]), take("lists", [ROW | {"配套监管措施": "行政约谈"}])
    assert [one.taken for one in rows] == [1, 0]


def test_the_order_of_tiers_is_that_of_the_sheet(take: Take, store: Store) -> None:
    second = TIER | {"裁量阶次": "一般", "裁量": "一般", "适用情形": "占用面积 > 5 平方米",
                     "下限(元)": 500, "上限(元)": 5000}  # fmt: skip
    take("tiers", [TIER, second])
    assert [(one.position, one.tier.name) for one in asked.tiers(store)] == [
        (1, "轻微"), (2, "一般")
    ]  # fmt: skip


def test_an_item_the_catalogue_does_not_have_is_kept_with_a_remark(
    take: Take, store: Store
) -> None:
    report = take("lists", [ROW | {"事项": "燃放烟花爆竹"}])
    assert report.taken == 1
    assert "“燃放烟花爆竹”不在违法行为清单里" in report.remarks[0]
    assert asked.list_entries(store)[0].row.item_key == ""


def test_the_sheet_of_amounts_lists_what_still_waits_for_a_local_rule(
    store: Store, tmp_path: Path, today: date, now: datetime
) -> None:
    path = tmp_path / "violations.xlsx"
    form = law_book.ExportLawForm(path=path, kind="violations")
    law_book.export_law(store, form, today=today, now=now, actor="周敏")
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2, values_only=True))
    named = {(row[0], row[2]) for row in rows}
    assert (AMOUNT["案由"], "个人") in named
    assert (AMOUNT["案由"], "单位") in named
    assert all("待机关确认" in str(row[1]) for row in rows)
    assert all(row[4] is None for row in rows)


def test_the_command_takes_the_lists_in(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.close()
    rows = [tuple(one.get(head) for head in HEAD["lists"]) for one in (ROW, ROW | {"类别": "免罚"})]
    path = book(tmp_path / "lists.xlsx", HEAD["lists"], rows)
    words = ["import", str(path), "--kind", "lists", "--home", str(store.home), "--json"]
    assert main(words) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["read"], report["taken"], report["refused"][0]["row"]) == (2, 1, 3)
    wrong = book(tmp_path / "wrong.xlsx", (*HEAD["lists"], "批示"), [(*rows[0], "同意")])
    assert main(["import", str(wrong), "--kind", "lists", "--home", str(store.home), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert "列“批示”不是" in said["refused"][0]["say"]
