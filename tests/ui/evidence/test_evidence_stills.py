"""Stills of recordings and photos: made behind the list, kept in a cache that may be deleted."""

from __future__ import annotations

import io
import os
import shutil
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from enforcer.evidence_terms import EvidenceKind, MediaKind
from enforcer.models import EvidenceFile
from enforcer.operations.evidence import (
    DeleteExpiredForm,
    EvidenceItemForm,
    delete_expired,
    save_evidence_item,
)
from enforcer.queries import evidence as files
from enforcer.queries import evidence_items
from enforcer.store.database import Store
from tests.evidence_made import clip, photo, put
from tests.operations.evidence_desk import TEN, WHO, a_card, state_of, take
from tests.ui.evidence_screen import NOW, a_page, rows_of
from tests.ui.register_desk import a_context, fail, shown
from ui.context import Context
from ui.evidence import stills
from ui.evidence.case_panel import CaseEvidence
from ui.evidence.still_view import TILE, StillView, tile
from ui.evidence.stills import Still, Stills
from ui.tasks import Cancelled, Tasks


@pytest.fixture
def context(store: Store, case: int, qapp: QApplication) -> Iterator[Context]:
    """A context whose background is a background, as the window's is."""
    assert case
    assert qapp
    tasks = Tasks(store, fail)
    made = a_context(store, store.home, NOW)
    yield Context(made.store, tasks, made.theme, made.home, made.actor, made.clock, made.window)
    tasks.close()


@pytest.fixture
def card(tmp_path: Path) -> Path:
    a_card(tmp_path / "card", 1)
    put(tmp_path / "card" / "IMG_20260903_103000.jpg", a_turned_photo())
    put(tmp_path / "card" / "0700001_700012_20260903120000.mp4", clip(TEN, codec=b"zzz1"))
    put(tmp_path / "card" / "说明.pdf", b"%PDF-1.4\n%%EOF\n")
    return tmp_path / "card"


def a_turned_photo() -> bytes:
    """Taken with the phone upright: lying in the file, standing by its EXIF; red is the top."""
    image = Image.new("RGB", (1200, 800), (20, 120, 200))
    image.paste((220, 30, 30), (0, 0, 300, 800))
    exif = Image.Exif()
    exif[274] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, quality=90)
    return out.getvalue()


def of_kind(store: Store, ending: str) -> EvidenceFile:
    return next(one for one in rows_of(store, EvidenceFile) if one.original_name.endswith(ending))


def cached(context: Context) -> list[Path]:
    return sorted(one for one in stills.folder(context.home).rglob("*") if one.is_file())


def shot_of(store: Store, ending: str) -> Still:
    row = files.file_row(store, of_kind(store, ending).id or 0)
    assert row is not None
    return stills.of_file(row)


def wait_for(qtbot: QtBot, pictures: Stills, still: Still) -> QPixmap:
    qtbot.waitUntil(lambda: pictures.picture(still) is not None, timeout=9000)
    picture = pictures.picture(still)
    assert picture is not None
    return picture


def tints(made: QImage) -> int:
    """How many colours there are within the edge."""
    width, height = range(2, made.width() - 2), range(2, made.height() - 2)
    return len({made.pixel(x, y) for x in width for y in height})


def test_the_list_shows_a_still_of_each_recording_and_photo_and_a_sign_for_the_rest(
    qtbot: QtBot, context: Context, store: Store, card: Path
) -> None:
    take(store, card)
    before = state_of(store.home / "evidence")
    tab = a_page(qtbot, context).tab("files")
    qtbot.waitUntil(lambda: len(cached(context)) == 2 and context.tasks.idle, timeout=9000)
    model = tab.table.model
    drawn: dict[str, QImage] = {}
    for at in range(model.rowCount(QModelIndex())):
        made = model.index(at, 0).data(Qt.ItemDataRole.DecorationRole).toImage()
        assert made.deviceIndependentSize().toSize() == TILE
        drawn[str(model.index(at, 0).data())] = made
    assert tints(drawn["0700001_700012_20260903101200.mp4"]) > 100
    assert drawn["IMG_20260903_103000.jpg"].pixelColor(25, 15).blue() > 150  # its middle
    for name in ("0700001_700012_20260903120000.mp4", "说明.pdf"):
        assert 1 < tints(drawn[name]) < 60  # a sign, one colour on one ground
    assert state_of(store.home / "evidence") == before


def test_a_photo_stands_as_its_exif_says_and_is_made_small(tmp_path: Path) -> None:
    found = stills.photo(put(tmp_path / "a.bin", a_turned_photo()))
    assert (found.width(), found.height()) == (256, 384)
    assert found.pixelColor(128, 20).red() > 180
    assert found.pixelColor(128, 360).blue() > 150
    assert stills.photo(put(tmp_path / "b.jpg", b"no photo at all")).isNull()


def test_the_cache_may_be_deleted_and_comes_back(
    qtbot: QtBot, context: Context, store: Store, card: Path
) -> None:
    take(store, card)
    wanted = shot_of(store, "101200.mp4")
    wait_for(qtbot, stills.stills(context), wanted)
    assert len(cached(context)) == 1
    shutil.rmtree(store.home / "cache")
    wait_for(qtbot, Stills(context), wanted)
    assert [one.name for one in cached(context)] == [wanted.name]


def test_a_still_in_the_cache_is_used_while_the_disk_is_away_and_a_broken_one_is_made_again(
    qtbot: QtBot, context: Context, store: Store, card: Path
) -> None:
    take(store, card)
    wanted = shot_of(store, ".jpg")
    wait_for(qtbot, stills.stills(context), wanted)
    place = files.path_of(store, wanted.file_id)
    assert place is not None
    cached(context)[0].write_bytes(b"half a picture")
    wait_for(qtbot, Stills(context), wanted)
    assert not QImage(str(cached(context)[0])).isNull()
    place.rename(place.with_suffix(".away"))
    wait_for(qtbot, Stills(context), wanted)


def test_no_still_is_made_of_what_is_not_the_file_that_was_registered(
    qtbot: QtBot, context: Context, store: Store, card: Path
) -> None:
    take(store, card)
    wanted = shot_of(store, ".jpg")
    place = files.path_of(store, wanted.file_id)
    assert place is not None
    place.chmod(0o644)
    place.write_bytes(photo(size=(640, 480)))
    pictures = stills.stills(context)
    with qtbot.waitSignal(pictures.made, timeout=9000):
        assert pictures.picture(wanted) is None
    assert pictures.picture(wanted) is None
    assert cached(context) == []


def test_stills_of_deleted_files_leave_the_cache_with_them(
    qtbot: QtBot, context: Context, store: Store, card: Path
) -> None:
    take(store, card)
    pictures = stills.stills(context)
    for ending in ("101200.mp4", ".jpg"):
        wait_for(qtbot, pictures, shot_of(store, ending))
    assert len(cached(context)) == 2
    gone, stays = shot_of(store, ".jpg"), shot_of(store, "101200.mp4")
    later = {**WHO, "today": date(2027, 9, 3)}
    form = DeleteExpiredForm(file_ids=(gone.file_id,), confirmed_by_id=1, reason="保存期满")
    delete_expired(store, form, **later)
    qtbot.waitUntil(lambda: [one.name for one in cached(context)] == [stays.name], timeout=9000)


def test_a_clip_shows_the_frame_at_its_in_mark_and_the_player_opens_there(
    qtbot: QtBot, context: Context, store: Store, case: int, card: Path
) -> None:
    take(store, card, case_id=case)
    file_id = of_kind(store, "101200.mp4").id
    for title, in_ms, out_ms in (("开头", 0, 900), ("陈述", 1500, 1900)):
        form = EvidenceItemForm(
            case_id=case, file_id=file_id, kind=EvidenceKind.AUDIO_VISUAL, title=title,
            in_ms=in_ms, out_ms=out_ms, proves="占道经营",
        )  # fmt: skip
        save_evidence_item(store, form, **WHO)
    first, second = map(stills.of_item, evidence_items.item_rows(store, case))
    assert (first.at_ms, second.at_ms) == (0, 1500)
    panel = CaseEvidence(context, case)
    shown(qtbot, panel)
    qtbot.waitUntil(lambda: len(panel.findChildren(StillView)) == 2, timeout=9000)
    qtbot.waitUntil(lambda: all(one.picture for one in panel.findChildren(StillView)), timeout=9000)
    pictures = stills.stills(context)
    assert wait_for(qtbot, pictures, first).toImage() != wait_for(qtbot, pictures, second).toImage()
    tab = a_page(qtbot, context).tab("files")
    tab.view(file_id, at_ms=1500)
    qtbot.waitUntil(lambda: tab.viewer.player.position == 1500, timeout=9000)


def test_a_recording_that_gives_no_frame_does_not_hold_up_the_next_and_closing_stops_a_look(
    qapp: QApplication, tmp_path: Path
) -> None:
    assert qapp
    bad = put(tmp_path / "bad.mp4", clip(TEN, codec=b"zzz1"))
    begun = time.monotonic()
    assert stills.frame(bad, 500, lambda *_: None).isNull()
    assert time.monotonic() - begun < stills.PATIENCE_MS / 2000
    pipe = tmp_path / "never.mp4"
    os.mkfifo(pipe)
    holder = threading.Thread(target=lambda: pipe.open("wb").close(), daemon=True)

    def closing(*_: Any) -> None:
        holder.start()
        raise Cancelled

    with pytest.raises(Cancelled):
        stills.frame(pipe, 0, closing)
    holder.join(5)


def test_what_is_scrolled_past_is_not_made_until_it_is_seen_again(
    qtbot: QtBot, context: Context, store: Store, card: Path
) -> None:
    take(store, card)
    pictures = stills.stills(context)
    seen = shot_of(store, "101200.mp4")
    passed = [Still(seen.file_id, seen.sha256, MediaKind.VIDEO, seen.size, at) for at in range(90)]
    for one in passed:
        tile(pictures, one, 1.0)
    qtbot.waitUntil(lambda: context.tasks.idle and len(cached(context)) == 60, timeout=20000)
    wait_for(qtbot, pictures, passed[0])
