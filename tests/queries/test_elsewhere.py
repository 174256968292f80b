"""What another process has written is seen in the log; what this store wrote itself is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from enforcer.models import Officer, Setting
from enforcer.queries.elsewhere import look
from enforcer.store.database import Store, open_store


@pytest.fixture
def other(store: Store, clock: Callable[[], datetime]) -> Iterator[Store]:
    """The same home as another process has it open."""
    made = open_store(store.home, clock=clock)
    yield made
    made.close()


def add(where: Store, name: str = "周敏") -> None:
    with where.unit(actor="测试", operation="save_officer") as session:
        session.add(Officer(name=name, post="officer"))


def test_the_first_look_only_sets_the_mark(store: Store, other: Store) -> None:
    add(other)
    assert look(store, None).tables == frozenset()


def test_own_commits_are_no_news(store: Store) -> None:
    mark = look(store, None).mark
    add(store)
    add(store, "何志远")
    assert look(store, mark).tables == frozenset()


def test_a_commit_elsewhere_is_told_once_with_its_tables(store: Store, other: Store) -> None:
    mark = look(store, None).mark
    add(other)
    seen = look(store, mark)
    assert seen.tables == {"officer"}
    assert look(store, seen.mark).tables == frozenset()


def test_a_commit_elsewhere_between_two_own_ones_is_not_lost(store: Store, other: Store) -> None:
    add(store)
    mark = look(store, None).mark
    add(store, "何志远")
    with other.unit(actor="测试", operation="save_setting") as session:
        session.add(Setting(key="甲", value={"a": 1}))
    add(store, "王五")
    seen = look(store, mark)
    assert "setting" in seen.tables
    add(store, "赵六")
    assert look(store, seen.mark).tables == frozenset()


def test_a_transaction_that_was_given_up_counts_for_nothing(store: Store, other: Store) -> None:
    mark = look(store, None).mark

    def fail() -> None:
        with store.unit(actor="测试") as session:
            session.add(Officer(name="周敏", post="officer"))
            session.flush()
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    add(other)
    assert look(store, mark).tables == {"officer"}
