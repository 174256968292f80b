"""A ledger of any layout read through a mapping: their columns as ours, row by row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from enforcer.errors import WorkbookTrouble
from enforcer.exchange.cells import SHANGHAI, Cell
from enforcer.exchange.container import Place
from enforcer.exchange.law_sheets import LAW_SHEETS
from enforcer.exchange.ledgers import LEDGERS, CellKind, Ledger
from enforcer.exchange.mapping_cells import lenient
from enforcer.exchange.mapping_grid import PASTED, Grid, column_name, pasted_grid, read_grids
from enforcer.exchange.mapping_guess import (
    Layout,
    Source,
    Title,
    by_name,
    fingerprint,
    guess,
    headers,
    in_wan,
    match,
    named,
    titles,
)
from enforcer.exchange.sheets import LedgerSheet, filled
from enforcer.exchange.workbook import Progress, Reading, read_rows

MAPPED: Final[dict[str, Ledger]] = {
    **LEDGERS,
    **LAW_SHEETS,
}
"""Every ledger that may come in any layout."""

_DITTO: Final = frozenset({"同上", "〃", "″", '"', "″″", "’’", "''", "——〃——"})
_TOTAL: Final = re.compile(r"(?:合|总|小|共)\s*计[：:]?")
_FOOT: Final = re.compile(r"\s*(?:填表|制表|审核|统计|填报|单位负责)人?[：:]")
_FOOT_SIGNS: Final = " 填制审统单"
_TOTAL_SIGNS: Final = " \u3000合总小共"
_SPLIT: Final = re.compile(r"[、，,；;/／\s]+")
_SHOWN: Final = 5
_STEP: Final = 2_000


def missing(ledger: Ledger, sources: Mapping[str, Source]) -> list[str]:
    """Headers of required columns that come from nowhere."""
    none = Source()
    return [
        one.header
        for one in ledger.columns
        if one.required and not sources.get(one.key, none).given
    ]


def read_mapped(
    grid: Grid,
    ledger: Ledger,
    layout: Layout,
    *,
    today: dt.date,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Reading:
    """Read every row below the header; WorkbookTrouble when a required column has no source."""
    if lacking := missing(ledger, layout.sources):
        named = "、".join(f"“{one}”" for one in lacking)
        raise WorkbookTrouble(
            f"还没有指定{named}取自哪一列。请在左边选一列，或者填一个固定的内容。"
        )
    heads = titles(grid, layout.top, layout.height)
    rows = _Rows(grid, ledger, layout)
    at, cells = rows.derive(progress)
    columns = {key: index for index, key in enumerate(rows.keys)}
    sheet = LedgerSheet(grid.name, cells, columns, rows.voids(at), tuple(rows.remarks(heads)))
    wan = frozenset(
        key
        for key, source in rows.given.items()
        if source.column is not None
        and source.column < len(heads)
        and ledger.column(key).kind is CellKind.MONEY
        and in_wan(heads[source.column])
    )
    reading = read_rows(
        sheet,
        ledger,
        at,
        today=today,
        reader_of=lenient(ledger.kind, wan=wan),
        progress=progress,
        cancelled=cancelled,
    )
    if not reading.read:
        raise WorkbookTrouble(
            f"“{grid.name}”的表头下面没有内容。请核对表头是不是在第{layout.top + 1}行。"
        )
    return reading


class _Rows:
    """Their rows in the order of our columns; blank rows, sums and feet left out."""

    def __init__(self, grid: Grid, ledger: Ledger, layout: Layout) -> None:
        self.grid, self.ledger, self.layout = grid, ledger, layout
        self.given = {
            one.key: source
            for one in ledger.columns
            if (source := layout.sources.get(one.key)) is not None and source.given
        }
        self.keys = list(self.given)
        self._used = {
            one for s in self.given.values() for one in (s.column, s.second) if one is not None
        }
        self._skipped: list[str] = []
        self._filled = 0

    def derive(self, progress: Progress | None) -> tuple[list[int], list[list[Cell]]]:
        """Excel row numbers and the cells of each row."""
        header = list(self.grid.cells[self.layout.first - 1]) if self.layout.height else []
        over = self._merged_down()
        parts = self._shared_officers()
        plain = [-1 if one.column is None else one.column for one in self.given.values()]
        special = [
            place
            for place, (key, one) in enumerate(self.given.items())
            if over or key in parts or one.second is not None or one.fixed
        ]
        at: list[int] = []
        rows: list[list[Cell]] = []
        above: list[Cell] = []
        for index in range(self.layout.first, len(self.grid.cells)):
            source = self.grid.cells[index]
            if progress is not None and index % _STEP == 0:
                progress(index, len(self.grid.cells))
            if (
                self._blank(index, source, over)
                or source == header
                or self._left_out(index, source)
            ):
                continue
            width = len(source)
            row: list[Cell] = [source[one] if 0 <= one < width else "" for one in plain]
            for place in special:
                row[place] = self._cell(index, source, self.keys[place], over, parts)
            if above and not _DITTO.isdisjoint(row):
                row = [above[at] if one in _DITTO else one for at, one in enumerate(row)]
            above = row
            at.append(index + 1)
            rows.append(row)
        return at, rows

    def _blank(
        self, index: int, source: Sequence[Cell], over: Mapping[tuple[int, int], Cell]
    ) -> bool:
        if any(filled(source[one]) for one in self._used if one < len(source)):
            return False
        return not over or not any((index, one) in over for one in self._used)

    def _cell(
        self,
        index: int,
        source: Sequence[Cell],
        key: str,
        over: Mapping[tuple[int, int], Cell],
        parts: Mapping[str, int],
    ) -> Cell:
        told = self.given[key]
        if told.column is None:
            return told.fixed
        cell: Cell = source[told.column] if told.column < len(source) else ""
        if over and cell == "":
            cell = over.get((index, told.column), "")
        if cell == "" and told.fixed:
            return told.fixed
        if told.second is not None:
            second = source[told.second] if told.second < len(source) else ""
            return _joined(cell, second)
        if key in parts and isinstance(cell, str):
            names = [one for one in _SPLIT.split(cell.strip()) if one]
            return names[parts[key]] if parts[key] < len(names) else ""
        return cell

    def _shared_officers(self) -> dict[str, int]:
        """Both officers from one column: the first name and the second."""
        one, two = self.given.get("officer1"), self.given.get("officer2")
        if one is None or two is None or one.column is None or one.column != two.column:
            return {}
        return {"officer1": 0, "officer2": 1}

    def _merged_down(self) -> dict[tuple[int, int], Cell]:
        """What a cell merged over several rows says in the rows below its first."""
        over: dict[tuple[int, int], Cell] = {}
        for start, end in self.grid.merged:
            if start.row - 1 < self.layout.first or end.row == start.row:
                continue
            if start.column - 1 not in self._used:
                continue
            anchor = self.grid.cell(start.row - 1, start.column - 1)
            for row in range(start.row, end.row):
                over[row, start.column - 1] = anchor
            self._filled += 1
        return over

    def _left_out(self, index: int, source: Sequence[Cell]) -> bool:
        """Sums and the line of who filled in the form are no rows of a ledger."""
        first = next((one for one in source if filled(one)), "")
        foot = False
        for one in source:
            if one and isinstance(one, str) and one[0] in _FOOT_SIGNS and _FOOT.match(one):
                foot = True
        if foot or (isinstance(first, str) and first[0] in _TOTAL_SIGNS and _is_total(first)):
            shown = str(first).strip()[:20]
            self._skipped.append(f"第{index + 1}行“{shown}”不是台账的内容，没有导入。")
            return True
        return False

    def voids(self, at: Sequence[int]) -> dict[Place, str]:
        """Cells without a value, by where they now stand."""
        if not self.grid.voids:
            return {}
        known = set(at)
        return {
            Place(place.row, self.keys.index(key) + 1): say
            for place, say in self.grid.voids.items()
            if place.row in known
            for key, source in self.given.items()
            if source.column == place.column - 1
        }

    def remarks(self, heads: Sequence[Title]) -> list[str]:
        """What was left out or filled in."""
        said = self._skipped[:_SHOWN]
        if len(self._skipped) > _SHOWN:
            said.append(f"另有{len(self._skipped) - _SHOWN}行合计、落款没有导入。")
        if self._filled:
            said.append(f"有{self._filled}处上下合并的单元格，下面各行按合并的内容读取。")
        spare = [
            f"{column_name(one.index)}列“{one.joined[:20]}”"
            for one in heads
            if one.parts and one.index not in self._used
        ]
        if spare:
            said.append(f"没有用到的列：{'、'.join(spare)}。")
        return said


def _is_total(first: str) -> bool:
    return _TOTAL.fullmatch(first.strip()) is not None


def _joined(day: Cell, hour: Cell) -> Cell:
    """A day and an hour from two cells as one."""
    if hour in ("", None) or (isinstance(hour, str) and not hour.strip()):
        return day
    if isinstance(hour, dt.datetime):
        hour = hour.time()
    if isinstance(hour, dt.timedelta):
        hour = (dt.datetime(2000, 1, 1, tzinfo=SHANGHAI) + hour).time()
    if isinstance(hour, float) and 0 <= hour < 1:
        minutes = round(hour * 24 * 60)
        hour = dt.time(minutes // 60 % 24, minutes % 60)
    said = hour.isoformat("minutes") if isinstance(hour, dt.time) else str(hour).strip()
    if isinstance(day, dt.datetime):
        day = day.date()
    return f"{day.isoformat() if isinstance(day, dt.date) else str(day).strip()} {said}"


__all__ = [
    "MAPPED",
    "PASTED",
    "Grid",
    "Layout",
    "Source",
    "Title",
    "by_name",
    "column_name",
    "fingerprint",
    "guess",
    "headers",
    "match",
    "missing",
    "named",
    "pasted_grid",
    "read_grids",
    "read_mapped",
    "titles",
]
