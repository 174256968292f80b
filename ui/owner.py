"""Who has the window of a home open: a small file beside the lock, claimed before the frame."""

from __future__ import annotations

import getpass
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

from enforcer import paths


@dataclass(frozen=True, slots=True)
class Owner:
    """The user and process that opened the window, and the name it answers to."""

    user: str
    pid: int
    server: str


def path(home: Path) -> Path:
    """Where the owner is written down."""
    return paths.lock(home).with_suffix(".owner")


def me(home: Path) -> Owner:
    """The present process as owner of the home."""
    digest = f"{zlib.crc32(str(home.absolute()).encode()):08x}"
    user = getpass.getuser()
    return Owner(user, os.getpid(), f"enforcer-{user}-{digest}")


def claim(home: Path) -> bool:
    """Write this process down unless another is; False then. The lock proper is taken later."""
    if not home.is_dir():
        return True
    try:
        with path(home).open("x", encoding="utf-8") as file:
            file.write(_text(me(home)))
    except FileExistsError:
        return False
    except OSError:
        return True  # a folder that cannot be written: opening the store says so, and better
    return True


def write(home: Path) -> None:
    """Write this process down over whoever stood there; the lock is ours."""
    path(home).write_text(_text(me(home)), encoding="utf-8")


def read(home: Path) -> Owner | None:
    """Who is written down; None when nobody is, or it cannot be read."""
    try:
        user, pid, server = path(home).read_text(encoding="utf-8").splitlines()[:3]
        return Owner(user, int(pid), server)
    except (OSError, ValueError):
        return None


def forget(home: Path) -> None:
    """Strike this process out."""
    found = read(home)
    if found is not None and found.pid == os.getpid():
        path(home).unlink(missing_ok=True)


def _text(one: Owner) -> str:
    return f"{one.user}\n{one.pid}\n{one.server}\n"
