"""Guards of 查封、扣押: a named power, the head's approval, thirty days and thirty more (行政强制法 第三章)."""

from __future__ import annotations

from datetime import timedelta

from enforcer.course_terms import Rank
from enforcer.errors import Objection
from enforcer.law import citations, course_clocks, deadlines
from enforcer.law.course_investigation import Seizure, Span
from enforcer.law.lifecycle_facts import CaseFacts, block
from enforcer.law.lifecycle_guards_coercion import LISTED, RETURNED, named
from enforcer.terms import OfficerPost, PowerKind

SEIZING = "行政强制法"
SILENT = frozenset({"城市市容和环境卫生管理条例", "城市道路管理条例", "城市绿化条例"})
"""Regulations whose whole text knows neither 查封 nor 扣押 nor 暂扣."""

HIGH_ENOUGH = frozenset({Rank.LAW, Rank.ADMINISTRATIVE_REGULATION, Rank.LOCAL_REGULATION})


def seizure_no_authority(facts: CaseFacts) -> Objection | None:
    """No power without an article (行政强制法 第十六、二十二条)."""
    one = _seizing(facts)
    if one is None or citations.find(one.authority):
        return None
    return block(
        "seizure_no_authority",
        "没有写明授权查封、扣押的条款。请写成“《名称》第×条”；没有法律、法规明文授权的，不能查封、扣押。",
        f"{SEIZING}第十六条、第二十二条",
        "authority",
    )


def seizure_rank_too_low(facts: CaseFacts) -> Objection | None:
    """Rules and circulars give no power to coerce (行政强制法 第十条第四款)."""
    one = _seizing(facts)
    if one is None or one.rank in HIGH_ENOUGH:
        return None
    return block(
        "seizure_rank_too_low",
        f"授权的规定是{one.rank.label}。法律、法规以外的其他规范性文件不得设定行政强制措施，"
        "不能据此查封、扣押。请改填法律、法规的授权条款；没有授权的，"
        "证据可能灭失时可以先行登记保存。",
        f"{SEIZING}第十条第四款",
        "rank",
    )


def seizure_authority_silent(facts: CaseFacts) -> Objection | None:
    """These regulations do not know the measure at all (行政强制法 第二十二条)."""
    one = _seizing(facts)
    silent = [c for c in citations.find(one.authority) if c.name in SILENT] if one else []
    if not silent:
        return None
    return block(
        "seizure_authority_silent",
        f"《{silent[0].name}》没有规定查封、扣押、暂扣，不能据此扣押物品。请改引有明文授权的法律、法规。",
        f"{SEIZING}第二十二条",
        "authority",
    )


def seizure_authority_not_in_force(facts: CaseFacts) -> Objection | None:
    """The article is in force on the day (行政强制法 第十六条)."""
    one = _seizing(facts)
    wrong = citations.faults(one.authority, facts.day) if one else ()
    if not wrong:
        return None
    return block("seizure_authority_not_in_force", wrong[0].say, f"{SEIZING}第十六条", "authority")


def seizure_entrusted(facts: CaseFacts) -> Objection | None:
    """The power to coerce cannot be entrusted (行政强制法 第十七条第一款)."""
    power = facts.power
    if power is None or power.kind is not PowerKind.ENTRUSTED:
        return None
    return block(
        "seizure_entrusted",
        f"本案由{power.handled_by or '受委托组织'}受委托办理。行政强制措施权不得委托，受委托组织不能查封、扣押。"
        f"请由{power.organ}自己实施。",
        f"{SEIZING}第十七条第一款",
    )


def seizure_not_approved(facts: CaseFacts) -> Objection | None:
    """Reported to the head and approved, beforehand or within 24 hours (行政强制法 第十八、十九条)."""
    one = _seizing(facts)
    if one is None or (one.approved_by_post is OfficerPost.HEAD and one.approved_at is not None):
        return None
    return block(
        "seizure_not_approved",
        "没有行政机关负责人批准。实施前须向负责人报告并经批准；情况紧急当场实施的，"
        "二十四小时内补办批准手续。请补填批准的负责人和时间。",
        f"{SEIZING}第十八条第一项、第十九条",
        "approved_by_id",
    )


def seizure_approved_late(facts: CaseFacts) -> Objection | None:
    """Beforehand; only where it was urgent within 24 hours (行政强制法 第十八、十九条)."""
    one = _seizing(facts)
    if one is None or one.approved_at is None or one.done_at is None:
        return None
    if one.approved_at <= one.done_at:
        return None
    if not one.urgent:
        return block(
            "seizure_approved_late",
            f"批准时间 {one.approved_at:%Y-%m-%d %H:%M} 晚于实施时间 {one.done_at:%Y-%m-%d %H:%M}。"
            "应当先批准、后实施；情况紧急的，请勾选并写明。",
            f"{SEIZING}第十八条第一项",
            "approved_at",
        )
    last = deadlines.due("seizure_report", one.done_at, calendar=facts.calendar).due_at
    if last is None or one.approved_at <= last:
        return None
    return block(
        "seizure_approved_late",
        f"当场实施后应当在 {last:%Y-%m-%d %H:%M} 前（二十四小时，节假日不扣除）补办批准手续，"
        f"{one.approved_at:%Y-%m-%d %H:%M} 才批准。请核对批准时间；负责人认为不应当采取的，"
        "请立即解除并退还。",
        f"{SEIZING}第十九条",
        "approved_at",
    )


def seizure_certificates_not_shown(facts: CaseFacts) -> Objection | None:
    """Certificates are shown (行政强制法 第十八条第三项)."""
    one = _seizing(facts)
    if one is None or one.certificates_shown:
        return None
    return block(
        "seizure_certificates_not_shown",
        "没有记录“已出示执法身份证件”。请亮证后勾选。",
        f"{SEIZING}第十八条第三项",
        "certificates_shown",
    )


def seizure_not_explained(facts: CaseFacts) -> Objection | None:
    """Reasons, basis, rights and remedies are told on the spot (行政强制法 第十八条第五项)."""
    one = _seizing(facts)
    if one is None or one.rights_told:
        return None
    return block(
        "seizure_not_explained",
        "没有记录已当场告知理由、依据以及当事人的权利和救济途径，并听取陈述、申辩。请告知后勾选。",
        f"{SEIZING}第十八条第五项、第六项",
        "rights_told",
    )


def seizure_without_witness(facts: CaseFacts) -> Objection | None:
    """Where the party is away a witness signs (行政强制法 第十八条第九项)."""
    one = _seizing(facts)
    if one is None or one.party_present or one.witness:
        return None
    return block(
        "seizure_without_witness",
        "当事人不到场，没有填见证人。应当邀请见证人到场，由见证人和执法人员在现场笔录上签名。",
        f"{SEIZING}第十八条第九项",
        "witness",
    )


def unrelated_things(facts: CaseFacts) -> Objection | None:
    """Only what belongs to the case (行政强制法 第二十三条第一款)."""
    one = _seizing(facts)
    others = [thing for thing in one.things if not thing.related] if one else []
    if not others:
        return None
    return block(
        "unrelated_things",
        f"{named(others)}与违法行为无关，不得查封、扣押。请从清单里去掉。",
        f"{SEIZING}第二十三条第一款",
        "things",
    )


def daily_necessities(facts: CaseFacts) -> Objection | None:
    """Nobody's daily bread (行政强制法 第二十三条第一款)."""
    one = _seizing(facts)
    needed = [thing for thing in one.things if thing.necessity] if one else []
    if not needed:
        return None
    return block(
        "daily_necessities",
        f"{named(needed)}是公民个人及其所扶养家属的生活必需品，不得查封、扣押。请从清单里去掉。",
        f"{SEIZING}第二十三条第一款",
        "things",
    )


def seizure_too_long(facts: CaseFacts) -> Objection | None:
    """Thirty days at most, never rolled on (行政强制法 第二十五条第一款)."""
    one = _seizing(facts)
    if one is None or one.until_on is None:
        return None
    last = course_clocks.seizure_due(one, facts)
    if one.on <= one.until_on <= last:
        return None
    return block(
        "seizure_too_long",
        f"查封、扣押的期限填到 {one.until_on}，应当在 {one.on} 至 {last} 之间，不得超过三十日，"
        "遇节假日不顺延。请改正期限；三十日不够的，届满前另行办理延长。",
        f"{SEIZING}第二十五条第一款",
        "until_on",
    )


def seizure_over(facts: CaseFacts) -> Objection | None:
    """What has been released, or has run out, is not changed any more (行政强制法 第二十五、二十八条)."""
    one = facts.new
    known = next((s for s in facts.seizures if isinstance(one, Seizure) and s.id == one.id), None)
    if one is None and all(s.released_on for s in facts.seizures):
        known = facts.seizures[-1] if facts.seizures else None
    if known is None:
        return None
    if known.released_on is not None:
        return block(
            "seizure_over",
            f"这次{known.kind.label}已于 {known.released_on} 解除，不能再办理。请改选还在查封、"
            "扣押的一次。",
            f"{SEIZING}第二十八条",
            "seizure_id",
        )
    if not isinstance(one, Seizure) or one.released_on or known.until_on is None:
        return None
    last = known.until_on + timedelta(days=course_clocks.tested_days(known))
    if facts.day <= last:
        return None
    return block(
        "seizure_over",
        f"{known.kind.label}期限已于 {last} 届满，不能再延长，请立即登记解除并退还财物。",
        f"{SEIZING}第二十八条第一款第四项",
        "on",
    )


def extended_twice(facts: CaseFacts) -> Objection | None:
    """Extended once (行政强制法 第二十五条第一款)."""
    one = _extending(facts)
    known = next((s for s in facts.seizures if one is not None and s.id == one.id), None)
    if known is None or known.extended_on is None:
        return None
    return block(
        "extended_twice",
        f"已于 {known.extended_on} 延长过一次，不能再次延长。届满时请登记解除并退还，"
        "或者先作出处理决定。",
        f"{SEIZING}第二十五条第一款",
        "seizure_id",
    )


def extension_too_long(facts: CaseFacts) -> Objection | None:
    """Thirty more days at most (行政强制法 第二十五条第一款)."""
    one = _extending(facts)
    known = next((s for s in facts.seizures if one is not None and s.id == one.id), None)
    if one is None or known is None or one.until_on is None or known.until_on is None:
        return None
    last = deadlines.due("seizure_extension", known.until_on, calendar=facts.calendar).due_on
    if known.until_on < one.until_on <= last:
        return None
    return block(
        "extension_too_long",
        f"延长到 {one.until_on}，应当在 {known.until_on} 之后、{last} 以前，延长不得超过三十日。"
        "请改正延长到的日期。",
        f"{SEIZING}第二十五条第一款",
        "until_on",
    )


def extension_not_approved(facts: CaseFacts) -> Objection | None:
    """Approved by the head, with the reason (行政强制法 第二十五条第一款)."""
    one = _extending(facts)
    if one is None or one.approved_by_post is OfficerPost.HEAD:
        return None
    return block(
        "extension_not_approved",
        "延长查封、扣押没有行政机关负责人批准。请填写批准的负责人。",
        f"{SEIZING}第二十五条第一款",
        "approved_by_id",
    )


def extension_not_told(facts: CaseFacts) -> Objection | None:
    """The party is told in writing, with the reasons (行政强制法 第二十五条第二款)."""
    one = _extending(facts)
    if one is None or one.extension_told:
        return None
    return block(
        "extension_not_told",
        "没有记录已将延长的决定书面告知当事人并说明理由。请告知后勾选。",
        f"{SEIZING}第二十五条第二款",
        "told",
    )


def testing_not_told(facts: CaseFacts) -> Objection | None:
    """Only tests the party was told of in writing stop the clock (行政强制法 第二十五条第三款)."""
    span = _testing(facts)
    if span is None or span.told_on is not None:
        return None
    return block(
        "testing_not_told",
        "检测、检验、检疫、技术鉴定的期间应当明确并书面告知当事人，没有填告知日期，不能扣除。"
        "请告知后补填日期。",
        f"{SEIZING}第二十五条第三款",
        "told_on",
    )


def testing_backwards(facts: CaseFacts) -> Objection | None:
    """A test ends after it begins, and lies within the seizure, no day twice (行政强制法 第二十五条第三款)."""
    span, one = _testing(facts), facts.new
    if span is None or not isinstance(one, Seizure):
        return None
    others = one.testing[:-1]
    twice = any(span.first <= each.last and each.first <= span.last for each in others)
    if one.on <= span.first <= span.last and not twice:
        return None
    return block(
        "testing_backwards",
        f"检验、鉴定期间 {span.first} 至 {span.last} 不对：应当在扣押之后，开始不晚于结束，"
        "且不与已登记的期间重叠。请改正起止日期。",
        f"{SEIZING}第二十五条第三款",
        "first",
    )


def _seizing(facts: CaseFacts) -> Seizure | None:
    one = facts.new
    return one if isinstance(one, Seizure) and not one.id else None


def _extending(facts: CaseFacts) -> Seizure | None:
    one = facts.new
    return one if isinstance(one, Seizure) and one.id and one.extended_on == facts.day else None


def _testing(facts: CaseFacts) -> Span | None:
    one = facts.new
    return one.testing[-1] if isinstance(one, Seizure) and one.id and one.testing else None


SEIZED = (
    seizure_no_authority,
    seizure_rank_too_low,
    seizure_authority_silent,
    seizure_authority_not_in_force,
    seizure_entrusted,
    seizure_not_approved,
    seizure_approved_late,
    seizure_certificates_not_shown,
    seizure_not_explained,
    seizure_without_witness,
    *LISTED,
    unrelated_things,
    daily_necessities,
    seizure_too_long,
)
EXTENDED = (
    seizure_over,
    extended_twice,
    extension_too_long,
    extension_not_approved,
    extension_not_told,
)
TESTED = (seizure_over, testing_not_told, testing_backwards)
RELEASED = (seizure_over, *RETURNED)
