"""What is typed into a form and not yet saved, kept under the row it belongs to."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject

from enforcer.operations import drafts
from enforcer.queries import office
from enforcer.queries.office import DraftRow
from ui.context import Context


class RowDrafts:
    """Drafts of one register; `owner` is the widget whose answers may be dropped when it goes."""

    def __init__(self, context: Context, owner: QObject, register: str) -> None:
        self._context, self._owner, self._register = context, owner, register
        self._window = uuid4().hex

    def _place(self, key: Any) -> str:
        return f"registers.{self._register}.{'new' if key is None else key}"

    def keep(self, key: Any, values: dict[str, Any], loaded: str) -> None:
        """Keep what is typed; `loaded` is the version the form was filled from."""
        context, place = self._context, self._place(key)
        payload = {"values": values, "loaded": loaded, "window": self._window}
        context.tasks.do(
            lambda store: drafts.save_draft(
                store, place, payload, now=context.clock.now(), actor=context.actor
            ),
            lambda _none: context.window.tell_draft("草稿已自动保存"),
            owner=self._owner,
        )

    def take(self, key: Any) -> DraftRow | None:
        """What was typed for this row, if anything."""
        if self._context.store is None:
            return None
        found = self._context.tasks.now(lambda store: office.draft(store, self._place(key)))
        if found is not None:
            self._window = str(found.payload.get("window", self._window))
        return found

    def drop(self, key: Any) -> None:
        """Forget what was typed: it was saved, or let go of."""
        context, place, window = self._context, self._place(key), self._window
        context.tasks.do(
            lambda store: drafts.drop_draft(store, place, actor=context.actor, window=window),
            lambda _none: context.window.tell_draft(""),
            owner=self._owner,
        )
