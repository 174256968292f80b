"""Signing in: a name and a password, calm; and the same page while the window is locked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from enforcer.errors import Refused
from enforcer.operations import sign_in
from enforcer.operations.accounts import change_password
from enforcer.operations.sign_in import Entry
from enforcer.queries.accounts import SignedIn
from ui.context import Clock
from ui.failures import in_place
from ui.passwords import NewPassword
from ui.preferences import LAST_LOGIN, preferences
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, IconLabel, Page, button, label
from ui.widgets.field import Field
from ui.widgets.form import FormBinder
from ui.widgets.inputs import LineEdit
from ui.widgets.password import PasswordField

WIDTH = 440
WELCOME = "请用自己的账号登录。谁办理了什么，记录上写的就是谁。"
LOCKED = "窗口已锁定，没有保存的内容还在。请输入密码继续。"


class SignInPage(Page):
    """`entered` with who has signed in; `another` when somebody else wants to take over."""

    entered = Signal(object)
    another = Signal()

    def __init__(self, tasks: Tasks, clock: Clock) -> None:
        super().__init__()
        self.tasks, self.clock = tasks, clock
        self._locked_for: SignedIn | None = None
        self._who: SignedIn | None = None
        self._typed = ""
        self.title, self.text = label("登录", "title"), label(WELCOME, "quiet", wrap=True)
        self.banner = Banner()
        self.banner.hide()
        self.fields: dict[str, Field] = {
            "login": Field("登录名", LineEdit(), required=True),
            "password": PasswordField("密码", required=True),
        }
        self.binder = FormBinder(self.fields, parent=self)
        self.binder.submitted.connect(self.sign_in)
        self.another_button = button("换人登录", link=True, on=self.another.emit)
        self.forgotten = button("管理员忘记密码…", link=True, on=self.show_recovery)
        self.act = button("登录", main=True, on=self.sign_in)
        self.act.setObjectName("sign_in")
        self.acts = ActBar(self.another_button, self.forgotten, self.act)
        self.new = NewPassword(ask_old=False)
        self.code = Field("恢复码", LineEdit(), hint="启用账号时打印的那一张", required=True)
        self.new.submitted.connect(self.carry_out)
        self.new_title, self.new_text = label("", "title"), label("", "quiet", wrap=True)
        self.back = button("返回", "back", on=self.ask)
        self.new_act = button("改好密码，进入", main=True, keys="Ctrl+Enter", on=self.carry_out)
        self.new_acts = ActBar(self.back, self.new_act)
        self._lay_out()
        self.ask()

    def _lay_out(self) -> None:
        first, second = QWidget(), QWidget()
        for holder, parts in (
            (first, (self.title, self.text, self.banner, *self.fields.values(), self.acts)),
            (second, (self.new_title, self.new_text, self.code, self.new, self.new_acts)),
        ):
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(12)
            for one in parts:
                column.addWidget(one)
            column.addStretch()
        self.stack = QStackedWidget()
        self.stack.addWidget(first)
        self.stack.addWidget(second)
        card = Card(spacing=16)
        card.setFixedWidth(WIDTH)
        card.body.addWidget(IconLabel("locked", 32, "accent"))
        card.body.addWidget(self.stack)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(card)
        row.addStretch()
        self.body.addStretch(2)
        self.body.addLayout(row)
        self.body.addStretch(3)

    # what is shown

    def ask(self, login: str = "") -> None:
        """Ask for a name and a password; the last name used on this PC stands there."""
        self._locked_for = None
        self.title.setText("登录")
        self.text.setText(WELCOME)
        login = login or self.fields["login"].read() or str(preferences().value(LAST_LOGIN) or "")
        self._show_first(login)

    def ask_again(self, who: SignedIn) -> None:
        """Ask who is working here for the password alone: the window is locked."""
        self._locked_for = who
        self.title.setText(who.name)
        self.text.setText(LOCKED)
        self._show_first(who.login)

    def _show_first(self, login: str) -> None:
        locked = self._locked_for is not None
        self.binder.set_values({"login": login, "password": ""})
        self.fields["login"].setVisible(not locked)
        self.another_button.setVisible(locked)
        self.forgotten.setVisible(not locked)
        self.act.setText("解锁" if locked else "登录")
        self.banner.say("info", "")
        self.acts.offer(self.act)
        self.stack.setCurrentIndex(0)
        self.setFocusProxy(self.fields["password" if login else "login"])
        self.focus()

    def say(self, text: str) -> None:
        """Say why the page is there."""
        self.banner.say("info", text)

    def show_recovery(self) -> None:
        """Ask for the recovery code of an administrator, and a new password."""
        self.code.show()
        self.code.write("")
        self.new_title.setText("用恢复码重设密码")
        self.new_text.setText("先在上一页写好登录名。恢复码只能用一次，用后请在“用户”里另做一张。")
        self.new_act.setText("重设密码，进入")
        self._show_second()
        self.code.setFocus()

    def _must_change(self, who: SignedIn) -> None:
        self.code.hide()
        self.new_title.setText("请先改密码")
        self.new_text.setText(f"{who.name}现在的密码是管理员设的，只用这一次。")
        self.new_act.setText("改好密码，进入")
        self._show_second()
        self.new.setFocus()

    def _show_second(self) -> None:
        self.new.binder.clear()
        self.new.banner.say("info", "")
        self.new_acts.offer(self.new_act)
        self.stack.setCurrentIndex(1)

    # what is done

    def sign_in(self) -> None:
        """Check name and password; the page says how many tries are left."""
        if not self.act.isEnabled():
            return
        typed = self.binder.values()
        login, password = str(typed["login"]), str(typed["password"])
        lacking = {
            name: f"请填写{self.fields[name].name}。"
            for name in ("login", "password")
            if not typed[name]
        }
        if lacking:
            self.binder.show_errors(lacking)
            return
        self.acts.offer(self.act, "正在核对…")
        now = self.clock.now()
        entry = Entry.UNLOCK if self._locked_for else Entry.SIGN_IN
        self._typed = password
        self.tasks.do(
            lambda store: sign_in.sign_in(store, login, password, now=now, entry=entry),
            self._signed_in,
            owner=self,
            failed=self._failed,
        )

    def _signed_in(self, who: SignedIn) -> None:
        if self._locked_for is None:
            preferences().setValue(LAST_LOGIN, who.login)
        if who.must_change:
            self._who = who
            self._must_change(who)
            return
        self._enter(who)

    def _enter(self, who: SignedIn) -> None:
        self._typed = ""
        self.binder.set_values({"password": ""})
        self.new.binder.clear()
        self.acts.offer(self.act)
        self.entered.emit(who)

    def _failed(self, error: Exception) -> bool:
        self.acts.offer(self.act)
        shown = in_place(self.banner)(error)
        if isinstance(error, Refused):
            self.fields["password"].write("")
            self.fields["password"].editor.setFocus()
        return shown

    def carry_out(self) -> None:
        """Set the new password, after the first one or by the recovery code."""
        if not self.new_act.isEnabled():
            return
        if not self.code.isHidden():
            self._recover()
            return
        form, who = self.new.form(old=self._typed), self._who
        if form is None or who is None:
            return
        today, now = self.clock.today(), self.clock.now()

        def deed(store: Any) -> SignedIn:
            change_password(store, form, today=today, now=now, actor=who.login)
            return SignedIn(who.login, who.name, who.roles, who.officer_id)

        self._do(deed)

    def _recover(self) -> None:
        password = self.new.read()
        if password is None:
            return
        login, code = str(self.fields["login"].read()), str(self.code.read())
        now = self.clock.now()
        self._do(lambda store: sign_in.recover(store, login, code, password, now=now))

    def _do(self, deed: Any) -> None:
        self.new_acts.offer(self.new_act, "正在保存…")
        self.tasks.do(deed, self._enter, owner=self, failed=self._not_set)

    def _not_set(self, error: Exception) -> bool:
        self.new_acts.offer(self.new_act)
        return self.new.failed(error)

    # Qt

    def focus(self) -> None:
        """Go to where one types first."""
        proxy = self.focusProxy()
        if proxy is not None and self.isVisible():
            proxy.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.focus()
