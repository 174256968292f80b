"""What no scenario reaches: guards before another's form, clocks before their start."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from inspect import isabstract
from typing import Any

import pytest

from enforcer.course_terms import RemedyKind, RemedyOutcome
from enforcer.errors import Objection, Refused
from enforcer.law import course_clocks, lifecycle
from enforcer.law.course_after import Remedy
from enforcer.terms import CaseStep
from tests.law.ordinary_cases import cases
from tests.law.test_lifecycle import CASES, KINDS, facts_of

BASES = cases()
FORMS = {
    type(facts.new).__name__: facts.new
    for facts in (facts_of(one.values[0]) for one in CASES)
    if facts.new is not None
}
"""One form of each kind, as a scenario gives it."""
GUARDS = {guard.__name__: guard for one in lifecycle.STEPS for guard in one.guards}


def test_the_scenarios_give_a_form_of_nearly_every_kind() -> None:
    assert len(FORMS) >= 20
    assert set(FORMS) <= set(KINDS)
    assert all(is_dataclass(KINDS[one]) and not isabstract(KINDS[one]) for one in FORMS)


@pytest.mark.parametrize("name", sorted(GUARDS))
def test_a_guard_answers_in_a_sentence_or_not_at_all_whatever_form_is_before_it(name: str) -> None:
    """The same guard stands at several steps, each with a form of its own."""
    for base in BASES.values():
        for form in (None, *FORMS.values()):
            try:
                said = GUARDS[name](replace(base, new=form))
            except Refused as error:
                assert error.objections
                continue
            if said is not None:
                assert isinstance(said, Objection)
                assert said.say.endswith("。")
                assert said.code
                assert said.cite


def test_no_clock_runs_before_its_start() -> None:
    facts = BASES["调查终结"]
    assert course_clocks.decision_due(replace(facts, filed_on=None)) is None
    assert course_clocks.defence_due(facts, replace(facts.proposals[-1], id=99)) is None
    assert course_clocks.remedies_over_on(facts) is None


def _remedy(**given: Any) -> Remedy:
    known = {one.name for one in fields(Remedy)}
    assert set(given) <= known
    return Remedy(kind=RemedyKind.RECONSIDERATION, on=date(2026, 10, 20), **given)


@pytest.mark.parametrize(
    ("given", "over"),
    [
        ({}, date.max),  # asked, not yet answered
        ({"outcome": RemedyOutcome.UPHELD, "concluded_on": date(2026, 12, 1)}, date(2026, 12, 16)),
        (  # fifteen days from the day the answer was received (行政诉讼法 第四十五条)
            {
                "outcome": RemedyOutcome.UPHELD,
                "concluded_on": date(2026, 12, 1),
                "received_on": date(2026, 12, 4),
            },
            date(2026, 12, 21),  # the fifteenth day is a Saturday
        ),
    ],
)
def test_after_a_reconsideration_the_fifteen_days_of_the_lawsuit_run(
    given: dict[str, Any], over: date
) -> None:
    facts = replace(BASES["送达"], remedies=(_remedy(**given),))
    assert course_clocks.remedies_over_on(facts) == over


def test_a_day_before_every_law_is_refused_by_what_the_law_says() -> None:
    """The periods of 1990 are not known: the button says so instead of failing."""
    long_ago = date(1990, 1, 4)
    facts = BASES["送达"]
    served = replace(facts.decision, on=long_ago, served_on=long_ago) if facts.decision else None
    facts = replace(facts, day=long_ago, decision=served)
    codes = {one.code for each in lifecycle.STEPS for one in lifecycle.objections(each.key, facts)}
    assert "rule_not_in_force" in codes


def test_the_steps_of_an_operation_are_found_by_its_name() -> None:
    for one in lifecycle.STEPS:
        assert lifecycle.by_operation(one.form)[one.key] is one
    assert lifecycle.by_operation("no_such_operation") == {}


def test_what_lies_before_the_heads_is_the_form_itself_or_else_the_last_proposal() -> None:
    facts = BASES["决定"]
    known = [one for one in facts.proposals if one.step is CaseStep.DECISION_PROPOSED]
    assert facts.put_forward is (known[-1] if known else None)
    form = replace(facts.proposals[-1], id=0, step=CaseStep.DECISION_PROPOSED)
    assert replace(facts, new=form).put_forward is form
    reports = [one for one in facts.proposals if one.step is CaseStep.CONCLUDED]
    assert reports
    assert facts.report is reports[-1]
