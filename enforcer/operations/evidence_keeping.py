"""How long evidence is kept: its class, and deletion of what no case holds, confirmed by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, col, select

from enforcer.errors import VaultTrouble, reason
from enforcer.evidence_terms import EvidenceActKind, Keeping, RetentionClass
from enforcer.models import (
    EvidenceDeletion,
    EvidenceFile,
    Officer,
)
from enforcer.operations.editing import block, once, refuse_if
from enforcer.operations.evidence_acts import note_act, registered
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.queries import evidence
from enforcer.store import intake
from enforcer.store.database import Store
from enforcer.text import Line, OptionalLine


class RetentionForm(BaseModel):
    """Another class of retention for some files."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    file_ids: tuple[int, ...] = Field(title="文件", min_length=1, max_length=5000)
    retention: RetentionClass = Field(title="保存类别")
    reason: OptionalLine = Field(default="", title="原因")


class DeleteExpiredForm(BaseModel):
    """The list as it was shown, and the person who confirms it by name."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    file_ids: tuple[int, ...] = Field(title="到期的文件", min_length=1, max_length=100_000)
    confirmed_by_id: int = Field(title="确认人")
    reason: Line = Field(title="删除的原因")


@operation("调整证据保存类别", RetentionForm)
def set_retention(
    store: Store,
    form: RetentionForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Put files into another class of retention; a change needs its reason."""
    if not form.reason:
        refuse_if({"reason": "请写明为什么调整保存类别。"})

    def deed(session: Session) -> int:
        for file_id in form.file_ids:
            row = registered(session, file_id)
            row.retention, row.retention_reason = form.retention, form.reason
            session.add(row)
        return len(form.file_ids)

    return once(store, form, name="set_retention", now=now, actor=actor, deed=deed)


@operation("删除到期证据文件", DeleteExpiredForm)
def delete_expired(
    store: Store, form: DeleteExpiredForm, *, today: date, now: datetime, actor: str
) -> int:
    """Delete files whose time is up and that no case holds, once a named person has confirmed it.

    The row stays with its hash. Only our own copies are taken off the disk: a referenced file is let
    go of and left where it lies, and so are second copies on a backup disk.
    """
    with store.unit(actor=actor, operation="delete_expired") as session:
        if answer := earlier_answer(session, form.request_id):
            earlier: int = answer["id"]
            sweep_deleted(store)  # what could not be taken off the disk the first time
            return earlier
        person = session.get(Officer, form.confirmed_by_id)
        if person is None or not person.active:
            refuse_if({"confirmed_by_id": "确认人没有登记或者已离岗，请重新选择。"})
        assert person is not None
        ids = list(dict.fromkeys(form.file_ids))
        rows = [registered(session, one) for one in ids]
        kept = [one for one in evidence.file_rows(session, ids) if not one.deletable(today)]
        if kept:
            raise _still_kept(kept)
        if away := _out_of_reach(rows):
            raise _not_attached(away)
        deletion = EvidenceDeletion(
            confirmed_by_id=form.confirmed_by_id,
            confirmed_by=person.name,
            confirmed_at=now,
            reason=form.reason,
            files=len(rows),
            bytes=sum(one.size for one in rows),
            actor=actor,
        )
        session.add(deletion)
        session.flush()
        for row in rows:
            row.deletion_id = deletion.id
            session.add(row)
            note_act(
                session,
                row,
                EvidenceActKind.DELETED,
                now=now,
                actor=actor,
                purpose=form.reason,
                approved_by=person.name,
                detail=_left_behind(row),
            )
        assert deletion.id
        remember(session, form.request_id, "delete_expired", {"id": deletion.id}, now=now)
    sweep_deleted(store)
    return deletion.id


def sweep_deleted(store: Store) -> None:
    """Take our own copies off the disk whose rows say that they are deleted; also earlier ones."""
    with store.reading() as session:
        rows = session.exec(
            select(EvidenceFile).where(
                col(EvidenceFile.deletion_id).is_not(None),
                EvidenceFile.keeping == Keeping.COPIED,
            )
        ).all()
    left = []
    for row in rows:
        path = evidence.located(store, row)
        assert path is not None
        try:
            intake.remove(path)
        except OSError as error:
            left.append(f"“{path}”：{reason(error)}")
    if left:
        listed = "；".join(left[:5])
        raise VaultTrouble(
            f"登记已经注销，但有 {len(left)} 个文件删不掉（{listed}）。请关闭正在播放它的程序后再试。"
        )


def _left_behind(row: EvidenceFile) -> str:
    if row.keeping is Keeping.COPIED:
        return ""
    where = f"“{row.volume_label}”上的 {row.kept_as}" if row.volume_label else row.original_path
    return f"只解除登记：原件留在{where}，没有删除"


def _out_of_reach(rows: Sequence[EvidenceFile]) -> list[EvidenceFile]:
    """Our copies in a folder that is not there now: they would stay while the register says gone."""
    folders = {one.volume_root for one in rows if one.keeping is Keeping.COPIED and one.volume_root}
    gone = {one for one in folders if not Path(one).is_dir()}
    return [one for one in rows if one.keeping is Keeping.COPIED and one.volume_root in gone]


def _not_attached(away: Sequence[EvidenceFile]) -> Exception:
    folder = away[0].volume_root
    return block(
        "evidence_away",
        f"有 {len(away)} 个文件存放在“{folder}”，现在打不开，删不了。请接好磁盘以后再确认。",
        "",
        "file_ids",
    )


def _still_kept(kept: Sequence[evidence.FileRow]) -> Exception:
    said = []
    for one in kept[:5]:
        why = (
            "有案件在用"
            if one.held
            else f"要保存到 {one.keep_until}"
            if one.keep_until
            else "永久保存"
        )
        said.append(f"“{one.name}”{why}")
    more = f"等 {len(kept)} 个文件" if len(kept) > 5 else ""
    return block(
        "evidence_kept",
        f"不能删除：{'；'.join(said)}{more}。请从名单里去掉以后再确认。",
        "行政处罚法（2021）第四十七条",
        "file_ids",
    )
