"""Writes a batch of like papers straight into a PDF: what they share is written once."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Sequence

from enforcer.documents import ink
from enforcer.documents.embed import embed
from enforcer.documents.imposition import Imposition
from enforcer.documents.ink import Book
from enforcer.documents.sheets import Page
from enforcer.documents.slabs import Block

_HEADER = b"%PDF-1.5\n%\xe6\x89\xa7\xe6\xb3\x95\n"
_QUICK = 1
_SHARED = 0.2  # a block that stands on more than this part of the pages is written once


class Objects:
    """The numbered objects of a PDF file, in the order they were added."""

    def __init__(self) -> None:
        self._parts: list[bytes] = [_HEADER]
        self._at = len(_HEADER)
        self._offsets: dict[int, int] = {}
        self._count = 0

    def reserve(self) -> int:
        self._count += 1
        return self._count

    def write(self, number: int, dictionary: str, stream: bytes | None = None) -> str:
        """Write object `number`; a stream is compressed."""
        self._offsets[number] = self._at
        if stream is None:
            made = f"{number} 0 obj\n<<{dictionary}>>\nendobj\n".encode("latin-1")
        else:
            packed = zlib.compress(stream, _QUICK)
            start = f"{number} 0 obj\n<<{dictionary}/Filter/FlateDecode/Length {len(packed)}>>\n"
            made = b"".join(
                (start.encode("latin-1"), b"stream\n", packed, b"\nendstream\nendobj\n")
            )
        self._parts.append(made)
        self._at += len(made)
        return f"{number} 0 R"

    def add(self, dictionary: str, stream: bytes | None = None) -> str:
        return self.write(self.reserve(), dictionary, stream)

    def finished(self, root: str, info: str) -> bytes:
        """The whole file; its ID is the hash of what is in it, so the same input is the same file."""
        body = b"".join(self._parts)
        mark = hashlib.sha256(body).hexdigest()[:32].upper()
        table = [f"xref\n0 {self._count + 1}\n0000000000 65535 f \n"]
        table += [f"{self._offsets[n]:010d} 00000 n \n" for n in range(1, self._count + 1)]
        trailer = (
            f"trailer\n<</Size {self._count + 1}/Root {root}/Info {info}/ID[<{mark}><{mark}>]>>\n"
            f"startxref\n{self._at}\n%%EOF\n"
        )
        return body + "".join(table).encode() + trailer.encode()


def write_sheets(
    papers: Sequence[Page], plan: Imposition, book: Book, title: str
) -> tuple[bytes, int]:
    """Impose single pages on sheets; give the file and the number of its pages."""
    made = Objects()
    pages, resources = made.reserve(), made.reserve()
    shared = _shared_blocks(papers)
    forms = "".join(
        f"/B{i} {made.add(_form(resources, plan), block.ink.encode())}"
        for i, block in enumerate(shared)
    )
    names = {id(block): f"/B{i} Do" for i, block in enumerate(shared)}
    per_sheet = len(plan.slots)
    scale = f"{plan.scale:.4f} 0 0 {plan.scale:.4f}"
    marks = made.add("", plan.marks.ink.encode()) if per_sheet > 1 else ""
    kids = []
    for first in range(0, len(papers), per_sheet):
        drawn = [
            made.add(
                "", f"q {scale} {slot.x:.2f} {slot.y:.2f} cm\n{_drawn(paper, names)}Q\n".encode()
            )
            for slot, paper in zip(plan.slots, papers[first : first + per_sheet], strict=False)
        ]
        content = drawn[0]
        if per_sheet > 1:  # each paper by itself, so that one can be taken out again
            content = f"[{' '.join([*drawn, marks])}]"
        kids.append(made.add(f"/Type/Page/Parent {pages} 0 R/Contents {content}"))
    faces = "".join(f"/{codes.name} {embed(codes, made.add)}" for codes in book.used())
    made.write(resources, f"/Font<<{faces}>>/XObject<<{forms}>>/ProcSet[/PDF/Text/ImageB]")
    width, height = plan.sheet
    made.write(
        pages,
        f"/Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]"
        f"/MediaBox[0 0 {width:.2f} {height:.2f}]/Resources {resources} 0 R",
    )
    root = made.add(
        f"/Type/Catalog/Pages {pages} 0 R/Lang(zh-CN)"
        "/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None>>"
    )
    said = title.encode("utf-16-be").hex().upper()
    info = made.add(
        f"/Title<FEFF{said}>/Producer(Enforcer)/PerSheet {per_sheet}/Papers {len(papers)}"
    )
    return made.finished(root, info), len(kids)


def write_page(operators: str, size: tuple[float, float], book: Book) -> bytes:
    """One page by itself, to be laid over another."""
    made = Objects()
    pages = made.reserve()
    content = made.add("", operators.encode())
    faces = "".join(f"/{codes.name} {embed(codes, made.add)}" for codes in book.used())
    page = made.add(
        f"/Type/Page/Parent {pages} 0 R/Contents {content}/Resources<</Font<<{faces}>>>>"
        f"/MediaBox[0 0 {size[0]:.2f} {size[1]:.2f}]"
    )
    made.write(pages, f"/Type/Pages/Count 1/Kids[{page}]")
    return made.finished(
        made.add(f"/Type/Catalog/Pages {pages} 0 R"), made.add("/Producer(Enforcer)")
    )


def _shared_blocks(papers: Sequence[Page]) -> list[Block]:
    counts: Counter[int] = Counter()
    blocks: dict[int, Block] = {}
    for paper in papers:
        for placed in paper:
            counts[id(placed.block)] += 1
            blocks[id(placed.block)] = placed.block
    least = max(2, _SHARED * len(papers))
    return [block for key, block in blocks.items() if counts[key] >= least and block.ink]


def _form(resources: int, plan: Imposition) -> str:
    width, height = plan.frame.width, plan.frame.height
    return (
        f"/Type/XObject/Subtype/Form/BBox[{-width:.0f} {-height:.0f} {width:.0f} {height:.0f}]"
        f"/Resources {resources} 0 R"
    )


def _drawn(paper: Page, names: dict[int, str]) -> str:
    return "".join(
        [
            ink.shifted(names.get(id(block), block.ink) + "\n", x, y) if block.ink else ""
            for x, y, block in paper
        ]
    )
