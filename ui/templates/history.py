"""Undo and redo over a whole template: what was typed in one go is one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PAUSE = 0.9  # seconds between two keystrokes that begin a new step


@dataclass(frozen=True, slots=True)
class State:
    """The texts by address, and where the last edit was."""

    texts: Mapping[str, str]
    address: str = ""


class History:
    """States one can go back to and forward to again."""

    def __init__(self) -> None:
        self._past: list[State] = []
        self._future: list[State] = []
        self._now = State({})
        self._at = 0.0

    def begin(self, texts: Mapping[str, str]) -> None:
        """Start from these texts; there is nothing before them."""
        self._past, self._future, self._now, self._at = [], [], State(dict(texts)), 0.0

    def keep(self, texts: Mapping[str, str], address: str, at: float) -> None:
        """One more edit at a moment (seconds); edits of one place in one breath are one step."""
        if texts == self._now.texts:
            return
        same_breath = address == self._now.address and at - self._at < PAUSE
        if not same_breath or not self._past:
            self._past.append(self._now)
        self._now, self._at = State(dict(texts), address), at
        self._future.clear()

    @property
    def may_undo(self) -> bool:
        return bool(self._past)

    @property
    def may_redo(self) -> bool:
        return bool(self._future)

    def undo(self) -> State | None:
        """The state before; its address is the place that changes."""
        if not self._past:
            return None
        place = self._now.address
        self._future.append(self._now)
        self._now, self._at = self._past.pop(), 0.0
        return State(self._now.texts, place)

    def redo(self) -> State | None:
        """The state after."""
        if not self._future:
            return None
        self._past.append(self._now)
        self._now, self._at = self._future.pop(), 0.0
        return self._now
