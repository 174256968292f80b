"""Read a ledger from an Excel workbook: good rows, refused rows, remarks, or one sentence of trouble."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol

from enforcer.errors import WorkbookTrouble
from enforcer.exchange.cells import Cell, CellRefused, Value, reader
from enforcer.exchange.container import Place
from enforcer.exchange.ledgers import Ledger, LedgerColumn
from enforcer.exchange.rowchecks import check_row
from enforcer.exchange.sheets import LedgerSheet, find_sheet
from enforcer.identity import Plate

Progress = Callable[[int, int], None]
_STEP = 500  # rows between two reports of progress
_SHOWN = 20  # remarks of one sort before they are summed up


class MakeReader(Protocol):
    """Makes the function that reads the cells of a column."""

    def __call__(self, column: LedgerColumn, *, today: date) -> Callable[[Cell], Value]: ...


class ReadCancelled(WorkbookTrouble):
    """The officer stopped the reading; nothing was taken."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A good row: its Excel row number and its values by column key."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowRefused:
    """A bad row: its Excel row number, the header of the first faulty column, the sentence."""

    row: int
    column: str
    say: str

    def as_json(self) -> dict[str, int | str]:
        return {"row": self.row, "column": self.column, "say": self.say}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a ledger held. `read` counts the rows that are not blank: the good and the refused."""

    read: int
    rows: list[LedgerRow]
    refused: list[RowRefused]
    remarks: list[str]


def read_ledger(
    path: Path,
    ledger: Ledger,
    *,
    today: date,
    numbers: Literal["required", "absent"] = "required",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Reading:
    """Read every row of `ledger` from the workbook at `path`.

    With `numbers="absent"` (the batch of notices) the rows without a number are the good ones,
    and a row that has one is refused as already numbered. `progress(done, total)` is told every
    500 rows; when `cancelled()` says so, ReadCancelled is raised.
    """
    needed = [
        one.header
        for one in ledger.columns
        if one.required and not (numbers == "absent" and one.key == ledger.identity)
    ]
    sheet = find_sheet(Path(path), ledger, needed)
    below = replace(sheet, cells=sheet.cells[1:])
    reading = read_rows(
        below,
        ledger,
        range(2, len(sheet.cells) + 1),
        today=today,
        numbers=numbers,
        progress=progress,
        cancelled=cancelled,
    )
    if not reading.read:
        raise WorkbookTrouble(f"“{sheet.name}”只有表头，没有内容，请填写后再导入。")
    return reading


def read_rows(
    sheet: LedgerSheet,
    ledger: Ledger,
    at: Sequence[int],
    *,
    today: date,
    numbers: Literal["required", "absent"] = "required",
    reader_of: MakeReader = reader,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Reading:
    """Read the rows of `sheet.cells`, none of them a header; `at` are their Excel row numbers."""
    remarks = _Remarks(list(sheet.remarks))
    rows: list[LedgerRow] = []
    refused: list[RowRefused] = []
    one = _RowReader(sheet, ledger, today, numbers, remarks, reader_of)
    total = len(sheet.cells)
    for index, (number, cells) in enumerate(zip(at, sheet.cells, strict=True)):
        if index % _STEP == 0:
            if cancelled is not None and cancelled():
                raise ReadCancelled("已停止读取，没有导入任何内容。")
            if progress is not None:
                progress(index, total)
        result = one.read(number, cells)
        if isinstance(result, LedgerRow):
            rows.append(result)
        elif result is not None:
            refused.append(result)
    if progress is not None:
        progress(total, total)
    return Reading(len(rows) + len(refused), rows, refused, remarks.all())


@dataclass
class _Remarks:
    """Remarks in order; after twenty of one column the rest are only counted."""

    said: list[str]
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, row: int, column: str, say: str) -> None:
        count = self.counts[column] = self.counts.get(column, 0) + 1
        if count <= _SHOWN:
            self.said.append(f"第{row}行：{say}")

    def all(self) -> list[str]:
        more = [
            f"“{column}”另有{count - _SHOWN}处需要核对，没有一一列出。"
            for column, count in self.counts.items()
            if count > _SHOWN
        ]
        return [*self.said, *more]


class _RowReader:
    """Reads row after row, and remembers the numbers it has seen."""

    def __init__(
        self,
        sheet: LedgerSheet,
        ledger: Ledger,
        today: date,
        numbers: str,
        remarks: _Remarks,
        reader_of: MakeReader,
    ) -> None:
        self._sheet, self._ledger, self._today = sheet, ledger, today
        self._remarks = remarks
        self._absent = numbers == "absent"
        self._seen: dict[Any, int] = {}
        self._columns = [
            (one, index, reader_of(_as_wanted(one, ledger, absent=self._absent), today=today))
            for one in ledger.columns
            if (index := sheet.columns.get(one.key, -1)) >= 0
        ]
        self._missing: dict[str, Any] = {
            one.key: reader_of(_optional(one), today=today)("").value
            for one in ledger.columns
            if one.key not in sheet.columns
        }

    def read(self, number: int, cells: list[Cell]) -> LedgerRow | RowRefused | None:
        if not any(cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in cells):
            return self._blank(number)
        values, faults = dict(self._missing), dict[str, str]()
        remarks: list[tuple[str, str]] = []
        for column, index, read in self._columns:
            if self._sheet.voids and (say := self._void(number, index, column)):
                faults[column.key] = say
                continue
            try:
                found = read(cells[index] if index < len(cells) else "")
            except CellRefused as refused:
                faults[column.key] = str(refused)
                continue
            values[column.key] = found.value
            if found.remarks:
                remarks += [(column.header, one) for one in found.remarks]
        if not faults:
            findings = check_row(self._ledger.kind, values, today=self._today)
            faults = findings.faults
            remarks += [("各栏之间", one) for one in findings.remarks]
        if not faults:
            faults = self._repeated(number, values)
        if faults:
            first = self._ledger.column(next(iter(faults)))
            return RowRefused(number, first.header, "".join(faults.values()))
        for header, one in remarks:
            self._remarks.add(number, header, one)
        return LedgerRow(number, values)

    def _blank(self, number: int) -> RowRefused | None:
        """Refuse a row that only looks blank because its cells show errors."""
        for column, index, _ in self._columns:
            if say := self._void(number, index, column):
                return RowRefused(number, column.header, say)
        return None

    def _void(self, number: int, index: int, column: LedgerColumn) -> str:
        say = self._sheet.voids.get(Place(number, index + 1), "")
        return column.header + say if say else ""

    def _repeated(self, number: int, values: dict[str, Any]) -> dict[str, str]:
        if self._absent:
            if taken := values[self._ledger.identity]:
                say = f"这一行已有编号“{taken}”，不再编号；要把它补录进来，请用导入台账。"
                return {self._ledger.identity: say}
            self._same_notice(number, values)
            return {}
        if not self._ledger.identity:
            return {}
        name = values[self._ledger.identity]
        if not name:  # a ledger whose numbers may be blank: the content tells its rows apart
            return {}
        first = self._seen.setdefault(name, number)
        if first == number:
            return {}
        header = self._ledger.column(self._ledger.identity).header
        return {self._ledger.identity: f"{header}“{name}”与第{first}行重复，请核对后删除一行。"}

    def _same_notice(self, number: int, values: dict[str, Any]) -> None:
        plate: Plate = values["plate"]
        if not plate.key:
            return
        same = (plate.key, values["noticed_at"], values["place"])
        if (first := self._seen.setdefault(same, number)) != number:
            self._remarks.add(
                number, "重复", f"号牌、告知时间、地点与第{first}行相同，请核对是否重复告知。"
            )


def _as_wanted(column: LedgerColumn, ledger: Ledger, *, absent: bool) -> LedgerColumn:
    return _optional(column) if absent and column.key == ledger.identity else column


def _optional(column: LedgerColumn) -> LedgerColumn:
    return replace(column, required=False)
