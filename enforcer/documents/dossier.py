"""The dossier as one PDF: cover, catalogue, papers with running page numbers, 备考表, bookmarks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from enforcer.documents import fonts, ink, typeset
from enforcer.documents.course_facts_after import DossierOnPaper, EntryOnPaper
from enforcer.documents.imposition import A4
from enforcer.documents.ink import MM, Book
from enforcer.documents.pdf import Press
from enforcer.documents.typeset import Type
from enforcer.dossier_terms import PagePosition
from enforcer.errors import Trouble

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

COVER, CONTENTS, NOTE = "dossier_cover", "dossier_contents", "dossier_note"
_SIDE, _LOW, _HIGH, _SIZE = 14.0, 6.0, 11.0, 12.0  # mm from the edges; points
_MARGIN = 8.0  # mm around a scan that is no A4


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page of a scan: the file it came in, which page, how far to turn it clockwise."""

    data: bytes
    page: int
    turn: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One paper of the dossier: its frozen pages, and the signed ones where they were scanned."""

    group: str
    title: str
    number: str = ""
    on: date | None = None
    pdf: bytes = b""
    scans: tuple[ScannedPage, ...] = ()
    note: str = ""
    is_evidence: bool = False


@dataclass(frozen=True, slots=True)
class VolumeOfLeaves:
    """正卷 or 副卷 with its papers."""

    title: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue as it was printed: the volume, the paper, its pages."""

    volume: int
    group: str
    title: str
    number: str
    on: date | None
    first: int
    last: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """The finished dossier; `numbered` counts the pages that bear a number, a volume each."""

    pdf: bytes
    pages: int
    sha256: str
    numbered: tuple[int, ...]
    entries: tuple[Entry, ...]


Front = Callable[[str, DossierOnPaper], bytes]
"""Sets the cover, the catalogue or the 备考表 from what stands on it."""


def bind(
    volumes: Sequence[VolumeOfLeaves],
    front: Front,
    about: DossierOnPaper,
    *,
    title: str,
    position: PagePosition = PagePosition.BOTTOM_RIGHT,
) -> Bound:
    """Bind the volumes one behind the other; cover, catalogue and 备考表 bear no page number."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    entries: list[Entry] = []
    marks: list[tuple[int, str, int]] = []
    numbered = []
    for at, volume in enumerate(volumes, 1):
        parts = [list(_pages(leaf)) for leaf in volume.leaves]
        mine = list(_entries(at, volume.leaves, [len(one) for one in parts]))
        count = mine[-1].last if mine else 0
        said = replace(
            about,
            volume=volume.title,
            volumes=len(volumes),
            pages=count,
            entries=tuple(
                _on_paper(one, leaf) for one, leaf in zip(mine, volume.leaves, strict=True)
            ),
        )
        _add_volume(writer, volume, parts, said, front, position, marks)
        entries += mine
        numbered.append(count)
    _bookmarks(writer, marks)
    writer.add_metadata({"/Producer": "Enforcer", "/Title": title, "/PerSheet": "1"})
    out = BytesIO()
    writer.write(out)
    data = out.getvalue()
    digest = hashlib.sha256(data).hexdigest()
    return Bound(data, len(writer.pages), digest, tuple(numbered), tuple(entries))


def page_count(data: bytes) -> int:
    """How many pages a file has."""
    return len(_opened(data).pages)


def _add_volume(
    writer: PdfWriter,
    volume: VolumeOfLeaves,
    parts: Sequence[Sequence[Any]],
    said: DossierOnPaper,
    front: Front,
    position: PagePosition,
    marks: list[tuple[int, str, int]],
) -> None:
    depth = 0
    if volume.title:
        marks.append((0, volume.title, len(writer.pages)))
        depth = 1
    for key, name in ((COVER, "案卷封面"), (CONTENTS, "卷内目录")):
        marks.append((depth, name, len(writer.pages)))
        _add_all(writer, front(key, said))
    numbers = _numbers(said.pages, position)
    done, group = 0, ""
    for leaf, pages in zip(volume.leaves, parts, strict=True):
        if leaf.group != group:
            group = leaf.group
            marks.append((depth, group, len(writer.pages)))
        marks.append((depth + 1, f"{leaf.title}{leaf.number}", len(writer.pages)))
        for one in pages:
            added = writer.add_page(one)
            added.merge_page(numbers[done])
            done += 1
    marks.append((depth, "卷内备考表", len(writer.pages)))
    _add_all(writer, front(NOTE, said))


def _bookmarks(writer: Any, marks: Sequence[tuple[int, str, int]]) -> None:
    """Each mark (depth, title, page) under the last one that lies higher."""
    above: dict[int, Any] = {}
    for depth, title, page in marks:
        above[depth] = writer.add_outline_item(
            title=title, page_number=page, parent=above.get(depth - 1)
        )


def _add_all(writer: PdfWriter, data: bytes) -> None:
    for one in _opened(data).pages:
        writer.add_page(one)


def _entries(volume: int, leaves: Sequence[Leaf], counts: Sequence[int]) -> Iterator[Entry]:
    first = 1
    for leaf, count in zip(leaves, counts, strict=True):
        yield Entry(
            volume,
            leaf.group,
            leaf.title,
            leaf.number,
            leaf.on,
            first,
            first + count - 1,
            leaf.note,
        )
        first += count


def _on_paper(one: Entry, leaf: Leaf) -> EntryOnPaper:
    return EntryOnPaper(
        title=one.title,
        number=one.number,
        on=one.on,
        first=one.first,
        last=one.last,
        note=one.note,
        is_evidence=leaf.is_evidence,
    )


def _pages(leaf: Leaf) -> Iterator[PageObject]:
    """The pages of a paper: as frozen, then as signed and scanned."""
    if leaf.pdf:
        yield from _opened(leaf.pdf).pages
    for one in leaf.scans:
        yield upright(one)


def upright(one: ScannedPage) -> PageObject:
    """A scanned page on A4, turned the right way up, its sides as they are."""
    from pypdf import PageObject, Transformation

    page = _opened(one.data).pages[one.page - 1]
    if page.rotation:
        page.transfer_rotation_to_content()
    box = page.mediabox
    wide, high = float(box.width), float(box.height)
    moved = Transformation().translate(-float(box.left), -float(box.bottom)).rotate(-one.turn)
    left, low, width, height = {
        90: (0.0, -wide, high, wide),
        180: (-wide, -high, wide, high),
        270: (-high, 0.0, high, wide),
    }.get(one.turn % 360, (0.0, 0.0, wide, high))
    whole = abs(width / height - A4[0] / A4[1]) < 0.02
    room = (0.0 if whole else _MARGIN) * MM
    scale = min((A4[0] - 2 * room) / width, (A4[1] - 2 * room) / height)
    made = PageObject.create_blank_page(width=A4[0], height=A4[1])
    at = (A4[0] - scale * width) / 2, (A4[1] - scale * height) / 2
    moved = moved.translate(-left, -low).scale(scale).translate(*at)
    made.merge_transformed_page(page, moved)
    return made


def picture_page(data: bytes, *, name: str) -> bytes:
    """A scanner's picture as a PDF of one page a picture, its pixels as they are."""
    from PIL import Image, ImageSequence

    try:
        with Image.open(BytesIO(data)) as opened:
            frames = [_plain(one) for one in ImageSequence.Iterator(opened)]
            out = BytesIO()
            dots = float(opened.info.get("dpi", (200, 200))[0]) or 200.0
            first, *more = frames
            first.save(out, "PDF", save_all=True, append_images=more, resolution=max(dots, 72.0))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Trouble(
            f"图片“{name}”打不开，没有收下。请重新扫描，或者另存为 PDF 后再试。"
        ) from error
    return out.getvalue()


def _plain(one: Any) -> Any:
    from PIL import ImageOps

    upright_one = ImageOps.exif_transpose(one)
    return upright_one if upright_one.mode in ("1", "L", "RGB") else upright_one.convert("RGB")


def _numbers(count: int, position: PagePosition) -> list[PageObject]:
    """Pages that bear nothing but their number."""
    if not count:
        return []
    book = Book()
    press = Press("", A4, book)
    for number in range(1, count + 1):
        press.page(_number(book, number, position))
    return list(_opened(press.finished()).pages)


def _number(book: Book, number: int, position: PagePosition) -> str:
    left = position is PagePosition.TOP_OUTER and number % 2 == 0
    type_ = Type(fonts.chain("song"), _SIZE, _SIZE * 1.2, "left" if left else "right")
    y = _LOW * MM if position is PagePosition.BOTTOM_RIGHT else A4[1] - _HIGH * MM
    (one,) = typeset.lines(str(number), type_, A4[0] - 2 * _SIDE * MM)
    return ink.shifted(ink.line(book, one, type_, 0), _SIDE * MM, y)


def _opened(data: bytes) -> Any:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return PdfReader(BytesIO(data))
    except PyPdfError as error:
        raise Trouble(f"有一份 PDF 已损坏，不能装订（{error}）。请从备份恢复该文件。") from error
