"""What a table of the report is made of: heads, cells that open their rows, how money is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enforcer import money
from enforcer.queries.periods import Period
from enforcer.queries.statistics_measures import is_money
from enforcer.queries.statistics_rows import Cut

YUAN, WAN = "元", "万元"


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its title, the headings over it, and what stands in it (text, count or money)."""

    title: str
    over: tuple[str, ...] = ()
    kind: str = "count"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value; `cut` and `period` open its rows, none when it is no figure."""

    value: int | str | None
    cut: Cut | None = None
    period: Period | None = None

    @property
    def money(self) -> bool:
        return self.cut is not None and is_money(self.cut.keys[0])


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a stable key, its title, columns, rows; `total` when the last row is the sum."""

    key: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How the report is written out: the unit of money, the day it was made, whether frozen."""

    made_on: date
    money_unit: str = YUAN
    frozen: str = ""

    def money(self, fen: int) -> str:
        return money.wan_yuan(fen) if self.money_unit == WAN else money.yuan_grouped(fen)


def shown(value: int | str | None, kind: str, layout: Layout) -> str:
    """A cell in words: counts grouped by thousands, money in the chosen unit."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return layout.money(value) if kind == "money" else f"{value:,}"


def head_title(head: Head, layout: Layout) -> str:
    """A column's title; a column of money says its unit."""
    return f"{head.title}（{layout.money_unit}）" if head.kind == "money" else head.title
