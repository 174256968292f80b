"""Fields of the papers from the report of the investigation to the decision."""

from __future__ import annotations

from typing import Any

from enforcer.course_terms import Gains, Outcome, ReviewOpinion
from enforcer.documents import course_clauses, course_words
from enforcer.documents.course_clauses import bare, day, ended
from enforcer.documents.course_facts import CoursePaper, ImpositionOnPaper
from enforcer.documents.course_facts_decision import (
    DecisionOnPaper,
    DefenceReviewOnPaper,
    DiscussionOnPaper,
    HearingOnPaper,
    OpinionOnPaper,
    PledgeOnPaper,
    ReviewOnPaper,
    WaiverOnPaper,
)
from enforcer.terms import NoPenaltyReason


def imposition(one: ImpositionOnPaper) -> dict[str, Any]:
    """What is imposed, in words; `items` one penalty each."""
    punished = one.outcome is Outcome.PENALTY
    return {
        "outcome": one.outcome.label,
        "punished": punished,
        "established": one.outcome is not Outcome.NOT_ESTABLISHED
        and one.no_penalty_reason is not NoPenaltyReason.NOT_ESTABLISHED,
        "penalty": course_clauses.penalty(one),
        "items": course_words.items(course_clauses.penalties(one)),
        "breached": one.breached,
        "sanctioned_by": one.sanctioned_by,
        "discretion": one.discretion.label,
        "discretion_words": course_clauses.discretion(one) if punished else "",
        "law_reason": ended(one.law_reason),
        "benchmark": one.benchmark,
        "gains": gains(one),
        "correction": bare(one.correction),
        "corrected": f"（已于{day(one.corrected_on)}改正）" if one.corrected_on else "",
        "listed": f"，符合{one.listed}列明的条件" if one.listed else "",
        "reason": course_clauses.no_penalty_reason(one),
        "basis": course_clauses.no_penalty_basis(one),
    }


def gains(one: ImpositionOnPaper) -> str:
    """违法所得: none, so much, or not to be reckoned (行政处罚法 第二十八条第二款)."""
    if one.gains is Gains.KNOWN:
        return f"违法所得{course_clauses.amount(one.gains_fen)}"
    return one.gains.label if one.gains else ""


def opinion(one: OpinionOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """案件调查终结报告, 行政处罚事先告知书, 案件处理审批表."""
    you = paper.case.party.you
    return {
        "opinion": {
            "facts": bare(one.facts),
            "facts_lines": course_words.lines(one.facts),
            "course": one.course,
            "words": one.words,
            "defence": one.defence_words,
            "hearing": one.hearing_words,
            "review": one.review_words,
            "hearing_offered": one.hearing_offered,
            "new_facts": bare(one.new_facts),
            "reasons": ended(one.reasons),
            "evidence_line": "；".join(course_words.proof(each) for each in one.evidence),
        },
        "evidence": course_words.evidence(one.evidence),
        "penalty": imposition(one.imposition),
        "rights": {
            "defence": course_clauses.defence_right(you, one.defence_days),
            "hearing": course_clauses.hearing_right(you, offered=one.hearing_offered),
        },
    }


def decision(one: DecisionOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """行政处罚决定书, 不予行政处罚决定书."""
    case = paper.case
    you = case.party.you
    until = case.notice.defence_until if case.notice else None
    told = case.notice
    return {
        "decision": {
            "course": one.course,
            "facts": bare(one.facts),
            "facts_lines": course_words.lines(one.facts),
            "hearing": one.hearing_words,
            "told": day(told.served_on) if told else "",
            "notice_number": told.number if told else "",
            "notice": course_clauses.titled(told.title, told.number) if told else "",
            "rights": "陈述、申辩和要求听证的权利"
            if told and told.hearing_offered
            else "陈述、申辩的权利",
            "reason_words": f"（{bare(one.imposition.discretion_reason)}）"
            if one.imposition.discretion_reason
            else "",
            "defence": course_clauses.defence(
                one.defence, one.defence_words, one.defence_answer, you, until
            ),
            "other_performance": bare(one.other_performance),
            "corrected": bare(one.corrected),
            "corrected_when": f"（{day(one.corrected_on)}）" if one.corrected_on else "",
            "education": bare(one.education),
        },
        "evidence": course_words.evidence(one.evidence),
        "penalty": imposition(one.imposition),
        "payment": {
            "words": course_clauses.payment(one.imposition, case.organ, you),
            "additional": course_clauses.additional_fine(one.imposition, paper.on),
            "enforcement": course_clauses.enforcement(),
        },
        "remedy": {
            "words": course_clauses.remedy(case.organ, you),
            "not_suspended": course_clauses.not_suspended(),
        },
    }


def defence_review(one: DefenceReviewOnPaper, _: CoursePaper) -> dict[str, Any]:
    """陈述申辩复核意见书."""
    adopted = {True: "采纳", False: "不采纳", None: ""}[one.adopted]
    return {
        "review": {
            "speaker": one.speaker,
            "heard": day(one.heard_on),
            "words": one.words,
            "evidence": one.evidence,
            "course": one.course,
            "adopted": adopted,
            "opinion": one.opinion,
            "reviewer": one.reviewer,
        }
    }


def waiver(one: WaiverOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """行政处罚事先告知书回执."""
    you = "本单位" if paper.case.party.you == "你单位" else "本人"
    return {
        "waiver": {
            "i": you,
            "notice_number": one.notice_number,
            "notice": course_clauses.titled(one.notice_title, one.notice_number),
            "defence": "放弃陈述、申辩"
            if one.defence_waived
            else "要求陈述、申辩"
            if one.words
            else "",
            "hearing": "放弃听证" if one.hearing_waived else "",
            "hearing_offered": one.hearing_offered,
            "words": one.words,
        }
    }


def hearing(one: HearingOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """听证通知书, 听证笔录, 听证报告."""
    opened = "公开" if one.is_public else f"不公开（{bare(one.private_reason)}）"
    return {
        "hearing": {
            "requested": day(one.requested_on),
            "time": course_words.minute(one.at),
            "weekday": course_words.weekday(one.at),
            "span": course_words.until(one.at, one.ended_at),
            "place": one.place,
            "way": opened,
            "public": one.is_public,
            "chair": one.chair,
            "members": "、".join(one.members),
            "recorder": one.recorder,
            "recusal_by": day(one.recusal_by),
            "contact": one.contact,
            "others": one.others,
            "attended": one.attended,
            "lines": course_words.lines(one.record),
            "record": one.record,
            "refusal": ""
            if one.signed
            else course_clauses.unsigned(one.refusal_reason, "", "当事人或者其代理人"),
            "course": one.course,
            "facts": one.facts,
            "opinion": one.opinion,
        },
        "agents": [course_words.person(each) for each in one.agents],
        "investigators": course_words.officers(paper.case.handlers),
    }


def legal_review(one: ReviewOnPaper, _: CoursePaper) -> dict[str, Any]:
    """法制审核意见书."""
    return {
        "review": {
            "sent": day(one.sent_on),
            "proposed": one.proposed,
            "subject": one.subject,
            "facts": one.facts,
            "law": one.law,
            "procedure": one.procedure,
            "crime": one.crime,
            "opinion": one.opinion.label if one.opinion else "",
            "agreed": one.opinion is ReviewOpinion.AGREED,
            "words": one.words,
            "reviewer": one.reviewer,
            "qualification": one.qualification,
            "note": one.note,
        }
    }


def discussion(one: DiscussionOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """案件集体讨论记录; hours that were not typed are left to the hand."""
    hours = f"{day(paper.on)}　　时　　分至　　时　　分"
    return {
        "discussion": {
            "time": course_words.until(one.began_at, one.ended_at) if one.began_at else hours,
            "place": one.place,
            "reason": one.reason,
            "host": one.host,
            "reporter": one.reporter,
            "recorder": one.recorder,
            "observers": one.observers,
            "facts": ended(one.facts),
            "evidence": "；".join(course_words.proof(each) for each in one.evidence),
            "breached": one.imposition.breached,
            "sanctioned_by": one.imposition.sanctioned_by,
            "discretion": course_clauses.discretion(one.imposition),
            "proposed": course_clauses.penalty(one.imposition) if one.facts else "",
            "review": one.review_words,
            "defence": one.defence_words,
            "hearing": one.hearing_words,
            "conclusion": ended(one.conclusion),
            "present": "、".join(
                f"{each.name}（{each.position}）" if each.position else each.name
                for each in one.attendees
            ),
        },
        "attendees": [
            {"name": each.name, "position": each.position, "opinion": ended(each.opinion)}
            for each in one.attendees
        ],
    }


def pledge(one: PledgeOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """改正承诺书."""
    you = "本单位" if paper.case.party.you == "你单位" else "本人"
    return {
        "pledge": {
            "i": you,
            "act": bare(one.act),
            "breached": one.breached,
            "corrected": bare(one.corrected),
            "promises": course_words.items(one.promises),
        }
    }
