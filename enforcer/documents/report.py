"""A report as PDF: title, tables with joined heads, bar charts in greys, signatures, page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from enforcer.documents import bars, fonts, ink, marked, typeset
from enforcer.documents.imposition import A4
from enforcer.documents.ink import MM, Book
from enforcer.documents.parts import Sheet
from enforcer.documents.pdf import Press
from enforcer.documents.sheets import paged
from enforcer.documents.slabs import Setting, Slab, block, text_slabs
from enforcer.documents.tables import Ruled, Text, ruled_slabs
from enforcer.documents.typeset import Type
from enforcer.errors import GlyphMissing

_MARGIN, _FOOT = 20.0, 11.0  # mm
_ROW = 7.2
_CHART = 62.0
_GAP, _BESIDE = 4.0, 8.0
_WHOLE, _MOST_WHOLE = 18, 0.66  # rows, share of the sheet: a table so small is never broken
PAPERS = {"A4": A4, "A3": (A4[1], A4[0] * 2)}
_NUMBER = re.compile(r"[-+]?[\d,]+(?:\.\d+)?%?|[-—/]")


@dataclass(frozen=True, slots=True)
class ReportCell:
    """A cell of a table's head: how many columns and rows it joins."""

    text: str
    span: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table: its head in one or more rows, its body as words, columns by weight.

    The last `totals` rows are set in 黑; `size` is that of the body, in points.
    """

    title: str
    head: tuple[tuple[ReportCell, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    note: str = ""
    totals: int = 0
    size: float = 10.5


@dataclass(frozen=True, slots=True)
class ReportSeries:
    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ReportChart:
    """Bars in groups: one group a label, one bar a series, in darker and lighter grey.

    `across` lays the bars down beside their labels; `note` stands below.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[ReportSeries, ...]
    unit: str = ""
    across: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportPair:
    """Charts that stand beside each other."""

    charts: tuple[ReportChart, ...]


@dataclass(frozen=True, slots=True)
class ReportText:
    """A paragraph between tables."""

    text: str


ReportPart = ReportTable | ReportChart | ReportPair | ReportText


def tables(
    title: str,
    subtitle: str,
    parts: Sequence[ReportPart],
    *,
    signatures: Sequence[str] = ("审核领导", "填表人"),
    foot: str = "",
    landscape: bool = False,
    paper: str = "A4",
) -> bytes:
    """Set a report on A4 or A3; `foot` stands left of the page number (the head of the audit chain)."""
    _refuse_missing(title, subtitle, foot, *signatures, *_said(parts))
    narrow, long = PAPERS[paper]
    width, height = (long, narrow) if landscape else (narrow, long)
    book = Book()
    press = Press(title, (width, height), book)
    setting = Setting(book, Sheet(size=10.5), width - 2 * _MARGIN * MM, height)
    flow = [_heading(title, subtitle, setting), *(_part(part, setting, press) for part in parts)]
    blocks = [block(slabs) for slabs in (*flow, _signed(signatures, setting))]
    room = height - 2 * _MARGIN * MM
    pages = paged(blocks, room, room)
    for number, page in enumerate(pages, 1):
        drawn = ink.shifted(page.ink, _MARGIN * MM, height - _MARGIN * MM)
        press.page(drawn + _footer(number, len(pages), foot, setting))
    return press.finished()


def _heading(title: str, subtitle: str, setting: Setting) -> list[Slab]:
    big = Type(fonts.chain("title"), 20, 30, "center")
    small = Type(fonts.chain("fang"), 12, 20, "center")
    slabs = text_slabs(title, big, setting.measure, setting.book)
    if subtitle:
        slabs += text_slabs(subtitle, small, setting.measure, setting.book)
    slabs[-1] = replace(slabs[-1], height=slabs[-1].height + _GAP * MM)
    return [replace(slab, keep=True) for slab in slabs]


def _part(part: ReportPart, setting: Setting, press: Press) -> list[Slab]:
    if isinstance(part, ReportText):
        type_ = Type(fonts.chain("fang"), 12, 21, indent=2)
        return [*text_slabs(part.text, type_, setting.measure, setting.book), Slab(_GAP * MM / 2)]
    if isinstance(part, ReportTable):
        body, note = _table(part, setting), _note(part.note, setting)
        if part.note and body:
            body[-1] = replace(body[-1], keep=True)
            note = [replace(one, keep=True) for one in note[:-2]] + note[-2:]
        return [*_title(part.title, setting), *body, *note]
    charts = part.charts if isinstance(part, ReportPair) else (part,)
    return _charts(charts, setting, press)


def _charts(charts: Sequence[ReportChart], setting: Setting, press: Press) -> list[Slab]:
    """One slab: the charts side by side, each under its title."""
    wide = (setting.measure - (len(charts) - 1) * _BESIDE * MM) / len(charts)
    narrow = replace(setting, measure=wide)
    height, made = 0.0, []
    for at, chart in enumerate(charts):
        unit = f"（单位：{chart.unit}）" if chart.unit else ""
        title, note = block(_title(chart.title + unit, narrow)), block(_note(chart.note, narrow))
        drawn = _drawn(chart, narrow, press)
        one = title.ink + ink.shifted(drawn.ink, 0, -title.height)
        one += ink.shifted(note.ink, 0, -title.height - drawn.height)
        made.append(ink.shifted(one, at * (wide + _BESIDE * MM), 0))
        height = max(height, title.height + drawn.height + note.height)
    return [Slab(height, "".join(made))]


def _drawn(chart: ReportChart, setting: Setting, press: Press) -> bars.Lying:
    series = [(one.name, one.values) for one in chart.series]
    if chart.across:
        return bars.lying(chart.labels, series, setting, setting.measure)
    height = _CHART * MM
    return bars.Lying(height, press.chart(chart.labels, series, setting.measure, height))


def _title(text: str, setting: Setting) -> list[Slab]:
    type_ = Type(fonts.chain("hei"), 11, 20, "left")
    slabs = text_slabs(text, type_, setting.measure, setting.book) if text else []
    return [replace(slab, keep=True) for slab in slabs]


def _note(text: str, setting: Setting) -> list[Slab]:
    type_ = Type(fonts.chain("fang"), 9, 14, "left")
    slabs = text_slabs(text, type_, setting.measure, setting.book) if text else []
    return [*slabs, Slab(_GAP * MM)]


def _table(table: ReportTable, setting: Setting) -> list[Slab]:
    """The table's slabs: a short one stays together, of a long one the first two and last two."""
    size, leading = table.size, table.size + 4
    head = Type(fonts.chain("hei"), size - 1, leading - 1, "center")
    body = Type(fonts.chain("fang"), size, leading, "left")
    strong = Type(fonts.chain("hei"), size - 1, leading, "left")
    least = _ROW * MM
    rows = [
        Ruled(tuple(Text(c.text, head, c.span, c.down) for c in line), least, header=True)
        for line in table.head
    ]
    first_total = len(table.rows) - table.totals
    for i, line in enumerate(table.rows):
        type_ = strong if i >= first_total else body
        cells = tuple(Text(text, replace(type_, align=_align(text))) for text in line)
        rows.append(Ruled(cells, least))
    count = max(sum(cell.span for cell in table.head[0]) if table.head else 0, 1)
    weights = table.widths or (1.0,) * max(count, *(len(line) for line in table.rows or [()]))
    slabs = ruled_slabs(rows, weights, setting)
    first, last = len(table.head), len(slabs) - 1
    high = sum(one.height for one in slabs)
    whole = len(table.rows) <= _WHOLE and high <= setting.page_height * _MOST_WHOLE
    return [
        replace(one, keep=True)
        if at < last and (whole or at == first or first <= at == last - 1)
        else one
        for at, one in enumerate(slabs)
    ]


def _align(text: str) -> str:
    return "right" if _NUMBER.fullmatch(text) else "left"


def _signed(signatures: Sequence[str], setting: Setting) -> list[Slab]:
    """One line for the hand: who signs, and the day."""
    if not signatures:
        return []
    type_ = Type(fonts.chain("fang"), 12, 30, "left")
    hand = marked.OPEN + marked.BLANK * 6 + marked.CLOSE
    two = marked.OPEN + marked.BLANK * 2 + marked.CLOSE
    said = "　".join(f"{name}：{hand}" for name in signatures)
    text = f"{said}　日期：{marked.OPEN}{marked.BLANK * 3}{marked.CLOSE}年{two}月{two}日"
    return [Slab(4 * MM, keep=True), *text_slabs(text, type_, setting.measure, setting.book)]


def _footer(number: int, count: int, foot: str, setting: Setting) -> str:
    type_ = Type(fonts.chain("fang"), 9, 12)
    made = []
    for text, align in ((foot, "left"), (f"第{number}页　共{count}页", "right")):
        if text:
            line = typeset.lines(text, replace(type_, align=align), setting.measure)[0]
            made.append(ink.line(setting.book, line, type_, 0))
    return ink.shifted("".join(made), _MARGIN * MM, _FOOT * MM)


def _said(parts: Sequence[ReportPart]) -> list[str]:
    found: list[str] = []
    for part in parts:
        if isinstance(part, ReportText):
            found.append(part.text)
        elif isinstance(part, ReportTable):
            found += [part.title, part.note, *(c.text for line in part.head for c in line)]
            found += [text for line in part.rows for text in line]
        else:
            for one in part.charts if isinstance(part, ReportPair) else (part,):
                found += [one.title, one.unit, one.note, *one.labels]
                found += [each.name for each in one.series]
    return found


def _refuse_missing(*texts: str) -> None:
    if missing := fonts.missing("".join(marked.refuse(text) for text in texts)):
        raise GlyphMissing(missing)
