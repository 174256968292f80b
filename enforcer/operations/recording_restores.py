"""Recordings that are lost here are taken back from their second copies, by hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, col, select

from enforcer.errors import Trouble
from enforcer.evidence_terms import EvidenceActKind, Keeping, ProblemKind
from enforcer.exchange import media
from enforcer.exchange.media_names import CHINA
from enforcer.models import EvidenceFile
from enforcer.operations.backup import restore
from enforcer.operations.editing import refuse_if
from enforcer.operations.evidence_acts import note_act
from enforcer.operations.evidence_checks import CheckEvidenceForm, check_evidence
from enforcer.operations.evidence_running import Note, readable
from enforcer.operations.registry import operation
from enforcer.queries import evidence
from enforcer.queries.evidence_settings import evidence_folder, own_folder
from enforcer.queries.evidence_states import problem_states
from enforcer.store import recordings, volumes
from enforcer.store.database import Store, open_store
from enforcer.store.intake import Cancelled, Control
from enforcer.store.recordings import NotCopied, Place, PlaceFull


class TakeBackForm(BaseModel):
    """Where the copies lie; `referenced`: also originals whose own disk is not here."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    folder: Path = Field(title="录像备份的位置")
    referenced: bool = Field(default=False, title="原件所在磁盘没有接上的也取回")


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came back; `there` were in place, `absent` have no copy in that folder."""

    back: int
    there: int
    absent: tuple[str, ...]
    problems: tuple[str, ...]
    away: dict[str, int]
    say: str = ""

    @property
    def told(self) -> str:
        """What the officer is told; the problems file by file are told beside it."""
        absent = (
            f"{len(self.absent)} 个在那里没有副本（{_few(self.absent)}）。" if self.absent else ""
        )
        bad = f"{len(self.problems)} 个没有取回。" if self.problems else ""
        away = "".join(
            f"“{one}”没有接上，上面的 {n} 个原件没有核对。" for one, n in self.away.items()
        )
        return f"取回录像 {self.back} 个，原来就在的 {self.there} 个。{absent}{bad}{away}{self.say}"

    def as_json(self) -> dict[str, object]:
        """What the command prints."""
        return {
            "back": self.back,
            "there": self.there,
            "absent": list(self.absent),
            "problems": list(self.problems),
            "away": self.away,
            "say": self.say,
        }


@dataclass(frozen=True, slots=True)
class Restored:
    """A home made from a backup; `recordings` None when they were not asked for."""

    home: Path
    rows: int
    files: int
    recordings: TakenBack | None


def restore_all(
    archive: Path,
    home: Path,
    folder: Path | None,
    *,
    today: date,
    now: datetime,
    actor: str,
    control: Control | None = None,
    note: Note | None = None,
) -> Restored:
    """Restore a backup into a new home, then its recordings from `folder` where one is given."""
    if folder is not None:
        _place(folder)
    manifest = restore(archive, home, now=now, actor=actor)
    back = None
    if folder is not None:
        store = open_store(home, clock=lambda: now)
        store.asks_who = False
        try:
            form = TakeBackForm(folder=folder, referenced=True)
            back = take_recordings_back(
                store, form, today=today, now=now, actor=actor, control=control, note=note
            )
        finally:
            store.close()
    rows, files = manifest["rows"], manifest["files"]
    assert isinstance(rows, dict)
    assert isinstance(files, dict)
    return Restored(home, sum(rows.values()), len(files), back)


@operation("取回录像", TakeBackForm)
def take_recordings_back(
    store: Store,
    form: TakeBackForm,
    *,
    today: date,
    now: datetime,
    actor: str,
    control: Control | None = None,
    note: Note | None = None,
) -> TakenBack:
    """Bring back every registered file that is missing or altered; each is proven by its hash.

    What is altered is moved aside, never overwritten; what is in place is not touched.
    """
    place = recordings.found(form.folder)
    if place is None:
        refuse_if(
            {
                "folder": f"“{form.folder}”里没有录像备份（“{recordings.NAME}”）。请选备份盘上的文件夹。"
            }
        )
    assert place is not None
    copies = recordings.contents(place)
    states = problem_states(store)
    with store.reading() as session:
        asked = select(EvidenceFile).where(col(EvidenceFile.deletion_id).is_(None))
        rows = session.exec(asked.order_by(col(EvidenceFile.id))).all()
    attached = volumes.attached()
    lost: list[EvidenceFile] = []
    away: dict[str, int] = {}
    for row in rows:
        path = evidence.located(store, row, attached)
        if path is None and not form.referenced:
            away[row.volume_label] = away.get(row.volume_label, 0) + 1
        elif path is None or _is_lost(row, path, states):
            lost.append(row)
    total, done, say = sum(row.size for row in lost), 0, ""
    absent, problems = [], []
    back: list[int] = []
    for row in lost:
        if note is not None:
            note(row.original_name, done, total)
        done += row.size
        copy = copies.get(row.sha256)
        if copy is None:
            absent.append(row.original_name)
            continue
        try:
            _one(store, row, copy, now=now, actor=actor, control=control)
        except NotCopied as why:
            problems.append(f"“{row.original_name}”没有取回：{why}。")
            continue
        except Cancelled:
            say = "已停下，取回的都有效，可以再来一次继续。"
            break
        except (PlaceFull, Trouble) as stop:
            say = f"没有全部取回：{stop}。请腾出空间或者检查磁盘，再来一次继续。"
            break
        back.append(row.id or 0)
    if back:
        checked = CheckEvidenceForm(file_ids=tuple(back))
        check_evidence(store, checked, today=today, now=now, actor=actor)
    here = len(rows) - len(lost) - sum(away.values())
    return TakenBack(len(back), here, tuple(absent), tuple(problems), away, say)


def _place(folder: Path) -> Place:
    place = recordings.found(folder)
    if place is None:
        refuse_if(
            {"folder": f"“{folder}”里没有录像备份（“{recordings.NAME}”）。请选备份盘上的文件夹。"}
        )
    assert place is not None
    return place


def _few(names: Sequence[str]) -> str:
    return "、".join(names[:3]) + (f"等 {len(names)} 个" if len(names) > 3 else "")


def _is_lost(row: EvidenceFile, path: Path, states: Mapping[int, ProblemKind]) -> bool:
    try:
        return not path.is_file() or path.stat().st_size != row.size or (row.id or 0) in states
    except OSError:
        return True


def _one(
    store: Store,
    row: EvidenceFile,
    copy: Path,
    *,
    now: datetime,
    actor: str,
    control: Control | None,
) -> None:
    """Bring one file back to its place; to the evidence folder where that place is gone."""
    assert row.id
    month = f"{row.taken_at.astimezone(CHINA):%Y-%m}"
    suffix = media.suffix_of(copy)
    copied = row.keeping is Keeping.COPIED
    kept_as = row.kept_as if copied else f"{month}/{row.uid.hex}{suffix}"
    base = Path(row.volume_root) if copied and row.volume_root else evidence_folder(store)
    if not base.is_dir():
        base = own_folder(store)
    target = base / kept_as
    aside = target.with_name(f"{target.stem}-改动-{uuid4().hex[:8]}{target.suffix}")
    if target.exists():
        target.rename(aside)
    try:
        recordings.bring(copy, target, row.sha256, control=control)
    except BaseException:
        if aside.exists():
            aside.rename(target)
        raise
    recordings.settle([target])
    with store.unit(actor=actor, operation="take_recordings_back") as session:
        _settled(session, store, row.id, kept_as, base, now=now, actor=actor, copy=copy)


def _settled(
    session: Session,
    store: Store,
    file_id: int,
    kept_as: str,
    base: Path,
    *,
    now: datetime,
    actor: str,
    copy: Path,
) -> None:
    row = session.get(EvidenceFile, file_id)
    assert row is not None
    lay = f"“{row.volume_label}”上的 {row.kept_as}" if row.keeping is Keeping.REFERENCED else ""
    row.keeping, row.kept_as, row.volume_label = Keeping.COPIED, kept_as, ""
    row.volume_root = "" if base == own_folder(store) else str(base)
    session.add(row)
    detail = f"从 {readable(str(copy))} 取回" + (f"；原件在{lay}" if lay else "")
    note_act(session, row, EvidenceActKind.TAKEN_BACK, now=now, actor=actor, detail=detail)
