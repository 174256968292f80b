"""Fixtures: a home migrated once and copied for each test, a clock that stands still."""

import gc
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from enforcer.store.database import Store, open_store
from tests import courses_made

NOW = datetime(2026, 9, 3, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def pytest_collection_finish() -> None:
    """The tests themselves live to the end: the collector of garbage need not walk them again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def today() -> date:
    return NOW.date()


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOW


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("empty") / "home"
    open_store(home, clock=lambda: NOW, create=True).close()
    return home


@pytest.fixture(scope="session", autouse=True)
def courses_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where courses carried out once are kept for the tests that copy them."""
    courses_made.MADE.folder = tmp_path_factory.mktemp("courses")


@pytest.fixture
def store(empty_home: Path, tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Store]:
    home = tmp_path / "home"
    shutil.copytree(empty_home, home)
    opened = open_store(home, clock=clock)
    yield opened
    opened.close()
