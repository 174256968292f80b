"""What a step of the course is: from which stage, to which, by whom, on what it rests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from enforcer.course_terms import Part
from enforcer.errors import Level, Objection
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.terms import CaseStep, OfficerPost, Role, Stage

Guard = Callable[[CaseFacts], Objection | None]
OFFICER = frozenset({Role.OFFICER})
REVIEWER = frozenset({Role.LEGAL_REVIEWER})
HEAD = frozenset({Role.HEAD})
STAFF = OFFICER | REVIEWER | HEAD
ROLE_OF = {
    OfficerPost.OFFICER: Role.OFFICER,
    OfficerPost.LEGAL_REVIEWER: Role.LEGAL_REVIEWER,
    OfficerPost.HEAD: Role.HEAD,
}
LEAD = frozenset({Stage.LEAD})
FILED = frozenset({Stage.FILED})
DECIDED = frozenset({Stage.DECIDED})
CLOSED = frozenset({Stage.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the ordinary course.

    `to` None leaves the case in its stage. `rests_on` are the steps that must lie before it, and
    whose day it may not precede. `form` is the operation that takes it, and so its form. The papers
    that come out of it name it in their templates.
    """

    key: CaseStep
    part: Part
    frm: frozenset[Stage]
    to: Stage | None = None
    cite: str
    rests_on: tuple[CaseStep, ...] = ()
    once: bool = False
    roles: frozenset[Role] = OFFICER
    guards: tuple[Guard, ...] = ()
    form: str

    @property
    def label(self) -> str:
        return self.key.label


def when_planned(guard: Guard) -> Guard:
    """Ask `guard` only once it is known what would be filed; a lead alone has no item, no party."""

    def asked(facts: CaseFacts) -> Objection | None:
        known = facts.case_id is not None or facts.new is not None
        return guard(facts) if known else None

    asked.__name__ = guard.__name__
    return asked


@dataclass(frozen=True, slots=True)
class Offer:
    """A step as the page shows it: open, or grey with everything that stands in its way."""

    step: Step
    objections: tuple[Objection, ...] = ()

    @property
    def allowed(self) -> bool:
        """Warnings ask for a reason; only a refusal greys the button."""
        return not any(one.level is Level.BLOCK for one in self.objections)
