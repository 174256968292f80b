"""What a courteous notice and its stub say: the fields its template may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from enforcer.law.notice_defaults import Wording
from enforcer.terms import NoticeOutcome, PlateColour

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Sender:
    """The organ in whose name the notice asks; `handled_by` the entrusted unit, 承办 only."""

    name: str
    phone: str = ""
    address: str = ""
    handled_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """One notice as it goes to paper. A blank for a patrol has a number and no `noticed_at`.

    `officers` are (name, certificate) pairs; `timed` is False when a ledger gave only the day.
    """

    number: str
    uid: UUID
    sender: Sender
    wording: Wording
    blank: bool = False
    backfilled: bool = False
    plate: str = ""
    plate_known: bool = False
    colour: PlateColour | None = None
    noticed_at: datetime | None = None
    timed: bool = True
    place: str = ""
    situation: str = ""
    nearby: str = ""
    officers: tuple[tuple[str, str], ...] = ()
    recorders: tuple[str, ...] = ()
    outcome: NoticeOutcome | None = None
    note: str = ""
    nth: str = ""
    next_step: str = ""


def code_of(uid: UUID) -> str:
    """What the QR code says, so that a signed scan finds its row: 19 signs, the smallest code."""
    return f"EN-{uid.hex[:16].upper()}"


def notice_fields(facts: NoticeFacts) -> dict[str, Any]:
    """The fields as plain JSON; this is what is frozen with the notice."""
    at = facts.noticed_at.astimezone(CHINA) if facts.noticed_at else None
    return {
        "organ": {
            "name": facts.sender.name,
            "phone": facts.sender.phone,
            "address": facts.sender.address,
            "handled_by": facts.sender.handled_by,
        },
        "notice": {
            "number": facts.number,
            "blank": facts.blank,
            "backfilled": facts.backfilled,
            "plate": facts.plate,
            "plate_known": facts.plate_known,
            "colour": facts.colour.label if facts.colour else "",
            "time": _long(at, timed=facts.timed),
            "time_short": _short(at, timed=facts.timed),
            "date": f"{at.year}年{at.month}月{at.day}日" if at else "",
            "place": facts.place,
            "situation": facts.situation,
            "nearby": facts.nearby,
            "nth": facts.nth,
            "recorders": "、".join(facts.recorders),
            "outcome": facts.outcome.label if facts.outcome else "",
            "note": facts.note,
            "code": code_of(facts.uid),
        },
        "item": {"reason": _sentence(facts.wording.reason), "provision": facts.wording.provision},
        "officers_line": "、".join(
            f"{name}（{certificate}）" if certificate else name
            for name, certificate in facts.officers
        ),
        "next_step": facts.next_step,
    }


def paths() -> frozenset[str]:
    """Every path a template of this paper may name, for the editor and the tests."""
    facts = NoticeFacts(number="", uid=UUID(int=0), sender=Sender(""), wording=Wording("", ""))
    return frozenset(_walk("", notice_fields(facts)))


def _walk(prefix: str, value: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for name, one in value.items():
        path = f"{prefix}{name}"
        found.append(path)
        if isinstance(one, Mapping):
            found += _walk(f"{path}.", one)
    return found


def _long(at: datetime | None, *, timed: bool) -> str:
    if at is None:
        return ""
    day = f"{at.year}年{at.month}月{at.day}日"
    return f"{day}{at.hour}时{at.minute}分" if timed else day


def _short(at: datetime | None, *, timed: bool) -> str:
    if at is None:
        return ""
    return at.strftime("%Y-%m-%d %H:%M" if timed else "%Y-%m-%d")


def _sentence(words: str) -> str:
    return words if not words or words[-1] in "。！？" else words + "。"
