"""Reads a TrueType file without loading it, and cuts the glyphs a paper needs out of it.

Only the tables asked for are touched (the file is mapped, not read), so that a 14 MB face costs
nothing until one of its characters is wanted.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from enforcer.errors import Trouble

_ARGS_ARE_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80
_KEPT_AS_THEY_ARE = (b"cvt ", b"fpgm", b"prep")
_RESTRICTED = 0x0002
_USUAL_CAP_HEIGHT = 0.7


def _numbers(kind: str, data: bytes) -> array[int]:
    found = array(kind, data)
    if sys.byteorder == "little":
        found.byteswap()
    return found


class FontFile:
    """One face of a TrueType file or collection."""

    def __init__(self, path: Path, index: int = 0) -> None:
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise Trouble(f"字体文件“{path.name}”打不开（{error}）。请重新安装程序。") from error
        self.path = path
        start = 0
        if self._data[:4] == b"ttcf":
            start = self._u32(12 + 4 * index)
        count = self._u16(start + 4)
        self._tables: dict[bytes, tuple[int, int]] = {}
        for at in range(start + 12, start + 12 + 16 * count, 16):
            tag, _, offset, length = struct.unpack_from(">4sLLL", self._data, at)
            self._tables[tag] = (offset, length)
        if b"glyf" not in self._tables:
            raise Trouble(f"字体文件“{path.name}”不是 TrueType 轮廓，不能嵌入文书。")
        head = self._tables[b"head"][0]
        self.units_per_em = self._u16(head + 18)
        self.bounds = tuple(self._em(v) for v in struct.unpack_from(">4h", self._data, head + 36))
        self._long_offsets = self._u16(head + 50) == 1
        hhea = self._tables[b"hhea"][0]
        self.ascent, self.descent = (
            self._em(v) for v in struct.unpack_from(">2h", self._data, hhea + 4)
        )
        self._metrics = self._u16(hhea + 34)
        self.glyphs = self._u16(self._tables[b"maxp"][0] + 4)

    @cached_property
    def glyph(self) -> Callable[[int], int]:
        """Map a code point to a glyph, 0 when there is none."""
        table = self._tables[b"cmap"][0]
        found: dict[int, int] = {}
        for i in range(self._u16(table + 2)):
            platform, encoding, offset = struct.unpack_from(">HHL", self._data, table + 4 + 8 * i)
            if (platform, encoding) in {(3, 1), (3, 10), (0, 3), (0, 4), (0, 6)}:
                found[self._u16(table + offset)] = table + offset
        if 12 in found:
            return self._groups(found[12])
        if 4 in found:
            return self._segments(found[4])
        raise Trouble(f"字体文件“{self.path.name}”没有可用的字符表，不能用于文书。")

    @cached_property
    def name(self) -> str:
        """The PostScript name, for the PDF."""
        found = self.names(6)
        return sorted(found)[0] if found else self.path.stem

    @property
    def may_be_embedded(self) -> bool:
        """Whether the maker's licence bits let the face travel inside a document."""
        at = self._tables.get(b"OS/2")
        return at is None or self._u16(at[0] + 8) & 0xF != _RESTRICTED

    @cached_property
    def cap_height(self) -> float:
        at = self._tables.get(b"OS/2")
        if at and at[1] >= 90 and (height := self._i16(at[0] + 88)) > 0:
            return self._em(height)
        return _USUAL_CAP_HEIGHT * 1000

    def names(self, *kinds: int) -> set[str]:
        """Names of the face in its name table (1 family, 4 full, 6 PostScript)."""
        if b"name" not in self._tables:
            return set()
        table = self._tables[b"name"][0]
        storage = table + self._u16(table + 4)
        found = set()
        for i in range(self._u16(table + 2)):
            platform, _, _, kind, length, offset = struct.unpack_from(
                ">6H", self._data, table + 6 + 12 * i
            )
            if kind in kinds:
                raw = self._data[storage + offset : storage + offset + length]
                found.add(raw.decode("latin-1" if platform == 1 else "utf-16-be", "replace"))
        return found

    def advance(self, glyph: int) -> float:
        """Width in thousandths of an em."""
        last = min(glyph, self._metrics - 1)
        return self._em(self._u16(self._tables[b"hmtx"][0] + 4 * last))

    def bearings(self, glyph: int) -> tuple[float, float]:
        """Empty space left and right of the ink, in thousandths of an em."""
        outline = self._outline(glyph)
        if len(outline) < 10:
            return 0.0, self.advance(glyph)
        left, _, right = struct.unpack_from(">3h", outline, 2)
        return self._em(left), self.advance(glyph) - self._em(right)

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """A font file of these glyphs, numbered from 1 in this order (0 stays .notdef)."""
        wanted = [0, *glyphs]
        place = {glyph: i for i, glyph in reversed(list(enumerate(wanted)))}
        outlines: list[bytes] = []
        at = 0
        while at < len(wanted):
            outline = self._outline(wanted[at])
            if len(outline) >= 10 and self._data_is_composite(outline):
                outline = _renumbered(outline, wanted, place)
            outlines.append(outline + b"\0" * (-len(outline) % 4))
            at += 1
        offsets = [0]
        for outline in outlines:
            offsets.append(offsets[-1] + len(outline))
        hmtx = self._tables[b"hmtx"][0]
        metrics = b"".join(self._metric(hmtx, glyph) for glyph in wanted)
        head = bytearray(self._table(b"head"))
        struct.pack_into(">L", head, 8, 0)
        struct.pack_into(">H", head, 50, 1)
        hhea = bytearray(self._table(b"hhea"))
        struct.pack_into(">H", hhea, 34, len(wanted))
        maxp = bytearray(self._table(b"maxp"))
        struct.pack_into(">H", maxp, 4, len(wanted))
        tables = {t: self._table(t) for t in _KEPT_AS_THEY_ARE if t in self._tables}
        tables |= {
            b"glyf": b"".join(outlines),
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"hmtx": metrics,
            b"loca": struct.pack(f">{len(offsets)}L", *offsets),
            b"maxp": bytes(maxp),
        }
        return _assembled(tables)

    def _data_is_composite(self, outline: bytes) -> bool:
        return outline[0] >= 0x80

    def _metric(self, hmtx: int, glyph: int) -> bytes:
        if glyph < self._metrics:
            return self._data[hmtx + 4 * glyph : hmtx + 4 * glyph + 4]
        last = hmtx + 4 * (self._metrics - 1)
        bearing = hmtx + 4 * self._metrics + 2 * (glyph - self._metrics)
        return self._data[last : last + 2] + self._data[bearing : bearing + 2]

    def _outline(self, glyph: int) -> bytes:
        loca, glyf = self._tables[b"loca"][0], self._tables[b"glyf"][0]
        if self._long_offsets:
            start, end = struct.unpack_from(">2L", self._data, loca + 4 * glyph)
        else:
            start, end = (2 * v for v in struct.unpack_from(">2H", self._data, loca + 2 * glyph))
        return self._data[glyf + start : glyf + end]

    def _table(self, tag: bytes) -> bytes:
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    def _groups(self, at: int) -> Callable[[int], int]:
        count = self._u32(at + 12)
        data = _numbers("I", self._data[at + 16 : at + 16 + 12 * count])
        starts, ends, glyphs = data[0::3], data[1::3], data[2::3]

        def glyph(code: int) -> int:
            i = bisect_right(starts, code) - 1
            return glyphs[i] + code - starts[i] if i >= 0 and code <= ends[i] else 0

        return glyph

    def _segments(self, at: int) -> Callable[[int], int]:
        count = self._u16(at + 6) // 2
        first, size = at + 14, 2 * count
        ends = _numbers("H", self._data[first : first + size])
        first += size + 2
        starts = _numbers("H", self._data[first : first + size])
        deltas = _numbers("H", self._data[first + size : first + 2 * size])
        ranges_at = first + 2 * size
        ranges = _numbers("H", self._data[ranges_at : ranges_at + size])

        def glyph(code: int) -> int:
            i = bisect_left(ends, code)
            if i == count or code < starts[i]:
                return 0
            if not ranges[i]:
                return (code + deltas[i]) & 0xFFFF
            found = self._u16(ranges_at + 2 * i + ranges[i] + 2 * (code - starts[i]))
            return (found + deltas[i]) & 0xFFFF if found else 0

        return glyph

    def _em(self, units: float) -> float:
        return units * 1000 / self.units_per_em

    def _u16(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 2], "big")

    def _i16(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 2], "big", signed=True)

    def _u32(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 4], "big")


def _renumbered(outline: bytes, wanted: list[int], place: dict[int, int]) -> bytes:
    """A composite glyph whose parts have their new numbers; unknown parts join `wanted`."""
    made = bytearray(outline)
    at = 10
    while True:
        flags, part = struct.unpack_from(">2H", made, at)
        if part not in place:
            place[part] = len(wanted)
            wanted.append(part)
        struct.pack_into(">H", made, at + 2, place[part])
        at += 8 if flags & _ARGS_ARE_WORDS else 6
        at += 8 if flags & _MATRIX else 4 if flags & _TWO_SCALES else 2 if flags & _SCALE else 0
        if not flags & _MORE:
            return bytes(made)


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    head_at = 0
    directory = struct.pack(
        ">LHHHH", 0x10000, count, 16 << power, power, 16 * count - (16 << power)
    )
    body, offset = b"", 12 + 16 * count
    parts = []
    for tag in sorted(tables):
        data = tables[tag] + b"\0" * (-len(tables[tag]) % 4)
        if tag == b"head":
            head_at = offset
        directory += struct.pack(">4sLLL", tag, _checksum(data), offset, len(tables[tag]))
        offset += len(data)
        parts.append(data)
    body = b"".join(parts)
    made = bytearray(directory + body)
    struct.pack_into(">L", made, head_at + 8, (0xB1B0AFBA - _checksum(made)) & 0xFFFFFFFF)
    return bytes(made)


def _checksum(data: bytes | bytearray) -> int:
    return sum(_numbers("I", bytes(data))) & 0xFFFFFFFF
