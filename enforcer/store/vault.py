"""Kept files: written once through `publish`, named by us, read back by their hash."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from enforcer import paths
from enforcer.errors import VaultTrouble, reason


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the vault: its name there, its SHA-256, its size in bytes."""

    name: str
    sha256: str
    size: int


def keep(vault: Path, data: bytes, *, suffix: str) -> Kept:
    """Put `data` into the vault under a name of ours, before any row names it."""
    name = f"{uuid4().hex}{suffix}"
    try:
        vault.mkdir(exist_ok=True)
    except OSError as error:
        raise _trouble(error, vault) from error
    digest = publish(vault / name, [data])
    return Kept(name, digest, len(data))


def publish(target: Path, chunks: Iterable[bytes], *, replace: bool = False) -> str:
    """Write `target` so that it is whole or absent: temp file, fsync, read back, rename.

    Returns the SHA-256. An existing file is refused unless `replace`.
    """
    if why := paths.no_place_for(target):
        raise VaultTrouble(f"“{target}”{why}，没有写成。请换一个输出位置。")
    if not replace and target.exists():
        raise VaultTrouble(f"“{target}”已经存在，没有覆盖。请换一个文件名，或确认覆盖（-o）。")
    part = target.with_name(f".{target.name}.{uuid4().hex[:8]}.part")
    digest = hashlib.sha256()
    try:
        with part.open("xb") as out:
            for chunk in chunks:
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        if file_digest(part) != digest.hexdigest():
            raise VaultTrouble(f"写入“{target.name}”后读回的内容不一致，磁盘可能有故障，没有保存。")
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise _trouble(error, target) from error
    finally:
        part.unlink(missing_ok=True)
    return digest.hexdigest()


def read(vault: Path, name: str, sha256: str) -> bytes:
    """The kept bytes, refused when missing or changed since they were kept."""
    path = vault / name
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise VaultTrouble(f"保存的文件“{name}”不见了。请用最近的备份恢复。") from error
    except OSError as error:
        raise VaultTrouble(f"读不出保存的文件“{name}”：{reason(error)}。") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise VaultTrouble(f"保存的文件“{name}”与签发时的校验值不符，已被改动。请用备份恢复。")
    return data


def file_digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def sweep(vault: Path) -> int:
    """Remove half-written files that a crash left behind; returns how many."""
    found = list(vault.glob(".*.part"))
    for one in found:
        one.unlink(missing_ok=True)
    return len(found)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlast a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _trouble(error: OSError, target: Path) -> VaultTrouble:
    if error.errno == errno.ENOSPC:
        return VaultTrouble(f"磁盘已满，“{target.name}”没有写成，原有文件未动。请清理磁盘后再试。")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return VaultTrouble(
            f"“{target.parent}”不可写，“{target.name}”没有写成。请检查权限，或者该文件是否正被打开。"
        )
    if error.errno == errno.ENOENT:
        return VaultTrouble(f"文件夹“{target.parent}”不存在，“{target.name}”没有写成。")
    return VaultTrouble(f"写“{target}”时出错：{reason(error)}。没有写成，原有文件未动。")
