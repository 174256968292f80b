"""Every row of an import as it would be taken, and those that would not, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from enforcer.exchange.ledgers import CellKind, Ledger, LedgerColumn
from enforcer.operations.ledger_mapped import Look
from ui.imports.words import ours
from ui.widgets.basics import EmptyState
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable

READY, KNOWN, REFUSED = "可以导入", "已有", "不能导入"
_TONES = {READY: "ok", KNOWN: "quiet", REFUSED: "bad"}
_ICONS = {READY: "ok", KNOWN: "history", REFUSED: "bad"}
_WIDTHS = {
    CellKind.DAY: 170,
    CellKind.MOMENT: 240,
    CellKind.NUMBER: 280,
    CellKind.PLATE: 190,
    CellKind.NAME: 130,
    CellKind.WORD: 130,
}
"""Wide enough that the list can give some away where the room is short."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: where it stands in their sheet, what becomes of it, its values or the reason."""

    id: int
    row: int
    state: str
    values: Mapping[str, Any]
    column: str = ""
    say: str = ""


def lines(look: Look) -> list[Line]:
    """The rows in the order of their sheet."""
    known = set(look.report.known_rows)
    refused = {one.row: one for one in look.report.refused}
    found: list[tuple[int, str, Mapping[str, Any], str, str]] = [
        (one.number, KNOWN if one.number in known else READY, one.values, "", "")
        for one in look.reading.rows
        if one.number not in refused
    ]
    values = {one.number: one.values for one in look.reading.rows if one.number in refused}
    found += [
        (one.row, REFUSED, values.get(one.row, {}), one.column, one.say) for one in refused.values()
    ]
    found.sort(key=lambda one: one[0])
    return [Line(at, *one) for at, one in enumerate(found)]


def preview_table(ledger: Ledger, load: Callable[[Sequence[int]], Sequence[Line]]) -> PagedTable:
    """The rows of one ledger in our columns."""
    return PagedTable(
        f"import-preview-{ledger.kind}",
        (
            Column("行", lambda one: str(one.row), 60, right=True),
            Column(
                "结果",
                lambda one: one.state,
                110,
                tone=lambda one: _TONES[one.state],
                icon=lambda one: _ICONS[one.state],
                tip=lambda one: one.say,
            ),
            *(_column(one) for one in ledger.columns),
        ),
        load,
        title="核对结果",
        empty=EmptyState("选择文件，指定各栏取自哪一列，这里列出每一行会怎样导入。", icon="import"),
    )


def refused_table(load: Callable[[Sequence[int]], Sequence[Line]]) -> PagedTable:
    """The rows that would not be taken, with column and sentence."""
    return PagedTable(
        "import-refused",
        (
            Column("行", lambda one: str(one.row), 60, right=True),
            Column("栏", lambda one: one.column, 110),
            Column("为什么不能导入", lambda one: one.say, 520, tone=lambda _one: "bad"),
        ),
        load,
        title="不能导入的行",
        empty=EmptyState("核对以后，不能导入的行和原因列在这里。", icon="import"),
    )


def _column(column: LedgerColumn) -> Column:
    right = column.kind in (CellKind.MONEY, CellKind.COUNT)
    width = _WIDTHS.get(column.kind, 100 if right else 220)
    return Column(column.header, partial(_text, column), width, right=right)


def _text(column: LedgerColumn, line: Line) -> str:
    if line.state == REFUSED:
        return line.say if column.header == line.column else ""
    return ours(column, line.values)
