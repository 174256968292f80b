"""Which of several penalties in one decision is the heaviest: the class it is counted in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from enforcer.law.toml_data import Fields, check_order, read, version_on
from enforcer.terms import PenaltyKind

FILE = "penalty_order.toml"


@dataclass(frozen=True, slots=True)
class Order:
    """The classes from the lightest to the heaviest, as counted from a day on."""

    lightest_first: tuple[PenaltyKind, ...]
    cite: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Orders:
    """All orders through time, and what the office still has to confirm."""

    title: str
    question: str
    versions: tuple[Order, ...]


def heaviest(
    kinds: Iterable[PenaltyKind], day: date, folder: Path | None = None
) -> PenaltyKind | None:
    """Return the class a decision of that day is counted in; None when it has no penalty.

    Several kinds in one decision are one 宗, in the heaviest (行政处罚法 第九条).
    """
    rank = {kind: place for place, kind in enumerate(on(day, folder).lightest_first)}
    return max(kinds, key=rank.__getitem__, default=None)


def on(day: date, folder: Path | None = None) -> Order:
    """Return the order in force on that day; before the first the first serves."""
    versions = orders(folder).versions
    return version_on(versions, day) or versions[0]


@cache
def orders(folder: Path | None = None) -> Orders:
    """Read the data file; LawDataError when it cannot be trusted."""
    file = read(FILE, folder)
    fields = Fields(file.data.get("order"), file.place("order"))
    title, question = fields.text("title"), fields.text("question", "")
    versions = tuple(_version(one) for one in fields.tables("values"))
    fields.done()
    check_order(versions, fields.place)
    return Orders(title, question, versions)


def _version(fields: Fields) -> Order:
    kinds = fields.terms("lightest_first", PenaltyKind)
    if sorted(kinds) != sorted(PenaltyKind):
        raise fields.place.error(
            "“lightest_first”没有把每一种处罚各列一次", "请把十三类和其他各写一次，由轻到重"
        )
    order = Order(kinds, fields.cite(), fields.day("from"), fields.maybe_day("until"))
    fields.choice("verified", ("V", "V1", "I", "S", "U"), "V")
    fields.done()
    return order
