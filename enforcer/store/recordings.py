"""Second copies of recordings in a folder of their own: named by hash, whole or absent, never mixed."""

from __future__ import annotations

import errno
import json
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from enforcer.errors import EnforcerError, Trouble, VaultTrouble, reason
from enforcer.store import intake, vault
from enforcer.store.intake import Control, Halted, NotTaken, Progress
from enforcer.store.sources import Found

NAME = "执法录像备份"
LIST, BOOK, MARK = "录像台账.json", "录像台账.xlsx", "位置标识.json"
_KEPT = re.compile(r"([0-9a-f]{64})(\.[a-z0-9]{1,5})?")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")
_RESERVE = 1 << 26


class PlaceFull(EnforcerError):
    """The disk of the copies takes no more; what is there stays good."""


class NotCopied(EnforcerError):
    """One file has no copy here, and why."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of copies; its mark stays the same on whichever drive letter it comes back."""

    root: Path
    mark: str


def found(folder: Path) -> Place | None:
    """The copies in this folder, or in the sub-folder they are kept in; None when there are none."""
    for root in (folder, folder / NAME):
        try:
            said = json.loads((root / MARK).read_text("utf-8"))
            mark = str(said["mark"])
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise Trouble(
                f"“{root / MARK}”读不出来，分不清这里是不是录像备份。请检查磁盘，或者另选一个文件夹。"
            ) from error
        return Place(root, mark)
    return None


def made(folder: Path) -> Place:
    """The place of copies in this folder, made when it is not there yet."""
    known = found(folder)
    if known is not None:
        return known
    place = Place(folder / NAME, uuid4().hex)
    try:
        place.root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _trouble(error, place) from error
    said = {"format": 1, "mark": place.mark, "what": "执法案件管家的录像副本，请勿改名或删除"}
    vault.publish(place.root / MARK, [json.dumps(said, ensure_ascii=False).encode()])
    return place


def contents(place: Place) -> dict[str, Path]:
    """Every copy that lies here, by the SHA-256 its name gives; nothing is opened."""
    kept: dict[str, Path] = {}
    try:
        for folder in place.root.iterdir():
            if len(folder.name) == 2 and folder.is_dir():
                for one in folder.iterdir():
                    if named := _KEPT.fullmatch(one.name):
                        kept[named[1]] = one
    except OSError as error:
        raise _trouble(error, place) from error
    return kept


def target(place: Place, sha256: str, name: str) -> Path:
    """Where the copy of a file goes."""
    return place.root / sha256[:2] / file_name(sha256, name)


def file_name(sha256: str, name: str) -> str:
    """The name of a copy: its hash, with the suffix of its original."""
    suffix = Path(name).suffix.lower()
    return f"{sha256}{suffix if _SUFFIX.fullmatch(suffix) else ''}"


def room(place: Place, size: int) -> None:
    """PlaceFull when so many bytes more would not fit; a rest is left for the list."""
    try:
        there = shutil.disk_usage(place.root)
    except OSError as error:
        raise _trouble(error, place) from error
    if there.free < size + min(_RESERVE, there.total // 50):
        raise PlaceFull(f"只剩 {there.free >> 20:,} MB，下一个文件要 {(size >> 20) + 1:,} MB")


def bring(
    source: Path,
    kept: Path,
    sha256: str,
    *,
    read_only: bool = True,
    control: Control | None = None,
    progress: Progress | None = None,
) -> None:
    """Copy one file to `kept`, read it back, and refuse what is not the registered content.

    NotCopied: this one file cannot be copied. PlaceFull: the disk takes no more. Its name outlasts
    a power cut only after `settle` of its folder.
    """
    try:
        status = source.stat()
        one = Found(source, status.st_size, status.st_mtime_ns)
        copied = _part(one, kept, read_only, control, progress)
        if copied.digests.sha256 != sha256:
            with suppress(OSError):
                intake.remove(copied.part)
            raise NotCopied("内容与登记时的校验值不符，已被改动")
        if kept.exists():
            intake.remove(kept)  # an altered copy gives way to a whole one
        intake.finish(copied, control)
    except NotTaken as refusal:
        raise NotCopied(_why(refusal, "复制时读不完整")) from refusal
    except Halted as stop:
        raise _halted(stop, source, kept) from stop
    except OSError as error:
        raise NotCopied(f"读不出来：{reason(error)}") from error


def _part(
    one: Found,
    kept: Path,
    read_only: bool,
    control: Control | None,
    progress: Progress | None,
) -> intake.Copied:
    try:
        return intake.copy_part(one, kept, read_only=read_only, control=control, progress=progress)
    except Halted as stop:
        if stop.__cause__ is None:  # it does not begin what cannot fit
            raise PlaceFull("下一个文件放不下") from stop
        raise


def settle(kept: Iterable[Path]) -> None:
    """Make the names of new copies last."""
    try:
        intake.settle({one.parent for one in kept})
    except Halted as stop:
        raise Trouble(f"备份盘写不进去：{_why(stop, '写不进去')}。请检查磁盘。") from stop


def listed(place: Place) -> dict[str, dict[str, Any]]:
    """What the list in this folder says of each copy; one that cannot be read is left aside."""
    path = place.root / LIST
    try:
        files = json.loads(path.read_text("utf-8"))["files"]
        return {str(one["sha256"]): dict(one) for one in files}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        with suppress(OSError):
            path.replace(path.with_name(f"{path.stem}-读不出-{uuid4().hex[:8]}.json"))
        return {}


def write_list(place: Place, document: dict[str, Any]) -> None:
    """The list of contents, whole or as it was."""
    said = json.dumps(document, ensure_ascii=False, indent=1).encode()
    vault.publish(place.root / LIST, [said], replace=True)


def _halted(stop: Halted, source: Path, kept: Path) -> EnforcerError:
    cause, root = stop.__cause__, kept.parent
    code = cause.errno if isinstance(cause, OSError) else None
    if code in (errno.ENOSPC, errno.EDQUOT):
        return PlaceFull("写到一半磁盘满了，没有留下半个文件")
    if code == errno.EFBIG:
        return NotCopied("文件太大，这个磁盘的格式（FAT32）放不下 4 GB 以上的文件")
    if code is None:
        return Trouble(
            f"写入后读回的内容不一致，磁盘（{root}）可能有故障，已停止。请换一块磁盘再试。"
        )
    assert isinstance(cause, OSError)
    if root.is_dir() and not source.is_file():
        return NotCopied(f"读的时候断开了：{reason(cause)}")
    return Trouble(f"录像复制中断：{reason(cause)}（{root}）。请检查磁盘是否接好，再继续。")


def _why(failure: EnforcerError, otherwise: str) -> str:
    cause = failure.__cause__
    return f"{otherwise}：{reason(cause)}" if isinstance(cause, OSError) else otherwise


def _trouble(error: OSError, place: Place) -> VaultTrouble:
    return VaultTrouble(
        f"录像备份的文件夹“{place.root}”用不了：{reason(error)}。请检查磁盘是否接好、能不能写。"
    )
