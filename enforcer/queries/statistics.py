"""The report of a span: its figures by the counting rules, by month, by item, by place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Date, Select, bindparam, case, func, select
from sqlalchemy.sql import visitors
from sqlmodel import Session

from enforcer import money
from enforcer.models import AuditEntry, Setting
from enforcer.queries import periods, powers, statistics_vehicles, statistics_work
from enforcer.queries.looking import Where, looking
from enforcer.queries.periods import Period
from enforcer.queries.statistics_measures import (
    CASES,
    DAY,
    DECISIONS,
    EVENTS,
    ISSUED,
    MEASURES,
    NO_PLACE,
    NOTICES,
    PENALTY,
    Measure,
    Source,
    item_title,
    open_at,
    spoiled_blanks,
    titles,
    within,
)
from enforcer.queries.statistics_work import Found
from enforcer.store.audit import GENESIS
from enforcer.terms import GuidanceKind, NoPenaltyReason, PenaltyKind

SHOWN_PLACES = 20
SUMMARY_WORDING = "summary_wording"
ONE_DAY = timedelta(days=1)
FEW = 6
BROKEN_DOWN = tuple(
    f"penalties.{one}"
    for one in (
        "total",
        "summary",
        "ordinary",
        "amount",
        "fines",
        "confiscated",
        "summary_fines",
        "ordinary_fines",
    )
)
"""What is told of the penalties of one item or one place."""
ByDay = dict[date, Counter[str]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Every figure of a span by its key; money in 分."""

    period: Period
    values: Mapping[str, int]

    def __getitem__(self, key: str) -> int:
        return self.values[key]

    def as_json(self) -> dict[str, Any]:
        """Return the contract of the command `statistics`."""
        return {
            "period": self.period.as_json(),
            "penalties": {
                "by_class": {one.label: self[f"penalties.by_class.{one}"] for one in PenaltyKind},
                "total": self["penalties.total"],
                "amount_yuan": money.yuan(self["penalties.amount"]),
                "summary": self["penalties.summary"],
                "ordinary": self["penalties.ordinary"],
            },
            "leniency": {
                "no_penalty": {
                    one.value: self[f"leniency.no_penalty.{one}"] for one in NoPenaltyReason
                },
                "mitigated": self["leniency.mitigated"],
                "lighter": self["leniency.lighter"],
            },
            "guidance": self._plain(
                "guidance",
                "notices",
                "notices_void",
                "vehicles",
                "repeat_vehicles",
                "moved_off",
                "leaflets",
            )
            | {"by_kind": {one.label: self[f"guidance.by_kind.{one}"] for one in GuidanceKind}},
            "course": self._plain(
                "course",
                "leads",
                "filed",
                "closed",
                "hearings",
                "reconsiderations",
                "litigations",
                "court_applications",
                "transfers",
            ),
            "payment": {
                f"{one}_yuan": money.yuan(self[f"payment.{one}"])
                for one in ("decided", "paid", "additional", "collected_on_spot")
            },
        }

    def _plain(self, group: str, *names: str) -> dict[str, Any]:
        return {one: self[f"{group}.{one}"] for one in names}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a breakdown: a month, an item, a place, with its figures."""

    name: str
    values: Mapping[str, int]
    period: Period

    def __getitem__(self, key: str) -> int:
        return self.values.get(key, 0)


@dataclass(frozen=True, slots=True)
class Report:
    """All that the page, the workbook and the paper of a span show."""

    unit: str
    figures: Figures
    year_before: Figures
    cumulative: Figures
    months: tuple[Line, ...]
    items: tuple[Line, ...]
    places: tuple[Line, ...]
    times: tuple[int, ...]
    work: Found
    wording: Mapping[str, str]
    more_places: int
    chain_head: str

    @property
    def period(self) -> Period:
        return self.figures.period


@dataclass(frozen=True, slots=True)
class Glance:
    """What of a span adds up day by day: there at once, however many rows there are."""

    figures: Figures
    months: tuple[Line, ...]

    @property
    def period(self) -> Period:
        return self.figures.period


def glance(where: Where, period: Period) -> Glance:
    """The figures that add up, and the months; those of the whole span are left out."""
    with looking(where) as session:
        days = _by_day(session, period)
    values: Counter[str] = Counter(dict.fromkeys(MEASURES, 0))
    for one in days.values():
        values.update(one)
    return Glance(
        Figures(period, dict(values)),
        tuple(_month(one, days) for one in periods.months(period)),
    )


def figures(where: Where, first: date, last: date) -> Figures:
    """Every figure of the span, both days within it."""
    period = Period(first, last)
    with looking(where) as session:
        return _figures(session, period, _by_day(session, period))


def report(where: Where, period: Period, *, work: bool = True) -> Report:
    """The figures of a span beside those of the year before and of the year so far, broken down.

    Without `work` the deadlines and recorders are left out: they are judged row by row.
    """
    with looking(where) as session:
        before, so_far = periods.year_before(period), periods.cumulative(period)
        year = _by_day(session, so_far)
        days = year if so_far.holds(period.first) else _by_day(session, period)
        days = {day: one for day, one in days.items() if period.holds(day)}
        places = _places(session, period)
        return Report(
            unit=_unit(session),
            figures=_figures(session, period, days),
            year_before=figures(session, before.first, before.last),
            cumulative=_figures(session, so_far, year),
            months=tuple(_month(one, days) for one in periods.months(period)),
            items=_items(session, period),
            places=places[:SHOWN_PLACES],
            more_places=len(places[SHOWN_PLACES:]),
            times=statistics_vehicles.times(session, period),
            work=statistics_work.work(session, period) if work else {},
            wording=own_wording(session),
            chain_head=_chain_head(session),
        )


def _figures(session: Session, period: Period, days: ByDay) -> Figures:
    values: Counter[str] = Counter(dict.fromkeys(MEASURES, 0))
    for one in days.values():
        values.update(one)
    values["guidance.notices_void"] += _count(session, NOTICES.c.id, spoiled_blanks(period))
    found = statistics_vehicles.vehicles(session, period)
    values["guidance.vehicles"] = found.count
    values["guidance.repeat_vehicles"] = found.repeated
    values["course.opening"], values["course.ending"] = _open(session, period)
    return Figures(period, dict(values))


def _by_day(session: Session, period: Period) -> ByDay:
    """All figures that add up, one scan of each table, in the order of its index by day.

    The scan only counts rows that are alike in everything a rule looks at; the rules, of which
    there are dozens, are then put to those few groups instead of to every row.
    """
    found: ByDay = defaultdict(Counter)
    span = {"first": period.first, "last": period.last}
    for source in Source:
        for row in session.execute(_by_day_of(source), span):
            for measure, value in zip(_of_source(source), row[1:], strict=True):
                if value:
                    found[row[0]][measure.key] += value
    return found


class _Asked:
    """A span whose days are told when the question is put, so that it is made only once."""

    first, last = bindparam("first", type_=Date), bindparam("last", type_=Date)


@cache
def _of_source(source: Source) -> tuple[Measure, ...]:
    return tuple(one for one in MEASURES.values() if one.source is source)


@cache
def _by_day_of(source: Source) -> Select[Any]:
    day: Any = DAY[source]
    measures, span = _of_source(source), within(source, cast("Period", _Asked()))
    if len(measures) <= FEW:  # no groups to sort: the index gives the days in their order
        return select(day, *map(_total, measures)).where(span).group_by(day)
    looked_at = _columns(one.where for one in measures) - {day}
    added_up = _columns(one.amount for one in measures if one.amount is not None)
    kinds = sorted(looked_at, key=lambda one: one.key)
    groups = (
        select(day, *kinds, func.count().label("rows"))
        .add_columns(*(func.sum(one).label(f"sum_{one.key}") for one in added_up))
        .where(span)
        .group_by(day, *kinds)
        .subquery()
    )
    swap = {one: groups.c[one.key] for one in kinds} | {
        one: groups.c[f"sum_{one.key}"] for one in added_up
    }

    def total(measure: Measure) -> ColumnElement[int]:
        amount: Any = groups.c.rows if measure.amount is None else _swapped(measure.amount, swap)
        return func.sum(case((_swapped(measure.where, swap), amount), else_=0))

    asked: Select[Any] = select(groups.c[day.key], *map(total, measures))
    return asked.group_by(groups.c[day.key])


def _columns(parts: Iterable[ColumnElement[Any]]) -> set[Any]:
    return {one for part in parts for one in visitors.iterate(part) if isinstance(one, Column)}


def _swapped(part: ColumnElement[Any], swap: Mapping[Any, Any]) -> ColumnElement[Any]:
    """The same expression over the groups instead of the rows; amounts only ever add columns."""

    def instead(one: Any, **_options: object) -> Any:
        return swap.get(one) if isinstance(one, Column) else None

    traverse: Any = visitors.replacement_traverse  # its hints know no expression as a result
    made: ColumnElement[Any] = traverse(part, {}, instead)
    return made


def _total(measure: Measure) -> ColumnElement[int]:
    amount: Any = 1 if measure.amount is None else measure.amount
    return func.sum(case((measure.where, amount), else_=0))


def _month(period: Period, days: ByDay) -> Line:
    values: Counter[str] = Counter()
    for day, one in days.items():
        if period.holds(day):
            values.update(one)
    return Line(f"{period.first.year}年{period.first.month}月", dict(values), period)


def _count(session: Session, column: ColumnElement[Any], where: ColumnElement[bool]) -> int:
    return int(session.execute(select(func.count(column)).where(where)).scalar_one())


def _open(session: Session, period: Period) -> tuple[int, int]:
    """Ordinary cases open when the span began, and when it had ended; one look at the cases."""
    opening, ending = (
        func.coalesce(func.sum(case((open_at(day), 1), else_=0)), 0)
        for day in (period.first, period.last + ONE_DAY)
    )
    asked = select(opening, ending).where(CASES.c.filed_on <= period.last)
    found = session.execute(asked).one()
    return int(found[0]), int(found[1])


def _items(session: Session, period: Period) -> tuple[Line, ...]:
    """Penalties, ordinary cases and notices by item; the item with most penalties first."""
    known = titles()
    lines: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _penalties_by(session, period, CASES.c.item_key, CASES.c.cause):
        lines[item_title(known, row[0], row[1])].update(_decided(row))
    for source, key in ((Source.FILED, "filed"), (Source.CLOSED, "closed")):
        asked = (
            select(CASES.c.item_key, CASES.c.cause, func.count())
            .where(within(source, period), MEASURES[f"course.{key}_ordinary"].where)
            .group_by(CASES.c.item_key, CASES.c.cause)
        )
        for item_key, cause, count in session.execute(asked):
            lines[item_title(known, item_key, cause)][f"course.{key}_ordinary"] += count
    for key in ("course.hearings", "course.court_applications"):
        asked = (
            select(CASES.c.item_key, CASES.c.cause, func.count())
            .select_from(EVENTS.join(CASES, CASES.c.id == EVENTS.c.case_id))
            .where(within(Source.EVENT, period), MEASURES[key].where)
            .group_by(CASES.c.item_key, CASES.c.cause)
        )
        for item_key, cause, count in session.execute(asked):
            lines[item_title(known, item_key, cause)][key] += count
    for item_key, words, issued, moved in _notices_by_item(session, period):
        lines[item_title(known, item_key, words)].update(
            {"guidance.notices": issued, "guidance.moved_off": moved}
        )
    return _sorted(lines, period)


def _notices_by_item(session: Session, period: Period) -> Iterable[Any]:
    """From the index alone where the item is known; the rows are read only where it is not."""
    counts = (
        func.sum(case((ISSUED, 1), else_=0)),
        func.sum(case((MEASURES["guidance.moved_off"].where, 1), else_=0)),
    )
    span = within(Source.NOTICE, period)
    by_key = select(NOTICES.c.item_key, func.min(""), *counts).where(span)
    yield from session.execute(by_key.where(NOTICES.c.item_key != "").group_by(NOTICES.c.item_key))
    by_words = select(NOTICES.c.item_key, NOTICES.c.situation, *counts).where(span)
    yield from session.execute(
        by_words.where(NOTICES.c.item_key == "").group_by(NOTICES.c.situation)
    )


def _places(session: Session, period: Period) -> tuple[Line, ...]:
    lines: dict[str, Counter[str]] = defaultdict(Counter)
    asked = (
        select(NOTICES.c.place, func.sum(case((ISSUED, 1), else_=0)))
        .where(within(Source.NOTICE, period))
        .group_by(NOTICES.c.place)
    )
    for place, issued in session.execute(asked):
        lines[place.strip(" ") or NO_PLACE]["guidance.notices"] += issued
    for row in _penalties_by(session, period, CASES.c.place):
        lines[row[0].strip(" ") or NO_PLACE].update(_decided(row))
    return _sorted(lines, period, first="guidance.notices")


def _penalties_by(session: Session, period: Period, *parts: ColumnElement[Any]) -> Iterable[Any]:
    asked = (
        select(*parts, *(_total(MEASURES[key]) for key in BROKEN_DOWN))
        .select_from(DECISIONS.join(CASES, CASES.c.id == DECISIONS.c.case_id))
        .where(within(Source.DECISION, period), PENALTY)
        .group_by(*parts)
    )
    return session.execute(asked)


def _decided(row: Any) -> dict[str, int]:
    return dict(zip(BROKEN_DOWN, row[-len(BROKEN_DOWN) :], strict=True))


def _sorted(
    lines: Mapping[str, Counter[str]], period: Period, *, first: str = "penalties.total"
) -> tuple[Line, ...]:
    made = [Line(name, dict(values), period) for name, values in lines.items() if values.total()]

    def weight(one: Line) -> tuple[int, int, str]:
        return -one[first], -one["penalties.total"] - one["guidance.notices"], one.name

    return tuple(sorted(made, key=weight))


def own_wording(session: Session) -> dict[str, str]:
    """The office's own words of the paragraph, by the shipped ones they stand for."""
    row = session.get(Setting, SUMMARY_WORDING)
    return {str(key): str(text) for key, text in ((row.value or {}) if row else {}).items()}


def _unit(session: Session) -> str:
    """In whose name the report stands: the enabled organs, the first entered first."""
    return "、".join(one.name for one in powers.organs(session, enabled_only=True))


def _chain_head(session: Session) -> str:
    log = AuditEntry.__table__  # type: ignore[attr-defined]
    found = session.execute(select(log.c.hash).order_by(log.c.id.desc()).limit(1)).scalar()
    return found or GENESIS
