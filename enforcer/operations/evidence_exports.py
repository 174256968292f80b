"""Evidence as workbooks: the list as it is seen, and the report of an intake, file by file."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from enforcer.exchange.cellwriting import ColumnKind
from enforcer.exchange.export import Column, Sheet, Written, write_table
from enforcer.operations.registry import operation
from enforcer.queries import evidence, evidence_history
from enforcer.queries.evidence import FileRow
from enforcer.queries.evidence_history import IntakeLine
from enforcer.queries.evidence_items import clock
from enforcer.queries.evidence_reading import said
from enforcer.queries.evidence_states import all_rows, problem_states
from enforcer.queries.recording_copies import second_copies
from enforcer.store import audit
from enforcer.store.database import Store

_READ = (
    Column("类别"),
    Column("开始时间"),
    Column("结束时间"),
    Column("时间来源"),
    Column("时长"),
    Column("执法仪", ColumnKind.ID),
    Column("拍摄人"),
    Column("地点"),
)
FILE_COLUMNS = (
    Column("文件", ColumnKind.ID),
    *_READ,
    Column("归属"),
    Column("提示"),
    Column("大小(字节)", ColumnKind.COUNT),
    Column("SHA-256", ColumnKind.ID),
    Column("SM3", ColumnKind.ID),
    Column("最近检查"),
    Column("存放"),
    Column("备份副本"),
    Column("保存类别"),
    Column("保存到"),
    Column("入库时间"),
    Column("入库人"),
)
REPORT_COLUMNS = (
    Column("序号", ColumnKind.COUNT),
    Column("文件", ColumnKind.ID),
    Column("结果"),
    Column("说明"),
    *_READ,
    Column("大小(字节)", ColumnKind.COUNT),
    Column("SHA-256", ColumnKind.ID),
)


class ExportEvidenceForm(BaseModel):
    """Which files, in which order, and where to; `overwrite` was asked before."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    file_ids: tuple[int, ...] = Field(title="文件", max_length=1_000_000)
    path: Path = Field(title="导出到")
    overwrite: bool = Field(default=False, title="覆盖")


class ExportIntakeForm(BaseModel):
    """Which intake, and where to."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    intake_id: int = Field(title="导入")
    path: Path = Field(title="导出到")
    overwrite: bool = Field(default=False, title="覆盖")


@operation("导出证据文件列表", ExportEvidenceForm)
def export_evidence(
    store: Store,
    form: ExportEvidenceForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> Written:
    """Write the list as it is seen to a workbook; who took it out stands in the log."""
    states, copies = problem_states(store), second_copies(store)
    cells = []
    for one in all_rows(store, form.file_ids):
        kind, copy = states.get(one.id), copies.get(one.id)
        cells.append(_file(one, kind.label if kind else "完好", copy.say if copy else "没有"))
    return _written(store, Sheet("证据文件", FILE_COLUMNS, cells), form, now=now, actor=actor)


@operation("导出导入报告", ExportIntakeForm)
def export_intake(
    store: Store,
    form: ExportIntakeForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> Written:
    """Write what became of every file of an intake to a workbook."""
    lines = evidence_history.intake_lines(store, form.intake_id)
    ids = [one.file_id for one in lines if one.file_id is not None]
    files = {one.id: one for one in all_rows(store, list(dict.fromkeys(ids)))}
    cells = [_line(one, files.get(one.file_id or 0)) for one in lines]
    return _written(store, Sheet("导入报告", REPORT_COLUMNS, cells), form, now=now, actor=actor)


def belongs(one: FileRow) -> str:
    """What a file belongs to, in words."""
    return "、".join(
        use.case_number or f"{use.action.label}（编号 {use.action_id}）" for use in one.uses
    )


def remarks_of(one: FileRow) -> tuple[str, ...]:
    """What was noted when it was read and when it was linked, each once."""
    return tuple(dict.fromkeys([*one.remarks, *(r for use in one.uses for r in use.remarks)]))


def _written(
    store: Store,
    sheet: Sheet,
    form: ExportEvidenceForm | ExportIntakeForm,
    *,
    now: datetime,
    actor: str,
) -> Written:
    written = write_table(form.path, [sheet], overwrite=form.overwrite, made_at=now)
    with store.unit(actor=actor, operation="export_evidence") as session:
        say = {"list": sheet.title, "rows": written.rows, "file": form.path.name}
        audit.note(session, "export", table="evidence_file", row="", say=say)
    return written


def _read(one: FileRow) -> tuple[object, ...]:
    return (
        one.media.label,
        said(one.begins_at) if one.begins_at else "",
        said(one.ends_at) if one.ends_at else "",
        one.time_source.label if one.time_source else "",
        clock(one.duration_ms) if one.duration_ms else "",
        one.recorder,
        one.officer,
        one.place,
    )


def _file(one: FileRow, state: str, copy: str) -> tuple[object, ...]:
    until = "长期" if one.keep_until is None else one.keep_until.isoformat()
    lies = f"在“{one.volume_label}”" if one.volume_label else one.keeping.label
    return (
        one.name,
        *_read(one),
        belongs(one),
        "".join(remarks_of(one)),
        one.size,
        one.sha256,
        one.sm3,
        "已到期删除" if one.deleted else state,
        lies,
        copy,
        one.retention.label,
        until,
        said(one.taken_at),
        one.taken_by,
    )


def _line(line: IntakeLine, one: evidence.FileRow | None) -> tuple[object, ...]:
    remarks = (line.say, *(remarks_of(one) if one else ()))
    told = "".join(dict.fromkeys(part for part in remarks if part))
    read = _read(one) if one else ("",) * len(_READ)
    sha = one.sha256 if one else ""
    return (line.position + 1, line.shown, line.state.label, told, *read, line.size, sha)
