"""Spans of the report: a quarter, a year, any span; the one before, after, and a year ago."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from enforcer.errors import InvalidForm

_DAY = timedelta(days=1)
_QUARTER = re.compile(r"(\d{4})Q([1-4])", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"(\d{4})")
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2}):(\d{4}-\d{2}-\d{2})")
FIRST_YEAR, _LAST_YEAR = 1990, 2200
_ORDINALS = "一二三四"
HOW_TO_WRITE = "请写成 2026Q3（季度）、2026（年度）或者 2026-01-01:2026-03-31（起止日期）。"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days, both ends within it."""

    first: date
    last: date

    def __post_init__(self) -> None:
        assert self.first <= self.last, "a period ends after it begins"

    @property
    def quarter(self) -> int:
        """1 to 4 when the span is exactly a quarter, else 0."""
        number = (self.first.month + 2) // 3
        return number if self == quarter(self.first.year, number) else 0

    @property
    def is_year(self) -> bool:
        return self == year(self.first.year)

    @property
    def is_month(self) -> bool:
        return self == month(self.first.year, self.first.month)

    @property
    def label(self) -> str:
        """As an officer says it: 2026年第三季度, 2026年度, 2026年1月1日至3月15日."""
        if self.quarter:
            return f"{self.first.year}年第{_ORDINALS[self.quarter - 1]}季度"
        if self.is_year:
            return f"{self.first.year}年度"
        if self.is_month:
            return f"{self.first.year}年{self.first.month}月"
        begins = _in_words(self.first)
        if self.first == self.last:
            return begins
        same = self.first.year == self.last.year
        return (
            f"{begins}至{_in_words(self.last).split('年', 1)[1] if same else _in_words(self.last)}"
        )

    @property
    def text(self) -> str:
        """As `--period` takes it."""
        if self.quarter:
            return f"{self.first.year}Q{self.quarter}"
        if self.is_year:
            return str(self.first.year)
        return f"{self.first}:{self.last}"

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def as_json(self) -> dict[str, str]:
        return {"from": self.first.isoformat(), "to": self.last.isoformat()}


def parse(text: str) -> Period:
    """Read `2026Q3`, `2026`, `2026-01` or `2026-01-01:2026-03-31`; InvalidForm says what is wrong."""
    given = text.strip()
    try:
        if found := _QUARTER.fullmatch(given):
            made = quarter(int(found[1]), int(found[2]))
        elif found := _MONTH.fullmatch(given):
            made = month(int(found[1]), int(found[2]))
        elif found := _YEAR.fullmatch(given):
            made = year(int(found[1]))
        elif found := _SPAN.fullmatch(given):
            made = _between(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
        else:
            raise InvalidForm({"period": f"期间“{given[:30]}”不能识别。{HOW_TO_WRITE}"})
    except ValueError as error:
        say = f"期间“{given}”里有不存在的日期。{HOW_TO_WRITE}"
        raise InvalidForm({"period": say}) from error
    if made.first.year < FIRST_YEAR or made.last.year > _LAST_YEAR:
        raise InvalidForm({"period": f"期间“{given}”的年份不合理。{HOW_TO_WRITE}"})
    return made


def _between(first: date, last: date) -> Period:
    if last < first:
        raise InvalidForm(
            {"period": f"期间的开始日 {first} 晚于结束日 {last}。请把较早的日期写在前面。"}
        )
    return Period(first, last)


def quarter(year_number: int, number: int) -> Period:
    """One quarter of a year."""
    assert 1 <= number <= 4
    last_month = number * 3
    return Period(date(year_number, last_month - 2, 1), _month_end(year_number, last_month))


def quarter_of(day: date) -> Period:
    """The quarter a day lies in."""
    return quarter(day.year, (day.month + 2) // 3)


def month(year_number: int, number: int) -> Period:
    return Period(date(year_number, number, 1), _month_end(year_number, number))


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def step(period: Period, by: int) -> Period:
    """The period `by` places later (earlier when negative), of the same sort and length."""
    if period.quarter:
        index = period.first.year * 4 + period.quarter - 1 + by
        return quarter(index // 4, index % 4 + 1)
    if period.is_year:
        return year(period.first.year + by)
    if period.is_month:
        index = period.first.year * 12 + period.first.month - 1 + by
        return month(index // 12, index % 12 + 1)
    length = (period.last - period.first + _DAY) * by
    return Period(period.first + length, period.last + length)


def year_before(period: Period) -> Period:
    """The same span of the year before; 29 February becomes the 28th, a month's end stays one."""
    first, last = _back(period.first), _back(period.last)
    if period.last == _month_end(period.last.year, period.last.month):
        last = _month_end(last.year, last.month)
    return Period(first, last)


def cumulative(period: Period) -> Period:
    """From the first of January of the period's last year to its end (本年累计)."""
    return Period(date(period.last.year, 1, 1), period.last)


def months(period: Period) -> tuple[Period, ...]:
    """The months of the span in order, the first and the last cut to it."""
    found = []
    at = period.first
    while at <= period.last:
        end = min(_month_end(at.year, at.month), period.last)
        found.append(Period(at, end))
        at = end + _DAY
    return tuple(found)


def _back(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, _month_end(day.year - 1, day.month).day))


def _month_end(year_number: int, number: int) -> date:
    return date(year_number, number, calendar.monthrange(year_number, number)[1])


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
