"""证据 through the screen: played, stepped, marked; photos zoomed; what cannot be shown says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from enforcer.evidence_terms import (
    EvidenceKind,
)
from enforcer.models import (
    EvidenceAct,
    EvidenceItem,
    EvidenceUse,
)
from enforcer.queries import evidence as files
from enforcer.store.database import Store
from tests.evidence_made import clip, put
from tests.operations.evidence_desk import TEN, take
from tests.ui.evidence_screen import ENTER, ESC, a_page, clips, rows_of, the_photo
from tests.ui.register_desk import CTRL, press
from ui.context import Context
from ui.evidence import player as players
from ui.evidence.clock_edit import ClockEdit, parse_clock

# player and clips


def test_a_recording_plays_steps_and_takes_marks_by_keys(
    qtbot: QtBot, context: Context, store: Store, taken: list[int]
) -> None:
    tab = a_page(qtbot, context).tab("files")
    tab.table.setFocus()
    tab.table.select(clips(store)[0])
    press(qtbot, ENTER)
    viewer = tab.viewer
    player = viewer.player
    qtbot.waitUntil(
        lambda: player.duration > 0 and not player.canvas.image().isNull(), timeout=9000
    )
    assert QApplication.focusWidget() is player.canvas
    press(qtbot, ".", ".")
    qtbot.waitUntil(lambda: player.position == 500, timeout=3000)
    press(qtbot, "i", ".", ".", ",")
    qtbot.waitUntil(lambda: player.position == 750, timeout=3000)
    press(qtbot, "o", "=", Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: player.position > 800, timeout=5000)
    assert player.speed_shown.text() == "1.5×"
    press(qtbot, Qt.Key.Key_Space)
    assert not player.playing
    assert viewer.form.fields["in_ms"].read() == 500
    assert viewer.form.fields["out_ms"].read() == 750
    press(qtbot, ESC)
    assert tab.stack.currentWidget() is tab.list


def test_a_dragged_slider_shows_what_it_passes_and_ends_where_it_was_let_go(
    qtbot: QtBot, context: Context, store: Store, taken: list[int]
) -> None:
    tab = a_page(qtbot, context).tab("files")
    tab.view(clips(store)[0])
    player = tab.viewer.player
    qtbot.waitUntil(
        lambda: player.duration > 0 and not player.canvas.image().isNull(), timeout=9000
    )
    asked = []
    seek = player.seek
    player.seek = lambda place: (asked.append(place), seek(place))
    for place in range(100, 1600, 100):  # faster than any picture comes
        player.slider.sliderMoved.emit(place)
    assert asked == [100]
    qtbot.waitUntil(lambda: asked[-1] == 1500, timeout=3000)
    qtbot.waitUntil(lambda: player.position == 1500, timeout=3000)
    assert len(asked) < 15


def test_marks_are_kept_as_a_line_of_the_list_and_the_original_is_not_cut(
    qtbot: QtBot, context: Context, store: Store, taken: list[int], case: int
) -> None:
    tab = a_page(qtbot, context).tab("files")
    file_id = clips(store)[0]
    before = files.path_of(store, file_id).read_bytes()
    tab.view(file_id)
    form = tab.viewer.form
    QApplication.processEvents()
    form.mark("in", 500)
    form.mark("out", 400)
    form.fields["case_id"].write(case)
    form.fields["title"].write("执法仪录像")
    form.fields["proves"].write("当事人占用人行道堆放建材")
    qtbot.keyClick(tab.viewer, Qt.Key.Key_Return, CTRL)
    assert rows_of(store, EvidenceItem) == []
    assert "止点要在起点之后" in form.fields["out_ms"].error
    form.mark("out", 1500)
    qtbot.keyClick(tab.viewer, Qt.Key.Key_Return, CTRL)
    item = rows_of(store, EvidenceItem)[0]
    assert (item.in_ms, item.out_ms, item.kind) == (500, 1500, EvidenceKind.AUDIO_VISUAL)
    assert item.made_by == "周敏"
    assert rows_of(store, EvidenceUse)[0].case_id == case
    assert "已登记到证据清单" in form.banner.text
    assert files.path_of(store, file_id).read_bytes() == before
    texts_of = [one.text() for one in tab.viewer.side.findChildren(QPushButton)]
    assert "1. 执法仪录像　00:00:00.5—00:00:01.5" in texts_of


def test_where_this_pc_cannot_play_marks_are_typed_and_the_systems_player_is_logged(
    qtbot: QtBot,
    context: Context,
    store: Store,
    taken: list[int],
    case: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(players, "multimedia", lambda: None)
    monkeypatch.setattr(
        "ui.evidence.viewer.QDesktopServices.openUrl",
        lambda url: opened.append(url.toLocalFile()) is None,
    )
    tab = a_page(qtbot, context).tab("files")
    file_id = clips(store)[0]
    tab.view(file_id)
    viewer = tab.viewer
    assert "缺少播放组件" in viewer.banner.text
    qtbot.keyClick(viewer, Qt.Key.Key_O, CTRL)
    assert opened == [str(files.path_of(store, file_id))]
    assert len(rows_of(store, EvidenceAct)) == 2
    for name, value in (("case_id", case), ("title", "录像"), ("proves", "占道")):
        viewer.form.fields[name].write(value)
    viewer.form.fields["in_ms"].widget.setText("0:01")
    viewer.form.fields["out_ms"].widget.setText("1.5")
    viewer.form.save()
    item = rows_of(store, EvidenceItem)[0]
    assert (item.in_ms, item.out_ms) == (1000, 1500)


def test_a_recording_that_cannot_be_decoded_says_so(
    qtbot: QtBot, context: Context, store: Store, case: int, card: Path
) -> None:
    put(card / "0700001_700012_20260903101200.mp4", clip(TEN, codec=b"zzz1"))
    take(store, card)
    tab = a_page(qtbot, context).tab("files")
    tab.view(clips(store)[0])
    qtbot.waitUntil(lambda: "播放不了" in tab.viewer.banner.text, timeout=9000)
    assert "用系统播放器打开" in tab.viewer.banner.text


def test_a_photo_is_zoomed_by_keys(
    qtbot: QtBot, context: Context, store: Store, taken: list[int]
) -> None:
    tab = a_page(qtbot, context).tab("files")
    tab.view(the_photo(store))
    view = tab.viewer.photo
    assert tab.viewer.stack.currentWidget() is view
    QApplication.processEvents()
    fitted = view.factor
    press(qtbot, "+", "+")
    assert view.factor == pytest.approx(fitted * 1.25**2)
    press(qtbot, "1")
    assert view.factor == 1.0
    press(qtbot, "0")
    assert view.factor == pytest.approx(fitted)
    assert "in_ms" not in tab.viewer.form.fields


@pytest.mark.parametrize(
    ("typed", "milliseconds"),
    [
        ("65", 65_000),
        ("1:05", 65_000),
        ("0:01:05.3", 65_300),
        ("1：05", 65_000),
        ("1:75", None),
        ("1:75:00", None),
        ("半分钟", None),
    ],
)
def test_a_place_in_a_recording_is_understood_as_officers_type_it(
    typed: str, milliseconds: int | None
) -> None:
    assert parse_clock(typed) == milliseconds


def test_a_mark_keeps_its_milliseconds_until_it_is_typed_over(qtbot: QtBot) -> None:
    edit = ClockEdit()
    qtbot.addWidget(edit)
    edit.write(65_080)
    assert edit.read() == 65_080
    edit.setText("1:06")
    assert edit.read() == 66_000
