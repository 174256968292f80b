"""What is typed in about a lead and about the filing of a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from enforcer.course_terms import LeadOutcome, LeadSource, SignOffMatter
from enforcer.operations.course_forms import PartForm, StepForm
from enforcer.terms import IdKind, OfficerPost, PartyKind, Sex
from enforcer.text import (
    Line,
    OptionalCode,
    OptionalLine,
    OptionalName,
    OptionalParagraph,
    OptionalPlate,
    Paragraph,
)


class LeadContent(PartForm):
    """What is written down of a lead."""

    source: LeadSource = Field(title="案件来源")
    source_number: OptionalCode = Field(default="", title="来源编号")
    received_at: AwareDatetime = Field(title="登记时间")
    informant: OptionalName = Field(default="", title="反映人")
    informant_phone: OptionalCode = Field(default="", title="反映人电话")
    secret: bool = Field(default=False, title="要求保密")
    reply_due_on: date | None = Field(default=None, title="答复期限")
    party_name: OptionalLine = Field(default="", title="被反映人")
    place: OptionalLine = Field(default="", title="地点")
    content: Paragraph = Field(title="基本情况")
    attachments: OptionalLine = Field(default="", title="附件")
    item_key: OptionalCode = Field(default="", title="违法行为")


class LeadForm(LeadContent):
    """登记线索; `reply_due_on` blank is counted from the office's own number of days."""

    request_id: UUID | None = None
    number: OptionalCode = Field(default="", title="原编号")
    backfilled: bool = Field(default=False, title="补录旧线索")
    handler_id: int | None = Field(default=None, title="承办人")
    by_id: int | None = Field(default=None, title="记录人")
    reasons: dict[str, OptionalLine] = Field(default_factory=dict, title="说明的理由")


class OnLeadForm(PartForm):
    """A step of a lead; `loaded` is the version the window showed, so that no window passes another."""

    request_id: UUID | None = None
    lead_id: int = Field(title="线索")
    loaded: str = Field(default="", title="载入时的内容")
    on: date | None = Field(default=None, title="日期")
    by_id: int | None = Field(default=None, title="经办人")
    reasons: dict[str, OptionalLine] = Field(default_factory=dict, title="说明的理由")


class CorrectLeadForm(LeadContent, OnLeadForm):
    """更正登记: the whole content as it should stand; a blank informant keeps who is on record."""

    why: Line = Field(title="更正原因")
    informant_kept: bool = Field(default=True, title="反映人不变")


class AssignLeadForm(OnLeadForm):
    """交办: who checks the lead."""

    handler_id: int | None = Field(default=None, title="承办人")
    words: OptionalLine = Field(default="", title="要求")


class ExtendReplyForm(OnLeadForm):
    """延长答复期限."""

    until: date = Field(title="新的答复期限")
    reason: Paragraph = Field(title="延长的理由")
    told: OptionalLine = Field(default="", title="告知反映人的情况")


class TakeBackForm(OnLeadForm):
    """撤回上一步: a slip, with its reason."""

    why: Line = Field(title="撤回原因")


class VoidLeadForm(OnLeadForm):
    """作废: the lead was registered by mistake, with its reason."""

    why: Line = Field(title="作废原因")


class FollowUpForm(OnLeadForm):
    """回访: whether who was answered is content."""

    satisfied: bool = Field(title="是否满意")
    words: OptionalParagraph = Field(default="", title="回访情况")


class LookForm(PartForm):
    """查看反映人: a look that goes on record."""

    lead_id: int = Field(title="线索")


class LeadPaperForm(PartForm):
    """打印线索文书."""

    request_id: UUID | None = None
    lead_id: int = Field(title="线索")
    key: Literal["lead_register", "filing_refusal_approval"] = Field(title="文书")


class ExportLeadsForm(PartForm):
    """Which leads, in which order, and where to; who asked for secrecy is blotted out."""

    request_id: UUID | None = None
    lead_ids: tuple[int, ...] = Field(title="线索", max_length=1_000_000)
    path: Path = Field(title="文件")
    overwrite: bool = Field(default=False, title="覆盖")


class CheckLeadForm(OnLeadForm):
    """核查线索."""

    findings: Paragraph = Field(title="核查情况")


class SettleLeadForm(OnLeadForm):
    """线索办结: everything but 立案, with its reason."""

    outcome: LeadOutcome = Field(title="处理结果")
    reason: OptionalParagraph = Field(default="", title="理由")
    merged_into_id: int | None = Field(default=None, title="并入的线索")
    case_id: int | None = Field(default=None, title="并入的案件")
    referred_to: OptionalLine = Field(default="", title="转交的机关")


class ReplyForm(OnLeadForm):
    """答复."""

    way: Line = Field(title="答复方式")
    reply: Paragraph = Field(title="答复内容")
    satisfied: bool | None = Field(default=None, title="是否满意")


class FilingForm(OnLeadForm):
    """呈报立案: the party is one of the register (`party_id`) or entered here."""

    party_id: int | None = Field(default=None, title="当事人登记")
    party_kind: PartyKind = Field(default=PartyKind.CITIZEN, title="当事人类别")
    party_name: OptionalName = Field(default="", title="姓名或者名称")
    id_kind: IdKind | None = Field(default=None, title="证件种类")
    party_id_number: OptionalCode = Field(default="", title="证件号码")
    sex: Sex | None = Field(default=None, title="性别")
    born_on: date | None = Field(default=None, title="出生日期")
    party_address: OptionalLine = Field(default="", title="住址或者住所")
    party_postcode: OptionalCode = Field(default="", title="邮政编码")
    party_phone: OptionalCode = Field(default="", title="联系电话")
    legal_representative: OptionalName = Field(default="", title="法定代表人或者负责人")
    position: OptionalName = Field(default="", title="职务")
    item_key: OptionalCode = Field(default="", title="违法行为")
    cause: OptionalLine = Field(default="", title="案由")
    power_source_id: int | None = Field(default=None, title="权力来源")
    place: OptionalLine = Field(default="", title="发案地点")
    act: OptionalParagraph = Field(default="", title="案情摘要")
    acted_at: AwareDatetime | None = Field(default=None, title="发案时间")
    ended_on: date | None = Field(default=None, title="行为终了日期")
    discovered_on: date | None = Field(default=None, title="发现日期")
    harm: bool = Field(default=False, title="有危害后果")
    plate: OptionalPlate = Field(default="", title="号牌号码")
    grounds: Paragraph = Field(title="立案理由")
    words: OptionalParagraph = Field(default="", title="拟办意见")
    officer1_id: int | None = Field(default=None, title="拟指派的执法人员")
    officer2_id: int | None = Field(default=None, title="拟指派的第二名执法人员")


class SignOffForm(StepForm):
    """审批: one level of the chain agrees, or sends it back with words."""

    matter: SignOffMatter = Field(title="审批事项")
    agrees: bool = Field(default=True, title="同意")
    words: OptionalParagraph = Field(default="", title="意见")


class LevelForm(PartForm):
    """One level of a chain."""

    name: Line = Field(title="审批层级")
    posts: tuple[OfficerPost, ...] = Field(title="可以签署的岗位", min_length=1)


class ChainForm(PartForm):
    """The sign-off chain for one matter, three to five levels."""

    request_id: UUID | None = None
    loaded: str = Field(default="", title="载入时的内容")
    matter: SignOffMatter = Field(title="审批事项")
    levels: tuple[LevelForm, ...] = Field(title="审批层级", min_length=3, max_length=5)


class AssignForm(StepForm):
    """指派承办人员."""

    officer1_id: int = Field(title="执法人员")
    officer2_id: int = Field(title="第二名执法人员")
    words: OptionalLine = Field(default="", title="说明")


class AskRecusalForm(StepForm):
    """申请回避."""

    officer_id: int = Field(title="被申请回避的人员")
    asked_by: Literal["party", "officer"] = Field(default="party", title="提出人")
    reason: Paragraph = Field(title="理由")


class DecideRecusalForm(StepForm):
    """决定是否回避."""

    recusal_id: int = Field(title="回避申请")
    granted: bool = Field(title="同意回避")
    words: OptionalParagraph = Field(default="", title="决定和理由")
    replaced_by_id: int | None = Field(default=None, title="接替人员")
