"""Guards of the hearing (行政处罚法 第六十三至六十五条)."""

from __future__ import annotations

from enforcer.errors import Objection
from enforcer.law import course_clocks, parameters
from enforcer.law.course_decision import Hearing
from enforcer.law.lifecycle_facts import CaseFacts, block, warn
from enforcer.terms import CaseStep

ARTICLE_64 = "行政处罚法（2021）第六十四条"
ARTICLE_65 = "行政处罚法（2021）第六十五条"


def request_before_service(facts: CaseFacts) -> Objection | None:
    """Nobody asks before he was told (第六十四条第一项)."""
    one = _asking(facts)
    if one is None:
        return None
    served = facts.served_on(CaseStep.ANNOUNCED, one.notice_id)
    if served is not None and served <= one.requested_on:
        return None
    return block(
        "request_before_service",
        f"告知书{f'到 {served} 才送达' if served else '还没有送达'}，不能在此之前要求听证。请核对日期，先登记送达。",
        f"{ARTICLE_64}第一项",
        "on",
    )


def hearing_asked_already(facts: CaseFacts) -> Objection | None:
    """One request stands until it is heard or withdrawn (第六十四条第一项)."""
    if _asking(facts) is None:
        return None
    running = [one for one in facts.hearings if one.open]
    if not running:
        return None
    return block(
        "hearing_asked_already",
        f"当事人已于 {running[0].requested_on} 要求听证，还在办理，不需要再登记。请接着通知听证、"
        "举行听证，或者登记撤回听证要求。",
        f"{ARTICLE_64}第一项",
    )


def hearing_request_late(facts: CaseFacts) -> Objection | None:
    """Five working days; later the organ may still grant it, and says why (第六十四条第一项)."""
    one = _asking(facts)
    if one is None:
        return None
    notice = next((each for each in facts.notices if each.id == one.notice_id), None)
    due = course_clocks.hearing_due(facts, notice) if notice else None
    if due is None or one.requested_on <= due.due_on:
        return None
    return warn(
        "hearing_request_late",
        f"要求听证应当在 {due.due_on} 前（告知后五个工作日）提出，{one.requested_on} 已经逾期。"
        "仍然组织听证的，请写明理由。",
        due.cite,
        "on",
    )


def no_open_hearing(facts: CaseFacts) -> Objection | None:
    """Only a hearing that was asked for and stands can be withdrawn, called or held (第六十四条)."""
    one = facts.new
    if one is None:
        known = next((each for each in facts.hearings if each.open), None)
    elif isinstance(one, Hearing) and one.id:
        known = next((each for each in facts.hearings if each.id == one.id), None)
    else:
        return None
    if known is not None and known.open:
        return None
    return block(
        "no_open_hearing",
        "没有正在办理的听证：还没有要求，或者已经撤回、办完。当事人要求听证的，"
        "请先登记“要求听证”。",
        ARTICLE_64,
        "hearing_id",
    )


def withdrawal_not_written(facts: CaseFacts) -> Objection | None:
    """Withdrawn in so many words (第六十四条)."""
    one = facts.new
    if not isinstance(one, Hearing) or one.withdrawn_on is None or one.withdrawal_written:
        return None
    return block(
        "withdrawal_not_written",
        "撤回听证要求没有书面材料。请附当事人签名的撤回申请。",
        ARTICLE_64,
        "in_writing",
    )


def hearing_too_soon(facts: CaseFacts) -> Objection | None:
    """Seven whole working days between telling and hearing (第六十四条第二项、第八十五条)."""
    one = _calling(facts)
    if one is None or one.hearing_on is None or one.noticed_on is None:
        return None
    due = course_clocks.latest_to_notify(facts, one.hearing_on)
    if one.noticed_on <= due.due_on:
        return None
    return block(
        "hearing_too_soon",
        f"听证定在 {one.hearing_on}，最迟应当在 {due.due_on} 通知当事人（中间满七个工作日），"
        f"{one.noticed_on} 才通知。请把听证改到以后。",
        due.cite,
        "hearing_at",
    )


def chair_is_investigator(facts: CaseFacts) -> Objection | None:
    """The chair has not investigated this case (第六十四条第四项)."""
    one = _calling(facts)
    if one is None or one.chair_id is None:
        return None
    investigators = {each.id for each in facts.handlers}
    investigators |= {who for record in facts.records for who in record.officer_ids}
    if one.chair_id not in investigators:
        return None
    return block(
        "chair_is_investigator",
        f"听证主持人{one.chair}是本案调查人员。听证由行政机关指定的非本案调查人员主持，请改选。",
        f"{ARTICLE_64}第四项",
        "chair_id",
    )


def chair_also_records(facts: CaseFacts) -> Objection | None:
    """Who presides does not keep the record (第六十四条第八项)."""
    one = _calling(facts)
    if one is None or one.chair_id is None or one.chair_id != one.recorder_id:
        return None
    return block(
        "chair_also_records",
        f"听证主持人和记录员都填了{one.chair}。请另选记录员。",
        f"{ARTICLE_64}第四项、第八项",
        "recorder_id",
    )


def closed_without_reason(facts: CaseFacts) -> Objection | None:
    """A hearing is public but for secrets and privacy (第六十四条第三项)."""
    one = _calling(facts)
    if one is None or one.is_public or one.private_reason:
        return None
    return block(
        "closed_without_reason",
        "听证不公开举行没有写理由。除涉及国家秘密、商业秘密或者个人隐私外，听证公开举行。"
        "请补写涉及哪一种，或者改为公开。",
        f"{ARTICLE_64}第三项",
        "private_reason",
    )


def hearing_notice_not_served(facts: CaseFacts) -> Objection | None:
    """The party was told, seven whole working days before (第六十四条第二项)."""
    one = _holding(facts)
    if one is None or one.held_on is None:
        return None
    served = facts.served_on(CaseStep.HEARING_NOTICED, one.id)
    due = course_clocks.latest_to_notify(facts, one.held_on)
    if served is not None and served <= due.due_on:
        return None
    said = f"到 {served} 才送达" if served else "没有送达记录"
    return block(
        "hearing_notice_not_served",
        f"听证通知书{said}，最迟应当在 {due.due_on} 送达当事人（七个工作日前）。请另定日期重新通知。",
        due.cite,
        "on",
    )


def hearing_on_other_day(facts: CaseFacts) -> Objection | None:
    """Held on the day that was told (第六十四条第二项)."""
    one = _holding(facts)
    if one is None or one.hearing_on is None or one.held_on == one.hearing_on:
        return None
    return block(
        "hearing_on_other_day",
        f"通知的听证日期是 {one.hearing_on}，实际填了 {one.held_on}。改期的请先重新通知当事人，"
        "再登记笔录；日期填错的，请改正。",
        f"{ARTICLE_64}第二项",
        "on",
    )


def agents_too_many(facts: CaseFacts) -> Objection | None:
    """One or two representatives (第六十四条第五项)."""
    one = _holding(facts)
    if one is None:
        return None
    most = parameters.on("hearing_agents_maximum", facts.day)
    if len(one.agents) <= most.value:
        return None
    return block(
        "agents_too_many",
        f"填了 {len(one.agents)} 名代理人，当事人可以委托一至二人代理。请删去多出的代理人。",
        most.cite,
        "agents",
    )


def agent_without_authority(facts: CaseFacts) -> Objection | None:
    """Who speaks for the party shows that he may (第六十四条第五项)."""
    one = _holding(facts)
    silent = [each for each in one.agents if not each.authority] if one else []
    if not silent:
        return None
    return block(
        "agent_without_authority",
        f"{silent[0].name}没有授权委托书，不能作为代理人参加听证。请查验后填写委托书的日期或者编号。",
        f"{ARTICLE_64}第五项",
        "agents",
    )


def hearing_record_missing(facts: CaseFacts) -> Objection | None:
    """A hearing has its record (第六十四条第八项)."""
    one = _holding(facts)
    if one is None or not one.attended or one.record:
        return None
    return block(
        "hearing_record_missing",
        "没有填听证笔录。听证应当制作笔录，决定根据听证笔录作出。请补填笔录内容。",
        f"{ARTICLE_64}第八项、第六十五条",
        "record",
    )


def hearing_record_unsigned(facts: CaseFacts) -> Objection | None:
    """Signed, or the chair notes why not (第六十四条第八项)."""
    one = _holding(facts)
    if one is None or not one.attended or one.signed or one.refusal_reason:
        return None
    return block(
        "hearing_record_unsigned",
        "听证笔录没有签名，又没有写原因。当事人或者代理人拒绝签字的，由听证主持人在笔录中注明。"
        "请勾选已签名，或者补填没有签名的原因。",
        f"{ARTICLE_64}第八项",
        "refusal_reason",
    )


def hearing_not_over(facts: CaseFacts) -> Objection | None:
    """A report follows the hearing (第六十五条)."""
    one = _reporting(facts)
    if one is None or (one.held_on is not None and one.held_on <= facts.day):
        return None
    return block(
        "hearing_not_over",
        "这次听证还没有举行，不能写听证报告。请先登记听证笔录。",
        ARTICLE_65,
        "hearing_id",
    )


def report_not_by_chair(facts: CaseFacts) -> Objection | None:
    """The chair reports (第六十五条)."""
    one = _reporting(facts)
    if one is None or facts.by is None or facts.by.id == one.chair_id:
        return None
    return block(
        "report_not_by_chair",
        f"听证报告应当由主持人{one.chair}制作，不能由{facts.by.name}代写。请把制作人改为主持人。",
        ARTICLE_65,
        "by_id",
    )


def hearing_pending(facts: CaseFacts) -> Objection | None:
    """Asked for is asked for: no later notice wipes it out (第六十三、六十五条)."""
    running = [one for one in facts.hearings if one.open]
    if not running:
        return None
    return block(
        "hearing_pending",
        f"当事人 {running[0].requested_on} 要求的听证还没有办完（举行并提出报告，或者书面撤回）。"
        "重新告知不消灭听证要求；请先办完听证，根据听证笔录作出决定。",
        "行政处罚法（2021）第六十三条第一款、第六十五条",
    )


def _asking(facts: CaseFacts) -> Hearing | None:
    one = facts.new
    return one if isinstance(one, Hearing) and not one.id else None


def _calling(facts: CaseFacts) -> Hearing | None:
    one = facts.new
    return one if isinstance(one, Hearing) and one.id and one.held_on is None else None


def _holding(facts: CaseFacts) -> Hearing | None:
    one = facts.new
    held = isinstance(one, Hearing) and one.held_on is not None and one.reported_on is None
    return one if isinstance(one, Hearing) and held else None


def _reporting(facts: CaseFacts) -> Hearing | None:
    one = facts.new
    return one if isinstance(one, Hearing) and one.reported_on is not None else None


REQUESTED = (request_before_service, hearing_asked_already, hearing_request_late)
WITHDRAWN = (no_open_hearing, withdrawal_not_written)
NOTICED = (
    no_open_hearing,
    hearing_too_soon,
    chair_is_investigator,
    chair_also_records,
    closed_without_reason,
)
HELD = (
    no_open_hearing,
    hearing_notice_not_served,
    hearing_on_other_day,
    agents_too_many,
    agent_without_authority,
    hearing_record_missing,
    hearing_record_unsigned,
)
REPORTED = (no_open_hearing, hearing_not_over, report_not_by_chair)
PENDING = (hearing_pending,)
