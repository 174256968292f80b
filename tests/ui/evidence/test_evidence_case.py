"""Evidence of actions and cases: their recorders, the list on the case page, its papers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document as DocxFile
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from enforcer.course_terms import RecordKind
from enforcer.evidence_terms import (
    ActionKind,
    AfterDecision,
    EvidenceActKind,
    RecorderEventKind,
)
from enforcer.models import (
    ActionRecorders,
    Document,
    EvidenceAct,
    EvidenceItem,
    RecorderEvent,
    WrittenRecord,
)
from enforcer.store.database import Store
from tests.documents.paper_samples import texts
from tests.operations.evidence_desk import DAY, TEN
from tests.ui.evidence_screen import a_page, clips, rows_of, the_photo, told, widget
from tests.ui.register_desk import CTRL
from ui.context import Context
from ui.evidence.case_panel import CaseEvidence
from ui.registers.recorders import RecordersTab

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


def test_photos_on_the_list_go_out_as_paper_and_as_word_and_are_logged(
    qtbot: QtBot,
    context: Context,
    store: Store,
    taken: list[int],
    case: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
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
    path = tmp_path / "照片.docx"
    monkeypatch.setattr("ui.evidence.papers.ask_save", lambda *_: path)
    panel.dialog.save_word()
    assert len(DocxFile(str(path)).inline_shapes) == 1
    assert EvidenceActKind.COPIED_OUT in [one.kind for one in rows_of(store, EvidenceAct)]
    assert panel.dialog.word_button.isEnabled()


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
