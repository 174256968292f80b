"""Templates as papers of a day are made with them, and the articles each of them cites."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from sqlmodel import Session

from enforcer import paths
from enforcer.errors import TemplateTrouble
from enforcer.queries import office
from enforcer.queries.law_cited import CitedAs, Use, cited
from enforcer.queries.looking import Where, looking


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A template on a day: `edition` 0 is the shipped one; `next_from` when another takes over."""

    key: str
    title: str
    version: str = ""
    edition: int = 0
    from_on: date | None = None
    saved_by: str = ""
    next_from: date | None = None
    citations: tuple[Use, ...] = ()
    trouble: str = ""

    @property
    def faults(self) -> int:
        """How many citations do not hold on the day."""
        return sum(bool(one.say) for one in self.citations)


def template_keys() -> tuple[str, ...]:
    """Every template that comes with the program, by name."""
    return tuple(path.stem for path in sorted((paths.resources() / "templates").glob("*.toml")))


def papers(where: Where, on: date) -> list[PaperRow]:
    """Every template in the text that papers of this day are made with."""
    with looking(where) as session:
        return [_paper(session, key, on) for key in template_keys()]


def _paper(session: Session, key: str, on: date) -> PaperRow:
    try:
        known = office.editions(session, key)
        current = next(one for one in known if one.from_on is None or one.from_on <= on)
        read = _read(current.body, key, on)
    except (TemplateTrouble, tomllib.TOMLDecodeError) as error:
        return PaperRow(
            key, key, trouble=f"模板读不出来：{error}。请重新安装程序，或者恢复出厂文字。"
        )
    return replace(
        read,
        edition=current.edition,
        from_on=current.from_on,
        saved_by=current.saved_by,
        next_from=min(
            (one.from_on for one in known if one.from_on and one.from_on > on), default=None
        ),
    )


@lru_cache(maxsize=256)
def _read(body: str, key: str, on: date) -> PaperRow:
    """What the text alone says; a list shown again need not read every template again."""
    data = tomllib.loads(body)
    title = str(data.get("title", key))
    found = [
        one
        for text in texts(data)
        for one in cited(text, CitedAs.TEMPLATE, key, title, on, words=text)
    ]
    version = str(data.get("version", ""))
    return PaperRow(key, title, version, citations=tuple(dict.fromkeys(found)))


def texts(value: object) -> Iterator[str]:
    """Every text inside a value read from TOML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
