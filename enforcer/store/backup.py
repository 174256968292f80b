"""Backups: one file with database, kept files and manifest, called good only after a trial restore."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from enforcer import paths
from enforcer.errors import StoreTrouble, reason
from enforcer.store import connection, vault
from enforcer.store.database import Store

NAME = re.compile(r"执法案件管家备份-(\d{8})-(\d{6})(-\d+)?\.zip")
_MEMBER = re.compile(r"enforcer\.db|manifest\.json|vault/[0-9a-f]{32}\.[a-z0-9]{1,5}")
_DATABASE = paths.DATABASE_NAME
FORMAT = 1
TRACES = frozenset({"window.lock", "window.owner", "logs"})
"""What a window leaves in a folder before there is a home in it."""
Note = Callable[[str, int, int], None]
"""Progress: what is being done, how much is done, of how much."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was restored on trial.

    `missing` names kept files that were already gone, `altered` those that no longer are what was
    kept: they travel as they are, since one bad file must not stop the backup of all the others.
    """

    path: Path
    proven: bool
    rows: int
    files: int
    head: str
    missing: tuple[str, ...]
    altered: tuple[str, ...] = ()


def make(store: Store, folder: Path, *, now: datetime, note: Note | None = None) -> Backup:
    """Write a backup of `store` into `folder`, restore it on trial, and only then name it."""
    say = note or (lambda *_: None)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".备份中-", dir=folder) as scratch:
            work = Path(scratch)
            say("复制数据库", 0, 1)
            with closing(connection.connect(store.path)) as raw:
                raw.execute("VACUUM INTO ?", (str(work / _DATABASE),))
            manifest, named = _manifest(work / _DATABASE, now)
            packed = work / "backup.part"
            _pack(packed, work / _DATABASE, store.vault, manifest, named, say)
            say("试恢复", 0, 1)
            unpack(packed, work / "trial")
            target = _free(folder, now)
            packed.replace(target)
    except OSError as error:
        raise StoreTrouble(
            f"备份没有做成：{reason(error)}（{folder}）。原有备份未动。"
            "请检查备份盘是否插好、有无空间，位置是不是文件夹。"
        ) from error
    except connection.DRIVER_ERRORS as error:
        trouble = connection.trouble(error, folder)
        raise StoreTrouble(f"备份没有做成，原有备份未动。{trouble}") from error
    kept: dict[str, str] = manifest["files"]
    return Backup(
        target,
        True,
        sum(manifest["rows"].values()),
        len(kept),
        manifest["head"],
        missing=tuple(one for one in named if one not in kept),
        altered=tuple(one for one, digest in named.items() if kept.get(one, digest) != digest),
    )


def _free(folder: Path, now: datetime) -> Path:
    """A name that no backup has yet: a second one within the same second gets a number."""
    stem = f"执法案件管家备份-{now:%Y%m%d-%H%M%S}"
    names = (f"{stem}{extra}.zip" for extra in ("", *(f"-{at}" for at in range(2, 1000))))
    return next(folder / name for name in names if not (folder / name).exists())


def unpack(archive: Path, home: Path) -> dict[str, Any]:
    """Restore `archive` into the new folder `home`, checking every byte; returns the manifest."""
    if home.exists() and (
        not home.is_dir() or any(one.name not in TRACES for one in home.iterdir())
    ):
        raise StoreTrouble(f"“{home}”里已有文件，没有覆盖。请选一个新的空目录来恢复。")
    if archive.is_dir():
        raise StoreTrouble(f"“{archive}”是文件夹，不是备份文件，没有恢复。请选“.zip”备份文件。")
    part = home.with_name(home.name + ".恢复中")
    shutil.rmtree(part, ignore_errors=True)
    try:
        manifest = _extract(archive, part)
        _prove(part, manifest)
        if home.exists():
            for one in (paths.vault(part), paths.database(part)):  # with the database it is a home
                one.replace(home / one.name)
        else:
            part.replace(home)
    except OSError as error:
        raise StoreTrouble(f"恢复没有完成：{reason(error)}（{home}）。") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def _manifest(copy: Path, now: datetime) -> tuple[dict[str, Any], dict[str, str]]:
    """What the copy of the database says of itself, and the kept files it names."""
    with closing(connection.connect(copy)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")  # the copy travels as one file
        rows = _counts(raw)
        head = _head(raw)
        named = raw.execute(
            "SELECT vault_name, sha256 FROM document UNION SELECT vault_name, sha256 FROM scan"
        ).fetchall()
        version = raw.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    manifest = {
        "format": FORMAT,
        "made_at": now.isoformat(timespec="seconds"),
        "schema": version,
        "head": head,
        "rows": rows,
        "database": vault.file_digest(copy),
        "files": {},
    }
    return manifest, dict(named)


def _pack(
    target: Path,
    copy: Path,
    kept: Path,
    manifest: dict[str, Any],
    named: dict[str, str],
    say: Note,
) -> None:
    with zipfile.ZipFile(target, "x", zipfile.ZIP_STORED) as out:
        out.write(copy, _DATABASE, zipfile.ZIP_DEFLATED, 1)
        for done, name in enumerate(named):
            say("复制文件", done, len(named))
            if (kept / name).is_file():
                manifest["files"][name] = _copy_in(out, kept / name, f"vault/{name}")
        out.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    with target.open("r+b") as written:
        os.fsync(written.fileno())


def _copy_in(out: zipfile.ZipFile, path: Path, name: str) -> str:
    """Pack one file; the digest is of the bytes that were packed."""
    digest = hashlib.sha256()
    with path.open("rb") as source, out.open(name, "w", force_zip64=True) as packed:
        while piece := source.read(1 << 20):
            digest.update(piece)
            packed.write(piece)
    return digest.hexdigest()


def _extract(archive: Path, home: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(archive) as source:
            names = source.namelist()
            if "manifest.json" not in names or any(not _MEMBER.fullmatch(n) for n in names):
                raise StoreTrouble(f"“{archive.name}”不是本程序的备份，没有恢复。")
            (home / "vault").mkdir(parents=True)
            for name in names:
                with source.open(name) as packed, (home / name).open("xb") as out:
                    shutil.copyfileobj(packed, out, 1 << 20)
                    out.flush()
                    os.fsync(out.fileno())
        manifest: dict[str, Any] = json.loads((home / "manifest.json").read_text("utf-8"))
        (home / "manifest.json").unlink()
    except (
        zipfile.BadZipFile,
        EOFError,
        ValueError,
        RecursionError,
        zlib.error,
        RuntimeError,  # zipfile's word for "encrypted", and for a method it does not know
    ) as error:
        raise StoreTrouble(f"备份“{archive.name}”已损坏，不能恢复。请换一份备份。") from error
    except FileNotFoundError as error:
        raise StoreTrouble(f"找不到备份文件“{archive}”。") from error
    return manifest


def _prove(home: Path, manifest: dict[str, Any]) -> None:
    """Refuse what does not match the manifest in bytes, rows, references or log head."""
    try:
        if manifest["format"] != FORMAT:
            raise StoreTrouble("备份由更新版本的程序做成，没有恢复。请先升级本程序。")
        kept = {one.name for one in (home / "vault").iterdir()}
        if strange := sorted(kept - set(manifest["files"])):
            raise StoreTrouble(f"备份里有清单上没有的文件“{strange[0]}”，没有恢复。请换一份备份。")
        wrong = [n for n, d in manifest["files"].items() if _digest(home / "vault" / n) != d]
        if wrong or _digest(home / _DATABASE) != manifest["database"]:
            raise StoreTrouble("备份内容与清单的校验值不符，已损坏，不能恢复。请换一份备份。")
        with closing(connection.connect(home / _DATABASE)) as raw:
            sound = raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            broken = raw.execute("PRAGMA foreign_key_check").fetchall()
            if not sound or broken or _counts(raw) != manifest["rows"]:
                raise StoreTrouble("备份里的数据库不完整，不能恢复。请换一份备份。")
            if _head(raw) != manifest["head"]:
                raise StoreTrouble("备份里的操作记录与清单不符，不能恢复。请换一份备份。")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except (KeyError, TypeError, *connection.DRIVER_ERRORS) as error:
        raise StoreTrouble("备份清单残缺或数据库打不开，不能恢复。请换一份备份。") from error


def _digest(path: Path) -> str:
    return vault.file_digest(path) if path.is_file() else ""


def _counts(raw: Any) -> dict[str, int]:
    tables = raw.execute(
        "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    ).fetchall()
    return {t: raw.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for (t,) in tables}


def _head(raw: Any) -> str:
    row = raw.execute("SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def rotate(folder: Path, *, today: date) -> list[Path]:
    """Delete our own old backups but those of today and the last of 12 days, 10 weeks, 9 months; returns them."""
    ours = sorted(p for p in folder.iterdir() if NAME.fullmatch(p.name))
    keep = set(kept_of([(_day(p), p) for p in ours], today=today))
    gone = [p for p in ours if p not in keep]
    for one in gone:
        one.unlink()
    return gone


def kept_of(dated: Iterable[tuple[date, Path]], *, today: date) -> list[Path]:
    """Which backups stay: all of today, the newest of each of 12 days, 10 weeks and 9 months."""
    newest: dict[tuple[str, Any], Path] = {}
    for day, path in sorted(dated):
        age = (today - day).days
        if age < 1:
            newest["today", path] = path
        if age < 12:
            newest["day", day] = path
        if age < 70:
            newest["week", day - timedelta(days=day.weekday())] = path
        if (today.year - day.year) * 12 + today.month - day.month < 9:
            newest["month", (day.year, day.month)] = path
        newest["year", day.year] = path
    return sorted(set(newest.values()))


def _day(path: Path) -> date:
    match = NAME.fullmatch(path.name)
    assert match
    return datetime.strptime(match[1] + "+0800", "%Y%m%d%z").date()
