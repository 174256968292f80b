"""登记线索 through the screen: typed by keyboard alone, kept as a draft, read back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.course_terms import LeadSource
from enforcer.models import Draft, Lead
from enforcer.store.database import Store
from tests.operations.lead_desk import (
    LeadOffice,
    confirm,
    register,
)
from tests.ui.lead_screen import (
    CHINA,
    ENTER,
    ESC,
    NOW,
    SAVE,
    SPACE,
    TOLD,
    a_page,
    context,
    focus,
    only_lead,
    people,
    said,
)
from tests.ui.register_desk import CTRL, a_context, press, words
from ui.context import Context

__all__ = ["context", "people"]


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
