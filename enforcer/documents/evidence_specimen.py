"""证据清单 and a photo page of the made-up case, for looking at their templates before they are used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from enforcer.documents import evidence_list, pictures, scenes
from enforcer.documents.evidence_list import EvidencePaper, LineOnPaper, PhotoLine
from enforcer.documents.facts import OfficerOnPaper
from enforcer.documents.pictures import Picture

_AT = datetime(2026, 9, 3, 15, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
_CHECKED = date(2026, 9, 8)
_HAND = "____________"
_LINES = (
    LineOnPaper(
        title="现场检查录像", kind="视听资料", proves="厢盖没有闭合，渣土沿途遗撒", recorder="0700001",
        made_by="周样", made_how="执法记录仪拍摄", made_at=_AT, place="滨河大道", lies="数据目录",
        verified_by="何样", verified_how="与原设备核对校验值", verified_on=_CHECKED,
        span="00:01:10—00:03:20", code="0a1b2c3d…4e5f6a7b", words="问：车辆由谁调派？\n答：由公司调度室调派。",
    ),
    LineOnPaper(
        title="现场照片", kind="视听资料", proves="遗撒路段的位置和面积", made_by="周样",
        made_how="现场拍摄", made_at=_AT, place="滨河大道", lies="数据目录", code="8c9d0e1f…2a3b4c5d",
    ),
    LineOnPaper(
        title="建筑垃圾运输联单复印件", kind="书证", proves="渣土的来源和数量", mark="决定后取得",
        made_by="何样", made_how="复印，经核对与原件无异", made_on=_CHECKED, lies="样例渣土运输有限公司",
        pages=3,
    ),
)  # fmt: skip
_PHOTO = PhotoLine(
    file="IMG_0001.jpg", code="8c9d0e1f…2a3b4c5d", content="遗撒路段全景", place="滨河大道", at=_AT,
    device="0700021", by="周样",
)  # fmt: skip
_OFFICERS = (OfficerOnPaper("周样", "J0000001"), OfficerOnPaper("何样", "J0000002"))


def fields_of(key: str, organ: str = "", *, by_hand: bool = False) -> dict[str, Any]:
    """The fields of the specimen of one of the two papers, of the photo pages those of one page."""
    fields = _fields(key, organ)
    if by_hand:
        fields["officers_line"] = _HAND
        fields["officers"] = [{"name": _HAND, "certificate": _HAND} for _ in _OFFICERS]
    return fields


def _fields(key: str, organ: str = "") -> dict[str, Any]:
    paper = EvidencePaper(
        uid=UUID(int=0),
        on=date(2026, 9, 24),
        organ=organ or "（机关名称）",
        number="（立案号）",
        cause="运输渣土未采取密闭措施防止物料遗撒",
        party="样例渣土运输有限公司",
        officers=_OFFICERS,
        lines=_LINES,
        photos=(_PHOTO,),
    )
    if key == evidence_list.LIST:
        return evidence_list.list_fields(paper)
    return dict(evidence_list.photo_fields(paper)["pages"][0])


def paths(key: str) -> frozenset[str]:
    """Every path a template of the paper may name."""
    return frozenset(_walk("", _fields(key)))


def _walk(prefix: str, value: Mapping[str, Any]) -> Iterator[str]:
    for name, one in value.items():
        yield f"{prefix}{name}"
        inside = one[0] if isinstance(one, list) and one else one
        if isinstance(inside, Mapping):
            yield from _walk(f"{prefix}{name}.", inside)


@cache
def picture() -> Picture:
    """What stands where the photo will: a drawn road that says it is a specimen."""
    drawn = scenes.drawn(
        scenes.Scene.ROAD, caption="滨河大道　2026-09-03 15:10:00", size=(1200, 900)
    )
    return pictures.fitted(drawn, name="样例")
