"""The desk's draft: what is typed is kept, with its request's id, until it is issued."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from enforcer.operations import drafts
from enforcer.queries import office
from enforcer.queries.office import DraftRow
from ui.context import Context

KEY = "notices.desk"


class DeskDraft:
    """Keeps, finds and drops the one draft of the notice desk."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        self._context, self._owner = context, owner

    def find(self) -> DraftRow | None:
        """What was typed and not issued."""
        found: DraftRow | None = self._context.tasks.now(lambda store: office.draft(store, KEY))
        return found

    def keep(self, payload: dict[str, Any]) -> None:
        """Keep what is typed now."""
        context = self._context
        context.tasks.do(
            lambda store: drafts.save_draft(
                store, KEY, payload, now=context.clock.now(), actor=context.actor
            ),
            lambda _none: context.window.tell_draft("草稿已自动保存"),
            owner=self._owner,
        )

    def drop(self) -> None:
        """Forget it: it was issued, or let go."""
        actor = self._context.actor
        self._context.tasks.do(
            lambda store: drafts.drop_draft(store, KEY, actor=actor),
            lambda _none: self._context.window.tell_draft(""),
            owner=self._owner,
        )
