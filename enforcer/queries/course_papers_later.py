"""What the papers say from the report to the decision, out of the facts of the case."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from enforcer.course_terms import Outcome, RecordKind
from enforcer.documents import course_clauses
from enforcer.documents import course_facts_decision as deciding
from enforcer.documents import course_facts_start as start
from enforcer.documents.course_clauses import ended
from enforcer.documents.course_facts import ImpositionOnPaper, PersonOnPaper
from enforcer.law.course_decision import DefenceStatement, Hearing, Proposal
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.law.lifecycle_guards_notice import hearing_needed
from enforcer.paper_terms import Matter
from enforcer.queries.course_papers_source import (
    Source,
    breached_of,
    day_typed,
    evidence,
    filled_in,
    imposition,
    moment,
    names,
    notice_named,
    party_person,
    person_of,
)
from enforcer.terms import CaseStep, Defence, Needed

_ASKS = re.compile(
    r"[，。；,]?\s*(?:当否|妥否)[，,]?\s*请[^，。；]{0,8}(?:审批|审核|批示|指示)[。！]?$"
)


def _opinion(facts: CaseFacts, one: Proposal | None) -> deciding.OpinionOnPaper | None:
    if one is None:
        return None
    heard = _heard(facts)
    return deciding.OpinionOnPaper(
        imposition=imposition(facts, one.imposition),
        facts=one.facts,
        evidence=evidence(one.evidence),
        words=_asked_off(one.words),
        defence_words=defence_words(facts),
        hearing_words=_hearing_words(heard) if heard else "",
        review_words=_reviewed(facts),
        hearing_offered=one.hearing_offered,
        hearing_needed=hearing_needed(facts, one).needed is Needed.YES,
        defence_days=one.defence_days or facts.defence_days,
        new_facts=one.new_facts,
        reasons=one.reasons,
    )


def _asked_off(words: str) -> str:
    """The opinion without its closing 妥否，请领导审批: the form prints that itself."""
    return ended(_ASKS.sub("", words.strip()))


def _report(source: Source) -> deciding.OpinionOnPaper | None:
    return _opinion(source.facts, source.facts.report)


def _notice(source: Source) -> deciding.OpinionOnPaper | None:
    return _opinion(source.facts, source.chosen(source.facts.notices))


def _approval(source: Source) -> deciding.OpinionOnPaper | None:
    return _opinion(source.facts, source.facts.put_forward)


def _statement(facts: CaseFacts) -> DefenceStatement | None:
    """What the party said last to the last notice, else that it waived."""
    if not facts.notices:
        return None
    last = facts.notices[-1].id
    mine = [one for one in facts.defences if one.notice_id == last] or list(facts.defences)
    spoken = [one for one in mine if one.words]
    found = spoken or mine
    return found[-1] if found else None


def _state(one: DefenceStatement | None) -> Defence | None:
    if one is None:
        return None
    if one.waived and not one.words:
        return Defence.WAIVED
    return Defence.ADOPTED if one.adopted else Defence.REJECTED


def defence_words(facts: CaseFacts) -> str:
    """What the party answered to the last notice, and what came of it."""
    one = _statement(facts)
    state = _state(one)
    if one is None or state is None:
        return "当事人未提出陈述、申辩。"
    if state is Defence.WAIVED:
        return "当事人明确放弃陈述、申辩的权利。"
    said = {True: "予以采纳", False: "不予采纳", None: "尚未复核"}[one.adopted]
    return f"当事人陈述、申辩：{ended(one.words)}经复核，{said}。"


def _heard(facts: CaseFacts) -> Hearing | None:
    return next((one for one in reversed(facts.hearings) if one.held_on), None)


def _hearing_words(one: Hearing) -> str:
    """That a hearing was held, and what came of it (第六十五条)."""
    day = course_clauses.day(one.held_on)
    came = "当事人及其代理人参加了听证" if one.attended else "当事人及其代理人没有到场，听证终止"
    return f"本机关于{day}举行听证，{came}。{ended(one.report_words)}"


def _reviewed(facts: CaseFacts) -> str:
    said = []
    if facts.reviews:
        one = facts.reviews[-1]
        day = course_clauses.day(one.on)
        said.append(f"法制审核（{one.reviewer}，{day}）：{one.opinion.label}。")
    if facts.discussions:
        last = facts.discussions[-1]
        said.append(f"负责人集体讨论（{course_clauses.day(last.on)}）：{ended(last.conclusion)}")
    return "".join(said)


def _waiver(source: Source) -> deciding.WaiverOnPaper | None:
    one = source.chosen(source.facts.notices)
    if one is None:
        return None
    said = [each for each in source.facts.defences if each.notice_id == one.id]
    title, number = notice_named(source, one)
    return deciding.WaiverOnPaper(
        notice_title=title,
        notice_number=number,
        hearing_offered=one.hearing_offered,
        defence_waived=any(each.waived for each in said),
        hearing_waived=any(each.hearing_waived for each in said),
    )


def _defence_record(source: Source) -> start.RecordOnPaper | None:
    """陈述申辩笔录: what was typed of the hearing of it; the rest is left to the hand."""
    spoken = [one for one in source.facts.defences if one.words] or list(source.facts.defences)
    one = source.chosen(spoken)
    if one is None:
        return None
    said = source.typed(CaseStep.DEFENDED, one.id)
    known = party_person(source.facts.party, one.speaker or source.facts.party.name)
    typed = person_of(known.name, said.get("speaker_role", ""), said.get("speaker_details") or {})
    return start.RecordOnPaper(
        began_at=moment(said.get("began_at")),
        ended_at=moment(said.get("ended_at")),
        place=said.get("place", ""),
        person=filled_in(typed, known),
        witness=said.get("present", ""),
        recorder=said.get("recorder", ""),
        certificates_shown=True,
        rights_told=True,
        content=one.words,
    )


def _defence_review(source: Source) -> deciding.DefenceReviewOnPaper | None:
    one = source.chosen([each for each in source.facts.defences if each.words])
    if one is None:
        return None
    said = {True: "理由成立，建议采纳。", False: "理由不成立，建议不予采纳。", None: ""}
    return deciding.DefenceReviewOnPaper(
        speaker=one.speaker or source.facts.party.name,
        heard_on=one.on,
        words=one.words,
        evidence=one.evidence,
        course=one.review_words,
        adopted=one.adopted,
        opinion=said[one.adopted],
        reviewer=one.reviewer,
    )


def _hearing(source: Source) -> deciding.HearingOnPaper | None:
    """What came of it; a paper that calls to it says when it is to be, whatever came of it since."""
    one = source.chosen(source.facts.hearings)
    if one is None:
        return None
    heard = _heard_as(source, one)
    if source.step is not CaseStep.HEARING_NOTICED:
        return heard
    contact = "、".join(each.name for each in source.facts.handlers)
    return replace(heard, at=one.hearing_at, ended_at=None, contact=contact)


def _heard_as(source: Source, one: Hearing) -> deciding.HearingOnPaper:
    report = source.facts.put_forward or source.facts.report
    told = source.typed(CaseStep.HEARING_NOTICED, one.id)
    held = source.typed(CaseStep.HEARING, one.id)
    reported = source.typed(CaseStep.HEARING_REPORTED, one.id)
    agents = held.get("agents") or [{"name": x.name, "authority": x.authority} for x in one.agents]
    return deciding.HearingOnPaper(
        requested_on=one.requested_on,
        at=one.began_at or one.hearing_at,
        ended_at=one.ended_at,
        place=one.place,
        is_public=one.is_public,
        private_reason=one.private_reason,
        chair=one.chair,
        members=names(told.get("members", "")),
        recorder=one.recorder,
        recusal_by=day_typed(told.get("recusal_by")),
        agents=tuple(
            PersonOnPaper(
                name=each["name"],
                authority=each.get("authority", ""),
                employer=each.get("employer", ""),
                phone=each.get("phone", ""),
            )
            for each in agents
        ),
        others=held.get("others", ""),
        attended=one.attended,
        record=one.record,
        signed=one.signed,
        refusal_reason=one.refusal_reason,
        course=_session(one) + ended(reported.get("course", "")),
        facts=ended(report.facts) if report else "",
        opinion=ended(one.report_words),
    )


def _session(one: Hearing) -> str:
    """That it was held, who came, and how it was recorded."""
    if one.held_on is None:
        return ""
    agents = "、".join(each.name for each in one.agents)
    came = "当事人及其代理人没有到场，听证终止"
    if one.attended:
        came = f"当事人一方到场（代理人：{agents}）" if agents else "当事人到场"
    how = "公开" if one.is_public else "不公开"
    record = "听证笔录已交当事人一方核对、签名" if one.signed else "当事人一方没有在听证笔录上签名"
    end = f"。{record}。" if one.attended else "。"
    return f"听证于{course_clauses.day(one.held_on)}在{one.place}{how}举行，由{one.chair}主持，{came}{end}"


def _review(source: Source) -> deciding.ReviewOnPaper | None:
    facts = source.facts
    one = source.chosen(facts.reviews)
    if one is None:
        return None
    put = _before(facts, one.on)
    proposed = course_clauses.penalty(imposition(facts, put.imposition)) if put else ""
    said = source.typed(CaseStep.LEGAL_REVIEWED, one.id)
    return deciding.ReviewOnPaper(
        sent_on=facts.last(CaseStep.CONCLUDED),
        proposed=proposed,
        opinion=one.opinion,
        words=ended(one.words) or f"{one.opinion.label}。",
        reviewer=one.reviewer,
        reviewer_is_handler=one.reviewer_id in {each.id for each in facts.handlers},
        qualification=one.qualification or ("" if one.first_time else "不是初次从事法制审核。"),
        **{name: said.get(name, "") for name in _REVIEWED},
    )


def _told(facts: CaseFacts, day: date) -> bool:
    """Whether the party had been told by then what was to be imposed."""
    return any(one.on <= day for one in facts.notices)


_REVIEWED = ("subject", "facts", "law", "procedure", "crime", "note")


def _before(facts: CaseFacts, day: date) -> Proposal | None:
    """What was proposed last when a review or a discussion took place."""
    known = [one for one in facts.proposals if one.on <= day]
    return known[-1] if known else facts.report


def _discussion(source: Source) -> deciding.DiscussionOnPaper | None:
    facts = source.facts
    one = source.chosen(facts.discussions)
    if one is None:
        return None
    put = _before(facts, one.on)
    said = source.typed(CaseStep.DISCUSSED, one.id)
    heard = _heard(facts)
    reviews = [each for each in facts.reviews if each.on <= one.on]
    return deciding.DiscussionOnPaper(
        began_at=moment(said.get("began_at")),
        ended_at=moment(said.get("ended_at")),
        place=one.place,
        reason=said.get("reason", "") or _why_together(put),
        host=one.attendees[0].name if one.attendees else "",
        reporter=said.get("reporter", "") or "、".join(each.name for each in facts.handlers),
        recorder=said.get("recorder", ""),
        observers=said.get("observers", ""),
        facts=put.facts if put else "",
        evidence=evidence(put.evidence) if put else (),
        imposition=imposition(facts, put.imposition) if put else ImpositionOnPaper(),
        review_words=f"{reviews[-1].opinion.label}。{ended(reviews[-1].words)}" if reviews else "",
        defence_words=defence_words(facts) if _told(facts, one.on) else "",
        hearing_words=_hearing_words(heard)
        if heard and heard.held_on and heard.held_on <= one.on
        else "",
        attendees=tuple(
            deciding.AttendeeOnPaper(
                name=each.name, position=each.position, opinion=each.opinion or "同意。"
            )
            for each in one.attendees
        ),
        conclusion=one.conclusion,
    )


def _why_together(put: Proposal | None) -> str:
    """Why the heads decide together (第五十七条第二款)."""
    found = [
        words
        for words, holds in (
            ("情节复杂", put is not None and put.complicated),
            ("重大违法行为", put is not None and put.serious),
        )
        if holds
    ]
    why = "、".join(found) or "情节复杂或者重大违法行为"
    return f"{why}，由行政机关负责人集体讨论决定"


def _decision(source: Source) -> deciding.DecisionOnPaper | None:
    facts, put = source.facts, source.facts.put_forward
    if put is None or facts.decision is None:
        return None
    statement = _statement(facts)
    state = _state(statement)
    heard = _heard(facts)
    rechecked = [one for one in facts.corrections if one.corrected]
    taught = [one for one in facts.records if one.kind is RecordKind.EDUCATION]
    return deciding.DecisionOnPaper(
        imposition=imposition(facts, put.imposition),
        facts=put.facts,
        evidence=evidence(put.evidence),
        defence=state,
        defence_words=statement.words if statement else "",
        defence_answer=statement.review_words if statement else "",
        hearing_words=_hearing_words(heard) if heard else "",
        hearing_held_on=heard.held_on if heard else None,
        corrected=_corrected(facts, put),
        corrected_on=rechecked[-1].rechecked_on if rechecked else None,
        education=taught[-1].content.replace("\n", "") if taught else "",
    )


def _corrected(facts: CaseFacts, put: Proposal) -> str:
    """How the act was put right: as re-inspected, else as the condition 及时改正 was proven."""
    rechecked = [one for one in facts.corrections if one.corrected]
    if rechecked:
        return rechecked[-1].recheck_words or rechecked[-1].content
    proven = [
        tick.evidence for key, tick in put.imposition.ticks.items() if "改正" in key and tick.holds
    ]
    return f"当事人已及时改正，有{'、'.join(proven)}证实" if proven else ""


def _punished(source: Source) -> deciding.DecisionOnPaper | None:
    known = source.facts.decision
    return _decision(source) if known and known.outcome is Outcome.PENALTY else None


def _spared(source: Source) -> deciding.DecisionOnPaper | None:
    known = source.facts.decision
    return _decision(source) if known and known.outcome is not Outcome.PENALTY else None


def _pledge(source: Source) -> deciding.PledgeOnPaper | None:
    facts = source.facts
    put = facts.put_forward or facts.report
    return deciding.PledgeOnPaper(
        act=facts.act,
        breached=breached_of(facts),
        corrected=_corrected(facts, put).removeprefix("当事人") if put else "",
        promises=("不再发生同类违法行为", "接受监督检查，如实提供情况"),
    )


MATTERS: Mapping[Matter, Callable[[Source], Any]] = {
    Matter.REPORT: _report,
    Matter.NOTICE: _notice,
    Matter.PROPOSAL: _approval,
    Matter.WAIVER: _waiver,
    Matter.DEFENCE: _defence_record,
    Matter.DEFENCE_REVIEW: _defence_review,
    Matter.HEARING: _hearing,
    Matter.REVIEW: _review,
    Matter.DISCUSSION: _discussion,
    Matter.PENALTY: _punished,
    Matter.NO_PENALTY: _spared,
    Matter.PLEDGE: _pledge,
}
