"""What the papers of service, money, court, transfer, closing and the dossier say of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from enforcer.course_terms import ClosingWay, PeriodKind, ServiceMethod
from enforcer.documents.course_facts import ImpositionOnPaper, ThingOnPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedOnPaper:
    """One paper that is served: title, number, copies."""

    title: str = ""
    number: str = ""
    copies: int = 1
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOnPaper:
    """送达回证; who received, or why nobody did (民事诉讼法 第八十七至九十一条)."""

    served: tuple[ServedOnPaper, ...] = ()
    method: ServiceMethod | None = None
    place: str = ""
    at: datetime | None = None
    on: date | None = None
    effective_on: date | None = None
    receiver: str = ""
    relation: str = ""
    proxy_reason: str = ""
    refused: bool = False
    refusal_reason: str = ""
    witness: str = ""
    video: str = ""
    mail_number: str = ""
    arrived_on: date | None = None
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementOnPaper:
    """送达公告 (民事诉讼法 第九十五条): the paper, what it says, why no other way was left."""

    served: ServedOnPaper = ServedOnPaper()
    content: str = ""
    tried: str = ""
    collect_at: str = ""
    where: str = ""
    is_decision: bool = True
    imposition: ImpositionOnPaper | None = None
    rights_days: int | None = None
    hearing_offered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentOnPaper:
    """电子送达确认书 (行政处罚法 第六十一条第二款)."""

    phone: str = ""
    email: str = ""
    fax: str = ""
    other: str = ""
    receiver: str = ""
    remedy_channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgingOnPaper:
    """催告书 (行政强制法 第三十五、五十四条): what is owed, fine and additional fine apart."""

    decision_on: date | None = None
    served_on: date | None = None
    due_on: date | None = None
    fine_fen: int = 0
    paid_fen: int = 0
    additional_fen: int = 0
    additional_days: int = 0
    additional_until: date | None = None
    penalty: str = ""
    part_paid_fen: int = 0
    how_to_pay: str = ""
    other_duty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtOnPaper:
    """强制执行申请书 (行政强制法 第五十五条)."""

    court: str = ""
    decision_on: date | None = None
    served_on: date | None = None
    urged_on: date | None = None
    urged_served_on: date | None = None
    fine_fen: int = 0
    additional_fen: int = 0
    other_duty: str = ""
    party_words: str = ""
    remedy_words: str = ""
    part_paid_fen: int = 0
    subject: str = ""
    head: str = ""
    head_position: str = ""
    agent: str = ""
    agent_position: str = ""
    attachments: tuple[str, ...] = ()
    facts: str = ""
    breached: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentOnPaper:
    """One part of a fine with its last day."""

    due_on: date | None = None
    amount_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferralOnPaper:
    """延期（分期）缴纳罚款: approval and answer (行政处罚法 第六十六条第二款)."""

    decision_on: date | None = None
    penalty: str = ""
    fine_fen: int = 0
    due_on: date | None = None
    applied_on: date | None = None
    reason: str = ""
    parts: tuple[InstalmentOnPaper, ...] = ()
    approved_by: str = ""
    approved_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferOnPaper:
    """涉嫌犯罪案件移送: report and letter (行政执法机关移送涉嫌犯罪案件的规定 第五、六条)."""

    receiver: str = ""
    facts: str = ""
    crime: str = ""
    team: tuple[str, ...] = ()
    basis: str = ""
    attachments: tuple[str, ...] = ()
    pages: int = 0
    things: tuple[ThingOnPaper, ...] = ()
    contact: str = ""
    measures: str = ""
    approved_by: str = ""
    approved_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodOnPaper:
    """中止（扣除、延长）办案期限审批表 (行政处罚法 第六十条); `due_on` is the last day before it."""

    kind: PeriodKind | None = None
    first: date | None = None
    last: date | None = None
    days: int = 0
    rule: str = ""
    reason: str = ""
    due_on: date | None = None
    until_on: date | None = None
    approved_by: str = ""
    approved_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationOnPaper:
    """撤销行政处罚决定书 (行政处罚法 第七十五条第二款)."""

    decision_title: str = ""
    decision_on: date | None = None
    penalty: str = ""
    reason: str = ""
    paid_fen: int = 0
    spared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissalOnPaper:
    """撤案审批表."""

    facts: str = ""
    reason: str = ""
    words: str = ""
    goods_words: str = ""
    approved_by: str = ""
    approved_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureOnPaper:
    """结案审批表."""

    way: ClosingWay | None = None
    decision_on: date | None = None
    decision_title: str = ""
    basis: str = ""
    penalty: str = ""
    performance: str = ""
    goods_words: str = ""
    words: str = ""
    retention: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOnPaper:
    """One line of 卷内目录."""

    title: str = ""
    number: str = ""
    on: date | None = None
    first: int = 0
    last: int = 0
    note: str = ""
    is_evidence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierOnPaper:
    """案卷封面, 卷内目录, 备考表."""

    year: int = 0
    volume: str = ""
    archive_number: str = ""
    outcome: str = ""
    pages: int = 0
    volumes: int = 1
    retention: str = ""
    fonds: str = ""
    archived_on: date | None = None
    entries: tuple[EntryOnPaper, ...] = ()
    words: str = ""
    compiler: str = ""
    compiled_on: date | None = None
    inspector: str = ""
    inspected_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptOnPaper:
    """One receipt to be pasted."""

    number: str = ""
    on: date | None = None
    amount_fen: int = 0
    additional_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptsOnPaper:
    """罚没款票据张贴表."""

    receipts: tuple[ReceiptOnPaper, ...] = ()
