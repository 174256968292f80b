"""Breaks marked text into lines as a Chinese printer would.

避头尾 (no closing mark begins a line, no opening mark ends one); numbers with their measure word,
Latin words, plates and amounts stay whole; 标点挤压 (of two marks in a row the empty half is taken
back, and a mark at the edge hangs out by its empty half); the rest is justified, the space going
between characters and never inside a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from enforcer.documents.fonts import CLOSERS, OPENERS, SQUEEZE, Chain
from enforcer.documents.marked import BLANK, CLOSE, END, KEEP, MARKS, OPEN, PARAGRAPH

MOST_STRETCH = 300.0  # thousandths of an em between characters; beyond, a line stays short
HANG = 500.0
_SLACK = 0.5
_INVISIBLE = "".join(MARKS - {BLANK}) + SQUEEZE
_NO_START = CLOSERS + "…—～％‰℃°·!),.:;?]}%々" + CLOSE + END + SQUEEZE
_NO_END = OPENERS + "([{￥¥＄$№§" + OPEN + KEEP
_LATIN = r"!-~\u00a0-\u024f\u0370-\u052f·．"
STIFF = _LATIN + "—…"  # between two of these justification adds nothing
_WORD = r"A-Za-z0-9"
_AMOUNT = (
    r"(?:人民币)?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+元[零壹贰叁肆伍陆柒捌玖角分整正]*"
    r"(?:[（(][￥¥][\d,.]+元?[）)])?"
)
_COMMON = (
    r"(?![零壹贰叁肆伍陆柒捌玖拾佰仟万亿人])[\u4e00-\u9fff](?![A-Z])"  # tried first, for speed
)
_PLATE = rf"[\u4e00-\u9fff][A-Z]·?[A-Z0-9]{{4,6}}[挂学警港澳使领试超]?(?![{_WORD}])"
_UNITS = (
    "％|%|‰|℃|平方米|立方米|公里|元|年|月|日|时|分|秒|号|次|条|款|项|米|吨|张|段|个|件|份|页|天"
    "|台|辆|户|家|人|名|位|套|把|处|只|棵|块|根|部|袋|箱|宗|起|倍"
)
_NUMBER = rf"[￥¥第]?\d[\d.,:：/-]*(?:{_UNITS}|(?![{_WORD}]))"


@dataclass(frozen=True, slots=True)
class Type:
    """A face at a size, and how its lines fall (points; indent in characters)."""

    chain: Chain
    size: float
    leading: float
    align: str = "justify"
    indent: float = 0.0
    spread: float = 0.0
    inset: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line: marked text, where it begins, the space added between its characters (points)."""

    text: str
    x: float
    gap: float
    width: float
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class _Rules:
    """The patterns of one chain: how its text falls into words that stay whole."""

    words: Callable[[str], list[str]]
    squeeze: Callable[[str], str]
    halves: frozenset[str]
    openers: frozenset[str]


def lines(text: str, type_: Type, measure: float) -> list[Line]:
    """Set marked text `measure` points wide; a PARAGRAPH is indented, a newline is not."""
    rules = _rules(type_.chain.half_closers, type_.chain.half_openers)
    text = rules.squeeze(text)
    made: list[Line] = []
    if not type_.spread and "\n" not in text and PARAGRAPH not in text:
        x, em = type_.indent * type_.size, type_.size / 1000
        limit = (measure - type_.inset * type_.size - x) / em + _SLACK
        width = sum(map(type_.chain.widths.__getitem__, text))
        if width <= limit:
            _append(made, text, (x, width, limit), type_, rules, underlined=False, full=False)
            return made
    under = False
    for paragraph in text.split(PARAGRAPH):
        indent = type_.indent * type_.size
        for typed in paragraph.split("\n"):
            under = _fill(made, typed, type_, (measure, indent), rules, underlined=under)
            indent = 0.0
    return made


def words(text: str, chain: Chain) -> list[str]:
    """The pieces of a text that are never broken over two lines."""
    rules = _rules(chain.half_closers, chain.half_openers)
    return rules.words(rules.squeeze(text))


def visible(text: str) -> str:
    """The text without its silent marks."""
    return text.translate(_SILENT)


def _fill(
    made: list[Line],
    typed: str,
    type_: Type,
    room: tuple[float, float],
    rules: _Rules,
    *,
    underlined: bool,
) -> bool:
    """Append the lines of one typed line; say whether an underline runs on after it."""
    measure, x = room
    em = type_.size / 1000
    per_character = type_.spread * 1000
    widths = type_.chain.widths
    right = (measure - type_.inset * type_.size) / em + _SLACK
    limit = right - x / em
    atoms = rules.words(typed)
    flush = type_.align in ("justify", "left")
    line: list[str] = []
    width = 0.0
    pending = atoms[::-1]
    while pending:
        atom = pending.pop()
        wide = widths[atom]
        if per_character:
            wide += per_character * len(visible(atom))
        if width + wide <= limit or atom.isspace():
            line.append(atom)
            width += wide
            continue
        hang = HANG if _last(atom) in rules.halves else 0.0
        if width + wide - hang <= limit:
            line.append(atom)
            width += wide
            continue
        if not line or wide > right:
            room_left = limit - width
            head, tail = _forced(atom, room_left if line else limit, widths.__getitem__)
            if head:
                line.append(head)
                width += widths[head]
            pending.append(tail)
            if not head and not line:
                line.append(pending.pop())
        else:
            pending.append(atom)
        said = "".join(line)
        underlined = _append(
            made, said, (x, width, limit), type_, rules, underlined=underlined, full=True
        )
        line, width, x, limit = [], 0.0, 0.0, right
        if flush and pending and pending[-1][:1] in rules.openers:
            width, x = -HANG, -HANG * em
    said = "".join(line)
    last = x, width, limit
    return _append(made, said, last, type_, rules, underlined=underlined, full=False)


def _append(
    made: list[Line],
    text: str,
    room: tuple[float, float, float],
    type_: Type,
    rules: _Rules,
    *,
    underlined: bool,
    full: bool,
) -> bool:
    x, width, limit = room
    em = type_.size / 1000
    text = text.replace(KEEP, "").replace(END, "")
    shown = text.rstrip(" ")
    if len(shown) < len(text):
        width -= type_.chain.widths[" "] * (len(text) - len(shown))
    if _last(shown) in rules.halves and (full or width > limit):
        width -= HANG
    free = limit - _SLACK - width
    gap = type_.spread * 1000
    if type_.align in ("center", "right"):
        width -= gap
        free = limit - _SLACK - width
        x += max(0.0, free * em / (2 if type_.align == "center" else 1))
    elif (full and type_.align == "justify") or free < 0:
        gaps = _gaps(shown)
        if gaps and free / gaps <= MOST_STRETCH:
            gap += free / gaps
            width += free
    if x < 0:  # hung out by its empty half
        width += HANG
    made.append(Line(text, x, gap * em, width * em, underlined))
    opened, closed = text.rfind(OPEN), text.rfind(CLOSE)
    return opened > closed if opened >= 0 or closed >= 0 else underlined


def _forced(atom: str, room: float, width_of: Callable[[str], float]) -> tuple[str, str]:
    """As much of an over-long word as there is room for, its marks kept with a character."""
    width = back = 0.0
    for i, character in enumerate(atom):
        if character == SQUEEZE:
            back = width_of(SQUEEZE)
            continue
        width, back = width + back + width_of(character), 0.0
        if width > room:
            cut = i
            while cut and atom[cut - 1] in _NO_END:
                cut -= 1
            cut = cut or i
            return atom[:cut].rstrip(SQUEEZE), atom[cut:]
    return atom, ""


def _last(text: str) -> str:
    stripped = text.rstrip(_INVISIBLE)
    return stripped[-1:] if not text.endswith((CLOSE, SQUEEZE)) else ""


def _gaps(text: str) -> int:
    """Places of a line where justification may add space."""
    return len(visible(text)) - 1 - sum(len(run) - 1 for run in _LATIN_RUNS(text))


@cache
def _rules(half_closers: str, half_openers: str) -> _Rules:
    marks = OPEN + KEEP + SQUEEZE
    no_start, no_end = f"[{re.escape(_NO_START)}]", f"[{re.escape(_NO_END)}]"
    core = "|".join(
        (
            _COMMON,
            rf"{KEEP}[^{END}]*{END}",
            rf"{BLANK}{{4,7}}(?={BLANK}{{4}})|{BLANK}{{1,8}}(?:{CLOSE}[年月日时分元号])?",
            _AMOUNT,
            _PLATE,
            _NUMBER,
            rf"(?:(?!{no_start}|{no_end})[{_LATIN}])(?:(?!{no_end})[{_LATIN}])*",
            " +",
            r"…{1,2}|—{1,2}",
            f"[^{marks}]",
        )
    )
    words_ = re.compile(
        rf"(?:{no_end}{SQUEEZE}?)*(?:{core}){no_start}*|{no_end}+|{no_start}+", re.DOTALL
    )
    after = rf"(?<=[{re.escape(half_closers)}])([{CLOSE}{END}]*)(?=[{OPEN}{KEEP}]*[{re.escape(half_closers + half_openers)}])"
    between = rf"(?<=[{re.escape(half_openers)}])(?=[{re.escape(half_openers)}])"
    pairs = re.compile(f"{after}|{between}")
    return _Rules(
        words_.findall,
        lambda text: pairs.sub(lambda m: SQUEEZE + (m[1] or ""), text),
        frozenset(half_closers),
        frozenset(half_openers),
    )


_SILENT = dict.fromkeys(map(ord, _INVISIBLE))
_LATIN_RUNS = re.compile(rf"[{STIFF}]{{2,}}").findall
