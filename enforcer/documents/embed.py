"""Faces inside a PDF: one Type 0 font a face, only the glyphs used, each copyable as its character."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import groupby

from enforcer.documents import fonts
from enforcer.documents.ink import Codes

Add = Callable[[str, bytes | None], str]
"""Take an object's dictionary (without its length) and stream, give its reference."""

_SYSTEM = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
_AT_A_TIME = 100  # entries of one block of a character map (PDF 32000-1, 9.10.3)
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def embed(codes: Codes, add: Add) -> str:
    """Add the objects of one face; its Type 0 font is the reference given back."""
    face = codes.face
    glyphs = [fonts.drawn(face, character) for character in codes]
    program = face.subset([glyph.index for glyph in glyphs])
    tag = _tag("".join(codes))
    name = f"{tag}+{face.name.replace(' ', '')}"
    file = add(f"/Length1 {len(program)}", program)
    box = " ".join(f"{v:.0f}" for v in face.bounds)
    descriptor = add(
        f"/Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle 0"
        f"/Ascent {face.ascent:.0f}/Descent {face.descent:.0f}/CapHeight {face.cap_height:.0f}"
        f"/StemV 80/FontFile2 {file}",
        None,
    )
    widths = _widths([glyph.width for glyph in glyphs])
    descendant = add(
        f"/Type/Font/Subtype/CIDFontType2/BaseFont/{name}{_SYSTEM}/DW 1000/W[{widths}]"
        f"/CIDToGIDMap/Identity/FontDescriptor {descriptor}",
        None,
    )
    unicode_ = add("", _to_unicode(codes).encode())
    return add(
        f"/Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
        f"/DescendantFonts[{descendant}]/ToUnicode {unicode_}",
        None,
    )


def _tag(characters: str) -> str:
    digest = hashlib.sha256(characters.encode()).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


def _widths(widths: list[float]) -> str:
    """The /W array: runs of equal widths; a thousand is the default and left out."""
    made = []
    for width, run in groupby(enumerate(widths, 1), key=lambda pair: round(pair[1])):
        numbers = [number for number, _ in run]
        if width != 1000:
            made.append(f"{numbers[0]} {numbers[-1]} {width}")
    return " ".join(made)


def _to_unicode(codes: Codes) -> str:
    pairs = [f"<{code}> <{c.encode('utf-16-be').hex().upper()}>" for c, code in codes.items()]
    blocks = []
    for i in range(0, len(pairs), _AT_A_TIME):
        some = pairs[i : i + _AT_A_TIME]
        blocks.append("\n".join([f"{len(some)} beginbfchar", *some, "endbfchar"]))
    return _CMAP.format(blocks="\n".join(blocks))
