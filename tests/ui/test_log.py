"""操作记录 in the settings: read, narrowed, checked and taken out, with the keyboard alone."""

import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from enforcer.models import Notice
from enforcer.operations.notice_forms import NoticeForm
from enforcer.operations.notices import issue_notice
from enforcer.queries import log
from enforcer.queries.accounts import SignedIn
from enforcer.store.database import Store
from enforcer.terms import NoticeOutcome, Role
from tests.factories import an_office
from tests.ui.register_desk import a_context, press, shown, words
from ui.settings import log as screen
from ui.settings.log import LogTab, log_tab
from ui.settings.page import SettingsPage

TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return


@pytest.fixture
def worked(store: Store, now: datetime) -> Store:
    """Three notices issued, the first one's outcome put down."""
    office = an_office(store)
    for plate in ("湘J8K2M1", "湘J8K2M2", "湘J8K2M3"):
        form = NoticeForm(
            plate=plate,
            noticed_at=now,
            place="松林路26号",
            officer1_id=office.officers[0],
            officer2_id=office.officers[1],
            recorders=("0700001", "0700002"),
        )
        issue_notice(store, form, today=now.date(), now=now, actor="周敏")
    with store.unit(actor="何志远", operation="set_outcome") as session:
        row = session.get(Notice, 1)
        assert row is not None
        row.outcome = NoticeOutcome.MOVED_OFF
        session.add(row)
    return store


def test_a_course_through_the_log(
    qtbot: QtBot, worked: Store, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = a_context(worked, worked.home, now)
    page = SettingsPage(context)
    shown(qtbot, page)
    press(qtbot, (Qt.Key.Key_BracketRight, Qt.KeyboardModifier.AltModifier))
    tab = page.current
    assert isinstance(tab, LogTab)
    last = log.ids(worked, log.LogFilter())[0]

    # the newest first; its row says what was changed, from what, to what
    tab.list.table.setFocus(Qt.FocusReason.TabFocusReason)
    assert tab.list.table.selected_ids() == [last]
    qtbot.waitUntil(lambda: "前一条" in words(tab.panel), timeout=2000)
    said = words(tab.panel)
    assert tab.panel.banner.isHidden()
    assert "登记处置结果" in said
    assert "温馨告知书　常城管温告字〔2026〕第00001号" in said
    assert "原来\n现在\n结果\n（空）\n已驶离" in said
    assert f"第 {last:,} 条" in said
    press(qtbot, ENTER)
    assert tab.panel.area.hasFocus()
    tab.panel.copy_button.click()
    found = log.detail(worked, last)
    assert found is not None
    assert QGuiApplication.clipboard().text() == found.hash

    # Tab reaches every act of the tab
    tab.search.setFocus()
    stops = set()
    for _ in range(12):
        stops.add(QApplication.focusWidget())
        press(qtbot, TAB)
    acts = (tab.list.verify_button, tab.list.export_button, tab.panel.copy_button)
    assert stops >= {*acts, tab.list.table.view, tab.list.person, tab.list.span.period}

    # narrowed by words, person and deed, a page of one at a time
    monkeypatch.setattr(screen, "FIRST", 1)
    page.go_to_search()
    press(qtbot, "第00002号", ENTER)
    assert QApplication.focusWidget() is tab.list.table.view
    things = {one.thing for one in tab.list._rows(tab.list.table.model.ids)}
    assert len(tab.list.table.model.ids) == 2
    assert things == {
        "文书　常城管温告字〔2026〕第00002号",
        "温馨告知书　常城管温告字〔2026〕第00002号",
    }
    tab.search.write("")
    tab.list.refresh()
    tab.list.person.write("何志远")
    assert list(tab.list.table.model.ids) == [last]
    tab.list.kind.write(log.LogKind.FAILED)
    assert list(tab.list.table.model.ids) == []
    assert tab.list.empty.isVisible()
    assert "没有符合条件" in words(tab.list.empty)
    assert "在左边选一条" in words(tab.panel)
    tab.list.kind.write(None)

    # what is narrowed to goes out, and that is the newest entry then
    path = tmp_path / "操作记录.xlsx"
    tab.list.export_to(path)
    cells = [one.value for one in list(openpyxl.load_workbook(path).active.rows)[1]]  # type: ignore[union-attr]
    assert cells[2:6] == [
        "何志远",
        "登记处置结果",
        "修改",
        "温馨告知书　常城管温告字〔2026〕第00001号",
    ]
    assert cells[6] == "结果由（空）改为已驶离"
    assert ("ok", f"已导出 1 条到 {path}。") in context.window.said  # type: ignore[attr-defined]
    tab.list.person.write(None)
    assert tab.list.table.model.ids[0] == last + 1

    # checked: sound with the head to write down; one entry changed outside is named
    tab.list.verify_button.click()
    head = log.detail(worked, last + 1)
    assert head is not None
    assert f"已核对全部 {last + 1:,} 条" in tab.list.banner.text
    assert head.hash in tab.list.banner.text
    assert tab.list.banner.kind == "ok"
    raw = sqlite3.connect(worked.path, isolation_level=None)
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute("UPDATE audit_entry SET actor = '别人' WHERE id = 2")
    raw.execute("DELETE FROM audit_entry WHERE id = 4")
    raw.close()
    tab.list.verify_button.click()
    assert tab.list.banner.kind == "bad"
    assert "操作记录第 2 条的内容被改动" in tab.list.banner.text
    assert "第 4 条起缺失" in tab.list.banner.text
    tab.list.refresh()
    tab.list.table.select(2)
    assert not tab.panel.banner.isHidden()
    tab.list.table.select(4)
    assert "在左边选一条" in words(tab.panel)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.AUDITOR, True),
        (Role.ADMINISTRATOR, True),
        (Role.HEAD, True),
        (Role.OFFICER, False),
        (Role.ARCHIVIST, False),
    ],
)
def test_the_log_is_read_by_those_who_look_after_it(
    qtbot: QtBot, store: Store, now: datetime, role: Role, may: bool
) -> None:
    who = SignedIn("zhou", "周敏", frozenset({role}))
    made = log_tab(replace(a_context(store, store.home, now), who=who))
    qtbot.addWidget(made)
    assert isinstance(made, LogTab) == may
    if not may:
        assert "由负责人、系统管理员、审计员办理" in words(made)
    else:
        assert "还没有操作记录" in words(made)
