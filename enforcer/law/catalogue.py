"""The catalogue of violations by date: 案由, 违则, 罚则; look-ups, and old law against new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from enforcer.errors import LawDataError
from enforcer.law import catalogue_data
from enforcer.law.toml_data import version_on
from enforcer.law.violation import (
    CITIZEN,
    ORGANIZATION,
    Comparison,
    Consequence,
    Law,
    LocalAmount,
    Provision,
    SummaryAnswer,
    Violation,
)

__all__ = [
    "CITIZEN",
    "ORGANIZATION",
    "Applicable",
    "Comparison",
    "Consequence",
    "Law",
    "LocalAmount",
    "Provision",
    "SummaryAnswer",
    "Violation",
    "item",
    "items",
    "keys",
    "laws",
    "problems",
    "provisions_for",
]
ARTICLE_37 = "行政处罚法（2021）第三十七条"
CODE_FROM = date(2026, 8, 15)
ARTICLE_37_AND_CODE = f"{ARTICLE_37}、生态环境法典第一千零五十七条"


@dataclass(frozen=True, slots=True)
class Applicable:
    """Old law beside new for one act (从旧兼从轻): who is lighter, and who has to choose."""

    old: Violation | None
    new: Violation | None
    lighter: str
    applies: str
    needs_choice: bool
    say: str
    cite: str = ARTICLE_37


def items(on: date, search: str = "", folder: Path | None = None) -> list[Violation]:
    """Return all items in force on a day, in the order of the catalogue; `search` narrows by words."""
    words = search.split()
    book = catalogue_data.load(folder)
    found = [_as_of(one, on) for one in book.items.entries.values()]
    return sorted(
        (one for one in found if one and all(word in _haystack(one) for word in words)),
        key=lambda one: one.number,
    )


def item(key: str, on: date, folder: Path | None = None) -> Violation | None:
    """Return one item as in force on a day; None when there is none; LawDataError when untrusted."""
    known = catalogue_data.load(folder).items.get(key)
    return _as_of(known, on) if known else None


def keys(folder: Path | None = None) -> tuple[str, ...]:
    return tuple(catalogue_data.load(folder).items.entries)


def laws(folder: Path | None = None) -> tuple[Law, ...]:
    """Return every statute the catalogue cites, with its days in force."""
    return tuple(catalogue_data.load(folder).laws.entries.values())


def problems(folder: Path | None = None) -> tuple[LawDataError, ...]:
    """Return what cannot be trusted in this file; the rest goes on working."""
    try:
        book = catalogue_data.load(folder)
    except LawDataError as error:
        return (error,)
    return book.laws.problems() + book.items.problems()


def provisions_for(
    key: str, act_on: date, decided_on: date, folder: Path | None = None
) -> Applicable:
    """Lay the law of the act beside that of the decision (行政处罚法 第三十七条)."""
    old, new = item(key, act_on, folder), item(key, decided_on, folder)
    if old is None:
        say = f"{act_on} 当天没有收录此项的处罚规定，不能依后来的规定处罚；请核对行为日期或者查阅旧法。"
        return Applicable(None, new, "", "", needs_choice=True, say=say)
    if new is None:
        say = "作出决定时此项规定已经终止，没有收录替代的规定；请法制审核认定是否仍属违法。"
        return Applicable(old, None, "", "", needs_choice=True, say=say)
    if old.from_on == new.from_on:
        say = "行为发生时和作出决定时适用同一规定。"
        return Applicable(old, new, "same", "old", needs_choice=False, say=say)
    cite = ARTICLE_37_AND_CODE if decided_on >= CODE_FROM else ARTICLE_37
    adjacent = new.comparison and old.until_on and (new.from_on - old.until_on).days == 1
    if not adjacent or new.comparison is None or new.comparison.result == "review":
        say = new.comparison.say if new.comparison else "新旧规定的轻重没有收录比较。"
        say += "请法制审核比较轻重，选定适用的规定并写明理由。"
        return Applicable(old, new, "", "", needs_choice=True, say=say, cite=cite)
    result = new.comparison.result
    applies = "new" if result == "new" else "old"
    word = "新规定" if applies == "new" else "行为发生时的规定"
    say = f"{new.comparison.say}按从旧兼从轻，建议适用{word}；请法制审核选定并写明理由。"
    return Applicable(old, new, result, applies, needs_choice=True, say=say, cite=cite)


def _haystack(one: Violation) -> str:
    provisions = " ".join(f"{p.cite} {p.text}" for p in one.breached + one.sanctioned_by)
    return f"{one.key} {one.number} {one.group} {one.title} {one.words} {provisions}"


def _as_of(versions: tuple[Violation, ...], on: date) -> Violation | None:
    version = version_on(versions, on)
    return replace(version, as_of=on) if version else None
