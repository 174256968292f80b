"""Putting a PDF on paper: printer, copies, pages; each page drawn at true size, 300 dpi."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSaveFile, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.errors import Trouble
from ui.preferences import preferences
from ui.tasks import Cancelled, Job, Note, Tasks
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field, FieldGrid
from ui.widgets.file_dialogs import PDF, ask_save
from ui.widgets.inputs import Choice, CountEdit, LineEdit
from ui.widgets.progress import ProgressBar

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DPI: Final = 300
_ONE_AT_A_TIME: Final = Lock()  # the printer plugin of Qt is loaded and asked by one thread
STOPPED: Final = "打印已停下，没有登记为已打印。已经出来的纸请收回，重新打印。"
NO_PRINTER: Final = "这台电脑还没有安装打印机。可以先另存为 PDF，接好打印机后再打印。"


def read_pages(text: str, count: int) -> list[int]:
    """Pages (from 0) named by "1-3,5"; blank is all; ValueError says what cannot be understood."""
    if not text.strip():
        return list(range(count))
    chosen: list[int] = []
    for part in re.split(r"[,，、\s]+", text.strip()):
        hit = re.fullmatch(r"(\d+)(?:[-—–~～](\d+))?", part)
        first, last = (int(hit[1]), int(hit[2] or hit[1])) if hit else (0, 0)
        if not 1 <= first <= last <= count:
            raise ValueError(f"页码“{part}”不对，共 {count} 页，请写成 1-3,5。")
        chosen += range(first - 1, last)
    return chosen


def draw_pages(
    pdf: bytes, printer: QPrinter, pages: Sequence[int], note: Note | None = None
) -> int:
    """Draw these pages (from 0) of a PDF on the printer at true size; returns how many."""
    from PySide6.QtPdf import QPdfDocument

    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    if document.status() != QPdfDocument.Status.Ready:
        raise Trouble("这份 PDF 打不开，没有打印。请重新出件，或者从案卷中另存后检查。")
    painter: QPainter | None = None
    for done, number in enumerate(pages):
        if note is not None:
            _tell(note, done, len(pages), printer, painter)
        points = document.pagePointSize(number)
        _set_paper(printer, points.width(), points.height())
        if painter is None:
            painter = QPainter()
            if not painter.begin(printer):
                raise Trouble("打印机没有响应，文书没有打印。请检查打印机是否开机、有纸、已连接。")
        elif not printer.newPage():
            painter.end()
            raise Trouble(f"打印到第 {number + 1} 页时打印机停止响应。请检查后从该页重新打印。")
        size = QSize(round(points.width() * DPI / 72), round(points.height() * DPI / 72))
        wide, high = (side / 72 * printer.resolution() for side in points.toTuple())
        painter.drawImage(QRectF(0, 0, wide, high), _on_white(document.render(number, size)))
    if painter is not None:
        painter.end()
    document.close()
    return len(pages)


def _tell(note: Note, done: int, total: int, printer: QPrinter, painter: QPainter | None) -> None:
    """Say how far it is; when the officer has cancelled, what is spooled is thrown away."""
    try:
        note(done, total, "打印")
    except Cancelled:
        if painter is not None:
            printer.abort()
            painter.end()
        raise


def _set_paper(printer: QPrinter, width: float, height: float) -> None:
    upright = QPageSize(
        QPageSize(
            QRectF(0, 0, min(width, height), max(width, height)).size(),
            QPageSize.Unit.Point,
            "",
            QPageSize.SizeMatchPolicy.FuzzyMatch,
        )
    )
    turned = (
        QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    )
    layout = QPageLayout(upright, turned, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    if printer.pageLayout() != layout:
        printer.setPageLayout(layout)


def _on_white(picture: QImage) -> QImage:
    """The page on white paper, in grey where it has no colour: a tenth of the spool file."""
    sheet = QImage(picture.size(), QImage.Format.Format_RGB32)
    sheet.fill(QColor(Qt.GlobalColor.white))
    painter = QPainter(sheet)
    painter.drawImage(0, 0, picture)
    painter.end()
    return sheet.convertToFormat(QImage.Format.Format_Grayscale8) if sheet.allGray() else sheet


def printers() -> list[str]:
    """Names of the printers of this PC, the default one first; a worker's: the network may be slow."""
    from PySide6.QtPrintSupport import QPrinterInfo

    with _ONE_AT_A_TIME:
        names = list(QPrinterInfo.availablePrinterNames())
        first = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: name != first)


@dataclass(frozen=True, slots=True)
class Printing:
    """How a paper is to be printed: where, under which name, how often, on which sides."""

    printer: str
    title: str
    copies: int = 1
    sides: str = "one"


def send(pdf: bytes, how: Printing, pages: Sequence[int], note: Note) -> int:
    """Print these pages (from 0); a worker's, from the asking of the printer to its last page."""
    from PySide6.QtPrintSupport import QPrinter

    with _ONE_AT_A_TIME:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(how.printer)
    printer.setResolution(DPI)
    printer.setDocName(how.title)
    printer.setCopyCount(how.copies)
    printer.setDuplex(
        {
            "one": QPrinter.DuplexMode.DuplexNone,
            "long": QPrinter.DuplexMode.DuplexLongSide,
            "short": QPrinter.DuplexMode.DuplexShortSide,
        }[how.sides]
    )
    return draw_pages(pdf, printer, pages, note)


def print_pdf(
    parent: QWidget,
    pdf: bytes | Path,
    *,
    tasks: Tasks,
    title: str,
    copies: int = 1,
    then: Callable[[int], object] | None = None,
) -> PrintDialog:
    """Ask for printer and copies, print in the background, call `then(copies)` when it is spooled."""
    data = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    dialog = PrintDialog(parent, data, tasks=tasks, title=title, copies=copies, then=then)
    dialog.open()
    return dialog


def save_pdf(parent: QWidget, pdf: bytes, name: str) -> Path | None:
    """Ask where, and write whole or not at all; Trouble says why it could not be written."""
    path = ask_save(parent, "另存为 PDF", name, PDF)
    if path is not None:
        write_whole(path, pdf)
    return path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one piece: the old one stays until the new one is complete."""
    file = QSaveFile(str(path))
    ok = file.open(QIODevice.OpenModeFlag.WriteOnly)
    if not ok or file.write(QByteArray(data)) != len(data) or not file.commit():
        raise Trouble(
            f"“{path}”写不进去，没有保存。请确认目录存在、磁盘未满、该文件没有被其他程序打开，或换一个位置。"
        )


class PrintDialog(Dialog):
    """Printer, copies, pages, both sides; printing or saving it is the only thing it asks."""

    def __init__(
        self,
        parent: QWidget,
        pdf: bytes,
        *,
        tasks: Tasks,
        title: str,
        copies: int = 1,
        then: Callable[[int], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._pdf, self._tasks, self._title, self._then = pdf, tasks, title, then
        self._count = page_count(pdf)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"打印：{title}")
        self.setMinimumWidth(600)
        self.printer = Choice()
        self.copies = CountEdit(least=1, most=99, unit="份")
        self.copies.write(copies)
        self.pages = LineEdit(placeholder="全部；或 1-3,5")
        self.sides = Choice(
            [("one", "单面"), ("long", "双面，长边翻转"), ("short", "双面，短边翻转")]
        )
        self.message = Banner("bad")
        self.progress = ProgressBar()
        self._job: Job | None = None
        self._fields = {"pages": Field("页码", self.pages, hint=f"共 {self._count} 页")}
        grid = FieldGrid()
        grid.add(Field("打印机", self.printer), 2)
        grid.add(Field("份数", self.copies))
        grid.add(self._fields["pages"])
        grid.add(Field("单双面", self.sides), 2)
        self.save = button("另存为 PDF", "pdf", on=self._save)
        self.go = button("打印", main=True, keys="Ctrl+Enter", on=self._print)
        self._bar = ActBar(button("取消", on=self.reject), self.save, self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(label(title, "section", wrap=True))
        column.addLayout(grid)
        column.addWidget(self.message)
        column.addWidget(self.progress)
        row = QHBoxLayout()
        row.addWidget(self._bar)
        column.addLayout(row)
        self._bar.offer(self.go, "正在查找打印机…")
        self.save.setFocus()
        tasks.work(lambda _note: printers(), self._found, owner=self, what="查找打印机")

    def _found(self, names: list[str]) -> None:
        self.printer.set_choices([(name, name) for name in names])
        self.printer.write(str(preferences().value("printer", "")))
        if self.printer.currentIndex() < 0 and names:
            self.printer.setCurrentIndex(0)
        self._bar.offer(self.go, "" if names else NO_PRINTER)
        if names and self.focusWidget() in (None, self.save):
            self.printer.setFocus()

    def _print(self) -> None:
        try:
            pages = read_pages(self.pages.text(), self._count)
        except ValueError as error:
            self._fields["pages"].set_error(str(error))
            self.pages.setFocus()
            return
        how = Printing(
            self.printer.read(), self._title, self.copies.value(), str(self.sides.read())
        )
        preferences().setValue("printer", how.printer)
        self._bar.offer(self.go, "正在送往打印机…")
        job = self._tasks.work(
            lambda note: send(self._pdf, how, pages, note),
            self._printed,
            owner=self,
            what=f"打印{self._title}",
            failed=self._failed,
        )
        if not job.over:
            self._job = job
            self.progress.follow(job)

    def _printed(self, _pages: int) -> None:
        self._job = None
        if self._then is not None:
            self._then(self.copies.value())
        self.accept()

    def _failed(self, error: Exception) -> bool:
        self._job = None
        self._bar.offer(self.go)
        if isinstance(error, Cancelled):
            self.message.say("warn", STOPPED)
            return True
        self.message.say("bad", str(error) or "打印没有完成，请重试。")
        return isinstance(error, Trouble)

    def _save(self) -> None:
        try:
            path = save_pdf(self, self._pdf, f"{self._title}.pdf")
        except Trouble as trouble:
            self.message.say("bad", str(trouble))
            return
        if path is not None:
            self.message.say("ok", f"已保存到 {path}")

    # Qt

    def reject(self) -> None:
        """Stop the printing first; close once it stands still."""
        if self._job is None:
            super().reject()
        else:
            self._job.cancel()
            self.message.say("info", "正在停下…")


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has; 0 when it cannot be read."""
    from PySide6.QtPdf import QPdfDocument

    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return int(document.pageCount())
