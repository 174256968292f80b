"""Tables to Excel, opened again with another library: what an officer would find in the file."""

import datetime as dt
import errno
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from enforcer.errors import WorkbookTrouble
from enforcer.exchange.export import Column, ColumnKind, Sheet, Written, ledger_sheet, write_table
from enforcer.exchange.ledgers import LEDGERS, NOTICES
from enforcer.exchange.workbook import read_ledger
from enforcer.terms import PlateColour
from tests.exchange.conftest import MakeLedger
from tests.exchange.test_reading_cells import GOOD
from tests.properties import given, st

K = ColumnKind
ZONE = ZoneInfo("Asia/Shanghai")
TODAY = dt.date(2026, 9, 3)


def _write(path: Path, value: object, kind: ColumnKind = K.TEXT) -> Written:
    return write_table(path, [Sheet("表", [Column("备注", kind)], [[value]])], overwrite=True)


def _opened(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path).active


@pytest.mark.parametrize(
    ("kind", "value", "read", "look"),
    [
        (K.TEXT, "武陵大道", "武陵大道", "General"),
        (K.TEXT, "价格<b>&amp; 两  空格\n第二行", "价格<b>&amp; 两  空格\n第二行", "General"),
        (K.TEXT, " 首尾 ", " 首尾 ", "General"),
        (K.TEXT, "_x0041_", "_x0041_", "General"),
        (K.TEXT, "http://a.b", "http://a.b", "General"),
        (K.TEXT, "1E5", "1E5", "General"),
        (K.TEXT, "0", "0", "General"),
        (K.TEXT, 12, "12", "General"),
        (K.TEXT, "-", "-", "General"),
        (K.TEXT, "𬭎䶮", "𬭎䶮", "General"),
        (K.TEXT, PlateColour.BLUE, "蓝", "General"),
        (K.TEXT, True, "是", "General"),
        (K.TEXT, None, None, "General"),
        (K.TEXT, "", None, "General"),
        (K.ID, "430702199001011234", "430702199001011234", "@"),
        (K.ID, "2-1", "2-1", "@"),
        (K.ID, "007", "007", "@"),
        (K.ID, 430_702_199_001_011_234, "430702199001011234", "@"),
        (K.MONEY, 20_050, 200.5, "#,##0.00"),
        (K.MONEY, 0, 0, "#,##0.00"),
        (K.MONEY, 99_999_999_999_999, 999_999_999_999.99, "#,##0.00"),
        (K.MONEY, "合计", "合计", "General"),
        (K.COUNT, 2_000, 2_000, "0"),
        (K.COUNT, 10**15, "1000000000000000", "General"),
        (K.DATE, dt.date(2026, 9, 3), dt.datetime(2026, 9, 3), "yyyy-mm-dd"),
        (K.DATE, dt.date(1899, 1, 1), "1899-01-01", "General"),
        (K.DATE, "暂定", "暂定", "General"),
        (
            K.DATETIME,
            dt.datetime(2026, 9, 3, 1, 5, tzinfo=dt.UTC),
            dt.datetime(2026, 9, 3, 9, 5),
            "yyyy-mm-dd hh:mm",
        ),
        (
            K.DATE,
            dt.datetime(2026, 9, 2, 16, 30, tzinfo=dt.UTC),
            dt.datetime(2026, 9, 3),
            "yyyy-mm-dd",
        ),
    ],
)
def test_a_value_is_found_again_as_it_was(
    tmp_path: Path, kind: ColumnKind, value: object, read: object, look: str
) -> None:
    written = _write(tmp_path / "出.xlsx", value, kind)
    cell = _opened(tmp_path / "出.xlsx")["A2"]
    assert cell.value == read
    assert cell.number_format == look
    assert cell.data_type != "f"
    assert written.remarks == ()


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://a","x")', "=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1",
        "+86 13812345678", "'=1",
    ],
)  # fmt: skip
def test_what_looks_like_a_formula_stays_text_here_and_in_a_csv(tmp_path: Path, text: str) -> None:
    written = _write(tmp_path / "出.xlsx", text)
    cell = _opened(tmp_path / "出.xlsx")["A2"]
    assert (cell.data_type, cell.value) == ("s", "'" + text)
    assert "前面加了单引号" in written.remarks[0]
    assert b"<f>" not in zipfile.ZipFile(tmp_path / "出.xlsx").read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("text", "kept", "remark"),
    [
        ("甲\x00乙", "甲乙", "“备注”列有1个单元格（第2行）含有看不见的控制字符"),
        ("甲\x1b乙", "甲乙", "控制字符"),
        ("甲\ud800乙", "甲乙", "残缺字符"),
        ("甲\uffff乙", "甲乙", "残缺字符"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙", "换行符"),
        ("\x00=1", "'=1", "控制字符"),
    ],
)
def test_what_no_cell_can_hold_is_taken_out_with_a_remark(
    tmp_path: Path, text: str, kept: str, remark: str
) -> None:
    written = _write(tmp_path / "出.xlsx", text)
    assert _opened(tmp_path / "出.xlsx")["A2"].value == kept
    assert remark in written.remarks[0]


@pytest.mark.parametrize("text", ["字" * 32_768, "𠮷" * 16_384, "x" * 100_000])
def test_a_text_too_long_for_a_cell_is_refused_never_cut(tmp_path: Path, text: str) -> None:
    with pytest.raises(WorkbookTrouble, match=r"第2行“备注”有.*超过Excel单元格的上限32,767个字"):
        _write(tmp_path / "出.xlsx", text)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["字" * 32_767, "𠮷" * 16_383])
def test_a_text_that_just_fits_is_whole(tmp_path: Path, text: str) -> None:
    _write(tmp_path / "出.xlsx", text)
    assert _opened(tmp_path / "出.xlsx")["A2"].value == text


@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_any_text_is_read_back_unchanged_or_was_remarked(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "往返.xlsx"
    sheet = Sheet("表", [Column("甲"), Column("乙", K.ID)], [[one, one] for one in texts])
    written = write_table(path, [sheet], overwrite=True)
    cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    back = [row[0] for row in cells[1:]] + [""] * (len(texts) + 1 - len(cells))
    assert all(row[0] == row[1] for row in cells[1:])
    if not written.remarks:
        assert back == texts
    assert [_seen(one) for one in back] == [_seen(one) for one in texts]


def _seen(text: object) -> str:
    return "".join(one for one in str(text) if one.isprintable()).lstrip("'")


def test_columns_fit_chinese_and_every_page_is_ready_for_the_printer(tmp_path: Path) -> None:
    columns = [Column("编号", K.ID), Column("地点"), Column("备注"), Column("宽", width=30)]
    rows = [["告〔2026〕000001号", "武陵大道1号门前人行道", "字" * 200, ""]] * 3
    write_table(tmp_path / "出.xlsx", [Sheet("告知", columns, rows)])
    page = _opened(tmp_path / "出.xlsx")
    widths = [page.column_dimensions[one].width for one in "ABCD"]
    assert widths[0] >= 19
    assert widths[1] >= 22
    assert widths[2] <= 50
    assert 30 <= widths[3] <= 31
    assert page["C2"].alignment.wrap_text
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$1:$1"
    assert page.print_area == "'告知'!$A$1:$D$4"
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:D4"
    assert "第 &P 页" in page.oddFooter.center.text.replace("&[Page]", "&P")


def test_heading_and_footer_stand_around_the_table(tmp_path: Path) -> None:
    sheets = [
        Sheet("一", [Column("甲"), Column("乙")], [["a", "b"]], heading="自己的标题"),
        Sheet("二", [Column("甲")], [["a"]], footer=["制表人："]),
    ]
    write_table(tmp_path / "出.xlsx", sheets, heading="共同的标题", footer=["校验码 12", "=1+1"])
    book = openpyxl.load_workbook(tmp_path / "出.xlsx")
    first, second = book.worksheets
    assert [first["A1"].value, first["A2"].value, first["A3"].value] == ["自己的标题", "甲", "a"]
    assert [first["A4"].value, first["A5"].value] == ["校验码 12", "'=1+1"]
    assert {str(one) for one in first.merged_cells.ranges} == {"A1:B1", "A4:B4", "A5:B5"}
    assert [one[0].value for one in second.rows] == ["共同的标题", "甲", "a", "制表人："]
    assert first.print_title_rows == "$2:$2"
    assert first.freeze_panes == "A3"


def test_a_header_of_several_levels_is_merged_as_on_the_official_table(tmp_path: Path) -> None:
    count = ("行政处罚实施数量（宗）",)
    columns = [
        Column("机关"),
        Column("警告", K.COUNT, over=count),
        Column("罚款", K.COUNT, over=count),
        Column("违法所得", K.COUNT, over=(*count, "没收")),
        Column("非法财物", K.COUNT, over=(*count, "没收")),
        Column("金额", K.MONEY),
    ]
    sheet = Sheet("年报", columns, [["甲机关", 1, 2, 3, 4, 100]], heading="行政处罚情况统计表")
    write_table(tmp_path / "出.xlsx", [sheet])
    page = _opened(tmp_path / "出.xlsx")
    assert {str(one) for one in page.merged_cells.ranges} == {
        "A1:F1", "A2:A4", "B2:E2", "B3:B4", "C3:C4", "D3:E3", "F2:F4",
    }  # fmt: skip
    assert [page[one].value for one in ("A2", "B2", "B3", "D3", "D4", "E4", "F2")] == [
        "机关", "行政处罚实施数量（宗）", "警告", "没收", "违法所得", "非法财物", "金额",
    ]  # fmt: skip
    assert [one.value for one in page[5]] == ["甲机关", 1, 2, 3, 4, 1]
    assert page.print_title_rows == "$2:$4"
    assert page.auto_filter.ref is None


@pytest.mark.parametrize(
    ("titles", "tabs"),
    [
        (["告知", "告知"], ["告知", "告知(2)"]),
        (["2026/01:02*?[x]"], ["2026／01：02＊？〔x〕"]),
        (["x" * 40, "x" * 41], ["x" * 31, "x" * 28 + "(2)"]),
        (["'", "A", "a"], ["表", "A", "a(2)"]),
    ],
)
def test_tabs_have_names_that_excel_takes(
    tmp_path: Path, titles: list[str], tabs: list[str]
) -> None:
    sheets = [Sheet(one, [Column("甲")], []) for one in titles]
    write_table(tmp_path / "出.xlsx", sheets)
    assert openpyxl.load_workbook(tmp_path / "出.xlsx").sheetnames == tabs


def test_a_file_that_is_there_stays_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "出.xlsx"
    path.write_text("原来的")
    with pytest.raises(WorkbookTrouble, match="已经存在，没有覆盖"):
        write_table(path, [Sheet("表", [Column("甲")], [["a"]])])
    assert path.read_text() == "原来的"
    write_table(path, [Sheet("表", [Column("甲")], [["a"]])], overwrite=True)
    assert _opened(path)["A2"].value == "a"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "出.xlsx"

    def rows() -> Iterator[list[str]]:
        yield ["a"]
        path.write_text("另一个窗口")

    with pytest.raises(WorkbookTrouble, match="已经存在"):
        write_table(path, [Sheet("表", [Column("甲")], rows())])
    assert path.read_text() == "另一个窗口"
    assert list(tmp_path.iterdir()) == [path]


def test_a_question_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    def rows() -> Iterator[list[str]]:
        yield ["a"]
        raise RuntimeError("database gone")

    with pytest.raises(RuntimeError, match="database gone"):
        write_table(tmp_path / "出.xlsx", [Sheet("表", [Column("甲")], rows())])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "say"),
    [
        (errno.ENOSPC, "磁盘已满，“出.xlsx”没有导出"),
        (errno.EDQUOT, "磁盘已满"),
        (errno.EROFS, "磁盘是只读的"),
        (errno.EACCES, "没有权限在"),
        (errno.EIO, "写入失败"),
    ],
)
def test_what_the_disk_says_is_told_in_a_sentence_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, say: str
) -> None:
    def full(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkbookTrouble, match=say):
        write_table(tmp_path / "出.xlsx", [Sheet("表", [Column("甲")], [["a"]])])
    assert list(tmp_path.iterdir()) == []


def test_a_file_locked_by_another_program_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "出.xlsx"
    path.write_text("原来的")

    def locked(*_: object) -> None:
        raise PermissionError(errno.EACCES, "locked")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(WorkbookTrouble, match="可能正在Excel或WPS中打开"):
        write_table(path, [Sheet("表", [Column("甲")], [["a"]])], overwrite=True)
    assert path.read_text() == "原来的"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "say"),
    [
        ("没有/出.xlsx", "找不到文件夹"),
        ("文件/出.xlsx", "找不到文件夹"),
        ("夹", "是文件夹"),
        ("长" * 200 + ".xlsx", "太长"),
    ],
)
def test_a_place_that_cannot_be_written_says_why(tmp_path: Path, name: str, say: str) -> None:
    (tmp_path / "文件").write_text("x")
    (tmp_path / "夹").mkdir()
    with pytest.raises(WorkbookTrouble, match=say):
        write_table(tmp_path / name, [Sheet("表", [Column("甲")], [["a"]])], overwrite=True)
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(["文件", "夹"])


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
@pytest.mark.parametrize("rows", ["[['a']]", "(['a' * 50] for _ in range(3_000))"])
def test_a_disk_that_really_fills_keeps_the_old_file(tmp_path: Path, rows: str) -> None:
    (tmp_path / "出.xlsx").write_text("原来的")
    program = f"""
import resource
from pathlib import Path
from enforcer.errors import WorkbookTrouble
from enforcer.exchange.export import Column, Sheet, write_table
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_table(Path("出.xlsx"), [Sheet("表", [Column("甲")], {rows})], overwrite=True)
except WorkbookTrouble as trouble:
    print(trouble)
"""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith("磁盘已满，“出.xlsx”没有导出。")
    assert done.stderr == ""
    assert (tmp_path / "出.xlsx").read_text() == "原来的"
    assert [one.name for one in tmp_path.iterdir()] == ["出.xlsx"]


def test_the_same_table_is_the_same_file(tmp_path: Path) -> None:
    sheet = Sheet("表", [Column("甲")], [["a"], ["b"]])
    made_at = dt.datetime(2026, 9, 3, 10, 12, tzinfo=ZONE)
    write_table(tmp_path / "1.xlsx", [sheet], made_at=made_at)
    write_table(tmp_path / "2.xlsx", [sheet], made_at=made_at)
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()
    created = openpyxl.load_workbook(tmp_path / "1.xlsx").properties.created
    assert created == dt.datetime(2026, 9, 3, 2, 12)


def test_a_large_table_is_written_row_by_row_and_looks_the_same(tmp_path: Path) -> None:
    rows = ([f"告{number}", number * 100, "=1" if number == 7 else "字"] for number in range(300))
    columns = [Column("编号", K.ID), Column("金额", K.MONEY), Column("备注")]
    written = write_table(
        tmp_path / "出.xlsx", [Sheet("表", columns, rows)], heading="标题", footer=["完"]
    )
    page = _opened(tmp_path / "出.xlsx")
    assert written.rows == 300
    assert page["A1"].value == "标题"
    assert [one.value for one in page[3]] == ["告0", 0, "字"]
    assert [one.value for one in page[302]] == ["告299", 299, "字"]
    assert page["A303"].value == "完"
    assert "第10行" in written.remarks[0]


@pytest.mark.parametrize("kind", sorted(LEDGERS))
def test_a_ledger_written_out_is_read_in_again(
    make_ledger: MakeLedger, tmp_path: Path, kind: str
) -> None:
    ledger = LEDGERS[kind]
    rows = read_ledger(make_ledger(ledger, GOOD[kind]), ledger, today=TODAY).rows
    write_table(tmp_path / "出.xlsx", [ledger_sheet(ledger, [one.values for one in rows])])
    again = read_ledger(tmp_path / "出.xlsx", ledger, today=TODAY)
    assert again.rows == rows
    assert (again.refused, again.remarks) == ([], [])


def test_a_ledger_keeps_void_numbers_days_without_time_and_odd_beginnings(
    make_ledger: MakeLedger, tmp_path: Path
) -> None:
    row = GOOD["notices"] | {
        "告知时间": "2026-9-3",
        "处置结果": "作废",
        "备注": "'=1+1",
        "号牌颜色": "蓝",
    }
    rows = read_ledger(make_ledger(NOTICES, row), NOTICES, today=TODAY).rows
    write_table(tmp_path / "出.xlsx", [ledger_sheet(NOTICES, [one.values for one in rows])])
    assert read_ledger(tmp_path / "出.xlsx", NOTICES, today=TODAY).rows == rows


def test_a_ledger_without_rows_is_the_form_to_fill(tmp_path: Path) -> None:
    write_table(tmp_path / "空.xlsx", [ledger_sheet(NOTICES, [])])
    assert [one.value for one in _opened(tmp_path / "空.xlsx")[1]] == [
        one.header for one in NOTICES.columns
    ]


def test_a_moment_without_its_zone_is_a_bug_and_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="naive"):
        _write(tmp_path / "出.xlsx", dt.datetime(2026, 9, 3, 9, 5), K.DATETIME)
