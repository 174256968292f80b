"""What differs between two texts of a template, in the words the office reads."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from enforcer.documents import template_pieces
from enforcer.documents.template_pieces import Piece

_SHEET = {"size": "正文字号", "leading": "正文行距"}
_NEAR = 0.4


@dataclass(frozen=True, slots=True)
class Change:
    """One place that says something else; an empty side was not there."""

    place: str
    before: str
    after: str


def changes(key: str, before: str, after: str) -> list[Change]:
    """Every place that differs, in the order of the later text."""
    found = _measures(before, after)
    old, new = (_lines(key, one) for one in (before, after))
    matcher = difflib.SequenceMatcher(
        None, [_as_compared(*one) for one in old], [_as_compared(*one) for one in new], False
    )
    for tag, a, z, b, y in matcher.get_opcodes():
        if tag != "equal":
            found += _paired(old[a:z], new[b:y])
    return found


def same(key: str, one: str, other: str) -> bool:
    """Whether two texts print the same, whatever their version and the reason at their head."""
    return not changes(key, one, other)


def _measures(before: str, after: str) -> list[Change]:
    old, new = template_pieces.sheet(before), template_pieces.sheet(after)
    return [
        Change(label, _points(old.get(name)), _points(new.get(name)))
        for name, label in _SHEET.items()
        if old.get(name) != new.get(name)
    ]


def _points(value: float | None) -> str:
    return "" if value is None else f"{value:g} 磅"


def _lines(key: str, body: str) -> list[tuple[Piece, str]]:
    return [(one, template_pieces.readable(key, one)) for one in template_pieces.pieces(body)]


def _as_compared(piece: Piece, text: str) -> tuple[object, ...]:
    return (piece.kind, text, piece.each, piece.when, piece.unless, piece.copies, piece.span)


def _paired(old: list[tuple[Piece, str]], new: list[tuple[Piece, str]]) -> list[Change]:
    """Old and new of one stretch side by side: those that are alike, else gone and come."""
    found, left = [], list(old)
    for piece, text in new:
        best = max(left, key=lambda one: _likeness(one[1], text), default=None)
        near = best is not None and _likeness(best[1], text) >= _NEAR
        if best is not None and (near or len(old) == len(new) == 1):
            left.remove(best)
            if best[1] != text:
                found.append(Change(piece.place, best[1], text))
            else:
                found.append(Change(f"{piece.place}（印的条件）", text, text))
        elif text.strip():
            found.append(Change(piece.place, "", text))
    gone = [Change(piece.place, text, "") for piece, text in left if text.strip()]
    return found + gone


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, False).ratio()


def words_changed(before: str, after: str) -> list[tuple[str, str]]:
    """The two texts as one: ("same" | "gone" | "come", words), in reading order."""
    found = []
    matcher = difflib.SequenceMatcher(None, before, after, False)
    for tag, a, z, b, y in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", before[a:z]))
            continue
        found += [
            (kind, said) for kind, said in (("gone", before[a:z]), ("come", after[b:y])) if said
        ]
    return found
