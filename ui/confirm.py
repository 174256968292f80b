"""One question before what cannot be taken back; Enter leaves it undone."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.basics import ActBar, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.inputs import LineEdit


class ConfirmDialog(Dialog):
    """`accepted` when the officer says yes; with `reason` (its label) only once one is given."""

    def __init__(
        self, parent: QWidget, title: str, text: str, act: str, *, reason: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self._why = Field(reason, LineEdit(limit=200), required=True) if reason else None
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(label(title, "section", wrap=True))
        column.addWidget(label(text, wrap=True))
        self.leave = button("不做改动", on=self.reject)
        self.act = button(act, danger=True, on=self.accept)
        self.acts = ActBar(self.leave, self.act)
        if self._why is not None:
            column.addWidget(self._why)
            self._why.edited.connect(self._offer)
            self._offer()
        column.addWidget(self.acts)
        (self._why or self.leave).setFocus()

    @property
    def reason(self) -> str:
        """The reason given."""
        return str(self._why.read()) if self._why is not None else ""

    def _offer(self) -> None:
        self.acts.offer(self.act, "" if self.reason else "先写明原因")
