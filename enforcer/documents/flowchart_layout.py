"""Measures a wall chart: where every sign, word and line stands (A3, points, y down)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from enforcer.documents import fonts, typeset
from enforcer.documents.flowchart_parts import Node, Plan, Shape, Wire
from enforcer.documents.ink import MM
from enforcer.documents.typeset import Line, Type

A3 = (297 * MM, 420 * MM)
MARGIN = 21.0
HEAD = 73.0  # the chart's title, with the unit's name above it
FOOT = 68.0  # legend, laws, day
STRIP = 30.0  # the names of the bands
BAR = 30.0  # the clock beside the rows
COLUMN_GAP = 20.0
ROW_GAP = 12.5
BAND_GAP = 17.5
PAD = 4.0
TITLE, SMALLEST_TITLE = 15.0, 13.3
SAID, NOTE, CITE, CLOCK = 9.2, 8.6, 8.3, 9.6
QUESTION = 50.0  # a diamond is made taller only when its words leave no other way
GROUP_HEAD, GROUP_PAD = 17.0, 7.0
LANE = 15.0  # between the names of the bands and the first column


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; y grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def meets(self, other: Rect) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.x < other.right - 0.01
            and other.x < self.right - 0.01
            and self.y < other.bottom - 0.01
            and other.y < self.bottom - 0.01
        )

    def holds(self, other: Rect) -> bool:
        return (
            self.x <= other.x + 0.01
            and self.y <= other.y + 0.01
            and self.right >= other.right - 0.01
            and self.bottom >= other.bottom - 0.01
        )


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words, where it stands, and what kind of words it is."""

    line: Line
    type_: Type
    kind: str
    at: Rect


@dataclass(frozen=True, slots=True)
class Sign:
    """A node with its place and its words; `strip` is the clock at its foot."""

    node: Node
    at: Rect
    words: tuple[Words, ...]
    strip: Rect | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A wire with its corners and its label."""

    wire: Wire
    points: tuple[tuple[float, float], ...]
    label: Words | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A measured chart."""

    plan: Plan
    signs: Mapping[str, Sign]
    runs: tuple[Run, ...]
    groups: Mapping[str, Rect]
    bands: tuple[Rect, ...]
    height: float


@dataclass(frozen=True, slots=True)
class _Block:
    """Words set to a width, before it is known where they go."""

    lines: tuple[Line, ...]
    type_: Type
    kind: str

    @property
    def height(self) -> float:
        return len(self.lines) * self.type_.leading


def type_of(role: str, size: float, leading: float, align: str = "center") -> Type:
    return Type(fonts.chain(role), size, leading, align)


def balanced(text: str, type_: Type, measure: float) -> list[Line]:
    """Set words so that no line is much shorter than the others."""
    made = typeset.lines(text, type_, measure)
    if len(made) < 2:
        return made
    room = measure
    while room > measure / 2:
        tried = typeset.lines(text, type_, room - 2)
        if len(tried) > len(made):
            break
        made, room = tried, room - 2
    moved = (measure - room) / 2 if type_.align == "center" else 0.0
    return [replace(one, x=one.x + moved) for one in made]


def sheet_of(plan: Plan) -> tuple[float, float]:
    """The sheet a chart is measured on: smaller than A3 where the chart is drawn larger."""
    return A3[0] / plan.zoom, A3[1] / plan.zoom


def place(plan: Plan) -> Placed:
    """Measure the chart; what is left of the sheet's height is given to the gaps."""
    grid = _Grid(plan)
    blocks = {one.key: _blocks(one, grid.width(one)) for one in plan.nodes}
    heights = _row_heights(plan, blocks, grid)
    spare = grid.room - sum(heights) - sum(grid.gap(row) for row in range(len(heights) + 1))
    grid.lay(heights, max(0.0, spare))
    signs = {one.key: _sign(one, blocks[one.key], grid) for one in plan.nodes}
    groups = {
        one.key: _frame([s.at for s in signs.values() if one.holds(s.node)]) for one in plan.groups
    }
    runs = tuple(_run(one, signs, groups, grid) for one in plan.wires)
    return Placed(plan, signs, runs, groups, grid.bands(), -min(spare, 0.0))


def _frame(members: Sequence[Rect]) -> Rect:
    x = min(one.x for one in members) - GROUP_PAD
    y = min(one.y for one in members) - GROUP_HEAD
    right = max(one.right for one in members) + GROUP_PAD
    bottom = max(one.bottom for one in members) + GROUP_PAD
    return Rect(x, y, right - x, bottom - y)


class _Grid:
    """Columns of equal width; rows as high as what stands in them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.sheet = sheet_of(plan)
        self.left = MARGIN + STRIP + LANE
        bar = BAR if plan.bars else 0.0
        right = self.sheet[0] - MARGIN - GROUP_PAD - (bar or 6.0)
        self.column = (right - self.left - (plan.columns - 1) * COLUMN_GAP) / plan.columns
        self.top = MARGIN + HEAD
        self.room = self.sheet[1] - MARGIN - FOOT - self.top
        self._tops: list[float] = []
        self._heights: Sequence[float] = ()
        self._edges: list[float] = []

    def width(self, node: Node) -> float:
        return node.span * self.column + (node.span - 1) * COLUMN_GAP

    def gap(self, row: int) -> float:
        """The least space before a row (after the last one: below it)."""
        starts = {band.first_row for band in self.plan.bands}
        last = max(one.last_row for one in self.plan.bands) + 1
        base = BAND_GAP / 2 if row in (0, last) else BAND_GAP if row in starts else ROW_GAP
        return base + self.plan.gaps.get(row, 0.0)

    def lay(self, heights: Sequence[float], spare: float) -> None:
        """Give the rows their places, the spare height shared among the gaps."""
        count = len(heights)
        shares = [0.5, *[1.0] * (count - 1), 0.5]
        each = min(spare / sum(shares), 14.0)
        self._heights = heights
        y = self.top
        for row, height in enumerate(heights):
            y += self.gap(row) + each * shares[row]
            self._tops.append(y)
            y += height
        self._each = each
        self._end = y + self.gap(count) + each / 2

    def bands(self) -> tuple[Rect, ...]:
        """The stripes of the parts, each ending half-way to the next."""
        edges = [self.top]
        for band in self.plan.bands[1:]:
            row = band.first_row
            extra = self.plan.gaps.get(row, 0.0)
            end = self._tops[row - 1] + self._heights[row - 1]
            edges.append(end + (self._tops[row] - extra - end) / 2)
        edges.append(self._end)
        width = self.sheet[0] - 2 * MARGIN
        return tuple(Rect(MARGIN, a, width, b - a) for a, b in pairwise(edges))

    def box(self, node: Node, height: float) -> Rect:
        """Where a node of this height stands: half-way up its row."""
        x = self.left + (node.col - 1) * (self.column + COLUMN_GAP)
        y = self._tops[node.row] + (self._heights[node.row] - height) / 2
        return Rect(x, y, self.width(node), height)

    def x(self, column: float) -> float:
        """The middle of a column; a half means the gap after it (0.5: before the first)."""
        if column < 1:
            return self.left - LANE * (1 - column)
        return self.left + (column - 1) * (self.column + COLUMN_GAP) + self.column / 2

    def middle(self, row: int) -> float:
        return self._tops[row] + self._heights[row] / 2

    def y(self, row: float) -> float:
        """The middle of the gap after a row (row + 0.5; other fractions lie within that gap)."""
        whole = int(row) if row >= 0 else -1
        start = self._tops[whole] + self._heights[whole] if whole >= 0 else self.top
        end = self._tops[whole + 1] if whole + 1 < len(self._tops) else self._end
        return start + (end - start) * (row - whole)


def _row_heights(plan: Plan, blocks: Mapping[str, list[_Block]], grid: _Grid) -> list[float]:
    rows = max(band.last_row for band in plan.bands) + 1
    found = [0.0] * rows
    for one in plan.nodes:
        found[one.row] = max(found[one.row], _height(one, blocks[one.key], grid.width(one)))
    return found


def _height(node: Node, blocks: Sequence[_Block], width: float) -> float:
    said = sum(one.height for one in blocks)
    if node.shape is Shape.QUESTION:
        return max(42.0, _tall(blocks[0], width))
    strip = any(one.kind == "clock" for one in blocks)
    return max(34.0, said + 2 * PAD + (1.0 if strip else 0.0))


def _blocks(node: Node, width: float) -> list[_Block]:
    """The words of a node, line by line, its clock last."""
    if node.shape is Shape.NOTE:
        return list(_note(node, width))
    if node.shape is Shape.QUESTION:
        return [_asked(node.title, width)]
    return list(_said(node, width - 8))


def _asked(text: str, width: float) -> _Block:
    """A question as large as its diamond can hold it without growing too tall."""
    found: list[_Block] = []
    for size in (13.5, 13.0, 12.5, 12.0):
        for room in (width, width * 0.6):
            type_ = type_of("hei_bold", size, size * 1.16)
            found.append(_Block(tuple(balanced(text, type_, room)), type_, "title"))
    fitting = [one for one in found if _tall(one, width) <= QUESTION]
    return fitting[0] if fitting else min(found, key=lambda one: _tall(one, width))


def _tall(block: _Block, width: float) -> float:
    """How tall a diamond must be for the corners of its words to stay inside."""
    widest = max(one.width for one in block.lines)
    free = 1 - widest / (width - 6)
    return block.height / free if free > 0.05 else 1000.0


def _said(node: Node, room: float) -> Iterator[_Block]:
    title = _title_type(node.title, room)
    yield _Block(tuple(balanced(node.title, title, room)), title, "title")
    for kind, role, size, texts in (
        ("said", "hei", SAID, node.lines),
        ("cite", "hei", CITE, (node.cite,) if node.cite else ()),
        ("clock", "hei_bold", CLOCK, (node.clock,) if node.clock else ()),
    ):
        type_ = type_of(role, size, size * 1.22)
        room_here = room - 13 if kind == "clock" else room
        for text in texts:
            yield _Block(tuple(balanced(text, type_, room_here)), type_, kind)


def _note(node: Node, width: float) -> Iterator[_Block]:
    type_ = type_of("hei", NOTE, NOTE * 1.32, "left")
    for text in node.lines:
        yield _Block(tuple(balanced(text, type_, width - 12)), type_, "note")


def _title_type(text: str, room: float) -> Type:
    """As large as one line allows; what would be too small goes over two lines."""
    em = sum(map(fonts.chain("hei_bold").widths.__getitem__, text)) / 1000
    fits = room / em if em else TITLE
    size = min(TITLE, fits) if fits >= SMALLEST_TITLE else TITLE - 1
    return type_of("hei_bold", size, size * 1.2)


def _sign(node: Node, blocks: Sequence[_Block], grid: _Grid) -> Sign:
    at = grid.box(node, _height(node, blocks, grid.width(node)))
    body = sum(one.height for one in blocks if one.kind != "clock")
    clocks = sum(one.height for one in blocks if one.kind == "clock")
    strip_height = clocks + 4 if clocks else 0.0
    strip = Rect(at.x, at.bottom - strip_height, at.width, strip_height) if clocks else None
    y = at.y + (at.height - strip_height - body) / 2
    words: list[Words] = []
    for block in blocks:
        x, wide = _column(node, block, at)
        if block.kind == "clock" and strip is not None:
            y = strip.y + 2
        for line in block.lines:
            rect = Rect(x + line.x, y, line.width, block.type_.leading)
            words.append(Words(replace(line, x=0.0), block.type_, block.kind, rect))
            y += block.type_.leading
        assert wide > 0, node.key
    return Sign(node, at, tuple(words), strip)


def _column(node: Node, block: _Block, at: Rect) -> tuple[float, float]:
    """Left edge and width of the column that a block was set in."""
    if node.shape is Shape.QUESTION:
        wide = max(one.x + one.width for one in block.lines)
        least = min(one.x for one in block.lines)
        return at.x + (at.width - wide - least) / 2, wide
    if node.shape is Shape.NOTE:
        return at.x + 6, at.width - 12
    inset = 17 if block.kind == "clock" else 4
    return at.x + inset, at.width - inset - 4


def _run(wire: Wire, signs: Mapping[str, Sign], groups: Mapping[str, Rect], grid: _Grid) -> Run:
    begin, end = (_port(one, signs, groups, grid) for one in (wire.start, wire.end))
    points = [begin]
    for axis, where in wire.via:
        x, y = points[-1]
        points.append((grid.x(where), y) if axis == "x" else (x, grid.y(where)))
    x, y = points[-1]
    sideways = wire.end.split(".")[1][0] in "lr"
    if sideways and abs(y - end[1]) > 0.01:
        points.append((x, end[1]))
    elif not sideways and abs(x - end[0]) > 0.01:
        points.append((end[0], y))
    points.append(end)
    clean = tuple(p for i, p in enumerate(points) if not i or p != points[i - 1])
    return Run(wire, clean, _label(wire, clean) if wire.label else None)


def _port(
    said: str, signs: Mapping[str, Sign], groups: Mapping[str, Rect], grid: _Grid
) -> tuple[float, float]:
    key, _, where = said.partition(".")
    at = signs[key].at if key in signs else groups[key]
    side, _, column = where.partition("@")
    x, y = at.middle
    if column and side in "lr":
        y = grid.middle(int(column))
    elif column:
        x = grid.x(float(column))
    return {"l": (at.x, y), "r": (at.right, y), "t": (x, at.y), "b": (x, at.bottom)}[side]


def _label(wire: Wire, points: Sequence[tuple[float, float]]) -> Words:
    """Words beside the first (late: last) stretch: above a level line, right of an upright one."""
    type_ = type_of("hei", SAID, 11.0, "left")
    line = typeset.lines(wire.label, type_, 400)[0]
    (x0, y0), (x1, y1) = points[-2:] if wire.late else points[:2]
    if abs(y0 - y1) < 0.01:
        way = 1 if x1 > x0 else -1
        room = max(min(abs(x1 - x0), line.width + 10), COLUMN_GAP)
        at = Rect(x0 + way * room / 2 - line.width / 2, y0 - 12.5, line.width, 11.0)
    else:
        at = Rect(x0 + 4, y0 + min((y1 - y0) / 2, 7.0) - 5.5, line.width, 11.0)
    return Words(line, type_, "label", at)
