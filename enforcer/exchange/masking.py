"""Covers what others may not read, in what goes out; what is stored is never touched.

Identity and bank numbers, telephones and plates are found by their shape; names and addresses only
when they are known, so that a person still reads the list before it is published.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLATE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]"
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])"), "（证件号码略）"),
    (re.compile(r"(?<!\d)\d{16,19}(?!\d)"), "（账号略）"),
    (re.compile(r"(?<!\d)\d{15}(?!\d)"), "（证件号码略）"),
    (re.compile(r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), "（电话略）"),
    (re.compile(r"(?<!\d)0\d{2,3}[-—－ ]\d{7,8}(?!\d)"), "（电话略）"),
    (
        re.compile(rf"({_PLATE})[·.\- ]?[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳领使]"),
        r"\1****",
    ),
)
_COMPOUND = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "司徒",
        "长孙",
        "夏侯",
        "宇文",
        "端木",
        "南宫",
        "独孤",
        "呼延",
        "轩辕",
        "申屠",
        "太史",
        "濮阳",
        "淳于",
        "单于",
        "公冶",
        "宗政",
        "澹台",
        "闻人",
        "百里",
        "东郭",
        "西门",
    ]
)


def surname_only(name: str) -> str:
    """`周敏` → `周某`, `欧阳修` → `欧阳某`; a name with a dot keeps what stands before it."""
    head, dot, _ = name.partition("·")
    if dot:
        return f"{head}·某"
    return f"{name[:2] if name[:2] in _COMPOUND and len(name) > 2 else name[:1]}某"


def masked(text: str, known: Mapping[str, str] | None = None) -> str:
    """The text with known names and addresses exchanged, and numbers covered by their shape."""
    for word, instead in sorted((known or {}).items(), key=lambda one: -len(one[0])):
        if word:
            text = text.replace(word, instead)
    for shape, instead in _SHAPES:
        text = shape.sub(instead, text)
    return text
