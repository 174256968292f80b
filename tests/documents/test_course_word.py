"""Every paper as .docx: the words of the printed paper, in fonts and tables an office can go on with."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdf import PdfReader

from enforcer.documents import (
    course_fields,
    course_rules,
    fields,
    marked,
    notice_fields,
    pdf,
    specimen,
    template,
    word,
)
from enforcer.documents.course_facts import CoursePaper
from enforcer.law.notice_defaults import Wording
from tests.documents.spoil_case import CODE
from tests.documents.spoil_papers_after import PAPERS
from tests.documents.summary_papers import PAPER

KEYS = course_rules.keys()
SILENT = re.compile(r"[\s＿☐☑]")


def made(key: str) -> CoursePaper:
    return PAPERS[key](CODE) if key in PAPERS else specimen.course(key)


def opened(key: str, paper: CoursePaper | None = None) -> Any:
    offered = course_fields.course_fields(paper or made(key))
    return Document(BytesIO(word.document(template.shipped(key), offered)))


def squeezed(text: str) -> str:
    return SILENT.sub("", text)


def paragraphs(doc: Any) -> Iterator[str]:
    """The text of the body in order, the cells of tables among it; merged cells once."""
    for block in doc.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in dict.fromkeys(row.cells):
                    yield from (one.text for one in cell.paragraphs)


def printed(key: str) -> tuple[str, str]:
    """The words of the PDF, and those that stand on every page."""
    form, offered = template.shipped(key), course_fields.course_fields(made(key))
    pages = [one.extract_text() for one in PdfReader(BytesIO(pdf.render(form, offered).pdf)).pages]
    around, each = "", len(pages) // len(form.copies)
    for copy in form.copies:
        for at in range(1, each + 1):
            for part in form.parts:
                if part.kind in ("footer", "code"):
                    for one in template.fill(part, offered, copy, page=str(at), pages=str(each)):
                        around += "".join(t for n, t in one.texts.items() if n != "text")
    return squeezed("".join(pages)), squeezed(marked.plain(around))


@pytest.mark.parametrize("key", KEYS)
def test_the_words_are_those_of_the_printed_paper(key: str) -> None:
    whole, around = printed(key)
    texts = [squeezed(one) for one in paragraphs(opened(key))]
    assert Counter("".join(texts)) == Counter(whole) - Counter(around)
    for text in texts:
        head = text[:12]
        assert head in whole, text


@pytest.mark.parametrize("key", KEYS)
def test_every_run_names_a_chinese_font_and_the_margins_are_the_template_s(key: str) -> None:
    doc = opened(key)
    form = template.shipped(key)
    top, right, _, left = form.sheet.margins
    for section in doc.sections:
        measured = (section.top_margin.mm, section.right_margin.mm, section.left_margin.mm)
        assert measured == pytest.approx((top, right, left), abs=0.2)
        assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.2)
    runs = doc.element.body.findall(f".//{qn('w:r')}")
    assert runs
    for run in runs:
        if run.find(qn("w:t")) is None:
            continue  # a tab
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert fonts is not None
        assert fonts.get(qn("w:eastAsia")) in {"仿宋", "黑体", "方正小标宋简体", "楷体", "宋体"}


def test_a_fill_in_is_underlined_and_a_signature_has_its_line() -> None:
    doc = opened("correction_order")
    underlined = [run.text for one in doc.paragraphs for run in one.runs if run.underline]
    assert any("长岭大道" in text for text in underlined)
    blank = [len(text) for text in underlined if set(text) == {"　"}]
    assert sorted(blank) == [1, 1, 1, 1, 2, 2, 7, 7], "each officer his line, and his date"


def test_the_chain_is_a_ruled_table_whose_columns_fill_the_measure() -> None:
    doc = opened("filing_approval")
    (table,) = doc.tables
    assert "承办机构" in table.rows[-3].cells[0].text
    wide = sum(int(one.get(qn("w:w"))) for one in table._tbl.tblGrid.findall(qn("w:gridCol")))
    section = doc.sections[0]
    measure = (section.page_width - section.left_margin - section.right_margin) / 635
    assert wide == pytest.approx(measure, abs=20)


def test_each_copy_is_a_section_that_counts_its_own_pages() -> None:
    doc = opened("legal_review_opinion")
    assert len(doc.sections) == 2
    feet = [squeezed("".join(c.text for t in s.footer.tables for r in t.rows for c in r.cells)) for s in doc.sections]  # fmt: skip
    assert "第一联" in feet[0]
    assert "第二联" in feet[1]
    for section in doc.sections:
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert len(section._sectPr.findall(qn("w:pgNumType"))) == 1


@pytest.mark.parametrize("key", ["inquiry_record", "inspection_record", "defence_record"])
def test_the_signatures_of_a_record_stand_in_the_foot_of_every_page(key: str) -> None:
    foot = opened(key).sections[0].footer
    said = "".join(one.text for table in foot.tables for row in table.rows for one in row.cells)
    assert "（签名）" in said
    assert "记录人（签名）" in said


def test_the_code_is_a_picture_in_the_foot() -> None:
    offered = course_fields.course_fields(made("penalty_decision"))
    data = word.document(template.shipped("penalty_decision"), offered)
    with ZipFile(BytesIO(data)) as packed:
        pictures = [name for name in packed.namelist() if name.startswith("word/media/")]
        assert len(pictures) == 1
        assert packed.read(pictures[0]).startswith(b"\x89PNG")
        assert "华文中宋".encode() in packed.read("word/fontTable.xml")


def test_long_words_and_odd_signs_are_kept() -> None:
    odd = "<w:t>&amp; {party.name} \u3000“引号”" + "长" * 3000
    paper = made("penalty_decision")
    paper = replace(paper, matter=replace(paper.matter, facts=odd))  # type: ignore[type-var]
    said = "".join(paragraphs(opened("penalty_decision", paper)))
    assert odd in said


@pytest.mark.parametrize("key", ["summary_decision", "courteous_notice"])
def test_the_papers_of_the_other_courses_come_out_too(key: str) -> None:
    form = template.shipped(key)
    if key == "summary_decision":
        offered = fields.summary_fields(PAPER)
    else:
        facts = notice_fields.NoticeFacts(
            number="常城管温告字〔2026〕第00001号",
            uid=UUID(int=1),
            sender=notice_fields.Sender("常德市城市管理和综合执法局"),
            wording=Wording("人行道是留给行人的", "《道路交通安全法》第五十六条"),
            plate="湘J·8K216",
            plate_known=True,
        )
        offered = notice_fields.notice_fields(facts)
    doc = Document(BytesIO(word.document(form, offered)))
    assert form.title in "".join(paragraphs(doc))
    assert len(doc.sections) == len(form.copies)
