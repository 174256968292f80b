"""The run of an intake: one file after the other, each whole and registered, or in its line why not."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session, col, select

from enforcer.errors import EnforcerError
from enforcer.evidence_terms import (
    IntakeFileState,
    IntakeState,
    Keeping,
    RetentionClass,
)
from enforcer.exchange import media, media_names
from enforcer.exchange.media import MediaFacts
from enforcer.exchange.media_names import CHINA
from enforcer.models import EvidenceFile, EvidenceIntake, IntakeFile
from enforcer.operations import evidence_uses
from enforcer.queries import evidence, evidence_reading
from enforcer.queries.evidence_reading import Hints
from enforcer.queries.evidence_settings import (
    EvidenceSettings,
    evidence_folder,
    own_folder,
    settings,
)
from enforcer.store import intake, sources, volumes
from enforcer.store.database import Store
from enforcer.store.intake import (
    Cancelled,
    Control,
    Copied,
    Digests,
    Halted,
    NotTaken,
)
from enforcer.store.sources import Found

Note = Callable[[str, int, int], None]
"""Progress: which file, how many bytes are done, of how many."""
_TOGETHER, _TOGETHER_BYTES = 100, 1 << 28
_BEHIND, _BEHIND_BYTES = 4, 1 << 29  # what is synced and read back while the next is copied
_SETTLERS = 2  # one waits for the disk while the other reads back
_ABANDONED = 3600.0  # seconds: no copy that is being written is that old
_HEX = "hex:"


@dataclass(frozen=True, slots=True)
class _Ready:
    """One file read, not registered yet; `settling` ends when its copy is safe, with its facts."""

    line_id: int
    found: Found
    digests: Digests
    kept: Path | None
    kept_as: str
    settling: Future[MediaFacts]


def spelled(path: str) -> str:
    """A path as the journal keeps it, also where its bytes are no text."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return _HEX + os.fsencode(path).hex()
    return _HEX + os.fsencode(path).hex() if path.startswith(_HEX) else path


def unspelled(text: str) -> str:
    """The path as the system names it."""
    return os.fsdecode(bytes.fromhex(text[len(_HEX) :])) if text.startswith(_HEX) else text


def readable(path: str) -> str:
    """A path fit to be read: what cannot be seen, or turns the writing round, is spelled out."""
    said = []
    for one in path.replace("\\", "/") if os.sep == "\\" else path:
        if "\udc80" <= one <= "\udcff":
            said.append(f"\\x{ord(one) - 0xDC00:02x}")
        elif unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            said.append(f"\\u{ord(one):04x}")
        else:
            said.append(one)
    return "".join(said)


def run(
    store: Store,
    intake_id: int,
    *,
    actor: str,
    control: Control | None = None,
    note: Note | None = None,
) -> None:
    """Take in every file that is still waiting; how it ended stands in the intake's row."""
    work = _Run(store, intake_id, actor, control or Control(), note or (lambda *_: None))
    state, say = IntakeState.DONE, ""
    try:
        with work.pool:
            work.all()
    except Cancelled as stop:
        state, say = IntakeState.CANCELLED, str(stop)
    except Halted as stop:
        state, say = IntakeState.INTERRUPTED, str(stop)
    with store.unit(actor=actor, operation="take_in") as session:
        row = session.get(EvidenceIntake, intake_id)
        assert row
        row.state, row.say = state, say
        row.finished_at = store.clock()
        session.add(row)


class _Run:
    """One run: the settings it began with, and what is ready to be registered together."""

    def __init__(
        self, store: Store, intake_id: int, actor: str, control: Control, note: Note
    ) -> None:
        self.store, self.intake_id, self.actor = store, intake_id, actor
        self.control, self.note = control, note
        with store.reading() as session:
            row = session.get(EvidenceIntake, intake_id)
            assert row
            self.row = row
            self.chosen: EvidenceSettings = settings(session)
            self.lines = session.exec(
                select(IntakeFile)
                .where(
                    IntakeFile.intake_id == intake_id,
                    IntakeFile.state == IntakeFileState.WAITING,
                )
                .order_by(col(IntakeFile.position))
            ).all()
            self.known = evidence.kept_names(session)
        self.root = Path(row.source)
        self.device = _device(self.root)
        self.folder = evidence_folder(store, self.chosen)
        self.volume = volumes.volume_of(self.root)
        self.done, self.whole = 0, sum(one.size for one in self.lines)
        self.ready: list[_Ready] = []
        self.pool = ThreadPoolExecutor(_SETTLERS, thread_name_prefix="settle")
        self.refused: list[tuple[int, str, bool]] = []
        self.lost: set[str] = set()

    def all(self) -> None:
        """Every line in turn; whatever stops it, what was read whole is registered first."""
        intake.sweep(self.folder, before=self.store.clock().timestamp() - _ABANDONED)
        try:
            self.control.files = len(self.lines)
            for at, line in enumerate(self.lines, 1):
                self.control.file = at
                self.control.check()
                self._one(line)
                heavy = sum(one.found.size for one in self.ready) > _TOGETHER_BYTES
                if heavy or len(self.ready) + len(self.refused) >= _TOGETHER:
                    self._register(settled_only=True)
        finally:
            self._register()

    def _one(self, line: IntakeFile) -> None:
        assert line.id
        self.note(line.shown, self.done, self.whole)
        before = self.done
        try:
            self.ready.append(self._read(line.id, line))
        except NotTaken as refusal:
            if refusal.retry and self._source_gone():
                say = f"来源“{self.root}”断开了，导入中断。请重新插好，再继续。"
                raise Halted(say) from refusal
            self.refused.append((line.id, str(refusal), refusal.retry))
        self.done = before + line.size
        self.note(line.shown, self.done, self.whole)

    def _read(self, line_id: int, line: IntakeFile) -> _Ready:
        path = self.root / unspelled(line.path)
        found = next(iter(sources.scan(path)))
        if found.refused:
            raise NotTaken(found.refused, retry=found.absent)

        def progress(more: int) -> None:
            self.done += more
            self.note(line.shown, self.done, self.whole)

        if self.row.keeping is Keeping.REFERENCED:
            digests = intake.digest(
                found, sm3=self.chosen.sm3, control=self.control, progress=progress
            )
            kept_as = spelled(found.path.relative_to(self.volume.root).as_posix())
            settling = self.pool.submit(media.read, found.path, name=line.shown)
            return _Ready(line_id, found, digests, None, kept_as, settling)
        if self._seems_known(found):
            digests = intake.digest(found, sm3=self.chosen.sm3, control=self.control)
            if self._hash_known(digests.sha256):
                return _Ready(line_id, found, digests, None, "", self.pool.submit(MediaFacts))
        suffix = media.suffix_of(found.path)
        month = f"{self.row.started_at.astimezone(CHINA):%Y-%m}"
        kept_as = f"{month}/{line.uid.hex}{suffix}"
        kept = self.folder / kept_as
        intake.remove(kept)  # copied before a crash, never registered
        copied = intake.copy_part(
            found, kept, sm3=self.chosen.sm3, control=self.control, progress=progress
        )
        if self._hash_known(copied.digests.sha256):
            intake.discard(copied)
            return _Ready(line_id, found, copied.digests, None, "", self.pool.submit(MediaFacts))
        self._let_settle()
        settling = self.pool.submit(self._settled, copied, line.shown)
        return _Ready(line_id, found, copied.digests, kept, kept_as, settling)

    def _let_settle(self) -> None:
        """Wait while too much is being made safe: what is not yet on the disk takes memory."""
        behind = [one for one in self.ready if not one.settling.done()]
        while behind and (
            len(behind) >= _BEHIND or sum(one.found.size for one in behind) > _BEHIND_BYTES
        ):
            wait([behind.pop(0).settling])

    def _settled(self, copied: Copied, shown: str) -> MediaFacts:
        """Make a copy safe and read what it says of itself, beside the copying of the next."""
        intake.finish(copied, self.control)
        return media.read(copied.target, name=shown)

    def _register(self, *, settled_only: bool = False) -> None:
        """One transaction for what is ready: rows, links, the journal.

        In the middle of a run the last copies are still being synced, and wait for the next one.
        """
        safe: list[tuple[_Ready, MediaFacts]] = []
        later: list[_Ready] = []
        stop: EnforcerError | None = None
        for one in self.ready:
            if settled_only and (later or not one.settling.done()):
                later.append(one)  # in their order: what is the same bytes refers to the first
                continue
            try:
                facts = one.settling.result()
            except (Cancelled, Halted) as failure:
                stop = failure
                self.lost.add(one.digests.sha256)
                continue
            if one.kept_as or one.digests.sha256 not in self.lost:
                safe.append((one, facts))
        refused = self.refused
        self.ready, self.refused = later, []
        if safe or refused:
            intake.settle({one.kept.parent for one, _ in safe if one.kept is not None})
            with self.store.unit(actor=self.actor, operation="take_in") as session:
                for line_id, say, retry in refused:
                    _settle(session, line_id, IntakeFileState.REFUSED, say=say, retry=retry)
                new = [self._register_one(session, one, facts) for one, facts in safe]
            for (one, _), is_new in zip(safe, new, strict=True):
                if not is_new and one.kept is not None:
                    intake.remove(one.kept)
        if stop is not None:
            raise stop

    def _register_one(self, session: Session, one: _Ready, facts: MediaFacts) -> bool:
        """Register a file; false when its bytes are registered already (it is linked then)."""
        now = self.store.clock()
        file = _same_bytes(session, one.digests.sha256)
        say = "" if file is None else self._of_known(file, one)
        state = IntakeFileState.TAKEN if file is None else IntakeFileState.KNOWN
        is_new = file is None
        if file is None:
            file = self._row(session, one, facts, now)
            session.add(file)
            session.flush()
        if self.row.action is not None and self.row.action_id is not None:
            linked = evidence_uses.link(
                session,
                file,
                self.row.action,
                self.row.action_id,
                now=now,
                actor=self.actor,
                new=is_new,
            )
            if say and linked:
                state, say = IntakeFileState.TAKEN, f"{say}已关联到这件事。"
        _settle(session, one.line_id, state, say=say, file_id=file.id)
        return is_new

    def _of_known(self, file: EvidenceFile, one: _Ready) -> str:
        """What is said of a file whose bytes are registered; a copy that was lost is made good."""
        taken = evidence_reading.said(file.taken_at)
        say = f"内容与 {taken} 登记的“{file.original_name}”完全相同，没有重复登记。"
        if one.kept is not None and self._is_lost(file):
            place = evidence.located(self.store, file)
            assert place is not None
            place.parent.mkdir(parents=True, exist_ok=True)
            one.kept.replace(place)
            say = f"{say}原来存放的文件不见了，已用这一份补上。"
        return say

    def _is_lost(self, file: EvidenceFile) -> bool:
        if file.keeping is not Keeping.COPIED:
            return False
        place = evidence.located(self.store, file)
        return place is not None and not place.exists()

    def _row(self, session: Session, one: _Ready, facts: MediaFacts, now: datetime) -> EvidenceFile:
        hints = Hints(self.row.recorder_id, self.row.officer_id, self.row.place)
        name = media_names.read(one.found.path.as_posix(), self.chosen.patterns)
        read = evidence_reading.identify(session, name, facts, hints, self.chosen, now=now)
        line = session.get(IntakeFile, one.line_id)
        assert line
        referenced = self.row.keeping is Keeping.REFERENCED
        folder_root = "" if self.folder == own_folder(self.store) else str(self.folder)
        return EvidenceFile(
            uid=line.uid,
            intake_id=self.intake_id,
            original_name=readable(one.found.path.name),
            original_path=readable(str(one.found.path)),
            keeping=self.row.keeping,
            kept_as=one.kept_as,
            volume_label=self.row.volume_label if referenced else "",
            volume_root=str(self.volume.root) if referenced else folder_root,
            size=one.digests.size,
            sha256=one.digests.sha256,
            sm3=one.digests.sm3,
            media=facts.kind,
            media_format=facts.format,
            duration_ms=facts.duration_ms,
            width=facts.width,
            height=facts.height,
            device=facts.device,
            recorder_id=read.recorder_id,
            recorder=read.recorder,
            officer_id=read.officer_id,
            officer=read.officer,
            begins_at=read.begins_at,
            ends_at=read.ends_at,
            time_source=read.time_source,
            name_at=name.begins_at,
            media_at=facts.made_at,
            file_at=_moment(one.found.modified_ns),
            latitude=facts.latitude,
            longitude=facts.longitude,
            place=self.row.place,
            remarks=list(read.remarks),
            retention=RetentionClass.ROUTINE,
            taken_at=now,
            taken_by=self.actor,
        )

    def _seems_known(self, found: Found) -> bool:
        """Whether this looks like a file that was registered before: it is read before it is copied."""
        return (found.size, readable(found.path.name)) in self.known

    def _hash_known(self, sha256: str) -> bool:
        if any(one.digests.sha256 == sha256 for one in self.ready):
            return True
        with self.store.reading() as session:
            same = _same_bytes(session, sha256)
            return same is not None and not self._is_lost(same)

    def _source_gone(self) -> bool:
        """Whether the stick was pulled: its root is gone, empty, or another disk."""
        try:
            with os.scandir(self.root) as listing:
                return self.root.stat().st_dev != self.device or next(listing, None) is None
        except OSError:
            return True


def _settle(
    session: Session,
    line_id: int,
    state: IntakeFileState,
    *,
    say: str = "",
    retry: bool = False,
    file_id: int | None = None,
) -> None:
    line = session.get(IntakeFile, line_id)
    assert line
    line.state, line.say, line.retry, line.evidence_file_id = state, say, retry, file_id
    session.add(line)


def _same_bytes(session: Session, sha256: str) -> EvidenceFile | None:
    return session.exec(
        select(EvidenceFile).where(
            EvidenceFile.sha256 == sha256, col(EvidenceFile.deletion_id).is_(None)
        )
    ).first()


def _device(root: Path) -> int:
    try:
        return root.stat().st_dev
    except OSError:
        return -1


def _moment(nanoseconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(nanoseconds / 1e9, UTC)
    except (OverflowError, ValueError, OSError):
        return None
