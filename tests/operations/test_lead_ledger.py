"""线索台账 in and out: other people's headers, numbers or none, secrecy, taken back while unused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlmodel import select

from enforcer.course_terms import LeadOutcome, LeadSource
from enforcer.errors import Refused
from enforcer.models import Lead, LeadEvent
from enforcer.operations import ledgers, verification
from enforcer.operations.lead_forms import CheckLeadForm, ExportLeadsForm
from enforcer.operations.lead_papers import export_leads
from enforcer.operations.leads import check_lead
from enforcer.queries import lead_page, leads
from enforcer.queries.leads import LeadStanding
from enforcer.store.database import Store
from tests.operations.lead_desk import LeadOffice, a_lead_office, do, register, row

HEAD = [
    "编号", "来源", "来源编号", "收到时间", "内容", "附件", "地点", "被反映人", "反映人", "联系电话",
    "要求保密", "答复期限", "记录人", "承办人", "核查日期", "核查情况", "处理结果", "处理日期", "去向",
    "处理说明", "答复日期", "答复方式", "答复内容", "是否满意", "备注",
]  # fmt: skip
DONE = {
    "编号": "旧线索〔2025〕第12号", "来源": "市长热线", "来源编号": "GD20250801", "收到时间": "2025-08-01 09:30",
    "内容": "夜市占道经营", "附件": "照片2张", "地点": "柳叶大道", "反映人": "王某", "联系电话": "13900000001",
    "答复期限": "2025-08-08", "承办人": "周敏", "核查日期": "2025-08-02", "核查情况": "属实",
    "处理结果": "劝导教育", "处理日期": "2025-08-03", "处理说明": "当场收摊", "答复日期": "2025-08-05",
    "答复方式": "电话", "答复内容": "已处理", "是否满意": "满意", "备注": "来自旧台账",
}  # fmt: skip
BARE = {"来源": "巡查", "收到时间": "2025-08-06", "内容": "乱堆物料"}
Go = Callable[..., Any]


@pytest.fixture
def people(store: Store) -> LeadOffice:
    return a_lead_office(store)


@pytest.fixture
def take(store: Store, people: LeadOffice, tmp_path: Path, today: date, now: datetime) -> Go:
    del people

    def go(*rows: dict[str, Any], path: Path | None = None, head: list[str] = HEAD) -> Any:
        if path is None:
            book = openpyxl.Workbook()
            page = book.active
            assert page
            page.append(head)
            for one in rows:
                page.append([one.get(name) for name in head])
            path = tmp_path / "线索台账.xlsx"
            book.save(path)
        form = ledgers.LedgerForm(path=path, kind="leads")
        return ledgers.import_ledger(store, form, today=today, now=now, actor="周敏")

    return go


def all_leads(store: Store) -> list[Lead]:
    with store.reading() as session:
        return list(session.exec(select(Lead).order_by(Lead.id)))  # type: ignore[arg-type]


def export(store: Store, path: Path, today: date, now: datetime) -> Path:
    ids = tuple(one.id or 0 for one in all_leads(store))
    form = ExportLeadsForm(lead_ids=ids, path=path)
    export_leads(store, form, today=today, now=now, actor="周敏")
    return path


def test_a_finished_lead_of_an_older_ledger_stands_as_it_was_told(
    store: Store, take: Go, now: datetime
) -> None:
    assert take(DONE).taken == 1
    [lead] = all_leads(store)
    assert (lead.number, lead.backfilled, lead.source) == (
        "旧线索〔2025〕第12号", True, LeadSource.HOTLINE,
    )  # fmt: skip
    assert (lead.outcome, lead.outcome_on, lead.satisfied) == (
        LeadOutcome.PERSUADED, date(2025, 8, 3), True,
    )  # fmt: skip
    assert lead.handler_id
    page = lead_page.page(store, lead.id or 0, now=now)
    assert page
    assert page.row.standing is LeadStanding.DONE
    [line] = page.history
    assert (line.label, line.words) == ("登记", "编号 旧线索〔2025〕第12号；来自旧台账")
    assert page.clocks[-1].why == ("台账写明 2025-08-08 前答复。",)


def test_the_same_file_twice_and_what_is_written_out_change_nothing(
    store: Store, take: Go, tmp_path: Path, today: date, now: datetime
) -> None:
    again = BARE | {"内容": "乱堆物料", "地点": "人民路"}
    assert take(DONE, BARE, BARE, again).taken == 4
    before = [one.model_dump() for one in all_leads(store)]
    assert (take(DONE, BARE, BARE, again).known, len(all_leads(store))) == (4, 4)
    path = export(store, tmp_path / "出.xlsx", today, now)
    sheet = openpyxl.load_workbook(path).active
    assert sheet
    assert [one.value for one in sheet[1]] == HEAD
    report = take(path=path)
    assert (report.read, report.known, report.taken, report.refused) == (4, 4, 0, ())
    assert [one.model_dump() for one in all_leads(store)] == before


def test_what_is_written_out_makes_the_same_leads_in_another_home(
    store: Store, take: Go, tmp_path: Path, today: date, now: datetime
) -> None:
    first = take(DONE, BARE, DONE | {"编号": "旧2号", "来源编号": "", "处理结果": "作废"})
    path = export(store, tmp_path / "出.xlsx", today, now)
    left_out = {"id", "uid", "serial"}
    before = [one.model_dump(exclude=left_out) for one in all_leads(store)]
    ledgers.undo_import(
        store,
        ledgers.UndoImportForm(import_id=first.import_id, reason="换一个数据目录"),
        today=today, now=now, actor="周敏",
    )  # fmt: skip
    assert all_leads(store) == []
    assert take(path=path).taken == 3
    assert [one.model_dump(exclude=left_out) for one in all_leads(store)] == before
    assert before[2]["voided_on"] == date(2025, 8, 3)


def test_who_asked_for_secrecy_is_blotted_out_and_the_others_are_not(
    store: Store, take: Go, tmp_path: Path, today: date, now: datetime
) -> None:
    report = take(
        DONE, DONE | {"编号": "旧2号", "来源编号": "2", "要求保密": "是", "内容": "王某举报"}
    )
    assert any("反映人要求保密" in one for one in report.remarks)
    path = export(store, tmp_path / "出.xlsx", today, now)
    sheet = openpyxl.load_workbook(path).active
    assert sheet
    told = HEAD.index("反映人")
    rows = [[one.value for one in line[told : told + 3]] for line in sheet.iter_rows(min_row=2)]
    assert rows == [["王某", "13900000001", None], ["王＊", "＊＊＊＊0001", "是"]]
    other = take(
        DONE | {"编号": "旧3号", "来源编号": "3", "反映人": "王＊", "联系电话": "＊＊＊＊0001"}
    )
    assert any("遮盖过" in one for one in other.remarks)
    assert all_leads(store)[-1].informant == ""


@pytest.mark.parametrize(
    ("change", "column", "say"),
    [
        ({"内容": ""}, "内容", "没有填写"),
        ({"来源": "天上"}, "来源", "天上"),
        ({"收到时间": "2027-01-01"}, "收到时间", "2027"),
        ({"处理结果": "", "处理日期": "2025-08-03"}, "处理结果", "没有处理结果"),
        ({"答复日期": "2025-07-01"}, "答复日期", "早于收到日期"),
        ({"答复日期": ""}, "答复日期", "没有答复日期"),
        ({}, "", ""),
    ],
)
def test_a_row_that_cannot_be_is_sent_back_by_its_column(
    take: Go, change: dict[str, Any], column: str, say: str
) -> None:
    report = take(DONE | change)
    if not column:
        assert report.taken == 1
        return
    [refused] = report.refused
    assert (refused.column, say in refused.say) == (column, True)


def test_leads_that_went_into_one_another_are_tied_together(store: Store, take: Go) -> None:
    merged = DONE | {"编号": "旧2号", "来源编号": "", "处理结果": "并案处理", "去向": DONE["编号"]}
    handed = DONE | {"编号": "旧3号", "处理结果": "转有权机关处理", "去向": "市场监管局"}
    filed = DONE | {"编号": "旧4号", "处理结果": "立案", "去向": "城罚〔2025〕9号"}
    about = DONE | {"编号": "旧5号", "处理结果": "并案处理", "去向": "旧5号"}
    assert take(merged, DONE, handed, filed, about).taken == 5
    rows = leads.lead_rows(store, range(1, 6), today=date(2026, 9, 3))
    assert {one.number: one.ended for one in rows} == {
        "旧线索〔2025〕第12号": "劝导教育",
        "旧2号": "并案处理：旧线索〔2025〕第12号",
        "旧3号": "转有权机关处理：市场监管局",
        "旧4号": "立案：城罚〔2025〕9号",
        "旧5号": "并案处理：旧5号",
    }


def test_leads_are_taken_back_until_one_of_them_is_handled(
    store: Store, take: Go, people: LeadOffice, today: date, now: datetime
) -> None:
    def undo(import_id: int) -> int:
        form = ledgers.UndoImportForm(import_id=import_id, reason="选错了文件")
        return ledgers.undo_import(store, form, today=today, now=now, actor="何志远")

    first = take(DONE, BARE)
    assert undo(first.import_id) == 4  # two leads, two lines of their history
    assert all_leads(store) == []
    assert verification.verify(store, actor="周敏").problems == ()
    second = take(DONE, BARE)
    number = all_leads(store)[1].number
    assert number == "补录线索〔2025〕2号"
    lead_id = all_leads(store)[1].id or 0
    form = CheckLeadForm(lead_id=lead_id, by_id=people.officer, findings="现场没有物料了")
    check_lead(store, form, today=today, now=now, actor="周敏")
    with pytest.raises(Refused, match=f"线索“{number}”导入以后改动或者办理过"):
        undo(second.import_id)
    with store.reading() as session:
        assert len(session.exec(select(LeadEvent)).all()) == 3


def test_a_lead_another_lead_went_into_is_used(
    store: Store, take: Go, people: LeadOffice, today: date, now: datetime
) -> None:
    first = take(DONE)
    made = register(store, people)
    do(store, "check", date(2026, 9, 4), lead_id=made, by_id=people.officer, findings="同一摊点")
    given = {"outcome": "merged", "merged_into_id": all_leads(store)[0].id, "reason": "同一行为"}
    do(store, "settle", date(2026, 9, 4), lead_id=made, by_id=people.officer, **given)
    assert row(store, made).merged_into_id
    with pytest.raises(Refused, match="已经被别的记录引用"):
        ledgers.undo_import(
            store,
            ledgers.UndoImportForm(import_id=first.import_id, reason="选错了"),
            today=today, now=now, actor="何志远",
        )  # fmt: skip


def test_a_number_the_program_drew_is_not_taken_from_a_ledger(
    store: Store, take: Go, people: LeadOffice
) -> None:
    made = register(store, people)
    drawn = row(store, made).number
    assert take(DONE | {"编号": drawn}).known == 1
    other = drawn.replace("0001", "1")
    [refused] = take(DONE | {"编号": other}).refused
    assert refused.column == "编号"
