"""Accounts in the window: switched on, signed in to, greyed by role, locked, let go."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import AuditEntry, Case, CaseEvent, Officer
from enforcer.operations.replaying import read_script, replay
from enforcer.queries import accounts
from enforcer.store.database import open_store
from enforcer.terms import CaseStep, Role
from tests.accounts_made import PASSWORD, an_account
from ui.app import Session
from ui.context import Context
from ui.screens import screens
from ui.sign_in import SignInPage
from ui.watching import Watching

COURSES = Path(__file__).parents[1] / "scenarios" / "courses"
NOW = datetime(2026, 9, 4, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def clock() -> datetime:
    return NOW


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with one ordinary case that has just been filed."""
    made = tmp_path_factory.mktemp("accounts") / "home"
    store = open_store(made, clock=clock, create=True)
    for done in replay(store, read_script(COURSES / "company.toml", until="立案")):
        assert done.expected, done.step
    store.close()
    return made


@pytest.fixture
def home(filed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("ui.app._now", clock)
    return Path(shutil.copytree(filed, tmp_path / "home"))


class Desk:
    """A window as it is started, and what one does at it."""

    def __init__(self, qtbot: QtBot, app: QApplication, home: Path) -> None:
        self.qtbot = qtbot
        self.session = Session(app, home, "os user", screens())
        self.window = self.session.window
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitUntil(lambda: self.session.is_ready, timeout=20_000)
        self.settle()

    def leave(self) -> None:
        self.window.close()
        self.session.end()
        for one in (self.window, self.session):
            shiboken6.delete(one)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.session.tasks.idle, timeout=20_000)

    @property
    def page(self) -> SignInPage:
        assert self.session._guard is not None
        return self.session._guard.page

    @property
    def covered(self) -> bool:
        return self.window.stack.currentWidget() is self.page

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        for name, text in (("login", login), ("password", password)):
            if not self.page.fields[name].isHidden():
                self.page.fields[name].write(text)
        self.qtbot.keyClick(self.page.fields["password"].editor, Qt.Key.Key_Return)
        self.settle()

    def sign_out(self) -> None:
        self.session._guard.sign_out()  # type: ignore[union-attr]
        self.settle()

    def case(self, case_id: int) -> Any:
        self.window.open("case", case_id)
        self.settle()
        view = self.window.stack.currentWidget().course  # type: ignore[union-attr]
        self.qtbot.waitUntil(lambda: view.page is not None, timeout=10_000)
        return view


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, home: Path) -> Iterator[Desk]:
    made = Desk(qtbot, qapp, home)
    yield made
    made.leave()


def test_a_course_from_switching_on_to_unlocking(desk: Desk, home: Path) -> None:
    # switch on: the code has to be copied before anything happens
    settings = desk.window.show_screen("settings")
    tab = settings.tab("users")  # type: ignore[union-attr]
    desk.settle()
    tab.switch_button.click()
    dialog = tab.dialog
    dialog.binder.set_values({"login": "Guan", "name": "管某"})
    dialog.new.binder.set_values({"password": PASSWORD, "again": PASSWORD + "?"})
    dialog.forward()
    assert "不一样" in dialog.new.fields["again"].error
    dialog.new.binder.set_values({"again": PASSWORD})
    dialog.forward()
    assert not dialog.shown.act.isEnabled()
    dialog.shown.back.write(dialog.code.lower().replace("-", " "))
    dialog.shown.act.click()
    desk.settle()
    # the window asks at once; a wrong password says how many tries are left
    assert desk.covered
    assert desk.window.show_screen("cases") is None
    assert not desk.window.rail.isEnabled()
    desk.sign_in("guan", "不对")
    assert "还可以试 4 次" in desk.page.banner.text
    assert desk.page.fields["password"].read() == ""
    desk.sign_in("guan")
    assert not desk.covered
    assert desk.window.user.text() == "管某　系统管理员"

    # who is who: the accounts of an officer of the case and of its head
    store = open_store(home, clock=clock)
    with store.reading() as session:
        case = session.exec(select(Case)).one()
        people = {one.name: one.id for one in session.exec(select(Officer))}
    an_account(store, "jing", Role.OFFICER, officer_id=people["周敏"], password=PASSWORD)
    an_account(store, "tou", Role.HEAD, officer_id=people["马建国"], password=PASSWORD)

    # a step of the head is grey for the officer, with whose it is
    desk.sign_out()
    assert desk.window.user.text() == ""
    desk.sign_in("jing")
    view = desk.case(case.id or 0)
    offer = view.page.offer(CaseStep.DISMISSED)
    assert not offer.allowed
    assert offer.objections[0].code == "role_not_allowed"
    assert "由负责人办理" in offer.objections[0].say
    assert view.page.offer(CaseStep.INSPECTION).allowed
    view.show_step("dismissed")
    assert "由负责人办理" in desk.window.message_bar.text  # type: ignore[union-attr]

    # the head takes it, in his own name
    desk.sign_out()
    desk.sign_in("tou")
    view = desk.case(case.id or 0)
    assert view.page.offer(CaseStep.DISMISSED).allowed
    assert "role_not_allowed" in {
        one.code for one in view.page.offer(CaseStep.INSPECTION).objections
    }
    view.show_step("dismissed")
    assert view.form.binder.values()["by_id"] == people["马建国"]
    view.form.binder.set_values({"reason": "经查明，违法事实不能成立。"})
    view.form.carry_out()
    desk.settle()
    with store.reading() as session:
        event = session.exec(
            select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.step == "dismissed")
        ).one()
    assert event.actor == "tou"

    # locked: nothing is reached; the password brings the same page back, dialogs too
    desk.window._about()
    dialog = next(
        one for one in desk.window.findChildren(object) if type(one).__name__ == "AboutDialog"
    )
    lock = next(one for one in desk.window.actions() if one.text() == "锁定")
    assert lock.shortcut().toString() == "Alt+L"
    lock.trigger()
    desk.settle()
    assert desk.covered
    assert not dialog.isVisible()
    assert desk.window.show_screen("notices") is None
    assert desk.page.title.text() == "tou某"
    desk.sign_in("", "不对")
    assert desk.covered
    desk.sign_in("")
    assert not desk.covered
    assert dialog.isVisible()
    assert desk.window.stack.currentWidget().course is view  # type: ignore[union-attr]
    dialog.close()
    with store.reading() as session:
        told = set(session.exec(select(AuditEntry.action)))
    store.close()
    assert {"switched_on", "sign_in", "sign_in_failed", "sign_out", "lock", "unlock"} <= told


def test_at_the_start_nothing_is_shown_before_somebody_has_signed_in(
    qtbot: QtBot, qapp: QApplication, home: Path
) -> None:
    store = open_store(home, clock=clock)
    an_account(store, "dang", Role.ARCHIVIST, password=PASSWORD)
    store.close()
    desk = Desk(qtbot, qapp, home)
    try:
        assert desk.covered
        assert desk.window.user.text() == ""
        assert not desk.window.rail.isEnabled()
        assert desk.window.show_screen("today") is None
        assert desk.session._backups is None, "no backup in nobody's name"
        desk.sign_in("dang")
        assert desk.window.windowTitle().startswith("今日")
        assert desk.session._backups is not None
        assert desk.window.context is not None
        assert desk.window.context.actor == "dang"
        desk.window.search.setText("湘")
        desk.sign_out()
        assert desk.window.search.text() == ""
    finally:
        desk.leave()


def test_what_another_process_does_to_accounts_is_noticed(desk: Desk, home: Path) -> None:
    watching = desk.window.findChild(Watching)
    assert watching is not None
    watching.look()
    desk.settle()
    other = open_store(home, clock=clock)

    # accounts switched on beside the window: its next look asks who sits here
    an_account(other, "dang", Role.ARCHIVIST, password=PASSWORD)
    watching.look()
    desk.settle()
    assert desk.covered
    assert not desk.window.rail.isEnabled()
    assert "账号已经启用" in desk.page.banner.text
    desk.sign_in("dang")
    assert not desk.covered
    assert context_of(desk).against("save_account", "登记账号")

    # other roles given meanwhile: the screens are made anew for them, nobody is put out
    before = desk.window.show_screen("leads")
    with other.unit(actor="dang", operation="save_account") as session:
        row = accounts.account(session, "dang")
        assert row is not None
        row.roles = [Role.ADMINISTRATOR.value]
        session.add(row)
    watching.look()
    desk.settle()
    assert not desk.covered
    assert desk.window.user.text() == "dang某　系统管理员"
    assert "现在的角色是系统管理员" in desk.window.message_bar.text  # type: ignore[union-attr]
    assert not context_of(desk).against("save_account", "登记账号")
    assert desk.window.show_screen("leads") is not before

    # what was entered beside that leaves the roles alone changes nothing
    kept = desk.window.show_screen("leads")
    with other.unit(actor="dang", operation="save_account") as session:
        row = accounts.account(session, "dang")
        assert row is not None
        row.failures = 1
        session.add(row)
    watching.look()
    desk.settle()
    assert desk.window.show_screen("leads") is kept

    # roles given while the window is locked count once it is unlocked
    desk.session._guard.lock()  # type: ignore[union-attr]
    desk.settle()
    with other.unit(actor="dang", operation="save_account") as session:
        row = accounts.account(session, "dang")
        assert row is not None
        row.roles = [Role.AUDITOR.value]
        session.add(row)
    other.close()
    watching.look()
    desk.settle()
    assert desk.covered
    desk.sign_in("")
    assert desk.window.user.text() == "dang某　审计员"
    assert context_of(desk).against("save_account", "登记账号")


def context_of(desk: Desk) -> Context:
    assert desk.window.context is not None
    return desk.window.context
