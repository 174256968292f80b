"""A home whose database is gone, cut off, foreign or newer: refused in a sentence, left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from tests.contract.face import TROUBLE, ask

READ = (("verify",), ("statistics", "--period", "2026Q3"), ("search", "湘"))


def _nothing(database: Path) -> None:
    database.write_bytes(b"")


def _half(database: Path) -> None:
    data = database.read_bytes()
    database.write_bytes(data[: len(data) // 2])


def _text(database: Path) -> None:
    database.write_bytes("不是数据库".encode() * 1000)


def _no_tables(database: Path) -> None:
    database.unlink()
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")


def _foreign(database: Path) -> None:
    database.unlink()
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("CREATE TABLE other (id INTEGER)")


def _newer(database: Path) -> None:
    with closing(driver.connect(str(database), isolation_level=None)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize("damage", [_nothing, _half, _text, _no_tables, _foreign, _newer])
@pytest.mark.parametrize("command", READ, ids=lambda one: one[0])
def test_what_is_not_our_whole_database_is_never_taken_for_an_empty_one(
    sample: Path, command: tuple[str, ...], damage: object
) -> None:
    database = sample / "enforcer.db"
    damage(database)  # type: ignore[operator]
    before = database.read_bytes()
    answer = ask("--home", sample, *command, "--json")
    assert answer.code == TROUBLE
    assert answer.err.strip()
    assert "Traceback" not in answer.err
    assert database.read_bytes() == before
