"""Backups that make themselves: at the start of a day and on leaving, and how they stand."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject

from enforcer.errors import EnforcerError
from enforcer.operations import backup
from ui.context import CHINA, Clock
from ui.tasks import Note, Tasks

if TYPE_CHECKING:
    from enforcer.operations.evidence import CheckOutcome
    from enforcer.operations.recording_copies import CopyOutcome
    from enforcer.queries.accounts import SignedIn

log = logging.getLogger(__name__)
OLD_AFTER_DAYS: Final = 7
BY_THE_WAY: Final = frozenset({"setting", "draft", "done_request", "audit_entry"})
"""Tables whose change alone is no reason for another backup."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the store knows of its backups."""

    folder: Path | None
    last: datetime | None
    due: bool
    recordings_due: bool = False
    check_due: bool = False


def standing(store: Any, *, today: date) -> Standing:
    """Ask the store where backups go, when the last proven one was made, whether one is due."""
    last = backup.last_backup(store)
    return Standing(
        backup.automatic_folder(store),
        last.at.astimezone(CHINA) if last else None,
        backup.is_due(store, today=today),
        recordings_due=backup.recordings_on(store) and _recordings_due(store, today),
        check_due=_check_due(store, today),
    )


def _recordings_due(store: Any, today: date) -> bool:
    from enforcer.operations.recording_copies import copies_due  # no start pays for it unasked

    return copies_due(store, today=today)


def _check_due(store: Any, today: date) -> bool:
    from enforcer.queries.evidence_history import check_due

    return check_due(store, today=today)


def told(stand: Standing, *, today: date) -> tuple[str, str]:
    """The sentence of the status bar and its tone."""
    if stand.last is None:
        where = "还没有备份" if stand.folder else "还没有备份，请在“设置”里选择备份目录"
        return where, "warn"
    days = (today - stand.last.date()).days
    if days > OLD_AFTER_DAYS:
        return f"已有 {days} 天没有备份，请在“设置”里检查备份目录", "bad"
    names = {0: "今天", 1: "昨天"}
    day = names.get(days, f"{stand.last:%Y-%m-%d}")
    return f"上次验证可恢复：{day} {stand.last:%H:%M}", ""


class AutomaticBackups(QObject):
    """Tells the status bar how the backups stand, and makes the ones that are due."""

    def __init__(self, store: Any, tasks: Tasks, window: Any, clock: Clock, actor: str) -> None:
        super().__init__(window)
        self._store, self._tasks, self._window = store, tasks, window
        self._clock, self._actor = clock, actor
        self._may_copy = True
        self._dirty = self._recordings_too = self._check_too = False
        tasks.changed.connect(self._changed)

    def act_as(self, who: SignedIn) -> None:
        """Go on in the name of whoever has signed in, as far as that account may."""
        from enforcer.queries import rights

        self._actor = who.login
        self._may_copy = rights.against(who, "copy_recordings", "") is None

    def start(self) -> None:
        """Look how they stand; make today's first one if the office named a folder."""
        today = self._clock.today()
        self._tasks.ask(
            lambda store: standing(store, today=today), self._first_look, owner=self, long=True
        )

    def on_leaving(self) -> None:
        """Back up what has changed since the last one; called once the window is closed."""
        if not self._dirty:
            return
        try:
            folder = backup.automatic_folder(self._store)
            if folder is not None:
                backup.back_up(self._store, folder, now=self._clock.now(), actor=self._actor)
        except (EnforcerError, OSError):
            log.exception("the backup on leaving failed; the next start will say so")

    def _first_look(self, stand: Standing) -> None:
        self._show(stand)
        folder = stand.folder
        self._recordings_too = stand.recordings_due and self._may_copy
        self._check_too = stand.check_due and self._may_copy
        if not stand.due or folder is None:
            self._copy_recordings()
            return

        def make(note: Note) -> object:
            return backup.back_up(
                self._store,
                folder,
                now=self._clock.now(),
                actor=self._actor,
                note=lambda what, done, total: note(done, total, what),
            )

        self._tasks.work(make, self._made, owner=self, what="备份", failed=self._failed)

    def _made(self, _backup: object) -> None:
        self._dirty = False
        self._look()
        self._copy_recordings()

    def _copy_recordings(self) -> None:
        """Bring the recordings that have no second copy yet, after the backup of the rest."""
        if not self._recordings_too:
            self._check()
            return
        from ui import recordings

        job = recordings.bring(self._store, self._clock, self._actor)
        self._tasks.work(job, self._copied, owner=self, what="备份录像", failed=self._not_copied)

    def _copied(self, made: CopyOutcome | None) -> None:
        if made is not None and (not made.done or made.problems):
            self._warn(made.told)
        self._check()

    def _not_copied(self, error: Exception) -> bool:
        self._check()
        return self._told(f"今天的录像没有备份：{error}", error)

    def _check(self) -> None:
        """Go on with the check of the week, where the office keeps evidence."""
        if not self._check_too:
            return
        from ui import recordings

        job = recordings.check(self._store, self._clock, self._actor)
        self._tasks.work(job, self._checked, owner=self, what="检查证据文件")

    def _checked(self, made: CheckOutcome) -> None:
        if made.problems:
            self._window.message(
                "bad",
                f"每周检查发现 {len(made.problems)} 个证据文件有问题。",
                act="看问题",
                on=lambda: self._window.go("evidence.keeping"),
            )

    def _failed(self, error: Exception) -> bool:
        self._copy_recordings()
        return self._told(f"今天的自动备份没有做成：{error}", error)

    def _told(self, say: str, error: Exception) -> bool:
        if not isinstance(error, EnforcerError):
            return False
        self._warn(say)
        return True

    def _warn(self, say: str) -> None:
        self._window.message(
            "warn", say, act="去设置", on=lambda: self._window.go("settings.backup")
        )

    def _look(self) -> None:
        today = self._clock.today()
        self._tasks.ask(
            lambda store: standing(store, today=today),
            self._show,
            owner=self,
            long=True,
            latest="standing",
        )

    def _show(self, stand: Standing) -> None:
        text, tone = told(stand, today=self._clock.today())
        self._window.tell_backup(text, tone=tone)

    def _changed(self, names: frozenset[str]) -> None:
        self._dirty = self._dirty or bool(names - BY_THE_WAY)
        if "setting" in names:
            self._look()
