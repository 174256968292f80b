"""The code of a printed page: paper, copy and page come back, what is misread does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcer.documents import page_code, qr
from enforcer.documents.page_code import PageCode

HEAD = "0123456789ABCDEF"


@given(st.integers(0, 2**64 - 1), st.integers(0, 8), st.integers(1, 143))
def test_what_is_written_is_read_and_stays_the_smallest_symbol(
    head: int, copy: int, page: int
) -> None:
    said = page_code.of_page(f"EN-{head:016X}", copy=copy, page=page)
    assert page_code.read(said) == PageCode(f"{head:016X}", copy, page)
    assert len(said) == 19
    assert len(qr.rows(said)) == 21


FOREIGN = [
    "https://example.com/pay?id=1",
    "EN-0123456789ABCDE",  # too short
    "EN-0123456789ABCDEG",  # no hexadecimal sign
    "ENZZZZZZZZZZZZZ0100",  # no 64 bits
    "",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_a_foreign_code_is_not_ours(text: str) -> None:
    assert page_code.read(text) is None


def test_one_sign_misread_is_noticed() -> None:
    said = page_code.of_page(f"EN-{HEAD}", copy=0, page=3)
    wrong = [f"{said[:at]}{'Q' if said[at] != 'Q' else 'R'}{said[at + 1 :]}" for at in range(2, 19)]
    assert [one for one in wrong if page_code.read(one)] == []


def test_a_paper_saved_as_word_names_itself_without_its_page() -> None:
    assert page_code.read(f"EN-{HEAD}") == PageCode(HEAD)


@pytest.mark.parametrize("text", ["", "https://example.com"])
def test_other_codes_of_a_template_stay_as_they_are(text: str) -> None:
    assert page_code.of_page(text, copy=0, page=1) == text
