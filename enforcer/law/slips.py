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
ARTICLE_57 = "行政处罚法（2021）第五十七条"
ARTICLE_75_2 = "行政处罚法（2021）第七十五条第二款"
OWN = frozenset(
    {
        CaseStep.FILED,
        CaseStep.SIGNED,
        CaseStep.LEGAL_REVIEWED,
        CaseStep.DISCUSSED,
        CaseStep.HEARING_REPORTED,
        CaseStep.RECUSAL_DECIDED,
    }
)
"""What somebody gave under his own name: nobody else takes it back for him."""
INSTEAD = {
    CaseStep.PROPOSED: "请由审批人退回，或者由负责人决定不予立案",
    CaseStep.FILING_REFUSED: "不予立案已经由负责人决定；有新的事实的，重新登记线索",
    CaseStep.REVOKED: "撤销已经生效；需要的，依法重新作出决定",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """The last step of a case on record, and what rests on it.

    `known` is false for what was put on record without its trace (history, the filing itself);
    `elsewhere` when it wrote into a register; `altered` when what it changed was
    changed again since; `papers` the papers issued since that stand and say what it wrote, by
    title; `evidence` how many recordings, photos or lines of the evidence list name it; `numbers`
    what it drew, which is void once it is taken back; `decision_out` that a decision went out.
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
    if slip.closed:
        yield block(
            "slip_closed",
            f"案件 {slip.case} 已经终结，“{slip.label}”不能撤回。记录有误的，在案卷备考表中写明更正。",
            ARTICLE_47,
        )
        return
    if slip.step in INSTEAD:
        say = f"“{slip.label}”不能撤回：{INSTEAD[slip.step]}。"
        yield block("slip_final", say, ARTICLE_47)
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
            f"“{slip.label}”同时写进了台账或者已经登记公开，不能撤回。"
            "请按后续步骤更正，并在下一步的说明里写清。",
            ARTICLE_47,
        )
    if slip.altered:
        yield block(
            "slip_altered",
            f"“{slip.label}”之后，它写下的内容又被改过，不能撤回。请重新载入，核对后再办。",
            ARTICLE_47,
        )
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
