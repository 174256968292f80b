"""From the rows of a case's course to the frozen facts of the law, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlmodel import Session, SQLModel, col, select

from enforcer.law.course_people import Person
from enforcer.models import Certificate, OfCase, Officer
from enforcer.queries.registers import certificates_of

CHINA = ZoneInfo("Asia/Shanghai")
Fact = TypeVar("Fact")
Row = TypeVar("Row", bound=OfCase)


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def fact(kind: type[Fact], row: SQLModel, **more: Any) -> Fact:
    """The fact of a row: columns of the same name, moments in China's time; `more` adds the rest."""
    names = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    values = {name: value for name, value in row.model_dump().items() if name in names}
    given = {name: _in_china(value) for name, value in (values | more).items() if value is not None}
    found: Fact = _adapter(kind).validate_python(given)
    return found


def columns(kind: type[Fact], value: Fact, table: type[SQLModel]) -> dict[str, Any]:
    """The columns of a fact for its table: enums and days as they are, lists as plain JSON."""
    plain = _adapter(kind).dump_python(value)
    as_json = _adapter(kind).dump_python(value, mode="json")
    names = table.__table__.columns  # type: ignore[attr-defined]
    found = {}
    for name in (set(plain) & set(names.keys())) - {"id"}:
        is_json = names[name].type.__class__.__name__ == "JSON"
        found[name] = as_json[name] if is_json else plain[name]
    return found


def _in_china(value: Any) -> Any:
    return value.astimezone(CHINA) if isinstance(value, datetime) else value


def rows(session: Session, table: type[Row], case_id: int) -> Sequence[Row]:
    """The rows of one case in the order they were made."""
    asked = select(table).where(table.case_id == case_id).order_by(col(table.id))
    return session.exec(asked).all()


def person(session: Session, officer_id: int | None, day: date) -> Person | None:
    """One of the office's people with the certificate that serves on the day, else the latest."""
    row = session.get(Officer, officer_id) if officer_id is not None else None
    if row is None or row.id is None:
        return None
    held = certificates_of(session, [row.id]).get(row.id, [])
    card = next((one for one in held if _serves(one, day)), held[0] if held else None)
    return Person(
        row.id,
        row.name,
        row.post,
        card.number if card else "",
        card.issued_on if card else None,
        card.valid_until if card else None,
        row.active,
    )


def _serves(card: Certificate, day: date) -> bool:
    return (card.issued_on is None or card.issued_on <= day) and day <= card.valid_until
