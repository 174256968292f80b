"""Faults of disk and lock: a sentence, nothing half taken, and the next save goes through."""

import threading
from contextlib import closing

import pytest
from sqlmodel import select

from enforcer.errors import StoreTrouble
from enforcer.models import Officer
from enforcer.store import connection
from enforcer.store.database import Store
from enforcer.terms import OfficerPost


def _pragma(store: Store, statement: str) -> None:
    with store.engine.connect() as one:
        raw = one.connection.dbapi_connection
        assert raw
        raw.execute(statement)  # type: ignore[attr-defined]


def _add_officers(store: Store, count: int) -> None:
    with store.unit(actor="测试") as session:
        for number in range(count):
            session.add(Officer(name=f"甲{number}", post=OfficerPost.OFFICER, note="长" * 2000))


def _count(store: Store) -> int:
    with store.reading() as session:
        return len(session.exec(select(Officer.id)).all())


def test_a_full_disk_is_said_and_leaves_nothing_half_done(store: Store) -> None:
    _pragma(store, "PRAGMA max_page_count = 1")  # SQLite takes the present size as the limit
    with pytest.raises(StoreTrouble, match="磁盘已满，没有保存"):
        _add_officers(store, 200)
    assert _count(store) == 0
    _pragma(store, "PRAGMA max_page_count = 1000000")
    _add_officers(store, 200)
    assert _count(store) == 200


def test_a_read_only_home_is_said(store: Store) -> None:
    _pragma(store, "PRAGMA query_only = 1")
    with pytest.raises(StoreTrouble, match="不可写，没有保存"):
        _add_officers(store, 1)
    _pragma(store, "PRAGMA query_only = 0")
    _add_officers(store, 1)
    assert _count(store) == 1


def test_a_writer_waits_for_another_and_then_saves(store: Store) -> None:
    with closing(connection.connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, lambda: other.execute("COMMIT"))
        release.start()
        _add_officers(store, 1)
        release.join()
    assert _count(store) == 1


def test_a_lock_that_does_not_end_is_said(store: Store) -> None:
    _pragma(store, "PRAGMA busy_timeout = 50")
    with closing(connection.connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreTrouble, match="正被另一个程序占用"):
            _add_officers(store, 1)
        other.execute("ROLLBACK")
    _add_officers(store, 1)
    assert _count(store) == 1
