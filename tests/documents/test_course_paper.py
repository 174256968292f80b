"""Every paper of the ordinary course as it comes out of one complete case."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from enforcer import paths
from enforcer.documents import (
    course_fields,
    course_rules,
    evidence_list,
    marked,
    pdf,
    specimen,
    template,
)
from enforcer.documents.course_facts import CoursePaper, SignOffOnPaper
from enforcer.documents.parts import Template
from enforcer.law import citations
from tests.documents.spoil_case import AIR, CHAIN, CODE, Law
from tests.documents.spoil_papers_after import PAPERS

GOLDEN = Path(__file__).parent / "golden" / "course"
KEYS = course_rules.keys()


def form(key: str) -> Template:
    return template.shipped(key)


def made(key: str, law: Law = CODE) -> CoursePaper:
    """The paper of the complete case; of the editor's own case where that has none."""
    return PAPERS[key](law) if key in PAPERS else specimen.course(key)


def words(paper: CoursePaper) -> str:
    return template.resolved_text(form(paper.key), course_fields.course_fields(paper))


def printed(paper: CoursePaper) -> list[str]:
    done = pdf.render(form(paper.key), course_fields.course_fields(paper))
    return ["".join(p.extract_text().split()) for p in PdfReader(BytesIO(done.pdf)).pages]


def test_every_paper_has_a_template_fields_and_a_place_in_the_case() -> None:
    shipped = {path.stem for path in (paths.resources() / "templates").glob("*.toml")}
    assert set(PAPERS) <= set(KEYS)
    others = {"courteous_notice", "summary_decision", *evidence_list.KEYS}
    assert shipped - others == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_every_placeholder_of_a_template_is_offered(key: str) -> None:
    assert form(key).key == key
    assert template.placeholders(form(key)) - course_fields.paths(key) == set()


@pytest.mark.parametrize("key", KEYS)
def test_the_words_are_those_that_were_agreed(key: str) -> None:
    assert words(made(key)) == (GOLDEN / f"{key}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", tuple(PAPERS))
def test_before_the_code_each_paper_cites_the_law_of_its_day(key: str) -> None:
    paper = made(key, AIR)
    said = words(paper)
    assert "生态环境法典" not in said
    faults = [one.say for one in citations.faults(said, paper.on)]
    past = [say for say in faults if "大气污染防治法" not in say]
    assert past == []


@pytest.mark.parametrize("key", KEYS)
def test_no_article_that_a_template_cites_is_out_of_force(key: str) -> None:
    assert citations.faults(words(made(key)), date(2026, 11, 23)) == ()


@pytest.mark.parametrize("key", KEYS)
def test_nothing_is_left_empty_where_the_case_has_the_fact(key: str) -> None:
    paper = made(key)
    filled = course_fields.course_fields(paper)
    for part in form(key).parts:
        for copy in form(key).copies:
            for one in template.fill(part, filled, copy, page="1", pages="1"):
                for row in one.rows:
                    for text, cell in zip(row.texts, row.row.cells, strict=True):
                        named = list(cell.words.paths)
                        assert not named or text.strip(" \n\ufdd5"), (part.where, named)


@pytest.mark.parametrize("key", KEYS)
def test_each_paper_comes_out_whole_with_its_code_and_page_numbers(key: str) -> None:
    paper = made(key)
    pages = printed(paper)
    said = "".join(pages)
    if key != "dossier_contents":
        assert paper.case.party.name in said
    if paper.number:
        assert paper.number in said
    if not key.startswith("dossier"):
        copies = len(form(key).copies)
        count = len(pages) // copies
        for at, page in enumerate(pages):
            assert f"第{at % count + 1}页共{count}页" in page


SIGNED_ON_EVERY_PAGE = (
    "inspection_record",
    "inquiry_record",
    "defence_record",
    "hearing_record",
    "education_record",
    "discussion_record",
)


@pytest.mark.parametrize("key", SIGNED_ON_EVERY_PAGE)
def test_a_record_has_its_signatures_at_the_foot_of_every_page(key: str) -> None:
    paper = made(key)
    long = "\n".join(f"问：第{n}车渣土运往哪里？\n答：运往南山消纳场。" for n in range(1, 60))
    name = {"hearing_record": "record", "discussion_record": "facts"}.get(key, "content")
    pages = printed(replace(paper, matter=replace(paper.matter, **{name: long})))  # type: ignore[type-var]
    assert len(pages) > 2
    for page in pages:
        assert re.search("[（]签[名字].*[）]：", page), page


@pytest.mark.parametrize("key", ["inspection_record", "inquiry_record", "defence_record"])
def test_a_record_without_words_is_ruled_for_the_hand(key: str) -> None:
    paper = made(key)
    empty = replace(paper, matter=replace(paper.matter, content=""))  # type: ignore[type-var]
    shown = [part.kind for part in form(key).parts]
    assert "lines" in shown
    assert "None" not in words(empty)


def test_three_to_five_levels_sign_each_in_a_box_of_its_own() -> None:
    paper = made("decision_approval")
    for count in (3, 4, 5):
        levels = tuple(SignOffOnPaper(level=f"第{n}级意见") for n in range(1, count + 1))
        said = words(replace(paper, sign_offs=levels))
        assert said.count("级意见") == count
        assert said.count("签名：") == count + 1, "and that of the handlers"


def test_a_box_that_nobody_signed_yet_is_left_for_the_hand() -> None:
    said = words(replace(made("filing_approval"), sign_offs=CHAIN))
    assert "☐同意　　☐不同意" in said.split("负责人意见")[1]
    assert "☑" not in said
    assert "　　年　　月　　日" in said


def test_a_secret_informant_is_not_named() -> None:
    paper = made("lead_register")
    said = words(replace(paper, matter=replace(paper.matter, secret=True)))  # type: ignore[type-var]
    assert "刘女士" not in said
    assert "13507300000" not in said
    assert "要求保密" in said


def test_what_nothing_is_said_of_is_struck_through() -> None:
    paper = made("filing_approval")
    party = replace(paper.case.party, phone="", position="")
    said = words(replace(paper, case=replace(paper.case, party=party)))
    assert "职务｜/" in said
    assert "联系电话｜/" in said


def test_the_same_facts_give_the_same_bytes() -> None:
    filled = course_fields.course_fields(made("penalty_decision"))
    one = pdf.render(form("penalty_decision"), filled)
    assert one.sha256 == pdf.render(form("penalty_decision"), filled).sha256


def test_no_template_holds_words_for_the_printer_alone() -> None:
    for key in KEYS:
        assert marked.MARKS.isdisjoint(words(made(key))), key
