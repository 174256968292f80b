"""The rows a step wrote, as its trace keeps them."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from sqlmodel import SQLModel

from enforcer import models
from enforcer.models.base import Retractable

CHANGEABLE = (models.Case, models.Lead)
"""What a step may change besides rows of the course itself, and be taken back all the same."""
STAYING = ("series", "party")
"""What goes forward only, or is the office's and not the case's: numbers drawn, parties entered."""


def tables() -> dict[str, type[SQLModel]]:
    """Every table a step may have written, by its name."""
    models.load_all()
    found: dict[str, type[SQLModel]] = {}
    waiting: list[type[SQLModel]] = [Retractable, *CHANGEABLE]
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if hasattr(one, "__table__"):
            found[one.__table__.name] = one
    return found


def written(trace: models.StepTrace) -> tuple[list[Any], list[Any]]:
    """What a step made and changed, but for what stays."""
    made, changed = (
        [one for one in rows or () if str(one[0]) not in STAYING]
        for rows in (trace.made, trace.changed)
    )
    return made, changed


def value_of(table: type[SQLModel], name: str, said: Any) -> Any:
    """A column's value out of the JSON it was kept as."""
    kind: Any = table.model_fields[name].annotation
    return TypeAdapter(kind).validate_python(said)
