"""Which parts of resources/law cannot be trusted; the program starts all the same and says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from enforcer.errors import LawDataError
from enforcer.law import (
    calendar,
    catalogue,
    deadlines,
    discretion_data,
    leniency_data,
    notice_defaults,
    parameters,
    penalty_order,
    statutes,
)


def problems(folder: Path | None = None) -> tuple[LawDataError, ...]:
    """Return every error found in the data files, each naming its place and the cure."""
    found = [
        *parameters.problems(folder),
        *calendar.problems(folder),
        *deadlines.problems(folder),
        *catalogue.problems(folder),
        *statutes.problems(folder),
        *discretion_data.problems(folder),
        *leniency_data.problems(folder),
    ]
    whole: tuple[Callable[[Path | None], object], ...] = (
        penalty_order.orders,
        notice_defaults.defaults,
    )
    for read_whole in whole:
        try:
            read_whole(folder)
        except LawDataError as error:
            found.append(error)
    return tuple(found)
