"""Who acts in a case, who it is against, who signs; frozen, days in China's time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import final

from enforcer.course_terms import (
    SignOffMatter,
)
from enforcer.terms import (
    IdKind,
    OfficerPost,
    PartyKind,
    Sex,
)


@final
@dataclass(frozen=True, slots=True)
class Person:
    """One of the office's own people with the certificate that serves on the day of the step."""

    id: int
    name: str
    post: OfficerPost = OfficerPost.OFFICER
    certificate: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    active: bool = True

    @property
    def key(self) -> str:
        """What tells one person from another of the same name."""
        return str(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who the case is against; `merged_into` names the entry that has taken its place."""

    id: int | None = None
    kind: PartyKind = PartyKind.CITIZEN
    name: str = ""
    id_kind: IdKind | None = None
    id_number: str = ""
    sex: Sex | None = None
    born_on: date | None = None
    address: str = ""
    postcode: str = ""
    phone: str = ""
    legal_representative: str = ""
    position: str = ""
    merged_into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """The organ in whose name the case is handled, as its papers name it."""

    id: int
    name: str
    credit_code: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    reconsideration_body: str = ""
    reconsideration_address: str = ""
    court: str = ""
    bank_name: str = ""
    bank_address: str = ""
    bank_account: str = ""
    bank_payee: str = ""
    electronic_payment: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the sign-off chain: how the office calls it, and who may sign there."""

    name: str
    posts: tuple[OfficerPost, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """One signature in the chain; `round` counts the times the matter was put forward."""

    id: int = 0
    matter: SignOffMatter
    round: int = 1
    level: int = 1
    level_name: str = ""
    person_id: int
    person: str = ""
    agrees: bool = True
    words: str = ""
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusal:
    """回避: asked by the party or by the officer, decided by the head (行政处罚法 第四十三条)."""

    id: int = 0
    officer_id: int
    officer: str = ""
    by_party: bool = True
    reason: str = ""
    asked_on: date
    decided_on: date | None = None
    decided_by: str = ""
    granted: bool | None = None
    decision_words: str = ""
    replaced_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """A step that rests on the head's own word alone: recusal, dismissal, revocation, deferral."""

    on: date
    words: str = ""
    agrees: bool = True


@dataclass(frozen=True, slots=True)
class Paper:
    """An issued paper of the case."""

    id: int
    template_key: str
    title: str
    number: str
    issued_on: date
