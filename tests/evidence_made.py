"""Clips and photos for tests: a real MP4 with its clock set, JPEGs with EXIF, all different."""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

MEDIA = Path(__file__).parent / "media"
_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)  # of the clocks inside an MP4


def clip(at: datetime | None, *, seed: int = 0, codec: bytes = b"avc1") -> bytes:
    """Two seconds of picture and sound; the clock inside says `at` (none: it says nothing)."""
    data = bytearray((MEDIA / "clip.mp4").read_bytes())
    seconds = int((at - _EPOCH).total_seconds()) if at else 0
    for box in (b"mvhd", b"tkhd", b"mdhd"):
        place = data.find(box)
        while place >= 0:
            data[place + 8 : place + 16] = struct.pack(">II", seconds, seconds)
            place = data.find(box, place + 1)
    if codec != b"avc1":
        place = data.find(b"avc1", data.find(b"stsd"))
        data[place : place + 4] = codec
        place = data.find(b"avcC", place)
        data[place : place + 4] = codec[:3] + b"C"
    return bytes(data) + struct.pack(">I4sI", 12, b"free", seed)


def photo(
    at: str = "2026:09:03 10:12:00",
    *,
    place: tuple[float, float] | None = None,
    seed: int = 0,
    offset: str = "+08:00",
    size: tuple[int, int] = (64, 48),
) -> bytes:
    """A JPEG with EXIF as a phone writes it."""
    image = Image.new("RGB", size, (seed * 37 % 256, seed * 91 % 256, 128))
    exif = Image.Exif()
    exif[271], exif[272] = "HUAWEI", "Mate 60"
    inner = exif.get_ifd(0x8769)
    if at:
        inner[0x9003] = at
        inner[0x9011] = offset
    inner[0x9286] = f"seed {seed}".encode()
    if place:
        where = exif.get_ifd(0x8825)
        where[1], where[2] = "N", _degrees(place[0])
        where[3], where[4] = "E", _degrees(place[1])
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, quality=60)
    return out.getvalue()


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = value % 1 * 60
    return float(int(value)), float(int(minutes)), round(minutes % 1 * 60, 3)


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
