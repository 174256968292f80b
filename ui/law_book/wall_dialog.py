"""A paper for the wall: chosen, looked at as it comes out of the printer, printed, saved."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from enforcer.errors import Trouble
from ui.context import Context
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, button
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.inputs import Choice
from ui.widgets.preview import PdfPreview
from ui.widgets.printing import print_pdf, save_pdf

MAKING: Final = "正在制作……"
NOT_MADE: Final = "没有做出来。请关闭后再试；仍然不行的，请看“关于”里的日志。"
HEIGHT: Final = 1000


class WallDialog(Dialog):
    """Which paper, which sheet; below them the paper as `maker` makes it and `title` names it."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        what: str,
        kinds: Sequence[tuple[Any, str]],
        sheets: Sequence[tuple[Any, str]],
        *,
        width: int,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.kind = Choice(kinds)
        self.sheet = Choice(sheets)
        for one in (self.kind, self.sheet):
            one.edited.connect(self.make)
        self.preview = PdfPreview(MAKING)
        self.preview.printed.connect(self.print)
        self.preview.saved.connect(self.save)
        self.message = Banner()
        self.message.hide()
        self.save_button = button("另存为 PDF", "pdf", keys="Ctrl+S", on=self.save)
        self.print_button = button("打印", main=True, keys="Ctrl+P", on=self.print)
        self._acts = (*self.more_acts(), self.save_button, self.print_button)
        self._bar = ActBar(button("关闭", keys="Esc", on=self.reject), *self._acts)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(Field(what, self.kind), 2)
        top.addWidget(Field("纸张", self.sheet), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.preview, 1)
        column.addWidget(self.message)
        column.addWidget(self._bar)
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(QSize(width, HEIGHT).boundedTo(room * 0.92))
        self.kind.setFocus()
        self.make()

    @property
    @abstractmethod
    def title(self) -> str:
        """What the printed or saved paper is called."""

    @abstractmethod
    def maker(self) -> Callable[[Any], bytes]:
        """What makes the paper that is chosen, with what the office has confirmed by today."""

    def more_acts(self) -> Sequence[QPushButton]:
        """Acts that stand before saving and printing."""
        return ()

    def make(self) -> None:
        """Make what is chosen and show it; nothing can be printed until it is there."""
        self._offer(made=False)
        self.context.tasks.ask(
            self.maker(),
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
        for one in self._acts:
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
