"""The paper beside its form: pages of the very PDF that will be printed, at true size."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.widgets.basics import EmptyState, icon_button, label

NO_PDF: Final = "这台电脑缺少显示 PDF 的组件，不能预览；纸面可以另存为 PDF 后打开。"
ZOOM_STEP: Final = 1.2


class PdfPreview(QWidget):
    """Shows a PDF once `show_pdf` is called; zoom by Ctrl+加号、减号、0; QtPdf comes with it."""

    printed = Signal()
    saved = Signal()

    def __init__(self, sentence: str = "填写后这里显示纸面预览。") -> None:
        super().__init__()
        self.pdf = b""
        self._view: Any = None
        self._document: Any = None
        self._buffer: QBuffer | None = None
        self._empty = EmptyState(sentence)
        self._pages = label("", "quiet")
        self._tools = self._toolbar()
        self._tools.setEnabled(False)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._tools)
        column.addWidget(holder, 1)
        self.setAccessibleName("纸面预览")

    def _toolbar(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._pages, 1)
        for icon, name, keys, act in (
            ("zoom_out", "缩小", "Ctrl+-", lambda: self._zoom_by(1 / ZOOM_STEP)),
            ("zoom_in", "放大", "Ctrl+=", lambda: self._zoom_by(ZOOM_STEP)),
            ("document", "实际大小", "Ctrl+0", self.true_size),
            ("fit_width", "适合宽度", "", self.fit_width),
            ("print", "打印", "", self.printed.emit),
            ("save", "另存为 PDF", "", self.saved.emit),
        ):
            row.addWidget(icon_button(icon, name, keys=keys, on=act))
        QShortcut(QKeySequence("Ctrl++"), holder).activated.connect(
            lambda: self._zoom_by(ZOOM_STEP)
        )
        return holder

    def show_pdf(self, pdf: bytes) -> None:
        """Show these pages, keeping zoom and place; nothing to show empties the preview."""
        self.pdf = pdf
        self._tools.setEnabled(bool(pdf))
        if not pdf or not self._prepare():
            self._stack.setCurrentWidget(self._empty)
            self._pages.setText("")
            return
        bar = self._view.verticalScrollBar()
        kept = bar.value()
        self._document.close()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._stack.setCurrentWidget(self._view)
        bar.setValue(kept)
        self._tell_page()

    def clear(self, sentence: str = "") -> None:
        """Empty the preview, with another sentence if one is given."""
        if sentence:
            self._empty.set_sentence(sentence)
        self.show_pdf(b"")

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return int(self._document.pageCount()) if self._document is not None else 0

    def true_size(self) -> None:
        """A sheet on the screen as large as on the desk."""
        screen = self.screen()
        ratio = screen.physicalDotsPerInch() / screen.logicalDotsPerInch()
        self._zoom_to(min(max(ratio, 0.75), 2.0))

    def fit_width(self) -> None:
        """As wide as there is room."""
        if self._view is not None:
            self._view.setZoomMode(self._view.ZoomMode.FitToWidth)

    def _zoom_by(self, factor: float) -> None:
        if self._view is not None:
            self._zoom_to(min(max(self._view.zoomFactor() * factor, 0.25), 5.0))

    def _zoom_to(self, factor: float) -> None:
        if self._view is not None:
            self._view.setZoomMode(self._view.ZoomMode.Custom)
            self._view.setZoomFactor(factor)

    def _prepare(self) -> bool:
        if self._view is not None:
            return True
        modules = _pdf_modules()
        if modules is None:
            self._empty.set_sentence(NO_PDF)
            return False
        document_class, view_class = modules
        self._document = document_class(self)
        self._view = view_class(self)
        self._view.setDocument(self._document)
        self._view.setPageMode(view_class.PageMode.MultiPage)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setDocumentMargins(self._view.documentMargins() * 2)
        self._view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view.setAccessibleName("纸面预览")
        self._view.pageNavigator().currentPageChanged.connect(lambda _page: self._tell_page())
        self._stack.addWidget(self._view)
        self.fit_width()
        return True

    def _tell_page(self) -> None:
        at = self._view.pageNavigator().currentPage() + 1
        self._pages.setText(f"第 {at} 页，共 {self.page_count} 页")


def _pdf_modules() -> tuple[Callable[..., Any], Any] | None:
    """QPdfDocument and QPdfView; None where the system's Qt comes without them."""
    try:
        from PySide6.QtPdf import QPdfDocument
        from PySide6.QtPdfWidgets import QPdfView
    except ImportError:
        return None
    return QPdfDocument, QPdfView
