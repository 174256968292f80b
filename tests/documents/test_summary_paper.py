"""当场行政处罚决定书 as it comes out: words, fields, copies, pages."""

import tomllib
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from enforcer import paths
from enforcer.documents import fields, pdf, placeholders, template
from enforcer.terms import Defence, DriverPresence, PartyKind, PaymentMode
from tests.documents.summary_papers import COMPANY, PAPER, PERSON, paper

FORM = template.shipped("summary_decision")
GOLDEN = Path(__file__).parent / "golden" / "summary_decision.txt"


def words_of(**changes: Any) -> str:
    return template.resolved_text(FORM, fields.summary_fields(paper(**changes)))


def test_the_words_are_those_that_were_agreed() -> None:
    assert words_of() == GOLDEN.read_text(encoding="utf-8")


PAPERS = [
    path
    for path in sorted((paths.resources() / "templates").glob("*.toml"))
    if "parts" in tomllib.loads(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_every_placeholder_of_every_shipped_template_is_offered(path: Path) -> None:
    form = template.shipped(path.stem)
    assert template.placeholders(form) - placeholders.offers(path.stem) == set()


def test_both_copies_carry_the_number_and_fit_one_page_each() -> None:
    printed = pdf.render(FORM, fields.summary_fields(PAPER))
    pages = [page.extract_text() for page in PdfReader(BytesIO(printed.pdf)).pages]
    assert len(pages) == printed.pages == 2
    for page in pages:
        assert page.count(PAPER.number) == 2, "the number and the seam line"
        assert "第1页" in page
        assert "共1页" in page
    assert "第一联" in pages[0]
    assert "存根" in pages[1]


@pytest.mark.parametrize(
    "changes",
    [
        {"party": COMPANY, "fine_fen": 300_000},
        {
            "defence": Defence.REJECTED,
            "defence_words": "货物是刚从车上卸下来的，马上就要搬进店里，摆放时间不长，请求不予处罚",
            "defence_answer": "执法记录仪视频显示货物已连续摆放四十分钟，占用盲道，理由不成立",
            "refused_to_sign": True,
            "refusal_reason": "当事人认为罚款数额过高，经说明后仍不愿签字",
        },
        {"plate": "湘J·8K216", "driver": DriverPresence.ABSENT, "obstructing": True},
        {"organ": replace(PAPER.organ, handled_by="常德高新技术产业开发区城市管理行政执法大队")},
    ],
)
def test_ordinary_content_stays_on_one_page_a_copy(changes: dict[str, Any]) -> None:
    assert pdf.render(FORM, fields.summary_fields(paper(**changes))).pages == 2


def test_long_content_flows_to_a_second_page_and_loses_nothing() -> None:
    long = "；".join(f"第{n}处货筐占用盲道约一平方米" for n in range(1, 201))
    printed = pdf.render(FORM, fields.summary_fields(paper(act=long)))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(printed.pdf)).pages)
    assert printed.pages > 2
    assert "".join(text.split()).count("第200处") == 2


def test_the_same_facts_give_the_same_bytes() -> None:
    offered = fields.summary_fields(PAPER)
    assert pdf.render(FORM, offered).sha256 == pdf.render(FORM, offered).sha256


def test_rare_characters_of_a_name_come_out_and_can_be_copied() -> None:
    printed = pdf.render(FORM, fields.summary_fields(paper(party=replace(PERSON, name="𬭎䶮"))))
    assert "𬭎䶮" in PdfReader(BytesIO(printed.pdf)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("changes", "there"),
    [
        ({"party": replace(PERSON, phone="")}, "电话｜/"),
        ({"party": COMPANY}, "法定代表人（负责人）｜刘某｜职务｜执行董事"),
        ({"party": COMPANY}, "统一社会信用代码｜91430700MA4L16JQ9B"),
        (
            {"party": replace(PERSON, kind=PartyKind.SOLE_TRADER, legal_representative="李国强")},
            "李国强（个体工商户）｜经营者｜李国强",
        ),
        ({"plate": "湘J·8K216"}, "车辆号牌：湘J·8K216"),
        ({"payment": PaymentMode.ON_SPOT_SMALL, "receipt_number": "湘财1"}, "票据号码｜湘财1"),
    ],
)
def test_the_party_and_the_rest_are_printed_as_they_are(
    changes: dict[str, Any], there: str
) -> None:
    assert there in words_of(**changes)


def test_text_with_markup_signs_is_printed_as_typed() -> None:
    odd = "<img src=x>  <b>{party.name}"
    assert words_of(act=odd).count(odd) == 2
