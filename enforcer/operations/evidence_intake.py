"""Taking recordings in: from a card, a folder or a docking station, a journal row a file, resumable."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, col, select

from enforcer.evidence_terms import (
    ActionKind,
    IntakeFileState,
    IntakeState,
    Keeping,
    SourceKind,
)
from enforcer.models import (
    EvidenceFile,
    EvidenceIntake,
    EvidenceUse,
    IntakeFile,
    Officer,
    Recorder,
)
from enforcer.operations import evidence_running, evidence_uses
from enforcer.operations.editing import block, refuse_if
from enforcer.operations.evidence_running import Note
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.queries import evidence
from enforcer.queries.evidence_settings import evidence_folder
from enforcer.store import sources, volumes
from enforcer.store.database import Store, bulk_insert
from enforcer.store.intake import Control
from enforcer.store.sources import Found
from enforcer.text import OptionalLine

MOST = 100_000


class IntakeForm(BaseModel):
    """What is taken in, and what the officer knows of it beforehand."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    paths: tuple[Path, ...] = Field(title="文件或者文件夹", min_length=1, max_length=10_000)
    source_kind: SourceKind = Field(default=SourceKind.FOLDER, title="来源")
    keeping: Keeping = Field(default=Keeping.COPIED, title="保存方式")
    volume_label: OptionalLine = Field(default="", title="磁盘名称")
    action: ActionKind = Field(default=ActionKind.CASE, title="办理的事项")
    action_id: int | None = Field(default=None, title="事项编号")
    recorder_id: int | None = Field(default=None, title="执法仪")
    officer_id: int | None = Field(default=None, title="拍摄人")
    place: OptionalLine = Field(default="", title="拍摄地点")


class ResumeForm(BaseModel):
    """An intake that was cut short; `source` where the stick has another place now."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    intake_id: int = Field(title="导入")
    source: Path | None = Field(default=None, title="来源现在的位置")
    retry: bool = Field(default=True, title="重试没有读出的文件")


@dataclass(frozen=True, slots=True)
class TakenFile:
    """One file that is registered now; `path` is where it lies, None while its disk is away."""

    file_id: int
    source: str
    path: Path | None
    sha256: str
    recorder: str
    officer: str
    begins_at: datetime | None
    ends_at: datetime | None
    remarks: tuple[str, ...]
    known: bool = False


@dataclass(frozen=True, slots=True)
class LeftFile:
    """One file that is not registered, and why; `waiting` where its turn has not come."""

    source: str
    say: str
    waiting: bool = False
    retry: bool = False

    @property
    def absent(self) -> bool:
        """Whether it was not there at all, or could not be read: the machine's no, not a rule's."""
        return self.retry


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """What became of an intake, file by file; their sources lie below `root`."""

    id: int
    root: str
    state: IntakeState
    say: str
    taken: tuple[TakenFile, ...]
    left: tuple[LeftFile, ...]


@operation("导入证据文件", IntakeForm)
def take_in(
    store: Store,
    form: IntakeForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
    control: Control | None = None,
    note: Note | None = None,
) -> IntakeReport:
    """Register every file below the paths: copied or referenced, hashed in the same pass.

    Each file is registered by itself, whole or not at all; what stops the rest can be resumed.
    """
    intake_id, again = _begin(store, form, now=now, actor=actor)
    if not again:
        evidence_running.run(store, intake_id, actor=actor, control=control, note=note)
    return report(store, intake_id)


@operation("继续导入证据文件", ResumeForm)
def resume_intake(
    store: Store,
    form: ResumeForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,  # noqa: ARG001
    actor: str,
    control: Control | None = None,
    note: Note | None = None,
) -> IntakeReport:
    """Go on where an intake was cut short; what is registered already is not read again."""
    with store.unit(actor=actor, operation="resume_intake") as session:
        row = session.get(EvidenceIntake, form.intake_id)
        if row is None:
            raise block("intake_gone", f"没有编号为 {form.intake_id} 的导入，请重新选择。")
        if form.source is not None:
            _refuse_own(store, form.source)
            row.source = str(_absolute(form.source))
        if not Path(row.source).exists():
            raise block(
                "source_gone",
                f"来源“{row.source}”没有接上，不能继续。请插好存储卡或者磁盘；"
                "位置变了的，请重新选择它现在的位置。",
                field="source",
            )
        if form.retry:
            for one in _retried(session, form.intake_id):
                one.state, one.say, one.retry = IntakeFileState.WAITING, "", False
                session.add(one)
        row.state, row.say, row.finished_at = IntakeState.RUNNING, "", None
        session.add(row)
    evidence_running.run(store, form.intake_id, actor=actor, control=control, note=note)
    return report(store, form.intake_id)


def report(store: Store, intake_id: int) -> IntakeReport:
    """What has become of every file of an intake."""
    with store.reading() as session:
        row = session.get(EvidenceIntake, intake_id)
        assert row
        lines = session.exec(
            select(IntakeFile)
            .where(IntakeFile.intake_id == intake_id)
            .order_by(col(IntakeFile.position))
        ).all()
        attached = volumes.attached() if row.keeping is Keeping.REFERENCED else ()
        taken = [
            _taken(store, session, one, attached)
            for one in lines
            if one.evidence_file_id is not None
        ]
        left = [
            LeftFile(
                one.shown,
                one.say or f"还没有轮到。{row.say}",
                one.state is IntakeFileState.WAITING,
                one.retry,
            )
            for one in lines
            if one.evidence_file_id is None
        ]
        return IntakeReport(intake_id, row.source, row.state, row.say, tuple(taken), tuple(left))


def _taken(
    store: Store, session: Session, line: IntakeFile, attached: Sequence[volumes.Volume]
) -> TakenFile:
    file = session.get(EvidenceFile, line.evidence_file_id)
    assert file
    assert file.id
    used = session.exec(
        select(EvidenceUse.remarks).where(
            EvidenceUse.evidence_file_id == file.id, col(EvidenceUse.removed_at).is_(None)
        )
    ).all()
    known = line.state is IntakeFileState.KNOWN
    remarks = [*([line.say] if line.say else []), *(file.remarks or ())]
    remarks += [one for some in used for one in some or ()]
    return TakenFile(
        file.id,
        line.shown,
        evidence.located(store, file, attached),
        file.sha256,
        file.recorder,
        file.officer,
        file.begins_at,
        file.ends_at,
        tuple(dict.fromkeys(remarks)),
        known,
    )


def _begin(store: Store, form: IntakeForm, *, now: datetime, actor: str) -> tuple[int, bool]:
    """Write the journal: which files there are, and which of them cannot be taken at all."""
    with store.reading() as session:
        if answer := earlier_answer(session, form.request_id):
            return answer["id"], True
    paths = [_absolute(one) for one in form.paths]
    for one in paths:
        _refuse_own(store, one)
    found = _listed(store, paths)
    root = _root(paths)
    volume = volumes.volume_of(root)
    with store.unit(actor=actor, operation="take_in") as session:
        if answer := earlier_answer(session, form.request_id):
            return answer["id"], True
        wrong = {}
        if form.recorder_id is not None and session.get(Recorder, form.recorder_id) is None:
            wrong["recorder_id"] = "执法仪没有登记，请先在“执法仪”中登记。"
        if form.officer_id is not None and session.get(Officer, form.officer_id) is None:
            wrong["officer_id"] = "执法人员没有登记，请先在“人员与证件”中登记。"
        refuse_if(wrong)
        case_id = None
        if form.action_id is not None:
            case_id = evidence_uses.case_of(session, form.action, form.action_id)
        row = EvidenceIntake(
            source_kind=form.source_kind,
            source=str(root),
            volume_label=form.volume_label or volume.label,
            keeping=form.keeping,
            action=form.action if form.action_id is not None else None,
            action_id=form.action_id,
            case_id=case_id,
            recorder_id=form.recorder_id,
            officer_id=form.officer_id,
            place=form.place,
            state=IntakeState.RUNNING,
            started_at=now,
            actor=actor,
        )
        session.add(row)
        session.flush()
        assert row.id
        lines = [_line(row.id, at, one, root) for at, one in enumerate(found)]
        bulk_insert(session, IntakeFile, lines, say=f"导入 {root}")
        remember(session, form.request_id, "take_in", {"id": row.id}, now=now)
        return row.id, False


def _absolute(path: Path) -> Path:
    """The path from the root, without following its last step if that is a link."""
    return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 — resolve() follows links


def _refuse_own(store: Store, path: Path) -> None:
    """The program's own data must not be taken in as evidence."""
    whole = _absolute(path)
    if any(whole.is_relative_to(own) for own in _own(store)):
        raise block(
            "own_folder",
            f"“{path}”里是本程序自己的数据，不能当作证据导入。请选存储卡或者别的文件夹。",
            field="paths",
        )


def _own(store: Store) -> tuple[Path, ...]:
    return store.home.absolute(), evidence_folder(store).absolute()


def _listed(store: Store, paths: Iterable[Path]) -> list[Found]:
    """Every file once, in order; MOST is where a wrong folder was surely chosen."""
    own = _own(store)
    found: dict[Path, Found] = {}
    for path in paths:
        for one in sources.scan(path):
            inside = next((two for two in own if one.path.is_relative_to(two)), None)
            if inside is not None:
                say = "是本程序自己的数据文件夹，没有导入。"
                one = Found(inside, refused=say)
            found.setdefault(one.path, one)
            if len(found) > MOST:
                raise block(
                    "too_many_files",
                    f"“{path}”里的文件超过 {MOST:,} 个，像是选错了文件夹。请分成几次导入。",
                    field="paths",
                )
    if not found:
        raise block("nothing_found", "所选的文件夹里没有文件，没有导入。", field="paths")
    return list(found.values())


def _root(paths: Sequence[Path]) -> Path:
    """The folder all of them lie below: what is looked for when the intake is resumed."""
    folders = [
        one if os.path.isdir(one) and not os.path.islink(one) else one.parent  # noqa: PTH112, PTH114
        for one in paths  # a name too long for the system is no folder, not an error
    ]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # two drives of Windows
        return folders[0]


def _line(intake_id: int, position: int, found: Found, root: Path) -> dict[str, object]:
    below = found.path.relative_to(root) if found.path.is_relative_to(root) else found.path
    return {
        "uid": uuid4(),
        "intake_id": intake_id,
        "position": position,
        "path": evidence_running.spelled(str(below)),
        "shown": evidence_running.readable(str(below) if str(below) != "." else str(found.path)),
        "size": found.size,
        "modified_ns": found.modified_ns,
        "state": IntakeFileState.REFUSED if found.refused else IntakeFileState.WAITING,
        "say": found.refused,
        "retry": found.absent,
    }


def _retried(session: Session, intake_id: int) -> Sequence[IntakeFile]:
    return session.exec(
        select(IntakeFile).where(
            IntakeFile.intake_id == intake_id,
            IntakeFile.state == IntakeFileState.REFUSED,
            col(IntakeFile.retry).is_(True),
        )
    ).all()
