"""Tables out to Excel: text stays text, numbers stay numbers, every sheet ready for the printer."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import math
import tempfile
from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from itertools import chain, groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enforcer.errors import WorkbookTrouble
from enforcer.exchange.cells import SHANGHAI
from enforcer.exchange.cellwriting import (
    Changes,
    ColumnKind,
    ColumnWriter,
    made_safe,
    shown,
    width_of,
)
from enforcer.exchange.ledgers import CellKind, Ledger
from enforcer.exchange.writing import explained, name_taken, put, there
from enforcer.identity import Plate
from enforcer.terms import NoticeState

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_EXCEL_ROWS = 1_048_576
_LARGE = 20_000  # rows from which the writer goes row by row, in constant memory
_SAMPLE = 200  # rows that are looked at for the width of a column
_NARROWEST, _WIDEST = 8.0, 48.0
_HEADING, _LINE = 32.0, 15.5  # points
_TAB_SIGNS = str.maketrans("[]:*?/\\", "〔〕：＊？／＼")
_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `over` are the headings above it, equal neighbours are merged into one."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT
    over: tuple[str, ...] = ()
    width: float = 0  # 0: as wide as what stands in it


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its tab, its columns, its rows, and lines of its own above and below."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    heading: str = ""
    footer: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and what had to be changed so that Excel shows it as it is."""

    path: Path
    rows: int
    remarks: tuple[str, ...] = ()


def write_table(
    path: Path,
    sheets: Sequence[Sheet],
    *,
    heading: str | None = None,
    footer: Sequence[str] | None = None,
    overwrite: bool = False,
    made_at: dt.datetime | None = None,
) -> Written:
    """Write the sheets as one workbook; WorkbookTrouble says in a sentence why it cannot be.

    `heading` and `footer` stand on every sheet that has none of its own. Nothing is at `path`
    before the file is whole and on the disk; a file already there stays unless `overwrite`.
    `made_at` goes into the properties of the file: the clock is never asked.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    assert sheets, "a workbook has a sheet"
    path = Path(path)
    if not overwrite and there(path):
        raise name_taken(path)
    changes = Changes()
    data = io.BytesIO()
    rows = 0
    try:
        with tempfile.TemporaryDirectory(prefix="enforcer-") as folder:
            book = xlsxwriter.Workbook(data, _options(sheets, folder))
            try:
                made_at = (made_at or _EPOCH).astimezone(dt.UTC)
                book.set_properties({"created": made_at})
                looks = _Looks(book)
                tabs: set[str] = set()
                for one in sheets:
                    page = book.add_worksheet(_tab(one.title, tabs))
                    rows += _Page(page, one, looks, changes).fill(heading or "", footer or ())
                book.close()
            finally:
                _let_go(book)
    except FileCreateError as wrapped:  # xlsxwriter's word for what the system said
        raise explained(path, wrapped.args[0]) from wrapped
    except OSError as trouble:
        raise explained(path, trouble) from trouble
    put(data.getvalue(), path, overwrite=overwrite)
    return Written(path, rows, changes.remarks())


def _options(sheets: Sequence[Sheet], folder: str) -> dict[str, Any]:
    large = any(not isinstance(one.rows, Sized) or len(one.rows) > _LARGE for one in sheets)
    simple = all(not column.over for one in sheets for column in one.columns)
    return {
        "constant_memory": large and simple,
        "in_memory": not (large and simple),  # then no temporary file holds the names of parties
        "tmpdir": folder,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "宋体", "font_size": 11},
    }


def _let_go(book: Workbook) -> None:
    """Close the row files of a workbook that was given up half-way."""
    for page in book.worksheets():
        if page.row_data_fh is not None:
            with contextlib.suppress(OSError):
                page.row_data_fh.close()


def _tab(title: str, taken: set[str]) -> str:
    """A tab name as Excel allows it: 31 signs, no brackets, no two alike."""
    base = title.translate(_TAB_SIGNS).strip("' ") or "表"
    name, number = base[:31], 2
    while name.casefold() in taken:
        tail = f"({number})"
        name, number = base[: 31 - len(tail)] + tail, number + 1
    taken.add(name.casefold())
    return name


class _Looks:
    """The formats of a workbook, made once."""

    def __init__(self, book: Workbook) -> None:
        cell = {"border": 1, "valign": "vcenter"}
        self.heading = book.add_format(
            {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}
        )
        self.footer = book.add_format({"align": "left", "valign": "vcenter"})
        self.header = book.add_format(
            cell | {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#E8ECF2"}
        )
        text = book.add_format(cell | {"text_wrap": True})
        number = {"align": "right"}
        self.plain = dict.fromkeys(ColumnKind, text)
        self.plain[ColumnKind.ID] = book.add_format(cell | {"num_format": "@"})
        self.shaped: dict[ColumnKind, Format] = self.plain | {
            ColumnKind.DATE: book.add_format(
                cell | {"num_format": "yyyy-mm-dd", "align": "center"}
            ),
            ColumnKind.DATETIME: book.add_format(
                cell | {"num_format": "yyyy-mm-dd hh:mm", "align": "center"}
            ),
            ColumnKind.MONEY: book.add_format(cell | number | {"num_format": "#,##0.00"}),
            ColumnKind.WAN: book.add_format(cell | number | {"num_format": "0.######"}),
            ColumnKind.COUNT: book.add_format(cell | number | {"num_format": "0"}),
        }


class _Page:
    """Fills one sheet from the top to the bottom."""

    def __init__(self, page: Worksheet, sheet: Sheet, looks: _Looks, changes: Changes) -> None:
        assert sheet.columns, "a table has a column"
        self._page, self._sheet, self._looks = page, sheet, looks
        self._changes = changes
        self._last = len(sheet.columns) - 1
        self._writers = [
            ColumnWriter(
                page,
                number,
                one.title,
                one.kind,
                looks.plain[one.kind],
                looks.shaped[one.kind],
                changes,
            ).write
            for number, one in enumerate(sheet.columns)
        ]

    def fill(self, heading: str, footer: Sequence[str]) -> int:
        rows = iter(self._sheet.rows)
        sample = list(islice(rows, _SAMPLE))
        self._widths(sample)
        top = self._heading(self._sheet.heading or heading)
        body = self._header(top)
        row = body
        for values in chain(sample, rows):
            if row >= MAX_EXCEL_ROWS - 100:
                raise WorkbookTrouble(
                    f"“{self._sheet.title}”超过{MAX_EXCEL_ROWS:,}行，一张Excel表放不下，没有导出。"
                    "请缩小期间或者分开导出。"
                )
            assert len(values) == self._last + 1, "a row has a value for each column"
            for write, value in zip(self._writers, values, strict=True):
                write(row, value)
            row += 1
        end = self._footer(row, self._sheet.footer or footer)
        self._print_setup(top, body, row, end)
        return row - body

    def _widths(self, sample: list[Sequence[object]]) -> None:
        for number, column in enumerate(self._sheet.columns):
            texts = [_cell_text(row[number], column.kind) for row in sample]
            widest = max(map(width_of, [column.title, *texts]))
            self._page.set_column(
                number, number, column.width or min(max(widest + 2, _NARROWEST), _WIDEST)
            )

    def _heading(self, heading: str) -> int:
        if not heading:
            return 0
        self._page.set_row(0, _HEADING)
        self._across(0, heading, self._looks.heading)
        return 1

    def _across(self, row: int, text: str, look: Format) -> None:
        if self._last:
            self._page.merge_range(row, 0, row, self._last, "", look)
        self._words(row, 0, text, look)

    def _header(self, top: int) -> int:
        """Write the header of one or more levels; the first row of the body."""
        columns = self._sheet.columns
        levels = 1 + max(len(one.over) for one in columns)
        for level in range(levels - 1):
            spans = groupby(range(len(columns)), lambda c, n=level: columns[c].over[: n + 1])  # type: ignore[misc]
            for over, span in spans:
                run = list(span)
                if len(over) > level:
                    self._block(top + level, run[0], top + level, run[-1], over[level])
        for number, one in enumerate(columns):
            self._block(top + len(one.over), number, top + levels - 1, number, one.title)
        lines = max(_lines(one, levels) for one in columns)
        if lines > 1:  # programs do not make room by themselves beside joined cells
            self._page.set_row(top + levels - 1, lines * _LINE)
        return top + levels

    def _block(self, row: int, column: int, last_row: int, last_column: int, text: str) -> None:
        look = self._looks.header
        if (row, column) != (last_row, last_column):
            self._page.merge_range(row, column, last_row, last_column, "", look)
        self._words(row, column, text, look)

    def _words(self, row: int, column: int, text: str, look: Format) -> None:
        safe = made_safe(text, "标题", row + 1, self._changes)
        self._page.write_string(row, column, safe, look)

    def _footer(self, row: int, lines: Sequence[str]) -> int:
        for number, line in enumerate(lines):
            self._across(row + number, line, self._looks.footer)
        return row + len(lines)

    def _print_setup(self, top: int, body: int, end_of_rows: int, end: int) -> None:
        page = self._page
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.center_horizontally()
        page.set_footer("&C第 &P 页，共 &N 页")
        page.repeat_rows(top, body - 1)
        page.print_area(0, 0, max(end - 1, body - 1), self._last)
        page.freeze_panes(body, 0)
        if body - top == 1 and end_of_rows > body:
            page.autofilter(top, 0, end_of_rows - 1, self._last)


def _lines(column: Column, levels: int) -> int:
    """Lines of a title in a column of a given width; a joined one has the rows above it too."""
    if not column.width:
        return 1
    needed = math.ceil(width_of(column.title) / (column.width - 1))
    return needed - (levels - 1 - len(column.over))


def _cell_text(value: object, kind: ColumnKind) -> str:
    if kind is ColumnKind.MONEY and isinstance(value, int):
        return f"{value / 100:,.2f}"
    if kind is ColumnKind.DATE and isinstance(value, dt.date):
        return "2026-09-03"
    return shown(value)


def ledger_sheet(ledger: Ledger, rows: Iterable[Mapping[str, Any]]) -> Sheet:
    """A ledger as a sheet that `read_ledger` takes back; with no rows, the empty form to fill."""
    columns = [
        Column(one.header, _WRITTEN_AS.get(one.kind, ColumnKind.TEXT)) for one in ledger.columns
    ]
    keys = [one.key for one in ledger.columns]
    return Sheet(ledger.title, columns, [[_ledger_value(row, key) for key in keys] for row in rows])


def _ledger_value(row: Mapping[str, Any], key: str) -> object:
    value = row.get(key)
    if key == "outcome" and row.get("void"):
        return NoticeState.VOID
    if (
        key in ("noticed_at", "received_at")
        and not row.get("time_given", True)
        and isinstance(value, dt.datetime)
    ):
        return value.astimezone(SHANGHAI).date().isoformat()
    if isinstance(value, Plate):
        return value.text
    return "、".join(map(shown, value)) if isinstance(value, list | tuple) else value


_WRITTEN_AS = {
    CellKind.NUMBER: ColumnKind.ID,
    CellKind.DAY: ColumnKind.DATE,
    CellKind.MOMENT: ColumnKind.DATETIME,
    CellKind.MONEY: ColumnKind.MONEY,
    CellKind.COUNT: ColumnKind.COUNT,
}
