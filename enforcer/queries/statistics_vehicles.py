"""Vehicles that were noticed: how many, how often, how many not for the first time.

A vehicle is a plate; one that comes back counts once. It is repeated when it had a second notice
in the span, or one before it. Void notices are none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlmodel import Session

from enforcer.queries.periods import Period
from enforcer.queries.statistics_measures import NOTICES, Source, within
from enforcer.terms import NoticeState

TIMES: Mapping[str, str] = {
    "vehicles.times_1": "1次",
    "vehicles.times_2": "2次",
    "vehicles.times_3": "3次",
    "vehicles.times_4": "4次以上",
}
"""How often within the span; the last one is open upwards."""
LABELS: Mapping[str, str] = {key: f"本期被告知{said}的车辆" for key, said in TIMES.items()}


@dataclass(frozen=True, slots=True)
class Vehicles:
    """Vehicles of a span: all, and those repeated."""

    count: int
    repeated: int


def times_of(key: str, notices: Any) -> Any:
    """Vehicles noticed so often."""
    at = list(TIMES).index(key) + 1
    return notices >= at if at == len(TIMES) else notices == at


def plates_noticed(period: Period) -> Any:
    """Plates with a notice in the span: how many notices, the last one, and whether repeated."""
    inside = _inside(period, func.max(NOTICES.c.id).label("last_id")).subquery()
    repeated = case((inside.c.notices > 1, 1), (_known(inside, period.first), 1), else_=0)
    return select(inside.c.last_id, inside.c.notices, repeated.label("repeated")).subquery()


def vehicles(session: Session, period: Period) -> Vehicles:
    """The vehicles of a span."""
    inside = _inside(period).subquery()
    repeated = _sum(or_(inside.c.notices > 1, _known(inside, period.first)))
    found = session.execute(select(func.count(), repeated).select_from(inside)).one()
    return Vehicles(*(int(one or 0) for one in found))


def times(session: Session, period: Period) -> tuple[int, ...]:
    """Vehicles of a span by how often they were noticed in it, in the order of `TIMES`."""
    inside = _inside(period).subquery()
    asked = select(*(_sum(times_of(key, inside.c.notices)) for key in TIMES))
    return tuple(int(one or 0) for one in session.execute(asked.select_from(inside)).one())


def _inside(period: Period, *more: Any) -> Any:
    """Each plate and its notices; coalesce keeps the index of the states from leading the search."""
    return (
        select(NOTICES.c.plate_key, func.count().label("notices"), *more)
        .where(
            within(Source.NOTICE, period),
            NOTICES.c.plate_key != "",
            func.coalesce(NOTICES.c.state, "") == NoticeState.ISSUED.value,
        )
        .group_by(NOTICES.c.plate_key)
    )


def _known(inside: Any, day: date) -> Any:
    """Whether the plate had a notice before this day."""
    earlier = NOTICES.alias("earlier")
    before = and_(earlier.c.noticed_on < day, earlier.c.state == NoticeState.ISSUED)
    return (
        select(earlier.c.id)
        .where(earlier.c.plate_key == inside.c.plate_key, case((before, 1), else_=0) == 1)
        .exists()
    )


def _sum(where: Any) -> Any:
    return func.sum(case((where, 1), else_=0))
