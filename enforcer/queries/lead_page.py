"""The page of one lead: what came in, its clocks with their arithmetic, its history, what may follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from enforcer.course_terms import LeadDeed, LeadOutcome
from enforcer.errors import Level, Objection
from enforcer.law import lead_handling, lifecycle
from enforcer.law.lead_handling import Handling
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.models import Case, CaseEvent, Lead, LeadEvent
from enforcer.queries import course, law_book, lead_clocks, leads, slips
from enforcer.queries.lead_clocks import LeadClock
from enforcer.queries.leads import Alike, LeadRow
from enforcer.queries.looking import Where, looking, version
from enforcer.terms import CaseStep, Stage

ARTICLE_54_2 = lead_handling.ARTICLE_54_2
OF_THE_COURSE = frozenset(
    {CaseStep.PROPOSED, CaseStep.SIGNED, CaseStep.FILED, CaseStep.FILING_REFUSED}
)
_STEPS = {
    "check": CaseStep.LEAD_CHECKED,
    "settle": CaseStep.LEAD_SETTLED,
    "reply": CaseStep.LEAD_REPLIED,
    "file": CaseStep.PROPOSED,
}


@dataclass(frozen=True, slots=True)
class LeadOffer:
    """One thing that can be done with the lead, or why it cannot."""

    key: str
    objections: tuple[Objection, ...] = ()

    @property
    def reason(self) -> str:
        """Why it is grey, with the article; empty when it is open."""
        for one in self.objections:
            if one.level is Level.BLOCK:
                return f"{one.say}（{one.cite}）" if one.cite else one.say
        return ""


@dataclass(frozen=True, slots=True)
class LeadLine:
    """One line of its history; `undone` when it was taken back later."""

    label: str
    on: date
    at: datetime
    by: str
    actor: str
    words: str
    undone: bool = False


@dataclass(frozen=True, slots=True)
class LeadPage:
    """Everything the page of a lead shows; who told of it in secret only blotted out."""

    row: LeadRow
    version: str
    item: str
    informant: str
    informant_phone: str
    clocks: tuple[LeadClock, ...]
    offers: tuple[LeadOffer, ...]
    history: tuple[LeadLine, ...]
    alike: tuple[Alike, ...]
    merged_here: tuple[str, ...]
    last: str
    expects_reply: bool

    def offer(self, key: str) -> LeadOffer:
        return next(one for one in self.offers if one.key == key)


def page(where: Where, lead_id: int, *, now: datetime) -> LeadPage | None:
    """The page of a lead; None when there is none."""
    with looking(where) as session:
        row = session.get(Lead, lead_id)
        facts = course.lead_facts(session, lead_id, now=now)
        if row is None or facts is None or facts.lead is None:
            return None
        item = law_book.item_for(session, row.item_key, row.received_on) if row.item_key else None
        shown = leads.lead_rows(session, [lead_id], today=facts.today)[0]
        last = leads.last_deed(session, lead_id)
        return LeadPage(
            row=shown,
            version=version(row),
            item=item.title if item else row.item_key,
            informant=blotted(row.informant) if row.secret else row.informant,
            informant_phone=blotted_number(row.informant_phone)
            if row.secret
            else row.informant_phone,
            clocks=()
            if row.voided_on
            else lead_clocks.clocks(
                session,
                row.arithmetic,
                check=(row.check_due_on, row.checked_on),
                reply=(row.reply_due_on, row.replied_on),
                expects_reply=facts.lead.expects_reply,
            ),
            offers=tuple(_offers(session, row, facts, last)),
            history=tuple(_history(session, row)),
            alike=tuple(
                leads.alike(
                    session,
                    place=row.place,
                    party_name=row.party_name,
                    on=facts.today,
                    but=row.id,
                )
            ),
            merged_here=leads.merged_into(session, lead_id),
            last=last.deed.label if last else "",
            expects_reply=facts.lead.expects_reply,
        )


def blotted(name: str) -> str:
    """A name that is not to be known: its first character, the rest blotted."""
    return f"{name[0]}{'＊' * max(len(name) - 1, 1)}" if name else ""


def blotted_number(number: str) -> str:
    """The last four signs of a telephone number."""
    return f"{'＊' * 4}{number[-4:]}" if len(number) > 4 else "＊" * len(number)


def _offers(
    session: Session, row: Lead, facts: CaseFacts, last: LeadEvent | None
) -> Iterable[LeadOffer]:
    back = leads.returned_case(session, row)
    free = facts
    if back is not None and facts.lead is not None:
        free = replace(facts, lead=replace(facts.lead, case_id=None))
    for key, step in _STEPS.items():
        yield LeadOffer(key, lifecycle.objections(step, free if key == "file" else facts))
    asked = Handling(
        facts=facts,
        asked=False,
        last=last.deed.label if last else "",
        rests=leads.rests_on(session, row, last) if last else "",
        merged_here=leads.merged_into(session, row.id or 0),
    )
    for key, guard in (
        ("assign", lead_handling.against_assigning),
        ("extend", lead_handling.against_extending),
        ("correct", lead_handling.against_correcting),
        ("follow_up", lead_handling.against_following_up),
        ("take_back", lead_handling.against_taking_back),
        ("void", lead_handling.against_voiding),
    ):
        yield LeadOffer(key, tuple(guard(asked)))


def _history(session: Session, row: Lead) -> list[LeadLine]:
    """What was done with the lead, and its way through the filing; the earliest first."""
    asked = select(LeadEvent).where(LeadEvent.lead_id == row.id).order_by(col(LeadEvent.id))
    events = session.exec(asked).all()
    undone = {one.undoes_id for one in events}
    lines = [
        LeadLine(
            one.deed.label,
            one.happened_on,
            one.recorded_at,
            one.by,
            one.actor,
            _words(one),
            one.id in undone,
        )
        for one in events
    ]
    case = slips.withdrawn_case(session, row)
    case_id = case.id if case is not None else row.case_id
    if case_id is not None and row.outcome is not LeadOutcome.MERGED:
        lines += [*_of_the_case(session, case_id), *_slips(session, case_id)]
    return sorted(lines, key=lambda one: one.at)


def _of_the_case(session: Session, case_id: int) -> Iterable[LeadLine]:
    case = session.get(Case, case_id)
    steps = {one.value: one for one in OF_THE_COURSE}
    asked = select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(col(CaseEvent.id))
    for one in session.exec(asked):
        step = steps.get(one.step)
        if step is None:
            continue
        detail: Mapping[str, Any] = one.detail or {}
        words = str(detail.get("words") or detail.get("grounds") or "")
        if step is CaseStep.SIGNED:
            said = "退回" if detail.get("agrees") is False else "同意"
            words = f"{said}　{words}".strip()
        if step is CaseStep.FILED and case is not None and case.stage is not Stage.LEAD:
            words = case.number
        yield LeadLine(
            step.label,
            one.happened_on,
            one.recorded_at,
            str(detail.get("by", "")),
            one.actor,
            words,
        )


def _slips(session: Session, case_id: int) -> Iterable[LeadLine]:
    """Steps of the filing that were taken back, each with who did and why."""
    for one in slips.taken_back(session, case_id):
        if one.step in OF_THE_COURSE:
            yield LeadLine(
                f"撤回“{one.step.label}”",
                one.at.date(),
                one.at,
                one.taken_back_by,
                one.actor,
                f"原因 {one.reason}",
            )


_SAID = {
    "number": "编号",
    "handler": "承办人",
    "words": "",
    "findings": "",
    "until": "延长到",
    "told": "告知",
    "into": "去向",
    "reason": "",
    "way": "方式",
    "reply": "",
    "why": "原因",
}


def _words(one: LeadEvent) -> str:
    """What was said of it, in the order it is read."""
    said: Mapping[str, Any] = one.said or {}
    found = []
    if outcome := said.get("outcome"):
        found.append(next(each.label for each in LeadOutcome if each.value == outcome))
    if deed := said.get("deed"):
        found.append(f"撤回“{next(each.label for each in LeadDeed if each.value == deed)}”")
    if "satisfied" in said:
        found.append("满意" if said["satisfied"] else "不满意")
    for name, label in _SAID.items():
        if words := said.get(name):
            found.append(f"{label} {words}" if label else str(words))
    found += [f"理由：{words}" for words in (said.get("reasons") or {}).values()]
    return "；".join(found)
