"""The office's own law as rows of its Excel sheets, by the keys of their columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlmodel import col, select

from enforcer.law import catalogue
from enforcer.law.describe import consequence_in_words
from enforcer.law.violation import Violation
from enforcer.models import HolidayNotice
from enforcer.queries import law_book
from enforcer.queries.looking import Where, looking
from enforcer.terms import Side

SheetRows = list[Mapping[str, Any]]
_SIDES = {one.value: one for one in Side}


def rows(where: Where, kind: str, today: date) -> SheetRows:
    """The rows of one sheet; of `violations` also those that still wait for a local amount."""
    with looking(where) as session:
        return _ROWS[kind](session, today)


def _holidays(where: Where, _today: date) -> SheetRows:
    asked = select(HolidayNotice).where(HolidayNotice.withdrawn == "")
    found: SheetRows = []
    with looking(where) as session:
        for one in session.exec(asked.order_by(col(HolidayNotice.year))):
            for festival in one.festivals or ():
                days: dict[str, Any] = festival
                first, last = map(date.fromisoformat, days["off"])
                found.append(
                    {
                        "year": one.year,
                        "title": one.title,
                        "number": one.number,
                        "name": days["name"],
                        "first": first,
                        "last": last,
                        "working": "、".join(days["working"]),
                    }
                )
    return found


def _violations(where: Where, today: date) -> SheetRows:
    """Every range that was entered, and a blank row for each side that has none."""
    entered = law_book.local_amounts(where)
    items = {one.key: one for one in catalogue.items(today)}
    found: SheetRows = [
        {
            "item_key": items[one.item_key].title if one.item_key in items else one.item_key,
            "national": _national(items.get(one.item_key), one.side),
            "side": _SIDES[one.side],
            "min_yuan": one.min_fen or None,
            "max_yuan": one.max_fen,
            "document": one.document,
            "document_number": one.document_number,
            "article": one.article,
            "text": one.text,
            "from_on": one.from_on,
            "until_on": one.until_on,
        }
        for one in entered
    ]
    known = {(one.item_key, one.side) for one in entered}
    for item in items.values():
        open_sides = {side for one in item.consequences if one.amount_unknown for side in one.sides}
        found += [
            {"item_key": item.title, "national": _national(item, side), "side": side}
            for side in Side
            if side.value in open_sides and (item.key, side.value) not in known
        ]
    return found


def _national(item: Violation | None, side: str) -> str:
    if item is None:
        return ""
    cites = "、".join(one.cite for one in item.sanctioned_by)
    said = [consequence_in_words(one) for one in item.consequences if side in one.sides]
    return f"{cites}：{'；'.join(said)}"


def _tiers(where: Where, today: date) -> SheetRows:
    titles = {one.key: one.title for one in catalogue.items(today)}
    return [
        {
            "item_key": titles.get(one.item_key, one.item_key),
            "sides": tuple(side for side in Side if side.value in one.tier.sides),
            "under": one.tier.under,
            "position": one.position,
            "name": one.tier.name,
            "discretion": one.tier.discretion,
            "conditions": "\n".join(each.text for each in one.tier.conditions),
            "matching": one.tier.matching,
            "min_yuan": one.tier.min_fen,
            "max_yuan": one.tier.max_fen,
            "share": one.tier.share,
            "benchmark": one.benchmark,
            "benchmark_number": one.benchmark_number,
            "article": one.article,
            "from_on": one.from_on,
            "until_on": one.until_on,
            "note": one.tier.note,
        }
        for one in law_book.tiers(where)
    ]


def _lists(where: Where, _today: date) -> SheetRows:
    return [
        {
            "category": one.row.category,
            "item": one.row.item,
            "breached_basis": one.row.breached_basis,
            "penalty_basis": one.row.penalty_basis,
            "conditions": "\n".join(each.text for each in one.row.conditions),
            "span": one.row.span,
            "basis": one.row.basis,
            "measures": "、".join(one.row.measures),
            "organ": one.row.organ,
            "document": one.row.document,
            "document_number": one.row.document_number,
            "from_on": one.row.from_on,
            "until_on": one.row.until_on,
            "note": one.row.note,
        }
        for one in law_book.list_entries(where)
    ]


_ROWS: dict[str, Callable[[Where, date], SheetRows]] = {
    "holidays": _holidays,
    "violations": _violations,
    "tiers": _tiers,
    "lists": _lists,
}
