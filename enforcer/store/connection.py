"""The one way to a connection: sqlcipher3, every pragma read back; what its errors mean."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from enforcer.errors import StoreTrouble

APPLICATION_ID = 0x454E4631  # "ENF1"
OLDEST_SQLITE = (3, 51, 3)  # before it, WAL mode carries the reset bug that corrupts
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: anything less lost acknowledged commits in simulated power cuts
    "foreign_keys": 1,
    "busy_timeout": 15_000,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "temp_store": 2,
}


def connect(path: Path, *, foreign_keys: bool = True) -> Any:
    """Open `path` with our pragmas; refuse to go on when one did not take."""
    _refuse_old_driver()
    raw = driver.connect(str(path), isolation_level=None, check_same_thread=False, timeout=15)
    try:
        for name, value in (PRAGMAS | {"foreign_keys": int(foreign_keys)}).items():
            raw.execute(f"PRAGMA {name}={value}")
            got = raw.execute(f"PRAGMA {name}").fetchone()[0]
            if str(got).lower() != str(value):
                raise StoreTrouble(
                    f"数据库设置 {name} 没有生效（{got}），为避免丢失记录已停止打开。请联系系统管理员。"
                )
    except BaseException:
        raw.close()
        raise
    return raw


def look(path: Path) -> Any:
    """Open `path` only to see whose file it is: no pragma of ours touches what is not ours."""
    _refuse_old_driver()
    return driver.connect(str(path), isolation_level=None, timeout=15)


def _refuse_old_driver() -> None:
    if driver.sqlite_version_info < OLDEST_SQLITE:
        raise StoreTrouble(
            f"数据库组件版本过旧（SQLite {driver.sqlite_version}），该版本有损坏数据的缺陷。"
            "请重新安装本程序。"
        )


FULL = "磁盘已满，没有保存，原有记录没有改动。请清理磁盘后再试。"
ROOM_TO_WORK = 1 << 20


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < ROOM_TO_WORK
    except OSError:
        return False


def trouble(error: BaseException, path: Path) -> StoreTrouble:
    """Turn a driver's error into the sentence the officer needs."""
    text = str(getattr(error, "orig", error)).lower()
    if "disk i/o" in text and _is_full(path.parent):
        return StoreTrouble(FULL)  # even reading needs a little room, for the shared index of WAL
    damaged = f"数据库“{path}”已损坏。请不要继续录入，用最近的备份恢复。"
    if "could not decode" in text:  # what follows is a piece of somebody's record
        return StoreTrouble(damaged)
    for sign, say in (
        ("full", FULL),
        ("readonly", f"数据目录“{path.parent}”不可写，没有保存。请检查文件夹权限或磁盘写保护。"),
        ("unable to open", f"打不开数据库“{path}”。请检查该目录是否存在、是否可写。"),
        ("locked", "数据库正被另一个程序占用，等待 15 秒后仍未空出，没有保存。请稍后再试。"),
        ("busy", "数据库正被另一个程序占用，等待 15 秒后仍未空出，没有保存。请稍后再试。"),
        ("not a database", f"“{path}”不是本程序的数据库，或者已经损坏。请用最近的备份恢复。"),
        ("malformed", damaged),
        ("no such", f"数据库“{path}”缺少本程序的表或者栏目，已被改动。请用最近的备份恢复。"),
        ("disk i/o", "读写磁盘出错，已停止保存。请检查磁盘，必要时用备份在新磁盘上恢复。"),
    ):
        if sign in text:
            return StoreTrouble(say)
    return StoreTrouble(f"数据库拒绝了这次操作：{getattr(error, 'orig', error)}")


DRIVER_ERRORS = (driver.Error, sqlite3.Error)
