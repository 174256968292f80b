"""The circumstances of 不予、从轻、减轻 by date, and the rows of the office's three lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from enforcer.errors import LawDataError
from enforcer.law import citations
from enforcer.law.conditions import Condition
from enforcer.law.discretion_data import MATCHINGS, lines
from enforcer.law.parameters import VERIFIED
from enforcer.law.toml_data import Fields, LawFile, Trusted, check_order, collect, read, version_on
from enforcer.terms import (
    Force,
    LeniencyEffect,
    LeniencyPaper,
    ListCategory,
    Matching,
    NoPenaltyReason,
)

FILE = "lists.toml"
ENVIRONMENT, PRIVATE = "environment", "private"
COMPUTED = ("under_14", "from_14_to_18", "first_violation", "examination")
_FORCES = {one.value: one for one in Force}
_EFFECTS = {one.value: one for one in LeniencyEffect}
_REASONS = {one.value: one for one in NoPenaltyReason}
_OF_CATEGORY: Mapping[ListCategory, tuple[Force, LeniencyEffect]] = {
    ListCategory.MINOR: (Force.SHALL, LeniencyEffect.NO_PENALTY),
    ListCategory.FIRST_VIOLATION: (Force.MAY, LeniencyEffect.NO_PENALTY),
    ListCategory.NO_FAULT: (Force.SHALL, LeniencyEffect.NO_PENALTY),
    ListCategory.MITIGATED: (Force.SHALL, LeniencyEffect.MITIGATED),
    ListCategory.LIGHTER: (Force.SHALL, LeniencyEffect.LIGHTER),
}
_PAPERS = (LeniencyPaper.DECISION, LeniencyPaper.EDUCATION)


@dataclass(frozen=True, slots=True)
class Circumstance:
    """One circumstance of the statute, in the version in force from a day."""

    key: str
    title: str
    from_on: date
    until_on: date | None
    cite: str
    text: str
    verified: str
    force: Force
    effect: LeniencyEffect
    conditions: tuple[Condition, ...]
    matching: Matching
    computed: str
    persons_only: bool
    scope: str
    replaces: tuple[str, ...]
    reason: NoPenaltyReason | None
    papers: tuple[LeniencyPaper, ...]
    provision_needed: bool
    by_party: bool
    note: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of the office's lists: it refines a circumstance of the statute, for one item."""

    key: str
    category: ListCategory
    item_key: str
    item: str
    conditions: tuple[Condition, ...]
    basis: str
    document: str
    document_number: str
    from_on: date
    until_on: date | None = None
    breached_basis: str = ""
    penalty_basis: str = ""
    span: str = ""
    measures: tuple[str, ...] = ()
    organ: str = ""
    note: str = ""

    def in_force(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    @property
    def force(self) -> Force:
        return _OF_CATEGORY[self.category][0]

    @property
    def effect(self) -> LeniencyEffect:
        return _OF_CATEGORY[self.category][1]

    @property
    def reason(self) -> NoPenaltyReason | None:
        """Which figure of the report it is counted in; None where a penalty is imposed."""
        return _REASONS.get(self.category.value)

    @property
    def papers(self) -> tuple[LeniencyPaper, ...]:
        """What goes into the file with it."""
        if self.category is ListCategory.FIRST_VIOLATION:
            return (*_PAPERS, LeniencyPaper.LOOKUP, LeniencyPaper.PLEDGE)
        return _PAPERS if self.reason else ()

    @property
    def cite(self) -> str:
        return f"{self.basis}、《{self.document.strip('《》')}》（{self.document_number}）"


def circumstances(day: date, folder: Path | None = None) -> tuple[Circumstance, ...]:
    """Every circumstance in force on a day, in the order of the file."""
    found = (version_on(versions, day) for versions in _book(folder).entries.values())
    return tuple(one for one in found if one is not None)


def problems(folder: Path | None = None) -> tuple[LawDataError, ...]:
    """Return what cannot be trusted in this file; the rest goes on working."""
    try:
        return _book(folder).problems()
    except LawDataError as error:
        return (error,)


@cache
def _book(folder: Path | None) -> Trusted[tuple[Circumstance, ...]]:
    file = read(FILE, folder)
    keys = tuple(file.data)
    return collect(file.data, lambda key, table: _versions(file, keys, key, table, folder))


def _versions(
    file: LawFile, keys: tuple[str, ...], key: str, table: object, folder: Path | None
) -> tuple[Circumstance, ...]:
    fields = Fields(table, file.place(key))
    title = fields.text("title")
    versions = tuple(_version(key, title, keys, one, folder) for one in fields.tables("versions"))
    fields.done()
    check_order(versions, fields.place)
    return versions


def _version(
    key: str, title: str, keys: tuple[str, ...], fields: Fields, folder: Path | None
) -> Circumstance:
    computed = fields.choice("computed", COMPUTED) if "computed" in fields else ""
    found = Circumstance(
        key=key,
        title=title,
        from_on=fields.day("from"),
        until_on=fields.maybe_day("until"),
        cite=fields.cite(),
        text=fields.text("text"),
        verified=fields.choice("verified", VERIFIED, "V"),
        force=_FORCES[fields.choice("force", tuple(_FORCES))],
        effect=_EFFECTS[fields.choice("effect", tuple(_EFFECTS))],
        conditions=lines(fields, needed=not computed),
        matching=MATCHINGS[fields.choice("matching", tuple(MATCHINGS), Matching.ALL.value)],
        computed=computed,
        persons_only=_flag(fields, "persons_only"),
        scope=fields.choice("scope", (ENVIRONMENT, PRIVATE)) if "scope" in fields else "",
        replaces=fields.texts("replaces"),
        reason=_REASONS[fields.choice("reason", tuple(_REASONS))] if "reason" in fields else None,
        papers=fields.terms("papers", LeniencyPaper),
        provision_needed=_flag(fields, "provision_needed"),
        by_party=_flag(fields, "by_party"),
        note=fields.text("note", ""),
    )
    fields.done()
    _check(found, keys, fields, folder)
    return found


def _check(found: Circumstance, keys: tuple[str, ...], fields: Fields, folder: Path | None) -> None:
    spares = found.effect is LeniencyEffect.NO_PENALTY
    if spares and (found.reason is None or LeniencyPaper.EDUCATION not in found.papers):
        raise fields.place.error(
            "不予处罚的情形没有写明统计口径（reason）或者教育记录（papers）",
            "请补上；不予处罚的应当对当事人进行教育（行政处罚法第三十三条第三款）",
        )
    if unknown := [one for one in found.replaces if one not in keys]:
        raise fields.place.error(f"“replaces”里的“{unknown[0]}”不在本文件里", "请改正键名")
    wrong = citations.faults(found.cite, found.from_on, folder)
    if wrong or not citations.find(found.cite, folder):
        say = wrong[0].say.rstrip("。") if wrong else f"条文“{found.cite}”看不懂"
        raise fields.place.error(say, "请核对“cite”的法律名称和条号")


def _flag(fields: Fields, key: str) -> bool:
    return key in fields and fields.flag(key)
