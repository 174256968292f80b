"""流程图: the charts for the wall, looked at, printed, saved."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.documents.pdf import Paper
from enforcer.errors import Trouble
from enforcer.queries.flowchart import TITLES, ChartKind, SheetSize, office_chart
from ui.context import Context
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, button
from ui.widgets.field import Field
from ui.widgets.inputs import Choice
from ui.widgets.preview import PdfPreview
from ui.widgets.printing import print_pdf, save_pdf

DRAWING = "正在画流程图……"
NOT_DRAWN = "流程图没有画出来。请关闭后再试；仍然不行的，请看“关于”里的日志。"


class FlowchartDialog(QDialog):
    """Which course, which sheet; the chart beside it as it comes out of the printer."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self.context = context
        self.setWindowTitle("办案流程图")
        self.kind = Choice([(one, TITLES[one]) for one in reversed(ChartKind)])
        self.sheet = Choice([(one, f"{one.value} 纸") for one in SheetSize])
        for one in (self.kind, self.sheet):
            one.edited.connect(self.draw)
        self.preview = PdfPreview(DRAWING)
        self.preview.printed.connect(self.print)
        self.preview.saved.connect(self.save)
        self.message = Banner()
        self.message.hide()
        self.save_button = button("另存为 PDF", "pdf", keys="Ctrl+S", on=self.save)
        self.print_button = button("打印", main=True, keys="Ctrl+P", on=self.print)
        self._bar = ActBar(
            button("关闭", keys="Esc", on=self.reject), self.save_button, self.print_button
        )
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(Field("程序", self.kind), 2)
        top.addWidget(Field("纸张", self.sheet), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.preview, 1)
        column.addWidget(self.message)
        column.addWidget(self._bar)
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(QSize(880, 1000).boundedTo(room * 0.92))
        self._offer(drawn=False)
        self.kind.setFocus()
        self.draw()

    @property
    def title(self) -> str:
        """What the printed or saved chart is called."""
        return f"{TITLES[self.kind.read()]}（{self.sheet.read().value}）"

    def draw(self) -> None:
        """Draw the chart that is chosen, with what the office has confirmed by today."""
        kind, sheet, on = self.kind.read(), self.sheet.read(), self.context.clock.today()
        self._offer(drawn=False)
        self.context.tasks.ask(
            lambda store: office_chart(store, kind, on=on, size=sheet),
            self._show,
            owner=self,
            latest="flowchart",
            failed=self._failed,
        )

    def _show(self, paper: Paper) -> None:
        self.message.hide()
        self.preview.show_pdf(paper.pdf)
        self._offer(drawn=True)

    def _failed(self, error: Exception) -> bool:
        self.preview.clear(NOT_DRAWN)
        self.message.say("bad", str(error) or NOT_DRAWN)
        return isinstance(error, Trouble)

    def _offer(self, *, drawn: bool) -> None:
        for one in (self.save_button, self.print_button):
            self._bar.offer(one, "" if drawn else DRAWING)

    def print(self) -> None:
        """Hand the chart to the printer."""
        if self.preview.pdf:
            self.print_dialog = print_pdf(
                self, self.preview.pdf, tasks=self.context.tasks, title=self.title
            )

    def save(self) -> None:
        """Write the chart where the officer says."""
        if not self.preview.pdf:
            return
        try:
            path = save_pdf(self, self.preview.pdf, f"{self.title}.pdf")
        except Trouble as trouble:
            self.message.say("bad", str(trouble))
            return
        if path is not None:
            self.message.say("ok", f"已保存到 {path}")
