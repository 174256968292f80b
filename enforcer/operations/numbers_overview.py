"""How the next paper of each kind would be numbered, by both schemes; nothing is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, select

from enforcer.documents import course_rules
from enforcer.errors import Refused
from enforcer.models import NumberRule
from enforcer.operations import numbering
from enforcer.operations.course_paper_numbers import SETTING, Scheme
from enforcer.queries import office
from enforcer.queries.looking import Where, looking
from enforcer.terms import SeriesKind


@dataclass(frozen=True, slots=True)
class NextNumber:
    """The next number of one kind of paper; `case` is empty where it has a series of its own anyway.

    `missing` says what is to be set first; `derived` that the rule follows the organ's other numbers.
    """

    kind: str
    series: str
    case: str
    derived: bool = False
    missing: str = ""

    @property
    def label(self) -> str:
        return course_rules.series_label(self.kind)


@dataclass(frozen=True, slots=True)
class Numbering:
    """The scheme as it stands, and what it makes of the next papers."""

    scheme: Scheme
    from_year: int
    version: str
    rows: tuple[NextNumber, ...]
    faults: tuple[str, ...]


def numbering_of(where: Where, organ_id: int | None, year: int) -> Numbering:
    """How one organ numbers its papers in a year, and whether any number is missing or twice there."""
    with looking(where) as session:
        said = office.setting(session, SETTING)
        scheme = Scheme(said.get("scheme", Scheme.SERIES.value))
        rows = _rows(session, organ_id, year) if organ_id is not None else ()
        return Numbering(
            scheme,
            int(said.get("from_year", year)),
            office.setting_version(session, SETTING),
            rows,
            tuple(one.say for one in numbering.gaps(session)),
        )


def _rows(session: Session, organ_id: int, year: int) -> tuple[NextNumber, ...]:
    own = set(session.exec(select(NumberRule.kind).where(NumberRule.organ_id == organ_id)).all())
    like = _next(session, organ_id, SeriesKind.CASE_FILING, year)
    found = []
    for kind in course_rules.series_kinds():
        series = _next(session, organ_id, kind, year)
        missing = "" if series else "没有样式，双击去设"
        found.append(
            NextNumber(
                kind, series, _shared(session, organ_id, kind, like), kind not in own, missing
            )
        )
    return tuple(found)


def _next(session: Session, organ_id: int, kind: str, year: int) -> str:
    try:
        return numbering.peek(session, organ_id, kind, year)[0].number
    except Refused:
        return ""


def _shared(session: Session, organ_id: int, kind: str, like: str) -> str:
    """The number that a paper of the next case would share with it."""
    if not like or (kind not in course_rules.rules()):
        return ""
    try:
        drawn = numbering.numbered(session, organ_id, kind, like)
    except Refused:
        return ""
    return drawn.number if drawn else ""
