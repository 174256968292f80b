"""All that is known of an ordinary case, as the state machine and the papers take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import String, cast, func, or_
from sqlmodel import Session, col, select

from enforcer import identity, models
from enforcer.course_terms import LeadOutcome, Outcome, SignOffMatter
from enforcer.law import course_after as after
from enforcer.law import course_decision as deciding
from enforcer.law import course_investigation as found
from enforcer.law import course_people as people
from enforcer.law import lifecycle
from enforcer.law.course_people import Person
from enforcer.law.first_violation import EarlierRecord, FirstViolation
from enforcer.law.lifecycle_facts import CaseFacts, Done
from enforcer.law.summary_facts import Power
from enforcer.queries import (
    case_history,
    first_violation,
    law_book,
    law_settings,
    office,
    powers,
)
from enforcer.queries.case_money import payments_of
from enforcer.queries.course_rows import CHINA, fact, person, rows
from enforcer.queries.looking import Where, looking
from enforcer.terms import CaseStep, Discretion, NoPenaltyReason, OfficerPost, Stage

SIGN_OFF = "sign_off."
NEAR = timedelta(hours=24)
IMPOSED = (
    "outcome", "kinds", "fine_fen", "gains", "gains_fen", "property_fen", "penalty_words",
    "discretion", "discretion_reason", "no_penalty_reason", "breached", "sanctioned_by", "under",
    "law_choice", "law_reason", "ticks", "provision", "private_enterprise", "papers",
)  # fmt: skip


def facts(
    where: Where,
    case_id: int,
    *,
    now: datetime,
    day: date | None = None,
    by_id: int | None = None,
    acting: Sequence[int] = (),
    reasons: Mapping[str, str] | None = None,
) -> CaseFacts | None:
    """Everything about one case; None when there is none.

    `day`, `by_id` and `acting` belong to a step that is about to be taken.
    """
    with looking(where) as session:
        case = session.get(models.Case, case_id)
        if case is None:
            return None
        at = now.astimezone(CHINA)
        return _facts(session, case, at, day or at.date(), by_id, acting, reasons or {})


def lead_facts(
    where: Where,
    lead_id: int,
    *,
    now: datetime,
    day: date | None = None,
    by_id: int | None = None,
    reasons: Mapping[str, str] | None = None,
) -> CaseFacts | None:
    """A lead that has no case yet, as the state machine takes it."""
    with looking(where) as session:
        row = session.get(models.Lead, lead_id)
        if row is None:
            return None
        at = now.astimezone(CHINA)
        given = lead_of(session, row)
        return CaseFacts(
            now=at,
            day=day or at.date(),
            number=row.number,
            lead=given,
            by=person(session, by_id, day or at.date()),
            done=_done_of(given),
            calendar=law_book.calendar_for(session),
            reasons=MappingProxyType(dict(reasons or {})),
        )


def offers(where: Where, case_id: int, *, now: datetime) -> tuple[lifecycle.Offer, ...]:
    """Every step of a case as it stands now, in the order of the course."""
    known = facts(where, case_id, now=now)
    return lifecycle.offers(known) if known else ()


def leads_of(session: Session, case_id: int) -> Sequence[models.Lead]:
    """The leads a case came from; one that was merged into it has its own end."""
    asked = select(models.Lead).where(
        models.Lead.case_id == case_id,
        func.coalesce(cast(models.Lead.outcome, String), "") != LeadOutcome.MERGED.value,
    )
    return session.exec(asked.order_by(col(models.Lead.id))).all()


def lead_of(session: Session, row: models.Lead) -> found.Lead:
    """The lead as a fact, with the numbers of what it was merged into."""
    into = session.get(models.Lead, row.merged_into_id) if row.merged_into_id else None
    return fact(found.Lead, row, merged_into=into.number if into else "")


def chains(where: Where) -> dict[SignOffMatter, tuple[people.Level, ...]]:
    """The chains the office has set itself."""
    with looking(where) as session:
        said = {one: office.setting(session, SIGN_OFF + one.value) for one in SignOffMatter}
    return {
        matter: tuple(fact_level(one) for one in value["levels"])
        for matter, value in said.items()
        if value.get("levels")
    }


def fact_level(said: Mapping[str, Any]) -> people.Level:
    """A level as it is kept in the settings."""
    posts = {one.value: one for one in OfficerPost}
    return people.Level(said["name"], tuple(posts[one] for one in said["posts"]))


def _facts(
    session: Session,
    case: models.Case,
    now: datetime,
    day: date,
    by_id: int | None,
    acting: Sequence[int],
    reasons: Mapping[str, str],
) -> CaseFacts:
    assert case.id
    decision = _decision(session, case.id)
    weighed_on = decision.on if decision else max(day, case.acted_on or day)
    handlers = _people(session, (case.officer1_id, case.officer2_id), day)
    leads = leads_of(session, case.id)
    lead = lead_of(session, leads[0]) if leads else None
    party = session.get(models.Party, case.party_id) if case.party_id else None
    acted_at = case.acted_at.astimezone(CHINA) if case.acted_at else None
    of = _Rows(session, case.id)
    confirmed_days = office.confirmed(session, "defence_days").value
    return CaseFacts(
        now=now,
        day=day,
        case_id=case.id,
        number=case.number,
        stage=case.stage,
        cause=case.cause,
        item_key=case.item_key,
        **law_of(session, case.item_key, case.acted_on, weighed_on),
        organ=_organ(session, case.organ_id),
        power=_power(session, case),
        party=party_of(session, party)
        if party
        else people.Party(kind=case.party_kind, name=case.party_name),
        plate=case.plate_key,
        place=case.place,
        act=case.act,
        acted_at=acted_at,
        ended_on=case.ended_on,
        discovered_on=case.discovered_on,
        harm=case.harm,
        filed_on=case.filed_on,
        closed_on=case.closed_on,
        lead=lead,
        filing=next(iter(reversed(of(found.Filing, models.Filing))), None),
        handlers=handlers,
        by=person(session, by_id, day),
        acting=_people(session, acting, day) if acting else handlers,
        done=(*(_done_of(lead) if lead else ()), *_events(session, case.id)),
        chains=MappingProxyType(chains(session)),
        sign_offs=of(people.SignOff, models.SignOff),
        recusals=of(people.Recusal, models.Recusal),
        summonses=of(found.Summons, models.Summons),
        records=of(found.WrittenRecord, models.WrittenRecord),
        preservations=of(found.Preservation, models.Preservation),
        seizures=of(found.Seizure, models.Seizure),
        corrections=of(found.Correction, models.Correction),
        periods=of(found.PeriodChange, models.PeriodChange),
        proposals=tuple(_proposal(one) for one in rows(session, models.Proposal, case.id)),
        defences=of(deciding.DefenceStatement, models.DefenceStatement),
        hearings=of(deciding.Hearing, models.Hearing),
        reviews=of(deciding.LegalReview, models.LegalReview),
        discussions=of(deciding.Discussion, models.Discussion),
        transfers=of(deciding.Transfer, models.Transfer),
        services=of(after.Service, models.Service),
        decision=decision,
        payments=_payments(session, decision.id) if decision else (),
        deferrals=of(after.Deferral, models.Deferral),
        urgings=of(after.Urging, models.Urging),
        applications=of(after.CourtApplication, models.CourtApplication),
        remedies=of(after.Remedy, models.Remedy),
        closure=next(iter(reversed(of(after.Closure, models.Closure))), None),
        papers=_papers(session, case.id),
        calendar=law_book.calendar_for(session),
        thresholds=law_settings.thresholds(session),
        defence_days=confirmed_days if isinstance(confirmed_days, int) else None,
        lookup=_lookup(session, case.id),
        list_rows=law_book.rows_for(session, case.item_key, weighed_on),
        benchmarks=law_book.benchmarks_for(session, case.item_key),
        sole_trader_as=office.sole_trader_as(session),
        earlier_fines=case_history.earlier_fines(
            session,
            item_key=case.item_key,
            party_id_number=case.party_id_number,
            plate_key=case.plate_key,
            acted_at=acted_at,
            place=case.place,
            but_case=case.id,
        )
        if acted_at
        else (),
        alike=alike(session, case),
        reasons=MappingProxyType(dict(reasons)),
    )


class _Rows:
    """The rows of one case, table by table, as facts."""

    def __init__(self, session: Session, case_id: int) -> None:
        self.session = session
        self.case_id = case_id

    def __call__(self, kind: Any, table: Any) -> tuple[Any, ...]:
        return tuple(fact(kind, one) for one in rows(self.session, table, self.case_id))


def law_of(
    session: Session, item_key: str, acted_on: date | None, weighed_on: date
) -> dict[str, Any]:
    """The item then and now, and both compared (第三十七条)."""
    if not item_key:
        return {}
    if acted_on is None:
        item = law_book.item_for(session, item_key, weighed_on)
        return {"item_then": item, "item_now": item}
    both = law_book.provisions_for(session, item_key, acted_on, max(weighed_on, acted_on))
    return {"item_then": both.old, "item_now": both.new, "law": both}


def alike(session: Session, case: models.Case) -> tuple[str, ...]:
    """Other open cases of this item, within a day, for the same party or vehicle (第二十九条)."""
    same = [
        column == value
        for column, value in (
            (col(models.Case.party_id_number), case.party_id_number),
            (col(models.Case.plate_key), case.plate_key),
        )
        if value
    ]
    if not same or case.acted_at is None:
        return ()
    asked = select(models.Case.number).where(
        models.Case.item_key == case.item_key,
        or_(*same),
        col(models.Case.acted_at) >= case.acted_at - NEAR,
        col(models.Case.acted_at) <= case.acted_at + NEAR,
        models.Case.stage != Stage.CLOSED,
        models.Case.id != case.id,
    )
    return tuple(session.exec(asked))


def party_of(session: Session, row: models.Party) -> people.Party:
    """A registered party; one that was merged names the entry that stands in its place."""
    into = session.get(models.Party, row.merged_into_id) if row.merged_into_id else None
    told = identity.birth_of(row.id_kind, row.id_number)  # an entry may be older than its columns
    return fact(
        people.Party,
        row,
        merged_into=into.name if into else "",
        born_on=row.born_on or told.born_on,
        sex=row.sex or told.sex,
    )


def power_of(source: powers.PowerSourceRow, item_key: str) -> Power:
    """A power source as the guards weigh it."""
    return Power(
        kind=source.kind,
        organ=source.organ_name,
        title=source.document_title.strip("《》"),
        valid_from=source.valid_from,
        valid_until=source.valid_until,
        covers_item=item_key in source.items,
        handled_by=source.handled_by,
    )


def _power(session: Session, case: models.Case) -> Power | None:
    source = powers.power_source(session, case.power_source_id) if case.power_source_id else None
    return power_of(source, case.item_key) if source else None


def _organ(session: Session, organ_id: int | None) -> people.Organ | None:
    row = session.get(models.Organ, organ_id) if organ_id else None
    return fact(people.Organ, row) if row else None


def _people(session: Session, ids: Sequence[int | None], day: date) -> tuple[Person, ...]:
    known = (person(session, one, day) for one in ids)
    return tuple(one for one in known if one is not None)


def _events(session: Session, case_id: int) -> tuple[Done, ...]:
    steps = {one.value: one for one in CaseStep}
    asked = (
        select(models.CaseEvent)
        .where(models.CaseEvent.case_id == case_id)
        .order_by(col(models.CaseEvent.id))
    )
    return tuple(
        Done(steps[one.step], one.happened_on, _row_of(one.detail), one.id or 0)
        for one in session.exec(asked)
        if one.step in steps
    )


def _row_of(detail: Mapping[str, object] | None) -> int:
    row = (detail or {}).get("row")
    return row if isinstance(row, int) else 0


def _done_of(lead: found.Lead) -> tuple[Done, ...]:
    """The steps of a lead, from its own row."""
    days = (
        (CaseStep.LEAD_REGISTERED, lead.received_on),
        (CaseStep.LEAD_CHECKED, lead.checked_on),
        (CaseStep.LEAD_SETTLED, lead.outcome_on),
        (CaseStep.LEAD_REPLIED, lead.replied_on),
    )
    return tuple(Done(step, day, lead.id) for step, day in days if day is not None)


def _proposal(row: models.Proposal) -> deciding.Proposal:
    values = row.model_dump()
    imposed = {name: values[name] for name in IMPOSED if values[name] is not None}
    return fact(deciding.Proposal, row, imposition=imposed)


def _decision(session: Session, case_id: int) -> deciding.Decision | None:
    row = session.exec(
        select(models.Decision)
        .where(models.Decision.case_id == case_id)
        .order_by(col(models.Decision.id).desc())
    ).first()
    if row is None:
        return None
    spared = row.discretion is Discretion.NO_PENALTY
    unproven = row.no_penalty_reason is NoPenaltyReason.NOT_ESTABLISHED
    outcome = Outcome.NOT_ESTABLISHED if unproven else Outcome.NO_PENALTY
    return fact(
        deciding.Decision,
        row,
        on=row.decided_on,
        outcome=outcome if spared else Outcome.PENALTY,
        kinds=tuple(row.kinds or ()),
    )


def _payments(session: Session, decision_id: int) -> tuple[after.Payment, ...]:
    return tuple(
        after.Payment(one.paid_on, one.amount_fen, one.additional_fen, one.receipt_number)
        for one in payments_of(session, decision_id)
    )


def _papers(session: Session, case_id: int) -> tuple[people.Paper, ...]:
    asked = (
        select(models.Document)
        .where(models.Document.case_id == case_id)
        .order_by(col(models.Document.id))
    )
    return tuple(
        people.Paper(one.id or 0, one.template_key, one.title, one.number, one.issued_on)
        for one in session.exec(asked)
    )


def _lookup(session: Session, case_id: int) -> FirstViolation | None:
    """The latest look-up of 初次违法 that was filed with the case."""
    filed = first_violation.checks(session, case_id)
    if not filed:
        return None
    said = filed[0].answer
    return FirstViolation(
        on=filed[0].asked_on,
        searched=str(said.get("searched", "")),
        is_first=filed[0].is_first,
        since=date.fromisoformat(said["since"]) if said.get("since") else None,
        counted=tuple(_record(one) for one in said.get("counted", ())),
        others=tuple(_record(one) for one in said.get("others", ())),
        say=str(said.get("say", "")),
    )


def _record(said: Mapping[str, Any]) -> EarlierRecord:
    return EarlierRecord(
        date.fromisoformat(said["on"]), said["number"], said["say"], notice=bool(said["notice"])
    )
