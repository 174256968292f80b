"""What 证据清单 and a photo page must show, so that an edited template that lost it is seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from enforcer.documents import evidence_list, template
from enforcer.documents.parts import Template
from enforcer.errors import Level, Objection

ARTICLE_46 = "行政处罚法（2021）第四十六条"
RULES = "最高人民法院关于行政诉讼证据若干问题的规定"
MADE = f"{RULES}第十二条第二项"
_LIST = (
    ("name", "证据的名称和种类", "name", ARTICLE_46),
    ("source", "证据的来源和制作", "source", MADE),
    ("proves", "证明对象", "proves", MADE),
    ("code", "校验码", "code", f"{RULES}第十二条第一项"),
)
_PHOTO = (
    ("place", "拍摄地点", "place", MADE),
    ("time", "拍摄时间", "time", MADE),
    ("by", "拍摄人", "by", MADE),
    ("content", "拍摄内容", "content", MADE),
    ("code", "校验码", "code", f"{RULES}第十二条第一项"),
)
"""(code of the element, what it is called, its field, why)."""


def inspect_evidence(key: str, fields: Mapping[str, Any], form: Template) -> tuple[Objection, ...]:
    """All elements the paper lost against its fields; `fields` are those of one page."""
    said = "".join(template.resolved_text(form, fields).split())
    found = list(_elements(fields["items"][0], _LIST, said)) if "items" in fields else []
    if key == evidence_list.PHOTOS:
        found += _elements(fields["photo"], _PHOTO, said)
        if not any(part.kind == "picture" for part in form.parts):
            found.append(_lost("element_picture", "模板里没有放照片的位置。请放回去。", ARTICLE_46))
    found += _missing("number", "案号", fields["case"]["number"], ARTICLE_46, said)
    return tuple(found)


def _elements(
    row: Mapping[str, str], wanted: tuple[tuple[str, str, str, str], ...], said: str
) -> Iterator[Objection]:
    for code, label, field, cite in wanted:
        yield from _missing(code, label, row[field], cite, said)


def _missing(code: str, label: str, words: str, cite: str, said: str) -> Iterator[Objection]:
    if words and "".join(words.split()) not in said:
        first = words.split("\n", maxsplit=1)[0]
        shown = first if len(first) <= 24 else f"{first[:23]}…"
        say = f"文书上没有印出{label}“{shown}”，可能是模板改漏了。请把该栏放回去。"
        yield _lost(f"element_{code}", say, cite)


def _lost(code: str, say: str, cite: str) -> Objection:
    return Objection(code, Level.BLOCK, say, cite, "template")
