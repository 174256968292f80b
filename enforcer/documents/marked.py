"""Marked text: plain words in which Unicode noncharacters say what the printer must know.

`OPEN`…`CLOSE` is an underlined fill-in, `KEEP`…`END` may never be broken over two lines, `BLANK` is
one em of underlined space for the hand, `PARAGRAPH` begins a new paragraph (a newline
only a line). What an officer typed can hold none of them (`refuse`).
"""

from __future__ import annotations

import re

from enforcer.errors import GlyphMissing

OPEN, CLOSE, BLANK, KEEP, END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
PARAGRAPH = "\ufdd5"
MARKS = frozenset((OPEN, CLOSE, BLANK, KEEP, END, PARAGRAPH))
UNTICKED, TICKED = "☐", "☑"
SHAPES = frozenset("☐☑☒")
_SILENT = re.compile(f"[{OPEN}{CLOSE}{KEEP}{END}]")


def plain(text: str) -> str:
    """Say the words alone, as a reader would; a blank for the hand reads ＿."""
    return _SILENT.sub("", text).replace(BLANK, "＿").replace(PARAGRAPH, "\n")


def filled(value: str, blank_ems: int) -> str:
    """Underline a fill-in; without a value it is space for the hand."""
    return OPEN + (value or BLANK * blank_ems) + CLOSE


def kept(value: str) -> str:
    """Keep words on one line."""
    return KEEP + value + END


def box(label: str, *, ticked: bool) -> str:
    """Draw a check box that never leaves its label."""
    return kept((TICKED if ticked else UNTICKED) + label)


def refuse(value: str) -> str:
    """Give the typed words back, or raise GlyphMissing when they hold one of our marks."""
    if not MARKS.isdisjoint(value):
        raise GlyphMissing("".join(sorted(MARKS.intersection(value))))
    return value
