"""How a question reads: over a store by itself, or inside the transaction of an operation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, col, func, select

from enforcer.store.database import Store

if TYPE_CHECKING:
    from enforcer.models import AuditEntry, Officer, Party

Where = Store | Session
Row = TypeVar("Row", bound=SQLModel)


@contextmanager
def looking(where: Where) -> Iterator[Session]:
    """One consistent look: the session that is given, or a new one over the store."""
    if isinstance(where, Session):
        yield where
    else:
        with where.reading() as session:
            yield session


def literal(words: str) -> str:
    r"""`words` as a LIKE pattern that means just them (escape character `\\`)."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def pinyin(name: str) -> bytes:
    """Sort key: common characters stand in the order of their pinyin in GB 18030."""
    return name.encode("gb18030", "replace")


def version(row: SQLModel, *more: object) -> str:
    """A fingerprint of the row as it was read; a form hands it back, so that an edit in between
    is seen. `more` is what else the form shows: items covered, a certificate.
    """
    from enforcer.store import audit

    said = row.model_dump() | {"+": [_plain(one) for one in more]}
    return hashlib.sha256(audit.canonical(said).encode()).hexdigest()[:16]


def _plain(one: object) -> object:
    return one.model_dump() if isinstance(one, SQLModel) else one


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a row last, when, and which columns (before, after)."""

    actor: str
    at: datetime
    changes: dict[str, Any]


def last_change(session: Session, *rows: tuple[str, str]) -> LastChange | None:
    """The latest entry of the log about any of these (table, row)."""
    from enforcer.models import AuditEntry

    found: AuditEntry | None = None
    for table, row in rows:
        entry = session.exec(
            select(AuditEntry)
            .where(AuditEntry.table_name == table, AuditEntry.row_id == row)
            .order_by(col(AuditEntry.id).desc())
            .limit(1)
        ).first()
        if entry and (found is None or (entry.id or 0) > (found.id or 0)):
            found = entry
    if found is None:
        return None
    return LastChange(found.actor, found.at, json.loads(found.changes))


def plain_ids(found: Sequence[int | None]) -> list[int]:
    return [one for one in found if one is not None]


def among(column: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """Whether a column is one of these, however many: the list goes as one value, not one each."""
    listed = func.json_each(json.dumps(list(ids))).table_valued("value")
    found: ColumnElement[bool] = column.in_(select(listed.c.value))
    return found


def by_id(session: Session, model: type[Row], ids: Sequence[int]) -> list[Row]:
    """The rows with these ids, in this order; ids that are gone are left out."""
    key = model.__table__.c.id  # type: ignore[attr-defined]
    found = {one.id: one for one in session.exec(select(model).where(among(key, ids)))}  # type: ignore[attr-defined]
    return [found[one] for one in ids if one in found]


def names_of(
    session: Session, model: type[Officer | Party], ids: Sequence[int | None]
) -> dict[int | None, str]:
    """Names by id."""
    wanted = [one for one in ids if one is not None]
    asked = select(col(model.id), col(model.name)).where(among(model.id, wanted))
    return {key: name for key, name in session.exec(asked)}  # noqa: C416 — a Row is no pair
