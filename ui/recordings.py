"""Second copies of recordings in the background: brought, or taken back, with progress and a stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from enforcer.operations.evidence import Control
from enforcer.operations.recording_copies import (
    CopyOutcome,
    CopyRecordingsForm,
    copies_folder,
    copy_recordings,
)
from enforcer.operations.recording_restores import (
    TakeBackForm,
    TakenBack,
    take_recordings_back,
)
from ui.context import Clock
from ui.tasks import Cancelled, Note

Made = TypeVar("Made")


def bring(store: Any, clock: Clock, actor: str, *, again: bool = False) -> Callable[[Note], Any]:
    """A job that copies what is not there yet to the folder the office chose; None when off."""

    def job(note: Note) -> CopyOutcome | None:
        folder = copies_folder(store)
        if folder is None:
            return None
        form = CopyRecordingsForm(folder=folder, again=again)
        return _run(copy_recordings, store, form, clock, actor, note, "备份")

    return job


def take_back(
    store: Any, clock: Clock, actor: str, folder: Path, *, referenced: bool
) -> Callable[[Note], TakenBack]:
    """A job that takes back from `folder` what is lost here."""
    form = TakeBackForm(folder=folder, referenced=referenced)
    return lambda note: _run(take_recordings_back, store, form, clock, actor, note, "取回")


def _run(
    deed: Callable[..., Made],
    store: Any,
    form: Any,
    clock: Clock,
    actor: str,
    note: Note,
    what: str,
) -> Made:
    control = Control()

    def say(name: str, done: int, total: int) -> None:
        try:
            note(done >> 20, max(total >> 20, 1), f"{what} {name}（MB）")
        except Cancelled:
            control.cancel()

    today, now = clock.today(), clock.now()
    return deed(store, form, today=today, now=now, actor=actor, control=control, note=say)
