"""No two things in view answer to the same keys: Qt would then carry out neither."""

from collections import Counter
from dataclasses import replace

import pytest
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from enforcer.store.database import Store
from tests.conftest import NOW
from tests.courses_made import a_sample
from tests.ui.register_desk import a_context, shown
from ui.main_window import MainWindow
from ui.screens import screens
from ui.tabbed_page import TabbedPage


@pytest.fixture
def frame(qtbot: QtBot, store: Store) -> MainWindow:
    a_sample(store)
    context = a_context(store, store.home, NOW)
    made = MainWindow(screens(), context.theme)
    made.attach(replace(context, window=made), lambda *_: None)
    shown(qtbot, made)
    return made


def answering(frame: MainWindow) -> Counter[str]:
    """How many things in view answer to each key sequence anywhere in the window."""
    found: Counter[str] = Counter()
    for one in frame.findChildren(QShortcut):
        owner = one.parent()
        if isinstance(owner, QWidget) and owner.isVisible():
            sequences = one.keys()
            found.update(each.toString() for each in sequences)
    holders = [frame, *(one for one in frame.findChildren(QWidget) if one.isVisible())]
    acts: dict[int, QAction] = {id(act): act for one in holders for act in one.actions()}
    for act in acts.values():
        found.update(each.toString() for each in act.shortcuts())
    found.pop(QKeySequence().toString(), None)
    return found


@pytest.mark.parametrize("key", [one.key for one in screens()])
def test_each_key_means_one_thing_on_every_screen(frame: MainWindow, key: str) -> None:
    page = frame.show_screen(key)
    assert page is not None
    assert answering(frame)["Ctrl+1"] == 1, "they are all seen"
    assert {keys: n for keys, n in answering(frame).items() if n > 1} == {}
    if isinstance(page, TabbedPage):
        for at in range(page.bar.count()):
            page.bar.setCurrentIndex(at)
            assert {keys: n for keys, n in answering(frame).items() if n > 1} == {}, at


def test_the_desk_of_the_cases_too(frame: MainWindow) -> None:
    page = frame.show_screen("cases")
    page.begin()  # type: ignore[union-attr]
    assert {keys: n for keys, n in answering(frame).items() if n > 1} == {}
