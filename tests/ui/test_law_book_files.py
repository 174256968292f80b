"""The law book's holidays, periods, workbooks and look-ups, by keyboard."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.exchange.law_sheets import LAW_SHEETS
from enforcer.law import calendar
from enforcer.models import (
    AuditEntry,
    Case,
    Decision,
    FirstViolationCheck,
    HolidayNotice,
    Party,
)
from enforcer.queries import law_book as asked
from enforcer.store.database import Store
from enforcer.terms import (
    Discretion,
    Origin,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    Procedure,
    Stage,
)
from tests.factories import an_office
from tests.ui.register_desk import CTRL, QuietWindow, a_context, commit, press, shown
from ui.law_book import LawBookPage, holiday_text

Key = Qt.Key
ENTER, TAB = Key.Key_Return, Key.Key_Tab
SAVE, NEW = (Key.Key_Return, CTRL), (Key.Key_N, CTRL)
ID = "11010519491231002X"
PUBLISHED = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五、农历除夕）至12日（农历正月初七、周五）放假调休，共8天。1月31日（周日）、2月20日（周六）上班。
三、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）上班。"""


@pytest.fixture
def page(qtbot: QtBot, store: Store, now: datetime) -> LawBookPage:
    an_office(store)
    made = LawBookPage(a_context(store, store.home, now))
    shown(qtbot, made)
    return made


def put(store: Store, *rows: Any) -> None:
    with store.unit(actor="测试", operation="put") as session:
        session.add_all(rows)


def go(page: LawBookPage, name: str) -> Any:
    tab: Any = page.tab(name)
    tab.search.setFocus()
    return tab


def window(page: LawBookPage) -> QuietWindow:
    return cast("QuietWindow", page.context.window)


# ── a notice entered by hand ──


def test_a_pasted_notice_makes_a_provisional_day_firm(
    qtbot: QtBot, page: LawBookPage, store: Store
) -> None:
    tab = go(page, "holidays")
    counted = tab.calculator
    counted.rule.setFocus()
    press(qtbot, "催告", ENTER)
    counted.start.setFocus()
    counted.start.selectAll()
    press(qtbot, "2026-12-25")
    assert counted.answer.text() == "2027-01-08"
    assert counted.standing.text() == "暂定：放假通知没有载入"
    assert "2027 年的放假通知没有载入" in counted.why.text()
    tab.search.setFocus()
    press(qtbot, NEW)
    assert tab.fields["year"].read() == 2027
    press(qtbot, ENTER, "国办发明电〔2026〕9号", ENTER, ENTER)
    QApplication.clipboard().setText(PUBLISHED)
    press(qtbot, (Key.Key_V, CTRL))
    assert "元旦　2027-01-01（周五） 至 2027-01-03（周日），共 3 天" in tab.read_as.text()
    press(qtbot, SAVE)
    assert tab.banner.text.startswith("已保存")
    assert counted.answer.text() == "2027-01-11"
    assert counted.standing.text() == "由暂定变为确定，原来暂定 2027-01-08"
    assert "元旦放假" in counted.why.text()
    [row] = [one for one in asked.holidays(store) if one.id is not None]
    assert (row.year.year, row.year.number) == (2027, "国办发明电〔2026〕9号")
    assert row.year.working[date(2027, 1, 31)] == "春节"
    assert len(row.year.off) == 18
    assert tab.table.model.ids == [2027, 2026, 2025]


def test_a_notice_is_typed_line_by_line_and_corrected(
    qtbot: QtBot, page: LawBookPage, store: Store
) -> None:
    tab = go(page, "holidays")
    press(qtbot, NEW, ENTER, "国办发明电〔2026〕9号", ENTER, ENTER, "元旦：1月1日至3日放假", SAVE)
    tab.table.view.setFocus()
    press(qtbot, Key.Key_F2)
    assert QApplication.focusWidget() is tab.fields["number"].editor
    tab.fields["festivals"].editor.setFocus()
    tab.fields["festivals"].widget.selectAll()
    press(qtbot, "元旦：1月1日放假", SAVE)
    with store.reading() as session:
        [kept] = session.exec(select(HolidayNotice)).all()
    assert kept.festivals == [{"name": "元旦", "off": ["2027-01-01", "2027-01-01"], "working": []}]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("元旦放假三天", "第 1 行“元旦放假三天”看不懂"),
        ("元旦：2月30日放假", "不是日期"),
        ("元旦：1月1日至3日，1月4日", "请写明“上班”"),
        ("元旦：1月1日至3日放假，1月5日上班", "本来就是工作日"),
        ("元旦：1月3日至1日放假", "早于开始日"),
    ],
)
def test_a_notice_that_cannot_be_right_is_refused_under_its_field(
    qtbot: QtBot, page: LawBookPage, store: Store, typed: str, said: str
) -> None:
    tab = go(page, "holidays")
    press(qtbot, NEW, ENTER, "国办发明电〔2026〕9号", ENTER, ENTER, typed, SAVE)
    assert said in tab.fields["festivals"].error
    assert QApplication.focusWidget() is tab.fields["festivals"].editor
    assert not asked.calendar_for(store).knows(2027)


def test_a_shipped_notice_is_replaced_by_the_offices_own_and_comes_back(
    qtbot: QtBot, page: LawBookPage, store: Store
) -> None:
    tab = go(page, "holidays")
    tab.table.select(2026)
    assert "随程序发布的通知" in tab.banner.text
    assert not tab.withdraw_button.isVisible()
    tab.fields["number"].editor.setFocus()
    press(qtbot, (Key.Key_End, Qt.KeyboardModifier.NoModifier), "(更正)", SAVE)
    assert tab.table.model.row(0).source == "本机关"
    tab.withdraw_now("录错了")
    assert tab.table.model.row(0).source == "随程序"
    assert asked.holidays(store)[0].id is None


def test_leaving_a_half_typed_notice_loses_nothing(qtbot: QtBot, page: LawBookPage) -> None:
    tab = go(page, "holidays")
    press(qtbot, NEW, ENTER, ENTER, ENTER, "元旦：1月", Key.Key_Escape)
    assert tab.table.view.hasFocus()
    tab.table.select(2025)
    assert "2025-01-01" in tab.fields["festivals"].read()
    press(qtbot, NEW)
    assert tab.fields["festivals"].read() == "元旦：1月"


@pytest.mark.parametrize("year", [2025, 2026])
def test_what_is_shown_of_a_notice_is_read_back_the_same(year: int) -> None:
    notice = calendar.shipped().years[year]
    off: dict[date, str] = {}
    working: dict[date, str] = {}
    for one in holiday_text.read(holiday_text.write(notice), year):
        length = (one.last - one.first).days + 1
        off |= {date.fromordinal(one.first.toordinal() + n): one.name for n in range(length)}
        working |= dict.fromkeys(one.working, one.name)
    assert (off, working) == (dict(notice.off), dict(notice.working))


@pytest.mark.parametrize(
    ("line", "first", "last", "working"),
    [
        ("元旦：1月1日放假", (1, 1), (1, 1), ()),
        ("(一)元旦:1月1日-3日放假", (1, 1), (1, 3), ()),
        ("1. 元旦 2027-01-01 至 2027-01-03，上班 2027-01-04", (1, 1), (1, 3), ((1, 4),)),
        ("国庆节、中秋节：10月1日至8日放假，9月26日、10月9日上班", (10, 1), (10, 8), ((9, 26), (10, 9))),
        ("五、劳动节：５月１日（周六）至5日（周三）放假调休。4月25日（周日）、5月8日（周六）上班。",
         (5, 1), (5, 5), ((4, 25), (5, 8))),
    ],
)  # fmt: skip
def test_lines_are_read_in_any_usual_form(
    line: str, first: Any, last: Any, working: tuple[Any, ...]
) -> None:
    [found] = holiday_text.read(line, 2027)
    assert (found.first, found.last) == (date(2027, *first), date(2027, *last))
    assert found.working == tuple(date(2027, *one) for one in working)


# ── the calculator ──


@pytest.mark.parametrize(
    ("rule", "start", "due", "standing", "said"),
    [
        ("payment", "2026-09-16", "2026-10-08", "确定", "国庆节放假"),
        ("decision", "2026-01-01", "2026-04-01", "确定", "依据：行政处罚法（2021）第六十条"),
        ("spot_money_to_organ", "2026-09-30", "2026-10-09", "确定", "第 1 至 2 个工作日"),
        ("payment", "2027-01-04", "2027-01-19", "暂定：放假通知没有载入", "2027 年"),
        ("decision", "2020-01-01", "", "", "没有可以适用的规定"),
    ],
)
def test_a_period_is_tried_out_with_its_arithmetic(
    page: LawBookPage, rule: str, start: str, due: str, standing: str, said: str
) -> None:
    counted = go(page, "holidays").calculator
    counted.rule.write(rule)
    counted.start.write(date.fromisoformat(start))
    assert (counted.answer.text(), counted.standing.text()) == (due, standing)
    assert said in counted.why.text()


def test_nothing_is_counted_while_something_lacks(page: LawBookPage) -> None:
    counted = go(page, "holidays").calculator
    counted.start.setText("哪天")
    assert counted.due is None
    assert "填起算的一天" in counted.why.text()


# ── Excel ──


def book(path: Path, head: tuple[str, ...], *rows: dict[str, Any]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet
    sheet.append(head)
    for row in rows:
        sheet.append(tuple(row.get(one) for one in head))
    made.save(path)
    return path


def heads(kind: str) -> tuple[str, ...]:
    return tuple(one.header for one in LAW_SHEETS[kind].columns)


TIER = {
    "案由": "擅自占用城市道路", "对象": "个人、单位", "裁量阶次": "轻微", "裁量": "从轻",
    "适用情形": "占用面积 ≤ 5 平方米", "情形关系": "全部具备", "上限(元)": 500,
    "裁量基准名称": "某市裁量基准", "文号": "某政规〔2025〕12号", "施行日期": "2026-01-01",
}  # fmt: skip
ROW = {
    "类别": "不予-首违", "事项": "擅自占用城市道路", "适用条件": "当场收摊",
    "法律依据": "行政处罚法第三十三条第一款", "清单名称": "某市首违不罚清单",
    "清单文号": "某城管〔2026〕1号", "施行日期": "2026-01-01",
}  # fmt: skip
AMOUNT = {
    "案由": "擅自在街道两侧和公共场地堆放物料，搭建建筑物、构筑物或者其他设施", "对象": "公民",
    "下限(元)": 50, "上限(元)": 200, "本地规定名称": "某市市容条例", "条款": "第三十条",
    "条文原文": "处五十元以上二百元以下罚款。", "施行日期": "2020-01-01",
}  # fmt: skip
NOTICE = {
    "年份": 2027, "通知名称": "国务院办公厅关于2027年部分节假日安排的通知",
    "文号": "国办发明电〔2026〕9号", "节日": "元旦", "放假开始": "2027-01-01",
    "放假结束": "2027-01-03",
}  # fmt: skip
SHEETS = [
    ("tiers", "tiers", TIER, {"上限(元)": 99_999}, "超过法定最高"),
    ("lists", "lists", ROW, {"适用条件": ""}, "没有写适用条件"),
    ("amounts", "violations", AMOUNT, {"上限(元)": 20}, "上限小于下限"),
    ("holidays", "holidays", NOTICE, {"年份": 2028}, "不属于 2028 年"),
]


@pytest.mark.parametrize(("name", "kind", "good", "change", "said"), SHEETS)
def test_a_workbook_is_looked_at_first_then_its_good_rows_are_taken(
    qtbot: QtBot, page: LawBookPage, tmp_path: Path,
    name: str, kind: str, good: dict[str, Any], change: dict[str, Any], said: str,
) -> None:  # fmt: skip
    path = book(tmp_path / "表.xlsx", heads(kind), good, good | {"裁量阶次": "一般"} | change)
    tab = go(page, name)
    before = len(tab.table.model.ids)
    page.import_excel()
    dialog = page.import_dialog
    shown(qtbot, dialog)
    dialog.frame.path.setFocus()
    commit(dialog.frame.path, str(path))
    press(qtbot, ENTER)
    assert "可以导入 1 行，不能导入 1 行" in dialog.frame.banner.text
    refused = dialog.frame.refused.model.row(0)
    assert (refused.row, said in refused.say) == (3, True)
    assert len(tab.table.model.ids) == before
    qtbot.keyClick(dialog, ENTER, CTRL)
    assert "已导入 1 行" in dialog.frame.banner.text
    assert len(tab.table.model.ids) == before + 1


@pytest.mark.parametrize(("name", "kind", "good", "_change", "_said"), SHEETS)
def test_what_is_written_out_is_known_when_it_comes_back(
    qtbot: QtBot, page: LawBookPage, store: Store, tmp_path: Path,
    name: str, kind: str, good: dict[str, Any], _change: Any, _said: Any,
) -> None:  # fmt: skip
    go(page, name)
    for path in (book(tmp_path / "入.xlsx", heads(kind), good), tmp_path / "出.xlsx"):
        if path.name == "出.xlsx":
            page.export_to(path)
            assert window(page).said[-1][1].startswith("已导出")
        page.import_excel()
        dialog = page.import_dialog
        qtbot.addWidget(dialog)
        dialog.frame.path.write(str(path))
        dialog.load()
        dialog.carry_out()
    assert "可以导入 0 行" in dialog.frame.banner.text
    assert not dialog.frame.take_button.isEnabled()
    with store.reading() as session:
        operations = [one.operation for one in session.exec(select(AuditEntry))]
    assert "export_law" in operations


def test_a_column_that_is_none_of_the_sheet_is_told_and_not_taken(
    qtbot: QtBot, page: LawBookPage, tmp_path: Path
) -> None:
    path = book(tmp_path / "表.xlsx", (*heads("lists"), "罚多少"), ROW | {"罚多少": "五十元"})
    go(page, "lists")
    page.import_excel()
    dialog = page.import_dialog
    qtbot.addWidget(dialog)
    dialog.frame.path.write(str(path))
    dialog.load()
    assert "没有用到的列：" in dialog.frame.banner.text
    assert "罚多少" in dialog.frame.banner.text
    assert dialog.windowTitle() == "从 Excel 导入法规数据"


def test_excel_is_offered_where_the_office_enters_law(page: LawBookPage) -> None:
    for name, offered in (("tiers", True), ("catalogue", False), ("first_violation", False)):
        page.tab(name)
        assert page.import_button.isVisible() is offered
        assert page.export_button.isVisible() is offered


# ── first violations ──


def a_decided_case(store: Store, **change: Any) -> None:
    given: dict[str, Any] = {
        "number": "罚〔2026〕1号", "procedure": Procedure.SUMMARY, "stage": Stage.DECIDED,
        "origin": Origin.MADE_HERE, "cause": "停车", "item_key": "pavement_parking",
        "party_name": "李建国", "party_kind": PartyKind.CITIZEN, "party_id_number": ID,
        "plate_key": "湘J8K216", "acted_on": date(2026, 5, 1),
    }  # fmt: skip
    put(store, Case(**given | change), Decision(
        case_id=1, number="罚〔2026〕1号", procedure=Procedure.SUMMARY,
        decided_on=date(2026, 5, 1), discretion=Discretion.ORDINARY, fine_fen=10_000,
        payment_mode=PaymentMode.BANK, kinds=["fine"], heaviest=PenaltyKind.FINE,
    ))  # fmt: skip


def test_a_plate_is_looked_up_by_keyboard_and_the_answer_is_filed(
    qtbot: QtBot, page: LawBookPage, store: Store
) -> None:
    tab = go(page, "first_violation")
    press(qtbot, NEW, "人行道上停放", ENTER, ENTER, ENTER, "湘J8K216", SAVE)
    with store.reading() as session:
        [filed] = session.exec(select(FirstViolationCheck)).all()
    assert (filed.item_key, filed.plate_key, filed.is_first) == (
        "pavement_parking", "湘J8K216", True
    )  # fmt: skip
    assert filed.checked_by == "周敏"
    assert "是初次违法" in tab.answer.text
    assert "第三十三条第一款" in tab.answer.text
    assert tab.table.selected_ids() == [1]
    assert not tab.save_button.isEnabled()


def test_a_party_is_looked_up_with_what_was_found(
    qtbot: QtBot, page: LawBookPage, store: Store
) -> None:
    a_decided_case(store)
    put(store, Party(kind=PartyKind.CITIZEN, name="李建国", id_number=ID))
    tab = go(page, "first_violation")
    press(qtbot, NEW, "人行道上停放", ENTER)
    tab.party.write(1)
    assert tab.fields["party_id_number"].read() == ID
    tab.fields["case_id"].editor.setFocus()
    press(qtbot, "罚〔2026〕9号", SAVE)
    assert "没有“罚〔2026〕9号”" in tab.fields["case_id"].error
    tab.fields["case_id"].widget.clear()
    press(qtbot, SAVE)
    assert tab.answer.kind == "warn"
    assert "不能认定" in tab.answer.text
    assert "罚〔2026〕1号" in tab.records.text()
    tab._settle()
    assert window(page).went[-1] == ("settings.questions", "", "first_violation_lookback_days")
    row = tab.table.model.row(0)
    assert (row.party_name, row.check.is_first) == ("李建国", None)


@pytest.mark.parametrize(
    ("keys", "field", "said"),
    [
        ((ENTER, ENTER, ENTER), "party_id_number", "至少填一项"),
        ((ENTER, ENTER, "湘J8K216", ENTER, "2026-10-1"), "on", "在今天之后"),
    ],
)
def test_a_look_up_that_can_find_nothing_is_refused(
    qtbot: QtBot, page: LawBookPage, store: Store, keys: tuple[Any, ...], field: str, said: str
) -> None:
    tab = go(page, "first_violation")
    press(qtbot, NEW, "人行道上停放", ENTER)
    if "2026-10-1" in keys:
        tab.fields["on"].write(None)
    press(qtbot, *keys, SAVE)
    assert said in tab.fields[field].error
    with store.reading() as session:
        assert session.exec(select(FirstViolationCheck)).all() == []


def test_a_filed_answer_is_read_again_as_it_was_given(
    qtbot: QtBot, page: LawBookPage, store: Store
) -> None:
    tab = go(page, "first_violation")
    press(qtbot, NEW, "人行道上停放", ENTER, ENTER, ENTER, "湘J8K216", SAVE)
    a_decided_case(store)
    press(qtbot, NEW)
    assert tab.fields["plate"].isEnabled()
    tab.table.view.setFocus()
    tab.table.select(1)
    assert "是初次违法" in tab.answer.text
    assert not tab.fields["plate"].isEnabled()
