"""Passwords on the screen: a new one typed twice, one's own changed, what is shown only once."""

from __future__ import annotations

from html import escape
from typing import Any

from pydantic import SecretStr
from PySide6.QtCore import QBuffer, QMarginsF, QSizeF, Qt, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.operations import passwords
from enforcer.operations.accounts import ChangePasswordForm, change_password
from ui.context import Context
from ui.failures import in_place
from ui.tasks import Failed
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.form import FormBinder
from ui.widgets.inputs import LineEdit
from ui.widgets.password import PasswordField
from ui.widgets.printing import print_pdf

SHEET_DPI = 300
RULE = "至少 12 位；或者至少 8 位，含大写、小写、数字、符号中的三种"


class NewPassword(QWidget):
    """A new password typed twice, with the old one first where it is asked for."""

    submitted = Signal()

    def __init__(self, *, ask_old: bool) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        if ask_old:
            self.fields["old"] = PasswordField("原密码", required=True)
        self.fields["password"] = PasswordField("新密码", required=True)
        self.fields["again"] = PasswordField("再输一遍新密码", required=True)
        self.banner = Banner()
        self.banner.hide()
        self.binder = FormBinder(self.fields, parent=self)
        self.binder.submitted.connect(self.submitted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for one in self.fields.values():
            column.addWidget(one)
        column.addWidget(label(RULE, "small", wrap=True))
        column.addWidget(self.banner)
        self.setFocusProxy(next(iter(self.fields.values())))

    def read(self) -> str | None:
        """The new password once both agree and it is good enough; else the field says why."""
        values = self.binder.values()
        wrong: dict[str, str] = {}
        if why := passwords.weakness(values["password"]):
            wrong["password"] = why
        elif values["again"] != values["password"]:
            wrong["again"] = "两遍输入的不一样，请重新输入。"
        if "old" in values and not values["old"]:
            wrong["old"] = "请输入原密码。"
        self.binder.show_errors(wrong)
        return None if wrong else str(values["password"])

    def form(self, *, old: str = "") -> ChangePasswordForm | None:
        """What the operation takes; None while something is wrong."""
        password = self.read()
        if password is None:
            return None
        old = str(self.binder.values().get("old") or old)
        return ChangePasswordForm(old=SecretStr(old), password=SecretStr(password))

    @property
    def failed(self) -> Failed:
        """Shows under its field what the operation says against it."""
        return in_place(self.banner, self.binder)


class ChangePasswordDialog(Dialog):
    """修改密码: one's own, with the old one."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self.context = context
        self.setWindowTitle("修改密码")
        self.setMinimumWidth(440)
        self.new = NewPassword(ask_old=True)
        self.act = button("修改密码", main=True, keys="Ctrl+Enter", on=self.carry_out)
        self.new.submitted.connect(self.carry_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label("修改密码", "section"))
        column.addWidget(self.new)
        column.addStretch()
        column.addWidget(ActBar(button("取消", on=self.reject), self.act))
        self.new.setFocus()

    def carry_out(self) -> None:
        """Change it; what is wrong is said under the field."""
        form = self.new.form()
        if form is not None:
            self.context.carry_out(
                change_password, form, self._changed, owner=self, failed=self.new.failed
            )

    def _changed(self, _key: Any) -> None:
        self.context.window.message("ok", "密码已修改，下次登录用新密码。")
        self.accept()


class ShownOnceDialog(Dialog):
    """A secret that is shown once: large, to be printed, and typed back where that is asked."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        *,
        title: str,
        text: str,
        secret: str,
        act: str,
        typed_back: bool = False,
    ) -> None:
        super().__init__(parent)
        self.context, self.secret, self._text = context, secret, text
        self.setWindowTitle(title)
        self.setMinimumWidth(640)
        shown = label(secret, "figure")
        shown.setObjectName("shown_once")
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.back = Field("照着抄好的输入一遍，确认抄对了", LineEdit(), required=True)
        self.back.setVisible(typed_back)
        self.back.edited.connect(self._offer)
        self.print_button = button("打印", "print", keys="Ctrl+P", on=self.print)
        self.act = button(act, main=True, keys="Ctrl+Enter", on=self.accept)
        self.acts = ActBar(self.print_button, self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(label(title, "section"))
        column.addWidget(label(text, wrap=True))
        column.addWidget(shown)
        column.addWidget(self.back)
        column.addStretch()
        column.addWidget(self.acts)
        self._offer()
        (self.back.editor if typed_back else self.act).setFocus()

    def _offer(self) -> None:
        same = passwords.plain_code(str(self.back.read())) == passwords.plain_code(self.secret)
        wanted = not self.back.isHidden() and not same
        self.acts.offer(self.act, "先照着抄好的输入一遍" if wanted else "")

    def print(self) -> None:
        """Hand the sheet to the printer; it is kept nowhere."""
        sheet = _sheet(self.windowTitle(), self._text, self.secret)
        self.print_dialog = print_pdf(
            self, sheet, tasks=self.context.tasks, title=self.windowTitle()
        )


def _sheet(title: str, text: str, secret: str) -> bytes:
    """One sheet for the envelope."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(25, 25, 25, 25), QPageLayout.Unit.Millimeter)
    writer.setResolution(SHEET_DPI)
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setPageSize(QSizeF(writer.width(), writer.height()))
    document.setHtml(
        f"<p style='color:#000; font-size:16pt'>执法案件管家　{escape(title)}</p>"
        f"<p style='color:#000; font-size:22pt; font-weight:bold'>{escape(secret)}</p>"
        f"<p style='color:#000; font-size:12pt'>{escape(text)}</p>"
    )
    painter = QPainter(writer)
    document.drawContents(painter)
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())
