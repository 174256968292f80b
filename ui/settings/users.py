"""用户: accounts switched on, the people who may sign in, their roles, new passwords."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final
from uuid import uuid4

from pydantic import SecretStr
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.operations import accounts as deeds
from enforcer.operations import passwords
from enforcer.queries import accounts as asked
from enforcer.queries import registers
from enforcer.queries.accounts import AccountRow
from enforcer.queries.registers import OfficerRow
from enforcer.terms import Role
from ui.confirm import ConfirmDialog
from ui.context import Context
from ui.failures import in_place
from ui.passwords import ShownOnceDialog
from ui.register_tab import Register, RegisterTab
from ui.settings.users_on import SwitchOnDialog
from ui.widgets.basics import ActBar, Card, button, hairline, label
from ui.widgets.field import Field, FieldGrid
from ui.widgets.inputs import CountEdit, LineEdit, Tick
from ui.widgets.moments import show_moment
from ui.widgets.paged_model import Column
from ui.widgets.pickers import OfficerPicker, officer_option

OFF: Final = (
    "现在没有启用账号：谁开这台电脑，记录上就写电脑的用户名，谁都可以办理各种事项。",
    "启用以后，每个人用自己的登录名和密码进入，按角色办理；谁办的、谁没登录成，都记在操作记录里。",
    "启用以后不能再取消：登录过的人写在记录上，账号只能停用，不能删除。",
    "账号防的是用错名字、越权办理。能打开这台电脑的人，仍可用别的工具打开数据文件：电脑本身也要设密码。",
)
WHAT: Final = {
    Role.OFFICER: "告知、简易程序、调查取证、提出意见",
    Role.LEGAL_REVIEWER: "法制审核，维护法规清单",
    Role.HEAD: "立案、决定、结案等审批，维护本单位的设置",
    Role.ARCHIVIST: "台账、扫描、归档、移交",
    Role.ADMINISTRATOR: "账号、设置、备份，不办案",
    Role.AUDITOR: "什么都能看，什么都不能改",
}
FIRST: Final = (
    "请当面交给本人，或者打印后装进信封。第一次登录时由本人改掉；关掉这个窗口以后就看不到了。"
)
CODE: Final = (
    "忘了管理员密码时，凭它重设。请打印或者抄下来装进信封封好，由另一个人保管；"
    "关掉这个窗口以后就看不到了。"
)


def users_tab(context: Context) -> QWidget:
    """The accounts once they are on; before that, what they would bring."""
    return AccountsTab(context) if context.who is not None else AccountsOff(context)


class AccountsOff(QWidget):
    """What stands there while accounts are off: what they bring, what they do not, and the act."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.switch_button = button("启用账号…", main=True, on=self.switch_on)
        self.switch_button.setObjectName("switch_accounts_on")
        card = Card("账号没有启用", spacing=12)
        card.setMaximumWidth(720)
        for one in OFF:
            card.body.addWidget(label(one, "quiet", wrap=True))
        card.body.addWidget(ActBar(self.switch_button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch()
        self.setFocusProxy(self.switch_button)

    def switch_on(self) -> None:
        """Make the first administrator; the window then asks for the password at once."""
        self.dialog = SwitchOnDialog(self, self.context, CODE)
        self.dialog.open()


class RoleTicks(QWidget):
    """Roles to tick, each with what it may do."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.ticks = {one: Tick(one.label) for one in Role}
        for at, (role, tick) in enumerate(self.ticks.items()):
            grid.addWidget(tick, at, 0)
            grid.addWidget(label(WHAT[role], "small", wrap=True), at, 1)
            tick.setAccessibleDescription(WHAT[role])
            tick.edited.connect(self.edited)
        self.setFocusProxy(self.ticks[Role.OFFICER])

    @property
    def parts(self) -> Sequence[QWidget]:
        """The ticks, in the order in which Enter goes through them."""
        return tuple(self.ticks.values())

    def read(self) -> list[str]:
        return [one.value for one, tick in self.ticks.items() if tick.read()]

    def write(self, value: Any) -> None:
        for one, tick in self.ticks.items():
            tick.write(one.value in {str(each) for each in value or ()})

    def complaint(self) -> str:
        return ""


class AccountsTab(RegisterTab):
    """The accounts; a first password is made by the program and shown once."""

    def __init__(self, context: Context) -> None:
        self._password = ""
        self._officers: Sequence[OfficerRow] = ()
        super().__init__(
            context,
            Register(
                key="accounts",
                title="用户",
                noun="用户",
                columns=(
                    Column("登录名", lambda row: row.login, 110),
                    Column("姓名", lambda row: row.name, 100),
                    Column("角色", lambda row: asked.labels(row.roles), 220),
                    Column("状态", self._state, 150, tone=self._tone),
                    Column("上次登录", _signed_in, 140, spare=True),
                ),
                ids=_ids,
                rows=_rows,
                form=deeds.AccountForm,
                save=deeds.save_account,
                tables=frozenset({"account"}),
                empty="没有找到。",
                icon="registers",
                retired="含停用的",
            ),
        )
        self._lay_out_more()

    def build(self) -> None:
        self.person = OfficerPicker()
        self.fields = {
            "login": self.field("login", LineEdit(placeholder="汉字、字母、数字"), required=True),
            "name": self.field("name", LineEdit(placeholder="留空：用台账里的姓名")),
            "officer_id": self.field("officer_id", self.person, hint="办案的人都要选"),
            "roles": self.field("roles", RoleTicks(), required=True),
            "active": Field("启用", Tick("启用"), bare=True),
        }
        grid = FieldGrid()
        for name, field in self.fields.items():
            grid.add(field, 1 if name in ("login", "name") else 2)
        self.column.addLayout(grid)
        self.reset_button = button("重设密码…", on=self.reset)
        self.code_button = button("制作恢复码…", on=self.renew_code)
        self.column.addWidget(hairline())
        row = QHBoxLayout()
        row.addWidget(self.reset_button)
        row.addWidget(self.code_button)
        row.addStretch()
        self.column.addLayout(row)

    def _lay_out_more(self) -> None:
        self.idle = CountEdit(least=1, most=120, unit="分钟")
        self.idle.setAccessibleName("空闲几分钟后锁定")
        self.idle_button = button("保存", on=self.save_idle)
        row = QHBoxLayout()
        row.setContentsMargins(11, 4, 11, 4)
        row.setSpacing(10)
        for one in (label("没有人操作时锁定窗口，空闲", "quiet"), self.idle, self.idle_button):
            row.addWidget(one)
        row.addStretch()
        self.left.body.addLayout(row)
        why = self.context.against("save_idle_minutes", "设置空闲锁定")
        self.idle_button.setEnabled(not why)
        self.idle_button.setToolTip(why)
        self.context.tasks.ask(asked.idle_minutes, self.idle.write, owner=self)

    # what a register says

    def starting(self) -> dict[str, Any]:
        return {"active": True}

    def values_of(self, row: AccountRow) -> dict[str, Any]:
        found = super().values_of(row)
        officer = next((one for one in self._officers if one.id == row.officer_id), None)
        own = officer is not None and officer.name == row.name
        return found | {"roles": list(row.roles), "name": "" if own else row.name}

    def heading(self, row: AccountRow) -> str:
        return f"{row.name}（{row.login}）"

    def shown(self, row: AccountRow | None) -> None:
        self._password = passwords.first_password()
        self.fields["login"].editor.setEnabled(row is None)
        own = row is not None and self.context.who is not None and row.login == self._me
        self.reset_button.setVisible(row is not None and not own)
        self.code_button.setVisible(own and Role.ADMINISTRATOR in (row.roles if row else ()))
        why = self.context.against("reset_password", "重设密码")
        self.reset_button.setEnabled(not why)
        self.reset_button.setToolTip(why)

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        return values | ({"password": self._password} if self.row is None else {})

    def refresh_choices(self) -> None:
        def ask(store: Any) -> list[OfficerRow]:
            return registers.officer_rows(store, registers.officer_ids(store))

        self.context.tasks.ask(ask, self._offer_officers, owner=self, latest="officers")

    def _offer_officers(self, rows: Sequence[OfficerRow]) -> None:
        self._officers = rows
        self.person.set_options([officer_option(one.id, one.name, one.post.label) for one in rows])
        self.await_choice("officer_id")

    @property
    def _me(self) -> str:
        return self.context.who.login if self.context.who else ""

    def _state(self, row: AccountRow) -> str:
        if not row.active:
            return "停用"
        if row.locked_until is not None and row.locked_until > self.context.clock.now():
            return f"锁定到 {show_moment(row.locked_until)[-5:]}"
        return "等本人改密码" if row.must_change else "启用"

    def _tone(self, row: AccountRow) -> str:
        return "warn" if self._state(row).startswith("锁定") else ""

    # deeds

    def _saved(self, key: Any, remarks: str) -> None:
        new, login, secret = self.row is None, self.binder.values()["login"], self._password
        super()._saved(key, remarks)
        if new:
            self._show_once(f"“{login}”的初始密码", secret)

    def _show_once(self, title: str, secret: str) -> None:
        self.dialog = ShownOnceDialog(
            self, self.context, title=title, text=FIRST, secret=secret, act="已经交给本人"
        )
        self.dialog.open()

    def reset(self) -> None:
        """Make a new password for the account in the form, after one question."""
        row = self.row
        if row is None:
            return
        self.question = ConfirmDialog(
            self,
            f"给{row.name}重设密码？",
            "原来的密码不能再用；锁定也一并解除。新密码显示一次，由本人下次登录时改掉。",
            "重设密码",
        )
        self.question.accepted.connect(partial(self._reset, row))
        self.question.open()

    def _reset(self, row: AccountRow) -> None:
        secret = passwords.first_password()
        form = deeds.ResetForm(request_id=uuid4(), id=row.id, password=SecretStr(secret))
        self.context.carry_out(
            deeds.reset_password,
            form,
            lambda _key: self._show_once(f"{row.name}的新密码", secret),
            owner=self,
            failed=in_place(self.banner),
        )

    def renew_code(self) -> None:
        """A new recovery code for one's own account, kept once it was copied."""
        code = passwords.recovery_code()
        self.dialog = ShownOnceDialog(
            self, self.context, title="新的恢复码", text=CODE, secret=code, act="保存",
            typed_back=True,
        )  # fmt: skip
        self.dialog.accepted.connect(partial(self._keep_code, code))
        self.dialog.open()

    def _keep_code(self, code: str) -> None:
        form = deeds.RecoveryForm(request_id=uuid4(), recovery_code=SecretStr(code))
        self.context.carry_out(
            deeds.renew_recovery_code,
            form,
            lambda _key: self.banner.say("ok", "新的恢复码已保存，以前的作废。"),
            owner=self,
            failed=in_place(self.banner),
        )

    def save_idle(self) -> None:
        """Keep after how many minutes the window locks."""
        form = deeds.IdleForm(request_id=uuid4(), minutes=self.idle.read())
        self.context.carry_out(
            deeds.save_idle_minutes,
            form,
            lambda _key: self.context.window.message("ok", "已保存。"),
            owner=self,
        )


def _ids(store: Any, words: str, retired: bool) -> list[int]:
    return [
        one.id
        for one in asked.rows(store)
        if (one.active or retired)
        and words.casefold() in f"{one.login} {one.name} {asked.labels(one.roles)}".casefold()
    ]


def _rows(store: Any, ids: Sequence[Any]) -> list[AccountRow]:
    return [one for one in asked.rows(store) if one.id in set(ids)]


def _signed_in(row: AccountRow) -> str:
    return show_moment(row.signed_in_at) if row.signed_in_at else "还没有登录过"
