"""Every guard of the summary procedure by scenarios that a jurist can read."""

import tomllib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from enforcer import money
from enforcer.errors import Level
from enforcer.law import catalogue, summary
from enforcer.law.summary_course import years_later
from enforcer.law.summary_facts import (
    ActingOfficer,
    ActingParty,
    EarlierFine,
    Parking,
    Power,
    SummaryFacts,
    warn,
)
from enforcer.law.summary_people import full_years
from enforcer.law.violation import LocalAmount
from enforcer.terms import (
    Defence,
    Discretion,
    DriverPresence,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    PowerKind,
)

SCENARIOS = Path(__file__).parents[1] / "scenarios" / "summary"
CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 9, 3, 10, 12, tzinfo=CHINA)
TWO = (
    ActingOfficer("1", "周敏", "J0700012", valid_until=date(2028, 12, 31)),
    ActingOfficer("2", "何志远", "J0700019", valid_until=date(2028, 12, 31)),
)


def cases() -> list[Any]:
    found = []
    for path in sorted(SCENARIOS.glob("*.toml")):
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            found.append(pytest.param(one, id=f"{path.stem}：{one['name']}"))
    return found


CASES = cases()


def facts_of(case: dict[str, Any]) -> SummaryFacts:
    given = {k: v for k, v in case.items() if k not in ("name", "expect", "cite")}
    party = {
        "kind": "citizen",
        "name": "李某",
        "id_number": "430702198801011234",
        "address": "常德市武陵区建设路8号",
        "present": True,
    } | given.get("party", {})
    decided = given.get("decided_on", NOW.date())
    acted = given.get("acted_at", "2026-09-03T09:40:00+08:00")
    acted_at = datetime.fromisoformat(acted).astimezone(CHINA) if acted else None
    key = given.get("item", "road_occupation")
    item = catalogue.item(key, acted_at.date() if acted_at else decided) if key else None
    if item and (local := given.get("local")):
        provision = replace(item.sanctioned_by[0], article="第三十条")
        item = item.with_local(
            LocalAmount(
                ("citizen", "organization"),
                local["min_yuan"] * 100,
                local["max_yuan"] * 100,
                provision,
            )
        )
    power = given.get("power", {"kind": "own", "valid_from": date(2021, 1, 1)})
    parking = given.get("parking")
    kinds = given.get("kinds", ["fine"])
    payment = given.get("payment", "bank")
    defence = given.get("defence", "waived")
    doubt = given.get("law_doubt", "")
    return SummaryFacts(
        now=NOW,
        decided_on=decided,
        acted_at=acted_at,
        discovered_on=given.get("discovered_on", acted_at.date() if acted_at else None),
        place=given.get("place", "桃林路118号门前"),
        act=given.get("act", "在人行道上摆放货物约三平方米"),
        evidence=given.get("evidence", "现场照片2张、执法记录仪视频2段"),
        facts_clear=given.get("facts_clear", True),
        party=ActingParty(**party | {"kind": PartyKind(party["kind"])}),
        officers=tuple(ActingOfficer(**one) for one in given["officers"])
        if "officers" in given
        else TWO,
        certificates_shown=given.get("certificates_shown", True),
        recorders=tuple(given.get("recorders", ("0700001", "0700002"))),
        item=item,
        breached=given.get("breached", item.breached[0].cite if item else ""),
        sanctioned_by=given.get("sanctioned_by", item.sanctioned_by[0].cite if item else ""),
        law_doubt=warn("law_changed", doubt, "行政处罚法第三十七条", "law") if doubt else None,
        harm=given.get("harm", False),
        parking=Parking(
            parking.get("in_marked_bay", False),
            DriverPresence(parking["driver"]) if "driver" in parking else None,
            parking.get("obstructing", False),
        )
        if parking is not None
        else None,
        power=Power(
            PowerKind(power["kind"]),
            "常德市城市管理和综合执法局",
            "职能配置规定",
            power["valid_from"],
            power.get("valid_until"),
            power.get("covers_item", True),
        )
        if power
        else None,
        kinds=tuple(PenaltyKind(one) for one in kinds),
        fine_fen=money.parse_yuan(given.get("fine", "200")),
        discretion=Discretion(given.get("discretion", "ordinary")),
        discretion_reason=given.get("discretion_reason", ""),
        correction=given.get("correction", "立即清理占用道路的货物"),
        defence=Defence(defence) if defence else None,
        defence_words=given.get("defence_words", ""),
        defence_answer=given.get("defence_answer", ""),
        payment=PaymentMode(payment) if payment else None,
        payment_reason=given.get("payment_reason", ""),
        receipt_number=given.get("receipt_number", ""),
        receipt_used_by=given.get("receipt_used_by", ""),
        refused_to_sign=given.get("refused_to_sign", False),
        refusal_reason=given.get("refusal_reason", ""),
        earlier_fines=tuple(EarlierFine(**one) for one in given.get("earlier", ())),
        sole_trader_as=PartyKind(given["sole_trader_as"]) if "sole_trader_as" in given else None,
    )


@pytest.mark.parametrize("case", CASES)
def test_a_scenario_raises_just_these_objections(case: dict[str, Any]) -> None:
    found = summary.objections(facts_of(case))
    assert sorted(one.code for one in found) == sorted(case["expect"]), [one.say for one in found]
    if "cite" in case:
        by_code = {one.code: one for one in found}
        assert case["cite"] in by_code[case["expect"][0]].cite


def test_every_guard_has_a_scenario_that_refuses_and_one_that_lets_pass() -> None:
    for guard in summary.GUARDS:
        said = [guard(facts_of(one.values[0])) for one in CASES]
        assert any(said), f"no scenario makes {guard.__name__} speak"
        assert not all(said), f"no scenario lets {guard.__name__} pass"


def test_every_guard_module_is_listed_once() -> None:
    assert len(set(summary.GUARDS)) == len(summary.GUARDS)


def test_each_objection_says_what_to_do_with_its_article_and_field() -> None:
    for one in CASES:
        for said in summary.objections(facts_of(one.values[0])):
            assert said.say.endswith("。")
            assert "请" in said.say or "只能" in said.say, said.say
            assert "第" in said.cite, said.code
            assert said.field, said.code


def test_what_refuses_comes_before_what_asks() -> None:
    found = summary.objections(facts_of({"recorders": [], "defence": "", "fine": "250"}))
    assert [one.level for one in found] == [Level.BLOCK, Level.BLOCK, Level.WARN]


def test_a_reason_settles_a_warning_but_never_a_refusal() -> None:
    found = summary.objections(facts_of({"recorders": [], "fine": "250"}))
    reasons = {"recorders_fewer_than_two": "一台送修", "fine_over_limit": "情节严重"}
    assert [one.code for one in summary.unsettled(found, reasons)] == ["fine_over_limit"]
    blank = {"recorders_fewer_than_two": "  "}
    assert len(summary.unsettled(found, blank)) == 2


def test_a_decision_before_the_law_in_force_is_refused_in_a_sentence() -> None:
    before = replace(facts_of({}), decided_on=date(2021, 7, 14))
    assert "parameter_not_in_force" in {one.code for one in summary.objections(before)}


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(2012, 9, 3), date(2026, 9, 2), 13),
        (date(2012, 9, 3), date(2026, 9, 3), 13),
        (date(2012, 9, 3), date(2026, 9, 4), 14),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
    ],
)
def test_a_year_of_life_is_full_on_the_day_after_the_birthday(
    born: date, day: date, years: int
) -> None:
    assert full_years(born, day) == years


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2024, 9, 3), 2, date(2026, 9, 3)),
        (date(2024, 2, 29), 2, date(2026, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
    ],
)
def test_a_period_of_years_ends_on_the_same_day(day: date, years: int, later: date) -> None:
    assert years_later(day, years) == later
