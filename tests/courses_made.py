"""Courses carried to a step: each is carried out once in a session, and its file copied after."""

from __future__ import annotations

import hashlib
import shutil
from datetime import datetime
from pathlib import Path

from enforcer.operations.replaying import Replayed, read_script, replay
from enforcer.store.database import Store, open_store

COURSES = Path(__file__).parent / "scenarios" / "courses"
Key = tuple[str, str, str, datetime]


class Made:
    """Homes carried to a step, by what they began with, course, step and moment."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.homes: dict[Key, tuple[Path, tuple[Replayed, ...]]] = {}


MADE = Made()
"""Where the session keeps them; the folder is given by conftest."""


def carry(store: Store, course: str, until: str = "") -> tuple[Replayed, ...]:
    """Carry a course out up to and with a step, in a store nobody has read or written yet.

    Returns what came of each step. Every test works on a copy of its own.
    """
    assert MADE.folder is not None
    assert store._engine is None, "this store is already open: its file cannot be exchanged"
    begun = hashlib.sha256(store.path.read_bytes()).hexdigest()
    key = (begun, course, until, store.clock())
    if key not in MADE.homes:
        home = MADE.folder / str(len(MADE.homes))
        shutil.copytree(store.home, home)
        opened = open_store(home, clock=lambda: key[-1])
        done = tuple(replay(opened, read_script(COURSES / f"{course}.toml", until=until)))
        opened.close()
        MADE.homes[key] = home, done
    home, done = MADE.homes[key]
    shutil.copytree(home, store.home, dirs_exist_ok=True)
    return done
