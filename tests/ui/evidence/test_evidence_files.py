"""证据 through the screen: found, assigned, copied out, checked, kept and deleted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from enforcer.evidence_terms import (
    ActionKind,
    EvidenceActKind,
    ProblemKind,
    RetentionClass,
)
from enforcer.models import (
    EvidenceAct,
    EvidenceCheck,
    EvidenceFile,
    EvidenceUse,
)
from enforcer.queries import evidence as files
from enforcer.store.database import Store
from tests.evidence_made import photo, put
from tests.operations.evidence_desk import DAY, decided
from tests.ui.evidence_screen import (
    NOW,
    a_page,
    choose,
    clips,
    enter,
    rows_of,
    said,
    the_photo,
    told,
    widget,
)
from tests.ui.register_desk import a_context
from ui.context import Context
from ui.evidence.files import AFTER, DUE, HELD, LOOSE, WHOLE

# the list


def test_filters_narrow_the_list_and_say_when_nothing_fits(
    qtbot: QtBot, context: Context, store: Store, taken: list[int], case: int
) -> None:
    tab = a_page(qtbot, context).tab("files")
    assert len(tab.table.model.ids) == 3
    tab.media.setCurrentText("照片")
    assert tab.table.model.ids == [the_photo(store)]
    tab.media.setCurrentIndex(0)
    tab.recorder.write(rows_of(store, EvidenceFile)[0].recorder_id)
    assert set(tab.table.model.ids) == set(clips(store))
    tab.recorder.write(None)
    tab.first.write(date(2026, 9, 4))
    assert tab.table.model.ids == []
    assert "放宽" in told(tab.empty)
    tab.first.write(None)
    tab.state.write(WHOLE)
    assert len(tab.table.model.ids) == 3
    tab.state.write(ProblemKind.ALTERED)
    assert tab.table.model.ids == []
    tab.state.write(None)
    tab.case.write(LOOSE)
    assert len(tab.table.model.ids) == 3
    tab.case.write(HELD)
    assert tab.table.model.ids == []


def test_the_list_sorts_and_is_written_to_a_workbook_as_it_is_seen(
    qtbot: QtBot, context: Context, store: Store, taken: list[int], tmp_path: Path
) -> None:
    tab = a_page(qtbot, context).tab("files")
    tab.table.sort_asked.emit("name", False)
    names = [files.file_row(store, one).name for one in tab.table.model.ids]
    assert names == sorted(names)
    tab.table.sort_asked.emit("begins", False)
    begins = [files.file_row(store, one).begins_at for one in tab.table.model.ids]
    assert begins == sorted(begins)
    tab.export_to(tmp_path / "文件.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "文件.xlsx").active
    column = [row[0].value for row in sheet.iter_rows(min_row=2) if row[0].value]
    assert column[:3] == [files.file_row(store, one).name for one in tab.table.model.ids]
    assert "已导出 3 行" in said(context)


def test_files_are_assigned_by_keyboard_and_an_error_is_taken_back_with_its_reason(
    qtbot: QtBot, context: Context, store: Store, taken: list[int], case: int
) -> None:
    tab = a_page(qtbot, context).tab("files")
    tab.table.setFocus()
    tab.table.view.selectAll()
    qtbot.keyClick(tab.table.view, Qt.Key.Key_F6)
    dialog = tab.dialog
    dialog.carry_out()
    assert dialog.isVisible()
    assert "必填" in dialog.fields["action_id"].error or dialog.fields["action_id"].error
    widget(dialog, "action_id").write((ActionKind.CASE, case))
    enter(qtbot, dialog)
    uses = rows_of(store, EvidenceUse)
    assert {one.evidence_file_id for one in uses} == set(taken)
    assert {one.case_id for one in uses} == {case}
    tab.table.select(taken[0])
    QApplication.processEvents()
    undo = next(one for one in tab.detail.findChildren(QPushButton) if one.text() == "解除")
    undo.click()
    assert not tab.dialog.act.isEnabled()
    tab.dialog._why.write("归错了案件")
    tab.dialog.act.click()
    gone = [one for one in rows_of(store, EvidenceUse) if one.removed_at is not None]
    assert [one.removed_reason for one in gone] == ["归错了案件"]


def test_the_detail_shows_hash_clocks_place_and_who_looked(
    qtbot: QtBot, context: Context, store: Store, taken: list[int]
) -> None:
    page = a_page(qtbot, context)
    tab = page.tab("files")
    tab.select(clips(store)[0])
    row = files.file_row(store, clips(store)[0])
    text = told(tab.detail).replace("\u200b", "")
    assert row.code in text
    assert "按文件名" in text
    assert "还没有人查看" in text
    tab.view(row.id)
    tab.viewer.leave()
    assert "周敏　查看" in told(tab.detail)
    assert [one.kind for one in rows_of(store, EvidenceAct)] == [EvidenceActKind.VIEWED]


def test_a_file_that_went_missing_is_said_before_any_check(
    qtbot: QtBot, context: Context, store: Store, taken: list[int]
) -> None:
    path = files.path_of(store, clips(store)[0])
    assert path is not None
    path.unlink()
    tab = a_page(qtbot, context).tab("files")
    tab.select(clips(store)[0])
    assert "文件不见了" in told(tab.detail)
    tab.view(clips(store)[0])
    assert "不见了" in said(context)
    assert tab.stack.currentWidget() is tab.list


# others and keeping


def test_files_leave_only_with_a_purpose_and_masked_copies_stand_beside_their_original(
    qtbot: QtBot,
    context: Context,
    store: Store,
    taken: list[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "带出"
    out.mkdir()
    tab = a_page(qtbot, context).tab("files")
    tab.table.select(the_photo(store))
    tab.copy_out(tab.table.selected_ids())
    dialog = tab.dialog
    choose(monkeypatch, out)
    widget(dialog, "folder").choose()
    enter(qtbot, dialog)
    assert dialog.fields["purpose"].error
    assert list(out.iterdir()) == []
    widget(dialog, "purpose").write("提交复议机关")
    enter(qtbot, dialog)
    assert [one.name for one in out.iterdir()] == ["IMG_20260903_103000.jpg"]
    masked = put(tmp_path / "遮盖.jpg", photo(seed=5))
    tab.register_masked([the_photo(store)])
    widget(tab.dialog, "path").write(str(masked))
    widget(tab.dialog, "how").write("遮盖了路人的面部")
    enter(qtbot, tab.dialog)
    made = rows_of(store, EvidenceFile)[-1]
    assert (made.derived_from_id, made.derivation) == (the_photo(store), "遮盖了路人的面部")
    kinds = [(one.kind, one.purpose) for one in rows_of(store, EvidenceAct)]
    assert (EvidenceActKind.COPIED_OUT, "提交复议机关") in kinds


def test_a_flipped_byte_is_found_shown_with_its_next_step_and_filtered(
    qtbot: QtBot, context: Context, store: Store, taken: list[int]
) -> None:
    page = a_page(qtbot, context)
    tab = page.tab("keeping")
    assert "还没有检查过，请检查一次" in tab.banner.text
    tab.act.click()
    assert "3 个文件" in tab.banner.text
    assert rows_of(store, EvidenceCheck)[0].problems == 0
    path = files.path_of(store, clips(store)[1])
    assert path is not None
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    tab.check_all()
    assert "1 个文件有问题" in tab.banner.text
    assert tab.problem_table.model.ids == [clips(store)[1]]
    assert "重新导入" in tab.problem_table.model.index(0, 2).data()
    listed = page.tab("files")
    listed.state.write(ProblemKind.ALTERED)
    assert listed.table.model.ids == [clips(store)[1]]
    listed.table.select(clips(store)[1])
    assert "内容被改动" in told(listed.detail)


def test_only_what_no_case_holds_is_deleted_after_a_named_person_confirmed(
    qtbot: QtBot, store: Store, taken: list[int], case: int, qapp: QApplication
) -> None:
    later = a_context(store, store.home, NOW + timedelta(days=200))
    page = a_page(qtbot, later)
    listed = page.tab("files")
    listed.assign([taken[0]])
    widget(listed.dialog, "action_id").write((ActionKind.CASE, case))
    listed.dialog.carry_out()
    tab = page.tab("keeping")
    assert set(tab.due_table.model.ids) == set(taken[1:])
    listed.delete([taken[0]])
    assert "不能删除" in said(later)
    tab.delete_button.click()
    dialog = tab.dialog
    widget(dialog, "confirmed_by_id").write(None)
    dialog.carry_out()
    assert dialog.fields["confirmed_by_id"].error
    widget(dialog, "confirmed_by_id").write(1)
    widget(dialog, "reason").write("保存期限已满")
    dialog.carry_out()
    gone = [one for one in rows_of(store, EvidenceFile) if one.deletion_id is not None]
    assert {one.id for one in gone} == set(taken[1:])
    assert tab.due_table.model.ids == []
    listed = page.tab("files")
    listed.state.write(DUE)
    assert listed.table.model.ids == []


def test_a_class_of_retention_changes_only_with_its_reason(
    qtbot: QtBot, context: Context, store: Store, taken: list[int]
) -> None:
    tab = a_page(qtbot, context).tab("files")
    tab.retain(taken[:1])
    widget(tab.dialog, "retention").write(RetentionClass.MAJOR)
    tab.dialog.carry_out()
    assert "为什么" in tab.dialog.fields["reason"].error
    widget(tab.dialog, "reason").write("阻碍执法，报公安机关")
    tab.dialog.carry_out()
    row = files.file_row(store, taken[0])
    assert (row.retention, row.keep_until) == (RetentionClass.MAJOR, None)


def test_what_came_after_the_decision_is_marked_in_list_and_detail(
    qtbot: QtBot, context: Context, store: Store, taken: list[int], case: int
) -> None:
    decided(store, case, DAY - timedelta(days=1))
    tab = a_page(qtbot, context).tab("files")
    tab.assign([taken[0]])
    widget(tab.dialog, "action_id").write((ActionKind.CASE, case))
    tab.dialog.carry_out()
    tab.state.write(AFTER)
    assert tab.table.model.ids == [taken[0]]
    tab.table.select(taken[0])
    assert "决定后取得：决定作出于" in told(tab.detail)
