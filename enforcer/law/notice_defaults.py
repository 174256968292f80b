"""What a courteous notice says and suggests before the office has set anything of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from enforcer.law import catalogue, catalogue_data
from enforcer.law.toml_data import Fields, read
from enforcer.law.violation import Violation
from enforcer.terms import LadderChoice

FILE = "notices.toml"
_THEN = {one.value: one for one in LadderChoice}


@dataclass(frozen=True, slots=True)
class Ladder:
    """三次告知 as suggested; an empty `basis` means 待机关确认."""

    notices: int
    days: int
    then: LadderChoice
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """Why the notice asks, and the article it recalls."""

    reason: str
    provision: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """The shipped suggestions: the ladder, the items of the desk, words for what has no item."""

    ladder: Ladder
    items: tuple[str, ...]
    situations: tuple[tuple[str, str], ...]
    general: Wording


@cache
def defaults(folder: Path | None = None) -> Defaults:
    """Read the shipped suggestions once; LawDataError when the file cannot be trusted."""
    file = read(FILE, folder)
    tables = {
        name: Fields(file.data.get(name), file.place(name))
        for name in ("ladder", "desk", "general")
    }
    ladder, desk, general = tables.values()
    general.text("text")
    basis = ladder.text("basis", "") if file.data["ladder"].get("basis") else ""
    return Defaults(
        Ladder(
            ladder.integer("notices"),
            ladder.integer("days"),
            _THEN[ladder.choice("then", tuple(_THEN))],
            basis,
        ),
        desk.texts("items"),
        tuple((str(k), str(v)) for k, v in dict(file.data.get("situations", {})).items()),
        Wording(general.text("reason"), f"《{general.text('law')}》{general.text('article')}"),
    )


def desk_items(on: date, folder: Path | None = None) -> tuple[Violation, ...]:
    """The items a notice may be about, as in force on a day."""
    found = (catalogue.item(key, on, folder) for key in defaults(folder).items)
    return tuple(one for one in found if one is not None and one.notice_reason)


def item_of_situation(situation: str, folder: Path | None = None) -> str:
    """The key of the item that the words of a ledger's 情形 mean; empty when they mean none."""
    if not situation:
        return ""
    if named := _named(folder).get(situation):
        return named
    contained = defaults(folder).situations
    return next((key for words, key in contained if words in situation), "")


@cache
def _named(folder: Path | None) -> dict[str, str]:
    """Titles and everyday words of the catalogue, each with the item it was given to first."""
    found: dict[str, str] = {}
    entries = catalogue_data.load(folder).items.entries.values()
    for item in sorted((versions[-1] for versions in entries), key=lambda one: one.number):
        for word in (item.title, *item.words.split()):
            found.setdefault(word, item.key)
    return found


def wording(item_key: str, on: date, folder: Path | None = None) -> Wording:
    """What the notice says about an item on a day; the general words when it is not known."""
    item = catalogue.item(item_key, on, folder) if item_key else None
    if item is None or not item.notice_reason:
        return defaults(folder).general
    return Wording(item.notice_reason, item.notice_provision)
