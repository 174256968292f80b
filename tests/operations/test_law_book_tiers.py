"""The office's own law: tiers, the three lists, what it settles; what would mislead is refused."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import select

from enforcer.errors import Refused
from enforcer.law import leniency
from enforcer.law.conditions import Tick
from enforcer.law.leniency import LeniencyFacts
from enforcer.models import DiscretionTier, HolidayNotice
from enforcer.operations import law_book, office, registers
from enforcer.operations.registry import operations
from enforcer.queries import law_book as asked
from enforcer.queries import law_settings
from enforcer.store.database import Store
from enforcer.terms import (
    ListCategory,
    PartyKind,
)
from tests.operations.law_book_desk import LOCAL, NOTICE, Do, refused


@pytest.fixture
def do(store: Store, today: date, now: datetime) -> Do:
    def carry_out(deed: Do, form: type, /, **given: Any) -> Any:
        taken = registers.read(form, given).form
        return deed(store, taken, today=today, now=now, actor="周敏")

    return carry_out


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
