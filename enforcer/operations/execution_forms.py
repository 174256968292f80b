"""What is typed in about service, money, remedies and the closing of the file."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, Field

from enforcer.course_terms import (
    ClosingWay,
    CourtAnswer,
    Receiver,
    RemedyOutcome,
    ServiceMethod,
)
from enforcer.operations.course_forms import PartForm, StepForm, TwoOfficersForm
from enforcer.terms import CaseStep
from enforcer.text import (
    Line,
    OptionalCode,
    OptionalLine,
    OptionalName,
    OptionalParagraph,
    Paragraph,
)


class _ServiceForm(TwoOfficersForm):
    of: CaseStep = Field(title="送达的文书（由哪一步作出）")
    of_id: int | None = Field(default=None, title="文书")
    method: ServiceMethod = Field(title="送达方式")
    place: OptionalLine = Field(default="", title="送达地点")
    mail_number: OptionalCode = Field(default="", title="邮件号码")


class ServeForm(_ServiceForm):
    """送达; which fields matter depends on the way."""

    handed_at: AwareDatetime | None = Field(default=None, title="送达的时间（到分）")
    at_residence: bool = Field(default=False, title="在受送达人的住所")
    receiver: Receiver | None = Field(default=None, title="签收人")
    receiver_name: OptionalName = Field(default="", title="签收人姓名")
    relation: OptionalLine = Field(default="", title="与受送达人的关系或者职务")
    refused: bool = Field(default=False, title="拒绝接收")
    refusal_reason: OptionalLine = Field(default="", title="拒收的事由")
    witness: OptionalName = Field(default="", title="见证人")
    video: OptionalLine = Field(default="", title="拍照、录像的编号")
    receipt_on: date | None = Field(default=None, title="回执上的收件日期")
    consent_on: date | None = Field(default=None, title="签订电子送达确认书的日期")
    address: OptionalLine = Field(default="", title="电子送达地址")
    arrived_on: date | None = Field(default=None, title="到达特定系统的日期")
    remedy_channel: OptionalLine = Field(default="", title="网上申请复议的渠道")
    announced_where: OptionalLine = Field(default="", title="公告的载体")
    words: OptionalParagraph = Field(default="", title="公告的原因和经过")


class FailForm(_ServiceForm):
    """送达未成: an attempt that came to nothing, with what happened."""

    reason: Line = Field(title="没有送达的原因")


class ReceiptForm(StepForm):
    """登记缴款: what the bank has received; blank amount is all that is still owed of the fine."""

    amount_yuan: OptionalCode = Field(default="", title="缴款金额（元）")
    additional_yuan: OptionalCode = Field(default="", title="加处罚款（元）")
    receipt_number: OptionalCode = Field(default="", title="票据号码")
    note: OptionalLine = Field(default="", title="备注")


class InstalmentForm(PartForm):
    """One part of the fine."""

    due_on: date = Field(title="到期日")
    amount_yuan: OptionalCode = Field(title="金额（元）")


class DeferForm(StepForm):
    """批准延期、分期缴纳."""

    applied_on: date | None = Field(default=None, title="当事人申请的日期")
    reason: Paragraph = Field(title="经济困难的情况")
    parts: tuple[InstalmentForm, ...] = Field(default=(), title="各期", max_length=36)


class UrgeForm(StepForm):
    """催告."""

    how_to_pay: OptionalLine = Field(default="", title="履行的方式")
    other_duty: OptionalParagraph = Field(default="", title="罚款以外的义务")


class CourtForm(StepForm):
    """申请人民法院强制执行: signed by the head."""

    court: OptionalLine = Field(default="", title="人民法院")
    signed_by_id: int | None = Field(default=None, title="签名的负责人")
    agent: OptionalName = Field(default="", title="委托代理人")
    agent_position: OptionalLine = Field(default="", title="代理人的单位和职务")
    other_duty: OptionalParagraph = Field(default="", title="罚款以外申请执行的义务")
    party_words: OptionalParagraph = Field(default="", title="当事人对催告的意见")
    subject: OptionalParagraph = Field(default="", title="执行标的的情况")


class CourtAnswerForm(StepForm):
    """法院裁定."""

    application_id: int | None = Field(default=None, title="强制执行申请")
    answer: CourtAnswer = Field(title="裁定")
    number: OptionalCode = Field(default="", title="文号")


class RemedyForm(StepForm):
    """登记行政复议 or 行政诉讼: `on` is the day the party applied or sued."""

    body: Line = Field(title="复议机关或者人民法院")
    number: OptionalCode = Field(default="", title="案号")
    stayed: bool = Field(default=False, title="决定停止执行")


class ConcludeRemedyForm(StepForm):
    """复议、诉讼结果."""

    remedy_id: int | None = Field(default=None, title="复议、诉讼")
    outcome: RemedyOutcome = Field(title="结果")
    number: OptionalCode = Field(default="", title="文号")
    received_on: date | None = Field(default=None, title="当事人收到的日期")
    changed_fine_yuan: OptionalCode = Field(default="", title="变更后的罚款（元）")
    words: OptionalParagraph = Field(default="", title="说明")


class RevokePenaltyForm(StepForm):
    """撤销行政处罚决定 by the organ itself (第七十五条第二款)."""

    reason: Paragraph = Field(title="撤销的理由")


class ProposeClosureForm(StepForm):
    """结案审批表."""

    way: ClosingWay = Field(title="结案方式")
    words: OptionalParagraph = Field(default="", title="执行情况和意见")
    goods_words: OptionalParagraph = Field(default="", title="涉案物品的处置")
