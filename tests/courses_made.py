"""What many tests begin with: made once in a session, its file copied for each of them after."""

from __future__ import annotations

import hashlib
import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from enforcer.operations.replaying import Replayed, Scripted, read_script, replay
from enforcer.operations.sample import make_sample
from enforcer.store.database import Store, open_store

COURSES = Path(__file__).parent / "scenarios" / "courses"
Key = tuple[str, str, datetime]


class Made:
    """Homes by what they began with, what was done in them, and at what moment."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.homes: dict[Key, tuple[Path, Any]] = {}


MADE = Made()
"""Where the session keeps them; the folder is given by conftest."""


def once(store: Store, what: str, do: Callable[[Store], Any]) -> Any:
    """Do something to a store nobody has read or written yet; the second time, copy what came of it.

    Every test works on a copy of its own.
    """
    assert MADE.folder is not None
    assert store._engine is None, "this store is already open: its file cannot be exchanged"
    begun = hashlib.sha256(store.path.read_bytes()).hexdigest()
    key = (begun, what, store.clock())
    if key not in MADE.homes:
        home = MADE.folder / str(len(MADE.homes))
        shutil.copytree(store.home, home)
        opened = open_store(home, clock=lambda: key[-1])
        answer = do(opened)
        opened.close()
        MADE.homes[key] = home, answer
    home, answer = MADE.homes[key]
    shutil.copytree(home, store.home, dirs_exist_ok=True)
    return answer


def carry(store: Store, course: str, until: str = "") -> tuple[Replayed, ...]:
    """Carry a course out up to and with a step; what came of each step."""

    def carried(opened: Store) -> tuple[Replayed, ...]:
        return tuple(replay(opened, read_script(COURSES / f"{course}.toml", until=until)))

    done: tuple[Replayed, ...] = once(store, f"{course} {until}", carried)
    return done


@dataclass(frozen=True)
class Begun:
    """A course at the end of the one it begins with: what was done, and what it adds itself."""

    done: tuple[Replayed, ...]
    rest: tuple[Scripted, ...]

    def goes_on(self, store: Store) -> Iterator[Replayed]:
        """Carry out the steps of its own."""
        bound = {one.step.bind: one.answer for one in self.done if one.ok and one.step.bind}
        return replay(store, self.rest, bound=bound)


def begin(store: Store, path: Path) -> Begun:
    """Carry out what a course begins with, which is a course with tests of its own."""
    begins = tomllib.loads(path.read_text(encoding="utf-8"))["begins"]
    done = carry(store, Path(begins["file"]).stem, begins.get("until", ""))
    return Begun(done, read_script(path)[len(done) :])


def a_sample(store: Store) -> None:
    """The sample office of the store's today."""
    today = store.clock().date()
    once(store, "sample", lambda opened: make_sample(opened, today=today, actor="测试"))
