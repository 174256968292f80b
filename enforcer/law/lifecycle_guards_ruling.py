"""Guards of the head's ruling and of the decision (行政处罚法 第五十七至六十条)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from enforcer.course_terms import Outcome, ReviewOpinion
from enforcer.errors import Objection
from enforcer.law import course_clocks, procedure
from enforcer.law.course_decision import LegalReview
from enforcer.law.lifecycle_facts import CaseFacts, block
from enforcer.law.lifecycle_guards_notice import requirements
from enforcer.terms import CaseStep, Needed

ARTICLE_29 = "行政处罚法（2021）第二十九条"
ARTICLE_43_3 = "行政处罚法（2021）第四十三条第三款"
ARTICLE_57 = "行政处罚法（2021）第五十七条第一款"
ARTICLE_57_2 = "行政处罚法（2021）第五十七条第二款"
ARTICLE_58 = "行政处罚法（2021）第五十八条第一款"
ARTICLE_60 = "行政处罚法（2021）第六十条"


def recusal_pending(facts: CaseFacts) -> Objection | None:
    """A request for recusal is decided before the case is (第四十三条第三款)."""
    left = [one for one in facts.recusals if one.decided_on is None]
    if not left:
        return None
    return block(
        "recusal_pending",
        f"{left[0].asked_on} 对{left[0].officer}的回避申请还没有决定。调查不停止，但是作出决定之前应当先决定是否回避。",
        ARTICLE_43_3,
    )


def questions_open(facts: CaseFacts) -> Objection | None:
    """What decides over review and discussion is answered by people (第五十七、五十八条)."""
    one = facts.proposal
    if not facts.punishes or one is None:
        return None
    told = requirements(facts, one)
    lacking = [
        label
        for label, value in (
            ("是否涉及重大公共利益", told.public_interest),
            ("是否疑难复杂、涉及多个法律关系", told.complicated),
            ("是否属于情节复杂或者重大违法行为", told.serious),
        )
        if value is None
    ]
    if not lacking:
        return None
    return block(
        "questions_open",
        f"没有回答{'、'.join(lacking)}，不能判断要不要法制审核和集体讨论。请在处理意见里回答。",
        f"{ARTICLE_57_2}、第五十八条第一款",
        "serious",
    )


def _review_needed(facts: CaseFacts) -> tuple[bool, str]:
    """Whether a review must have agreed, and why: the four classes, or competing provisions."""
    one = facts.proposal
    if one is None or not facts.punishes:
        return False, ""
    answer = procedure.legal_review(requirements(facts, one))
    if answer.needed is Needed.YES:
        return True, "".join(answer.why)
    return False, ""


def _agreed(facts: CaseFacts) -> LegalReview | None:
    """The latest review made by the day, when it agrees."""
    made = [one for one in facts.reviews if one.on <= facts.day]
    return made[-1] if made and made[-1].opinion is ReviewOpinion.AGREED else None


def legal_review_missing(facts: CaseFacts) -> Objection | None:
    """Without review, or one that did not agree, nothing is decided (第五十八条第一款)."""
    needed, why = _review_needed(facts)
    if not needed or _agreed(facts) is not None:
        return None
    made = [one for one in facts.reviews if one.on <= facts.day]
    said = (
        f"{made[-1].on} 的法制审核意见是“{made[-1].opinion.label}”，审核没有通过"
        if made
        else "还没有法制审核"
    )
    return block(
        "legal_review_missing",
        f"{why}{said}。未经法制审核或者审核未通过的，不得作出决定。请先登记“法制审核”，"
        "不同意的按审核意见改正后再审。",
        ARTICLE_58,
    )


def competition_not_reviewed(facts: CaseFacts) -> Objection | None:
    """Which of several provisions applies is for the legal review to say (第二十九条)."""
    item = facts.item
    if not facts.punishes or item is None or not item.competing or _agreed(facts) is not None:
        return None
    return block(
        "competition_not_reviewed",
        f"“{item.title}”与其他几项规定可能竞合，适用哪一个须由法制审核认定，程序不代为选择，也不自动按高额处罚。"
        "请先法制审核并同意。",
        f"{ARTICLE_29}、第五十八条第一款第三项",
    )


def legal_review_outdated(facts: CaseFacts) -> Objection | None:
    """The review looks at the case as it is, after the hearing and the last notice (第五十八条第一款)."""
    review = _agreed(facts)
    obliged = _review_needed(facts)[0] or (facts.item is not None and facts.item.competing)
    if review is None or not facts.punishes or not obliged:
        return None
    later = [(day, what) for day, what in _changes(facts) if day > review.on]
    if not later:
        return None
    day, what = max(later)
    return block(
        "legal_review_outdated",
        f"法制审核在 {review.on}，此后（{day}）又有{what}，审核的不是现在的案件。请重新审核。",
        ARTICLE_58,
    )


def _changes(facts: CaseFacts) -> Iterator[tuple[date, str]]:
    """What makes a case another one than the review has seen."""
    for step in (CaseStep.CONCLUDED, CaseStep.HEARING_REPORTED):
        if (day := facts.last(step)) is not None:
            yield day, step.label
    for notice in facts.notices[1:]:
        yield notice.on, "重新告知"
    for one in facts.defences:
        if one.adopted and one.reviewed_on is not None:
            yield one.reviewed_on, "采纳了陈述、申辩"


def discussion_missing(facts: CaseFacts) -> Objection | None:
    """复杂或者重大 is decided by the heads together (第五十七条第二款)."""
    one = facts.proposal
    if one is None or not facts.punishes:
        return None
    answer = procedure.collective_discussion(requirements(facts, one))
    if answer.needed is not Needed.YES or any(each.on <= facts.day for each in facts.discussions):
        return None
    return block(
        "discussion_missing",
        f"{''.join(answer.why)}现在没有集体讨论记录，请先集体讨论。",
        answer.cite,
    )


def proposal_outdated(facts: CaseFacts) -> Objection | None:
    """What lies before the heads is the latest state of the case (第五十七条第一款)."""
    put = facts.put_forward
    if put is None or facts.proposal is put:
        return None
    return block(
        "proposal_outdated",
        f"呈报的处理意见在 {put.on}，此后又有{facts.proposal.step.label if facts.proposal else ''}，"
        "呈报的内容已经不是最新的。请重新呈报处理意见。",
        ARTICLE_57,
    )


def transfer_comes_first(facts: CaseFacts) -> Objection | None:
    """A ruling to transfer is carried out by transferring (第二十七、五十七条)."""
    one = facts.imposition
    if one is None or one.outcome is not Outcome.TRANSFER:
        return None
    return block(
        "transfer_comes_first",
        "负责人的决定是移送司法机关，没有可以作出的处罚决定。请办理移送。",
        f"{ARTICLE_57}第四项",
        "outcome",
    )


def ruled_on_other_proposal(facts: CaseFacts) -> Objection | None:
    """The decision is the one that the head has approved (第五十七条第一款)."""
    ruled, put = facts.last(CaseStep.RULED), facts.put_forward
    newest = max((one.id for one in facts.done if one.step is CaseStep.RULED), default=0)
    put_at = max(
        (one.id for one in facts.done if one.step is CaseStep.DECISION_PROPOSED), default=0
    )
    if ruled is None or put is None or newest > put_at:
        return None
    return block(
        "ruled_on_other_proposal",
        f"负责人在 {ruled} 决定之后又重新呈报了处理意见，新的意见还没有批准。请先审批。",
        ARTICLE_57,
    )


def decided_before_ruling(facts: CaseFacts) -> Objection | None:
    """The letter is dated no earlier than the approval it carries out (第五十七条第一款)."""
    ruled = facts.last(CaseStep.RULED)
    if ruled is None or facts.day >= ruled:
        return None
    return block(
        "decided_before_ruling",
        f"决定日期 {facts.day} 早于负责人批准的日期 {ruled}。请把决定日期改到批准当日或者以后。",
        ARTICLE_57,
        "on",
    )


def decision_late(facts: CaseFacts) -> Objection | None:
    """Ninety days from filing, unless a cited rule has moved them (第六十条)."""
    due = course_clocks.decision_due(facts)
    if due is None or facts.day <= due.due_on:
        return None
    return block(
        "decision_late",
        f"自立案（{facts.filed_on}）起九十日到 {due.due_on} 届满，{facts.day} 已经超过。"
        "行政处罚法没有自动延长；法律、法规、规章另有规定的，应当在届满前办理延长、"
        "中止并写明条款。届满前已经批准的，请先登记“中止、延长办案期限”。",
        ARTICLE_60,
        "on",
    )


RULING = (
    recusal_pending,
    questions_open,
    legal_review_missing,
    competition_not_reviewed,
    legal_review_outdated,
    discussion_missing,
    proposal_outdated,
)
DECIDED = (
    transfer_comes_first,
    ruled_on_other_proposal,
    decided_before_ruling,
    decision_late,
)
