"""Every guard of the ordinary course by scenarios that a jurist can read."""

import tomllib
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from inspect import getmembers
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from pydantic import TypeAdapter

from enforcer.law import (
    course_after,
    course_decision,
    course_investigation,
    course_people,
    lifecycle,
    lifecycle_rules,
)
from enforcer.law.conditions import Tick
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.terms import CaseStep, Role, Stage
from tests.law.ordinary_cases import CHINA, PEOPLE, at, cases, law_of

SCENARIOS = Path(__file__).parents[1] / "scenarios" / "lifecycle"
KINDS = {
    name: one
    for module in (course_after, course_decision, course_investigation, course_people)
    for name, one in getmembers(module, is_dataclass)
}
BASES = cases()
HINTS = get_type_hints(CaseFacts)


def scenarios() -> list[Any]:
    found = []
    for path in sorted(SCENARIOS.glob("*.toml")):
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            found.append(pytest.param(one, id=f"{path.stem}：{one['name']}"))
    return found


CASES = scenarios()


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def made(given: Any) -> Any:
    """Moments in China's time, people by their names."""
    if isinstance(given, dict):
        return {name: made(one) for name, one in given.items()}
    if isinstance(given, list):
        return [made(one) for one in given]
    if isinstance(given, datetime) and given.tzinfo is None:
        return given.replace(tzinfo=CHINA)
    return given


def imposed(given: dict[str, Any], base: Any) -> Any:
    """An imposition: what the scenario changes of the base's."""
    values = dict(given)
    if "ticks" in values:
        values["ticks"] = {key: Tick(**one) for key, one in values["ticks"].items()}
    hints = get_type_hints(course_decision.Imposition)
    return replace(
        base, **{name: adapter(hints[name]).validate_python(v) for name, v in values.items()}
    )


def new_of(given: dict[str, Any], facts: CaseFacts) -> Any:
    """What the step would put on record; `from` takes a row of the case and changes it."""
    values = made({k: v for k, v in given.items() if k not in ("type", "from", "imposition")})
    kind = KINDS[given["type"]]
    if "from" in given:
        base = getattr(facts, given["from"])
        base = base[-1] if isinstance(base, tuple) else base
    else:
        base = None
    hints = get_type_hints(kind)
    if "imposition" in given:
        before = facts.imposition if base is None else base.imposition
        values["imposition"] = imposed(given["imposition"], before or course_decision.Imposition())
    read = {
        name: value if name == "imposition" else adapter(hints[name]).validate_python(value)
        for name, value in values.items()
    }
    if base is not None:
        return replace(base, **read)
    known = {one.name for one in fields(kind)}
    if "on" in known and "on" not in read:
        read["on"] = facts.day
    return kind(**read)


def facts_of(case: dict[str, Any]) -> CaseFacts:
    facts = BASES[case["base"]]
    if "today" in case:
        facts = replace(facts, now=at(case["today"]), day=case["today"])
    if "day" in case:
        facts = replace(facts, day=case["day"])
    changed = made(case.get("with", {}))
    if "item_key" in changed or "acted_at" in changed:
        acted_at = changed.get("acted_at", facts.acted_at)
        key = changed.pop("item_key", facts.item_key)
        facts = replace(facts, **law_of(key, acted_at.date(), facts.day))
    if "report" in changed:  # the last opinion, with these changes
        report = changed.pop("report")
        last = facts.proposals[-1]
        last = replace(
            last,
            imposition=imposed(report.pop("imposition", {}), last.imposition),
            **{
                n: adapter(get_type_hints(type(last))[n]).validate_python(v)
                for n, v in report.items()
            },
        )
        facts = replace(facts, proposals=(*facts.proposals[:-1], last))
    for name in ("handlers", "acting"):
        if name in changed:
            people = tuple(PEOPLE[one] for one in changed.pop(name))
            facts = replace(facts, **{name: people})
    for name in ("party", "power", "lead", "decision"):
        base = getattr(facts, name)
        if base is not None and isinstance(changed.get(name), dict):
            hints = get_type_hints(type(base))
            given = changed.pop(name)
            values = {n: adapter(hints[n]).validate_python(v) for n, v in given.items()}
            facts = replace(facts, **{name: replace(base, **values)})
    for name in ("add_services", "add_done"):
        if name in changed:
            field = name.removeprefix("add_")
            more = adapter(HINTS[field]).validate_python(changed.pop(name))
            facts = replace(facts, **{field: (*getattr(facts, field), *more)})
    values = {name: adapter(HINTS[name]).validate_python(v) for name, v in changed.items()}
    facts = replace(facts, **values)
    if "by" in case:
        facts = replace(facts, by=PEOPLE[case["by"]])
    if "acting" in case:
        facts = replace(facts, acting=tuple(PEOPLE[one] for one in case["acting"]))
    if "new" in case:
        facts = replace(facts, new=new_of(case["new"], facts))
    return facts


@pytest.mark.parametrize("case", CASES)
def test_a_step_meets_just_these_objections(case: dict[str, Any]) -> None:
    found = lifecycle.objections(CaseStep(case["step"]), facts_of(case))
    assert [one.code for one in found] == case["expect"], [one.say for one in found]
    cited = "、".join(one.cite for one in found)
    assert case.get("cite", "") in cited, cited
    for one in found:
        assert one.say.endswith("。"), one.say
        assert one.cite, one.code


def test_every_guard_and_every_rule_refuses_in_some_scenario_or_course() -> None:
    courses = SCENARIOS.parent / "courses"
    said = {code for one in CASES for code in one.values[0]["expect"]}
    for path in courses.glob("*.toml"):
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["step"]:
            refused = one.get("refused", ())
            said |= {refused} if isinstance(refused, str) else set(refused)
    guards = {guard.__name__ for one in lifecycle.STEPS for guard in one.guards}
    guards |= {rule.__name__ for rule in lifecycle_rules.RULES}
    assert guards - said == set()


def test_every_step_has_its_label_article_roles_and_operation() -> None:
    assert len({one.key for one in lifecycle.STEPS}) == len(lifecycle.STEPS)
    for one in lifecycle.STEPS:
        assert one.label, one.key
        assert "条" in one.cite or one.cite == "本机关内部规定", one.key
        assert one.roles <= set(Role), one.key
        assert one.form, one.key


def test_every_stage_can_be_reached_and_left() -> None:
    for stage in (Stage.FILED, Stage.DECIDED, Stage.CLOSED):
        assert any(one.to is stage for one in lifecycle.STEPS), stage
    for stage in (Stage.LEAD, Stage.FILED, Stage.DECIDED):
        assert any(stage in one.frm and one.to not in (None, stage) for one in lifecycle.STEPS)


def test_a_step_rests_only_on_steps_that_come_before_it() -> None:
    order = [one.key for one in lifecycle.STEPS]
    for one in lifecycle.STEPS:
        for ground in one.rests_on:
            assert order.index(ground) < order.index(one.key), one.key


def test_the_button_and_the_operation_ask_the_same() -> None:
    facts = BASES["调查终结"]
    offered = {one.step.key: one for one in lifecycle.offers(facts)}
    assert offered[CaseStep.ANNOUNCED].allowed
    assert not offered[CaseStep.DECIDED].allowed
    codes = [one.code for one in offered[CaseStep.DECIDED].objections]
    assert codes == [one.code for one in lifecycle.objections(CaseStep.DECIDED, facts)]


def test_nothing_is_offered_on_a_closed_file_but_what_the_party_or_the_law_undoes() -> None:
    facts = replace(BASES["送达"], stage=Stage.CLOSED, closed_on=date(2026, 10, 12))
    allowed = {one.step.key for one in lifecycle.offers(facts) if one.allowed}
    assert allowed == {
        CaseStep.LEAD_REPLIED,
        CaseStep.RECONSIDERATION,
        CaseStep.LITIGATION,
        CaseStep.REVOKED,
    }
