"""案卷设置 and 移交清单 by keyboard: the choices are read back, the list is registered and written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.dossier_terms import Closing, PagePosition, ScanPlace
from enforcer.errors import Level, Refused
from enforcer.models import ArchiveHandover, AuditEntry, Dossier
from enforcer.operations import dossier
from enforcer.operations.dossier_archive import ArchiveForm, DossierSettingsForm
from enforcer.queries import dossier_settings
from enforcer.store.database import Store, open_store
from enforcer.terms import Procedure
from tests.operations.dossier_desk import Desk, carried
from tests.ui.register_desk import CTRL, a_context, press, shown, words
from ui.cases import CasesPage
from ui.cases.dossier import HandoverDialog
from ui.settings import SettingsPage

Key = Qt.Key
ENTER, DOWN, SPACE = Key.Key_Return, Key.Key_Down, Key.Key_Space
SAVE = (ENTER, CTRL)


# the settings


@pytest.fixture
def page(qtbot: QtBot, store: Store, now: datetime) -> SettingsPage:
    made = SettingsPage(a_context(store, store.home, now))
    shown(qtbot, made)
    return made


@pytest.fixture
def tab(page: SettingsPage) -> Any:
    found = page.tab("dossier")
    found.setFocus()
    return found


def test_what_the_office_has_not_chosen_is_shown_as_such(tab: Any) -> None:
    assert tab.fields["order_ordinary"].read() == "B"
    assert tab.fields["order_summary"].read() == "C"
    for name in ("retention_ordinary", "retention_summary"):
        assert tab.fields[name].read() == ""
        assert tab.fields[name].editor.placeholderText() == "待机关确认"
    assert not tab.save_button.isEnabled()
    assert not tab.fields["split"].widget.isEnabled()


def test_the_choices_are_made_by_keyboard_and_read_back(
    qtbot: QtBot, tab: Any, store: Store
) -> None:
    up = Key.Key_Up
    press(qtbot, up, ENTER, ENTER, SPACE, ENTER, DOWN, DOWN, ENTER, DOWN, ENTER, up, ENTER)
    press(qtbot, "永久", ENTER, ENTER, "0123", SAVE)
    kept = dossier_settings.settings(store)
    assert kept.order_for(Procedure.ORDINARY).key == "A"
    assert kept.order_for(Procedure.SUMMARY).key == "C"
    assert (kept.split, kept.fonds) == (True, "0123")
    assert kept.position is PagePosition.TOP_OUTER
    assert kept.scans is ScanPlace.BEHIND
    assert kept.closing is Closing.REFUSE
    assert kept.retention_label(Procedure.ORDINARY) == "永久"
    assert kept.retention_label(Procedure.SUMMARY) == "待机关确认"
    assert "已保存" in tab.message.text
    assert not tab.save_button.isEnabled()


def test_an_order_of_one_volume_is_not_split(qtbot: QtBot, tab: Any, store: Store) -> None:
    tab.fields["order_ordinary"].write("A")
    tab.fields["split"].write(True)
    press(qtbot, SAVE)
    assert dossier_settings.settings(store).split
    tab.fields["order_ordinary"].write("B")
    press(qtbot, SAVE)
    assert not dossier_settings.settings(store).split


def test_a_retention_that_is_too_long_is_refused_under_its_field(
    qtbot: QtBot, tab: Any, store: Store
) -> None:
    tab.fields["retention_ordinary"].editor.setFocus()
    press(qtbot, "三十年" * 7, SAVE)
    assert "20" in tab.fields["retention_ordinary"].error
    assert dossier_settings.settings(store).version == ""


def test_a_choice_made_elsewhere_meanwhile_is_not_lost(
    qtbot: QtBot, tab: Any, store: Store, now: datetime
) -> None:
    form = DossierSettingsForm(fonds="A-1")
    dossier.save_dossier_settings(store, form, today=now.date(), now=now, actor="管理员")
    tab._loaded = "an older version"
    tab.fields["fonds"].editor.setFocus()
    press(qtbot, "B-2", SAVE)
    assert "案卷设置" in tab.message.text
    assert dossier_settings.settings(store).fonds == "A-1"


# the list


@pytest.fixture(scope="module")
def made(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    home = Path(shutil.copytree(empty_home, tmp_path_factory.mktemp("list") / "home"))
    desk = carried(home, "spoil_company_after")
    desk.issue("penalty_decision")
    archive(desk)
    desk.store.close()
    return home, desk.now


def archive(desk: Desk) -> None:
    """Archive the case, every open line answered."""
    given: dict[str, Any] = {
        "case_id": 1, "on": desk.today, "compiler": "周敏", "retention": "30年"
    }  # fmt: skip
    known: Any = {"today": desk.today, "now": desk.now, "actor": "周敏"}
    try:
        dossier.archive_case(desk.store, ArchiveForm(**given), **known)
    except Refused as refusal:
        assert all(one.level is Level.WARN for one in refusal.objections), refusal
        given["reasons"] = {one.code: "旧案清理" for one in refusal.objections}
        dossier.archive_case(desk.store, ArchiveForm(**given), **known)


@pytest.fixture
def desk(made: tuple[Path, datetime], tmp_path: Path) -> Iterator[Desk]:
    home = Path(shutil.copytree(made[0], tmp_path / "home"))
    store = open_store(home, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC))
    yield Desk(store, made[1])
    store.close()


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> HandoverDialog:
    cases = CasesPage(a_context(desk.store, desk.store.home, desk.now))
    shown(qtbot, cases)
    next(one for one in cases.actions() if one.text() == "移交清单…").trigger()
    found: HandoverDialog = cases.handover
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow, timeout=3000)
    return found


def lists(store: Store) -> list[ArchiveHandover]:
    with store.reading() as session:
        return list(session.exec(select(ArchiveHandover)))


def test_nothing_is_handed_over_without_a_dossier_or_a_receiver(
    qtbot: QtBot, dialog: HandoverDialog, desk: Desk
) -> None:
    assert QApplication.focusWidget() is dialog.tree
    assert dialog.tree.ticked() == (1,)
    press(qtbot, SPACE)
    assert dialog.tree.ticked() == ()
    assert not dialog.act.isEnabled()
    dialog.all_button.setFocus()
    press(qtbot, ENTER)
    assert dialog.tree.ticked() == (1,)
    assert dialog.act.isEnabled()
    dialog.none_button.setFocus()
    press(qtbot, ENTER)
    assert not dialog.act.isEnabled()
    press(qtbot, SPACE, SAVE)
    assert dialog.fields["receiver"].error
    assert lists(desk.store) == []
    assert dialog.pdf_button.isEnabled()


def test_a_draft_is_printed_before_the_list_is_registered(
    qtbot: QtBot,
    dialog: HandoverDialog,
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "草稿.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    press(qtbot, (Key.Key_P, CTRL))
    assert dialog.fields["receiver"].error
    assert not path.exists()
    dialog.fields["receiver"].editor.setFocus()
    press(qtbot, "王芳", (Key.Key_P, CTRL))
    said = "".join(PdfReader(path).pages[0].extract_text().split())
    assert "草稿" in said
    assert "20260001" in said
    assert lists(desk.store) == []
    press(qtbot, SAVE, (Key.Key_P, CTRL))
    assert len(lists(desk.store)) == 1
    assert "草稿" not in "".join(PdfReader(path).pages[0].extract_text().split())


def test_the_span_of_archiving_days_chooses_the_dossiers(
    qtbot: QtBot, dialog: HandoverDialog, desk: Desk
) -> None:
    dialog.span.period.write("span")
    dialog.span.last.setFocus()
    dialog.span.last.write(desk.today.replace(year=desk.today.year - 1))
    assert dialog.tree.topLevelItemCount() == 0
    assert "没有归档未移交的案卷" in dialog.told.text()
    assert not dialog.act.isEnabled()
    dialog.span.last.write(desk.today)
    dialog.span.first.write(desk.today)
    assert dialog.tree.ticked() == (1,)


def test_a_list_is_registered_and_written_by_keyboard(
    qtbot: QtBot,
    dialog: HandoverDialog,
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog.fields["receiver"].editor.setFocus()
    press(qtbot, "王芳", ENTER, "第一批", SAVE)
    (row,) = lists(desk.store)
    assert (row.giver, row.receiver, row.words) == ("周敏", "王芳", "第一批")
    assert row.dossiers == 1
    with desk.store.reading() as session:
        assert session.exec(select(Dossier)).one().handover_id == row.id
    assert dialog.handover_id == row.id
    assert "移交已登记" in dialog.message.text
    assert not dialog.act.isEnabled()
    for key, name in ((Key.Key_E, "清单.xlsx"), (Key.Key_P, "清单.pdf")):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        press(qtbot, (key, CTRL))
        assert str(path) in dialog.message.text
    sheet = load_workbook(tmp_path / "清单.xlsx").active
    assert sheet is not None
    assert "20260001" in [one for row in sheet.iter_rows(values_only=True) for one in row]
    assert (tmp_path / "清单.pdf").read_bytes().startswith(b"%PDF")
    with desk.store.reading() as session:
        asked = select(AuditEntry).where(AuditEntry.operation == "export_handover")
        assert len(session.exec(asked).all()) == 2
    dialog.list.setFocus()
    press(qtbot, Key.Key_Up)
    assert dialog.handover_id == 0
    assert dialog.message.isHidden()
    assert dialog.tree.topLevelItemCount() == 0
    assert dialog.fields["receiver"].read() == ""
    assert dialog.fields["giver"].widget.isEnabled()


def test_a_list_that_cannot_be_written_says_so_in_the_dialog(
    qtbot: QtBot,
    dialog: HandoverDialog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog.fields["receiver"].editor.setFocus()
    press(qtbot, "王芳", SAVE)
    path = tmp_path / "没有的文件夹" / "清单.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    press(qtbot, (Key.Key_P, CTRL))
    assert dialog.message.text
    assert not path.exists()


def test_a_list_that_was_a_slip_is_taken_back_and_the_next_one_is_signed_for(
    qtbot: QtBot, dialog: HandoverDialog, desk: Desk
) -> None:
    dialog.fields["receiver"].editor.setFocus()
    press(qtbot, "王芳", SAVE)
    dialog.back_button.click()
    assert "回到未移交" in words(dialog.dialog)
    dialog.dialog.carry_out()
    assert dialog.dialog.fields["reason"].error
    dialog.dialog.fields["reason"].write("接收人填错了")
    dialog.dialog.carry_out()
    assert lists(desk.store)[0].taken_back_reason == "接收人填错了"
    assert "原因：接收人填错了" in dialog.told.text()
    assert "已经撤回" in dialog.message.text
    assert dialog.tree.topLevelItemCount() == 1
    assert dialog.back_button.isHidden()
    dialog.list.write(0)
    dialog.load()
    assert dialog.tree.ticked() == (1,)
    dialog.fields["receiver"].write("王芳")
    dialog.hand_over()
    assert dialog.back_button.isEnabled()
    dialog.confirm_button.click()
    dialog.dialog.carry_out()
    assert lists(desk.store)[1].confirmed_on == desk.today
    assert "签收" in dialog.told.text()
    assert dialog.back_button.isHidden()
    assert dialog.confirm_button.isHidden()
