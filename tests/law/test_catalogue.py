"""The catalogue: what is in force when, what each side may get, old law beside new."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from enforcer.law import catalogue, describe
from enforcer.law.violation import LocalAmount, Provision, Violation
from enforcer.terms import PartyKind, PenaltyKind

DAY = date(2026, 11, 1)
SWITCH = date(2026, 8, 15)
ARTICLE = re.compile(r"第[一二三四五六七八九十百千零]+条(第[一二三四五六七八九十]+[款项])*")


def get(key: str, on: date = DAY) -> Violation:
    found = catalogue.item(key, on)
    assert found is not None
    return found


def every_version() -> list[Violation]:
    days = (DAY, SWITCH - timedelta(days=1))
    return [one for day in days for one in catalogue.items(day)]


def test_the_catalogue_has_every_item_once_in_order() -> None:
    numbers = [one.number for one in catalogue.items(DAY)]
    assert numbers == sorted(set(numbers))
    assert set(range(1, 43)) <= set(numbers)
    assert len(catalogue.keys()) == len(numbers)


@pytest.mark.parametrize("item", every_version(), ids=lambda one: f"{one.key} {one.from_on}")
def test_every_version_stands_on_law_in_force(item: Violation) -> None:
    for one in item.breached + item.sanctioned_by:
        assert ARTICLE.fullmatch(one.article)
        assert one.law.in_force(item.as_of), f"{one.cite} 在 {item.as_of} 已经失效"
        assert one.law.in_force(item.from_on)
        assert one.law.until_on == item.until_on or one.law.until_on is None
        assert one.text or item.verified == "S"
    assert item.competence.endswith("。")


@pytest.mark.parametrize("item", every_version(), ids=lambda one: f"{one.key} {one.from_on}")
def test_every_version_after_another_is_compared_with_it(item: Violation) -> None:
    first = item.from_on < SWITCH
    assert (item.comparison is None) == first


def test_competing_items_name_each_other() -> None:
    known = {one.key: one for one in catalogue.items(DAY)}
    for one in known.values():
        assert one.key not in one.competing
        assert set(one.competing) <= set(known)
    assert {"bulk_load_unsealed", "load_leakage"} <= set(known["load_spill_traffic"].competing)


def test_repealed_laws_are_cited_only_for_acts_before() -> None:
    repealed = {one.title for one in catalogue.laws() if one.until_on}
    assert len(repealed) == 3
    for item in catalogue.items(SWITCH):
        assert not repealed & {one.law.title for one in item.breached + item.sanctioned_by}


def test_the_limitation_of_the_code_is_that_of_the_code() -> None:
    assert "第一千零五十四条" in get("site_dust").limitation_cite
    assert "第三十六条" in get("site_dust", date(2026, 8, 14)).limitation_cite
    assert (get("site_dust").limitation_years, get("site_dust").limitation_harm_years) == (2, 5)


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("渣土车", {"bulk_load_unsealed", "construction_waste_spill"}),
        ("人行道 违停", {"pavement_parking"}),
        ("广场舞", {"social_noise"}),
        ("pavement", {"pavement_parking"}),
        ("第九十三条第二款", {"pavement_parking"}),
        ("没有这样的事项", set()),
    ],
)
def test_search_finds_by_everyday_words_and_articles(words: str, keys: set[str]) -> None:
    assert {one.key for one in catalogue.items(DAY, words)} == keys


def test_an_unknown_key_is_none_and_so_is_a_day_before_the_law() -> None:
    assert catalogue.item("nothing", DAY) is None
    assert catalogue.item("open_air_barbecue", date(2010, 1, 1)) is None


def test_the_notice_recalls_the_duty_and_neither_fine_nor_order() -> None:
    item = get("pavement_parking")
    assert item.notice_provision == "《中华人民共和国道路交通安全法》第五十六条第一款"
    assert get("site_dust").notice_provision == ""
    for one in catalogue.items(DAY):
        assert bool(one.notice_reason) == bool(one.notice_request)
        assert not re.search(r"罚|违法|责令|处理", one.notice_reason + one.notice_request) or (
            "处理饲养" in one.notice_request
        )


def test_confiscation_is_seen_for_the_side_it_touches() -> None:
    assert get("open_air_barbecue").confiscates(PartyKind.CITIZEN)
    assert get("kitchen_waste_transfer").confiscates(PartyKind.LEGAL_PERSON)
    assert not get("kitchen_waste_transfer").confiscates(PartyKind.CITIZEN)
    assert not get("pavement_parking").confiscates(PartyKind.CITIZEN)


def test_kinds_conditions_and_discretion_are_told() -> None:
    item = get("commercial_noise")
    assert item.kinds == (PenaltyKind.FINE, PenaltyKind.SUSPEND_BUSINESS)
    assert item.conditions == ("拒不改正",)
    assert get("road_occupation").consequences[0].may_fine
    assert not item.consequences[0].may_fine


def test_the_sole_trader_is_doubted_where_the_law_divides_person_and_unit() -> None:
    assert "待机关确认" in "".join(
        get("social_noise").summary_allowed(PartyKind.SOLE_TRADER).conditions
    )
    answer = get("road_occupation").summary_allowed(PartyKind.SOLE_TRADER)
    assert answer.conditions == ()
    assert answer.permits(20_000)
    assert not answer.permits(20_001)


def test_the_confirmed_choice_for_sole_traders_lifts_the_limit() -> None:
    answer = get("road_occupation").summary_allowed(
        PartyKind.SOLE_TRADER, sole_trader_as=PartyKind.LEGAL_PERSON
    )
    assert answer.permits(300_000)
    assert not answer.permits(300_001)


@pytest.mark.parametrize(
    ("key", "fen", "permitted"),
    [
        ("pavement_parking", 1_999, False),
        ("pavement_parking", 2_000, True),
        ("pavement_parking", 20_000, True),
        ("pavement_parking", 20_001, False),
        ("road_occupation", 0, False),
        ("road_occupation", 1, True),
        ("graffiti", 1_000, False),
        ("bulk_load_unsealed", 20_000, False),
    ],
)
def test_a_fine_on_the_spot_lies_within_law_and_limit(key: str, fen: int, permitted: bool) -> None:
    assert get(key).summary_allowed(PartyKind.CITIZEN).permits(fen) is permitted


def test_the_day_of_the_decision_sets_the_limit() -> None:
    item = get("road_occupation", date(2021, 7, 1))
    assert item.summary_allowed(PartyKind.CITIZEN).fine_to_fen == 5_000
    assert item.summary_allowed(PartyKind.CITIZEN, date(2021, 7, 15)).fine_to_fen == 20_000


@pytest.mark.parametrize(
    ("key", "kind", "said"),
    [
        ("bulk_load_unsealed", PartyKind.CITIZEN, "法定最低罚款 2000 元"),
        ("burning_leaves", PartyKind.CITIZEN, "法定最低罚款 500 元"),
        ("open_air_barbecue", PartyKind.CITIZEN, "没收非法财物、没收违法所得"),
        ("urban_livestock", PartyKind.CITIZEN, "没收非法财物"),
        ("restaurant_site", PartyKind.LEGAL_PERSON, "责令关闭"),
        ("load_spill_traffic", PartyKind.CITIZEN, "由公安机关交通管理部门管辖"),
        ("illegal_construction", PartyKind.CITIZEN, "建设工程造价"),
        ("missing_covers", PartyKind.CITIZEN, "没有规定对公民的处罚"),
        ("waste_sorting", PartyKind.CITIZEN, "待机关确认"),
    ],
)
def test_a_refusal_on_the_spot_gives_its_reason(key: str, kind: PartyKind, said: str) -> None:
    answer = get(key).summary_allowed(kind)
    assert not answer.allowed
    assert not answer.fine
    assert said in answer.say
    assert answer.cite


def local(*sides: str) -> LocalAmount:
    law = catalogue.laws()[0]
    return LocalAmount(sides, 2_000, 20_000, Provision(law, "第九条", "某市规定"))


def test_a_local_amount_fills_what_the_national_law_left_open() -> None:
    item = get("street_stacking").with_local(local("citizen", "organization"))
    answer = item.summary_allowed(PartyKind.CITIZEN)
    assert (answer.allowed, answer.amount_to_confirm) == (True, False)
    assert (answer.fine_from_fen, answer.fine_to_fen) == (2_000, 20_000)
    assert item.sanctioned_by[-1].article == "第九条"


def test_a_local_amount_never_touches_what_the_law_has_settled() -> None:
    item = get("pavement_parking").with_local(local("citizen", "organization"))
    assert item.consequences == get("pavement_parking").consequences
    other = get("street_stacking").with_local(local("citizen"))
    assert other.consequences[0].amount_unknown


def test_old_and_new_are_laid_side_by_side() -> None:
    found = catalogue.provisions_for("open_air_barbecue", date(2026, 8, 1), DAY)
    assert found.old is not None
    assert found.new is not None
    assert "第一百一十八条第三款" in found.old.sanctioned_by[0].cite
    assert "第一千一百三十二条第三款" in found.new.sanctioned_by[0].cite
    assert found.needs_choice
    assert "建议适用新规定" in found.say


TWO = """
[laws.act]
title = "某法"
edition = "2021年"
rank = "法律"
from = 2021-01-01
[item]
number = 1
group = "试验"
title = "试验"
"""
VERSION = """
[[item.versions]]
from = {begin}
{more}
verified = "V"
breached = [ {{ law = "act", article = "第一条", text = "不得" }} ]
sanctioned_by = [ {{ law = "act", article = "第二条", text = "罚款" }} ]
competence = "本机关。"
consequences = [ {{ sides = ["citizen"], must = ["fine"], max_yuan = 200 }} ]
"""


def history(tmp_path: Path, *versions: tuple[str, str]) -> Path:
    text = TWO + "".join(VERSION.format(begin=begin, more=more) for begin, more in versions)
    (tmp_path / "violations.toml").write_text(text, encoding="utf-8")
    return tmp_path


SAME = 'compared = { result = "same", say = "数额相同。" }'


@pytest.mark.parametrize(
    ("versions", "act_on", "said"),
    [
        (
            [("2021-01-01", "until = 2024-12-31")],
            date(2024, 6, 1),
            "此项规定已经终止",
        ),
        (
            [("2021-01-01", "until = 2024-12-31"), ("2025-01-01", "")],
            date(2024, 6, 1),
            "没有收录比较",
        ),
        (
            [("2021-01-01", "until = 2024-12-31"), ("2026-01-01", SAME)],
            date(2024, 6, 1),
            "请法制审核比较轻重",
        ),
        (
            [
                ("2021-01-01", "until = 2023-12-31"),
                ("2024-01-01", f"until = 2024-12-31\n{SAME}"),
                ("2025-01-01", SAME),
            ],
            date(2023, 6, 1),
            "请法制审核比较轻重",
        ),
    ],
)
def test_what_cannot_be_weighed_goes_to_legal_review(
    tmp_path: Path, versions: list[tuple[str, str]], act_on: date, said: str
) -> None:
    folder = history(tmp_path, *versions)
    found = catalogue.provisions_for("item", act_on, DAY, folder)
    assert found.needs_choice
    assert (found.lighter, found.applies) == ("", "")
    assert said in found.say


def test_before_the_code_only_the_penalty_law_is_cited(tmp_path: Path) -> None:
    folder = history(tmp_path, ("2021-01-01", "until = 2024-12-31"), ("2025-01-01", SAME))
    found = catalogue.provisions_for("item", date(2024, 6, 1), date(2026, 8, 14), folder)
    assert found.cite == "行政处罚法（2021）第三十七条"
    assert found.applies == "old"


@pytest.mark.parametrize("item", catalogue.items(DAY), ids=lambda one: one.key)
def test_every_item_can_be_read_by_an_officer(item: Violation) -> None:
    told = describe.in_words(item)
    assert item.title in told
    assert item.breached[0].cite in told
    assert "None" not in told


def test_amounts_are_told_as_the_law_counts_them() -> None:
    def words(key: str) -> str:
        return " ".join(map(describe.consequence_in_words, get(key).consequences))

    assert "应当罚款；罚款 20 元以上 200 元以下" in words("pavement_parking")
    assert "可以罚款；罚款 20000 元以下" in words("road_occupation")
    assert "没有规定数额，待机关确认" in words("street_stacking")
    assert "建设工程造价百分之五以上百分之十以下" in words("illegal_construction")
    assert "警告、罚款择一" in words("bicycle_parking")
    assert "没收非法财物；可以罚款" in words("urban_livestock")
    assert "责令停工整治" in words("site_dust")
