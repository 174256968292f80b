"""The dossier over the case page: what is open leads to its step, scans come in, a case goes out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.dossier_terms import ScanState
from enforcer.models import Case, Dossier, ScanPage
from enforcer.store.database import Store, open_store
from tests.operations.dossier_desk import Desk, as_pdf, carried, page_with, scanned
from tests.ui.register_desk import CTRL, a_context, press, shown
from ui.cases import CasesPage
from ui.cases.dossier import DossierDialog
from ui.scan_drop import ScanDrop

ENTER = Qt.Key.Key_Return


@pytest.fixture(scope="module")
def made(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    home = Path(shutil.copytree(empty_home, tmp_path_factory.mktemp("ui") / "home"))
    desk = carried(home, "spoil_company_after")
    for key in ("penalty_decision", "filing_approval", "inspection_record"):
        desk.issue(key)
    desk.store.close()
    return home, desk.now


@pytest.fixture
def desk(made: tuple[Path, datetime], tmp_path: Path) -> Iterator[Desk]:
    home = Path(shutil.copytree(made[0], tmp_path / "home"))
    store = open_store(home, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC))
    yield Desk(store, made[1])
    store.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> CasesPage:
    found = CasesPage(a_context(desk.store, desk.store.home, desk.now))
    shown(qtbot, found)
    found.show_case(1)
    return found


def opened(qtbot: QtBot, page: CasesPage) -> DossierDialog:
    press(qtbot, (Qt.Key.Key_D, CTRL))
    dialog: DossierDialog = page.course.dossier
    active(qtbot, dialog)
    return dialog


def active(qtbot: QtBot, dialog: Any) -> None:
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=3000)


def test_a_key_opens_the_dossier_with_its_score_and_parts(qtbot: QtBot, page: CasesPage) -> None:
    view = opened(qtbot, page).view
    assert "自查" in view.score.text()
    assert view.parts.topLevelItemCount() == 6
    assert "材料 3 份" in view.state.text()
    assert QApplication.focusWidget() is view.findings


def test_enter_on_a_finding_opens_the_paper_that_can_come_out(
    qtbot: QtBot, page: CasesPage
) -> None:
    view = opened(qtbot, page).view
    top = next(
        view.findings.topLevelItem(at)
        for at in range(view.findings.topLevelItemCount())
        if "要补的" in view.findings.topLevelItem(at).text(0)
    )
    item = next(
        top.child(at) for at in range(top.childCount()) if "可以出件" in top.child(at).text(0)
    )
    view.findings.setCurrentItem(item)
    qtbot.keyClick(view.findings, ENTER)
    assert not page.course.dossier.isVisible()
    paper = page.course._papers.dialog
    assert paper is not None
    assert f"《{paper.offer.title}》" in item.text(0)


def pages(store: Store) -> list[ScanPage]:
    with store.reading() as session:
        return list(session.exec(select(ScanPage)))


def test_scans_that_are_chosen_are_filed_and_seen(
    qtbot: QtBot, page: CasesPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened(qtbot, page).view
    path = tmp_path / "扫描.pdf"
    path.write_bytes(as_pdf(scanned(desk.frozen(desk.papers()[0].id or 0), turn=3)))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    press(qtbot, (Qt.Key.Key_I, CTRL))
    qtbot.waitUntil(lambda: "有签名扫描件的 1 份" in view.state.text(), timeout=5000)
    assert {one.state for one in pages(desk.store)} == {ScanState.FILED}


def test_files_dropped_on_the_window_are_taken_and_others_are_not(
    qtbot: QtBot, page: CasesPage, desk: Desk, tmp_path: Path
) -> None:
    drop = ScanDrop(page, page.context)
    path, other = tmp_path / "扫描.pdf", tmp_path / "表.xlsx"
    path.write_bytes(as_pdf(scanned(desk.frozen(desk.papers()[0].id or 0))))
    other.write_bytes(b"x")

    def dropped(*files: Path) -> bool:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(one)) for one in files])
        given: Any = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
        none = Qt.KeyboardModifier.NoModifier
        entered = QDragEnterEvent(QPointF(5, 5).toPoint(), *given, none)
        if not drop.eventFilter(page, entered):
            return False
        return drop.eventFilter(page, QDropEvent(QPointF(5, 5), *given, none))

    assert not dropped(path, other)
    assert pages(desk.store) == []
    assert dropped(path)
    qtbot.waitUntil(lambda: len(pages(desk.store)) == 2, timeout=5000)


def test_a_page_in_the_tray_is_looked_at_and_filed_by_keyboard(
    qtbot: QtBot, page: CasesPage, desk: Desk, tmp_path: Path
) -> None:
    from enforcer.operations import scans
    from enforcer.operations.scans import ScansForm

    path = tmp_path / "外来.pdf"
    path.write_bytes(as_pdf([page_with("https://x.example")]))
    form = ScansForm(paths=(path,))
    scans.take_scans(desk.store, form, today=desk.today, now=desk.now, actor="周敏")
    view = opened(qtbot, page).view
    assert "待认领 1" in view.tray_button.text()
    press(qtbot, (Qt.Key.Key_T, CTRL))
    tray = view.tray
    active(qtbot, tray)
    qtbot.waitUntil(lambda: not tray.picture.pixmap().isNull(), timeout=5000)
    assert "不是本程序印的" in tray.why.text()
    press(qtbot, (ENTER, CTRL))
    assert "先选定" in tray.message.text
    tray.search.setFocus()
    press(qtbot, "处罚决定书")
    assert tray.papers.count() == 1
    tray.number.setFocus()
    qtbot.keyClick(tray.number, Qt.Key.Key_Up)
    press(qtbot, (ENTER, CTRL))
    (one,) = pages(desk.store)
    assert (one.state, one.page) == (ScanState.FILED, 2)
    assert tray.rows == []


def test_archiving_asks_why_and_gives_the_number(qtbot: QtBot, page: CasesPage, desk: Desk) -> None:
    view = opened(qtbot, page).view
    press(qtbot, (Qt.Key.Key_R, CTRL))
    dialog = view.archiving
    active(qtbot, dialog)
    press(qtbot, (ENTER, CTRL))
    assert dialog.fields["retention"].error
    dialog.fields["retention"].write("30年")
    press(qtbot, (ENTER, CTRL))
    assert dialog.reason.isVisible()
    dialog.reason.write("旧案清理，先行归档")
    press(qtbot, (ENTER, CTRL))
    with desk.store.reading() as session:
        (row,) = session.exec(select(Dossier)).all()
    assert row.archive_number == "20260001"
    assert "归档号 20260001" in view.state.text()
    assert not view.archive_button.isEnabled()


def test_the_dossier_and_the_case_file_are_saved(
    qtbot: QtBot, page: CasesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(qtbot, page)
    for key, name, begins in (
        (Qt.Key.Key_S, "案卷.pdf", b"%PDF"),
        (Qt.Key.Key_E, "案件.zip", b"PK"),
    ):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        press(qtbot, (key, CTRL))
        qtbot.waitUntil(path.exists, timeout=8000)
        assert path.read_bytes().startswith(begins)


def test_a_case_file_opens_and_a_difference_is_chosen(
    qtbot: QtBot, page: CasesPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from enforcer.operations import case_files
    from enforcer.operations.case_files import ExportCaseForm

    path = tmp_path / "案件.zip"
    form = ExportCaseForm(case_id=1, path=path)
    case_files.export_case(desk.store, form, today=desk.today, now=desk.now, actor="周敏")
    with desk.store.unit(actor="测试") as session:
        case = session.exec(select(Case)).one()
        case.note = "这里的备注"
        session.add(case)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    act = next(one for one in page.actions() if one.text() == "打开案件文件…")
    act.trigger()
    dialog = page.opening
    active(qtbot, dialog)
    assert "不同的 1 处" in dialog.told.text()
    assert not dialog.act.isEnabled()
    (answer,) = dialog.answers.values()
    answer.write("theirs")
    assert dialog.act.isEnabled()
    press(qtbot, (ENTER, CTRL))
    with desk.store.reading() as session:
        assert session.exec(select(Case)).one().note == ""


def test_an_on_the_spot_case_has_its_dossier_too(qtbot: QtBot, store: Store) -> None:
    from enforcer.terms import Origin, Procedure
    from tests.conftest import NOW
    from tests.courses_made import a_sample

    a_sample(store)
    with store.reading() as session:
        asked = select(Case).where(
            Case.procedure == Procedure.SUMMARY, Case.origin == Origin.MADE_HERE
        )
        case = session.exec(asked).first()
    assert case is not None
    found = CasesPage(a_context(store, store.home, NOW))
    shown(qtbot, found)
    found.show_case(case.id or 0)
    press(qtbot, (Qt.Key.Key_D, CTRL))
    assert "材料 1 份" in found.view.dossier.view.state.text()
