"""Statutory periods that explain themselves: start, day type, skipped days, rolling, article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from enforcer.errors import InvalidForm, LawDataError, Level, Objection, Refused
from enforcer.law import arithmetic
from enforcer.law.arithmetic import Period
from enforcer.law.calendar import Calendar, shipped
from enforcer.law.parameters import VERIFIED
from enforcer.law.toml_data import Fields, LawFile, Trusted, check_order, collect, read, version_on

FILE = "deadlines.toml"
COUNTINGS = ("working", "calendar", "months", "years", "hours")
DIRECTIONS = ("after", "before")


@dataclass(frozen=True, slots=True)
class Rule:
    """One named period through time."""

    name: str
    title: str
    start: str
    versions: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A computed period: the last lawful day, and in `why` how it was found.

    `due_at` is the moment, for periods of hours that were given the hour of their start.
    """

    rule: str
    title: str
    from_on: date
    due_on: date
    nominal_on: date
    counting: str
    rolls: bool
    cite: str
    why: tuple[str, ...]
    provisional: bool
    due_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the contract of the command `due`."""
        return {
            "rule": self.rule,
            "from": self.from_on.isoformat(),
            "due_on": self.due_on.isoformat(),
            "nominal_on": self.nominal_on.isoformat(),
            "counting": self.counting,
            "rolls": self.rolls,
            "cite": self.cite,
            "why": list(self.why),
            "provisional": self.provisional,
        }


def due(
    rule: str,
    start: date | datetime,
    *,
    calendar: Calendar | None = None,
    folder: Path | None = None,
) -> Due:
    """Compute one period; InvalidForm for an unknown name, Refused where the law had none."""
    known = _book(folder).get(rule)
    if known is None:
        raise InvalidForm(
            {"rule": f"没有名为“{rule}”的期限。可以用的名称：{'、'.join(names(folder))}。"}
        )
    moment = start if isinstance(start, datetime) else None
    day = moment.date() if moment else start
    period = _in_force(known, day)
    if moment and moment.tzinfo is None:
        raise InvalidForm({"from": "起算时刻没有时区，请按北京时间填写年月日时分。"})
    try:
        reached = arithmetic.reach(period, known.start, day, moment, calendar or shipped(folder))
    except OverflowError as error:
        raise InvalidForm({"from": f"起算日 {day} 超出了日历的范围，请核对年份。"}) from error
    return Due(
        rule=rule,
        title=known.title,
        from_on=day,
        due_on=reached.due_on,
        nominal_on=reached.nominal_on,
        counting=period.counting,
        rolls=period.rolls,
        cite=period.cite,
        why=reached.why,
        provisional=reached.provisional,
        due_at=reached.due_at,
    )


def _in_force(rule: Rule, day: date) -> Period:
    period = version_on(rule.versions, day)
    if period is None:
        first, last = rule.versions[0], rule.versions[-1]
        known = f"自 {first.from_on} 起施行" if day < first.from_on else f"到 {last.until_on} 为止"
        raise Refused(
            Objection(
                "rule_not_in_force",
                Level.BLOCK,
                f"{day} 起算的“{rule.title}”没有可以适用的规定：收录的规定{known}（{first.cite}）。"
                "请核对起算日，或者查阅当时的法律。",
                first.cite,
                "from",
            )
        )
    return period


def names(folder: Path | None = None) -> tuple[str, ...]:
    """Return the names of all trusted rules, in the order of the file."""
    return tuple(_book(folder).entries)


def rules(folder: Path | None = None) -> tuple[Rule, ...]:
    return tuple(_book(folder).entries.values())


def problems(folder: Path | None = None) -> tuple[LawDataError, ...]:
    """Return what cannot be trusted in this file; the rest goes on working."""
    try:
        return _book(folder).problems()
    except LawDataError as error:
        return (error,)


@cache
def _book(folder: Path | None) -> Trusted[Rule]:
    file = read(FILE, folder)
    return collect(file.data, lambda name, table: _rule(file, name, table))


def _rule(file: LawFile, name: str, table: object) -> Rule:
    fields = Fields(table, file.place(name))
    rule = Rule(
        name=name,
        title=fields.text("title"),
        start=fields.text("start"),
        versions=tuple(map(_period, fields.tables("versions"))),
    )
    fields.done()
    check_order(rule.versions, fields.place)
    return rule


def _period(fields: Fields) -> Period:
    period = Period(
        length=fields.integer("length"),
        counting=fields.choice("counting", COUNTINGS),
        before=fields.choice("direction", DIRECTIONS, "after") == "before",
        rolls=fields.flag("rolls"),
        cite=fields.cite(),
        from_on=fields.day("from"),
        until_on=fields.maybe_day("until"),
        verified=fields.choice("verified", VERIFIED, "V"),
        then=fields.text("then", ""),
        note=fields.text("note", ""),
    )
    fields.done()
    if period.length < 1:
        raise fields.place.error(f"期限长度 {period.length} 不是正数", "请改正“length”")
    if period.before and period.counting != "working":
        raise fields.place.error("向前数的期限只能按工作日计算", "请改正“direction”或者“counting”")
    if period.rolls and period.counting in ("working", "hours"):
        raise fields.place.error("按工作日、小时计算的期限不存在末日顺延", "请写 rolls = false")
    _check_words(period.then, fields)
    return period


def _check_words(then: str, fields: Fields) -> None:
    """Refuse a `then` that names anything but {due} and {next}."""
    try:
        then.format(due="", next="")
    except (KeyError, ValueError, IndexError) as error:
        raise fields.place.error(
            "“then”里有不认识的花括号", "只能写 {due}（届满日）和 {next}（次日）"
        ) from error
