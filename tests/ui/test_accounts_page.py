"""The sign-in page, the guard and the users by themselves: each refusal, each way in."""

from dataclasses import replace

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import select

from enforcer.models import AuditEntry
from enforcer.operations.sign_in import sign_in
from enforcer.queries import accounts
from enforcer.queries.accounts import SignedIn
from enforcer.store.database import Store
from enforcer.terms import Role
from tests.accounts_made import PASSWORD, an_account
from tests.conftest import NOW
from tests.ui.register_desk import a_context, shown
from ui.context import Context
from ui.guard import Guard
from ui.main_window import MainWindow
from ui.notices import NoticesPage
from ui.passwords import _sheet
from ui.screens import screens
from ui.settings.users import AccountsTab
from ui.sign_in import SignInPage
from ui.widgets.password import CAPS, PasswordField

NEW = "另一个Sheng号-2026"


@pytest.fixture
def manned(store: Store) -> Store:
    an_account(store, "guan", Role.ADMINISTRATOR, password=PASSWORD, code="ABCDEFGHJK")
    an_account(store, "dang", Role.ARCHIVIST, password=PASSWORD)
    return store


@pytest.fixture
def context(manned: Store, qapp: QApplication) -> Context:
    return a_context(manned, manned.home, NOW)


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> SignInPage:
    return shown(qtbot, SignInPage(context.tasks, context.clock))


def give(page: SignInPage, login: str, password: str) -> list[SignedIn]:
    entered: list[SignedIn] = []
    page.entered.connect(entered.append)
    page.binder.set_values({"login": login, "password": password})
    page.act.click()
    return entered


def test_a_lock_says_until_when(page: SignInPage, qtbot: QtBot) -> None:
    for left in (4, 3, 2, 1):
        assert give(page, "dang", "错") == []
        assert f"还可以试 {left} 次" in page.banner.text
    for password in ("错", PASSWORD):
        assert give(page, "dang", password) == []
        assert "已锁定到 2026-09-03 10:22" in page.banner.text


def test_an_empty_field_is_named_and_costs_no_try(page: SignInPage) -> None:
    assert give(page, "dang", "") == []
    assert page.fields["password"].error == "请填写密码。"
    assert [one.login for one in give(page, "dang", PASSWORD)] == ["dang"]


def test_a_first_password_is_changed_before_one_comes_in(page: SignInPage, manned: Store) -> None:
    with manned.unit(actor="测试") as session:
        row = accounts.account(session, "dang")
        assert row is not None
        row.must_change = True
        session.add(row)
    entered = give(page, "dang", PASSWORD)
    assert entered == []
    assert page.new_title.text() == "请先改密码"
    page.new.binder.set_values({"password": "短", "again": "短"})
    page.new_act.click()
    assert "至少 12 位" in page.new.fields["password"].error
    page.new.binder.set_values({"password": PASSWORD, "again": PASSWORD})
    page.new_act.click()
    assert "和原密码一样" in page.new.fields["password"].error
    page.new.binder.set_values({"password": NEW, "again": NEW})
    page.new_act.click()
    assert [(one.login, one.must_change) for one in entered] == [("dang", False)]
    assert sign_in(manned, "dang", NEW, now=NOW)


def test_a_recovery_code_lets_the_administrator_in(page: SignInPage, manned: Store) -> None:
    page.binder.set_values({"login": "guan"})
    page.forgotten.click()
    page.code.write("WRONG")
    page.new.binder.set_values({"password": NEW, "again": NEW})
    entered: list[SignedIn] = []
    page.entered.connect(entered.append)
    page.new_act.click()
    assert "恢复码不对" in page.new.banner.text
    page.code.write("abcde-fghjk")
    page.new_act.click()
    assert [one.login for one in entered] == ["guan"]


def test_caps_lock_is_hinted(qtbot: QtBot) -> None:
    field = shown(qtbot, PasswordField("密码"))
    qtbot.keyClick(field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert field._hint.text() == ""
    QTest.keyClick(field.editor, "A", Qt.KeyboardModifier.NoModifier)
    assert field._hint.text() == CAPS


@pytest.fixture
def guard(context: Context, qtbot: QtBot) -> Guard:
    window = MainWindow(screens(), context.theme)
    inside = replace(context, window=window)
    window.attach(inside, lambda *_: None)
    made = Guard(context.tasks, window, context.clock)
    made.entered.connect(lambda _who: window.forget_screens())
    shown(qtbot, window)
    made.begin("dang")
    give(made.page, "dang", PASSWORD)
    assert made.who is not None
    return made


def test_a_pause_locks_the_window_and_a_hand_puts_it_off(guard: Guard, qtbot: QtBot) -> None:
    assert guard.idle.isActive()
    assert guard.idle.interval() == 15 * 60_000
    handle = guard.window.windowHandle()
    guard._watch(handle)
    before = guard.idle.timerId()
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    assert guard.idle.timerId() != before, "started anew"
    assert not guard.locked
    guard.idle.start(1)
    qtbot.waitUntil(lambda: guard.locked)
    assert guard.window.stack.currentWidget() is guard.page
    assert not guard.idle.isActive()
    give(guard.page, "dang", PASSWORD)
    assert not guard.locked


def test_another_may_take_over_a_locked_window(guard: Guard) -> None:
    guard.lock()
    assert guard.page.fields["login"].isHidden()
    guard.page.another_button.click()
    assert not guard.page.fields["login"].isHidden()
    assert give(guard.page, "guan", PASSWORD)[0].login == "guan"
    assert guard.window.user.text() == "guan某　系统管理员"


def test_who_is_switched_off_is_put_out(guard: Guard, manned: Store) -> None:
    with manned.unit(actor="guan") as session:
        row = accounts.account(session, "dang")
        assert row is not None
        row.active = False
        session.add(row)
    assert guard.who is None
    assert "已被停用" in guard.page.banner.text


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [one.get_textpage().get_text_range() for one in document]
    finally:
        document.close()


def a_tab(qtbot: QtBot, context: Context, login: str, *roles: Role) -> AccountsTab:
    who = SignedIn(login, f"{login}某", frozenset(roles))
    return shown(qtbot, AccountsTab(replace(context, actor=login, who=who)))


def test_a_new_account_gets_a_first_password_that_is_shown_once(
    qtbot: QtBot, context: Context, manned: Store
) -> None:
    tab = a_tab(qtbot, context, "guan", Role.ADMINISTRATOR)
    tab.new()
    tab.binder.set_values({"login": "ji", "name": "纪某", "roles": ["administrator", "auditor"]})
    tab.save()
    assert "不能是同一个人" in tab.fields["roles"].error
    tab.binder.set_values({"roles": ["auditor"]})
    tab.save()
    secret = tab.dialog.secret
    assert sign_in(manned, "ji", secret, now=NOW).must_change
    with manned.reading() as session:
        assert all(secret not in one for one in session.exec(select(AuditEntry.changes)))
    assert secret in "".join(pages_of(_sheet("给本人", "装进信封。", secret)))
    tab.dialog.accept()
    tab.select(tab.table.model.ids[0])
    assert tab.key is not None


def test_a_reset_shows_another_password_once(qtbot: QtBot, context: Context, manned: Store) -> None:
    tab = a_tab(qtbot, context, "guan", Role.ADMINISTRATOR)
    key = next(one.id for one in accounts.rows(manned) if one.login == "dang")
    tab.open_row(key)
    assert not tab.code_button.isVisible()
    tab.reset_button.click()
    tab.question.act.click()
    assert sign_in(manned, "dang", tab.dialog.secret, now=NOW).must_change


def test_who_may_not_manage_accounts_sees_why(qtbot: QtBot, context: Context) -> None:
    tab = a_tab(qtbot, context, "ji", Role.AUDITOR)
    assert not tab.save_button.isEnabled()
    assert "由系统管理员办理" in tab.save_button.toolTip()
    assert not tab.idle_button.isEnabled()


@pytest.mark.parametrize(
    ("role", "grey"), [(Role.AUDITOR, True), (Role.HEAD, False), (Role.OFFICER, False)]
)
def test_the_notice_desk_is_grey_for_who_may_not_issue(
    qtbot: QtBot, context: Context, role: Role, grey: bool
) -> None:
    who = SignedIn("wer", "某人", frozenset({role}))
    page = shown(qtbot, NoticesPage(replace(context, actor="wer", who=who)))
    reason = page.desk.print_button.accessibleDescription()
    assert ("由执法人员、法制审核、负责人办理" in reason) == grey
