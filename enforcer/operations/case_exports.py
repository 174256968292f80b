"""The list of cases as a workbook: what is seen, in the order seen, and the log says so."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from enforcer.exchange.cellwriting import ColumnKind
from enforcer.exchange.export import Column, Sheet, Written, write_table
from enforcer.operations.registry import operation
from enforcer.queries.cases import CaseRow, case_rows
from enforcer.store import audit
from enforcer.store.database import Store

_PAGE = 500
COLUMNS = (
    Column("决定书文号", ColumnKind.ID),
    Column("程序"),
    Column("当事人"),
    Column("当事人类别"),
    Column("案由"),
    Column("违法日期", ColumnKind.DATE),
    Column("违法地点"),
    Column("决定日期", ColumnKind.DATE),
    Column("处罚种类"),
    Column("罚款金额(元)", ColumnKind.MONEY),
    Column("已缴金额(元)", ColumnKind.MONEY),
    Column("裁量"),
    Column("缴款期限", ColumnKind.DATE),
    Column("备案日期", ColumnKind.DATE),
    Column("结案日期", ColumnKind.DATE),
    Column("状态"),
    Column("执法人员1"),
    Column("执法人员2"),
)


class ExportCasesForm(BaseModel):
    """Which cases, in which order, and where to."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    case_ids: Annotated[tuple[int, ...], Field(max_length=1_000_000)] = Field(title="案件")
    path: Path = Field(title="文件")
    overwrite: bool = Field(default=False, title="覆盖")


@operation("导出案件", ExportCasesForm)
def export_cases(
    store: Store,
    form: ExportCasesForm,
    *,
    today: date,
    now: datetime,
    actor: str,
) -> Written:
    """Write the cases to a workbook, whole or not at all."""
    rows: list[CaseRow] = []
    for start in range(0, len(form.case_ids), _PAGE):
        rows += case_rows(store, form.case_ids[start : start + _PAGE], today=today)
    sheet = Sheet("案件", COLUMNS, [_cells(one) for one in rows])
    written = write_table(form.path, [sheet], overwrite=form.overwrite, made_at=now)
    with store.unit(actor=actor, operation="export_cases") as session:
        say = {"rows": len(rows), "file": form.path.name}
        audit.note(session, "export", table="enforcement_case", row="", say=say)
    return written


def _cells(one: CaseRow) -> tuple[object, ...]:
    return (
        one.number,
        one.procedure.label,
        one.party_name,
        one.party_kind.label,
        one.cause,
        one.acted_on,
        one.place,
        one.decided_on,
        one.penalty,
        one.fine_fen,
        one.paid_fen,
        one.discretion.label if one.discretion else "",
        one.payment_due_on,
        one.reported_on,
        one.closed_on,
        one.standing.label,
        one.officer1,
        one.officer2,
    )
