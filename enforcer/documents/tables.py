"""Ruled tables: cells that span, rows that a page may part, a head that is set again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from enforcer.documents import ink, row_sheets
from enforcer.documents.parts import Part
from enforcer.documents.slabs import Setting, Slab, line_inks
from enforcer.documents.template import Filled, FilledRow
from enforcer.documents.typeset import Type

_PAD_X, _PAD_Y = 1.9, 1.1  # mm
_ROW = 8.5  # mm
_FULL = 5_000
_TALL = 0.4  # of the page: a row above it may be parted


@dataclass(frozen=True, slots=True)
class Text:
    """One cell: its marked text, its type, how many columns and rows it takes."""

    text: str
    type: Type
    span: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Ruled:
    """One row: its cells from left to right, its least height, whether it heads every page."""

    cells: tuple[Text, ...]
    height: float = 0.0
    header: bool = False


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell in its place, its text set: one piece of ink a line, its origin the line's top left."""

    column: int
    span: int
    down: int
    lines: tuple[str, ...]
    leading: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading


def table_slabs(filled: Filled, setting: Setting) -> list[Slab]:
    """Set the table of a template; a row met before in this document is not set again."""
    part, known = filled.part, setting.book.rows
    weights = part.style.get("columns")
    if not weights:
        weights = (1.0,) * max((sum(c.span for c in r.row.cells) for r in filled.rows), default=1)
    given, count = list(filled.rows), int(part.style.get(row_sheets.KEY, 0))
    first = frozenset[int]()
    if count:
        sheets = row_sheets.sheets_of(filled.rows, count)
        heads = sum(one.row.header for one in filled.rows)
        given = sheets[0] + [one for sheet in sheets[1:] for one in sheet[heads:]]
        first = frozenset(heads + n * count for n in range(1, len(sheets)))
    rows: list[tuple[Slab, ...]] = []
    for at, one in enumerate(given):
        key = (id(one.row), setting.factor, setting.measure, one.texts)
        if key not in known:
            if len(known) > _FULL:
                known.clear()
            known[key] = tuple(grid([_ruled(one, part, setting)], weights, setting)[0])
        made = known[key]
        rows.append((replace(made[0], begins=True), *made[1:]) if at in first else made)
    headed = [one.row.header for one in given]
    return _bound(rows, headed, begun=bool(part.style.get("begun")))


def _ruled(one: FilledRow, part: Part, setting: Setting) -> Ruled:
    """A template's row with its types: labels and heads in 黑."""
    cells = []
    for text, cell in zip(one.texts, one.row.cells, strict=True):
        type_ = setting.type_of(part, "label" if cell.label or one.row.header else "")
        align = "center" if one.row.header and cell.align == "justify" else cell.align
        if align != type_.align:
            type_ = replace(type_, align=align)
        cells.append(Text(text, type_, cell.span))
    least = one.row.height or float(part.style.get("height", _ROW))
    return Ruled(tuple(cells), setting.mm(least), one.row.header)


def _bound(
    rows: Sequence[Sequence[Slab]], headed: Sequence[bool], *, begun: bool = False
) -> list[Slab]:
    """Join rows to one table: ruled above, its head kept with what follows and set again.

    The last two rows of a list stay together, so that no page begins with 以下空白 alone.
    """
    slabs: list[Slab] = []
    heads: tuple[Slab, ...] = ()
    for row, header in zip(rows, headed, strict=True):
        made = list(row)
        if header:
            made = [replace(one, keep=True) for one in made]
            heads = (*heads, *made)
        elif heads:
            made = [replace(one, head=heads) for one in made]
        if not slabs and made and not begun:
            made[0] = replace(made[0], ink=made[0].lid + made[0].ink)
        slabs += made
    last = len(slabs) - len(rows[-1]) - 1 if rows else -1
    if heads and last >= len(heads):
        slabs[last] = replace(slabs[last], keep=True)
    return slabs


def ruled_slabs(rows: Sequence[Ruled], weights: Sequence[float], setting: Setting) -> list[Slab]:
    """Set a table of any rows, cells running down included."""
    return _bound(grid(rows, weights, setting), [row.header for row in rows])


def grid(rows: Sequence[Ruled], weights: Sequence[float], setting: Setting) -> list[list[Slab]]:
    """Rule and set rows, each by itself; columns share the measure by weight."""
    whole = sum(weights)
    edges = [0.0]
    for weight in weights:
        edges.append(edges[-1] + weight / whole * setting.measure)
    placed = _placed(rows, edges, setting)
    heights = _heights(rows, placed, setting)
    made: list[list[Slab]] = []
    through: dict[int, int] = {}  # column → rows that a cell still runs down over it
    for i, cells in enumerate(placed):
        tall = heights[i] > _TALL * setting.page_height and all(c.down == 1 for c in cells)
        if tall and not through:
            made.append(_parted(cells, edges, setting, heights[i]))
        else:
            made.append([_row(cells, edges, setting, heights[i:], through)])
        through = {c: n - 1 for c, n in through.items() if n > 1}
        for cell in cells:
            if cell.down > 1:
                through |= dict.fromkeys(range(cell.column, cell.column + cell.span), cell.down - 1)
        if through:
            made[-1] = [replace(one, keep=True) for one in made[-1]]
    return made


def _placed(rows: Sequence[Ruled], edges: list[float], setting: Setting) -> list[list[_Cell]]:
    """Give each cell its column, past those that run down from above, and set its text."""
    pad = setting.mm(_PAD_X)
    taken: set[tuple[int, int]] = set()
    found = []
    for i, row in enumerate(rows):
        cells, column = [], 0
        for one in row.cells:
            while (i, column) in taken:
                column += 1
            if column >= len(edges) - 1:
                break
            last = min(column + one.span, len(edges) - 1)
            measure = max(edges[last] - edges[column] - 2 * pad, one.type.size)
            lines = line_inks(one.text, one.type, measure, setting.book) if one.text else ()
            cells.append(_Cell(column, last - column, one.down, lines, one.type.leading))
            taken |= {(i + d, c) for d in range(one.down) for c in range(column, last)}
            column = last
        found.append(cells)
    return found


def _heights(rows: Sequence[Ruled], placed: list[list[_Cell]], setting: Setting) -> list[float]:
    pad = 2 * setting.mm(_PAD_Y)
    heights = [
        max([row.height, *(c.height + pad for c in cells if c.down == 1)])
        for row, cells in zip(rows, placed, strict=True)
    ]
    for i, cells in enumerate(placed):
        for cell in cells:
            if cell.down > 1:
                last = min(i + cell.down, len(heights)) - 1
                lacking = cell.height + pad - sum(heights[i : last + 1])
                heights[last] += max(0.0, lacking)
    return heights


def _row(
    cells: list[_Cell],
    edges: list[float],
    setting: Setting,
    heights: list[float],
    through: dict[int, int],
) -> Slab:
    """One row that stays together; cells running down draw their text over the rows they take."""
    height = heights[0]
    shape = (
        tuple([(c.column, c.span, sum(heights[: c.down])) for c in cells]),
        frozenset(through.items()),
        height,
        tuple(edges),
    )
    rules = setting.book.rules.get(shape)
    if rules is None:
        rules = setting.book.rules[shape] = _rules(cells, edges, heights, through)
    words = [
        _ink(c, edges, setting, (sum(heights[: c.down]) - c.height) / 2) for c in cells if c.lines
    ]
    return Slab(height, rules + "".join(words), lid=ink.rule(edges[0], 0, edges[-1], 0))


def _rules(
    cells: list[_Cell], edges: list[float], heights: list[float], through: dict[int, int]
) -> str:
    """The lines around the cells of one row; none under a cell that runs on downwards."""
    height = heights[0]
    made = [ink.rule(edges[0], 0, edges[0], -height)]
    open_below = {c for c, left in through.items() if left > 1}
    for cell in cells:
        right = edges[cell.column + cell.span]
        made.append(ink.rule(right, 0, right, -sum(heights[: cell.down])))
        if cell.down > 1:
            open_below |= set(range(cell.column, cell.column + cell.span))
    begun: int | None = None
    for column in range(len(edges)):
        closed = column == len(edges) - 1 or column in open_below
        if closed and begun is not None:
            made.append(ink.rule(edges[begun], -height, edges[column], -height))
            begun = None
        elif not closed and begun is None:
            begun = column
    return "".join(made)


def _ink(cell: _Cell, edges: list[float], setting: Setting, top: float) -> str:
    x, y = edges[cell.column] + setting.mm(_PAD_X), -top
    made = []
    for line in cell.lines:
        made.append(ink.shifted(line, x, y))
        y -= cell.leading
    return "".join(made)


def _parted(cells: list[_Cell], edges: list[float], setting: Setting, height: float) -> list[Slab]:
    """A tall row as one slab per line, ruled at the top and bottom of every page it takes."""
    pad = setting.mm(_PAD_Y)
    leading = max(cell.leading for cell in cells)
    count = max(len(cell.lines) for cell in cells)
    spare = max(0.0, height - count * leading - 2 * pad)
    across = (edges[0], edges[-1])
    slabs = []
    for i in range(count):
        top = pad if i == 0 else 0.0
        tall = top + leading + (pad + spare if i == count - 1 else 0.0)
        made = [ink.rule(edges[0], 0, edges[0], -tall)]
        for cell in cells:
            right = edges[cell.column + cell.span]
            made.append(ink.rule(right, 0, right, -tall))
            one = replace(cell, lines=cell.lines[i : i + 1])
            made.append(_ink(one, edges, setting, top))
        base = ink.rule(across[0], -tall, across[1], -tall)
        if i == count - 1:
            made.append(base)
        lid = ink.rule(across[0], 0, across[1], 0)
        slabs.append(Slab(tall, "".join(made), keep=i == 0 or i == count - 2, lid=lid, base=base))
    return slabs
