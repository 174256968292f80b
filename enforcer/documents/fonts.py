"""Faces by role, with their fallback, and the widths of what is set in them.

Each character is looked for in the role's own face, then in 宋 (EnforcerSong); what neither draws is
named and the paper refused. On Windows the office's own faces come first, unless the environment
variable ENFORCER_FONTS says `bundled`.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from enforcer import paths
from enforcer.documents import marked
from enforcer.documents.sfnt import FontFile
from enforcer.errors import Trouble

winreg: Any = importlib.import_module("winreg") if sys.platform == "win32" else None

BREATH = 300.0  # space inside an underline before and after the words, thousandths of an em
SQUEEZE = "\ufdd6"  # takes back the empty half between two punctuation marks
CLOSERS = "，。、；：？！）》〉】〕」』”’．"
OPENERS = "（《〈【〔「『“‘"
TAB_SPACES = 4

_BUNDLED = {
    "fang": "EnforcerFang-Regular",
    "title": "EnforcerTitle-Bold",
    "hei": "EnforcerHei-Regular",
    "hei_bold": "EnforcerHei-Bold",
    "kai": "EnforcerKai-Regular",
    "song": "EnforcerSong-Regular",
}
_OFFICE = {  # names in the name table, best first
    "fang": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋"),
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "方正小标宋_GBK"),
    "hei": ("SimHei", "黑体"),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体"),
    "song": ("SimSun", "宋体"),
}
_SAME_AS = {"\u00a0": " ", "\t": " "}
_NARROWER_IN_SONG = {"·"}  # 仿宋 gives the dot of a plate a whole em
_WIDE = 900.0
_EMPTY_HALF = 400.0
_FULL = 50_000


@dataclass(frozen=True, slots=True)
class Glyph:
    """Where a character is drawn from, and its width in thousandths of an em."""

    face: FontFile
    index: int
    width: float


def drawn(face: FontFile, character: str) -> Glyph:
    """How this one face draws the character (index 0: it cannot)."""
    index = face.glyph(ord(_SAME_AS.get(character, character)))
    width = face.advance(index)
    return Glyph(face, index, width * TAB_SPACES if character == "\t" else width)


class Chain:
    """A role's face and those that stand in for it, character by character."""

    def __init__(self, faces: tuple[FontFile, ...]) -> None:
        self.faces = faces
        self.first = faces[0]
        self.widths = Widths(self)
        self.foreign: set[str] = set()  # met so far, drawn from a stand-in
        self.missing: set[str] = set()  # met so far, drawn from none
        self._glyphs: dict[str, Glyph] = {}
        self.half_closers = "".join(c for c in CLOSERS if self._is_half_empty(c, side=1))
        self.half_openers = "".join(c for c in OPENERS if self._is_half_empty(c, side=0))

    def glyph(self, character: str) -> Glyph:
        """Where the character is drawn from; a missing one is noted and drawn as .notdef."""
        if character not in self._glyphs:
            self._glyphs[character] = self._found(character)
        return self._glyphs[character]

    def _found(self, character: str) -> Glyph:
        faces = reversed(self.faces) if character in _NARROWER_IN_SONG else self.faces
        for face in faces:
            if (found := drawn(face, character)).index:
                if face is not self.first:
                    self.foreign.add(character)
                return found
        self.missing.add(character)
        return Glyph(self.first, 0, 1000.0)

    def _is_half_empty(self, character: str, *, side: int) -> bool:
        found = self.glyph(character)
        if not found.index or found.width < _WIDE:
            return False
        return found.face.bearings(found.index)[side] >= _EMPTY_HALF


class Widths(dict[str, float]):
    """Width of a character or a whole word of marked text, worked out once."""

    def __init__(self, chain: Chain) -> None:
        super().__init__()
        self._chain = chain
        self.update(dict.fromkeys((marked.OPEN, marked.CLOSE), BREATH))
        self.update(dict.fromkeys((marked.KEEP, marked.END, marked.PARAGRAPH, "\n"), 0.0))
        self.update(dict.fromkeys((marked.BLANK, *marked.SHAPES), 1000.0))
        self[SQUEEZE] = -500.0

    def __missing__(self, word: str) -> float:
        if len(self) > _FULL:
            for known in [one for one in list(self) if len(one) > 1]:
                self.pop(known, None)
        width = (
            self._chain.glyph(word).width if len(word) == 1 else sum(map(self.__getitem__, word))
        )
        self[word] = width
        return width


@cache
def chain(role: str, *, bundled: bool | None = None) -> Chain:
    """The faces of a role (fang, title, hei, hei_bold, kai, song)."""
    if bundled is None:
        bundled = sys.platform != "win32" or os.environ.get("ENFORCER_FONTS") == "bundled"
    own = _shipped(_BUNDLED[role])
    office = None if bundled else _office_face(role)
    song = _shipped(_BUNDLED["song"])
    return Chain(tuple(dict.fromkeys(face for face in (office or own, song) if face)))


def missing(text: str) -> str:
    """The characters of `text` that no face can draw, each once, in order."""
    body = chain("fang")
    return "".join(
        c
        for c in dict.fromkeys(text)
        if c != "\n" and c not in marked.SHAPES and not body.glyph(c).index
    )


def chosen(names: Iterable[str], files: Iterable[Path]) -> FontFile | None:
    """The first face of these files that bears one of `names` (best first) and may be embedded."""
    found: dict[str, FontFile] = {}
    for path in files:
        for index in _faces_in(path):
            try:
                face = FontFile(path, index)
            except Trouble:
                continue
            if face.may_be_embedded:
                for name in face.names(1, 4, 6):
                    found.setdefault(name, face)
    return next((found[name] for name in names if name in found), None)


def _faces_in(path: Path) -> range:
    try:
        with path.open("rb") as file:
            start = file.read(12)
    except OSError:
        return range(0)
    return range(int.from_bytes(start[8:12], "big") if start[:4] == b"ttcf" else 1)


@cache
def _shipped(name: str) -> FontFile:
    return FontFile(paths.resources() / "fonts" / f"{name}.ttf")


def _office_face(role: str) -> FontFile | None:
    names = _OFFICE.get(role, ())
    return chosen(names, _registered(names)) if names else None


def _registered(names: tuple[str, ...]) -> Iterator[Path]:
    """Files that the Windows registry gives for these names; nothing on other systems."""
    if winreg is None:
        return
    folder = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        try:
            key = winreg.OpenKey(root, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts")
        except OSError:
            continue
        with key:
            for i in range(winreg.QueryInfoKey(key)[1]):
                label, file, _ = winreg.EnumValue(key, i)
                if isinstance(file, str) and any(name in label for name in names):
                    yield folder / file
