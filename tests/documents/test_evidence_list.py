"""证据清单: whoever signs sees on the same sheet some of what he signs for."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from enforcer.documents import evidence_list, template
from enforcer.documents.evidence_list import EvidencePaper, LineOnPaper
from enforcer.documents.facts import OfficerOnPaper

LINE = LineOnPaper(
    title="执法记录仪录像",
    kind="视听资料",
    proves="证明当事人运输渣土未密闭，沿途遗撒的事实",
    made_by="周敏",
    place="桃林路118号",
    made_how="执法记录仪拍摄",
    verified_by="何志远",
    verified_how="与原始载体核对无异",
    verified_on=date(2026, 9, 8),
    span="00:01:10—00:03:20",
)


def pages(count: int) -> list[str]:
    officers = (
        OfficerOnPaper(name="周敏", certificate="YX070012"),
        OfficerOnPaper(name="何志远", certificate="YX070019"),
    )
    paper = EvidencePaper(
        uid=UUID(int=1),
        on=date(2026, 9, 30),
        organ="云溪市城市管理和综合执法局",
        number="云城管立字〔2026〕第001号",
        cause="涉嫌运输渣土未密闭案",
        officers=officers,
        lines=(LINE,) * count,
    )
    made = evidence_list.render(template.shipped("evidence_list"), evidence_list.list_fields(paper))
    return ["".join(one.extract_text().split()) for one in PdfReader(BytesIO(made.pdf)).pages]


@pytest.mark.parametrize("count", range(1, 24))
def test_the_signatures_never_stand_alone_on_a_page(count: int) -> None:
    found = pages(count)
    assert found[-1].count("执法人员（签名）") == 2
    assert "以下空白" in found[-1]
    assert f"以上共{count}项" in found[-1]
