"""What the tests of the screen 线索 share: an office at its desk, the page, what has the focus."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import Lead
from enforcer.store.database import Store
from tests.operations.lead_desk import (
    LeadOffice,
    a_lead_office,
)
from tests.ui.register_desk import CTRL, a_context, shown
from ui.context import Context
from ui.leads import LeadsPage

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
