"""The sign-off chain at work: put forward, signed level by level, ended by the head (第五十七条)."""

from __future__ import annotations

from enforcer import models
from enforcer.course_terms import SignOffMatter
from enforcer.law import sign_off
from enforcer.law.course_people import SignOff
from enforcer.operations.taking import Taking


def put_forward(taking: Taking, matter: SignOffMatter, words: str) -> None:
    """Begin a round: what is put forward is its first signature."""
    facts = taking.facts
    assert facts.by is not None
    levels = sign_off.chain_of(facts, matter)
    rounds = [one.round for one in facts.sign_offs if one.matter is matter]
    first = SignOff(
        matter=matter,
        round=max(rounds, default=0) + 1,
        level=1,
        level_name=levels[0].name,
        person_id=facts.by.id,
        person=facts.by.name,
        words=words,
        on=facts.day,
    )
    taking.keep(models.SignOff, SignOff, first)


def signature(taking: Taking, matter: SignOffMatter, *, agrees: bool, words: str) -> SignOff:
    """The next signature of a matter, as it would be written."""
    facts = taking.facts
    signed = sign_off.round_of(facts, matter)
    level = sign_off.pending(facts, matter)
    return SignOff(
        matter=matter,
        round=signed[-1].round if signed else 1,
        level=len(signed) + 1,
        level_name=level.name if level else "",
        person_id=facts.by.id if facts.by else 0,
        person=facts.by.name if facts.by else "",
        agrees=agrees,
        words=words,
        on=facts.day,
    )
