"""Rows of the office's own law as the law floor reads them: tiers, list rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlmodel import col, select

from enforcer.law import conditions, discretion_data
from enforcer.law.discretion_data import Benchmark, Tier
from enforcer.law.leniency_data import ListRow as Row
from enforcer.models import DiscretionTier, ListRow
from enforcer.queries.looking import Where, looking, version
from enforcer.terms import ListCategory


@dataclass(frozen=True, slots=True)
class TierRow:
    """One tier of the office's, with the document it was published in."""

    id: int
    version: str
    item_key: str
    position: int
    tier: Tier
    benchmark: str
    benchmark_number: str
    article: str
    from_on: date
    until_on: date | None
    withdrawn: str


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One row of the three lists."""

    id: int
    version: str
    row: Row
    withdrawn: str


def tiers(where: Where, item_key: str = "", *, withdrawn: bool = False) -> list[TierRow]:
    """The office's tiers by item, day and weight."""
    asked = select(DiscretionTier).order_by(
        DiscretionTier.item_key,
        col(DiscretionTier.from_on),
        col(DiscretionTier.position),
        col(DiscretionTier.id),
    )
    if item_key:
        asked = asked.where(DiscretionTier.item_key == item_key)
    if not withdrawn:
        asked = asked.where(DiscretionTier.withdrawn == "")
    with looking(where) as session:
        return [tier_row(one) for one in session.exec(asked)]


def tier_row(one: DiscretionTier) -> TierRow:
    """The frozen row of a tier."""
    return TierRow(
        id=one.id or 0,
        version=version(one) if one.id else "",
        item_key=one.item_key,
        position=one.position,
        tier=Tier(
            name=one.name,
            discretion=one.discretion,
            sides=tuple(one.sides.split(",")),
            conditions=conditions.read_all(one.conditions or ()),
            matching=one.matching,
            min_fen=one.min_fen,
            max_fen=one.max_fen,
            share=one.share,
            under=one.under,
            note=one.note,
        ),
        benchmark=one.benchmark,
        benchmark_number=one.benchmark_number,
        article=one.article,
        from_on=one.from_on,
        until_on=one.until_on,
        withdrawn=one.withdrawn,
    )


def benchmarks_for(where: Where, item_key: str) -> tuple[Benchmark, ...]:
    """Every benchmark of an item by day; of one day the office's own stands for the shipped."""
    found = {one.from_on: one for one in discretion_data.shipped().get(item_key, ())}
    for from_on, group in groupby(tiers(where, item_key), key=lambda row: row.from_on):
        rows = list(group)
        found[from_on] = Benchmark(
            item_key=item_key,
            title=rows[0].benchmark,
            number=rows[0].benchmark_number,
            article=rows[0].article,
            from_on=from_on,
            until_on=rows[0].until_on,
            tiers=tuple(one.tier for one in rows),
        )
    return tuple(found[day] for day in sorted(found))


def list_entries(
    where: Where,
    item_key: str = "",
    *,
    category: ListCategory | None = None,
    on: date | None = None,
    withdrawn: bool = False,
) -> list[ListEntry]:
    """Rows of the three lists, list by list."""
    asked = select(ListRow).order_by(col(ListRow.item), col(ListRow.from_on), col(ListRow.id))
    if item_key:
        asked = asked.where(ListRow.item_key == item_key)
    if category is not None:
        asked = asked.where(ListRow.category == category)
    if not withdrawn:
        asked = asked.where(ListRow.withdrawn == "")
    with looking(where) as session:
        found = [list_entry(one) for one in session.exec(asked)]
    order = list(ListCategory)
    found.sort(key=lambda one: order.index(one.row.category))
    return [one for one in found if on is None or one.row.in_force(on)]


def list_entry(one: ListRow) -> ListEntry:
    """The frozen row of a list."""
    return ListEntry(
        id=one.id or 0,
        version=version(one) if one.id else "",
        row=Row(
            key=f"row.{one.id}",
            category=one.category,
            item_key=one.item_key,
            item=one.item,
            conditions=conditions.read_all(one.conditions or ()),
            basis=one.basis,
            document=one.document,
            document_number=one.document_number,
            from_on=one.from_on,
            until_on=one.until_on,
            breached_basis=one.breached_basis,
            penalty_basis=one.penalty_basis,
            span=one.span,
            measures=tuple(part for part in one.measures.split("、") if part),
            organ=one.organ,
            note=one.note,
        ),
        withdrawn=one.withdrawn,
    )


def rows_for(where: Where, item_key: str, on: date) -> tuple[Row, ...]:
    """The rows that `leniency.assess` goes through for an item on a day."""
    return tuple(one.row for one in list_entries(where, item_key, on=on))
