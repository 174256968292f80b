"""What the on-the-spot desk types in, and what it gets back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

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
from enforcer.text import (
    Line,
    OptionalCode,
    OptionalLine,
    OptionalName,
    OptionalParagraph,
    OptionalPlate,
)

MOST_CASES = 500


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    request_id: UUID | None = None


class SummaryForm(_Form):
    """当场处罚, as one screen takes it; what the law misses is said by its guards, not here.

    `reasons` answers the warnings by their codes. `law_choice` says which law applies where it has
    changed since the act (第三十七条). `power_source_id` is only needed where several organs could.
    """

    notice_id: int | None = Field(default=None, title="来源的告知书")
    party_kind: PartyKind = Field(default=PartyKind.CITIZEN, title="当事人类别")
    party_name: OptionalName = Field(default="", title="姓名或者名称")
    id_kind: IdKind | None = Field(default=None, title="证件种类")
    party_id_number: OptionalCode = Field(default="", title="证件号码")
    sex: Sex | None = Field(default=None, title="性别")
    party_address: OptionalLine = Field(default="", title="住址或者住所")
    party_phone: OptionalCode = Field(default="", title="联系电话")
    legal_representative: OptionalName = Field(default="", title="法定代表人或者负责人")
    position: OptionalName = Field(default="", title="职务")
    party_present: bool = Field(default=False, title="当事人在场")
    item_key: OptionalCode = Field(default="", title="违法行为")
    law_choice: Literal["", "old", "new"] = Field(default="", title="适用的规定")
    acted_at: AwareDatetime | None = Field(default=None, title="违法时间")
    discovered_on: date | None = Field(default=None, title="发现日期")
    place: OptionalLine = Field(default="", title="违法地点")
    act: OptionalLine = Field(default="", title="具体情况")
    plate: OptionalPlate = Field(default="", title="号牌号码")
    evidence: OptionalLine = Field(default="", title="证据")
    facts_clear: bool = Field(default=False, title="违法事实确凿")
    harm: bool = Field(default=False, title="有危害后果")
    in_marked_bay: bool = Field(default=False, title="停在施划的泊位内")
    driver: DriverPresence | None = Field(default=None, title="驾驶人")
    obstructing: bool = Field(default=False, title="妨碍其他车辆、行人通行")
    breached: OptionalLine = Field(default="", title="违反的条款（违则）")
    sanctioned_by: OptionalLine = Field(default="", title="处罚依据（罚则）")
    officer1_id: int | None = Field(default=None, title="执法人员")
    officer2_id: int | None = Field(default=None, title="第二名执法人员")
    certificates_shown: bool = Field(default=False, title="已出示执法证件")
    recorders: tuple[OptionalCode, ...] = Field(default=(), title="执法记录仪", max_length=6)
    power_source_id: int | None = Field(default=None, title="权力来源")
    defence: Defence | None = Field(default=None, title="陈述、申辩")
    defence_words: OptionalParagraph = Field(default="", title="陈述、申辩的内容")
    defence_answer: OptionalParagraph = Field(default="", title="复核意见")
    kinds: tuple[PenaltyKind, ...] = Field(default=(), title="处罚种类")
    fine_yuan: OptionalCode = Field(default="", title="罚款数额（元）")
    discretion: Discretion = Field(default=Discretion.ORDINARY, title="裁量")
    discretion_reason: OptionalLine = Field(default="", title="裁量理由")
    correction: OptionalLine = Field(default="", title="责令改正")
    payment: PaymentMode | None = Field(default=None, title="缴款方式")
    payment_reason: OptionalLine = Field(default="", title="当场收缴的理由")
    receipt_number: OptionalCode = Field(default="", title="票据号码")
    refused_to_sign: bool = Field(default=False, title="当事人拒绝签收")
    refusal_reason: OptionalLine = Field(default="", title="拒绝签收的原因")
    decided_on: date | None = Field(default=None, title="决定日期")
    reasons: dict[str, OptionalLine] = Field(default_factory=dict, title="说明的理由")


class RevokeForm(_Form):
    """撤销: a decision is never voided, it is revoked, with its reason."""

    case_id: int = Field(title="案件")
    revoked_on: date | None = Field(default=None, title="撤销日期")
    reason: Line = Field(title="撤销理由")


class ReportForm(_Form):
    """报备案 (行政处罚法 第五十二条第三款)."""

    case_id: int = Field(title="案件")
    reported_on: date | None = Field(default=None, title="备案日期")


class CloseForm(_Form):
    """结案."""

    case_id: int = Field(title="案件")
    closed_on: date | None = Field(default=None, title="结案日期")
    reasons: dict[str, OptionalLine] = Field(default_factory=dict, title="说明的理由")


class PaymentForm(_Form):
    """Money the bank has told of; blank amount is all that is still owed of the fine."""

    case_id: int = Field(title="案件")
    paid_on: date | None = Field(default=None, title="缴款日期")
    amount_yuan: OptionalCode = Field(default="", title="缴款金额（元）")
    additional_yuan: OptionalCode = Field(default="", title="加处罚款（元）")
    receipt_number: OptionalCode = Field(default="", title="票据号码")
    note: OptionalLine = Field(default="", title="备注")


class HandInForm(_Form):
    """On-the-spot money on its two ways: to the organ, then to the bank (第七十一条)."""

    payment_id: int = Field(title="缴款")
    to_organ_on: date | None = Field(default=None, title="交至行政机关的日期")
    to_bank_on: date | None = Field(default=None, title="缴付银行的日期")


class PrintPapersForm(_Form):
    """Papers of cases to print; the first print is the original, each later one is marked 补打."""

    case_ids: Annotated[tuple[int, ...], Field(min_length=1, max_length=MOST_CASES)] = Field(
        title="案件"
    )
    template: OptionalCode = Field(default="summary_decision", title="文书")


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was issued; its PDF lies in the vault under `vault_name`."""

    case_id: int
    decision_id: int
    document_id: int
    number: str
    vault_name: str
    sha256: str
    pages: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, answer: dict[str, Any]) -> Self:
        return cls(**answer)


@dataclass(frozen=True, slots=True)
class PaperOut:
    """Sheets for the printer; `reprinted` of them carry 补打."""

    pdf: bytes
    pages: int
    papers: int
    reprinted: int


def labels_of(form: type[BaseModel]) -> dict[str, str]:
    """What the officer calls each field of a form."""
    return {name: field.title or name for name, field in form.model_fields.items()}
