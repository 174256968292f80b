"""Papers as PDF. The only file that imports reportlab."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from enforcer.documents import fonts, ink
from enforcer.documents.bars import GREYS, figure
from enforcer.documents.embed import embed
from enforcer.documents.imposition import imposition
from enforcer.documents.ink import Book
from enforcer.documents.parts import Template
from enforcer.documents.sheets import Compositor, Page
from enforcer.documents.writer import write_sheets
from enforcer.errors import GlyphMissing

_STEP = 20  # papers between two reports of progress


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished PDF: its bytes, how many pages, the hash it is frozen under."""

    pdf: bytes
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Batch(Paper):
    """Many papers in one PDF; of each the page it stands on (from 1) and its place there (from 0)."""

    page_of: list[int]
    slot_of: list[int]


def missing_glyphs(text: str) -> str:
    """The characters that no bundled face can draw, each once."""
    return fonts.missing(text)


def render(template: Template, fields: Mapping[str, Any]) -> Paper:
    """One document, all its copies one after the other."""
    book = Book()
    plan = imposition(template, 1)
    pages: list[Page] = []
    missing: dict[str, None] = {}
    for copy in template.copies:
        compositor = Compositor(template, book, plan.frame, copy)
        pages += compositor.pages(fields)
        missing |= compositor.missing
    _refuse(missing)
    press = Press(template.title, plan.sheet, book)
    for page in pages:
        press.page("".join(ink.shifted(one.block.ink, one.x, one.y) for one in page))
    return paper(press.finished(), len(pages))


def render_batch(
    template: Template,
    many: Sequence[Mapping[str, Any]],
    *,
    per_sheet: int,
    note: Callable[[int, int], object] | None = None,
) -> Batch:
    """Many papers of one kind, one, two or four on an A4 sheet (only the first copy of each).

    `note(done, total)` is told every few papers and may raise to stop.
    """
    if per_sheet not in (1, 2, 4):
        raise ValueError("per_sheet is 1, 2 or 4")
    book = Book()
    plan = imposition(template, per_sheet)
    compositor = Compositor(template, book, plan.frame, template.copies[0])
    singles: list[Page] = []
    begins = []
    for done, fields in enumerate(many):
        if note is not None and done % _STEP == 0:
            note(done, len(many))
        begins.append(len(singles))
        singles += compositor.pages(fields)
    _refuse(compositor.missing)
    data, count = write_sheets(singles, plan, book, template.title)
    return Batch(
        data,
        count,
        hashlib.sha256(data).hexdigest(),
        [at // per_sheet + 1 for at in begins],
        [at % per_sheet for at in begins],
    )


def paper(data: bytes, pages: int) -> Paper:
    return Paper(data, pages, hashlib.sha256(data).hexdigest())


def _refuse(missing: dict[str, None]) -> None:
    if missing:
        raise GlyphMissing("".join(missing))


class Press:
    """A reportlab canvas that takes our ink and our faces; the same input gives the same bytes."""

    def __init__(self, title: str, sheet: tuple[float, float], book: Book) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.book = book
        self._file = BytesIO()
        self.canvas = Canvas(
            self._file,
            pagesize=sheet,
            invariant=1,
            pageCompression=1,
            initialFontName=register("fang"),
            lang="zh-CN",
        )
        document = self.canvas._doc
        document.enforcer_book = book
        document.delayedFonts.append(_Faces(book))
        self.canvas.setTitle(title)
        self.canvas.setAuthor("")
        self.canvas.setSubject("")
        self.canvas.setCreator("Enforcer")
        self.canvas.setProducer("Enforcer")
        self.canvas.setViewerPreference("PrintScaling", "None")

    def page(self, operators: str) -> None:
        """One page of ready ink."""
        self.canvas.addLiteral(operators)
        self.canvas.showPage()

    def chart(
        self,
        labels: Sequence[str],
        series: Sequence[tuple[str, Sequence[float]]],
        width: float,
        height: float,
    ) -> str:
        """Bars in greys as ink, the chart's top left corner at the origin."""
        from reportlab.graphics import renderPDF

        drawing = _bars(labels, series, width, height)
        page, self.canvas._code = self.canvas._code, []
        try:
            renderPDF.draw(drawing, self.canvas, 0, -height)
            return "\n".join(self.canvas._code) + "\n"
        finally:
            self.canvas._code = page

    def finished(self) -> bytes:
        """The whole file."""
        self.canvas.save()
        return self._file.getvalue()


def register(role: str) -> str:
    """Make a role's faces known to reportlab; the name to ask them by."""
    from reportlab.pdfbase import pdfmetrics

    name = f"enforcer-{role}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics._fonts[name] = _RoleFont(name, role)
    return name


def _bars(
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float]]],
    width: float,
    height: float,
) -> Any:
    from reportlab.graphics.charts.barcharts import VerticalBarChart
    from reportlab.graphics.shapes import Drawing, Rect, String
    from reportlab.lib.colors import Color

    font = register("hei")
    greys = [Color(g, g, g) for g in GREYS]
    drawing = Drawing(width, height, initialFontName=font)
    bars = VerticalBarChart()
    bars.x, bars.y = 34, 30
    bars.width, bars.height = width - 44, height - 58
    bars.data = [tuple(values) for _, values in series]
    bars.categoryAxis.categoryNames = [str(label) for label in labels]
    bars.categoryAxis.labels.fontName = bars.valueAxis.labels.fontName = font
    bars.categoryAxis.labels.fontSize = bars.valueAxis.labels.fontSize = 8
    bars.categoryAxis.labels.dy = -3
    bars.categoryAxis.strokeWidth = bars.valueAxis.strokeWidth = 0.5
    bars.categoryAxis.visibleTicks = 0
    top = max((value for _, values in series for value in values), default=0)
    bars.valueAxis.valueMin = 0
    whole = all(value == int(value) for _, values in series for value in values)
    bars.valueAxis.valueStep = step = _step(top, 1.0 if whole else 0.01)
    bars.valueAxis.valueMax = step * max(1, -(-top // step))
    bars.valueAxis.labelTextFormat = lambda value: figure(value) or "0"
    bars.valueAxis.visibleGrid = 1
    bars.valueAxis.gridStrokeColor = Color(0.85, 0.85, 0.85)
    bars.valueAxis.gridStrokeWidth = 0.4
    bars.groupSpacing, bars.barWidth, bars.barSpacing = 16, 9, 1
    bars.bars.strokeColor = None
    bars.barLabelFormat = figure
    bars.barLabels.fontName, bars.barLabels.fontSize, bars.barLabels.nudge = font, 7.5, 6
    x = 34.0
    for i, (name, _) in enumerate(series):
        bars.bars[i].fillColor = greys[i % len(greys)]
        if len(series) > 1:
            grey = greys[i % len(greys)]
            drawing.add(Rect(x, height - 12, 8, 8, fillColor=grey, strokeColor=None))
            drawing.add(String(x + 12, height - 11, name, fontName=font, fontSize=8.5))
            x += 30 + fonts.chain("hei").widths[name] * 8.5 / 1000
    drawing.add(bars)
    return drawing


def _step(top: float, least: float) -> float:
    """A round distance between grid lines, about five of them."""
    step = least
    while top / step > 5:
        step = round(step * (2.5 if f"{step:g}".strip("0.").startswith("2") else 2), 6)
    return step


class _Faces:
    """Adds the faces of a document to it when it is saved."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def addObjects(self, document: Any) -> None:
        from reportlab.pdfbase.pdfdoc import PDFObject, PDFStream, PDFZCompress

        class Raw(PDFObject):  # type: ignore[misc]
            def __init__(self, dictionary: str) -> None:
                self.body = f"<<{dictionary}>>"

            def format(self, _document: Any) -> bytes:
                return self.body.encode("latin-1")

        def add(dictionary: str, stream: bytes | None) -> str:
            one: Any = Raw(dictionary)
            if stream is not None:
                one = PDFStream(content=stream, filters=[PDFZCompress])
                if dictionary:
                    one.dictionary["Length1"] = len(stream)
            return str(document.Reference(one).format(document).decode())

        named = document.idToObject["BasicFonts"].dict
        for codes in self._book.used():
            named[codes.name] = embed(codes, add)


class _RoleFont:
    """A role's chain of faces as reportlab expects a font; what its charts write goes through it."""

    _dynamicFont = _multiByte = 1
    shapable = False
    encName = "Identity-H"

    def __init__(self, name: str, role: str) -> None:
        self.fontName = name
        self._role = role
        self.face = _Metrics(fonts.chain(role).first)

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: ARG002
        return sum(map(fonts.chain(self._role).widths.__getitem__, text)) * size / 1000

    def splitString(self, text: str | bytes, document: Any) -> list[tuple[int, bytes]]:
        said = text.decode() if isinstance(text, bytes) else text
        chain = fonts.chain(self._role)
        found: list[tuple[int, bytes]] = []
        for character in said:
            face = chain.glyph(character).face
            code = bytes.fromhex(document.enforcer_book.codes(face)[character])
            subset = chain.faces.index(face)
            if found and found[-1][0] == subset:
                found[-1] = (subset, found[-1][1] + code)
            else:
                found.append((subset, code))
        return found

    def getSubsetInternalName(self, subset: int, document: Any) -> str:
        face = fonts.chain(self._role).faces[subset]
        return f"/{document.enforcer_book.codes(face).name}"


class _Metrics:
    """What reportlab asks of a face."""

    builtIn = 0

    def __init__(self, face: Any) -> None:
        self.name = face.name
        self.ascent, self.descent = face.ascent, face.descent
