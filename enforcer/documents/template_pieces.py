"""The words of a template one by one, as the office edits them, and the template with other words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from enforcer.documents import placeholders, template_source
from enforcer.documents.template_source import Path
from enforcer.errors import TemplateTrouble

TITLE = "title"
SHEET = ("size", "leading")
"""Measures of the body's type that an office may set, where the template names them."""
BOUNDS: Mapping[str, tuple[float, float]] = {"size": (10.5, 18.0), "leading": (14.0, 32.0)}
_SLOTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "title": (("text", "标题"),),
    "number": (("text", "文号"),),
    "paragraph": (("text", "正文"),),
    "heading": (("text", "小标题"),),
    "receipt": (("text", "签收栏"),),
    "signature": (("label", "签名处"), ("beside", "签名处右边")),
    "cut": (("text", "裁切线"),),
    "seam": (("text", "骑缝处"),),
    "mark": (("text", "右上角标记"),),
    "code": (("caption", "二维码说明"),),
    "footer": (("left", "页脚左"), ("center", "页脚中"), ("right", "页脚右")),
}
_FIXED = {
    "organ": "机关名称（程序填写）",
    "seal": "机关落款、日期和印章的位置（程序排印）",
    "lines": "留给手写的横线",
    "code": "二维码（程序排印）",
    "picture": "照片的位置（程序贴入）",
}
_GOES_WHEN_EMPTY = frozenset({"paragraph", "heading", "receipt", "number", "cut", "mark"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of a template: where it stands, when it is printed, what it says.

    A fixed piece has no path and is only shown. `row`, `column` and `span` are those of a table's
    cell; `lines` is how many columns the table has.
    """

    address: str
    part: int
    kind: str
    place: str
    text: str = ""
    path: Path = ()
    each: str = ""
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    row: int = -1
    column: int = 0
    span: int = 1
    columns: int = 1
    weights: tuple[float, ...] = ()
    is_label: bool = False
    copies: tuple[str, ...] = ()

    @property
    def fixed(self) -> bool:
        return not self.path


@dataclass(frozen=True, slots=True)
class Made:
    """A template as edited; `parts` are the numbers its parts had in the text it was made from."""

    body: str
    parts: tuple[int, ...]


def pieces(body: str) -> list[Piece]:
    """Every text of a template, in the order of the paper."""
    data = _data(body)
    title = Piece(TITLE, -1, "title", "文书名称", str(data.get("title", "")), (TITLE,))
    found = [title, *_copies(data)]
    counted: dict[str, int] = {}
    for number, part in enumerate(data.get("parts", [])):
        found += _of_part(number, part, counted)
    return found


def _data(body: str) -> dict[str, Any]:
    try:
        return tomllib.loads(body)
    except tomllib.TOMLDecodeError as error:
        raise TemplateTrouble(f"模板文件的写法有误，读不出来：{error}。") from error


def part_kinds(body: str) -> list[str]:
    """The kinds of a template's parts, in their order."""
    return [str(one.get("kind", "")) for one in _data(body).get("parts", [])]


def _copies(data: Mapping[str, Any]) -> Iterator[Piece]:
    for number, one in enumerate(data.get("copies", [])):
        if "footer" in one:
            place = f"{one.get('name', '')}的说明"
            path: Path = ("copies", number, "footer")
            yield Piece(f"copy{number}", -1, "copy", place, one["footer"], path)


def _of_part(number: int, part: Mapping[str, Any], counted: dict[str, int]) -> Iterator[Piece]:
    kind = str(part.get("kind", ""))
    common: dict[str, Any] = {
        "each": str(part.get("each", "")),
        "when": _listed(part.get("when")),
        "unless": _listed(part.get("unless")),
        "copies": _listed(part.get("copies")),
    }
    if kind in _FIXED:
        yield Piece(f"{number}", number, kind, _FIXED[kind], **common)
    if kind == "table":
        yield Piece(f"{number}", number, kind, "表格", **common)
        counted[kind] = counted.get(kind, 0) + 1
        yield from _of_table(number, part, counted[kind], common)
        return
    for slot, name in _SLOTS.get(kind, ()):
        if not isinstance(part.get(slot), str):
            continue
        counted[name] = counted.get(name, 0) + 1
        place = f"{name}第{counted[name]}段" if kind == "paragraph" else name
        path: Path = ("parts", number, slot)
        text = part[slot].strip("\n")
        yield Piece(f"{number}.{slot}", number, kind, place, text, path, **common)


def _of_table(
    number: int, part: Mapping[str, Any], nth: int, common: Mapping[str, Any]
) -> Iterator[Piece]:
    rows = part.get("rows", [])
    columns = len(part.get("columns", ())) or max(
        (sum(_span(cell) for cell in row.get("cells", [])) for row in rows), default=1
    )
    for at, row in enumerate(rows):
        column = 0
        given = {
            **common,
            "each": str(row.get("each", "")) or common["each"],
            "when": _listed(row.get("when")),
            "unless": _listed(row.get("unless")),
        }
        for n, cell in enumerate(row.get("cells", [])):
            whole = isinstance(cell, str)
            base: Path = ("parts", number, "rows", at, "cells", n)
            has_text = whole or "text" in cell
            yield Piece(
                f"{number}.{at}.{n}",
                number,
                "cell",
                f"表格{nth}第{at + 1}行第{n + 1}格",
                str(cell if whole else cell.get("text", "")).strip("\n"),
                (base if whole else (*base, "text")) if has_text else (),
                row=at,
                column=column,
                span=_span(cell),
                columns=columns,
                weights=tuple(float(one) for one in part.get("columns", ())),
                is_label=(not whole and cell.get("label") is True) or row.get("header") is True,
                **given,
            )
            column += _span(cell)


def _span(cell: Any) -> int:
    return int(cell.get("span", 1)) if isinstance(cell, Mapping) else 1


def _listed(value: Any) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def readable(key: str, piece: Piece) -> str:
    """A piece as the office reads it."""
    return placeholders.readable(key, piece.text, piece.each)


def sheet(body: str) -> dict[str, float]:
    """The measures of the body's type that this template names."""
    said = _data(body).get("sheet", {})
    return {name: float(said[name]) for name in SHEET if name in said}


def made(
    key: str,
    body: str,
    texts: Mapping[str, str],
    *,
    sheet: Mapping[str, float] | None = None,
    version: str = "",
) -> Made:
    """The template with these readable texts by address; an emptied paragraph leaves the paper."""
    known = {one.address: one for one in pieces(body) if not one.fixed}
    values: dict[Path, str | float] = {}
    without = set()
    for address, text in texts.items():
        piece = known.get(address)
        if piece is None:
            continue
        said = placeholders.coded(key, text, piece.each)
        if said == piece.text:
            continue
        if not said.strip() and piece.kind in _GOES_WHEN_EMPTY:
            without.add(piece.part)
        else:
            values[piece.path] = said
    values |= {("sheet", name): value for name, value in (sheet or {}).items()}
    if version:
        values[("version",)] = version
    count = len(_data(body).get("parts", []))
    new = template_source.rewritten(body, values, without=frozenset(without))
    return Made(new, tuple(n for n in range(count) if n not in without))


def conditions(key: str, piece: Piece) -> str:
    """When a piece is printed, in words; empty when always."""
    said = [*(_fact(key, one) for one in piece.when), *(_denied(key, one) for one in piece.unless)]
    shown = [f"只在{'、'.join(said)}时印"] if said else []
    if piece.each:
        listed = placeholders.label(key, piece.each).removeprefix("有")
        shown.append(f"{listed}每一项印一次")
    if piece.copies:
        shown.append(f"只印在{'、'.join(piece.copies)}")
    return "；".join(shown)


def _fact(key: str, path: str) -> str:
    one = placeholders.placeholders(key).get(path)
    return path if one is None else one.name if one.is_flag else f"有{one.name}"


def _denied(key: str, path: str) -> str:
    fact = _fact(key, path)
    if fact.startswith("有"):
        return f"没{fact}"
    return fact.replace("是", "不是", 1) if "是" in fact else f"不属于“{fact}”"
