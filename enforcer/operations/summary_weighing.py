"""From what was typed to what the law weighs and what the paper says; nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from enforcer.documents.facts import SummaryDecision
from enforcer.documents.inspect import inspect_summary
from enforcer.documents.parts import Template
from enforcer.errors import InvalidForm, Level, Objection
from enforcer.law import catalogue, summary
from enforcer.law.summary_facts import (
    PAVEMENT_PARKING,
    ActingParty,
    Parking,
    SummaryFacts,
)
from enforcer.law.violation import SummaryAnswer, Violation
from enforcer.operations.summary_forms import SummaryForm
from enforcer.operations.summary_looking import (
    Acting,
    acting_officers,
    acting_power,
    chosen_power,
    identity_typed,
    read_typed,
)
from enforcer.operations.summary_paper import paper_of
from enforcer.queries import case_history, law_book, office
from enforcer.queries.looking import Where, looking
from enforcer.queries.parties import parties_with_number
from enforcer.terms import COLLECTED_ON_SPOT, SeriesKind

CHINA = ZoneInfo("Asia/Shanghai")
TEMPLATE = SeriesKind.SUMMARY_DECISION.value
NO_NUMBER_YET = "（签发时取号）"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One act as the law sees it: facts, everything that speaks against it, and its paper.

    `open` is what still stands in the way; `paper` is None while too little is known to print.
    `item` is the catalogue's item in the version that applies, `answer` what it allows on the spot.
    """

    form: SummaryForm
    facts: SummaryFacts
    acting: Acting
    objections: tuple[Objection, ...]
    item: Violation | None
    answer: SummaryAnswer | None
    law: catalogue.Applicable | None
    paper: SummaryDecision | None
    template: Template

    @property
    def open(self) -> tuple[Objection, ...]:
        """What no reason has settled."""
        return summary.unsettled(self.objections, self.form.reasons)


def weigh(where: Where, form: SummaryForm, *, now: datetime, number: str = "") -> Weighed:
    """Lay the form before the law; the button, the banner and the operation ask the same.

    InvalidForm when an amount, a number or a plate cannot be understood.
    """
    with looking(where) as session:
        return _weigh(session, form, now.astimezone(CHINA), number)


def _weigh(session: Session, form: SummaryForm, now: datetime, number: str) -> Weighed:
    decided_on = form.decided_on or now.date()
    fine_fen, plate, wrong = read_typed(form)
    number_read, doubt = identity_typed(form, now.date(), wrong)
    if wrong:
        raise InvalidForm(wrong)
    law = _law(form, decided_on)
    item = _item(session, form, law, decided_on)
    choice, missing_power = chosen_power(session, form, decided_on)
    id_number = number_read.text if number_read else form.party_id_number
    acting = Acting(
        officers=acting_officers(session, (form.officer1_id, form.officer2_id), decided_on),
        power=acting_power(choice, form.item_key) if choice else None,
        source=choice,
        plate=plate,
        id_number=id_number,
        sex=form.sex or (number_read.sex if number_read else None),
        born_on=number_read.born_on if number_read else None,
    )
    acted_at = form.acted_at.astimezone(CHINA) if form.acted_at else None
    facts = SummaryFacts(
        now=now,
        decided_on=decided_on,
        acted_at=acted_at,
        discovered_on=form.discovered_on or (acted_at.date() if acted_at else None),
        place=form.place,
        act=form.act,
        evidence=form.evidence,
        facts_clear=form.facts_clear,
        party=ActingParty(
            kind=form.party_kind,
            name=form.party_name,
            id_number=id_number,
            address=form.party_address,
            legal_representative=form.legal_representative,
            born_on=acting.born_on,
            present=form.party_present,
            number_doubt=doubt,
        ),
        officers=acting.officers,
        certificates_shown=form.certificates_shown,
        recorders=tuple(dict.fromkeys(one for one in form.recorders if one)),
        item=item,
        breached=form.breached,
        sanctioned_by=form.sanctioned_by,
        law_doubt=_law_doubt(law, form),
        harm=form.harm,
        parking=_parking(form),
        power=acting.power,
        kinds=form.kinds,
        fine_fen=fine_fen,
        discretion=form.discretion,
        discretion_reason=form.discretion_reason,
        correction=form.correction,
        defence=form.defence,
        defence_words=form.defence_words,
        defence_answer=form.defence_answer,
        payment=form.payment,
        payment_reason=form.payment_reason,
        receipt_number=form.receipt_number,
        receipt_used_by=case_history.receipt_used_by(session, form.receipt_number)
        if form.payment in COLLECTED_ON_SPOT
        else "",
        refused_to_sign=form.refused_to_sign,
        refusal_reason=form.refusal_reason,
        earlier_fines=case_history.earlier_fines(
            session,
            item_key=form.item_key,
            party_id_number=id_number,
            plate_key=plate.key if plate else "",
            acted_at=acted_at,
            place=form.place,
        )
        if acted_at and form.item_key
        else (),
        sole_trader_as=office.sole_trader_as(session),
        reasons=form.reasons,
    )
    template = office.template_on(session, TEMPLATE, decided_on)
    paper = paper_of(form, facts, acting, number or NO_NUMBER_YET)
    said = _judged(session, facts, paper, template, acting, missing_power)
    return Weighed(form, facts, acting, said, item, facts.answer, law, paper, template)


def _judged(
    session: Session,
    facts: SummaryFacts,
    paper: SummaryDecision | None,
    template: Template,
    acting: Acting,
    missing_power: Objection | None,
) -> tuple[Objection, ...]:
    """The guards, the registers, and the inspection of the paper; each code once."""
    found = list(summary.objections(facts))
    if missing_power:
        found = [missing_power if one.code == "power_missing" else one for one in found]
    found += _known_party(session, facts)
    if paper is not None:
        kind = acting.source.source.kind if acting.source else None
        seen = {one.field for one in found if one.level is Level.BLOCK}
        found += [
            one
            for one in inspect_summary(paper, template, power=kind)
            if one.field not in seen or one.field == "template"
        ]
    unique: dict[tuple[str, str], Objection] = {}
    for one in found:
        unique.setdefault((one.code, one.field), one)
    return tuple(sorted(unique.values(), key=lambda one: one.level is Level.WARN))


def _law(form: SummaryForm, decided_on: date) -> catalogue.Applicable | None:
    if not form.item_key or form.acted_at is None:
        return None
    acted_on = form.acted_at.astimezone(CHINA).date()
    return catalogue.provisions_for(form.item_key, acted_on, max(decided_on, acted_on))


def _item(
    session: Session, form: SummaryForm, law: catalogue.Applicable | None, decided_on: date
) -> Violation | None:
    """The item in the version that applies: the law of the act, or the lighter one since."""
    if not form.item_key:
        return None
    if form.acted_at is None or law is None:
        return law_book.item_for(session, form.item_key, decided_on)
    newer = form.law_choice == "new" or (not form.law_choice and law.applies == "new")
    acted_on = form.acted_at.astimezone(CHINA).date()
    return law_book.item_for(session, form.item_key, decided_on if newer else acted_on)


def _law_doubt(law: catalogue.Applicable | None, form: SummaryForm) -> Objection | None:
    """Where the law has changed since the act somebody chooses and says why (第三十七条)."""
    if law is None or not law.needs_choice:
        return None
    if law.old is None:
        return Objection("law_unknown_then", Level.BLOCK, law.say, law.cite, "acted_at")
    chosen = {"old": "已选行为发生时的规定。", "new": "已选新规定。"}.get(form.law_choice, "")
    return Objection(
        "law_changed", Level.WARN, f"{law.say}{chosen}请写明选用的理由。", law.cite, "law_choice"
    )


def _parking(form: SummaryForm) -> Parking | None:
    if form.item_key != PAVEMENT_PARKING:
        return None
    return Parking(form.in_marked_bay, form.driver, form.obstructing)


def _known_party(session: Session, facts: SummaryFacts) -> list[Objection]:
    """Another name under the same number in the register wants an explanation."""
    known = parties_with_number(session, facts.party.id_number)
    if not facts.party.name or not known or facts.party.name in {one.name for one in known}:
        return []
    return [
        Objection(
            "party_name_differs",
            Level.WARN,
            f"证件号码 {facts.party.id_number} 已登记给“{known[0].name}”，"
            f"这里填的是“{facts.party.name}”。请核对；确系改名或者重号的，写明情况。",
            "行政处罚法（2021）第四十条",
            "party_name",
        )
    ]


def kept_facts(weighed: Weighed) -> dict[str, Any]:
    """What stays with the decision: the form, the reasons, what was weighed and not refused."""
    return {
        "form": weighed.form.model_dump(mode="json", exclude={"request_id"}),
        "settled": [
            one.as_json() | {"reason": weighed.form.reasons.get(one.code, "")}
            for one in weighed.objections
        ],
        "item_from": weighed.item.from_on.isoformat() if weighed.item else "",
        "power": weighed.acting.source.source.document if weighed.acting.source else "",
        "certificates": [one.certificate for one in weighed.acting.officers],
    }
