"""Guards of legal review, collective discussion and transfer (行政处罚法 第二十七、五十七、五十八条)."""

from __future__ import annotations

from datetime import datetime

from enforcer.course_terms import ReviewOpinion
from enforcer.errors import Objection
from enforcer.law import deadlines, parameters
from enforcer.law.course_decision import Discussion, LegalReview, Transfer
from enforcer.law.lifecycle_facts import CaseFacts, block, warn
from enforcer.terms import OfficerPost

ARTICLE_27 = "行政处罚法（2021）第二十七条第一款"
ARTICLE_35 = "行政处罚法（2021）第三十五条第二款"
ARTICLE_57_2 = "行政处罚法（2021）第五十七条第二款"
ARTICLE_58 = "行政处罚法（2021）第五十八条"
TRANSFERRING = "行政执法机关移送涉嫌犯罪案件的规定（2020）"


def reviewer_is_handler(facts: CaseFacts) -> Objection | None:
    """Another pair of eyes: not those who investigate (第五十八条)."""
    one = facts.new
    if not isinstance(one, LegalReview):
        return None
    handlers = {each.id for each in facts.handlers}
    handlers |= {who for record in facts.records for who in record.officer_ids}
    if one.reviewer_id not in handlers:
        return None
    return block(
        "reviewer_is_handler",
        f"法制审核人员{one.reviewer}参与过本案的调查，不能审核自己办的案件。请由另一人审核。",
        f"{ARTICLE_58}第一款",
        "by_id",
    )


def reviewer_unqualified(facts: CaseFacts) -> Objection | None:
    """Whose first review it is has passed the examination (第五十八条第二款)."""
    one = facts.new
    if not isinstance(one, LegalReview) or not one.first_time or one.qualification:
        return None
    return block(
        "reviewer_unqualified",
        f"{one.reviewer}初次从事行政处罚决定法制审核，没有填法律职业资格证书号。"
        "初次从事的人员应当通过国家统一法律职业资格考试取得法律职业资格。请补填证书号，"
        "或者改由具备资格的人员审核。",
        f"{ARTICLE_58}第二款",
        "qualification",
    )


def review_opinion_missing(facts: CaseFacts) -> Objection | None:
    """What is not agreed to is explained (第五十八条第一款)."""
    one = facts.new
    if not isinstance(one, LegalReview) or one.opinion is ReviewOpinion.AGREED or one.words:
        return None
    return block(
        "review_opinion_missing",
        f"审核意见是“{one.opinion.label}”，没有写内容。请写明哪些事实、依据或者程序需要补正。",
        f"{ARTICLE_58}第一款",
        "words",
    )


def discussion_empty(facts: CaseFacts) -> Objection | None:
    """Several take part, and each says something (第五十七条第二款)."""
    one = facts.new
    if not isinstance(one, Discussion):
        return None
    if len(one.attendees) >= 2 and all(each.name and each.opinion for each in one.attendees):
        return None
    said = (
        f"参加人只有 {len(one.attendees)} 人"
        if len(one.attendees) < 2
        else "有参加人没有填姓名或者意见"
    )
    return block(
        "discussion_empty",
        f"{said}，不是集体讨论。请逐人填写姓名、职务和本人的意见。",
        ARTICLE_57_2,
        "attendees",
    )


def attendee_twice(facts: CaseFacts) -> Objection | None:
    """One person is one voice (第五十七条第二款)."""
    one = facts.new
    names = (
        [each.name for each in one.attendees if each.name] if isinstance(one, Discussion) else []
    )
    twice = [name for name in names if names.count(name) > 1]
    if not twice:
        return None
    return block(
        "attendee_twice",
        f"{twice[0]}填了两次，仍算一人。请核对参加人。",
        ARTICLE_57_2,
        "attendees",
    )


def discussion_without_head(facts: CaseFacts) -> Objection | None:
    """It is the heads who discuss (第五十七条第二款)."""
    one = facts.new
    if not isinstance(one, Discussion) or not one.attendees:
        return None
    if any(each.post is OfficerPost.HEAD for each in one.attendees):
        return None
    return block(
        "discussion_without_head",
        "参加人里没有行政机关负责人。情节复杂或者重大的，由行政机关负责人集体讨论决定。请补填负责人。",
        ARTICLE_57_2,
        "attendees",
    )


def discussion_without_conclusion(facts: CaseFacts) -> Objection | None:
    """A discussion ends with a conclusion (第五十七条第二款)."""
    one = facts.new
    if not isinstance(one, Discussion) or one.conclusion:
        return None
    return block(
        "discussion_without_conclusion",
        "没有填集体讨论的结论。请写明决定的内容和不同意见。",
        ARTICLE_57_2,
        "conclusion",
    )


def transfer_team_too_small(facts: CaseFacts) -> Objection | None:
    """Two people at least examine it and report (移送规定 第五条第一款)."""
    one = facts.new
    if not isinstance(one, Transfer) or one.id:
        return None
    least = parameters.on("crime_team_minimum", facts.day)
    if len(set(one.team)) >= least.value:
        return None
    return block(
        "transfer_team_too_small",
        f"专案组只有 {len(set(one.team))} 人，应当指定二名或者二名以上行政执法人员组成。请补填成员。",
        least.cite,
        "team",
    )


def transfer_reported_already(facts: CaseFacts) -> Objection | None:
    """One report at a time (移送规定 第五条)."""
    one = facts.new
    if not isinstance(one, Transfer) or one.id:
        return None
    running = [t for t in facts.transfers if t.approved is not False and t.answered_on is None]
    if not running:
        return None
    return block(
        "transfer_reported_already",
        f"已于 {running[0].on} 报告移送，还在办理，不能重复报告。请接着登记是否批准移送。",
        f"{TRANSFERRING}第五条第一款",
    )


def transfer_decided_already(facts: CaseFacts) -> Objection | None:
    """Decided once (移送规定 第五条第二款)."""
    one = _deciding(facts)
    known = _meant(facts, one)
    if one is None and facts.new is not None:
        return None
    if known is not None and known.decided_on is None:
        return None
    return block(
        "transfer_decided_already",
        "没有等待决定的移送报告：还没有报告，或者已经决定。请先登记“报告移送”，"
        "或者改选还没有决定的一次。",
        f"{TRANSFERRING}第五条第二款",
        "transfer_id",
    )


def transfer_decided_late(facts: CaseFacts) -> Objection | None:
    """Three days from the report (移送规定 第五条第二款)."""
    one = _deciding(facts)
    if one is None or one.decided_on is None:
        return None
    if one.decided_on < one.on:
        return block(
            "transfer_decided_late",
            f"决定日期 {one.decided_on} 早于报告日期 {one.on}。请改正决定日期。",
            f"{TRANSFERRING}第五条第二款",
            "decided_at",
        )
    due = deadlines.due("crime_transfer_decision", one.on, calendar=facts.calendar)
    if one.decided_on <= due.due_on:
        return None
    return warn(
        "transfer_decided_late",
        f"负责人应当自接到报告之日起 3 日内（{due.due_on} 前）决定，{one.decided_on} 才决定。请写明原因。",
        due.cite,
        "decided_at",
    )


def refusal_to_transfer_unexplained(facts: CaseFacts) -> Objection | None:
    """Not to transfer is explained and goes into the file (移送规定 第五条第二款)."""
    one = _deciding(facts)
    if one is None or one.approved or one.decision_words:
        return None
    return block(
        "refusal_to_transfer_unexplained",
        "决定不批准移送，没有写理由。应当将不予批准的理由记录在案，请补写。",
        f"{TRANSFERRING}第五条第二款",
        "words",
    )


def transfer_not_approved(facts: CaseFacts) -> Objection | None:
    """Transferred once approved, once (移送规定 第五条第二款)."""
    one = _transferring(facts)
    known = _meant(facts, one)
    if one is None and facts.new is not None:
        return None
    if known is not None and known.approved and known.transferred_on is None:
        return None
    return block(
        "transfer_not_approved",
        "没有负责人批准的移送，或者已经移送。请先由负责人决定批准移送。",
        f"{TRANSFERRING}第五条第二款",
        "transfer_id",
    )


def transferred_late(facts: CaseFacts) -> Objection | None:
    """Twenty-four hours from the approval (移送规定 第五条第二款)."""
    one = _transferring(facts)
    if one is None or one.decided_at is None or one.transferred_at is None:
        return None
    if one.transferred_at < one.decided_at:
        return block(
            "transferred_late",
            f"移送时间 {one.transferred_at:%Y-%m-%d %H:%M} 早于批准时间 "
            f"{one.decided_at:%Y-%m-%d %H:%M}。请改正移送时间。",
            f"{TRANSFERRING}第五条第二款",
            "transferred_at",
        )
    due = deadlines.due("crime_transfer", one.decided_at, calendar=facts.calendar)
    last: datetime | None = due.due_at
    if last is None or one.transferred_at <= last:
        return None
    return warn(
        "transferred_late",
        f"批准后应当在 24 小时内（{last:%Y-%m-%d %H:%M} 前）移送，"
        f"{one.transferred_at:%Y-%m-%d %H:%M} 才移送。请写明原因。",
        due.cite,
        "transferred_at",
    )


def police_answered_already(facts: CaseFacts) -> Objection | None:
    """The police answer what was sent to them, once (移送规定 第八条)."""
    one = facts.new
    if one is not None and not (isinstance(one, Transfer) and one.answered_on is not None):
        return None
    known = _meant(facts, one)
    if known is not None and known.transferred_on is not None and known.answered_on is None:
        return None
    return block(
        "police_answered_already",
        "没有等待公安机关答复的移送：还没有移送，或者已经登记答复。请先登记“移送司法机关”，"
        "或者改选还没有答复的一次。",
        f"{TRANSFERRING}第八条",
        "transfer_id",
    )


def transferred_case(facts: CaseFacts) -> Objection | None:
    """While the police have it, no fine is imposed (第二十七、三十五条)."""
    gone = [t for t in facts.transfers if t.transferred_on is not None and t.accepted is not False]
    if not gone or not facts.punishes:
        return None
    return block(
        "transferred_case",
        f"案件已于 {gone[0].transferred_on} 移送{gone[0].receiver}，公安机关没有退回，不能再给予罚款。"
        "不予立案退回的，请先登记公安机关的答复。",
        f"{ARTICLE_27}、{ARTICLE_35.removeprefix('行政处罚法（2021）')}",
    )


def _meant(facts: CaseFacts, one: Transfer | None) -> Transfer | None:
    """The transfer that is meant; for the button the last one."""
    if one is None:
        return facts.transfers[-1] if facts.transfers else None
    return next((each for each in facts.transfers if each.id == one.id), None)


def _deciding(facts: CaseFacts) -> Transfer | None:
    one = facts.new
    return one if isinstance(one, Transfer) and one.decided_on and not one.transferred_on else None


def _transferring(facts: CaseFacts) -> Transfer | None:
    one = facts.new
    sent = isinstance(one, Transfer) and one.transferred_on is not None and not one.answered_on
    return one if isinstance(one, Transfer) and sent else None


REVIEWED = (reviewer_is_handler, reviewer_unqualified, review_opinion_missing)
DISCUSSED = (
    discussion_empty,
    attendee_twice,
    discussion_without_head,
    discussion_without_conclusion,
)
TRANSFER_PROPOSED = (transfer_team_too_small, transfer_reported_already)
TRANSFER_DECIDED = (
    transfer_decided_already,
    transfer_decided_late,
    refusal_to_transfer_unexplained,
)
TRANSFERRED = (transfer_not_approved, transferred_late)
ANSWERED = (police_answered_already,)
NOT_TRANSFERRED = (transferred_case,)
