"""The office's own law by keyboard: entered, corrected, withdrawn; refused where the law says no."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from enforcer.models import Case
from enforcer.operations import drafts, law_book, registers
from enforcer.queries import law_book as asked
from enforcer.store.database import Store
from enforcer.terms import (
    Discretion,
    ListCategory,
    Matching,
    Origin,
    PartyKind,
    Procedure,
    Stage,
)
from tests.factories import an_office
from tests.ui.register_desk import CTRL, a_context, press, shown
from ui.law_book import LawBookPage

Key = Qt.Key
ENTER, TAB = Key.Key_Return, Key.Key_Tab
SAVE, NEW = (Key.Key_Return, CTRL), (Key.Key_N, CTRL)


@pytest.fixture
def page(qtbot: QtBot, store: Store, now: datetime) -> LawBookPage:
    an_office(store)
    made = LawBookPage(a_context(store, store.home, now))
    shown(qtbot, made)
    return made


@pytest.fixture
def do(store: Store, today: date, now: datetime) -> Any:
    def carry_out(deed: Any, form: Any, **given: Any) -> Any:
        taken = registers.read(form, given).form
        return deed(store, taken, today=today, now=now, actor="何志远")

    return carry_out


TIER = {
    "item_key": "road_occupation", "sides": ["citizen", "organization"], "name": "轻微",
    "discretion": "lighter", "conditions": "占用面积 ≤ 5 平方米", "max_yuan": "500",
    "benchmark": "某市裁量基准", "benchmark_number": "某政规〔2025〕12号", "from_on": "2026-01-01",
}  # fmt: skip
ROW = {
    "category": "first_violation", "item": "擅自占用城市道路", "conditions": "当场收摊",
    "basis": "《行政处罚法》第三十三条第一款", "document": "某市首违不罚清单",
    "document_number": "某城管〔2026〕1号", "from_on": "2026-01-01",
}  # fmt: skip
AMOUNT = {
    "item_key": "graffiti", "side": "citizen", "max_yuan": "100", "document": "某市条例",
    "article": "第九条", "text": "处一百元以下罚款。", "from_on": "2026-01-01",
}  # fmt: skip


def put(store: Store, row: Any) -> None:
    with store.unit(actor="测试", operation="put") as session:
        session.add(row)


def an_open_case(store: Store, acted_on: date, item: str = "road_occupation") -> None:
    put(store, Case(
        number="立〔2026〕1号", procedure=Procedure.ORDINARY, stage=Stage.FILED,
        origin=Origin.MADE_HERE, cause="占道", item_key=item, party_name="某店",
        party_kind=PartyKind.LEGAL_PERSON, acted_on=acted_on, filed_on=acted_on,
    ))  # fmt: skip


def go(page: LawBookPage, name: str) -> Any:
    tab: Any = page.tab(name)
    tab.search.setFocus()
    return tab


# ── local amounts ──


def test_a_local_amount_is_entered_by_keyboard(
    qtbot: QtBot, page: LawBookPage, store: Store
) -> None:
    tab = go(page, "amounts")
    press(qtbot, NEW, "刻画", ENTER, ENTER, "公告第3号", ENTER, "20", ENTER, "100", ENTER)
    press(qtbot, "某市条例", ENTER, "第九条", ENTER, "处二十元以上一百元以下罚款。", TAB)
    press(qtbot, "2026-1-1", ENTER, SAVE)
    [row] = asked.local_amounts(store)
    assert (row.item_key, row.side, row.min_fen, row.max_fen) == (
        "graffiti",
        "citizen",
        2_000,
        10_000,
    )
    assert (row.document, row.document_number, row.from_on) == (
        "某市条例", "公告第3号", date(2026, 1, 1)
    )  # fmt: skip
    assert tab.banner.text.startswith("已保存")
    assert tab.table.selected_ids() == [row.id]


@pytest.mark.parametrize(
    ("document", "article", "field", "said"),
    [
        ("某市关于罚款的通知", "第九条", "document", "不得设定行政处罚"),
        ("某市条例", "九", "article", "看不懂"),
    ],
)
def test_a_document_that_cannot_set_a_fine_is_refused_under_its_field(
    qtbot: QtBot, page: LawBookPage, store: Store,
    document: str, article: str, field: str, said: str,
) -> None:  # fmt: skip
    tab = go(page, "amounts")
    press(qtbot, NEW, "刻画", ENTER, ENTER, ENTER, ENTER, "100", ENTER)
    press(qtbot, document, ENTER, article, ENTER, "处罚款。", TAB, "2026-1-1", SAVE)
    assert said in tab.fields[field].error
    assert QApplication.focusWidget() is tab.fields[field].editor
    assert tab.fields["max_yuan"].read() == "100"
    assert asked.local_amounts(store) == []


def test_an_interval_that_ends_before_it_begins_is_said_at_once(
    qtbot: QtBot, page: LawBookPage, do: Any
) -> None:
    do(law_book.save_local_amount, law_book.LocalAmountForm, **AMOUNT)
    tab = go(page, "amounts")
    tab.table.select(1)
    tab.fields["until_on"].editor.setFocus()
    press(qtbot, "2025-12-31", ENTER)
    tab.fields["text"].editor.setFocus()
    assert "早于施行日期" in tab.fields["until_on"].error


# ── tiers ──


def test_a_tier_is_entered_by_keyboard_and_the_next_stands_ready(
    qtbot: QtBot, page: LawBookPage, store: Store
) -> None:
    tab = go(page, "tiers")
    press(qtbot, NEW, "擅自占用城市道路", ENTER)
    assert "可以罚款" in tab.law.text()
    press(qtbot, Key.Key_Space, TAB, Key.Key_Space, TAB, ENTER)
    press(
        qtbot, "轻微", ENTER, Key.Key_Home, ENTER, "占用面积 ≤ 5 平方米", TAB, ENTER, ENTER, ENTER
    )
    press(qtbot, "500", ENTER, "某市裁量基准", ENTER, "某政规〔2025〕12号", ENTER)
    press(qtbot, "第二十七项", ENTER, "2026-1-1", SAVE)
    [row] = asked.tiers(store)
    assert (row.item_key, row.tier.name, row.tier.sides) == (
        "road_occupation", "轻微", ("citizen", "organization")
    )  # fmt: skip
    assert (row.tier.discretion, row.tier.matching) == (Discretion.LIGHTER, Matching.ALL)
    assert (row.tier.max_fen, row.article, row.benchmark_number) == (
        50_000, "第二十七项", "某政规〔2025〕12号"
    )  # fmt: skip
    press(qtbot, NEW)
    assert QApplication.focusWidget() is tab.fields["name"].editor
    assert (tab.fields["item_key"].read(), tab.fields["position"].read()) == ("road_occupation", 2)
    press(qtbot, "一般", ENTER, ENTER, "占用面积 > 5 平方米", TAB, ENTER, ENTER)
    press(qtbot, "500", ENTER, "5000", SAVE)
    assert [one.tier.name for one in asked.tiers(store)] == ["轻微", "一般"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("max_yuan", "30000", "超过法定最高"),
        ("conditions", "面积 ≤ 大", "看不懂"),
        ("conditions", "", "没有写适用条件"),
    ],
)
def test_a_tier_beyond_the_law_is_refused_under_its_field(
    qtbot: QtBot, page: LawBookPage, store: Store, do: Any, field: str, typed: str, said: str
) -> None:
    do(law_book.save_tier, law_book.TierForm, **TIER)
    tab = go(page, "tiers")
    tab.table.select(1)
    tab.fields[field].editor.setFocus()
    tab.fields[field].widget.selectAll()
    press(qtbot, Key.Key_Delete)
    if typed:
        press(qtbot, typed)
    press(qtbot, SAVE)
    assert said in tab.fields[field].error
    assert asked.tiers(store)[0].tier.max_fen == 50_000


def test_a_whole_benchmark_ends_on_one_day(
    qtbot: QtBot, page: LawBookPage, store: Store, do: Any
) -> None:
    do(law_book.save_tier, law_book.TierForm, **TIER)
    heavier = TIER | {
        "name": "严重",
        "discretion": "heavier",
        "min_yuan": "5000",
        "max_yuan": "20000",
    }
    do(law_book.save_tier, law_book.TierForm, **heavier)
    tab = go(page, "tiers")
    tab.table.select(1)
    tab.end_button.click()
    shown(qtbot, tab.ending)
    tab.ending.until.setFocus()
    press(qtbot, "2025-12-31", SAVE)
    assert "早于施行日期" in tab.ending.until.error
    tab.ending.until.write(date(2026, 12, 31))
    qtbot.keyClick(tab.ending, ENTER, CTRL)
    assert [one.until_on for one in asked.tiers(store)] == [date(2026, 12, 31)] * 2
    assert "2 个阶次" in tab.banner.text
    assert not tab.end_button.isVisible()


# ── the three lists ──


def test_a_row_of_the_lists_is_entered_by_keyboard(
    qtbot: QtBot, page: LawBookPage, store: Store
) -> None:
    tab = go(page, "lists")
    press(qtbot, NEW, Key.Key_Down, ENTER, "不予处罚", ENTER)
    press(qtbot, "擅自占用城市道路", ENTER)
    assert "会自动带出" in tab.known.text()
    press(qtbot, "初次被发现", ENTER, "当场收摊", TAB)
    assert tab.fields["basis"].read() == "《行政处罚法》第三十三条第一款"
    press(qtbot, ENTER, ENTER, ENTER, "说服教育、签订承诺书", ENTER)
    press(qtbot, "某市首违不罚清单", ENTER, "某城管〔2026〕1号", ENTER, ENTER, "2026-1-1", SAVE)
    [found] = asked.list_entries(store)
    assert (found.row.category, found.row.item_key) == (
        ListCategory.FIRST_VIOLATION,
        "road_occupation",
    )
    assert [one.text for one in found.row.conditions] == ["初次被发现", "当场收摊"]
    assert found.row.measures == ("说服教育", "签订承诺书")
    assert tab.banner.text.startswith("已保存")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("basis", "《行政处罚法》第九十九条", "没有第九十九条"),
        ("basis", "行政处罚法", "没有写到条"),
        ("penalty_basis", "《大气污染防治法》第一百一十八条", "废止"),
        ("conditions", "", "没有写适用条件"),
    ],
)
def test_a_row_without_a_good_article_is_refused_under_its_field(
    qtbot: QtBot, page: LawBookPage, store: Store, do: Any, field: str, typed: str, said: str
) -> None:
    do(law_book.save_list_row, law_book.ListRowForm, **ROW | {"from_on": "2026-09-01"})
    tab = go(page, "lists")
    tab.table.select(1)
    tab.fields[field].editor.setFocus()
    tab.fields[field].widget.selectAll()
    press(qtbot, Key.Key_Delete)
    if typed:
        press(qtbot, typed)
    press(qtbot, SAVE)
    assert said in tab.fields[field].error
    assert asked.list_entries(store)[0].row.penalty_basis == ""


def test_words_that_are_no_item_are_kept_and_said_so(page: LawBookPage) -> None:
    tab = go(page, "lists")
    tab.fields["item"].write("乱丢烟头")
    assert "不会自动带出" in tab.known.text()


# ── what every register of the law does ──


def test_a_row_is_corrected_from_the_list_and_back(
    qtbot: QtBot, page: LawBookPage, store: Store, do: Any
) -> None:
    do(law_book.save_list_row, law_book.ListRowForm, **ROW)
    tab = go(page, "lists")
    tab.table.view.setFocus()
    press(qtbot, Key.Key_Home, Key.Key_F2)
    assert QApplication.focusWidget() is tab.fields["category"].editor
    press(qtbot, ENTER, "不予处罚", SAVE)
    assert asked.list_entries(store)[0].row.span == "不予处罚"
    assert tab.table.view.hasFocus()


def test_leaving_loses_nothing(qtbot: QtBot, page: LawBookPage, store: Store, do: Any) -> None:
    do(law_book.save_tier, law_book.TierForm, **TIER)
    tab = go(page, "tiers")
    tab.table.select(1)
    tab.fields["note"].editor.setFocus()
    press(qtbot, "核对过原文", Key.Key_Escape)
    assert tab.table.view.hasFocus()
    press(qtbot, NEW)
    tab.table.select(1)
    assert tab.fields["note"].read() == "核对过原文"
    assert "没有保存的内容已放回" in tab.banner.text
    tab.undo()
    assert tab.fields["note"].read() == ""
    assert drafts.take_draft(store, "registers.tiers.1") is None


def test_the_edit_of_another_window_is_not_lost(
    qtbot: QtBot, page: LawBookPage, store: Store, do: Any
) -> None:
    do(law_book.save_list_row, law_book.ListRowForm, **ROW)
    tab = go(page, "lists")
    tab.table.select(1)
    tab.fields["organ"].editor.setFocus()
    press(qtbot, "市城管局")
    do(law_book.save_list_row, law_book.ListRowForm, **ROW | {"id": 1, "span": "不予处罚"})
    press(qtbot, SAVE)
    assert "由 何志远" in tab.banner.text
    tab._lay_beside()
    press(qtbot, SAVE)
    [found] = asked.list_entries(store)
    assert (found.row.organ, found.row.span) == ("市城管局", "不予处罚")


@pytest.mark.parametrize(
    ("name", "deed", "form", "given"),
    [
        ("amounts", "save_local_amount", "LocalAmountForm", AMOUNT),
        ("tiers", "save_tier", "TierForm", TIER),
        ("lists", "save_list_row", "ListRowForm", ROW),
    ],
)
def test_a_row_is_withdrawn_with_its_reason_and_stays_on_record(
    qtbot: QtBot, page: LawBookPage, do: Any, name: str, deed: str, form: str, given: Any
) -> None:
    do(getattr(law_book, deed), getattr(law_book, form), **given)
    tab = go(page, name)
    tab.table.select(1)
    tab.withdraw_button.click()
    shown(qtbot, tab.dialog)
    assert not tab.dialog.act.isEnabled()
    tab.dialog._why.setFocus()
    press(qtbot, "录错了市")
    tab.dialog.act.click()
    assert tab.table.model.ids == []
    assert tab.banner.text == "已撤下。"
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    tab.with_retired.setFocus()
    press(qtbot, Key.Key_Space)
    assert tab.table.model.ids == [1]
    tab.table.select(1)
    assert "录错了市" in tab.banner.text
    assert not tab.fields["from_on"].isEnabled()
    assert not tab.save_button.isEnabled()
    assert not tab.withdraw_button.isVisible()


@pytest.mark.parametrize(
    ("day", "retired", "listed"),
    [
        (date(2025, 6, 1), False, ["旧", "新"]),
        (date(2026, 6, 1), False, ["新"]),
        (date(2026, 6, 1), True, ["旧", "新"]),
    ],
)
def test_the_day_decides_what_is_listed(
    page: LawBookPage, do: Any, day: date, retired: bool, listed: list[str]
) -> None:
    old = TIER | {"name": "旧", "from_on": "2025-01-01", "until_on": "2025-12-31"}
    do(law_book.save_tier, law_book.TierForm, **old)
    do(law_book.save_tier, law_book.TierForm, **TIER | {"name": "新"})
    tab = go(page, "tiers")
    page.day.write(day)
    tab.with_retired.write(retired)
    rows = [tab.table.model.row(at) for at in range(len(tab.table.model.ids))]
    assert [one.tier.name for one in rows] == listed


# ── what a change touches ──


def test_what_a_change_touches_is_shown_before_saving(
    qtbot: QtBot, page: LawBookPage, store: Store, do: Any
) -> None:
    an_open_case(store, date(2025, 12, 1))
    do(law_book.save_list_row, law_book.ListRowForm, **ROW)
    tab = go(page, "tiers")
    press(qtbot, NEW, "擅自占用城市道路", ENTER)
    tab.fields["from_on"].write(date(2026, 1, 1))
    tab.ask_touched()
    assert tab.touches.text == "保存后涉及未决案件 1 件、清单 1 处。"
    assert asked.tiers(store) == []
    tab._list_touched()
    changes: Any = page.current
    assert "改动涉及 2 处" in changes.banner.text
    assert "从旧兼从轻" in changes.table.model.row(0).say
    press(qtbot, Key.Key_Home, Key.Key_Return)
    assert page.context.window.opened == [("case", 1)]  # type: ignore[attr-defined]
    changes.refresh()
    assert changes.banner.kind == "ok"


def test_typing_asks_again_what_is_touched(
    qtbot: QtBot, page: LawBookPage, store: Store, do: Any
) -> None:
    an_open_case(store, date(2025, 12, 1))
    do(law_book.save_tier, law_book.TierForm, **TIER)
    tab = go(page, "tiers")
    tab.table.select(1)
    assert tab.touches.text == "这一条涉及未决案件 1 件。"
    tab.fields["until_on"].editor.setFocus()
    press(qtbot, "2026-12-31")
    qtbot.waitUntil(lambda: tab.touches.text == "保存后涉及未决案件 1 件。")


def test_what_touches_nothing_says_nothing(page: LawBookPage, do: Any) -> None:
    do(law_book.save_list_row, law_book.ListRowForm, **ROW)
    tab = go(page, "lists")
    tab.table.select(1)
    assert not tab.touches.isVisible()
