"""One question before what cannot be taken back; Enter leaves it undone."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.widgets.basics import ActBar, button, label


class ConfirmDialog(QDialog):
    """`accepted` when the officer says yes; the safe answer has the focus."""

    def __init__(self, parent: QWidget, title: str, text: str, act: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(label(title, "section", wrap=True))
        column.addWidget(label(text, wrap=True))
        self.leave = button("不做改动", on=self.reject)
        self.act = button(act, danger=True, on=self.accept)
        column.addWidget(ActBar(self.leave, self.act))
        self.leave.setFocus()
