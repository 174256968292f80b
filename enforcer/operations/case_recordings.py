"""Recordings beside a case file: out into a folder of their own, and in again, each by its hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from enforcer.errors import Trouble
from enforcer.evidence_terms import ActionKind, EvidenceActKind, Keeping
from enforcer.exchange import case_file
from enforcer.exchange.media_names import CHINA
from enforcer.models import EvidenceFile
from enforcer.operations import evidence_uses
from enforcer.operations.evidence_acts import note_act
from enforcer.operations.evidence_running import Note
from enforcer.operations.registry import operation
from enforcer.queries import case_file_recordings as known
from enforcer.queries import evidence
from enforcer.queries.case_file_rows import stored, table_of
from enforcer.queries.evidence_settings import evidence_folder, own_folder
from enforcer.queries.looking import Where, looking
from enforcer.store import recordings, volumes
from enforcer.store.database import Store
from enforcer.store.intake import Cancelled, Control
from enforcer.store.recordings import NotCopied, PlaceFull


class TakeCaseRecordingsForm(BaseModel):
    """Which case file; its recordings lie in the folder beside it."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    path: Path = Field(title="案件文件")


@dataclass(frozen=True, slots=True)
class Beside:
    """What a case file names: how many, how many are here, lie beside it, or are missing."""

    named: int
    here: int
    beside: int
    bytes: int

    @property
    def say(self) -> str:
        if not self.named:
            return ""
        lacking = self.named - self.here - self.beside
        return (
            f"案件有 {self.named} 个录像等文件："
            + "，".join(
                part
                for part in (
                    f"本机已有 {self.here} 个" if self.here else "",
                    f"随文件带来 {self.beside} 个" if self.beside else "",
                    f"{lacking} 个没有带来，只有名称和校验值" if lacking else "",
                )
                if part
            )
            + "。"
        )


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What was taken in; `problems` are sentences."""

    taken: int
    here: int
    absent: tuple[str, ...]
    problems: tuple[str, ...]


def folder_of(path: Path) -> Path:
    """Where the recordings of a case file lie: beside it, under its name."""
    return path.with_name(f"{path.stem}-录像")


def write_beside(
    store: Store,
    rows: Sequence[EvidenceFile],
    path: Path,
    *,
    control: Control | None = None,
    note: Note | None = None,
) -> tuple[list[EvidenceFile], list[str]]:
    """Put each file beside the case file, proved by its hash; which went, and why others did not."""
    folder = folder_of(path)
    went: list[EvidenceFile] = []
    problems: list[str] = []
    attached = volumes.attached()
    total, done = sum(one.size for one in rows), 0
    for row in rows:
        if note is not None:
            note(row.original_name, done, total)
        done += row.size
        source = evidence.located(store, row, attached)
        target = folder / recordings.file_name(row.sha256, row.original_name)
        try:
            if source is None or not source.is_file():
                raise NotCopied(f"“{row.volume_label}”没有接上" if source is None else "文件不见了")
            recordings.bring(source, target, row.sha256, control=control)
        except NotCopied as why:
            problems.append(f"“{row.original_name}”没有带上：{why}。")
            continue
        except Cancelled as stop:
            raise Trouble(
                f"已停下，案件文件没有导出；放好的录像留在“{folder}”，可以再导出一次。"
            ) from stop
        except PlaceFull as full:
            raise Trouble(
                f"录像没有全部带上：{full}（{folder}），案件文件没有导出。请换一个有空间的磁盘。"
            ) from full
        went.append(row)
    if went:
        recordings.settle([folder / "x"])
    return went, problems


def look_beside(where: Where, path: Path) -> Beside:
    """What opening this case file would bring; nothing is copied."""
    named = list(case_file.opened(path).rows.get("recordings") or ())
    with looking(where) as session:
        lacking = [one for one in named if known.here(session, one) is None]
    beside = [one for one in lacking if _source(path, one).is_file()]
    return Beside(
        len(named), len(named) - len(lacking), len(beside), sum(one["size"] for one in beside)
    )


@operation("取入案件录像", TakeCaseRecordingsForm)
def take_case_recordings(
    store: Store,
    form: TakeCaseRecordingsForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
    control: Control | None = None,
    note: Note | None = None,
) -> BroughtIn:
    """Copy and register what lies beside a case file and is not here yet; each proven by its hash.

    The case itself is opened afterwards and finds them by that hash.
    """
    named = list(case_file.opened(form.path).rows.get("recordings") or ())
    total, done, taken, here = sum(one["size"] for one in named), 0, 0, 0
    absent, problems = [], []
    for one in named:
        name = str(one["original_name"])
        if note is not None:
            note(name, done, total)
        done += int(one["size"])
        with store.reading() as session:
            is_here = known.here(session, one) is not None
        source = _source(form.path, one)
        if is_here:
            here += 1
        elif not source.is_file():
            absent.append(name)
        else:
            try:
                _register(store, one, source, form.path, now=now, actor=actor, control=control)
                taken += 1
            except NotCopied as why:
                problems.append(f"“{name}”没有取入：{why}。请向原单位重新索取。")
            except Cancelled as stop:
                raise Trouble("已停下，案件没有打开；取入的录像都有效，可以再打开一次。") from stop
            except PlaceFull as full:
                raise Trouble(
                    f"录像没有全部取入：{full}。已经取入的都有效，腾出空间以后再打开。"
                ) from full
    return BroughtIn(taken, here, tuple(absent), tuple(problems))


def find(session: Session, rows: Mapping[str, Any], ids: dict[tuple[str, str], int]) -> None:
    """Let the rows of a case file point at the files of this home that have the same content."""
    for one in rows.get("recordings") or ():
        row = known.here(session, one)
        if row is not None and row.id:
            ids["evidence_file", str(one["uid"])] = row.id


def link_all(session: Session, rows: Mapping[str, Any], case_id: int, *, actor: str) -> int:
    """The case holds every file of its own that is here; returns how many it did not hold before.

    Since when it holds them is what the file says: not the day on which it came here.
    """
    made = 0
    for one in rows.get("recordings") or ():
        row = known.here(session, one)
        if row is not None:
            since = datetime.fromisoformat(one["held_since"])
            case = ActionKind.CASE
            made += evidence_uses.link(session, row, case, case_id, now=since, actor=actor)
    return made


def _source(path: Path, said: Mapping[str, Any]) -> Path:
    return folder_of(path) / recordings.file_name(str(said["sha256"]), str(said["original_name"]))


def _register(
    store: Store,
    said: Mapping[str, Any],
    source: Path,
    path: Path,
    *,
    now: datetime,
    actor: str,
    control: Control | None,
) -> None:
    folder, uid = evidence_folder(store), uuid4()
    kept_as = f"{now.astimezone(CHINA):%Y-%m}/{uid.hex}{source.suffix}"
    target = folder / kept_as
    recordings.bring(source, target, str(said["sha256"]), control=control)
    recordings.settle([target])
    columns = table_of("evidence_file").columns
    values = {name: stored(columns[name], said.get(name)) for name in known.FACTS if name in said}
    taken = f"{values['taken_at'].astimezone(CHINA):%Y-%m-%d %H:%M}"
    came = f"随案件文件带来；原登记：{taken}，{values['taken_by']}。"
    values |= {"taken_at": now, "taken_by": actor, "size": target.stat().st_size}
    values["remarks"] = [*(values.get("remarks") or ()), came]
    with store.unit(actor=actor, operation="take_case_recordings") as session:
        session.add(
            EvidenceFile(
                **values,
                uid=uid,
                original_path=str(path),
                keeping=Keeping.COPIED,
                kept_as=kept_as,
                volume_root="" if folder == own_folder(store) else str(folder),
            )
        )


def note_taken_along(
    session: Session, rows: Sequence[EvidenceFile], path: Path, *, now: datetime, actor: str
) -> None:
    """That these files left the office with a case file stays on record."""
    for row in rows:
        note_act(
            session,
            row,
            EvidenceActKind.COPIED_OUT,
            now=now,
            actor=actor,
            purpose="随案件文件导出",
            detail=str(folder_of(path)),
        )
