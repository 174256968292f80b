"""Which papers have to reach the party, and which have not yet (行政处罚法 第六十一条)."""

from __future__ import annotations

from enforcer.law.lifecycle_facts import CaseFacts, Done
from enforcer.terms import CaseStep

FOR_THE_PARTY = frozenset(
    {
        CaseStep.RECUSAL_DECIDED,
        CaseStep.SUMMONED,
        CaseStep.PRESERVED,
        CaseStep.PRESERVATION_DISPOSED,
        CaseStep.SEIZED,
        CaseStep.SEIZURE_EXTENDED,
        CaseStep.SEIZURE_RELEASED,
        CaseStep.CORRECTION_ORDERED,
        CaseStep.ANNOUNCED,
        CaseStep.DEFENCE_REVIEWED,
        CaseStep.HEARING_NOTICED,
        CaseStep.DECIDED,
        CaseStep.DEFERRED,
        CaseStep.URGED,
    }
)
"""Steps that make a paper for the party."""


def unserved(facts: CaseFacts) -> tuple[Done, ...]:
    """The steps whose paper has to reach the party and has not yet."""
    return tuple(
        one
        for one in facts.done
        if one.step in FOR_THE_PARTY and facts.served_on(one.step, one.row) is None
    )
