"""One bar for an intake: which file, how much, how fast, how long; in its screen or in the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from enforcer.models import EvidenceFile
from enforcer.store.database import Store
from tests.factories import an_office
from tests.operations.evidence_desk import a_card, a_case
from tests.ui.evidence_screen import NOW, a_page, rows_of
from tests.ui.register_desk import a_context, fail
from ui.evidence.pace import Pace, left_words
from ui.tasks import Tasks
from ui.widgets.progress import ProgressBar

MB = 1_000_000


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        ([(0, 0)], "第 3 / 66 个　95.4 MB / 763 MB"),
        ([(0, 0), (1_000, 90 * MB)], "第 3 / 66 个　95.4 MB / 763 MB"),
        ([(0, 0), (2_000, 100 * MB)], "第 3 / 66 个　95.4 MB / 763 MB　47.7 MB/秒　约剩 15 秒"),
        # only the last ten seconds count
        ([(0, 0), (5_000, 0), (15_000, 50 * MB), (25_000, 100 * MB)],
         "第 3 / 66 个　95.4 MB / 763 MB　4.8 MB/秒　约剩 2 分钟"),
        ([(0, 100 * MB), (4_000, 100 * MB)], "第 3 / 66 个　95.4 MB / 763 MB"),
    ],
)  # fmt: skip
def test_pace_and_what_is_left_are_said_once_they_are_known(
    seen: list[tuple[int, int]], words: str
) -> None:
    pace = Pace()
    for at_ms, done in seen:
        pace.see(at_ms, done)
    assert pace.words(100 * MB, 800 * MB, 3, 66) == words


def test_a_pause_is_no_slowness_and_nothing_is_left_at_the_end() -> None:
    pace = Pace()
    pace.see(0, 0)
    pace.see(3_000, 30 * MB)
    pace.begin()
    pace.see(600_000, 30 * MB)
    pace.see(603_000, 60 * MB)
    assert pace.words(60 * MB, 60 * MB, 2, 2).endswith("　9.5 MB/秒")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "约剩 5 秒"),
        (52.4, "约剩 50 秒"),
        (56, "约剩 1 分钟"),
        (150, "约剩 2 分钟"),
        (3_570, "约剩 1 小时"),
        (9_000, "约剩 2 小时 30 分钟"),
    ],
)
def test_what_is_left_is_said_no_finer_than_it_is_known(seconds: float, words: str) -> None:
    assert left_words(seconds) == words


def test_an_intake_has_one_bar_in_its_screen_or_else_in_the_window(
    qtbot: QtBot, store: Store, tmp_path: Path, qapp: QApplication
) -> None:
    assert qapp
    an_office(store)
    a_case(store)
    a_card(tmp_path / "card", 3)
    still = a_context(store, store.home, NOW)
    context = replace(still, tasks=Tasks(store, fail))
    window = ProgressBar()
    qtbot.addWidget(window)
    context.tasks.started.connect(window.follow)
    page = a_page(qtbot, context)
    tab: Any = page.tab("intake")
    tab.form.take([tmp_path / "card"])
    qtbot.waitUntil(tab.form.act.isEnabled, timeout=5000)

    def pause(_name: str, _done: int, _total: int) -> None:
        tab.run.control.pause()

    tab.run.told.connect(pause, Qt.ConnectionType.DirectConnection)
    tab.form.start()
    job = tab.run.job
    with qtbot.waitSignal(job.long, timeout=5000):
        pass
    assert tab.bar.isVisible()
    assert window.isHidden()
    assert tab.bar.left.text().startswith("第 1 / 3 个　0 B / ")
    page.hide()
    assert window.isVisible()
    page.show()
    assert window.isHidden()
    tab.run.told.disconnect(pause)
    tab.run.control.go_on()
    qtbot.waitUntil(lambda: not tab.run.running and context.tasks.idle, timeout=10_000)
    assert window.isHidden()
    page.hide()
    assert window.isHidden()
    assert len(rows_of(store, EvidenceFile)) == 3
    context.tasks.close()
