"""Hints about the days of a case: what a reviewer lays side by side, D1 to D7; never an error.

The numbers of days are those of another trade's rules, so they only point at what to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from enforcer.course_terms import RecordKind, SignOffMatter
from enforcer.queries.dossier_hard import Fault, Known, Weigh
from enforcer.terms import CaseStep

NEAR = timedelta(days=3)


def same_day(known: Known) -> Iterator[Fault] | None:
    """D1: what was kept was found, approved, told and served on one day."""
    facts = known.facts
    if not facts.preservations:
        return None
    found = {one.on for one in facts.records if one.kind is RecordKind.INSPECTION}

    def differing() -> Iterator[Fault]:
        for one in facts.preservations:
            served = facts.served_on(CaseStep.PRESERVED, one.id)
            days = {"批准": one.approved_on, "送达": served}
            if found and one.on not in found:
                days["现场笔录"] = max(found)
            other = "、".join(
                f"{name}在 {day}" for name, day in days.items() if day not in (None, one.on)
            )
            if other:
                yield Fault(f"先行登记保存通知书在 {one.on}，{other}，不是同一天。", "preserved")

    return differing()


def filed_soon(known: Known) -> Iterator[Fault] | None:
    """D2: filed within three days of the inspection."""
    facts = known.facts
    days = [one.on for one in facts.records if one.kind is RecordKind.INSPECTION]
    if not days or facts.filed_on is None:
        return None
    first = min(days)
    if facts.filed_on <= first + NEAR:
        return iter(())
    said = f"{first} 现场检查，{facts.filed_on} 才立案，隔了{(facts.filed_on - first).days}天。"
    return iter([Fault(said, CaseStep.PROPOSED.value)])


def asked_after_filing(known: Known) -> Iterator[Fault] | None:
    """D3: the party is asked once the case is filed."""
    facts = known.facts
    asked = [one for one in facts.records if one.kind is RecordKind.INQUIRY]
    filed = facts.filed_on
    if not asked or filed is None:
        return None
    return iter(
        [
            Fault(f"{one.on} 的询问笔录在立案（{filed}）之前。", CaseStep.INQUIRY.value)
            for one in asked
            if one.on < filed
        ]
    )


def reported_first(known: Known) -> Iterator[Fault] | None:
    """D4: report before notice before service, report before approval before decision."""
    facts = known.facts
    if facts.report is None or not (facts.notices or facts.decision):
        return None
    told = [one.on for one in facts.notices]
    last = facts.notices[-1] if facts.notices else None
    report = ("调查终结报告", facts.report.on, CaseStep.CONCLUDED)
    chains = (
        [
            report,
            ("事先告知书", told[-1] if told else None, CaseStep.ANNOUNCED),
            (
                "送达",
                facts.served_on(CaseStep.ANNOUNCED, last.id) if last else None,
                CaseStep.SERVED,
            ),
        ],
        [
            report,
            ("处理意见的批准", _signed(known, SignOffMatter.DECISION), CaseStep.SIGNED),
            ("决定", facts.decision.on if facts.decision else None, CaseStep.DECIDED),
        ],
    )
    return (one for chain in chains for one in _backwards(chain))


def closed_together(known: Known) -> Iterator[Fault] | None:
    """D5: closing report, closing and the note of the dossier within three days."""
    facts = known.facts
    if facts.closure is None or facts.closed_on is None:
        return None
    days = [("结案审批表", facts.closure.on, facts.closed_on, "最后审批")]
    if known.compiled_on is not None:
        days.append(("结案", facts.closed_on, known.compiled_on, "备考表"))
    return iter(
        [
            Fault(f"{name}在 {first}，{other}在 {then}，应当相隔零至三天。", "closed")
            for name, first, then, other in days
            if not first <= then <= first + NEAR
        ]
    )


def in_order(known: Known) -> Iterator[Fault] | None:
    """D6: the milestones of a case follow one another."""
    facts = known.facts
    if facts.filed_on is None:
        return None
    last = facts.notices[-1] if facts.notices else None
    told = facts.served_on(CaseStep.ANNOUNCED, last.id) if last else None
    decided = facts.decision
    return _backwards(
        [
            ("呈报立案", facts.filing.on if facts.filing else None, CaseStep.PROPOSED),
            ("立案", facts.filed_on, CaseStep.PROPOSED),
            ("调查终结", facts.report.on if facts.report else None, CaseStep.CONCLUDED),
            ("事先告知", last.on if last else None, CaseStep.ANNOUNCED),
            ("告知书送达", told, CaseStep.SERVED),
            ("决定", decided.on if decided else None, CaseStep.DECIDED),
            ("决定书送达", decided.served_on if decided else None, CaseStep.SERVED),
            ("结案", facts.closed_on, CaseStep.CLOSURE_PROPOSED),
            ("归档", known.archived_on, CaseStep.CLOSURE_PROPOSED),
        ]
    )


def on_the_cover(known: Known) -> Iterator[Fault] | None:
    """D7: the days on the cover are those of the papers inside."""
    facts = known.facts
    pairs = (
        ("立案日期", facts.filed_on, "立案审批表签批", _signed(known, SignOffMatter.FILING)),
        ("结案日期", facts.closed_on, "结案审批表签批", _signed(known, SignOffMatter.CLOSURE)),
        ("归档日期", known.archived_on, "备考表立卷", known.compiled_on),
    )
    laid = [(name, day, of, other) for name, day, of, other in pairs if day and other]
    if not laid:
        return None
    return iter(
        [
            Fault(f"封面{name}是 {day}，{of}在 {other}。", "signed")
            for name, day, of, other in laid
            if day != other
        ]
    )


def _signed(known: Known, matter: SignOffMatter) -> date | None:
    """The day of the last signature of a matter, once it is settled."""
    days = [one.on for one in known.facts.sign_offs if one.matter is matter and one.agrees]
    return max(days, default=None)


def _backwards(chain: list[tuple[str, date | None, CaseStep]]) -> Iterator[Fault]:
    """Each day that lies before the one it follows."""
    known = [(name, day, step) for name, day, step in chain if day is not None]
    for (before, first, _), (name, day, step) in pairwise(known):
        if day < first:
            yield Fault(f"{name}在 {day}，早于{before}（{first}）。", step.value)


DATES: Mapping[str, Weigh] = {
    "D1": same_day,
    "D2": filed_soon,
    "D3": asked_after_filing,
    "D4": reported_first,
    "D5": closed_together,
    "D6": in_order,
    "D7": on_the_cover,
}
