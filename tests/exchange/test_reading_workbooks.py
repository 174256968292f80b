"""The workbook as a whole: which are refused, in which sentence, and what is remarked."""

import datetime as dt
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from enforcer.errors import WorkbookTrouble
from enforcer.exchange.export import Column, Sheet, write_table
from enforcer.exchange.ledgers import EDUCATION, LEDGERS, NOTICES, OFFICERS, PENALTIES
from enforcer.exchange.workbook import ReadCancelled, read_ledger
from tests.exchange.conftest import MakeLedger

TODAY = dt.date(2026, 9, 3)
HEADERS = [one.header for one in NOTICES.columns]
ROW = {"编号": "1", "号牌号码": "湘J8K216", "告知时间": "2026-9-3 09:05", "地点": "武陵大道"}
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _rows(count: int) -> list[dict[str, object]]:
    return [ROW | {"编号": str(number)} for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        ("notices", "编号 号牌号码 号牌颜色 告知时间 地点 情形 执法人员1 执法人员2 处置结果 备注"),
        (
            "penalties",
            (
                "决定书文号 程序 当事人 当事人类别 证件号码 案由 违法日期 立案日期 决定日期 处罚种类 "
                "罚款金额(元) 没收金额(元) 裁量 不予处罚理由 缴款日期 缴款金额(元) 结案日期 "
                "执法人员1 执法人员2 备注"
            ),
        ),
        ("officers", "姓名 执法证号 发证日期 有效期至 岗位"),
        ("recorders", "设备编号 型号 配发给 启用日期 状态"),
        ("education", "日期 方式 地点或对象 数量 执法人员 备注"),
    ],
)
def test_the_headers_are_the_contract(kind: str, headers: str) -> None:
    assert [one.header for one in LEDGERS[kind].columns] == headers.split()


@pytest.mark.parametrize(
    ("kind", "required"),
    [
        ("notices", {"编号", "号牌号码", "告知时间", "地点"}),
        ("penalties", {"决定书文号", "程序", "当事人", "当事人类别", "案由", "决定日期"}),
        ("officers", {"姓名", "执法证号", "有效期至"}),
        ("recorders", {"设备编号"}),
        ("education", {"日期", "方式", "数量"}),
    ],
)
def test_what_is_required_is_the_contract(kind: str, required: set[str]) -> None:
    assert {one.header for one in LEDGERS[kind].columns if one.required} == required


def _zip(path: Path, **parts: str) -> None:
    with zipfile.ZipFile(path, "w") as out:
        for name, text in parts.items():
            out.writestr(name.replace("__", "/").replace("_dot_", "."), text)


def _truncated(path: Path) -> None:
    book = Workbook()
    book.active.append(HEADERS)
    book.save(path)
    path.write_bytes(path.read_bytes()[:-400])


def _broken_sheet(path: Path) -> None:
    good = path.with_name("good.xlsx")
    book = Workbook()
    book.active.append(HEADERS)
    book.save(good)
    with zipfile.ZipFile(good) as inside, zipfile.ZipFile(path, "w") as out:
        for name in inside.namelist():
            data = inside.read(name)
            out.writestr(name, data[: len(data) // 2] if "sheet1" in name else data)


def _overwritten(path: Path) -> None:
    """A bad sector: the packed sheet holds other bytes than were written."""
    book = Workbook()
    book.active.append(HEADERS)
    book.save(path)
    with zipfile.ZipFile(path) as inside:
        at = inside.getinfo("xl/worksheets/sheet1.xml").header_offset
    data = bytearray(path.read_bytes())
    data[at + 60 : at + 260] = b"\xff" * 200
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "say"),
    [
        (lambda _: None, "找不到文件"),
        (lambda path: path.mkdir(), "是文件夹"),
        (lambda path: path.write_bytes(b""), "是空文件"),
        (lambda path: path.write_bytes("编号,号牌号码\n".encode()), "不是Excel工作簿"),
        (lambda path: path.write_bytes(b"<html><table></table></html>"), "不是Excel工作簿"),
        (lambda path: path.write_bytes(b"%PDF-1.7"), "不是Excel工作簿"),
        (lambda path: path.write_bytes(COMPOUND + b"\0" * 600), "旧版的“.xls”工作簿"),
        (
            lambda path: path.write_bytes(COMPOUND + "EncryptedPackage".encode("utf-16-le")),
            "设了打开密码",
        ),
        (lambda path: path.write_bytes(b"PK\x03\x04" + b"x" * 60), "已经损坏或者没有复制完整"),
        (_truncated, "已经损坏或者没有复制完整"),
        (_broken_sheet, "已经损坏或者没有复制完整"),
        (_overwritten, "已经损坏或者没有复制完整"),
        (lambda path: _zip(path, word__document_dot_xml="<w/>"), "不是Excel工作簿"),
        (lambda path: _zip(path, content_dot_xml="<x/>"), "“.ods”表格"),
        (lambda path: _zip(path, xl__workbook_dot_bin="x"), "“.xlsb”二进制工作簿"),
        (lambda path: _zip(path, xl__workbook_dot_xml="<x/>"), "已经损坏"),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(
    tmp_path: Path, make: Callable[[Path], object], say: str
) -> None:
    path = tmp_path / "台账.xlsx"
    make(path)
    with pytest.raises(WorkbookTrouble, match=say) as trouble:
        read_ledger(path, NOTICES, today=TODAY)
    assert str(trouble.value).endswith("。")
    assert "台账.xlsx" in str(trouble.value)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(make_ledger: MakeLedger) -> None:
    path = make_ledger(NOTICES, ROW)
    path.chmod(0)
    with pytest.raises(WorkbookTrouble, match="打不开"):
        read_ledger(path, NOTICES, today=TODAY)


def _merge_header(book: Workbook) -> None:
    book.active.merge_cells("G1:H1")


def _merge_two_rows(book: Workbook) -> None:
    book.active.merge_cells("E1:E2")


def _title_above(book: Workbook) -> None:
    book.active.insert_rows(1, amount=2)
    book.active["A1"] = "温馨告知台账（2026年）"
    book.active.merge_cells("A1:J1")


def _merged_title_only(book: Workbook) -> None:
    book.active.delete_rows(1)
    book.active.insert_rows(1)
    book.active["A1"] = "温馨告知台账"
    book.active.merge_cells("A1:J1")


def _twice(book: Workbook) -> None:
    book.active["K1"] = "地 点*"


def _empty(book: Workbook) -> None:
    book.active.delete_rows(1, 10)


def _far_right(book: Workbook) -> None:
    book.active["XFD3"] = "x"


def _far_down(book: Workbook) -> None:
    book.active["A1048576"] = "x"


@pytest.mark.parametrize(
    ("change", "say"),
    [
        (_merge_header, r"第一行的表头有合并单元格（G1:H1）"),
        (_merge_two_rows, r"第一行的表头有合并单元格（E1:E2）"),
        (_title_above, r"表头应当在第1行，工作表“Sheet”的表头在第3行。请删除上面的2行"),
        (_merged_title_only, r"第一行有合并单元格（A1:J1），读不到“编号”、“号牌号码”"),
        (_twice, r"表头“地点”出现了两次（第E列和第K列）"),
        (_empty, r"工作表“Sheet”是空的"),
        (_far_right, r"很靠右的列"),
        (_far_down, r"一直到第1048576行，一次最多导入200000行"),
    ],
)
def test_a_table_that_is_laid_out_otherwise_is_refused_with_what_to_do(
    make_ledger: MakeLedger, change: Callable[[Workbook], None], say: str
) -> None:
    with pytest.raises(WorkbookTrouble, match=say):
        read_ledger(make_ledger(NOTICES, ROW, change=change), NOTICES, today=TODAY)


@pytest.mark.parametrize(
    ("part", "old", "new", "say"),
    [
        ("xl/worksheets/sheet1.xml", '"A2"', '"A99999999"', "已经损坏"),
        ("xl/worksheets/sheet1.xml", 'r="A2"', "r='XFD2'", "很靠右的列（第XFD列）"),
        ("xl/worksheets/sheet1.xml", '<row r="2"', '<row r="1048576"', "一直到第1048576行"),
        ("xl/sharedStrings.xml", 'uniqueCount="', 'uniqueCount="99999999', "已经损坏"),
    ],
)
def test_a_place_or_a_count_that_would_take_all_memory_is_refused_before_it_does(
    tmp_path: Path, part: str, old: str, new: str, say: str
) -> None:
    good, path = tmp_path / "原来.xlsx", tmp_path / "改过.xlsx"
    write_table(good, [Sheet("表", [Column(one) for one in ROW], [list(ROW.values())])])
    assert read_ledger(good, NOTICES, today=TODAY).read == 1
    with zipfile.ZipFile(good) as inside, zipfile.ZipFile(path, "w") as out:
        for name in inside.namelist():
            text = inside.read(name).decode()
            assert name != part or old in text
            out.writestr(name, text.replace(old, new) if name == part else text)
    with pytest.raises(WorkbookTrouble, match=say):
        read_ledger(path, NOTICES, today=TODAY)


def test_rows_that_are_only_formatted_do_not_count(make_ledger: MakeLedger) -> None:
    def colour_everything(book: Workbook) -> None:
        book.active["ZZ900000"].number_format = "0.00"

    assert (
        read_ledger(make_ledger(NOTICES, ROW, change=colour_everything), NOTICES, today=TODAY).read
        == 1
    )


@pytest.mark.parametrize("cell", ["/>", "></c>", "> </c>"])
def test_a_formatted_cell_may_be_closed_in_any_way(
    make_ledger: MakeLedger, tmp_path: Path, cell: str
) -> None:
    path = make_ledger(NOTICES, ROW)
    far = f'<row r="900000"><c r="ZZ900000" s="0"{cell}</row></sheetData>'.encode()
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(tmp_path / "远.xlsx", "w") as out:
        for name, content in parts.items():
            out.writestr(name, content.replace(b"</sheetData>", far))
    assert read_ledger(tmp_path / "远.xlsx", NOTICES, today=TODAY).read == 1


def test_a_text_that_looks_like_the_inside_of_a_workbook_is_a_text(tmp_path: Path) -> None:
    text = 'r="XFD9999999" t="e" <c r="A99999999" t="e">'
    path = tmp_path / "大.xlsx"
    order = [one.header for one in NOTICES.columns]
    lines = ([ROW.get(one, text if one == "备注" else "") for one in order] for _ in range(1))
    write_table(path, [Sheet("表", [Column(one) for one in order], lines)])
    assert read_ledger(path, NOTICES, today=TODAY).rows[0].values["note"] == text


@pytest.mark.parametrize("missing", ["编号", "号牌号码", "告知时间", "地点"])
def test_a_missing_required_column_is_named(make_ledger: MakeLedger, missing: str) -> None:
    headers = [one for one in HEADERS if one != missing]
    row = {key: value for key, value in ROW.items() if key != missing}
    with pytest.raises(WorkbookTrouble, match=f"缺少温馨告知台账必须有的列：“{missing}”。"):
        read_ledger(make_ledger(NOTICES, row, headers=headers), NOTICES, today=TODAY)


def test_a_table_with_headers_and_no_rows_is_refused(make_ledger: MakeLedger) -> None:
    with pytest.raises(WorkbookTrouble, match="只有表头，没有内容"):
        read_ledger(make_ledger(NOTICES), NOTICES, today=TODAY)


def test_another_ledger_is_recognised(make_ledger: MakeLedger) -> None:
    path = make_ledger(OFFICERS, {"姓名": "张三", "执法证号": "1", "有效期至": "2030-1-1"})
    with pytest.raises(WorkbookTrouble, match="这是执法人员台账，不是温馨告知台账"):
        read_ledger(path, NOTICES, today=TODAY)


@pytest.mark.parametrize(
    "headers",
    [
        list(reversed(HEADERS)),
        ["编号", "号牌号码", "告知时间", "地点"],
        ["编 号", "号牌号码*", " 告知时间 ", "地点（必填）"],
        ["编号\n", "号牌\n号码", "告知时间", "地点"],
    ],
)
def test_headers_may_stand_in_any_order_and_with_small_additions(
    make_ledger: MakeLedger, headers: list[str]
) -> None:
    plain = {
        "编 号": "编号",
        "号牌号码*": "号牌号码",
        " 告知时间 ": "告知时间",
        "地点（必填）": "地点",
    }
    plain |= {"编号\n": "编号", "号牌\n号码": "号牌号码"}
    row = {one: ROW.get(plain.get(one, one)) for one in headers}
    reading = read_ledger(make_ledger(NOTICES, row, headers=headers), NOTICES, today=TODAY)
    assert reading.rows[0].values["place"] == "武陵大道"
    assert reading.remarks == []


def test_full_width_brackets_in_a_header_are_the_same_header(make_ledger: MakeLedger) -> None:
    headers = [one.header.replace("(", "（").replace(")", "）") for one in PENALTIES.columns]
    row: dict[str, object] = {
        "决定书文号": "1", "程序": "简易", "当事人": "王芳", "当事人类别": "公民", "案由": "占道",
        "决定日期": "2026-9-1", "处罚种类": "罚款", "罚款金额（元）": 50,
    }  # fmt: skip
    path = make_ledger(PENALTIES, row, headers=headers)
    assert read_ledger(path, PENALTIES, today=TODAY).rows[0].values["fine_fen"] == 5_000


def test_an_unknown_column_is_reported_not_dropped_in_silence(make_ledger: MakeLedger) -> None:
    path = make_ledger(NOTICES, ROW | {"车型": "轿车"}, headers=[*HEADERS, "车型"])
    assert read_ledger(path, NOTICES, today=TODAY).remarks == [
        "第K列“车型”不是温馨告知台账的栏目，没有导入。"
    ]


def test_a_column_without_a_header_is_reported_when_it_holds_something(
    make_ledger: MakeLedger,
) -> None:
    def scribble(book: Workbook) -> None:
        book.active["L2"] = "口头说明"

    remarks = read_ledger(make_ledger(NOTICES, ROW, change=scribble), NOTICES, today=TODAY).remarks
    assert remarks == ["第L列没有列名，里面的内容没有导入。"]


def test_merged_cells_in_the_body_are_reported(make_ledger: MakeLedger) -> None:
    def merge(book: Workbook) -> None:
        book.active["G2"] = "张三"
        book.active.merge_cells("G2:G4")

    reading = read_ledger(make_ledger(NOTICES, *_rows(3), change=merge), NOTICES, today=TODAY)
    assert [one.values["officer1"] for one in reading.rows] == ["张三", "", ""]
    assert "第2行至第4行的“执法人员1”是合并单元格" in reading.remarks[0]


def test_a_repeated_number_is_refused_with_the_row_it_repeats(make_ledger: MakeLedger) -> None:
    path = make_ledger(NOTICES, *_rows(2), ROW | {"编号": " 1 "})
    reading = read_ledger(path, NOTICES, today=TODAY)
    assert [(one.row, one.column) for one in reading.refused] == [(4, "编号")]
    assert reading.refused[0].say == "编号“1”与第2行重复，请核对后删除一行。"
    assert len(reading.rows) == 2


def test_two_rows_of_education_may_be_alike(make_ledger: MakeLedger) -> None:
    row: dict[str, object] = {"日期": "2026-9-1", "方式": "说服教育", "数量": 1}
    assert len(read_ledger(make_ledger(EDUCATION, row, row), EDUCATION, today=TODAY).rows) == 2


def test_row_numbers_are_those_of_excel_and_blank_rows_do_not_count(
    make_ledger: MakeLedger,
) -> None:
    path = make_ledger(NOTICES, ROW, {}, {"地点": "  "}, ROW | {"编号": "2"}, {})
    reading = read_ledger(path, NOTICES, today=TODAY)
    assert [one.number for one in reading.rows] == [2, 5]
    assert reading.read == 2


def test_the_sheet_with_the_ledger_is_found_behind_a_page_of_instructions(
    make_ledger: MakeLedger,
) -> None:
    def explain(book: Workbook) -> None:
        page = book.create_sheet("填写说明", 0)
        page["A1"] = "请逐行填写"
        book.create_sheet("空表")
        book.create_sheet("隐藏").sheet_state = "hidden"
        book["隐藏"]["A1"] = "x"

    reading = read_ledger(make_ledger(NOTICES, ROW, change=explain), NOTICES, today=TODAY)
    assert reading.read == 1
    assert reading.remarks == ["只读取了工作表“Sheet”，没有读取：填写说明。"]


def test_a_month_on_a_second_sheet_is_not_lost_in_silence(make_ledger: MakeLedger) -> None:
    def second_month(book: Workbook) -> None:
        page = book.create_sheet("10月")
        page.append(HEADERS)
        page.append(list(ROW.values()))

    reading = read_ledger(make_ledger(NOTICES, ROW, change=second_month), NOTICES, today=TODAY)
    assert "没有读取：10月" in reading.remarks[0]


@pytest.mark.parametrize("headers", [HEADERS, HEADERS[1:]], ids=["blank", "no column"])
def test_a_batch_takes_the_rows_without_a_number(
    make_ledger: MakeLedger, headers: list[str]
) -> None:
    row = {key: value for key, value in ROW.items() if key != "编号"}
    path = make_ledger(NOTICES, row, row | {"号牌号码": "湘J8K217"}, headers=headers)
    reading = read_ledger(path, NOTICES, today=TODAY, numbers="absent")
    assert [one.values["plate"].key for one in reading.rows] == ["湘J8K216", "湘J8K217"]
    assert [one.values["number"] for one in reading.rows] == ["", ""]
    assert (reading.refused, reading.remarks) == ([], [])


def test_a_batch_refuses_the_rows_that_have_a_number(make_ledger: MakeLedger) -> None:
    path = make_ledger(NOTICES, ROW, ROW | {"编号": None, "号牌号码": "湘J8K217"})
    reading = read_ledger(path, NOTICES, today=TODAY, numbers="absent")
    assert [(one.row, one.column) for one in reading.refused] == [(2, "编号")]
    assert "已有编号“1”，不再编号" in reading.refused[0].say
    assert [one.number for one in reading.rows] == [3]


def test_a_batch_remarks_the_same_plate_at_the_same_time_and_place(
    make_ledger: MakeLedger,
) -> None:
    row = ROW | {"编号": None}
    unplated = row | {"号牌号码": "无号牌"}
    path = make_ledger(NOTICES, row, row, unplated, unplated)
    reading = read_ledger(path, NOTICES, today=TODAY, numbers="absent")
    assert len(reading.rows) == 4
    assert reading.remarks == ["第3行：号牌、告知时间、地点与第2行相同，请核对是否重复告知。"]


def test_progress_is_told_and_ends_at_the_total(make_ledger: MakeLedger) -> None:
    told: list[tuple[int, int]] = []
    path = make_ledger(NOTICES, *_rows(1_200))
    read_ledger(path, NOTICES, today=TODAY, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 1_200), (500, 1_200), (1_000, 1_200), (1_200, 1_200)]


def test_reading_stops_when_asked_and_takes_nothing(make_ledger: MakeLedger) -> None:
    with pytest.raises(ReadCancelled, match="没有导入任何内容"):
        read_ledger(make_ledger(NOTICES, ROW), NOTICES, today=TODAY, cancelled=lambda: True)
    path = make_ledger(NOTICES, ROW)
    assert read_ledger(path, NOTICES, today=TODAY, cancelled=lambda: False).read == 1


def test_many_remarks_of_one_column_are_summed_up(make_ledger: MakeLedger) -> None:
    rows = [one | {"号牌号码": "J8K216"} for one in _rows(50)]
    remarks = read_ledger(make_ledger(NOTICES, *rows), NOTICES, today=TODAY).remarks
    assert len(remarks) == 21
    assert remarks[-1] == "“号牌号码”另有30处需要核对，没有一一列出。"
