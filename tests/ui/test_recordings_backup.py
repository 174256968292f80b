"""设置—备份 of recordings by keyboard: switched on, brought, taken back; the first start from a backup."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from enforcer.operations import backup, evidence, recording_copies
from enforcer.operations.recording_copies import CopyRecordingsForm, CopySettingsForm
from enforcer.queries import evidence_history as history
from enforcer.queries import recording_copies as copies
from enforcer.store import recordings
from enforcer.store.database import Store, open_store
from tests.factories import an_office
from tests.operations.evidence_desk import WHO, a_card, a_case, sha256, take
from tests.ui.register_desk import CTRL, a_context, press, shown, words
from tests.ui.test_foundation_backups import archives, backups, frame, name_folder
from ui.evidence import EvidencePage
from ui.evidence.files import ALONE
from ui.settings.page import SettingsPage
from ui.wizard import WizardPage

__all__ = ["backups", "frame"]
GO = (Qt.Key.Key_Return, CTRL)


@pytest.fixture
def taken(store: Store, tmp_path: Path) -> list[evidence.TakenFile]:
    an_office(store)
    a_card(tmp_path / "card", 3)
    return list(take(store, tmp_path / "card", case_id=a_case(store)).taken)


@pytest.fixture
def tab(qtbot: QtBot, store: Store, taken: list[evidence.TakenFile], now: datetime) -> Any:
    assert taken
    page = SettingsPage(a_context(store, store.home, now))
    shown(qtbot, page)
    page.open_section("backup")
    return page.tab("backup")


def in_front(qtbot: QtBot, dialog: Any) -> Any:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=3000)
    return dialog


def switch_on(qtbot: QtBot, tab: Any, folder: Path) -> None:
    card = tab.recordings
    card.fields["on"].editor.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    card.fields["folder"].editor.setFocus()
    press(qtbot, str(folder))
    card.save_button.setFocus()
    press(qtbot, Qt.Key.Key_Space)


def test_the_switch_is_saved_and_the_copies_are_brought_and_told(
    qtbot: QtBot, tab: Any, store: Store, tmp_path: Path
) -> None:
    card = tab.recordings
    assert "案件在用的还有 3 个没有副本" in card.state.text
    assert not card.now_button.isEnabled()
    switch_on(qtbot, tab, tmp_path / "盘")
    assert copies.settings(store).on
    assert "已保存" in card.banner.text
    assert "同一块磁盘" in card.banner.text
    card.now_button.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert "新增 3 个" in card.banner.text
    assert "3 个有核对过的副本" in card.state.text
    assert len(copies.second_copies(store)) == 3
    card.again_button.click()
    assert "原有 3 个" in card.banner.text


def test_a_switch_without_any_folder_is_refused_under_its_field(
    qtbot: QtBot, tab: Any, store: Store
) -> None:
    switch_on(qtbot, tab, Path())
    tab.recordings.fields["folder"].write("")
    tab.recordings.save()
    assert not copies.settings(store).on
    assert words(tab.recordings.fields["folder"])


def test_a_lost_recording_is_taken_back_through_the_window(
    qtbot: QtBot, tab: Any, store: Store, taken: list[evidence.TakenFile], tmp_path: Path
) -> None:
    switch_on(qtbot, tab, tmp_path / "盘")
    tab.recordings.bring()
    lost = Path(str(taken[0].path))
    lost.unlink()
    tab.recordings.back_button.click()
    dialog = in_front(qtbot, tab.recordings.dialog)
    assert dialog.where.read() == str(tmp_path / "盘")
    press(qtbot, GO)
    assert "取回录像 1 个，原来就在的 2 个" in tab.recordings.banner.text
    assert sha256(lost) == taken[0].sha256
    tab.recordings.back_button.click()
    tab.recordings.dialog.where.write(str(tmp_path / "没有"))
    tab.recordings.dialog.accept()
    assert "没有录像备份" in tab.recordings.banner.text


def test_a_backup_is_restored_to_another_folder_and_the_data_in_use_stay(
    qtbot: QtBot, tab: Any, store: Store, tmp_path: Path
) -> None:
    made = backup.back_up(store, tmp_path / "盘", now=WHO["now"], actor="测试")
    recording_copies.copy_recordings(store, CopyRecordingsForm(folder=tmp_path / "盘"), **WHO)
    tab.restore_button.click()
    dialog = in_front(qtbot, tab.dialog)
    assert not dialog.act.isEnabled()
    dialog.archive.editor.setFocus()
    press(qtbot, str(made.path))
    dialog.where.editor.setFocus()
    press(qtbot, str(tmp_path / "新家"))
    dialog.recordings.editor.setFocus()
    press(qtbot, str(tmp_path / "盘"), GO)
    assert "取回录像 3 个" in tab.banner.text
    new = open_store(tmp_path / "新家", clock=lambda: WHO["now"])
    assert evidence.check_evidence(new, evidence.CheckEvidenceForm(), **WHO).problems == ()
    new.close()
    tab.restore_button.click()
    tab.dialog.archive.write(str(tmp_path / "没有.zip"))
    tab.dialog.where.write(str(tmp_path / "又一个"))
    tab.dialog.accept()
    assert "找不到备份文件" in tab.banner.text
    assert tab.restore_button.isEnabled()


def test_a_new_pc_starts_from_the_backup_and_its_recordings(
    qtbot: QtBot, store: Store, taken: list[evidence.TakenFile], now: datetime, tmp_path: Path
) -> None:
    made = backup.back_up(store, tmp_path / "盘", now=WHO["now"], actor="测试")
    recording_copies.copy_recordings(store, CopyRecordingsForm(folder=tmp_path / "盘"), **WHO)
    home = tmp_path / "新电脑"
    (home / "logs").mkdir(parents=True)
    (home / "window.lock").write_text("1")
    page = WizardPage(a_context(None, home, now))
    shown(qtbot, page)
    opened: list[bool] = []
    page.home_made.connect(lambda: opened.append(True))
    page.restore_button.click()
    page.dialog.archive.write(str(made.path))
    page.dialog.recordings.write(str(tmp_path / "盘"))
    page.dialog.act.click()
    assert opened == [True]
    new = open_store(home, clock=lambda: now)
    check = evidence.check_evidence(new, evidence.CheckEvidenceForm(), **WHO)
    assert (check.checked, check.problems) == (len(taken), ())
    new.close()


def test_a_damaged_backup_leaves_the_first_start_where_it_was(
    qtbot: QtBot, now: datetime, tmp_path: Path
) -> None:
    page = WizardPage(a_context(None, tmp_path / "新电脑", now))
    shown(qtbot, page)
    (tmp_path / "坏.zip").write_text("no zip")
    page.restore_button.click()
    page.dialog.archive.write(str(tmp_path / "坏.zip"))
    page.dialog.act.click()
    assert "已损坏" in words(page)
    assert not (tmp_path / "新电脑" / "enforcer.db").exists()
    assert page.next_button.isEnabled()


def test_the_first_start_of_a_day_brings_the_recordings_after_the_backup(
    backups: Any, frame: Any, store: Store, taken: list[evidence.TakenFile], tmp_path: Path
) -> None:
    name_folder(store, tmp_path / "盘")
    (tmp_path / "盘").mkdir()
    backups.start()
    assert recordings.found(tmp_path / "盘") is None  # not switched on
    recording_copies.save_copy_settings(store, CopySettingsForm(on=True), **WHO)
    backups.start()
    assert len(archives(tmp_path / "盘")) == 1
    assert len(copies.second_copies(store)) == len(taken)
    assert len(copies.runs(store)) == 1
    backups.start()
    assert len(copies.runs(store)) == 1  # once a day
    assert frame.said == []


def test_a_disk_that_is_away_is_told_with_the_way_to_mend_it(
    backups: Any, frame: Any, store: Store, taken: list[evidence.TakenFile], tmp_path: Path
) -> None:
    folder = tmp_path / "盘"
    folder.mkdir()
    form = CopySettingsForm(on=True, folder=str(folder))
    recording_copies.save_copy_settings(store, form, **WHO)
    folder.rmdir()
    backups.start()
    assert taken
    assert frame.said[0][1].startswith("今天的录像没有备份：录像备份的文件夹")
    assert not folder.exists()


def test_the_check_of_the_week_is_made_at_the_first_start_when_it_is_due(
    backups: Any, frame: Any, store: Store, taken: list[evidence.TakenFile]
) -> None:
    Path(str(taken[0].path)).unlink()
    backups.start()
    (row,) = history.checks(store)
    assert (row.scheduled, row.whole, row.problems) == (True, True, 1)
    assert frame.said[-1] == ("bad", "每周检查发现 1 个证据文件有问题。")
    backups.start()
    assert len(history.checks(store)) == 1


def test_the_list_of_evidence_says_which_files_have_a_second_copy(
    qtbot: QtBot, store: Store, taken: list[evidence.TakenFile], now: datetime, tmp_path: Path
) -> None:
    page = EvidencePage(a_context(store, store.home, now))
    shown(qtbot, page)
    tab: Any = page.tab("files")
    at = [one.title for one in tab.table.model.columns].index("副本")

    def said() -> list[str]:
        return [tab.table.model.index(row, at).data() for row in range(len(taken))]

    assert said() == ["无"] * 3
    tab.state.write(ALONE)
    assert len(tab.table.model.ids) == 3
    form = CopyRecordingsForm(folder=tmp_path / "盘")
    recording_copies.copy_recordings(store, form, **WHO)
    tab.refresh()
    assert tab.table.model.ids == []
    tab.state.write(None)
    assert said() == ["有"] * 3
    tab.table.select(taken[0].file_id)
    assert "2026-09-03 核对" in words(tab.detail)
