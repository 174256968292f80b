"""What the papers of service, money, court, transfer and closing say, out of the facts of the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from enforcer.course_terms import ClosingWay, Outcome, RemedyKind
from enforcer.documents import course_clauses, course_rules
from enforcer.documents import course_facts_after as after
from enforcer.documents.course_clauses import ended
from enforcer.law import course_clocks, deadlines
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.paper_terms import Matter
from enforcer.queries.course_papers_later import defence_words
from enforcer.queries.course_papers_source import (
    Source,
    breached_of,
    imposition,
    things,
)
from enforcer.terms import CaseStep, OfficerPost


def _urging(source: Source) -> after.UrgingOnPaper | None:
    facts, known = source.facts, source.facts.decision
    one = source.chosen(facts.urgings)
    if one is None or known is None:
        return None
    late = course_clocks.additional(facts, one.on)
    said = source.typed(CaseStep.URGED, one.id)
    put = facts.put_forward
    return after.UrgingOnPaper(
        decision_on=known.on,
        served_on=known.served_on,
        due_on=known.payment_due_on,
        fine_fen=one.fine_fen,
        additional_fen=one.additional_fen,
        additional_days=late.days if late else 0,
        additional_until=one.on,
        penalty=course_clauses.penalty(imposition(facts, put.imposition)) if put else "",
        part_paid_fen=_paid_until(facts, one.on),
        how_to_pay=one.how_to_pay,
        other_duty=said.get("other_duty", ""),
    )


def _paid_until(facts: CaseFacts, day: date) -> int:
    return sum(one.amount_fen for one in facts.payments if one.on <= day)


def _appealed(facts: CaseFacts) -> str:
    """What became of 复议 and 诉讼, as the court must know it; empty where there was neither."""
    said = []
    for one in facts.remedies:
        went = "申请行政复议" if one.kind is RemedyKind.RECONSIDERATION else "提起行政诉讼"
        day = course_clauses.day(one.concluded_on)
        number = (
            f"（{one.outcome_number or one.number}）" if one.outcome_number or one.number else ""
        )
        came = f"，{day}的结果是{one.outcome.label}{number}" if one.outcome else "，尚未审结"
        said.append(f"被申请人于{course_clauses.day(one.on)}向{one.body}{went}{came}；")
    if not said:
        return ""
    sued = any(one.kind is RemedyKind.LITIGATION for one in facts.remedies)
    return "".join(said) + ("" if sued else "在法定期限内没有提起行政诉讼，")


def _court(source: Source) -> after.CourtOnPaper | None:
    facts, known = source.facts, source.facts.decision
    one = source.chosen(facts.applications)
    if one is None or known is None:
        return None
    put = facts.put_forward
    said = source.typed(CaseStep.COURT_APPLICATION, one.id)
    return after.CourtOnPaper(
        court=one.court,
        decision_on=known.on,
        served_on=known.served_on,
        urged_on=facts.last(CaseStep.URGED),
        urged_served_on=facts.served_on(CaseStep.URGED),
        fine_fen=one.fine_fen,
        additional_fen=one.additional_fen,
        other_duty=said.get("other_duty", ""),
        party_words=f"{defence_words(facts)}{_answered(said.get('party_words', ''))}",
        remedy_words=_appealed(facts),
        part_paid_fen=_paid_until(facts, one.on),
        subject=said.get("subject", ""),
        agent=said.get("agent", ""),
        agent_position=said.get("agent_position", ""),
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


def _answered(words: str) -> str:
    """What the party said to the urging (行政强制法 第五十五条第一款第三项)."""
    return (
        f"收到催告书后，当事人提出：{ended(words)}"
        if words
        else "收到催告书后，当事人没有提出意见。"
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
        approved_by=source.typed(CaseStep.DEFERRED, one.id).get("by", ""),
        approved_on=one.on,
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
    kept = [each for preserved in facts.preservations for each in preserved.things]
    kept += [each for seized in facts.seizures for each in seized.things]
    reported = source.typed(CaseStep.TRANSFER_PROPOSED, one.id)
    handed = source.typed(CaseStep.TRANSFER, one.id)
    crime, basis = reported.get("crime", ""), reported.get("crime_basis", "")
    listed = tuple(each.strip() for each in handed.get("attachments", "").splitlines())
    return after.TransferOnPaper(
        receiver=one.receiver or "同级公安机关",
        facts=one.facts,
        crime=f"上述行为涉嫌{crime or '犯罪'}，依法需要追究刑事责任",
        team=one.team,
        basis="、".join(
            one for one in (basis, "《行政执法机关移送涉嫌犯罪案件的规定》第三条、第五条") if one
        ),
        pages=handed.get("pages", 0),
        measures=handed.get("measures", "") or _measures(facts),
        attachments=listed
        or (
            "涉嫌犯罪案件情况的调查报告",
            "涉案物品清单",
            "检验报告或者鉴定结论",
            "其他有关材料",
        ),
        things=things(kept),
        contact="、".join(each.name for each in facts.handlers),
        approved_by=source.typed(CaseStep.TRANSFER_DECIDED, one.id).get("by", "")
        if one.approved
        else "",
        approved_on=one.decided_on,
    )


def _measures(facts: CaseFacts) -> str:
    """What is still kept when the case is handed over."""
    kept = [
        f"{course_clauses.day(one.on)}先行登记保存"
        for one in facts.preservations
        if one.disposed_on is None
    ]
    seized = [
        f"{course_clauses.day(one.on)}查封、扣押"
        for one in facts.seizures
        if one.released_on is None
    ]
    return "、".join(kept + seized)


def _period(source: Source) -> after.PeriodOnPaper | None:
    facts = source.facts
    one = source.chosen(facts.periods)
    if one is None:
        return None
    earlier = tuple(each for each in facts.periods if each.id < one.id)
    before = course_clocks.decision_due(replace(facts, periods=earlier))
    then = course_clocks.decision_due(replace(facts, periods=(*earlier, one)))
    return after.PeriodOnPaper(
        kind=one.kind,
        first=one.first,
        last=one.last,
        days=one.days,
        rule=one.rule,
        reason=one.reason,
        due_on=before.due_on if before else None,
        until_on=then.due_on if then else None,
        approved_by=one.approved_by,
        approved_on=one.approved_on,
    )


def _revocation(source: Source) -> after.RevocationOnPaper | None:
    facts, known = source.facts, source.facts.decision
    if known is None or known.revoked_on is None:
        return None
    put = facts.put_forward
    return after.RevocationOnPaper(
        decision_title=_decision_named(facts),
        decision_on=known.on,
        penalty=course_clauses.penalty(imposition(facts, put.imposition)) if put else "",
        reason=known.revocation_reason,
        spared=known.outcome is not Outcome.PENALTY,
        paid_fen=course_clocks.paid_fen(facts),
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
        approved_by=str(said.get("by", "")),
        approved_on=facts.last(CaseStep.DISMISSED),
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
    said = course_clauses.penalty(imposition(facts, put.imposition)) if put else one.way.label
    return after.ClosureOnPaper(
        way=one.way,
        decision_on=known.on if known else None,
        decision_title=_decision_named(facts),
        basis=put.imposition.sanctioned_by
        if put and put.imposition.outcome is Outcome.PENALTY
        else "",
        retention=source.retention,
        penalty=said,
        performance=ended(one.words) or _performed(facts, one.way),
        goods_words=one.goods_words or _goods(facts),
        words="符合结案条件，建议结案。",
    )


def _decision_named(facts: CaseFacts) -> str:
    """The decision by its full title and number."""
    if facts.decision is None:
        return ""
    spared = facts.decision.outcome is not Outcome.PENALTY
    form = course_rules.rule("no_penalty_decision" if spared else "penalty_decision")
    return course_clauses.titled(form.title, facts.decision.number)


def _performed(facts: CaseFacts, way: ClosingWay) -> str:
    paid = course_clocks.paid_fen(facts)
    money = f"已缴纳罚款{course_clauses.amount(paid)}，" if paid else ""
    return f"{money}结案方式：{way.label}。"


def dossier(source: Source) -> after.DossierOnPaper:
    """The front of a dossier before it is made."""
    facts = source.facts
    put = facts.put_forward
    said = course_clauses.penalty(imposition(facts, put.imposition)) if put else ""
    return after.DossierOnPaper(
        year=(facts.closed_on or facts.day).year,
        outcome=said,
        entries=tuple(
            after.EntryOnPaper(
                title=one.title,
                number=one.number,
                on=one.on,
                is_evidence=course_rules.is_evidence(one.key),
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


MATTERS: Mapping[Matter, Callable[[Source], Any]] = {
    Matter.URGING: _urging,
    Matter.COURT: _court,
    Matter.DEFERRAL: _deferral,
    Matter.TRANSFER: _transfer,
    Matter.PERIOD: _period,
    Matter.DISMISSAL: _dismissal,
    Matter.REVOCATION: _revocation,
    Matter.CLOSURE: _closure,
    Matter.DOSSIER: dossier,
    Matter.RECEIPTS: _receipts,
}
