"""今日: what is late, due today, due soon, forgotten, to be filled in, or waits for somebody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from enforcer.law import calendar
from enforcer.queries.due_decided import decided_rows
from enforcer.queries.due_leads import lead_rows
from enforcer.queries.due_office import BLANKS, LAW_BOOK, NO_OUTCOME, OFFICERS, office_rows
from enforcer.queries.due_rows import DueRow, Look, Pressing, kept
from enforcer.queries.due_shown import shown_rows
from enforcer.store.database import Store

if TYPE_CHECKING:
    from sqlmodel import Session

    from enforcer.law.calendar import Calendar

__all__ = ["BLANKS", "LAW_BOOK", "NO_OUTCOME", "OFFICERS", "DueRow", "Pressing", "due"]
SOON_DAYS = 7
FORGOTTEN_DAYS = 15
"""After so many days without a step a case counts as forgotten, until the office says its own."""
_FORGOTTEN = "SELECT value FROM setting WHERE key = 'law.forgotten_after_days'"
_ORDINARY = """
SELECT 1 FROM enforcement_case
WHERE procedure = 'ordinary' AND stage IN ('lead', 'filed', 'decided') LIMIT 1
"""
_OWN_HOLIDAYS = "SELECT 1 FROM holiday_notice WHERE withdrawn = '' LIMIT 1"


def due(where: Store | Session, *, today: date, soon_days: int = SOON_DAYS) -> tuple[DueRow, ...]:
    """Everything the desk shows today, the most pressing first."""
    with _plain(where) as raw:
        look = Look(raw, today, soon_days, calendar.shipped())
        if look.ask(_OWN_HOLIDAYS):
            look = replace(look, days=_own_calendar(where))
        idle = _forgotten_after(look)
        rows = [
            *decided_rows(look),
            *_course_rows(look, idle),
            *lead_rows(look, idle),
            *office_rows(look),
            *shown_rows(look),
        ]
    order = list(Pressing)
    return tuple(
        sorted(rows, key=lambda one: (order.index(one.pressing), one.due_on or date.max, one.key))
    )


def _course_rows(look: Look, forgotten_after: int) -> Iterator[DueRow]:
    """The rules of the ordinary course are loaded where there is a case that needs them."""
    if look.ask(_ORDINARY):
        from enforcer.queries.due_course import course_rows

        yield from course_rows(look, forgotten_after)


def _forgotten_after(look: Look) -> int:
    said = look.ask(_FORGOTTEN)
    value = kept(said[0].value, {}).get("value") if said else None
    return value if isinstance(value, int) and value > 0 else FORGOTTEN_DAYS


@contextmanager
def _plain(where: Store | Session) -> Iterator[Any]:
    """The driver's connection of a store, or the one inside a session."""
    if isinstance(where, Store):
        with where.plain() as raw:
            yield raw
    else:
        where.flush()
        yield where.connection().connection.dbapi_connection


def _own_calendar(where: Store | Session) -> Calendar:
    """The shipped calendar with the office's own holiday notices."""
    from enforcer.queries import law_calendar

    return law_calendar.calendar_for(where)
