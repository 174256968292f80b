"""Guards of remedies, revocation and the closing of a file (行政处罚法 第七十三、七十五条; 行政复议法)."""

from __future__ import annotations

from enforcer import money
from enforcer.course_terms import ClosingWay, CourtAnswer, Outcome, RemedyKind, RemedyOutcome
from enforcer.errors import Objection
from enforcer.law import course_clocks, deadlines
from enforcer.law.course_after import Closure, Remedy
from enforcer.law.lifecycle_facts import CaseFacts, block, warn
from enforcer.law.lifecycle_guards_money import remedy_open
from enforcer.terms import CaseStep, Stage

ARTICLE_28 = "行政处罚法（2021）第二十八条第一款"
ARTICLE_47 = "行政处罚法（2021）第四十七条"
ARTICLE_57 = "行政处罚法（2021）第五十七条第一款"
ARTICLE_66 = "行政处罚法（2021）第六十六条第一款"
ARTICLE_72 = "行政处罚法（2021）第七十二条第一款第一项"
ARTICLE_75 = "行政处罚法（2021）第七十五条第二款"
RECONSIDERATION = "行政复议法（2023）"


def remedy_before_service(facts: CaseFacts) -> Objection | None:
    """Nobody challenges what he does not know (行政复议法 第二十条)."""
    one = _asking(facts)
    served = facts.decision.served_on if facts.decision else None
    if one is None and facts.new is not None:
        return None
    day = one.on if one else facts.day
    if facts.decision is None or (served is not None and served <= day):
        return None
    return block(
        "remedy_before_service",
        f"决定书{f'到 {served} 才送达' if served else '还没有登记送达'}，当事人在 {day} 还不知道决定的内容。"
        "请核对日期，先登记送达。",
        f"{RECONSIDERATION}第二十条第一款",
        "on",
    )


def remedy_late(facts: CaseFacts) -> Objection | None:
    """Whether it is in time is for the body to say; it is noted here (行政复议法 第二十条; 行政诉讼法 第四十五、四十六条)."""
    one = _asking(facts)
    served = facts.decision.served_on if facts.decision else None
    if one is None or served is None:
        return None
    rule, start = "reconsideration", served
    if one.kind is RemedyKind.LITIGATION:
        before = [r.received_on or r.concluded_on for r in facts.remedies if r.concluded_on]
        asked = [day for day in before if day is not None]
        rule, start = (
            ("litigation_after_reconsideration", asked[-1]) if asked else ("litigation", served)
        )
    due = deadlines.due(rule, start, calendar=facts.calendar)
    if one.on <= due.due_on:
        return None
    return warn(
        "remedy_late",
        f"{one.kind.label}的期限到 {due.due_on}，{one.on} 已经逾期。是否受理由{one.body}决定；"
        "已经受理的，请写明受理通知的文号。",
        due.cite,
        "on",
    )


def remedy_running(facts: CaseFacts) -> Objection | None:
    """One way at a time (行政复议法 第二十九条)."""
    running = [each for each in facts.remedies if each.concluded_on is None]
    if (_asking(facts) is None and facts.new is not None) or not running:
        return None
    return block(
        "remedy_running",
        f"{running[0].on} 的{running[0].kind.label}还没有结果，复议期间不得起诉，已经起诉的不得申请复议，也不能重复登记。"
        "请先登记结果。",
        f"{RECONSIDERATION}第二十九条",
        "on",
    )


def no_remedy_open(facts: CaseFacts) -> Objection | None:
    """A result ends what is running, after it began (第七十三条)."""
    one = _ending(facts)
    if one is None and facts.new is not None:
        return None
    day = one.concluded_on if one and one.concluded_on else facts.day
    running = [each for each in facts.remedies if one is None or each.id == one.id]
    if any(each.concluded_on is None and each.on <= day for each in running):
        return None
    return block(
        "no_remedy_open",
        "没有正在进行的复议、诉讼，或者结果日期早于申请日期。请先登记行政复议、行政诉讼，"
        "并核对结果的日期。",
        "行政处罚法（2021）第七十三条第三款",
        "remedy_id",
    )


def changed_amount_missing(facts: CaseFacts) -> Objection | None:
    """A changed decision says to what (行政复议法 第六十三条)."""
    one = _ending(facts)
    if one is None or one.outcome is not RemedyOutcome.CHANGED:
        return None
    if one.changed_fine_fen is not None:
        return None
    return block(
        "changed_amount_missing",
        "结果是变更，没有填变更后的罚款数额。请照复议决定书、判决书填写（不再罚款的填 0）。",
        f"{RECONSIDERATION}第六十三条第一款",
        "changed_fine_yuan",
    )


def changed_for_the_worse(facts: CaseFacts) -> Objection | None:
    """Who complains is not made worse off (行政复议法 第六十三条第二款; 行政诉讼法 第七十七条第二款)."""
    one = _ending(facts)
    if one is None or one.changed_fine_fen is None or facts.decision is None:
        return None
    if one.changed_fine_fen <= facts.decision.fine_fen:
        return None
    return block(
        "changed_for_the_worse",
        f"变更后的罚款 {money.yuan(one.changed_fine_fen)} 元，比原决定"
        f" {money.yuan(facts.decision.fine_fen)} 元更重。不得作出对申请人、原告更为不利的变更，请核对文书。",
        f"{RECONSIDERATION}第六十三条第二款、行政诉讼法（2017）第七十七条第二款",
        "changed_fine_yuan",
    )


def revoked_already(facts: CaseFacts) -> Objection | None:
    """Revoked once (第七十五条第二款)."""
    if facts.decision is None or facts.decision.revoked_on is None:
        return None
    return block(
        "revoked_already",
        f"决定 {facts.decision.number} 已于 {facts.decision.revoked_on} 撤销，不能再次撤销。"
        "撤销本身是误录的，请在办理记录里撤回这一步。",
        ARTICLE_75,
    )


def closed_undecided(facts: CaseFacts) -> Objection | None:
    """A filed case ends with a decision, a transfer or a dismissal (第五十七条第一款)."""
    if facts.stage is not Stage.FILED or _with_police(facts):
        return None
    return block(
        "closed_undecided",
        "案件还没有作出决定，也没有移送司法机关，不能结案。不需要处理的，请由负责人决定撤案。",
        ARTICLE_57,
    )


def decision_unserved(facts: CaseFacts) -> Objection | None:
    """The decision has reached the party (第六十一条第一款)."""
    one = facts.decision
    if one is None or one.revoked_on is not None:
        return None
    if one.served_on is not None and one.served_on <= facts.day:
        return None
    return block(
        "decision_unserved",
        f"决定书{f'到 {one.served_on} 才送达' if one.served_on else '还没有送达'}，不能结案。请先送达并附送达回证。",
        "行政处罚法（2021）第六十一条第一款",
    )


def unpaid(facts: CaseFacts) -> Objection | None:
    """Carried out, unless the court has ended it (第六十六条第一款)."""
    left, way = course_clocks.open_fen(facts), _way(facts)
    ended = any(one.answer is CourtAnswer.TERMINATED for one in facts.applications)
    if not left or (ended and way is ClosingWay.TERMINATED):
        return None
    return block(
        "unpaid",
        f"罚款还有 {money.yuan(left)} 元没有缴纳，决定没有履行完毕，不能结案。"
        "请登记缴款；法院裁定终结执行的，登记裁定并选“终结执行”。",
        ARTICLE_66,
        "way",
    )


def additional_open(facts: CaseFacts) -> Objection | None:
    """What the late days have added is collected, or somebody says why not (第七十二条第一款第一项)."""
    left = course_clocks.additional_open_fen(facts, facts.day)
    if not left or course_clocks.open_fen(facts):
        return None
    return warn(
        "additional_open",
        f"逾期缴纳，还可以加处罚款 {money.yuan(left)} 元没有收取。请登记加处罚款，或者写明不加处、减免的理由和依据。",
        ARTICLE_72,
        "way",
    )


def correction_open(facts: CaseFacts) -> Objection | None:
    """What was ordered to be corrected was looked at again (第二十八条第一款)."""
    left = [one for one in facts.corrections if not one.corrected]
    if not left:
        return None
    return warn(
        "correction_open",
        f"{left[0].on} 责令改正的事项还没有复查改正。请复查；不能复查的，写明情况。",
        ARTICLE_28,
    )


def lead_unanswered(facts: CaseFacts) -> Objection | None:
    """Who told of it waits for an answer."""
    lead = facts.lead
    if lead is None or not lead.expects_reply or lead.replied_on is not None:
        return None
    return warn(
        "lead_unanswered",
        f"线索 {lead.number}（{lead.source.label}）还没有答复。请答复后登记；无法答复的，写明原因。",
        "本机关内部规定",
    )


def way_contradicts(facts: CaseFacts) -> Objection | None:
    """How it ended is how it ended (第四十七条)."""
    way = _way(facts)
    if way is None:
        return None
    revoked = facts.decision is not None and facts.decision.revoked_on is not None
    spared = facts.decision is not None and facts.decision.outcome is not Outcome.PENALTY
    checks = {
        ClosingWay.REVOKED: revoked,
        ClosingWay.NO_PENALTY: spared,
        ClosingWay.TRANSFERRED: _with_police(facts),
        ClosingWay.ENFORCED: bool(facts.applications),
        ClosingWay.TERMINATED: bool(facts.applications),
        ClosingWay.RECONSIDERED: _ended(facts, RemedyKind.RECONSIDERATION),
        ClosingWay.LITIGATED: _ended(facts, RemedyKind.LITIGATION),
        ClosingWay.PERFORMED: facts.decision is not None and not revoked and not spared,
    }
    if checks[way]:
        return None
    return block(
        "way_contradicts",
        f"结案方式选了“{way.label}”，与案卷记录不符。请核对后改选。",
        ARTICLE_47,
        "way",
    )


def not_educated(facts: CaseFacts) -> Objection | None:
    """Who is spared is educated (第三十三条第三款)."""
    one = facts.decision
    if one is None or one.outcome is not Outcome.NO_PENALTY or facts.taken(CaseStep.EDUCATED):
        return None
    return block(
        "not_educated",
        "决定不予处罚，案卷里没有教育记录。行政机关应当对当事人进行教育，请登记教育的时间、方式和内容。",
        "行政处罚法（2021）第三十三条第三款",
    )


def _way(facts: CaseFacts) -> ClosingWay | None:
    one = facts.new if isinstance(facts.new, Closure) else facts.closure
    return one.way if one else None


def _with_police(facts: CaseFacts) -> bool:
    return any(one.transferred_on is not None and one.accepted for one in facts.transfers)


def _ended(facts: CaseFacts, kind: RemedyKind) -> bool:
    return any(one.kind is kind and one.concluded_on is not None for one in facts.remedies)


def _asking(facts: CaseFacts) -> Remedy | None:
    one = facts.new
    return one if isinstance(one, Remedy) and not one.id else None


def _ending(facts: CaseFacts) -> Remedy | None:
    one = facts.new
    return one if isinstance(one, Remedy) and one.concluded_on is not None else None


REMEDY = (remedy_before_service, remedy_late, remedy_running)
REMEDY_CONCLUDED = (no_remedy_open, changed_amount_missing, changed_for_the_worse)
REVOKED = (revoked_already,)
CLOSING = (
    closed_undecided,
    decision_unserved,
    unpaid,
    remedy_open,
    not_educated,
    way_contradicts,
    additional_open,
    correction_open,
    lead_unanswered,
)
