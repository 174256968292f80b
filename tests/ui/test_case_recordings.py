"""A case file with its recordings through the window: asked at the export, taken in at the opening."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from enforcer.models import CaseOpening
from enforcer.operations.case_recordings import folder_of
from enforcer.queries import evidence as files
from enforcer.store.database import Store, open_store
from tests.factories import an_office
from tests.operations.evidence_desk import NOW, a_card, a_case, sha256, take
from tests.ui.register_desk import CTRL, a_context, press, shown
from ui.cases.dossier import view
from ui.cases.dossier.opening import OpenCaseDialog
from ui.cases.dossier.view import DossierView

GO = (Qt.Key.Key_Return, CTRL)


@pytest.fixture
def case(store: Store, tmp_path: Path) -> int:
    an_office(store)
    case_id = a_case(store)
    a_card(tmp_path / "card", 2)
    take(store, tmp_path / "card", case_id=case_id)
    return case_id


@pytest.fixture
def other(empty_home: Path, tmp_path: Path) -> Iterator[Store]:
    store = open_store(Path(shutil.copytree(empty_home, tmp_path / "乙")), clock=lambda: NOW)
    yield store
    store.close()


def exported(
    qtbot: QtBot,
    store: Store,
    case: int,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    along: bool,
) -> DossierView:
    found = DossierView(a_context(store, store.home, NOW), case)
    shown(qtbot, found)
    monkeypatch.setattr(view, "ask_save", lambda *_: path)
    found.export_case()
    dialog: Any = found.exporting
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=3000)
    if along:
        press(qtbot, Qt.Key.Key_Space)
    press(qtbot, GO)
    return found


def taken_in(qtbot: QtBot, store: Store, path: Path) -> Any:
    context = a_context(store, store.home, NOW)
    parent = shown(qtbot, view.QWidget())
    dialog = OpenCaseDialog(parent, context, path)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=3000)
    told = dialog.told.text()
    press(qtbot, GO)
    return told, context.window


@pytest.mark.parametrize("along", [True, False])
def test_recordings_go_along_only_when_ticked_and_come_in_with_the_case(
    qtbot: QtBot,
    store: Store,
    case: int,
    other: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    along: bool,
) -> None:
    path = tmp_path / "案件.zip"
    found = exported(qtbot, store, case, path, monkeypatch, along=along)
    said = found.context.window.said
    assert ("2 个录像等文件在旁边" in said[-1][1]) is along
    assert folder_of(path).exists() is along
    told, window = taken_in(qtbot, other, path)
    assert ("随文件带来 2 个" if along else "2 个没有带来，只有名称和校验值") in told
    assert "已新建案件" in window.said[-1][1]
    rows = files.file_rows(other, files.file_ids(other))
    assert len(rows) == (2 if along else 0)
    assert all(one.held for one in rows)


def test_an_altered_recording_is_told_and_the_case_opens_without_it(
    qtbot: QtBot,
    store: Store,
    case: int,
    other: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "案件.zip"
    exported(qtbot, store, case, path, monkeypatch, along=True)
    bad = min(folder_of(path).iterdir())
    was = sha256(bad)
    bad.chmod(0o644)
    bad.write_bytes(b"!" + bad.read_bytes()[1:])
    _, window = taken_in(qtbot, other, path)
    kind, said = window.said[-1]
    assert kind == "warn"
    assert "没有取入" in said
    rows = files.file_rows(other, files.file_ids(other))
    assert was not in {one.sha256 for one in rows}
    assert len(rows) == 1


def test_the_archive_number_of_the_other_office_is_shown_in_the_dossier(
    qtbot: QtBot, store: Store, case: int
) -> None:
    with store.unit(actor="测试") as session:
        session.add(
            CaseOpening(
                case_id=case, package_sha256="0" * 64, exported_at=NOW, exported_by="周敏",
                facts={"archive_number": "20260007", "archived_on": "2026-09-01"},
                opened_at=NOW, opened_by="周敏",
            )
        )  # fmt: skip
    found = DossierView(a_context(store, store.home, NOW), case)
    shown(qtbot, found)
    assert "原单位归档号 20260007（2026-09-01 归档）" in found.state.text()
