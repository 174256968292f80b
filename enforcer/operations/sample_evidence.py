"""Recordings and photos of the sample's two ordinary cases: drawn, marked 示例, taken in as from a card."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlmodel import Session, col, select

from enforcer import paths
from enforcer.course_terms import RecordKind
from enforcer.documents import scenes
from enforcer.documents.scenes import Scene
from enforcer.evidence_terms import ActionKind, EvidenceKind, SourceKind
from enforcer.law import calendar
from enforcer.models import Case, WrittenRecord
from enforcer.operations import evidence
from enforcer.operations.evidence import (
    EvidenceItemForm,
    IntakeForm,
    NameRecordersForm,
    VerifyItemForm,
)
from enforcer.operations.sample_courses import CHINA
from enforcer.operations.sample_people import SampleOffice
from enforcer.store.database import Store
from enforcer.terms import Procedure

_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)  # of the clocks inside an MP4
_RECORDERS = {"0700001": "070012", "0700002": "070019"}
"""Each with the end of its officer's certificate, as names of files have it."""
_SIZE = (960, 720)


@dataclass(frozen=True, slots=True)
class _Item:
    """One line of the list: which file, what it is, from where to where (ms), what it proves."""

    file: int
    title: str
    proves: str
    span: tuple[int, int] | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What was recorded at one inspection: its photos (minutes after its beginning) and its list."""

    scene: Scene
    photos: tuple[int, ...]
    items: tuple[_Item, ...]
    verified: bool


_BURNING = _Scene(
    Scene.FIRE,
    (5,),
    (
        _Item(0, "现场检查录像（0700001）", "当事人在院内露天焚烧落叶、产生浓烟", (1_000, 6_500),
              "问：这堆落叶是谁点的？\n答：是我点的。"),
        _Item(1, "现场检查录像（0700002）", "执法人员出示证件，当事人当场将火熄灭", (500, 7_000)),
        _Item(2, "现场照片", "焚烧的地点和数量"),
    ),
    verified=True,
)  # fmt: skip
_SPOIL = _Scene(
    Scene.ROAD,
    (5, 8, 12),
    (
        _Item(0, "现场检查录像（0700001）", "自卸货车未采取密闭措施，沿途遗撒渣土", (1_500, 7_000),
              "问：车厢为什么没有盖？\n答：赶时间，没有盖篷布。"),
        _Item(1, "现场检查录像（0700002）", "遗撒路段的起止位置", (0, 5_000)),
        _Item(2, "现场照片（车辆全景）", "车厢未加盖"),
        _Item(3, "现场照片（路面遗撒之一）", "遗撒的范围"),
    ),
    verified=False,
)  # fmt: skip
_LOOSE = datetime.fromisoformat("2026-09-30T08:55:20+08:00")


def make_evidence(store: Store, office: SampleOffice, *, actor: str) -> None:
    """Two recorders saw each inspection; clips and photos stand on the lists; one photo is loose."""
    with store.reading() as session:
        asked = select(Case).where(Case.procedure == Procedure.ORDINARY).order_by(col(Case.id))
        records = [_inspection(session, one.id or 0) for one in session.exec(asked).all()]
    for record, scene in zip(records, (_BURNING, _SPOIL), strict=True):
        _seen(store, office, record, scene, actor=actor)
    with TemporaryDirectory(prefix="示例照片-") as folder:
        _photo(Path(folder), Scene.PAVEMENT, _LOOSE, "滨河路118号门前人行道", "DSJ-1")
        _take(
            store,
            Path(folder),
            _LOOSE + timedelta(hours=9),
            actor,
            officer_id=office.officers[0][0],
        )


def _inspection(session: Session, case_id: int) -> WrittenRecord:
    found = session.exec(
        select(WrittenRecord)
        .where(WrittenRecord.case_id == case_id, WrittenRecord.kind == RecordKind.INSPECTION)
        .order_by(col(WrittenRecord.id))
    ).first()
    assert found is not None
    session.expunge(found)
    return found


def _seen(
    store: Store, office: SampleOffice, record: WrittenRecord, scene: _Scene, *, actor: str
) -> None:
    assert record.began_at is not None
    began = record.began_at.astimezone(CHINA)
    now = datetime.combine(calendar.shipped().shift(began.date(), 1), time(17), CHINA)
    when: dict[str, Any] = {"today": now.date(), "now": now, "actor": actor}
    named = NameRecordersForm(
        action=ActionKind.INSPECTION, action_id=record.id or 0, recorders=tuple(_RECORDERS)
    )
    evidence.name_recorders(store, named, **when)
    given = {"action": ActionKind.INSPECTION, "action_id": record.id, "place": record.place}
    with TemporaryDirectory(prefix="示例存储卡-") as folder:
        for n, recorder in enumerate(_RECORDERS):
            _clip(Path(folder), recorder, began + timedelta(seconds=20 + 45 * n))
        taken = _take(store, Path(folder), now, actor, **given)
    with TemporaryDirectory(prefix="示例照片-") as folder:
        for minutes in scene.photos:
            at = began + timedelta(minutes=minutes)
            _photo(Path(folder), scene.scene, at, record.place, "DSJ-1")
        first, _ = office.officers[0]
        taken += _take(store, Path(folder), now, actor, officer_id=first, **given)
    _list(store, office, record, scene, taken, when)


def _list(
    store: Store,
    office: SampleOffice,
    record: WrittenRecord,
    scene: _Scene,
    taken: Sequence[int],
    when: dict[str, Any],
) -> None:
    for one in scene.items:
        start, end = one.span or (None, None)
        form = EvidenceItemForm(
            case_id=record.case_id,
            file_id=taken[one.file],
            kind=EvidenceKind.AUDIO_VISUAL,
            title=one.title,
            proves=one.proves,
            words=one.words,
            in_ms=start,
            out_ms=end,
            made_how="执法记录仪拍摄" if one.span else "现场拍摄",
            place=record.place,
        )
        item = evidence.save_evidence_item(store, form, **when)
        if scene.verified or one.file == 0:
            checked = VerifyItemForm(
                item_id=item,
                verified_by_id=office.officers[1][0],
                verified_how="与执法记录仪内的原始文件核对校验值，一致",
                verified_on=when["today"],
            )
            evidence.verify_evidence_item(store, checked, **when)


def _take(store: Store, folder: Path, now: datetime, actor: str, **given: Any) -> list[int]:
    """Take a folder in; the files by the order of their names, recordings first."""
    form = IntakeForm(paths=(folder,), source_kind=SourceKind.CARD, **given)
    clock, store.clock = store.clock, lambda: now  # a file is taken in when the disk has it
    try:
        found = evidence.take_in(store, form, today=now.date(), now=now, actor=actor)
    finally:
        store.clock = clock
    assert not found.left, found.left
    return [one.file_id for one in sorted(found.taken, key=lambda one: one.source)]


def _clip(folder: Path, recorder: str, at: datetime) -> None:
    """The shipped clip with its inner clock set, so that each recording is a file of its own."""
    data = bytearray((paths.resources() / "sample" / "clip.mp4").read_bytes())
    seconds = struct.pack(">II", *[int((at - _EPOCH).total_seconds())] * 2)
    for place in _boxes(data):
        data[place + 8 : place + 16] = seconds
    mark = struct.pack(">I4s", 8 + len(recorder), b"free") + recorder.encode()
    (folder / f"{recorder}_{_RECORDERS[recorder]}_{at:%Y%m%d%H%M%S}.mp4").write_bytes(
        bytes(data) + mark
    )


def _boxes(data: bytearray) -> Iterator[int]:
    """Where the boxes that hold a clock begin."""
    for box in (b"mvhd", b"tkhd", b"mdhd"):
        place = data.find(box)
        while place >= 0:
            yield place
            place = data.find(box, place + 1)


def _photo(folder: Path, scene: Scene, at: datetime, place: str, device: str) -> None:
    said = f"{place}　{at:%Y-%m-%d %H:%M:%S}"
    data = scenes.drawn(scene, caption=said, size=_SIZE, taken_at=at, device=device)
    (folder / f"IMG_{at:%Y%m%d_%H%M%S}.jpg").write_bytes(data)
