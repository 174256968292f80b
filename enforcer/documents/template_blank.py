"""A template as an empty form for the hand: its words, with space where a case would fill in.

What the law or the organ's own row prescribes is printed; what a case says is left blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from enforcer.documents import marked
from enforcer.documents.parts import Cell, Part, Row, Template
from enforcer.documents.words import BUILT_IN, EACH, USUAL_BLANK_EMS, Place, Words

ROWS = 6
"""How many lines an empty list gets."""
SHEET = 14
_SAID_ANYWAY = (
    "organ.",
    "rights.",
    "party.you",
    "party.kind",
    "party.id_label",
    "party.address_label",
    "party.head_label",
    "party.name_label",
    "summons.you",
    "remedy.",
    "payment.enforcement",
    "record.opening",
    "sign_offs.level",
    "item.provision",
)
_NUMBERS = frozenset({"paper.number", "decision.number", "notice.number"})
_RULED = ("record.content", "record.lines", "hearing.record", "hearing.lines")
_HAND_DAY = "　　　　年　月　日"
_FEWEST, _SHORT, _LONG, _WHOLE_LINE = 4, 14, 90, 28


def blank(form: Template, offered: Mapping[str, Any]) -> Template:
    """The template with space for the hand; print it with the same fields.

    `offered` are the fields of a specimen: they decide which parts are shown and how much space a
    word needs, and give what is printed anyway.
    """
    return replace(form, parts=tuple(_part(one, offered) for one in form.parts if _kept(one)))


def rows_for(offered: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with lists as long as an empty form shows them, and nothing that marks a case."""
    return {name: _row_list(name, value) for name, value in offered.items()}


def _row_list(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _row_list(f"{name}.{key}", one) for key, one in value.items()}
    if name in _RULED:
        return type(value)()  # the part with ruled lines takes its place
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        said = name.startswith(("sign_offs", "officers", "record.opening", "investigators"))
        return value if said else [dict(value[0]) for _ in range(_count(name))]
    return value


def _count(name: str) -> int:
    if name == "entries":  # a whole sheet of 卷内目录
        return SHEET
    return 1 if name in ("photos", "agents") else 3 if name.endswith((".items", "parts")) else ROWS


def _kept(part: Part) -> bool:
    """No QR code: an empty form belongs to no case yet."""
    return part.kind not in ("code", "mark")


def _part(part: Part, offered: Mapping[str, Any]) -> Part:
    table = part.kind == "table"
    said = {
        name: _words(one, part, offered, lined=not table and name != "date")
        for name, one in part.words.items()
    }
    rows = tuple(_row(one, part, offered) for one in part.rows)
    return replace(part, words=MappingProxyType(said), rows=rows)


def _row(row: Row, part: Part, offered: Mapping[str, Any]) -> Row:
    inside = replace(part, each=row.each or part.each)
    cells = tuple(
        replace(one, words=_words(one.words, inside, offered, lined=_mixed(one)))
        for one in row.cells
    )
    return replace(row, cells=cells)


def _mixed(cell: Cell) -> bool:
    """A cell that is one field alone is itself the space; with other words it needs a line."""
    return any(isinstance(one, str) and one.strip() for one in cell.words.pieces)


def _words(one: Words, part: Part, offered: Mapping[str, Any], *, lined: bool) -> Words:
    pieces: list[str | Place] = []
    for piece in one.pieces:
        if isinstance(piece, str) or piece.path in BUILT_IN:
            pieces.append(piece)
            continue
        first, _, rest = piece.path.partition(".")
        path = f"{part.each}.{rest}" if first == EACH and part.each else piece.path
        if path.startswith(_SAID_ANYWAY):
            pieces.append(piece)
        elif piece.box:
            pieces.append(marked.box(piece.box, ticked=False))
        elif part.kind == "number" and path in _NUMBERS:
            pieces.append(f"{marked.filled('', 7)}〔　　　〕第{marked.filled('', 4)}号")
        elif lined and part.each and len(one.pieces) == 1:
            pieces.append(marked.filled("", _WHOLE_LINE))
        else:
            pieces.append(_space(piece, _sample(offered, path), lined=lined))
    return Words(tuple(pieces), one.where)


def _space(piece: Place, sample: str, *, lined: bool) -> str:
    if sample.endswith("日") and "年" in sample and len(sample) < 16:
        return _HAND_DAY
    if not lined or (sample and not sample.strip()):
        return sample if not sample.strip() else ""
    if piece.line and piece.ems != USUAL_BLANK_EMS:
        return marked.filled("", piece.ems)
    longest = _SHORT if len(sample) <= _SHORT * 2 else _LONG
    return marked.filled("", max(_FEWEST, min(len(sample) or piece.ems, longest)))


def _sample(offered: Any, path: str) -> str:
    for step in path.split("."):
        if isinstance(offered, list):
            offered = offered[0] if offered else {}
        offered = offered.get(step, "") if isinstance(offered, Mapping) else ""
    return offered if isinstance(offered, str) else ""
