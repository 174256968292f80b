"""What the papers say from the lead to the end of the investigation, out of the facts of the case."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from enforcer.course_terms import LeadOutcome, RecordKind, SignOffMatter
from enforcer.documents import course_facts_start as start
from enforcer.law import course_clocks, deadlines, sign_off
from enforcer.law.course_investigation import WrittenRecord
from enforcer.paper_terms import Matter
from enforcer.queries.course_papers_source import (
    Source,
    breached_of,
    day_typed,
    detail,
    filled_in,
    party_person,
    person_of,
    things,
)
from enforcer.terms import CaseStep

_TURN = re.compile(r"(?<=[^\n])[^\S\n]*(?=(?:问|答)：)")
RECORDS = {
    Matter.INSPECTION: RecordKind.INSPECTION,
    Matter.INQUIRY: RecordKind.INQUIRY,
    Matter.PHOTOS: RecordKind.PHOTOS,
    Matter.SAMPLING: RecordKind.SAMPLING,
    Matter.EDUCATION: RecordKind.EDUCATION,
}

_STEPS = {Matter.INSPECTION: CaseStep.INSPECTION, Matter.INQUIRY: CaseStep.INQUIRY}
"""Records whose step keeps more than the record itself."""


def records_of(source: Source, matter: Matter) -> tuple[WrittenRecord, ...]:
    """The written records a paper may be filled from."""
    return tuple(one for one in source.facts.records if one.kind is RECORDS[matter])


def _lead(source: Source) -> start.LeadOnPaper | None:
    one = source.facts.lead
    if one is None:
        return None
    return start.LeadOnPaper(
        source=one.source.label,
        source_number=one.source_number,
        received_at=one.received_at,
        informant=one.informant,
        informant_phone=one.informant_phone,
        secret=one.secret,
        reply_due_on=one.reply_due_on,
        party_name=one.party_name or source.facts.party.name,
        place=one.place,
        content=one.content,
        attachments=one.attachments,
        recorder=one.recorder,
        checked_on=one.checked_on,
        findings=one.findings,
        outcome=one.outcome.label if one.outcome else "",
        outcome_reason=one.outcome_reason,
        outcome_on=one.outcome_on,
        reply=one.reply,
        replied_on=one.replied_on,
    )


def _filing(source: Source) -> start.FilingOnPaper | None:
    facts, one = source.facts, source.facts.filing
    if one is None:
        return None
    lead = facts.lead
    return start.FilingOnPaper(
        act=facts.act,
        summary=facts.act,
        checked_on=lead.checked_on if lead else None,
        findings=lead.findings if lead else "",
        grounds=_ended(one.grounds),
        breached=breached_of(facts),
        words=_ended(one.words) or "建议立案调查。",
        proposed=one.officers,
    )


def _refused(source: Source) -> start.FilingOnPaper | None:
    """不予立案: the reason is what the head said when he refused, else what the lead says."""
    facts, one = source.facts, source.facts.filing
    lead = facts.lead
    if facts.filed_on is not None or (one is None and lead is None):
        return None
    signed = sign_off.round_of(facts, SignOffMatter.FILING)
    refusal = next((each.words for each in reversed(signed) if not each.agrees), "")
    refused = lead is not None and lead.outcome is LeadOutcome.REFUSED
    reason = refusal or (lead.outcome_reason if lead and refused else "")
    findings = lead.findings if lead else ""
    return start.FilingOnPaper(
        summary=findings or facts.act,
        grounds=_ended(reason),
        breached=breached_of(facts),
        words="建议不予立案。",
    )


def _record(matter: Matter) -> Callable[[Source], start.RecordOnPaper | None]:
    def made(source: Source) -> start.RecordOnPaper | None:
        one = source.chosen(records_of(source, matter))
        if one is None:
            return None
        typed = person_of(one.person, one.person_role, one.person_details)
        person = filled_in(typed, party_person(source.facts.party, one.person))
        step = _STEPS.get(matter)
        said = source.typed(step, one.id) if step else {}
        return start.RecordOnPaper(
            began_at=one.began_at,
            ended_at=one.ended_at,
            place=one.place,
            person=person,
            in_charge=person,
            witness=one.witness,
            witness_address=said.get("witness_address", "")
            or detail(one.person_details, "witness_address"),
            recusal_answer=said.get("recusal_answer", ""),
            attached=said.get("attached", ""),
            recorder=one.recorder,
            certificates_shown=one.certificates_shown,
            rights_told=one.rights_told,
            content=_spoken(one.content) if one.kind is RecordKind.INQUIRY else one.content,
            signed=one.signed,
            refusal_reason=one.refusal_reason,
            way=source.typed(CaseStep.EDUCATED, one.id).get("way", "")
            or detail(one.person_details, "way"),
        )

    return made


def _spoken(text: str) -> str:
    """Each question and each answer on a line of its own."""
    return _TURN.sub("\n", text)


def _photos(source: Source) -> start.PhotosOnPaper | None:
    one = source.chosen(records_of(source, Matter.PHOTOS))
    if one is None:
        return None
    by = one.officers[0] if one.officers else one.recorder
    return start.PhotosOnPaper(
        photos=tuple(
            start.PhotoOnPaper(
                name=each.name,
                place=one.place,
                taken_at=one.began_at,
                taken_by=by,
                content=each.note or one.content,
            )
            for each in one.things
        ),
        confirmed_by=one.person,
        signed=one.signed,
        refusal_reason=one.refusal_reason,
        witness=one.witness,
    )


def _sampling(source: Source) -> start.SamplingOnPaper | None:
    one = source.chosen(records_of(source, Matter.SAMPLING))
    if one is None:
        return None
    return start.SamplingOnPaper(
        began_at=one.began_at,
        ended_at=one.ended_at,
        place=one.place,
        in_charge=one.person,
        phone=detail(one.person_details, "phone"),
        breached=breached_of(source.facts),
        reason=source.facts.act,
        words=one.content,
        things=things(one.things),
        signed=one.signed,
        refusal_reason=one.refusal_reason,
        witness=one.witness,
    )


def _summons(source: Source) -> start.SummonsOnPaper | None:
    one = source.chosen(source.facts.summonses)
    if one is None:
        return None
    return start.SummonsOnPaper(
        person=one.person,
        act=source.facts.act,
        come_at=one.come_at,
        place=one.place,
        bring=one.bring,
        contact=one.contact,
    )


def _correction(source: Source) -> start.CorrectionOnPaper | None:
    one = source.chosen(source.facts.corrections)
    if one is None:
        return None
    return start.CorrectionOnPaper(
        act=source.facts.act,
        breached=breached_of(source.facts),
        basis=one.basis,
        content=one.content,
        at_once=one.at_once,
        due_on=one.due_on,
    )


def _preservation(source: Source) -> start.PreservationOnPaper | None:
    one = source.chosen(source.facts.preservations)
    if one is None:
        return None
    return start.PreservationOnPaper(
        act=source.facts.act,
        breached=breached_of(source.facts),
        reason=one.reason,
        in_place=one.in_place,
        place=one.place,
        from_on=one.on,
        until_on=one.due_on,
        things=things(one.things),
        approved_by=one.approved_by,
        approved_on=one.approved_on,
        notice_number=source.number_of("preservation_notice", one.id),
        notice_on=source.day_of("preservation_notice", one.id) or one.on,
        disposed=things(one.disposed),
        disposal_words=one.disposal_words or "上述证据已经处理",
    )


def _seizure(source: Source) -> start.SeizureOnPaper | None:
    one = source.chosen(source.facts.seizures)
    if one is None:
        return None
    first_end = course_clocks.seizure_due(one, source.facts)
    until = one.until_on
    moved = one.extended_on is not None or course_clocks.tested_days(one)
    if (
        source.step is not CaseStep.SEIZURE_EXTENDED and moved
    ):  # as the decision said before it was moved
        until = deadlines.due("seizure", one.on, calendar=source.facts.calendar).due_on
    typed = source.typed(CaseStep.SEIZURE_RELEASED, one.id)
    approved = one.approved_at.date() if one.approved_at else None
    return start.SeizureOnPaper(
        kind=one.kind,
        act=source.facts.act,
        reason=one.reason,
        authority=one.authority,
        from_on=one.on,
        until_on=until,
        place=one.place,
        things=things(one.things),
        decision_number=source.number_of("seizure_decision", one.id),
        decision_on=source.day_of("seizure_decision", one.id) or one.on,
        extension_reason=one.extension_reason,
        extended_from=first_end + timedelta(days=1),
        approved_by=one.approved_by,
        approved_on=approved,
        release_reason=one.release_reason,
        released_on=one.released_on,
        released=things(one.disposed or one.things) if one.released_on else (),
        collect_at=typed.get("collect_at", "") or one.place,
        collect_by=day_typed(typed.get("collect_by")),
    )


def _recusal(source: Source) -> start.RecusalOnPaper | None:
    one = source.chosen(source.facts.recusals)
    if one is None:
        return None
    return start.RecusalOnPaper(
        officer=one.officer,
        by_party=one.by_party,
        asked_on=one.asked_on,
        reason=one.reason,
        granted=one.granted,
        words=one.decision_words or ("申请的理由成立" if one.granted else "申请的理由不能成立"),
    )


def _ended(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in "。！？" else f"{text}。"


MATTERS: Mapping[Matter, Callable[[Source], Any]] = {
    Matter.LEAD: _lead,
    Matter.FILING: _filing,
    Matter.REFUSED: _refused,
    Matter.RECUSAL: _recusal,
    Matter.INSPECTION: _record(Matter.INSPECTION),
    Matter.PHOTOS: _photos,
    Matter.SUMMONS: _summons,
    Matter.INQUIRY: _record(Matter.INQUIRY),
    Matter.CORRECTION: _correction,
    Matter.PRESERVATION: _preservation,
    Matter.SEIZURE: _seizure,
    Matter.SAMPLING: _sampling,
    Matter.EDUCATION: _record(Matter.EDUCATION),
}
