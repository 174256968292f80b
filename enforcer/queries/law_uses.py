"""Law by law: every edition that is known, and where its articles are used on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from enforcer.errors import LawDataError
from enforcer.law import (
    catalogue,
    deadlines,
    discretion_data,
    leniency_data,
    parameters,
    statutes,
)
from enforcer.law.toml_data import version_on
from enforcer.law.violation import Provision, Violation
from enforcer.queries import law_book, law_papers
from enforcer.queries.law_cited import CitedAs, Use, cited, number_of, place
from enforcer.queries.looking import Where, looking

__all__ = ["CitedAs", "StatuteRow", "Use", "statute_rows", "uses"]
LOCAL_RANK = "本地规定"
EVE = -1


@dataclass(frozen=True, slots=True)
class StatuteRow:
    """One edition of a statute, or a local rule the office has entered; `uses` on the day asked."""

    key: str
    title: str
    edition: str
    rank: str
    from_on: date
    until_on: date | None
    articles: int | None
    verified: str
    note: str
    uses: int

    def in_force(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


def statute_rows(where: Where, on: date, search: str = "") -> list[StatuteRow]:
    """Every edition in the order of the registers, the local rules last; narrowed by words."""
    with looking(where) as session:
        counted = Counter(one.edition for one in uses(session, on))
        found = [*_registered(counted), *_local(session, counted)]
    words = search.split()
    return [
        one
        for one in found
        if all(word in f"{one.title} {one.edition} {one.rank}" for word in words)
    ]


def uses(where: Where, on: date, edition: str = "") -> list[Use]:
    """Where articles are used on a day, by article; those of one edition, or all."""
    with looking(where) as session:
        found = [
            *_items(session, on),
            *_amounts(on),
            *_periods(on),
            *_circumstances(on),
            *_tiers(session, on),
            *_lists(session, on),
            *(one for paper in law_papers.papers(session, on) for one in paper.citations),
        ]
    order = list(CitedAs)
    wanted = [one for one in dict.fromkeys(found) if not edition or one.edition == edition]
    return sorted(wanted, key=lambda one: (one.number, order.index(one.cited_as)))


def _registered(counted: Mapping[str, int]) -> Iterator[StatuteRow]:
    try:
        laws = {one.key: one for one in catalogue.laws()}
    except LawDataError:  # said already by the check of the data itself
        laws = {}
    for one in statutes.statutes():
        law = laws.get(one.key)
        for edition in one.editions:
            ended = one.ended_on(edition)
            key = place(one.key, edition.year)
            yield StatuteRow(
                key=key,
                title=one.title,
                edition=law.edition if law else f"{edition.year}年",
                rank=law.rank if law else "",
                from_on=edition.from_on,
                until_on=date.fromordinal(ended.toordinal() + EVE) if ended else None,
                articles=edition.articles,
                verified=edition.verified,
                note=law.note if law else "",
                uses=counted.get(key, 0),
            )


def _local(session: Session, counted: Mapping[str, int]) -> Iterator[StatuteRow]:
    """Local rules, as far as an amount of theirs was entered."""
    by_title = {one.document: one for one in reversed(law_book.local_amounts(session))}
    for title, one in by_title.items():
        key = law_book.LOCAL + title
        yield StatuteRow(
            key=key,
            title=title,
            edition=one.document_number,
            rank=LOCAL_RANK,
            from_on=one.from_on,
            until_on=one.until_on,
            articles=None,
            verified="U",
            note="由本机关录入。",
            uses=counted.get(key, 0),
        )


def _items(session: Session, on: date) -> Iterator[Use]:
    try:
        found = law_book.items_for(session, on)
    except LawDataError:  # said already by the check of the data itself
        return
    for item in found:
        for one in item.breached:
            yield _provision(one, CitedAs.BREACHED, item, on)
        for one in item.sanctioned_by:
            yield _provision(one, CitedAs.SANCTIONED, item, on)


def _provision(one: Provision, cited_as: CitedAs, item: Violation, on: date) -> Use:
    local = one.law.key.startswith(law_book.LOCAL)
    ended = not local and not one.law.in_force(on)
    return Use(
        edition=law_book.LOCAL + one.law.title
        if local
        else place(one.law.key, one.law.edition[:4]),
        article=one.article,
        number=number_of(one.article),
        cited_as=cited_as,
        key=item.key,
        name=item.title,
        text=one.text,
        say=f"《{one.law.title}》在 {on} 没有施行，请核对。" if ended else "",
    )


def _amounts(on: date) -> Iterator[Use]:
    try:
        names = parameters.names()
    except LawDataError:  # said already by the check of the data itself
        return
    for name in names:
        known = parameters.parameter(name)
        value = version_on(known.values, on) if known else None
        if known and value:
            yield from cited(value.cite, CitedAs.AMOUNT, name, known.title, on)


def _periods(on: date) -> Iterator[Use]:
    try:
        rules = deadlines.rules()
    except LawDataError:  # said already by the check of the data itself
        return
    for rule in rules:
        period = version_on(rule.versions, on)
        if period:
            words = f"自{rule.start}起算。{period.note}"
            yield from cited(period.cite, CitedAs.PERIOD, rule.name, rule.title, on, words=words)


def _circumstances(on: date) -> Iterator[Use]:
    try:
        found = leniency_data.circumstances(on)
    except LawDataError:  # said already by the check of the data itself
        return
    for one in found:
        yield from cited(one.cite, CitedAs.CIRCUMSTANCE, one.key, one.title, on, words=one.text)


def _tiers(session: Session, on: date) -> Iterator[Use]:
    for versions in discretion_data.shipped().values():
        if shipped := version_on(versions, on):
            text, key = shipped.cite, shipped.item_key
            yield from cited(text, CitedAs.TIER, key, shipped.title, on)
    for one in law_book.tiers(session):
        if one.from_on <= on and (one.until_on is None or on <= one.until_on):
            name = f"{one.benchmark}：{one.tier.name}"
            yield from cited(one.article, CitedAs.TIER, str(one.id), name, on)


def _lists(session: Session, on: date) -> Iterator[Use]:
    for one in law_book.list_entries(session, on=on):
        row = one.row
        name = f"{row.category.label}：{row.item}"
        for text in (row.basis, row.breached_basis, row.penalty_basis):
            yield from cited(text, CitedAs.LIST, str(one.id), name, on)
