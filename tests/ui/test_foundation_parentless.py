"""Parts of a page that are made before the page: no flash of a window, no fault when they go."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from enforcer.errors import Level, Objection
from ui.theme import Theme
from ui.widgets.banner import Banner
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit
from ui.widgets.pickers import FilterCombo, Option

OPTIONS = (Option(1, "周敏", "YX070012"), Option(2, "何志远", "YX070019"))


class Windows(QObject):
    """Notes every window that is shown, however short."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def objected() -> Banner:
    banner = Banner("bad")
    banner.show_objections([Objection("late", Level.BLOCK, "已经超过期限。", "第六十条")])
    return banner


@pytest.mark.parametrize(
    "made",
    [
        lambda: Field("地点", LineEdit(), hint="与笔录一致"),
        lambda: Banner("info", "请核对。"),
        lambda: Banner("ok", "已经保存。", dismissable=True),
        objected,
    ],
)
def test_a_part_made_before_its_page_is_no_window_and_stands_on_the_page(
    qtbot: QtBot, look: Theme, shown: Any, made: Any
) -> None:
    seen = Windows()
    QApplication.instance().installEventFilter(seen)
    part = made()
    QApplication.instance().removeEventFilter(seen)
    assert seen.shown == []
    page = QWidget()
    QVBoxLayout(page).addWidget(part)
    shown(page)
    assert part.isVisible()


def test_a_banner_without_a_sentence_stays_away_until_it_has_one(
    qtbot: QtBot, look: Theme, shown: Any
) -> None:
    banner = Banner("warn")
    page = QWidget()
    QVBoxLayout(page).addWidget(banner)
    shown(page)
    assert not banner.isVisible()
    banner.say("warn", "请说明理由。")
    assert banner.isVisible()


@pytest.mark.parametrize("typed", ["", "hzy"])
def test_a_picker_that_goes_with_the_focus_in_it_goes_quietly(
    qtbot: QtBot, look: Theme, shown: Any, typed: str
) -> None:
    window, page = QWidget(), QWidget()
    QVBoxLayout(window).addWidget(page)
    picker = FilterCombo(OPTIONS)
    QVBoxLayout(page).addWidget(picker)
    shown(window)
    picker.line.setFocus()
    qtbot.keyClicks(picker.line, typed)
    with qtbot.waitSignal(page.destroyed, timeout=2000):
        page.deleteLater()
    assert window.isVisible()
