"""Guards of the beginning: leads and the filing of a case (行政处罚法 第五十四条)."""

from __future__ import annotations

from enforcer.course_terms import LeadOutcome, SignOffMatter
from enforcer.errors import Objection
from enforcer.law import sign_off
from enforcer.law.course_investigation import Filing, Lead
from enforcer.law.lifecycle_facts import CaseFacts, block, warn
from enforcer.law.summary_course import ARTICLE_29, ARTICLE_36, ARTICLE_40, years_later
from enforcer.law.violation import Violation
from enforcer.terms import OfficerPost

ARTICLE_54_2 = "行政处罚法（2021）第五十四条第二款"
ARTICLE_57 = "行政处罚法（2021）第五十七条第一款"
ARTICLE_47 = "行政处罚法（2021）第四十七条"
OFFICE = "本机关内部规定"
_UNTIL = {
    LeadOutcome.MERGED: "并入哪一条线索或者哪一个案件",
    LeadOutcome.REFERRED: "转交哪个机关",
}


def lead_in_future(facts: CaseFacts) -> Objection | None:
    """Nothing is told tomorrow."""
    one = facts.new
    if not isinstance(one, Lead) or one.received_at is None or one.received_at <= facts.now:
        return None
    return block(
        "lead_in_future",
        f"登记时间 {one.received_at:%Y-%m-%d %H:%M} 在现在之后。请核对日期和时间。",
        ARTICLE_54_2,
        "received_at",
    )


def reply_due_before_receipt(facts: CaseFacts) -> Objection | None:
    """An answer is owed after the question."""
    one = facts.new
    if not isinstance(one, Lead) or one.reply_due_on is None or one.received_on is None:
        return None
    if one.reply_due_on >= one.received_on:
        return None
    return block(
        "reply_due_before_receipt",
        f"答复期限 {one.reply_due_on} 早于登记日期 {one.received_on}。请改正答复期限；不用答复的，"
        "不填。",
        OFFICE,
        "reply_due_on",
    )


def lead_settled_already(facts: CaseFacts) -> Objection | None:
    """A lead ends in one way."""
    lead = facts.lead
    if lead is None or lead.outcome in (None, LeadOutcome.CASE):
        return None
    return block(
        "lead_settled_already",
        f"线索 {lead.number} 已于 {lead.outcome_on} 按“{lead.outcome.label}”办结，"
        "不能再作别的处理。办结有误的，请先在线索页撤回办结。",
        ARTICLE_54_2,
        "outcome",
    )


def lead_void(facts: CaseFacts) -> Objection | None:
    """What was registered by mistake is not gone on with (第四十七条)."""
    lead = facts.lead
    if lead is None or lead.voided_on is None:
        return None
    return block(
        "lead_void",
        f"线索 {lead.number} 已于 {lead.voided_on} 作废（{lead.void_reason}），不能再办理。"
        "作废有误的，请先撤回作废。",
        ARTICLE_47,
    )


def filing_pending(facts: CaseFacts) -> Objection | None:
    """What lies before the heads is neither put forward again nor ended beside them (第五十四条第二款)."""
    known = facts.lead.case_id if facts.lead else None
    waits = sign_off.pending(facts, SignOffMatter.FILING) is not None
    if known is None or (facts.case_id is not None and not waits):
        return None
    return block(
        "filing_pending",
        f"线索 {facts.lead.number if facts.lead else ''} 已经呈报立案，正在审批或者已经立案。请在案件里审批、办理。",
        ARTICLE_54_2,
        "lead_id",
    )


def settled_as_case(facts: CaseFacts) -> Objection | None:
    """立案 goes through the chain, not through this form (第五十四条第二款)."""
    if not _settling(facts) or _lead(facts).outcome is not LeadOutcome.CASE:
        return None
    return block(
        "settled_as_case",
        "立案应当呈报批准，不能在这里直接办结。请办理“呈报立案”。",
        ARTICLE_54_2,
        "outcome",
    )


def settlement_reason_missing(facts: CaseFacts) -> Objection | None:
    """What is not filed is explained (第五十四条第二款、第七十六条第二款)."""
    if not _settling(facts) or _lead(facts).outcome_reason:
        return None
    return block(
        "settlement_reason_missing",
        f"按“{_outcome(facts).label}”办结没有写理由。符合立案标准的应当及时立案，"
        "不立案的请写明理由和依据。",
        f"{ARTICLE_54_2}、第七十六条第二款",
        "reason",
    )


def refusal_not_by_head(facts: CaseFacts) -> Objection | None:
    """不予立案 is the head's to decide (第五十四条第二款)."""
    if not _settling(facts) or _outcome(facts) is not LeadOutcome.REFUSED:
        return None
    if facts.by is None or facts.by.post is OfficerPost.HEAD:
        return None
    return block(
        "refusal_not_by_head",
        f"不予立案应当由负责人决定，{facts.by.name}的岗位是{facts.by.post.label}。请由负责人办理。",
        ARTICLE_54_2,
        "by_id",
    )


def settlement_target_missing(facts: CaseFacts) -> Objection | None:
    """Merged into what, referred to whom."""
    if not _settling(facts) or _outcome(facts) not in _UNTIL or _lead(facts).merged_into:
        return None
    return block(
        "settlement_target_missing",
        f"按“{_outcome(facts).label}”办结没有写明{_UNTIL[_outcome(facts)]}。请补填。",
        ARTICLE_54_2,
        "merged_into_id",
    )


def merged_into_itself(facts: CaseFacts) -> Objection | None:
    """A lead is merged into another one."""
    if not _settling(facts) or not _lead(facts).merged_into:
        return None
    if _lead(facts).merged_into != _lead(facts).number:
        return None
    return block(
        "merged_into_itself",
        "线索不能并入它自己。请选择另一条线索或者案件。",
        ARTICLE_54_2,
        "merged_into_id",
    )


def act_in_future(facts: CaseFacts) -> Objection | None:
    """An act that has not happened cannot be filed (第四十条)."""
    if facts.acted_at is None or facts.acted_at <= facts.now:
        return None
    return block(
        "act_in_future",
        f"发案时间 {facts.acted_at:%Y-%m-%d %H:%M} 在现在之后。请核对日期和时间。",
        ARTICLE_40,
        "acted_at",
    )


def act_missing(facts: CaseFacts) -> Objection | None:
    """What, when and where (第五十四条第一款)."""
    for name, label, there in (
        ("acted_at", "发案时间", facts.acted_at is not None),
        ("place", "发案地点", bool(facts.place)),
        ("act", "案情摘要", bool(facts.act)),
        ("party_name", "当事人", bool(facts.party.name)),
    ):
        if not there:
            return block(
                "act_missing",
                f"没有填{label}。立案审批表应当写明时间、地点、当事人和案情，请补填。",
                "行政处罚法（2021）第五十四条第一款",
                name,
            )
    return None


def act_ends_before_begin(facts: CaseFacts) -> Objection | None:
    """A continuing act ends after it began (第三十六条第二款)."""
    if facts.acted_on is None or facts.ended_on is None or facts.ended_on >= facts.acted_on:
        return None
    return block(
        "act_ends_before_begin",
        f"行为终了日期 {facts.ended_on} 早于发案日期 {facts.acted_on}。请改正行为终了日期；"
        "没有连续、继续的，不填。",
        f"{ARTICLE_36}第二款",
        "ended_on",
    )


def discovery_before_act(facts: CaseFacts) -> Objection | None:
    """Discovered after the act (第三十六条)."""
    if facts.acted_on is None or facts.discovered_on is None:
        return None
    if facts.discovered_on >= facts.acted_on:
        return None
    return block(
        "discovery_before_act",
        f"发现日期 {facts.discovered_on} 早于发案日期 {facts.acted_on}。"
        "请改正发现日期或者发案时间。",
        ARTICLE_36,
        "discovered_on",
    )


def limitation_passed(facts: CaseFacts) -> Objection | None:
    """Two years to discovery, five where harm was done, from the end of the act (第三十六条)."""
    item, begins = facts.item, facts.ended_on or facts.acted_on
    if item is None or begins is None:
        return None
    years = limitation_years(item, harm=facts.harm)
    last = years_later(begins, years)
    found = facts.discovered_on or facts.filed_on or facts.day
    if found <= last:
        return None
    return block(
        "limitation_passed",
        f"违法行为（终了）在 {begins}，{found} 才被发现，超过 {years} 年（到 {last}），不再给予行政处罚。"
        "有连续或者继续状态的，请填写行为终了日期。",
        item.limitation_cite or ARTICLE_36,
        "discovered_on",
    )


def limitation_years(item: Violation, *, harm: bool) -> int:
    """How long an act may stay undiscovered."""
    return item.limitation_harm_years if harm else item.limitation_years


def same_act_fined(facts: CaseFacts) -> Objection | None:
    """One act is not fined twice (第二十九条)."""
    certain = [one for one in facts.earlier_fines if one.certain]
    if not certain:
        return None
    return block(
        "same_act_fined",
        f"同一个违法行为已经由{certain[0].number}处以罚款（{certain[0].say}），不得再次罚款。"
        "不是同一行为的，请核对违法时间和地点。",
        ARTICLE_29,
        "acted_at",
    )


def like_case_open(facts: CaseFacts) -> Objection | None:
    """A like act on the same day may be the same act (第二十九条)."""
    near = [one.number for one in facts.earlier_fines if not one.certain]
    known = (*facts.alike, *near)
    if not known:
        return None
    return warn(
        "like_case_open",
        f"同一当事人（车辆）一日之内已有相近的案件：{'、'.join(known)}。"
        "请核对是不是同一个违法行为；不是的，写明区别。",
        ARTICLE_29,
        "acted_at",
    )


def investigators_missing(facts: CaseFacts) -> Objection | None:
    """Two investigators are proposed, or none yet (第四十二条第一款)."""
    if not isinstance(facts.new, Filing) or len(facts.new.officer_ids) != 1:
        return None
    return block(
        "investigators_missing",
        "拟指派的执法人员只填了一人，不得少于两人。请补填，或者留待批准后指派。",
        "行政处罚法（2021）第四十二条第一款",
        "officer2_id",
    )


def _settling(facts: CaseFacts) -> bool:
    return isinstance(facts.new, Lead) and facts.new.outcome is not None


def _lead(facts: CaseFacts) -> Lead:
    assert isinstance(facts.new, Lead)
    return facts.new


def _outcome(facts: CaseFacts) -> LeadOutcome:
    found = _lead(facts).outcome
    assert found is not None
    return found


LEAD_REGISTERED = (lead_in_future, reply_due_before_receipt)
LEAD_CHECKED = (lead_void, lead_settled_already, filing_pending)
LEAD_REPLIED = (lead_void,)
LEAD_SETTLED = (
    lead_void,
    lead_settled_already,
    filing_pending,
    settled_as_case,
    settlement_reason_missing,
    refusal_not_by_head,
    settlement_target_missing,
    merged_into_itself,
)
PROPOSED = (lead_void, filing_pending)
FILING = (
    lead_settled_already,
    act_missing,
    act_in_future,
    act_ends_before_begin,
    discovery_before_act,
    limitation_passed,
    same_act_fined,
    like_case_open,
    investigators_missing,
)
LIMITATION = (limitation_passed, same_act_fined)
