"""A command beside the open window: the list follows by itself, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from enforcer.operations import notices
from enforcer.operations.notice_forms import NoticeForm
from enforcer.store.database import Store, open_store
from tests.factories import Office, an_office
from tests.ui.register_desk import a_context, press, shown
from ui.notices import NoticesPage
from ui.watching import Watching


def issue(where: Store, office: Office, plate: str, now: datetime) -> int:
    form = NoticeForm(
        plate=plate,
        noticed_at=now,
        place="松林路26号",
        officer1_id=office.officers[0],
        officer2_id=office.officers[1],
        recorders=("0700001", "0700002"),
    )
    return notices.issue_notice(where, form, today=now.date(), now=now, actor="周敏").id


@pytest.fixture
def other(store: Store, now: datetime) -> Iterator[Store]:
    made = open_store(store.home, clock=lambda: now)
    yield made
    made.close()


def test_a_notice_issued_by_a_command_appears_and_what_was_chosen_and_typed_stays(
    qtbot: QtBot, store: Store, other: Store, now: datetime
) -> None:
    office = an_office(store)
    first = issue(store, office, "湘J00001", now)
    context = a_context(store, store.home, now)
    page = NoticesPage(context)
    shown(qtbot, page)
    watching = Watching(context.tasks, page)
    watching.look()
    page.list.table.select(first)
    page.desk.plate.setFocus()
    press(qtbot, "湘", "j8k2")
    second = issue(other, office, "湘J00002", now)
    watching.look()
    assert list(page.list.table.model.ids) == [second, first]
    assert page.list.table.selected_ids() == [first]
    assert page.desk.plate.plate() == "湘J8K2"
    assert page.desk.plate.hasFocus()


def test_the_windows_own_saves_are_not_told_twice(
    qtbot: QtBot, store: Store, now: datetime
) -> None:
    del qtbot
    office = an_office(store)
    context = a_context(store, store.home, now)
    watching = Watching(context.tasks)
    watching.look()
    told: list[frozenset[str]] = []
    context.tasks.changed.connect(told.append)
    issue(store, office, "湘J00001", now)
    assert len(told) == 1
    watching.look()
    assert len(told) == 1


def test_a_look_that_fails_says_nothing_and_the_next_one_asks_again(
    qtbot: QtBot, store: Store, other: Store, now: datetime
) -> None:
    del qtbot
    office = an_office(store)
    context = a_context(store, store.home, now)
    watching = Watching(context.tasks)
    watching.look()
    told: list[frozenset[str]] = []
    context.tasks.changed.connect(told.append)
    kept, context.tasks.store = context.tasks.store, None
    watching.look()
    context.tasks.store = kept
    issue(other, office, "湘J00001", now)
    watching.look()
    assert "notice" in told[0]
    watching.stop()
    issue(other, office, "湘J00002", now)
    watching.look()
    assert len(told) == 1
