"""线索 through the screen: registered, handled and ended by keyboard, and the row read back."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.course_terms import LeadOutcome, LeadSource
from enforcer.models import AuditEntry, Draft, Lead
from enforcer.queries.leads import LeadStanding
from enforcer.store.database import Store
from tests.documents.paper_samples import texts
from tests.operations.lead_desk import (
    LeadOffice,
    a_lead_office,
    checked,
    confirm,
    deeds,
    do,
    register,
    row,
)
from tests.operations.test_leads import propose
from tests.ui.register_desk import CTRL, QUIET, a_context, press, shown, words
from ui.context import Context
from ui.leads import LeadsPage
from ui.leads.listing import ALL

pytestmark = QUIET
CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 9, 3, 10, 12, tzinfo=CHINA)
TODAY, TOLD = NOW.date(), date(2026, 9, 1)
ENTER, TAB, ESC, SPACE = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Space,
)
SAVE = (Qt.Key.Key_Return, CTRL)


@pytest.fixture
def people(store: Store) -> LeadOffice:
    return a_lead_office(store)


@pytest.fixture
def context(store: Store, people: LeadOffice, qapp: QApplication) -> Context:
    assert people
    assert qapp
    return a_context(store, store.home, NOW)


def a_page(qtbot: QtBot, context: Context) -> LeadsPage:
    page = LeadsPage(context)
    shown(qtbot, page)
    return page


def focus() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget else ""


def said(context: Context) -> str:
    window: Any = context.window
    return str(window.said[-1][1])


def only_lead(store: Store) -> Lead:
    with store.reading() as session:
        return session.exec(select(Lead)).one()


# registering


def test_a_lead_is_registered_by_keyboard_alone(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    confirm(store, "lead_reply_days", 5)
    page = a_page(qtbot, context)
    assert "先在这里登记" in words(page.list.empty)
    qtbot.keyClick(page, Qt.Key.Key_N, CTRL)
    assert focus() == "lead_source_number"
    press(qtbot, "RX20260903-001", ENTER, ENTER, ENTER)
    assert focus() == "lead_informant"
    press(qtbot, "刘大伟", ENTER, "13873600001", ENTER)
    assert focus() == "lead_secret"
    press(qtbot, ENTER, "桃林路40号", ENTER, "王某", ENTER, ENTER)
    assert focus() == "lead_content"
    press(qtbot, "门前堆放建材")
    assert "答复　到 2026-09-10" in words(page.form.clock_list)
    assert "届满日为 2026-09-10" in words(page.form.clock_list)
    press(qtbot, SAVE)
    kept = only_lead(store)
    assert (kept.number, kept.source, kept.source_number) == (
        "线索〔2026〕0001号",
        LeadSource.HOTLINE,
        "RX20260903-001",
    )
    assert (kept.informant, kept.informant_phone, kept.secret) == ("刘大伟", "13873600001", True)
    assert (kept.place, kept.party_name, kept.content) == ("桃林路40号", "王某", "门前堆放建材")
    assert (kept.reply_due_on, kept.recorder) == (date(2026, 9, 10), "周敏")
    assert page.stack.currentWidget() is page.view
    assert said(context) == "已登记 线索〔2026〕0001号。"
    assert focus() == "lead_act_check"


def test_what_is_missing_is_said_under_its_field_and_nothing_is_kept(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    page = a_page(qtbot, context)
    page.begin()
    press(qtbot, SAVE)
    assert focus() == "lead_content"
    assert "基本情况" in page.form.fields["content"].error
    with store.reading() as session:
        assert session.exec(select(Lead)).all() == []


def test_what_is_typed_is_kept_as_a_draft_and_comes_back(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    page = a_page(qtbot, context)
    page.begin()
    page.form.binder.jump("place")
    press(qtbot, "滨河路")
    page.form.fields["reply_due_on"].editor.setText("2026-13-45")
    press(qtbot, ESC)
    assert page.stack.currentWidget() is page.list
    again = a_page(qtbot, a_context(store, store.home, NOW))
    again.begin()
    assert again.form.fields["place"].read() == "滨河路"
    assert again.form.fields["reply_due_on"].editor.text() == "2026-13-45"
    assert "没有保存的内容已放回" in again.form.banner.text
    again.form.start_over()
    assert again.form.fields["place"].read() == ""
    with store.reading() as session:
        assert session.exec(select(Draft)).all() == []


def test_one_after_the_other_keeps_source_and_people(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    page = a_page(qtbot, context)
    page.begin()
    page.form.fields["source"].write(LeadSource.FORUM)
    for content in ("第一条", "第二条"):
        page.form.binder.jump("content")
        press(qtbot, content, (Qt.Key.Key_S, CTRL))
        assert page.stack.currentWidget() is page.form
        assert page.form.fields["content"].read() == ""
        assert page.form.fields["source"].read() is LeadSource.FORUM
    with store.reading() as session:
        found = session.exec(select(Lead)).all()
        assert [(one.content, one.source) for one in found] == [
            ("第一条", LeadSource.FORUM),
            ("第二条", LeadSource.FORUM),
        ]


def test_a_warning_passes_with_its_reason_and_only_so(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    register(store, people, TOLD, source_number="RX-1")
    page = a_page(qtbot, context)
    page.begin()
    page.form.binder.set_values({"source_number": "RX-1", "content": "又来一次"})
    page.form.save()
    assert "reason_lead_known" in focus()
    press(qtbot, "平台重派", SAVE)
    with store.reading() as session:
        assert len(session.exec(select(Lead)).all()) == 2


def test_an_old_lead_is_entered_with_its_own_number(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    page = a_page(qtbot, context)
    page.begin()
    form = page.form
    assert form.fields["number"].isHidden()
    form.fields["backfilled"].editor.setFocus()
    press(qtbot, SPACE)
    assert not form.fields["number"].isHidden()
    form.binder.set_values(
        {"number": "信访2025-7", "received_at": datetime(2025, 3, 2, 9, tzinfo=CHINA)}
    )
    form.binder.set_values({"content": "旧台账"})
    form.save()
    kept = only_lead(store)
    assert (kept.number, kept.backfilled, kept.received_on) == (
        "信访2025-7",
        True,
        date(2025, 3, 2),
    )


def test_days_that_the_office_has_not_confirmed_are_not_invented(
    qtbot: QtBot, context: Context
) -> None:
    page = a_page(qtbot, context)
    page.begin()
    assert "答复　待机关确认" in words(page.form.clock_list)
    window: Any = context.window
    go = next(
        one
        for one in page.form.clock_list.findChildren(type(page.form.save_button))
        if one.text() == "去确认天数"
    )
    go.click()
    assert window.went[-1] == ("settings.questions", "value", "lead_check_days")


# the list


def test_the_list_begins_with_what_is_open_and_is_narrowed(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice
) -> None:
    late = register(store, people, TOLD, reply_due_on=date(2026, 9, 2))
    due = register(store, people, TOLD, source="forum", reply_due_on=date(2026, 9, 4))
    done = checked(store, people, TOLD, source="patrol", informant="", informant_phone="")
    ends = {"outcome": "persuaded", "reason": "已清走", "by_id": people.officer}
    do(store, "settle", TOLD, lead_id=done, **ends)
    page = a_page(qtbot, context)
    model = page.list.table.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert set(model.ids) == {late, due}
    assert "未办结 2 件　逾期 1 件　将到期 1 件" in words(page.list.header)
    at = model.find(late)
    shown_row = [model.index(at, column).data() for column in range(model.columnCount())]
    assert shown_row[0] == "线索〔2026〕0001号"
    assert shown_row[-2:] == ["2026-09-02", "逾期"]
    assert "刘大伟" not in "".join(shown_row)
    page.list.state.write(LeadStanding.LATE)
    assert list(model.ids) == [late]
    page.list.state.write(ALL)
    assert set(model.ids) == {late, due, done}
    page.list.source.write(LeadSource.FORUM)
    assert list(model.ids) == [due]
    page.open_section("due")
    assert list(model.ids) == [due]
    page.list.show_only()
    page.look_for()
    assert focus() == "lead_search"
    press(qtbot, "0003", ENTER)
    assert list(model.ids) == [done]


def test_the_list_is_sorted_and_exported_as_seen(
    qtbot: QtBot, context: Context, store: Store, people: LeadOffice, tmp_path: Path
) -> None:
    first = register(store, people, TOLD, place="乙路")
    second = register(store, people, TOLD, place="甲路")
    page = a_page(qtbot, context)
    page.list._sorted("number", False)
    assert list(page.list.table.model.ids) == [first, second]
    page.list._sorted("number", True)
    assert list(page.list.table.model.ids) == [second, first]
    path = tmp_path / "线索.xlsx"
    page.list.export_to(path)
    sheet = openpyxl.load_workbook(path).active
    assert [one.value for one in sheet["A"]] == ["编号", "线索〔2026〕0002号", "线索〔2026〕0001号"]
    assert "反映人没有写进去" in said(context)


# the page


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
