"""Guards of service in its seven ways (行政处罚法 第六十一条; 民事诉讼法 第八十七至九十五条)."""

from __future__ import annotations

from enforcer.course_terms import Receiver, ServiceMethod
from enforcer.errors import Objection
from enforcer.law import deadlines
from enforcer.law.course_after import Service
from enforcer.law.course_serving import FOR_THE_PARTY, unserved
from enforcer.law.lifecycle_facts import CaseFacts, block, warn
from enforcer.law.summary_facts import ORGANIZATIONS
from enforcer.terms import CaseStep

ARTICLE_61 = "行政处罚法（2021）第六十一条"
CIVIL = "民事诉讼法（2023）"
COERCION_38 = "行政强制法第三十八条"
SIGNED_FOR = frozenset({ServiceMethod.DIRECT, ServiceMethod.ENTRUSTED, ServiceMethod.FORWARDED})
ON_SITE = frozenset({ServiceMethod.DIRECT, ServiceMethod.LEFT})
FOR_CITIZENS = frozenset({Receiver.PARTY, Receiver.FAMILY, Receiver.AGENT})
FOR_ORGANIZATIONS = frozenset({Receiver.REPRESENTATIVE, Receiver.CLERK, Receiver.AGENT})


def nothing_to_serve(facts: CaseFacts) -> Objection | None:
    """Service brings a paper that exists (第六十一条第一款)."""
    one = _any(facts)
    if one is None and facts.new is not None:
        return None
    if one is None and unserved(facts):
        return None
    if one is not None and one.of in FOR_THE_PARTY and one.paper_on is not None:
        return None
    what = f"“{one.of.label}”这一步的" if one else "还没有送达的"
    return block(
        "nothing_to_serve",
        f"案卷里没有{what}、应当送达当事人的文书。请先作出文书。",
        f"{ARTICLE_61}第一款",
        "of",
    )


def service_before_paper(facts: CaseFacts) -> Objection | None:
    """No paper arrives before it was made (第六十一条第一款)."""
    one = _any(facts)
    days = [one.on, one.receipt_on, one.arrived_on] if one else []
    early = [day for day in days if day and one and one.paper_on and day < one.paper_on]
    if one is None or not early:
        return None
    return block(
        "service_before_paper",
        f"送达日期 {early[0]} 早于《{one.paper}》的日期 {one.paper_on}。请核对日期。",
        f"{ARTICLE_61}第一款",
        "on",
    )


def served_already(facts: CaseFacts) -> Objection | None:
    """Served is served; a second service does not move the day (第六十一条第一款)."""
    one = _any(facts)
    day = facts.served_on(one.of, one.of_id) if one else None
    if one is None or day is None:
        return None
    return block(
        "served_already",
        f"《{one.paper}》已于 {day} 送达，期限从那天起算，不能重复送达来改写日期。"
        "那次送达是误录的，请先撤回那一步；重新制作的文书，请选新的一份。",
        f"{ARTICLE_61}第一款",
        "of_id",
    )


def arrival_in_future(facts: CaseFacts) -> Objection | None:
    """What has not come back is not yet served (民事诉讼法 第九十、九十一条)."""
    one = _serving(facts)
    days = [one.receipt_on, one.arrived_on] if one else []
    late = [day for day in days if day is not None and day > facts.today]
    if not late:
        return None
    return block(
        "arrival_in_future",
        f"收件、到达日期 {late[0]} 在今天之后。请等回执回来再登记。",
        f"{CIVIL}第九十条、第九十一条",
        "receipt_on",
    )


def receiver_missing(facts: CaseFacts) -> Objection | None:
    """Somebody signs for it (民事诉讼法 第八十七条)."""
    one = _serving(facts)
    if one is None or one.method not in SIGNED_FOR or (one.receiver and one.receiver_name):
        return None
    return block(
        "receiver_missing",
        f"{one.method.label}没有填签收人。送达必须有送达回证，由受送达人记明收到日期，"
        "签名或者盖章。请补填签收人。",
        f"{CIVIL}第八十七条",
        "receiver" if one.receiver is None else "receiver_name",
    )


def receiver_not_entitled(facts: CaseFacts) -> Objection | None:
    """The party, the adult family in the household, the one who receives for an organisation (第八十八条)."""
    one = _serving(facts)
    if one is None or one.method not in SIGNED_FOR or one.receiver is None:
        return None
    organization = facts.party.kind in ORGANIZATIONS
    if one.receiver in (FOR_ORGANIZATIONS if organization else FOR_CITIZENS):
        return None
    who = (
        "法定代表人、主要负责人或者负责收件的人"
        if organization
        else "本人或者同住成年家属，邻居、店员、同事不能代收"
    )
    return block(
        "receiver_not_entitled",
        f"{one.receiver_name or one.receiver.label}（{one.receiver.label}）不能签收。"
        f"当事人是{facts.party.kind.label}，应当由{who}（或者代理人、指定代收人）签收。"
        "请改选签收人；本人不在的，登记为送达未成。",
        f"{CIVIL}第八十八条第一款",
        "receiver",
    )


def family_relation_missing(facts: CaseFacts) -> Objection | None:
    """Family means who lives in the same household (民事诉讼法 第八十八条)."""
    one = _serving(facts)
    if one is None or one.receiver is not Receiver.FAMILY or one.relation:
        return None
    return block(
        "family_relation_missing",
        "由同住成年家属签收，没有填与当事人的关系。请写明关系，并确认同住、成年。",
        f"{CIVIL}第八十八条第一款",
        "relation",
    )


def left_without_refusal(facts: CaseFacts) -> Objection | None:
    """Away is not refused (民事诉讼法 第八十九条)."""
    one = _serving(facts)
    if one is None or one.method is not ServiceMethod.LEFT:
        return None
    if one.refused and one.refusal_reason:
        return None
    return block(
        "left_without_refusal",
        "留置送达须当事人或者他的同住成年家属拒绝接收，并记明拒收事由。人不在家不是拒收，"
        "不能留置。请补填拒收的人和事由；没有拒收的，改用其他方式送达。",
        f"{CIVIL}第八十九条",
        "refused" if not one.refused else "refusal_reason",
    )


def left_without_proof(facts: CaseFacts) -> Objection | None:
    """A witness signs, or the leaving is filmed (民事诉讼法 第八十九条)."""
    one = _serving(facts)
    if one is None or one.method is not ServiceMethod.LEFT or one.witness or one.video:
        return None
    return block(
        "left_without_proof",
        "留置送达没有见证人签名，也没有拍照、录像记录送达过程。两样至少有一样，请补填。",
        f"{CIVIL}第八十九条",
        "witness",
    )


def left_elsewhere(facts: CaseFacts) -> Objection | None:
    """Left at the residence, nowhere else (民事诉讼法 第八十九条)."""
    one = _serving(facts)
    if one is None or one.method is not ServiceMethod.LEFT or one.at_residence:
        return None
    return block(
        "left_elsewhere",
        f"留置送达应当把文书留在受送达人的住所，填的地点是“{one.place or '空'}”。请核对，确在住所的勾选。",
        f"{CIVIL}第八十九条",
        "at_residence",
    )


def post_without_receipt(facts: CaseFacts) -> Objection | None:
    """By post it counts from the day on the receipt, not from the day it was sent (第九十一条)."""
    one = _serving(facts)
    if one is None or one.method is not ServiceMethod.POST or one.receipt_on is not None:
        return None
    return block(
        "post_without_receipt",
        "邮寄送达没有填回执上的收件日期。以回执上注明的收件日期为送达日期，不是寄出日期；"
        "请补填回执上的收件日期；退回的，登记为送达未成。",
        f"{CIVIL}第九十一条",
        "receipt_on",
    )


def received_before_sent(facts: CaseFacts) -> Objection | None:
    """Nothing arrives before it leaves (民事诉讼法 第九十、九十一条)."""
    one = _serving(facts)
    if one is None:
        return None
    arrived = one.receipt_on or one.arrived_on
    if arrived is None or arrived >= one.on:
        return None
    return block(
        "received_before_sent",
        f"收到日期 {arrived} 早于发出日期 {one.on}。请照回执改正收到日期。",
        f"{CIVIL}第九十条、第九十一条",
        "receipt_on",
    )


def electronic_without_consent(facts: CaseFacts) -> Objection | None:
    """Only with the party's signed consent (第六十一条第二款)."""
    one = _serving(facts)
    if one is None or one.method is not ServiceMethod.ELECTRONIC:
        return None
    if one.consent_on is not None and one.consent_on <= one.on:
        return None
    return block(
        "electronic_without_consent",
        "电子送达没有当事人事先签订的确认书。当事人同意并签订确认书的，才可以采用传真、电子邮件等方式送达。",
        f"{ARTICLE_61}第二款",
        "consent_on",
    )


def electronic_not_arrived(facts: CaseFacts) -> Objection | None:
    """It counts from the day it reached the system (民事诉讼法 第九十条)."""
    one = _serving(facts)
    if one is None or one.method is not ServiceMethod.ELECTRONIC:
        return None
    if one.address and one.arrived_on is not None:
        return None
    return block(
        "electronic_not_arrived",
        "电子送达没有填送达地址或者到达特定系统的日期。以送达信息到达受送达人特定系统的日期为送达日期，请附系统回执。",
        f"{CIVIL}第九十条第二款",
        "arrived_on" if one.address else "address",
    )


def electronic_without_channel(facts: CaseFacts) -> Objection | None:
    """A decision by internet brings the way to reconsideration by internet (行政复议法 第二十二条)."""
    one = _serving(facts)
    if one is None or one.method is not ServiceMethod.ELECTRONIC or one.remedy_channel:
        return None
    if one.of is not CaseStep.DECIDED:
        return None
    return block(
        "electronic_without_channel",
        "通过互联网渠道送达决定书的，应当同时提供提交行政复议申请书的互联网渠道。请填写网址或者二维码。",
        "行政复议法（2023）第二十二条第二款",
        "remedy_channel",
    )


def announced_without_attempt(facts: CaseFacts) -> Objection | None:
    """Only where nothing else has worked (民事诉讼法 第九十五条第一款)."""
    one = _serving(facts)
    if one is None or one.method is not ServiceMethod.ANNOUNCED:
        return None
    tried = [
        each for each in facts.services_of(one.of, one.of_id) if each.failed and each.on <= one.on
    ]
    if tried:
        return None
    return block(
        "announced_without_attempt",
        "公告送达之前没有送达未成的记录。受送达人下落不明，或者用其他方式无法送达的，才可以公告送达，"
        "请先直接或者邮寄送达并登记结果。",
        f"{CIVIL}第九十五条第一款",
        "method",
    )


def announced_without_reason(facts: CaseFacts) -> Objection | None:
    """Why, how and where goes into the file (民事诉讼法 第九十五条第二款)."""
    one = _serving(facts)
    if one is None or one.method is not ServiceMethod.ANNOUNCED:
        return None
    if one.announced_where and one.words:
        return None
    return block(
        "announced_without_reason",
        "公告送达没有写明公告的载体或者原因和经过，应当在案卷中记明。请补填。",
        f"{CIVIL}第九十五条第二款",
        "announced_where" if not one.announced_where else "words",
    )


def entrusted_to_nobody(facts: CaseFacts) -> Objection | None:
    """Who was asked to serve, or to hand it on (民事诉讼法 第九十一至九十四条)."""
    one = _serving(facts)
    methods = (ServiceMethod.ENTRUSTED, ServiceMethod.FORWARDED)
    if one is None or one.method not in methods or one.place:
        return None
    return block(
        "entrusted_to_nobody",
        f"{one.method.label}没有填受委托或者转交的单位。请在“送达地点”写明。",
        f"{CIVIL}第九十一条至第九十四条",
        "place",
    )


def urging_not_direct(facts: CaseFacts) -> Objection | None:
    """An urging notice is brought in person first (行政强制法 第三十八条)."""
    one = _serving(facts)
    if one is None or one.of is not CaseStep.URGED or one.method in ON_SITE:
        return None
    if any(each.method in ON_SITE for each in facts.services_of(one.of, one.of_id)):
        return None
    return block(
        "urging_not_direct",
        "催告书应当直接送达当事人；当事人拒绝接收或者无法直接送达的，才依照民事诉讼法的规定送达。请先直接送达并登记结果。",
        COERCION_38,
        "method",
    )


def service_late(facts: CaseFacts) -> Objection | None:
    """Seven working days from the decision (第六十一条第一款、第八十五条)."""
    one = _serving(facts)
    if one is None or one.of is not CaseStep.DECIDED or one.paper_on is None:
        return None
    due = deadlines.due("decision_service", one.paper_on, calendar=facts.calendar)
    tried = [each.on for each in facts.services_of(one.of, one.of_id)]
    if min([*tried, one.on]) <= due.due_on:
        return None
    return warn(
        "service_late",
        f"决定书应当在 {due.due_on} 前（决定后七个工作日）送达，{one.on} 已经逾期。仍应当送达，请写明原因。",
        due.cite,
        "on",
    )


def failure_unexplained(facts: CaseFacts) -> Objection | None:
    """What came of an attempt is written down (民事诉讼法 第九十五条第二款)."""
    one = _any(facts)
    if one is None or not one.failed or one.failure:
        return None
    return block(
        "failure_unexplained",
        "送达未成没有写原因。请写明去了哪里、见到谁、为什么没有送达。",
        f"{CIVIL}第九十五条第二款",
        "reason",
    )


def _any(facts: CaseFacts) -> Service | None:
    return facts.new if isinstance(facts.new, Service) else None


def _serving(facts: CaseFacts) -> Service | None:
    """A service that is meant to have worked."""
    one = facts.new
    return one if isinstance(one, Service) and not one.failed else None


SERVED = (
    nothing_to_serve,
    service_before_paper,
    served_already,
    arrival_in_future,
    receiver_missing,
    receiver_not_entitled,
    family_relation_missing,
    left_without_refusal,
    left_without_proof,
    left_elsewhere,
    post_without_receipt,
    received_before_sent,
    electronic_without_consent,
    electronic_not_arrived,
    electronic_without_channel,
    announced_without_attempt,
    announced_without_reason,
    entrusted_to_nobody,
    urging_not_direct,
    service_late,
)
FAILED = (nothing_to_serve, service_before_paper, served_already, failure_unexplained)
