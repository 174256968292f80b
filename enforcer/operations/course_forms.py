"""What the forms of the ordinary course share: whose case, which day, who answers for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from enforcer.course_terms import Disposal, Gains, Outcome
from enforcer.terms import Discretion, LeniencyPaper, NoPenaltyReason, PenaltyKind
from enforcer.text import (
    Line,
    OptionalCode,
    OptionalLine,
    OptionalParagraph,
    OptionalRecord,
)

MOST_THINGS = 200


class PartForm(BaseModel):
    """A part of a form."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StepForm(PartForm):
    """A step of a case. `on` blank is today; `by_id` is who answers for it; `seen` is the last
    event the window showed, so that two windows cannot go past each other. `reasons` answers the
    warnings by their codes.
    """

    request_id: UUID | None = None
    case_id: int = Field(title="案件")
    seen: int | None = Field(default=None, title="载入时的最后一步")
    on: date | None = Field(default=None, title="日期")
    by_id: int | None = Field(default=None, title="经办人")
    reasons: dict[str, OptionalLine] = Field(default_factory=dict, title="说明的理由")


class TwoOfficersForm(StepForm):
    """A step that two officers carry out; blank means those who handle the case."""

    officer1_id: int | None = Field(default=None, title="执法人员")
    officer2_id: int | None = Field(default=None, title="第二名执法人员")


class ThingForm(PartForm):
    """One line of a list of things."""

    name: Line = Field(title="名称")
    quantity: OptionalLine = Field(default="", title="数量")
    spec: OptionalLine = Field(default="", title="规格型号")
    condition: OptionalLine = Field(default="", title="形态、成色")
    note: OptionalLine = Field(default="", title="备注")
    related: bool = Field(default=True, title="与违法行为有关")
    necessity: bool = Field(default=False, title="生活必需品")
    disposal: Disposal | None = Field(default=None, title="处理")


Things = Annotated[tuple[ThingForm, ...], Field(max_length=MOST_THINGS)]


class TickForm(PartForm):
    """What was recorded of one condition: yes, no or a number, and the evidence for it."""

    holds: bool | None = Field(default=None, title="是否具备")
    evidence: OptionalLine = Field(default="", title="证据")
    value: Decimal | None = Field(default=None, title="数值", ge=0)


class ImpositionForm(StepForm):
    """What is to be imposed; a field that is left out stands as in the latest opinion of the case."""

    outcome: Outcome = Field(default=Outcome.PENALTY, title="处理结论")
    kinds: tuple[PenaltyKind, ...] = Field(default=(), title="处罚种类")
    fine_yuan: OptionalCode = Field(default="", title="罚款数额（元）")
    gains: Gains | None = Field(default=None, title="违法所得")
    gains_yuan: OptionalCode = Field(default="", title="没收违法所得（元）")
    property_yuan: OptionalCode = Field(default="", title="没收非法财物价值（元）")
    penalty_words: OptionalParagraph = Field(default="", title="其他处罚内容")
    discretion: Discretion = Field(default=Discretion.ORDINARY, title="裁量")
    discretion_reason: OptionalParagraph = Field(default="", title="裁量理由")
    no_penalty_reason: NoPenaltyReason | None = Field(default=None, title="不予处罚理由")
    breached: OptionalLine = Field(default="", title="违反的条款（违则）")
    sanctioned_by: OptionalLine = Field(default="", title="处罚依据（罚则）")
    under: OptionalLine = Field(default="", title="罚则的前提")
    law_choice: OptionalCode = Field(default="", title="适用的规定", pattern="^(old|new|)$")
    law_reason: OptionalParagraph = Field(default="", title="选用新旧规定的理由")
    ticks: dict[str, TickForm] = Field(default_factory=dict, title="不予、从轻、减轻的情形")
    provision: OptionalLine = Field(default="", title="其他从宽的条款")
    private_enterprise: bool = Field(default=False, title="民营经济组织")
    papers: tuple[LeniencyPaper, ...] = Field(default=(), title="随卷的材料")
    facts: OptionalRecord = Field(default="", title="违法事实")
    evidence: OptionalRecord = Field(default="", title="证据")
    words: OptionalParagraph = Field(default="", title="意见")
    public_interest: bool | None = Field(default=None, title="涉及重大公共利益")
    complicated: bool | None = Field(default=None, title="疑难复杂、涉及多个法律关系")
    serious: bool | None = Field(default=None, title="情节复杂或者重大违法行为")
    major_rights: bool | None = Field(default=None, title="直接关系当事人或者第三人重大权益")
