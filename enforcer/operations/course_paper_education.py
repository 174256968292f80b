"""教育 in a case goes into the education register too (行政处罚法 第三十三条第三款)."""

from __future__ import annotations

from enforcer import models
from enforcer.operations.taking import Taking
from enforcer.terms import GuidanceKind, Origin


def enter_education(taking: Taking, person: str) -> None:
    """Add the row of 宣传教育台账 for a party that was educated, in the same transaction."""
    facts = taking.facts
    taking.session.add(
        models.Guidance(
            occurred_on=taking.day,
            kind=GuidanceKind.PERSUASION,
            place_or_target=person or facts.party.name,
            quantity=1,
            officers="、".join(taking.officers),
            note=f"案件 {facts.number}，不予处罚时的教育",
            origin=Origin.MADE_HERE,
        )
    )
