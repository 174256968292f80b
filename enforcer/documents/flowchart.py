"""Flow charts for the wall: A3 or A4, drawn from the steps, periods and articles of the law."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial

from enforcer.documents import (
    flowchart_ink,
    fonts,
    ink,
    marked,
    typeset,
)
from enforcer.documents.flowchart_ink import Colour, hexed
from enforcer.documents.flowchart_layout import (
    A3,
    FOOT,
    MARGIN,
    SAID,
    STRIP,
    Placed,
    Rect,
    Run,
    Sign,
    Words,
    place,
    sheet_of,
    type_of,
)
from enforcer.documents.flowchart_parts import SHORT, Bar, Plan, Shape, Who
from enforcer.documents.imposition import A4
from enforcer.documents.ink import Book
from enforcer.documents.pdf import Paper, Press, paper
from enforcer.errors import GlyphMissing
from enforcer.law import statutes

INK, QUIET = hexed("#1B2733"), hexed("#4A5868")
BLUE, PALE, GROUND, STRIPE = (hexed(one) for one in ("#17457A", "#E9F0F8", "#F4F6F9", "#C3CFDC"))
AMBER, AMBER_PALE = hexed("#9A6206"), hexed("#FFF6DF")
RED, RED_PALE = hexed("#A3231A"), hexed("#FCEDEA")
END, END_PALE = hexed("#55616E"), hexed("#E6E9ED")
WHITE = (1.0, 1.0, 1.0)
_TINT = {
    "title": INK,
    "said": INK,
    "cite": QUIET,
    "clock": RED,
    "label": QUIET,
    "note": QUIET,
}


class SheetSize(StrEnum):
    """The paper of a wall chart."""

    A3 = "A3"
    A4 = "A4"


def render(plan: Plan, *, on: date, unit: str = "", size: SheetSize = SheetSize.A3) -> Paper:
    """The chart as one page; A4 is the same page drawn smaller."""
    _refuse_missing(plan, unit)
    placed = place(plan)
    sheet = A3 if size is SheetSize.A3 else A4
    book = Book()
    press = Press(f"{unit}{plan.title}", sheet, book)
    drawn = "".join(_Drawing(placed, book).operators(unit, on))
    scale = sheet[0] / sheet_of(plan)[0]
    press.page(f"q {scale:.5f} 0 0 {scale:.5f} 0 0 cm\n{drawn}Q\n")
    return paper(press.finished(), 1)


def _refuse_missing(plan: Plan, unit: str) -> None:
    """The unit's name is the only thing typed by hand."""
    if missing := fonts.missing(marked.refuse(f"{plan.title}{unit}")):
        raise GlyphMissing(missing)


class _Drawing:
    """Draws a measured chart, y upwards as PDF has it."""

    def __init__(self, placed: Placed, book: Book) -> None:
        self.placed = placed
        self.book = book
        self.width, self.height = sheet_of(placed.plan)

    def operators(self, unit: str, on: date) -> Iterator[str]:
        yield from self._head(unit)
        yield from self._bands()
        for at in self.placed.groups.values():
            yield self._group(at)
        for bar in self.placed.plan.bars:
            yield from self._bar(bar)
        for run in self.placed.runs:
            yield self._run(run)
        for group in self.placed.plan.groups:
            yield self._group_title(group.title, self.placed.groups[group.key])
        for sign in self.placed.signs.values():
            yield from self._sign(sign)
        for run in self.placed.runs:
            yield from self._words([run.label] if run.label else [])
        yield from _Legend(self).drawn(on)

    def _head(self, unit: str) -> Iterator[str]:
        middle = self.width / 2
        if unit:
            yield self.said(unit, "title", 21, middle, MARGIN + 18, BLUE, align="center")
        y = MARGIN + (55 if unit else 45)
        yield self.said(self.placed.plan.title, "title", 34, middle, y, INK, align="center")

    def _bands(self) -> Iterator[str]:
        for i, (band, at) in enumerate(zip(self.placed.plan.bands, self.placed.bands, strict=True)):
            fill = GROUND if i % 2 == 0 else WHITE
            inner = Rect(at.x, at.y + 1.5, at.width, at.height - 3)
            yield self._rounded(inner, 6, fill=fill, line=STRIPE, width=0.7)
            strip = Rect(inner.x, inner.y, STRIP - 4, inner.height)
            yield self._rounded(strip, 6, fill=BLUE, line=None)
            yield from self._stacked(band.title, strip, 18, WHITE)

    def _stacked(self, text: str, at: Rect, size: float, colour: Colour) -> Iterator[str]:
        """Characters one below the other, in the middle of a narrow rectangle."""
        step = min(size * 1.3, (at.height - 8) / len(text))
        y = at.y + (at.height - step * len(text)) / 2
        for character in text:
            top = y + (step - size) / 2 + size * ink.ASCENT
            yield self.said(
                character,
                "hei_bold",
                min(size, step),
                at.x + at.width / 2,
                top,
                colour,
                align="center",
            )
            y += step

    def _group(self, at: Rect) -> str:
        return self._rounded(at, 7, fill=WHITE, line=BLUE, width=0.8, dash="4 2.5")

    def _group_title(self, text: str, at: Rect) -> str:
        return self.said(text, "hei_bold", 10.5, at.x + 9, at.y + 12.2, BLUE)

    def _bar(self, bar: Bar) -> Iterator[str]:
        """A long clock: from the first sign to the last, its words stacked beside the line."""
        first, last = (self.placed.signs[one].at for one in (bar.first, bar.last))
        x = self.width - MARGIN - 14.5
        top, bottom = first.middle[1], last.middle[1]
        tick = flowchart_ink.coloured(
            f"[2 2] 0 d 0.9 w {first.right:.2f} {self.up(top):.2f} m {x:.2f} {self.up(top):.2f} l S ",
            RED,
        )
        yield tick
        yield flowchart_ink.arrow([(x, self.up(top)), (x, self.up(bottom))], RED, 1.4)
        pieces = list(_pieces(bar.text))
        size, step = 12.5, 16.5
        height = step * len(pieces) + 26
        middle = (top + bottom) / 2
        box = Rect(x - 10, middle - height / 2, 20, height)
        yield self._rounded(box, 8, fill=RED_PALE, line=RED, width=0.9)
        yield flowchart_ink.clock(x, self.up(box.y + 13), 6, RED)
        y = box.y + 23
        for piece in pieces:
            wide = size if len(piece) < 2 else 11
            yield self.said(
                piece,
                "hei_bold",
                wide,
                x,
                y + (step - size) / 2 + size * ink.ASCENT,
                RED,
                align="center",
            )
            y += step

    def _run(self, run: Run) -> str:
        points = [(x, self.up(y)) for x, y in run.points]
        colour, width = (BLUE, 1.9) if run.wire.main else (QUIET, 1.0)
        return flowchart_ink.arrow(points, colour, width)

    def _sign(self, sign: Sign) -> Iterator[str]:
        yield self.outline(sign.node.shape, sign.at)
        if sign.strip is not None:
            yield self.clock_strip(sign.strip, end=sign.node.shape is Shape.END)
        if sign.node.who is not Who.OFFICER:
            inset = 9.0 if sign.node.shape is Shape.END else 2.0
            yield self.who(sign.node.who, sign.at.x + inset, sign.at.y + 1)
        yield from self._words(sign.words)

    def outline(self, shape: Shape, at: Rect) -> str:
        """The shape of a sign."""
        if shape is Shape.QUESTION:
            path = flowchart_ink.diamond(at.x, self.up(at.bottom), at.width, at.height)
            return flowchart_ink.shape(path, fill=AMBER_PALE, line=AMBER, width=1.3)
        if shape is Shape.END:
            return self._rounded(at, 13, fill=END_PALE, line=END, width=1.3)
        if shape is Shape.NOTE:
            return self._rounded(at, 4, fill=WHITE, line=STRIPE, width=0.8, dash="2 2")
        return self._rounded(at, 5, fill=WHITE, line=BLUE, width=1.2)

    def clock_strip(self, at: Rect, *, end: bool = False) -> str:
        """The clock at the foot of a box."""
        inner = Rect(at.x + 0.6, at.y, at.width - 1.2, at.height - 0.6)
        radius = 12.5 if end else 4.5
        path = flowchart_ink.footed(
            inner.x, self.up(inner.bottom), inner.width, inner.height, min(radius, inner.height)
        )
        made = flowchart_ink.shape(path, fill=RED_PALE, line=None)
        return made + flowchart_ink.clock(
            at.x + (16 if end else 11), self.up(at.middle[1]), 4.6, RED
        )

    def who(self, who: Who, x: float, y: float) -> str:
        """The sign of a person: a disc for the head, a square on its corner for the reviewer."""
        path = (
            flowchart_ink.circle(x, self.up(y), 4.2)
            if who is Who.HEAD
            else flowchart_ink.diamond(x - 5, self.up(y) - 5, 10, 10)
        )
        return flowchart_ink.shape(path, fill=BLUE, line=WHITE, width=1)

    def _words(self, words: Iterable[Words]) -> Iterator[str]:
        for one in words:
            baseline = one.at.y + ink.baseline(one.type_)
            drawn = ink.line(self.book, replace(one.line, x=one.at.x), one.type_, self.up(baseline))
            yield flowchart_ink.coloured(drawn, _TINT[one.kind])

    def said(
        self,
        text: str,
        role: str,
        size: float,
        x: float,
        baseline: float,
        colour: Colour,
        *,
        align: str = "left",
    ) -> str:
        """One line of words at a baseline (y down)."""
        type_ = type_of(role, size, size * 1.3, "left")
        line = typeset.lines(text, type_, self.width)[0]
        at = x - line.width / 2 if align == "center" else x - line.width if align == "right" else x
        return flowchart_ink.coloured(
            ink.line(self.book, replace(line, x=at), type_, self.up(baseline)), colour
        )

    def _rounded(
        self,
        at: Rect,
        radius: float,
        *,
        fill: Colour | None,
        line: Colour | None,
        width: float = 1.0,
        dash: str = "",
    ) -> str:
        path = flowchart_ink.rounded(at.x, self.up(at.bottom), at.width, at.height, radius)
        return flowchart_ink.shape(path, fill=fill, line=line, width=width, dash=dash)

    def up(self, y: float) -> float:
        """From the top of the sheet to PDF's foot."""
        return self.height - y


@dataclass(frozen=True, slots=True)
class _Sample:
    """A sign of the legend: how it is drawn at an x, how wide it is, what it means."""

    draw: Callable[[float], str]
    width: float
    text: str


class _Legend:
    """The foot: what the signs mean, what the short names stand for, as of when."""

    def __init__(self, drawing: _Drawing) -> None:
        self.drawing = drawing
        self.y = drawing.height - MARGIN - FOOT + 11

    def drawn(self, on: date) -> Iterator[str]:
        x = MARGIN + 2
        for one in self._signs():
            yield one.draw(x)
            x += one.width + 5
            yield self.drawing.said(one.text, "hei", SAID + 0.6, x, self.y + 3.8, INK)
            x += sum(map(fonts.chain("hei").widths.__getitem__, one.text)) * 0.0098 + 15
        y = self.y + 12
        type_ = type_of("hei", 8.2, 11, "left")
        for text in (self._names(on), self._as_of(on)):
            for line in typeset.lines(text, type_, self.drawing.width - 2 * MARGIN - 4):
                drawn = ink.line(
                    self.drawing.book,
                    replace(line, x=MARGIN + 2 + line.x),
                    type_,
                    self.drawing.up(y + ink.baseline(type_)),
                )
                yield flowchart_ink.coloured(drawn, QUIET)
                y += type_.leading

    def _signs(self) -> Iterator[_Sample]:
        """Only what the chart has."""
        d, y, nodes = self.drawing, self.y, self.drawing.placed.plan.nodes
        for kind, said in (
            (Shape.BOX, "办理步骤"),
            (Shape.QUESTION, "需要判断"),
            (Shape.END, "办结"),
            (Shape.NOTE, "说明"),
        ):
            if any(one.shape is kind for one in nodes):
                yield _Sample(partial(self._outlined, kind), 26, said)
        yield _Sample(lambda x: d.clock_strip(Rect(x, y - 7, 22, 14)), 22, "期限")
        for who, said in ((Who.HEAD, "负责人办理"), (Who.REVIEWER, "法制审核人员办理")):
            if any(one.who is who for one in nodes):
                yield _Sample(partial(self._person, who), 8, said)
        yield _Sample(partial(self._arrow, BLUE, 1.9), 28, "主线")
        yield _Sample(partial(self._arrow, QUIET, 1.0), 28, "分支")

    def _outlined(self, kind: Shape, x: float) -> str:
        return self.drawing.outline(kind, Rect(x, self.y - 7, 26, 14))

    def _person(self, who: Who, x: float) -> str:
        return self.drawing.who(who, x + 4, self.y)

    def _arrow(self, colour: Colour, width: float, x: float) -> str:
        y = self.drawing.up(self.y)
        return flowchart_ink.arrow([(x, y), (x + 28, y)], colour, width)

    def _names(self, on: date) -> str:
        """What the short names stand for, as far as the chart uses them."""
        plan = self.drawing.placed.plan
        used = "".join(
            (*(one.text for one in plan.bars), *(f"{n.cite}{''.join(n.lines)}" for n in plan.nodes))
        )
        said = []
        for cited, short in SHORT.items():
            known = statutes.statute(cited.split("（")[0])
            edition = known.on(on) if known else None
            if known is None or edition is None or short not in used:
                continue
            day = f"{edition.from_on.year}年{edition.from_on.month}月{edition.from_on.day}日"
            said.append(f"{short}：《{known.title}》（{edition.year}年文本，{day}起施行）")
        return "；".join(said) + "。"

    def _as_of(self, on: date) -> str:
        return (
            f"本图按{on.year}年{on.month}月{on.day}日有效的法律，由办案程序的步骤、条件和期限绘制。"
            "工作日不含法定休假日；标“待机关确认”的，法律没有规定天数。"
        )


def _pieces(text: str) -> Iterator[str]:
    """Characters for a stack; digits of one number stay together, brackets and blanks go."""
    number = ""
    for character in text:
        if character.isdigit():
            number += character
            continue
        if number:
            yield number
            number = ""
        if character == "（":
            yield ""
        elif character not in " ）":
            yield character
    if number:
        yield number
