"""QR codes, against another encoder."""

import pytest
from reportlab.graphics.barcode import qrencoder

from enforcer.documents import qr


def _theirs(text: str, version: int, mask: int) -> list[int]:
    made = qrencoder.QRCode(version, qrencoder.QRErrorCorrectLevel.M)
    made.addData(qrencoder.QRAlphaNum(text) if _letters(text) else text.encode().decode("latin-1"))
    made.makeImpl(False, mask)
    return [int("".join("1" if on else "0" for on in row), 2) for row in made.modules]


def _letters(text: str) -> bool:
    return set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@pytest.mark.parametrize(
    "text",
    ["EN-0123456789ABCDEF", "1", "WG2026-02016-1-7", "Q" * 60, "z" * 43, "z" * 100, "m" * 120,
     "m" * 150, "m" * 180, "m" * 213],
    ids=len,
)  # fmt: skip
def test_a_symbol_is_one_that_the_standard_allows(text: str) -> None:
    rows = qr.rows(text)
    version = (len(rows) - 17) // 4
    assert rows in [_theirs(text, version, mask) for mask in range(8)]


def test_the_number_of_a_notice_takes_the_smallest_symbol() -> None:
    assert len(qr.rows("EN-0123456789ABCDEF")) == 21


def test_what_no_symbol_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="二维码"):
        qr.rows("m" * 214)
