"""What the small code on a printed page says: which paper, which copy and page, and a check sign.

Nineteen signs of QR's own alphabet, so that it stays the smallest symbol: `EN`, the first 64 bits
of the paper's UUID in thirteen signs to the base 36, copy and page in two, the check sign in two.
A paper saved as Word says `EN-` and the 64 bits in hexadecimal: it does not know its pages.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_MARK = "EN"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PAGES = 144  # pages a copy can have; nine copies
_PLAIN = re.compile(r"EN-([0-9A-F]{16})")
_FULL = re.compile(r"EN([0-9A-Z]{13})([0-9A-Z]{2})([0-9A-Z]{2})")


@dataclass(frozen=True, slots=True)
class PageCode:
    """The paper (`head`: sixteen hexadecimal signs of its UUID), its copy from 0, its page from 1.

    Page 0: the code names the paper alone.
    """

    head: str
    copy: int = 0
    page: int = 0


def of_page(code: str, *, copy: int, page: int) -> str:
    """The code of one page, from the code of the paper; any other text stays as it is."""
    found = _PLAIN.fullmatch(code)
    if found is None or not (0 < page < _PAGES and 0 <= copy < len(_DIGITS) ** 2 // _PAGES):
        return code
    said = _base36(int(found[1], 16), 13) + _base36(copy * _PAGES + page, 2)
    return _MARK + said + _check(said)


def read(text: str) -> PageCode | None:
    """What a code says; None when it is not one of ours, or was misread."""
    plain = _PLAIN.fullmatch(text.strip())
    if plain is not None:
        return PageCode(plain[1])
    full = _FULL.fullmatch(text.strip())
    if full is None or _check(full[1] + full[2]) != full[3]:
        return None
    head, place = int(full[1], 36), int(full[2], 36)
    if head >= 1 << 64:
        return None
    return PageCode(f"{head:016X}", place // _PAGES, place % _PAGES)


def _check(said: str) -> str:
    digest = hashlib.sha256(f"{_MARK}{said}".encode()).digest()
    return _base36(int.from_bytes(digest[:4], "big") % len(_DIGITS) ** 2, 2)


def _base36(number: int, width: int) -> str:
    found = ""
    while number:
        number, rest = divmod(number, len(_DIGITS))
        found = _DIGITS[rest] + found
    return found.rjust(width, "0")
