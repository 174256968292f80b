"""Photographs on paper: made small enough to print, fitted into the frames a template leaves for them.

The original is only read; what goes on paper is a copy turned upright and made smaller.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from enforcer.errors import Trouble

_LONGEST, _QUALITY = 1700, 85  # pixels: 270 to the inch over the frame
_PLACE = re.compile(rb"([\d.]+) 0 0 ([\d.]+) [-\d.]+ [-\d.]+ cm /Picture(\d+) Do")
_MARGIN = 0.01
_PICTURES = ("JPEG", "PNG", "TIFF", "WEBP", "BMP")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready for the page: JPEG, its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def fitted(data: bytes, *, name: str) -> Picture:
    """Make a printable copy of a photo; Trouble names the photo that cannot be opened."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_PICTURES) as opened:
                opened.draft("RGB", (_LONGEST, _LONGEST))
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Trouble(
            f"照片“{name}”打不开，印不出来。请先检查证据文件，或者从名单里去掉这一张。"
        ) from error
    upright.thumbnail((_LONGEST, _LONGEST))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=_QUALITY)
    return Picture(out.getvalue(), upright.width, upright.height)


def laid_in(pdf: bytes, pictures: Sequence[Picture]) -> bytes:
    """The file with picture n (from 1) in every frame that asks for it."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for page in writer.pages:
        content = page.get_contents()
        asked = _PLACE.findall(content.get_data()) if content is not None else []
        if not asked:
            continue
        resources: Any = page["/Resources"].get_object()
        own = DictionaryObject()  # pages may share theirs
        own.update(resources)
        objects = DictionaryObject()
        objects.update(own.get("/XObject", DictionaryObject()).get_object())
        for width, height, number in asked:
            picture = pictures[int(number) - 1]
            form = _form(writer, picture, float(width) / float(height))
            objects[NameObject(f"/Picture{int(number)}")] = form
        own[NameObject("/XObject")] = objects
        page[NameObject("/Resources")] = own
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _form(writer: object, picture: Picture, wide: float) -> object:
    """A unit square that shows the picture whole, its sides as they are; `wide` is the frame's."""
    from pypdf.generic import (
        ArrayObject,
        DecodedStreamObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
        StreamObject,
    )

    image = StreamObject()
    image._data = picture.jpeg
    image.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(picture.width),
            NameObject("/Height"): NumberObject(picture.height),
            NameObject("/ColorSpace"): NameObject("/DeviceRGB"),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/Filter"): NameObject("/DCTDecode"),
        }
    )
    added = writer._add_object(image)  # type: ignore[attr-defined]
    own = picture.width / picture.height
    room = 1 - 2 * _MARGIN
    across, up = (room, room * wide / own) if own > wide else (room * own / wide, room)
    form = DecodedStreamObject()
    form.set_data(
        f"q {across:.5f} 0 0 {up:.5f} {(1 - across) / 2:.5f} {(1 - up) / 2:.5f} cm /Im Do Q".encode()
    )
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(one) for one in (0, 0, 1, 1)),
            NameObject("/Resources"): DictionaryObject(
                {NameObject("/XObject"): DictionaryObject({NameObject("/Im"): added})}
            ),
        }
    )
    return writer._add_object(form)  # type: ignore[attr-defined]
