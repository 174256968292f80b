"""The office's own law as Excel sheets with exact headers: a wrong or missing column is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from enforcer.errors import WorkbookTrouble
from enforcer.exchange.container import column_letters
from enforcer.exchange.export import Sheet, ledger_sheet
from enforcer.exchange.ledgers import CellKind, Ledger, LedgerColumn
from enforcer.exchange.sheets import find_sheet
from enforcer.exchange.workbook import Reading, read_ledger
from enforcer.terms import Discretion, ListCategory, Matching, Side
from enforcer.text import PARAGRAPH

_K = CellKind
_SIDES: dict[str, Enum] = {
    "个人": Side.CITIZEN,
    "公民": Side.CITIZEN,
    "单位": Side.ORGANIZATION,
    "法人": Side.ORGANIZATION,
    "法人或者其他组织": Side.ORGANIZATION,
}
_INFORMATION = frozenset({"national"})
"""Columns that are written for the reader and may be left out; nothing is taken from them."""


def _words(kind: type[Enum], *but: Enum) -> dict[str, Enum]:
    return {one.label: one for one in kind if one not in but}  # type: ignore[attr-defined]


def _day(header: str, key: str) -> LedgerColumn:
    return LedgerColumn(header, key, _K.DAY, future=True)


_VALID = (_day("施行日期", "from_on"), _day("失效日期", "until_on"))

HOLIDAYS = Ledger(
    "holidays",
    "放假通知",
    (
        LedgerColumn("年份", "year", _K.COUNT, required=True),
        LedgerColumn("通知名称", "title", required=True),
        LedgerColumn("文号", "number", required=True),
        LedgerColumn("节日", "name", required=True),
        LedgerColumn("放假开始", "first", _K.DAY, required=True, future=True),
        LedgerColumn("放假结束", "last", _K.DAY, required=True, future=True),
        LedgerColumn("调休上班", "working"),
    ),
)

VIOLATIONS = Ledger(
    "violations",
    "本地罚款幅度",
    (
        LedgerColumn("案由", "item_key", required=True),
        LedgerColumn("国家规定", "national", limit=PARAGRAPH),
        LedgerColumn("对象", "side", _K.WORD, required=True, words=_SIDES),
        LedgerColumn("下限(元)", "min_yuan", _K.MONEY),
        LedgerColumn("上限(元)", "max_yuan", _K.MONEY),
        LedgerColumn("本地规定名称", "document"),
        LedgerColumn("文号", "document_number"),
        LedgerColumn("条款", "article"),
        LedgerColumn("条文原文", "text", limit=PARAGRAPH),
        *_VALID,
    ),
)

TIERS = Ledger(
    "tiers",
    "裁量基准",
    (
        LedgerColumn("案由", "item_key", required=True),
        LedgerColumn("对象", "sides", _K.WORDS, required=True, words=_SIDES),
        LedgerColumn("罚则的前提", "under"),
        LedgerColumn("次序", "position", _K.COUNT),
        LedgerColumn("裁量阶次", "name", required=True),
        LedgerColumn(
            "裁量",
            "discretion",
            _K.WORD,
            required=True,
            words=_words(Discretion, Discretion.NO_PENALTY),
        ),
        LedgerColumn("适用情形", "conditions", limit=PARAGRAPH),
        LedgerColumn("情形关系", "matching", _K.WORD, words=_words(Matching)),
        LedgerColumn("下限(元)", "min_yuan", _K.MONEY),
        LedgerColumn("上限(元)", "max_yuan", _K.MONEY),
        LedgerColumn("按比例的幅度", "share"),
        LedgerColumn("裁量基准名称", "benchmark", required=True),
        LedgerColumn("文号", "benchmark_number", required=True),
        LedgerColumn("条款", "article"),
        *_VALID,
        LedgerColumn("备注", "note", limit=PARAGRAPH),
    ),
)

LISTS = Ledger(
    "lists",
    "不予、减轻、从轻清单",
    (
        LedgerColumn("类别", "category", _K.WORD, required=True, words=_words(ListCategory)),
        LedgerColumn("事项", "item", required=True),
        LedgerColumn("定性依据", "breached_basis"),
        LedgerColumn("处罚依据", "penalty_basis"),
        LedgerColumn("适用条件", "conditions", limit=PARAGRAPH),
        LedgerColumn("裁量幅度", "span"),
        LedgerColumn("法律依据", "basis"),
        LedgerColumn("配套监管措施", "measures"),
        LedgerColumn("实施主体", "organ"),
        LedgerColumn("清单名称", "document", required=True),
        LedgerColumn("清单文号", "document_number", required=True),
        *_VALID,
        LedgerColumn("备注", "note", limit=PARAGRAPH),
    ),
)

LAW_SHEETS = {one.kind: one for one in (HOLIDAYS, VIOLATIONS, TIERS, LISTS)}


def read_law_sheet(path: Path, kind: str, *, today: date) -> Reading:
    """Read one kind of the office's law; its headers have to be exactly those of the sheet."""
    sheet = LAW_SHEETS[kind]
    needed = [one.header for one in sheet.columns if one.key not in _INFORMATION]
    found = find_sheet(path, sheet, needed)
    taken = set(found.columns.values())
    for index, cell in enumerate(found.cells[0]):
        header = str(cell).strip()
        if header and index not in taken:
            raise WorkbookTrouble(
                f"“{path.name}”第{column_letters(index + 1)}列“{header[:30]}”不是{sheet.title}的栏目。"
                f"请删除这一列，或者改成：{'、'.join(needed)}，再导入。"
            )
    return read_ledger(path, sheet, today=today)


def law_sheet(kind: str, rows: Iterable[Mapping[str, Any]]) -> Sheet:
    """The rows as a sheet that `read_law_sheet` takes back; without rows the form to fill in."""
    return ledger_sheet(LAW_SHEETS[kind], rows)
