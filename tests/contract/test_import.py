"""`import`: five ledgers as the contract names them, good rows taken, bad ones sent back by place."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.contract.face import (
    DONE,
    EDUCATION,
    LEADS,
    NOTICES,
    OFFICERS,
    OLD_LEADS,
    PENALTIES,
    RECORDERS,
    REFUSED,
    ask,
    done,
    ledger,
    notice,
    penalty,
    take,
    tomorrow,
)

Book = Callable[..., Path]
TABLES: dict[str, tuple[list[str], list[dict[str, object]]]] = {
    "notices": (
        NOTICES,
        [notice("甲告〔2025〕第1号"), notice("甲告〔2025〕第2号", 处置结果="作废")],
    ),
    "penalties": (PENALTIES, [penalty("甲罚〔2025〕第1号"), penalty("甲罚〔2025〕第2号")]),
    "officers": (
        OFFICERS,
        [
            {"姓名": "张三", "执法证号": "湘001", "有效期至": "2030-01-01"},
            {"姓名": "李四", "执法证号": "湘002", "有效期至": "2020-01-01", "岗位": "法制审核"},
        ],
    ),
    "leads": (LEADS, OLD_LEADS),
    "recorders": (RECORDERS, [{"设备编号": "DSJ1", "状态": "在用"}, {"设备编号": "DSJ2"}]),
    "education": (
        EDUCATION,
        [
            {"日期": "2025-08-15", "方式": "发放宣传单", "数量": 100},
            {"日期": "2025-08-16", "方式": "行政约谈", "数量": 2, "地点或对象": "市场"},
        ],
    ),
}


@pytest.fixture
def book(tmp_path: Path) -> Book:
    def make(kind: str, *rows: dict[str, object], head: list[str] | None = None) -> Path:
        path = tmp_path / f"{kind}-{random.randrange(10**9)}.xlsx"
        return ledger(path, head or TABLES[kind][0], rows)

    return make


def faults(report: Any) -> list[tuple[int, str]]:
    return [(one["row"], one["column"]) for one in report["refused"]]


@pytest.mark.parametrize("kind", TABLES)
def test_every_kind_is_taken_once_and_known_the_second_time(
    bare: Path, book: Book, kind: str
) -> None:
    path = book(kind, *TABLES[kind][1])
    looked = take(bare, kind, path, "--dry-run")
    assert (looked["read"], looked["taken"], looked["known"]) == (2, 2, 0)
    first = take(bare, kind, path)
    assert set(first) == {"read", "taken", "known", "refused", "remarks"}
    assert (first["read"], first["taken"], first["known"], first["refused"]) == (2, 2, 0, [])
    before = done("--home", bare, "statistics", "--period", "2025")
    second = take(bare, kind, path)
    assert (second["read"], second["taken"], second["known"], second["refused"]) == (2, 0, 2, [])
    assert done("--home", bare, "statistics", "--period", "2025") == before
    assert done("--home", bare, "verify")["ok"] is True


@pytest.mark.parametrize("kind", TABLES)
def test_the_order_of_columns_is_free_and_unknown_ones_are_told(
    bare: Path, book: Book, kind: str
) -> None:
    head, rows = TABLES[kind]
    shuffled = [*reversed(head), "心情"]
    report = take(bare, kind, book(kind, *rows, head=shuffled))
    assert report["taken"] == 2
    assert sum("心情" in one for one in report["remarks"]) == 1


@pytest.mark.parametrize(
    ("kind", "missing"),
    [("notices", one) for one in ("编号", "号牌号码", "告知时间", "地点")]
    + [
        ("penalties", one)
        for one in ("决定书文号", "程序", "当事人", "当事人类别", "案由", "决定日期")
    ]
    + [("officers", one) for one in ("姓名", "执法证号", "有效期至")]
    + [("education", one) for one in ("日期", "方式", "数量")]
    + [("leads", one) for one in ("来源", "收到时间", "内容")],
)
def test_a_required_column_that_is_missing_refuses_the_file_and_a_blank_one_the_row(
    bare: Path, book: Book, kind: str, missing: str
) -> None:
    head, rows = TABLES[kind]
    answer = ask(
        *("--home", bare, "import", "--kind", kind, "--json"),
        book(kind, *rows, head=[one for one in head if one != missing]),
    )
    assert answer.code == REFUSED
    assert answer.json["taken"] == 0
    assert missing in answer.json["refused"][0]["say"]
    for blank in (None, "   "):
        report = take(bare, kind, book(kind, {**rows[0], missing: blank}), "--dry-run")
        assert report["taken"] == 0
        assert faults(report) == [(2, missing)]


def test_the_rest_may_be_blank(bare: Path, book: Book) -> None:
    few = {"编号": "甲1", "号牌号码": "湘A12345", "告知时间": "2025-1-1", "地点": "路"}
    assert take(bare, "notices", book("notices", few))["taken"] == 1
    row = penalty("甲2")
    assert take(bare, "penalties", book("penalties", row))["taken"] == 1
    free = penalty("甲3", 处罚种类=None, 裁量="不予处罚", 不予处罚理由="轻微")
    assert take(bare, "penalties", book("penalties", free))["taken"] == 1
    unnamed = penalty("甲4", 处罚种类=None)
    assert faults(take(bare, "penalties", book("penalties", unnamed))) == [(2, "处罚种类")]


DATES: list[tuple[object, bool]] = [
    ("2025-9-3", True),
    ("2025/9/3", True),
    ("2025年9月3日", True),
    ("2025-09-03 09:05", True),
    ("2025/9/3 9:05", True),
    ("2025年9月3日 09:05", True),
    ("２０２５-9-3", True),
    (date(2025, 9, 3), True),
    (datetime(2025, 9, 3, 9, 5), True),
    ("2025-02-29", False),
    ("2024-02-29", True),
    ("2025-13-01", False),
    ("2025-9-3 25:00", False),
    ("昨天", False),
    ("9999-01-01", False),
    ("0001-01-01", False),
    (45000.5, False),
]


@pytest.mark.parametrize(("kind", "column"), [("notices", "告知时间"), ("penalties", "决定日期")])
def test_dates_are_read_as_dates_or_as_the_three_ways_of_writing(
    bare: Path, book: Book, kind: str, column: str
) -> None:
    make = notice if kind == "notices" else penalty
    rows = [make(f"甲{at}", **{column: written}) for at, (written, _) in enumerate(DATES)]
    report = take(bare, kind, book(kind, *rows))
    assert faults(report) == [(at, column) for at, (_, taken) in enumerate(DATES, 2) if not taken]


@pytest.mark.parametrize("column", ["违法日期", "立案日期", "决定日期", "缴款日期", "结案日期"])
def test_a_date_after_today_is_refused(bare: Path, book: Book, column: str) -> None:
    report = take(bare, "penalties", book("penalties", penalty("甲1", **{column: tomorrow()})))
    assert faults(report) == [(2, column)]
    assert str(tomorrow()) in report["refused"][0]["say"]


@pytest.mark.parametrize(
    ("number", "kind", "taken"),
    [
        ("11010519491231002X", "公民", True),
        ("11010519491231002x", "公民", True),
        ("１１０１０５１９４９１２３１００２Ｘ", "公民", True),
        ("110105194912310021", "公民", False),
        ("110105200102290016", "公民", False),
        (110105194912310020, "公民", False),
        (1.10105194912310e17, "公民", False),
        ("91350100M000100Y43", "法人", True),
        ("91350100M000100Y44", "法人", False),
        (None, "公民", True),
    ],
)
def test_numbers_of_eighteen_digits_keep_their_tail_or_are_refused(
    bare: Path, book: Book, number: object, kind: str, taken: bool
) -> None:
    row = penalty("甲1", 证件号码=number, 当事人类别=kind)
    report = take(bare, "penalties", book("penalties", row))
    assert (report["taken"], faults(report)) == ((1, []) if taken else (0, [(2, "证件号码")]))
    if isinstance(number, (int, float)):
        assert "Excel" in report["refused"][0]["say"]


def test_a_wrong_check_digit_is_kept_when_the_row_gives_the_reason(bare: Path, book: Book) -> None:
    row = penalty("甲1", 证件号码="110105194912310021", 备注="证件号码如此，已核对原件")
    report = take(bare, "penalties", book("penalties", row))
    assert report["taken"] == 1
    assert any("第2行" in one for one in report["remarks"])


PENALTY_ROWS: list[tuple[dict[str, object], str | None]] = [
    ({"程序": "一般"}, None),
    ({"程序": "普通"}, None),
    ({"程序": "快速"}, "程序"),
    ({"当事人类别": "企业"}, "当事人类别"),
    ({"处罚种类": "批评教育"}, "处罚种类"),
    ({"处罚种类": "警告、罚款", "fine": 50}, None),
    ({"处罚种类": "警告", "fine": 50}, "罚款金额(元)"),
    ({"处罚种类": "罚款", "fine": "1,234.50"}, None),
    ({"处罚种类": "罚款", "fine": 0.1 + 0.2}, None),
    ({"处罚种类": "罚款", "fine": "１００"}, None),
    ({"处罚种类": "罚款", "fine": "100.005"}, "罚款金额(元)"),
    ({"处罚种类": "罚款", "fine": -1}, "罚款金额(元)"),
    ({"处罚种类": "罚款", "fine": "1e5"}, "罚款金额(元)"),
    ({"处罚种类": "罚款", "fine": "NaN"}, "罚款金额(元)"),
    ({"处罚种类": "罚款", "fine": 1e18}, "罚款金额(元)"),
    ({"处罚种类": "罚款", "fine": "一百"}, "罚款金额(元)"),
    ({"处罚种类": "没收非法财物", "confiscated": 3.5}, None),
    ({"裁量": "加重"}, "裁量"),
    ({"裁量": "不予处罚"}, "处罚种类"),
    ({"案由": "长" * 4000}, "案由"),
    ({"当事人": "长" * 4000}, "当事人"),
    ({"备注": "长" * 4000}, None),
    ({"决定书文号": "长" * 4000}, "决定书文号"),
]


def test_penalty_rows_are_taken_or_sent_back_by_their_column(bare: Path, book: Book) -> None:
    rows = [penalty(f"甲{at}", **given) for at, (given, _) in enumerate(PENALTY_ROWS)]
    report = take(bare, "penalties", book("penalties", *rows))
    assert faults(report) == [(at, fault) for at, (_, fault) in enumerate(PENALTY_ROWS, 2) if fault]


NOTICE_ROWS: list[tuple[dict[str, object], str | None]] = [
    ({"号牌颜色": "紫"}, "号牌颜色"),
    ({"处置结果": "跑了"}, "处置结果"),
    ({"处置结果": "转处罚"}, None),
    ({"处置结果": None}, None),
    ({"地点": "长" * 4000}, "地点"),
    ({"备注": "长" * 4000}, None),
    ({"号牌号码": "无"}, None),
    ({"号牌号码": "京Ａ·１２３４５"}, None),
    ({"号牌号码": "怪样子"}, None),
    ({"情形": '=HYPERLINK("http://x","y")'}, None),
    ({"情形": '<img src="/etc/hostname">'}, None),
]


def test_notice_rows_are_taken_or_sent_back_by_their_column(bare: Path, book: Book) -> None:
    rows = [notice(f"甲{at}", **given) for at, (given, _) in enumerate(NOTICE_ROWS)]
    report = take(bare, "notices", book("notices", *rows))
    assert faults(report) == [(at, fault) for at, (_, fault) in enumerate(NOTICE_ROWS, 2) if fault]


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\ufeff", "\n", "\t"])
def test_signs_nobody_sees_are_taken_out_and_told(bare: Path, book: Book, sign: str) -> None:
    row = notice("甲1", 地点=f"解放{sign}路")
    report = take(bare, "notices", book("notices", row))
    assert report["taken"] == 1
    assert any("第2行" in one and "地点" in one for one in report["remarks"])
    (hit,) = done("--home", bare, "search", "解放")
    assert sign not in hit["where"]


def test_a_line_break_of_a_place_is_kept_and_told(bare: Path, book: Book) -> None:
    report = take(bare, "notices", book("notices", notice("甲〔2025〕第1号", 地点="解放路\n东侧")))
    assert [one for one in report["remarks"] if "换行" in one] == [
        "第2行：地点里有换行，按原样保留，打印时分行，请核对。"
    ]
    (hit,) = done("--home", bare, "search", "解放路")
    assert "解放路 东侧" in hit["where"]


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x7f", "\x85"])
def test_a_control_character_sends_the_row_back(bare: Path, book: Book, sign: str) -> None:
    report = take(bare, "notices", book("notices", notice("甲1", 地点=f"解放{sign}路")))
    assert faults(report) == [(2, "地点")]


def test_what_a_row_says_is_kept_letter_for_letter(bare: Path, book: Book) -> None:
    text = "=1+1 <b>粗</b> &lt; '; DROP TABLE notice;-- 𠮷䶮买买提·吐尔逊"
    take(bare, "notices", book("notices", notice("甲1", 地点=text)))
    (hit,) = done("--home", bare, "search", "DROP TABLE")
    assert text in hit["where"]


def test_bad_rows_do_not_stop_good_ones_and_all_are_listed_in_order(bare: Path, book: Book) -> None:
    rows = [
        notice("甲1"),
        notice("甲2", 告知时间="不知道"),
        notice("甲3"),
        notice(None),
        notice("甲1", 地点="同一个号"),
        notice("甲4", 号牌颜色="紫"),
    ]
    report = take(bare, "notices", book("notices", *rows))
    assert (report["read"], report["taken"], report["known"]) == (6, 2, 0)
    assert faults(report) == [(3, "告知时间"), (5, "编号"), (6, "编号"), (7, "号牌颜色")]
    assert all(one["say"].endswith("。") for one in report["refused"])


def test_officers_a_ledger_names_and_nobody_knows_are_kept_as_text(bare: Path, book: Book) -> None:
    take(bare, "officers", book("officers", *TABLES["officers"][1]))
    report = take(
        bare, "notices", book("notices", notice("甲1", 执法人员1="张三", 执法人员2="走了的人"))
    )
    assert report["taken"] == 1
    assert [one for one in report["remarks"] if "走了的人" in one]
    assert not [one for one in report["remarks"] if "张三" in one]
    assert done("--home", bare, "search", "走了的人")


def test_a_number_written_with_other_brackets_is_the_same_number(sample: Path, book: Book) -> None:
    known = "云城管温告字〔2026〕第00001号"
    for other in ("云城管温告字[2026]第00001号", "云城管温告字（2026）第1号", known):
        report = take(sample, "notices", book("notices", notice(other)))
        assert (report["taken"], report["known"]) == (0, 1), other


def test_imported_numbers_advance_their_series(sample: Path, book: Book, tmp_path: Path) -> None:
    from tests.contract.conftest import CREW

    def issue(day: str) -> str:
        row = notice(None, 告知时间=day, 执法人员1=CREW[0], 执法人员2=CREW[1])
        path = book("notices", row)
        made = done("--home", sample, "notices", "issue", path, "-o", tmp_path / "x.pdf")
        assert made["first"] == made["last"]
        return str(made["first"])

    assert issue("2025-08-15 10:00") == "云城管温告字〔2025〕第00001号"
    taken = take(sample, "notices", book("notices", notice("云城管温告字〔2025〕第00500号")))
    assert taken["taken"] == 1
    assert issue("2025-08-15 11:00") == "云城管温告字〔2025〕第00501号"
    assert issue("2024-12-31 23:59") == "云城管温告字〔2024〕第00001号"
    assert done("--home", sample, "verify")["ok"] is True


def _change(path: Path, edit: Callable[[Any], None]) -> Path:
    whole = openpyxl.load_workbook(path)
    edit(whole.active)
    whole.save(path)
    whole.close()
    return path


def _text_file(path: Path) -> None:
    path.write_text("编号,号牌号码")


def _empty_file(path: Path) -> None:
    path.write_bytes(b"")


def _other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("a.txt", "b")


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1500])


def _merged_header(path: Path) -> None:
    _change(path, lambda sheet: sheet.merge_cells("C1:D1"))


def _header_twice(path: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet["K1"] = "编号"

    _change(path, edit)


def _no_rows(path: Path) -> None:
    _change(path, lambda sheet: sheet.delete_rows(2, 99))


def _old_excel(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096)


@pytest.mark.parametrize(
    "damage",
    [
        _text_file,
        _empty_file,
        _other_zip,
        _half,
        _merged_header,
        _header_twice,
        _no_rows,
        _old_excel,
    ],
)
def test_a_file_that_is_no_ledger_is_refused_in_one_sentence_and_nothing_is_taken(
    bare: Path, book: Book, damage: Callable[[Path], None]
) -> None:
    path = book("notices", notice("甲1"), notice("甲2"))
    damage(path)
    answer = ask("--home", bare, "import", path, "--kind", "notices", "--json")
    assert answer.code == REFUSED
    report = answer.json
    assert (report["taken"], report["known"]) == (0, 0)
    (refusal,) = report["refused"]
    assert refusal["say"].endswith("。")
    assert done("--home", bare, "search", "湘A12345") == []


def test_without_json_the_rows_sent_back_are_said(bare: Path, book: Book) -> None:
    answer = ask("--home", bare, "import", book("notices", notice(None)), "--kind", "notices")
    assert answer.code == DONE
    assert "第 2 行" in answer.out


@pytest.mark.parametrize(
    ("given", "paid", "additional"),
    [
        ({"fine": 100, "paid": 100, "缴款日期": "2025-08-20"}, "100.00", "0.00"),
        ({"fine": 100, "paid": 40, "缴款日期": "2025-08-20"}, "40.00", "0.00"),
        ({"fine": 100, "paid": 103, "缴款日期": "2025-08-20"}, "100.00", "3.00"),
        ({"fine": 100, "缴款日期": "2025-08-20"}, "100.00", "0.00"),
        ({"fine": 100, "paid": 100}, "0.00", "0.00"),
        ({"paid": 100, "缴款日期": "2025-08-20"}, "100.00", "0.00"),
    ],
)
def test_what_was_paid_is_never_guessed_in_silence(
    bare: Path, book: Book, given: dict[str, object], paid: str, additional: str
) -> None:
    row = penalty("甲1", 处罚种类="罚款", **given)
    report = take(bare, "penalties", book("penalties", row))
    assert report["taken"] == 1
    complete = {"fine", "paid", "缴款日期"} <= set(given) and additional == "0.00"
    assert bool(report["remarks"]) is not complete
    found = done("--home", bare, "statistics", "--period", "2025Q3")["payment"]
    assert (found["paid_yuan"], found["additional_yuan"]) == (paid, additional)
