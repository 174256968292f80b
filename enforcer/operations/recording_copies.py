"""Second copies of recordings: brought to another disk by hash, proven, listed, kept on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, col, select

from enforcer.errors import EnforcerError, Trouble
from enforcer.evidence_terms import IntakeState
from enforcer.models import EvidenceFile, RecordingBackup, RecordingCopy, Setting
from enforcer.operations.backup import CHINA, automatic_folder, recordings_on
from enforcer.operations.editing import SettingForm, changed_meanwhile, once, refuse_if
from enforcer.operations.evidence_running import Note
from enforcer.operations.office import check_backup_folder
from enforcer.operations.recording_lists import write_lists
from enforcer.operations.registry import operation
from enforcer.queries import evidence, recording_copies
from enforcer.queries.looking import version
from enforcer.queries.recording_copies import KEY, WARN_DAYS
from enforcer.store import intake, recordings, volumes
from enforcer.store.database import Store
from enforcer.store.intake import Cancelled, Control
from enforcer.store.recordings import NotCopied, Place, PlaceFull
from enforcer.text import OptionalLine

_TOGETHER, _TOGETHER_BYTES = 50, 1 << 28


class CopySettingsForm(SettingForm):
    """Whether recordings go along with the backups, where to, and when their lack is told."""

    on: bool = Field(default=False, title="录像一并备份")
    folder: OptionalLine = Field(default="", title="录像备份位置")
    warn_days: int = Field(default=WARN_DAYS, title="几天没有副本就提醒", ge=1, le=365)


class CopyRecordingsForm(BaseModel):
    """Where to; `again` reads copies that are there already once more."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    folder: Path = Field(title="录像备份位置")
    again: bool = Field(default=False, title="已有的副本也重新核对")


@dataclass(frozen=True, slots=True)
class CopyOutcome:
    """What a run did; `problems` are sentences, `away` disks not attached, with how many files."""

    id: int
    folder: Path
    label: str
    state: IntakeState
    copied: int
    known: int
    bytes: int
    problems: tuple[str, ...]
    away: dict[str, int]
    say: str

    @property
    def done(self) -> bool:
        return self.state is IntakeState.DONE

    @property
    def told(self) -> str:
        """What the officer is told; the problems file by file are told beside it."""
        where = f"“{self.label}”上的 {self.folder}" if self.label else f"{self.folder}"
        known = f"，原有 {self.known} 个" if self.known else ""
        bad = f"，{len(self.problems)} 个没有副本" if self.problems else ""
        away = "".join(f"“{one}”没有接上，{n} 个没有备份。" for one, n in self.away.items())
        return f"录像备份到{where}：新增 {self.copied} 个{known}{bad}。{away}{self.say}"

    def as_json(self) -> dict[str, object]:
        """What the command prints."""
        return {
            "folder": str(self.folder),
            "volume": self.label,
            "state": self.state.value,
            "copied": self.copied,
            "known": self.known,
            "bytes": self.bytes,
            "problems": list(self.problems),
            "away": self.away,
            "say": self.say,
        }


@operation("设置录像备份", CopySettingsForm)
def save_copy_settings(
    store: Store,
    form: CopySettingsForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> str:
    """Keep the choice after trying the folder; its disk is known by its label from then on."""
    folder = Path(form.folder) if form.folder else automatic_folder(store)
    if form.on and folder is None:
        refuse_if({"folder": "请选录像放到哪里；留空则放在上面的备份位置，但那里也还没有选。"})
    disk = {"label": "", "below": ""}
    if form.on and folder is not None:
        refuse_if({"folder": check_backup_folder(store, str(folder)).fault})
        volume = volumes.volume_of(folder)
        below = folder.absolute().relative_to(volume.root).as_posix()
        disk = {"label": volume.label, "below": below}

    def deed(session: Session) -> str:
        row = session.get(Setting, KEY)
        if row is not None and form.loaded and form.loaded != version(row):
            raise changed_meanwhile(session, [("setting", KEY)], "录像备份的设置")
        row = row or Setting(key=KEY)
        value = form.model_dump(mode="json", exclude={"request_id", "loaded"}) | disk
        if row.value != value:
            row.value = value
        session.add(row)
        return KEY

    return once(store, form, name="save_copy_settings", now=now, actor=actor, deed=deed)


def copies_folder(store: Store) -> Path | None:
    """Where recordings go now; None when the office has not switched it on.

    Trouble when its disk is not attached: copies never land where that disk would be.
    """
    chosen = recording_copies.settings(store)
    folder = Path(chosen.folder) if chosen.folder else automatic_folder(store)
    if not chosen.on or folder is None:
        return None
    attached = volumes.attached()
    if chosen.label and volumes.volume_of(folder, attached).label != chosen.label:
        root = next((one.root for one in attached if one.label == chosen.label), None)
        if root is None:
            raise Trouble(f"录像备份盘“{chosen.label}”没有接上，录像没有备份。请接好以后再备份。")
        folder = root / chosen.below
    if not folder.is_dir():
        raise Trouble(f"录像备份的文件夹“{folder}”不在，录像没有备份。请接好磁盘，或者重新选定。")
    return folder


def copies_due(store: Store, *, today: date) -> bool:
    """Whether recordings go along and no run was finished today; not where nothing is kept."""
    if not recordings_on(store):
        return False
    stand = recording_copies.standing(store, today=today)
    last = stand.last
    finished = last.finished_at if last and last.state is IntakeState.DONE else None
    return bool(stand.files) and (finished is None or finished.astimezone(CHINA).date() < today)


@operation("备份录像", CopyRecordingsForm)
def copy_recordings(
    store: Store,
    form: CopyRecordingsForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
    control: Control | None = None,
    note: Note | None = None,
) -> CopyOutcome:
    """Bring every recording that is not there yet to this folder, those of cases first.

    Each is read back before it counts; what lies there of others is never touched. However it ends,
    what was proven stays on record, and another run goes on from there.
    """
    refuse_if({"folder": check_backup_folder(store, str(form.folder.absolute())).fault})
    place = recordings.made(form.folder.absolute())
    run = _Run(store, place, form, actor, control or Control(), note or (lambda *_: None))
    return run.all(now)


@dataclass(slots=True)
class _Counts:
    copied: int = 0
    known: int = 0
    bytes: int = 0
    left: int = 0
    problems: list[str] = field(default_factory=list)
    away: Counter[str] = field(default_factory=Counter)


class _Run:
    """One run: what is there, what is proven and not yet on record."""

    def __init__(
        self,
        store: Store,
        place: Place,
        form: CopyRecordingsForm,
        actor: str,
        control: Control,
        note: Note,
    ) -> None:
        self.store, self.place, self.actor = store, place, actor
        self.again, self.control, self.note = form.again, control, note
        self.label = volumes.volume_of(place.root).label
        self.there = recordings.contents(place)
        with store.reading() as session:
            held = evidence.held(session)
            rows = session.exec(
                select(EvidenceFile)
                .where(col(EvidenceFile.deletion_id).is_(None))
                .order_by(col(EvidenceFile.id))
            ).all()
            self.proven = recording_copies.whole_at(session, place.mark)
        self.rows = sorted(rows, key=lambda one: one.id not in held)
        self.counts = _Counts()
        self.total = sum(one.size for one in self.rows)
        self.passed = 0
        self.facts: list[tuple[int, bool, str]] = []
        self.fresh: list[Path] = []

    def all(self, now: datetime) -> CopyOutcome:
        """Every file in turn; whatever stops it, what is proven is on record first."""
        self.run_id = self._begun(now)
        state, say = IntakeState.DONE, ""
        try:
            try:
                self._each()
            finally:
                self._record()
        except Cancelled:
            state, say = IntakeState.CANCELLED, "已停下，已经备份的都有效，下次从这里继续。"
        except PlaceFull as full:
            state = IntakeState.INTERRUPTED
            say = (
                f"备份盘放不下了：{full}，还有 {self.counts.left} 个文件没有副本。已经备份的都有效。"
                "请换一个更大的磁盘，或者腾出空间以后继续。"
            )
        except Trouble as trouble:
            state, say = IntakeState.INTERRUPTED, str(trouble)
        say += self._listed(now)
        self._ended(state, say)
        counts = self.counts
        return CopyOutcome(
            self.run_id,
            self.place.root,
            self.label,
            state,
            counts.copied,
            counts.known,
            counts.bytes,
            tuple(counts.problems),
            dict(counts.away),
            say,
        )

    def _each(self) -> None:
        attached = volumes.attached()
        waiting = 0
        for at, row in enumerate(self.rows):
            self.counts.left = len(self.rows) - at
            self.control.check()
            self.note(row.original_name, self.passed, self.total)
            before = self.passed
            waiting += self._one(row, evidence.located(self.store, row, attached))
            self.passed = before + row.size
            if len(self.facts) >= _TOGETHER or waiting >= _TOGETHER_BYTES:
                self._record()
                waiting = 0
        self.counts.left = 0

    def _one(self, row: EvidenceFile, source: Path | None) -> int:
        """One file: known, brought, or why not; returns how many bytes were written."""
        assert row.id
        kept = self.there.get(row.sha256)
        if kept is not None and self._is_whole(row, kept):
            self.counts.known += 1
            return 0
        if source is None or not source.is_file():
            self._without(row, source)
            return 0
        target = recordings.target(self.place, row.sha256, row.original_name)
        if kept is not None and kept != target:
            target = kept
        recordings.room(self.place, row.size)
        try:
            recordings.bring(
                source, target, row.sha256, control=self.control, progress=self._more(row)
            )
        except NotCopied as why:
            self.counts.problems.append(f"“{row.original_name}”没有副本：{why}。")
            if self.proven.get(row.id):
                self.facts.append((row.id, False, str(why)))
            return 0
        self.there[row.sha256] = target
        self.fresh.append(target)
        self.facts.append((row.id, True, ""))
        self.counts.copied += 1
        self.counts.bytes += row.size
        return row.size

    def _is_whole(self, row: EvidenceFile, kept: Path) -> bool:
        """Whether the copy that lies there counts: proven before, or read now."""
        assert row.id
        try:
            if kept.stat().st_size != row.size:
                return False
            if self.proven.get(row.id) and not self.again:
                return True
            read = intake.sha256_of(kept, control=self.control, progress=self._more(row))
        except OSError:
            return False
        if read != row.sha256:
            return False
        self.facts.append((row.id, True, ""))
        return True

    def _without(self, row: EvidenceFile, source: Path | None) -> None:
        assert row.id
        if source is None:
            self.counts.away[row.volume_label] += 1
        else:
            self.counts.problems.append(
                f"“{row.original_name}”没有副本：文件不见了。请在“证据—检查和保管”里检查。"
            )
        if self.proven.get(row.id):
            self.facts.append((row.id, False, "副本不见了，原件这次也读不到"))

    def _more(self, row: EvidenceFile) -> Callable[[int], None]:
        def more(count: int) -> None:
            self.passed += count
            self.note(row.original_name, self.passed, self.total)

        return more

    def _begun(self, now: datetime) -> int:
        with self.store.unit(actor=self.actor, operation="copy_recordings") as session:
            row = RecordingBackup(
                place=self.place.mark,
                folder=str(self.place.root),
                volume_label=self.label,
                state=IntakeState.RUNNING,
                began_at=now,
                actor=self.actor,
            )
            session.add(row)
            session.flush()
            assert row.id
            return row.id

    def _record(self) -> None:
        """One transaction for what is proven, once its names outlast a power cut."""
        facts, fresh = self.facts, self.fresh
        self.facts, self.fresh = [], []
        if not facts:
            return
        recordings.settle(fresh)
        with self.store.unit(actor=self.actor, operation="copy_recordings") as session:
            for file_id, whole, say in facts:
                session.add(
                    RecordingCopy(
                        backup_id=self.run_id,
                        evidence_file_id=file_id,
                        place=self.place.mark,
                        whole=whole,
                        say=say,
                        seen_at=self.store.clock(),
                    )
                )

    def _listed(self, now: datetime) -> str:
        try:
            write_lists(self.store, self.place, self.there, now=now)
        except EnforcerError as error:
            return f"录像台账没有写成：{error}"
        return ""

    def _ended(self, state: IntakeState, say: str) -> None:
        with self.store.unit(actor=self.actor, operation="copy_recordings") as session:
            row = session.get(RecordingBackup, self.run_id)
            assert row
            counts = self.counts
            row.state, row.say = state, say
            row.copied, row.known, row.bytes = counts.copied, counts.known, counts.bytes
            row.problems, row.away = len(counts.problems), counts.away.total()
            row.finished_at = self.store.clock()
            session.add(row)
