"""How the on-the-spot desk is laid out: the form at the left, law, inspection and paper at the right."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from enforcer.errors import Objection
from ui.cases.desk_fields import SummaryFields
from ui.cases.desk_look import NO_LAW
from ui.cases.findings import FindingList
from ui.context import Context
from ui.widgets.banner import Banner
from ui.widgets.basics import CTRL_ENTER, ActBar, Card, PageHeader, Scrolled, button
from ui.widgets.preview import PdfPreview

NO_PAPER = "要件填得差不多时，这里显示决定书的纸面。"
BEGIN = "先填当事人和违法行为。"
CHECKS, PAPER = 0, 1


class DeskFrame(QWidget):
    """The parts of the desk in their places; what they do is `SummaryDesk`."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.form = SummaryFields(today=context.clock.today, now=context.clock.now)
        self.fields = self.form.fields
        self._lay_out()

    @abstractmethod
    def sign(self) -> None:
        """签发并打印."""

    @abstractmethod
    def start_again(self) -> None:
        """An empty form."""

    @abstractmethod
    def follow(self, one: Objection) -> None:
        """Go where a finding can be mended."""

    @abstractmethod
    def save_preview(self) -> None:
        """Save the paper in view."""

    def _lay_out(self) -> None:
        self.header = PageHeader("当场处罚", "", button("返回列表　Esc", "back", on=self.left.emit))
        self.law = Banner("info", NO_LAW, icon="law_book")
        self.message = Banner("bad")
        self.message.hide()
        self.sign_button = button("签发并打印　Ctrl+Enter", "print", main=True, on=self.sign)
        self.sign_button.setAccessibleName("签发并打印")
        signing = QShortcut(self)  # not the button's own: a grey one too leads to what is missing
        signing.setKeys(CTRL_ENTER)
        signing.activated.connect(self.sign)
        self.sign_button.setObjectName("sign")
        self.clear_button = button("清空重填", on=self.start_again)
        self.acts = ActBar(self.clear_button, self.sign_button)
        self.acts.keep(self.context.against("decide_on_the_spot", "当场处罚"), self.sign_button)
        card = Card(spacing=8)
        card.body.setContentsMargins(20, 12, 10, 12)
        card.body.addWidget(self.message)
        self.scrolled = Scrolled(self.form)
        card.body.addWidget(self.scrolled, 1)
        card.body.addWidget(self.acts)
        self.findings = FindingList(self.follow)
        self.preview = PdfPreview(NO_PAPER)
        self.preview.printed.connect(self.sign)
        self.preview.saved.connect(self.save_preview)
        self.sides = QTabWidget()
        self.sides.setDocumentMode(True)
        self.sides.tabBar().setDrawBase(False)
        self.sides.addTab(Scrolled(self.findings), "出件体检")
        self.sides.addTab(self.preview, "纸面预览")
        self.sides.setTabToolTip(0, "Alt+1")
        self.sides.setTabToolTip(1, "Alt+2")
        for at in (0, 1):
            keys = QShortcut(QKeySequence(f"Alt+{at + 1}"), self)
            keys.activated.connect(partial(self.sides.setCurrentIndex, at))
        side = Card(spacing=6)
        side.body.setContentsMargins(16, 6, 10, 10)
        side.body.addWidget(self.sides, 1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.law)
        right.addWidget(side, 1)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(card, 67)
        columns.addLayout(right, 33)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.header)
        column.addLayout(columns, 1)
        self.acts.offer(self.sign_button, BEGIN)
