"""Which case or notice a recording may belong to: by officer, time and place, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

from sqlalchemy import or_
from sqlmodel import Session, col, select

from enforcer.evidence_terms import ActionKind
from enforcer.exchange.media_names import CHINA
from enforcer.models import Case, EvidenceFile, EvidenceUse, Notice, WrittenRecord
from enforcer.queries.evidence_reading import apart, said
from enforcer.queries.looking import Where, looking
from enforcer.terms import NoticeState, Origin, Stage

_NEAR = timedelta(hours=2)
_SAME_DAY = timedelta(hours=12)
_CLOSE_METRES = 300
_MOST = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One action the file may belong to; the officer decides."""

    action: ActionKind
    action_id: int
    case_id: int | None
    title: str
    score: int
    reasons: tuple[str, ...]


def suggest(where: Where, file_id: int) -> list[Suggestion]:
    """The likeliest actions of one file, best first; none when nothing speaks for any."""
    with looking(where) as session:
        file = session.get(EvidenceFile, file_id)
        if file is None or file.begins_at is None:
            return []
        found = [*_notices(session, file), *_cases(session, file), *_inspections(session, file)]
    found.sort(key=lambda one: (-one.score, one.title))
    return found[:_MOST]


def _notices(session: Session, file: EvidenceFile) -> Iterator[Suggestion]:
    begins, ends = _span(file)
    rows = session.exec(
        select(Notice).where(
            Notice.state == NoticeState.ISSUED,
            Notice.origin == Origin.MADE_HERE,
            col(Notice.noticed_at).between(begins - _NEAR, ends + _NEAR),
        )
    ).all()
    for one in rows:
        assert one.noticed_at
        assert one.id
        score, reasons = _time(file, one.noticed_at, "告知时间", _NEAR)
        more, who = _people(file, {one.officer1_id: one.officer1, one.officer2_id: one.officer2})
        named, where = _recorder(file, one.recorders)
        place, there = _place(file, one.place)
        reasons += who + where + there
        if more + named + place:
            yield Suggestion(
                ActionKind.NOTICE,
                one.id,
                one.case_id,
                f"温馨告知书{one.number}（{one.plate or '无号牌'}，{one.place}）",
                score + more + named + place,
                tuple(reasons),
            )


def _cases(session: Session, file: EvidenceFile) -> Iterator[Suggestion]:
    begins, ends = _span(file)
    day = begins.astimezone(CHINA).date()
    rows = session.exec(
        select(Case).where(
            Case.origin == Origin.MADE_HERE,
            or_(
                col(Case.acted_at).between(begins - _SAME_DAY, ends + _SAME_DAY),
                col(Case.acted_on) == day,
                (col(Case.filed_on) <= day) & (col(Case.stage) != Stage.CLOSED),
            ),
        )
    ).all()
    for one in rows:
        assert one.id
        score, reasons = (
            (0, []) if one.acted_at is None else _time(file, one.acted_at, "违法时间", _SAME_DAY)
        )
        if not score and one.acted_on == day:
            score, reasons = 2, ["和违法行为是同一天。"]
        if not score:
            reasons = [f"案件自 {one.filed_on} 立案，录制时正在办理。"] if one.filed_on else []
        more, who = _people(file, {one.officer1_id: one.officer1, one.officer2_id: one.officer2})
        place, there = _place(file, one.place)
        near, metres = _metres(session, file, one.id)
        reasons += who + there + metres
        if more + place + near and reasons:
            yield Suggestion(
                ActionKind.CASE,
                one.id,
                one.id,
                f"案件{one.number}（{one.cause}）",
                score + more + place + near,
                tuple(reasons),
            )


def _inspections(session: Session, file: EvidenceFile) -> Iterator[Suggestion]:
    begins, ends = _span(file)
    rows = session.exec(
        select(WrittenRecord, Case)
        .join(Case, col(Case.id) == WrittenRecord.case_id)
        .where(col(WrittenRecord.began_at).between(begins - _NEAR, ends + _NEAR))
    ).all()
    for record, case in rows:
        assert record.began_at
        assert record.id
        score, reasons = _time(file, record.began_at, "笔录开始时间", _NEAR)
        people: dict[int | None, str] = dict(
            zip(record.officer_ids or (), record.officers or (), strict=False)
        )
        more, who = _people(file, people)
        place, there = _place(file, record.place)
        if more + place:
            yield Suggestion(
                ActionKind.INSPECTION,
                record.id,
                record.case_id,
                f"案件{case.number}的{record.kind.label}",
                score + more + place,
                (*reasons, *who, *there),
            )


def _span(file: EvidenceFile) -> tuple[datetime, datetime]:
    assert file.begins_at
    return file.begins_at, file.ends_at or file.begins_at


def _time(file: EvidenceFile, at: datetime, what: str, within: timedelta) -> tuple[int, list[str]]:
    begins, ends = _span(file)
    if begins <= at <= ends:
        return 6, [f"{what} {said(at)} 正在录像中。"]
    gap = max((begins - at).total_seconds(), (at - ends).total_seconds())
    if gap > within.total_seconds():
        return 0, []
    return (4 if gap <= 600 else 3 if gap <= 3600 else 2), [
        f"和{what} {said(at)} 相差{apart(gap)}。"
    ]


def _people(file: EvidenceFile, people: dict[int | None, str]) -> tuple[int, list[str]]:
    if file.officer_id is not None and file.officer_id in people:
        return 4, [f"拍摄人{file.officer}是办理人员。"]
    return 0, []


def _recorder(file: EvidenceFile, recorders: str) -> tuple[int, list[str]]:
    if file.recorder and file.recorder in recorders.split("、"):
        return 4, [f"登记使用了执法仪 {file.recorder}。"]
    return 0, []


def _place(file: EvidenceFile, place: str) -> tuple[int, list[str]]:
    if len(file.place) >= 2 and (file.place in place or (len(place) >= 2 and place in file.place)):
        return 2, [f"地点相符（{place}）。"]
    return 0, []


def _metres(session: Session, file: EvidenceFile, case_id: int) -> tuple[int, list[str]]:
    """How near it was taken to what is in the case already."""
    if file.latitude is None or file.longitude is None:
        return 0, []
    rows = session.exec(
        select(EvidenceFile)
        .join(EvidenceUse, col(EvidenceUse.evidence_file_id) == EvidenceFile.id)
        .where(
            EvidenceUse.case_id == case_id,
            col(EvidenceUse.removed_at).is_(None),
            col(EvidenceFile.latitude).is_not(None),
            col(EvidenceFile.id) != file.id,
        )
    ).all()
    near = min(
        (
            distance(file.latitude, file.longitude, one.latitude or 0, one.longitude or 0)
            for one in rows
        ),
        default=float("inf"),
    )
    if near > _CLOSE_METRES:
        return 0, []
    return 2, [f"和本案已有照片的拍摄位置相距约 {round(near, -1):.0f} 米。"]


def distance(latitude: float, longitude: float, other: float, beside: float) -> float:
    """Metres between two places of the globe."""
    a, b = radians(latitude), radians(other)
    half = sin((b - a) / 2) ** 2
    half += cos(a) * cos(b) * sin(radians(beside - longitude) / 2) ** 2
    return 2 * 6_371_000 * asin(sqrt(half))
