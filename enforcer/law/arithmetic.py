"""The counting itself: from a start day and a period to the due day, with each step in words."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from enforcer.law.calendar import ONE_DAY, Calendar, weekday

SOURCES = {
    "V1": "条文只有一个文本来源，使用前请与官方文本核对。",
    "S": "条文只有二手引文，使用前请与官方文本核对。",
    "U": "旧法条文未取得文本，凭记忆录入，使用前请核对。",
}
UNIT_LABEL = {"months": "个月", "years": "年"}


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as the law counts it, in force from a day."""

    length: int
    counting: str
    before: bool
    rolls: bool
    cite: str
    from_on: date
    until_on: date | None
    verified: str
    then: str
    note: str


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a period ends, how that was found, and whether a holiday notice is missing."""

    due_on: date
    nominal_on: date
    why: tuple[str, ...]
    provisional: bool
    due_at: datetime | None = None


def reach(
    period: Period, event: str, start: date, moment: datetime | None, days: Calendar
) -> Reached:
    """Count a period out (始日不计: 民法典 第二百零一条)."""
    if period.counting == "working":
        reached = _working_before if period.before else _working_after
        found = reached(period, event, start, days)
    elif period.counting == "hours":
        found = _hours(period, event, start, moment)
    else:
        found = _by_date(period, event, start, days)
    return Reached(
        due_on=found.due_on,
        nominal_on=found.nominal_on,
        why=(*found.why, *_closing(period, found)),
        provisional=found.provisional,
        due_at=found.due_at,
    )


def _named(day: date) -> str:
    return f"{day}（{weekday(day)}）"


def _working_after(period: Period, event: str, start: date, days: Calendar) -> Reached:
    """Count working days forward; the start day is not counted."""
    due_on = days.shift(start, period.length)
    span = [start + timedelta(days=n) for n in range(1, (due_on - start).days + 1)]
    why = [f"{_named(start)}{event}，当日不计入（民法典第二百零一条）。", *_runs(span, days)]
    why.append(f"数满 {period.length} 个工作日，届满日为 {_named(due_on)}。")
    return _told(due_on, due_on, why, span, days)


def _working_before(period: Period, event: str, start: date, days: Calendar) -> Reached:
    """Count back so that the whole number of working days lies between (保守口径)."""
    first = days.shift(start, -period.length)
    due_on = days.shift(first, -1)
    span = [start - timedelta(days=n) for n in range(1, (start - due_on).days + 1)]
    between = [day for day in span if day >= first]
    skipped = [day for day in span if due_on < day < first]
    why = [
        f"{_named(start)}{event}，当日不计入（民法典第二百零一条），向前数。",
        *_runs(between, days),
    ]
    why += _runs(skipped, days)
    why.append(
        f"中间须满 {period.length} 个整工作日（{first} 至 {start - ONE_DAY}），"
        f"最迟在此前的工作日 {_named(due_on)}办理。"
    )
    return _told(due_on, due_on, why, span, days)


def _hours(period: Period, event: str, start: date, moment: datetime | None) -> Reached:
    """Count hours without a break, holidays included (连续计算)."""
    length = timedelta(hours=period.length)
    if moment is None:
        due_on = start + length
        why = (
            f"{_named(start)}{event}。",
            (
                f"{period.length} 小时连续计算，含休息日和节假日；没有填时刻，"
                f"最迟为 {_named(due_on)}的同一时刻。"
            ),
        )
        return Reached(due_on, due_on, why, provisional=False)
    due_at = moment + length
    why = (
        f"{moment:%Y-%m-%d %H:%M}{event}。",
        f"{period.length} 小时连续计算，含休息日和节假日，到 {due_at:%Y-%m-%d %H:%M} 为止。",
    )
    return Reached(due_at.date(), due_at.date(), why, provisional=False, due_at=due_at)


def _by_date(period: Period, event: str, start: date, days: Calendar) -> Reached:
    """Count days, months or years of the calendar, then roll when the law says so."""
    why = [f"{_named(start)}{event}，当日不计入（民法典第二百零一条）。"]
    if period.counting == "calendar":
        nominal = start + timedelta(days=period.length)
        why.append(
            f"自 {start + ONE_DAY} 起连续数 {period.length} 日，第 {period.length} 日为 {_named(nominal)}。"
        )
    else:
        months = period.length * (12 if period.counting == "years" else 1)
        nominal = add_months(start, months)
        exact = "的对应日为" if nominal.day == start.day else "没有对应日，取月末日"
        why.append(
            f"{period.length} {UNIT_LABEL[period.counting]}后{exact} {_named(nominal)}"
            "（民法典第二百零二条）。"
        )
    if not period.rolls:
        if reason := days.why_not(nominal) if not days.is_working(nominal) else "":
            why.append(f"{_named(nominal)}{_rest(reason)}，本期限末日不顺延，仍以当日为准。")
        return Reached(nominal, nominal, tuple(why), provisional=False)
    due_on = days.next_working(nominal)
    span = [nominal + timedelta(days=n) for n in range((due_on - nominal).days + 1)]
    if due_on == nominal:
        why.append(f"{_named(nominal)}是工作日，不用顺延。")
    else:
        why += _runs(span[:-1], days, counted=False)
        why.append(f"末日逢休假日，顺延至其后的第一个工作日 {_named(due_on)}。")
    return _told(due_on, nominal, why, span, days)


def add_months(day: date, months: int) -> date:
    """Return the corresponding day, else the last of the month (民法典 第二百零二条)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year > date.max.year:
        raise OverflowError
    last = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _told(due_on: date, nominal: date, why: list[str], span: list[date], days: Calendar) -> Reached:
    """Add what is unknown about the years that were walked through."""
    unknown = sorted({day.year for day in span if not days.knows(day.year)})
    if unknown:
        listed = "、".join(str(year) for year in unknown)
        why = [
            *why,
            (
                f"{listed} 年的放假通知没有载入，该年只按周六、周日推算，结果为暂定；"
                "请载入国务院放假通知后重新计算。"
            ),
        ]
    return Reached(due_on, nominal, tuple(why), provisional=bool(unknown))


def _runs(span: list[date], days: Calendar, *, counted: bool = True) -> Iterator[str]:
    """Tell each run of days alike: counted, 调休, weekend, holiday."""

    def kind(day: date) -> tuple[bool, str]:
        reason = days.why_not(day)
        return days.is_working(day), "" if reason in ("周六", "周日") else reason

    number = 0
    for (working, reason), group in groupby(span, key=kind):
        run = sorted(group)
        extent = _named(run[0]) if len(run) == 1 else f"{run[0]} 至 {run[-1]} "
        if working:
            number += len(run)
            first = number - len(run) + 1
            places = f"第 {number} 个" if len(run) == 1 else f"第 {first} 至 {number} 个"
            yield f"{extent}{reason and f'{reason}，'}计入（{places}工作日）。"
        else:
            yield f"{extent}{_rest(reason)}{'，不计入' if counted else ''}。"


def _rest(reason: str) -> str:
    return "是休息日" if reason in ("", "周六", "周日") else f"是{reason}"


def _closing(period: Period, found: Reached) -> Iterator[str]:
    """Tell what follows, what to mind, the article, and how far its text was checked."""
    if period.then:
        following = found.due_on + ONE_DAY
        yield period.then.format(due=found.due_on, next=following)
    if period.note:
        yield period.note
    yield f"依据：{period.cite}。"
    if period.verified in SOURCES:
        yield SOURCES[period.verified]
