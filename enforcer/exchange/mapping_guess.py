"""Where the header of a strange sheet stands, and which of its columns are ours."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from enforcer.exchange.cells import Cell
from enforcer.exchange.ledgers import CellKind, Ledger
from enforcer.exchange.mapping_grid import Grid
from enforcer.exchange.mapping_names import BOTH_OFFICERS, SYNONYMS

LOOK_DOWN: Final = 25
HEIGHTS: Final = (1, 2, 3)
_EXACT, _KNOWN, _TAIL, _WITHIN = 10.0, 9.0, 7.0, 4.0
_ENOUGH, _ALONE = 2, 8.0


@dataclass(frozen=True, slots=True)
class Source:
    """Where a column of ours comes from: a column of theirs, a second beside it, or one text.

    `second` is the column of the hour where day and hour stand apart. All empty: nowhere.
    """

    column: int | None = None
    second: int | None = None
    fixed: str = ""

    @property
    def given(self) -> bool:
        return self.column is not None or bool(self.fixed.strip())


@dataclass(frozen=True, slots=True)
class Title:
    """What stands above one column of theirs, line by line."""

    index: int
    parts: tuple[str, ...]

    @property
    def joined(self) -> str:
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class Layout:
    """Header rows (index from 0, how many) and where each of our columns comes from."""

    top: int
    height: int
    sources: Mapping[str, Source]

    @property
    def first(self) -> int:
        """The index of the first row below the header."""
        return self.top + self.height


def titles(grid: Grid, top: int, height: int) -> list[Title]:
    """The titles of all columns; a merged cell counts for every column and line it covers."""
    over: dict[tuple[int, int], Cell] = {}
    for start, end in grid.merged:
        if start.row - 1 < top + height and end.row > top:
            anchor = grid.cell(start.row - 1, start.column - 1)
            for row in range(max(start.row - 1, top), min(end.row, top + height)):
                for column in range(start.column - 1, min(end.column, grid.width)):
                    over[row, column] = anchor
    found = []
    for index in range(grid.width):
        lines = [
            str(over.get((row, index), grid.cell(row, index))) for row in range(top, top + height)
        ]
        parts = tuple(dict.fromkeys(form for one in lines if (form := " ".join(one.split()))))
        found.append(Title(index, parts))
    return found


def fingerprint(found: Sequence[Title]) -> str:
    """What a layout is recognised by: its titles in their order."""
    text = "\n".join(_plain(one.joined) for one in found).rstrip("\n")
    return hashlib.sha256(text.encode()).hexdigest()


def in_wan(title: Title) -> bool:
    """Whether a column is written in 万元."""
    return "万元" in title.joined


def guess(grid: Grid, ledger: Ledger) -> Layout:
    """The likeliest header and mapping; without a header our own order, the first row otherwise."""
    best = _without_header(grid, ledger)
    most = -1.0
    for top, height in headers(grid):
        found, score = match(titles(grid, top, height), ledger)
        score -= 0.6 * (height - 1) + 0.01 * top
        if score > most and (len(found) >= _ENOUGH or score >= _ALONE):
            best, most = Layout(top, height, found), score
    return _whole(grid, ledger, best) if best.sources and best.height else best


def headers(grid: Grid) -> Iterator[tuple[int, int]]:
    """Where a header may stand: its first row from 0, how many rows."""
    for top in range(min(LOOK_DOWN, len(grid.cells))):
        for height in HEIGHTS:
            if top + height > len(grid.cells) or (
                height > 1 and _is_data(grid.cells[top + height - 1])
            ):
                break
            yield top, height


def by_name(grid: Grid, ledger: Ledger) -> Layout | None:
    """The header whose titles are our own, wherever it stands; None where a required one is missing.

    A title of several lines counts by the whole of it or by its last line; one that stands twice
    is nobody's.
    """
    needed = {one.key for one in ledger.columns if one.required}
    found: list[Layout] = []
    for top, height in headers(grid):
        sources = named(titles(grid, top, height), {one.key: one.header for one in ledger.columns})
        if needed <= sources.keys():
            found.append(Layout(top, height, sources))
    return max(found, key=lambda one: (len(one.sources), -one.height, -one.top), default=None)


def named(found: Sequence[Title], wanted: Mapping[str, str]) -> dict[str, Source]:
    """Which column has which of these titles, by key."""
    sources: dict[str, Source] = {}
    for key, title in wanted.items():
        plain = _plain(title)
        whole = [one for one in found if _plain(one.joined) == plain]
        last = [one for one in found if one.parts and _plain(one.parts[-1]) == plain]
        at = whole or last
        if len(at) == 1:
            sources[key] = Source(column=at[0].index)
    return sources


def _whole(grid: Grid, ledger: Ledger, found: Layout) -> Layout:
    """The header with the lines above it that a merged title reaches into."""
    top = min(
        [
            start.row - 1
            for start, end in grid.merged
            if start.row - 1 < found.top < end.row and end.row <= found.first
        ],
        default=found.top,
    )
    if top == found.top:
        return found
    height = found.first - top
    return Layout(top, height, match(titles(grid, top, height), ledger)[0])


def _without_header(grid: Grid, ledger: Ledger) -> Layout:
    """A copied range may begin with its rows: taken in our own order, for the officer to look at."""
    if not grid.cells or not _is_data(grid.cells[0]):
        return Layout(0, 1, {})
    keys = [one.key for one in ledger.columns][: grid.width]
    return Layout(0, 0, {key: Source(column=at) for at, key in enumerate(keys)})


def match(found: Sequence[Title], ledger: Ledger) -> tuple[dict[str, Source], float]:
    """Which of their columns is which of ours, each used once, and how sure that is."""
    pairs = sorted(
        (
            (strength, -at, -title.index, column.key, title)
            for at, column in enumerate(ledger.columns)
            for title in found
            if title.parts
            and (strength := _strength(title, ledger.kind, column.header, column.key))
        ),
        key=lambda one: one[:3],
        reverse=True,
    )
    sources: dict[str, Source] = {}
    used: set[int] = set()
    score = 0.0
    for strength, _, _, key, title in pairs:
        if key in sources or title.index in used:
            continue
        sources[key] = Source(column=title.index)
        used.add(title.index)
        score += strength
    _share_officers(sources, found)
    _hour_apart(sources, found, used, ledger)
    return sources, score


def _share_officers(sources: dict[str, Source], found: Sequence[Title]) -> None:
    """One column with both names feeds both."""
    for one, other in (("officer1", "officer2"), ("officer2", "officer1")):
        if one in sources and other not in sources:
            title = found[sources[one].column or 0]
            if _plain(title.joined) in BOTH_OFFICERS:
                sources.update({other: sources[one]})
                return


def _hour_apart(
    sources: dict[str, Source], found: Sequence[Title], used: set[int], ledger: Ledger
) -> None:
    """A day in one column and the hour in another."""
    for column in ledger.columns:
        source = sources.get(column.key)
        if column.kind is not CellKind.MOMENT or source is None or source.column is None:
            continue
        name = _plain(found[source.column].joined)
        other = "时间" if "日期" in name else "日期" if name.endswith("时间") else ""
        spare = [
            one
            for one in found
            if other and one.index not in used and _plain(one.joined).endswith((other, "时刻"))
        ]
        if spare:
            pair = (source.column, spare[0].index)
            day, hour = pair if other == "时间" else pair[::-1]
            sources[column.key] = Source(column=day, second=hour)


def _strength(title: Title, kind: str, header: str, key: str) -> float:
    names = SYNONYMS.get(kind, {}).get(key, ())
    joined, tail = _plain(title.joined), _plain(title.parts[-1])
    ours = _plain(header)
    if ours == joined:
        return _EXACT
    if joined in names:
        return _KNOWN - 0.02 * names.index(joined)
    if len(title.parts) > 1 and (tail == ours or tail in names):
        return _TAIL
    within = [one for one in (ours, *names) if len(one) >= 2 and one in joined]
    if within:
        return _WITHIN + min(1.0, max(map(len, within)) / max(len(joined), 1))
    return 0.0


def _plain(text: str) -> str:
    """A title without blanks, brackets and what stands in them."""
    flat = re.sub(r"\s|\*|：|:", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"\([^)]*\)", "", flat)


def _is_data(row: Sequence[Cell]) -> bool:
    """Whether a row holds numbers or dates, as the lines of a header do not."""
    return any(
        not isinstance(cell, str) or re.search(r"[0-9]{3}|〔|[0-9]+[-/.][0-9]+", cell)
        for cell in row
        if cell != ""
    )
