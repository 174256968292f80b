"""Read resources/law/violations.toml into dated catalogue items, strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from enforcer.law.parameters import VERIFIED
from enforcer.law.toml_data import Fields, LawFile, Trusted, check_order, collect, read
from enforcer.law.violation import (
    CITIZEN,
    ORGANIZATION,
    Comparison,
    Consequence,
    Law,
    Provision,
    Violation,
)
from enforcer.terms import PenaltyKind

FILE = "violations.toml"
RANKS = ("法律", "行政法规", "部门规章")
RESULTS = ("same", "new", "old", "review")
LIMITATION = {
    "general": (2, 5, "行政处罚法（2021）第三十六条"),
    "environment": (2, 5, "生态环境法典第一千零五十四条第一款"),
}
Versions = tuple[Violation, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The laws and the items of the file, each trusted or with its error."""

    laws: Trusted[Law]
    items: Trusted[Versions]


def load(folder: Path | None = None) -> Book:
    """Load the catalogue once."""
    return _load(folder)


@cache
def _load(folder: Path | None) -> Book:
    file = read(FILE, folder)
    laws = collect(_tables(file, "laws"), lambda key, table: _law(file, key, table))
    rest = {key: table for key, table in file.data.items() if key != "laws"}
    return Book(laws, collect(rest, lambda key, table: _item(file, laws, rest, key, table)))


def _tables(file: LawFile, key: str) -> Mapping[str, Any]:
    tables = file.data.get(key, {})
    if not isinstance(tables, dict):
        raise file.place(key).error("这里应当是一个表", f"请按 [{key}.名称] 的写法改正")
    return tables


def _law(file: LawFile, key: str, table: object) -> Law:
    fields = Fields(table, file.place("laws", key))
    law = Law(
        key=key,
        title=fields.text("title"),
        edition=fields.text("edition"),
        rank=fields.choice("rank", RANKS),
        from_on=fields.day("from"),
        until_on=fields.maybe_day("until"),
        verified=fields.choice("verified", VERIFIED, "V"),
        note=fields.text("note", ""),
        articles=fields.maybe_integer("articles"),
    )
    fields.done()
    check_order((law,), fields.place)
    return law


def _item(
    file: LawFile, laws: Trusted[Law], all_items: Mapping[str, object], key: str, table: object
) -> Versions:
    fields = Fields(table, file.place(key))
    number = fields.integer("number")
    shared = _Shared(
        key=key,
        number=number,
        group=fields.text("group"),
        title=fields.text("title"),
        words=fields.text("words", ""),
        notice_reason=fields.text("notice_reason", ""),
        notice_request=fields.text("notice_request", ""),
    )
    versions = tuple(_version(shared, laws, one) for one in fields.tables("versions"))
    fields.done()
    check_order(versions, fields.place)
    unknown = [k for one in versions for k in one.competing if k not in all_items]
    if unknown:
        raise fields.place.error(
            f"“competing”里的“{unknown[0]}”不在清单里", "请改正键名，或者删去这一项"
        )
    return versions


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all versions of an item have in common."""

    key: str
    number: int
    group: str
    title: str
    words: str
    notice_reason: str
    notice_request: str


def _version(shared: _Shared, laws: Trusted[Law], fields: Fields) -> Violation:
    years, harm_years, limitation_cite = LIMITATION[
        fields.choice("limitation", tuple(LIMITATION), "general")
    ]
    from_on = fields.day("from")
    violation = Violation(
        key=shared.key,
        number=shared.number,
        group=shared.group,
        title=fields.text("title", shared.title),
        as_of=from_on,
        from_on=from_on,
        until_on=fields.maybe_day("until"),
        verified=fields.choice("verified", VERIFIED),
        breached=_provisions(fields, laws, "breached"),
        sanctioned_by=_provisions(fields, laws, "sanctioned_by"),
        consequences=tuple(_consequence(one) for one in fields.tables("consequences")),
        competence=fields.text("competence"),
        refer_to=fields.text("refer_to", ""),
        ordinary_only=fields.text("ordinary_only", ""),
        competing=fields.texts("competing"),
        note=fields.text("note", ""),
        words=shared.words,
        notice_reason=shared.notice_reason,
        notice_request=shared.notice_request,
        limitation_years=years,
        limitation_harm_years=harm_years,
        limitation_cite=limitation_cite,
        comparison=_comparison(fields),
    )
    fields.done()
    if not violation.consequences:
        raise fields.place.error("没有写明罚则的后果（consequences）", "请至少写一项")
    return violation


def _provisions(fields: Fields, laws: Trusted[Law], key: str) -> tuple[Provision, ...]:
    """Read 违则 or 罚则: at least one article, of a law that the file knows."""
    found = []
    for one in fields.tables(key):
        law = laws.get(one.text("law"))
        if law is None:
            raise one.place.error(
                f"“{key}”引用的法律不在 [laws] 里", "请先在 [laws] 里登记该法律，或者改正键名"
            )
        found.append(Provision(law, one.text("article"), one.text("text", "")))
        one.done()
    if not found:
        name = "违则" if key == "breached" else "罚则"
        raise fields.place.error(f"没有注明{name}条文（{key}）", f"请补上“{key}”，写明法律和条款")
    return tuple(found)


def _consequence(fields: Fields) -> Consequence:
    low, high = fields.maybe_integer("min_yuan"), fields.maybe_integer("max_yuan")
    if low is not None and (high is None or low > high):
        raise fields.place.error(
            f"罚款下限 {low} 元没有上限，或者高于上限", "请改正“min_yuan”“max_yuan”"
        )
    sides = fields.texts("sides")
    if not sides or set(sides) - {CITIZEN, ORGANIZATION}:
        raise fields.place.error(
            "“sides”没有写明适用于谁", f"请写 {CITIZEN}、{ORGANIZATION} 中的一个或者两个"
        )
    consequence = Consequence(
        sides=sides,
        condition=fields.text("condition", ""),
        must=fields.terms("must", PenaltyKind),
        either=fields.terms("either", PenaltyKind),
        may=fields.terms("may", PenaltyKind),
        min_fen=None if low is None else low * 100,
        max_fen=None if high is None else high * 100,
        share=fields.text("share", ""),
        note=fields.text("note", ""),
    )
    fields.done()
    if not consequence.kinds:
        raise fields.place.error("没有写明处罚种类", "请在 must、either、may 里至少写一种")
    return consequence


def _comparison(fields: Fields) -> Comparison | None:
    """Read how this version weighs against the former; None for a first version."""
    if "compared" not in fields:
        return None
    inner = fields.table("compared")
    comparison = Comparison(inner.choice("result", RESULTS), inner.text("say"))
    inner.done()
    return comparison
