"""Putting a PDF on paper: printer, copies, pages; each page drawn at true size, 300 dpi."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSaveFile, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.errors import Trouble
from ui.preferences import preferences
from ui.tasks import Note, Tasks
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, button, label
from ui.widgets.field import Field, FieldGrid
from ui.widgets.file_dialogs import PDF, ask_save
from ui.widgets.inputs import Choice, CountEdit, LineEdit

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DPI: Final = 300
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
            note(done, len(pages), "打印")
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
    """Names of the printers of this PC, the default one first."""
    from PySide6.QtPrintSupport import QPrinterInfo

    names = list(QPrinterInfo.availablePrinterNames())
    first = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: name != first)


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


class PrintDialog(QDialog):
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
        self.setMinimumWidth(460)
        names = printers()
        self.printer = Choice([(name, name) for name in names])
        self.printer.write(str(preferences().value("printer", "")))
        if self.printer.currentIndex() < 0 and names:
            self.printer.setCurrentIndex(0)
        self.copies = CountEdit(least=1, most=99, unit="份")
        self.copies.write(copies)
        self.pages = LineEdit(placeholder="全部；或 1-3,5")
        self.sides = Choice(
            [("one", "单面"), ("long", "双面，长边翻转"), ("short", "双面，短边翻转")]
        )
        self.message = Banner("bad")
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
        row = QHBoxLayout()
        row.addWidget(self._bar)
        column.addLayout(row)
        self._bar.offer(self.go, "" if names else NO_PRINTER)
        (self.printer if names else self.save).setFocus()

    def _print(self) -> None:
        try:
            pages = read_pages(self.pages.text(), self._count)
        except ValueError as error:
            self._fields["pages"].set_error(str(error))
            self.pages.setFocus()
            return
        printer = self._made()
        preferences().setValue("printer", self.printer.read())
        self._bar.offer(self.go, "正在送往打印机…")
        self._tasks.work(
            lambda note: draw_pages(self._pdf, printer, pages, note),
            self._printed,
            owner=self,
            what=f"打印{self._title}",
            failed=self._failed,
        )

    def _made(self) -> Any:
        from PySide6.QtPrintSupport import QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(self.printer.read())
        printer.setResolution(DPI)
        printer.setDocName(self._title)
        printer.setCopyCount(self.copies.value())
        printer.setDuplex(
            {
                "one": QPrinter.DuplexMode.DuplexNone,
                "long": QPrinter.DuplexMode.DuplexLongSide,
                "short": QPrinter.DuplexMode.DuplexShortSide,
            }[self.sides.read()]
        )
        return printer

    def _printed(self, _pages: int) -> None:
        if self._then is not None:
            self._then(self.copies.value())
        self.accept()

    def _failed(self, error: Exception) -> bool:
        self._bar.offer(self.go)
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


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has; 0 when it cannot be read."""
    from PySide6.QtPdf import QPdfDocument

    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return int(document.pageCount())
