"""A workbook taken without a window: its own headers, a mapping that is remembered, or one by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from enforcer.errors import InvalidForm, WorkbookTrouble
from enforcer.exchange import mapping
from enforcer.exchange.law_sheets import LAW_SHEETS
from enforcer.exchange.ledgers import CellKind, Ledger
from enforcer.exchange.mapping import MAPPED, Grid, Layout, Source, Title
from enforcer.operations.law_files import ImportLawForm, import_law
from enforcer.operations.ledger_mapped import (
    Kind,
    MappedForm,
    SourceForm,
    import_mapped,
    remembered,
)
from enforcer.operations.ledger_taking import ImportReport
from enforcer.operations.ledgers import LedgerForm, import_ledger
from enforcer.store.database import Store

_LETTERS = re.compile(r"([A-Z]{1,3})列?")
SUGGESTED = 12
NO_MAPPING = '--mapping 的文件应当是 JSON：{"本栏": "其表头"}，请核对。'


class Theirs(BaseModel):
    """Where one of our columns comes from, by their titles or the letters of their columns."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    column: str = Field(default="", title="列")
    second: str = Field(default="", title="时刻所在的列")
    fixed: str = Field(default="", title="固定内容")


class FileForm(BaseModel):
    """Which workbook, which ledger; `by_hand` says where our columns come from, by our headers."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    path: Path
    kind: Kind
    by_hand: dict[str, Theirs] = Field(default_factory=dict, title="对应关系")
    dry_run: bool = False


def file_form(path: Path, kind: str, given: Mapping[str, object], *, dry_run: bool) -> FileForm:
    """The form of a command; InvalidForm when its mapping cannot be read or names none of ours."""
    by_hand = {
        name: {"column": one} if isinstance(one, str) else one for name, one in given.items()
    }
    try:
        form = FileForm.model_validate(
            {"path": path, "kind": kind, "by_hand": by_hand, "dry_run": dry_run}
        )
    except ValidationError as wrong:
        raise InvalidForm({"mapping": NO_MAPPING}) from wrong
    keys_of(form.kind, form.by_hand)
    return form


def keys_of(kind: str, by_hand: Mapping[str, Theirs]) -> dict[str, Theirs]:
    """The mapping by our keys; InvalidForm when one of the headers is none of ours."""
    ledger = MAPPED[kind]
    known = {one.header: one.key for one in ledger.columns} | {
        one.key: one.key for one in ledger.columns
    }
    wrong = [one for one in by_hand if one not in known]
    if wrong:
        ours = "、".join(one.header for one in ledger.columns)
        raise InvalidForm({"map": f"{ledger.title}没有“{wrong[0]}”这一栏，有的是：{ours}。"})
    for name, one in by_hand.items():
        moment = ledger.column(known[name]).kind is CellKind.MOMENT
        if bool(one.column) == bool(one.fixed) or (one.second and not (moment and one.column)):
            raise InvalidForm(
                {"map": f"“{name}”应当写明取自哪一列，或者写固定内容；只有时间可以另取时刻的列。"}
            )
    return {known[name]: one for name, one in by_hand.items()}


def import_file(
    store: Store, form: FileForm, *, today: date, now: datetime, actor: str
) -> ImportReport:
    """Take the good rows of a workbook; WorkbookTrouble when its columns cannot be told."""
    deed = {"today": today, "now": now, "actor": actor}
    if form.by_hand:
        grid, layout = _by_hand(form.path, MAPPED[form.kind], keys_of(form.kind, form.by_hand))
        return _mapped(store, form, grid, layout, "按给定的对应关系读取", **deed)  # type: ignore[arg-type]
    given = {"path": form.path, "kind": form.kind, "dry_run": form.dry_run}
    try:
        if form.kind in LAW_SHEETS:
            return import_law(store, ImportLawForm.model_validate(given), **deed)  # type: ignore[arg-type]
        return import_ledger(store, LedgerForm.model_validate(given), **deed)  # type: ignore[arg-type]
    except WorkbookTrouble as exact:
        grids = _grids(form.path, exact)
        found = _found(store, grids, form.kind)
        if found is None:
            raise WorkbookTrouble(f"{exact}{_advice(grids, MAPPED[form.kind])}") from exact
    return _mapped(store, form, *found, **deed)  # type: ignore[arg-type]


def _grids(path: Path, exact: WorkbookTrouble) -> list[Grid]:
    try:
        return mapping.read_grids(path)
    except WorkbookTrouble:
        raise exact from None


def _mapped(
    store: Store,
    form: FileForm,
    grid: Grid,
    layout: Layout,
    how: str,
    *,
    today: date,
    now: datetime,
    actor: str,
) -> ImportReport:
    sources = {
        key: SourceForm(column=one.column, second=one.second, fixed=one.fixed)
        for key, one in layout.sources.items()
    }
    asked = MappedForm(
        path=form.path,
        sheet=grid.name,
        kind=form.kind,
        top=layout.top,
        height=layout.height,
        sources=sources,
        dry_run=form.dry_run,
    )
    report = import_mapped(store, asked, today=today, now=now, actor=actor, grid=grid)
    return replace(report, remarks=(_told(MAPPED[form.kind], grid, layout, how), *report.remarks))


def _told(ledger: Ledger, grid: Grid, layout: Layout, how: str) -> str:
    """Which sheet and header was read, and each of our columns beside theirs."""
    pairs = [
        f"{one.header}←" + (f"“{told.fixed}”" if told.column is None else _place(told))
        for one in ledger.columns
        if (told := layout.sources.get(one.key)) is not None
    ]
    rows = f"第{layout.top + 1}行"
    if layout.height > 1:
        rows = f"第{layout.top + 1}至{layout.first}行"
    return f"工作表“{grid.name}”的表头在{rows}，{how}：{'，'.join(pairs)}。"


def _place(told: Source) -> str:
    at = [one for one in (told.column, told.second) if one is not None]
    return "和".join(f"{mapping.column_name(one)}列" for one in at)


def _found(store: Store, grids: Sequence[Grid], kind: str) -> tuple[Grid, Layout, str] | None:
    """A header that was mapped before, else one that is ours but not in the first row."""
    ledger = MAPPED[kind]
    for grid in grids:
        for top, height in mapping.headers(grid):
            kept = remembered(store, kind, mapping.titles(grid, top, height))
            if kept and not mapping.missing(ledger, kept):
                return grid, Layout(top, height, kept), "按上次导入这种表时的对应关系读取"
    for grid in grids:
        layout = mapping.by_name(grid, ledger)
        if layout is None:
            continue
        used = {one.column for one in layout.sources.values()}
        titles = mapping.titles(grid, layout.top, layout.height)
        if kind not in LAW_SHEETS or all(one.index in used for one in titles if one.parts):
            return grid, layout, "按列名读取"
    return None


def _advice(grids: Sequence[Grid], ledger: Ledger) -> str:
    """How the columns could be told, when the titles look like ours."""
    best, options = 0, ""
    for grid in grids:
        layout = mapping.guess(grid, ledger)
        titles = {one.index: one for one in mapping.titles(grid, layout.top, layout.height)}
        told = [
            f'--map "{title.joined}={one.header}"'
            for one in ledger.columns
            if (source := layout.sources.get(one.key)) is not None
            and (title := titles.get(-1 if source.column is None else source.column))
            and title.joined
        ]
        if layout.height and len(told) > best:
            best, options = len(told), " ".join(told[:SUGGESTED])
    if not options:
        return ""
    return (
        "列名不同的表，可以先在窗口里导入一次（会记住对应关系），"
        f"或者在命令后面写明对应关系：{options}。"
    )


def _by_hand(path: Path, ledger: Ledger, told: Mapping[str, Theirs]) -> tuple[Grid, Layout]:
    """The sheet and the header in which every title that was named stands."""
    names = [one for each in told.values() for one in (each.column, each.second) if one]
    wanted = {name: name for name in names}
    best: tuple[int, int, Grid, int, int] | None = None
    for grid in mapping.read_grids(path):
        for top, height in mapping.headers(grid):
            titles = mapping.titles(grid, top, height)
            ours = mapping.named(titles, {one.key: one.header for one in ledger.columns})
            score = len(mapping.named(titles, wanted))
            rank = (score, len(ours) - height)
            if best is None or rank > best[:2]:
                best = (*rank, grid, top, height)
    assert best, "a workbook that could be read has a row"
    *_, grid, top, height = best
    titles = mapping.titles(grid, top, height)
    at = {name: _column(titles, name, path) for name in names}
    sources = mapping.named(titles, {one.key: one.header for one in ledger.columns})
    taken = set(at.values())
    sources = {key: one for key, one in sources.items() if one.column not in taken}
    for key, one in told.items():
        if one.fixed:
            sources[key] = Source(fixed=one.fixed)
        else:
            second = at[one.second] if one.second else None
            sources[key] = Source(column=at[one.column], second=second)
    return grid, Layout(top, height, sources)


def _column(titles: Sequence[Title], name: str, path: Path) -> int:
    """The column of this title, or of these letters."""
    found = mapping.named(titles, {name: name}).get(name)
    if found is not None and found.column is not None:
        return found.column
    letters = _LETTERS.fullmatch(name.strip().upper())
    if letters:
        at = next((one for one in titles if mapping.column_name(one.index) == letters[1]), None)
        if at is not None:
            return at.index
    known = "、".join(one.joined for one in titles if one.parts)
    raise WorkbookTrouble(f"“{path.name}”里没有唯一的列“{name}”，表头是：{known}。请核对 --map。")
