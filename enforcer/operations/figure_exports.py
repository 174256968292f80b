"""The rows behind a figure of the report as a workbook, and the log says so."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from enforcer.exchange.cellwriting import ColumnKind
from enforcer.exchange.export import Column, Sheet, Written, write_table
from enforcer.operations.registry import operation
from enforcer.queries.periods import Period
from enforcer.queries.statistics_heads import HEADS, WITH_MONEY
from enforcer.queries.statistics_rows import (
    BehindRow,
    Cut,
    RowKind,
    behind_rows,
    rows_behind,
)
from enforcer.store import audit
from enforcer.store.database import Store


class ExportFigureForm(BaseModel):
    """Which figure of which span, both days within it, and where to."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    keys: tuple[str, ...] = Field(title="统计指标", min_length=1)
    item: str = Field(default="", title="事项")
    place: str = Field(default="", title="地点")
    first: date = Field(title="开始日期")
    last: date = Field(title="结束日期")
    path: Path = Field(title="文件")
    overwrite: bool = Field(default=False, title="覆盖")


@operation("导出统计明细", ExportFigureForm)
def export_figure(
    store: Store, form: ExportFigureForm, *, today: date, now: datetime, actor: str
) -> Written:
    """Write the rows a figure was counted from, in the order of their days."""
    del today
    cut = Cut(form.keys, form.item, form.place)
    behind = rows_behind(store, cut, form.first, form.last)
    rows = behind_rows(store, behind.kind, behind.ids, until=form.last)
    sheet = Sheet("明细", _columns(behind.kind), [_cells(behind.kind, one) for one in rows])
    heading = f"{cut.label}（{Period(form.first, form.last).label}）"
    written = write_table(
        form.path, [sheet], heading=heading, overwrite=form.overwrite, made_at=now
    )
    with store.unit(actor=actor, operation="export_figure") as session:
        say = {"rows": len(rows), "figure": heading, "file": form.path.name}
        audit.note(session, "export", table="", row="", say=say)
    return written


def _columns(kind: RowKind) -> list[Column]:
    head = HEADS[kind]
    found = [Column(head.number, ColumnKind.ID)] if head.number else []
    found += [Column(head.day, ColumnKind.DATE), Column(head.who)]
    found += [Column(head.title), Column("地点")]
    if kind in WITH_MONEY:
        found.append(Column("金额(元)", ColumnKind.MONEY))
    return [*found, Column("说明")]


def _cells(kind: RowKind, row: BehindRow) -> tuple[object, ...]:
    number = (row.number,) if HEADS[kind].number else ()
    money = (row.amount_fen or 0,) if kind in WITH_MONEY else ()
    return (*number, row.day, row.who, row.title, row.place, *money, row.note)
