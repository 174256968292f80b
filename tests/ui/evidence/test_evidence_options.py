"""证据—设置 by keyboard: choices kept and read back, a wrong pattern named by its line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from enforcer.exchange.media_names import DEFAULTS
from enforcer.queries import evidence_settings
from enforcer.store.database import Store
from tests.ui.register_desk import CTRL, a_context, press, shown, words
from ui.evidence import EvidencePage

SAVE = (Qt.Key.Key_Return, CTRL)


@pytest.fixture
def tab(qtbot: QtBot, store: Store, now: datetime) -> Any:
    page = EvidencePage(a_context(store, store.home, now))
    shown(qtbot, page)
    page.open_section("options")
    found = page.tab("options")
    qtbot.waitUntil(found.isVisible)
    return found


def put(qtbot: QtBot, tab: Any, name: str, text: str) -> None:
    editor = tab.fields[name].editor
    editor.setFocus()
    editor.selectAll()
    press(qtbot, text)


def test_the_usual_choices_stand_there_first(tab: Any) -> None:
    assert tab.fields["patterns"].read() == "\n".join(DEFAULTS)
    assert tab.fields["check_days"].read() == 7
    assert not tab.save_button.isEnabled()


def test_choices_are_kept_and_read_back(qtbot: QtBot, tab: Any, store: Store) -> None:
    put(qtbot, tab, "check_days", "14")
    put(qtbot, tab, "major_days", "3650")
    tab.fields["sm3"].editor.setFocus()
    press(qtbot, Qt.Key.Key_Space, SAVE)
    kept = evidence_settings.settings(store)
    assert (kept.check_days, kept.major_days, kept.sm3) == (14, 3650, True)
    assert not kept.own_patterns
    assert "证据设置已保存" in tab.message.text
    assert not tab.save_button.isEnabled()


def test_a_pattern_that_cannot_be_read_is_named_by_its_line(
    qtbot: QtBot, tab: Any, store: Store
) -> None:
    put(qtbot, tab, "patterns", "(?P<dev>[0-9]+")
    press(qtbot, SAVE)
    assert "第1条" in words(tab)
    assert not evidence_settings.settings(store).own_patterns
    tab.usual.click()
    assert tab.fields["patterns"].read() == "\n".join(DEFAULTS)


def test_too_few_days_are_refused_under_their_field(qtbot: QtBot, tab: Any, store: Store) -> None:
    put(qtbot, tab, "major_days", "30")
    press(qtbot, SAVE)
    assert words(tab.fields["major_days"]).count("180") >= 1
    assert evidence_settings.settings(store).major_days is None
