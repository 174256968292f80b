"""A screen carries a deed out in one way: with its form, the day, the moment and who works here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import QObject

from enforcer.errors import InvalidForm
from enforcer.store.database import Store
from tests.ui.register_desk import a_context

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_deed_is_given_its_form_the_day_the_moment_and_the_officer(
    store: Store, now: datetime
) -> None:
    context, seen = a_context(store, store.home, now), []

    def deed(_store: Store, form: str, **when: Any) -> str:
        return f"{form} {when['today']} {when['now'] == context.clock.now()} {when['actor']}"

    owner = QObject()
    context.carry_out(deed, "表", seen.append, owner=owner)
    context.carry_out(deed, lambda: "读出的表", seen.append, owner=owner)
    on = f"{context.clock.today()} True 周敏"
    assert seen == [f"表 {on}", f"读出的表 {on}"]


def test_what_cannot_be_read_as_a_form_goes_to_the_screen_and_no_deed_is_done(
    store: Store, now: datetime
) -> None:
    context, heard, done = a_context(store, store.home, now), [], []

    def unread() -> str:
        raise InvalidForm({"until": "日期没有填，请补填。"})

    def failed(error: Exception) -> bool:
        heard.append(error)
        return True

    context.carry_out(
        lambda *_a, **_k: done.append(1), unread, done.append, owner=QObject(), failed=failed
    )
    assert done == []
    assert isinstance(heard[0], InvalidForm)
    assert heard[0].by_field == {"until": "日期没有填，请补填。"}
