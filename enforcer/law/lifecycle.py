"""THE state machine of the ordinary procedure (行政处罚法 第五章第三节): button and operation ask here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from enforcer.errors import Level, Objection, Refused
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.law.lifecycle_rules import RULES
from enforcer.law.lifecycle_step import Guard, Offer, Step
from enforcer.law.lifecycle_steps import STEPS
from enforcer.law.summary import unsettled
from enforcer.terms import CaseStep

__all__ = [
    "STEPS",
    "CaseFacts",
    "Guard",
    "Offer",
    "Step",
    "objections",
    "offers",
    "step",
    "unsettled",
]

_BY_KEY: dict[CaseStep, Step] = {one.key: one for one in STEPS}


def step(key: CaseStep) -> Step:
    """The step of this name."""
    return _BY_KEY[key]


def objections(key: CaseStep, facts: CaseFacts) -> tuple[Objection, ...]:
    """Everything that stands against taking a step, what refuses first; each code once."""
    taking = step(key)
    found: dict[str, Objection] = {}
    for rule in RULES:
        if said := rule(taking, facts):
            found.setdefault(said.code, said)
    for guard in taking.guards:
        try:
            said = guard(facts)
        except Refused as error:  # the law had no such rule or number on that day
            for one in error.objections:
                found.setdefault(one.code, one)
        else:
            if said:
                found.setdefault(said.code, said)
    return tuple(sorted(found.values(), key=lambda one: one.level is Level.WARN))


def offers(facts: CaseFacts) -> tuple[Offer, ...]:
    """Every step as it stands today, in the order of the course."""
    asked = replace(
        facts, day=facts.today, new=None, by=None, acting=facts.acting or facts.handlers
    )
    return tuple(Offer(one, objections(one.key, asked)) for one in STEPS)


def by_operation(name: str) -> Mapping[CaseStep, Step]:
    """The steps that one operation takes."""
    return {one.key: one for one in STEPS if one.form == name}
