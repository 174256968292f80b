"""Articles as they are cited in a text on a day: of which edition, and whether that still holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from enforcer.law import citations
from enforcer.law.statutes import Edition, Statute
from enforcer.terms import Term


class CitedAs(Term):
    """What an article is used for."""

    BREACHED = "breached", "违则"
    SANCTIONED = "sanctioned", "罚则"
    AMOUNT = "amount", "数额"
    PERIOD = "period", "期限"
    CIRCUMSTANCE = "circumstance", "法定情形"
    TIER = "tier", "裁量基准"
    LIST = "list", "清单"
    TEMPLATE = "template", "文书模板"


@dataclass(frozen=True, slots=True)
class Use:
    """One place that cites an article: `edition` is which statute, `key` what is there.

    `say` tells what is wrong with the citation on the day, empty when nothing is.
    """

    edition: str
    article: str
    number: int
    cited_as: CitedAs
    key: str
    name: str
    text: str = ""
    say: str = ""


def place(statute: str, year: str) -> str:
    """The key of one edition of a statute."""
    return f"{statute}.{year}"


def cited(
    text: str, cited_as: CitedAs, key: str, name: str, on: date, *, words: str = ""
) -> Iterator[Use]:
    """The citations of registered statutes in a text, each at the edition it means."""
    wrong = {one.citation.text: one.say for one in citations.faults(text, on)}
    for one in citations.find(text):
        if one.statute is None:
            continue
        edition = _meant(one.statute, one.year, on)
        article = one.text[one.text.find("第", len(one.name)) :]
        yield Use(
            edition=place(one.statute.key, edition.year),
            article=article,
            number=one.articles[0] or 0,
            cited_as=cited_as,
            key=key,
            name=name,
            text=words,
            say=wrong.get(one.text, ""),
        )


def number_of(article: str) -> int:
    """The number of the first article, for putting them in order; 0 when it cannot be read."""
    found = citations.find(f"《{article}》{article}") if citations.is_article(article) else ()
    return (found[0].articles[0] or 0) if found else 0


def _meant(statute: Statute, year: str, on: date) -> Edition:
    named = statute.edition(year) if year else statute.on(on)
    return named or statute.editions[-1]
