"""Words that many papers of the ordinary course share: people, days, things, amounts, lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from enforcer.documents import course_clauses
from enforcer.documents.course_facts import (
    CaseOnPaper,
    EvidenceOnPaper,
    PersonOnPaper,
    SignOffOnPaper,
    ThingOnPaper,
)
from enforcer.documents.facts import ORGANIZATIONS, OfficerOnPaper, OrganOnPaper, PartyOnPaper
from enforcer.terms import PartyKind

CHINA = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"
HAND_DAY = course_clauses.ANY_HAND_DAY


def minute(moment: datetime | None) -> str:
    """2026年9月3日10时12分, in China's time; empty without one."""
    if moment is None:
        return ""
    at = moment.astimezone(CHINA)
    return f"{course_clauses.day(at.date())}{at.hour}时{at.minute:02d}分"


def until(began: datetime | None, ended: datetime | None) -> str:
    """From a moment to a moment, the day said once where it is the same."""
    if began is None or ended is None:
        return minute(began)
    first, last = began.astimezone(CHINA), ended.astimezone(CHINA)
    if first.date() == last.date():
        return f"{minute(began)}至{last.hour}时{last.minute:02d}分"
    return f"{minute(began)}至{minute(ended)}"


def weekday(moment: datetime | None) -> str:
    """星期四, as a summons says it."""
    return f"星期{WEEKDAYS[moment.astimezone(CHINA).weekday()]}" if moment else ""


def organ(one: OrganOnPaper, unit: str) -> dict[str, str]:
    """The organ in whose name the paper is made; the unit that handles it stands in 承办 only."""
    return {
        "name": one.name,
        "address": one.address,
        "postcode": one.postcode,
        "phone": one.phone,
        "handled_by": one.handled_by,
        "unit": unit or one.handled_by or one.name,
        "reconsideration_body": one.reconsideration_body,
        "court": one.court,
    }


def party(one: PartyOnPaper, born_on: date | None) -> dict[str, Any]:
    """The party, and how a paper speaks of it."""
    organization = one.kind in ORGANIZATIONS
    trader = one.kind is PartyKind.SOLE_TRADER
    label = one.id_kind.label if one.id_kind else "证件"
    return {
        "name": one.name,
        "you": one.you,
        "kind": one.kind.label,
        "organization": organization,
        "trader": trader,
        "person": not organization and not trader,
        "id_label": label if label.endswith("代码") else f"{label}号码",
        "id_number": one.id_number,
        "sex": one.sex.label if one.sex else "",
        "born": course_clauses.day(born_on),
        "address_label": "住所" if organization else "经营场所" if trader else "住址",
        "address": one.address,
        "postcode": one.postcode,
        "phone": one.phone,
        "head_label": "经营者" if trader else "法定代表人\n（负责人）",
        "legal_representative": one.legal_representative,
        "position": one.position,
    }


def case(one: CaseOnPaper, on: date) -> dict[str, str]:
    """The case as every paper names it; `name` is without 涉嫌 once it is decided."""
    days = one.days
    decided = days.decided_on is not None and on >= days.decided_on
    return {
        "number": one.number,
        "cause": one.cause,
        "suspected": one.suspected,
        "name": one.established if decided else one.suspected,
        "source": one.source,
        "place": one.place,
        "acted": minute(one.acted_at),
        "acted_day": course_clauses.day(
            one.acted_at.astimezone(CHINA).date() if one.acted_at else None
        ),
        "discovered": course_clauses.day(one.discovered_on),
        "plate": one.plate,
        "filed": course_clauses.day(days.filed_on),
        "decided": course_clauses.day(days.decided_on),
        "closed": course_clauses.day(days.closed_on),
        "decision_number": one.decision_number,
        "notice_number": one.notice.number if one.notice else "",
        "handlers": course_clauses.shown(one.handlers),
        "handler_names": "、".join(officer.name for officer in one.handlers),
    }


def officers(many: Iterable[OfficerOnPaper]) -> list[dict[str, str]]:
    return [{"name": one.name, "certificate": one.certificate} for one in many]


def sign_offs(many: Iterable[SignOffOnPaper]) -> list[dict[str, str]]:
    """The boxes of the chain: what was recorded, else space for the hand."""
    return [
        {
            "level": one.level,
            "said": one.words,
            "choice": {True: "同意", False: "不同意", None: ""}[one.agrees if one.on else None],
            "words": one.words or (("同意。" if one.agrees else "不同意。") if one.on else ""),
            "person": _six(f"（{one.person}）") if one.person and one.on else "　" * 3,
            "day": course_clauses.day(one.on) or HAND_DAY,
        }
        for one in many
    ]


def _six(text: str) -> str:
    """Six characters wide, so that what follows begins at the same place in every box."""
    return text.ljust(6, "　")


def person(one: PersonOnPaper) -> dict[str, str]:
    """Somebody who is asked or present."""
    return {
        "name": one.name,
        "sex": one.sex,
        "born": course_clauses.day(one.born_on),
        "ethnicity": one.ethnicity,
        "id_number": one.id_number,
        "employer": one.employer,
        "occupation": one.occupation,
        "phone": one.phone,
        "address": one.address,
        "postcode": one.postcode,
        "relation": one.relation,
        "authority": one.authority,
    }


def things(many: Sequence[ThingOnPaper]) -> list[dict[str, str]]:
    """A list of things, numbered."""
    return [
        {
            "n": str(n),
            "name": one.name,
            "quantity": one.quantity,
            "spec": one.spec,
            "condition": one.condition,
            "note": one.note,
            "disposal": one.disposal,
        }
        for n, one in enumerate(many, 1)
    ]


def evidence(many: Sequence[EvidenceOnPaper]) -> list[dict[str, str]]:
    """Evidence one by one, numbered, with what it proves."""
    found = []
    for n, one in enumerate(many, 1):
        end = "；" if n < len(many) else "。"
        found.append({"words": f"{n}．{proof(one)}{end}"})
    return found


def proof(one: EvidenceOnPaper) -> str:
    """A piece of evidence with what it proves."""
    proves = f"，证明{course_clauses.bare(one.proves)}" if one.proves else ""
    return f"{course_clauses.bare(one.name)}{proves}"


def items(many: Sequence[str]) -> list[dict[str, str]]:
    """Sentences one by one, numbered where there are several."""
    if len(many) == 1:
        return [{"words": course_clauses.ended(many[0])}]
    last = len(many)
    return [
        {"words": f"{n}．{course_clauses.bare(one)}{'。' if n == last else '；'}"}
        for n, one in enumerate(many, 1)
    ]


def lines(text: str) -> list[dict[str, str]]:
    """Typed text line by line, so that each may stand as a paragraph of its own."""
    return [{"words": one.strip()} for one in text.splitlines() if one.strip()]


def walk(prefix: str, value: Mapping[str, Any]) -> list[str]:
    """Every path that can be named in nested fields."""
    found: list[str] = []
    for name, one in value.items():
        path = f"{prefix}{name}"
        found.append(path)
        inside = one[0] if isinstance(one, list) and one else one
        if isinstance(inside, Mapping):
            found += walk(f"{path}.", inside)
    return found
