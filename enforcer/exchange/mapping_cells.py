"""Cells of other people's ledgers, brought into the form our own readers take."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from enforcer.exchange.cells import EARLIEST_YEAR, LATEST_YEAR, Cell, Value, reader
from enforcer.exchange.ledgers import CellKind, LedgerColumn
from enforcer.exchange.mapping_names import WORDS
from enforcer.text import half_width

_DOTTED: Final = re.compile(
    r"([0-9]{4})[.．。]([0-9]{1,2})[.．。]([0-9]{1,2})[.．。]?(\s.*|[\sT]*[0-9]{1,2}[:：时].*)?",
    re.DOTALL,
)
_EIGHT: Final = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(\s.*)?", re.DOTALL)
_APOSTROPHES: Final = "'’＇"
"""Typed before a number or a day so that it stays text."""
_FIGURED: Final = frozenset({CellKind.DAY, CellKind.MOMENT, CellKind.MONEY, CellKind.COUNT})
_SERIAL: Final = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_HALVES: Final = re.compile(r"(上午|下午|中午|晚上?)\s*([0-9]{1,2})")
_FIRST_SERIAL, _LAST_SERIAL = (
    (dt.date(year, 1, 1) - dt.date(1899, 12, 30)).days for year in (EARLIEST_YEAR, LATEST_YEAR)
)
_EPOCH: Final = dt.datetime(1899, 12, 30)
_AMOUNT: Final = re.compile(r"[￥¥]?\s*([0-9][0-9,，]*(?:\.[0-9]+)?)\s*(万元|万|元整|元)?")
_COUNTED: Final = re.compile(r"([0-9][0-9,，]*)\s*[份人次张起条辆台件处家户本册余]+")
_FIGURES: Final = re.compile(r"[0-9][0-9,.，]*\s*万?元?整?")
_DAY_AND_NIGHT: Final = 12


def lenient(
    kind: str, *, wan: frozenset[str] = frozenset()
) -> Callable[..., Callable[[Cell], Value]]:
    """A maker of readers for a ledger; `wan` are the keys of columns written in 万元."""

    def make(column: LedgerColumn, *, today: dt.date) -> Callable[[Cell], Value]:
        if more := WORDS.get(kind, {}).get(column.key):
            known = {theirs: column.words[ours] for theirs, ours in more.items()}
            column = replace(column, words=known | column.words)
        read = reader(column, today=today)
        change = _CHANGES.get(column.kind)
        if column.key in wan:
            change = _in_wan
        if change is None:
            return read
        known_cells: dict[Any, Value] = {}

        def one(cell: Cell) -> Value:
            if isinstance(cell, str):
                found = known_cells.get(cell)
                if found is None:
                    typed = cell.lstrip(_APOSTROPHES) if column.kind in _FIGURED else cell
                    found = read(change(typed))
                    if len(known_cells) < 50_000:
                        known_cells[cell] = found
                return found
            return read(change(cell))

        return one

    return make


def _day(cell: Cell) -> Cell:
    """2026.9.3, 20260903, Excel's number of a day, 2026年9月3号, 下午3:05."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        whole = int(cell)
        if _FIRST_SERIAL <= cell <= _LAST_SERIAL:
            return _EPOCH + dt.timedelta(days=float(cell))
        if cell == whole and _EIGHT.fullmatch(str(whole)):
            return _typed_day(str(whole))
        return cell
    return _typed_day(cell) if isinstance(cell, str) else cell


def _typed_day(cell: str) -> Cell:
    text = half_width(cell).strip().replace("号", "日").replace("点", "时")
    if _SERIAL.fullmatch(text) and _FIRST_SERIAL <= float(text) <= _LAST_SERIAL:
        return _EPOCH + dt.timedelta(days=float(text))  # a day copied from a column of numbers
    text = text.removesuffix("许").removesuffix("左右")
    text = _HALVES.sub(_clock, text)
    found = _DOTTED.fullmatch(text) or _EIGHT.fullmatch(text)
    if found is None:
        return re.sub(r"\s*([-/])\s*", r"\1", text)
    year, month, day, rest = found.groups()
    return f"{year}-{int(month)}-{int(day)} {(rest or '').strip()}".strip()


def _clock(found: re.Match[str]) -> str:
    half, hour = found.group(1), int(found.group(2))
    if half != "上午" and hour < _DAY_AND_NIGHT and not (half == "中午" and hour > 10):
        hour += _DAY_AND_NIGHT
    return f" {hour}"


def _money(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    found = _AMOUNT.fullmatch(half_width(cell).strip())
    if found is None:
        return cell
    number = found.group(1).replace(",", "").replace("，", "")
    return _times(number) if (found.group(2) or "").startswith("万") else number


def _in_wan(cell: Cell) -> Cell:
    """A column headed 万元: its plain numbers are ten thousand 元 each."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float | int):
        return _times(format(cell, ".15g"))
    if not isinstance(cell, str):
        return cell
    found = _AMOUNT.fullmatch(half_width(cell).strip())
    if found is None:
        return cell
    number = found.group(1).replace(",", "").replace("，", "")
    return number if (found.group(2) or "").startswith("元") else _times(number)


def _times(number: str) -> str:
    """Ten thousand times, by moving the point: nothing is rounded."""
    whole, _, tail = number.partition(".")
    tail = tail.ljust(4, "0")
    rest = tail[4:]
    return (whole + tail[:4]).lstrip("0").zfill(1) + (f".{rest}" if rest else "")


def _count(cell: Cell) -> Cell:
    found = _COUNTED.fullmatch(half_width(cell).strip()) if isinstance(cell, str) else None
    return found.group(1) if found else cell


def _kinds(cell: Cell) -> Cell:
    """罚款200元 is 罚款; the amount stands in its own column."""
    if not isinstance(cell, str):
        return cell
    return _FIGURES.sub("", half_width(cell)).replace("并处", "、").replace("和", "、")


_CHANGES: Final[dict[CellKind, Callable[[Cell], Cell]]] = {
    CellKind.DAY: _day,
    CellKind.MOMENT: _day,
    CellKind.MONEY: _money,
    CellKind.COUNT: _count,
    CellKind.WORDS: _kinds,
}
