"""Sets one part of a template as a block: lines of ink, from top to bottom, that may be parted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from enforcer.documents import ink, marked, typeset
from enforcer.documents.slabs import Block, Setting, Slab, block, text_slabs
from enforcer.documents.tables import table_slabs
from enforcer.documents.template import Filled

_SIGNATURE_HEIGHT, _SIGNATURE_WIDTH = 10.0, 45.0  # mm
_SEAL_SPACE, _SEAL_FROM_RIGHT = 45.0, 2.0  # mm, characters
_TALLEST = 0.6  # of the page
_LINE_HEIGHT, _LINE_COUNT = 9.0, 3.0
_PICTURE_HEIGHT = 110.0  # mm


def set_part(filled: Filled, setting: Setting) -> Block:
    """Set one filled part."""
    part = filled.part
    slabs = _SETTERS.get(part.kind, _text)(filled, setting)
    style = setting.style_of(part)
    if slabs:
        if before := setting.mm(style.get("before", 0)):
            first = slabs[0]
            slabs[0] = replace(
                first, height=first.height + before, ink=ink.shifted(first.ink, 0, -before)
            )
        if after := setting.mm(style.get("after", 0)):
            slabs[-1] = replace(slabs[-1], height=slabs[-1].height + after)
        if style.get("keep"):
            slabs = [replace(slab, keep=True) for slab in slabs]
    return block(slabs, sealed=part.kind == "seal" or bool(style.get("holds")))


def _text(filled: Filled, setting: Setting) -> list[Slab]:
    text = filled.texts.get("text", "")
    if not text:
        return []
    return text_slabs(text, setting.type_of(filled.part), setting.measure, setting.book)


def _signature(filled: Filled, setting: Setting) -> list[Slab]:
    style, book = filled.part.style, setting.book
    type_ = setting.type_of(filled.part)
    height = setting.mm(style.get("height", _SIGNATURE_HEIGHT))
    width = setting.mm(style.get("width", _SIGNATURE_WIDTH))
    label = typeset.lines(filled.texts["label"], type_, setting.measure)
    y = -height + 0.3 * height
    start = max(label[-1].width + 0.4 * type_.size, 9.2 * type_.size)
    made = [ink.line(book, one, type_, y) for one in label[:1]]
    made.append(ink.rule(start, y - 3, start + width, y - 3))
    slabs = [Slab(height, "", keep=True)]
    if filled.texts.get("beside"):
        left = start + width + type_.size
        beside = typeset.lines(filled.texts["beside"], type_, setting.measure - left)
        for i, one in enumerate(beside):
            at = replace(one, x=one.x + left)
            made.append(ink.line(book, at, type_, y - i * type_.leading))
        height += (len(beside) - 1) * type_.leading
    slabs[0] = Slab(height, "".join(made))
    return slabs


def _seal(filled: Filled, setting: Setting) -> list[Slab]:
    """Organ over date, in the middle of the space that the seal will take."""
    type_ = replace(setting.type_of(filled.part), align="left")
    space = setting.mm(filled.part.style.get("space", _SEAL_SPACE))
    measure = setting.measure - _SEAL_FROM_RIGHT * type_.size
    organ = typeset.lines(filled.texts["organ"], type_, measure)
    date = typeset.lines(filled.texts["date"], type_, measure)
    wide = max(one.width for one in [*organ, *date])
    middle = measure - max(wide, space * 0.8) / 2
    height = max(space, (len(organ) + len(date)) * type_.leading)
    top = (height - (len(organ) + len(date)) * type_.leading) / 2
    made, y = [], -top - ink.baseline(type_)
    for one in [*organ, *date]:
        at = replace(one, x=min(middle - one.width / 2, measure - one.width))
        made.append(ink.line(setting.book, at, type_, y))
        y -= type_.leading
    return [Slab(height, "".join(made))]


def _lines(filled: Filled, setting: Setting) -> list[Slab]:
    style = filled.part.style
    height = setting.mm(style.get("height", _LINE_HEIGHT))
    drawn = ink.rule(0, -height, setting.measure, -height)
    return [Slab(height, drawn) for _ in range(int(style.get("count", _LINE_COUNT)))]


def _receipt(filled: Filled, setting: Setting) -> list[Slab]:
    type_ = setting.type_of(filled.part)
    pad = setting.mm(3)
    inner = setting.measure - 2 * pad
    set_ = typeset.lines(filled.texts["text"], type_, inner)
    height = len(set_) * type_.leading + 2 * pad
    if height > _TALLEST * setting.page_height:  # too long to frame: set as text, so none is lost
        return text_slabs(filled.texts["text"], type_, setting.measure, setting.book)
    made = [ink.frame(0, -height, setting.measure, height)]
    y = -pad - ink.baseline(type_)
    for one in set_:
        made.append(ink.line(setting.book, replace(one, x=one.x + pad), type_, y))
        y -= type_.leading
    return [Slab(height, "".join(made))]


def _picture(filled: Filled, setting: Setting) -> list[Slab]:
    """A frame for a picture; `pictures.laid_in` puts the picture itself into the finished file."""
    height = setting.mm(filled.part.style.get("height", _PICTURE_HEIGHT))
    made = ink.frame(0, -height, setting.measure, height)
    name = marked.plain(filled.texts["text"])
    if name.isdecimal():
        made += f"q {setting.measure:.2f} 0 0 {height:.2f} 0 {-height:.2f} cm /Picture{name} Do Q\n"
    return [Slab(height, made)]


_SETTERS: dict[str, Callable[[Filled, Setting], list[Slab]]] = {
    "signature": _signature,
    "seal": _seal,
    "lines": _lines,
    "receipt": _receipt,
    "picture": _picture,
    "table": table_slabs,
}
