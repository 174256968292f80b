"""`wall`: the list of powers and the board, as paper and as workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from enforcer.store.database import open_store
from tests.contract.face import DONE, TROUBLE, USAGE, ask, done
from tests.contract.test_import_mapped import NOW
from tests.factories import an_office

ORGAN = "常德市城市管理和综合执法局"


@pytest.fixture
def office(bare: Path) -> Path:
    store = open_store(bare, clock=lambda: NOW)
    an_office(store)
    store.close()
    return bare


@pytest.mark.parametrize("kind", ["powers", "board"])
def test_each_is_written_as_paper_and_as_a_workbook(
    office: Path, tmp_path: Path, kind: str
) -> None:
    paper, book = tmp_path / "上墙.pdf", tmp_path / "上墙.xlsx"
    given = ("--home", office, "wall", kind, "--on", "2026-09-03")
    assert done(*given, "-o", paper) == {"path": str(paper), "on": "2026-09-03"}
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(paper).pages)
    assert ORGAN in text
    assert ask(*given, "-o", book).code == DONE
    cells = [
        str(cell) for sheet in openpyxl.load_workbook(book) for row in sheet.values for cell in row
    ]
    assert any(ORGAN in one for one in cells)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("wall", "powers"), USAGE),
        (("wall", "charts", "-o", "x.pdf"), USAGE),
        (("wall", "powers", "-o", "x.doc"), USAGE),
        (("wall", "powers", "-o", "没有这个文件夹/x.pdf"), TROUBLE),
    ],
)
def test_wrong_words_and_places_are_refused(
    office: Path, words: tuple[str, ...], code: int
) -> None:
    assert ask("--home", office, *words).code == code
