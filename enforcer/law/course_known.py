"""What the clocks of a case look at: `CaseFacts` has all of it, the desk's short look just this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from enforcer.course_terms import PeriodKind, RemedyKind, RemedyOutcome, SignOffMatter
from enforcer.law.calendar import Calendar
from enforcer.law.course_people import Level
from enforcer.terms import CaseStep


class MovedPeriod(Protocol):
    """What moves the ninety days."""

    @property
    def kind(self) -> PeriodKind: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date | None: ...
    @property
    def days(self) -> int: ...
    @property
    def rule(self) -> str: ...


class Announced(Protocol):
    """A prior notice."""

    @property
    def id(self) -> int: ...
    @property
    def hearing_offered(self) -> bool: ...
    @property
    def defence_days(self) -> int | None: ...


class Tested(Protocol):
    """Days of a test."""

    @property
    def days(self) -> int: ...
    @property
    def told_on(self) -> date | None: ...


class Held(Protocol):
    """Things sealed up or impounded."""

    @property
    def on(self) -> date: ...
    @property
    def until_on(self) -> date | None: ...
    @property
    def testing(self) -> Sequence[Tested]: ...


class Decided(Protocol):
    """The decision."""

    @property
    def fine_fen(self) -> int: ...
    @property
    def payment_due_on(self) -> date | None: ...
    @property
    def served_on(self) -> date | None: ...
    @property
    def revoked_on(self) -> date | None: ...


class Paid(Protocol):
    """Money received."""

    @property
    def on(self) -> date: ...
    @property
    def amount_fen(self) -> int: ...
    @property
    def additional_fen(self) -> int: ...


class Part(Protocol):
    """One part of a fine with its last day."""

    @property
    def due_on(self) -> date: ...
    @property
    def amount_fen(self) -> int: ...


class Deferred(Protocol):
    """延期、分期缴纳."""

    @property
    def parts(self) -> Sequence[Part]: ...


class Challenged(Protocol):
    """行政复议、行政诉讼."""

    @property
    def kind(self) -> RemedyKind: ...
    @property
    def on(self) -> date: ...
    @property
    def concluded_on(self) -> date | None: ...
    @property
    def received_on(self) -> date | None: ...
    @property
    def outcome(self) -> RemedyOutcome | None: ...
    @property
    def changed_fine_fen(self) -> int | None: ...


class Signed(Protocol):
    """One signature of the chain."""

    @property
    def id(self) -> int: ...
    @property
    def matter(self) -> SignOffMatter: ...
    @property
    def round(self) -> int: ...
    @property
    def level(self) -> int: ...
    @property
    def agrees(self) -> bool: ...


Signature_co = TypeVar("Signature_co", bound=Signed, covariant=True)


class Chained(Protocol[Signature_co]):
    """A case as its sign-off chain knows it."""

    @property
    def sign_offs(self) -> Sequence[Signature_co]: ...
    @property
    def chains(self) -> Mapping[SignOffMatter, tuple[Level, ...]]: ...


class Known(Protocol):
    """A case as its clocks know it."""

    @property
    def day(self) -> date: ...
    @property
    def calendar(self) -> Calendar: ...
    @property
    def filed_on(self) -> date | None: ...
    @property
    def defence_days(self) -> int | None: ...
    @property
    def periods(self) -> Sequence[MovedPeriod]: ...
    @property
    def decision(self) -> Decided | None: ...
    @property
    def payments(self) -> Sequence[Paid]: ...
    @property
    def deferrals(self) -> Sequence[Deferred]: ...
    @property
    def remedies(self) -> Sequence[Challenged]: ...

    def served_on(self, step: CaseStep, row: int | None = None) -> date | None:
        """The day from which the paper of a step counts as served."""
