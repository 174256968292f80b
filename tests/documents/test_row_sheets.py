"""卷内目录 on sheets of fourteen rows, the last one filled up, as PDF, Word and empty form."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from enforcer.documents import course_fields, pdf, specimen, template, template_blank, word
from enforcer.documents.course_facts_after import DossierOnPaper, EntryOnPaper
from enforcer.terms import PartyKind
from tests.documents.spoil_case import CODE
from tests.documents.spoil_papers_after import PAPERS

KEY, SHEET = "dossier_contents", 14
FORM = template.shipped(KEY)


def fields(count: int) -> dict[str, Any]:
    paper = PAPERS[KEY](CODE)
    assert isinstance(paper.matter, DossierOnPaper)
    entries = tuple(EntryOnPaper(title=f"材料{n}号", first=n, last=n) for n in range(1, count + 1))
    return course_fields.course_fields(
        replace(paper, matter=replace(paper.matter, entries=entries))
    )


def pages(data: bytes) -> list[str]:
    return ["".join(one.extract_text().split()) for one in PdfReader(BytesIO(data)).pages]


@pytest.mark.parametrize(
    ("count", "sheets", "closed"),
    [(1, 1, True), (13, 1, True), (14, 1, False), (15, 2, True), (28, 2, False), (31, 3, True)],
)
def test_fourteen_rows_a_sheet_each_under_its_own_head(
    count: int, sheets: int, closed: bool
) -> None:
    found = pages(pdf.render(FORM, fields(count)).pdf)
    assert len(found) == sheets
    for at, said in enumerate(found):
        assert said.count("卷内目录") == 2  # the title, and the foot
        assert said.count("材料名称") == 1
        rows = [n for n in range(1, count + 1) if f"材料{n}号" in said]
        assert rows == list(range(at * SHEET + 1, min((at + 1) * SHEET, count) + 1))
    assert ("以下空白" in found[-1]) is closed
    assert not any("以下空白" in said for said in found[:-1])


def test_word_has_the_same_sheets() -> None:
    doc = Document(BytesIO(word.document(FORM, fields(31))))
    assert [len(one.rows) for one in doc.tables] == [SHEET + 1] * 3
    assert doc.tables[1].rows[1].cells[1].text == "材料15号"
    assert doc.tables[2].rows[4].cells[0].text == "（以下空白）"
    titles = [one for one in doc.paragraphs if "".join(one.text.split()) == "卷内目录"]
    assert [bool(one.paragraph_format.page_break_before) for one in titles] == [False, True, True]


def test_the_empty_form_is_one_whole_sheet_for_the_hand() -> None:
    offered = specimen.for_hand(KEY, PartyKind.LEGAL_PERSON)
    form = template_blank.blank(FORM, offered)
    (said,) = pages(pdf.render(form, template_blank.rows_for(offered)).pdf)
    assert "以下空白" not in said
