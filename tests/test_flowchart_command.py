"""`enforcer flowchart`: the wall charts, without a home."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from enforcer.__main__ import main
from enforcer.commands.common import DONE, TROUBLE, USAGE
from enforcer.models import Organ, Setting
from enforcer.queries.flowchart import ChartKind, SheetSize, office_chart
from tests.factories import an_office


def text(pdf: bytes) -> str:
    return "".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())


@pytest.mark.parametrize("kind", ["summary", "ordinary"])
@pytest.mark.parametrize("sheet", ["A3", "A4"])
def test_a_chart_is_written_where_it_is_asked_for(tmp_path: Path, kind, sheet, capsys):
    out = tmp_path / "图.pdf"
    words = ["flowchart", kind, "-o", str(out), "--sheet", sheet, "--on", "2026-11-23", "--json"]
    assert main(words) == DONE
    said = json.loads(capsys.readouterr().out)
    assert said == {"path": str(out), "sheet": sheet, "on": "2026-11-23"}
    wide = float(PdfReader(out).pages[0].mediabox.width)
    assert round(wide / 72 * 25.4) == {"A3": 297, "A4": 210}[sheet]


def test_the_unit_stands_on_the_chart_and_an_old_file_is_replaced(tmp_path: Path, capsys):
    out = tmp_path / "图.pdf"
    out.write_bytes(b"old")
    assert main(["flowchart", "ordinary", "-o", str(out), "--unit", "常德市城管局"]) == DONE
    assert "常德市城管局" in text(out.read_bytes())
    assert "流程图已写到" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("flowchart",), USAGE),
        (("flowchart", "ordinary"), USAGE),
        (("flowchart", "criminal", "-o", "x.pdf"), USAGE),
        (("flowchart", "ordinary", "-o", "x.pdf", "--sheet", "A5"), USAGE),
        (("flowchart", "ordinary", "-o", "x.pdf", "--on", "昨天"), USAGE),
    ],
)
def test_wrong_words_are_wrong_usage(words, code, capsys):
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert ended.value.code == code
    assert "用法不对" in capsys.readouterr().err


def test_a_place_that_is_not_there_is_trouble_and_nothing_is_written(tmp_path: Path, capsys):
    assert main(["flowchart", "ordinary", "-o", str(tmp_path / "无" / "图.pdf")]) == TROUBLE
    assert "文件夹" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_office_chart_has_its_name_and_what_it_has_confirmed(store, today):
    an_office(store)
    before = text(office_chart(store, ChartKind.SUMMARY, on=today).pdf)
    assert "常德市城市管理和综合执法局" in before
    assert "天数待机关确认" in before
    with store.unit(actor="测试", operation="put") as session:
        session.add(Setting(key="law.summary_record_days", value={"value": 3}))
        session.add(Setting(key="law.sole_trader_limit", value={"value": "legal_person"}))
    after = text(office_chart(store, ChartKind.SUMMARY, on=today).pdf)
    assert "3个工作日内" in after
    assert "个体工商户按法人" in after
    assert "天数待机关确认" not in after


def test_with_two_organs_the_chart_names_none(store, today):
    an_office(store)
    with store.unit(actor="测试", operation="put") as session:
        session.add(Organ(name="常德市水利局"))
    said = text(office_chart(store, ChartKind.ORDINARY, on=today, size=SheetSize.A4).pdf)
    assert "常德市" not in said
