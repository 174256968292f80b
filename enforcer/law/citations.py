"""Articles cited in a text: found, read, and held against the register of statutes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from enforcer.law import statutes
from enforcer.law.statutes import Edition, Statute

_MOST = 2_000  # no statute has more articles
_N = "[〇零一二三四五六七八九十百千0-9]"
_ARTICLE = re.compile(
    rf"第({_N}+)条(?:之{_N}+)?(?:第{_N}+款)?(?:第?[（(]?{_N}+[）)]?项|第{_N}+目)*"
)
_JOINED = r"(?:[、，,和及与至到]|以及|或者|或)?"
_YEAR = r"(?:[（(](?P<year{n}>\d{{4}})年?[^（()）]{{0,12}}[）)])?"


@dataclass(frozen=True, slots=True)
class Citation:
    """One statute named with its articles; `statute` None when it is not registered."""

    text: str
    name: str
    year: str
    articles: tuple[int | None, ...]
    statute: Statute | None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a citation on a day, and whether it was right before."""

    citation: Citation
    say: str
    outdated: bool


def numeral(number: int) -> str:
    """1056 as statutes write it: 一千零五十六."""
    digits = "零一二三四五六七八九"
    text = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += digits[digit] + sign
        elif text and not text.endswith("零"):
            text += "零"
    text = text.rstrip("零")
    return text.removeprefix("一") if text.startswith("一十") else text


@cache
def _numbers() -> dict[str, int]:
    return {numeral(one): one for one in range(1, _MOST)} | {
        str(one): one for one in range(1, _MOST)
    }


def number_of(text: str) -> int | None:
    """Read the number of an article, 一千零五十六 or 1056; None when statutes do not write so."""
    return _numbers().get(text)


def find(text: str, folder: Path | None = None) -> tuple[Citation, ...]:
    """Every citation in a text: 《名称》第…条, or a registered name without marks."""
    return tuple(_citation(one, folder) for one in _pattern(folder).finditer(text))


def is_article(text: str) -> bool:
    """Tell whether a text is nothing but articles: 第三十条第一款、第三十一条第二项."""
    parts = re.split(r"[、，,和及与]", text.strip())
    return all(
        (found := _ARTICLE.fullmatch(one)) is not None and number_of(found[1]) is not None
        for one in parts
    )


def faults(text: str, day: date, folder: Path | None = None) -> tuple[Fault, ...]:
    """What is wrong with the citations in a text on a day; unregistered statutes pass."""
    found = (_fault(one, day) for one in find(text, folder))
    return tuple(one for one in found if one is not None)


def _citation(found: re.Match[str], folder: Path | None) -> Citation:
    name = found["title"] or found["name"]
    return Citation(
        text=found[0].rstrip("、，,和及与至到或者以"),
        name=name,
        year=found["year1"] or found["year2"] or "",
        articles=tuple(number_of(one[1]) for one in _ARTICLE.finditer(found["articles"])),
        statute=statutes.statute(name, folder),
    )


@cache
def _pattern(folder: Path | None) -> re.Pattern[str]:
    known = "|".join(re.escape(one) for one in statutes.names(folder))
    return re.compile(
        rf"(?:《(?P<title>[^《》]{{2,60}}(?:《[^《》]{{2,60}}》[^《》]{{0,20}})?)》{_YEAR.format(n=1)}"
        rf"|(?:{statutes.REPUBLIC})?(?P<name>{known}){_YEAR.format(n=2)})"
        rf"(?P<articles>(?:{_ARTICLE.pattern}{_JOINED})+)"
    )


def _fault(cited: Citation, day: date) -> Fault | None:
    if None in cited.articles:
        return Fault(
            cited,
            f"“{cited.text}”里的条号看不懂，请按法条写成“第三十三条第一款”。",
            outdated=False,
        )
    known = cited.statute
    if known is None:
        return None
    edition = known.edition(cited.year) if cited.year else known.on(day)
    if edition is None and not cited.year:
        return _not_in_force(cited, known, day)
    if edition is None:
        return None  # an edition nobody has registered: nothing can be said
    if day < edition.from_on:
        say = f"“{cited.text}”：《{known.title}》（{edition.year}）自 {edition.from_on} 起才施行。"
        return Fault(cited, say, outdated=False)
    ended = known.ended_on(edition)
    if ended is not None and ended <= day:
        return Fault(cited, _ended(cited, known, edition, ended), outdated=True)
    return _too_high(cited, known, edition)


def _not_in_force(cited: Citation, known: Statute, day: date) -> Fault:
    first, last = known.editions[0], known.editions[-1]
    if day < first.from_on:
        say = (
            f"“{cited.text}”：收录的《{known.title}》自 {first.from_on} 起施行，{day} 还没有施行。"
        )
        return Fault(cited, say, outdated=False)
    return Fault(
        cited,
        f"“{cited.text}”：《{known.title}》已于 {known.ended_on(last)} 废止，请改引现行的条文。",
        outdated=True,
    )


def _ended(cited: Citation, known: Statute, edition: Edition, ended: date) -> str:
    later = next((one for one in known.editions if one.from_on == ended), None)
    if later is None:
        return f"“{cited.text}”：《{known.title}》已于 {ended} 废止，请改引现行的条文。"
    return (
        f"“{cited.text}”：《{known.title}》（{edition.year}）已被 {ended} 起施行的"
        f"{later.year}年文本取代，请核对并改引现行的条文。"
    )


def _too_high(cited: Citation, known: Statute, edition: Edition) -> Fault | None:
    if edition.articles is None:
        return None
    beyond = [one for one in cited.articles if one is not None and one > edition.articles]
    if not beyond:
        return None
    return Fault(
        cited,
        f"“{cited.text}”：《{known.title}》（{edition.year}）共 {edition.articles} 条，"
        f"没有第{numeral(beyond[0])}条，请核对条号。",
        outdated=False,
    )
