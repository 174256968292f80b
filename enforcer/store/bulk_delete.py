"""Rows taken back in bulk: those of an import that is undone, each with its entry in the log."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Table, delete, select
from sqlmodel import Session

from enforcer.store import audit


def bulk_delete(
    session: Session, table: Table, spans: Sequence[tuple[int, int]], *, but: Collection[int] = ()
) -> int:
    """Delete the rows of these spans of ids, those in `but` left; how many went."""
    session.flush()
    (key,) = table.primary_key.columns
    gone: list[int] = []
    for first, last in spans:
        within = key.between(first, last)
        found = session.execute(select(key).where(within)).scalars().all()
        taken = [one for one in found if one not in but]
        if len(taken) == len(found):
            session.execute(delete(table).where(within))
        else:
            for one in taken:
                session.execute(delete(table).where(key == one))
        gone += taken
    for one in gone:
        audit.note(session, "delete", table=table.name, row=str(one), say={})
    if gone:
        session.info["tables"].add(table.name)
        session.expire_all()
    return len(gone)
