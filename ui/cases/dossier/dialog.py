"""The dossier over the page of its case; a finding closes it and goes where it can be mended."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.cases.dossier.view import DossierView
from ui.context import Context
from ui.widgets.basics import ActBar, button
from ui.widgets.dialog import Dialog


class DossierDialog(Dialog):
    """`jump` is given on once the dialog is gone."""

    jump = Signal(str)

    def __init__(self, parent: QWidget, context: Context, case_id: int) -> None:
        super().__init__(parent)
        self.setWindowTitle("案卷")
        self.setModal(True)
        self.view = DossierView(context, case_id, self)
        self.view.jump.connect(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.view, 1)
        self.close_button = button("关闭　Esc", on=self.reject)
        column.addWidget(ActBar(self.close_button))
        window = parent.window()
        self.resize(min(1280, window.width() - 30), min(720, window.height() - 24))
        self.view.setFocus()

    def _leave(self, place: str) -> None:
        self.accept()
        if place:
            self.jump.emit(place)
