"""What a form begins with, taken from the case: its officers, places, last opinion, open rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from enforcer.course_terms import (
    ClosingWay,
    LeadSource,
    Outcome,
    PeriodKind,
    RemedyOutcome,
    ServiceMethod,
)
from enforcer.law import course_clocks, sign_off
from enforcer.law.course_decision import Imposition
from enforcer.queries.course_page import CoursePage
from enforcer.terms import CaseStep, Discretion, IdKind, OfficerPost, PartyKind
from ui.cases.course import choices as offered
from ui.cases.course.editors import Env
from ui.cases.course.specs import Kind
from ui.cases.course.tables import PRESETS, fields_of, on_screen, operation_of

HOUR = timedelta(hours=1)
MONTH = timedelta(days=30)


def starting(env: Env, page: CoursePage, *, now: datetime, actor: str) -> dict[str, Any]:
    """Values by field for the form of a step; what the case does not know is left blank."""
    form = operation_of(env.step.key).form
    values: dict[str, Any] = {}
    for name, spec in fields_of(form).items():
        info = form.model_fields[name]
        if spec.kind is Kind.TICK:
            values[name] = bool(info.default)
        elif spec.kind is Kind.CHOICE and not info.is_required():
            values[name] = info.default
        elif spec.kind is Kind.ROW and not spec.of.startswith("served") and spec.of not in _FREE:
            pairs = offered.rows_of(spec.of, env.facts, env.choices, {})
            values[name] = pairs[0][0] if pairs else None
    values |= _common(env, on_screen(form), now=now, actor=actor)
    if (more := _OF_FORM.get(form.__name__)) is not None:
        values |= more(env, now)
    values |= PRESETS.get(env.step.key, {})
    if page.asked.step is env.step.key:
        values |= dict(page.asked.preset)
    if "of" in values:
        rows = offered.rows_of("served_rows", env.facts, env.choices, values)
        values["of_id"] = rows[0][0] if rows else None
    if "matter" in values:
        values["by_id"] = signer(env, str(values["matter"]), actor)
    return values


_FREE = ("leads", "cases")


def _common(env: Env, names: Collection[str], *, now: datetime, actor: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "on" in names:
        found["on"] = now.date()
    if "by_id" in names:
        found["by_id"] = _by(env, actor)
    if {"officer1_id", "officer2_id"} <= set(names):
        pair = [one.id for one in env.facts.handlers]
        if len(pair) < 2 and env.facts.filing is not None:
            pair = list(env.facts.filing.officer_ids)
        found |= dict(zip(("officer1_id", "officer2_id"), pair, strict=False))
    if "recorder" in names and "conclusion" not in names and len(env.facts.handlers) > 1:
        found["recorder"] = env.facts.handlers[1].name
    return found


def _by(env: Env, actor: str) -> int | None:
    """Who answers for the step: who sits here where the post fits, else the one who can."""
    posts = offered.posts_of("by", env.step)
    fitting = [one for one in env.choices.people if one.post in posts]
    if mine := next((one.id for one in fitting if one.name == actor), None):
        return mine
    handlers = {one.id for one in env.facts.handlers}
    handlers |= set(env.facts.filing.officer_ids) if env.facts.filing else set()
    if OfficerPost.OFFICER in posts:
        own = next((one.id for one in fitting if one.id in handlers), None)
        return own or (fitting[0].id if fitting else None)
    return fitting[0].id if len(fitting) == 1 else None


def may_sign(env: Env, matter: str) -> list[int]:
    """Who may sign the level a matter waits for: of its posts, no handler, nobody twice."""
    wanted = next((one for one in sign_off.PUT_FORWARD_BY if one.value == matter), None)
    level = sign_off.pending(env.facts, wanted) if wanted else None
    if wanted is None or level is None:
        return []
    taken = {one.person_id for one in sign_off.round_of(env.facts, wanted)}
    taken |= {one.id for one in env.facts.handlers}
    taken |= set(env.facts.filing.officer_ids) if env.facts.filing else set()
    return [one.id for one in env.choices.people if one.post in level.posts and one.id not in taken]


def signer(env: Env, matter: str, actor: str) -> int | None:
    """Who signs: who sits here where he may, else the only one who can."""
    able = may_sign(env, matter)
    names = {one.id: one.name for one in env.choices.people}
    mine = next((one for one in able if names[one] == actor), None)
    return mine or (able[0] if len(able) == 1 else None)


def imposed(one: Imposition) -> dict[str, Any]:
    """An opinion as the fields of its form."""
    return {
        "outcome": one.outcome,
        "kinds": [kind.value for kind in one.kinds],
        "fine_yuan": one.fine_fen or None,
        "gains": one.gains,
        "gains_yuan": one.gains_fen or None,
        "property_yuan": one.property_fen or None,
        "penalty_words": one.penalty_words,
        "discretion": one.discretion,
        "discretion_reason": one.discretion_reason,
        "no_penalty_reason": one.no_penalty_reason,
        "breached": one.breached,
        "sanctioned_by": one.sanctioned_by,
        "under": one.under or None,
        "law_choice": one.law_choice or None,
        "law_reason": one.law_reason,
        "ticks": {
            key: {
                "holds": tick.holds,
                "evidence": tick.evidence,
                "value": f"{tick.value:f}" if tick.value is not None else "",
            }
            for key, tick in one.ticks.items()
        },
        "provision": one.provision,
        "private_enterprise": one.private_enterprise,
        "papers": [paper.value for paper in one.papers],
    }


def _opinion(env: Env, _now: datetime) -> dict[str, Any]:
    """The latest opinion of the case; before there is one, what the case and the law say."""
    facts = env.facts
    if facts.proposals:
        last = facts.proposals[-1]
        answers = {
            name: getattr(last, name)
            for name in ("public_interest", "complicated", "serious", "major_rights")
        }
        found = imposed(last.imposition) | answers
        return found | {"facts": last.facts, "evidence": last.evidence, "words": ""}
    at = facts.acted_at
    when = f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02}分，" if at else ""
    listed = [f"{one.kind.label}（{one.on}）" for one in facts.records]
    return {
        "outcome": Outcome.PENALTY,
        "discretion": Discretion.ORDINARY,
        "facts": f"{when}{facts.party.name}在{facts.place}，{facts.act}。" if facts.act else "",
        "evidence": "\n".join(listed),
    }


def _announce(env: Env, now: datetime) -> dict[str, Any]:
    last = env.facts.notices[-1] if env.facts.notices else None
    days = (last.defence_days if last else None) or env.facts.defence_days
    reasons = env.facts.proposals[-1].imposition.discretion_reason if env.facts.proposals else ""
    return _opinion(env, now) | {
        "defence_days": days or 0,
        "reasons_given": last.reasons if last else reasons,
        "hearing_offered": last.hearing_offered if last else False,
    }


def _recorded(env: Env, now: datetime) -> dict[str, Any]:
    return {"began_at": now - HOUR, "ended_at": now, "place": env.facts.place}


def _filing(env: Env, now: datetime) -> dict[str, Any]:
    """What the lead, or the case that was sent back, says already."""
    facts = env.facts
    lead = facts.lead
    if facts.case_id is not None:
        return {
            "item_key": facts.item_key,
            "cause": facts.cause,
            "act": facts.act,
            "acted_at": facts.acted_at,
            "discovered_on": facts.discovered_on,
            "place": facts.place,
            "plate": facts.plate,
            "ended_on": facts.ended_on,
            "harm": facts.harm,
            "party_id": facts.party.id,
            "grounds": facts.filing.grounds if facts.filing else "",
        }
    return {
        "party_kind": PartyKind.CITIZEN,
        "id_kind": IdKind.RESIDENT_ID,
        "item_key": lead.item_key if lead else None,
        "place": lead.place if lead else "",
        "party_name": lead.party_name if lead else "",
        "discovered_on": (lead.received_on if lead else None) or now.date(),
        "act": lead.findings if lead else "",
    }


def _lead(_env: Env, now: datetime) -> dict[str, Any]:
    return {"source": LeadSource.PATROL, "received_at": now}


def _moments(*names: str, place: bool = False) -> Callable[[Env, datetime], dict[str, Any]]:
    def found(env: Env, now: datetime) -> dict[str, Any]:
        said: dict[str, Any] = dict.fromkeys(names, now)
        return said | ({"place": env.facts.place} if place else {})

    return found


def _served(env: Env, _now: datetime) -> dict[str, Any]:
    steps = offered.rows_of("served_steps", env.facts, env.choices, {})
    return {
        "of": steps[0][0] if steps else CaseStep.ANNOUNCED,
        "method": ServiceMethod.DIRECT,
        "place": env.facts.party.address,
    }


def _dispose(env: Env, _now: datetime) -> dict[str, Any]:
    left = [one for one in env.facts.preservations if one.disposed_on is None]
    return {"things": _listed(left[-1].things)} if left else {}


def _release(env: Env, _now: datetime) -> dict[str, Any]:
    left = [one for one in env.facts.seizures if one.released_on is None]
    return {"things": _listed(left[-1].things)} if left else {}


def _listed(things: Collection[Any]) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "quantity": one.quantity, "note": one.note, "disposal": one.disposal}
        for one in things
    ]


def _paid(env: Env, _now: datetime) -> dict[str, Any]:
    late = course_clocks.additional_open_fen(env.facts, env.facts.today)
    return {
        "amount_yuan": course_clocks.open_fen(env.facts) or None,
        "additional_yuan": late or None,
    }


def _deferral(env: Env, now: datetime) -> dict[str, Any]:
    owed = course_clocks.open_fen(env.facts)
    part = {"due_on": (now.date() + MONTH).isoformat(), "amount_yuan": f"{owed / 100:.2f}"}
    return {"parts": [part]} if owed else {}


def _court(env: Env, _now: datetime) -> dict[str, Any]:
    organ = env.facts.organ
    heads = [one.id for one in env.choices.people if one.post is OfficerPost.HEAD]
    return {
        "court": organ.court if organ else "",
        "signed_by_id": heads[0] if len(heads) == 1 else None,
    }


def _closing(env: Env, _now: datetime) -> dict[str, Any]:
    facts = env.facts
    decision = facts.decision
    if decision is None:
        way = ClosingWay.TRANSFERRED
    elif decision.revoked_on is not None:
        way = ClosingWay.REVOKED
    elif decision.outcome is not Outcome.PENALTY:
        way = ClosingWay.NO_PENALTY
    elif facts.applications:
        way = ClosingWay.ENFORCED
    elif any(one.outcome is RemedyOutcome.CHANGED for one in facts.remedies):
        way = ClosingWay.RECONSIDERED
    else:
        way = ClosingWay.PERFORMED
    paid = sum(one.amount_fen for one in facts.payments)
    words = f"罚款 {paid / 100:g} 元已于 {facts.payments[-1].on} 缴清，建议结案。" if paid else ""
    return {"way": way, "words": words}


def _matter(env: Env, _now: datetime) -> dict[str, Any]:
    waiting = list(sign_off.waiting_for(env.facts))
    return {"matter": waiting[0] if waiting else None, "agrees": True}


def _period(env: Env, now: datetime) -> dict[str, Any]:
    del env
    return {"kind": PeriodKind.SUSPENSION, "first": now.date()}


def _heads(env: Env, _now: datetime) -> dict[str, Any]:
    heads = [one for one in env.choices.people if one.post is OfficerPost.HEAD]
    return {
        "attendees": [
            {"person_id": one.id, "position": one.post.label, "opinion": ""} for one in heads
        ]
    }


def _approved(env: Env, now: datetime) -> dict[str, Any]:
    heads = [one.id for one in env.choices.people if one.post is OfficerPost.HEAD]
    return {
        "approved_by_id": heads[0] if len(heads) == 1 else None,
        "approved_on": now.date(),
        "place": env.facts.place,
    }


def _extend(env: Env, now: datetime) -> dict[str, Any]:
    held = [one for one in env.facts.seizures if one.released_on is None and one.until_on]
    until = held[-1].until_on + MONTH if held and held[-1].until_on else None
    return {"until_on": until, "approved_by_id": _approved(env, now)["approved_by_id"]}


def _hearing(env: Env, now: datetime) -> dict[str, Any]:
    open_ones = [one for one in env.facts.hearings if one.open]
    begins = open_ones[-1].hearing_at if open_ones else None
    return {"began_at": begins or now, "ended_at": now}


def _correction(env: Env, _now: datetime) -> dict[str, Any]:
    item = env.facts.item
    return {"basis": item.sanctioned_by[0].cite if item and item.sanctioned_by else ""}


_OF_FORM: Mapping[str, Callable[[Env, datetime], dict[str, Any]]] = {
    "LeadForm": _lead,
    "FilingForm": _filing,
    "SignOffForm": _matter,
    "InquiryForm": _recorded,
    "InspectionForm": _recorded,
    "EducationForm": _recorded,
    "SampleForm": _recorded,
    "PhotosForm": _moments("taken_at", place=True),
    "SummonForm": lambda _env, _now: {"bring": "身份证明、营业执照、与案件有关的材料"},
    "PreserveForm": _approved,
    "DisposeForm": _dispose,
    "SeizeForm": _moments("done_at", place=True),
    "ExtendSeizureForm": _extend,
    "ReleaseSeizureForm": _release,
    "CorrectionForm": _correction,
    "PeriodForm": _period,
    "ConcludeForm": _opinion,
    "ProposeDecisionForm": _opinion,
    "AnnounceForm": _announce,
    "HoldHearingForm": _hearing,
    "DiscussForm": _heads,
    "DecideTransferForm": _moments("decided_at"),
    "TransferForm": _moments("transferred_at"),
    "ServeForm": _served,
    "FailForm": _served,
    "ReceiptForm": _paid,
    "DeferForm": _deferral,
    "CourtForm": _court,
    "ProposeClosureForm": _closing,
}
