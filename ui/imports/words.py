"""How the cells of an import read on the screen, theirs and ours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from enforcer.exchange.law_sheets import LAW_SHEETS
from enforcer.exchange.ledgers import CellKind, LedgerColumn
from enforcer.exchange.mapping import MAPPED
from enforcer.identity import Plate
from enforcer.money import yuan
from enforcer.terms import NoticeState, Term
from ui.widgets.moments import show_day, show_moment

KINDS: Final = tuple((kind, ledger.title) for kind, ledger in MAPPED.items())
_HISTORY: Final = frozenset({"notices", "penalties", "education", "leads"})


def window_title(kind: str) -> str:
    """What the window is called while this is imported."""
    return "从 Excel 导入法规数据" if kind in LAW_SHEETS else "导入台账（补录）"


def marked(kind: str) -> str:
    """How what is taken over is told from what the program has made."""
    if kind in LAW_SHEETS:
        return "导入以后按各自的施行日期适用。"
    return "导入的都标明“补录”。" if kind in _HISTORY else ""


def known_rows(kind: str) -> str:
    """What the rows are that need no taking."""
    return "已有的或者还没填数额的" if kind == "violations" else "已有的"


def theirs(cell: Any) -> str:
    """A cell as it stands in their sheet."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, datetime):
        clock = (cell.hour, cell.minute, cell.second)
        return f"{cell:%Y-%m-%d %H:%M}" if any(clock) else f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell)


def ours(column: LedgerColumn, values: Mapping[str, Any]) -> str:
    """A value as it would be taken."""
    value = values.get(column.key)
    if column.key == "outcome" and values.get("void"):
        return NoticeState.VOID.label
    if value is None or value == "":
        return ""
    if isinstance(value, tuple):
        return "、".join(one.label if isinstance(one, Term) else str(one) for one in value)
    if isinstance(value, Term):
        return value.label
    if isinstance(value, Plate):
        return value.text
    if column.kind is CellKind.MONEY:
        return yuan(int(value))
    if isinstance(value, datetime):
        return show_moment(value)
    return show_day(value) if isinstance(value, date) else str(value)
