"""The office's own law: entered, corrected, withdrawn, looked up; what would mislead is refused."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused
from enforcer.law import deadlines, leniency
from enforcer.law.conditions import Tick
from enforcer.law.leniency import LeniencyFacts
from enforcer.models import AuditEntry, Case, Decision, DiscretionTier, HolidayNotice
from enforcer.operations import law_book, office, registers
from enforcer.operations.registry import operations
from enforcer.queries import case_page, due, law_settings
from enforcer.queries import law_book as asked
from enforcer.store.database import Store
from enforcer.terms import (
    Discretion,
    ListCategory,
    Origin,
    PartyKind,
    PaymentMode,
    Procedure,
    Stage,
)

Do = Callable[..., Any]


@pytest.fixture
def do(store: Store, today: date, now: datetime) -> Do:
    def carry_out(deed: Do, form: type, /, **given: Any) -> Any:
        taken = registers.read(form, given).form
        return deed(store, taken, today=today, now=now, actor="周敏")

    return carry_out


def refused(do: Do, deed: Do, form: type, **given: Any) -> dict[str, str]:
    with pytest.raises(InvalidForm) as refusal:
        do(deed, form, **given)
    return refusal.value.by_field


# ── holidays ──

NEW_YEAR = {"name": "元旦", "first": "2027-01-01", "last": "2027-01-03"}
SPRING = {
    "name": "春节", "first": "2027-02-05", "last": "2027-02-12",
    "working": ["2027-01-31", "2027-02-20"],
}  # fmt: skip
NOTICE = {
    "year": 2027,
    "title": "国务院办公厅关于2027年部分节假日安排的通知",
    "number": "国办发明电〔2026〕9号",
    "festivals": [NEW_YEAR, SPRING],
}


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


# ── local amounts ──

LOCAL = {
    "item_key": "street_stacking",
    "side": "citizen",
    "min_yuan": "50",
    "max_yuan": "200",
    "document": "《某市市容和环境卫生管理条例》",
    "document_number": "某市人大常委会公告第3号",
    "article": "第三十条第一款",
    "text": "处五十元以上二百元以下罚款。",
    "from_on": "2020-01-01",
}


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


# ── tiers ──

TIER = {
    "item_key": "road_occupation",
    "sides": ["citizen", "organization"],
    "name": "轻微",
    "discretion": "lighter",
    "conditions": "1. 占用面积<=5平方米\n2. 在责令的时间内整改",
    "max_yuan": "500",
    "benchmark": "《某市城市管理行政处罚裁量基准》",
    "benchmark_number": "某政规〔2025〕12号",
    "article": "第二十七项",
    "from_on": "2026-01-01",
}


def test_a_tier_is_suggested_with_its_document(do: Do, store: Store, today: date) -> None:
    do(law_book.save_tier, law_book.TierForm, **TIER)
    item = asked.item_for(store, "road_occupation", today)
    assert item
    ticks = {
        "占用面积": Tick(value=4, evidence="测量记录"),  # type: ignore[arg-type]
        "在责令的时间内整改": Tick(holds=True, evidence="复查记录"),
    }
    found = asked.suggest(store, item, "citizen", ticks, today)
    assert found.tier
    assert (found.tier.name, found.max_fen) == ("轻微", 50_000)
    assert found.cite.startswith("《某市城市管理行政处罚裁量基准》（某政规〔2025〕12号）第二十七项")
    [row] = asked.tiers(store, "road_occupation")
    assert [one.text for one in row.tier.conditions] == [
        "占用面积 ≤ 5 平方米",
        "在责令的时间内整改",
    ]
    before = asked.suggest(store, item, "citizen", ticks, date(2025, 12, 31))
    assert before.benchmark is None


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"item_key": "nothing"}, "item_key", "没有这个事项"),
        ({"from_on": "2000-01-01"}, "item_key", "2000-01-01 当天"),
        ({"sides": []}, "sides", "没有填写"),
        ({"conditions": " \n"}, "conditions", "没有写适用条件"),
        ({"conditions": "占用面积 ≤ 很小"}, "conditions", "看不懂"),
        ({"max_yuan": ""}, "max_yuan", "二者取一"),
        ({"share": "造价的百分之五"}, "max_yuan", "二者取一"),
        ({"max_yuan": "", "share": "造价的百分之五", "min_yuan": "1"}, "min_yuan", "请清除"),
        ({"max_yuan": "五百"}, "max_yuan", "不是能识别的金额"),
        ({"min_yuan": "600"}, "max_yuan", "不小于下限"),
        ({"max_yuan": "20000.01"}, "max_yuan", "超过法定最高 20000 元"),
        ({"under": "拒不改正"}, "max_yuan", "罚则（拒不改正）没有对公民（个人）的罚款"),
        ({"discretion": "no_penalty"}, "discretion", "三张清单"),
        ({"benchmark_number": ""}, "benchmark_number", "没有填写"),
        ({"until_on": "2025-12-31"}, "until_on", "早于施行日期"),
    ],
)
def test_a_tier_beyond_the_law_or_without_conditions_is_refused(
    do: Do, store: Store, change: dict[str, Any], field: str, said: str
) -> None:
    found = refused(do, law_book.save_tier, law_book.TierForm, **TIER | change)
    assert list(found) == [field]
    assert said in found[field], found
    assert asked.tiers(store) == []


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({}, "name", "对同一对象已经有一条"),
        ({"name": "一般", "benchmark_number": "另一号"}, "benchmark_number", "一天只能施行一个裁量基准"),
        ({"name": "一般", "until_on": "2026-12-31"}, "benchmark_number", "失效日期应当一致"),
    ],
)  # fmt: skip
def test_two_tiers_or_benchmarks_of_one_day_are_refused(
    do: Do, change: dict[str, Any], field: str, said: str
) -> None:
    do(law_book.save_tier, law_book.TierForm, **TIER)
    found = refused(do, law_book.save_tier, law_book.TierForm, **TIER | change)
    assert said in found[field], found


def test_a_benchmark_ends_as_a_whole_and_the_next_begins(do: Do, store: Store) -> None:
    do(law_book.save_tier, law_book.TierForm, **TIER)
    more = TIER | {"name": "一般", "conditions": "占用面积 > 5 平方米", "min_yuan": "500", "max_yuan": "5000",
                   "discretion": "ordinary", "position": 2}  # fmt: skip
    do(law_book.save_tier, law_book.TierForm, **more)
    end = {"item_key": "road_occupation", "from_on": "2026-01-01", "until_on": "2026-12-31"}
    assert do(law_book.end_benchmark, law_book.EndBenchmarkForm, **end) == 2
    late = TIER | {"from_on": "2026-12-31", "benchmark_number": "某政规〔2026〕9号"}
    assert "才失效" in refused(do, law_book.save_tier, law_book.TierForm, **late)["from_on"]
    do(law_book.save_tier, law_book.TierForm, **late | {"from_on": "2027-01-01"})
    first, second = asked.benchmarks_for(store, "road_occupation")
    assert [one.name for one in first.tiers] == ["轻微", "一般"]
    assert (first.until_on, second.number) == (date(2026, 12, 31), "某政规〔2026〕9号")
    with pytest.raises(Refused, match="没有自 2020-01-01 起施行的裁量阶次"):
        do(law_book.end_benchmark, law_book.EndBenchmarkForm, **end | {"from_on": "2020-01-01"})
    backwards = end | {"until_on": "2025-01-01"}
    assert "until_on" in refused(do, law_book.end_benchmark, law_book.EndBenchmarkForm, **backwards)


def test_a_tier_of_an_item_without_national_amount_follows_the_local_one(do: Do) -> None:
    stacking = TIER | {"item_key": "street_stacking", "max_yuan": "300", "sides": ["citizen"]}
    do(law_book.save_tier, law_book.TierForm, **stacking)
    do(law_book.save_local_amount, law_book.LocalAmountForm, **LOCAL | {"min_yuan": ""})
    found = refused(do, law_book.save_tier, law_book.TierForm, **stacking | {"name": "一般"})
    assert "超过法定最高 200 元" in found["max_yuan"]


# ── the three lists ──

ROW = {
    "category": "first_violation",
    "item": "占道经营",
    "conditions": "占用面积 ≤ 5 平方米\n在责令的时间内整改",
    "basis": "《中华人民共和国行政处罚法》第三十三条第一款",
    "penalty_basis": "《城市道路管理条例》第四十二条",
    "measures": "说服教育、行政回访；说服教育",
    "organ": "某市城市管理局",
    "document": "某市首违不罚清单",
    "document_number": "某城管〔2026〕1号",
    "from_on": "2026-01-01",
}


def test_a_row_of_the_list_is_gone_through_in_a_case(do: Do, store: Store, today: date) -> None:
    do(law_book.save_list_row, law_book.ListRowForm, **ROW)
    [row] = asked.rows_for(store, "road_occupation", today)
    assert row.measures == ("说服教育", "行政回访")
    item = asked.item_for(store, "road_occupation", today)
    found = leniency.assess(
        LeniencyFacts(
            party_kind=PartyKind.CITIZEN, acted_on=today, decided_on=today, item=item, rows=(row,)
        )
    )
    assert found.of(row.key)
    assert asked.rows_for(store, "road_occupation", date(2025, 12, 31)) == ()
    assert [one.row.item for one in asked.list_entries(store, on=today)] == ["占道经营"]
    assert asked.list_entries(store, category=ListCategory.LIGHTER) == []


def test_a_row_about_something_else_is_kept_in_its_own_words(do: Do, store: Store) -> None:
    do(law_book.save_list_row, law_book.ListRowForm, **ROW | {"item": "燃放烟花爆竹"})
    [entry] = asked.list_entries(store)
    assert (entry.row.item, entry.row.item_key) == ("燃放烟花爆竹", "")


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"conditions": ""}, "conditions", "没有写适用条件"),
        ({"conditions": "面积 < 大"}, "conditions", "看不懂"),
        ({"basis": ""}, "basis", "没有注明法律条文"),
        ({"basis": "行政处罚法"}, "basis", "没有写到条"),
        ({"basis": "《中华人民共和国行政处罚法》第九十九条"}, "basis", "没有第九十九条"),
        ({"basis": "《中华人民共和国行政处罚法》第三三条"}, "basis", "条号看不懂"),
        ({"penalty_basis": "《大气污染防治法》第一百一十八条", "from_on": "2026-08-15"}, "penalty_basis", "废止"),
        ({"breached_basis": "《城市道路管理条例》第九十条"}, "breached_basis", "没有第九十条"),
        ({"until_on": "2025-12-31"}, "until_on", "早于施行日期"),
        ({"document_number": ""}, "document_number", "没有填写"),
        ({"category": "other"}, "category", "不在可选范围"),
    ],
)  # fmt: skip
def test_a_row_without_conditions_or_with_a_wrong_article_is_refused(
    do: Do, store: Store, change: dict[str, Any], field: str, said: str
) -> None:
    found = refused(do, law_book.save_list_row, law_book.ListRowForm, **ROW | change)
    assert list(found) == [field]
    assert said in found[field], found
    assert asked.list_entries(store) == []


def test_the_same_row_twice_is_refused_and_another_condition_passes(do: Do, store: Store) -> None:
    do(law_book.save_list_row, law_book.ListRowForm, **ROW)
    found = refused(do, law_book.save_list_row, law_book.ListRowForm, **ROW)
    assert "已经有一条“占道经营”（不予-首违）条件相同的清单事项" in found["from_on"]
    do(law_book.save_list_row, law_book.ListRowForm, **ROW | {"conditions": "当场收摊"})
    assert len(asked.list_entries(store)) == 2


# ── what the office settles for hearings and first violations ──


def test_thresholds_are_what_the_office_confirmed(do: Do, store: Store) -> None:
    assert law_settings.thresholds(store).citizen.amount_fen is None
    do(
        office.answer_question, office.AnswerForm, name="hearing_threshold_citizen",
        value="5000", document="某省行政处罚听证程序规定", document_number="省政府令第1号",
    )  # fmt: skip
    found = law_settings.thresholds(store)
    assert found.citizen.amount_fen == 500_000
    assert found.citizen.document == "《某省行政处罚听证程序规定》（省政府令第1号）"
    assert found.organization.amount_fen is None


def test_the_scope_of_first_violations_is_what_the_office_confirmed(do: Do, store: Store) -> None:
    scope = law_settings.first_violation_scope(store)
    assert (scope.window_days, scope.counts_notices) == (None, None)
    do(
        office.answer_question, office.AnswerForm, name="first_violation_lookback_days",
        value="365", document="某市首违不罚清单",
    )  # fmt: skip
    do(
        office.answer_question, office.AnswerForm, name="first_violation_counts_notices",
        value="计入",
    )  # fmt: skip
    scope = law_settings.first_violation_scope(store)
    assert (scope.window_days, scope.counts_notices, scope.document) == (
        365, True, "《某市首违不罚清单》"
    )  # fmt: skip


def test_an_answer_the_program_does_not_understand_is_refused(do: Do, store: Store) -> None:
    found = refused(
        do, office.answer_question, office.AnswerForm,
        name="first_violation_counts_notices", value="看情况",
    )  # fmt: skip
    assert found == {"value": "请从这几个答案里选择：计入、不计入。"}
    assert law_settings.first_violation_scope(store).counts_notices is None


def test_every_deed_of_the_law_book_is_known_by_name() -> None:
    assert set(operations()) >= {
        "save_holidays", "save_local_amount", "save_tier", "end_benchmark", "save_list_row",
        "withdraw_law", "import_law", "export_law", "file_first_violation_check",
    }  # fmt: skip


def test_a_request_sent_twice_makes_one_row(do: Do, store: Store) -> None:
    given = NOTICE | {"request_id": "6f1c7f5e-7c5e-4d0a-9a50-3a9c1a2b3c4d"}
    first = do(law_book.save_holidays, law_book.HolidaysForm, **given)
    assert do(law_book.save_holidays, law_book.HolidaysForm, **given) == first
    with store.reading() as session:
        assert len(session.exec(select(HolidayNotice)).all()) == 1
        assert session.exec(select(DiscretionTier)).all() == []
