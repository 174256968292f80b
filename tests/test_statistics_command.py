"""The command `statistics`, as an officer runs it."""

import json
import re
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest

from enforcer.__main__ import main
from enforcer.errors import TemplateTrouble
from enforcer.queries import statistics, statistics_paper, statistics_summary
from enforcer.queries.statistics_measures import LABELS
from enforcer.terms import Discretion, GuidanceKind, NoPenaltyReason, NoticeOutcome
from enforcer.terms import PenaltyKind as K
from tests.factories import an_office
from tests.queries.statistics_rows_made import (
    a_decision,
    a_notice,
    a_payment,
    an_education,
)

Q3 = statistics.Period(date(2026, 7, 1), date(2026, 9, 30))


@pytest.fixture
def home(store) -> Path:
    an_office(store)
    with store.unit(actor="测试", operation="test") as session:
        for day in (5, 6):
            decision = a_decision(session, date(2026, 8, day), (K.WARNING, K.FINE), 10_000)
            a_payment(session, decision, date(2026, 8, day), 10_000)
        a_decision(session, date(2026, 9, 1), (K.WARNING,))
        a_decision(session, date(2025, 9, 1), (K.WARNING,))
        a_decision(
            session,
            date(2026, 9, 2),
            (),
            discretion=Discretion.NO_PENALTY,
            no_penalty_reason=NoPenaltyReason.FIRST_VIOLATION,
        )
        for plate in ("湘J8K216", "湘J8K216", "湘JD03127"):
            a_notice(session, date(2026, 7, 3), plate, outcome=NoticeOutcome.MOVED_OFF)
        an_education(session, date(2026, 7, 3), GuidanceKind.LEAFLET, 300)
    return store.home


def run(home: Path, *words: str) -> int:
    return main(["--home", str(home), "statistics", *words])


@pytest.mark.parametrize("period", ["2026Q3", "2026-07-01:2026-09-30"])
def test_json_is_one_document_and_nothing_else(home, capsys, period):
    assert run(home, "--period", period, "--json") == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert said.err == ""
    assert found["period"] == {"from": "2026-07-01", "to": "2026-09-30"}
    assert found["penalties"]["total"] == 3
    assert found["penalties"]["by_class"]["罚款"] == 2
    assert found["guidance"]["vehicles"] == 2
    assert found["guidance"]["repeat_vehicles"] == 1
    assert found["payment"]["paid_yuan"] == "200.00"


@pytest.mark.parametrize(
    "period", ["2026Q5", "去年", "2026-09-30:2026-07-01", "2026-02-30:2026-03-01"]
)
def test_a_bad_period_is_wrong_usage_and_says_how_to_write_it(home, capsys, period):
    with pytest.raises(SystemExit) as ended:
        run(home, "--period", period)
    assert ended.value.code == 2
    assert "期间" in capsys.readouterr().err


def test_a_missing_period_is_wrong_usage(home):
    with pytest.raises(SystemExit) as ended:
        run(home, "--json")
    assert ended.value.code == 2


def test_a_missing_home_is_trouble(tmp_path, capsys):
    assert run(tmp_path / "none", "--period", "2026Q3") == 3
    assert "没有数据库" in capsys.readouterr().err


def test_without_a_form_the_figures_are_said_line_by_line(home, capsys):
    assert run(home, "--period", "2026Q3") == 0
    said = capsys.readouterr().out
    assert "2026年第三季度" in said
    assert "罚没金额\t200.00 元" in said
    assert "温馨告知书\t3" in said


def test_the_paragraph_tells_what_happened_and_drops_what_did_not(home, capsys):
    assert run(home, "--period", "2026Q3", "--summary") == 0
    said = capsys.readouterr().out.strip()
    assert said == (
        "2026年第三季度，发放温馨告知书3份，涉及车辆2辆，其中重复告知的1辆，劝导驶离3辆次。"
        "开展宣传教育和行政指导：发放宣传单300份。"
        "作出行政处罚决定3件，其中简易程序3件，罚没金额200元。"
        "按违法行为分：擅自占用城市道路3件。"
        "依法不予行政处罚1件，其中初次违法1件。"
        "收缴罚没款200元。"
    )


def test_an_empty_span_has_its_own_sentence(home, capsys):
    assert run(home, "--period", "2024", "--summary") == 0
    said = capsys.readouterr().out.strip()
    assert said == "2024年度没有登记温馨告知、宣传教育和行政处罚。"


def test_every_name_in_the_paragraph_is_a_figure():
    wording = statistics_summary.read()
    for sentence in wording.sentences:
        for clause in sentence.clauses:
            assert set(clause.needs) <= set(LABELS)
            assert set(re.findall(r"\{(.+?)\}", clause.text)) <= {
                *LABELS,
                *statistics_summary.WORDS,
            }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{guidance.vehicles}", "{guidance.cars}"),
        ('needs = ["guidance.leaflets"]', 'needs = ["leaflets"]'),
        ('join = "，"', ""),
        ('join = "，"', 'join = "，"\nspare = 1'),
        ("[[sentences]]", "[[sentences"),
    ],
)
def test_a_paragraph_that_names_an_unknown_figure_is_refused(tmp_path, old, new):
    from enforcer import paths

    text = (paths.resources() / "reports" / statistics_summary.FILE).read_text("utf-8")
    (tmp_path / statistics_summary.FILE).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(TemplateTrouble):
        statistics_summary.read(tmp_path)


def test_the_workbook_carries_real_numbers_and_merged_heads(home, tmp_path, capsys):
    target = tmp_path / "三季度.xlsx"
    assert run(home, "--period", "2026Q3", "--xlsx", str(target), "--json") == 0
    assert json.loads(capsys.readouterr().out)["penalties"]["total"] == 3
    book = openpyxl.load_workbook(target)
    sheet = book["行政处罚实施情况统计表"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0][0] == "行政处罚实施情况统计表（2026年第三季度）"
    assert cells[1][1] == "处罚种类（宗）"
    assert cells[2][1:4] == ["警告、通报批评", "罚款", "没收违法所得、没收非法财物"]
    assert cells[3][0] == "本期"
    assert cells[3][1:3] == [1, 2]
    assert cells[3][-2:] == [3, 200]
    assert cells[4][:3] == ["上年同期", 1, 0]
    assert "B2:J2" in {str(one) for one in sheet.merged_cells.ranges}
    words = "\n".join(str(value) for row in cells for value in row if value)
    for wanted in (
        "填报单位：常德市城市管理和综合执法局",
        "审核领导",
        "填表人",
        "操作记录末条校验值",
    ):
        assert wanted in words
    assert [one.title for one in book.worksheets][:2] == [
        "行政处罚实施情况统计表",
        "执法办案情况统计表",
    ]


def test_a_workbook_asked_for_again_takes_the_place_of_the_old_one(home, tmp_path):
    target = tmp_path / "x.xlsx"
    assert run(home, "--period", "2026Q3", "--xlsx", str(target)) == 0
    assert run(home, "--period", "2026Q3", "--xlsx", str(target)) == 0


def test_a_folder_that_is_not_there_is_trouble(home, tmp_path, capsys):
    for option, name in (("--xlsx", "x.xlsx"), ("--pdf", "x.pdf")):
        assert run(home, "--period", "2026Q3", option, str(tmp_path / "no" / name)) == 3
    assert "文件夹" in capsys.readouterr().err


@pytest.mark.parametrize(("unit", "amount"), [("元", "200.00"), ("万元", "0.02")])
def test_the_paper_names_unit_span_signers_and_the_head_of_the_log(home, tmp_path, unit, amount):
    target = tmp_path / "q.pdf"
    assert run(home, "--period", "2026Q3", "--pdf", str(target), "--unit", unit) == 0
    pages = pypdf.PdfReader(target).pages
    words = "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")
    head = _head(home)
    for wanted in (
        "2026年第三季度行政执法统计报表",
        "填报单位：常德市城市管理和综合执法局",
        "统计期间：2026-07-01至2026-09-30",
        f"金额单位：{unit}",
        "审核领导",
        "填表人",
        "责令停产停业、责令关闭、限制从业",
        "柔性执法情况表",
        "执法办案情况统计表",
        f"罚没金额（{unit}）",
        amount,
        head,
    ):
        assert wanted in words, wanted


def _head(home: Path) -> str:
    from enforcer.store.database import open_store
    from tests.conftest import NOW

    store = open_store(home, clock=lambda: NOW)
    try:
        return statistics.report(store, Q3).chain_head
    finally:
        store.close()


def test_the_same_report_gives_the_same_paper(store):
    made = statistics.report(store, Q3)
    layout = statistics_paper.Layout(date(2026, 10, 8))
    assert statistics_paper.make_pdf(made, layout=layout) == statistics_paper.make_pdf(
        made, layout=layout
    )


def test_every_piece_is_shown_in_chinese_and_comes_back_the_same():
    for part in statistics_summary.parts():
        said = statistics_summary.readable(part.text)
        assert not re.search(r"[a-z]", said)
        assert statistics_summary.coded(said) == part.text
