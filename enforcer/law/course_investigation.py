"""What the investigation has on record: leads, written records, things, orders to correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from enforcer.course_terms import (
    Disposal,
    LeadOutcome,
    LeadSource,
    PeriodKind,
    Rank,
    RecordKind,
    SeizureKind,
)
from enforcer.terms import (
    OfficerPost,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """案件来源: who told of it, by when an answer is owed, what became of it."""

    id: int = 0
    number: str = ""
    source: LeadSource = LeadSource.PATROL
    source_number: str = ""
    received_at: datetime | None = None
    received_on: date | None = None
    informant: str = ""
    informant_phone: str = ""
    secret: bool = False
    reply_due_on: date | None = None
    party_name: str = ""
    place: str = ""
    content: str = ""
    attachments: str = ""
    item_key: str = ""
    recorder: str = ""
    checked_on: date | None = None
    findings: str = ""
    outcome: LeadOutcome | None = None
    outcome_on: date | None = None
    outcome_reason: str = ""
    merged_into: str = ""
    case_id: int | None = None
    replied_on: date | None = None
    reply: str = ""
    voided_on: date | None = None
    void_reason: str = ""

    @property
    def expects_reply(self) -> bool:
        """Whether somebody outside the office waits for an answer."""
        return self.source is not LeadSource.PATROL


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What is put before the heads to be filed (第五十四条第二款)."""

    id: int = 0
    on: date
    grounds: str = ""
    words: str = ""
    officer_ids: tuple[int, ...] = ()
    officers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summons:
    """调查（询问）通知 (第五十五条第二款)."""

    id: int = 0
    on: date
    person: str
    come_at: datetime
    place: str = ""
    bring: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One line of a list of things; `related` and `necessity` matter to a seizure."""

    name: str
    quantity: str = ""
    spec: str = ""
    condition: str = ""
    note: str = ""
    related: bool = True
    necessity: bool = False
    disposal: Disposal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRecord:
    """笔录 and the like: who was there, what was found, who signed (第五十五条)."""

    id: int = 0
    kind: RecordKind
    on: date
    began_at: datetime | None = None
    ended_at: datetime | None = None
    place: str = ""
    person: str = ""
    person_role: str = ""
    person_details: Mapping[str, str] = field(default_factory=dict)
    officer_ids: tuple[int, ...] = ()
    officers: tuple[str, ...] = ()
    recorder: str = ""
    certificates_shown: bool = False
    rights_told: bool = False
    content: str = ""
    things: tuple[Thing, ...] = ()
    signed: bool = True
    refusal_reason: str = ""
    witness: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preservation:
    """先行登记保存: seven working days, then a disposal of every thing (第五十六条)."""

    id: int = 0
    on: date
    reason: str = ""
    place: str = ""
    in_place: bool = True
    approved_by_id: int | None = None
    approved_by: str = ""
    approved_by_post: OfficerPost | None = None
    approved_on: date | None = None
    things: tuple[Thing, ...] = ()
    officers: tuple[str, ...] = ()
    due_on: date | None = None
    disposed_on: date | None = None
    disposed: tuple[Thing, ...] = ()
    disposal_words: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, both included; `told_on` when the party was told of it in writing."""

    first: date
    last: date
    told_on: date | None = None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Seizure:
    """查封、扣押: by a power that the law names, thirty days and thirty more (行政强制法 第三章第二节)."""

    id: int = 0
    kind: SeizureKind
    on: date
    authority: str = ""
    rank: Rank = Rank.OTHER
    reason: str = ""
    place: str = ""
    urgent: bool = False
    done_at: datetime | None = None
    approved_at: datetime | None = None
    approved_by_id: int | None = None
    approved_by: str = ""
    approved_by_post: OfficerPost | None = None
    certificates_shown: bool = False
    rights_told: bool = False
    party_present: bool = True
    witness: str = ""
    things: tuple[Thing, ...] = ()
    until_on: date | None = None
    testing: tuple[Span, ...] = ()
    extended_on: date | None = None
    extension_reason: str = ""
    extension_told: bool = False
    released_on: date | None = None
    release_reason: str = ""
    disposed: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """责令改正 and its re-inspection (第二十八条第一款); `at_once` needs no last day."""

    id: int = 0
    on: date
    content: str = ""
    basis: str = ""
    at_once: bool = False
    due_on: date | None = None
    rechecked_on: date | None = None
    corrected: bool | None = None
    recheck_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodChange:
    """What moves the ninety days; `last` is None while a suspension runs."""

    id: int = 0
    kind: PeriodKind
    first: date
    last: date | None = None
    days: int = 0
    rule: str = ""
    reason: str = ""
    approved_by: str = ""
    approved_by_post: OfficerPost | None = None
    approved_on: date | None = None
