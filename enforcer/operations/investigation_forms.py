"""What is typed in during an investigation: records, things, orders to correct, periods."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, Field

from enforcer.course_terms import PeriodKind, Rank, SeizureKind
from enforcer.operations.course_forms import (
    ImpositionForm,
    StepForm,
    Things,
    TwoOfficersForm,
)
from enforcer.text import (
    Line,
    Name,
    OptionalLine,
    OptionalName,
    OptionalParagraph,
    OptionalRecord,
    Paragraph,
    Record,
)


class SummonForm(StepForm):
    """通知调查询问."""

    person: Name = Field(title="被通知人")
    come_at: AwareDatetime = Field(title="接受询问的时间")
    place: Line = Field(title="接受询问的地点")
    bring: OptionalLine = Field(default="", title="应携带的材料")
    contact: OptionalLine = Field(default="", title="联系人和电话")


class RecordForm(TwoOfficersForm):
    """A written record; who will not sign has his reason noted, and a witness signs."""

    began_at: AwareDatetime = Field(title="开始时间")
    ended_at: AwareDatetime = Field(title="结束时间")
    place: Line = Field(title="地点")
    recorder: OptionalName = Field(default="", title="记录人")
    certificates_shown: bool = Field(default=False, title="已出示执法证件")
    rights_told: bool = Field(default=False, title="已告知申请回避的权利和如实回答的义务")
    person: OptionalName = Field(default="", title="姓名")
    person_role: OptionalLine = Field(default="", title="与本案关系")
    person_details: dict[str, OptionalLine] = Field(default_factory=dict, title="其他情况")
    signed: bool = Field(default=True, title="已签名确认")
    refusal_reason: OptionalLine = Field(default="", title="未签名的原因")
    witness: OptionalName = Field(default="", title="见证人")


class InquiryForm(RecordForm):
    """询问笔录: one person each."""

    recusal_answer: OptionalLine = Field(default="", title="是否申请回避")
    content: Record = Field(title="询问内容")


class InspectionForm(RecordForm):
    """现场检查（勘验）笔录."""

    recusal_answer: OptionalLine = Field(default="", title="是否申请回避")
    witness_address: OptionalLine = Field(default="", title="见证人单位或者住址")
    attached: OptionalLine = Field(default="", title="附图、附件")
    content: Record = Field(title="现场情况")


class PhotosForm(TwoOfficersForm):
    """现场照片."""

    taken_at: AwareDatetime = Field(title="拍摄时间")
    place: Line = Field(title="拍摄地点")
    content: Paragraph = Field(title="拍摄内容")
    things: Things = Field(title="照片", min_length=1)
    person: OptionalName = Field(default="", title="确认人")
    signed: bool = Field(default=True, title="当事人已确认")
    refusal_reason: OptionalLine = Field(default="", title="未确认的原因")
    witness: OptionalName = Field(default="", title="见证人")


class SampleForm(RecordForm):
    """抽样取证."""

    content: OptionalRecord = Field(default="", title="抽样情况")
    things: Things = Field(default=(), title="样品")


class PreserveForm(TwoOfficersForm):
    """先行登记保存."""

    reason: Paragraph = Field(title="理由")
    place: Line = Field(title="存放地点")
    in_place: bool = Field(default=True, title="就地保存")
    approved_by_id: int | None = Field(default=None, title="批准的负责人")
    approved_on: date | None = Field(default=None, title="批准日期")
    things: Things = Field(default=(), title="物品清单")


class DisposeForm(TwoOfficersForm):
    """登记保存物品的处理: the same list, each thing with its disposal."""

    preservation_id: int = Field(title="先行登记保存")
    things: Things = Field(default=(), title="物品清单")
    words: OptionalParagraph = Field(default="", title="处理的理由")


class SeizeForm(TwoOfficersForm):
    """查封、扣押; `until_on` blank is the thirtieth day."""

    kind: SeizureKind = Field(title="措施")
    authority: OptionalLine = Field(default="", title="授权的条款")
    rank: Rank = Field(default=Rank.OTHER, title="授权规定的位阶")
    reason: Paragraph = Field(title="理由")
    place: Line = Field(title="地点")
    urgent: bool = Field(default=False, title="情况紧急，当场实施")
    done_at: AwareDatetime = Field(title="实施时间")
    approved_by_id: int | None = Field(default=None, title="批准的负责人")
    approved_at: AwareDatetime | None = Field(default=None, title="批准时间")
    certificates_shown: bool = Field(default=False, title="已出示执法证件")
    rights_told: bool = Field(default=False, title="已当场告知理由、依据、权利和救济途径")
    party_present: bool = Field(default=True, title="当事人到场")
    witness: OptionalName = Field(default="", title="见证人")
    things: Things = Field(default=(), title="清单")
    until_on: date | None = Field(default=None, title="期限至")


class ExtendSeizureForm(StepForm):
    """延长查封、扣押."""

    seizure_id: int = Field(title="查封、扣押")
    until_on: date = Field(title="延长至")
    reason: Paragraph = Field(title="理由")
    approved_by_id: int | None = Field(default=None, title="批准的负责人")
    told: bool = Field(default=False, title="已书面告知当事人")


class TestingForm(StepForm):
    """检测、检验、检疫、技术鉴定的期间: left out of the thirty days once the party was told."""

    seizure_id: int = Field(title="查封、扣押")
    first: date = Field(title="开始")
    last: date = Field(title="结束")
    told_on: date | None = Field(default=None, title="书面告知当事人的日期")


class ReleaseSeizureForm(TwoOfficersForm):
    """解除查封、扣押."""

    seizure_id: int = Field(title="查封、扣押")
    reason: Paragraph = Field(title="理由")
    collect_at: OptionalLine = Field(default="", title="领取财物的地点")
    collect_by: date | None = Field(default=None, title="领取财物的期限")
    things: Things = Field(default=(), title="清单")


class CorrectionForm(TwoOfficersForm):
    """责令改正; either at once or by a day."""

    content: Paragraph = Field(title="改正内容和要求")
    basis: OptionalLine = Field(default="", title="依据")
    at_once: bool = Field(default=False, title="立即改正")
    due_on: date | None = Field(default=None, title="改正期限")


class ReinspectForm(TwoOfficersForm):
    """复查."""

    correction_id: int = Field(title="责令改正")
    corrected: bool = Field(title="已经改正")
    words: Paragraph = Field(title="复查情况")


class PeriodForm(StepForm):
    """中止、扣除、延长办案期限: only by a rule that says so."""

    kind: PeriodKind = Field(title="方式")
    first: date = Field(title="开始日期")
    last: date | None = Field(default=None, title="结束日期")
    days: int = Field(default=0, ge=0, le=365, title="延长天数")
    rule: OptionalLine = Field(default="", title="依据的条款")
    reason: Paragraph = Field(title="理由")


class ResumeForm(StepForm):
    """恢复办案."""

    period_id: int = Field(title="中止")


class ConcludeForm(ImpositionForm):
    """案件调查终结报告."""
