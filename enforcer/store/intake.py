"""Files of evidence copied and hashed in one pass, and read again later.

A copy is whole or absent: written beside its place, synced, read back, renamed, read-only.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from enforcer.errors import EnforcerError, reason
from enforcer.store.sources import Found
from enforcer.store.vault import sync_folder

CHUNK = 1 << 20
_WRITTEN = 1 << 17  # at once: for more, Linux looks for room in one piece, which takes longer
_ALONGSIDE = 1 << 24  # from this size on SM3, which is slow, is made in a thread beside SHA-256
_RESERVE = 1 << 26
_GONE = {errno.ENODEV, errno.ENXIO, errno.ENOTCONN, errno.ESTALE}
Progress = Callable[[int], None]
"""Called with how many bytes more are done."""


class NotTaken(EnforcerError):
    """One file cannot be taken; `retry` says whether another try may go better."""

    def __init__(self, say: str, *, retry: bool = False) -> None:
        super().__init__(say)
        self.retry = retry


class Halted(EnforcerError):
    """The whole intake cannot go on: the source is gone, or the disk is full."""


class Cancelled(EnforcerError):
    """The officer stopped it."""

    def __init__(self) -> None:
        super().__init__("已取消，没有导入的文件可以以后继续。")


class Control:
    """Pause, go on, cancel: asked between any two pieces of a file.

    The run tells through it which `file` of how many `files` it is at.
    """

    def __init__(self) -> None:
        self.file = self.files = 0
        self._going = threading.Event()
        self._going.set()
        self._cancelled = threading.Event()

    def pause(self) -> None:
        self._going.clear()

    def go_on(self) -> None:
        self._going.set()

    def cancel(self) -> None:
        self._cancelled.set()
        self._going.set()

    @property
    def paused(self) -> bool:
        return not self._going.is_set()

    def check(self) -> None:
        """Wait while paused; Cancelled when the officer stopped it."""
        self._going.wait()
        if self._cancelled.is_set():
            raise Cancelled


@dataclass(frozen=True, slots=True)
class Digests:
    """What was read: how many bytes, their SHA-256, their SM3 where the office asks for it."""

    size: int
    sha256: str
    sm3: str = ""


@dataclass(frozen=True, slots=True)
class Copied:
    """One original written beside its place, not safe there yet."""

    found: Found
    part: Path
    target: Path
    digests: Digests
    read_only: bool = True


def copy_part(
    found: Found,
    target: Path,
    *,
    sm3: bool = False,
    read_only: bool = True,
    control: Control | None = None,
    progress: Progress | None = None,
) -> Copied:
    """Copy one original beside `target`, hashing on the way; nothing is there when it fails."""
    with _source_of(found) as source:
        _make_room(target.parent, found.size)
        part = target.with_name(f".{target.name}.part")
        _drop(part)  # what a power cut left
        try:
            with _target(part), part.open("wb", buffering=0) as out:
                digests = _run(source, out, found, sm3, control, progress)
            _refuse_changed(source, found, digests)
        except BaseException:
            _drop(part)
            raise
    return Copied(found, part, target, digests, read_only)


def finish(copied: Copied, control: Control | None = None) -> None:
    """Sync a copy, read it back, give it its name; nothing is there when it fails.

    The name itself is safe only after `settle` of its folder, before any row names it.
    """
    part = copied.part
    try:
        with _target(part):
            with part.open("r+b", buffering=0) as written:
                os.fsync(written.fileno())
            if copied.read_only:
                part.chmod(0o444)
            if _sha256(part, control) != copied.digests.sha256:
                raise Halted(
                    f"写入后读回的内容和“{copied.found.path.name}”不一致，存放证据的磁盘可能有故障，"
                    "已停止导入。请换一块磁盘再继续。"
                )
            part.replace(copied.target)
    except BaseException:
        _drop(part)
        raise


def discard(copied: Copied) -> None:
    """Take away a copy that is not wanted, before it was given its name."""
    _drop(copied.part)


def copy_in(
    found: Found,
    target: Path,
    *,
    sm3: bool = False,
    read_only: bool = True,
    control: Control | None = None,
) -> Digests:
    """Copy one original to `target` and make it last."""
    copied = copy_part(found, target, sm3=sm3, read_only=read_only, control=control)
    finish(copied, control)
    settle([target.parent])
    return copied.digests


def settle(folders: Iterable[Path]) -> None:
    """Make the names of new copies outlast a power cut; once for many of them."""
    for one in folders:
        with _target(one / "part"):
            sync_folder(one)


def digest(
    found: Found,
    *,
    sm3: bool = False,
    control: Control | None = None,
    progress: Progress | None = None,
) -> Digests:
    """Hash one original where it lies, refused when it changes meanwhile."""
    with _source_of(found) as source:
        digests = _run(source, None, found, sm3, control, progress)
        _refuse_changed(source, found, digests)
    return digests


def sha256_of(
    path: Path, *, control: Control | None = None, progress: Progress | None = None
) -> str:
    """SHA-256 of a kept file; OSError when it cannot be read."""
    return _sha256(path, control, progress)


def remove(path: Path) -> None:
    """Take a kept (read-only) file off the disk."""
    with suppress(FileNotFoundError):
        path.chmod(0o644)  # Windows removes no read-only file
        path.unlink()


def sweep(folder: Path, *, before: float) -> None:
    """Remove half copies that a crash left, last written before that moment."""
    for one in folder.glob("*/.*.part"):
        with suppress(OSError):
            if one.stat().st_mtime < before:
                remove(one)


@contextmanager
def _source_of(found: Found) -> Iterator[BinaryIO]:
    """The original, opened so that nothing of it changes and no link is followed."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NONBLOCK", 0)
    try:
        handle = _opened(found.path, flags)
    except OSError as error:
        raise _unreadable(error, found) from error
    with os.fdopen(handle, "rb", buffering=0) as source:
        if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
            raise NotTaken("打开时已经不是普通文件，没有登记。")
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(source.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)
        yield source


def _opened(path: Path, flags: int) -> int:
    try:
        return os.open(path, flags | getattr(os, "O_NOATIME", 0))
    except PermissionError:
        return os.open(path, flags)  # only the owner may leave the time of reading untouched


def _run(
    source: BinaryIO,
    out: BinaryIO | None,
    found: Found,
    sm3: bool,
    control: Control | None,
    progress: Progress | None,
) -> Digests:
    hashes = [hashlib.sha256(), *([new_sm3()] if sm3 else [])]
    total = 0
    with _hashing(hashes, alongside=sm3 and found.size >= _ALONGSIDE) as feed:
        size = min(CHUNK, found.size + 1)  # one more than there should be: growing is seen
        room = [memoryview(bytearray(size)) for _ in range(2)]  # one is hashed, one is filled
        while count := _piece(source, found, total, room[0]):
            piece = room[0][:count]
            total += count
            feed(piece)
            if out is not None:
                _write(out, piece)
            if total > found.size:
                break  # it grows while it is read: told by `_refuse_changed`
            if control is not None:
                control.check()
            if progress is not None:
                progress(count)
            room.reverse()
    said = [one.hexdigest() for one in hashes]
    return Digests(total, said[0], said[1] if sm3 else "")


def _piece(source: BinaryIO, found: Found, at: int, room: memoryview) -> int:
    try:
        return source.readinto(room)  # type: ignore[attr-defined, no-any-return]
    except OSError as error:
        raise _unreadable(error, found, at) from error


def _write(out: BinaryIO, piece: memoryview) -> None:
    while piece:
        piece = piece[out.write(piece[:_WRITTEN]) :]


@contextmanager
def _hashing(hashes: list[Any], *, alongside: bool) -> Iterator[Callable[[memoryview], None]]:
    """A function that takes the pieces in turn; two hashes of a large file run beside each other.

    One alone is quicker in this thread: the copy before is being read back in another.
    When it returns, the piece before has been hashed and its memory may be filled again.
    """
    if not alongside:

        def now(piece: memoryview) -> None:
            for one in hashes:
                one.update(piece)

        yield now
        return
    with ThreadPoolExecutor(len(hashes), thread_name_prefix="hash") as pool:
        last: list[Future[None]] = []

        def later(piece: memoryview) -> None:
            for one in last:
                one.result()
            last[:] = [pool.submit(one.update, piece) for one in hashes]

        yield later
        for one in last:
            one.result()


def new_sm3() -> Any:
    """A hash object for SM3 (GB/T 32905), from whichever OpenSSL has it."""
    try:
        return hashlib.new("sm3")
    except ValueError:
        return _CryptographySm3()


class _CryptographySm3:
    """SM3 of the cryptography package, asked like hashlib's."""

    def __init__(self) -> None:
        from cryptography.hazmat.primitives import hashes

        self._hash = hashes.Hash(hashes.SM3())

    def update(self, piece: memoryview) -> None:
        self._hash.update(piece)

    def hexdigest(self) -> str:
        return self._hash.finalize().hex()


def _sha256(path: Path, control: Control | None, progress: Progress | None = None) -> str:
    made = hashlib.sha256()
    room = memoryview(bytearray(CHUNK))
    with path.open("rb", buffering=0) as kept:
        while count := kept.readinto(room):
            made.update(room[:count])
            if control is not None:
                control.check()
            if progress is not None:
                progress(count)
    return made.hexdigest()


def _refuse_changed(source: BinaryIO, found: Found, digests: Digests) -> None:
    try:
        now = os.fstat(source.fileno())
        there = found.path.lstat()
    except FileNotFoundError as error:
        raise NotTaken("读的时候文件不见了，没有登记。", retry=True) from error
    except OSError as error:
        raise _unreadable(error, found) from error
    same = (now.st_dev, now.st_ino) == (there.st_dev, there.st_ino)
    if not same or digests.size != found.size or now.st_mtime_ns != found.modified_ns:
        raise NotTaken(
            f"读的时候文件还在变化（列出时 {found.size} 字节，读到 {digests.size} 字节），没有登记。"
            "请等设备录完、存好以后重新导入。",
            retry=True,
        )


def _unreadable(error: OSError, found: Found, at: int = 0) -> EnforcerError:
    """Which it is: one bad file, or a source that was pulled."""
    if error.errno in _GONE:
        return Halted(f"读“{found.path.name}”时设备断开，导入中断。请接好以后继续。")
    if error.errno == errno.ELOOP:
        return NotTaken("是指向别处的链接，不是文件本身，没有登记。")
    if error.errno == errno.ENOENT:
        return NotTaken("列出以后文件不见了，没有登记。", retry=True)
    where = f"（读到第 {at} 字节处）" if at else ""
    return NotTaken(
        f"读不出来：{reason(error)}{where}，没有登记。请换一个读卡器再试，或者送技术部门恢复。",
        retry=True,
    )


@contextmanager
def _target(part: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Halted(_full(part.parent)) from error
        raise Halted(
            f"证据文件夹“{part.parent}”写不进去：{reason(error)}，导入中断。请检查磁盘和权限。"
        ) from error


def _make_room(folder: Path, size: int) -> None:
    """Make the folder; refuse before the first byte what cannot fit."""
    with _target(folder / "part"):
        folder.mkdir(parents=True, exist_ok=True)
        room = shutil.disk_usage(folder)
    reserve = min(_RESERVE, room.total // 50)
    if room.free < size + reserve:
        raise Halted(f"{_full(folder)}这个文件要 {size:,} 字节，只剩 {room.free:,} 字节。")


def _full(folder: Path) -> str:
    return f"磁盘已满（{folder}），导入中断，没有留下半个文件。请腾出空间以后继续。"


def _drop(part: Path) -> None:
    with suppress(OSError):
        remove(part)
