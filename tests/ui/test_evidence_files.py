"""证据 through the screen: found, looked at, marked, verified, copied, kept and deleted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from enforcer.course_terms import RecordKind
from enforcer.evidence_terms import (
    ActionKind,
    AfterDecision,
    EvidenceActKind,
    EvidenceKind,
    ProblemKind,
    RecorderEventKind,
    RetentionClass,
)
from enforcer.models import (
    ActionRecorders,
    Document,
    EvidenceAct,
    EvidenceCheck,
    EvidenceFile,
    EvidenceItem,
    EvidenceUse,
    RecorderEvent,
    WrittenRecord,
)
from enforcer.queries import evidence as files
from enforcer.store.database import Store
from tests.documents.paper_samples import texts
from tests.evidence_made import clip, photo, put
from tests.factories import an_office
from tests.operations.evidence_desk import DAY, TEN, a_card, a_case, decided, take
from tests.ui.register_desk import CTRL, a_context, press
from tests.ui.test_evidence import ENTER, ESC, NOW, a_page, choose, pytestmark, rows_of, said, told
from ui.context import Context
from ui.evidence import player as players
from ui.evidence.case_panel import CaseEvidence
from ui.evidence.clock_edit import ClockEdit, parse_clock
from ui.evidence.files import AFTER, DUE, HELD, LOOSE, WHOLE
from ui.registers.recorders import RecordersTab

__all__ = ["pytestmark"]


@pytest.fixture
def case(store: Store) -> int:
    an_office(store)
    return a_case(store)


@pytest.fixture
def context(store: Store, case: int, qapp: QApplication) -> Context:
    assert case
    assert qapp
    return a_context(store, store.home, NOW)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return tmp_path / "card"


@pytest.fixture
def taken(store: Store, case: int, card: Path) -> list[int]:
    """Two clips and a photo, registered, belonging to nothing."""
    a_card(card, 2)
    put(card / "IMG_20260903_103000.jpg", photo("2026:09:03 10:30:00", size=(640, 480)))
    return [one.file_id for one in take(store, card).taken]


def clips(store: Store) -> list[int]:
    return [one.id for one in rows_of(store, EvidenceFile) if one.original_name.endswith("mp4")]


def the_photo(store: Store) -> int:
    return next(one.id for one in rows_of(store, EvidenceFile) if one.original_name.endswith("jpg"))


def enter(qtbot: QtBot, dialog: Any) -> None:
    """Ctrl+Enter in a window that has come up."""
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=3000)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)


def widget(dialog: Any, name: str) -> Any:
    return dialog.fields[name].widget


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


# actions and recorders


def an_inspection(store: Store, case: int) -> int:
    with store.unit(actor="测试") as session:
        row = WrittenRecord(
            case_id=case,
            kind=RecordKind.INSPECTION,
            on=DAY,
            began_at=TEN,
            ended_at=TEN + timedelta(minutes=20),
            place="解放路1号门前",
            officer_ids=[1, 2],
            officers=["周敏", "何志远"],
            words="现场堆放建材",
        )
        session.add(row)
        session.flush()
        assert row.id
        return row.id


def test_an_action_of_one_recorder_asks_for_its_reason(
    qtbot: QtBot, context: Context, store: Store, case: int
) -> None:
    record = an_inspection(store, case)
    tab = a_page(qtbot, context).tab("actions")
    tab.table.select((ActionKind.INSPECTION, record))
    assert "没有写明原因" in tab.banner.text
    tab.fields["recorders"].write("0799999")
    tab.save()
    assert "台账里没有 0799999" in tab.fields["recorders"].error
    tab.fields["recorders"].write("0700001")
    tab.save()
    assert rows_of(store, ActionRecorders) == []
    assert "至少两台" in told(tab.banner)
    tab.fields["reason"].write("另一台在现场没电")
    qtbot.keyClick(tab, Qt.Key.Key_Return, CTRL)
    kept = rows_of(store, ActionRecorders)[0]
    assert (kept.recorders, kept.reason) == (["0700001"], "另一台在现场没电")
    tab.narrow.write("unsaid")
    assert tab.table.model.ids == []


def test_the_course_of_a_recorder_is_entered_and_read_back(
    qtbot: QtBot, context: Context, store: Store, case: int
) -> None:
    tab = RecordersTab(context)
    qtbot.addWidget(tab)
    tab.resize(1200, 680)
    tab.show()
    key = tab.table.model.ids[0]
    tab.open_row(key)
    tab.course.note()
    dialog = tab.course.dialog
    widget(dialog, "kind").write(RecorderEventKind.CLOCK)
    dialog.carry_out()
    assert "校时要写明快慢" in dialog.fields["offset_seconds"].error
    widget(dialog, "offset_seconds").setText("快35秒")
    dialog.carry_out()
    kept = rows_of(store, RecorderEvent)[0]
    assert (kept.kind, kept.offset_seconds) == (RecorderEventKind.CLOCK, 35)
    assert "校时　" in told(tab.course)
    assert "快 35秒" in told(tab.course)


# the case page


def test_the_case_shows_its_list_verifies_a_line_and_prints_it(
    qtbot: QtBot, context: Context, store: Store, taken: list[int], case: int
) -> None:
    panel = CaseEvidence(context, case)
    qtbot.addWidget(panel)
    panel.resize(280, 400)
    panel.show()
    assert "还没有证据" in told(panel)
    assert not panel.list_button.isEnabled()
    panel.add_button.click()
    form = panel.dialog.form
    for name, value in (("title", "占道照片打印件"), ("proves", "占用人行道")):
        form.fields[name].write(value)
    form.save()
    assert "原件" in form.fields["original_lies"].error
    form.fields["original_lies"].write("案卷")
    form.save()
    item = rows_of(store, EvidenceItem)[0]
    assert (item.evidence_file_id, item.original_lies) == (None, "案卷")
    assert "清单 1 项　未查证 1" in told(panel)
    panel.open(panel.items[0])
    panel.dialog.verify()
    dialog = panel.dialog.dialog
    dialog.carry_out()
    assert dialog.fields["verified_how"].error
    widget(dialog, "verified_how").write("与原件核对一致")
    widget(dialog, "verified_by_id").write(1)
    dialog.carry_out()
    assert rows_of(store, EvidenceItem)[0].verified_how == "与原件核对一致"
    assert panel.count.text() == "清单 1 项"
    panel.list_button.click()
    assert "占道照片打印件" in "".join(texts(panel.dialog.preview.pdf))
    assert rows_of(store, Document) == []
    panel.dialog.print_paper()
    assert [one.template_key for one in rows_of(store, Document)] == ["evidence_list"]


def test_photos_on_the_list_are_printed_from_the_case_and_logged(
    qtbot: QtBot, context: Context, store: Store, taken: list[int], case: int
) -> None:
    tab = a_page(qtbot, context).tab("files")
    tab.view(the_photo(store))
    for name, value in (("case_id", case), ("title", "现场照片"), ("proves", "占用人行道")):
        tab.viewer.form.fields[name].write(value)
    tab.viewer.form.save()
    panel = CaseEvidence(context, case)
    qtbot.addWidget(panel)
    panel.print_paper("photos")
    assert panel.dialog.preview.pdf.startswith(b"%PDF")
    panel.dialog.print_paper()
    assert EvidenceActKind.PRINTED in [one.kind for one in rows_of(store, EvidenceAct)]


def test_a_line_is_taken_off_the_list_with_its_reason(
    qtbot: QtBot, context: Context, store: Store, taken: list[int], case: int
) -> None:
    tab = a_page(qtbot, context).tab("files")
    tab.view(clips(store)[0])
    for name, value in (("case_id", case), ("title", "录像"), ("proves", "占道")):
        tab.viewer.form.fields[name].write(value)
    tab.viewer.form.save()
    assert rows_of(store, EvidenceItem)[0].after_decision is AfterDecision.NO
    panel = CaseEvidence(context, case)
    qtbot.addWidget(panel)
    panel.open(panel.items[0])
    panel.dialog.remove()
    confirm = panel.dialog.dialog
    assert not confirm.act.isEnabled()
    confirm._why.write("与本案无关")
    confirm.act.click()
    assert rows_of(store, EvidenceItem)[0].removed_reason == "与本案无关"
