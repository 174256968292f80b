"""The preview shows, and the printer gets, the very pages of the PDF, at true size."""

import io
from pathlib import Path
from time import sleep

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.pdfgen.canvas import Canvas

from enforcer.errors import Trouble
from ui.tasks import Cancelled, ImmediateTasks, Tasks
from ui.widgets import printing
from ui.widgets.preview import PdfPreview
from ui.widgets.printing import (
    DPI,
    NO_PRINTER,
    STOPPED,
    PrintDialog,
    draw_pages,
    page_count,
    print_pdf,
    read_pages,
    save_pdf,
    write_whole,
)

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


def a_pdf(*sizes) -> bytes:
    """Pages with a black square of 100 points, 72 points from the left and the top."""
    made = io.BytesIO()
    canvas = Canvas(made)
    for width, height in sizes:
        canvas.setPageSize((width, height))
        canvas.rect(72, height - 172, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.fixture
def notice() -> bytes:
    return a_pdf(A4, A4, A4)


def printed(pdf: bytes, pages, tmp_path):
    """What a printer gets, caught as a PDF and opened again."""
    path = tmp_path / "spool.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(DPI)
    assert draw_pages(pdf, printer, pages) == len(pages)
    return pypdfium2.PdfDocument(str(path))


@pytest.mark.parametrize("size", [A4, A5, landscape(A4)])
def test_a_page_is_printed_at_true_size(qapp, tmp_path, size):
    paper = printed(a_pdf(size), [0], tmp_path)
    width, height = paper[0].get_size()
    assert width == pytest.approx(size[0], abs=2)
    assert height == pytest.approx(size[1], abs=2)
    picture = paper[0].render(scale=1, grayscale=True).to_pil()
    dark = picture.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert dark == pytest.approx((72, 72, 172, 172), abs=2)


def test_only_the_pages_asked_for_are_printed(qapp, tmp_path, notice):
    assert len(printed(notice, [0, 2], tmp_path)) == 2


def test_sizes_may_change_within_one_job(qapp, tmp_path):
    paper = printed(a_pdf(A4, A5), [0, 1], tmp_path)
    assert [round(page.get_width()) for page in paper] == pytest.approx([A4[0], A5[0]], abs=2)


def test_what_is_no_pdf_is_not_printed(qapp, tmp_path):
    with pytest.raises(Trouble, match="打不开"):
        printed(b"%PDF-1.4 broken", [0], tmp_path)


def test_printing_can_be_cancelled_between_pages(qapp, tmp_path, notice):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "x.pdf"))

    def note(done: int, _total: int, _what: str = "") -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        draw_pages(notice, printer, [0, 1, 2], note)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("1-3,5", [0, 1, 2, 4]),
        ("2、4", [1, 3]),
        (" 3～4 ", [2, 3]),
        ("5", [4]),
    ],
)
def test_pages_are_read(text, pages):
    assert read_pages(text, 5) == pages


@pytest.mark.parametrize("text", ["0", "6", "3-2", "二", "1-9", "1--2"])
def test_pages_that_do_not_exist_are_refused(text):
    with pytest.raises(ValueError, match="共 5 页"):
        read_pages(text, 5)


def test_the_preview_shows_the_pages_and_walks_them_by_key(shown, qtbot, notice):
    preview = shown(PdfPreview(), 700, 600)
    assert preview._empty.isVisible()
    preview.show_pdf(notice)
    assert preview.page_count == 3
    assert preview._pages.text() == "第 1 页，共 3 页"
    before = preview._view.zoomFactor()
    preview._view.setFocus()
    qtbot.keyClick(preview._view, Key.Key_Equal, Ctrl)
    assert preview._view.zoomFactor() > before
    qtbot.keyClick(preview._view, Key.Key_0, Ctrl)
    preview.fit_width()
    preview.clear("先选一份文书。")
    assert preview._empty.isVisible()
    assert preview.pdf == b""


def test_the_preview_draws_ink(shown, qtbot, notice):
    preview = shown(PdfPreview(), 700, 900)
    preview.show_pdf(notice)

    def ink() -> bool:
        picture = preview._view.grab().toImage()
        return any(
            picture.pixelColor(x, y).lightness() < 40
            for x in range(60, 300, 10)
            for y in range(60, 300, 10)
        )

    qtbot.waitUntil(ink, timeout=5000)


def test_the_preview_asks_for_print_and_save(shown, qtbot, notice):
    preview, asked = shown(PdfPreview()), []
    preview.show_pdf(notice)
    preview.printed.connect(lambda: asked.append("print"))
    preview.saved.connect(lambda: asked.append("save"))
    for name in ("打印", "另存为 PDF"):
        tool = next(
            one
            for one in preview._tools.children()
            if hasattr(one, "accessibleName") and one.accessibleName() == name
        )
        qtbot.keyClick(tool, Key.Key_Space)
    assert asked == ["print", "save"]


def test_without_the_pdf_module_the_preview_says_what_to_do(shown, monkeypatch, notice):
    monkeypatch.setattr("ui.widgets.preview._pdf_modules", lambda: None)
    preview = shown(PdfPreview())
    preview.show_pdf(notice)
    assert preview._empty.isVisible()
    assert "另存为 PDF" in preview._empty._sentence.text()


@pytest.fixture
def tasks(opaque):
    return ImmediateTasks(opaque, print)


def test_without_a_printer_printing_is_grey_and_saving_is_offered(
    shown, qtbot, monkeypatch, notice, tasks, tmp_path
):
    monkeypatch.setattr(printing, "printers", list)
    dialog = shown(PrintDialog(None, notice, tasks=tasks, title="告知书"))
    assert not dialog.go.isEnabled()
    assert dialog._bar._why.text() == NO_PRINTER
    assert QApplication.focusWidget() is dialog.save
    target = tmp_path / "告知书.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.keyClick(dialog.save, Key.Key_Space)
    assert target.read_bytes() == notice
    assert dialog.message.kind == "ok"


def test_printer_copies_and_pages_are_chosen_by_key(
    shown, qtbot, monkeypatch, notice, tasks, tmp_path
):
    monkeypatch.setattr(printing, "printers", lambda: ["一号打印机", "二号打印机"])
    spooled, told = [], []

    def catch(pdf, printer, pages, note):
        spooled.append((pdf, printer.copyCount(), pages))
        return len(pages)

    monkeypatch.setattr(printing, "draw_pages", catch)
    dialog = shown(
        PrintDialog(None, notice, tasks=tasks, title="告知书", copies=2, then=told.append)
    )
    qtbot.keyClick(dialog.printer, Key.Key_Down)
    dialog.pages.setFocus()
    qtbot.keyClicks(dialog.pages, "1-9")
    qtbot.keyClick(dialog.pages, Key.Key_Return, Ctrl)
    assert "共 3 页" in dialog._fields["pages"].error
    dialog.pages.clear()
    qtbot.keyClicks(dialog.pages, "2-3")
    qtbot.keyClick(dialog.pages, Key.Key_Return, Ctrl)
    assert spooled == [(notice, 2, [1, 2])]
    assert told == [2]
    again = shown(PrintDialog(None, notice, tasks=tasks, title="告知书"))
    assert again.printer.read() == "二号打印机"


def test_a_printer_that_fails_says_so_and_the_dialog_stays(
    shown, qtbot, monkeypatch, notice, tasks
):
    monkeypatch.setattr(printing, "printers", lambda: ["一号打印机"])

    def fail(*_arguments):
        raise Trouble("打印机没有响应，文书没有打印。")

    monkeypatch.setattr(printing, "draw_pages", fail)
    dialog = shown(PrintDialog(None, notice, tasks=tasks, title="告知书"))
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert dialog.message.text == "打印机没有响应，文书没有打印。"
    assert dialog.go.isEnabled()
    assert dialog.isVisible()


def test_escape_stops_the_printing_first_and_closes_afterwards(
    shown, qtbot, monkeypatch, notice, opaque
):
    monkeypatch.setattr(printing, "printers", lambda: ["一号打印机"])
    done = []

    def draw(_pdf, _printer, _pages, note):
        while True:
            note(1, 3, "打印")
            sleep(0.01)

    monkeypatch.setattr(printing, "draw_pages", draw)
    tasks = Tasks(opaque, print)
    dialog = shown(PrintDialog(None, notice, tasks=tasks, title="告知书", then=done.append))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.waitUntil(dialog.go.isEnabled, timeout=5000)
    qtbot.keyClick(dialog, Key.Key_Return, Ctrl)
    assert not dialog.go.isEnabled()
    qtbot.keyClick(dialog, Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.message.text == STOPPED, timeout=5000)
    assert dialog.isVisible()
    assert dialog.go.isEnabled()
    assert done == []
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert dialog.isHidden()
    tasks.close()


def test_print_pdf_takes_bytes_or_a_path(qtbot, look, notice, tasks, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(notice)
    parent = QPushButton()
    qtbot.addWidget(parent)
    for given in (notice, path):
        dialog = print_pdf(parent, given, tasks=tasks, title="告知书")
        assert dialog._count == 3
        dialog.reject()
    assert page_count(b"no") == 0


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "决定书.pdf"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    with pytest.raises(Trouble, match="没有保存"):
        write_whole(tmp_path / "没有" / "决定书.pdf", b"x")
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".pdf"] == ["决定书.pdf"]


def test_saving_adds_the_ending_and_remembers_the_folder(qtbot, monkeypatch, notice, tmp_path):
    parent = QPushButton()
    qtbot.addWidget(parent)
    asked = []

    def choose(_parent, _title, start, _kinds):
        asked.append(start)
        return str(tmp_path / "x"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    assert save_pdf(parent, notice, "x.pdf") == tmp_path / "x.pdf"
    save_pdf(parent, notice, "y.pdf")
    assert Path(asked[0]).parent.is_dir()
    assert [Path(asked[0]).name, asked[1]] == ["x.pdf", str(tmp_path / "y.pdf")]
    save_pdf(parent, notice, "云字 1/2 号.pdf")
    assert asked[-1] == str(tmp_path / "云字 1 2 号.pdf"), "what no file name may hold is left out"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert save_pdf(parent, notice, "z.pdf") is None
