"""证据 through the screen: taken in, found, played, marked and read back, by keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from enforcer.evidence_terms import (
    IntakeState,
    Keeping,
)
from enforcer.models import (
    EvidenceFile,
    EvidenceIntake,
    EvidenceUse,
)
from enforcer.store.database import Store
from tests.evidence_made import clip, put
from tests.operations.evidence_desk import TEN, a_card, take
from tests.ui.evidence_screen import (
    ENTER,
    NOW,
    SAVE,
    SPACE,
    a_page,
    choose,
    rows_of,
    said,
    told,
)
from tests.ui.register_desk import CTRL, a_context, press
from ui.context import Context
from ui.tasks import Tasks

# taking in


def test_a_card_is_taken_in_by_keyboard_and_its_report_says_what_was_read(
    qtbot: QtBot, context: Context, store: Store, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_card(card, 2)
    put(card / "空.mp4", b"")
    choose(monkeypatch, card)
    page = a_page(qtbot, context)
    assert "从“导入”开始" in told(page.tab("files").empty)
    qtbot.keyClick(page, Qt.Key.Key_N, CTRL)
    tab = page.current
    assert QApplication.focusWidget().objectName() == "intake_folder"
    press(qtbot, SPACE)
    assert "2 个文件" in tab.form.source.text()
    assert "空文件（0 字节）" in tab.form.source.text()
    press(qtbot, SAVE)
    kept = rows_of(store, EvidenceFile)
    assert [one.recorder for one in kept] == ["0700001", "0700001"]
    assert [one.keeping for one in kept] == [Keeping.COPIED, Keeping.COPIED]
    assert rows_of(store, EvidenceIntake)[0].state is IntakeState.DONE
    assert "登记 2 个，没有登记 1 个" in tab.banner.text
    table = tab.report.table
    QAbstractItemModelTester(table.model)
    shown_rows = [table.model.row(at) for at in range(3)]
    assert {one.line.state.label for one in shown_rows} == {"已登记", "未登记"}
    assert "09-03 10:12:00—10:12:02" in [
        table.model.index(at, 4).data() for at in range(table.model.rowCount())
    ]
    assert table.model.index(0, 5).data() == "文件名"


def test_files_dropped_on_the_form_are_looked_at_before_they_are_taken(
    qtbot: QtBot, context: Context, card: Path
) -> None:
    made = a_card(card, 1)
    page = a_page(qtbot, context)
    tab = page.tab("intake")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(made[0]))])
    tab.form.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert "1 个文件" in tab.form.source.text()
    assert tab.form.fields["source_kind"].read().label == "文件"
    assert tab.form.act.isEnabled()


def test_an_empty_folder_cannot_be_taken_in(qtbot: QtBot, context: Context, card: Path) -> None:
    card.mkdir()
    page = a_page(qtbot, context)
    tab = page.tab("intake")
    assert not tab.form.act.isEnabled()
    tab.form.take([card])
    assert not tab.form.act.isEnabled()
    assert "没有可以导入的文件" in tab.form.act.toolTip()


def test_files_may_stay_where_they_lie_under_the_name_of_their_disk(
    qtbot: QtBot, context: Context, store: Store, card: Path
) -> None:
    a_card(card, 1)
    page = a_page(qtbot, context)
    tab = page.tab("intake")
    label = tab.form.fields["volume_label"]
    assert label.isHidden()
    tab.form.take([card])
    tab.form.fields["keeping"].write(Keeping.REFERENCED)
    assert not label.isHidden()
    label.write("3号硬盘")
    qtbot.keyClick(tab.form, Qt.Key.Key_Return, CTRL)
    kept = rows_of(store, EvidenceFile)[0]
    assert (kept.keeping, kept.volume_label) == (Keeping.REFERENCED, "3号硬盘")
    assert not (store.home / "evidence").exists()
    files_tab = page.tab("files")
    files_tab.select(kept.id)
    assert "在“3号硬盘”" in told(files_tab.detail)


def test_what_differs_is_said_and_the_officer_decides_where_files_belong(
    qtbot: QtBot, context: Context, store: Store, case: int, card: Path
) -> None:
    a_card(card, 2)
    put(card / "0700001_700012_20260903110000.mp4", clip(TEN + timedelta(hours=9), seed=9))
    page = a_page(qtbot, context)
    tab = page.tab("intake")
    tab.form.take([card])
    qtbot.keyClick(tab.form, Qt.Key.Key_Return, CTRL)
    report = tab.report
    assert rows_of(store, EvidenceUse) == []
    report.narrow.write("doubt")
    assert len(report.table.model.ids) == 1
    report.table.select(report.table.model.ids[0])
    assert "文件名的时间是 2026-09-03 11:00:00" in told(report)
    report.narrow.write("loose")
    assert len(report.table.model.ids) == 3
    report.table.view.selectAll()
    assert "正在录像中" in told(report) or "相差" in told(report)
    assert [one.action_id for one in report.suggestions] == [case]
    QApplication.processEvents()
    buttons = [one for one in report.findChildren(QPushButton) if one.isVisible()]
    next(one for one in buttons if one.text() == "归到这里").setFocus()
    press(qtbot, ENTER)
    assert {one.case_id for one in rows_of(store, EvidenceUse)} == {case}
    assert len(rows_of(store, EvidenceUse)) == 3
    assert "归到案件" in said(context)


def test_an_intake_whose_stick_was_pulled_is_resumed_where_it_lies_now(
    qtbot: QtBot,
    context: Context,
    store: Store,
    card: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_card(card, 3)
    page = a_page(qtbot, context)
    tab = page.tab("intake")
    tab.form.take([card])
    elsewhere = tmp_path / "elsewhere"

    def pull(_name: str, done: int, _total: int) -> None:
        if done and card.exists():
            card.rename(elsewhere)

    tab.run.told.connect(pull)
    qtbot.keyClick(tab.form, Qt.Key.Key_Return, CTRL)
    assert "断开了" in tab.banner.text
    assert len(rows_of(store, EvidenceFile)) < 3
    tab.resume(tab.intake_id)
    assert "没有接上" in tab.banner.text
    choose(monkeypatch, elsewhere)
    act = next(one for one in tab.banner.findChildren(QPushButton) if "现在的位置" in one.text())
    act.click()
    assert len(rows_of(store, EvidenceFile)) == 3
    assert rows_of(store, EvidenceIntake)[0].state is IntakeState.DONE
    assert "登记 3 个" in tab.banner.text


def test_an_intake_pauses_goes_on_and_is_cancelled_by_its_buttons(
    qtbot: QtBot, store: Store, case: int, card: Path, qapp: QApplication
) -> None:
    assert case
    assert qapp
    a_card(card, 12)
    still = a_context(store, store.home, NOW)
    context = replace(still, tasks=Tasks(store, pytest.fail))
    page = a_page(qtbot, context)
    tab = page.tab("intake")
    tab.form.take([card])
    qtbot.waitUntil(tab.form.act.isEnabled, timeout=5000)
    stopped: list[int] = []

    def pause(_name: str, done: int, _total: int) -> None:
        if done and not stopped:
            stopped.append(done)
            tab.run.control.pause()

    tab.run.told.connect(pause, Qt.ConnectionType.DirectConnection)
    tab.form.start()
    qtbot.waitUntil(lambda: bool(stopped), timeout=5000)
    assert tab.run.running
    tab.bar.pause_button.click()
    assert not tab.run.control.paused
    tab.bar.pause_button.click()
    assert tab.bar.what.text() == "已暂停，可以继续或者取消。"
    tab.bar.cancel_button.click()
    qtbot.waitUntil(lambda: not tab.run.running, timeout=10_000)
    qtbot.waitUntil(lambda: context.tasks.idle, timeout=10_000)
    intake = rows_of(store, EvidenceIntake)[0]
    if intake.state is IntakeState.CANCELLED:
        tab.resume(intake.id)
        qtbot.waitUntil(lambda: not tab.run.running, timeout=20_000)
    qtbot.waitUntil(lambda: context.tasks.idle, timeout=10_000)
    assert len(rows_of(store, EvidenceFile)) == 12
    context.tasks.close()


def test_the_report_of_an_intake_is_kept_and_written_to_a_workbook(
    qtbot: QtBot, context: Context, store: Store, card: Path, tmp_path: Path
) -> None:
    a_card(card, 1)
    put(card / "空.mp4", b"")
    take(store, card)
    page = a_page(qtbot, context)
    tab = page.tab("intake")
    assert len(tab.report.rows) == 2
    tab.export_to(tmp_path / "报告.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "报告.xlsx").active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    by_state = {row[2]: row for row in lines[1:] if row[2]}
    assert "空文件（0 字节）" in str(by_state["未登记"][3])
    assert by_state["已登记"][9] == "0700001"
    assert "已导出 2 行" in said(context)
