"""Everything that stands in a home, table by table, to show that a refusal left it as it was."""

from __future__ import annotations

from typing import Any

from enforcer.store.database import Store

LEFT_OUT = ("audit_entry", "draft")
"""The log, which has tests of its own; and what is typed, which a refusal keeps on purpose."""


def dump(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table in the order it was made."""
    with store.plain() as raw:
        asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        tables = [name for (name,) in raw.execute(asked).fetchall() if name not in LEFT_OUT]
        return {
            one: raw.execute(f'SELECT * FROM "{one}" ORDER BY rowid').fetchall() for one in tables
        }
