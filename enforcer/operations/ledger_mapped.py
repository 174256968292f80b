"""A ledger of any layout in, through a mapping that is remembered by its header."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, select

from enforcer.errors import InvalidForm, WorkbookTrouble
from enforcer.exchange import mapping, workbook
from enforcer.exchange.mapping import MAPPED, Grid, Layout, Source
from enforcer.exchange.workbook import Reading
from enforcer.models import ImportMapping
from enforcer.operations.ledger_kinds import taker
from enforcer.operations.ledger_taking import ImportReport, Taking, take
from enforcer.operations.registry import operation
from enforcer.store.database import Store

Kind = Literal[
    "notices",
    "penalties",
    "leads",
    "education",
    "officers",
    "recorders",
    "violations",
    "tiers",
    "lists",
    "holidays",
]


class SourceForm(BaseModel):
    """Where one of our columns comes from; columns by their number from 0."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    column: int | None = Field(default=None, title="列", ge=0)
    second: int | None = Field(default=None, title="时刻所在的列", ge=0)
    fixed: str = Field(default="", title="固定内容")


class MappedForm(BaseModel):
    """Which sheet of which file (or a copied range), its header, its columns as ours.

    `top` is the first header row from 0, `height` how many there are; without `sources` the
    mapping remembered for this header is used, or guessed.
    """

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    path: Path | None = Field(default=None, title="文件")
    pasted: str = Field(default="", title="粘贴的内容")
    sheet: str = Field(default="", title="工作表")
    kind: Kind = Field(title="台账")
    top: int | None = Field(default=None, title="表头首行", ge=0)
    height: int = Field(default=1, title="表头行数", ge=0, le=5)
    sources: dict[str, SourceForm] = Field(default_factory=dict, title="对应关系")
    dry_run: bool = Field(default=False, title="只检查")


@dataclass(frozen=True, slots=True)
class Look:
    """What an import would bring: the rows as they were read, and the report of a dry run."""

    reading: Reading
    report: ImportReport


def grid_of(form: MappedForm) -> Grid:
    """The sheet the form names; the first one when it names none."""
    if form.pasted:
        return mapping.pasted_grid(form.pasted)
    if form.path is None:
        raise InvalidForm({"path": "请选择文件，或者粘贴表格内容。"})
    grids = mapping.read_grids(form.path)
    found = next((one for one in grids if one.name == form.sheet), None)
    if form.sheet and found is None:
        named = "、".join(one.name for one in grids)
        raise WorkbookTrouble(f"“{form.path.name}”里没有工作表“{form.sheet}”，有的是：{named}。")
    return found or grids[0]


def layout_for(store: Store, grid: Grid, kind: str) -> tuple[Layout, bool]:
    """The header found, and its mapping: the remembered one (True), or the guessed one."""
    found = mapping.guess(grid, MAPPED[kind])
    kept = remembered(store, kind, mapping.titles(grid, found.top, found.height))
    return (Layout(found.top, found.height, kept), True) if kept else (found, False)


def remembered(store: Store, kind: str, titles: list[mapping.Title]) -> Mapping[str, Source] | None:
    """How this header was mapped the last time."""
    if not any(one.parts for one in titles):
        return None
    with store.reading() as session:
        row = _kept(session, kind, mapping.fingerprint(titles))
        if row is None:
            return None
        known = {one.key for one in MAPPED[kind].columns}
        return {
            key: Source(**SourceForm.model_validate(given).model_dump())
            for key, given in (row.sources or {}).items()
            if key in known
        }


@operation("按对应关系导入", MappedForm)
def import_mapped(
    store: Store,
    form: MappedForm,
    *,
    today: date,
    now: datetime,
    actor: str,
    grid: Grid | None = None,
    progress: workbook.Progress | None = None,
) -> ImportReport:
    """Take the good rows of a sheet in any layout; `grid` spares reading the file again."""
    return _carry_out(store, form, today, now, actor, grid=grid, progress=progress).report


def look_mapped(
    store: Store,
    form: MappedForm,
    *,
    today: date,
    now: datetime,
    actor: str,
    grid: Grid | None = None,
    progress: workbook.Progress | None = None,
) -> Look:
    """What the import would bring; nothing is taken."""
    dry = form.model_copy(update={"dry_run": True, "request_id": None})
    return _carry_out(store, dry, today, now, actor, grid=grid, progress=progress)


def _carry_out(
    store: Store,
    form: MappedForm,
    today: date,
    now: datetime,
    actor: str,
    *,
    grid: Grid | None,
    progress: workbook.Progress | None,
) -> Look:
    grid = grid or grid_of(form)
    layout = _layout(store, form, grid)
    reading = mapping.read_mapped(grid, MAPPED[form.kind], layout, today=today, progress=progress)
    what = Taking(
        kind=form.kind,
        source=form.path.name if form.path and not form.pasted else mapping.PASTED,
        sheet="" if form.pasted else grid.name,
        take=taker(form.kind, today),
        operation="import_mapped",
        request_id=form.request_id,
        dry_run=form.dry_run,
        also=_remember(grid, form.kind, layout, now, actor),
    )
    return Look(reading, take(store, reading, what, now=now, actor=actor, progress=progress))


def _layout(store: Store, form: MappedForm, grid: Grid) -> Layout:
    if form.sources:
        sources = {key: Source(**one.model_dump()) for key, one in form.sources.items()}
        return Layout(form.top or 0, form.height, sources)
    if form.top is None:
        return layout_for(store, grid, form.kind)[0]
    titles = mapping.titles(grid, form.top, form.height)
    kept = remembered(store, form.kind, titles)
    return Layout(form.top, form.height, kept or mapping.match(titles, MAPPED[form.kind])[0])


def _remember(
    grid: Grid, kind: str, layout: Layout, now: datetime, actor: str
) -> Callable[[Session], None]:
    """Keep the mapping under the header it was made for."""
    titles = mapping.titles(grid, layout.top, layout.height)

    def keep(session: Session) -> None:
        if not any(one.parts for one in titles):
            return
        key = mapping.fingerprint(titles)
        row = _kept(session, kind, key) or ImportMapping(
            kind=kind, fingerprint=key, used_at=now, used_by=actor
        )
        row.sources = {
            name: {"column": one.column, "second": one.second, "fixed": one.fixed}
            for name, one in layout.sources.items()
        }
        row.used_at, row.used_by = now, actor
        session.add(row)

    return keep


def _kept(session: Session, kind: str, fingerprint: str) -> ImportMapping | None:
    return session.exec(
        select(ImportMapping).where(
            ImportMapping.kind == kind, ImportMapping.fingerprint == fingerprint
        )
    ).first()
