"""Drafts: what is being typed, kept as it is typed, gone once it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from enforcer.models import Draft
from enforcer.queries import office
from enforcer.store.database import Store


def save_draft(
    store: Store, key: str, payload: Mapping[str, Any], *, now: datetime, actor: str
) -> None:
    """Keep what is being typed under this key; not a deed, so not in the log."""
    with store.unit(actor=actor, operation="save_draft") as session:
        row = session.get(Draft, key) or Draft(key=key, saved_at=now)
        row.payload, row.saved_at, row.saved_by = dict(payload), now, actor
        session.add(row)


def take_draft(store: Store, key: str) -> dict[str, Any] | None:
    """What was typed and not saved; it stays until the form is saved or the draft dropped."""
    found = office.draft(store, key)
    return dict(found.payload) if found else None


def drop_draft(store: Store, key: str, *, actor: str, window: str = "") -> None:
    """Forget a draft: its form was saved, or the officer let it go.

    What another `window` has kept under the key since is its own, and stays.
    """
    with store.unit(actor=actor, operation="drop_draft") as session:
        row = session.get(Draft, key)
        if row is not None and (row.payload or {}).get("window", window) == window:
            session.delete(row)
