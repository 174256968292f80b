"""All that is known of a case when a step is asked for; guards and papers look at nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from enforcer.course_terms import Outcome, SignOffMatter
from enforcer.law import calendar, procedure
from enforcer.law.calendar import Calendar
from enforcer.law.catalogue import Applicable
from enforcer.law.course_after import (
    Closure,
    CourtApplication,
    Deferral,
    Payment,
    Remedy,
    Service,
    Urging,
)
from enforcer.law.course_decision import (
    Decision,
    DefenceStatement,
    Discussion,
    Hearing,
    Imposition,
    LegalReview,
    Proposal,
    Transfer,
)
from enforcer.law.course_investigation import (
    Correction,
    Filing,
    Lead,
    PeriodChange,
    Preservation,
    Seizure,
    Summons,
    WrittenRecord,
)
from enforcer.law.course_people import Level, Organ, Paper, Party, Person, Recusal, SignOff
from enforcer.law.discretion_data import Benchmark
from enforcer.law.first_violation import FirstViolation
from enforcer.law.leniency_data import ListRow
from enforcer.law.summary_facts import EarlierFine, Power, block, warn
from enforcer.law.violation import Violation
from enforcer.terms import CaseStep, PartyKind, Stage

__all__ = ["CaseFacts", "Done", "block", "warn"]
Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken: its day, and the row it made."""

    step: CaseStep
    on: date
    row: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """A case, or a lead without one yet (`case_id` None), as it stands.

    `day` is the day the step is said to be taken, `by` who takes it, `acting` the officers who
    carry it out, `new` what it would put on record: all of it empty when only the button is asked.
    `item_then` and `item_now` are the item on the day of the act and today, `law` both compared.
    """

    now: datetime
    day: date
    case_id: int | None = None
    number: str = ""
    stage: Stage = Stage.LEAD
    cause: str = ""
    item_key: str = ""
    item_then: Violation | None = None
    item_now: Violation | None = None
    law: Applicable | None = None
    organ: Organ | None = None
    power: Power | None = None
    party: Party = field(default_factory=Party)
    plate: str = ""
    place: str = ""
    act: str = ""
    acted_at: datetime | None = None
    ended_on: date | None = None
    discovered_on: date | None = None
    harm: bool = False
    filed_on: date | None = None
    closed_on: date | None = None
    lead: Lead | None = None
    filing: Filing | None = None
    handlers: tuple[Person, ...] = ()
    by: Person | None = None
    acting: tuple[Person, ...] = ()
    new: object = None
    done: tuple[Done, ...] = ()
    chains: Mapping[SignOffMatter, tuple[Level, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    sign_offs: tuple[SignOff, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    summonses: tuple[Summons, ...] = ()
    records: tuple[WrittenRecord, ...] = ()
    preservations: tuple[Preservation, ...] = ()
    seizures: tuple[Seizure, ...] = ()
    corrections: tuple[Correction, ...] = ()
    periods: tuple[PeriodChange, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    defences: tuple[DefenceStatement, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    reviews: tuple[LegalReview, ...] = ()
    discussions: tuple[Discussion, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    services: tuple[Service, ...] = ()
    decision: Decision | None = None
    payments: tuple[Payment, ...] = ()
    deferrals: tuple[Deferral, ...] = ()
    urgings: tuple[Urging, ...] = ()
    applications: tuple[CourtApplication, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    closure: Closure | None = None
    papers: tuple[Paper, ...] = ()
    calendar: Calendar = field(default_factory=calendar.shipped)
    thresholds: procedure.Thresholds = field(default_factory=procedure.Thresholds)
    defence_days: int | None = None
    lookup: FirstViolation | None = None
    list_rows: tuple[ListRow, ...] = ()
    benchmarks: tuple[Benchmark, ...] | None = None
    sole_trader_as: PartyKind | None = None
    earlier_fines: tuple[EarlierFine, ...] = ()
    alike: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    _weighed: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def weighed_once(self, name: str, weigh: Callable[[], Known]) -> Known:
        """What many guards ask of the same facts, weighed for the first of them."""
        if name not in self._weighed:
            self._weighed[name] = weigh()
        known: Known = self._weighed[name]
        return known

    @property
    def today(self) -> date:
        """The civil day of `now`."""
        return self.now.date()

    @property
    def acted_on(self) -> date | None:
        return self.acted_at.date() if self.acted_at else None

    def first(self, step: CaseStep) -> date | None:
        """The day a step was first taken."""
        return min((one.on for one in self.done if one.step is step), default=None)

    def last(self, step: CaseStep) -> date | None:
        """The day a step was last taken."""
        return max((one.on for one in self.done if one.step is step), default=None)

    def taken(self, step: CaseStep) -> bool:
        return any(one.step is step for one in self.done)

    @property
    def proposal(self) -> Proposal | None:
        """What is being proposed now, else the latest of the case."""
        if isinstance(self.new, Proposal):
            return self.new
        return self.proposals[-1] if self.proposals else None

    @property
    def put_forward(self) -> Proposal | None:
        """What lies before the heads."""
        if isinstance(self.new, Proposal) and self.new.step is CaseStep.DECISION_PROPOSED:
            return self.new
        return self._latest(CaseStep.DECISION_PROPOSED)

    @property
    def report(self) -> Proposal | None:
        """The report at the end of the investigation."""
        return self._latest(CaseStep.CONCLUDED)

    @property
    def notices(self) -> tuple[Proposal, ...]:
        """Every prior notice, in the order they were made."""
        return tuple(one for one in self.proposals if one.step is CaseStep.ANNOUNCED)

    @property
    def imposition(self) -> Imposition | None:
        return self.proposal.imposition if self.proposal else None

    @property
    def item(self) -> Violation | None:
        """The item in the version that applies: chosen by a person, else the lighter (第三十七条)."""
        chosen = self.imposition.law_choice if self.imposition else ""
        newer = chosen == "new" or (
            not chosen and self.law is not None and self.law.applies == "new"
        )
        return self.item_now if newer or self.item_then is None else self.item_then

    def services_of(self, step: CaseStep, row: int | None = None) -> Iterator[Service]:
        """The services of the paper that a step made."""
        for one in self.services:
            if one.of is step and row in (None, one.of_id):
                yield one

    def served_on(self, step: CaseStep, row: int | None = None) -> date | None:
        """The day from which the paper of a step counts as served."""
        days = (one.effective_on for one in self.services_of(step, row))
        return min((one for one in days if one is not None), default=None)

    @property
    def punishes(self) -> bool:
        """Whether what is proposed is a penalty."""
        return self.imposition is not None and self.imposition.outcome is Outcome.PENALTY

    def _latest(self, step: CaseStep) -> Proposal | None:
        return next((one for one in reversed(self.proposals) if one.step is step), None)
