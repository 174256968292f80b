"""A template file as it is written: where each of its words stands, and other words put there.

Everything that is not replaced, comments too, stays as a jurist wrote it.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from enforcer.errors import TemplateTrouble

Path = tuple[str | int, ...]
ODD = "模板的写法比较特别，不能逐处替换文字。请恢复出厂文字后再改。"
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)+")
_KEY = re.compile(r"[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")
_SCALAR = re.compile(r"[^,\]}\s#]+")
_HEADER = re.compile(r"\[\[?(?P<name>[^\[\]\n]+)\]\]?")
_PART = re.compile(r"(?m)^\[\[parts\]\][^\S\n]*$")
_NOTE = re.compile(r"(?m)^# 修改说明：(?P<note>[^\n]*)\n")


@dataclass(frozen=True, slots=True)
class Span:
    """One value of the file: its place among the tables, and where it is written."""

    path: Path
    start: int
    end: int


def spans(body: str) -> list[Span]:
    """Every string and number of the file, in the order written."""
    tomllib.loads(body)  # what follows may trust that the file is sound
    return list(_Scanner(body).values())


class _Scanner:
    """Goes through a sound TOML file once."""

    def __init__(self, body: str) -> None:
        self._body, self._at = body, 0
        self._table: Path = ()
        self._counts: dict[Path, int] = {}

    def values(self) -> Iterator[Span]:
        self._skip()
        while self._at < len(self._body):
            if self._body[self._at] == "[":
                self._header()
            else:
                yield from self._pair(self._table)
            self._skip()

    def _skip(self) -> None:
        found = _SPACE.match(self._body, self._at)
        self._at = found.end() if found else self._at

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._body, self._at)
        if found is None:
            raise TemplateTrouble(ODD)
        self._at = found.end()
        return found[0]

    def _header(self) -> None:
        said = self._take(_HEADER)
        names = [one.strip() for one in said.strip("[]").split(".")]
        path: Path = ()
        for name in names[:-1]:
            path = (*path, name)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        path = (*path, names[-1])
        if said.startswith("[["):
            self._counts[path] = self._counts.get(path, 0) + 1
            path = (*path, self._counts[path] - 1)
        self._table = path

    def _pair(self, path: Path) -> Iterator[Span]:
        while True:
            path = (*path, self._take(_KEY).strip("\"'"))
            self._skip()
            sign, self._at = self._body[self._at], self._at + 1
            self._skip()
            if sign == "=":
                break
        yield from self._value(path)

    def _value(self, path: Path) -> Iterator[Span]:
        first, start = self._body[self._at], self._at
        if first in "\"'":
            self._take(_STRING)
            yield Span(path, start, self._at)
        elif first in "[{":
            yield from self._several(path, "]" if first == "[" else "}")
        else:
            self._take(_SCALAR)
            yield Span(path, start, self._at)

    def _several(self, path: Path, end: str) -> Iterator[Span]:
        self._at += 1
        number = 0
        self._skip()
        while self._body[self._at] != end:
            if end == "]":
                yield from self._value((*path, number))
            else:
                yield from self._pair(path)
            number += 1
            self._skip()
            if self._body[self._at] == ",":
                self._at += 1
                self._skip()
        self._at += 1


def at(data: Any, path: Path) -> Any:
    """The value at a place of the file as read; None when there is none."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def rewritten(
    body: str, values: Mapping[Path, str | float], *, without: frozenset[int] = frozenset()
) -> str:
    """The file with other values at these places and without these parts; proved by reading it."""
    known = {one.path: one for one in spans(body)}
    kept = {path: value for path, value in values.items() if not _gone(path, without)}
    if kept.keys() - known.keys():
        raise TemplateTrouble(ODD)
    edits = [(known[path].start, known[path].end, _said(value)) for path, value in kept.items()]
    edits += [(start, end, "") for n, (start, end) in enumerate(_parts(body)) if n in without]
    made = body
    for start, end, said in sorted(edits, reverse=True):
        made = made[:start] + said + made[end:]
    _prove(body, made, kept, without)
    return made


def _gone(path: Path, without: frozenset[int]) -> bool:
    return path[0] == "parts" and path[1] in without


def _parts(body: str) -> list[tuple[int, int]]:
    """Where each part begins and ends."""
    starts = [found.start() for found in _PART.finditer(body)]
    return list(zip(starts, [*starts[1:], len(body)], strict=True))


def _said(value: str | float) -> str:
    """A TOML value; JSON's escapes are among TOML's."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"{value:g}"


def _prove(
    body: str, made: str, values: Mapping[Path, str | float], without: frozenset[int]
) -> None:
    """Read both again: what was not to change has not."""
    try:
        before, after = tomllib.loads(body), tomllib.loads(made)
    except tomllib.TOMLDecodeError as error:
        raise TemplateTrouble(ODD) from error
    for path, value in values.items():
        at(before, path[:-1])[path[-1]] = value
    if "parts" in before:
        parts = before["parts"]
        before["parts"] = [one for n, one in enumerate(parts) if n not in without]
    if before != after:
        raise TemplateTrouble(ODD)


def version_of(body: str) -> str:
    """The version a template says it has; empty when the file cannot be read."""
    try:
        return str(tomllib.loads(body).get("version", ""))
    except tomllib.TOMLDecodeError:
        return ""


def note_of(body: str) -> str:
    """Why this text was made, as its head says; empty when it does not."""
    found = _NOTE.search(body)
    return found["note"].strip() if found else ""


def with_note(body: str, note: str) -> str:
    """The file with the reason of this edition at its head, in place of an earlier one."""
    plain = _NOTE.sub("", body)
    return f"# 修改说明：{' '.join(note.split())}\n{plain}" if note.strip() else plain
