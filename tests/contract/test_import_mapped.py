"""`import` of other people's layouts: headers further down, mappings remembered, mappings by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from enforcer.operations.ledger_mapped import MappedForm, import_mapped
from enforcer.store.database import open_store
from tests.contract.face import DONE, REFUSED, TROUBLE, USAGE, ask, done, take

NOW = datetime(2026, 9, 3, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
OURS = ["编号", "号牌号码", "告知时间", "地点"]
ROWS = [
    ["旧1号", "湘J12345", "2025-08-01", "柳叶大道"],
    ["旧2号", "湘J12346", "2025-08-02", "人民路"],
]
TITLE = ["某区违停告知台账", None, None, None]
TWO_LINES = [["编号", "号牌号码", "告知", None, "地点"], [None, None, "日期", "告知时间", None]]
THEIRS = [["单子", "车", "哪天", "哪里"], *ROWS]
MAP = ("--map", "单子=编号", "--map", "车=号牌号码", "--map", "哪天=告知时间", "--map", "哪里=地点")
Book = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    def make(rows: list[list[Any]], *merged: str, name: str = "台账.xlsx") -> Path:
        whole = Workbook()
        page = whole.active
        assert page
        for row in rows:
            page.append(row)
        for area in merged:
            page.merge_cells(area)
        whole.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        ([TITLE, OURS, *ROWS], ("A1:D1",)),
        ([[None] * 4, OURS, *ROWS], ()),
        ([TITLE, ["单位：某中队", None, None, "2025年"], OURS, *ROWS], ("A1:D1",)),
        (
            [TITLE, *TWO_LINES, *([a, b, "x", c, d] for a, b, c, d in ROWS)],
            ("A2:A3", "B2:B3", "C2:D2", "E2:E3"),
        ),
    ],
    ids=["below a title", "below a blank line", "below two lines", "of two lines"],
)
def test_our_own_columns_are_found_wherever_the_header_stands(
    bare: Path, book: Book, rows: list[list[Any]], merged: tuple[str, ...]
) -> None:
    path = book(rows, *merged)
    report = take(bare, "notices", path)
    assert set(report) == {"read", "taken", "known", "refused", "remarks"}
    assert (report["read"], report["taken"], report["refused"]) == (2, 2, [])
    assert "表头在第" in report["remarks"][0]
    assert "编号←A列" in report["remarks"][0]
    assert take(bare, "notices", path)["known"] == 2


def test_strange_titles_are_refused_with_the_words_that_would_map_them(
    bare: Path, book: Book
) -> None:
    path = book([["告知单号", "车牌", "日期", "路段"], *ROWS])
    answer = ask("--home", bare, "import", path, "--kind", "notices", "--json")
    assert answer.code == REFUSED
    [refused] = answer.json["refused"]
    assert '--map "告知单号=编号" --map "车牌=号牌号码"' in refused["say"]
    assert answer.json["taken"] == 0


def test_a_mapping_made_in_the_window_is_used_by_the_command(bare: Path, book: Book) -> None:
    path = book(THEIRS)
    sources = {"number": 0, "plate": 1, "noticed_at": 2, "place": 3}
    store = open_store(bare, clock=lambda: NOW)
    form = MappedForm(
        path=path,
        kind="notices",
        top=0,
        sources={key: {"column": at} for key, at in sources.items()},  # type: ignore[misc]
    )
    assert import_mapped(store, form, today=NOW.date(), now=NOW, actor="周敏").taken == 2
    store.close()
    more = book([THEIRS[0], *ROWS, ["旧3号", "湘J12347", "2025.8.3", "人民路"]], name="二.xlsx")
    report = take(bare, "notices", more)
    assert (report["taken"], report["known"]) == (1, 2)
    assert "按上次导入这种表时的对应关系" in report["remarks"][0]


def test_a_mapping_by_hand_is_used_and_then_remembered(bare: Path, book: Book) -> None:
    path = book([TITLE, *THEIRS], "A1:D1")
    looked = done("--home", bare, "import", path, "--kind", "notices", "--dry-run", *MAP)
    assert looked["taken"] == 2
    assert ask("--home", bare, "import", path, "--kind", "notices", "--json").code == REFUSED
    report = done("--home", bare, "import", path, "--kind", "notices", *MAP)
    assert (report["taken"], "按给定的对应关系" in report["remarks"][0]) == (2, True)
    assert take(bare, "notices", path)["known"] == 2


def test_a_mapping_from_a_file_may_fix_a_column_and_take_day_and_hour_apart(
    bare: Path, book: Book, tmp_path: Path
) -> None:
    rows = [["单子", "车", "哪天", "几点"], ["旧1号", "湘J12345", "2025.8.1", "9:05"]]
    spec = tmp_path / "对应.json"
    spec.write_text(
        json.dumps(
            {
                "编号": "单子",
                "号牌号码": "B",
                "告知时间": {"column": "哪天", "second": "几点"},
                "地点": {"fixed": "柳叶大道"},
            },
            ensure_ascii=False,
        ),
        encoding="utf-8",
    )
    words = ("--home", bare, "import", book(rows), "--kind", "notices", "--mapping", spec)
    report = done(*words)
    assert (report["taken"], report["refused"]) == (1, [])
    [found] = done("--home", bare, "search", "旧1号")
    assert "柳叶大道" in found["where"]


@pytest.mark.parametrize(
    ("words", "code", "say"),
    [
        (("--map", "车牌号牌号码"), USAGE, "其表头=本栏"),
        (("--map", "车=颜色"), USAGE, "没有“颜色”这一栏"),
        (("--map", "车=编号", "--map", "单子=编号"), USAGE, "写了两次"),
        (("--map", "没有的=编号"), REFUSED, "没有唯一的列“没有的”"),
        (("--mapping", "坏.json"), USAGE, "应当是 JSON"),
        (("--mapping", "深.json"), USAGE, "应当是 JSON"),
        (("--mapping", "表.json"), USAGE, "应当是 JSON"),
        (("--mapping", "错.json"), USAGE, "应当是 JSON"),
        (("--mapping", "两样.json"), USAGE, "取自哪一列，或者写固定内容"),
        (("--mapping", "没有.json"), TROUBLE, "没有.json"),
        (MAP, DONE, ""),
    ],
)
def test_wrong_words_are_wrong_usage_and_take_nothing(
    bare: Path, book: Book, tmp_path: Path, words: tuple[str, ...], code: int, say: str
) -> None:
    (tmp_path / "坏.json").write_text("{", encoding="utf-8")
    (tmp_path / "深.json").write_text("[" * 100_000, encoding="utf-8")
    (tmp_path / "表.json").write_text("[]", encoding="utf-8")
    (tmp_path / "错.json").write_text('{"编号": {"col": "A"}}', encoding="utf-8")
    both = '{"编号": {"column": "单子", "fixed": "1"}}'
    (tmp_path / "两样.json").write_text(both, encoding="utf-8")
    given = [str(tmp_path / one) if one.endswith(".json") else one for one in words]
    answer = ask("--home", bare, "import", book(THEIRS), "--kind", "notices", *given)
    assert answer.code == code
    assert say in answer.err
    taken = len(done("--home", bare, "search", "湘J12345"))
    assert bool(taken) is (code == DONE)


def test_leads_come_in_and_go_out_by_the_command(bare: Path, book: Book) -> None:
    head = ["来源", "收到时间", "内容", "反映人", "要求保密"]
    rows = [
        ["市长热线", "2025-08-01 09:30", "夜市占道", "王某", "是"],
        ["巡查", "2025-08-02", "噪声", "", ""],
    ]
    path = book([head, *rows])
    report = take(bare, "leads", path)
    assert (report["taken"], report["refused"]) == (2, [])
    assert take(bare, "leads", path)["known"] == 2
    assert done("--home", bare, "verify")["ok"] is True
    assert done("--home", bare, "statistics", "--period", "2025")["course"]["leads"] == 2


def test_a_sheet_of_the_law_keeps_to_its_own_columns(bare: Path, book: Book) -> None:
    head = ["类别", "事项", "适用条件", "法律依据", "清单名称", "清单文号", "施行日期", "定性依据",
            "处罚依据", "裁量幅度", "配套监管措施", "实施主体", "失效日期", "备注"]  # fmt: skip
    row = ["不予-首违", "擅自占用城市道路", "当场收摊", "行政处罚法第三十三条第一款", "某市首违不罚清单",
           "某城管〔2026〕1号", "2026-01-01"]  # fmt: skip
    below = book([["某市清单"], head, row], name="下.xlsx")
    assert take(bare, "lists", below)["taken"] == 1
    more = book([["某市清单"], [*head, "罚多少"], [*row, *[None] * 7, "五十元"]], name="多.xlsx")
    assert ask("--home", bare, "import", more, "--kind", "lists", "--json").code == REFUSED


@pytest.mark.parametrize("wrong", ["missing", "folder"])
def test_a_missing_file_and_a_folder_are_trouble(bare: Path, tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "台账.xlsx"
    if wrong == "folder":
        path.mkdir()
    answer = ask("--home", bare, "import", path, "--kind", "notices", "--json")
    assert answer.code == TROUBLE
    assert ("文件夹，不是" if wrong == "folder" else "找不到") in answer.json["objections"][0][
        "say"
    ]
