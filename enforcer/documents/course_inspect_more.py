"""出件体检 of what a reviewer marks besides: tier, reasons, order of review, limitation, whom to ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from enforcer import money
from enforcer.course_terms import Outcome
from enforcer.documents import course_rules
from enforcer.documents.course_facts import CoursePaper
from enforcer.documents.course_facts_decision import OpinionOnPaper
from enforcer.documents.course_inspect_facts import LAW, block, imposition_of, warn
from enforcer.documents.facts import ORGANIZATIONS
from enforcer.errors import Objection
from enforcer.paper_terms import Check
from enforcer.terms import PartyKind

ARTICLE_34 = f"{LAW}第三十四条"
ARTICLE_36 = f"{LAW}第三十六条"
_DATED = re.compile(r"(?:年|月|日|当日|同日|至今|以来)")
_PAIRS = (("《", "》", "书名号"), ("“", "”", "引号"), ("（", "）", "括号"))


def tier(paper: CoursePaper) -> Iterator[Objection]:
    """A fine outside the tier its facts fit says why (第三十四条)."""
    one = imposition_of(paper)
    if one is None or not one.fined or not one.tier or one.discretion_reason.strip():
        return
    low, high = one.tier_lowest_fen, one.tier_highest_fen
    below = low is not None and one.fine_fen < low
    above = high is not None and one.fine_fen > high
    if below or above:
        edge = low if below else high
        assert edge is not None
        yield block(
            "outside_tier",
            f"罚款 {money.figure(one.fine_fen)} {'低于' if below else '高于'}裁量阶次“{one.tier}”的"
            f"{'下限' if below else '上限'} {money.figure(edge)}，没有写明理由。"
            "请按阶次改正数额；确要偏离的，写明理由。",
            ARTICLE_34,
            "discretion_reason",
        )


def unexplained(paper: CoursePaper) -> Iterator[Objection]:
    """A fine chosen within a range says why it is this much (第五条第二款、第三十四条)."""
    one = imposition_of(paper)
    if one is None or not one.fined or Check.DISCRETION not in paper.rule.checks:
        return
    chosen = one.lowest_fen != one.highest_fen
    if chosen and not one.discretion_reason.strip() and not one.benchmark:
        yield warn(
            "discretion_not_said",
            f"罚款 {money.figure(one.fine_fen)} 是在幅度内选定的，决定书没有写裁量的理由。"
            "请写明为什么是这个数额；不写的，说明原因。",
            f"{LAW}第五条第二款、第三十四条",
            "discretion_reason",
        )


def undated(paper: CoursePaper) -> Iterator[Objection]:
    """The facts say when it was done (第五十九条第一款第二项)."""
    one = imposition_of(paper)
    if Check.FACTS_DATED not in paper.rule.checks or one is None:
        return
    if one.outcome is not Outcome.PENALTY:
        return
    facts = getattr(paper.matter, "facts", "")
    if facts.strip() and not _DATED.search(facts):
        yield warn(
            "facts_without_time",
            "认定的事实没有写时间。请写明违法行为发生的时间、地点、经过和后果。",
            f"{LAW}第五十九条第一款第二项",
            "facts",
        )


def review_order(paper: CoursePaper) -> Iterator[Objection]:
    """What must come before the decision does (第五十七条第二款、第五十八条第一款)."""
    days = paper.case.days
    decided = days.ruled_on or days.decided_on
    if Check.REVIEW_ORDER not in paper.rule.checks or decided is None:
        return
    for label, day, cite, field in (
        ("法制审核", days.reviewed_on, f"{LAW}第五十八条第一款", "legal_review"),
        ("集体讨论", days.discussed_on, f"{LAW}第五十七条第二款", "discussion"),
    ):
        if day and day > decided:
            yield block(
                "reviewed_afterwards",
                f"{label}在 {day}，晚于负责人的决定 {decided}。应当先{label}再决定，请核对日期。",
                cite,
                field,
            )


def limitation(paper: CoursePaper) -> Iterator[Objection]:
    """What was discovered too late is punished no more (第三十六条)."""
    last, found = paper.case.limitation_until, paper.case.discovered_on
    asked = Check.LIMITATION in paper.rule.checks
    if asked and last and found and found > last:
        yield block(
            "limitation_passed",
            f"违法行为 {found} 才被发现，追究的期限到 {last} 已经届满，不再给予行政处罚。"
            "有连续或者继续状态的，请填写行为终了的日期。",
            ARTICLE_36,
            "discovered_on",
        )


def hearing_told(paper: CoursePaper) -> Iterator[Objection]:
    """The right to a hearing is told where it exists, and has its five working days (第六十三、六十四条)."""
    one = paper.matter
    told = isinstance(one, OpinionOnPaper) and (one.hearing_offered or not one.hearing_needed)
    if Check.RIGHTS in paper.rule.checks and not told:
        yield block(
            "hearing_not_offered",
            "拟作出的处罚属于听证的范围，告知书没有告知要求听证的权利。请勾选“告知听证权利”。",
            f"{LAW}第六十三条第一款",
            "hearing_offered",
        )
    until = paper.case.notice.hearing_until if paper.case.notice else None
    if Check.WAITING in paper.rule.checks and until and paper.on <= until:
        yield block(
            "hearing_time_runs",
            f"要求听证的期限到 {until} 届满，当事人没有书面放弃，{paper.on} 不能作出决定。",
            f"{LAW}第六十四条第一项、第八十五条",
            "on",
        )


def head(paper: CoursePaper) -> Iterator[Objection]:
    """A unit is named with who stands for it, a trader with who runs the shop."""
    party = paper.case.party
    if Check.PARTY_HEAD not in paper.rule.checks or party.legal_representative:
        return
    if party.kind in ORGANIZATIONS or party.kind is PartyKind.SOLE_TRADER:
        trader = party.kind is PartyKind.SOLE_TRADER
        yield warn(
            "party_head_missing",
            f"没有填{'经营者' if trader else '法定代表人（负责人）'}的姓名，文书上会划“/”。"
            "请到当事人台账补填；确实查不到的，说明原因。",
            f"{LAW}第五十九条第一款第一项",
            "legal_representative",
        )


def reach(paper: CoursePaper) -> Iterator[Objection]:
    """Who is told of a right is told where to use it (第四十四、四十五、六十四条)."""
    organ = paper.case.organ
    if Check.ORGAN_ADDRESS in paper.rule.checks and not organ.address:
        yield block(
            "organ_address",
            f"“{organ.name}”没有填地址，当事人不知道到哪里陈述、申辩或者领取文书。"
            "请到“设置—机关”补填后再出件。",
            f"{LAW}第四十四条、第四十五条",
            "organ.address",
        )


def unpaired(text: str) -> Iterator[Objection]:
    """Marks that open and do not close: a citation cut in half."""
    for opening, closing, name in _PAIRS:
        if text.count(opening) != text.count(closing):
            yield warn(
                "marks_unpaired",
                f"文书里的{name}“{opening}{closing}”没有成对（{text.count(opening)} 个与"
                f" {text.count(closing)} 个）。请核对引用的法条和名称是否写全。",
                f"{LAW}第五十九条第一款",
                "facts",
            )


def earlier(paper: CoursePaper) -> Iterator[Objection]:
    """The paper that this one names has come out."""
    cites = paper.rule.cites
    if cites and paper.earlier is None:
        title = course_rules.rule(cites).title
        yield block(
            "earlier_missing",
            f"《{paper.rule.title}》要写明《{title}》的文号和日期，《{title}》还没有出件。请先出该文书。",
            f"{LAW}第四十七条",
            "template",
        )


MORE: tuple[Callable[[CoursePaper], Iterator[Objection]], ...] = (
    tier,
    unexplained,
    undated,
    review_order,
    limitation,
    hearing_told,
    head,
    reach,
    earlier,
)
