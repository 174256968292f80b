"""What cites law that is no longer in force: templates, data, lists, tiers, undecided cases."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from enforcer.__main__ import main
from enforcer.law import catalogue
from enforcer.law.parameters import Value
from enforcer.models import Case, DiscretionTier, ListRow, TemplateEdition
from enforcer.queries import law_check
from enforcer.store.database import Store
from enforcer.terms import (
    CitedIn,
    Discretion,
    ListCategory,
    Matching,
    Origin,
    PartyKind,
    Procedure,
    Stage,
)

BEFORE, AFTER = date(2026, 8, 14), date(2026, 8, 15)
BODY = 'title = "试验"\nparts = [ {{ text = "依据《大气污染防治法》第一百一十八条" }}, {{ n = {n} }} ]\n'


def put(store: Store, row: Any) -> None:
    with store.unit(actor="测试", operation="put") as session:
        session.add(row)


def edition(number: int, from_on: date, body: str = BODY.format(n=1)) -> TemplateEdition:
    return TemplateEdition(
        template_key="courteous_notice", edition=number, from_on=from_on, body=body,
        saved_at=datetime(2026, 8, 1, tzinfo=UTC), saved_by="周敏",
    )  # fmt: skip


def case(number: str, **change: Any) -> Case:
    given: dict[str, Any] = {
        "number": number, "procedure": Procedure.ORDINARY, "stage": Stage.FILED,
        "origin": Origin.MADE_HERE, "cause": "油烟超标", "item_key": "cooking_fumes",
        "party_name": "某餐馆", "party_kind": PartyKind.LEGAL_PERSON, "acted_on": BEFORE,
        "filed_on": BEFORE,
    }  # fmt: skip
    return Case(**given | change)


def row(**change: Any) -> ListRow:
    given: dict[str, Any] = {
        "category": ListCategory.MINOR, "item": "露天焚烧", "conditions": ["及时扑灭"],
        "basis": "行政处罚法第三十三条第一款", "penalty_basis": "《大气污染防治法》第一百一十九条",
        "document": "某市清单", "document_number": "〔2025〕1号", "from_on": date(2025, 1, 1),
    }  # fmt: skip
    return ListRow(**given | change)


def tier(**change: Any) -> DiscretionTier:
    given: dict[str, Any] = {
        "item_key": "open_air_barbecue", "sides": "citizen,organization", "name": "严重",
        "discretion": Discretion.HEAVIER, "conditions": ["拒不改正"], "matching": Matching.ALL,
        "min_fen": 1_000_000, "max_fen": 2_000_000, "benchmark": "某市裁量基准",
        "benchmark_number": "〔2025〕2号", "from_on": date(2025, 1, 1),
    }  # fmt: skip
    return DiscretionTier(**given | change)


@pytest.mark.parametrize("day", [BEFORE, AFTER, date(2026, 11, 23), date(2021, 7, 15)])
def test_what_is_shipped_cites_law_in_force(day: date) -> None:
    assert law_check.check(day) == ()


def test_an_empty_home_has_nothing_out_of_date(store: Store) -> None:
    assert law_check.check(AFTER, store) == ()


def test_a_template_of_the_office_that_cites_repealed_law_is_found(store: Store) -> None:
    put(store, edition(1, date(2026, 1, 1)))
    assert law_check.check(BEFORE, store) == ()
    [found] = law_check.check(AFTER, store)
    assert (found.where, found.key) == (CitedIn.TEMPLATE, "courteous_notice")
    assert found.name == "courteous_notice 本机关第 1 版"
    assert "已于 2026-08-15 废止" in found.say


def test_a_template_replaced_since_is_no_longer_looked_at_but_a_coming_one_is(
    store: Store,
) -> None:
    put(store, edition(1, date(2026, 1, 1)))
    put(store, edition(2, date(2026, 8, 1), 'title = "试验"\n'))
    assert law_check.check(AFTER, store) == ()
    put(store, edition(3, date(2026, 12, 1)))
    assert [one.name for one in law_check.check(BEFORE, store)] == [
        "courteous_notice 本机关第 3 版"
    ]


def test_a_list_row_that_cites_repealed_law_is_found_while_it_is_in_force(store: Store) -> None:
    put(store, row())
    put(store, row(until_on=BEFORE, item="已经终止"))
    put(store, row(withdrawn="录错", item="已经撤下"))
    assert law_check.check(BEFORE, store) == ()
    [found] = law_check.check(AFTER, store)
    assert (found.where, found.cite) == (CitedIn.LIST, "《大气污染防治法》第一百一十九条")
    assert found.name == "不予-轻微：露天焚烧（〔2025〕1号）"


def test_a_tier_that_no_longer_fits_the_law_is_found(store: Store) -> None:
    put(store, tier())
    assert law_check.check(BEFORE, store) == ()
    [found] = law_check.check(AFTER, store)
    assert found.where is CitedIn.TIER
    assert "大气污染防治法" in found.cite
    assert "幅度与现行罚则不符" in found.say


@pytest.mark.parametrize(
    "change",
    [
        {"min_fen": 50_000, "max_fen": 500_000},
        {"until_on": BEFORE},
        {"from_on": date(2026, 9, 1)},
        {"withdrawn": "录错"},
        {"item_key": "road_occupation"},
    ],
)
def test_a_tier_that_still_fits_or_is_not_in_force_passes(
    store: Store, change: dict[str, Any]
) -> None:
    put(store, tier(**change))
    assert law_check.check(AFTER, store) == ()


def test_a_tier_that_names_an_article_that_is_gone_is_found(store: Store) -> None:
    put(store, tier(item_key="road_occupation", article="《大气污染防治法》第一百一十八条"))
    assert [one.where for one in law_check.check(AFTER, store)] == [CitedIn.TIER]


def test_an_undecided_case_from_before_the_change_is_found(store: Store) -> None:
    put(store, case("常城管立字〔2026〕第001号"))
    assert law_check.check(BEFORE, store) == ()
    [found] = law_check.check(AFTER, store)
    assert (found.where, found.key) == (CitedIn.CASE, "常城管立字〔2026〕第001号")
    assert "第三十七条" in found.cite
    assert "从旧兼从轻" in found.say


@pytest.mark.parametrize(
    "change",
    [
        {"stage": Stage.DECIDED},
        {"stage": Stage.CLOSED},
        {"acted_on": AFTER},
        {"item_key": ""},
        {"item_key": "pavement_parking"},
        {"acted_on": date(2000, 1, 1)},
        {"acted_on": None, "filed_on": None},
    ],
)
def test_a_case_that_is_decided_or_lies_under_one_law_passes(
    store: Store, change: dict[str, Any]
) -> None:
    put(store, case("常城管立字〔2026〕第001号", **change))
    assert law_check.check(AFTER, store) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"acted_at": datetime(2026, 8, 14, 15, 59, tzinfo=UTC), "acted_on": AFTER},
        {"acted_on": None},
    ],
)
def test_the_day_of_a_case_is_that_of_the_act_in_china_or_of_its_filing(
    store: Store, change: dict[str, Any]
) -> None:
    put(store, case("常城管立字〔2026〕第001号", **change))
    assert len(law_check.check(AFTER, store)) == 1


def test_shipped_data_that_lags_behind_the_law_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    value = Value(1, "fen", "《大气污染防治法》第一百一十八条", date(2020, 1, 1))
    monkeypatch.setattr(law_check, "version_on", lambda _versions, _day: value)
    found = law_check.check(AFTER)
    assert {one.where for one in found} == {CitedIn.LAW_DATA}


def test_a_catalogue_that_lags_behind_the_law_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    old = catalogue.items(BEFORE, "油烟")
    monkeypatch.setattr(catalogue, "items", lambda _on: old)
    found = law_check.check(AFTER)
    assert {one.key for one in found} == {one.key for one in old}
    assert "请改录现行的条文" in found[0].say


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([str(one) for one in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_command_answers_1_when_something_is_out_of_date(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    put(store, row())
    store.close()
    home = ("--home", store.home)
    code, out, _ = run(capsys, "law", "--check", "--on", "2026-08-14", *home)
    assert code == 0
    assert out == "2026-08-14：模板、清单、裁量基准和未决案件引用的法律都现行有效。\n"
    code, out, _ = run(capsys, "law", "--check", "--on", "2026-08-15", *home)
    assert code == 1
    assert out.startswith("清单 不予-轻微：露天焚烧（〔2025〕1号）：")
    assert out.endswith("共 1 处引用的法律在 2026-08-15 已经失效或者对不上，请逐项改正。\n")
    code, out, _ = run(capsys, "law", "--check", "--on", "2026-08-15", *home, "--json")
    found = json.loads(out)
    assert (code, found["on"]) == (1, "2026-08-15")
    assert set(found["problems"][0]) == {"where", "key", "name", "cite", "say"}


def test_without_a_home_what_came_with_the_program_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from enforcer import paths

    monkeypatch.setattr(paths, "default_home", lambda: tmp_path / "none")
    code, out, err = run(capsys, "law", "--check", "--json")
    assert (code, json.loads(out)["problems"]) == (0, [])
    assert "只核对了随程序发布的模板和法规数据" in err
    assert run(capsys, "law", "--check", "--home", tmp_path / "gone")[0] == 3


def test_the_check_has_to_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["law"])
    assert left.value.code == 2
    assert "--check" in capsys.readouterr().err
