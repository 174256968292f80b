"""Ink in slabs that stay together, and what they are set with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from enforcer.documents import fonts, ink, typeset
from enforcer.documents.ink import MM, Book
from enforcer.documents.parts import Part, Sheet
from enforcer.documents.typeset import Type

DEFAULTS: dict[str, dict[str, Any]] = {  # points, characters; what is not here is the sheet's own
    "organ": {"face": "title", "size": 18, "leading": 26, "align": "center", "keep": True},
    "title": {"face": "title", "size": 22, "leading": 34, "align": "center", "keep": True},
    "number": {"size": 13, "leading": 26, "align": "right", "keep": True},
    "heading": {"face": "hei", "align": "left", "keep": True},
    "signature": {"align": "left", "indent": 0},
    "seal": {"align": "center", "indent": 0},
    "receipt": {"size": 12, "leading": 22, "align": "left", "indent": 0},
    "table": {"size": 11, "leading": 15, "align": "justify", "indent": 0},
    "mark": {"face": "hei", "size": 12, "leading": 16, "align": "right", "indent": 0},
    "code": {"size": 8, "leading": 10, "align": "right", "indent": 0},
    "footer": {"size": 9, "leading": 12, "align": "left", "indent": 0},
    "cut": {"face": "hei", "size": 8, "leading": 10, "align": "center", "indent": 0},
    "seam": {"face": "hei", "size": 8, "leading": 10, "align": "center", "indent": 0},
}

_FULL = 5_000
_LABEL_SIZE = 0.87


@dataclass(frozen=True, slots=True)
class Slab:
    """Ink that stays together; its origin is the top left corner.

    `lid` and `base` are drawn when a page begins or ends with it, `head` is set again above it then;
    with `begins` a page always begins with it.
    """

    height: float
    ink: str = ""
    keep: bool = False
    lid: str = ""
    base: str = ""
    head: tuple[Slab, ...] = ()
    begins: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One part, set: its slabs, and all their ink at once for when no page ends inside."""

    slabs: tuple[Slab, ...]
    height: float
    ink: str
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What the parts of one page are set with: width (points), how much smaller than written."""

    book: Book
    sheet: Sheet
    measure: float
    page_height: float
    factor: float = 1.0
    types: dict[tuple[int, str], Type] = field(default_factory=dict, compare=False)
    styles: dict[int, Mapping[str, Any]] = field(default_factory=dict, compare=False)

    def type_of(self, part: Part, role: str = "") -> Type:
        """The type of a part: its own words, else its kind's, else the sheet's.

        With the role `label` it is that of a table's labels, 黑 and a little smaller.
        """
        key = (id(part), role)
        if key not in self.types:
            plain = self._type(part)
            if role == "label":
                size = plain.size * _LABEL_SIZE
                plain = replace(plain, chain=fonts.chain("hei"), size=size)
            self.types[key] = plain
        return self.types[key]

    def style_of(self, part: Part) -> Mapping[str, Any]:
        """What is said of a part, over what is usual for its kind."""
        if id(part) not in self.styles:
            self.styles[id(part)] = {**DEFAULTS.get(part.kind, {}), **part.style}
        return self.styles[id(part)]

    def _type(self, part: Part) -> Type:
        own = self.style_of(part)
        sheet = self.sheet
        size = float(own.get("size", sheet.size))
        natural = sheet.leading if size == sheet.size else size * 1.6
        indented = part.kind in ("paragraph", "heading") and own.get("align", "justify") in (
            "justify",
            "left",
        )
        return Type(
            fonts.chain(own.get("face", sheet.face)),
            size * self.factor,
            float(own.get("leading", natural)) * self.factor,
            own.get("align", "justify"),
            float(own.get("indent", sheet.indent if indented else 0)),
            float(own.get("spread", 0)),
            float(own.get("inset", 0)),
        )

    def mm(self, value: float) -> float:
        """Millimetres as points, shrunk with the type."""
        return value * MM * self.factor


def block(slabs: list[Slab], *, sealed: bool = False) -> Block:
    """Stack slabs."""
    y, made = 0.0, []
    for slab in slabs:
        made.append(ink.shifted(slab.ink, 0, y))
        y -= slab.height
    return Block(tuple(slabs), -y, "".join(made), sealed)


def line_inks(text: str, type_: Type, measure: float, book: Book) -> tuple[str, ...]:
    """Lines as ink, each from its own top left; what this document met before is not set again."""
    key = (text, type_.chain.first.name, type_.size, type_.align, round(measure))
    found = book.cells.get(key)
    if found is None:
        y = -ink.baseline(type_)
        found = tuple(
            [ink.line(book, one, type_, y) for one in typeset.lines(text, type_, measure)]
        )
        if len(book.cells) > _FULL:
            book.cells.clear()
        book.cells[key] = found
    return found


def text_slabs(text: str, type_: Type, measure: float, book: Book) -> list[Slab]:
    """Lines of text; no page ends after the first of a paragraph or begins with its last."""
    set_ = typeset.lines(text, type_, measure)
    y = -ink.baseline(type_)
    count = len(set_)
    return [
        Slab(type_.leading, ink.line(book, one, type_, y), keep=count > 1 and i in (0, count - 2))
        for i, one in enumerate(set_)
    ]
