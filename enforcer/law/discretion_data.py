"""Benchmarks of discretion by item and date, from resources/law/discretion.toml or the office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from enforcer.errors import LawDataError
from enforcer.law import catalogue, conditions
from enforcer.law.conditions import Condition
from enforcer.law.parameters import VERIFIED
from enforcer.law.toml_data import Fields, LawFile, Trusted, check_order, collect, read
from enforcer.law.violation import (
    CITIZEN,
    ORGANIZATION,
    SIDE_LABEL,
    Consequence,
    Violation,
    yuan,
)
from enforcer.terms import Discretion, Matching

FILE = "discretion.toml"
ARTICLE_34 = "行政处罚法（2021）第三十四条"
MATCHINGS = {one.value: one for one in Matching}
_DISCRETIONS = {one.value: one for one in Discretion if one is not Discretion.NO_PENALTY}


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier: when it applies, and the range it gives; both ends are included."""

    name: str
    discretion: Discretion
    sides: tuple[str, ...]
    conditions: tuple[Condition, ...]
    matching: Matching
    min_fen: int | None
    max_fen: int | None
    share: str = ""
    under: str = ""
    note: str = ""

    def holds(self, fine_fen: int) -> bool:
        """Tell whether a fine lies within; a tier by share of something cannot tell."""
        return self.max_fen is None or (self.min_fen or 0) <= fine_fen <= self.max_fen

    @property
    def span(self) -> str:
        """幅度 in the law's way of counting."""
        if self.max_fen is None:
            return self.share
        low = f"{yuan(self.min_fen)} 元以上 " if self.min_fen else ""
        return f"{low}{yuan(self.max_fen)} 元以下"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The tiers of one item as published in one document, in force from a day."""

    item_key: str
    title: str
    number: str
    article: str
    from_on: date
    until_on: date | None
    tiers: tuple[Tier, ...]
    verified: str = "V"

    @property
    def cite(self) -> str:
        """《…裁量基准》（文号）第…项."""
        return f"《{self.title.strip('《》')}》（{self.number}）{self.article}"


def shipped(folder: Path | None = None) -> dict[str, tuple[Benchmark, ...]]:
    """The benchmarks of the file by item; none as it is shipped."""
    try:
        return dict(_book(folder).entries)
    except LawDataError:
        return {}


def problems(folder: Path | None = None) -> tuple[LawDataError, ...]:
    """Return what cannot be trusted in this file; the rest goes on working."""
    try:
        return _book(folder).problems()
    except LawDataError as error:
        return (error,)


def ranges(item: Violation, side: str, under: str = "") -> tuple[Consequence, ...]:
    """What the law gives a side by way of fine, under a condition of the law or straight away.

    Where every consequence has a condition, and none was named, all of them are meant.
    """
    fines = [one for one in item.consequences if one.fines and side in one.sides]
    named = [one for one in fines if one.condition == under]
    return tuple(named or (fines if not under else ()))


def fault(tier: Tier, item: Violation) -> str:
    """Say how a tier goes against the law of the item; empty when it does not."""
    for side in tier.sides:
        found = ranges(item, side, tier.under)
        if not found:
            under = f"（{tier.under}）" if tier.under else ""
            return f"“{item.title}”的罚则{under}没有对{SIDE_LABEL[side]}的罚款"
        if tier.max_fen is None or any(one.max_fen is None for one in found):
            continue
        if said := _outside(tier, found):
            return said
    return ""


def _outside(tier: Tier, found: tuple[Consequence, ...]) -> str:
    low = min(one.min_fen or 0 for one in found)
    high = max(one.max_fen or 0 for one in found)
    if (tier.max_fen or 0) > high:
        return f"上限 {yuan(tier.max_fen or 0)} 元超过法定最高 {yuan(high)} 元"
    mitigated = tier.discretion is Discretion.MITIGATED
    if mitigated and (tier.max_fen or 0) >= low:
        return f"是减轻处罚的阶次，上限应当低于法定最低 {yuan(low)} 元"
    if not mitigated and (tier.min_fen or 0) < low:
        return (
            f"下限 {yuan(tier.min_fen or 0)} 元低于法定最低 {yuan(low)} 元，属于减轻处罚，"
            "裁量应当写“减轻”"
        )
    return ""


def twice(tiers: Iterable[Tier]) -> str:
    """The name of a tier that stands twice for the same side and condition; empty when none does."""
    seen: set[tuple[str, str, str]] = set()
    for one in tiers:
        for side in one.sides:
            key = (one.name, side, one.under)
            if key in seen:
                return one.name
            seen.add(key)
    return ""


@cache
def _book(folder: Path | None) -> Trusted[tuple[Benchmark, ...]]:
    file = read(FILE, folder)
    return collect(file.data, lambda key, table: _versions(file, key, table, folder))


def _versions(file: LawFile, key: str, table: object, folder: Path | None) -> tuple[Benchmark, ...]:
    fields = Fields(table, file.place(key))
    if key not in catalogue.keys(folder):
        raise fields.place.error(f"“{key}”不在违法行为清单里", "请改正键名，或者删去这一项")
    versions = tuple(_benchmark(key, one, folder) for one in fields.tables("versions"))
    fields.done()
    check_order(versions, fields.place)
    return versions


def _benchmark(key: str, fields: Fields, folder: Path | None) -> Benchmark:
    found = Benchmark(
        item_key=key,
        title=fields.text("benchmark"),
        number=fields.text("number"),
        article=fields.text("article", ""),
        from_on=fields.day("from"),
        until_on=fields.maybe_day("until"),
        tiers=tuple(map(_tier, fields.tables("tiers"))),
        verified=fields.choice("verified", VERIFIED, "V"),
    )
    fields.done()
    if not found.tiers:
        raise fields.place.error("没有任何阶次（tiers）", "请至少写一个阶次")
    if name := twice(found.tiers):
        raise fields.place.error(f"阶次“{name}”对同一对象写了两次", "请只保留一个，或者改正名称")
    item = catalogue.item(key, found.from_on, folder)
    if item is None:
        raise fields.place.error(
            f"{found.from_on} 当天清单里没有这个事项的罚则", "请核对“from”，不得早于罚则的施行日期"
        )
    for one in found.tiers:
        if said := fault(one, item):
            raise fields.place.error(f"阶次“{one.name}”{said}", "请对照罚则和公布的基准改正")
    return found


def _tier(fields: Fields) -> Tier:
    low, high = fields.maybe_integer("min_yuan"), fields.maybe_integer("max_yuan")
    share = fields.text("share", "")
    if (high is None) == (not share):
        raise fields.place.error(
            "幅度没有写清", "请写“max_yuan”（和“min_yuan”），或者按比例写“share”，二者取一"
        )
    if low is not None and (high is None or low > high):
        raise fields.place.error(f"下限 {low} 元没有上限，或者高于上限", "请改正幅度")
    sides = fields.texts("sides")
    if not sides or set(sides) - {CITIZEN, ORGANIZATION}:
        raise fields.place.error(
            "“sides”没有写明适用于谁", f"请写 {CITIZEN}、{ORGANIZATION} 中的一个或者两个"
        )
    tier = Tier(
        name=fields.text("name"),
        discretion=_DISCRETIONS[fields.choice("discretion", tuple(_DISCRETIONS))],
        sides=sides,
        conditions=lines(fields),
        matching=MATCHINGS[fields.choice("matching", tuple(MATCHINGS), Matching.ALL.value)],
        min_fen=None if low is None else low * 100,
        max_fen=None if high is None else high * 100,
        share=share,
        under=fields.text("under", ""),
        note=fields.text("note", ""),
    )
    fields.done()
    return tier


def lines(fields: Fields, *, needed: bool = True) -> tuple[Condition, ...]:
    """Read `conditions`; refused when there are none, or when a line cannot be read."""
    try:
        found = conditions.read_all(fields.texts("conditions"))
    except conditions.Unreadable as error:
        raise fields.place.error(str(error), "请改正这一条件") from error
    if needed and not found:
        raise fields.place.error("没有写适用情形（conditions）", "请至少写一项条件")
    return found
