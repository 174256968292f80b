"""From all that is known of a case to what one of its papers says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from enforcer import identity, models
from enforcer.documents import course_rules
from enforcer.documents.course_facts import (
    CaseOnPaper,
    CourseDays,
    CoursePaper,
    NoticeServed,
    PrintedOnPaper,
    SignOffOnPaper,
)
from enforcer.documents.facts import OfficerOnPaper, OrganOnPaper, PartyOnPaper
from enforcer.law import course_clocks, sign_off
from enforcer.law.course_people import Person
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.law.lifecycle_guards_start import limitation_years
from enforcer.law.summary_course import years_later
from enforcer.paper_terms import Matter
from enforcer.queries import (
    course,
    course_papers_after,
    course_papers_later,
    course_papers_service,
    course_papers_start,
    dossier_settings,
)
from enforcer.queries.course_papers_issued import Issued, issued
from enforcer.queries.course_papers_source import Source, Typed, notice_named
from enforcer.queries.course_rows import person
from enforcer.queries.looking import Where, looking
from enforcer.terms import CaseStep, PowerKind, Procedure

_ONE_LINE = 8  # characters of a label before it is broken


MATTERS: Mapping[Matter, Callable[[Source], Any]] = {
    **course_papers_start.MATTERS,
    **course_papers_later.MATTERS,
    **course_papers_service.MATTERS,
    **course_papers_after.MATTERS,
}


def paper(
    where: Where,
    case_id: int,
    key: str,
    *,
    uid: UUID,
    now: datetime,
    on: date | None = None,
    number: str = "",
    row: int = 0,
) -> CoursePaper | None:
    """One paper of a case; None when the case, or what the paper is about, is not there.

    `row` is the row of the step it belongs to, 0 the latest; `on` blank is the day of that step.
    """
    with looking(where) as session:
        facts = course.facts(session, case_id, now=now, day=on)
        if facts is None:
            return None
        source = source_of(session, facts, key, row)
        return from_source(session, source, key, uid=uid, on=on, number=number)


def source_of(session: Session, facts: CaseFacts, key: str, row: int = 0) -> Source:
    """What a paper is made from, out of facts that are known."""
    return about(source_of_case(session, facts), key, row)


def source_of_case(session: Session, facts: CaseFacts) -> Source:
    """What all papers of a case are made from."""
    assert facts.case_id is not None
    kept = dossier_settings.settings(session).retention.get(Procedure.ORDINARY, "")
    papers, steps = issued(session, facts.case_id), _typed(session, facts.case_id)
    return Source(facts, papers=papers, steps=steps, retention=kept)


def about(source: Source, key: str, row: int = 0) -> Source:
    """The same for one paper."""
    said, step = _said(source.steps, key, row), course_rules.rule(key).step
    return replace(source, row=row, said=said, step=step)


def from_source(
    session: Session,
    source: Source,
    key: str,
    *,
    uid: UUID,
    on: date | None = None,
    number: str = "",
) -> CoursePaper | None:
    """One paper out of facts that are known; None when what it is about is not among them."""
    facts = source.facts
    on = on or day_of(facts, key, source.row) or facts.today
    matter = MATTERS[course_rules.rule(key).matter](source)
    if matter is None:
        return None
    named, ids = _signers(source, key)
    return CoursePaper(
        key=key,
        uid=uid,
        on=on,
        number=number,
        case=_handled(session, case_of(facts, source.papers), facts, on),
        officers=_officers(session, facts, named, ids, on),
        sign_offs=_sign_offs(facts, key, matter),
        matter=matter,
        earlier=_earlier(source, key),
        calendar=facts.calendar,
    )


def _earlier(source: Source, key: str) -> PrintedOnPaper | None:
    """The paper of the same row that this one names."""
    cites = course_rules.rule(key).cites
    found = source.paper_of(cites, source.row) if cites else None
    if found is None:
        return None
    return PrintedOnPaper(title=found.title, number=found.number, on=found.on)


def _handled(session: Session, case: CaseOnPaper, facts: CaseFacts, on: date) -> CaseOnPaper:
    """Before anyone is assigned, those who put the filing forward handle it."""
    if case.handlers or facts.filing is None or not facts.filing.officers:
        return case
    return replace(case, handlers=_officers(session, facts, facts.filing.officers, (), on))


def day_of(facts: CaseFacts, key: str, row: int = 0) -> date | None:
    """The day of the step a paper belongs to: that of its row, else the last time it was taken."""
    said = course_rules.rule(key)
    if said.dated_when_made:
        return facts.today
    if said.matter is Matter.LEAD and facts.lead:
        return facts.lead.received_on
    done = [one for one in facts.done if one.step is said.step]
    meant = [one for one in done if row and one.row == row] or done
    return meant[-1].on if meant else None


def case_of(facts: CaseFacts, papers: tuple[Issued, ...] = ()) -> CaseOnPaper:
    """The case as its papers know it."""
    party, power = facts.party, facts.power
    handled = power.handled_by if power and power.kind is PowerKind.ENTRUSTED else ""
    return CaseOnPaper(
        number="" if facts.number.startswith("（") else facts.number,
        organ=_organ(facts, handled),
        unit=handled,
        party=PartyOnPaper(
            kind=party.kind,
            name=party.name,
            id_kind=party.id_kind,
            id_number=party.id_number,
            sex=party.sex,
            address=party.address,
            postcode=party.postcode,
            phone=party.phone,
            legal_representative=party.legal_representative,
            position=party.position,
        ),
        party_born_on=party.born_on,
        cause=cause_of(facts),
        source=facts.lead.source.label if facts.lead else "",
        place=facts.place,
        acted_at=facts.acted_at,
        ended_on=facts.ended_on,
        discovered_on=facts.discovered_on,
        limitation_until=_limitation(facts),
        plate=identity.read_plate(facts.plate).text if facts.plate else "",
        handlers=tuple(on_paper(one) for one in facts.handlers),
        decision_number=facts.decision.number if facts.decision else "",
        days=_days(facts),
        notice=_notice(facts, papers),
        printed=tuple(
            PrintedOnPaper(title=one.title, number=one.number, on=one.on, party=one.party)
            for one in papers
            if one.stands
        ),
    )


def _limitation(facts: CaseFacts) -> date | None:
    """The last day on which the act may be discovered (第三十六条)."""
    begins = facts.ended_on or facts.acted_on
    if facts.item is None or begins is None:
        return None
    return years_later(begins, limitation_years(facts.item, harm=facts.harm))


def cause_of(facts: CaseFacts) -> str:
    """案由 without the party, 涉嫌 and 案: papers add them as the case stands."""
    said = facts.cause or (facts.item.title if facts.item else "")
    said = said.removeprefix(facts.party.name).removeprefix("涉嫌")
    return said.removesuffix("一案").removesuffix("案")


def on_paper(one: Person) -> OfficerOnPaper:
    """An officer with the certificate that serves on the day."""
    return OfficerOnPaper(one.name, one.certificate, one.valid_from, one.valid_until)


def _organ(facts: CaseFacts, handled: str) -> OrganOnPaper:
    one = facts.organ
    if one is None:
        return OrganOnPaper("")
    return OrganOnPaper(
        name=one.name,
        address=one.address,
        postcode=one.postcode,
        phone=one.phone,
        reconsideration_body=one.reconsideration_body,
        reconsideration_address=one.reconsideration_address,
        court=one.court,
        bank_name=one.bank_name,
        bank_address=one.bank_address,
        bank_account=one.bank_account,
        bank_payee=one.bank_payee,
        electronic_payment=one.electronic_payment,
        handled_by=handled,
    )


def _days(facts: CaseFacts) -> CourseDays:
    due = course_clocks.decision_due(facts)
    return CourseDays(
        filed_on=facts.filed_on,
        concluded_on=facts.last(CaseStep.CONCLUDED),
        reviewed_on=facts.last(CaseStep.LEGAL_REVIEWED),
        discussed_on=facts.last(CaseStep.DISCUSSED),
        ruled_on=facts.last(CaseStep.RULED),
        decided_on=facts.decision.on if facts.decision else None,
        decision_served_on=facts.decision.served_on if facts.decision else None,
        decide_by=due.due_on if due else None,
        urged_served_on=facts.served_on(CaseStep.URGED),
        closed_on=facts.closed_on,
    )


def _notice(facts: CaseFacts, papers: tuple[Issued, ...]) -> NoticeServed | None:
    """The prior notice that was last served, else the last that was made."""
    served = [one for one in facts.notices if facts.served_on(CaseStep.ANNOUNCED, one.id)]
    made = served or list(facts.notices)
    if not made:
        return None
    last = made[-1]
    due = course_clocks.defence_due(facts, last)
    hearing = None if _hearing_settled(facts, last.id) else course_clocks.hearing_due(facts, last)
    title, number = notice_named(Source(facts, papers=papers), last)
    return NoticeServed(
        title=title,
        number=number,
        on=last.on,
        served_on=facts.served_on(CaseStep.ANNOUNCED, last.id),
        fine_fen=last.imposition.fine_fen,
        kinds=last.imposition.kinds,
        hearing_offered=last.hearing_offered,
        defence_until=due.due_on if due else None,
        hearing_until=hearing.due_on if hearing else None,
        waived=any(one.waived for one in facts.defences if one.notice_id == last.id),
    )


def _hearing_settled(facts: CaseFacts, notice: int) -> bool:
    """Whether a hearing was asked for, or given up, so that no time runs for it."""
    asked = any(one.notice_id == notice for one in facts.hearings)
    return asked or any(one.hearing_waived for one in facts.defences if one.notice_id == notice)


def _sign_offs(facts: CaseFacts, key: str, said: object = None) -> tuple[SignOffOnPaper, ...]:
    """The boxes above the handlers'; the first level of the chain is the handlers' own.

    Where the step itself records that the head approved, that stands in the last box.
    """
    rule = course_rules.rule(key)
    if rule.signing is None:
        return ()
    if rule.signing.chain is None:
        return (SignOffOnPaper(level=_label("行政机关负责人")),)
    chain = sign_off.chain_of(facts, rule.signing.chain)
    if not rule.signing.filled:
        boxes = [SignOffOnPaper(level=_label(one.name)) for one in chain[1:]]
        head, on = getattr(said, "approved_by", ""), getattr(said, "approved_on", None)
        if boxes and head and on:
            boxes[-1] = replace(boxes[-1], person=head, agrees=True, on=on)
        return tuple(boxes)
    signed = {one.level: one for one in sign_off.round_of(facts, rule.signing.chain)}
    found = []
    named = _investigators(facts) if rule.matter is Matter.FILING else ""
    for place, level in enumerate(chain[1:], 2):
        one = signed.get(place)
        found.append(
            SignOffOnPaper(
                level=_label(level.name),
                person=one.person if one else "",
                words=one.words if one else named if place == len(chain) else "",
                agrees=one.agrees if one else None,
                on=one.on if one else None,
            )
        )
    return tuple(found)


def _investigators(facts: CaseFacts) -> str:
    """Whom the head is to appoint, as the handlers put it forward."""
    names = facts.filing.officers if facts.filing else ()
    return f"指定{'、'.join(names)}为本案调查人员。" if names else ""


def _label(name: str) -> str:
    """负责人意见 in a narrow column: broken where it reads well."""
    said = name if name.endswith("意见") else f"{name}意见"
    if len(said) <= _ONE_LINE:
        return said
    at = said.find("负责人")
    at = at if at > 0 else len(said) // 2
    return f"{said[:at]}\n{said[at:]}"


def _signers(source: Source, key: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Who carried the step out: names, and ids where the row or the step has them."""
    facts, matter = source.facts, course_rules.rule(key).matter
    many: Iterable[Any] = ()
    if matter in course_papers_start.RECORDS:
        many = course_papers_start.records_of(source, matter)
    elif matter is Matter.SERVICE:
        many = (one for one in facts.services if not one.failed)
    else:
        kept = {Matter.PRESERVATION: facts.preservations, Matter.SEIZURE: facts.seizures}
        many = kept.get(matter, ())
    row = source.chosen(many)
    names, ids = getattr(row, "officers", ()), getattr(row, "officer_ids", ())
    if names or ids:
        return names, ids
    said = source.said or {}
    typed = (said.get("officer1_id"), said.get("officer2_id"))
    return (), tuple(one for one in typed if isinstance(one, int))


def _officers(
    session: Session, facts: CaseFacts, names: tuple[str, ...], ids: tuple[int, ...], on: date
) -> tuple[OfficerOnPaper, ...]:
    """Each with the certificate of the day; the handlers where nobody else is named."""
    if not names and not ids:
        return tuple(on_paper(one) for one in facts.handlers or facts.acting)
    if not ids:
        asked = select(models.Officer.name, models.Officer.id).where(
            col(models.Officer.name).in_(names)
        )
        known = {name: key for name, key in session.exec(asked) if key is not None}
        ids = tuple(known[name] for name in names if name in known)
    found = (person(session, one, on) for one in ids)
    return tuple(on_paper(one) for one in found if one is not None)


def _typed(session: Session, case_id: int) -> tuple[Typed, ...]:
    """What was typed in with every step of the case, the latest first."""
    asked = (
        select(models.CaseEvent.step, models.CaseEvent.detail)
        .where(models.CaseEvent.case_id == case_id)
        .order_by(col(models.CaseEvent.id).desc())
    )
    return tuple((step, detail or {}) for step, detail in session.exec(asked))


def _said(typed: tuple[Typed, ...], key: str, row: int) -> Mapping[str, Any] | None:
    """What was typed in with the step that made the paper: that of the row, else the latest."""
    step = course_rules.rule(key).step
    found = [detail for name, detail in typed if name == step.value]
    return next((one for one in found if row and one.get("row") == row), next(iter(found), None))
