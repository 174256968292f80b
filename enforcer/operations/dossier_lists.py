"""移交清单: what was handed to the archive room, as PDF to sign and as Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col, select

from enforcer.documents import report, stamp
from enforcer.documents.report import ReportCell, ReportTable
from enforcer.exchange.cellwriting import ColumnKind
from enforcer.exchange.export import Column, Sheet, write_table
from enforcer.models import ArchiveHandover, Case, Dossier, Organ
from enforcer.operations.dossier_archive import HandoverForm
from enforcer.operations.editing import block
from enforcer.operations.registry import operation
from enforcer.queries.dossier_handover import case_title
from enforcer.queries.looking import Where, among, looking
from enforcer.store import audit, vault
from enforcer.store.database import Store

COLUMNS = (
    Column("序号", ColumnKind.COUNT),
    Column("归档号", ColumnKind.ID),
    Column("案件名称"),
    Column("案号", ColumnKind.ID),
    Column("立案日期"),
    Column("结案日期"),
    Column("保管期限"),
    Column("卷数", ColumnKind.COUNT),
    Column("页数", ColumnKind.COUNT),
    Column("备注"),
)
_WIDTHS = (8.0, 16, 46, 34, 18, 18, 14, 9, 9, 14)


@dataclass(frozen=True, slots=True)
class HandoverList:
    """One list: who gave what to whom, a row a dossier; why it was taken back."""

    id: int
    on: str
    giver: str
    receiver: str
    words: str
    rows: tuple[tuple[str, ...], ...]
    taken_back: str = ""


def handover_list(where: Where, handover_id: int) -> HandoverList:
    """The rows of one list, by archive number."""
    with looking(where) as session:
        made = session.get(ArchiveHandover, handover_id)
        if made is None:
            raise block("handover_gone", f"没有编号为 {handover_id} 的移交清单。")
        if made.taken_back_at is not None:
            rows = tuple(tuple(one) for one in made.taken_back_rows or ())
        else:
            asked = (
                select(Dossier, Case)
                .join(Case, col(Case.id) == col(Dossier.case_id))
                .where(Dossier.handover_id == handover_id)
                .order_by(col(Dossier.archive_number))
            )
            rows = _rows(session.exec(asked).all())
        return HandoverList(
            handover_id,
            str(made.on),
            made.giver,
            made.receiver,
            made.words,
            rows,
            made.taken_back_reason,
        )


def draft_list(where: Where, form: HandoverForm) -> HandoverList:
    """The same before it is registered: what would go, still to be agreed upon."""
    with looking(where) as session:
        asked = (
            select(Dossier, Case)
            .join(Case, col(Case.id) == col(Dossier.case_id))
            .where(among(Dossier.case_id, form.case_ids), col(Dossier.handover_id).is_(None))
            .order_by(col(Dossier.archive_number))
        )
        rows = _rows(session.exec(asked).all())
    if len(rows) < len(set(form.case_ids)):
        raise block(
            "draft_changed",
            "选定的案卷里有还没有归档或者已经移交的，没有输出草稿。请重新选定。",
            field="case_ids",
        )
    return HandoverList(0, str(form.on), form.giver, form.receiver, form.words, rows)


def _rows(found: Sequence[tuple[Dossier, Case]]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(n),
            one.archive_number,
            case_title(case),
            case.number,
            str(case.filed_on or ""),
            str(case.closed_on or ""),
            one.retention,
            str(one.volumes),
            str(one.pages),
            "",
        )
        for n, (one, case) in enumerate(found, 1)
    )


class HandoverListForm(BaseModel):
    """Which list, and where to: a name that ends in .pdf or .xlsx.

    `draft` is a list that is not registered yet; it takes the place of `handover_id`.
    """

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    handover_id: int = Field(default=0, title="移交清单")
    draft: HandoverForm | None = Field(default=None, title="草稿")
    path: Path = Field(title="文件")
    overwrite: bool = Field(default=False, title="覆盖")


@operation("输出移交清单", HandoverListForm)
def export_handover(
    store: Store,
    form: HandoverListForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> Path:
    """Write the list as Excel, or as PDF for both to sign; the log says so."""
    one = (
        draft_list(store, form.draft)
        if form.draft is not None
        else handover_list(store, form.handover_id)
    )
    name = "移交清单（草稿）" if form.draft else f"移交清单{'（已撤回）' if one.taken_back else ''}"
    if form.path.suffix.lower() == ".xlsx":
        rows = [tuple(_number(n, value) for n, value in enumerate(row)) for row in one.rows]
        sheet = Sheet(name, COLUMNS, rows)
        write_table(form.path, [sheet], overwrite=form.overwrite, made_at=now)
    else:
        vault.publish(form.path, [as_pdf(one, _organ(store))], replace=form.overwrite)
    with store.unit(actor=actor, operation="export_handover") as session:
        say = {"what": name, "dossiers": len(one.rows), "file": form.path.name}
        audit.note(session, "export", table="archive_handover", row=str(one.id), say=say)
    return form.path


def as_pdf(one: HandoverList, organ: str) -> bytes:
    """The list for both to sign."""
    pages = sum(int(row[8]) for row in one.rows)
    words = f"　备注：{one.words}" if one.words else ""
    table = ReportTable(
        "",
        (tuple(ReportCell(column.title) for column in COLUMNS),),
        one.rows,
        _WIDTHS,
        note=f"共移交案卷{len(one.rows)}宗、{pages}页。{words}",
    )
    made = report.tables(
        "案卷移交清单",
        f"{organ}　{one.on}".strip(),
        (table,),
        signatures=(f"移交人（{one.giver}）", f"接收人（{one.receiver}）"),
        landscape=True,
    )
    if one.taken_back:
        return stamp.mark(made, "已撤回", note=one.taken_back)
    return made if one.id else stamp.mark(made, "草稿", note="尚未登记移交")


def _organ(store: Store) -> str:
    """The office's own name; nothing where it acts for several organs."""
    with store.reading() as session:
        names = session.exec(select(col(Organ.name)).where(col(Organ.enabled))).all()
    return names[0] if len(names) == 1 else ""


def _number(at: int, value: str) -> object:
    return int(value) if at in (0, 7, 8) else value
