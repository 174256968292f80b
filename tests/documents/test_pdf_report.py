"""The quarterly report on paper."""

from io import BytesIO

import pypdf
import pytest

from enforcer.documents import report
from enforcer.documents.report import (
    ReportCell,
    ReportChart,
    ReportPair,
    ReportPart,
    ReportSeries,
    ReportTable,
    ReportText,
)
from enforcer.errors import GlyphMissing
from tests.documents.paper_samples import boxes, page_size, texts

TABLE = ReportTable(
    "表一　行政处罚情况",
    (
        (ReportCell("月份", down=2), ReportCell("处罚宗数", 2), ReportCell("备注", down=2)),
        (ReportCell("警告"), ReportCell("罚款")),
    ),
    (("7月", "3", "12", ""), ("8月", "2", "9", "含撤销1宗"), ("合计", "5", "21", "")),
    widths=(2, 1, 1, 3),
    note="注：按决定日期统计。",
    totals=1,
)
CHART = ReportChart(
    "图一　各月数量",
    ("7月", "8月"),
    (ReportSeries("温馨告知", (620, 701)), ReportSeries("行政处罚", (15, 11))),
    unit="宗",
)


def _made(*parts: ReportPart, landscape: bool = False) -> bytes:
    return report.tables("季度统计表", "2026年第三季度", parts, foot="链值", landscape=landscape)


def test_a_report_says_all_its_words_and_is_signed() -> None:
    (said,) = texts(_made(ReportText("本季度情况如下。"), TABLE, CHART))
    for word in ("季度统计表", "2026年第三季度", "本季度情况如下", "处罚宗数", "含撤销1宗",
                 "注：按决定日期统计", "温馨告知", "701", "审核领导", "填表人", "链值", "第1页共1页"):  # fmt: skip
        assert word in said


def test_joined_heads_stand_over_their_columns() -> None:
    found = list(boxes(_made(TABLE)))
    text = "".join(box.text for box in found)
    month, warning, joined = (found[text.index(w)] for w in ("月份", "警告", "处罚宗数"))
    assert warning.top < joined.bottom
    assert warning.bottom < month.bottom < joined.bottom
    assert joined.left < warning.right + 40


def test_a_long_table_repeats_its_head_on_every_page() -> None:
    rows = tuple((str(i), f"湘J·8K{i:03}") for i in range(90))
    made = _made(ReportTable("明细", ((ReportCell("序号"), ReportCell("号牌")),), rows))
    said = texts(made)
    assert len(said) == 3
    assert all("序号号牌" in page for page in said[:2])
    assert f"第3页共{len(said)}页" in said[-1]
    assert all(f"8K{i:03}" in "".join(said) for i in range(90))


@pytest.mark.parametrize("before", range(24, 38))
@pytest.mark.parametrize("count", [2, 3, 9])
def test_no_row_of_a_table_stands_alone_on_a_page(before: int, count: int) -> None:
    filling = tuple((f"先{i:02}",) for i in range(before))
    rows = tuple((f"后{i:02}",) for i in range(count))
    head = ((ReportCell("项目"),),)
    said = texts(_made(ReportTable("甲", head, filling), ReportTable("乙", head, rows)))
    found = [sum(row in page for (row,) in rows) for page in said]
    assert sum(found) == count
    assert 1 not in found


def test_the_same_report_gives_the_same_bytes_with_embedded_faces_only() -> None:
    assert _made(TABLE, CHART) == _made(TABLE, CHART)
    fonts = pypdf.PdfReader(BytesIO(_made(TABLE, CHART))).pages[0]["/Resources"]["/Font"]
    assert all("/DescendantFonts" in face.get_object() for face in fonts.values())


@pytest.mark.parametrize("values", [(0, 0), (1, 0), (3.5, 120000)])
def test_a_chart_of_any_height_can_be_drawn(values: tuple[float, float]) -> None:
    chart = ReportChart("图", ("甲", "乙"), (ReportSeries("值", values),))
    assert "图" in texts(_made(chart))[0]


def test_a_wide_report_lies_across() -> None:
    assert page_size(_made(TABLE, landscape=True)) == pytest.approx((842, 595), abs=1)


def test_a_character_no_face_draws_stops_the_report() -> None:
    with pytest.raises(GlyphMissing):
        _made(ReportText("好😀"))


LYING = ReportChart(
    "图二　多发地点",
    ("桃林路118号门前人行道北侧靠近公交站台" * 3, "滨河路"),
    (ReportSeries("温馨告知", (1_234_567, 1)), ReportSeries("行政处罚", (0, 0.5))),
    across=True,
    note="另有3处地点没有画出。",
)


def test_bars_lie_beside_long_names_and_the_longest_is_cut_within_the_sheet() -> None:
    pdf = _made(LYING)
    (said,) = texts(pdf)
    for word in ("图二多发地点", "滨河路", "1,234,567", "0.5", "另有3处地点没有画出", "…"):
        assert word in said
    assert max(one.right for one in boxes(pdf)) <= page_size(pdf)[0] - 50


def test_two_charts_stand_beside_each_other() -> None:
    found = list(boxes(_made(ReportPair((CHART, LYING)))))
    text = "".join(box.text for box in found)
    left, right = found[text.index("图一")], found[text.index("图二")]
    assert abs(left.top - right.top) < 1
    assert left.right < right.left


def test_a_report_can_be_set_on_a3() -> None:
    wide, tall = page_size(report.tables("权责清单", "", (TABLE,), landscape=True, paper="A3"))
    assert (round(wide / 72 * 25.4), round(tall / 72 * 25.4)) == (420, 297)


def test_the_note_stays_with_its_table() -> None:
    for before in range(22, 30):
        filler = ReportTable("", (), tuple((str(i),) for i in range(before)), note="")
        said = [one for one in texts(_made(filler, TABLE)) if "注：按决定日期统计" in one]
        assert [one for one in said if "合计" in one] == said
