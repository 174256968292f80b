"""The page of a lead: every step of it by keyboard, and the row read back."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.course_terms import LeadOutcome
from enforcer.models import AuditEntry, Draft
from enforcer.store.database import Store
from tests.documents.paper_samples import texts
from tests.operations.lead_desk import (
    LeadOffice,
    checked,
    deeds,
    do,
    propose,
    register,
    row,
)
from tests.ui.lead_screen import (
    ENTER,
    ESC,
    SAVE,
    TODAY,
    TOLD,
    a_page,
    context,
    focus,
    people,
)
from tests.ui.register_desk import CTRL, press, words
from ui.context import Context

__all__ = ["context", "people"]


def test_a_lead_is_checked_settled_and_answered_by_keyboard(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    lead = register(store, people, TOLD)
    page = a_page(qtbot, context)
    page.list.table.setFocus()
    press(qtbot, ENTER)
    view = page.view
    assert view.buttons["settle"].isEnabled() is False
    assert "还没有办理“核查线索”" in view.buttons["settle"].toolTip()
    assert "呈报立案、办结：还没有办理“核查线索”" in view.why.text()
    assert "第五十四条第二款" in view.why.text()
    press(qtbot, Qt.Key.Key_F6)
    assert focus() == "lead_step_findings"
    press(qtbot, "属实", SAVE)
    assert (row(store, lead).findings, row(store, lead).checked_on) == ("属实", TODAY)
    assert focus() == "lead_act_settle"
    press(qtbot, Qt.Key.Key_F7)
    assert focus() == "lead_step_outcome"
    view.panel.fields["outcome"].write(LeadOutcome.PERSUADED)
    view.panel.binder.jump("reason")
    press(qtbot, "当场清走", SAVE)
    after = row(store, lead)
    assert (after.outcome, after.outcome_reason, after.outcome_by) == (
        LeadOutcome.PERSUADED,
        "当场清走",
        "周敏",
    )
    press(qtbot, Qt.Key.Key_F8)
    view.panel.binder.jump("reply")
    press(qtbot, "建材已清走", SAVE)
    after = row(store, lead)
    assert (after.replied_on, after.reply_way, after.reply) == (TODAY, "电话", "建材已清走")
    assert after.satisfied is None
    view.begin("follow_up")
    view.panel.fields["satisfied"].write(False)
    press(qtbot, SAVE)
    assert row(store, lead).satisfied is False
    assert page.list.filter().only_open
    press(qtbot, ESC)
    assert list(page.list.table.model.ids) == []


def test_handing_on_and_putting_off_show_on_the_page(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people, TOLD, reply_due_on=date(2026, 9, 8))
    page = a_page(qtbot, context)
    page.open_item("lead", lead)
    view = page.view
    view.begin("assign")
    view.panel.fields["handler_id"].write(people.second)
    view.panel.carry_out()
    assert row(store, lead).handler == "何志远"
    assert "何志远" in words(view)
    view.begin("extend")
    assert view.panel.fields["by_id"].read() == people.head
    view.panel.binder.set_values({"until": date(2026, 9, 15), "reason": "需要测量"})
    view.panel.carry_out()
    assert row(store, lead).reply_due_on == date(2026, 9, 15)
    assert "由 2026-09-08 延长到 2026-09-15：需要测量（陈局批准）" in words(view.clock_list)


def test_not_filing_asks_for_the_head_and_draws_its_paper_as_one_types(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people, TOLD)
    page = a_page(qtbot, context)
    page.show_lead(lead)
    view = page.view
    view.begin("settle")
    panel = view.panel
    panel.fields["outcome"].write(LeadOutcome.REFUSED)
    assert panel.fields["by_id"].read() == people.head
    panel.binder.jump("reason")
    press(qtbot, "违法事实不存在")
    view.papers.draw()
    drawn = "".join(texts(view.papers.preview.pdf))
    assert "不予立案审批表" in drawn
    assert "违法事实不存在" in drawn
    panel.fields["by_id"].write(people.officer)
    panel.carry_out()
    assert "不予立案应当由负责人决定" in words(panel.message)
    assert row(store, lead).outcome is None
    panel.fields["by_id"].write(people.head)
    panel.carry_out()
    assert (row(store, lead).outcome, row(store, lead).outcome_by) == (
        LeadOutcome.REFUSED,
        "陈局",
    )


def test_a_lead_is_merged_into_the_one_that_is_picked(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    first, second = checked(store, people, TOLD), checked(store, people, TOLD)
    page = a_page(qtbot, context)
    page.show_lead(second)
    assert "还有没办结的线索：线索〔2026〕0001号" in page.view.banner.text
    page.view.begin("settle")
    panel = page.view.panel
    panel.fields["outcome"].write(LeadOutcome.MERGED)
    panel.binder.set_values({"reason": "重复反映"})
    panel.carry_out()
    assert "没有写明并入哪一条线索" in words(panel.message)
    panel.fields["into"].write(("lead", first))
    panel.carry_out()
    assert row(store, second).merged_into_id == first
    page.show_lead(first)
    assert "线索〔2026〕0002号" in words(page.view)


def test_a_step_half_typed_is_there_again(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    lead, other = checked(store, people, TOLD), checked(store, people, TOLD)
    page = a_page(qtbot, context)
    page.show_lead(lead)
    page.view.begin("settle")
    page.view.panel.fields["outcome"].write(LeadOutcome.MERGED)
    page.view.panel.fields["into"].write(("lead", other))
    page.view.panel.binder.jump("reason")
    press(qtbot, "想了一半", ESC)
    assert page.view.panel is None
    page.view.begin("settle")
    panel = page.view.panel
    assert panel.fields["reason"].read() == "想了一半"
    assert panel.fields["outcome"].read() is LeadOutcome.MERGED
    assert panel.fields["into"].read() == ("lead", other)
    panel.carry_out()
    assert row(store, lead).merged_into_id == other
    with store.reading() as session:
        assert session.exec(select(Draft)).all() == []


def test_the_second_of_two_windows_sees_what_the_first_has_done(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people, TOLD)
    page = a_page(qtbot, context)
    page.show_lead(lead)
    page.view.begin("settle")
    panel = page.view.panel
    do(store, "assign", TODAY, lead_id=lead, handler_id=people.second, by_id=people.head)
    panel.fields["outcome"].write(LeadOutcome.PERSUADED)
    panel.binder.set_values({"reason": "已清走"})
    panel._keep_draft(panel.binder.draft())
    panel.carry_out()
    assert "没有保存" in panel.message.text
    assert row(store, lead).outcome is None
    panel._take_theirs()
    assert "何志远" in words(page.view)
    page.view.begin("settle")
    assert page.view.panel.fields["reason"].read() == "已清走"
    page.view.panel.carry_out()
    assert row(store, lead).outcome is LeadOutcome.PERSUADED


def test_a_slip_is_taken_back_and_stays_in_the_history_struck_through(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people, TOLD)
    page = a_page(qtbot, context)
    page.show_lead(lead)
    page.view.begin("take_back")
    assert focus() == "lead_step_why"
    press(qtbot, "记到别的线索上了", SAVE)
    assert row(store, lead).findings == ""
    assert deeds(store, lead) == ["registered", "checked", "undone"]
    assert "核查（已撤回）" in words(page.view)
    assert not page.view.take_back_button.isEnabled()
    assert "没有可以撤回的" in page.view.take_back_button.toolTip()


def test_what_was_written_down_is_corrected_and_the_informant_stays(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    lead = register(store, people, TOLD, secret=True)
    page = a_page(qtbot, context)
    page.list.table.setFocus()
    press(qtbot, Qt.Key.Key_F2)
    assert page.stack.currentWidget() is page.form
    assert focus() == "lead_place"
    press(qtbot, (Qt.Key.Key_A, CTRL), "桃林路42号")
    page.form.binder.jump("why")
    press(qtbot, "门牌号听错", SAVE)
    after = row(store, lead)
    assert (after.place, after.informant) == ("桃林路42号", "刘大伟")
    assert page.stack.currentWidget() is page.view
    assert "原因 门牌号听错" in words(page.view)


def test_who_told_in_secret_is_shown_only_when_asked_and_the_log_knows(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    lead = register(store, people, TOLD, secret=True)
    page = a_page(qtbot, context)
    page.show_lead(lead)
    assert "刘大伟" not in words(page.view)
    assert "刘＊＊" in words(page.view)
    assert "刘大伟" not in "".join(texts(page.view.papers.preview.pdf))
    page.view.reveal_button.click()
    assert "反映人：刘大伟　13873600001" in page.view.banner.text
    with store.reading() as session:
        looks = session.exec(select(AuditEntry).where(AuditEntry.action == "look")).all()
        assert [(one.actor, one.row_id) for one in looks] == [("周敏", str(lead))]


def test_filing_goes_on_in_the_cases_and_back(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    lead = checked(store, people, TOLD)
    page = a_page(qtbot, context)
    page.show_lead(lead)
    window: Any = context.window
    page.view.begin("file")
    assert window.went[-1] == ("cases.ordinary", "", lead)
    case = propose(store, people, lead)
    page.view.refresh()
    assert "已经呈报立案，正在审批" in page.view.banner.text
    page.view.case_button.click()
    assert window.opened[-1] == ("case", case)
    assert not page.view.correct_button.isEnabled()


def test_a_lead_is_opened_by_its_number_and_its_register_is_drawn(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    register(store, people, TOLD)
    page = a_page(qtbot, context)
    page.open_item("lead", "线索〔2026〕0001号")
    drawn = "".join(texts(page.view.papers.preview.pdf))
    assert "案件来源登记表" in drawn
    assert "桃林路40号" in drawn
    assert page.view.papers.links["filing_refusal_approval"].isHidden()
