"""Copied ranges as Excel, WPS, LibreOffice and web pages put them on the clipboard."""

from __future__ import annotations

from datetime import date

import pytest

from enforcer.errors import WorkbookTrouble
from enforcer.exchange import mapping, pasted
from enforcer.exchange.mapping import MAPPED
from enforcer.exchange.workbook import Reading

TODAY = date(2026, 9, 3)
NOTICE = "旧1号\t湘J12345\t2026/8/1 9:05\t柳叶大道"
HEAD = "编号\t号牌号码\t告知时间\t地点"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ("a\tb\r\n\r\n\t\r\n", [["a", "b"]]),
        ("a\t\t\r\nb\t\t\r\n", [["a", "", ""], ["b", "", ""]]),
        ('a\t"上\n下"\tb\r\n', [["a", "上\n下", "b"]]),
        ('"上\r\n下"\tb', [["上\n下", "b"]]),
        ('"说""停""\n走"\tb', [['说"停"\n走', "b"]]),
        ('"紧急"情况\tb\r\nc\td', [['"紧急"情况', "b"], ["c", "d"]]),
        ('"没有收尾\tb\r\nc\td', [['"没有收尾', "b"], ["c", "d"]]),
        ('5" 管\tb', [['5" 管', "b"]]),
        ('"整格引号"\tb', [['"整格引号"', "b"]]),
        ('""\tb', [['""', "b"]]),
        ("", []),
    ],
)
def test_cells_are_cut_where_the_spreadsheet_cut_them(text: str, cells: list[list[str]]) -> None:
    assert pasted.rows(text) == cells


@pytest.mark.parametrize(
    ("html", "cells"),
    [
        (
            "<!--StartFragment--><table><tr><td>编号<td>号 牌</tr><tr><td>1</td>\n<td>上<br>下</table>",
            [["编号", "号 牌"], ["1", "上\n下"]],
        ),
        ("<table><tr><td colspan=2>告知</td><td>地点</td></tr></table>", [["告知", "", "地点"]]),
        ("<table><tr><td>a&amp;b&nbsp;</td><td>\n  c\n  d </td></tr></table>", [["a&b", "c d"]]),
        ("<table><tr><td>1<tr><td>2</table><table><tr><td>3</table>", [["1"], ["2"]]),
        ('<table><tr><td>说"停"</td></tr></table>', [['说"停"']]),
        ("<p>没有表格</p>", []),
    ],
)
def test_a_table_of_a_page_reads_as_a_range(html: str, cells: list[list[str]]) -> None:
    assert pasted.rows(pasted.table_text(html)) == cells


def read(kind: str, text: str) -> Reading:
    grid = mapping.pasted_grid(text)
    layout = mapping.guess(grid, MAPPED[kind])
    return mapping.read_mapped(grid, MAPPED[kind], layout, today=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\r\n{NOTICE}\r\n",
        "旧1号\t湘J12345\t蓝\t2026/8/1 9:05\t柳叶大道\r\n",
        f"{HEAD}\t\t\r\n{NOTICE}\t\t\r\n\t\t\t\t\t\r\n",
        f"违停台账\t\t\t\r\n{HEAD}\r\n{NOTICE}\r\n合计\t1\t\t\r\n",
    ],
    ids=["with header", "without header", "blank columns", "title and total"],
)
def test_a_range_of_notices_reads_with_and_without_its_header(text: str) -> None:
    reading = read("notices", text)
    assert [one.values["number"] for one in reading.rows] == ["旧1号"]
    assert reading.refused == []


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("notices", f"{HEAD}\n'00012\t湘J12345\t2026/8/1 9:05\t柳叶大道", "00012"),
        ("notices", f"{HEAD}\n00012\t湘J12345\t2026/8/1 9:05\t柳叶大道", "00012"),
        (
            "notices",
            f"{HEAD}\n123456789012345678\t湘J12345\t2026/8/1\t柳叶大道",
            "123456789012345678",
        ),
        ("notices", f"{HEAD}\n1.23457E+17\t湘J12345\t2026/8/1\t柳叶大道", "缩写显示"),
        ("notices", f"{HEAD}\n旧1号\t湘J12345\t#######\t柳叶大道", "告知时间"),
        ("notices", f'{HEAD}\n旧1号\t湘J12345\t2026/8/1\t"柳叶大道\n东侧"', "柳叶大道\n东侧"),
        ("education", "日期\t方式\t数量\n2026/8/1\t发放宣传单\t3,000", "3000"),
        ("education", "日期\t方式\t数量\n46235\t发放宣传单\t30份", "2026-08-01"),
        ("education", "2026/8/1\t发放宣传单\t人民路\t30", "人民路"),
    ],
)
def test_what_a_cell_shows_is_read_or_sent_back(kind: str, text: str, said: str) -> None:
    reading = read(kind, text)
    rows = [str(value) for one in reading.rows for value in one.values.values()]
    told = [one.column + one.say for one in reading.refused]
    assert said in rows or any(said in one for one in told), (rows, told)


def test_nothing_copied_is_said() -> None:
    with pytest.raises(WorkbookTrouble, match="没有表格内容"):
        mapping.pasted_grid(" \r\n\t\r\n")
