"""The log of what was done: taken out as a workbook, and its chain walked from end to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from enforcer.exchange.cellwriting import ColumnKind
from enforcer.exchange.export import Column, Sheet, Written, write_table
from enforcer.operations.registry import operation, operations
from enforcer.queries import log, log_words
from enforcer.queries.log import LogChange, LogFilter, LogKind, LogRow
from enforcer.store import audit
from enforcer.store.audit import ChainReport
from enforcer.store.database import Store

PORTION = 500
COLUMNS = (
    Column("序号", ColumnKind.COUNT),
    Column("时间", ColumnKind.DATETIME),
    Column("人员"),
    Column("事项"),
    Column("动作"),
    Column("对象", ColumnKind.ID, width=40),
    Column("内容", width=60),
    Column("校验值", ColumnKind.ID),
)


class LogForm(BaseModel):
    """What the list is narrowed to."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None


class ExportLogForm(LogForm):
    """Which entries, and where to; `overwrite` was asked before."""

    words: str = Field(default="", title="查找")
    log_actor: str = Field(default="", title="人员")
    kind: LogKind | None = Field(default=None, title="类别")
    from_on: date | None = Field(default=None, title="从哪一天起")
    to_on: date | None = Field(default=None, title="到哪一天止")
    path: Path = Field(title="导出到")
    overwrite: bool = Field(default=False, title="覆盖")


def filter_of(
    words: str,
    actor: str,
    kind: LogKind | None,
    from_on: date | None,
    to_on: date | None,
) -> LogFilter:
    """What is asked for; deeds are found by what they are called."""
    words = words.strip()
    return LogFilter(words, _called(words) if words else (), actor, kind, from_on, to_on)


def _called(words: str) -> tuple[str, ...]:
    return tuple(name for name, label in deed_labels().items() if words in label)


@cache
def deed_labels() -> Mapping[str, str]:
    """Every deed as the officer orders it; asked first off the GUI thread, it loads them all."""
    known = {name: one.label for name, one in operations().items()}
    return known | dict(log_words.words().deeds)


def deed_label(row: LogRow) -> str:
    """What was done, as the officer orders it."""
    return deed_labels().get(row.operation, "")


def action_label(row: LogRow) -> str:
    """What it did to the row, or what kind of deed it is, with why it failed."""
    said = log_words.words().actions.get(row.action, "")
    return f"{said}（{row.why}）" if row.why else said


@operation("导出操作记录", ExportLogForm)
def export_log(
    store: Store,
    form: ExportLogForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
    note: Callable[[int, int], None] | None = None,
) -> Written:
    """Write the entries as they are narrowed to a workbook; who took them out stands in the log."""
    asked = filter_of(form.words, form.log_actor, form.kind, form.from_on, form.to_on)
    found = log.ids(store, asked)
    sheet = Sheet("操作记录", COLUMNS, _cells(store, found, note))
    written = write_table(form.path, [sheet], overwrite=form.overwrite, made_at=now)
    with store.unit(actor=actor, operation="export_log") as session:
        say = {"list": sheet.title, "rows": written.rows, "file": form.path.name}
        audit.note(session, "export", table="audit_entry", row="", say=say)
    return written


def _cells(
    store: Store, found: Sequence[int], note: Callable[[int, int], None] | None
) -> Iterator[Sequence[object]]:
    for start in range(0, len(found), PORTION):
        if note is not None:
            note(start, len(found))
        with store.reading() as session:
            for one in log.details(session, found[start : start + PORTION]):
                row = one.row
                told = "；".join(map(said, one.changes))
                yield (
                    row.id,
                    row.at,
                    row.who,
                    deed_label(row),
                    action_label(row) if not row.gone else "这一条不在了",
                    row.thing,
                    told,
                    one.hash,
                )


def said(one: LogChange) -> str:
    """One field in a line."""
    if one.before:
        return f"{one.label}由{one.before}改为{one.after}"
    return f"{one.label}：{one.after}"


@operation("核对操作记录", LogForm)
def verify_log(
    store: Store,
    form: LogForm,  # noqa: ARG001
    *,
    today: date,  # noqa: ARG001
    now: datetime,  # noqa: ARG001
    actor: str,
    note: Callable[[int, int], None] | None = None,
) -> ChainReport:
    """Walk the chain from the first entry to the last, and keep the outcome on record."""
    with store.reading() as session:
        report = audit.verify(session, note)
    with store.unit(actor=actor, operation="verify_log") as session:
        say = {
            "entries": report.entries,
            "head": report.head,
            "problems": len(report.problems),
        }
        audit.note(session, "verify", table="audit_entry", row="", say=say)
    return report


__all__ = [
    "COLUMNS",
    "ChainReport",
    "ExportLogForm",
    "LogForm",
    "action_label",
    "deed_label",
    "deed_labels",
    "export_log",
    "filter_of",
    "said",
    "verify_log",
]
