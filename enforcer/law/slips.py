"""Taking back the last step of a case as a slip, while nothing rests on it (行政处罚法 第四十七条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from enforcer.errors import Objection
from enforcer.law.course_people import Person
from enforcer.law.lifecycle_facts import block
from enforcer.terms import CaseStep

ARTICLE_47 = "行政处罚法（2021）第四十七条"
ARTICLE_48 = "行政处罚法（2021）第四十八条"
ARTICLE_54_2 = "行政处罚法（2021）第五十四条第二款"
ARTICLE_57 = "行政处罚法（2021）第五十七条"
ARTICLE_75_2 = "行政处罚法（2021）第七十五条第二款"
OWN = frozenset(
    {
        CaseStep.FILED,
        CaseStep.FILING_REFUSED,
        CaseStep.SIGNED,
        CaseStep.LEGAL_REVIEWED,
        CaseStep.DISCUSSED,
        CaseStep.HEARING_REPORTED,
        CaseStep.RECUSAL_DECIDED,
        CaseStep.REVOKED,
    }
)
"""What somebody gave under his own name: nobody else takes it back for him."""
AFTER_THE_END = frozenset(
    {
        CaseStep.FILING_REFUSED,
        CaseStep.RECONSIDERATION,
        CaseStep.LITIGATION,
        CaseStep.REMEDY_CONCLUDED,
        CaseStep.REVOKED,
    }
)
"""What ends a lead, or comes to a case that has ended: no closed file stands in its way."""
UNDOING = frozenset({CaseStep.REVOKED, CaseStep.REMEDY_CONCLUDED})
"""What may take the effect from a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """The last step of a case on record, and what rests on it.

    `known` is false for what was put on record without its trace (history, the filing itself);
    `elsewhere` when it wrote into a register; `altered` when what it changed was
    changed again since; `papers` the papers issued since that stand and say what it wrote, by
    title; `evidence` how many recordings, photos or lines of the evidence list name it; `numbers`
    what it drew, which is void once it is taken back; `decision_out` that a decision went out.
    `merged` are the leads that went into the case, `listed` counts its lines of evidence, `replied_on` the day the informant was told of
    a refusal, `published_on` and `withdrawn_on` the days on which the decision was shown to others
    and no longer; `exported_on` the day on which the case or its decision was handed out.
    """

    case: str
    step: CaseStep | None
    on: date | None = None
    by: str = ""
    handlers: tuple[str, ...] = ()
    closed: bool = False
    known: bool = True
    elsewhere: bool = False
    altered: bool = False
    papers: tuple[str, ...] = ()
    evidence: int = 0
    numbers: tuple[str, ...] = ()
    decision_out: bool = False
    merged: tuple[str, ...] = ()
    listed: int = 0
    replied_on: date | None = None
    published_on: date | None = None
    withdrawn_on: date | None = None
    exported_on: date | None = None

    @property
    def label(self) -> str:
        return self.step.label if self.step else ""


def against_slip(slip: Slip) -> tuple[Objection, ...]:
    """What stands against taking the last step back, whoever asks."""
    return tuple(_against(slip))


def against_taking_back(slip: Slip, by: Person | None) -> tuple[Objection, ...]:
    """The same, and whether this person may."""
    found = list(_against(slip))
    if slip.step is not None:
        found += _person(slip, by)
    return tuple(found)


def _against(slip: Slip) -> Iterator[Objection]:
    if slip.step is None:
        yield block("slip_none", f"案件 {slip.case} 还没有可以撤回的办案步骤。", ARTICLE_47)
        return
    if slip.closed and slip.step not in AFTER_THE_END:
        yield block(
            "slip_closed",
            f"案件 {slip.case} 已经终结，“{slip.label}”不能撤回。记录有误的，在案卷备考表中写明更正。",
            ARTICLE_47,
        )
        return
    if slip.decision_out:
        say = "决定书已经出件，“作出决定”不能撤回；确有错误的，办理“撤销决定”，原决定和文号保留。"
        yield block("slip_decision_out", say, ARTICLE_75_2)
        return
    if not slip.known:
        yield block(
            "slip_untraced",
            f"“{slip.label}”由旧版本录入，没有留下撤回所需的痕迹，不能撤回。"
            "请按后续步骤更正，并在下一步的说明里写清。",
            ARTICLE_47,
        )
    if slip.elsewhere:
        yield block(
            "slip_rests_elsewhere",
            f"“{slip.label}”同时写进了台账，不能撤回。请按后续步骤更正，并在下一步的说明里写清。",
            ARTICLE_47,
        )
    if slip.altered:
        yield block(
            "slip_altered",
            f"“{slip.label}”之后，它写下的内容又被改过，不能撤回。请重新载入，核对后再办。",
            ARTICLE_47,
        )
    yield from _known_outside(slip)
    if slip.papers:
        names = "、".join(f"《{one}》" for one in slip.papers)
        yield block(
            "slip_paper_out",
            f"之后签发的{names}写有“{slip.label}”的内容，不能撤回。"
            "可以作废的，请先在“文书和证据”中作废。",
            ARTICLE_47,
        )
    if slip.evidence:
        yield block(
            "slip_evidence",
            f"有 {slip.evidence} 份录像、照片或者证据挂在“{slip.label}”上，不能撤回。"
            "请先在“证据”中取下，写明原因。",
            ARTICLE_47,
        )


def _known_outside(slip: Slip) -> Iterator[Objection]:
    """What others have been told, or have built upon, is not unsaid by a mark."""
    if slip.merged:
        yield block(
            "slip_merged_here",
            f"线索 {'、'.join(slip.merged)} 已经并入案件 {slip.case}，“{slip.label}”不能撤回。"
            "请先在“线索”中撤回它们的办结。",
            ARTICLE_54_2,
        )
    if slip.listed:
        yield block(
            "slip_listed",
            f"案件 {slip.case} 的证据清单已经登记 {slip.listed} 项证据，“{slip.label}”不能撤回。"
            f"{_instead(slip)}",
            ARTICLE_47,
        )
    if slip.replied_on is not None:
        yield block(
            "slip_replied",
            f"已于 {slip.replied_on} 答复反映人，“{slip.label}”不能撤回。答复是误录的，"
            "请先在“线索”中撤回答复；确已答复的，有新的事实时重新登记线索。",
            ARTICLE_54_2,
        )
    if slip.published_on is not None:
        yield block(
            "slip_published",
            f"决定已登记于 {slip.published_on} 公开，“{slip.label}”不能撤回。"
            "确有错误的，办理“撤销决定”，并登记撤回公开、说明理由。",
            ARTICLE_48,
        )
    if slip.withdrawn_on is not None:
        yield block(
            "slip_withdrawn",
            f"因决定撤销，已登记于 {slip.withdrawn_on} 撤回公开并说明理由，"
            f"“{slip.label}”不能撤回。需要处罚的，请依法重新调查、重新作出决定。",
            ARTICLE_48,
        )
    if slip.exported_on is not None:
        yield block(
            "slip_exported",
            f"已于 {slip.exported_on} 导出写有“{slip.label}”的案卷或者名单，不能撤回。{_instead(slip)}",
            ARTICLE_47,
        )


def _instead(slip: Slip) -> str:
    if slip.step is CaseStep.PROPOSED:
        return "请由审批人退回，或者由负责人决定不予立案。"
    if slip.step is CaseStep.FILING_REFUSED:
        return "有新的事实的，重新登记线索。"
    if slip.step in UNDOING:
        return "需要处罚的，依法重新调查、重新作出决定。"
    return "确有错误的，办理“撤销决定”，原决定和文号保留。"


def _person(slip: Slip, by: Person | None) -> Iterator[Objection]:
    if by is None:
        yield block("slip_nobody", "没有填由谁撤回。请选择撤回人。", ARTICLE_47, "by_id")
        return
    if not by.active:
        say = f"{by.name}在人员台账里已经停用，不能撤回。请改选在岗的人员。"
        yield block("slip_person_left", say, ARTICLE_47, "by_id")
    mine = {slip.by} if slip.step in OWN else {slip.by, *slip.handlers}
    if slip.by and by.name not in mine:
        whose = "签署人本人" if slip.step in OWN else "经办人或者本案承办人员"
        say = f"“{slip.label}”由{slip.by}办理，只能由{whose}撤回。请改选撤回人。"
        yield block("slip_of_another", say, ARTICLE_57, "by_id")
