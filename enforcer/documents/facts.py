"""What stands on a paper, before it becomes words: frozen facts, dates as dates, money in 分."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from enforcer.terms import (
    Defence,
    Discretion,
    DriverPresence,
    IdKind,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    Sex,
)

ORGANIZATIONS = frozenset({PartyKind.LEGAL_PERSON, PartyKind.OTHER_ORGANIZATION})


@dataclass(frozen=True, slots=True)
class OrganOnPaper:
    """The organ in whose name a paper is made; `handled_by` is the 受委托单位, 承办 only."""

    name: str
    address: str = ""
    phone: str = ""
    reconsideration_body: str = ""
    reconsideration_address: str = ""
    court: str = ""
    bank_name: str = ""
    bank_address: str = ""
    bank_account: str = ""
    bank_payee: str = ""
    electronic_payment: str = ""
    handled_by: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class PartyOnPaper:
    """The party as the paper names it."""

    kind: PartyKind
    name: str
    id_kind: IdKind | None = None
    id_number: str = ""
    sex: Sex | None = None
    address: str = ""
    phone: str = ""
    legal_representative: str = ""
    position: str = ""
    postcode: str = ""

    @property
    def you(self) -> str:
        """How the paper speaks to the party."""
        return "你单位" if self.kind in ORGANIZATIONS else "你"


@dataclass(frozen=True, slots=True)
class OfficerOnPaper:
    """An officer who signs, with the certificate that was shown."""

    name: str
    certificate: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryDecision:
    """All that 当场行政处罚决定书 says (行政处罚法 第五十二条第二款); `uid` is the decision's own."""

    uid: UUID
    number: str
    organ: OrganOnPaper
    party: PartyOnPaper
    officers: tuple[OfficerOnPaper, ...]
    decided_on: date
    acted_at: datetime
    place: str
    cause: str
    act: str
    plate: str = ""
    driver: DriverPresence | None = None
    obstructing: bool = False
    evidence: str
    breached: str
    sanctioned_by: str
    discretion: Discretion = Discretion.ORDINARY
    discretion_reason: str = ""
    defence: Defence
    defence_words: str = ""
    defence_answer: str = ""
    kinds: tuple[PenaltyKind, ...]
    fine_fen: int = 0
    correction: str
    payment: PaymentMode | None = None
    payment_reason: str = ""
    receipt_number: str = ""
    refused_to_sign: bool = False
    refusal_reason: str = ""
    recorders: tuple[str, ...] = ()

    @property
    def fined(self) -> bool:
        return PenaltyKind.FINE in self.kinds
