"""Sheets of any layout as grids of cells: from a workbook, or from a range that was copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from enforcer.errors import WorkbookTrouble
from enforcer.exchange import pasted
from enforcer.exchange.cells import Cell
from enforcer.exchange.container import (
    MAX_COLUMNS,
    MAX_ROWS,
    Place,
    column_letters,
    open_container,
)
from enforcer.exchange.sheets import filled, visible_sheets

PASTED = "粘贴的内容"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as it stands: cells from row 1, merged areas, cells that hold no value to read."""

    name: str
    cells: Sequence[list[Cell]]
    merged: tuple[tuple[Place, Place], ...] = ()
    voids: dict[Place, str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns hold anything."""
        return min(max((len(row) for row in self.cells), default=0), MAX_COLUMNS)

    def cell(self, row: int, column: int) -> Cell:
        """A cell by its index from 0; "" outside."""
        if row >= len(self.cells) or column >= len(self.cells[row]):
            return ""
        return self.cells[row][column]


def read_grids(path: Path) -> list[Grid]:
    """Every visible sheet with something on it; WorkbookTrouble when there is none."""
    path = Path(path)
    found = []
    for one in visible_sheets(path, open_container(path)):
        if any(any(filled(cell) for cell in row) for row in one.cells):
            if len(one.cells) > MAX_ROWS + 20:
                raise WorkbookTrouble(
                    f"工作表“{one.name}”有{len(one.cells)}行，一次最多导入{MAX_ROWS}行，请分成几个文件。"
                )
            found.append(Grid(one.name, one.cells, one.merged, dict(one.voids)))
    if not found:
        raise WorkbookTrouble(f"“{path.name}”里没有内容，请核对是不是这个文件。")
    return found


def pasted_grid(text: str) -> Grid:
    """A range copied from a spreadsheet, whatever stands in its cells."""
    rows = pasted.rows(text)
    if not any(cell.strip() for row in rows for cell in row):
        raise WorkbookTrouble(
            "剪贴板里没有表格内容。请在 Excel 或者 WPS 里选中区域，复制后再粘贴。"
        )
    if len(rows) > MAX_ROWS:
        raise WorkbookTrouble(f"粘贴了{len(rows)}行，一次最多{MAX_ROWS}行，请存成文件导入。")
    return Grid(PASTED, [[*row] for row in rows])


def column_name(index: int) -> str:
    """A column by its index from 0, as a spreadsheet calls it."""
    return column_letters(index + 1)
