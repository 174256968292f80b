"""From a lead to a case: put forward, signed level by level, filed, assigned; recusal (第四十二、四十三、五十四条)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from enforcer import identity, models
from enforcer.course_terms import LeadOutcome, SignOffMatter
from enforcer.errors import InvalidForm, Level, Objection, Refused
from enforcer.law import lifecycle
from enforcer.law.course_investigation import Filing
from enforcer.law.course_people import Approval, Party, Recusal
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.operations import numbering
from enforcer.operations.editing import block, changed_meanwhile, once
from enforcer.operations.lead_forms import (
    AskRecusalForm,
    AssignForm,
    DecideRecusalForm,
    FilingForm,
)
from enforcer.operations.registry import operation
from enforcer.operations.signing import put_forward
from enforcer.operations.taking import Taking, one_of, step, trace
from enforcer.queries import case_history, course, law_book, law_settings, leads, powers, slips
from enforcer.queries.course_rows import CHINA, person
from enforcer.queries.looking import version
from enforcer.queries.numbered import WAITING
from enforcer.store.database import Store
from enforcer.terms import CaseStep, Origin, Procedure, SeriesKind, Stage

__all__ = [
    "ask_recusal",
    "assign_officers",
    "decide_recusal",
    "propose_filing",
]


@operation("呈报立案", FilingForm)
def propose_filing(
    store: Store, form: FilingForm, *, today: date, now: datetime, actor: str
) -> int:
    """Put a lead before the heads to be filed; returns the case, whose number comes with the filing.

    A case that was sent back, or taken back as a slip, is put forward again by the same lead.
    """

    def deed(session: Session) -> int:
        row, returned, plan = _looked(session, form, today=today, now=now)
        if still := lifecycle.unsettled(_against(plan), form.reasons):
            raise Refused(*still)
        case = _case(session, form, plan, row, returned)
        row.case_id = case.id
        session.add(row)
        session.flush()
        assert case.id
        known = course.facts(
            session, case.id, now=now, day=form.on, by_id=form.by_id, reasons=form.reasons
        )
        assert known is not None
        taking = Taking(session, known, form, CaseStep.PROPOSED, now=now, actor=actor)
        kept = taking.keep(models.Filing, Filing, plan.filing)
        taking.record(kept)
        put_forward(taking, SignOffMatter.FILING, form.words)
        trace(session, case.id)
        return case.id

    return once(store, form, name="propose_filing", now=now, actor=actor, deed=deed)


def filing_weighed(
    store: Store, form: FilingForm, *, today: date, now: datetime
) -> tuple[Objection, ...]:
    """What stands against a filing as it is typed, answered warnings too; nothing is written."""
    with store.reading() as session:
        try:
            return _against(_looked(session, form, today=today, now=now)[2])
        except Refused as refusal:
            return refusal.objections


def _looked(
    session: Session, form: FilingForm, *, today: date, now: datetime
) -> tuple[models.Lead, models.Case | None, _Plan]:
    """The lead, the case that came back to it if there is one, the case as it would be."""
    row = session.get(models.Lead, form.lead_id)
    facts = course.lead_facts(
        session, form.lead_id, now=now, day=form.on, by_id=form.by_id, reasons=form.reasons
    )
    if row is None or facts is None:
        raise block("lead_gone", f"没有编号为 {form.lead_id} 的线索，请从线索列表重新选择。")
    returned = leads.returned_case(session, row) or slips.withdrawn_case(session, row)
    if returned is None and row.case_id is not None:
        raise block(
            "filed_already",
            f"线索 {row.number} 已经呈报立案或者并入案件，不能再次呈报。请在案件里办理。",
            "行政处罚法（2021）第五十四条第二款",
            "lead_id",
        )
    if form.loaded and form.loaded != version(row):
        raise changed_meanwhile(session, [("lead", str(row.id))], "线索")
    if returned is not None:
        facts = replace(facts, lead=replace(facts.lead, case_id=None) if facts.lead else None)
    return row, returned, _plan(session, form, facts, today, returned)


def _against(plan: _Plan) -> tuple[Objection, ...]:
    found = lifecycle.objections(CaseStep.PROPOSED, plan.facts)
    if plan.missing_power is None:
        return tuple(found)
    return (plan.missing_power, *(one for one in found if one.code != "power_missing"))


class _Plan:
    """The case as it would be, before anything is written."""

    def __init__(self, facts: CaseFacts, filing: Filing, source: Any, missing: Any) -> None:
        self.facts = facts
        self.filing = filing
        self.source: powers.Power | None = source
        self.missing_power: Objection | None = missing


def _plan(
    session: Session,
    form: FilingForm,
    facts: CaseFacts,
    today: date,
    returned: models.Case | None,
) -> _Plan:
    party = _party_facts(session, form, today)
    acted_at = form.acted_at.astimezone(CHINA) if form.acted_at else None
    acted_on = acted_at.date() if acted_at else None
    plate = _plate_key(form.plate)
    source, missing = _power(session, form, facts.day)
    ids = tuple(one for one in (form.officer1_id, form.officer2_id) if one is not None)
    named = [person(session, one, facts.day) for one in ids]
    filing = Filing(
        on=facts.day,
        grounds=form.grounds,
        words=form.words,
        officer_ids=ids,
        officers=tuple(one.name for one in named if one),
    )
    probe = models.Case(
        id=returned.id if returned else None,
        number="",
        procedure=Procedure.ORDINARY,
        stage=Stage.LEAD,
        origin=Origin.MADE_HERE,
        cause="",
        item_key=form.item_key,
        party_name=party.name,
        party_kind=party.kind,
        party_id_number=party.id_number,
        plate_key=plate,
        place=form.place,
        acted_at=acted_at,
    )
    return _Plan(
        replace(
            facts,
            item_key=form.item_key,
            **course.law_of(
                session, form.item_key, acted_on, max(facts.day, acted_on or facts.day)
            ),
            power=course.power_of(source.source, form.item_key) if source else None,
            party=party,
            plate=plate,
            place=form.place,
            act=form.act,
            acted_at=acted_at,
            ended_on=form.ended_on,
            discovered_on=form.discovered_on or facts.day,
            harm=form.harm,
            new=filing,
            alike=course.alike(session, probe),
            earlier_fines=case_history.earlier_fines(
                session,
                item_key=form.item_key,
                party_id_number=party.id_number,
                plate_key=plate,
                acted_at=acted_at,
                place=form.place,
            )
            if acted_at
            else (),
            thresholds=law_settings.thresholds(session),
            calendar=law_book.calendar_for(session),
        ),
        filing,
        source,
        missing,
    )


def _party_facts(session: Session, form: FilingForm, today: date) -> Party:
    if form.party_id is not None:
        row = session.get(models.Party, form.party_id)
        if row is None:
            raise InvalidForm({"party_id": "这个当事人不在台账里，请重新选择。"})
        return course.party_of(session, row)
    number, born_on, sex = form.party_id_number, form.born_on, form.sex
    if form.id_kind is not None and number:
        try:
            read = identity.read_id(form.id_kind, number, today=today)
        except identity.NotAccepted as refusal:
            raise InvalidForm({"party_id_number": str(refusal)}) from refusal
        number, born_on, sex = read.text, born_on or read.born_on, sex or read.sex
    if form.party_postcode:
        try:
            identity.read_postcode(form.party_postcode)
        except identity.NotAccepted as refusal:
            raise InvalidForm({"party_postcode": str(refusal)}) from refusal
    return Party(
        kind=form.party_kind,
        name=form.party_name,
        id_kind=form.id_kind,
        id_number=number,
        sex=sex,
        born_on=born_on,
        address=form.party_address,
        postcode=form.party_postcode,
        phone=form.party_phone,
        legal_representative=form.legal_representative,
        position=form.position,
    )


def _plate_key(plate: str) -> str:
    if not plate:
        return ""
    try:
        return identity.read_plate(plate).key
    except identity.NotAccepted as refusal:
        raise InvalidForm({"plate": str(refusal)}) from refusal


def _power(
    session: Session, form: FilingForm, day: date
) -> tuple[powers.Power | None, Objection | None]:
    """The power source that was chosen, or the only one there is for the item."""
    if form.power_source_id is not None:
        source = powers.power_source(session, form.power_source_id)
        organ = powers.organ(session, source.organ_id) if source else None
        return (powers.Power(source, organ), None) if source and organ else (None, None)
    if not form.item_key:
        return None, None
    found = powers.power_for(session, form.item_key, day)
    if isinstance(found, powers.Power):
        return found, None
    return None, Objection(found.code, Level.BLOCK, found.say, found.cite, "power_source_id")


def _case(
    session: Session,
    form: FilingForm,
    plan: _Plan,
    lead: models.Lead,
    returned: models.Case | None,
) -> models.Case:
    facts, source = plan.facts, plan.source
    assert source is not None
    assert facts.item is not None
    party_id = form.party_id or _register(session, plan.facts.party)
    title = facts.item.title
    case = returned or models.Case(
        number=f"{WAITING}{lead.number}",
        procedure=Procedure.ORDINARY,
        stage=Stage.LEAD,
        origin=Origin.MADE_HERE,
        cause=form.cause or f"涉嫌{title}案",
        party_name=facts.party.name,
        party_kind=facts.party.kind,
    )
    given = {
        "cause": form.cause or f"涉嫌{title}案",
        "item_key": form.item_key,
        "organ_id": source.organ.id,
        "power_source_id": source.source.id,
        "party_id": party_id,
        "party_name": facts.party.name,
        "party_kind": facts.party.kind,
        "party_id_number": facts.party.id_number,
        "plate_key": facts.plate,
        "place": form.place,
        "act": form.act,
        "acted_at": facts.acted_at,
        "acted_on": facts.acted_on,
        "ended_on": form.ended_on,
        "discovered_on": facts.discovered_on,
        "harm": form.harm,
    }
    for name, value in (given | {"taken_back_at": None}).items():
        setattr(case, name, value)
    session.add(case)
    session.flush()
    return case


def _register(session: Session, party: Party) -> int:
    """The registered party of this number and name, else a new entry."""
    asked = select(models.Party).where(
        models.Party.name == party.name,
        models.Party.id_number == party.id_number,
        col(models.Party.merged_into_id).is_(None),
    )
    row = session.exec(asked).first() if party.id_number else None
    row = row or models.Party(kind=party.kind, name=party.name)
    for name in (
        "kind", "id_kind", "id_number", "sex", "born_on", "address", "postcode", "phone",
        "legal_representative", "position",
    ):  # fmt: skip
        value = getattr(party, name)
        if value not in ("", None) and getattr(row, name) != value:
            setattr(row, name, value)
    session.add(row)
    session.flush()
    assert row.id
    return row.id


def file_case(taking: Taking) -> None:
    """立案: the last signature files it, draws its number and names the investigators."""
    session, facts = taking.session, taking.facts
    case = session.get(models.Case, facts.case_id)
    assert case is not None
    assert case.organ_id is not None
    series = numbering.series_for(session, case.organ_id, SeriesKind.CASE_FILING, taking.day.year)
    case.number = numbering.draw(session, series)[0].number
    case.filed_on = taking.day
    session.add(case)
    taking.record(case.id or 0, step=CaseStep.FILED, detail={"number": case.number})
    for one in course.leads_of(session, case.id or 0):
        one.outcome, one.outcome_on = LeadOutcome.CASE, taking.day
        one.outcome_by = taking.by
        session.add(one)
    proposed = facts.filing.officer_ids if facts.filing else ()
    if len(proposed) == 2:
        assign(taking, proposed[0], proposed[1])


def refuse_filing(taking: Taking, words: str) -> None:
    """不予立案: the head's refusal ends lead and case (第五十四条第二款)."""
    session = taking.session
    taking.record(taking.facts.case_id or 0, step=CaseStep.FILING_REFUSED)
    for one in course.leads_of(session, taking.facts.case_id or 0):
        one.outcome, one.outcome_on = LeadOutcome.REFUSED, taking.day
        one.outcome_reason, one.outcome_by = words, taking.by
        session.add(one)


def assign(taking: Taking, first: int, second: int) -> None:
    """Let these two handle the case, and put it on record."""
    case = taking.session.get(models.Case, taking.facts.case_id)
    assert case is not None
    names = [
        found.name if (found := taking.person(one, "officer1_id")) else ""
        for one in (first, second)
    ]
    case.officer1_id, case.officer2_id = first, second
    case.officer1, case.officer2 = names[0], names[1]
    taking.session.add(case)
    taking.record(case.id or 0, step=CaseStep.ASSIGNED, detail={"officers": "、".join(names)})


@step("指派承办人员", AssignForm, CaseStep.ASSIGNED)
def assign_officers(taking: Taking, form: AssignForm) -> int:
    """Name the two officers who handle the case (第四十二条第一款)."""
    taking.weigh(Approval(taking.day, form.words))
    assign(taking, form.officer1_id, form.officer2_id)
    return form.case_id


@step("申请回避", AskRecusalForm, CaseStep.RECUSAL_ASKED)
def ask_recusal(taking: Taking, form: AskRecusalForm) -> int:
    """Enter a request for recusal; the investigation does not stop (第四十三条第三款)."""
    whom = taking.person(form.officer_id, "officer_id")
    new = Recusal(
        officer_id=form.officer_id,
        officer=whom.name if whom else "",
        by_party=form.asked_by == "party",
        reason=form.reason,
        asked_on=taking.day,
    )
    return taking.add(models.Recusal, new)


@step("决定是否回避", DecideRecusalForm, CaseStep.RECUSAL_DECIDED)
def decide_recusal(taking: Taking, form: DecideRecusalForm) -> int:
    """Enter the head's decision; who is recused is replaced from then on (第四十三条第三款)."""
    known: Recusal = one_of(taking.facts.recusals, form.recusal_id, "recusal_id", "回避申请")
    row = taking.amend(
        models.Recusal,
        known,
        decided_on=taking.day,
        decided_by=taking.by,
        granted=form.granted,
        decision_words=form.words,
        replaced_by_id=form.replaced_by_id,
    )
    if form.granted and form.replaced_by_id is not None:
        ids = [one.id for one in taking.facts.handlers]
        kept = [form.replaced_by_id if one == known.officer_id else one for one in ids]
        if len(kept) == 2:
            assign(taking, kept[0], kept[1])
    return row
