"""One value into one Excel cell: never a formula, never cut, never changed in silence."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from enforcer.errors import WorkbookTrouble
from enforcer.terms import Term

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_CELL = 32_767  # UTF-16 units; beyond it Excel cuts and says nothing
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_FIRST_DAY = dt.date(1900, 3, 1)  # before it Excel counts a 29 February 1900
_MAX_EXACT = 10**15
# A lone sign is a dash or a mark; with something behind it a spreadsheet tries to calculate.
_FORMULA_LIKE = re.compile(r"'*[=+\-@\t\r＝＋－＠].", re.DOTALL)
_UNWRITABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_CAREFUL = re.compile(rf"\A{_FORMULA_LIKE.pattern}|\r|{_UNWRITABLE.pattern}", re.DOTALL)


class ColumnKind(StrEnum):
    """How the cells of a column are written."""

    TEXT = "text"
    ID = "id"  # a number that is a name (文号, 证号): a text cell that stays text when edited
    DATE = "date"
    DATETIME = "datetime"
    MONEY = "money"  # integer 分 in, a number in 元 out
    WAN = "wan"  # integer 分 in, a number in 万元 with up to six decimals out
    COUNT = "count"


_SAYINGS = {
    "formula": "以“=”“+”“-”“@”等符号开头，前面加了单引号，以免被当作公式计算",
    "removed": "含有看不见的控制字符或者残缺字符，已去掉",
    "breaks": "的换行符已统一为Excel的换行",
}


@dataclass
class Changes:
    """Where something was changed so that Excel shows it as it is; one remark for each sort."""

    rows: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def add(self, sort: str, column: str, row: int) -> None:
        self.rows.setdefault((sort, column), []).append(row)

    def remarks(self) -> tuple[str, ...]:
        return tuple(
            f"“{column}”列有{len(rows)}个单元格（第{'、'.join(map(str, rows[:5]))}"
            f"{'等' if len(rows) > 5 else ''}行）{_SAYINGS[sort]}。"
            for (sort, column), rows in self.rows.items()
        )


@dataclass(frozen=True, slots=True)
class ColumnWriter:
    """Writes the cells of one column of one sheet."""

    sheet: Worksheet
    column: int
    title: str
    kind: ColumnKind
    plain: Format
    shaped: Format
    changes: Changes

    def write(self, row: int, value: object) -> None:
        """Write the value at the 0-based row."""
        if value is None or value == "":
            self.sheet.write_blank(row, self.column, None, self.plain)
        elif isinstance(value, str) and not isinstance(value, Term):
            self._text(row, value)
        elif isinstance(value, bool):
            self._text(row, "是" if value else "否")
        elif self.kind is ColumnKind.MONEY and isinstance(value, int):
            self._number(row, value / 100, value)
        elif self.kind is ColumnKind.WAN and isinstance(value, int):
            self._number(row, Decimal(value) / 1_000_000, value)
        elif self.kind is ColumnKind.COUNT and isinstance(value, int | float | Decimal):
            self._number(row, value, value)
        elif isinstance(value, dt.date):
            self._date(row, value)
        else:
            self._text(row, value.label if isinstance(value, Term) else str(value))

    def _number(self, row: int, number: float | Decimal, exact: float | Decimal) -> None:
        if not -_MAX_EXACT < exact < _MAX_EXACT:  # Excel would round it
            self._text(row, str(exact))
        else:
            self.sheet.write_number(row, self.column, float(number), self.shaped)

    def _date(self, row: int, value: dt.date) -> None:
        if isinstance(value, dt.datetime):
            if value.tzinfo is None:
                raise ValueError("a naive datetime reached the export")
            value = value.astimezone(_SHANGHAI).replace(tzinfo=None)
        day = value.date() if isinstance(value, dt.datetime) else value
        if self.kind in (ColumnKind.DATE, ColumnKind.DATETIME) and day >= _FIRST_DAY:
            value = day if self.kind is ColumnKind.DATE else value
            self.sheet.write_datetime(row, self.column, value, self.shaped)
        else:
            self._text(row, shown(value))

    def _text(self, row: int, text: str) -> None:
        text = made_safe(text, self.title, row + 1, self.changes)
        if len(text) > MAX_CELL // 2 and (length := len(text.encode("utf-16-le")) // 2) > MAX_CELL:
            raise WorkbookTrouble(
                f"第{row + 1}行“{self.title}”有{length:,}个字，超过Excel单元格的上限{MAX_CELL:,}个字，"
                "没有导出。请缩短这一栏，或者改用PDF、Word导出。"
            )
        self.sheet.write_string(row, self.column, text, self.plain)


def made_safe(text: str, column: str, row: int, changes: Changes) -> str:
    """Text that no spreadsheet calculates and every one can open; each change has its remark."""
    if not _CAREFUL.search(text):
        return text
    changed = text.replace("\r\n", "\n").replace("\r", "\n")
    if changed != text:
        changes.add("breaks", column, row)
    if (kept := _UNWRITABLE.sub("", changed)) != changed:
        changes.add("removed", column, row)
    if _FORMULA_LIKE.match(kept):
        changes.add("formula", column, row)
        kept = "'" + kept
    return kept


def shown(value: object) -> str:
    """A value as text, in the one form dates have everywhere."""
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Term):
        return value.label
    return "" if value is None else str(value)


def width_of(text: str) -> float:
    """Width of the longest line in digits; a Chinese character is two."""
    return max((sum(_digits(one) for one in line) for line in text.split("\n")), default=0)


def _digits(one: str) -> float:
    return 2 if unicodedata.east_asian_width(one) in "WFA" else 1
