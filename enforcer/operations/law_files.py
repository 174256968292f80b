"""The office's own law out to Excel and in again: whole rows or none, each refusal with its place."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from enforcer.exchange.export import Written, write_table
from enforcer.exchange.law_sheets import law_sheet, read_law_sheet
from enforcer.operations.ledger_kinds import taker
from enforcer.operations.ledger_taking import ImportReport, Taking, take
from enforcer.operations.registry import operation
from enforcer.queries import law_sheet_rows
from enforcer.store import audit
from enforcer.store.database import Store

Kind = Literal["holidays", "violations", "tiers", "lists"]


class ImportLawForm(BaseModel):
    """Which workbook, which part of the law; `dry_run` reads and reports, and takes nothing."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    path: Path = Field(title="文件")
    kind: Kind = Field(title="内容")
    dry_run: bool = Field(default=False, title="只检查")


class ExportLawForm(BaseModel):
    """Which part of the law, and the file it goes to; `overwrite` was asked before."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    path: Path = Field(title="文件")
    kind: Kind = Field(title="内容")
    overwrite: bool = False


@operation("导入法规数据", ImportLawForm)
def import_law(
    store: Store, form: ImportLawForm, *, today: date, now: datetime, actor: str
) -> ImportReport:
    """Take the good rows of one sheet in one transaction; the same file twice changes nothing."""
    reading = read_law_sheet(form.path, form.kind, today=today)
    what = Taking(
        kind=form.kind,
        source=form.path.name,
        sheet="",
        take=taker(form.kind, today),
        operation="import_law",
        request_id=form.request_id,
        dry_run=form.dry_run,
    )
    return take(store, reading, what, now=now, actor=actor)


@operation("导出法规数据", ExportLawForm)
def export_law(
    store: Store, form: ExportLawForm, *, today: date, now: datetime, actor: str
) -> Written:
    """Write one part of the office's law in the headers it can be taken in again with."""
    with store.reading() as session:
        rows = law_sheet_rows.rows(session, form.kind, today)
    sheet = law_sheet(form.kind, rows)
    written = write_table(form.path, [sheet], overwrite=form.overwrite, made_at=now)
    with store.unit(actor=actor, operation="export_law") as session:
        say = {"kind": form.kind, "file": form.path.name, "rows": written.rows}
        audit.note(session, "export", table="", row="", say=say)
    return written
