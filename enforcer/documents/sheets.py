"""Lays the blocks of a paper on pages: flow and page ends, cut, foot, 骑缝."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from enforcer.documents import ink, marked, page_code, row_sheets, typeset
from enforcer.documents.blocks import set_part
from enforcer.documents.imposition import Frame
from enforcer.documents.ink import MM, Book
from enforcer.documents.lookups import guards, lookups, picker, value
from enforcer.documents.parts import Copy, Part, Template
from enforcer.documents.slabs import Block, Setting, Slab, block, line_inks
from enforcer.documents.template import Filled, fill, is_shown
from enforcer.documents.words import Scope
from enforcer.errors import TemplateTrouble

_FURNITURE = frozenset({"cut", "seam", "mark", "code", "footer"})
_STEPS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6)
_TIGHTER = (0.97, 0.94, 0.91)  # where a seal would stand on a page with little else
_LITTLE = 0.3  # of a page
_SMALLEST = 9.6  # points: what must go smaller takes a second page instead
_CODE_SIZE, _CUT_HEIGHT = 17.0, 90.0  # mm
_FOOT, _AROUND_CUT, _SEAM, _CORNER = 12.0, 5.0, 7.0, 12.0  # mm
_LINES_BEFORE_SEAL = 2
_CACHE_FULL = 20_000


class Placed(NamedTuple):
    """A block, and where its top left corner lies on the page."""

    x: float
    y: float
    block: Block


Page = list[Placed]
Setter = Callable[[tuple[Filled, ...]], Block]


class Compositor:
    """Sets the papers of one template on frames of one size; a part met before is not set again."""

    def __init__(self, template: Template, book: Book, frame: Frame, copy: Copy) -> None:
        self.missing: dict[str, None] = {}
        self.step = 1.0  # how much smaller than written the last paper was set, to fit its page
        self._template = template
        self._book = book
        self._frame = frame
        self._copy = copy
        self._cache: dict[tuple[Any, ...], Block | None] = {}
        own = [p for p in template.parts if not p.copies or copy.name in p.copies]
        parts = [one for part in own for one in _row_by_row(part)]
        self._upper, self._cut, self._lower = _zones(parts)
        self._furniture = [p for p in parts if p.kind in _FURNITURE and p.kind != "cut"]
        looked = {p.where: lookups(p) for p in parts}
        self._paths = tuple(dict.fromkeys(steps for found in looked.values() for steps in found))
        self._keys = {where: picker(self._paths, found) for where, found in looked.items()}
        self._guards = {p.where: picker(self._paths, g) for p in parts if (g := guards(p))}
        self._hidden: dict[tuple[str, tuple[bool | None, ...]], bool] = {}
        self._values: list[str | bool | int | None] = []
        self._codes = [p for p in parts if p.kind == "code"]
        self._settings = {
            k: Setting(book, template.sheet, frame.measure, frame.height, k)
            for k in (*_STEPS, *_TIGHTER)
        }
        self._foot = _FOOT * MM if frame.bottom >= _FOOT * MM else max(frame.bottom, 5 * MM)
        sizes = [float(p.style.get("size_mm", _CODE_SIZE)) * MM for p in self._codes]
        sizes += [self._foot_height(p) for p in self._furniture if p.kind == "footer"]
        self._floor = max(frame.bottom, *(self._foot + s + 2 * MM for s in sizes or [0.0]))

    def pages(self, fields: Mapping[str, Any]) -> list[Page]:
        """The pages of one paper."""
        self._values = [value(fields, steps) for steps in self._paths]
        frame = self._frame
        top = frame.height - frame.top
        if self._cut is None:
            pages = self._flowed(self._upper, fields, top, self._floor)
        else:
            height = float(self._cut.style.get("height", _CUT_HEIGHT)) * MM
            at = max(height, self._floor)
            pages = self._flowed(self._upper, fields, top, at + _AROUND_CUT * MM)
            lower = self._flowed(self._lower, fields, at - _AROUND_CUT * MM, self._floor)
            pages[-1] += lower[0]
            pages += lower[1:]
            cut = self._cached(self._cut, fields, "cut", self._set_cut)
            if cut:
                pages[len(pages) - len(lower)].append(Placed(0, at, cut))
        for number, page in enumerate(pages, 1):
            page += self._furnish(fields, number, len(pages))
        return pages

    def _flowed(
        self, parts: Sequence[Part], fields: Mapping[str, Any], top: float, floor: float
    ) -> list[Page]:
        """Set parts from `top` down to `floor`: smaller if the sheet asks for it, else on pages."""
        x, room = self._frame.left, top - floor
        sheet = self._template.sheet
        legible = [one for one in _STEPS if one == 1.0 or sheet.size * one >= _SMALLEST]
        steps = legible if sheet.fit else _STEPS[:1]
        blocks: list[Block] = []
        for step in steps:
            blocks = self._blocks(parts, fields, step)
            if sum(one.height for one in blocks) <= room:
                self.step = step
                page, y = [], top
                for one in blocks:
                    page.append(Placed(x, y, one))
                    y -= one.height
                return [page]
        if len(steps) > 1:
            self.step = 1.0
            blocks = self._blocks(parts, fields, 1.0)
        above = self._frame.height - self._frame.top
        pages = paged(blocks, room, above - floor)
        for step in _TIGHTER if any(one.sealed for one in blocks) else ():
            if len(pages) == 1 or pages[-1].height > _LITTLE * (above - floor):
                break
            tighter = paged(self._blocks(parts, fields, step), room, above - floor)
            if len(tighter) < len(pages):
                self.step, pages = step, tighter
        tops = [top] + [above] * (len(pages) - 1)
        return [[Placed(x, y, one)] for y, one in zip(tops, pages, strict=True)]

    def _blocks(self, parts: Sequence[Part], fields: Mapping[str, Any], step: float) -> list[Block]:
        setting = self._settings[step]
        found: list[Block] = []
        for part in parts:
            one = self._cached(part, fields, step, lambda filled: _stacked(filled, setting))
            if one is not None and row_sheets.KEY in part.style:
                one = _under(found, one)
            if one is not None:
                found.append(one)
        return found

    def _cached(
        self,
        part: Part,
        fields: Mapping[str, Any],
        how: str | float,
        setter: Callable[[tuple[Filled, ...]], Block],
        **built_in: str,
    ) -> Block | None:
        if part.where in self._guards and self._is_hidden(part, fields):
            return None
        key = (part.where, how, self._keys[part.where](self._values), *built_in.values())
        if key in self._cache:
            return self._cache[key]
        filled = fill(part, fields, self._copy, **built_in)
        made = setter(filled) if filled else None
        self._check(filled)
        if len(self._cache) > _CACHE_FULL:
            self._cache.clear()
        self._cache[key] = made
        return made

    def _is_hidden(self, part: Part, fields: Mapping[str, Any]) -> bool:
        """Whether a part is left out; asked of the template once for each set of yes and no."""
        said = self._guards[part.where](self._values)
        state = (part.where, tuple([one if one is None else bool(one) for one in said]))
        if state not in self._hidden:
            self._hidden[state] = not is_shown(part, Scope(fields, {}))
        return self._hidden[state]

    def _check(self, filled: tuple[Filled, ...]) -> None:
        """Note the characters that no face could draw."""
        setting = self._settings[1.0]
        for one in filled:
            lacking = setting.type_of(one.part).chain.missing
            if one.part.kind == "table":
                lacking = lacking | setting.type_of(one.part, "label").chain.missing
            if lacking and one.part.kind != "code":
                texts = [*one.texts.values(), *(t for row in one.rows for t in row.texts)]
                self.missing |= dict.fromkeys(c for text in texts for c in text if c in lacking)

    def _furnish(self, fields: Mapping[str, Any], number: int, count: int) -> Iterator[Placed]:
        """What stands on every page besides the flow: foot, code, 骑缝, corner mark."""
        numbers = {"page": str(number), "pages": str(count)}
        for part in self._furniture:
            setter: Setter = self._set_mark if part.kind == "mark" else self._set_seam
            if part.kind == "footer":
                setter = self._set_footer
            elif part.kind == "code":
                setter = partial(self._set_code, number)
            one = self._cached(part, fields, part.kind, setter, **numbers)
            if one is not None:
                yield Placed(0, 0, one)

    def _set_cut(self, filled: tuple[Filled, ...]) -> Block:
        made = ink.dashed(6 * MM, 0, self._frame.width - 6 * MM, 0)
        return block([Slab(0, made + self._across(filled[0], 0))])

    def _set_seam(self, filled: tuple[Filled, ...]) -> Block:
        at = _SEAM * MM
        if filled[0].part.style.get("edge", "top") == "top":
            at = self._frame.height - at
        made = ink.dashed(6 * MM, at, self._frame.width - 6 * MM, at)
        return block([Slab(0, made + self._across(filled[0], at))])

    def _across(self, filled: Filled, y: float) -> str:
        """Words in the middle of a dashed line, on a patch of white."""
        if not filled.texts.get("text"):
            return ""
        type_ = self._settings[1.0].type_of(filled.part)
        one = typeset.lines(filled.texts["text"], type_, self._frame.width)[0]
        clear = ink.patch(one.x - 6, y - type_.size, one.width + 12, 2 * type_.size)
        return clear + ink.line(self._book, one, type_, y - 0.36 * type_.size)

    def _set_mark(self, filled: tuple[Filled, ...]) -> Block:
        type_ = self._settings[1.0].type_of(filled[0].part)
        measure = self._frame.width - _CORNER * MM
        one = typeset.lines(filled[0].texts["text"], type_, measure)[0]
        y = self._frame.height - _CORNER * MM
        pad = 0.3 * type_.size
        box = ink.frame(
            one.x - pad, y - 0.12 * type_.size - pad, one.width + 2 * pad, type_.size + 2 * pad
        )
        return block([Slab(0, box + ink.line(self._book, one, type_, y))])

    def _set_code(self, page: int, filled: tuple[Filled, ...]) -> Block:
        """The code of this very page; none on a page that will not be signed and scanned."""
        part, texts = filled[0].part, filled[0].texts
        said = page_code.of_page(
            marked.plain(texts["text"]), copy=self._template.copies.index(self._copy), page=page
        )
        if not said:
            return block([])
        size = float(part.style.get("size_mm", _CODE_SIZE)) * MM
        right = self._frame.width - self._frame.right
        try:
            made = ink.code(said, right - size, self._foot, size)
        except ValueError as error:
            raise TemplateTrouble(f"{part.where}：{error}，请缩短内容。") from error
        if texts.get("caption"):
            type_ = self._settings[1.0].type_of(part)
            y = self._foot + 1 + ink.baseline(type_)
            for one in line_inks(texts["caption"], type_, right - size - 2 * MM, self._book):
                made += ink.shifted(one, 0, y)
        return block([Slab(0, made)])

    def _foot_height(self, part: Part) -> float:
        """What a foot of several lines takes above its last line; nothing for a single line."""
        most = max(
            "".join(p for p in said.pieces if isinstance(p, str)).count(marked.PARAGRAPH)
            for said in part.words.values()
        )
        return (most + 1) * self._settings[1.0].type_of(part).leading if most else 0.0

    def _set_footer(self, filled: tuple[Filled, ...]) -> Block:
        """The foot of every page; several lines (for signatures) stand one above the other."""
        frame, made = self._frame, []
        type_ = self._settings[1.0].type_of(filled[0].part)
        for name in ("left", "center", "right"):
            texts = filled[0].texts.get(name, "").split(marked.PARAGRAPH)
            for above, text in enumerate(reversed(texts)):
                y = self._foot + 1 + above * type_.leading
                for one in typeset.lines(text, replace(type_, align=name), frame.measure)[:1]:
                    at = replace(one, x=one.x + frame.left)
                    made.append(ink.line(self._book, at, type_, y))
        return block([Slab(0, "".join(made))])


def _zones(parts: Sequence[Part]) -> tuple[list[Part], Part | None, list[Part]]:
    """What stands above the cut, the cut, what stands below."""
    cuts = [i for i, part in enumerate(parts) if part.kind == "cut"]
    at = cuts[0] if cuts else len(parts)
    upper = [p for p in parts[:at] if p.kind not in _FURNITURE]
    lower = [p for p in parts[at:] if p.kind not in _FURNITURE]
    return upper, parts[at] if cuts else None, lower


def _row_by_row(part: Part) -> list[Part]:
    """A plain table as one part a row, so that rows that stay the same are set once."""
    plain = all(not (r.each or r.header) for r in part.rows)
    if part.each or not plain or not part.rows or part.rows[0].when or part.rows[0].unless:
        return [part]
    last = len(part.rows) - 1
    found = []
    for i, row in enumerate(part.rows):
        left_out = {"before"} if i else set()
        left_out |= {"after"} if i < last else set()
        style = {k: v for k, v in part.style.items() if k not in left_out} | {"begun": i > 0}
        when, unless = (*part.when, *row.when), (*part.unless, *row.unless)
        found.append(
            replace(part, where=row.where, rows=(row,), style=style, when=when, unless=unless)
        )
    return found


def _under(above: Sequence[Block], table: Block) -> Block:
    """A table on sheets: what stands above it stands above it on each."""
    over = tuple(slab for one in above for slab in one.slabs)
    slabs = [
        replace(
            one,
            head=(
                *over,
                replace(one.head[0], ink=one.head[0].lid + one.head[0].ink),
                *one.head[1:],
            ),
        )
        if one.head
        else one
        for one in table.slabs
    ]
    return block(slabs, sealed=table.sealed)


def _stacked(filled: tuple[Filled, ...], setting: Setting) -> Block:
    """All rows of one part's `each`, one under the other."""
    blocks = [set_part(one, setting) for one in filled]
    if len(blocks) == 1:
        return blocks[0]
    return block([s for one in blocks for s in one.slabs], sealed=any(b.sealed for b in blocks))


def paged(blocks: Sequence[Block], first: float, room: float) -> list[Block]:
    """Part the slabs into pages: what must stay together does, a table's frame is closed."""
    slabs: list[Slab] = []
    sealed = 0  # where what follows the last seal begins: it goes with the seal, never alone
    for one in blocks:
        if one.sealed:
            slabs[-_LINES_BEFORE_SEAL:] = [
                replace(s, keep=True) for s in slabs[-_LINES_BEFORE_SEAL:]
            ]
        slabs += one.slabs
        sealed = len(slabs) if one.sealed else sealed
    if sealed and sum(s.height for s in slabs[sealed:]) <= _LITTLE * room:
        slabs[sealed - 1 : -1] = [replace(s, keep=True) for s in slabs[sealed - 1 : -1]]
    pages: list[list[Slab]] = [[]]
    used, limit = 0.0, first
    at = 0
    while at < len(slabs):
        end = at + 1
        while slabs[end - 1].keep and end < len(slabs):
            end += 1
        group = slabs[at:end]
        tall = sum(s.height for s in group)
        if pages[-1] and (group[0].begins or used + tall > limit + 0.01):
            if tall > room and len(group) > 1:
                group = group[:1]  # a group no page can hold is parted after all
                end, tall = at + 1, group[0].height
            if group[0].begins or used + tall > limit + 0.01:
                heads = list(group[0].head)
                pages.append(heads)
                used, limit = sum(s.height for s in heads), room
        elif not pages[-1] and tall > limit and len(group) > 1:
            group, end, tall = group[:1], at + 1, group[0].height
        pages[-1] += group
        used += tall
        at = end
    return [_closed(page) for page in pages]


def _closed(page: list[Slab]) -> Block:
    """A page's slabs, the frame of a parted table ruled at its top and bottom."""
    if page:
        page[0] = replace(page[0], ink=page[0].lid + page[0].ink)
        page[-1] = replace(page[-1], ink=page[-1].ink + page[-1].base)
    return block(page)
