"""Bars that lie beside their names, in greys, for names that are too long to stand under a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enforcer.documents import fonts, ink, typeset
from enforcer.documents.slabs import Setting
from enforcer.documents.typeset import Type

GREYS = (0.3, 0.6, 0.82, 0.45, 0.95)
_THICK, _BETWEEN, _AROUND = 9.0, 1.0, 8.0
_LEGEND = 16.0
_NAMES = 0.34
_GAP = 5.0
_LINE, _MOST_LINES = 11.0, 2


@dataclass(frozen=True, slots=True)
class Lying:
    """A drawing whose top left corner is the origin."""

    height: float
    ink: str


def figure(value: float) -> str:
    """A value as charts write it: grouped, without needless decimals; nought is not written."""
    return f"{value:,.6f}".rstrip("0").rstrip(".") if value else ""


def lying(
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float]]],
    setting: Setting,
    width: float,
) -> Lying:
    """One group of bars a label, one bar a series."""
    name = Type(fonts.chain("fang"), 9.5, 12, "right")
    small = Type(fonts.chain("hei"), 7.5, 10, "left")
    top = _LEGEND if len(series) > 1 else 0.0
    made = [_legend(series, small, setting)] if top else []
    room = min(max((_wide(one, name) for one in labels), default=0), width * _NAMES)
    figures = max((_wide(figure(one), small) for _, values in series for one in values), default=0)
    longest = width - room - figures - 3 * _GAP
    most = max((one for _, values in series for one in values), default=0) or 1
    thick = len(series) * (_THICK + _BETWEEN) - _BETWEEN
    for at, label in enumerate(labels):
        y = -top - at * (thick + _AROUND) - _AROUND / 2
        made.append(_name(label, name, setting, room, y - thick / 2))
        for row, (_, values) in enumerate(series):
            bottom = y - row * (_THICK + _BETWEEN) - _THICK
            long = max(longest * values[at] / most, 0.8) if values[at] else 0
            made.append(ink.patch(room + _GAP, bottom, long, _THICK, GREYS[row % len(GREYS)]))
            said = figure(values[at])
            made.append(_words(said, small, setting, room + 2 * _GAP + long, bottom + 2, figures))
    height = top + len(labels) * (thick + _AROUND)
    made.append(ink.rule(room + _GAP, -top, room + _GAP, -height, 0.5))
    return Lying(height, "".join(made))


def _name(label: str, type_: Type, setting: Setting, room: float, middle: float) -> str:
    """A name in one line or two, its middle at the middle of its bars."""
    found = typeset.lines(label, type_, room + 1)
    if len(found) > _MOST_LINES:
        short = label
        while len(typeset.lines(f"{short}…", type_, room + 1)) > _MOST_LINES:
            short = short[:-1]
        found = typeset.lines(f"{short}…", type_, room + 1)
    made = []
    first = middle + (len(found) - 1) * _LINE / 2 - type_.size * (ink.ASCENT / 2 - 0.08)
    for at, line in enumerate(found):
        made.append(ink.shifted(ink.line(setting.book, line, type_, 0), 0, first - at * _LINE))
    return "".join(made)


def _legend(series: Sequence[tuple[str, Sequence[float]]], type_: Type, setting: Setting) -> str:
    made, x = [], 0.0
    for at, (name, _) in enumerate(series):
        made.append(ink.patch(x, -10, 8, 8, GREYS[at % len(GREYS)]))
        made.append(_words(name, type_, setting, x + 12, -9, 200))
        x += 30 + _wide(name, type_)
    return "".join(made)


def _words(text: str, type_: Type, setting: Setting, x: float, y: float, room: float) -> str:
    if not text:
        return ""
    [line] = typeset.lines(text, type_, max(room, _wide(text, type_)) + 1)
    return ink.shifted(ink.line(setting.book, line, type_, 0), x, y)


def _wide(text: str, type_: Type) -> float:
    return sum(type_.chain.widths[one] for one in text) * type_.size / 1000
