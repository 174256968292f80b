"""How files of evidence read in lists: sizes, lengths, what they belong to, how they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtGui import QPixmap

from enforcer.evidence_terms import MediaKind, ProblemKind
from enforcer.operations.evidence_exports import belongs, remarks_of
from enforcer.queries.evidence import FileRow
from enforcer.queries.evidence_items import clock
from enforcer.queries.evidence_reading import said
from enforcer.queries.evidence_states import taken_after_decision
from enforcer.queries.recording_copies import SecondCopy
from ui.widgets.moments import show_day, show_moment
from ui.widgets.paged_model import Column

MEDIA_ICONS = {
    MediaKind.VIDEO: "evidence",
    MediaKind.AUDIO: "sound",
    MediaKind.PHOTO: "photo",
    MediaKind.PAPER: "document",
    MediaKind.OTHER: "document",
}
NEXT_STEP = {
    ProblemKind.ALTERED: "不要再使用这个文件；到原设备或者备份里找出原来的文件，重新导入补上。",
    ProblemKind.MISSING: "在“设置—备份”里取回录像；原设备还在的，重新导入同一个文件，会自动补上。",
    ProblemKind.UNREADABLE: "检查磁盘；换一块磁盘，在“设置—备份”里取回录像，再检查一次。",
}


def size_words(size: int) -> str:
    """A size as officers read it."""
    left = float(size)
    for unit in ("B", "KB", "MB", "GB"):
        if left < 1024 or unit == "GB":
            return f"{left:.0f} {unit}" if unit == "B" or left >= 100 else f"{left:.1f} {unit}"
        left /= 1024
    raise AssertionError


def length_words(row: FileRow) -> str:
    """How long a recording runs; what a photo measures."""
    if row.duration_ms:
        return clock(row.duration_ms)
    return f"{row.width}×{row.height}" if row.width and row.height else ""


def when_words(row: FileRow) -> str:
    """When it began, with its seconds."""
    return said(row.begins_at) if row.begins_at else "没有读出"


def _minute(row: FileRow) -> str:
    return show_moment(row.begins_at) or "没有读出"


def _running(row: FileRow) -> str:
    return clock(row.duration_ms) if row.duration_ms else ""


def keep_words(row: FileRow) -> str:
    """Until when it is kept."""
    if row.held:
        return "长期（案件在用）"
    return "长期" if row.keep_until is None else show_day(row.keep_until)


def lies_words(row: FileRow) -> str:
    """Where it lies, as papers say it."""
    return f"在“{row.volume_label}”" if row.volume_label else row.keeping.label


def state_words(row: FileRow, problem: ProblemKind | None) -> str:
    """How it stands: the worst thing first."""
    if row.deleted:
        return "已到期删除"
    if problem is not None:
        return problem.label
    if taken_after_decision(row):
        return "决定后取得"
    return "有提示" if remarks_of(row) else "完好"


def state_tone(row: FileRow, problem: ProblemKind | None) -> str:
    """The tone of its state."""
    if row.deleted:
        return "quiet"
    if problem is not None:
        return "bad"
    return "warn" if taken_after_decision(row) or remarks_of(row) else "ok"


def state_icon(row: FileRow, problem: ProblemKind | None) -> str:
    """The sign beside its state."""
    return {"bad": "bad", "warn": "warn", "ok": "proven", "quiet": "delete"}[
        state_tone(row, problem)
    ]


def columns(
    problems: Callable[[], Mapping[int, ProblemKind]], picture: Callable[[FileRow], QPixmap]
) -> Sequence[Column]:
    """The columns of the list of files; `problems` is what the last check found."""

    def of(row: FileRow) -> ProblemKind | None:
        return problems().get(row.id)

    return (
        Column("文件", lambda row: row.name, 236, "name", picture=picture, named=True),
        Column(
            "状态",
            lambda row: state_words(row, of(row)),
            118,
            tone=lambda row: state_tone(row, of(row)),
            icon=lambda row: state_icon(row, of(row)),
            tip=lambda row: "\n".join(remarks_of(row)),
        ),
        Column("开始时间", _minute, 138, "begins", tip=when_words),
        Column("时长", _running, 84, "length", right=True, tip=length_words, spare=True),
        Column("拍摄人", lambda row: row.officer or "未知", 82, "officer", spare=True),
        Column("执法仪", lambda row: row.recorder or "未知", 90, "recorder", spare=True),
        Column(
            "归属",
            lambda row: belongs(row) or "未归属",
            120,
            named=True,
            tone=lambda row: "" if row.uses else "quiet",
            tip=belongs,
        ),
    )


def with_copies(
    plain: Sequence[Column], copies: Callable[[], Mapping[int, SecondCopy]]
) -> Sequence[Column]:
    """The same columns, and whether a file has a proven second copy; where, on pointing at it."""

    def said(row: FileRow) -> str:
        return "" if row.deleted else "有" if row.id in copies() else "无"

    def tip(row: FileRow) -> str:
        found = copies().get(row.id)
        return found.say if found else "" if row.deleted else "没有备份副本"

    made = Column("副本", said, 50, spare=True, tone=lambda row: TONES.get(said(row), ""), tip=tip)
    return (*plain[:2], made, *plain[2:])


TONES = {"有": "ok", "无": "quiet"}
SORTS: Mapping[str, Callable[[FileRow], Any]] = {
    "name": lambda row: row.name,
    "begins": lambda row: row.begins_at or row.taken_at,
    "length": lambda row: row.duration_ms or 0,
    "recorder": lambda row: row.recorder,
    "officer": lambda row: row.officer,
}
