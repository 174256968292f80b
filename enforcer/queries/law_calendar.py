"""The calendar every deadline is counted by: the shipped holiday notices, then the office's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from enforcer.law import calendar
from enforcer.law.calendar import Calendar, HolidayYear
from enforcer.models import HolidayNotice
from enforcer.queries.looking import Where, looking


def calendar_for(where: Where) -> Calendar:
    """The calendar every deadline is counted by: shipped years, then the office's."""
    with looking(where) as session:
        own = [holiday_year(one) for one in notices(session)]
    return calendar.shipped().extended(own)


def notices(session: Session) -> Sequence[HolidayNotice]:
    """The office's own holiday notices that count, in order of their years."""
    asked = (
        select(HolidayNotice).where(HolidayNotice.withdrawn == "").order_by(col(HolidayNotice.year))
    )
    return session.exec(asked).all()


def holiday_year(one: HolidayNotice) -> HolidayYear:
    """A notice as the calendar takes it."""
    off: dict[date, str] = {}
    working: dict[date, str] = {}
    for festival in one.festivals or ():
        days: dict[str, Any] = festival
        first, last = (date.fromisoformat(text) for text in days["off"])
        length = (last - first).days + 1
        off |= dict.fromkeys((first + timedelta(days=n) for n in range(length)), days["name"])
        working |= dict.fromkeys(map(date.fromisoformat, days["working"]), days["name"])
    return HolidayYear(one.year, one.title, one.number, off, working)
