"""锁定上报 by keyboard: freeze the quarter, see what differs later, freeze again with a reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import Decision, Document
from enforcer.operations.summary import RevokeForm, revoke_decision
from enforcer.queries.frozen_reports import TEMPLATE, frozen_reports
from enforcer.queries.periods import quarter
from enforcer.store.database import Store
from enforcer.terms import PenaltyKind as K
from tests.factories import an_office
from tests.queries.statistics_rows_made import a_decision, a_notice
from tests.ui.register_desk import QuietWindow, a_context, press, shown, words
from ui.preferences import preferences
from ui.statistics import StatisticsPage

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
AT = datetime(2026, 10, 8, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def page(qtbot: QtBot, store: Store) -> StatisticsPage:
    an_office(store)
    with store.unit(actor="测试", operation="test") as session:
        for day in (5, 6):
            a_decision(session, date(2026, 8, day), (K.WARNING, K.FINE), 10_000)
        a_notice(session, date(2026, 7, 3), "湘J8K216")
    preferences().clear()
    made = StatisticsPage(a_context(store, store.home, AT))
    shown(qtbot, made)
    made.picker.setFocus()
    press(qtbot, (Key.Key_Left, ALT))  # the quarter that is over
    return made


def freeze(qtbot: QtBot, page: StatisticsPage, reason: str = "") -> None:
    press(qtbot, (Key.Key_L, CTRL))
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page.dialog)
    if reason:
        press(qtbot, reason)
    press(qtbot, (Key.Key_Return, CTRL))
    if not page.dialog.isVisible():  # without a window manager nobody gives the page back
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.frozen.table.setFocus()


def revoke(store: Store) -> None:
    with store.reading() as session:
        case_id = session.exec(select(Decision.case_id)).first()
    day = date(2026, 10, 9)
    form = RevokeForm(case_id=case_id, revoked_on=day, reason="主要事实不清")
    revoke_decision(store, form, today=day, now=AT + timedelta(days=1), actor="马建国")


def test_the_quarter_is_frozen_and_stands_in_the_list(
    qtbot: QtBot, page: StatisticsPage, store: Store
) -> None:
    freeze(qtbot, page)
    (one,) = frozen_reports(store)
    assert one.period == quarter(2026, 3)
    assert page.frozen.isVisible()
    assert page.frozen.chosen == one
    assert "和锁定时完全一致" in page.frozen.banner.text
    with store.reading() as session:
        row = session.exec(select(Document).where(Document.template_key == TEMPLATE)).one()
    assert row.number == "2026Q3（第1次）"
    assert row.pages > 1


def test_a_later_revocation_is_shown_with_who_and_why_and_opened(
    qtbot: QtBot, page: StatisticsPage, store: Store
) -> None:
    freeze(qtbot, page)
    revoke(store)
    press(qtbot, Key.Key_Escape, (Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier))
    compared = page.frozen.compared
    lines = page.frozen._lines
    assert [one.figure.label for one in lines if one.change is None] == ["其中后被撤销"]
    said = words(compared) + " ".join(
        str(compared.model.index(1, at).data()) for at in range(compared.model.columnCount())
    )
    assert "马建国 撤销" in said
    assert "主要事实不清" in said
    press(qtbot, Key.Key_Return)  # from the list to the differences
    press(qtbot, Key.Key_Down, Key.Key_Return)
    opened = cast("QuietWindow", page.context.window).opened
    assert opened
    assert opened[-1][0] == "case"


def test_a_second_freeze_asks_why(qtbot: QtBot, page: StatisticsPage, store: Store) -> None:
    freeze(qtbot, page)
    press(qtbot, Key.Key_Escape)
    freeze(qtbot, page)
    assert page.dialog.isVisible()
    assert "再次锁定请写明原因" in words(page.dialog)
    press(qtbot, "上级要求补报", (Key.Key_Return, CTRL))
    assert not page.dialog.isVisible()
    assert [one.reason for one in frozen_reports(store)] == ["上级要求补报", ""]


def test_a_quarter_that_runs_is_refused_in_the_dialog(
    qtbot: QtBot, page: StatisticsPage, store: Store
) -> None:
    press(qtbot, (Key.Key_Right, ALT))
    freeze(qtbot, page)
    assert "到期以后再锁定" in words(page.dialog)
    assert frozen_reports(store) == []
    press(qtbot, Key.Key_Escape)
    assert not page.dialog.isVisible()


def test_an_empty_list_says_what_to_do_and_esc_goes_back(
    qtbot: QtBot, page: StatisticsPage, store: Store
) -> None:
    press(qtbot, (Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier))
    assert "还没有锁定过报表" in words(page.frozen)
    assert not page.frozen.save.isEnabled()
    press(qtbot, Key.Key_Escape)
    assert not page.frozen.isVisible()
    assert QApplication.focusWidget() is not None
