"""Turns lines and shapes into the operators of a PDF page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from enforcer.documents import qr
from enforcer.documents.fonts import BREATH, SQUEEZE
from enforcer.documents.marked import BLANK, CLOSE, MARKS, OPEN, SHAPES, TICKED
from enforcer.documents.sfnt import FontFile
from enforcer.documents.typeset import STIFF, Line, Type

MM = 72 / 25.4
ASCENT = 0.88  # where the em square of a Chinese face stands on its baseline
_UNDER = 0.2
_HAIR, _THIN = 0.5, 0.6
_ALL_MARKS = "".join(sorted(MARKS | SHAPES)) + SQUEEZE
_PLAIN_TOKENS = re.compile(f"((?!))|([{_ALL_MARKS}]|[^{_ALL_MARKS}]+)").findall
_TOKENS = re.compile(  # of a run of stiff characters all but the last stand close together
    f"([{STIFF}]+(?=[{STIFF}]))|([{_ALL_MARKS}]|[{STIFF}]?[^{_ALL_MARKS}{STIFF}]+|[{STIFF}])"
).findall
_HAS_MARKS = re.compile(f"[{_ALL_MARKS}]").search


class Codes(dict[str, str]):
    """The four hexadecimal digits of each character a document takes from one face."""

    def __init__(self, face: FontFile, name: str) -> None:
        super().__init__()
        self.face = face
        self.name = name

    def __missing__(self, character: str) -> str:
        self[character] = code = f"{len(self) + 1:04X}"
        return code


class Book:
    """The faces of one document, in the order they were first needed."""

    def __init__(self) -> None:
        self._codes: dict[int, Codes] = {}
        self.cells: dict[tuple[object, ...], tuple[str, ...]] = {}  # of tables, set before
        self.rows: dict[tuple[object, ...], tuple[Any, ...]] = {}
        self.rules: dict[tuple[object, ...], str] = {}

    def codes(self, face: FontFile) -> Codes:
        found = self._codes.get(id(face))
        if found is None:
            found = self._codes[id(face)] = Codes(face, f"E{len(self._codes)}")
        return found

    def used(self) -> Iterator[Codes]:
        return iter(self._codes.values())

    def show(self, text: str, type_: Type) -> str:
        """Operators that show plain words at the pen, changing face where one lacks a character."""
        chain = type_.chain
        codes = self.codes(chain.first)
        if chain.foreign.isdisjoint(text):
            return f"<{''.join(map(codes.__getitem__, text))}>Tj"
        made, face = [], chain.first
        for character in text:
            found = chain.glyph(character).face
            codes = self.codes(found)
            if found is not face:
                made.append(f">Tj/{codes.name} {type_.size:.2f} Tf<")
                face = found
            made.append(codes[character])
        shown = f"<{''.join(made)}>Tj".replace("<>Tj", "")
        if face is not chain.first:
            shown += f"/{self.codes(chain.first).name} {type_.size:.2f} Tf"
        return shown


@dataclass(slots=True)
class _Pen:
    """Where the pen stands in a line, and what must still be drawn under and in it."""

    x: float
    rules: list[tuple[float, float]]
    shapes: list[tuple[float, str]]
    begun: float | None


def line(book: Book, one: Line, type_: Type, y: float) -> str:
    """One line whose baseline is at `y`."""
    if not one.text:
        return ""
    chain = type_.chain
    codes = book.codes(chain.first)
    digits, foreign, widths = codes.__getitem__, chain.foreign, chain.widths
    start = f"BT/{codes.name} {type_.size:.2f} Tf {one.x:.2f} {y:.2f} Td"
    if not one.gap and not one.underlined and not _HAS_MARKS(one.text):
        return f"{start}{book.show(one.text, type_)} ET\n"
    pen = _Pen(one.x, [], [], one.x if one.underlined else None)
    made = [start]
    spaced, em = 0.0, type_.size / 1000
    for close, loose in (_TOKENS if one.gap else _PLAIN_TOKENS)(one.text):
        token = close or loose
        if token in _MOVES:
            made.append(_moved(token, pen, one, type_))
            continue
        wanted = 0.0 if close else one.gap
        if wanted != spaced:
            made.append(f" {wanted:.3f} Tc")
            spaced = wanted
        if foreign.isdisjoint(token):
            made.append(f"<{''.join(map(digits, token))}>Tj")
        else:
            made.append(book.show(token, type_))
        pen.x += widths[token] * em + wanted * len(token)
    made.append(" 0 Tc ET\n" if spaced else " ET\n")
    if pen.begun is not None:
        pen.rules.append((pen.begun, max(pen.begun, one.x + one.width)))
    under = y - _UNDER * type_.size
    made += [rule(a, under, b, under, _HAIR + 0.1) for a, b in pen.rules if b > a]
    made += [check_box(x, y, type_.size, kind) for x, kind in pen.shapes]
    return "".join(made)


def _moved(token: str, pen: _Pen, one: Line, type_: Type) -> str:
    """A silent mark: the pen goes on (or back) without ink."""
    wide = type_.chain.widths[token]
    if token == OPEN:
        pen.begun = pen.x
    elif token in SHAPES:
        pen.shapes.append((pen.x, token))
    step = wide * type_.size / 1000
    if token == BLANK or token in SHAPES:
        step += one.gap
    pen.x += step
    if token == CLOSE and pen.begun is not None:
        pen.rules.append((pen.begun, pen.x))
        pen.begun = None
    return f"[{-step * 1000 / type_.size:.1f}]TJ" if step else ""


def rule(x0: float, y0: float, x1: float, y1: float, width: float = _THIN) -> str:
    """A straight line."""
    return f"{width:.2f} w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S\n"


def dashed(x0: float, y0: float, x1: float, y1: float, *, grey: float = 0.35) -> str:
    """A line to cut along."""
    return f"q {grey} G [4 3] 0 d {rule(x0, y0, x1, y1, _HAIR)}Q\n"


def frame(x: float, y: float, width: float, height: float, thick: float = _THIN) -> str:
    """An empty rectangle whose lower left corner is at x, y."""
    return f"{thick:.2f} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S\n"


def patch(x: float, y: float, width: float, height: float, grey: float = 1.0) -> str:
    """A filled rectangle (white unless said otherwise)."""
    return f"q {grey} g {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f Q\n"


def check_box(x: float, y: float, size: float, kind: str) -> str:
    """☐ or ☑ drawn as a shape: no face has them."""
    side = 0.74 * size
    left, low = x + (size - side) / 2, y - 0.01 * size
    made = frame(left, low, side, side, 0.7)
    if kind == TICKED:
        a, b, c = (
            (left + 0.18 * side, low + 0.5 * side),
            (left + 0.42 * side, low + 0.22 * side),
            (
                left + 0.86 * side,
                low + 0.86 * side,
            ),
        )
        points = f"{a[0]:.2f} {a[1]:.2f} m {b[0]:.2f} {b[1]:.2f} l {c[0]:.2f} {c[1]:.2f} l S"
        return f"{made}q 1.2 w 1 J 1 j {points} Q\n"
    if kind != "☐":
        pad = 0.2 * side
        made += rule(left + pad, low + pad, left + side - pad, low + side - pad, 1)
        made += rule(left + pad, low + side - pad, left + side - pad, low + pad, 1)
    return made


def code(text: str, x: float, y: float, size: float) -> str:
    """A QR code as a one-bit mask, `size` points square."""
    symbol = qr.rows(text)
    count = len(symbol)
    wide = (count + 7) // 8
    data = "".join(f"{row << (8 * wide - count):0{2 * wide}X}" for row in symbol)
    return (
        f"q {size:.2f} 0 0 {size:.2f} {x:.2f} {y:.2f} cm BI/W {count}/H {count}/IM true/BPC 1"
        f"/D[1 0]/F/AHx ID {data}> EI Q\n"
    )


def breath(size: float) -> float:
    """The space inside an underline, in points."""
    return BREATH * size / 1000


def shifted(operators: str, x: float, y: float) -> str:
    """The same ink with its origin at x, y."""
    return f"q 1 0 0 1 {x:.2f} {y:.2f} cm\n{operators}Q\n" if operators else ""


def baseline(type_: Type) -> float:
    """How far below the top of its line a baseline lies."""
    return (type_.leading - type_.size) / 2 + ASCENT * type_.size


_MOVES = frozenset(_ALL_MARKS)
