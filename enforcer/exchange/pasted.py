"""A range copied from a spreadsheet: its rows from the plain text, or from a table of a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"(?=\t|\r\n|\n|\r|\Z)')
_ENDS: Final = re.compile(r"\t|\r\n|\n|\r")
_INSIDE: Final = re.compile(r'[\t\r\n]|""')
_MOST_ACROSS: Final = 200


def rows(text: str) -> list[list[str]]:
    """The cells row by row; blank rows at the end are none.

    A spreadsheet puts quotes round a cell that holds lines, tabs or quotes of such a cell; quotes
    that merely stand in a cell belong to it, and never swallow the rows below.
    """
    found: list[list[str]] = [[]]
    at, end = 0, len(text)
    while at <= end:
        quoted = _QUOTED.match(text, at) if text[at : at + 1] == '"' else None
        if quoted is not None and _INSIDE.search(quoted[1]):
            cell, at = quoted[1].replace('""', '"').replace("\r\n", "\n"), quoted.end()
        else:
            stop = _ENDS.search(text, at)
            until = stop.start() if stop else end
            cell, at = text[at:until], until
        found[-1].append(cell)
        if at >= end:
            break
        if text[at] == "\t":
            at += 1
            continue
        at += 2 if text[at : at + 2] == "\r\n" else 1
        found.append([])
    while found and not any(one.strip() for one in found[-1]):
        found.pop()
    return found


def table_text(html: str) -> str:
    """The first table of a copied page as the text a spreadsheet would have given; "" without one."""
    reader = _Table()
    reader.feed(html)
    reader.close()
    return "\r\n".join("\t".join(map(_as_cell, row)) for row in reader.filled())


def _as_cell(text: str) -> str:
    if re.search(r'[\t\n"]', text):
        return '"' + text.replace('"', '""') + '"'
    return text


class _Table(HTMLParser):
    """The cells of the first table; what spans several columns leaves blanks beside it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._rows: list[list[tuple[str, int]]] = []
        self._cell: list[str] | None = None
        self._across, self._depth, self._over = 1, 0, False

    def filled(self) -> Iterator[list[str]]:
        """The rows with their blanks."""
        for row in self._rows:
            cells: list[str] = []
            for text, across in row:
                cells += [text, *[""] * (across - 1)]
            yield cells

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell; a break within a cell is a line."""
        if tag == "table":
            self._depth += 1
        if self._over or self._depth != 1:
            return
        if tag == "tr":
            self._end_cell()
            self._rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            if not self._rows:
                self._rows.append([])
            across = dict(attrs).get("colspan") or "1"
            self._across = min(int(across), _MOST_ACROSS) if across.isdigit() else 1
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a cell, a row, the table."""
        if tag in ("td", "th", "tr") and self._depth == 1:
            self._end_cell()
        elif tag == "table":
            self._end_cell()
            self._depth -= 1
            self._over = self._over or self._depth == 0

    def handle_data(self, data: str) -> None:
        """Words of a cell; a line of the source is no line of the cell."""
        if self._cell is not None:
            self._cell.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _end_cell(self) -> None:
        if self._cell is not None:
            lines = "".join(self._cell).split("\n")
            text = "\n".join(one.strip(" \xa0") for one in lines).strip("\n")
            self._rows[-1].append((text, max(self._across, 1)))
        self._cell = None
