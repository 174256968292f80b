"""What a file's clocks and names say together: whose it is, when it ran, where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from enforcer.evidence_terms import MediaKind, TimeSource
from enforcer.exchange.media import MediaFacts
from enforcer.exchange.media_names import CHINA, NameFacts
from enforcer.models import Certificate, Officer, Recorder
from enforcer.queries.evidence_recorders import Carried, carrier_of, clock_offset
from enforcer.queries.evidence_settings import EvidenceSettings
from enforcer.queries.looking import literal

_EARLIEST = datetime(2000, 1, 2, tzinfo=CHINA)
_ZONE_SECONDS = 8 * 3600
_LEAST_CODE = 4


@dataclass(frozen=True, slots=True)
class Hints:
    """What the officer said when he began the intake."""

    recorder_id: int | None = None
    officer_id: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Identified:
    """What the row will say; `remarks` are sentences for the officer, one a difference."""

    recorder_id: int | None
    recorder: str
    officer_id: int | None
    officer: str
    begins_at: datetime | None
    ends_at: datetime | None
    time_source: TimeSource | None
    remarks: tuple[str, ...]


def identify(
    session: Session,
    name: NameFacts,
    media: MediaFacts,
    hints: Hints,
    chosen: EvidenceSettings,
    *,
    now: datetime,
) -> Identified:
    """Lay name, media and register side by side; say what differs, never settle it in silence."""
    remarks = [*media.remarks, *([name.remark] if name.remark else [])]
    begins, ends, source = _times(name, media, remarks, chosen, now)
    recorder, number = _recorder(session, name, media, hints, remarks)
    at = begins if begins and _plausible(begins, now) else None
    carried = carrier_of(session, recorder.id or 0, at) if recorder and at else None
    if recorder and at:
        _say_offset(session, recorder, at, remarks)
    officer_id, officer = _officer(session, name, hints, carried, remarks)
    return Identified(
        recorder.id if recorder else None,
        number,
        officer_id,
        officer,
        begins,
        ends,
        source,
        tuple(dict.fromkeys(remarks)),
    )


def said(moment: datetime) -> str:
    """A moment as officers read it."""
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def apart(seconds: float) -> str:
    """How far two clocks are apart, in words."""
    left = abs(round(seconds))
    parts = []
    for size, label in ((86400, "天"), (3600, "小时"), (60, "分"), (1, "秒")):
        if left >= size:
            parts.append(f"{left // size}{label}")
            left %= size
    return "".join(parts[:2]) or "0秒"


def _times(
    name: NameFacts,
    media: MediaFacts,
    remarks: list[str],
    chosen: EvidenceSettings,
    now: datetime,
) -> tuple[datetime | None, datetime | None, TimeSource | None]:
    inner = TimeSource.EXIF if media.kind is MediaKind.PHOTO else TimeSource.MEDIA
    clocks = [
        (source, at)
        for source, at in ((TimeSource.NAME, name.begins_at), (inner, media.made_at))
        if at is not None
    ]
    for source, at in clocks:
        if not _plausible(at, now):
            remarks.append(
                f"{source.label}里的时间 {said(at)} 不可信"
                f"（{'早于2000年' if at < _EARLIEST else '晚于现在'}），"
                "设备的时钟可能没有校准，请核对实际时间。"
            )
    if len(clocks) == 2:
        _compare_clocks(name, media, inner, remarks, chosen)
    good = [one for one in clocks if _plausible(one[1], now)]
    if not clocks:
        remarks.append("文件名和文件里都读不出拍摄时间，请人工填写。")
        return None, None, None
    source, begins = (good or clocks)[0]
    ends = name.ends_at if source is TimeSource.NAME else None
    length = timedelta(milliseconds=media.duration_ms) if media.duration_ms else None
    if ends is not None and length is not None and name.begins_at is not None:
        stated = ends - name.begins_at
        if abs((stated - length).total_seconds()) > chosen.tolerance_seconds:
            remarks.append(
                f"文件名写的时长是 {apart(stated.total_seconds())}，"
                f"媒体实际长 {apart(length.total_seconds())}，请核对录像是否完整。"
            )
    if ends is None and length is not None:
        ends = begins + length
    return begins, ends, source


def _compare_clocks(
    name: NameFacts,
    media: MediaFacts,
    inner: TimeSource,
    remarks: list[str],
    chosen: EvidenceSettings,
) -> None:
    """Say how name and content differ; some makers write the end of a recording inside."""
    assert name.begins_at
    assert media.made_at
    away = (media.made_at - name.begins_at).total_seconds()
    length = (media.duration_ms or 0) / 1000
    if min(abs(away), abs(away - length)) <= chosen.tolerance_seconds:
        return
    zone = ""
    if min(abs(abs(away) - _ZONE_SECONDS), abs(abs(away - length) - _ZONE_SECONDS)) <= (
        chosen.tolerance_seconds
    ):
        zone = "，正好差八小时，可能是设备把北京时间当作世界时写入"
    remarks.append(
        f"文件名的时间是 {said(name.begins_at)}，{inner.label}的时间是 {said(media.made_at)}，"
        f"相差 {apart(away)}{zone}；暂按文件名登记，请核对。"
    )


def _plausible(at: datetime, now: datetime) -> bool:
    return _EARLIEST <= at <= now + timedelta(days=1)


def _recorder(
    session: Session, name: NameFacts, media: MediaFacts, hints: Hints, remarks: list[str]
) -> tuple[Recorder | None, str]:
    hinted = session.get(Recorder, hints.recorder_id) if hints.recorder_id else None
    for number, where in ((name.device, "文件名"), (media.serial, "照片信息")):
        if not number:
            continue
        found = session.exec(select(Recorder).where(Recorder.number == number)).first()
        if found is None:
            if where == "文件名":
                remarks.append(f"文件名里的设备编号 {number} 不在执法仪台账里，请核对或者先登记。")
                if hinted is None:
                    return None, number
            continue
        if hinted is not None and hinted.id != found.id:
            remarks.append(
                f"{where}里的设备编号是 {number}，导入时选的是 {hinted.number}；"
                f"按{where}登记，请核对。"
            )
        return found, found.number
    return hinted, hinted.number if hinted else ""


def _say_offset(session: Session, recorder: Recorder, at: datetime, remarks: list[str]) -> None:
    offset = clock_offset(session, recorder.id or 0, at)
    if offset:
        way = "快" if offset > 0 else "慢"
        true = said(at - timedelta(seconds=offset))
        remarks.append(
            f"执法仪 {recorder.number} 校时记录为{way} {apart(offset)}，按此推算实际开始于 {true}；"
            "登记的仍是设备时间。"
        )


def _officer(
    session: Session,
    name: NameFacts,
    hints: Hints,
    carried: Carried | None,
    remarks: list[str],
) -> tuple[int | None, str]:
    """Whom the name means, else who carried the recorder, else whom the officer chose."""
    hinted = session.get(Officer, hints.officer_id) if hints.officer_id else None
    named = _named(session, name.officer) if name.officer else ()
    holder = carried if carried and carried.officer_id else None
    if name.officer and len(named) != 1:
        return _of_unclear(name.officer, named, holder, hinted, remarks)
    if named:
        one = named[0]
        for other, how in (
            (holder.officer_id if holder else None, "执法仪当时的领用人"),
            (hinted.id if hinted else None, "导入时选的人员"),
        ):
            if other is not None and other != one.id:
                meant = session.get(Officer, other)
                remarks.append(
                    f"文件名里的人员是{one.name}，{how}是{meant.name if meant else '另一人'}；"
                    "按文件名登记，请核对。"
                )
        return one.id, one.name
    if carried is not None:
        if not carried.sure:
            remarks.append(
                f"执法仪 {carried.number} 那时没有领用记录，按台账现在的配发人{carried.officer}登记，"
                "请核对。"
            )
        if hinted is not None and hinted.id != carried.officer_id:
            remarks.append(
                f"执法仪当时的领用人是{carried.officer}，导入时选的是{hinted.name}；"
                f"按领用人登记，请核对。"
            )
        return carried.officer_id, carried.officer
    return (hinted.id, hinted.name) if hinted else (None, "")


def _of_unclear(
    code: str,
    named: Sequence[Officer],
    holder: Carried | None,
    hinted: Officer | None,
    remarks: list[str],
) -> tuple[int | None, str]:
    """A code that is nobody's or several people's: the register of recorders may tell, not we."""
    if named:
        why = f"对应到{len(named)}人（{'、'.join(one.name for one in named)}），不能确定是谁"
    else:
        why = "对应不到执法人员（没有哪个执法证号是它或者以它结尾，也没有这个姓名）"
    of_named = {one.id for one in named}
    meant: tuple[int | None, str] = None, code
    by = "没有登记拍摄人"
    if holder and (not named or holder.officer_id in of_named):
        which = "当时的领用人" if holder.sure else "现在的配发人"
        by = f"按执法仪{which}{holder.officer}登记"
        meant = holder.officer_id, holder.officer
    elif hinted and (not named or hinted.id in of_named):
        by, meant = f"按导入时选的{hinted.name}登记", (hinted.id, hinted.name)
    elif holder:
        by = f"执法仪当时由{holder.officer}领用，也不是其中一人，{by}"
    remarks.append(f"文件名里的人员编号 {code} {why}；{by}，请核对。")
    return meant


def _named(session: Session, code: str) -> Sequence[Officer]:
    """Officers a code may mean: whose certificate it is, else ends with it, else whose name it is.

    Recorders keep six digits of a certificate, which may begin with the letters of the place.
    """
    held = (
        select(Officer)
        .join(Certificate, col(Certificate.officer_id) == Officer.id)
        .distinct()
        .order_by(col(Officer.id))
    )
    number = func.upper(Certificate.number)
    exact = session.exec(held.where(number == code.upper())).all()
    if exact:
        return exact
    if len(code) >= _LEAST_CODE and code[-_LEAST_CODE:].isascii() and code[-_LEAST_CODE:].isdigit():
        like = literal(code.upper()).removesuffix("%")
        ending = session.exec(held.where(number.like(like, escape="\\"))).all()
        if ending:
            return ending
    return session.exec(select(Officer).where(Officer.name == code)).all()
