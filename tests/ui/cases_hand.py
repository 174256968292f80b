"""A hand at the desk of on-the-spot decisions."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from enforcer.terms import (
    Defence,
    PaymentMode,
    PenaltyKind,
)
from tests.factories import Office
from tests.ui.register_desk import CTRL, press
from ui.cases import CasesPage

CHINA = ZoneInfo("Asia/Shanghai")


NOW = datetime(2026, 9, 3, 10, 12, tzinfo=CHINA)


TAB, ENTER, SPACE, DOWN = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down


SIGN = (Qt.Key.Key_Return, CTRL)


def begin(qtbot: QtBot, page: CasesPage) -> Any:
    """Ctrl+N opens the desk; the number of the party's card has the focus."""
    page.list.table.setFocus()
    press(qtbot, (Qt.Key.Key_N, CTRL))
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.desk)
    assert focus() == "case_party_id_number"
    return page.desk


def focus() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget else ""


def given(desk: Any, office: Office, **changes: Any) -> None:
    """Fill the form at once where the keyboard is not what is tried."""
    values: dict[str, Any] = {
        "party_id_number": "430702198801011234",
        "party_name": "李国强",
        "party_address": "常德市武陵区建设路8号",
        "item_key": "road_occupation",
        "acted_at": NOW - timedelta(minutes=30),
        "place": "桃林路118号",
        "act": "摆放水果货筐",
        "evidence": "现场照片2张",
        "facts_clear": True,
        "officer1_id": office.officers[0],
        "officer2_id": office.officers[1],
        "certificates_shown": True,
        "party_present": True,
        "defence": Defence.WAIVED,
        "kinds": [PenaltyKind.FINE.value],
        "fine_yuan": 20_000,
        "correction": "立即清理",
        "payment": PaymentMode.BANK,
    } | changes
    for name, value in values.items():
        desk.fields[name].write(value)
    desk.draw()
