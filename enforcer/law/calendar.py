"""Working days: Monday to Friday, less the State Council's days off, plus its 调休 days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType

from enforcer.errors import LawDataError
from enforcer.law.toml_data import Fields, LawFile, Trusted, collect, read

FILE = "holidays.toml"
ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """One yearly notice: the days off and the weekends to be worked, each with its festival."""

    year: int
    title: str
    number: str
    off: Mapping[date, str]
    working: Mapping[date, str]

    def problem(self) -> str:
        """Say what contradicts itself in this notice; empty when nothing does."""
        if not self.off:
            return "没有任何放假日"
        for day in (*self.off, *self.working):
            if not date(self.year - 1, 12, 1) <= day <= date(self.year + 1, 1, 31):
                return f"{day} 不属于 {self.year} 年的放假安排"
        for day in self.working:
            if day in self.off:
                return f"{day} 既写成放假又写成上班"
            if day.weekday() < SATURDAY:
                return f"{day}（{weekday(day)}）本来就是工作日，不是调休上班"
        return ""


@dataclass(frozen=True)
class Calendar:
    """The working days of the years whose notice is loaded; other years are unknown."""

    years: Mapping[int, HolidayYear]
    _off: Mapping[date, str] = field(init=False, repr=False)
    _working: Mapping[date, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        off: dict[date, str] = {}
        working: dict[date, str] = {}
        for year in sorted(self.years):
            off |= self.years[year].off
            working |= self.years[year].working
        object.__setattr__(self, "_off", MappingProxyType(off))
        object.__setattr__(self, "_working", MappingProxyType(working))

    def knows(self, year: int) -> bool:
        """Tell whether the holiday notice of that year is loaded."""
        return year in self.years

    def is_working(self, day: date) -> bool:
        """Tell whether it is a working day; in an unknown year only weekends are off."""
        return day not in self._off and (day.weekday() < SATURDAY or day in self._working)

    def why_not(self, day: date) -> str:
        """Say what is special about a day: 国庆节放假, 周六, 调休上班; empty for a plain one."""
        if day in self._off:
            return f"{self._off[day]}放假"
        if day in self._working:
            return "调休上班"
        return weekday(day) if day.weekday() >= SATURDAY else ""

    def shift(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, or before it when negative."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def next_working(self, day: date) -> date:
        """Return `day` itself, or the first working day after it (末日顺延)."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def working_between(self, first: date, last: date) -> int:
        """Count the working days after `first` up to and including `last`."""
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(map(self.is_working, days))

    def extended(self, more: Iterable[HolidayYear]) -> Calendar:
        """Return this calendar with further years; a year given again replaces the former."""
        return Calendar({**self.years, **{one.year: one for one in more}})


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


@cache
def shipped(folder: Path | None = None) -> Calendar:
    """Return the calendar of the notices shipped with the program; a bad year is left out."""
    try:
        return Calendar(_years(folder).entries)
    except LawDataError:
        return Calendar({})


def problems(folder: Path | None = None) -> tuple[LawDataError, ...]:
    """Return what cannot be trusted in this file; the rest goes on working."""
    try:
        return _years(folder).problems()
    except LawDataError as error:
        return (error,)


@dataclass(frozen=True, slots=True)
class _Years:
    """The good years by number, and the errors of the others."""

    entries: Mapping[int, HolidayYear]
    trusted: Trusted[HolidayYear]

    def problems(self) -> tuple[LawDataError, ...]:
        return self.trusted.problems()


@cache
def _years(folder: Path | None) -> _Years:
    file = read(FILE, folder)
    trusted = collect(file.data, lambda key, table: _year(file, key, table))
    return _Years({one.year: one for one in trusted.entries.values()}, trusted)


def _year(file: LawFile, key: str, table: object) -> HolidayYear:
    fields = Fields(table, file.place(key))
    if not (key.isascii() and key.isdigit() and len(key) == 4):
        raise fields.place.error(f"“{key}”不是年份", "请写四位数的年份，如 [2026]")
    off: dict[date, str] = {}
    working: dict[date, str] = {}
    title, number = fields.text("title"), fields.text("number")
    for one in fields.tables("holidays"):
        name = one.text("name")
        span = one.days("off")
        if len(span) != 2 or span[0] > span[1]:
            raise one.place.error(f"“{name}”的放假日写法不对", "请写 off = [第一天, 最后一天]")
        length = (span[1] - span[0]).days + 1
        off |= dict.fromkeys((span[0] + timedelta(days=n) for n in range(length)), name)
        working |= dict.fromkeys(one.days("working"), name)
        one.done()
    fields.done()
    year = HolidayYear(int(key), title, number, off, working)
    if problem := year.problem():
        raise fields.place.error(problem, "请对照国务院办公厅的放假通知改正")
    return year
