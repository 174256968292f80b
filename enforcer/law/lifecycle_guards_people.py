"""Guards about persons: recusal, the item and the organ's competence, the party."""

from __future__ import annotations

from enforcer.errors import Objection
from enforcer.law import acting
from enforcer.law.acting import field_of, first
from enforcer.law.course_people import Approval, Recusal
from enforcer.law.lifecycle_facts import CaseFacts, block
from enforcer.law.summary_facts import ORGANIZATIONS

ARTICLE_40 = "行政处罚法（2021）第四十条"
ARTICLE_43 = "行政处罚法（2021）第四十三条"
ARTICLE_59 = "行政处罚法（2021）第五十九条第一款第一项"


def officer_recused(facts: CaseFacts) -> Objection | None:
    """Who was recused takes no further part (第四十三条)."""
    gone = {str(one.officer_id) for one in facts.recusals if one.granted}
    found = first(facts, lambda one: one.key in gone)
    if found is None:
        return None
    return block(
        "officer_recused",
        f"{found.name}已经决定回避，不能再参与本案。请改填接替的执法人员。",
        ARTICLE_43,
        field_of(facts, found),
    )


def recusal_decided_already(facts: CaseFacts) -> Objection | None:
    """One request is decided once (第四十三条第三款)."""
    one = facts.new
    if isinstance(one, Recusal) and one.granted is not None:
        known = next((each for each in facts.recusals if each.id == one.id), None)
    else:
        waiting = [each for each in facts.recusals if each.decided_on is None]
        known = facts.recusals[-1] if one is None and facts.recusals and not waiting else None
    if known is None or known.decided_on is None:
        return None
    return block(
        "recusal_decided_already",
        f"对{known.officer}的回避申请已于 {known.decided_on} 决定，不能再次决定。",
        f"{ARTICLE_43}第三款",
        "recusal_id",
    )


def recusal_before_request(facts: CaseFacts) -> Objection | None:
    """Decided after it was asked for (第四十三条第三款)."""
    one = facts.new
    if not isinstance(one, Recusal) or one.decided_on is None or one.decided_on >= one.asked_on:
        return None
    return block(
        "recusal_before_request",
        f"决定日期 {one.decided_on} 早于申请日期 {one.asked_on}。请改正决定日期。",
        f"{ARTICLE_43}第三款",
        "on",
    )


def recusal_of_stranger(facts: CaseFacts) -> Objection | None:
    """Recused is who takes part in the case (第四十三条第一、二款)."""
    one = facts.new
    if not isinstance(one, Recusal) or one.granted is not None:
        return None
    if one.officer_id in {each.id for each in facts.handlers}:
        return None
    return block(
        "recusal_of_stranger",
        f"{one.officer}不是本案的承办人员，不需要回避。请核对被申请回避的人员。",
        ARTICLE_43,
        "officer_id",
    )


def recusal_reason_missing(facts: CaseFacts) -> Objection | None:
    """A refusal of recusal is explained to the party (第四十三条第三款)."""
    one = facts.new
    if not isinstance(one, Recusal) or one.granted is not False or one.decision_words:
        return None
    return block(
        "recusal_reason_missing",
        "驳回回避申请没有写理由。请写明审查的情况和理由。",
        f"{ARTICLE_43}第三款",
        "words",
    )


def item_missing(facts: CaseFacts) -> Objection | None:
    """No penalty without a provision (第四条、第三十八条第一款)."""
    if facts.item is not None:
        return None
    return block(
        "item_missing",
        "没有选定违法行为，或者所选事项在行为发生那天还没有处罚规定。请从违法行为清单里选定。",
        "行政处罚法（2021）第四条、第三十八条第一款",
        "item_key",
    )


def competence_elsewhere(facts: CaseFacts) -> Objection | None:
    """What another organ alone may punish can only be referred (第十七条、第三十八条第一款)."""
    if facts.item is None or not facts.item.refer_to:
        return None
    return block(
        "competence_elsewhere",
        f"“{facts.item.title}”的处罚权属于{facts.item.refer_to}，本机关不能立案处罚，只能移送。"
        "请把线索按“转有权机关处理”办结，写明机关；事项选错的，请改选。",
        "行政处罚法（2021）第十七条、第三十八条第一款",
        "item_key",
    )


def party_not_identified(facts: CaseFacts) -> Objection | None:
    """Who is punished is known by name and number (第四十条、第五十九条)."""
    lacking = [
        (name, label)
        for name, label, there in (
            ("party_name", "姓名或者名称", facts.party.name),
            ("party_id_number", "证件号码", facts.party.id_number),
            ("party_address", "地址", facts.party.address),
        )
        if not there
    ]
    if not lacking:
        return None
    return block(
        "party_not_identified",
        f"当事人的{'、'.join(label for _, label in lacking)}没有查明。决定书应当载明，"
        "请查验证件后在“台账—当事人”补登。",
        f"{ARTICLE_40}、{ARTICLE_59.removeprefix('行政处罚法（2021）')}",
        lacking[0][0],
    )


def representative_missing(facts: CaseFacts) -> Objection | None:
    """An organisation acts through its representative (第五十九条第一款第一项)."""
    if facts.party.kind not in ORGANIZATIONS or facts.party.legal_representative:
        return None
    return block(
        "representative_missing",
        f"当事人是{facts.party.kind.label}，没有填法定代表人或者负责人。请照营业执照补登。",
        ARTICLE_59,
        "legal_representative",
    )


def words_missing(facts: CaseFacts) -> Objection | None:
    """What the head does alone is explained (第四十七条)."""
    if not isinstance(facts.new, Approval) or facts.new.words:
        return None
    return block(
        "words_missing",
        "没有写理由。请写明事实和理由，附卷备查。",
        "行政处罚法（2021）第四十七条",
        "reason",
    )


OFFICERS = (*acting.OFFICERS, officer_recused)
RECUSAL_ASKED = (recusal_of_stranger,)
RECUSAL = (
    recusal_decided_already,
    recusal_before_request,
    recusal_reason_missing,
)
POWER = (*acting.POWER, item_missing, competence_elsewhere)
PARTY = (party_not_identified, representative_missing)
EXPLAINED = (words_missing,)
