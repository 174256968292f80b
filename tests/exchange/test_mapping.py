"""Other people's ledgers: where the header stands, which column is which, how their cells read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from enforcer.errors import WorkbookTrouble
from enforcer.exchange.ledgers import EDUCATION, NOTICES, PENALTIES
from enforcer.exchange.mapping import (
    Grid,
    Layout,
    Source,
    fingerprint,
    guess,
    pasted_grid,
    read_grids,
    read_mapped,
    titles,
)
from enforcer.exchange.mapping_cells import _in_wan, _money
from enforcer.money import parse_yuan
from enforcer.terms import GuidanceKind, NoticeOutcome, PartyKind, PenaltyKind

TODAY = dt.date(2026, 9, 3)


def a_book(path: Path, rows: list[list[Any]], *merged: str) -> Grid:
    book = Workbook()
    page = book.active
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    book.save(path)
    return read_grids(path)[0]


def headers(layout: Layout, grid: Grid) -> dict[str, str]:
    found = titles(grid, layout.top, layout.height)
    return {
        key: found[one.column].joined
        for key, one in layout.sources.items()
        if one.column is not None
    }


def test_a_title_a_merged_and_a_two_line_header_are_seen_through(tmp_path: Path) -> None:
    grid = a_book(
        tmp_path / "台账.xlsx",
        [
            ["某区违停告知台账（2026年）"],
            ["填报单位：某大队"],
            ["序号", "告知书\n编号", "车辆信息", None, "告知", None, "地点", "执法人员", None, "结果"],
            [None, None, "车牌号", "颜色", "日期", "时间", None, "主办", "协办", None],
            [1, "告1号", "湘J12345", "蓝", dt.date(2026, 9, 1), "9:05", "柳叶大道", "周敏", "何志远", "驶离"],
            [2, "告2号", "湘J12346", "蓝", "2026.9.2", dt.time(15, 5), "同上", "周敏", "何志远", "处罚"],
            ["合计", 2],
            ["填表人：周敏", None, None, None, "审核：何志远"],
        ],
        "A1:J1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4", "H3:I3", "J3:J4",
    )  # fmt: skip
    layout = guess(grid, NOTICES)
    assert (layout.top, layout.height) == (2, 2)
    assert headers(layout, grid) == {
        "number": "告知书 编号",
        "plate": "车辆信息车牌号",
        "plate_colour": "车辆信息颜色",
        "noticed_at": "告知日期",
        "place": "地点",
        "officer1": "执法人员主办",
        "officer2": "执法人员协办",
        "outcome": "结果",
    }
    assert layout.sources["noticed_at"].second == 5
    reading = read_mapped(grid, NOTICES, layout, today=TODAY)
    assert not reading.refused
    one, two = reading.rows
    assert (one.number, one.values["noticed_at"].strftime("%m-%d %H:%M")) == (5, "09-01 09:05")
    assert (two.values["noticed_at"].strftime("%m-%d %H:%M"), two.values["place"]) == (
        "09-02 15:05",
        "柳叶大道",
    )
    assert [row.values["outcome"] for row in reading.rows] == [
        NoticeOutcome.MOVED_OFF,
        NoticeOutcome.TO_PENALTY,
    ]
    assert sum("没有导入" in one for one in reading.remarks) == 2


@pytest.mark.parametrize(
    "typed",
    [
        dt.date(2026, 9, 3),
        dt.datetime(2026, 9, 3),
        "2026-9-3",
        "2026/09/03",
        "2026年9月3日",
        "2026年9月3号",
        "2026.9.3",
        "2026．9．3",
        "20260903",
        20260903,
        46268,  # Excel's number of that day
        " 2026 - 9 - 3 ",
    ],
)
def test_a_day_is_read_in_every_form_it_is_written_in(tmp_path: Path, typed: Any) -> None:
    grid = a_book(tmp_path / "1.xlsx", [["日期", "形式", "份数"], [typed, "宣传单", "30份"]])
    reading = read_mapped(grid, EDUCATION, guess(grid, EDUCATION), today=TODAY)
    assert not reading.refused
    [row] = reading.rows
    assert row.values["occurred_on"] == TODAY
    assert (row.values["kind"], row.values["quantity"]) == (GuidanceKind.LEAFLET, 30)


@pytest.mark.parametrize("typed", ["2026.13.3", "9月3日", "26.9.3", 12, "昨天", "2026.9.4"])
def test_a_day_that_would_have_to_be_guessed_is_refused_with_row_and_column(
    tmp_path: Path, typed: Any
) -> None:
    grid = a_book(tmp_path / "1.xlsx", [["日期", "形式", "份数"], [typed, "宣传单", 30]])
    [refused] = read_mapped(grid, EDUCATION, guess(grid, EDUCATION), today=TODAY).refused
    assert (refused.row, refused.column) == (2, "日期")
    assert refused.say.endswith("。")


@pytest.mark.parametrize(
    ("typed", "wan", "fen"),
    [
        ("500元", False, 50_000),
        ("￥1,234.50", False, 123_450),
        ("0.05万元", False, 50_000),
        ("1.5万", False, 1_500_000),
        (200, False, 20_000),
        (0.02, True, 20_000),
        ("0.123456", True, 123_456),
        ("12", True, 12_000_000),
        ("500元", True, 50_000),
    ],
)
def test_money_is_read_with_its_unit_and_no_fen_is_lost(typed: Any, wan: bool, fen: int) -> None:
    assert parse_yuan((_in_wan if wan else _money)(typed), label="罚款") == fen  # type: ignore[arg-type]


def test_their_words_and_units_become_ours(tmp_path: Path) -> None:
    grid = a_book(
        tmp_path / "处罚.xlsx",
        [
            ["文号", "被处罚人", "类型", "案件名称", "处罚时间", "处罚内容", "罚款（万元）", "办案人员"],
            ["罚1号", "某公司", "企业", "占道", "2026.8.1", "警告、罚款200元", 0.02, "周敏、何志远"],
        ],
    )  # fmt: skip
    layout = guess(grid, PENALTIES)
    sources = dict(layout.sources) | {
        "party_kind": Source(column=2),
        "procedure": Source(fixed="当场处罚"),
    }
    reading = read_mapped(grid, PENALTIES, Layout(0, 1, sources), today=TODAY)
    assert not reading.refused
    [row] = reading.rows
    assert row.values["party_kind"] is PartyKind.LEGAL_PERSON
    assert row.values["kinds"] == (PenaltyKind.WARNING, PenaltyKind.FINE)
    assert row.values["fine_fen"] == 20_000
    assert (row.values["officer1"], row.values["officer2"]) == ("周敏", "何志远")


def test_a_required_column_without_a_source_is_named(tmp_path: Path) -> None:
    grid = a_book(tmp_path / "1.xlsx", [["日期", "形式"], ["2026-9-1", "宣传单"]])
    with pytest.raises(WorkbookTrouble, match="“数量”取自哪一列"):
        read_mapped(grid, EDUCATION, guess(grid, EDUCATION), today=TODAY)
    given = dict(guess(grid, EDUCATION).sources) | {"quantity": Source(fixed="1")}
    assert (
        read_mapped(grid, EDUCATION, Layout(0, 1, given), today=TODAY).rows[0].values["quantity"]
        == 1
    )


def test_cells_merged_downwards_count_for_every_row(tmp_path: Path) -> None:
    rows = [
        ["日期", "形式", "份数"],
        ["2026-9-1", "宣传单", 3],
        [None, "约谈", 1],
        [None, "普法", 2],
    ]
    grid = a_book(tmp_path / "1.xlsx", rows, "A2:A4")
    reading = read_mapped(grid, EDUCATION, guess(grid, EDUCATION), today=TODAY)
    assert [row.values["occurred_on"].day for row in reading.rows] == [1, 1, 1]
    assert "1处上下合并" in "".join(reading.remarks)


def test_a_copied_range_is_read_with_and_without_its_header() -> None:
    copied = '日期\t方式\t地点或对象\t数量\r\n2026-9-1\t说服教育\t"柳叶\n大道"\t2\r\n'
    grid = pasted_grid(copied)
    layout = guess(grid, EDUCATION)
    assert (layout.top, layout.height) == (0, 1)
    [row] = read_mapped(grid, EDUCATION, layout, today=TODAY).rows
    assert row.values["place_or_target"] == "柳叶\n大道"
    bare = pasted_grid("2026-9-1\t说服教育\t柳叶大道\t2")
    layout = guess(bare, EDUCATION)
    assert layout.height == 0
    [row] = read_mapped(bare, EDUCATION, layout, today=TODAY).rows
    assert (row.number, row.values["quantity"]) == (1, 2)
    with pytest.raises(WorkbookTrouble, match="剪贴板"):
        pasted_grid(" \t \n")


def test_a_layout_is_recognised_whatever_stands_below_it(tmp_path: Path) -> None:
    one = a_book(tmp_path / "1.xlsx", [["日期", "形式", "份数"], ["2026-9-1", "约谈", 1]])
    two = a_book(tmp_path / "2.xlsx", [["日期 ", "形式", "份数(份)"], ["2026-8-1", "普法", 9]])
    other = a_book(tmp_path / "3.xlsx", [["形式", "日期", "份数"], ["约谈", "2026-8-1", 9]])
    prints = [fingerprint(titles(grid, 0, 1)) for grid in (one, two, other)]
    assert prints[0] == prints[1] != prints[2]
