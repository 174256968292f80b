"""Evidence that is looked at, leaves the office, or is masked for others: only ever as a copy."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field

from enforcer.errors import Trouble, VaultTrouble
from enforcer.evidence_terms import EvidenceActKind, Keeping
from enforcer.exchange import media
from enforcer.exchange.media_names import CHINA
from enforcer.models import EvidenceFile
from enforcer.operations.editing import refuse_if
from enforcer.operations.evidence_acts import note_act, registered
from enforcer.operations.evidence_running import Note, readable
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.queries import evidence
from enforcer.queries.evidence_settings import evidence_folder, own_folder, settings
from enforcer.store import intake, recordings, sources
from enforcer.store.database import Store
from enforcer.store.intake import Cancelled, Control, Halted, NotTaken
from enforcer.store.recordings import NotCopied, PlaceFull
from enforcer.text import Line, OptionalName

_FORBIDDEN = set('/\\:*?"<>|')
_RESERVED = {"con", "prn", "aux", "nul", *(f"{a}{n}" for a in ("com", "lpt") for n in range(1, 10))}


class ViewEvidenceForm(BaseModel):
    """A file that is looked at."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    file_id: int = Field(title="文件")


class CopyOutForm(BaseModel):
    """Files that leave the office: what for, who allowed it."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    file_ids: tuple[int, ...] = Field(title="文件", min_length=1, max_length=5000)
    folder: Path = Field(title="复制到")
    purpose: Line = Field(title="用途")
    approved_by: OptionalName = Field(default="", title="批准人")


class MaskedCopyForm(BaseModel):
    """A copy on which faces or plates were covered; it is registered beside its original."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    original_id: int = Field(title="原件")
    path: Path = Field(title="遮盖后的文件")
    how: Line = Field(title="遮盖了什么")


@operation("查看证据文件", ViewEvidenceForm)
def view_evidence(
    store: Store,
    form: ViewEvidenceForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> Path:
    """Give the place of a file to the player, and keep who looked at it."""
    with store.unit(actor=actor, operation="view_evidence") as session:
        row = registered(session, form.file_id)
        path = _there(store, row)
        note_act(session, row, EvidenceActKind.VIEWED, now=now, actor=actor)
        return path


@operation("复制带出证据", CopyOutForm)
def copy_out(
    store: Store,
    form: CopyOutForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
    control: Control | None = None,
    note: Note | None = None,
) -> list[Path]:
    """Copy files for others, each proved by its hash on the way; whom it went to stays on record."""
    with store.reading() as session:
        if answer := earlier_answer(session, form.request_id):
            return [Path(one) for one in answer["paths"]]
        rows = [registered(session, one) for one in dict.fromkeys(form.file_ids)]
    if not form.folder.is_dir():
        refuse_if({"folder": f"文件夹“{form.folder}”不存在，没有复制。请先建好，或者另选一个。"})
    if form.folder.absolute().is_relative_to(store.home.absolute()):
        refuse_if({"folder": "不能复制到本程序自己的数据目录里，请另选一个文件夹。"})
    made: list[Path] = []
    total, done = sum(one.size for one in rows), 0
    try:
        for row in rows:
            if note is not None:
                note(row.original_name, done, total)
            made.append(_copied_out(store, row, form.folder, control))
            done += row.size
    except Cancelled as stop:
        said = f"已停下：复制了 {len(made)} 个，都核对过并记入使用记录，其余的没有复制。"
        raise Trouble(said) from stop
    finally:  # what has left stays on record, also where the next one could not go
        with store.unit(actor=actor, operation="copy_out") as session:
            for row, path in zip(rows, made, strict=False):
                note_act(
                    session,
                    row,
                    EvidenceActKind.COPIED_OUT,
                    now=now,
                    actor=actor,
                    purpose=form.purpose,
                    approved_by=form.approved_by,
                    detail=readable(str(path)),
                )
            if len(made) == len(rows):
                paths = {"paths": [str(one) for one in made]}
                remember(session, form.request_id, "copy_out", paths, now=now)
    return made


@operation("登记遮盖副本", MaskedCopyForm)
def register_masked(
    store: Store,
    form: MaskedCopyForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Register a masked copy as derived from its original, which is not touched (证据规定 第五十七条)."""
    with store.reading() as session:
        if answer := earlier_answer(session, form.request_id):
            earlier: int = answer["id"]
            return earlier
        original = registered(session, form.original_id)
        if original.derived_from_id is not None:
            refuse_if({"original_id": "这个文件本身是遮盖副本，请选择它的原件。"})
        chosen = settings(session)
    found = next(iter(sources.scan(form.path.absolute())))
    if found.refused:
        refuse_if({"path": f"“{form.path.name}”：{found.refused}"})
    uid = uuid4()
    folder = evidence_folder(store, chosen)
    suffix = media.suffix_of(found.path)
    kept_as = f"{now.astimezone(CHINA):%Y-%m}/{uid.hex}{suffix}"
    kept = folder / kept_as
    try:
        digests = intake.copy_in(found, kept, sm3=chosen.sm3)
    except (NotTaken, Halted) as error:
        raise Trouble(f"“{form.path.name}”{error}") from error
    if digests.sha256 == original.sha256:
        intake.remove(kept)
        refuse_if({"path": "这个文件和原件完全相同，没有遮盖过，不能登记为遮盖副本。"})
    facts = media.read(kept, name=form.path.name)
    with store.unit(actor=actor, operation="register_masked") as session:
        row = EvidenceFile(
            uid=uid,
            original_name=readable(form.path.name),
            original_path=readable(str(found.path)),
            keeping=Keeping.COPIED,
            kept_as=kept_as,
            volume_root="" if folder == own_folder(store) else str(folder),
            size=digests.size,
            sha256=digests.sha256,
            sm3=digests.sm3,
            media=facts.kind,
            media_format=facts.format,
            duration_ms=facts.duration_ms,
            width=facts.width,
            height=facts.height,
            recorder_id=original.recorder_id,
            recorder=original.recorder,
            officer_id=original.officer_id,
            officer=original.officer,
            begins_at=original.begins_at,
            ends_at=original.ends_at,
            time_source=original.time_source,
            place=original.place,
            remarks=list(facts.remarks),
            derived_from_id=original.id,
            derivation=form.how,
            retention=original.retention,
            taken_at=now,
            taken_by=actor,
        )
        session.add(row)
        session.flush()
        assert row.id
        detail = f"遮盖副本编号 {row.id}：{form.how}"
        note_act(session, original, EvidenceActKind.MASKED, now=now, actor=actor, detail=detail)
        remember(session, form.request_id, "register_masked", {"id": row.id}, now=now)
        return row.id


def safe_name(name: str) -> str:
    """A name any system takes, that leads nowhere else."""
    plain = "".join("_" if one in _FORBIDDEN or not one.isprintable() else one for one in name)
    plain = plain.strip(" .") or "证据"
    stem, dot, suffix = plain.rpartition(".")
    while len(plain.encode()) > 200:
        stem = stem[:-1] if dot else plain[:-1]
        plain = f"{stem}{dot}{suffix}" if dot and stem else stem or plain[:50]
    return f"_{plain}" if plain.split(".")[0].lower() in _RESERVED else plain


def _there(store: Store, row: EvidenceFile) -> Path:
    path = evidence.located(store, row)
    if path is None:
        raise Trouble(f"“{row.original_name}”保存在“{row.volume_label}”上，请先接上这块磁盘。")
    if not path.is_file():
        raise VaultTrouble(f"“{row.original_name}”的文件不见了（{path}）。请用备份恢复。")
    return path


def _copied_out(store: Store, row: EvidenceFile, folder: Path, control: Control | None) -> Path:
    """One proved copy beside what is there already, under its own name, which may be written."""
    source = _there(store, row)
    wanted = safe_name(row.original_name)
    target = folder / wanted
    stem, dot, suffix = wanted.rpartition(".")
    for at in range(2, 10_000):
        if not target.exists():
            break
        target = folder / (f"{stem}（{at}）.{suffix}" if dot else f"{wanted}（{at}）")
    try:
        recordings.bring(source, target, row.sha256, read_only=False, control=control)
        recordings.settle([target])
    except NotCopied as why:
        raise VaultTrouble(f"“{row.original_name}”没有复制出去：{why}。请先检查证据文件。") from why
    except PlaceFull as full:
        raise Trouble(
            f"“{row.original_name}”没有复制出去：{full}。以前复制的都有效，换一个磁盘再复制其余的。"
        ) from full
    return target
