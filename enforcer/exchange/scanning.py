"""Reads what a scanner wrote: every page of a PDF or picture, its code, and which way up it lies."""

from __future__ import annotations

import hashlib
import stat
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from enforcer.errors import Trouble, reason

MOST_BYTES, MOST_PAGES = 400_000_000, 2000
_DOTS = (150, 300)  # to the inch: quickly first, closely where nothing was read
_LOOK, _PREVIEW = 50, 1400  # dots to the inch of what is compared; pixels of a preview
_PDF = b"%PDF-"
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP")
_PICTURES = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "TIFF": ".tif", "BMP": ".bmp"}
SUFFIXES = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp"})


@dataclass(frozen=True, slots=True)
class SeenPage:
    """One page: the codes on it, how far to turn it clockwise, a hash of what is seen."""

    position: int
    codes: tuple[str, ...]
    turn: int
    look: str


@dataclass(frozen=True, slots=True)
class SeenFile:
    """One file: its bytes and pages, or `say` why it was not taken."""

    name: str
    data: bytes = b""
    suffix: str = ""
    pages: tuple[SeenPage, ...] = ()
    say: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


Note = Callable[[int, int], object]


def look(paths: Sequence[Path], note: Note | None = None) -> tuple[SeenFile, ...]:
    """Read these files; `note(done, total)` counts files and may raise to stop."""
    found = []
    for done, path in enumerate(paths):
        if note is not None:
            note(done, len(paths))
        found.append(_look(path))
    return tuple(found)


def picture(data: bytes, position: int, *, turn: int = 0, longest: int = _PREVIEW) -> bytes:
    """One page as PNG, upright, for the screen."""
    with _opened(data, "扫描件") as pages:
        image = pages.shown(position, 100).rotate(-turn, expand=True, fillcolor=255)
        image.thumbnail((longest, longest))
        out = BytesIO()
        image.save(out, "PNG")
        return out.getvalue()


def _look(path: Path) -> SeenFile:
    try:
        data = _bytes(path)
        suffix = suffix_of(data, path.name)
        with _opened(data, path.name) as pages:
            return SeenFile(path.name, data, suffix, tuple(_seen(pages)))
    except Trouble as error:
        return SeenFile(path.name, say=str(error))


def _bytes(path: Path) -> bytes:
    try:
        known = path.stat()
        if not stat.S_ISREG(known.st_mode):
            raise Trouble(f"“{path.name}”不是文件，没有收下。请选择扫描得到的 PDF 或者图片。")
        if known.st_size > MOST_BYTES:
            raise Trouble(f"“{path.name}”超过 400 MB，没有收下。请分成几份再扫描。")
        return path.read_bytes()
    except OSError as error:
        raise Trouble(
            f"“{path.name}”读不出来：{reason(error)}。没有收下，请检查后再试。"
        ) from error


def suffix_of(data: bytes, name: str) -> str:
    """What the bytes are, whatever the name says; Trouble for what is neither PDF nor picture."""
    if not data:
        raise Trouble(f"“{name}”是空文件，没有收下。请重新扫描。")
    if _PDF in data[:1024]:
        return ".pdf"
    from PIL import Image

    try:
        with _quiet(), Image.open(BytesIO(data), formats=_FORMATS) as opened:
            return _PICTURES[opened.format or ""]
    except (OSError, ValueError, SyntaxError, KeyError, Image.DecompressionBombError) as error:
        raise Trouble(
            f"“{name}”不是 PDF 也不是图片，没有收下。请用扫描仪存为 PDF、JPG、PNG 或者 TIFF。"
        ) from error


def _seen(pages: _Pages) -> Iterator[SeenPage]:
    for position in range(1, pages.count + 1):
        found: list[tuple[str, int]] = []
        for dots in _DOTS:
            found = _codes(pages.shown(position, dots))
            if found:
                break
        turn = next((turn for _, turn in found), 0)
        small = pages.shown(position, _LOOK)
        said = f"{small.size}".encode() + small.tobytes()
        codes = tuple(dict.fromkeys(text for text, _ in found))
        yield SeenPage(position, codes, turn, hashlib.sha256(said).hexdigest())


def _codes(image: Any) -> list[tuple[str, int]]:
    """Every QR code on a page with the quarter turns that set it upright."""
    import zxingcpp

    formats: Any = zxingcpp.BarcodeFormat.QRCode
    found = zxingcpp.read_barcodes(image, formats=formats)
    return [(one.text, round(-one.orientation / 90) * 90 % 360) for one in found]


class _Pages:
    """The pages of one file as grey pictures."""

    def __init__(self, count: int, shown: Callable[[int, int], Any]) -> None:
        self.count = count
        self.shown = shown


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[_Pages]:
    if _PDF in data[:1024]:
        with _pdf(data, name) as pages:
            yield pages
    else:
        with _quiet():
            yield _frames(data, name)


@contextmanager
def _pdf(data: bytes, name: str) -> Iterator[_Pages]:
    import pypdfium2

    bad = f"“{name}”打不开，没有收下：文件损坏，或者设了密码。请重新扫描或者去掉密码。"
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Trouble(bad) from error
    try:
        count = len(document)
        if not 0 < count <= MOST_PAGES:
            raise Trouble(
                f"“{name}”有 {count} 页，没有收下。一份扫描件可以有 1 到 {MOST_PAGES} 页。"
            )

        def shown(position: int, dots: int) -> Any:
            page = document[position - 1]
            longest = max(page.get_size()) or 1.0
            scale = min(dots / 72, 10_000 / longest)
            try:
                return page.render(scale=scale, grayscale=True).to_pil().convert("L")
            finally:
                page.close()

        yield _Pages(count, shown)
    except pypdfium2.PdfiumError as error:
        raise Trouble(bad) from error
    finally:
        document.close()


def _frames(data: bytes, name: str) -> _Pages:
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as opened:
            count = getattr(opened, "n_frames", 1)
            if count > MOST_PAGES:
                raise Trouble(f"“{name}”有 {count} 页，没有收下。请分成几份再扫描。")
            opened.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Trouble(f"“{name}”打不开，没有收下：图片损坏或者太大。请重新扫描。") from error

    def shown(position: int, dots: int) -> Any:
        try:
            with Image.open(BytesIO(data), formats=_FORMATS) as again:
                again.seek(position - 1)
                image = ImageOps.exif_transpose(again).convert("L")
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise Trouble(f"“{name}”第 {position} 页打不开，没有收下。请重新扫描。") from error
        longest = round(dots * 11.7)  # an A4 page is 11.7 inches long
        image.thumbnail((longest, longest))
        return image

    return _Pages(count, shown)


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
