"""The law as the office has it: what is shipped, with its own holidays, amounts, tiers and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select

from enforcer.law import calendar, catalogue, discretion, parameters
from enforcer.law.calendar import HolidayYear
from enforcer.law.catalogue import Applicable, Consequence, Violation
from enforcer.law.conditions import Ticks
from enforcer.models import LocalAmount
from enforcer.queries import law_rows
from enforcer.queries.law_calendar import calendar_for, holiday_year, notices
from enforcer.queries.law_rows import ListEntry, TierRow
from enforcer.queries.looking import Where, looking, version

__all__ = [
    "HolidayRow",
    "ListEntry",
    "LocalAmountRow",
    "TierRow",
    "benchmarks_for",
    "calendar_for",
    "holidays",
    "item_for",
    "items_for",
    "key_of_item",
    "list_entries",
    "local_amounts",
    "provisions_for",
    "rows_for",
    "suggest",
    "tiers",
]
LOCAL = "local_amount."
tiers = law_rows.tiers
list_entries = law_rows.list_entries
benchmarks_for = law_rows.benchmarks_for
rows_for = law_rows.rows_for


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """One year's notice; `id` None is the one that came with the program."""

    id: int | None
    version: str
    year: HolidayYear


@dataclass(frozen=True, slots=True)
class LocalAmountRow:
    """A local range of fine for an item, from the office's own document."""

    id: int
    version: str
    item_key: str
    side: str
    min_fen: int
    max_fen: int
    document: str
    document_number: str
    article: str
    text: str
    from_on: date
    until_on: date | None
    withdrawn: str

    def in_force(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


def holidays(where: Where) -> list[HolidayRow]:
    """Every year that is loaded, the newest first; an office's notice replaces the shipped one."""
    found = {number: HolidayRow(None, "", one) for number, one in calendar.shipped().years.items()}
    with looking(where) as session:
        for one in notices(session):
            found[one.year] = HolidayRow(one.id, version(one), holiday_year(one))
    return sorted(found.values(), key=lambda row: -row.year.year)


def local_amounts(
    where: Where, item_key: str = "", *, withdrawn: bool = False
) -> list[LocalAmountRow]:
    """The local ranges that were entered, of one item or of all, by item, side and day."""
    asked = select(LocalAmount).order_by(
        LocalAmount.item_key, LocalAmount.side, col(LocalAmount.from_on)
    )
    if item_key:
        asked = asked.where(LocalAmount.item_key == item_key)
    if not withdrawn:
        asked = asked.where(LocalAmount.withdrawn == "")
    with looking(where) as session:
        return [
            LocalAmountRow(version=version(one), **one.model_dump(exclude={"uid"}))
            for one in session.exec(asked)
        ]


def item_for(where: Where, item_key: str, on: date) -> Violation | None:
    """A catalogue item as in force on a day, with the local ranges the office has entered."""
    found = catalogue.item(item_key, on)
    return found and _with_local(found, local_amounts(where, item_key), on)


def items_for(where: Where, on: date, search: str = "") -> list[Violation]:
    """Every item in force on a day, with the local ranges, in the order of the catalogue."""
    amounts = local_amounts(where)
    return [
        _with_local(one, [row for row in amounts if row.item_key == one.key], on)
        for one in catalogue.items(on, search)
    ]


def provisions_for(where: Where, item_key: str, act_on: date, decided_on: date) -> Applicable:
    """Old law beside new (第三十七条), each with the local range of its day."""
    found = catalogue.provisions_for(item_key, act_on, decided_on)
    amounts = local_amounts(where, item_key)
    return replace(
        found,
        old=found.old and _with_local(found.old, amounts, act_on),
        new=found.new and _with_local(found.new, amounts, decided_on),
    )


def key_of_item(text: str, on: date) -> str:
    """The key of the item a sheet names: by key, title or an everyday word; empty when none fits."""
    items = catalogue.items(on)
    wanted = text.strip()
    for one in items:
        if wanted in (one.key, one.title):
            return one.key
    return next((one.key for one in items if wanted and wanted in one.words.split()), "")


def suggest(
    where: Where, item: Violation, side: str, factors: Ticks, on: date, *, under: str = ""
) -> discretion.Suggestion:
    """The tier that fits, by the office's benchmark or the shipped one (第三十四条)."""
    known = benchmarks_for(where, item.key)
    return discretion.suggest(item, side, factors, on, benchmarks=known, under=under)


def _with_local(item: Violation, amounts: Sequence[LocalAmountRow], on: date) -> Violation:
    latest = {one.side: one for one in amounts if one.in_force(on)}
    if not latest:
        return item
    item = replace(item, consequences=tuple(_by_side(item.consequences)))
    for row, sides in _joined(list(latest.values())):
        law = catalogue.Law(
            key=LOCAL + item.key,
            title=row.document.strip("《》"),
            edition=row.document_number,
            rank="本地规定",
            from_on=row.from_on,
            until_on=row.until_on,
            verified="U",
            note=parameters.TO_CONFIRM,
        )
        provision = catalogue.Provision(law, row.article, row.text)
        amount = catalogue.LocalAmount(sides, row.min_fen, row.max_fen, provision)
        item = item.with_local(amount)
    return item


def _by_side(consequences: tuple[Consequence, ...]) -> Iterator[Consequence]:
    """Where the law leaves the amount open for persons and units at once, a line for each."""
    for one in consequences:
        if one.amount_unknown and len(one.sides) > 1:
            yield from (replace(one, sides=(side,)) for side in one.sides)
        else:
            yield one


def _joined(rows: list[LocalAmountRow]) -> list[tuple[LocalAmountRow, tuple[str, ...]]]:
    """One provision for both sides is one local range, not two."""
    by_rule: dict[tuple[object, ...], list[LocalAmountRow]] = {}
    for one in rows:
        rule = (one.document, one.article, one.min_fen, one.max_fen)
        by_rule.setdefault(rule, []).append(one)
    return [(same[0], tuple(one.side for one in same)) for same in by_rule.values()]
