"""The summary procedure (行政处罚法 第五章第二节): may this be decided on the spot, and what is wrong.

One truth for the button, the form and the operation: `objections` says everything that stands
against a decision, in the order of the form; `unsettled` leaves out what a reason has settled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from enforcer.errors import Level, Objection, Refused
from enforcer.law import summary_course, summary_payment, summary_penalty, summary_people
from enforcer.law.summary_facts import SummaryFacts

Guard = Callable[[SummaryFacts], Objection | None]

GUARDS: tuple[Guard, ...] = (
    *summary_people.GUARDS,
    *summary_course.GUARDS,
    *summary_penalty.GUARDS,
    *summary_payment.GUARDS,
)


def objections(facts: SummaryFacts) -> tuple[Objection, ...]:
    """Everything that stands against deciding this on the spot, what refuses first."""
    found: dict[str, Objection] = {}
    for guard in GUARDS:
        try:
            said = guard(facts)
        except Refused as error:  # the law had no such number on that day
            found |= {one.code: one for one in error.objections}
        else:
            found |= {said.code: said} if said else {}
    return tuple(sorted(found.values(), key=lambda one: one.level is Level.WARN))


def unsettled(found: tuple[Objection, ...], reasons: Mapping[str, str]) -> tuple[Objection, ...]:
    """What still stands: every refusal, and each warning without its reason."""
    return tuple(
        one for one in found if one.level is Level.BLOCK or not reasons.get(one.code, "").strip()
    )
