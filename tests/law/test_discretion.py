"""Discretion: tiers read from data, a suggestion that explains itself, and what stands against a fine."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from enforcer.errors import LawDataError, Level
from enforcer.law import catalogue, conditions, discretion, discretion_data
from enforcer.law.conditions import Tick
from enforcer.law.discretion import Announcement, FineFacts
from enforcer.law.toml_data import law_folder
from enforcer.law.violation import LocalAmount, Provision, Violation
from enforcer.terms import ConditionState, Discretion, Matching, PenaltyKind
from tests.law.scenario_floor import MADE_UP

DAY = date(2026, 9, 3)


def item(key: str = "road_occupation", on: date = DAY) -> Violation:
    found = catalogue.item(key, on)
    assert found
    return found


def test_no_benchmark_is_shipped_because_the_law_gives_none() -> None:
    assert discretion_data.shipped() == {}
    assert discretion_data.problems() == ()


BENCH = """
[road_occupation]
[[road_occupation.versions]]
from = 2026-01-01
benchmark = "某市裁量基准"
number = "某政规〔2025〕12号"
tiers = [
  { name = "轻微", discretion = "lighter", sides = ["citizen"], max_yuan = 500, conditions = ["占用面积 ≤ 5 平方米"] },
]
"""


def folder_with(tmp_path: Path, text: str) -> Path:
    shutil.copytree(law_folder(), tmp_path, dirs_exist_ok=True)
    (tmp_path / "discretion.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_benchmark_of_the_file_is_used(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, BENCH)
    small = {"占用面积": Tick(value=Decimal(4), evidence="照片1张")}
    found = discretion.suggest(item(), "citizen", small, DAY, folder=folder)
    assert found.tier
    assert found.tier.span == "500 元以下"
    assert found.cite.startswith("《某市裁量基准》（某政规〔2025〕12号）")
    assert "建议幅度：500 元以下。" in found.why[-1]
    unit = discretion.suggest(item(), "organization", small, DAY, folder=folder)
    assert (unit.tier, unit.benchmark) == (None, None)
    assert "待机关确认" in unit.why[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[road_occupation", "[road_ocupation", "“road_ocupation”不在违法行为清单里"),
        ('number = "某政规〔2025〕12号"', "", "缺少“number”"),
        ("max_yuan = 500", "max_yuan = 30_000", "上限 30000 元超过法定最高 20000 元"),
        ("max_yuan = 500", "min_yuan = 600, max_yuan = 500", "下限 600 元没有上限，或者高于上限"),
        ("max_yuan = 500, ", "", "幅度没有写清"),
        ("max_yuan = 500", 'max_yuan = 500, share = "百分之五"', "二者取一"),
        ('"citizen"', '"person"', "“sides”没有写明适用于谁"),
        ('["citizen"]', "[]", "“sides”没有写明适用于谁"),
        ('conditions = ["占用面积 ≤ 5 平方米"]', "conditions = []", "没有写适用情形"),
        ("占用面积 ≤ 5 平方米", "占用面积 ≤ 很小", "看不懂"),
        ('"lighter"', '"no_penalty"', "“discretion”的取值“no_penalty”不认识"),
        ("from = 2026-01-01", "from = 2000-01-01", "当天清单里没有这个事项的罚则"),
        ("tiers = [", "others = [", "不认识的键“others”"),
        ('"轻微", discretion', '"轻微", under = "拒不改正", discretion', "没有对公民（个人）的罚款"),
    ],
)  # fmt: skip
def test_a_bad_benchmark_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in BENCH
    folder = folder_with(tmp_path, BENCH.replace(old, new))
    [told] = discretion_data.problems(folder)
    assert said in str(told)
    assert "法规数据 discretion.toml 第2行" in str(told)
    assert discretion_data.shipped(folder) == {}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "没有任何阶次"),
        (
            BENCH.split("tiers = [")[1].split("]\n", maxsplit=1)[0] * 2,
            "阶次“轻微”对同一对象写了两次",
        ),
    ],
)
def test_no_tier_and_a_tier_twice_are_refused(tmp_path: Path, line: str, said: str) -> None:
    head = BENCH.split("tiers = [", maxsplit=1)[0]
    tiers = line.replace("},\n", "},") if line else ""
    folder = folder_with(tmp_path, f"{head}tiers = [ {tiers} ]\n")
    assert said in str(discretion_data.problems(folder)[0])


def test_two_benchmarks_from_one_day_are_refused(tmp_path: Path) -> None:
    version = BENCH.split("[road_occupation]\n")[1]
    folder = folder_with(tmp_path, BENCH + version)
    assert "有两个取值都从 2026-01-01 起" in str(discretion_data.problems(folder)[0])


def test_a_file_that_cannot_be_read_leaves_the_program_running(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "[road\n")
    assert discretion_data.shipped(folder) == {}
    [told] = discretion_data.problems(folder)
    assert isinstance(told, LawDataError)


def tier(**change: object) -> discretion_data.Tier:
    given: dict[str, object] = {
        "name": "轻微",
        "discretion": Discretion.ORDINARY,
        "sides": ("citizen",),
        "conditions": conditions.read_all(["占用面积 ≤ 5 平方米"]),
        "matching": Matching.ALL,
        "min_fen": None,
        "max_fen": 50_000,
    }
    return discretion_data.Tier(**given | change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "change", "said"),
    [
        ("burning_leaves", {"min_fen": 50_000, "max_fen": 200_000}, ""),
        ("burning_leaves", {"max_fen": 50_000}, "属于减轻处罚"),
        ("burning_leaves", {"max_fen": 40_000, "discretion": Discretion.MITIGATED}, ""),
        ("burning_leaves", {"max_fen": 50_000, "discretion": Discretion.MITIGATED}, "应当低于法定最低 500 元"),
        ("burning_leaves", {"min_fen": 50_000, "max_fen": 200_001}, "超过法定最高 2000 元"),
        ("illegal_construction", {"max_fen": None, "share": "造价的百分之五"}, ""),
        ("street_stacking", {"max_fen": 1}, ""),
        ("missing_covers", {}, "罚则没有对公民（个人）的罚款"),
        ("open_air_barbecue", {"under": "拒不改正", "min_fen": 500_000, "max_fen": 2_000_000}, ""),
        ("open_air_barbecue", {"under": "再犯"}, "罚则（再犯）没有对公民（个人）的罚款"),
    ],
)  # fmt: skip
def test_a_tier_may_not_go_beyond_the_law(key: str, change: dict[str, object], said: str) -> None:
    found = discretion_data.fault(tier(**change), item(key))
    assert (said in found) if said else not found


def test_a_tier_by_share_says_so_and_holds_any_amount() -> None:
    one = tier(max_fen=None, share="工程造价的百分之五以上百分之六以下")
    assert one.span == "工程造价的百分之五以上百分之六以下"
    assert one.holds(10**9)
    assert not tier(min_fen=100).holds(99)
    assert tier(min_fen=100).span == "1 元以上 500 元以下"


def test_several_fitting_tiers_are_listed_and_none_is_chosen() -> None:
    factors = {
        "占用面积": Tick(value=Decimal(4), evidence="照片"),
        "占用时间": Tick(value=Decimal(1), evidence="照片"),
        "拒不改正": Tick(holds=True, evidence="视频"),
    }
    found = discretion.suggest(item(), "citizen", factors, DAY, benchmarks=[MADE_UP])
    assert [one.name for one in found.fitting] == ["轻微", "严重"]
    assert found.why[-1] == "同时符合“轻微”、“严重”几个阶次，程序不代为选择；请选定一个并写明理由。"


def test_a_tier_that_fits_says_what_is_still_open() -> None:
    factors = {
        "占用面积": Tick(value=Decimal(4), evidence="照片"),
        "占用时间": Tick(value=Decimal(1), evidence="照片"),
    }
    found = discretion.suggest(item(), "citizen", factors, DAY, benchmarks=[MADE_UP])
    assert found.tier
    assert any("拒不改正" in one for one in found.open)
    assert found.why[-1].endswith("其他阶次还有没有查明的情形，查明后可能不同。")
    settled = factors | {"拒不改正": Tick(holds=False)}
    found = discretion.suggest(item(), "citizen", settled, DAY, benchmarks=[MADE_UP])
    assert found.open == ()
    assert found.why[-1].endswith("建议幅度：500 元以下。")


def test_where_no_tier_fits_the_law_is_the_range() -> None:
    factors = {
        "占用面积": Tick(value=Decimal(4), evidence="照片"),
        "占用时间": Tick(value=Decimal(9), evidence="照片"),
        "拒不改正": Tick(holds=False),
    }
    found = discretion.suggest(item(), "citizen", factors, DAY, benchmarks=[MADE_UP])
    assert found.tier is None
    assert (
        found.why[-1]
        == "没有一个阶次的情形完全具备；请在法定幅度（20000 元以下）以内裁量并写明理由。"
    )


def test_ranges_under_several_conditions_are_told_one_by_one() -> None:
    found = discretion.suggest(item("waste_sorting"), "organization", {}, DAY)
    assert "50000 元以上 500000 元以下（拒不改正的）" in found.why[1]
    open_one = discretion.suggest(item("street_stacking"), "citizen", {}, DAY)
    assert "待机关确认" in open_one.why[1]
    share = discretion.suggest(item("temporary_construction"), "citizen", {}, DAY)
    assert share.share == "临时建设工程造价一倍以下"


def facts(**change: object) -> FineFacts:
    given: dict[str, object] = {
        "item": item("burning_leaves"),
        "side": "citizen",
        "kinds": (PenaltyKind.FINE,),
        "fine_fen": 100_000,
    }
    return FineFacts(**given | change)  # type: ignore[arg-type]


def codes(one: FineFacts) -> list[str]:
    return [said.code for said in discretion.check(one)]


def test_a_fine_within_the_law_passes() -> None:
    assert codes(facts()) == []
    assert codes(facts(item=None)) == []
    assert codes(facts(kinds=(PenaltyKind.WARNING,), fine_fen=0)) == []


def test_a_fine_the_provision_does_not_know_is_refused() -> None:
    assert codes(facts(item=item("missing_covers"))) == ["no_fine_in_provision"]
    wrong = facts(item=item("open_air_barbecue"), under="屡教不改")
    [said] = discretion.check(wrong)
    assert said.code == "no_fine_in_provision"
    assert "（屡教不改的）" in said.say


def test_above_the_range_the_condition_that_would_allow_it_is_named() -> None:
    [said] = discretion.check(facts(item=item("open_air_barbecue"), fine_fen=800_000))
    assert said.code == "fine_above_maximum"
    assert "具备“拒不改正”这一前提的，请先选定前提。" in said.say
    [said] = discretion.check(facts(fine_fen=800_000))
    assert "前提" not in said.say


def test_a_fine_on_a_condition_asks_for_the_condition() -> None:
    [said] = discretion.check(facts(item=item("pavement_parking"), fine_fen=10_000))
    assert (said.code, said.level) == ("condition_unproven", Level.WARN)
    under = item("pavement_parking").consequences[0].condition
    assert codes(facts(item=item("pavement_parking"), fine_fen=10_000, under=under)) == []


def test_mitigation_needs_a_ground_also_where_the_law_has_no_figures() -> None:
    law = item("street_stacking").sanctioned_by[0].law
    local = LocalAmount(("citizen", "organization"), 5_000, 50_000, Provision(law, "第九条", ""))
    stacked = item("street_stacking").with_local(local)
    assert codes(facts(item=stacked, fine_fen=4_900)) == ["fine_below_minimum"]
    mitigated = facts(
        item=stacked, fine_fen=5_000, discretion=Discretion.MITIGATED, reason="主动清理"
    )
    assert codes(mitigated) == ["mitigation_without_ground", "mitigation_not_below"]
    share = facts(
        item=item("temporary_construction"), discretion=Discretion.MITIGATED, reason="已拆除",
        grounds=("行政处罚法（2021）第三十二条第一项",),
    )  # fmt: skip
    assert codes(share) == ["fine_by_share"]


@pytest.mark.parametrize("chosen", [Discretion.LIGHTER, Discretion.HEAVIER])
def test_lighter_and_heavier_need_words(chosen: Discretion) -> None:
    assert codes(facts(discretion=chosen)) == ["discretion_reason_missing"]
    assert codes(facts(discretion=chosen, reason="主动清理，面积较小")) == []


def test_without_a_benchmark_the_amount_is_explained() -> None:
    suggested = discretion.suggest(item("burning_leaves"), "citizen", {}, DAY)
    [said] = discretion.check(facts(suggestion=suggested))
    assert (said.code, said.level) == ("no_benchmark", Level.WARN)
    assert codes(facts(suggestion=suggested, reason="面积小")) == []
    assert codes(facts(suggestion=suggested, fine_fen=0)) == []


def test_the_last_of_two_notices_of_one_day_governs() -> None:
    notices = (Announcement(DAY, 200_000), Announcement(DAY, 100_000))
    assert codes(facts(announcements=notices)) == []
    assert codes(facts(announcements=notices, fine_fen=100_001)) == ["fine_above_notice"]


def test_a_ceiling_holds_for_fines_only() -> None:
    warned = facts(
        kinds=(PenaltyKind.WARNING,), fine_fen=0,
        announcements=(Announcement(DAY, 0, (PenaltyKind.WARNING,)),),
    )  # fmt: skip
    assert codes(warned) == []


@pytest.mark.parametrize(
    ("line", "text", "key"),
    [
        ("占用面积≤5平方米", "占用面积 ≤ 5 平方米", "占用面积"),
        ("1. 占用面积 <= 5.5 平方米；", "占用面积 ≤ 5.5 平方米", "占用面积"),
        ("（一）占用时间 ＜ 2 天。", "占用时间 < 2 天", "占用时间"),
        ("超标倍数 > 1", "超标倍数 > 1", "超标倍数"),
        ("2、在责令的时间内整改", "在责令的时间内整改", "在责令的时间内整改"),
        ("12月内初次", "12月内初次", "12月内初次"),
    ],
)
def test_a_condition_is_read_from_a_line(line: str, text: str, key: str) -> None:
    found = conditions.read(line)
    assert (found.text, found.key) == (text, key)


@pytest.mark.parametrize("line", ["占用面积 ≤ 五平方米", "5 < 面积 ≤ 10", "≤ 5 平方米", "面积 ≤"])
def test_a_bound_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(conditions.Unreadable, match="看不懂"):
        conditions.read(line)


def test_the_same_condition_twice_counts_once() -> None:
    assert len(conditions.read_all(["及时改正", "及时改正", " ", "1.及时改正"])) == 1


@pytest.mark.parametrize(
    ("tick", "state"),
    [
        (Tick(), ConditionState.OPEN),
        (Tick(value=Decimal("5.0"), evidence="照片"), ConditionState.MET),
        (Tick(value=Decimal(5)), ConditionState.OPEN),
        (Tick(value=Decimal("5.01"), evidence="照片"), ConditionState.NOT_MET),
        (Tick(holds=True, evidence="照片"), ConditionState.OPEN),
    ],
)
def test_a_bound_is_met_by_a_number_with_evidence(tick: Tick, state: ConditionState) -> None:
    one = conditions.read("占用面积 ≤ 5 平方米")
    assert conditions.weigh(one, {"占用面积": tick}).state is state


def test_a_plain_condition_is_ticked_with_evidence() -> None:
    one = conditions.read("及时改正")
    for tick, state in (
        (Tick(holds=True, evidence="复查记录"), ConditionState.MET),
        (Tick(holds=True), ConditionState.OPEN),
        (Tick(holds=False), ConditionState.NOT_MET),
        (Tick(value=Decimal(1)), ConditionState.OPEN),
    ):
        assert conditions.weigh(one, {"及时改正": tick}).state is state


def test_nothing_to_weigh_says_nothing() -> None:
    assert conditions.verdict((), {}).state is ConditionState.OPEN
