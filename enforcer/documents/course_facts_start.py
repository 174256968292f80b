"""What the papers from the lead to the end of the investigation say of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from enforcer.course_terms import SeizureKind
from enforcer.documents.course_facts import PersonOnPaper, ThingOnPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadOnPaper:
    """案件来源登记表; the name of who reported in secret never comes on it."""

    source: str = ""
    source_number: str = ""
    received_at: datetime | None = None
    informant: str = ""
    informant_phone: str = ""
    secret: bool = False
    reply_due_on: date | None = None
    party_name: str = ""
    place: str = ""
    content: str = ""
    attachments: str = ""
    recorder: str = ""
    checked_on: date | None = None
    findings: str = ""
    outcome: str = ""
    outcome_reason: str = ""
    outcome_on: date | None = None
    reply: str = ""
    replied_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingOnPaper:
    """立案审批表, 不予立案审批表: what was done, why it is (or is not) to be filed."""

    act: str = ""
    summary: str = ""
    checked_on: date | None = None
    findings: str = ""
    grounds: str = ""
    breached: str = ""
    words: str = ""
    proposed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOnPaper:
    """A 笔录: `content` is typed line by line; without it the paper is ruled for the hand."""

    began_at: datetime | None = None
    ended_at: datetime | None = None
    place: str = ""
    person: PersonOnPaper = field(default_factory=PersonOnPaper)
    in_charge: PersonOnPaper = field(default_factory=PersonOnPaper)
    witness: str = ""
    witness_address: str = ""
    recorder: str = ""
    certificates_shown: bool = False
    rights_told: bool = False
    recusal_answer: str = ""
    content: str = ""
    signed: bool = True
    refusal_reason: str = ""
    way: str = ""
    attached: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoOnPaper:
    """One photograph: where, when and by whom it was taken, what it shows, where the file lies."""

    name: str = ""
    place: str = ""
    taken_at: datetime | None = None
    taken_by: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotosOnPaper:
    """现场照片（图片）证据."""

    photos: tuple[PhotoOnPaper, ...] = ()
    confirmed_by: str = ""
    signed: bool = True
    refusal_reason: str = ""
    witness: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummonsOnPaper:
    """调查（询问）通知书."""

    person: str = ""
    act: str = ""
    come_at: datetime | None = None
    place: str = ""
    bring: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionOnPaper:
    """责令改正通知书; `at_once` needs no last day."""

    act: str = ""
    breached: str = ""
    basis: str = ""
    content: str = ""
    at_once: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreservationOnPaper:
    """先行登记保存: its approval, notice, list and disposal."""

    act: str = ""
    breached: str = ""
    reason: str = ""
    in_place: bool = True
    place: str = ""
    from_on: date | None = None
    until_on: date | None = None
    things: tuple[ThingOnPaper, ...] = ()
    approved_by: str = ""
    approved_on: date | None = None
    notice_number: str = ""
    notice_on: date | None = None
    disposed: tuple[ThingOnPaper, ...] = ()
    disposal_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeizureOnPaper:
    """查封、扣押: decision, list, extension, release; `until_on` the last day as it now stands."""

    kind: SeizureKind = SeizureKind.IMPOUND
    act: str = ""
    reason: str = ""
    authority: str = ""
    from_on: date | None = None
    until_on: date | None = None
    place: str = ""
    contact: str = ""
    things: tuple[ThingOnPaper, ...] = ()
    decision_number: str = ""
    decision_on: date | None = None
    extension_reason: str = ""
    extended_from: date | None = None
    approved_by: str = ""
    approved_on: date | None = None
    release_reason: str = ""
    released_on: date | None = None
    released: tuple[ThingOnPaper, ...] = ()
    collect_at: str = ""
    collect_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingOnPaper:
    """抽样取证凭证."""

    began_at: datetime | None = None
    ended_at: datetime | None = None
    place: str = ""
    in_charge: str = ""
    phone: str = ""
    breached: str = ""
    reason: str = ""
    words: str = ""
    things: tuple[ThingOnPaper, ...] = ()
    signed: bool = True
    refusal_reason: str = ""
    witness: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalOnPaper:
    """回避决定书 (行政处罚法 第四十三条)."""

    officer: str = ""
    by_party: bool = True
    asked_on: date | None = None
    reason: str = ""
    granted: bool | None = None
    words: str = ""
