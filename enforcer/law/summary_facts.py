"""What is known about an act that is to be decided on the spot; guards look at nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from enforcer.errors import Level, Objection
from enforcer.law.violation import Consequence, SummaryAnswer, Violation
from enforcer.terms import (
    Defence,
    Discretion,
    DriverPresence,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    PowerKind,
)

PAVEMENT_PARKING = "pavement_parking"
ORGANIZATIONS = frozenset({PartyKind.LEGAL_PERSON, PartyKind.OTHER_ORGANIZATION})


@dataclass(frozen=True, slots=True)
class ActingOfficer:
    """An officer who acts; `key` tells one person from another of the same name."""

    key: str
    name: str
    certificate: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class ActingParty:
    """Who is punished, and how surely that is known."""

    kind: PartyKind
    name: str = ""
    id_number: str = ""
    address: str = ""
    legal_representative: str = ""
    born_on: date | None = None
    present: bool = False
    number_doubt: str = ""  # the sentence about a number whose check digit is wrong


@dataclass(frozen=True, slots=True)
class Power:
    """The document that lets the organ punish this item."""

    kind: PowerKind
    organ: str
    title: str
    valid_from: date
    valid_until: date | None = None
    covers_item: bool = True
    handled_by: str = ""


@dataclass(frozen=True, slots=True)
class Parking:
    """The elements of 道路交通安全法 第九十三条 for a vehicle on the pavement."""

    in_marked_bay: bool = False
    driver: DriverPresence | None = None
    obstructing: bool = False


@dataclass(frozen=True, slots=True)
class EarlierFine:
    """A fine already imposed that may be for the same act; `certain` when all of it agrees."""

    number: str
    say: str
    certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryFacts:
    """All that the guards of the summary procedure weigh; days and moments in China's time.

    `item` is the catalogue's item in the version that applies to the act; `law_doubt` says what
    从旧兼从轻 leaves to be settled. `receipt_used_by` is the decision a receipt already belongs to.
    """

    now: datetime
    decided_on: date
    acted_at: datetime | None
    discovered_on: date | None = None
    place: str = ""
    act: str = ""
    evidence: str = ""
    facts_clear: bool = False
    party: ActingParty
    officers: tuple[ActingOfficer, ...] = ()
    certificates_shown: bool = False
    recorders: tuple[str, ...] = ()
    item: Violation | None
    breached: str = ""
    sanctioned_by: str = ""
    law_doubt: Objection | None = None
    harm: bool = False
    parking: Parking | None = None
    power: Power | None
    kinds: tuple[PenaltyKind, ...] = ()
    fine_fen: int = 0
    discretion: Discretion = Discretion.ORDINARY
    discretion_reason: str = ""
    correction: str = ""
    defence: Defence | None = None
    defence_words: str = ""
    defence_answer: str = ""
    payment: PaymentMode | None = None
    payment_reason: str = ""
    receipt_number: str = ""
    receipt_used_by: str = ""
    refused_to_sign: bool = False
    refusal_reason: str = ""
    earlier_fines: tuple[EarlierFine, ...] = ()
    sole_trader_as: PartyKind | None = None
    reasons: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def today(self) -> date:
        """The civil day of `now`."""
        return self.now.date()

    @property
    def day(self) -> date:
        """The day of the decision: on the spot there is no other step."""
        return self.decided_on

    @property
    def acting(self) -> tuple[ActingOfficer, ...]:
        return self.officers

    @property
    def acted_on(self) -> date | None:
        return self.acted_at.date() if self.acted_at else None

    @property
    def fined(self) -> bool:
        return PenaltyKind.FINE in self.kinds

    @property
    def answer(self) -> SummaryAnswer | None:
        """What the catalogue allows on the spot for this party; None without an item."""
        if self.item is None:
            return None
        return self.item.summary_allowed(
            self.party.kind, self.decided_on, sole_trader_as=self.sole_trader_as
        )

    @property
    def consequences(self) -> tuple[Consequence, ...]:
        """What the penalty provision brings for this party."""
        return self.item.consequences_for(self.party.kind) if self.item else ()


def block(code: str, say: str, cite: str, field_name: str = "") -> Objection:
    """An objection that refuses (阻断级)."""
    return Objection(code, Level.BLOCK, say, cite, field_name)


def warn(code: str, say: str, cite: str, field_name: str = "") -> Objection:
    """An objection that asks for a reason (提示级)."""
    return Objection(code, Level.WARN, say, cite, field_name)
