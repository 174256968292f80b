"""The sign-off chain (审批): three to five levels as the office sets them; who signs next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from enforcer.course_terms import SignOffMatter
from enforcer.law.course_people import Level
from enforcer.terms import CaseStep, OfficerPost

if TYPE_CHECKING:
    from typing import TypeVar

    from enforcer.law.course_known import Chained, Signed

    Signature = TypeVar("Signature", bound=Signed)

FEWEST, MOST = 3, 5
_OFFICER = (OfficerPost.OFFICER,)
_UNIT = (OfficerPost.OFFICER, OfficerPost.HEAD)
_LEGAL = (OfficerPost.LEGAL_REVIEWER,)
_HEAD = (OfficerPost.HEAD,)
DEFAULT_CHAINS: Mapping[SignOffMatter, tuple[Level, ...]] = {
    SignOffMatter.FILING: (
        Level("承办人", _OFFICER),
        Level("承办机构负责人", _UNIT),
        Level("行政机关负责人", _HEAD),
    ),
    SignOffMatter.DECISION: (
        Level("承办人", _OFFICER),
        Level("承办机构负责人", _UNIT),
        Level("法制机构", _LEGAL),
        Level("行政机关负责人", _HEAD),
    ),
    SignOffMatter.CLOSURE: (
        Level("承办人", _OFFICER),
        Level("承办机构负责人", _UNIT),
        Level("行政机关负责人", _HEAD),
    ),
}
"""What stands until the office sets its own; the first level is signed by what is put forward."""

PUT_FORWARD_BY = {
    SignOffMatter.FILING: CaseStep.PROPOSED,
    SignOffMatter.DECISION: CaseStep.DECISION_PROPOSED,
    SignOffMatter.CLOSURE: CaseStep.CLOSURE_PROPOSED,
}
ENDS_WITH = {
    SignOffMatter.FILING: CaseStep.FILED,
    SignOffMatter.DECISION: CaseStep.RULED,
    SignOffMatter.CLOSURE: CaseStep.CLOSED,
}


def chain_of(facts: Chained[Signed], matter: SignOffMatter) -> tuple[Level, ...]:
    """The levels of a matter: the office's own, else the usual ones."""
    return facts.chains.get(matter) or DEFAULT_CHAINS[matter]


def round_of(facts: Chained[Signature], matter: SignOffMatter) -> tuple[Signature, ...]:
    """The signatures of the present round, in their order."""
    mine = [one for one in facts.sign_offs if one.matter is matter]
    last = max((one.round for one in mine), default=0)
    return tuple(
        sorted((one for one in mine if one.round == last), key=lambda one: (one.level, one.id))
    )


def pending(facts: Chained[Signed], matter: SignOffMatter) -> Level | None:
    """The level that signs next; None when nothing lies before anybody."""
    signed = round_of(facts, matter)
    levels = chain_of(facts, matter)
    if not signed or not all(one.agrees for one in signed) or len(signed) >= len(levels):
        return None
    return levels[len(signed)]


def is_last(facts: Chained[Signed], matter: SignOffMatter) -> bool:
    """Whether the next signature ends the chain."""
    return len(round_of(facts, matter)) + 1 == len(chain_of(facts, matter))


def waiting_for(facts: Chained[Signed]) -> dict[SignOffMatter, Level]:
    """Every matter that waits for a signature, with the level it waits for."""
    found = {matter: pending(facts, matter) for matter in SignOffMatter}
    return {matter: level for matter, level in found.items() if level is not None}
