"""The office's own law: days and amounts, entered, corrected, withdrawn; what would mislead is refused."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from enforcer.errors import Refused
from enforcer.law import deadlines
from enforcer.models import AuditEntry, Case, Decision
from enforcer.operations import law_book, registers
from enforcer.queries import case_page, due
from enforcer.queries import law_book as asked
from enforcer.store.database import Store
from enforcer.terms import (
    Discretion,
    Origin,
    PartyKind,
    PaymentMode,
    Procedure,
    Stage,
)
from tests.operations.law_book_desk import LOCAL, NEW_YEAR, NOTICE, SPRING, Do, refused


@pytest.fixture
def do(store: Store, today: date, now: datetime) -> Do:
    def carry_out(deed: Do, form: type, /, **given: Any) -> Any:
        taken = registers.read(form, given).form
        return deed(store, taken, today=today, now=now, actor="周敏")

    return carry_out


def test_a_holiday_notice_makes_a_provisional_date_firm(do: Do, store: Store) -> None:
    before = deadlines.due("urging", date(2026, 12, 25), calendar=asked.calendar_for(store))
    assert (before.due_on, before.provisional) == (date(2027, 1, 8), True)
    do(law_book.save_holidays, law_book.HolidaysForm, **NOTICE)
    after = deadlines.due("urging", date(2026, 12, 25), calendar=asked.calendar_for(store))
    assert (after.due_on, after.provisional) == (date(2027, 1, 11), False)
    assert any("元旦放假" in one for one in after.why)


def test_the_desk_counts_by_the_notice_that_was_entered(do: Do, store: Store) -> None:
    december = date(2026, 12, 20)
    with store.unit(actor="测试", operation="a_decision") as session:
        case = Case(
            number="常城管当罚字〔2026〕第001号", procedure=Procedure.SUMMARY, stage=Stage.DECIDED,
            origin=Origin.MADE_HERE, cause="擅自占用城市道路", party_name="李某",
            party_kind=PartyKind.CITIZEN,
        )  # fmt: skip
        session.add(case)
        session.flush()
        assert case.id
        session.add(
            Decision(
                case_id=case.id, number=case.number, procedure=Procedure.SUMMARY, fine_fen=10_000,
                decided_on=date(2026, 12, 19), served_on=date(2026, 12, 19),
                discretion=Discretion.ORDINARY, payment_mode=PaymentMode.BANK,
            )
        )  # fmt: skip

    def desk() -> dict[str, due.DueRow]:
        return {one.what: one for one in due.due(store, today=december, soon_days=30)}

    before = desk()
    assert before["缴纳罚款 100.00 元"].due_on == date(2027, 1, 4)
    assert before["缴纳罚款 100.00 元"].provisional
    assert "载入 2027 年的放假通知" in before
    long = NEW_YEAR | {"last": "2027-01-05"}
    do(law_book.save_holidays, law_book.HolidaysForm, **NOTICE | {"festivals": [long]})
    after = desk()
    assert after["缴纳罚款 100.00 元"].due_on == date(2027, 1, 6)
    assert not after["缴纳罚款 100.00 元"].provisional
    assert "载入 2027 年的放假通知" not in after
    page = case_page.page(store, case.id, today=december)
    assert page
    assert {one.title: one.due.due_on for one in page.clocks if one.due}["缴纳罚款"] == date(
        2027, 1, 6
    )


def test_a_notice_is_shown_beside_the_shipped_ones(do: Do, store: Store) -> None:
    row = do(law_book.save_holidays, law_book.HolidaysForm, **NOTICE)
    found = asked.holidays(store)
    assert [one.year.year for one in found] == [2027, 2026, 2025]
    assert [one.id for one in found] == [row, None, None]
    assert found[0].year.working[date(2027, 1, 31)] == "春节"


def test_a_notice_of_a_shipped_year_replaces_it(do: Do, store: Store) -> None:
    changed = NOTICE | {
        "year": 2026,
        "festivals": [{"name": "元旦", "first": "2026-01-01", "last": "2026-01-01"}],
    }
    do(law_book.save_holidays, law_book.HolidaysForm, **changed)
    days = asked.calendar_for(store)
    assert days.is_working(date(2026, 1, 2))
    assert not days.is_working(date(2025, 10, 1))


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"number": ""}, "number", "没有填写"),
        ({"title": ""}, "title", "没有填写"),
        ({"festivals": []}, "festivals", "没有填写"),
        ({"year": 27}, "year", "不能小于2000"),
        ({"festivals": [NEW_YEAR | {"last": "2026-12-31"}]}, "festivals", "早于开始日"),
        ({"festivals": [NEW_YEAR | {"last": "2027-02-20"}]}, "festivals", "连续放假超过 16 天"),
        ({"festivals": [NEW_YEAR, NEW_YEAR]}, "festivals", "同时写在“元旦”和“元旦”里"),
        ({"festivals": [SPRING | {"working": ["2027-02-08"]}]}, "festivals", "既写成放假又写成上班"),
        ({"festivals": [SPRING | {"working": ["2027-02-15"]}]}, "festivals", "本来就是工作日"),
        ({"festivals": [NEW_YEAR | {"first": "2025-01-01", "last": "2025-01-02"}]}, "festivals", "不属于 2027 年"),
    ],
)  # fmt: skip
def test_a_notice_that_contradicts_itself_is_refused(
    do: Do, store: Store, change: dict[str, Any], field: str, said: str
) -> None:
    found = refused(do, law_book.save_holidays, law_book.HolidaysForm, **NOTICE | change)
    assert said in found[field], found
    assert not asked.calendar_for(store).knows(2027)


def test_a_year_is_entered_once_and_corrected_in_place(do: Do, store: Store) -> None:
    row = do(law_book.save_holidays, law_book.HolidaysForm, **NOTICE)
    found = refused(do, law_book.save_holidays, law_book.HolidaysForm, **NOTICE)
    assert found == {"year": "2027 年的放假通知已经录入，请修改那一条。"}
    version = asked.holidays(store)[0].version
    shorter = NOTICE | {"festivals": [NEW_YEAR | {"last": "2027-01-01"}, SPRING]}
    do(law_book.save_holidays, law_book.HolidaysForm, **shorter, id=row, loaded=version)
    assert asked.calendar_for(store).why_not(date(2027, 1, 3)) == "周日"
    with pytest.raises(Refused, match="已由 周敏"):
        do(law_book.save_holidays, law_book.HolidaysForm, **NOTICE, id=row, loaded=version)


def test_every_entry_is_in_the_log(do: Do, store: Store) -> None:
    do(law_book.save_holidays, law_book.HolidaysForm, **NOTICE)
    with store.reading() as session:
        [entry] = session.exec(select(AuditEntry)).all()
    assert (entry.actor, entry.operation) == ("周敏", "save_holidays")
    assert "国办发明电〔2026〕9号" in entry.changes


def fine_on(store: Store, day: date) -> tuple[int | None, int | None]:
    item = asked.item_for(store, "street_stacking", day)
    assert item
    found = item.summary_allowed(PartyKind.CITIZEN)
    return found.fine_from_fen, found.fine_to_fen


def test_a_local_amount_fills_what_the_national_law_leaves_open(
    do: Do, store: Store, today: date
) -> None:
    assert fine_on(store, today) == (None, None)
    do(law_book.save_local_amount, law_book.LocalAmountForm, **LOCAL)
    assert fine_on(store, today) == (5_000, 20_000)
    item = asked.item_for(store, "street_stacking", today)
    assert item
    assert item.sanctioned_by[-1].cite == "《某市市容和环境卫生管理条例》第三十条第一款"
    assert not item.summary_allowed(PartyKind.LEGAL_PERSON).fine
    shown = {one.key: one for one in asked.items_for(store, today)}
    assert shown["street_stacking"] == item
    both = asked.provisions_for(store, "street_stacking", date(2026, 8, 1), today)
    assert both.new
    assert both.new.sanctioned_by == item.sanctioned_by


def test_a_local_rule_for_both_sides_is_cited_once(do: Do, store: Store, today: date) -> None:
    for side in ("citizen", "organization"):
        do(law_book.save_local_amount, law_book.LocalAmountForm, **LOCAL | {"side": side})
    item = asked.item_for(store, "street_stacking", today)
    assert item
    assert len(item.sanctioned_by) == 2


def test_each_day_has_its_own_local_amount(do: Do, store: Store) -> None:
    do(law_book.save_local_amount, law_book.LocalAmountForm, **LOCAL)
    later = LOCAL | {"from_on": "2026-01-01", "max_yuan": "500"}
    do(law_book.save_local_amount, law_book.LocalAmountForm, **later)
    assert fine_on(store, date(2025, 12, 31)) == (5_000, 20_000)
    assert fine_on(store, date(2026, 1, 1)) == (5_000, 20_000)  # the limit on the spot
    item = asked.item_for(store, "street_stacking", date(2026, 1, 1))
    assert item
    assert max(one.max_fen or 0 for one in item.consequences) == 50_000
    assert (
        asked.provisions_for(store, "no_such_item", date(2026, 1, 1), date(2026, 1, 1)).old is None
    )


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"item_key": "pavement_parking"}, "item_key", "法律、行政法规已经规定"),
        ({"item_key": "nothing"}, "item_key", "没有这个事项"),
        ({"max_yuan": "40"}, "max_yuan", "上限小于下限"),
        ({"max_yuan": "0", "min_yuan": ""}, "max_yuan", "应当大于零"),
        ({"min_yuan": "五十"}, "min_yuan", "不是能识别的金额"),
        ({"until_on": "2019-12-31"}, "until_on", "早于施行日期"),
        ({"document": ""}, "document", "没有填写"),
        ({"document": "关于规范处罚的通知"}, "document", "不得设定行政处罚（行政处罚法第十六条）"),
        ({"article": "三十条"}, "article", "看不懂"),
        ({"article": "第三三条"}, "article", "看不懂"),
        ({"document": "城市绿化条例", "article": "第九十条"}, "article", "共 33 条，没有第九十条"),
        ({"text": ""}, "text", "没有填写"),
        ({"side": "anybody"}, "side", "不在可选范围"),
    ],
)
def test_a_local_amount_without_a_rule_is_refused(
    do: Do, store: Store, change: dict[str, Any], field: str, said: str
) -> None:
    found = refused(do, law_book.save_local_amount, law_book.LocalAmountForm, **LOCAL | change)
    assert list(found) == [field]
    assert said in found[field]
    assert asked.local_amounts(store) == []


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ({}, {}, "已经有一条对公民（个人）的本地罚款幅度自 2020-01-01 起施行"),
        ({"until_on": "2026-06-30"}, {"from_on": "2026-06-30"}, "才失效"),
        ({"from_on": "2026-06-30"}, {"until_on": "2026-06-30"}, "才失效"),
    ],
)
def test_two_amounts_of_one_day_are_refused(
    do: Do, first: dict[str, Any], second: dict[str, Any], said: str
) -> None:
    do(law_book.save_local_amount, law_book.LocalAmountForm, **LOCAL | first)
    found = refused(do, law_book.save_local_amount, law_book.LocalAmountForm, **LOCAL | second)
    assert said in found["from_on"]


def test_amounts_that_follow_each_other_pass(do: Do, store: Store) -> None:
    ended = LOCAL | {"until_on": "2026-06-30"}
    do(law_book.save_local_amount, law_book.LocalAmountForm, **ended)
    do(law_book.save_local_amount, law_book.LocalAmountForm, **LOCAL | {"from_on": "2026-07-01"})
    assert len(asked.local_amounts(store, "street_stacking")) == 2
    assert asked.local_amounts(store, "graffiti") == []


# ── withdrawing ──


def test_what_was_entered_by_mistake_counts_for_nothing_and_stays_on_record(
    do: Do, store: Store, today: date
) -> None:
    row = do(law_book.save_local_amount, law_book.LocalAmountForm, **LOCAL)
    do(
        law_book.withdraw_law,
        law_book.WithdrawLawForm,
        kind="violations",
        id=row,
        reason="录错了事项",
    )
    assert fine_on(store, today) == (None, None)
    [kept] = asked.local_amounts(store, withdrawn=True)
    assert kept.withdrawn == "录错了事项"
    found = refused(
        do,
        law_book.withdraw_law,
        law_book.WithdrawLawForm,
        kind="violations",
        id=row,
        reason="再撤",
    )
    assert "已经撤下（录错了事项）" in found["id"]
    do(law_book.save_local_amount, law_book.LocalAmountForm, **LOCAL)


def test_nothing_chosen_is_nothing_withdrawn(do: Do) -> None:
    found = refused(
        do, law_book.withdraw_law, law_book.WithdrawLawForm, kind="holidays", reason="录错"
    )
    assert "没有选定" in found["id"]
    with pytest.raises(Refused, match="已经不在台账里"):
        do(law_book.withdraw_law, law_book.WithdrawLawForm, kind="lists", id=9, reason="录错")
