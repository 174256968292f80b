"""What is typed in from the prior notice to the decision."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, Field

from enforcer.course_terms import ReviewOpinion
from enforcer.operations.course_forms import ImpositionForm, PartForm, StepForm
from enforcer.operations.investigation_forms import RecordForm
from enforcer.text import (
    Line,
    Name,
    OptionalCode,
    OptionalLine,
    OptionalName,
    OptionalParagraph,
    OptionalRecord,
    Paragraph,
)


class AnnounceForm(ImpositionForm):
    """事先告知: kind, amount, facts, reasons, basis, rights."""

    reasons_given: OptionalParagraph = Field(default="", title="理由")
    hearing_offered: bool = Field(default=False, title="告知听证权利")
    defence_days: int | None = Field(default=None, ge=1, le=60, title="陈述、申辩的天数")
    new_facts: OptionalParagraph = Field(default="", title="新查明的事实")
    raised_reason: OptionalParagraph = Field(default="", title="加重的理由")
    from_defence: bool = Field(default=False, title="因当事人陈述、申辩而加重")


class DefenceForm(StepForm):
    """陈述、申辩, or the waiver of it."""

    notice_id: int | None = Field(default=None, title="告知书")
    waived: bool = Field(default=False, title="明确放弃陈述、申辩")
    hearing_waived: bool = Field(default=False, title="明确放弃听证")
    in_writing: bool = Field(default=False, title="有书面材料或者签名的笔录")
    speaker: OptionalName = Field(default="", title="陈述申辩人")
    words: OptionalRecord = Field(default="", title="陈述、申辩的内容")
    evidence: OptionalParagraph = Field(default="", title="提出的证据")
    began_at: AwareDatetime | None = Field(default=None, title="听取的开始时间")
    ended_at: AwareDatetime | None = Field(default=None, title="听取的结束时间")
    place: OptionalLine = Field(default="", title="听取的地点")
    speaker_role: OptionalLine = Field(default="", title="与本案关系")
    speaker_details: dict[str, OptionalLine] = Field(default_factory=dict, title="陈述申辩人情况")
    recorder: OptionalName = Field(default="", title="记录人")
    present: OptionalLine = Field(default="", title="在场人")


class ReviewDefenceForm(StepForm):
    """复核."""

    defence_id: int | None = Field(default=None, title="陈述、申辩")
    words: OptionalParagraph = Field(default="", title="复核的经过和意见")
    adopted: bool | None = Field(default=None, title="是否采纳")


class RequestHearingForm(StepForm):
    """要求听证."""

    notice_id: int | None = Field(default=None, title="告知书")
    words: OptionalParagraph = Field(default="", title="要求的方式和理由")


class OnHearingForm(StepForm):
    """A step of a hearing; blank means the one that is open."""

    hearing_id: int | None = Field(default=None, title="听证")


class WithdrawHearingForm(OnHearingForm):
    """撤回听证要求."""

    in_writing: bool = Field(default=False, title="书面撤回")


class NotifyHearingForm(OnHearingForm):
    """听证通知; the party has to be told seven whole working days before."""

    hearing_at: AwareDatetime = Field(title="听证时间")
    place: Line = Field(title="听证地点")
    chair_id: int = Field(title="听证主持人")
    members: OptionalLine = Field(default="", title="听证员")
    recorder_id: int | None = Field(default=None, title="记录员")
    recusal_by: date | None = Field(default=None, title="申请回避、延期的最后日期")
    is_public: bool = Field(default=True, title="公开举行")
    private_reason: OptionalLine = Field(default="", title="不公开的理由")


class AgentForm(PartForm):
    """A representative of the party."""

    name: Name = Field(title="代理人")
    authority: OptionalLine = Field(default="", title="授权委托书")
    employer: OptionalLine = Field(default="", title="单位和职务")
    phone: OptionalCode = Field(default="", title="联系电话")


class HoldHearingForm(OnHearingForm):
    """举行听证."""

    began_at: AwareDatetime = Field(title="开始时间")
    ended_at: AwareDatetime = Field(title="结束时间")
    attended: bool = Field(default=True, title="当事人或者代理人到场")
    agents: tuple[AgentForm, ...] = Field(default=(), title="代理人", max_length=10)
    others: OptionalLine = Field(default="", title="其他参加人")
    record: OptionalRecord = Field(default="", title="听证笔录")
    signed: bool = Field(default=True, title="当事人或者代理人已签名")
    refusal_reason: OptionalLine = Field(default="", title="未签名的原因")


class ReportHearingForm(OnHearingForm):
    """听证报告."""

    course: OptionalRecord = Field(default="", title="听证会基本情况")
    words: Paragraph = Field(title="听证意见")


class LegalReviewForm(StepForm):
    """法制审核."""

    opinion: ReviewOpinion = Field(title="审核意见")
    subject: OptionalParagraph = Field(default="", title="主体、权限和人员资格")
    facts: OptionalParagraph = Field(default="", title="事实和证据")
    law: OptionalParagraph = Field(default="", title="法律适用和裁量")
    procedure: OptionalParagraph = Field(default="", title="程序和文书")
    crime: OptionalParagraph = Field(default="", title="是否涉嫌犯罪")
    words: OptionalParagraph = Field(default="", title="意见内容")
    note: OptionalLine = Field(default="", title="备注")
    first_time: bool = Field(default=False, title="初次从事法制审核")
    qualification: OptionalLine = Field(default="", title="法律职业资格证书号")


class AttendeeForm(PartForm):
    """Who took part in the discussion; `person_id` for the office's own people."""

    name: OptionalName = Field(default="", title="姓名")
    person_id: int | None = Field(default=None, title="人员")
    position: OptionalLine = Field(default="", title="职务")
    opinion: OptionalParagraph = Field(default="", title="意见")


class DiscussForm(StepForm):
    """集体讨论."""

    began_at: AwareDatetime | None = Field(default=None, title="开始时间")
    ended_at: AwareDatetime | None = Field(default=None, title="结束时间")
    recorder: OptionalName = Field(default="", title="记录人")
    reporter: OptionalName = Field(default="", title="汇报人")
    observers: OptionalLine = Field(default="", title="列席人员")
    reason: OptionalParagraph = Field(default="", title="集体讨论的原因")
    place: OptionalLine = Field(default="", title="地点")
    attendees: tuple[AttendeeForm, ...] = Field(default=(), title="参加人", max_length=40)
    conclusion: OptionalParagraph = Field(default="", title="结论")


class ProposeDecisionForm(ImpositionForm):
    """案件处理（行政处罚决定）审批表."""


class DecideForm(StepForm):
    """作出决定: number and day of the decision that the head has approved."""


class EducationForm(RecordForm):
    """教育记录 (第三十三条第三款)."""

    way: OptionalLine = Field(default="", title="教育方式")
    content: Paragraph = Field(title="教育的内容")


class ProposeTransferForm(StepForm):
    """报告移送: by a team of at least two (行政执法机关移送涉嫌犯罪案件的规定 第五条)."""

    team: tuple[int, ...] = Field(default=(), title="专案组成员", max_length=10)
    facts: Paragraph = Field(title="涉嫌犯罪的事实和证据")
    crime: OptionalLine = Field(default="", title="涉嫌的罪名")
    crime_basis: OptionalLine = Field(default="", title="认为涉嫌犯罪的依据")


class DecideTransferForm(StepForm):
    """决定是否移送: within three days of the report."""

    transfer_id: int | None = Field(default=None, title="移送")
    decided_at: AwareDatetime = Field(title="决定时间")
    approved: bool = Field(title="批准移送")
    words: OptionalParagraph = Field(default="", title="意见")


class TransferForm(StepForm):
    """向公安机关移送: within 24 hours of the approval."""

    transfer_id: int | None = Field(default=None, title="移送")
    transferred_at: AwareDatetime = Field(title="移送时间")
    receiver: Line = Field(title="接收的公安机关")
    receipt: OptionalCode = Field(default="", title="回执")
    attachments: OptionalParagraph = Field(default="", title="移送的材料")
    pages: int | None = Field(default=None, ge=1, le=99999, title="材料的页数")
    measures: OptionalLine = Field(default="", title="已采取的措施")


class PoliceAnswerForm(StepForm):
    """公安机关立案或者不予立案."""

    transfer_id: int | None = Field(default=None, title="移送")
    accepted: bool = Field(title="已经立案")


class DismissForm(StepForm):
    """撤案: by the head, with its reason."""

    reason: Paragraph = Field(title="撤案的理由")
