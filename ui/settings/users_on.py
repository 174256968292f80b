"""启用账号: the first administrator, a password, a recovery code that was really copied."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from pydantic import SecretStr
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.errors import InvalidForm
from enforcer.operations import passwords
from enforcer.operations.accounts import SwitchOnForm, switch_accounts_on
from enforcer.operations.editing import read
from enforcer.queries import registers
from enforcer.queries.registers import OfficerRow
from ui.context import Context
from ui.failures import in_place
from ui.passwords import NewPassword, ShownOnceDialog
from ui.preferences import LAST_LOGIN, preferences
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.form import FormBinder
from ui.widgets.inputs import LineEdit
from ui.widgets.pickers import OfficerPicker, officer_option

SAID = (
    "先建第一位系统管理员。启用以后这个窗口马上要求登录；其他人的账号由系统管理员登录后再建。"
    "系统管理员管账号、设置和备份，不办案；要办案的，登录后再给自己加上角色。"
)


class SwitchOnDialog(Dialog):
    """Who, and a password; then the recovery code, and only after it the deed."""

    def __init__(self, parent: QWidget, context: Context, code_text: str) -> None:
        super().__init__(parent)
        self.context, self._code_text = context, code_text
        self._request = uuid4()
        self.code = passwords.recovery_code()
        self.setWindowTitle("启用账号")
        self.setMinimumWidth(520)
        self.person = OfficerPicker()
        self.fields = {
            "login": Field("登录名", LineEdit(), required=True, hint="汉字、字母、数字都行"),
            "officer_id": Field("执法人员", self.person, hint="不在人员台账里的，填下面的姓名"),
            "name": Field("姓名", LineEdit(placeholder="留空：用台账里的姓名")),
        }
        self.new = NewPassword(ask_old=False)
        self.banner = Banner()
        self.banner.hide()
        self.binder = FormBinder(self.fields, parent=self)
        self.act = button("下一步：恢复码", main=True, keys="Ctrl+Enter", on=self.forward)
        self.acts = ActBar(button("取消", on=self.reject), self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label("启用账号", "section"))
        column.addWidget(label(SAID, "quiet", wrap=True))
        for one in (*self.fields.values(), self.new, self.banner):
            column.addWidget(one)
        column.addStretch()
        column.addWidget(self.acts)
        self.fields["login"].editor.setFocus()
        context.tasks.ask(
            lambda store: registers.officer_rows(store, registers.officer_ids(store)),
            self._offer_officers,
            owner=self,
        )

    def _offer_officers(self, rows: list[OfficerRow]) -> None:
        self.person.set_options([officer_option(one.id, one.name, one.post.label) for one in rows])

    def forward(self) -> None:
        """Show the recovery code once who and the password are right."""
        self.banner.say("info", "")
        password = self.new.read()
        try:
            form = self._form(password or "")
        except InvalidForm as wrong:
            in_place(self.banner, self.binder)(wrong)
            return
        if password is None:
            return
        if not form.name and form.officer_id is None:
            self.binder.show_errors({"name": "请选择执法人员，或者填写姓名。"})
            return
        self.shown = ShownOnceDialog(
            self, self.context, title="管理员恢复码", text=self._code_text, secret=self.code,
            act="抄好了，启用账号", typed_back=True,
        )  # fmt: skip
        self.shown.accepted.connect(self.carry_out)
        self.shown.open()

    def _form(self, password: str) -> SwitchOnForm:
        given = self.binder.values() | {
            "request_id": self._request,
            "password": SecretStr(password),
            "recovery_code": SecretStr(self.code),
        }
        return read(SwitchOnForm, given).form

    def carry_out(self) -> None:
        """Switch accounts on; the window asks for the password at once."""
        self.acts.offer(self.act, "正在启用…")
        preferences().setValue(LAST_LOGIN, str(self.fields["login"].read()))
        self.context.carry_out(
            switch_accounts_on,
            self._form(self.new.read() or ""),
            self._done,
            owner=self,
            failed=self._failed,
        )

    def _done(self, _key: Any) -> None:
        self.accept()

    def _failed(self, error: Exception) -> bool:
        self.acts.offer(self.act)
        if isinstance(error, InvalidForm) and "password" in error.by_field:
            return self.new.failed(error)
        return in_place(self.banner, self.binder)(error)
