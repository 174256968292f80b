"""The open cases of the ordinary procedure as 今日 sees them: a few questions for all of them at once.

Each fact has just what its clocks look at, under the names of `law.course_*`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from enforcer.course_terms import (
    CourtAnswer,
    PeriodKind,
    RemedyKind,
    RemedyOutcome,
    SeizureKind,
    SignOffMatter,
)
from enforcer.terms import CaseStep, Stage

if TYPE_CHECKING:
    from enforcer.law.calendar import Calendar


class Period(NamedTuple):
    """What moves the ninety days; `last` is None while a suspension runs."""

    kind: PeriodKind
    first: date
    last: date | None
    days: int
    rule: str


class Notice(NamedTuple):
    """A prior notice."""

    id: int
    on: date
    hearing_offered: bool
    defence_days: int | None


class Defence(NamedTuple):
    """陈述、申辩 or its waiver."""

    notice_id: int
    on: date
    waived: bool
    hearing_waived: bool
    reviewed_on: date | None


class Hearing(NamedTuple):
    """听证 from the request to the report."""

    id: int
    notice_id: int
    requested_on: date
    withdrawn_on: date | None
    noticed_on: date | None
    hearing_on: date | None
    place: str
    chair: str
    held_on: date | None
    reported_on: date | None


class Service(NamedTuple):
    """One attempt to serve one paper."""

    of: CaseStep
    of_id: int
    effective_on: date | None


class Preservation(NamedTuple):
    """先行登记保存 without a disposal."""

    id: int
    on: date


class Span(NamedTuple):
    """Days of a test, both included."""

    first: date
    last: date
    told_on: date | None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class Seizure(NamedTuple):
    """Things sealed up or impounded and not released."""

    id: int
    kind: SeizureKind
    on: date
    until_on: date
    extended_on: date | None
    testing: tuple[Span, ...]


class Correction(NamedTuple):
    """责令改正 that nobody has looked at again."""

    id: int
    on: date
    due_on: date | None


class Recusal(NamedTuple):
    """回避 that nobody has decided."""

    id: int
    officer: str
    asked_on: date


class Transfer(NamedTuple):
    """移送司法机关."""

    id: int
    on: date
    decided_on: date | None
    decided_at: datetime | None
    approved: bool | None
    transferred_on: date | None
    answered_on: date | None


class Decision(NamedTuple):
    """The decision that was made."""

    id: int
    number: str
    on: date
    fine_fen: int
    payment_due_on: date | None
    served_on: date | None
    revoked_on: date | None


class Paid(NamedTuple):
    """Money received."""

    on: date
    amount_fen: int
    additional_fen: int


class Part(NamedTuple):
    """One part of a fine with its last day."""

    due_on: date
    amount_fen: int


class Deferral(NamedTuple):
    """延期、分期缴纳."""

    on: date
    parts: tuple[Part, ...]


class Urging(NamedTuple):
    """催告."""

    id: int
    on: date


class Application(NamedTuple):
    """申请人民法院强制执行."""

    on: date
    court: str
    answer: CourtAnswer | None


class Remedy(NamedTuple):
    """行政复议、行政诉讼."""

    id: int
    kind: RemedyKind
    body: str
    on: date
    concluded_on: date | None
    outcome: RemedyOutcome | None
    received_on: date | None
    changed_fine_fen: int | None


class Signature(NamedTuple):
    """One signature of the chain."""

    id: int
    matter: SignOffMatter
    round: int
    level: int
    level_name: str
    person_id: int
    person: str
    agrees: bool
    words: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An open case with everything its clocks look at; `last_on` is the day of its last step."""

    day: date
    calendar: Calendar
    defence_days: int | None
    case_id: int
    number: str
    party: str
    stage: Stage
    handlers: tuple[str, ...]
    handler_ids: frozenset[int]
    filed_on: date | None
    last_on: date | None
    last_step: str
    periods: tuple[Period, ...]
    notices: tuple[Notice, ...]
    defences: tuple[Defence, ...]
    hearings: tuple[Hearing, ...]
    services: tuple[Service, ...]
    preservations: tuple[Preservation, ...]
    seizures: tuple[Seizure, ...]
    corrections: tuple[Correction, ...]
    recusals: tuple[Recusal, ...]
    transfers: tuple[Transfer, ...]
    decision: Decision | None
    payments: tuple[Paid, ...]
    deferrals: tuple[Deferral, ...]
    urgings: tuple[Urging, ...]
    applications: tuple[Application, ...]
    remedies: tuple[Remedy, ...]
    sign_offs: tuple[Signature, ...]

    @property
    def matter(self) -> str:
        """How the desk names the case."""
        number = self.decision.number if self.decision else self.number
        return f"{number}　{self.party}"

    @property
    def handled_by(self) -> str:
        """Who handles it, as a row says for whom it waits."""
        return f"承办 {'、'.join(self.handlers)}" if self.handlers else "还没有承办人"

    @property
    def closing(self) -> bool:
        """Whether closing was put forward and lies before somebody, or was sent back."""
        return any(one.matter is SignOffMatter.CLOSURE for one in self.sign_offs)

    def served_on(self, step: CaseStep, row: int | None = None) -> date | None:
        """The day from which the paper of a step counts as served."""
        days = (
            one.effective_on
            for one in self.services
            if one.of is step and row in (None, one.of_id) and one.effective_on is not None
        )
        return min(days, default=None)
