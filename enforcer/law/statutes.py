"""The register of statutes: which edition is in force on a day, and how many articles it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from enforcer.errors import LawDataError
from enforcer.law import catalogue
from enforcer.law.parameters import VERIFIED
from enforcer.law.toml_data import Fields, LawFile, Trusted, check_order, collect, read, version_on

FILE = "statutes.toml"
REPUBLIC = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a statute; `year` is what stands in brackets behind its name."""

    year: str
    from_on: date
    until_on: date | None
    articles: int | None
    verified: str


@dataclass(frozen=True, slots=True)
class Statute:
    """A statute through time, with the names it is called by."""

    key: str
    title: str
    names: tuple[str, ...]
    editions: tuple[Edition, ...]

    def on(self, day: date) -> Edition | None:
        """The edition in force on a day."""
        return version_on(self.editions, day)

    def edition(self, year: str) -> Edition | None:
        return next((one for one in self.editions if one.year == year), None)

    def ended_on(self, edition: Edition) -> date | None:
        """The first day on which an edition no longer holds: repealed, or the next took over."""
        later = [one.from_on for one in self.editions if one.from_on > edition.from_on]
        ends = [date.fromordinal(edition.until_on.toordinal() + 1)] if edition.until_on else []
        return min([*later, *ends], default=None)


def bare(title: str) -> str:
    """The name without the republic, without brackets around it, without blanks."""
    name = "".join(title.split())
    if name.startswith("《") and name.endswith("》"):
        name = name[1:-1]
    return name.removeprefix(REPUBLIC)


def statutes(folder: Path | None = None) -> tuple[Statute, ...]:
    """Every statute the program knows: this register and the laws of the catalogue."""
    try:
        registered = tuple(_book(folder).entries.values())
    except LawDataError:
        registered = ()
    return (*registered, *_of_catalogue(folder))


def statute(name: str, folder: Path | None = None) -> Statute | None:
    """The statute that is called by this name; None for one that is not registered."""
    return _by_name(folder).get(bare(name))


def names(folder: Path | None = None) -> tuple[str, ...]:
    """All names without the republic, the longest first."""
    return tuple(sorted(_by_name(folder), key=lambda one: (-len(one), one)))


def problems(folder: Path | None = None) -> tuple[LawDataError, ...]:
    """Return what cannot be trusted in this file; the rest goes on working."""
    try:
        return _book(folder).problems()
    except LawDataError as error:
        return (error,)


@cache
def _by_name(folder: Path | None) -> dict[str, Statute]:
    return {
        name: one for one in statutes(folder) for name in (bare(one.title), *map(bare, one.names))
    }


@cache
def _book(folder: Path | None) -> Trusted[Statute]:
    file = read(FILE, folder)
    return collect(file.data, lambda key, table: _statute(file, key, table))


def _statute(file: LawFile, key: str, table: object) -> Statute:
    fields = Fields(table, file.place(key))
    found = Statute(
        key=key,
        title=fields.text("title"),
        names=fields.texts("names"),
        editions=tuple(map(_edition, fields.tables("editions"))),
    )
    fields.done()
    check_order(found.editions, fields.place)
    return found


def _edition(fields: Fields) -> Edition:
    edition = Edition(
        year=fields.text("edition"),
        from_on=fields.day("from"),
        until_on=fields.maybe_day("until"),
        articles=fields.maybe_integer("articles"),
        verified=fields.choice("verified", VERIFIED, "V"),
    )
    fields.done()
    if edition.articles is not None and edition.articles < 1:
        raise fields.place.error(f"条数 {edition.articles} 不是正数", "请改正“articles”")
    return edition


def _of_catalogue(folder: Path | None) -> tuple[Statute, ...]:
    """The laws of the catalogue; none when that file cannot be trusted, which it says itself."""
    try:
        laws = catalogue.laws(folder)
    except LawDataError:
        return ()
    return tuple(
        Statute(
            key=one.key,
            title=one.title,
            names=(),
            editions=(
                Edition(one.edition[:4], one.from_on, one.until_on, one.articles, one.verified),
            ),
        )
        for one in laws
    )
