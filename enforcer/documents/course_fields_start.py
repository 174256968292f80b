"""Fields of the papers from the lead to the end of the investigation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from enforcer.documents import course_clauses, course_words
from enforcer.documents.course_clauses import bare, day, ended
from enforcer.documents.course_facts import CoursePaper, ThingOnPaper
from enforcer.documents.course_facts_start import (
    CorrectionOnPaper,
    FilingOnPaper,
    LeadOnPaper,
    PhotosOnPaper,
    PreservationOnPaper,
    RecordOnPaper,
    RecusalOnPaper,
    SamplingOnPaper,
    SeizureOnPaper,
    SummonsOnPaper,
)
from enforcer.terms import CaseStep

_RECORDED = 300  # signs of the beginning of a record in which the opening would be found
_DATED = re.compile(r"[0-9一二三四五六七八九十]+月[0-9一二三四五六七八九十]+日")
_OWN = (CaseStep.PRESERVED, CaseStep.SEIZED)
"""Papers that bear the number which the later papers of the measure cite."""


def lead(one: LeadOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """案件来源登记表."""
    hidden = "（要求保密）" if one.secret else ""
    return {
        "lead": {
            "source": one.source,
            "source_number": one.source_number,
            "received": course_words.minute(one.received_at),
            "informant": hidden or one.informant,
            "informant_phone": hidden or one.informant_phone,
            "reply_due": day(one.reply_due_on),
            "party": one.party_name,
            "known": bool(one.party_name) and one.party_name == paper.case.party.name,
            "place": one.place,
            "content": one.content,
            "attachments": one.attachments,
            "recorder": one.recorder,
            "checked": day(one.checked_on),
            "findings": one.findings,
            "outcome": one.outcome,
            "outcome_reason": one.outcome_reason,
            "outcome_day": day(one.outcome_on),
            "reply": one.reply,
            "replied": day(one.replied_on),
        }
    }


def deed(act: str, paper: CoursePaper) -> str:
    """What was done as it follows 你单位, with the moment and the place that its words leave out."""
    case, act = paper.case, bare(act).removeprefix(paper.case.party.name)
    if not act or _DATED.search(act):
        return act
    when = f"于{course_words.minute(case.acted_at)}" if case.acted_at else ""
    where = f"在{case.place}" if case.place and case.place not in act else ""
    return f"{when}{where}，{act}" if when or where else act


def filing(one: FilingOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """立案审批表, 不予立案审批表."""
    proposed = "、".join(one.proposed)
    accused = "" if "违反" in one.grounds else f"涉嫌违反{one.breached or '/'}的规定。"
    return {
        "filing": {
            "summary": one.summary,
            "course": _found(one, paper),
            "grounds": one.grounds,
            "breached": one.breached,
            "reason": f"{one.grounds}{accused}",
            "words": one.words,
            "named": bool(proposed) and proposed in one.words,
            "proposed": proposed,
            "by": paper.officers[0].name if paper.officers else "",
        }
    }


def _found(one: FilingOnPaper, paper: CoursePaper) -> str:
    """案情摘要: who, when, where, what; how it was found, and what the check brought to light."""
    case = paper.case
    said = bare(one.summary)
    if one.act:
        done = deed(one.act, paper)
        said = done if _DATED.search(bare(one.act)) else f"{case.party.name}{done}"
    said = ended(said)
    if case.discovered_on:
        by = f"通过{case.source}" if case.source else ""
        said += f"本机关于{day(case.discovered_on)}{by}发现。"
    checked = f"{day(one.checked_on)}核查：" if one.checked_on else "经核查："
    return f"{said}{checked}{ended(one.findings)}" if one.findings else said


def record(one: RecordOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """Any 笔录."""
    case = paper.case
    began = one.content[:_RECORDED]
    subject = case.suspected if case.days.decided_on is None else case.established
    opening = course_clauses.opening(case.organ.name, paper.officers, subject)
    return {
        "record": {
            "time": course_words.until(one.began_at, one.ended_at),
            "place": one.place,
            "recorder": one.recorder,
            "way": one.way,
            "witness": one.witness,
            "witness_address": one.witness_address,
            "shown": one.certificates_shown,
            "rights_told": one.rights_told,
            "recusal": one.recusal_answer,
            "attached": one.attached,
            "present": one.in_charge.name or one.person.name or one.witness,
            "opening": [] if "执法证" in began else _asked(one, opening),
            "lines": course_words.lines(one.content),
            "content": one.content,
            "closing": "" if "以上记录" in one.content[-_RECORDED:] else course_clauses.CLOSING,
            "refusal": ""
            if one.signed
            else course_clauses.unsigned(
                one.refusal_reason, one.witness, one.person.name or "当事人"
            ),
        },
        "person": course_words.person(one.person),
        "in_charge": course_words.person(one.in_charge),
    }


def _asked(one: RecordOnPaper, opening: Sequence[str]) -> list[dict[str, str]]:
    """The first questions, answered as far as the record says; the rest is for the hand."""
    typed = bool(one.content)
    answers = (
        "看清楚了，没有异议。" if typed and one.certificates_shown else "",
        ended(one.recusal_answer),
        "听清楚了。" if typed and one.rights_told else "",
    )
    return [
        {"words": asked, "answer": answer} for asked, answer in zip(opening, answers, strict=True)
    ]


def photos(one: PhotosOnPaper, _: CoursePaper) -> dict[str, Any]:
    """现场照片（图片）证据: one frame each."""
    count = len(one.photos)
    return {
        "photos": [
            {
                "name": photo.name,
                "place": photo.place,
                "time": course_words.minute(photo.taken_at),
                "by": photo.taken_by,
                "content": photo.content,
                "nth": f"第{n}张，共{count}张",
            }
            for n, photo in enumerate(one.photos, 1)
        ],
        "confirmation": {
            "by": one.confirmed_by,
            "refusal": ""
            if one.signed
            else course_clauses.unsigned(one.refusal_reason, one.witness),
        },
    }


def summons(one: SummonsOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """调查（询问）通知书."""
    own = one.person in ("", paper.case.party.name)
    return {
        "summons": {
            "person": one.person or paper.case.party.name,
            "you": paper.case.party.you if own else "你",
            "who": paper.case.party.you if own else paper.case.party.name,
            "act": bare(one.act),
            "deed": deed(one.act, paper),
            "time": course_words.minute(one.come_at),
            "weekday": course_words.weekday(one.come_at),
            "place": one.place,
            "bring": bare(one.bring),
            "contact": one.contact,
        }
    }


def correction(one: CorrectionOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """责令改正通知书."""
    return {
        "correction": {
            "act": bare(one.act),
            "deed": deed(one.act, paper),
            "breached": one.breached,
            "basis": one.basis,
            "content": bare(one.content),
            "at_once": one.at_once,
            "due": day(one.due_on),
        },
        "remedy": {
            "words": course_clauses.remedy(
                paper.case.organ, paper.case.party.you, "本通知", "本通知书"
            )
        },
    }


def preservation(one: PreservationOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """先行登记保存: approval, notice, list, disposal."""
    return {
        "preservation": {
            "act": bare(one.act),
            "deed": deed(one.act, paper),
            "breached": one.breached,
            "reason": bare(one.reason),
            "way": "就地保存" if one.in_place else "异地保存",
            "place": one.place,
            "first": day(one.from_on),
            "last": day(one.until_on),
            "summary": summary(one.things),
            "approved_by": one.approved_by,
            "approved": day(one.approved_on),
            "notice_number": one.notice_number or (paper.number if paper.rule.step in _OWN else ""),
            "notice": course_clauses.titled("先行登记保存证据通知书", one.notice_number),
            "notice_day": day(one.notice_on),
            "disposal": bare(one.disposal_words),
        },
        "things": course_words.things(one.things),
        "disposed": course_words.things(one.disposed),
    }


def seizure(one: SeizureOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """查封、扣押: decision, list, extension, release."""
    days = (one.until_on - one.from_on).days if one.from_on and one.until_on else 0
    return {
        "seizure": {
            "kind": one.kind.label,
            "act": bare(one.act),
            "deed": deed(one.act, paper),
            "reason": bare(one.reason),
            "authority": one.authority,
            "first": day(one.from_on),
            "last": day(one.until_on),
            "days": str(days) if days else "",
            "place": one.place,
            "contact": one.contact,
            "summary": summary(one.things),
            "decision_number": one.decision_number
            or (paper.number if paper.rule.step in _OWN else ""),
            "decision": course_clauses.titled("查封（扣押）决定书", one.decision_number),
            "decision_day": day(one.decision_on),
            "extension_reason": bare(one.extension_reason),
            "extension_ground": _complicated(one.extension_reason),
            "extended_from": day(one.extended_from),
            "approved_by": one.approved_by,
            "approved": day(one.approved_on),
            "release_reason": bare(one.release_reason),
            "released": day(one.released_on),
            "released_summary": summary(one.released),
            "collect_at": one.collect_at,
            "collect_by": day(one.collect_by),
            "extent": "部分" if len(one.released) < len(one.things) else "全部",
        },
        "things": course_words.things(one.things),
        "released": course_words.things(one.released),
        "remedy": {
            "words": course_clauses.remedy(paper.case.organ, paper.case.party.you),
            "not_suspended": course_clauses.not_suspended(),
        },
    }


def _complicated(reason: str) -> str:
    """The reason as the law asks for it: the matter is complicated (行政强制法 第二十五条)."""
    said = bare(reason)
    return said if not said or "情况复杂" in said else f"{said}，情况复杂"


def sampling(one: SamplingOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """抽样取证凭证."""
    return {
        "sampling": {
            "time": course_words.until(one.began_at, one.ended_at),
            "place": one.place,
            "in_charge": one.in_charge,
            "phone": one.phone or paper.case.party.phone,
            "breached": one.breached,
            "reason": bare(one.reason),
            "deed": deed(one.reason, paper),
            "words": bare(one.words),
            "refusal": ""
            if one.signed
            else course_clauses.unsigned(one.refusal_reason, one.witness, "被抽样取证人"),
        },
        "things": course_words.things(one.things),
    }


def recusal(one: RecusalOnPaper, paper: CoursePaper) -> dict[str, Any]:
    """回避决定书."""
    return {
        "recusal": {
            "officer": one.officer,
            "by_party": one.by_party,
            "asked": day(one.asked_on),
            "reason": bare(one.reason),
            "granted": bool(one.granted),
            "words": bare(one.words),
            "asker": paper.case.party.you if one.by_party else one.officer,
        }
    }


def summary(things: Sequence[ThingOnPaper]) -> str:
    """A list in one breath: 渣土运输车1辆、车辆行驶证1本."""
    return "、".join(f"{one.name}{one.quantity}" for one in things)
