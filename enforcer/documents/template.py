"""Templates: one legal paper each, written in TOML that an office can edit.

    key = "courteous_notice"          # the kind of paper; also the name of the file
    title = "温馨告知书"
    version = "2026.09"               # frozen with every paper made from it

    [paper]                           # a paper of the ordinary course: course_rules.py

    [sheet]                           # every line may be left out
    margins = [25.4, 25.0, 25.4, 27.5]  # 上 右 下 左, mm
    face = "fang"                     # fang 仿宋, title 小标宋, hei 黑, kai 楷, song 宋
    size = 14                         # points; leading = points from line to line
    leading = 25
    indent = 2                        # first-line indent in characters
    fit = true                        # set a little smaller rather than begin a second page
    [sheet.up2]                       # two on a sheet (up4: four): a smaller page, drawn at a scale
    scale = 0.78
    margins = [16, 18, 16, 18]

    [[copies]]                        # 联; left out = one copy
    name = "当事人联"
    footer = "第一联　交当事人"

    [[parts]]                         # printed in the order written
    kind = "paragraph"
    text = "您的车辆（号牌{notice.plate|line:8}）……"   # readings of a placeholder: words.py
    when = "notice.plate_known"       # shown only when the field is true / not empty (or a list: all)
    unless = "notice.blank"           # shown only when it is not
    each = "officers"                 # once per row of the list; inside, {each.name}
    copies = ["存根联"]               # only on these copies

Every part may carry: face size leading align(justify|left|center|right) indent spread(space between
characters, ems) inset(characters from the right edge) before after(mm) keep(with the next part)
holds(what is signed below it: the last rows above go along, as with a seal).

| kind | words | other keys |
|---|---|---|
| organ, title, number, paragraph, heading | text (organ and title have a default) | |
| signature | label, beside | width (mm of line), height (mm) |
| seal | organ, date | space (mm kept free over both, nothing else is set in it) |
| table | rows = [{cells=[…], each, when, unless, header, height}] | columns (weights), height (mm), sheet_rows (row_sheets.py) |
| lines | | count, height (mm): ruled lines for the hand |
| receipt | text | a framed acknowledgement; each line of text a line |
| picture | text: which picture (a number) | height: mm of the frame it is fitted into |
| cut | text | height: mm below the cut, so that all cuts of a pile lie on one line |
| seam | text | edge ("top" or "bottom"): the 骑缝 line at the paper's edge |
| mark | text | a word in the top right corner, e.g. 补录 |
| code | text, caption | size_mm: the QR code in the foot |
| footer | left, center, right (several lines: signatures at the foot of every page) | |

A cell is a string or {text, label(bool: set in 黑), span(columns), align}. A line break in `text` of a
paragraph begins a new paragraph; one inside a field is kept as typed. {page}, {pages}, {copy.name}
and {copy.footer} may stand in a footer, the last two anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from enforcer import paths
from enforcer.documents import marked, words
from enforcer.documents.parts import Cell, Copy, Part, Row, Sheet, SheetUp, Template
from enforcer.documents.template_reader import load
from enforcer.documents.words import Scope
from enforcer.errors import TemplateTrouble

__all__ = [
    "Cell",
    "Copy",
    "Filled",
    "FilledRow",
    "Part",
    "Row",
    "Sheet",
    "SheetUp",
    "Template",
    "fill",
    "is_shown",
    "load",
    "placeholders",
    "resolved_text",
    "shipped",
]


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of a table with its words."""

    texts: tuple[str, ...]
    row: Row


@dataclass(frozen=True, slots=True)
class Filled:
    """A part with its words (marked text), once per row of its `each`."""

    part: Part
    texts: Mapping[str, str]
    rows: tuple[FilledRow, ...] = ()


@cache
def shipped(key: str) -> Template:
    """Load the template that comes with the program."""
    path = paths.resources() / "templates" / f"{key}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise TemplateTrouble(f"找不到模板“{key}”（{path.name}）。请重新安装程序。") from error
    return load(text, where=path.name)


def placeholders(template: Template) -> set[str]:
    """Name every field the template looks at: in its words, `when`, `unless` and `each`.

    `{each.name}` of a part with `each = "officers"` is given as `officers.name`.
    """
    found: set[str] = set()
    for part in template.parts:
        found |= {*part.when, *part.unless}
        _gather(found, part.each, (path for said in part.words.values() for path in said.paths))
        for row in part.rows:
            found |= {*row.when, *row.unless}
            each = row.each or part.each
            _gather(found, each, (path for cell in row.cells for path in cell.words.paths))
    return found


def _gather(found: set[str], each: str, written: Iterator[str]) -> None:
    if each:
        found.add(each)
    for path in written:
        first, _, rest = path.partition(".")
        if first != words.EACH:
            found.add(path)
        elif rest:
            found.add(f"{each}.{rest}")


def fill(part: Part, fields: Mapping[str, Any], copy: Copy, **built_in: str) -> tuple[Filled, ...]:
    """Fill the part's words: none when it is not shown, several when it has an `each`."""
    if part.copies and copy.name not in part.copies:
        return ()
    scope = Scope(fields, {"copy.name": copy.name, "copy.footer": copy.footer} | built_in)
    if not is_shown(part, scope):
        return ()
    rows = scope.rows(part.each, part.where) if part.each else (None,)
    scopes = [scope.with_row(row) for row in rows] if part.each else [scope]
    return tuple(
        Filled(part, {k: said.fill(one) for k, said in part.words.items()}, _filled_rows(part, one))
        for one in scopes
    )


def _filled_rows(part: Part, scope: Scope) -> tuple[FilledRow, ...]:
    found: list[FilledRow] = []
    for row in part.rows:
        if is_shown(row, scope):
            items = scope.rows(row.each, row.where) if row.each else ()
            scopes = [scope.with_row(item) for item in items] if row.each else [scope]
            found += [FilledRow(tuple(c.words.fill(s) for c in row.cells), row) for s in scopes]
    return tuple(found)


def is_shown(part: Part | Row, scope: Scope) -> bool:
    """Whether its `when` and `unless` let it be printed."""
    return all(scope.truth(p, part.where) for p in part.when) and not any(
        scope.truth(p, part.where) for p in part.unless
    )


def resolved_text(template: Template, fields: Mapping[str, Any]) -> str:
    """Say the plain words of the paper, part by part, copy by copy: what golden tests compare."""
    copies = []
    for copy in template.copies:
        said = [copy.name] if copy.name else []
        for part in template.parts:
            for filled in fill(part, fields, copy, page="1", pages="1"):
                said += [text for text in filled.texts.values() if text]
                said += ["｜".join(row.texts) for row in filled.rows]
        copies.append("\n".join(said))
    return marked.plain("\n\n".join(copies)) + "\n"
