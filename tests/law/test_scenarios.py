"""Every case of tests/scenarios/law: facts, day, expected, article, as a jurist reads them."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from enforcer.errors import Refused
from enforcer.law import calendar, catalogue, deadlines, parameters
from enforcer.law.additional_fine import additional_fine
from enforcer.money import parse_yuan, yuan
from enforcer.terms import PartyKind
from tests.law import scenario_floor

FOLDER = Path(__file__).parents[1] / "scenarios" / "law"
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}: {case['facts']}")
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def deadline(case: dict[str, Any]) -> None:
    found = deadlines.due(case["due"], case["day"])
    assert found.due_on == case["expected"]
    assert found.nominal_on == case.get("nominal", case["expected"])
    assert found.provisional is case.get("provisional", False)
    assert case["article"] in found.cite
    assert found.cite in "".join(found.why)
    assert str(case["day"]) in found.why[0]


def fine(case: dict[str, Any]) -> None:
    excluded = [(first, last) for first, last in case.get("excluded", [])]
    amount = parse_yuan(case["fine_yuan"])
    found = additional_fine(amount, case["due_on"], case["day"], excluded)
    assert found.as_json()["amount_yuan"] == case["expected"]
    assert found.days == case["days"]
    assert found.capped is case.get("capped", False)
    assert case["article"] in found.cite


def threshold(case: dict[str, Any]) -> None:
    limit = parameters.on(case["within"], case["day"])
    assert (parse_yuan(case["amount_yuan"]) <= limit.value) is case["expected"]
    assert case["article"] in limit.cite


def on_the_spot(case: dict[str, Any]) -> None:
    item = catalogue.item(case["spot"], case["day"])
    assert item is not None
    found = item.summary_allowed(PartyKind(case["party"]))
    assert found.allowed is case["expected"], found.say
    assert found.warning is case["warning"]
    assert found.amount_to_confirm is case.get("amount_to_confirm", False)
    span = [] if found.fine_to_fen is None else [found.fine_from_fen or 0, found.fine_to_fen]
    assert [yuan(fen) for fen in span] == case.get("fine", [])
    assert "行政处罚法（2021）第五十" in found.cite
    assert found.say.endswith("。")


def old_and_new(case: dict[str, Any]) -> None:
    found = catalogue.provisions_for(case["item"], case["act_on"], case["day"])
    assert found.lighter == case["lighter"]
    assert found.applies == case["applies"]
    assert found.needs_choice is case["choice"]
    assert case["article"] in found.cite


def working_day(case: dict[str, Any]) -> None:
    days = calendar.shipped()
    assert days.is_working(case["day"]) is case["working"]
    assert days.why_not(case["day"]) == case["expected"]
    assert days.knows(case["day"].year) is case.get("known", True)


CHECK: dict[str, Callable[[dict[str, Any]], None]] = {
    "deadlines": deadline,
    "additional_fine": fine,
    "thresholds": threshold,
    "on_the_spot": on_the_spot,
    "old_and_new": old_and_new,
    "working_days": working_day,
    **scenario_floor.CHECK,
}


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_the_law_says(kind: str, case: dict[str, Any]) -> None:
    if "refused" not in case:
        CHECK[kind](case)
        return
    with pytest.raises(Refused, match=case["refused"]) as caught:
        CHECK[kind](case)
    assert caught.value.objections[0].cite


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 120
