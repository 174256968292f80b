"""权责清单 and 公示栏: looked at, printed, saved as PDF or Excel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.errors import Trouble
from enforcer.queries import powers_paper
from enforcer.queries.powers_paper import SIZES, TITLES, WallPaper
from ui.context import Context
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, button
from ui.widgets.field import Field
from ui.widgets.file_dialogs import ask_save
from ui.widgets.inputs import Choice
from ui.widgets.preview import PdfPreview
from ui.widgets.printing import print_pdf, save_pdf

MAKING = "正在制作……"
NOT_MADE = "没有做出来。请关闭后再试；仍然不行的，请看“关于”里的日志。"


class WallPaperDialog(QDialog):
    """The list of powers or the board of 第三十九条, as it comes out of the printer."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        self.context = context
        self.setWindowTitle("权责清单和公示栏")
        self.kind = Choice([(one, TITLES[one]) for one in WallPaper])
        self.sheet = Choice([(one, f"{one} 纸") for one in reversed(SIZES)])
        for one in (self.kind, self.sheet):
            one.edited.connect(self.make)
        self.preview = PdfPreview(MAKING)
        self.preview.printed.connect(self.print)
        self.preview.saved.connect(self.save)
        self.message = Banner()
        self.message.hide()
        self.excel_button = button("导出 Excel", "excel", keys="Ctrl+E", on=self.export)
        self.save_button = button("另存为 PDF", "pdf", keys="Ctrl+S", on=self.save)
        self.print_button = button("打印", main=True, keys="Ctrl+P", on=self.print)
        self._bar = ActBar(
            button("关闭", keys="Esc", on=self.reject),
            self.excel_button,
            self.save_button,
            self.print_button,
        )
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(Field("内容", self.kind), 2)
        top.addWidget(Field("纸张", self.sheet), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.preview, 1)
        column.addWidget(self.message)
        column.addWidget(self._bar)
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(QSize(1080, 1000).boundedTo(room * 0.92))
        self._offer(made=False)
        self.kind.setFocus()
        self.make()

    @property
    def title(self) -> str:
        """What the printed or saved paper is called."""
        return TITLES[self.kind.read()]

    def make(self) -> None:
        """Make the paper that is chosen, as of today."""
        kind, size, on = self.kind.read(), self.sheet.read(), self.context.clock.today()
        self._offer(made=False)
        self.context.tasks.ask(
            lambda store: powers_paper.make_pdf(store, kind, on=on, size=size),
            self._show,
            owner=self,
            latest="wall paper",
            long=True,
            failed=self._failed,
        )

    def _show(self, pdf: bytes) -> None:
        self.message.hide()
        self.preview.show_pdf(pdf)
        self._offer(made=True)

    def _failed(self, error: Exception) -> bool:
        self.preview.clear(NOT_MADE)
        self.message.say("bad", str(error) or NOT_MADE)
        return isinstance(error, Trouble)

    def _offer(self, *, made: bool) -> None:
        for one in (self.excel_button, self.save_button, self.print_button):
            self._bar.offer(one, "" if made else MAKING)

    def print(self) -> None:
        """Hand the paper to the printer."""
        if self.preview.pdf:
            self.print_dialog = print_pdf(
                self, self.preview.pdf, tasks=self.context.tasks, title=self.title
            )

    def save(self) -> None:
        """Write the paper where the officer says."""
        if not self.preview.pdf:
            return
        try:
            path = save_pdf(self, self.preview.pdf, f"{self.title}.pdf")
        except Trouble as trouble:
            self.message.say("bad", str(trouble))
            return
        if path is not None:
            self.message.say("ok", f"已保存到 {path}")

    def export(self) -> None:
        """Ask for a file, and write the same words as a workbook."""
        path = ask_save(self, f"导出{self.title}", f"{self.title}.xlsx")
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the workbook; a file dialog has asked about overwriting."""
        kind, on = self.kind.read(), self.context.clock.today()
        self.context.tasks.ask(
            lambda store: powers_paper.write_workbook(store, kind, path, on=on, overwrite=True),
            lambda written: self.message.say("ok", f"已导出到 {written.path}"),
            owner=self,
            long=True,
            failed=self._failed_to_write,
        )

    def _failed_to_write(self, error: Exception) -> bool:
        self.message.say("bad", str(error))
        return isinstance(error, Trouble)
