"""Checks of the scenarios about leniency, discretion, procedure and citations."""

from datetime import date
from decimal import Decimal
from typing import Any

from enforcer.law import catalogue, citations, discretion, leniency, leniency_choice, procedure
from enforcer.law.conditions import Tick, read_all
from enforcer.law.discretion_data import Benchmark, Tier
from enforcer.law.first_violation import FirstViolation
from enforcer.law.leniency import Assessment, LeniencyFacts
from enforcer.law.leniency_choice import Choice
from enforcer.law.procedure import ProcedureFacts, Threshold, Thresholds
from enforcer.money import parse_yuan
from enforcer.terms import (
    Discretion,
    LeniencyPaper,
    Matching,
    NoPenaltyReason,
    PartyKind,
    PenaltyKind,
    Procedure,
)

BOTH = ("citizen", "organization")
PAPERS = {one.value: one for one in LeniencyPaper}
MADE_UP = Benchmark(
    item_key="road_occupation",
    title="虚构的裁量基准（只供核对程序）",
    number="某政规〔2025〕12号",
    article="",
    from_on=date(2026, 1, 1),
    until_on=None,
    tiers=(
        Tier(
            "轻微",
            Discretion.LIGHTER,
            BOTH,
            read_all(["占用面积 ≤ 5 平方米", "占用时间 ≤ 2 天"]),
            Matching.ALL,
            None,
            50_000,
        ),
        Tier(
            "一般",
            Discretion.ORDINARY,
            BOTH,
            read_all(["占用面积 > 5 平方米", "占用面积 ≤ 20 平方米"]),
            Matching.ALL,
            50_000,
            500_000,
        ),
        Tier(
            "严重",
            Discretion.HEAVIER,
            BOTH,
            read_all(["占用面积 > 20 平方米", "拒不改正"]),
            Matching.ANY,
            500_000,
            2_000_000,
        ),
    ),
)


def ticks_of(case: dict[str, Any]) -> dict[str, Tick]:
    evidence = case.get("evidence", "现场照片2张")
    found = {one: Tick(holds=True, evidence=evidence) for one in case.get("has", ())}
    found |= {one: Tick(holds=False) for one in case.get("lacks", ())}
    return found | {
        name: Tick(value=Decimal(value), evidence=evidence)
        for name, value in case.get("measured", {}).items()
    }


def assessed(case: dict[str, Any]) -> Assessment:
    item = case.get("item")
    first = {True: True, False: False, "to_confirm": None}
    lookup = None
    if "first" in case:
        lookup = FirstViolation(case["day"], "号牌", first[case["first"]], None, (), (), "查过。")
    return leniency.assess(
        LeniencyFacts(
            party_kind=PartyKind(case.get("party", "citizen")),
            acted_on=case["act_on"],
            decided_on=case["day"],
            item=catalogue.item(item, case["act_on"]) if item else None,
            born_on=case.get("born_on"),
            private_enterprise=case.get("private", False),
            ticks=ticks_of(case),
            provision=case.get("provision", ""),
            lookup=lookup,
        )
    )


def circumstance(case: dict[str, Any]) -> None:
    found = assessed(case).of(case["circumstance"])
    state = found.state.value if found else "absent"
    assert state == case["expected"], found and found.say
    if found:
        assert case["article"] in found.cite
        assert found.say.endswith("。")


def choice(case: dict[str, Any]) -> None:
    reasons = {one.value: one for one in NoPenaltyReason}
    found = leniency_choice.objections(
        assessed(case),
        Choice(
            discretion=Discretion(case["choice"]),
            no_penalty_reason=reasons.get(case.get("reason_kind", "")),
            reason=case.get("reason", ""),
            papers=frozenset(PAPERS[one] for one in case.get("papers", ())),
        ),
    )
    assert [one.code for one in found] == case["expected"], [one.say for one in found]
    assert all(one.cite and one.field and one.say.endswith("。") for one in found)
    if found:
        assert case["article"] in "、".join(one.cite for one in found)


def step(case: dict[str, Any]) -> None:
    key = case.get("item", "road_occupation")
    asked = {
        name: case[name]
        for name in (
            "facts_clear", "party_present", "measures_needed", "hearing_held", "public_interest",
            "major_rights", "complicated", "serious", "law_choice_open", "hearing_by_law",
            "review_by_law",
        )
        if name in case
    }  # fmt: skip
    trader = case.get("sole_trader_as")
    facts = ProcedureFacts(
        decided_on=case["day"],
        party_kind=PartyKind(case.get("party", "citizen")),
        item=catalogue.item(key, case["day"]) or catalogue.item(key, date(2026, 9, 3)),
        kinds=tuple(PenaltyKind(one) for one in case.get("kinds", ["fine"])),
        fine_fen=_fen(case.get("fine_yuan")) or 0,
        gains_fen=_fen(case.get("gains_yuan")) or 0,
        property_fen=_fen(case.get("property_yuan")) or 0,
        discretion=Discretion(case.get("discretion", "ordinary")),
        sole_trader_as=PartyKind(trader) if trader else None,
        thresholds=Thresholds(
            **{k: Threshold(_fen(v), "某文件") for k, v in case.get("thresholds", {}).items()}
        ),
        **asked,
    )
    every = procedure.requirements(facts)
    if case["step"] == "procedure":
        chosen = every.chosen
        said = chosen.procedure.value if chosen.settled else "undecided"
        assert said == case["expected"], chosen.why
        assert case["article"] in chosen.cite
        assert chosen.settled or chosen.procedure is Procedure.ORDINARY
        return
    answer = getattr(every, case["step"])
    assert answer.needed.value == case["expected"], answer.say
    assert answer.cite.startswith(case["article"])
    assert answer.say.endswith("。")


def fine_within(case: dict[str, Any]) -> None:
    act_on = case.get("act_on", date(2026, 9, 1) if case["day"].year == 2026 else case["day"])
    item = catalogue.item(case.get("item", "road_occupation"), act_on)
    assert item
    notices = case.get("announcements")
    suggested = discretion.suggest(
        item,
        "citizen",
        ticks_of(case),
        case["day"],
        benchmarks=(MADE_UP,),
        under=case.get("under", ""),
    )
    expected = case["expected"]
    assert (suggested.tier.name if suggested.tier else "") == expected["tier"], suggested.why
    span = [_fen(one) for one in expected["span"]]
    assert [suggested.min_fen or None, suggested.max_fen] == span
    assert case["article"] in suggested.cite
    found = discretion.check(
        discretion.FineFacts(
            item=item,
            side="citizen",
            kinds=tuple(PenaltyKind(one) for one in case.get("kinds", ["fine"])),
            fine_fen=_fen(case["fine_yuan"]) or 0,
            discretion=Discretion(case.get("discretion", "ordinary")),
            reason=case.get("reason", ""),
            under=case.get("under", ""),
            suggestion=suggested,
            grounds=tuple(case.get("grounds", ())),
            announcements=None if notices is None else tuple(map(_announced, notices)),
        )
    )
    assert [one.code for one in found] == expected["refuses"], [one.say for one in found]
    assert all(one.cite and one.field and one.say.endswith("。") for one in found)


def cited(case: dict[str, Any]) -> None:
    said = "".join(one.say for one in citations.faults(case["text"], case["day"]))
    assert (case["expected"] in said) if case["expected"] else not said, said


def _announced(given: dict[str, Any]) -> discretion.Announcement:
    return discretion.Announcement(
        served_on=given.get("served_on"),
        fine_fen=_fen(given["fine_yuan"]) or 0,
        new_facts=given.get("new_facts", ""),
        reason=given.get("reason", ""),
        from_defence=given.get("from_defence", False),
    )


def _fen(text: str | None) -> int | None:
    return parse_yuan(text) if text else None


CHECK = {
    "leniency": circumstance,
    "leniency_choice": choice,
    "procedure": step,
    "discretion": fine_within,
    "citations": cited,
}
__all__ = ["CHECK", "MADE_UP", "assessed", "ticks_of"]
