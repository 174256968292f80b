"""Lays a word over a copy that is printed, and takes single papers out of a frozen batch.

The frozen file itself is never touched: both give a new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from enforcer.documents import fonts, ink, typeset
from enforcer.documents.imposition import cells, cut_marks
from enforcer.documents.ink import MM, Book
from enforcer.documents.typeset import Type
from enforcer.documents.writer import write_page
from enforcer.errors import GlyphMissing, Trouble

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter
    from pypdf.generic import DecodedStreamObject, IndirectObject

_STAMP = "/EnforcerStamp"
_SIZES = {1: 12.0, 2: 9.5, 4: 8.0}  # points of the word on a whole, half and quarter sheet
_FROM_RIGHT, _FROM_TOP = 29.0, 12.0  # mm on a whole sheet; 补录 has the corner itself
_NOTE = 0.62


def mark(pdf: bytes, text: str, *, note: str = "") -> bytes:
    """Set a small boxed word (补打) with its note on every page, and on every notice of a sheet."""
    if missing := fonts.missing(text + note):
        raise GlyphMissing(missing)
    reader, writer = _opened(pdf)
    per_sheet = _said(reader, "/PerSheet", 1)
    papers = _said(reader, "/Papers", per_sheet * len(writer.pages))
    made: dict[tuple[float, float, int], IndirectObject] = {}
    for i, page in enumerate(writer.pages):
        size = float(page.mediabox.width), float(page.mediabox.height)
        count = min(per_sheet, papers - i * per_sheet)
        key = (*size, count)
        if key not in made:
            marks = _words(list(_papers(size, per_sheet))[:count], per_sheet, (text, note))
            made[key] = _overlay(writer, marks, size)
        _lay_over(writer, page, made[key])
    return _written(writer)


def extract(
    pdf: bytes,
    pages: Sequence[int],
    *,
    slots: Sequence[int] | None = None,
    per_sheet: int | None = None,
) -> bytes:
    """Take pages (from 1) out of a file, in this order.

    With `slots` (each paper's place on its sheet, from 0) only those papers are taken, and set
    `per_sheet` on a sheet again (as they were, when not said).
    """
    from pypdf import PdfWriter

    reader, _ = _opened(pdf, cloned=False)
    count = len(reader.pages)
    if wrong := [page for page in pages if not 1 <= page <= count]:
        raise Trouble(f"这份 PDF 只有{count}页，没有第{wrong[0]}页。请核对编号后重新打印。")
    writer = PdfWriter()
    was = _said(reader, "/PerSheet", 1)
    now = was if per_sheet is None else per_sheet
    if slots is None or (was == now == 1):
        for page in pages:
            writer.add_page(reader.pages[page - 1])
    else:
        _impose(reader, writer, list(zip(pages, slots, strict=True)), (was, now))
    writer.add_metadata(
        {"/Producer": "Enforcer", "/PerSheet": str(now), "/Papers": str(len(pages))}
    )
    return _written(writer)


def _opened(pdf: bytes, *, cloned: bool = True) -> tuple[PdfReader, PdfWriter]:
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(pdf))
        return reader, PdfWriter(clone_from=reader) if cloned else PdfWriter()
    except PyPdfError as error:
        raise Trouble(f"这份 PDF 已损坏，不能打印（{error}）。请从备份恢复该文件。") from error


def _said(reader: PdfReader, key: str, otherwise: int) -> int:
    """A number that our own writer left in the file."""
    info = reader.metadata
    said = str(info.get(key, "")) if info else ""
    return int(said) if said.isdecimal() else otherwise


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _words(
    papers: Sequence[tuple[float, float, float, float]], per_sheet: int, said: tuple[str, str]
) -> tuple[str, Book]:
    """The word and its note at the top of every paper of a sheet, right, boxed."""
    book = Book()
    drawn = []
    text, note = said
    big = _SIZES[per_sheet]
    shrink = big / _SIZES[1]
    type_ = Type(fonts.chain("hei"), big, big * 1.4, "left")
    small = Type(fonts.chain("hei"), big * _NOTE, big, "left")
    for left, bottom, width, height in papers:
        word = typeset.lines(text, type_, width)[0]
        pad = 0.3 * big
        x = left + width - _FROM_RIGHT * MM * shrink - word.width - pad
        y = bottom + height - _FROM_TOP * MM * shrink
        drawn.append(
            ink.frame(x - pad, y - 0.12 * big - pad, word.width + 2 * pad, big + 2 * pad, 0.7)
        )
        drawn.append(ink.shifted(ink.line(book, word, type_, 0), x, y))
        if note:
            line = typeset.lines(note, small, width)[0]
            at = x - 2 * pad - line.width
            drawn.append(ink.shifted(ink.line(book, line, small, 0), at, y + 0.12 * big))
    return "".join(drawn), book


def _papers(
    size: tuple[float, float], per_sheet: int
) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, width and height of each paper on a page."""
    _, cell, slots = cells(per_sheet)
    width, height = size if per_sheet == 1 else cell
    for slot in slots:
        yield slot.x, slot.y, width, height


def _overlay(
    writer: PdfWriter, drawn: tuple[str, Book], size: tuple[float, float]
) -> IndirectObject:
    """The ink as a form of the new file."""
    from pypdf import PdfReader

    operators, book = drawn
    page = PdfReader(BytesIO(write_page(operators, size, book))).pages[0]
    return _form(writer, page, (0.0, 0.0, *size))


def _form(
    writer: PdfWriter,
    page: PageObject,
    box: tuple[float, float, float, float],
    place: int | None = None,
) -> IndirectObject:
    """A page as a form that shows only what lies inside `box`: of a sheet only one paper's ink."""
    from pypdf.generic import ArrayObject, DecodedStreamObject, FloatObject, NameObject

    plain = DecodedStreamObject()
    streams = page["/Contents"]
    if place is not None and isinstance(streams, ArrayObject):
        plain.set_data(streams[place].get_object().get_data())
    else:
        content = page.get_contents()
        plain.set_data(content.get_data() if content is not None else b"")
    form = plain.flate_encode()
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(v) for v in box),
            NameObject("/Resources"): page.raw_get("/Resources").clone(writer),
        }
    )
    return writer._add_object(form)


def _lay_over(writer: PdfWriter, page: PageObject, form: IndirectObject) -> None:
    """Draw the form on top of a page, whatever state its own drawing leaves behind."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    resources = page.get("/Resources", DictionaryObject()).get_object()
    forms = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
    name = f"{_STAMP}{form.idnum}"  # pages may share their resources
    forms[NameObject(name)] = form
    before = writer._add_object(_stream(b"q\n"))
    after = writer._add_object(_stream(f"\nQ q {name} Do Q\n".encode()))
    own = page.raw_get("/Contents") if "/Contents" in page else ArrayObject()
    drawn = own.get_object()
    pieces = list(drawn) if isinstance(drawn, ArrayObject) else [own]
    page[NameObject("/Contents")] = ArrayObject([before, *pieces, after])


def _stream(data: bytes) -> DecodedStreamObject:
    from pypdf.generic import DecodedStreamObject

    made = DecodedStreamObject()
    made.set_data(data)
    return made


def _impose(
    reader: PdfReader,
    writer: PdfWriter,
    wanted: Sequence[tuple[int, int]],
    per_sheet: tuple[int, int],
) -> None:
    """Set single papers of a batch on new sheets."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    was, now = per_sheet
    _, old_cell, old_slots = cells(was)
    sheet, cell, slots = cells(now)
    scale = cell[0] / old_cell[0]
    for first in range(0, len(wanted), now):
        page = writer.add_blank_page(*sheet)
        drawn, forms = [], DictionaryObject()
        for i, (number, place) in enumerate(wanted[first : first + now]):
            old, new = old_slots[place], slots[i]
            box = (old.x, old.y, old.x + old_cell[0], old.y + old_cell[1])
            name = f"/P{i}"
            forms[NameObject(name)] = _form(writer, reader.pages[number - 1], box, place)
            x, y = new.x - scale * old.x, new.y - scale * old.y
            drawn.append(f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} {y:.3f} cm {name} Do Q\n")
        drawn.append(cut_marks(now).ink)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
        page[NameObject("/Contents")] = ArrayObject(
            [writer._add_object(_stream("".join(drawn).encode()))]
        )
