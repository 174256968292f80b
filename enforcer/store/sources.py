"""What lies on a card or in a folder: every file found, no link followed, nothing opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from enforcer.errors import reason

_SYSTEM = {"thumbs.db", "desktop.ini", "system volume information", "$recycle.bin", "lost+found"}


@dataclass(frozen=True, slots=True)
class Found:
    """One file of a source; `refused` says why it cannot be taken, `absent` that it may be later."""

    path: Path
    size: int = 0
    modified_ns: int = 0
    refused: str = ""
    absent: bool = False


def scan(source: Path) -> Iterator[Found]:
    """Every file below `source` (or itself), by name; links and what is no file are refused aloud."""
    try:
        status = source.lstat()
    except OSError as error:
        say = f"{reason(error)}，没有登记。请核对文件名和位置。"
        yield Found(source, refused=say, absent=True)
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _below(source)
    else:
        yield _found(source, status)


def _below(folder: Path) -> Iterator[Found]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda one: one.name)
    except OSError as error:
        say = f"文件夹打不开：{reason(error)}，里面的文件没有登记。"
        yield Found(folder, refused=say, absent=True)
        return
    for entry in entries:
        path = Path(entry.path)
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            yield Found(path, refused=f"{reason(error)}，没有登记。", absent=True)
            continue
        if entry.name.lower() in _SYSTEM or entry.name.startswith("._"):
            yield Found(path, refused="是系统自己的文件，不是证据，没有登记。")
        elif stat.S_ISDIR(status.st_mode) and not _is_link(status):
            yield from _below(path)
        else:
            yield _found(path, status)


def _is_link(status: os.stat_result) -> bool:
    """A link, or a junction of Windows."""
    reparse = getattr(status, "st_file_attributes", 0) & 0x400
    return stat.S_ISLNK(status.st_mode) or bool(reparse)


def _found(path: Path, status: os.stat_result) -> Found:
    if _is_link(status):
        say = "是指向别处的链接，不是文件本身，没有登记。请直接选原来的文件。"
        return Found(path, refused=say)
    if not stat.S_ISREG(status.st_mode):
        return Found(path, refused="是设备或者管道，不是普通文件，没有登记。")
    if not status.st_size:
        return Found(path, refused="是空文件（0 字节），里面没有内容，没有登记。请到原设备上核对。")
    return Found(path, status.st_size, status.st_mtime_ns)
