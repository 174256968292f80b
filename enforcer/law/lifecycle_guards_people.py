"""Guards about persons: officers and certificates, recusal, the organ's power, the party."""

from __future__ import annotations

from collections.abc import Callable

from enforcer.errors import Objection
from enforcer.law import parameters
from enforcer.law.course_people import Approval, Person, Recusal
from enforcer.law.lifecycle_facts import CaseFacts, block
from enforcer.law.summary_facts import ORGANIZATIONS
from enforcer.law.summary_people import NO_POWER
from enforcer.law.summary_people import POWER as POWER_ARTICLES

ARTICLE_40 = "行政处罚法（2021）第四十条"
ARTICLE_42 = "行政处罚法（2021）第四十二条第一款"
ARTICLE_43 = "行政处罚法（2021）第四十三条"
ARTICLE_59 = "行政处罚法（2021）第五十九条第一款第一项"


def officers_fewer_than_two(facts: CaseFacts) -> Objection | None:
    """Two officers at least, whatever they do (第四十二条第一款)."""
    needed = parameters.on("officers_minimum", facts.day).value
    if len(facts.acting) >= needed:
        return None
    return block(
        "officers_fewer_than_two",
        f"执法人员{f'只有 {len(facts.acting)} 人' if facts.acting else '没有填'}，不得少于两人。"
        "请补填持证执法人员；协管、辅助人员不计入。",
        ARTICLE_42,
        "officer2_id",
    )


def same_officer_twice(facts: CaseFacts) -> Objection | None:
    """One person is never two officers, by whatever name or number (第四十二条第一款)."""
    seen: set[str] = set()
    for one in facts.acting:
        marks = {f"人{one.id}"} | ({f"证{one.certificate}"} if one.certificate else set())
        if marks & seen:
            return block(
                "same_officer_twice",
                f"两名执法人员填的是同一人（{one.name}），仍算一人。请改填另一名执法人员。",
                ARTICLE_42,
                "officer2_id",
            )
        seen |= marks
    return None


def officer_left(facts: CaseFacts) -> Objection | None:
    """Who has left the team cannot act (第四十二条第一款)."""
    found = _first(facts, lambda one: not one.active)
    return found and block(
        "officer_left",
        f"{found.name}在人员台账里已经停用，不能执法。请改填在岗的执法人员。",
        ARTICLE_42,
        _field(facts, found),
    )


def certificate_missing(facts: CaseFacts) -> Objection | None:
    """No certificate, no power to act (第四十二条第一款)."""
    found = _first(facts, lambda one: not one.certificate or one.valid_until is None)
    return found and block(
        "certificate_missing",
        f"{found.name}没有登记执法证，不能执法。请在“台账—人员与证件”补登执法证，或者改填他人。",
        ARTICLE_42,
        _field(facts, found),
    )


def certificate_expired(facts: CaseFacts) -> Objection | None:
    """A certificate serves on its last day and not after (第四十二条第一款)."""
    found = _first(facts, lambda one: one.valid_until is not None and one.valid_until < facts.day)
    return found and block(
        "certificate_expired",
        f"{found.name}的执法证{found.certificate}已于 {found.valid_until} 到期，{facts.day} 不能执法。"
        "请换发后更新台账，或者改填持有效证件的执法人员。",
        ARTICLE_42,
        _field(facts, found),
    )


def certificate_not_yet_valid(facts: CaseFacts) -> Objection | None:
    """A certificate serves from the day of its issue (第四十二条第一款)."""
    found = _first(facts, lambda one: one.valid_from is not None and one.valid_from > facts.day)
    return found and block(
        "certificate_not_yet_valid",
        f"{found.name}的执法证{found.certificate}自 {found.valid_from} 起有效，{facts.day} 还不能使用。"
        "请改填持有效证件的执法人员。",
        ARTICLE_42,
        _field(facts, found),
    )


def officer_recused(facts: CaseFacts) -> Objection | None:
    """Who was recused takes no further part (第四十三条)."""
    gone = {one.officer_id for one in facts.recusals if one.granted}
    found = _first(facts, lambda one: one.id in gone)
    return found and block(
        "officer_recused",
        f"{found.name}已经决定回避，不能再参与本案。请改填接替的执法人员。",
        ARTICLE_43,
        _field(facts, found),
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
        f"决定日期 {one.decided_on} 早于申请日期 {one.asked_on}。请核对。",
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


def power_missing(facts: CaseFacts) -> Objection | None:
    """Without the document of its power the organ may only persuade or refer (第三十八条)."""
    if facts.power is not None:
        return None
    return block(
        "power_missing",
        "没有选定这项处罚的权力来源，不能立案处罚，只能劝导或者移送。"
        "请选择权力来源；还没有登记的，到“设置—权力来源与事项”登记。",
        NO_POWER,
        "power_source_id",
    )


def power_not_covering(facts: CaseFacts) -> Objection | None:
    """A power covers the items that its document names (第二十条第一款、第三十八条第一款)."""
    power = facts.power
    if power is None or power.covers_item:
        return None
    return block(
        "power_not_covering",
        f"《{power.title}》登记的事项里没有这一项，{power.organ}不能据此处罚。"
        "请改选权力来源，或者核对文件后补登。",
        POWER_ARTICLES[power.kind],
        "power_source_id",
    )


def power_expired(facts: CaseFacts) -> Objection | None:
    """A power that has run out locks the papers (第二十条、第二十四条、第三十八条)."""
    power = facts.power
    if power is None or power.valid_until is None or power.valid_until >= facts.day:
        return None
    return block(
        "power_expired",
        f"权力来源《{power.title}》已于 {power.valid_until} 到期，{facts.day} 不能再办理这一步。"
        "续期后请到“设置—权力来源与事项”登记新的文件。",
        POWER_ARTICLES[power.kind],
        "power_source_id",
    )


def power_not_yet_valid(facts: CaseFacts) -> Objection | None:
    """A power serves from its first day (第二十条、第二十四条、第三十八条)."""
    power = facts.power
    if power is None or power.valid_from <= facts.day:
        return None
    return block(
        "power_not_yet_valid",
        f"权力来源《{power.title}》自 {power.valid_from} 起生效，{facts.day} 还不能处罚。请核对文件的生效日期。",
        POWER_ARTICLES[power.kind],
        "power_source_id",
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
        f"“{facts.item.title}”的处罚权属于{facts.item.refer_to}，本机关不能立案处罚，只能移送。",
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


def _first(facts: CaseFacts, fails: Callable[[Person], bool]) -> Person | None:
    return next((one for one in facts.acting if fails(one)), None)


def _field(facts: CaseFacts, person: Person) -> str:
    return "officer1_id" if facts.acting.index(person) == 0 else "officer2_id"


OFFICERS = (
    officers_fewer_than_two,
    same_officer_twice,
    officer_left,
    certificate_missing,
    certificate_expired,
    certificate_not_yet_valid,
    officer_recused,
)
RECUSAL_ASKED = (recusal_of_stranger,)
RECUSAL = (
    recusal_decided_already,
    recusal_before_request,
    recusal_reason_missing,
)
POWER = (
    power_missing,
    power_not_covering,
    power_expired,
    power_not_yet_valid,
    item_missing,
    competence_elsewhere,
)
PARTY = (party_not_identified, representative_missing)
EXPLAINED = (words_missing,)
