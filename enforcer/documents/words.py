"""Words of a template: what stands in braces, and how fields fill it.

`{notice.place}` is the field alone. Readings are added behind a bar:
`{notice.place|line}` an underlined fill-in, `{notice.place|line:12}` with 12 characters of space for
the hand when the field is empty (a gap the inspection tells), `{party.phone|hand:12}` the same
where the hand is meant to fill it, `{fine.amount|line|keep}` never broken over two lines,
`{party.phone|line|or:/}` with other words when the field is empty,
`{notice.outcome|box:已驶离}` a check box before 已驶离, ticked when the field says so.
`____` (two or more low lines) is space for the hand, half a character each. `{{` and `}}` are braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from enforcer.documents import marked
from enforcer.errors import TemplateTrouble

EACH = "each"
BUILT_IN = frozenset({"page", "pages", "copy.name", "copy.footer"})
USUAL_BLANK_EMS = 6

_PIECE = re.compile(
    r"(?P<brace>\{\{|\}\})|\{(?P<place>[^{}]*)\}|(?P<stray>[{}])|(?P<blank>_{2,})|(?P<text>[^{}_]+|_)"
)
_PATH = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*")


@dataclass(frozen=True, slots=True)
class Place:
    """One placeholder: the field's path and how it is read."""

    path: str
    steps: tuple[str, ...] = ()
    line: bool = False
    ems: int = USUAL_BLANK_EMS
    hand: bool = False
    keep: bool = False
    otherwise: str = ""
    box: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence of a template, ready to be filled."""

    pieces: tuple[str | Place, ...] = ()
    where: str = ""

    @property
    def paths(self) -> Iterator[str]:
        """Paths as written, built-in ones left out."""
        return (p.path for p in self.pieces if isinstance(p, Place) and p.path not in BUILT_IN)

    def fill(self, scope: Scope) -> str:
        """Put the fields in; gives marked text."""
        return "".join(
            p if isinstance(p, str) else _said(p, scope, self.where) for p in self.pieces
        )


@dataclass(slots=True)
class Scope:
    """Where a path is looked up: the document's fields, the row of an `each`, the built-in ones."""

    fields: Mapping[str, Any]
    built_in: Mapping[str, str]
    row: Any = None
    in_row: bool = False

    def with_row(self, row: Any) -> Scope:
        return replace(self, row=row, in_row=True)

    def find(self, path: str, where: str, steps: tuple[str, ...] = ()) -> Any:
        """Look a path up, or raise TemplateTrouble that names the missing step."""
        if path in self.built_in:
            return self.built_in[path]
        at: Any = self.fields
        steps = steps or tuple(path.split("."))
        if steps[0] == EACH:
            if not self.in_row:
                raise TemplateTrouble(f"{where}：占位符“{path}”只能用在写了 each 的部分里。")
            at, steps = self.row, steps[1:]
        for step in steps:
            if (type(at) is not dict and not isinstance(at, Mapping)) or step not in at:
                raise TemplateTrouble(
                    f"{where}：没有字段“{path}”（缺“{step}”），请改正模板或补上该字段后再出件。"
                )
            at = at[step]
        return at

    def truth(self, path: str, where: str) -> bool:
        return bool(self.find(path, where))

    def rows(self, path: str, where: str) -> Sequence[Any]:
        """Look up the list an `each` walks over."""
        found = self.find(path, where)
        if isinstance(found, str | Mapping) or not isinstance(found, Sequence):
            raise TemplateTrouble(f"{where}：each 指的字段“{path}”不是列表，不能逐项排印。")
        return found


def parse(text: str, where: str) -> Words:
    """Read a template's words; a wrong placeholder is TemplateTrouble naming it."""
    pieces: list[str | Place] = []
    for match in _PIECE.finditer(text):
        kind = match.lastgroup
        if kind == "stray":
            raise TemplateTrouble(
                f"{where}：“{text}”里的花括号不成对；要印花括号本身，请写成 {{{{ 或 }}}}。"
            )
        if kind == "place":
            pieces.append(_place(match["place"], where))
        elif kind == "blank":
            ems = (len(match["blank"]) + 1) // 2
            pieces.append(marked.OPEN + marked.BLANK * ems + marked.CLOSE)
        else:
            pieces.append(match["brace"][0] if kind == "brace" else _typed(match["text"]))
    return Words(tuple(pieces), where)


def _typed(text: str) -> str:
    return marked.refuse(text).replace("\n", marked.PARAGRAPH)


def _place(written: str, where: str) -> Place:
    path, *readings = written.split("|")
    if not _PATH.fullmatch(path):
        raise TemplateTrouble(
            f"{where}：占位符“{{{written}}}”不合规矩，"
            "应写成 {名称.字段}，名称只用小写英文字母、数字和下划线。"
        )
    place = Place(path, tuple(path.split(".")))
    for reading in readings:
        name, _, value = reading.partition(":")
        if name == "line" and (not value or value.isdecimal()):
            place = replace(place, line=True, ems=int(value or USUAL_BLANK_EMS))
        elif name == "hand" and value.isdecimal():
            place = replace(place, line=True, ems=int(value), hand=True)
        elif reading == "keep":
            place = replace(place, keep=True)
        elif name == "or" and value:
            place = replace(place, otherwise=marked.refuse(value))
        elif name == "box" and value:
            place = replace(place, box=marked.refuse(value))
        else:
            raise TemplateTrouble(
                f"{where}：占位符“{{{written}}}”里的“{reading}”不认识，"
                "可用 line、line:字数、hand:字数、keep、or:文字、box:文字。"
            )
    return place


def _said(place: Place, scope: Scope, where: str) -> str:
    value = scope.find(place.path, where, place.steps)
    if type(value) is not str and (not isinstance(value, str | int) or isinstance(value, bool)):
        raise TemplateTrouble(f"{where}：字段“{place.path}”不是文字，不能排印。")
    text = marked.refuse(str(value)) or place.otherwise
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if place.box:
        return marked.box(place.box, ticked=text == place.box)
    if place.keep and text:
        text = marked.kept(text)
    return marked.filled(text, place.ems) if place.line else text
