"""In the window: what stands against a step shows while it is typed; a slip is taken back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from enforcer.errors import Refused
from enforcer.operations.course_paper import issue_paper
from enforcer.operations.course_paper_forms import IssuePaperForm
from enforcer.queries.void_numbers import void_numbers
from enforcer.store.database import Store
from enforcer.terms import CaseStep
from tests.ui.course_hand import Hand, Moving, a_hand, at, carried, events
from tests.ui.register_desk import CTRL, press, words
from ui.cases.course.sheets import HistorySheet
from ui.cases.course.slip import SlipDialog

ENTER = Qt.Key.Key_Return


@pytest.fixture
def inquired(qtbot: QtBot, store: Store) -> Hand:
    """The scripted case when the driver has been questioned."""
    carried(store, "询问驾驶员")
    moving = Moving()
    moving.now = at(9, 10, 18)
    made = a_hand(qtbot, store, moving)
    made.page.show_case(1)
    return made


def dialog_of(hand: Hand) -> SlipDialog:
    hand.view.slip_button.setFocus()
    press(hand.qtbot, Qt.Key.Key_Space)
    (found,) = hand.view.findChildren(SlipDialog)
    return found


def typed(dialog: SlipDialog, text: str) -> None:
    dialog.why.widget.insert(text)  # type: ignore[attr-defined]
    QApplication.processEvents()


def test_the_last_step_is_taken_back_with_its_reason_and_stays_in_the_history(
    hand_store: tuple[Hand, Store],
) -> None:
    hand, store = hand_store
    before = events(store)
    assert before[-1] == "inquiry"
    dialog = dialog_of(hand)
    assert not dialog.act.isEnabled()
    assert "2026-09-10" in words(dialog)
    typed(dialog, "询问的不是驾驶员本人")
    press(hand.qtbot, (ENTER, CTRL))
    assert events(store) == before[:-1]
    hand.view.show_history()
    assert isinstance(hand.view.sheet, HistorySheet)
    assert "询问（已撤回）" in hand.told
    assert "周敏 撤回，原因：询问的不是驾驶员本人" in hand.told
    assert not hand.view.page.offer(CaseStep.INQUIRY).objections  # type: ignore[union-attr]
    hand.view.show_step("inquiry")
    note = hand.form.draft_note
    assert "撤回，原因：询问的不是驾驶员本人" in note.text
    assert hand.form.fields["content"].read() == ""
    next(iter(note.findChildren(QPushButton))).click()
    assert hand.form.fields["person"].read() == "王师傅"
    assert hand.form.fields["content"].read()
    assert note.isHidden()


def test_somebody_else_is_refused_and_the_dialog_says_why(hand_store: tuple[Hand, Store]) -> None:
    hand, store = hand_store
    before = events(store)
    dialog = dialog_of(hand)
    dialog.by.write(next(o.key for o in dialog.by.widget._all if o.text == "刘一帆"))  # type: ignore[attr-defined]
    typed(dialog, "录错")
    press(hand.qtbot, (ENTER, CTRL))
    assert dialog.isVisible()
    assert "只能由经办人或者本案承办人员撤回" in words(dialog)
    assert events(store) == before
    press(hand.qtbot, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def decided(qtbot: QtBot, store: Store) -> Hand:
    carried(store, "作出决定")
    moving = Moving()
    moving.now = at(9, 28, 18)
    hand = a_hand(qtbot, store, moving)
    hand.page.show_case(1)
    return hand


def test_a_number_no_paper_bears_is_void_with_its_step(qtbot: QtBot, store: Store) -> None:
    hand = decided(qtbot, store)
    before = events(store)
    dialog = dialog_of(hand)
    assert "云城管罚决字〔2026〕第001号 随之作废" in words(dialog)
    typed(dialog, "日期录错")
    press(hand.qtbot, (ENTER, CTRL))
    assert events(store) == before[:-1]
    assert [one.number for one in void_numbers(store)] == ["云城管罚决字〔2026〕第001号"]


def test_a_decision_that_went_out_cannot_be_taken_back_and_the_button_says_why(
    qtbot: QtBot, store: Store
) -> None:
    hand = decided(qtbot, store)
    assert hand.view.slip_button.isEnabled()
    now, given = at(9, 28, 18), dict[str, str]()
    for _ in range(2):  # the second time with a reason for every doubt
        form = IssuePaperForm(case_id=1, template="penalty_decision", reasons=given)
        try:
            issue_paper(store, form, today=now.date(), now=now, actor="周敏")
        except Refused as refusal:
            given |= {one.code: "已经核对" for one in refusal.objections}
    hand.view.refresh()
    assert not hand.view.slip_button.isEnabled()
    assert "撤销决定" in hand.view.slip_button.toolTip()
    assert "第七十五条第二款" in hand.view.slip_button.toolTip()


@pytest.fixture
def hand_store(inquired: Hand, store: Store) -> Any:
    return inquired, store


def settled(hand: Hand) -> None:
    """The officer rests; what was asked in the background is answered."""
    hand.qtbot.wait(450)
    QApplication.processEvents()


def test_a_step_is_grey_while_it_is_typed_and_leads_to_what_is_to_be_mended(
    inquired: Hand, store: Store
) -> None:
    before = events(store)
    inquired.open(CaseStep.CORRECTION_ORDERED)
    inquired.fill(due_on="2026-9-1", content="立即清除路面遗撒的渣土，车辆加装密闭装置后方可上路")
    settled(inquired)
    form = inquired.form
    assert not form.save.isEnabled()
    said = words(form.acts)
    assert "2026-09-01" in said
    assert "第" in said, "the article stands with it"
    assert form.acts._go.isVisible(), "the mouse has its way there too"
    assert form.fields["content"].editor.hasFocus(), "the focus stays where one types"
    assert said.count("2026-09-01") == inquired.refusal.count("2026-09-01"), "said once"
    press(inquired.qtbot, (ENTER, CTRL))
    assert events(store) == before
    assert form.fields["due_on"].editor.hasFocus(), "Ctrl+Enter goes to the field"
    inquired.fill(due_on="2026-9-12")
    assert form.save.isEnabled(), "what is typed on is not held by what stood before"
    settled(inquired)
    assert form.save.isEnabled()
    assert form.notes.isHidden(), inquired.refusal
    inquired.take()
    assert events(store) == [*before, "correction_ordered"]


def test_a_doubt_greys_nothing_and_asks_for_its_reason_while_it_is_typed(inquired: Hand) -> None:
    inquired.open(CaseStep.CORRECTION_ORDERED)
    inquired.fill(content="自行改正", due_on="2026-9-12")
    settled(inquired)
    form = inquired.form
    assert form.save.isEnabled()
    assert form.findings.codes, inquired.refusal


def test_a_proposal_taken_back_leads_back_to_its_lead(qtbot: QtBot, store: Store) -> None:
    carried(store, "呈报立案")
    moving = Moving()
    moving.now = at(9, 8, 18)
    hand = a_hand(qtbot, store, moving)
    hand.page.show_case(1)
    dialog = dialog_of(hand)
    assert "线索回到呈报之前" in words(dialog)
    typed(dialog, "当事人录错")
    press(qtbot, (ENTER, CTRL))
    assert events(store) == []
    assert hand.view.case_id is None
    assert hand.view.lead_id == 1
    hand.view.show_history()
    assert "呈报立案（已撤回）" in hand.told


def test_nothing_is_said_before_anything_is_typed(inquired: Hand) -> None:
    inquired.open(CaseStep.CORRECTION_ORDERED)
    settled(inquired)
    assert inquired.form.notes.isHidden()
