"""Find the sheet that holds a ledger, and where its columns stand; or say why none does."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from enforcer.errors import WorkbookTrouble
from enforcer.exchange.cells import Cell
from enforcer.exchange.container import (
    MAX_ROWS,
    Container,
    Place,
    broken,
    column_letters,
    open_container,
)
from enforcer.exchange.ledgers import LEDGERS, Ledger

_LOOK_DOWN = 20  # rows in which a header that slipped down is looked for


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """The sheet that holds the ledger: its cells from row 1, and the index of each column."""

    name: str
    cells: list[list[Cell]]
    columns: dict[str, int]
    voids: dict[Place, str]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadedSheet:
    """One visible sheet as read."""

    name: str
    cells: list[list[Cell]]
    merged: tuple[tuple[Place, Place], ...]
    voids: dict[Place, str]


def find_sheet(path: Path, ledger: Ledger, needed: list[str]) -> LedgerSheet:
    """The first visible sheet whose first row has all `needed` headers of the ledger."""
    container = open_container(path)
    troubles: list[tuple[int, WorkbookTrouble]] = []
    unread: list[str] = []
    sheets = visible_sheets(path, container)
    for one in sheets:
        try:
            found = _ledger_sheet(one, ledger, needed)
        except WorkbookTrouble as trouble:
            likeness = max((_known(row, ledger) for row in one.cells[:_LOOK_DOWN]), default=-1)
            troubles.append((likeness, trouble))
            unread += [one.name] if one.cells else []
            continue
        unread += [later.name for later in sheets if later.cells]
        said = f"只读取了工作表“{one.name}”，没有读取：{'、'.join(unread[:10])}。"
        return replace(found, remarks=(*found.remarks, said)) if unread else found
    if troubles:
        raise max(troubles, key=lambda one: one[0])[1]
    raise WorkbookTrouble(f"“{path.name}”里没有可以读取的工作表。")


def visible_sheets(path: Path, container: Container) -> Iterator[LoadedSheet]:
    """The visible sheets in order, each read when it is asked for."""
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(container.data) as book:
            for index, about in enumerate(book.sheets_metadata):
                hidden = about.visible is not calamine.SheetVisibleEnum.Visible
                if hidden or about.typ is not calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_index(index)
                merged = tuple(
                    (Place(start[0] + 1, start[1] + 1), Place(end[0] + 1, end[1] + 1))
                    for start, end in sheet.merged_cell_ranges or ()
                )
                cells = sheet.to_python(skip_empty_area=False) if sheet.start else []
                voids = container.voids[index] if index < len(container.voids) else {}
                yield LoadedSheet(about.name, cells, merged, voids)
    except calamine.PasswordError as locked:
        raise WorkbookTrouble(
            f"“{path.name}”设了打开密码。请用Excel或WPS取消密码，保存后再导入。"
        ) from locked
    except calamine.CalamineError as bad:
        raise broken(path) from bad


def _ledger_sheet(sheet: LoadedSheet, ledger: Ledger, needed: list[str]) -> LedgerSheet:
    if not any(any(filled(cell) for cell in row) for row in sheet.cells):
        raise WorkbookTrouble(f"工作表“{sheet.name}”是空的，请填写后再导入。")
    headers = [header_form(cell) for cell in sheet.cells[0]]
    missing = [one for one in needed if header_form(one) not in headers]
    if missing:
        raise _noheader_form(sheet, ledger, missing, needed)
    if crossing := [_area(one) for one in sheet.merged if one[0].row == 1]:
        raise WorkbookTrouble(
            f"工作表“{sheet.name}”第一行的表头有合并单元格（{'、'.join(crossing)}）。"
            "请取消合并，使每一列的第一行只有一个列名，再导入。"
        )
    if len(sheet.cells) > MAX_ROWS + 1:
        raise WorkbookTrouble(
            f"工作表“{sheet.name}”有{len(sheet.cells)}行，一次最多导入{MAX_ROWS}行，请分成几个文件。"
        )
    wanted = {header_form(one.header): one for one in ledger.columns}
    columns: dict[str, int] = {}
    remarks: list[str] = []
    for index, header in enumerate(headers):
        letters = column_letters(index + 1)
        if header in wanted:
            key = wanted[header].key
            if key in columns:
                raise WorkbookTrouble(
                    f"表头“{wanted[header].header}”出现了两次（第{column_letters(columns[key] + 1)}列"
                    f"和第{letters}列），请删除或者改名其中一列，再导入。"
                )
            columns[key] = index
        elif header:
            shown = str(sheet.cells[0][index]).strip()[:30]
            remarks.append(f"第{letters}列“{shown}”不是{ledger.title}的栏目，没有导入。")
        elif any(filled(row[index]) for row in sheet.cells[1:] if index < len(row)):
            remarks.append(f"第{letters}列没有列名，里面的内容没有导入。")
    remarks += _merged_rows(sheet, ledger, columns)
    return LedgerSheet(sheet.name, sheet.cells, columns, sheet.voids, tuple(remarks))


def _noheader_form(
    sheet: LoadedSheet, ledger: Ledger, missing: list[str], needed: list[str]
) -> WorkbookTrouble:
    named = "、".join(f"“{one}”" for one in missing)
    for number, row in enumerate(sheet.cells[1:_LOOK_DOWN], 2):
        headers = {header_form(cell) for cell in row}
        if all(header_form(one) in headers for one in needed):
            return WorkbookTrouble(
                f"表头应当在第1行，工作表“{sheet.name}”的表头在第{number}行。"
                f"请删除上面的{number - 1}行，再导入。"
            )
    if crossing := [_area(one) for one in sheet.merged if one[0].row == 1]:
        return WorkbookTrouble(
            f"工作表“{sheet.name}”第一行有合并单元格（{'、'.join(crossing)}），读不到{named}这些列名。"
            "请取消合并，使第一行每一列只有一个列名，再导入。"
        )
    for other in LEDGERS.values():
        headers = {header_form(cell) for cell in sheet.cells[0]}
        theirs = [one.header for one in other.columns if one.required]
        if other.kind != ledger.kind and all(header_form(one) in headers for one in theirs):
            return WorkbookTrouble(
                f"这是{other.title}，不是{ledger.title}：缺少{named}。"
                f"请选择导入{other.title}（--kind {other.kind}）。"
            )
    return WorkbookTrouble(
        f"工作表“{sheet.name}”的第一行缺少{ledger.title}必须有的列：{named}。"
        "请补上这些列（列名要一字不差），再导入。"
    )


def _merged_rows(sheet: LoadedSheet, ledger: Ledger, columns: dict[str, int]) -> list[str]:
    remarks = []
    for column in ledger.columns:
        number = columns.get(column.key, -1) + 1
        for start, end in sheet.merged:
            if start.column <= number <= end.column and end.row > start.row > 1:
                remarks.append(
                    f"第{start.row}行至第{end.row}行的“{column.header}”是合并单元格，"
                    f"只有第{start.row}行读到了内容，请取消合并后逐行填写。"
                )
    more = f"另有{len(remarks) - 20}处合并单元格，没有一一列出。"
    return remarks if len(remarks) <= 20 else [*remarks[:20], more]


def _known(row: list[Cell], ledger: Ledger) -> int:
    return len(
        {header_form(cell) for cell in row} & {header_form(one.header) for one in ledger.columns}
    )


def header_form(cell: Cell) -> str:
    """A header without what people add to it: blanks, a star, full-width brackets, (必填)."""
    text = unicodedata.normalize("NFKC", str(cell))
    return re.sub(r"\s|\*|\(必填\)|\(选填\)", "", text)


def filled(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else True


def _area(area: tuple[Place, Place]) -> str:
    start, end = area
    return f"{column_letters(start.column)}{start.row}:{column_letters(end.column)}{end.row}"
