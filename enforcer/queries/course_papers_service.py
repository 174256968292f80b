"""What the papers of service say: proof, announcement, consent to electronic service."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from enforcer.course_terms import Outcome, Receiver, ServiceMethod
from enforcer.documents import course_clauses, course_rules
from enforcer.documents import course_facts_after as after
from enforcer.law.course_after import Service
from enforcer.law.course_decision import Proposal
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.paper_terms import Matter
from enforcer.queries.course_papers_source import Source, imposition, moment, notice_named
from enforcer.terms import CaseStep


def _served(source: Source, one: Service) -> after.ServedOnPaper:
    """The paper that a service is about: that of the step and row which made it."""
    papers = (source.paper_of(each.key, one.of_id) for each in course_rules.served_by(one.of))
    found = next((each for each in papers if each is not None), None)
    if found is None:
        number = ""
        if one.of is CaseStep.DECIDED and source.facts.decision:
            number = source.facts.decision.number
        return after.ServedOnPaper(title=_title(source.facts, one), number=number, on=one.paper_on)
    return after.ServedOnPaper(title=found.title, number=found.number, on=found.on)


def _title(facts: CaseFacts, one: Service) -> str:
    """What the served paper is called while it has not come out."""
    told = _told(facts, one)
    if told is not None:
        return notice_named(Source(facts), told)[0]
    made = course_rules.served_by(one.of)
    if one.of is CaseStep.DECIDED and facts.decision is not None:
        punished = facts.decision.outcome is Outcome.PENALTY
        meant = Matter.PENALTY if punished else Matter.NO_PENALTY
        made = tuple(each for each in made if each.matter is meant)
    return made[0].title if made else one.paper or one.of.label


_MOBILE = re.compile("1[0-9]{10}")
_PROXY = {
    Receiver.FAMILY: "受送达人不在，由其同住成年家属签收",
    Receiver.CLERK: "由受送达单位负责收件的人签收",
    Receiver.AGENT: "由受送达人的代理人或者指定的代收人签收",
}
"""Who signs in the party's place, and why he may (民事诉讼法 第八十八条)."""


def _service(source: Source) -> after.ServiceOnPaper | None:
    facts = source.facts
    one = source.chosen([each for each in facts.services if not each.failed])
    if one is None:
        return None
    own = one.receiver in (None, Receiver.PARTY, Receiver.REPRESENTATIVE)
    said = source.typed(CaseStep.SERVED, one.id)
    return after.ServiceOnPaper(
        served=(_served(source, one),),
        method=one.method,
        place=one.place or one.announced_where or one.address,
        at=moment(said.get("handed_at")),
        on=one.on,
        effective_on=one.effective_on,
        receiver=facts.party.name if own else one.receiver_name,
        relation="" if own else one.relation or one.receiver.label,
        proxy_reason="" if own or one.receiver is None else _PROXY.get(one.receiver, ""),
        refused=one.refused,
        refusal_reason=one.refusal_reason,
        witness=one.witness,
        video=one.video,
        mail_number=one.mail_number,
        arrived_on=one.arrived_on,
        address=one.address,
        note=_noted(one, own=own),
    )


def _noted(one: Service, *, own: bool) -> str:
    """What the proof adds: who signed for a unit, where an announcement is kept."""
    if one.method is ServiceMethod.ANNOUNCED:
        return "公告送达的原因和经过见送达公告，公告原件附卷"
    return f"由{one.receiver_name}签收" if own and one.receiver_name else ""


def _announcement(source: Source) -> after.AnnouncementOnPaper | None:
    facts = source.facts
    announced = [one for one in facts.services if one.method is ServiceMethod.ANNOUNCED]
    one = source.chosen(announced)
    if one is None:
        return None
    put = facts.put_forward if one.of is CaseStep.DECIDED else None
    told = _told(facts, one)
    failed = "；".join(each.failure for each in facts.services if each.failed and each.of is one.of)
    return after.AnnouncementOnPaper(
        served=_served(source, one),
        content=_announced(facts, one),
        tried=one.words or failed,
        where=one.announced_where,
        is_decision=one.of is CaseStep.DECIDED,
        imposition=imposition(facts, put.imposition) if put else None,
        rights_days=told.defence_days or facts.defence_days if told else None,
        hearing_offered=told.hearing_offered if told else False,
    )


def _announced(facts: CaseFacts, one: Service) -> str:
    """What the announced paper says, in one breath."""
    if one.of is CaseStep.CORRECTION_ORDERED:
        ordered = [each for each in facts.corrections if each.id == one.of_id]
        return ordered[-1].content if ordered else ""
    told = _told(facts, one)
    put = told or (facts.put_forward if one.of is CaseStep.DECIDED else None)
    if put is None:
        return ""
    imposed = imposition(facts, put.imposition)
    found = f"经查明，{put.facts.strip().rstrip('。')}。" if put.facts.strip() else ""
    law = f"该行为违反了{imposed.breached}的规定，" if imposed.breached else ""
    if imposed.outcome is not Outcome.PENALTY:
        return f"{found}{law}依据{course_clauses.no_penalty_basis(imposed)}的规定，决定不予行政处罚"
    does = "拟给予" if told else "决定给予"
    basis = f"依据{imposed.sanctioned_by}的规定，" if imposed.sanctioned_by else ""
    return f"{found}{law}{basis}{does}下列行政处罚：{course_clauses.penalty(imposed)}"


def _told(facts: CaseFacts, one: Service) -> Proposal | None:
    """The prior notice that was announced, where it was one."""
    if one.of is not CaseStep.ANNOUNCED:
        return None
    told = [each for each in facts.notices if each.id == one.of_id] or list(facts.notices)
    return told[-1] if told else None


def _consent(source: Source) -> after.ConsentOnPaper:
    facts = source.facts
    known = [one for one in facts.services if one.method is ServiceMethod.ELECTRONIC]
    last = known[-1] if known else None
    address = last.address if last else ""
    mobile = bool(_MOBILE.fullmatch(address))
    return after.ConsentOnPaper(
        phone=address if mobile else facts.party.phone,
        email=address if "@" in address else "",
        other="" if mobile or "@" in address else address,
        receiver=facts.party.legal_representative or facts.party.name,
        remedy_channel=last.remedy_channel if last else "",
    )


MATTERS: Mapping[Matter, Callable[[Source], Any]] = {
    Matter.SERVICE: _service,
    Matter.ANNOUNCEMENT: _announcement,
    Matter.CONSENT: _consent,
}
