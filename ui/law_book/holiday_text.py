"""The days of a holiday notice as they are typed or pasted: one festival a line, in any usual form.

元旦：1月1日（周五）至3日（周日）放假调休，共3天。
春节：2月5日至12日放假，1月31日（周日）、2月20日（周六）上班
国庆节 2027-10-01 至 2027-10-07，上班 2027-10-09
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from enforcer.law.calendar import HolidayYear, weekday

_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_REMARK: Final = re.compile(r"\((?:周|星期|与|含|农历)[^()]*\)|\(除夕[^()]*\)|\(大年[^()]*\)")
_NUMBERING: Final = re.compile(r"^\s*(?:[一二三四五六七八九十]+[、.]|\(?\d{1,2}[、.)](?!\d))\s*")
_DAY: Final = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日?"
    r"|(?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
    r"|(?<![\d月年])(?P<only>\d{1,2})日"
)
_UNTIL: Final = re.compile(r"\s*(?:至|到|-|—|–|~)\s*")


@dataclass(frozen=True, slots=True)
class Festival:
    """One line: its name, first and last day off, the days to be worked."""

    name: str
    first: date
    last: date
    working: tuple[date, ...] = ()

    def as_given(self) -> dict[str, object]:
        """As the form of the notice takes it."""
        return {
            "name": self.name,
            "first": self.first,
            "last": self.last,
            "working": list(self.working),
        }


class Unclear(ValueError):
    """A line that cannot be read; `str` is the sentence."""


def read(text: str, year: int) -> tuple[Festival, ...]:
    """Every line that is not blank; Unclear names the first that cannot be read."""
    return tuple(
        _line(line, number, year)
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    )


def _line(line: str, number: int, year: int) -> Festival:
    plain = _NUMBERING.sub("", _REMARK.sub("", line.translate(_WIDE)).strip())
    days = list(_DAY.finditer(plain))
    name = plain[: days[0].start()].strip(" :,\t") if days else ""
    if not days or not name:
        raise Unclear(
            f"第 {number} 行“{line.strip()[:20]}”看不懂。请写成“元旦：{year}年1月1日至3日放假，"
            "1月4日上班”，一行一个节日。"
        )
    found = list(_dates(days, number, year))
    spans = len(found) > 1 and _UNTIL.fullmatch(plain[days[0].end() : days[1].start()])
    last, rest = (found[1], found[2:]) if spans else (found[0], found[1:])
    if rest and "上班" not in plain:
        raise Unclear(f"第 {number} 行“{name}”有多余的日期 {rest[0]}。调休上班的日子请写明“上班”。")
    return Festival(name, found[0], last, tuple(rest))


def _dates(days: list[re.Match[str]], number: int, year: int) -> Iterator[date]:
    """The dates of a line; a bare day belongs to the month before it, a bare month to its year."""
    month = 0
    for one in days:
        if one["iso"]:
            parts = [int(part) for part in re.split(r"[-/.]", one["iso"])]
        elif one["only"]:
            parts = [year, month, int(one["only"])]
        else:
            year = int(one["year"] or year)
            parts = [year, int(one["month"]), int(one["day"])]
        try:
            found = date(*parts)
        except ValueError as error:
            raise Unclear(f"第 {number} 行的“{one[0]}”不是日期，请核对。") from error
        year, month = found.year, found.month
        yield found


def write(year: HolidayYear) -> str:
    """A notice as it is shown in the form: what `read` takes back."""
    return "\n".join(_told(name, off, year.working) for name, off in _runs(year.off))


def _runs(days: Mapping[date, str]) -> Iterator[tuple[str, list[date]]]:
    """Days off in a row under one name."""
    numbered = enumerate(sorted(days))

    def run(one: tuple[int, date]) -> tuple[str, date]:
        return days[one[1]], one[1] - timedelta(days=one[0])

    for (name, _start), group in groupby(numbered, key=run):
        yield name, [day for _at, day in group]


def _told(name: str, off: list[date], working: Mapping[date, str]) -> str:
    span = f"{off[0]}" if len(off) == 1 else f"{off[0]} 至 {off[-1]}"
    worked = [f"{day}" for day, of in sorted(working.items()) if of == name]
    return f"{name}：{span} 放假" + (f"，{'、'.join(worked)} 上班" if worked else "")


def in_words(found: tuple[Festival, ...]) -> str:
    """What was read, day by day with its weekday, for checking against the notice."""
    return "\n".join(map(_checked, found))


def _checked(one: Festival) -> str:
    length = (one.last - one.first).days + 1
    span = f"{one.first}（{weekday(one.first)}）"
    if length != 1:
        span += f" 至 {one.last}（{weekday(one.last)}）"
    worked = "、".join(f"{day}（{weekday(day)}）" for day in one.working)
    return f"{one.name}　{span}，共 {length} 天" + (f"；上班 {worked}" if worked else "")
