"""What the papers of service, money, court, transfer and closing say, out of the facts of the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from enforcer.course_terms import ClosingWay, Outcome, Receiver, ServiceMethod
from enforcer.documents import course_clauses, template
from enforcer.documents import course_facts_after as after
from enforcer.documents.course_clauses import ended
from enforcer.law import course_clocks, deadlines, lifecycle
from enforcer.law.course_after import Service
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.queries.course_papers_later import defence_words
from enforcer.queries.course_papers_source import Source, breached_of, imposition, things
from enforcer.terms import CaseStep, OfficerPost


def _served(source: Source, one: Service) -> after.ServedOnPaper:
    """The paper that a service is about: that of the step and row which made it."""
    templates = lifecycle.step(one.of).documents
    papers = (source.paper_of(key, one.of_id) for key in templates)
    found = next((each for each in papers if each is not None), None)
    if found is None:
        number = ""
        if one.of is CaseStep.DECIDED and source.facts.decision:
            number = source.facts.decision.number
        return after.ServedOnPaper(title=_title(source.facts, one), number=number, on=one.paper_on)
    return after.ServedOnPaper(title=found.title, number=found.number, on=found.on)


def _title(facts: CaseFacts, one: Service) -> str:
    """What the served paper is called while it has not come out."""
    if one.of is CaseStep.DECIDED and facts.decision is not None:
        spared = facts.decision.outcome is not Outcome.PENALTY
        return template.shipped("no_penalty_decision" if spared else "penalty_decision").title
    made = lifecycle.step(one.of).documents
    return template.shipped(made[0]).title if made else one.paper or one.of.label


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
    return after.ServiceOnPaper(
        served=(_served(source, one),),
        method=one.method,
        place=one.place or one.announced_where or one.address,
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
        note=f"由{one.receiver_name}签收" if own and one.receiver_name else "",
    )


def _announcement(source: Source) -> after.AnnouncementOnPaper | None:
    facts = source.facts
    announced = [one for one in facts.services if one.method is ServiceMethod.ANNOUNCED]
    one = source.chosen(announced)
    if one is None:
        return None
    failed = "；".join(each.failure for each in facts.services if each.failed and each.of is one.of)
    return after.AnnouncementOnPaper(
        served=_served(source, one),
        content=_announced(facts, one),
        tried=one.words or failed,
        where=one.announced_where,
        is_decision=one.of is CaseStep.DECIDED,
    )


def _announced(facts: CaseFacts, one: Service) -> str:
    """What the announced paper says, in one breath."""
    if one.of is CaseStep.CORRECTION_ORDERED:
        found = [each for each in facts.corrections if each.id == one.of_id]
        return found[-1].content if found else ""
    if one.of is CaseStep.ANNOUNCED:
        told = [each for each in facts.notices if each.id == one.of_id] or list(facts.notices)
        said = course_clauses.penalty(imposition(facts, told[-1].imposition)) if told else ""
        return f"拟给予下列行政处罚：{said}" if said else ""
    put = facts.put_forward
    if one.of is CaseStep.DECIDED and put is not None:
        return course_clauses.penalty(imposition(facts, put.imposition))
    return ""


def _consent(source: Source) -> after.ConsentOnPaper:
    facts = source.facts
    known = [one for one in facts.services if one.method is ServiceMethod.ELECTRONIC]
    last = known[-1] if known else None
    return after.ConsentOnPaper(
        phone=facts.party.phone,
        other=last.address if last else "",
        receiver=facts.party.legal_representative or facts.party.name,
        remedy_channel=last.remedy_channel if last else "",
    )


def _urging(source: Source) -> after.UrgingOnPaper | None:
    facts, known = source.facts, source.facts.decision
    one = source.chosen(facts.urgings)
    if one is None or known is None:
        return None
    late = course_clocks.additional(facts, one.on)
    return after.UrgingOnPaper(
        decision_on=known.on,
        served_on=known.served_on,
        due_on=known.payment_due_on,
        fine_fen=one.fine_fen,
        additional_fen=one.additional_fen,
        additional_days=late.days if late else 0,
        additional_until=one.on,
        how_to_pay=one.how_to_pay,
    )


def _court(source: Source) -> after.CourtOnPaper | None:
    facts, known = source.facts, source.facts.decision
    one = source.chosen(facts.applications)
    if one is None or known is None:
        return None
    put = facts.put_forward
    return after.CourtOnPaper(
        court=one.court,
        decision_on=known.on,
        served_on=known.served_on,
        urged_on=facts.last(CaseStep.URGED),
        urged_served_on=facts.served_on(CaseStep.URGED),
        fine_fen=one.fine_fen,
        additional_fen=one.additional_fen,
        party_words=defence_words(facts),
        head=one.signed_by,
        head_position=OfficerPost.HEAD.label if one.signed_by else "",
        attachments=(
            "行政处罚决定书及作出决定的事实、理由和依据",
            "当事人的意见及催告书、送达回证",
            "申请强制执行标的情况",
        ),
        facts=put.facts if put else facts.act,
        breached=breached_of(facts),
    )


def _deferral(source: Source) -> after.DeferralOnPaper | None:
    facts, known = source.facts, source.facts.decision
    one = source.chosen(facts.deferrals)
    if one is None or known is None:
        return None
    put = facts.put_forward
    return after.DeferralOnPaper(
        decision_on=known.on,
        penalty=course_clauses.penalty(imposition(facts, put.imposition)) if put else "",
        fine_fen=sum(part.amount_fen for part in one.parts),
        due_on=_first_due(facts),
        applied_on=one.applied_on,
        reason=one.reason,
        parts=tuple(
            after.InstalmentOnPaper(due_on=part.due_on, amount_fen=part.amount_fen)
            for part in one.parts
        ),
    )


def _first_due(facts: CaseFacts) -> date | None:
    """The last day to pay as the decision itself gave it (第六十七条第三款)."""
    served = facts.decision.served_on if facts.decision else None
    return deadlines.due("payment", served, calendar=facts.calendar).due_on if served else None


def _transfer(source: Source) -> after.TransferOnPaper | None:
    facts = source.facts
    one = source.chosen(facts.transfers)
    if one is None:
        return None
    kept = [each for seized in facts.seizures for each in seized.things]
    return after.TransferOnPaper(
        receiver=one.receiver or "同级公安机关",
        facts=one.facts,
        crime="上述行为涉嫌犯罪，依法需要追究刑事责任",
        team=one.team,
        basis="《行政执法机关移送涉嫌犯罪案件的规定》第三条、第五条",
        attachments=(
            "涉嫌犯罪案件情况的调查报告",
            "涉案物品清单",
            "检验报告或者鉴定结论",
            "其他有关材料",
        ),
        things=things(kept),
        contact="、".join(each.name for each in facts.handlers),
    )


def _dismissal(source: Source) -> after.DismissalOnPaper | None:
    facts, said = source.facts, source.said or {}
    if not said and not facts.taken(CaseStep.DISMISSED):
        return None
    return after.DismissalOnPaper(
        facts=facts.report.facts if facts.report else facts.act,
        reason=ended(str(said.get("reason", ""))),
        words="建议撤销本案。",
        goods_words=_goods(facts),
    )


def _goods(facts: CaseFacts) -> str:
    """What became of what was kept."""
    if not facts.preservations and not facts.seizures:
        return ""
    open_ = [one for one in facts.preservations if one.disposed_on is None]
    held = [one for one in facts.seizures if one.released_on is None]
    return "尚有物品没有处理。" if open_ or held else "登记保存、查封扣押的物品已全部处理。"


def _closure(source: Source) -> after.ClosureOnPaper | None:
    facts, known = source.facts, source.facts.decision
    one = facts.closure
    if one is None:
        return None
    put = facts.put_forward
    said = course_clauses.penalty(imposition(facts, put.imposition)) if put else ""
    return after.ClosureOnPaper(
        way=one.way,
        decision_on=known.on if known else None,
        penalty=said,
        performance=ended(one.words) or _performed(facts, one.way),
        goods_words=one.goods_words or _goods(facts),
        words="符合结案条件，建议结案。",
    )


EVIDENCE = frozenset({"inspection_record", "inquiry_record", "photo_evidence", "sampling_receipt"})


def _performed(facts: CaseFacts, way: ClosingWay) -> str:
    paid = course_clocks.paid_fen(facts)
    money = f"已缴纳罚款{course_clauses.amount(paid)}，" if paid else ""
    return f"{money}结案方式：{way.label}。"


def _dossier(source: Source) -> after.DossierOnPaper:
    facts = source.facts
    put = facts.put_forward
    said = course_clauses.penalty(imposition(facts, put.imposition)) if put else ""
    return after.DossierOnPaper(
        year=(facts.closed_on or facts.day).year,
        outcome=said,
        entries=tuple(
            after.EntryOnPaper(
                title=one.title, number=one.number, on=one.on, is_evidence=one.key in EVIDENCE
            )
            for one in source.papers
            if one.stands and not one.key.startswith("dossier_")
        ),
    )


def _receipts(source: Source) -> after.ReceiptsOnPaper:
    return after.ReceiptsOnPaper(
        receipts=tuple(
            after.ReceiptOnPaper(
                number=one.receipt_number,
                on=one.on,
                amount_fen=one.amount_fen,
                additional_fen=one.additional_fen,
            )
            for one in source.facts.payments
        )
    )


MATTERS: Mapping[str, Callable[[Source], Any]] = {
    "proof_of_service": _service,
    "service_announcement": _announcement,
    "electronic_service_consent": _consent,
    "urging_notice": _urging,
    "court_application": _court,
    "deferral_approval": _deferral,
    "deferral_notice": _deferral,
    "transfer_report": _transfer,
    "transfer_letter": _transfer,
    "dismissal_approval": _dismissal,
    "closure_approval": _closure,
    "dossier_cover": _dossier,
    "dossier_contents": _dossier,
    "dossier_note": _dossier,
    "receipt_page": _receipts,
}
