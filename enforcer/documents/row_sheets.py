"""A table that is printed on sheets of so many rows each, as forms of the archive are.

The last sheet is filled up with empty rows. A last row of one cell (以下空白) stands in the first row
that is left empty, and falls away when none is.
"""

from __future__ import annotations

from collections.abc import Sequence

from enforcer.documents.parts import Cell, Row
from enforcer.documents.template import FilledRow
from enforcer.documents.words import Words

KEY = "sheet_rows"
"""How many rows a sheet has, in the template's table."""


def sheets_of(rows: Sequence[FilledRow], count: int) -> list[list[FilledRow]]:
    """The rows by sheet, its head on each."""
    heads = [one for one in rows if one.row.header]
    body = [one for one in rows if not one.row.header]
    closing = [one for one in body[-1:] if len(one.row.cells) == 1 and not one.row.each]
    body = body[: len(body) - len(closing)]
    columns = max((len(one.row.cells) for one in heads), default=1)
    left = -len(body) % count if body else count
    if left:
        empty = Row(tuple(Cell(Words((), "")) for _ in range(columns)), "")
        fill = [FilledRow(("",) * columns, empty)] * (left - len(closing))
        body = [*body, *closing, *fill]
    return [[*heads, *body[at : at + count]] for at in range(0, len(body), count)]
