"""Second copies of recordings in the background: brought, or taken back, with progress and a stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from enforcer.operations.evidence import (
    CheckEvidenceForm,
    CheckOutcome,
    Control,
    check_evidence,
)
from enforcer.operations.recording_copies import (
    CopyOutcome,
    CopyRecordingsForm,
    copies_folder,
    copy_recordings,
)
from enforcer.operations.recording_restores import (
    Restored,
    TakeBackForm,
    TakenBack,
    restore_all,
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


def check(store: Any, clock: Clock, actor: str) -> Callable[[Note], CheckOutcome]:
    """A job that goes on with the check of the week: what none has read in its period."""
    form = CheckEvidenceForm(scheduled=True)
    return lambda note: _run(check_evidence, store, form, clock, actor, note, "检查")


def take_back(
    store: Any, clock: Clock, actor: str, folder: Path, *, referenced: bool
) -> Callable[[Note], TakenBack]:
    """A job that takes back from `folder` what is lost here."""
    form = TakeBackForm(folder=folder, referenced=referenced)
    return lambda note: _run(take_recordings_back, store, form, clock, actor, note, "取回")


def restore(
    archive: Path, home: Path, folder: Path | None, clock: Clock, actor: str
) -> Callable[[Note], Restored]:
    """A job that makes a new home of a backup, and takes its recordings back from `folder`."""

    def job(note: Note) -> Restored:
        control = Control()
        today, now = clock.today(), clock.now()
        say = said(note, control, "取回")
        return restore_all(
            archive, home, folder, today=today, now=now, actor=actor, control=control, note=say
        )

    return job


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
    today, now, say = clock.today(), clock.now(), said(note, control, what)
    return deed(store, form, today=today, now=now, actor=actor, control=control, note=say)


def said(note: Note, control: Control, what: str) -> Callable[[str, int, int], None]:
    """Progress in MB; the officer's stop reaches the files between two pieces."""

    def say(name: str, done: int, total: int) -> None:
        try:
            note(done >> 20, max(total >> 20, 1), f"{what} {name}（MB）")
        except Cancelled:
            control.cancel()

    return say
