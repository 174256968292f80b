"""Guards of the written records of an investigation (行政处罚法 第五十五、五十六条)."""

from __future__ import annotations

from enforcer.course_terms import RecordKind
from enforcer.errors import Objection
from enforcer.law.course_investigation import Summons, WrittenRecord
from enforcer.law.lifecycle_facts import CaseFacts, block, warn
from enforcer.terms import Stage

ARTICLE_55 = "行政处罚法（2021）第五十五条第一款"
ARTICLE_55_2 = "行政处罚法（2021）第五十五条第二款"
ARTICLE_56 = "行政处罚法（2021）第五十六条"
SIGNING = "最高人民法院关于行政诉讼证据若干问题的规定（2002）第十五条"
AFTERWARDS = "最高人民法院关于行政诉讼证据若干问题的规定（2002）第六十条第一项"


def evidence_after_decision(facts: CaseFacts) -> Objection | None:
    """What is gathered after the decision cannot carry it (行政诉讼证据规定 第六十条第一项)."""
    if facts.stage is not Stage.DECIDED:
        return None
    return block(
        "evidence_after_decision",
        f"决定已于 {facts.decision.on if facts.decision else '此前'} 作出，此后收集的证据不能作为这个决定的依据。"
        "请不要补入本案；发现新的违法行为的，另行立案。",
        AFTERWARDS,
        "on",
    )


def record_backwards(facts: CaseFacts) -> Objection | None:
    """A record ends after it began (第五十五条第二款)."""
    one = _record(facts)
    if one is None or one.began_at is None or one.ended_at is None:
        return None
    if one.began_at < one.ended_at:
        return None
    return block(
        "record_backwards",
        f"笔录结束时间 {one.ended_at:%H:%M} 不晚于开始时间 {one.began_at:%H:%M}。请核对起止时间。",
        ARTICLE_55_2,
        "ended_at",
    )


def record_in_future(facts: CaseFacts) -> Objection | None:
    """A record is written of what has happened (第四十六条)."""
    one = _record(facts)
    end = (one.ended_at or one.began_at) if one else None
    if end is None or end <= facts.now:
        return None
    return block(
        "record_in_future",
        f"笔录时间 {end:%Y-%m-%d %H:%M} 在现在之后。笔录应当在办完以后登记，请改正起止时间。",
        "行政处罚法（2021）第四十六条",
        "ended_at",
    )


def record_other_day(facts: CaseFacts) -> Objection | None:
    """The day of the step is the day of the record (第四十七条)."""
    one = _record(facts)
    if one is None or one.began_at is None or one.began_at.date() == facts.day:
        return None
    return block(
        "record_other_day",
        f"办理日期 {facts.day} 与笔录时间 {one.began_at:%Y-%m-%d %H:%M} 不是同一天。"
        "请把办理日期改为笔录当天，或者改正笔录时间。",
        "行政处罚法（2021）第四十七条",
        "on",
    )


def certificates_not_shown(facts: CaseFacts) -> Objection | None:
    """The certificates are shown first, else nobody need answer (第五十五条第一款)."""
    one = _record(facts)
    if one is None or one.kind is RecordKind.PHOTOS or one.certificates_shown:
        return None
    return block(
        "certificates_not_shown",
        "没有记录“已出示执法证件”。不出示执法证件的，当事人或者有关人员有权拒绝接受调查或者检查。请亮证后勾选。",
        ARTICLE_55,
        "certificates_shown",
    )


def rights_not_told(facts: CaseFacts) -> Objection | None:
    """Who is asked is told that he may ask for recusal and has to answer truthfully (第四十三、五十五条)."""
    one = _record(facts)
    if one is None or one.kind is not RecordKind.INQUIRY or one.rights_told:
        return None
    return warn(
        "rights_not_told",
        "没有记录已告知申请回避的权利和如实回答的义务。请补告知；确未告知的，写明情况。",
        f"行政处罚法（2021）第四十三条、{ARTICLE_55_2.removeprefix('行政处罚法（2021）')}",
        "rights_told",
    )


def person_not_named(facts: CaseFacts) -> Objection | None:
    """One record, one person who was asked (第五十五条第二款)."""
    one = _record(facts)
    if one is None or one.kind is not RecordKind.INQUIRY or one.person:
        return None
    return block(
        "person_not_named",
        "没有填被询问人。询问应当个别进行，一人一份笔录，请填写姓名和与本案的关系。",
        ARTICLE_55_2,
        "person",
    )


def signature_missing(facts: CaseFacts) -> Objection | None:
    """Who will not or cannot sign: the reason is noted (行政诉讼证据规定 第十五条)."""
    one = _record(facts)
    if one is None or one.signed or one.refusal_reason:
        return None
    return block(
        "signature_missing",
        "当事人没有签名，又没有写原因。拒绝签名或者不能签名的，应当在笔录上注明原因。"
        "请勾选已签名，或者补填拒签、不能签的原因。",
        SIGNING,
        "refusal_reason",
    )


def witness_missing(facts: CaseFacts) -> Objection | None:
    """Where the party does not sign, somebody else on the spot may (行政诉讼证据规定 第十五条)."""
    one = _record(facts)
    if one is None or one.signed or one.witness:
        return None
    return warn(
        "witness_missing",
        "当事人没有签名，也没有见证人签名。有其他人在现场的，请其签名；没有的，写明情况。",
        SIGNING,
        "witness",
    )


def things_not_listed(facts: CaseFacts) -> Objection | None:
    """Samples are listed (第五十六条)."""
    one = _record(facts)
    if one is None or one.kind is not RecordKind.SAMPLING or one.things:
        return None
    return block(
        "things_not_listed",
        "没有填样品清单。请逐件填写名称、规格和数量。",
        ARTICLE_56,
        "things",
    )


def officer_in_two_places(facts: CaseFacts) -> Objection | None:
    """Nobody writes two records at one time (第四十二、四十六条)."""
    one = _record(facts)
    if one is None or one.began_at is None or one.ended_at is None:
        return None
    for other in facts.records:
        if other.began_at is None or other.ended_at is None or other.id == one.id:
            continue
        overlap = one.began_at < other.ended_at and other.began_at < one.ended_at
        if overlap and set(one.officer_ids) & set(other.officer_ids):
            return block(
                "officer_in_two_places",
                f"同一执法人员在 {other.began_at:%H:%M} 至 {other.ended_at:%H:%M} 正在制作另一份"
                f"{other.kind.label}（{other.place or other.person}），时间重叠。请核对起止时间和人员。",
                "行政处罚法（2021）第四十二条第一款、第四十六条第二款",
                "began_at",
            )
    return None


def summons_in_past(facts: CaseFacts) -> Objection | None:
    """Nobody is asked to come yesterday (第五十五条第二款)."""
    one = facts.new
    if not isinstance(one, Summons) or one.come_at.date() >= facts.day:
        return None
    return block(
        "summons_in_past",
        f"通知接受询问的时间 {one.come_at:%Y-%m-%d %H:%M} 早于通知日期 {facts.day}。"
        "请改为通知以后的时间。",
        ARTICLE_55_2,
        "come_at",
    )


def _record(facts: CaseFacts) -> WrittenRecord | None:
    return facts.new if isinstance(facts.new, WrittenRecord) else None


RECORD = (
    evidence_after_decision,
    record_backwards,
    record_in_future,
    record_other_day,
    certificates_not_shown,
    rights_not_told,
    person_not_named,
    signature_missing,
    witness_missing,
    things_not_listed,
    officer_in_two_places,
)
EDUCATION = tuple(one for one in RECORD if one is not evidence_after_decision)
SUMMONS = (summons_in_past,)
