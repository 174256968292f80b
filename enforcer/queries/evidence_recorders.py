"""Recorders: their course, who carried which at an instant, which are about to write over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from enforcer.evidence_terms import RecorderEventKind
from enforcer.exchange.media_names import CHINA
from enforcer.models import (
    EvidenceFile,
    Officer,
    Recorder,
    RecorderEvent,
)
from enforcer.queries.evidence_actions import actions
from enforcer.queries.evidence_settings import EvidenceSettings, settings
from enforcer.queries.looking import Where, looking
from enforcer.terms import RecorderState

_CARRYING = (RecorderEventKind.ISSUED, RecorderEventKind.RETURNED)
NEAR_DAYS = 2


@dataclass(frozen=True, slots=True)
class RecorderEventRow:
    """One turn in the course of a recorder."""

    id: int
    recorder_id: int
    kind: RecorderEventKind
    happened_at: datetime
    officer: str
    offset_seconds: int | None
    words: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Carried:
    """Which recorder, by whom; `sure` when its course says so, not only the register of today."""

    recorder_id: int
    number: str
    officer_id: int | None
    officer: str
    sure: bool


@dataclass(frozen=True, slots=True)
class RecorderWarning:
    """A recorder whose recordings have not been taken in: when it will write over them."""

    recorder_id: int
    number: str
    officer: str
    since: date
    overwrites_on: date
    late: bool
    say: str


def history(where: Where, recorder_id: int) -> list[RecorderEventRow]:
    """The course of one recorder, the latest first."""
    with looking(where) as session:
        rows = session.exec(
            select(RecorderEvent)
            .where(RecorderEvent.recorder_id == recorder_id)
            .order_by(col(RecorderEvent.happened_at).desc(), col(RecorderEvent.id).desc())
        ).all()
    return [
        RecorderEventRow(
            one.id or 0,
            one.recorder_id,
            one.kind,
            one.happened_at,
            one.officer,
            one.offset_seconds,
            one.words,
            one.recorded_by,
        )
        for one in rows
    ]


def carrier_of(where: Where, recorder_id: int, at: datetime) -> Carried | None:
    """Who carried this recorder at that instant; None when it was with nobody."""
    with looking(where) as session:
        recorder = session.get(Recorder, recorder_id)
        if recorder is None:
            return None
        course = _carrying(session, recorder_id, at)
        if course is not None:
            if course.kind is RecorderEventKind.RETURNED:
                return None
            return Carried(recorder_id, recorder.number, course.officer_id, course.officer, True)
        return _by_register(session, recorder, at)


def carried_by(where: Where, officer_id: int, at: datetime) -> list[Carried]:
    """The recorders an officer carried at that instant."""
    with looking(where) as session:
        ids = set(
            session.exec(
                select(RecorderEvent.recorder_id).where(RecorderEvent.officer_id == officer_id)
            )
        )
        ids |= {
            one
            for one in session.exec(select(Recorder.id).where(Recorder.officer_id == officer_id))
            if one is not None
        }
        found = [carrier_of(session, one, at) for one in sorted(ids)]
    return [one for one in found if one is not None and one.officer_id == officer_id]


def clock_offset(where: Where, recorder_id: int, at: datetime) -> int | None:
    """How many seconds its clock was ahead, by the last note before that instant, or first after."""
    with looking(where) as session:
        notes = session.exec(
            select(RecorderEvent)
            .where(
                RecorderEvent.recorder_id == recorder_id,
                RecorderEvent.kind == RecorderEventKind.CLOCK,
            )
            .order_by(col(RecorderEvent.happened_at), col(RecorderEvent.id))
        ).all()
    before = [one for one in notes if one.happened_at <= at]
    chosen = before[-1] if before else (notes[0] if notes else None)
    return chosen.offset_seconds if chosen else None


def overwrite_warnings(where: Where, *, today: date) -> list[RecorderWarning]:
    """Recorders that ran and were not taken in since: soonest written over first."""
    with looking(where) as session:
        chosen = settings(session)
        first = today - timedelta(days=max(4 * chosen.overwrite_days, 30))
        named: dict[str, list[date]] = {}
        for one in actions(session, first, today):
            for number in one.recorders:
                named.setdefault(number, []).append(one.on)
        found = [
            warning
            for recorder in session.exec(
                select(Recorder).where(Recorder.state != RecorderState.RETIRED)
            )
            if (days := named.get(recorder.number))
            and (warning := _overwriting(session, recorder, days, chosen, today))
        ]
    return sorted(found, key=lambda one: (one.overwrites_on, one.number))


def _overwriting(
    session: Session,
    recorder: Recorder,
    days: Sequence[date],
    chosen: EvidenceSettings,
    today: date,
) -> RecorderWarning | None:
    lasts = chosen.overwrite_days
    taken = session.exec(
        select(func.max(EvidenceFile.taken_at)).where(EvidenceFile.recorder_id == recorder.id)
    ).one()
    last = taken.astimezone(CHINA).date() if isinstance(taken, datetime) else date.min
    waiting = [day for day in days if day > last]
    if not waiting:
        return None
    since = min(waiting)
    over = since + timedelta(days=lasts)
    left = (over - today).days
    waited = (today - since) // timedelta(hours=1)
    if left > NEAR_DAYS and waited < chosen.upload_hours:
        return None
    late = left < 0
    when = f"{over} 起可能已被覆盖" if late else f"预计 {over} 起被覆盖"
    say = (
        f"执法仪 {recorder.number} 自 {since} 起的录像还没有导入，{when}"
        f"（按存满 {lasts} 天计）。请尽快导入。"
    )
    holder = session.get(Officer, recorder.officer_id) if recorder.officer_id else None
    return RecorderWarning(
        recorder.id or 0,
        recorder.number,
        holder.name if holder else recorder.officer_name,
        since,
        over,
        late,
        say,
    )


def _carrying(session: Session, recorder_id: int, at: datetime) -> RecorderEvent | None:
    return session.exec(
        select(RecorderEvent)
        .where(
            RecorderEvent.recorder_id == recorder_id,
            col(RecorderEvent.kind).in_(_CARRYING),
            RecorderEvent.happened_at <= at,
        )
        .order_by(col(RecorderEvent.happened_at).desc(), col(RecorderEvent.id).desc())
    ).first()


def _by_register(session: Session, recorder: Recorder, at: datetime) -> Carried | None:
    """Whom the register names today, where the course of the recorder does not reach back so far."""
    day = at.astimezone(CHINA).date()
    begun = session.exec(
        select(RecorderEvent.id).where(
            RecorderEvent.recorder_id == recorder.id, col(RecorderEvent.kind).in_(_CARRYING)
        )
    ).first()
    if begun is not None or (recorder.in_use_from and day < recorder.in_use_from):
        return None
    holder = session.get(Officer, recorder.officer_id) if recorder.officer_id else None
    name = holder.name if holder else recorder.officer_name
    if not name:
        return None
    return Carried(recorder.id or 0, recorder.number, recorder.officer_id, name, False)
