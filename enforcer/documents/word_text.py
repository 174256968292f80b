"""Runs, paragraphs and tables of a .docx: fonts for both scripts, underlines, boxes, page fields."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from enforcer.documents import marked, qr
from enforcer.documents.ink import MM
from enforcer.documents.parts import Part, Sheet
from enforcer.documents.slabs import DEFAULTS

PAGE, PAGES = "\ue000", "\ue001"
"""Stand-ins for the number of the page and the count of pages, until they become fields of Word."""

_FACES = {
    "fang": "仿宋",
    "kai": "楷体",
    "song": "宋体",
    "hei": "黑体",
    "hei_bold": "黑体",
    "title": "方正小标宋简体",
}
_OTHERWISE = {
    "方正小标宋简体": "华文中宋;宋体",
    "仿宋": "仿宋_GB2312;FangSong",
    "楷体": "楷体_GB2312;KaiTi",
}
_LATIN = "Times New Roman"
_LABEL = 0.87
_ALIGN = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_TABS = {
    "left": WD_TAB_ALIGNMENT.LEFT,
    "center": WD_TAB_ALIGNMENT.CENTER,
    "right": WD_TAB_ALIGNMENT.RIGHT,
}
# Word asks for the order of the schema: what has to stand after each of ours
_AFTER_FRAME = ("w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang")
_AFTER_SPREAD = (
    "w:w",
    "w:kern",
    "w:position",
    "w:sz",
    "w:szCs",
    "w:highlight",
    "w:u",
    "w:bdr",
    *_AFTER_FRAME,
)
_AFTER_GRID = (
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:jc",
    "w:rPr",
    "w:sectPr",
)
_AFTER_BORDER = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:snapToGrid", *_AFTER_GRID)
_AFTER_PAGE_NUMBERS = ("w:cols", "w:formProt", "w:vAlign", "w:titlePg", "w:docGrid")
_AFTER_COMPAT = (
    "w:docVars",
    "w:rsids",
    "m:mathPr",
    "w:themeFontLang",
    "w:clrSchemeMapping",
    "w:shapeDefaults",
    "w:decimalSymbol",
    "w:listSeparator",
)
_TOKENS = re.compile(f"[{marked.OPEN}{marked.CLOSE}{marked.KEEP}{marked.END}{PAGE}{PAGES}\n]|{marked.BLANK}+|[^{marked.OPEN}{marked.CLOSE}{marked.KEEP}{marked.END}{marked.BLANK}{PAGE}{PAGES}\n]+")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How a part is written: face, size and leading in points, indent in characters."""

    face: str
    size: float
    leading: float
    align: str
    indent: float
    spread: float
    inset: float
    before: float
    after: float
    keep: bool

    def labelled(self) -> Look:
        """As the labels of tables are set: 黑, a little smaller."""
        return replace(self, face="hei", size=self.size * _LABEL)


def look_of(part: Part, sheet: Sheet, factor: float = 1.0) -> Look:
    """What a part's own words, its kind and the sheet say of it, `factor` smaller than written."""
    own = {**DEFAULTS.get(part.kind, {}), **part.style}
    size = float(own.get("size", sheet.size))
    align = own.get("align", "justify")
    indented = part.kind in ("paragraph", "heading") and align in ("justify", "left")
    natural = sheet.leading if size == sheet.size else size * 1.6
    return Look(
        face=own.get("face", sheet.face),
        size=size * factor,
        leading=float(own.get("leading", natural)) * factor,
        align=align,
        indent=float(own.get("indent", sheet.indent if indented else 0)),
        spread=float(own.get("spread", 0)),
        inset=float(own.get("inset", 0)),
        before=float(own.get("before", 0)) * MM * factor,
        after=float(own.get("after", 0)) * MM * factor,
        keep=bool(own.get("keep")),
    )


def settle(doc: Any, title: str) -> None:
    """The document's own defaults: title, fonts and what stands in for them, 中文排版."""
    doc.core_properties.title = title
    doc.core_properties.author = ""
    doc.core_properties.comments = ""
    style = doc.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(12)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FACES["fang"])
    style.paragraph_format.space_after = Pt(0)
    settings = doc.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = element("w:compat")
        settings.insert_element_before(compat, *_AFTER_COMPAT)
    compat.insert(0, element("w:ulTrailSpace"))
    for part in doc.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = part.blob.replace(b"</w:fonts>", _alternatives() + b"</w:fonts>")


def _alternatives() -> bytes:
    return "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _OTHERWISE.items()
    ).encode()


def element(tag: str, **values: str) -> Any:
    """A piece of WordprocessingML with its values."""
    one = OxmlElement(tag)
    for name, value in values.items():
        one.set(qn(f"w:{name}"), value)
    return one


def restart_pages(section: Any) -> None:
    """Each copy counts its own pages from one."""
    for old in section._sectPr.findall(qn("w:pgNumType")):  # copied from the section before
        section._sectPr.remove(old)
    section._sectPr.insert_element_before(element("w:pgNumType", start="1"), *_AFTER_PAGE_NUMBERS)


def paragraphs(text: str) -> list[str]:
    """The text paragraph by paragraph; an underline that runs on is closed and opened again."""
    pieces, opened = [], False
    for piece in text.split(marked.PARAGRAPH):
        whole = (marked.OPEN if opened else "") + piece
        opened = whole.rfind(marked.OPEN) > whole.rfind(marked.CLOSE)
        pieces.append(whole)
    return pieces


def shape(
    paragraph: Any,
    look: Look,
    *,
    align: str = "",
    before: float = 0.0,
    after: float = 0.0,
    leading: float = 0.0,
) -> None:
    """Alignment, indent, exact line spacing, space above and below."""
    form = paragraph.paragraph_format
    form.alignment = _ALIGN[align or look.align]
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY if not leading else WD_LINE_SPACING.AT_LEAST
    form.line_spacing = Pt(leading or look.leading)
    form.first_line_indent = Pt(look.indent * look.size)
    if look.inset:
        form.right_indent = Pt(look.inset * look.size)
    form.keep_with_next = look.keep
    form.widow_control = True
    properties = paragraph._p.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN", "w:snapToGrid"):  # as printed: no added space
        properties.insert_element_before(element(name, val="0"), *_AFTER_GRID)


def tabs(paragraph: Any, *stops: tuple[float, str]) -> None:
    """Tab stops at points from the left."""
    for at, kind in stops:
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(at), _TABS[kind])


def write(paragraph: Any, text: str, look: Look, *, alone: bool = True) -> None:
    """Marked text as runs: fill-ins underlined, space for the hand as underlined blanks.

    `alone` says that the document has one section, so that all its pages may be counted.
    """
    underlined = False
    for piece in _TOKENS.findall(text):
        if piece == marked.OPEN:
            underlined = True
        elif piece == marked.CLOSE:
            underlined = False
        elif piece in (PAGE, PAGES):
            count = "NUMPAGES" if alone else "SECTIONPAGES"
            _field(_run(paragraph, "", look), "PAGE" if piece == PAGE else count)
        elif piece == "\n":
            _run(paragraph, "", look).add_break()
        elif piece[0] == marked.BLANK:
            _run(paragraph, "　" * len(piece), look, underlined=True)
        elif piece not in (marked.KEEP, marked.END):
            _run(paragraph, piece, look, underlined=underlined)


def _run(paragraph: Any, text: str, look: Look, *, underlined: bool = False) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = _LATIN, Pt(round(look.size * 2) / 2)
    run.font.bold = True if look.face == "hei_bold" else None
    run.font.underline = True if underlined else None
    properties = run._element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _FACES[look.face])
    fonts.set(qn("w:hAnsi"), _LATIN)
    if look.spread:
        wide = element("w:spacing", val=str(round(look.spread * look.size * 20)))
        properties.insert_element_before(wide, *_AFTER_SPREAD)
    return run


def _field(run: Any, name: str) -> None:
    """A field that Word counts itself."""
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            code = element("w:instrText")
            code.text = f" {name} "
            run._element.append(code)
        run._element.append(element("w:fldChar", fldCharType=kind))
        if kind == "separate":
            shown = element("w:t")
            shown.text = "1"
            run._element.append(shown)


def width(text: str, size: float) -> float:
    """About how wide a line of Chinese is, in points."""
    return sum(size if ord(one) > 0x2E7F else size * 0.55 for one in marked.plain(text))


def plain_table(table: Any, widths: list[float]) -> None:
    """A table that only keeps things side by side."""
    _widths(table, widths, (0.0, 0.0))


def ruled_table(
    table: Any,
    widths: list[float],
    *,
    pad: tuple[float, float] = (0.0, 0.0),
    inside_only: bool = False,
) -> None:
    """A table with its rules, cells set in the middle of their height."""
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        there = not inside_only or side in ("bottom", "insideH")
        borders.append(
            element(f"w:{side}", val="single" if there else "nil", sz="4", color="000000")
        )
    table._tbl.tblPr.insert_element_before(
        borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )
    _widths(table, widths, pad)


def _widths(table: Any, widths: list[float], pad: tuple[float, float]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER  # as wide as the text: its edges meet the margins
    margins = element("w:tblCellMar")
    for side, mm in (
        ("top", pad[1] / 2),
        ("left", pad[0]),
        ("bottom", pad[1] / 2),
        ("right", pad[0]),
    ):
        margins.append(element(f"w:{side}", w=str(round(mm * MM * 20)), type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Pt(wide)
    for row in table._tbl.tr_lst:
        at = 0
        for cell in row.tc_lst:
            span = cell.grid_span
            cell.width = Pt(sum(widths[at : at + span]))
            cell.get_or_add_tcPr().append(element("w:vAlign", val="center"))
            at += span


def mark_row(row: Any, *, header: bool, whole: bool) -> None:
    """Whether a row heads every page, and whether it may be parted."""
    properties = row._tr.get_or_add_trPr()
    if whole:
        properties.append(element("w:cantSplit"))
    if header:
        properties.append(element("w:tblHeader"))


def framed(run: Any) -> None:
    """A frame around a few words."""
    box = element("w:bdr", val="single", sz="4", space="1", color="auto")
    run._element.get_or_add_rPr().insert_element_before(box, *_AFTER_FRAME)


def border(paragraph: Any, side: str, kind: str) -> None:
    """A rule along one side of a paragraph."""
    borders = element("w:pBdr")
    borders.append(element(f"w:{side}", val=kind, sz="4", space="1", color="808080"))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDER)


def tiny(paragraph: Any, height: float) -> None:
    """A paragraph that only keeps a distance."""
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(height)
    form.space_before = form.space_after = Pt(0)


def drop(paragraph: Any) -> None:
    """Take a paragraph out."""
    paragraph._p.getparent().remove(paragraph._p)


def picture(cell: Any, text: str, size: float) -> None:
    """The QR code as a picture, on the right."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run().add_picture(BytesIO(_png(text)), width=Pt(size))


def _png(text: str) -> bytes:
    """A QR code in black and white, four dots a module, without a margin."""
    symbol = qr.rows(text)
    count, dots = len(symbol), 4
    side = count * dots
    rows = bytearray()
    for row in symbol:
        bits = "".join(
            "0" * dots if row >> (count - 1 - x) & 1 else "1" * dots for x in range(count)
        )
        bits += "1" * (-side % 8)
        line = int(bits, 2).to_bytes((side + 7) // 8, "big")
        rows += (b"\0" + line) * dots
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(bytes(rows), 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
