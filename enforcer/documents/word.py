"""Papers as .docx, to be finished in WPS or Word: the same template, the same fields, the same words.

Fonts are those of an office PC, named for both scripts (`w:eastAsia`); sizes, line spacing, margins,
tables, underlined fill-ins and signature lines are the template's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import product
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from enforcer.documents import marked, row_sheets, template, word_text
from enforcer.documents.imposition import A4, imposition
from enforcer.documents.ink import MM, Book
from enforcer.documents.parts import Copy, Part, Template
from enforcer.documents.pictures import Picture
from enforcer.documents.sheets import Compositor
from enforcer.documents.template import Filled
from enforcer.documents.word_text import PAGE, PAGES, Look, look_of

_PAD, _PAD_ROW = 1.9, 1.1  # mm, as on the printed paper
_ROW, _LINE = 8.5, 9.0
_SIGNATURE_HEIGHT, _SIGNATURE_WIDTH, _SEAL_SPACE = 10.0, 45.0, 45.0
_CODE, _PICTURE = 17.0, 110.0
_EDGE = 4.0  # points around a photo in its frame
_FOOT = 12.0
_WHOLE = 400  # characters: a row with more may be parted between two pages


def document(form: Template, fields: Mapping[str, Any]) -> bytes:
    """One paper, all its copies, each a section that counts its own pages."""
    return documents(form, (fields,))


def documents(
    form: Template, many: Sequence[Mapping[str, Any]], photos: Sequence[Picture] = ()
) -> bytes:
    """Several papers of one kind in one file; `photos` are what its frames ask for, from 1."""
    doc = Document()
    word_text.settle(doc, form.title)
    for number, (fields, copy) in enumerate(product(many, form.copies)):
        section = doc.sections[0] if number == 0 else doc.add_section(WD_SECTION.NEW_PAGE)
        _sheet(section, form)
        writer = _Writer(doc, form, fields, copy, photos)
        writer.body()
        writer.foot(section)
    out = BytesIO()
    doc.save(out)
    return out.getvalue()


def _sheet(section: Any, form: Template) -> None:
    top, right, bottom, left = form.sheet.margins
    section.page_width, section.page_height = Pt(A4[0]), Pt(A4[1])
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    codes = [one.style.get("size_mm", _CODE) for one in form.parts if one.kind == "code"]
    foot = _FOOT + 2 + max(codes, default=0)  # nothing flows beneath the code in the foot
    section.bottom_margin, section.left_margin = Mm(max(bottom, foot)), Mm(left)
    section.header_distance, section.footer_distance = Mm(10), Mm(_FOOT - 2)
    section.footer.is_linked_to_previous = False
    section.header.is_linked_to_previous = False
    word_text.restart_pages(section)


class _Writer:
    """Writes the parts of one copy."""

    def __init__(
        self,
        doc: Any,
        form: Template,
        fields: Mapping[str, Any],
        copy: Copy,
        photos: Sequence[Picture],
    ) -> None:
        self._doc = doc
        self._form = form
        self._fields = fields
        self._copy = copy
        self._photos = photos
        frame = imposition(form, 1).frame
        compositor = Compositor(form, Book(), frame, copy)
        compositor.pages(fields)
        self._step = compositor.step
        margins = form.sheet.margins
        self._measure = A4[0] - (margins[1] + margins[3]) * MM
        self._last: Any = None
        self._setters: dict[str, Callable[[Filled, Look], None]] = {
            "signature": self._signature,
            "seal": self._seal,
            "lines": self._lines,
            "receipt": self._receipt,
            "table": self._table,
            "cut": self._across,
            "seam": self._across,
            "mark": self._mark,
            "picture": self._picture,
        }

    def body(self) -> None:
        """Everything that flows."""
        above: list[tuple[Filled, Look]] = []
        for part in self._form.parts:
            if part.kind in ("footer", "code"):
                continue
            for filled in self._filled(part):
                look = look_of(part, self._form.sheet, self._step)
                if count := int(part.style.get(row_sheets.KEY, 0)):
                    self._sheets(filled, look, count, above)
                    continue
                self._setters.get(part.kind, self._text)(filled, look)
                above.append((filled, look))

    def _sheets(
        self, filled: Filled, look: Look, count: int, above: Sequence[tuple[Filled, Look]]
    ) -> None:
        """A table of so many rows a sheet; what stands above it stands above it on each."""
        for number, rows in enumerate(row_sheets.sheets_of(filled.rows, count)):
            for at, (one, own) in enumerate(above if number else ()):
                self._setters.get(one.part.kind, self._text)(one, own)
                if at == 0:
                    self._last.paragraph_format.page_break_before = True
            self._table(replace(filled, rows=tuple(rows)), look)

    def foot(self, section: Any) -> None:
        """What stands on every page: words left, in the middle, right, and the QR code."""
        parts = {
            part.kind: one
            for part in self._form.parts
            if part.kind in ("footer", "code")
            for one in self._filled(part)
            if part.kind == "footer" or one.texts["text"]
        }
        if not parts:
            return
        footer = section.footer
        code = parts.get("code")
        size = float(code.part.style.get("size_mm", _CODE)) * MM if code else 0.0
        table = footer.add_table(1, 2 if code else 1, Pt(self._measure))
        word_text.plain_table(
            table, [self._measure - size - 2 * MM, size + 2 * MM] if code else [self._measure]
        )
        words = table.rows[0].cells[0]
        self._foot_words(words, parts.get("footer"), self._measure - size - 2 * MM)
        if code:
            look = look_of(code.part, self._form.sheet)
            text = code.texts.get("caption", "")
            if text:
                paragraph = words.add_paragraph()
                word_text.shape(paragraph, look, align="right")
                word_text.write(paragraph, text, look)
            word_text.picture(table.rows[0].cells[1], marked.plain(code.texts["text"]), size)
        word_text.drop(footer.paragraphs[0])

    def _foot_words(self, cell: Any, filled: Filled | None, measure: float) -> None:
        first = cell.paragraphs[0]
        if filled is None:
            return
        look = look_of(filled.part, self._form.sheet)
        columns = [
            filled.texts.get(n, "").split(marked.PARAGRAPH) for n in ("left", "center", "right")
        ]
        most = max(len(one) for one in columns)
        for row in range(most):
            paragraph = first if row == 0 else cell.add_paragraph()
            word_text.shape(paragraph, look)
            word_text.tabs(paragraph, (self._measure / 2, "center"), (measure, "right"))
            said = [
                one[row - (most - len(one))] if row >= most - len(one) else "" for one in columns
            ]
            for at, text in enumerate(said):
                if at and any(said[at:]):
                    paragraph.add_run("\t")
                word_text.write(
                    paragraph,
                    text if at else text.strip("　"),
                    look,
                    alone=len(self._form.copies) == 1,
                )

    def _filled(self, part: Part) -> Iterator[Filled]:
        yield from template.fill(part, self._fields, self._copy, page=PAGE, pages=PAGES)

    def _paragraph(self, text: str, look: Look, **more: Any) -> Any:
        paragraph = self._doc.add_paragraph()
        word_text.shape(paragraph, look, **more)
        word_text.write(paragraph, text, look)
        self._last = paragraph
        return paragraph

    def _text(self, filled: Filled, look: Look) -> None:
        if not filled.texts.get("text"):
            return
        pieces = word_text.paragraphs(filled.texts["text"])
        for at, piece in enumerate(pieces):
            before = look.before if at == 0 else 0.0
            after = look.after if at == len(pieces) - 1 else 0.0
            self._paragraph(piece, look, before=before, after=after)

    def _signature(self, filled: Filled, look: Look) -> None:
        style = filled.part.style
        height = float(style.get("height", _SIGNATURE_HEIGHT)) * MM * self._step
        width = float(style.get("width", _SIGNATURE_WIDTH)) * MM * self._step
        label = filled.texts["label"]
        start = max((len(marked.plain(label)) + 0.4) * look.size, 9.2 * look.size)
        paragraph = self._paragraph(label, look, before=look.before, leading=height)
        word_text.tabs(paragraph, (start, "left"))
        paragraph.add_run("\t")
        word_text.write(paragraph, marked.filled("", max(2, round(width / look.size))), look)
        if filled.texts.get("beside"):
            word_text.write(paragraph, "　" + filled.texts["beside"], look)
        if style.get("keep"):
            paragraph.paragraph_format.keep_with_next = True

    def _seal(self, filled: Filled, look: Look) -> None:
        """Organ over date, one above the other in the middle of the space the seal will take."""
        space = float(filled.part.style.get("space", _SEAL_SPACE)) * MM * self._step
        wide = max(word_text.width(filled.texts[n], look.size) for n in ("organ", "date"))
        half = max(wide, space * 0.8) / 2
        left = max(0.0, self._measure - 2 * look.size - 2 * half - look.size)
        above = max(0.0, (space - 2 * look.leading) / 2)
        if self._last is not None:
            self._last.paragraph_format.keep_with_next = True
        for name, before, after in (("organ", above, 0.0), ("date", 0.0, above)):
            paragraph = self._paragraph(
                filled.texts[name], look, align="center", before=before, after=after
            )
            paragraph.paragraph_format.left_indent = Pt(left)
            paragraph.paragraph_format.right_indent = Pt(look.size)
            paragraph.paragraph_format.keep_with_next = name == "organ"

    def _lines(self, filled: Filled, look: Look) -> None:
        height = float(filled.part.style.get("height", _LINE)) * self._step
        count = int(filled.part.style.get("count", 3))
        table = self._doc.add_table(count, 1)
        word_text.ruled_table(table, [self._measure], inside_only=True)
        for row in table.rows:
            row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
            word_text.shape(row.cells[0].paragraphs[0], look)
        self._gap()

    def _receipt(self, filled: Filled, look: Look) -> None:
        table = self._doc.add_table(1, 1)
        word_text.ruled_table(table, [self._measure], pad=(3.0, 3.0))
        self._cell(table.rows[0].cells[0], filled.texts["text"], look)
        self._gap()

    def _picture(self, filled: Filled, look: Look) -> None:
        """The frame of a photo with the photo in it, its sides as they are."""
        height = float(filled.part.style.get("height", _PICTURE)) * MM * self._step
        table = self._doc.add_table(1, 1)
        table.rows[0].height, table.rows[0].height_rule = Pt(height), WD_ROW_HEIGHT_RULE.EXACTLY
        word_text.ruled_table(table, [self._measure])
        name = marked.plain(filled.texts["text"])
        if name.isdecimal() and 0 < int(name) <= len(self._photos):
            one = self._photos[int(name) - 1]
            room = self._measure - 2 * _EDGE, height - 2 * _EDGE
            scale = min(room[0] / one.width, room[1] / one.height)
            paragraph = table.rows[0].cells[0].paragraphs[0]
            word_text.shape(paragraph, look, align="center", leading=1.0)
            paragraph.add_run().add_picture(
                BytesIO(one.jpeg), width=Pt(one.width * scale), height=Pt(one.height * scale)
            )
        self._gap()

    def _table(self, filled: Filled, look: Look) -> None:
        weights = filled.part.style.get("columns")
        if not weights:
            weights = (1.0,) * max(sum(c.span for c in row.row.cells) for row in filled.rows)
        if not filled.rows:
            return
        unit = self._measure / sum(weights)
        widths = [weight * unit for weight in weights]
        if look.before:
            self._gap(look.before)
        table = self._doc.add_table(0, len(widths))
        least = float(filled.part.style.get("height", _ROW))
        for one in filled.rows:
            row = table.add_row()
            high = one.row.height or least
            row.height = Mm(high * self._step)
            row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
            whole = high < 100 and max(map(len, one.texts), default=0) <= _WHOLE
            word_text.mark_row(row, header=one.row.header, whole=whole)
            column = 0
            for text, cell in zip(one.texts, one.row.cells, strict=True):
                last = min(column + cell.span, len(widths))
                box = row.cells[column]
                if last - column > 1:
                    box = box.merge(row.cells[last - 1])
                own = look.labelled() if cell.label or one.row.header else look
                align = "center" if one.row.header and cell.align == "justify" else cell.align
                self._cell(box, text, own, align)
                column = last
        word_text.ruled_table(table, widths, pad=(_PAD, _PAD_ROW))
        self._gap(look.after)

    def _cell(self, cell: Any, text: str, look: Look, align: str = "") -> None:
        for at, piece in enumerate(word_text.paragraphs(text)):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            broken = "\n" in piece and (align or look.align) == "justify"
            word_text.shape(paragraph, look, align="left" if broken else align or look.align)
            word_text.write(paragraph, piece, look)

    def _across(self, filled: Filled, look: Look) -> None:
        """A line to cut along, or the 骑缝 line, with its words."""
        paragraph = self._paragraph(
            filled.texts.get("text", ""), look, align="center", before=12, after=12
        )
        word_text.border(paragraph, "bottom", "dashed")

    def _mark(self, filled: Filled, look: Look) -> None:
        paragraph = self._paragraph(filled.texts["text"], look, align="right")
        for run in paragraph.runs:
            word_text.framed(run)

    def _gap(self, height: float = 0.0) -> None:
        """A table has to be followed by a paragraph; it takes next to no room."""
        paragraph = self._doc.add_paragraph()
        word_text.tiny(paragraph, max(1.0, height))
        assert paragraph._p.tag == qn("w:p")
