r"""What a recorder wrote into a file's name: device, officer, in and out times.

    (?P<dev>\d{7})_(?P<officer>[A-Z]{0,4}\d{6})_(?P<ts>\d{14})(_(?P<seq>\d+))?\.mp4

A pattern is a regular expression over the whole name; one with a “/” is laid over the last steps of
the path (a docking station keeps day, device and officer in folders). What it finds is what the
name says, never the truth: whoever asks compares it with the other clocks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
GROUPS = {
    "dev": "设备编号",
    "officer": "人员编号",
    "ts": "开始时间（十四位）",
    "end": "结束时间（十四位）",
    "day": "日期（八位，可用短横隔开）",
    "time": "时刻（六位）",
    "seq": "序号",
    "unit": "单位",
    "station": "采集站",
}
_MEDIA = r"\.(?:mp4|mov|avi|mkv|ts|3gp|wav|mp3|aac|m4a|amr|jpg|jpeg|png)"
DEFAULTS = (
    rf"(?P<dev>\d{{7}})_(?P<officer>[A-Z]{{0,4}}\d{{6}})_(?P<ts>\d{{14}})(?:_(?P<seq>\d+))?{_MEDIA}",
    rf"(?P<ts>\d{{14}})_.*{_MEDIA}",
    rf"(?:IMG|VID|MVIMG|PXL)_(?P<day>\d{{8}})_(?P<time>\d{{6}}).*{_MEDIA}",
    (
        r"(?P<station>[^/]+)/(?P<day>\d{4}-\d{2}-\d{2})/(?P<dev>[^/]+)/(?P<officer>[^/]+)/"
        r"(?P<unit>[^/]+)/[^/]+/[^/]+"
    ),
)
"""Names that recorders, phones and docking stations commonly give; an office may write its own."""
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What a name says; `remark` where a time in it cannot be one."""

    device: str = ""
    officer: str = ""
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    sequence: str = ""
    remark: str = ""


def wrong_with(pattern: str) -> str:
    """Why a pattern cannot be used, as a sentence; empty when it can."""
    if len(pattern) > _LONGEST:
        return f"最多{_LONGEST}个字符。"
    try:
        found = re.compile(pattern)
    except re.error as error:
        at = f"第{error.pos + 1}个字符处" if error.pos is not None else ""
        return f"{at}写法有误，请改正，或者恢复默认格式。"
    if unknown := sorted(set(found.groupindex) - set(GROUPS)):
        known = "、".join(f"{name}（{label}）" for name, label in GROUPS.items())
        return f"不认识“{'、'.join(unknown)}”，可以用的有：{known}。"
    if not set(found.groupindex) & {"dev", "officer", "ts", "day"}:
        return "至少要读出设备编号、人员编号、开始时间或者日期中的一项。"
    if "time" in found.groupindex and "day" not in found.groupindex:
        return "有时刻（time）就要有日期（day）。"
    return ""


def read(path: str, patterns: Sequence[str] = DEFAULTS) -> NameFacts:
    """What the path (with “/” between its steps) says, by the first pattern for each thing.

    The name itself is asked before the folders: what it says wins.
    """
    said: dict[str, str] = {}
    for pattern in sorted(patterns, key=lambda one: "/" in one):
        for name, text in _said(pattern, path).items():
            said.setdefault(name, text)
    if "ts" in said:
        said.pop("day", None)
    begins, wrong = _moment(said.get("ts") or said.get("day", "") + said.get("time", ""))
    ends, wrong_end = _moment(said.get("end", ""))
    if begins and ends and ends < begins:
        ends, wrong_end = None, f"文件名里的结束时间 {said['end']} 早于开始时间。"
    return NameFacts(
        said.get("dev", ""),
        said.get("officer", ""),
        begins,
        ends,
        said.get("seq", ""),
        wrong or wrong_end,
    )


def _said(pattern: str, path: str) -> dict[str, str]:
    steps = path.split("/")
    if "/" not in pattern:
        found = _compiled(pattern).fullmatch(steps[-1])
    else:
        own = pattern.replace("[^/]", "").count("/") + 1
        found = _compiled(pattern).fullmatch("/".join(steps[-own:]))
    return {k: v for k, v in found.groupdict().items() if v} if found else {}


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _moment(text: str) -> tuple[datetime | None, str]:
    """Fourteen digits as a moment in China; a day alone is no moment."""
    digits = text.replace("-", "")
    if len(digits) != 14:
        return None, ""
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=CHINA), ""
    except ValueError:
        return None, f"文件名里的“{text}”不是真实存在的时间。"
