"""The first start: a new home that is whole or not there, filled by the wizard or the sample."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from enforcer import paths
from enforcer.errors import InvalidForm, StoreTrouble, reason
from enforcer.operations import office, registers
from enforcer.operations.sample import make_sample
from enforcer.queries.readiness import Missing, office_ready
from enforcer.store.database import Clock, Store, open_store
from enforcer.terms import SeriesKind

CHINA = ZoneInfo("Asia/Shanghai")
PAPERS = (SeriesKind.NOTICE, SeriesKind.SUMMARY_DECISION)


@dataclass(frozen=True, slots=True)
class NumberWords:
    """代字 and width of one kind of paper; a blank stem sets no rule yet."""

    kind: SeriesKind
    stem: str
    width: int


@dataclass(frozen=True, slots=True)
class FirstStart:
    """What the wizard gathered."""

    organ: registers.OrganForm
    officers: tuple[registers.OfficerForm, ...]
    numbers: tuple[NumberWords, ...]
    backup_folder: str = ""


class AtStep(InvalidForm):
    """A refusal of one part of the plan: `part` names it, `index` the officer's line."""

    def __init__(self, part: str, index: int, wrong: InvalidForm) -> None:
        super().__init__(wrong.by_field)
        self.part, self.index = part, index


def set_up(
    home: Path, plan: FirstStart, *, clock: Clock, today: date, now: datetime, actor: str
) -> list[Missing]:
    """Make the home and everything the wizard gathered; what papers still lack is handed back."""
    lacking: list[Missing] = []
    folder = Path(plan.backup_folder or home.anchor).expanduser().resolve()
    if folder == home.resolve() or home.resolve() in folder.parents:
        inside = {"folder": "备份不能放在数据目录里面：磁盘坏了会一起丢失。请选别的磁盘。"}
        raise AtStep("backup_folder", 0, InvalidForm(inside))

    def fill(store: Store) -> None:
        _fill(store, plan, today=today, now=now, actor=actor)
        for paper in PAPERS:
            lacking.extend(
                one for one in office_ready(store, paper, today=today) if one not in lacking
            )

    make_home(home, fill, clock=clock)
    return lacking


def set_up_sample(home: Path, *, clock: Clock, actor: str, recordings: bool) -> None:
    """Make a home with the made-up unit, to look around in; its photos and recordings if wanted."""
    today = clock().astimezone(CHINA).date()

    def fill(store: Store) -> None:
        make_sample(store, today=today, actor=actor, recordings=recordings)

    make_home(home, fill, clock=clock)


def make_home(home: Path, fill: Callable[[Store], None], *, clock: Clock) -> None:
    """Make and fill a home beside its place, then move it there: the database last of all.

    A folder that is there already is worked in: it may be a disk of its own, or all we may write.
    """
    paths.refuse_network(home)
    _refuse_taken(home)
    workshop = (home if home.is_dir() else home.parent) / f".{home.name}-{uuid4().hex[:8]}"
    try:
        store = open_store(workshop, clock=clock, create=True)
        try:
            fill(store)
        finally:
            store.close()
        _move(workshop, home)
    except OSError as error:
        raise StoreTrouble(
            f"建不了数据目录“{home}”：{reason(error)}。请换一个可写的目录。"
        ) from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _move(workshop: Path, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    _refuse_taken(home)
    database = paths.database(workshop)
    for one in list(workshop.iterdir()):
        target = home / one.name
        if target.is_dir() and not any(target.iterdir()):
            target.rmdir()
        if one != database:
            one.replace(target)
    _put(database, home)


def _put(database: Path, home: Path) -> None:
    """Let the database appear at once, never over one that somebody made meanwhile."""
    try:
        paths.database(home).hardlink_to(database)
    except FileExistsError:
        _refuse_taken(home)
    except OSError:  # a disk that knows no links
        _refuse_taken(home)
        database.replace(paths.database(home))
    else:
        database.unlink()


def _refuse_taken(home: Path) -> None:
    if paths.database(home).exists():
        raise StoreTrouble(f"“{home}”里已有数据库，没有改动它。")


def _fill(store: Store, plan: FirstStart, *, today: date, now: datetime, actor: str) -> None:
    """One deed after the other; the first that refuses says which part of the plan is wrong."""

    def carry_out(part: str, index: int, deed: Callable[..., Any], form: Any) -> Any:
        try:
            return deed(store, form, today=today, now=now, actor=actor)
        except InvalidForm as wrong:
            raise AtStep(part, index, wrong) from wrong

    organ = carry_out("organ", 0, registers.save_organ, plan.organ)
    for at, officer in enumerate(plan.officers):
        carry_out("officers", at, registers.save_officer, officer)
    for one in plan.numbers:
        if one.stem:
            rule = registers.NumberRuleForm(
                organ_id=organ, kind=one.kind, stem=one.stem, width=one.width
            )
            carry_out(one.kind.value, 0, registers.save_number_rule, rule)
    if plan.backup_folder:
        folder = office.BackupFolderForm(folder=plan.backup_folder)
        carry_out("backup_folder", 0, office.choose_backup_folder, folder)
