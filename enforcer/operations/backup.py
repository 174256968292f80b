"""Back up and say so: the deed behind the button, the command, and the one made by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from enforcer.models import Setting
from enforcer.store import audit, backup
from enforcer.store.database import Store

FOLDER, LAST, RECORDINGS = "backup_folder", "last_backup", "recordings_backup"
CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When the last proven backup was made, and where it lies."""

    at: datetime
    path: str


def back_up(
    store: Store, folder: Path, *, now: datetime, actor: str, note: backup.Note | None = None
) -> backup.Backup:
    """Make a backup, prove it by a trial restore, thin out our old ones, and log it."""
    local = now.astimezone(CHINA)
    made = backup.make(store, folder, now=local, note=note)
    gone = backup.rotate(folder, today=local.date())
    with store.unit(actor=actor, operation="back_up") as session:
        row = session.get(Setting, LAST) or Setting(key=LAST)
        row.value = {"at": now.isoformat(), "path": str(made.path)}
        session.add(row)
        audit.note(
            session,
            "backup",
            table="",
            row="",
            say={
                "path": str(made.path),
                "rows": made.rows,
                "head": made.head,
                "thinned": len(gone),
            },
        )
    return made


def restore(archive: Path, home: Path, *, now: datetime, actor: str) -> dict[str, object]:
    """Restore a backup into a new home and log there that it was restored."""
    from enforcer.store.database import open_store

    manifest = backup.unpack(archive, home)
    store = open_store(home, clock=lambda: now)
    try:
        with store.unit(actor=actor, operation="restore") as session:
            say = {"archive": archive.name, "head": manifest["head"]}
            audit.note(session, "restore", table="", row="", say=say)
    finally:
        store.close()
    return manifest


def last_backup(store: Store) -> LastBackup | None:
    """The last backup that was proven, or None."""
    with store.reading() as session:
        row = session.get(Setting, LAST)
        if row is None or not row.value:
            return None
        at = datetime.fromisoformat(str(row.value["at"]))
        return LastBackup(at, str(row.value["path"]))


def automatic_folder(store: Store) -> Path | None:
    """The folder the office named for backups that make themselves, or None."""
    with store.reading() as session:
        row = session.get(Setting, FOLDER)
        chosen = str(row.value.get("folder", "")) if row and row.value else ""
        return Path(chosen) if chosen else None


def recordings_on(store: Store) -> bool:
    """Whether the office has recordings go along with its backups."""
    with store.reading() as session:
        row = session.get(Setting, RECORDINGS)
        return bool(row and row.value and row.value.get("on"))


def is_due(store: Store, *, today: date) -> bool:
    """Whether today has no proven backup yet and the office named a folder."""
    if automatic_folder(store) is None:
        return False
    last = last_backup(store)
    return last is None or last.at.astimezone(CHINA).date() < today
