"""The course of a recorder: issued to one officer, returned, out of order, its clock noted."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import Session, col, select

from enforcer.evidence_terms import RecorderEventKind
from enforcer.exchange.media_names import CHINA
from enforcer.models import Officer, Recorder, RecorderEvent
from enforcer.operations.editing import block, once, refuse_if
from enforcer.operations.registry import operation
from enforcer.store.database import Store
from enforcer.terms import RecorderState
from enforcer.text import OptionalParagraph

CITE = "行政处罚法（2021）第四十七条"
_LARGEST_OFFSET = 60 * 365 * 86400


class RecorderEventForm(BaseModel):
    """One turn in the course of a recorder; `offset_seconds` above zero: its clock is ahead."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    recorder_id: int = Field(title="执法仪")
    kind: RecorderEventKind = Field(title="事项")
    happened_at: AwareDatetime = Field(title="时间")
    officer_id: int | None = Field(default=None, title="领用人")
    offset_seconds: int | None = Field(
        default=None, title="时差（秒）", ge=-_LARGEST_OFFSET, le=_LARGEST_OFFSET
    )
    words: OptionalParagraph = Field(default="", title="情况说明")


@operation("登记执法仪领用、故障和校时", RecorderEventForm)
def note_recorder(
    store: Store,
    form: RecorderEventForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Enter one turn; the register follows it (一人一台)."""
    wrong = {}
    if form.happened_at > now:
        wrong["happened_at"] = "时间晚于现在，请核对。"
    if form.kind is RecorderEventKind.ISSUED and form.officer_id is None:
        wrong["officer_id"] = "配发要写明领用人，请选择。"
    if form.kind is RecorderEventKind.CLOCK and form.offset_seconds is None:
        wrong["offset_seconds"] = "校时要写明快慢多少秒：快为正，慢为负，准为零。"
    if form.kind is not RecorderEventKind.CLOCK and form.offset_seconds is not None:
        wrong["offset_seconds"] = "只有校时才填时差，请清除。"
    if form.kind is RecorderEventKind.FAULT and not form.words:
        wrong["words"] = "请写明故障的情况。"
    refuse_if(wrong)

    def deed(session: Session) -> int:
        recorder = session.get(Recorder, form.recorder_id)
        if recorder is None:
            raise block("recorder_gone", "这台执法仪没有登记，请重新选择。", "", "recorder_id")
        if _is_latest(session, form):
            _follow(session, recorder, form)
        holder = _holder(session, recorder, form)
        row = RecorderEvent(
            recorder_id=form.recorder_id,
            kind=form.kind,
            happened_at=form.happened_at,
            officer_id=holder.id if holder else None,
            officer=holder.name if holder else recorder.officer_name,
            offset_seconds=form.offset_seconds,
            words=form.words,
            recorded_at=now,
            recorded_by=actor,
        )
        session.add(row)
        session.flush()
        assert row.id
        return row.id

    return once(store, form, name="note_recorder", now=now, actor=actor, deed=deed)


def follow_register(
    session: Session,
    row: Recorder,
    before: tuple[int | None, RecorderState] | None,
    *,
    now: datetime,
    actor: str,
) -> None:
    """Put a change made in the register itself on the recorder's course."""
    officer_id, state = before or (None, RecorderState.IN_USE)
    turns: list[tuple[RecorderEventKind, int | None]] = []
    if row.officer_id != officer_id:
        if officer_id is not None:
            turns.append((RecorderEventKind.RETURNED, officer_id))
        if row.officer_id is not None:
            turns.append((RecorderEventKind.ISSUED, row.officer_id))
    if row.state is not state:
        broken = {
            RecorderState.REPAIR: RecorderEventKind.FAULT,
            RecorderState.IN_USE: RecorderEventKind.REPAIRED,
        }
        if row.state in broken:
            turns.append((broken[row.state], row.officer_id))
    assert row.id
    begins = row.in_use_from if before is None else None
    at = now
    if begins is not None:  # a new row of the register says itself since when it is carried
        at = min(now, datetime(begins.year, begins.month, begins.day, tzinfo=CHINA))
    for kind, holder_id in turns:
        holder = session.get(Officer, holder_id) if holder_id else None
        session.add(
            RecorderEvent(
                recorder_id=row.id,
                kind=kind,
                happened_at=at,
                officer_id=holder_id,
                officer=holder.name if holder else "",
                words="在执法仪台账中登记",
                recorded_at=now,
                recorded_by=actor,
            )
        )
    session.flush()


def _is_latest(session: Session, form: RecorderEventForm) -> bool:
    """Whether nothing later of the kind is known: only then does the register change."""
    later = session.exec(
        select(RecorderEvent.id)
        .where(
            RecorderEvent.recorder_id == form.recorder_id,
            col(RecorderEvent.kind) != RecorderEventKind.CLOCK,
            RecorderEvent.happened_at > form.happened_at,
        )
        .limit(1)
    ).first()
    return later is None


def _follow(session: Session, recorder: Recorder, form: RecorderEventForm) -> None:
    if form.kind is RecorderEventKind.ISSUED:
        _issue(session, recorder, form.officer_id or 0)
    elif form.kind is RecorderEventKind.RETURNED:
        if recorder.officer_id is None and not recorder.officer_name:
            raise block(
                "not_issued", f"执法仪 {recorder.number} 没有配发给谁，不用收回。", "", "kind"
            )
    elif form.kind is RecorderEventKind.FAULT:
        recorder.state = RecorderState.REPAIR
    elif form.kind is RecorderEventKind.REPAIRED:
        if recorder.state is not RecorderState.REPAIR:
            raise block(
                "not_broken", f"执法仪 {recorder.number} 没有登记故障，不用修复。", "", "kind"
            )
        _refuse_second(session, recorder, recorder.officer_id)
        recorder.state = RecorderState.IN_USE
    session.add(recorder)
    session.flush()


def _issue(session: Session, recorder: Recorder, officer_id: int) -> None:
    officer = session.get(Officer, officer_id)
    if officer is None or not officer.active:
        refuse_if({"officer_id": "领用人没有登记或者已离岗，请重新选择。"})
    if recorder.state is not RecorderState.IN_USE:
        raise block(
            "recorder_not_in_use",
            f"执法仪 {recorder.number} 是“{recorder.state.label}”状态，不能配发。"
            "请先登记修复，或者在台账中改为在用。",
            CITE,
            "recorder_id",
        )
    if recorder.officer_id not in (None, officer_id):
        holder = session.get(Officer, recorder.officer_id)
        raise block(
            "recorder_out",
            f"执法仪 {recorder.number} 还配发给{holder.name if holder else '另一人'}，请先登记收回。",
            CITE,
            "recorder_id",
        )
    _refuse_second(session, recorder, officer_id)
    recorder.officer_id, recorder.officer_name = officer_id, ""


def _refuse_second(session: Session, recorder: Recorder, officer_id: int | None) -> None:
    if officer_id is None:
        return
    other = session.exec(
        select(Recorder).where(
            Recorder.officer_id == officer_id,
            Recorder.state == RecorderState.IN_USE,
            col(Recorder.id) != recorder.id,
        )
    ).first()
    if other is not None:
        officer = session.get(Officer, officer_id)
        raise block(
            "one_recorder_each",
            f"{officer.name if officer else '这名执法人员'}已有在用的执法仪 {other.number}，一人一台。"
            "请先收回那一台。",
            CITE,
            "officer_id",
        )


def _holder(session: Session, recorder: Recorder, form: RecorderEventForm) -> Officer | None:
    """Whom the turn is about; a return takes the recorder off its holder."""
    holder_id = form.officer_id or recorder.officer_id
    if form.kind is RecorderEventKind.RETURNED and _is_latest(session, form):
        recorder.officer_id, recorder.officer_name = None, ""
        session.add(recorder)
    return session.get(Officer, holder_id) if holder_id else None
