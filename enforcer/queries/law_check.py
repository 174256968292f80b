"""Which templates, lists and undecided cases cite law that is no longer in force (`law --check`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from enforcer import paths
from enforcer.errors import LawDataError
from enforcer.law import (
    catalogue,
    citations,
    deadlines,
    discretion_data,
    leniency_data,
    parameters,
)
from enforcer.law.catalogue import ARTICLE_37, Violation
from enforcer.law.toml_data import version_on
from enforcer.models import Case, TemplateEdition
from enforcer.queries import law_book
from enforcer.queries.looking import Where, looking
from enforcer.terms import CitedIn, Stage

CHINA = ZoneInfo("Asia/Shanghai")
UNDECIDED = (Stage.LEAD, Stage.FILED)


@dataclass(frozen=True, slots=True)
class Stale:
    """One place that cites what no longer holds: where, what it is called, and what to do."""

    where: CitedIn
    key: str
    name: str
    cite: str
    say: str

    def as_json(self) -> dict[str, str]:
        return {
            "where": self.where.value,
            "key": self.key,
            "name": self.name,
            "cite": self.cite,
            "say": self.say,
        }


def check(on: date, where: Where | None = None) -> tuple[Stale, ...]:
    """Everything that is out of date on a day; without a home only what came with the program."""
    found = [*_shipped_templates(on), *_law_data(on), *_circumstances(on)]
    if where is not None:
        with looking(where) as session:
            found += [
                *_own_templates(session, on),
                *_lists(session, on),
                *_tiers(session, on),
                *_cases(session, on),
            ]
    return tuple(dict.fromkeys(found))


def _stale(where: CitedIn, key: str, name: str, text: str, on: date) -> Iterator[Stale]:
    """What a text cites that no longer holds; an article that never was is told too."""
    for fault in citations.faults(text, on):
        yield Stale(where, key, name, fault.citation.text, fault.say)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _template(key: str, name: str, body: str, on: date) -> Iterator[Stale]:
    for text in _texts(tomllib.loads(body)):
        yield from _stale(CitedIn.TEMPLATE, key, name, text, on)


def _shipped_templates(on: date) -> Iterator[Stale]:
    for path in sorted((paths.resources() / "templates").glob("*.toml")):
        body = path.read_text(encoding="utf-8")
        title = str(tomllib.loads(body).get("title", path.stem))
        yield from _template(path.stem, title, body, on)


def _own_templates(session: Session, on: date) -> Iterator[Stale]:
    """The office's text that papers of the day are made with, and those that come after it."""
    asked = select(TemplateEdition).order_by(
        TemplateEdition.template_key, col(TemplateEdition.from_on), col(TemplateEdition.edition)
    )
    current: dict[str, TemplateEdition] = {}
    later: list[TemplateEdition] = []
    for one in session.exec(asked):
        if one.from_on <= on:
            current[one.template_key] = one
        else:
            later.append(one)
    for one in (*current.values(), *later):
        name = f"{one.template_key} 本机关第 {one.edition} 版"
        yield from _template(one.template_key, name, one.body, max(on, one.from_on))


def _law_data(on: date) -> Iterator[Stale]:
    """Amounts and periods in force on the day, by the articles they rest on."""
    for name in parameters.names():
        known = parameters.parameter(name)
        value = version_on(known.values, on) if known else None
        if known and value:
            yield from _stale(CitedIn.LAW_DATA, name, known.title, value.cite, on)
    for rule in deadlines.rules():
        period = version_on(rule.versions, on)
        if period:
            yield from _stale(CitedIn.LAW_DATA, rule.name, rule.title, period.cite, on)
    for item in catalogue.items(on):
        for one in (*item.breached, *item.sanctioned_by):
            if not one.law.in_force(on):
                say = f"“{item.title}”引用的{one.cite}在 {on} 已经失效，请改录现行的条文。"
                yield Stale(CitedIn.LAW_DATA, item.key, item.title, one.cite, say)


def _circumstances(on: date) -> Iterator[Stale]:
    for one in leniency_data.circumstances(on):
        yield from _stale(CitedIn.LIST, one.key, one.title, one.cite, on)
    for versions in discretion_data.shipped().values():
        found = version_on(versions, on)
        if found:
            yield from _stale(CitedIn.TIER, found.item_key, found.title, found.cite, on)


def _lists(session: Session, on: date) -> Iterator[Stale]:
    for one in law_book.list_entries(session, on=on):
        row = one.row
        name = f"{row.category.label}：{row.item}（{row.document_number}）"
        for text in (row.basis, row.breached_basis, row.penalty_basis):
            yield from _stale(CitedIn.LIST, str(one.id), name, text, on)


def _tiers(session: Session, on: date) -> Iterator[Stale]:
    """Tiers of an item whose provision was replaced after they were published."""
    for one in law_book.tiers(session):
        name = f"{one.benchmark}（{one.benchmark_number}）阶次“{one.tier.name}”"
        yield from _stale(CitedIn.TIER, str(one.id), name, one.article, on)
        if one.from_on > on or (one.until_on is not None and one.until_on < on):
            continue
        then, now = _items(one.item_key, one.from_on, on)
        if _replaced(then, now) and (now is None or discretion_data.fault(one.tier, now)):
            cite = _cite(then)
            say = f"{name}依据的罚则{cite}在 {on} 已经被取代，幅度与现行罚则不符，请核对基准。"
            yield Stale(CitedIn.TIER, str(one.id), name, cite, say)


def _cases(session: Session, on: date) -> Iterator[Stale]:
    """Undecided cases whose act lies before a change of the law (第三十七条)."""
    asked = (
        select(Case)
        .where(col(Case.stage).in_(UNDECIDED), Case.item_key != "")
        .order_by(col(Case.id))
    )
    for case in session.exec(asked):
        acted_on = case.acted_at.astimezone(CHINA).date() if case.acted_at else case.acted_on
        day = acted_on or case.filed_on or on
        then, now = _items(case.item_key, min(day, on), on)
        if not _replaced(then, now):
            continue
        cite = _cite(then)
        say = (
            f"案件 {case.number}（{case.cause}）的行为发生在 {day}，当时的罚则{cite}在 {on} 已经失效。"
            "作出决定前请比较新旧规定，从旧兼从轻，选定适用的规定并写明理由。"
        )
        yield Stale(CitedIn.CASE, case.number, case.cause, f"{cite}、{ARTICLE_37}", say)


def _items(key: str, then: date, now: date) -> tuple[Violation | None, Violation | None]:
    try:
        return catalogue.item(key, then), catalogue.item(key, now)
    except LawDataError:  # said already by the check of the data itself
        return None, None


def _replaced(then: Violation | None, now: Violation | None) -> bool:
    return then is not None and (now is None or now.from_on != then.from_on)


def _cite(item: Violation | None) -> str:
    return "、".join(one.cite for one in item.sanctioned_by) if item else ""


def as_json(on: date, found: tuple[Stale, ...]) -> dict[str, Any]:
    """What `law --check --json` prints."""
    return {"on": on.isoformat(), "problems": [one.as_json() for one in found]}
