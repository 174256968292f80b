"""All kept files read again, on demand and weekly; what is wrong stays on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col, select

from enforcer.errors import reason
from enforcer.evidence_terms import ProblemKind
from enforcer.models import EvidenceCheck, EvidenceFile, EvidenceProblem
from enforcer.operations.evidence_running import Note, readable
from enforcer.operations.registry import operation
from enforcer.queries import evidence, evidence_settings
from enforcer.queries.evidence_states import read_since, spans, within
from enforcer.queries.looking import among
from enforcer.store import intake, volumes
from enforcer.store.database import Store
from enforcer.store.intake import Cancelled, Control


class CheckEvidenceForm(BaseModel):
    """Which files are read again; none named means all.

    The scheduled check goes on where it was stopped: it reads what none has read in its period.
    """

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    file_ids: tuple[int, ...] = Field(default=(), title="文件", max_length=100_000)
    scheduled: bool = Field(default=False, title="每周自动检查")


@dataclass(frozen=True, slots=True)
class Problem:
    """One file that is not as it was registered."""

    file_id: int
    path: str
    kind: ProblemKind
    say: str


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What a check found; `away` names the disks that were not attached, with how many files."""

    id: int
    checked: int
    problems: tuple[Problem, ...]
    away: dict[str, int]
    whole: bool


@operation("检查证据文件", CheckEvidenceForm)
def check_evidence(
    store: Store,
    form: CheckEvidenceForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
    control: Control | None = None,
    note: Note | None = None,
) -> CheckOutcome:
    """Read every kept file again and compare its hash; the outcome stays on record."""
    with store.reading() as session:
        asked = select(EvidenceFile).where(col(EvidenceFile.deletion_id).is_(None))
        if form.file_ids:
            asked = asked.where(among(EvidenceFile.id, form.file_ids))
        rows = session.exec(asked.order_by(col(EvidenceFile.id))).all()
        if form.scheduled:
            period = timedelta(days=evidence_settings.settings(session).check_days)
            lately = within([one.id or 0 for one in rows], read_since(session, now - period))
            rows = [one for one in rows if one.id not in lately]
    whole, done = True, 0
    read: list[int] = []
    total = sum(one.size for one in rows)
    found: list[Problem] = []
    away: dict[str, int] = {}
    attached = volumes.attached()
    for row in rows:
        if note is not None:
            note(row.original_name, done, total)
        path = evidence.located(store, row, attached)
        if path is None:
            away[row.volume_label] = away.get(row.volume_label, 0) + 1
            continue
        try:
            problem = _examined(row, path, control)
        except Cancelled:
            whole = False
            break
        found += [problem] if problem else []
        read.append(row.id or 0)
        done += row.size
    with store.unit(actor=actor, operation="check_evidence") as session:
        check = EvidenceCheck(
            scheduled=form.scheduled,
            began_at=now,
            finished_at=store.clock(),
            whole=whole and not form.file_ids,
            checked=len(read),
            bytes=done,
            problems=len(found),
            away=sum(away.values()),
            read_ids=spans(read),
            actor=actor,
        )
        session.add(check)
        session.flush()
        assert check.id
        for one in found:
            session.add(
                EvidenceProblem(
                    check_id=check.id,
                    evidence_file_id=one.file_id,
                    kind=one.kind,
                    path=readable(one.path),
                    say=one.say,
                )
            )
        return CheckOutcome(check.id, len(read), tuple(found), away, whole)


def _examined(row: EvidenceFile, path: Path, control: Control | None) -> Problem | None:
    """Read one file again and compare."""
    assert row.id
    name = f"“{row.original_name}”"
    try:
        if not path.is_file():
            if path.exists():
                say = f"{name}存放的位置上不是文件，读不出来。请查明原因，并与原设备上的文件核对。"
                return Problem(row.id, str(path), ProblemKind.UNREADABLE, say)
            say = (
                f"{name}的文件不见了。存储卡或者采集站上还有原件的，"
                "重新导入即可补上；没有的，请查明去向。"
            )
            return Problem(row.id, str(path), ProblemKind.MISSING, say)
        if path.stat().st_size == row.size and (
            intake.sha256_of(path, control=control) == row.sha256
        ):
            return None
    except OSError as error:
        say = f"{name}读不出来：{reason(error)}。请检查磁盘，并与原设备上的文件核对。"
        return Problem(row.id, str(path), ProblemKind.UNREADABLE, say)
    say = f"{name}的内容与登记时的校验值不符，已被改动。请与原设备上的文件核对，并查明原因。"
    return Problem(row.id, str(path), ProblemKind.ALTERED, say)
