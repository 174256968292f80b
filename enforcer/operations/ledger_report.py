"""What an import brought and sent back, as a workbook for whoever keeps the ledger."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from enforcer.exchange.cellwriting import ColumnKind
from enforcer.exchange.export import Column, Sheet, Written, write_table
from enforcer.operations.ledger_taking import ImportReport

REFUSED = (Column("行", ColumnKind.COUNT), Column("列"), Column("为什么没有导入", width=70))
REMARKS = (Column("提示", width=90),)


def write_report(path: Path, report: ImportReport, *, source: str, now: datetime) -> Written:
    """The rows sent back with column and sentence, and what is to be looked at."""
    done = "已导入" if report.import_id else "可以导入"
    heading = (
        f"{source}：读到{report.read}行，{done}{report.taken}行，已有{report.known}行，"
        f"没有导入{len(report.refused)}行"
    )
    sheets = [
        Sheet(
            "没有导入的行", REFUSED, [(one.row, one.column, one.say) for one in report.refused],
            heading=heading,
        ),
        Sheet("提示", REMARKS, [(one,) for one in report.remarks], heading=heading),
    ]  # fmt: skip
    return write_table(path, sheets, overwrite=True, made_at=now)
