"""What stands on the papers of the ordinary course: the case, its people, its things, its amounts.

Plain frozen values; days as dates, moments aware, money in 分. A paper is a `CoursePaper`: what all
papers share, and in `matter` what is its own (course_facts_start, _decision, _after).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from enforcer.course_terms import Gains, Outcome
from enforcer.documents import course_rules
from enforcer.documents.course_rules import PaperRule
from enforcer.documents.facts import OfficerOnPaper, OrganOnPaper, PartyOnPaper
from enforcer.law.calendar import Calendar
from enforcer.terms import Discretion, NoPenaltyReason, PartyKind, PenaltyKind

NOBODY = PartyOnPaper(PartyKind.CITIZEN, "")
NOWHERE = OrganOnPaper("")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffOnPaper:
    """One level of the sign-off chain; without `on` its box is left for the hand."""

    level: str
    person: str = ""
    words: str = ""
    agrees: bool | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonOnPaper:
    """Somebody who is asked, present, or acts for the party."""

    name: str = ""
    sex: str = ""
    born_on: date | None = None
    ethnicity: str = ""
    id_number: str = ""
    employer: str = ""
    occupation: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    relation: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingOnPaper:
    """One line of a list of things."""

    name: str = ""
    quantity: str = ""
    spec: str = ""
    condition: str = ""
    note: str = ""
    disposal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceOnPaper:
    """One piece of evidence, what it proves, and the day it was taken."""

    name: str = ""
    proves: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpositionOnPaper:
    """What is imposed or spared, on which provisions, within which range."""

    outcome: Outcome = Outcome.PENALTY
    kinds: tuple[PenaltyKind, ...] = ()
    fine_fen: int = 0
    gains: Gains | None = None
    gains_fen: int = 0
    property_words: str = ""
    other_words: str = ""
    discretion: Discretion = Discretion.ORDINARY
    discretion_reason: str = ""
    discretion_basis: str = ""
    listed: str = ""
    benchmark: str = ""
    tier: str = ""
    tier_lowest_fen: int | None = None
    tier_highest_fen: int | None = None
    no_penalty_reason: NoPenaltyReason | None = None
    no_penalty_basis: str = ""
    breached: str = ""
    sanctioned_by: str = ""
    law_reason: str = ""
    lowest_fen: int | None = None
    highest_fen: int | None = None
    correction: str = ""
    corrected_on: date | None = None

    @property
    def fined(self) -> bool:
        return self.outcome is Outcome.PENALTY and PenaltyKind.FINE in self.kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeServed:
    """The prior notice that was last served: what it announced, and whether a hearing was offered."""

    title: str = "行政处罚事先告知书"
    number: str = ""
    on: date | None = None
    served_on: date | None = None
    fine_fen: int = 0
    kinds: tuple[PenaltyKind, ...] = ()
    hearing_offered: bool = False
    defence_until: date | None = None
    hearing_until: date | None = None
    waived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedOnPaper:
    """A paper of the case that came out before, and how it names the party."""

    title: str
    number: str = ""
    on: date
    party: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDays:
    """The days of the course, for their order; `decide_by` is the last day to decide, as recorded."""

    filed_on: date | None = None
    concluded_on: date | None = None
    reviewed_on: date | None = None
    discussed_on: date | None = None
    ruled_on: date | None = None
    decided_on: date | None = None
    decision_served_on: date | None = None
    decide_by: date | None = None
    urged_served_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOnPaper:
    """The case as every paper of it knows it; `cause` is what was done, without 涉嫌 and 案."""

    number: str = ""
    organ: OrganOnPaper = NOWHERE
    unit: str = ""
    party: PartyOnPaper = NOBODY
    party_born_on: date | None = None
    cause: str = ""
    source: str = ""
    place: str = ""
    acted_at: datetime | None = None
    ended_on: date | None = None
    discovered_on: date | None = None
    limitation_until: date | None = None
    plate: str = ""
    handlers: tuple[OfficerOnPaper, ...] = ()
    decision_number: str = ""
    days: CourseDays = field(default_factory=CourseDays)
    notice: NoticeServed | None = None
    printed: tuple[PrintedOnPaper, ...] = ()

    @property
    def suspected(self) -> str:
        """案由 while it is not decided: 涉嫌 + what was done + 案."""
        return f"{self.party.name}涉嫌{self.cause}案" if self.cause else ""

    @property
    def established(self) -> str:
        """案由 once it is decided."""
        return f"{self.party.name}{self.cause}案" if self.cause else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePaper:
    """One paper: `key` is its template, `on` the day it bears, `officers` who sign it.

    `calendar` is the office's own, by which its periods are inspected; None is the shipped one.
    """

    key: str
    uid: UUID
    on: date
    number: str = ""
    case: CaseOnPaper = field(default_factory=CaseOnPaper)
    officers: tuple[OfficerOnPaper, ...] = ()
    sign_offs: tuple[SignOffOnPaper, ...] = ()
    matter: object = None
    earlier: PrintedOnPaper | None = None
    calendar: Calendar | None = None

    @property
    def rule(self) -> PaperRule:
        """What its template says it is."""
        return course_rules.rule(self.key)
