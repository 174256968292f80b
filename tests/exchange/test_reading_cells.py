"""What a cell of a ledger may hold: one line per case, through the whole reader."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from enforcer.exchange.ledgers import EDUCATION, LEDGERS, NOTICES, OFFICERS, PENALTIES, RECORDERS
from enforcer.exchange.workbook import read_ledger
from enforcer.terms import (
    Discretion,
    GuidanceKind,
    NoPenaltyReason,
    NoticeOutcome,
    OfficerPost,
    PartyKind,
    PenaltyKind,
    PlateColour,
    PlateKind,
    Procedure,
    RecorderState,
)
from tests.exchange.conftest import MakeLedger

TODAY = dt.date(2026, 9, 3)
ZONE = ZoneInfo("Asia/Shanghai")
NOTICE = {
    "编号": "告〔2026〕1号",
    "号牌号码": "湘J8K216",
    "告知时间": "2026-9-3 09:05",
    "地点": "武陵大道",
}
PENALTY = {
    "决定书文号": "罚〔2026〕1号", "程序": "简易", "当事人": "王芳", "当事人类别": "公民",
    "案由": "占道经营", "决定日期": "2026-9-1", "处罚种类": "罚款", "罚款金额(元)": 200,
}  # fmt: skip
OFFICER = {"姓名": "张三", "执法证号": "09000912", "有效期至": "2030-12-31"}
RECORDER = {"设备编号": "DSJ-01"}
LEAD = {"来源": "市长热线", "收到时间": "2026-9-1", "内容": "夜市占道"}
EDUCATED = {"日期": "2026-9-1", "方式": "发放宣传单", "数量": 300}
GOOD = {
    "notices": NOTICE, "penalties": PENALTY, "officers": OFFICER, "recorders": RECORDER,
    "education": EDUCATED, "leads": LEAD,
}  # fmt: skip


def _at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=ZONE)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("kind", "header", "cell", "key", "value"),
    [
        ("notices", "编号", 12.0, "number", "12"),
        ("notices", "编号", "１２号", "number", "12号"),
        ("notices", "编号", "'00012", "number", "00012"),
        ("notices", "编号", 999_999_999_999_999, "number", "999999999999999"),
        ("notices", "告知时间", dt.datetime(2026, 9, 3, 9, 5), "noticed_at", _at(2026, 9, 3, 9, 5)),
        ("notices", "告知时间", dt.date(2026, 9, 3), "noticed_at", _at(2026, 9, 3)),
        ("notices", "告知时间", "2026-9-3", "noticed_at", _at(2026, 9, 3)),
        ("notices", "告知时间", "2026-09-03", "noticed_at", _at(2026, 9, 3)),
        ("notices", "告知时间", "2026/9/3", "noticed_at", _at(2026, 9, 3)),
        ("notices", "告知时间", "2026年9月3日", "noticed_at", _at(2026, 9, 3)),
        ("notices", "告知时间", "2026-9-3 09:05", "noticed_at", _at(2026, 9, 3, 9, 5)),
        ("notices", "告知时间", "2026/9/3 9:05", "noticed_at", _at(2026, 9, 3, 9, 5)),
        ("notices", "告知时间", "2026年9月3日09:05", "noticed_at", _at(2026, 9, 3, 9, 5)),
        ("notices", "告知时间", "2026年9月3日 9时5分", "noticed_at", _at(2026, 9, 3, 9, 5)),
        ("notices", "告知时间", "2026-09-03T09:05:30", "noticed_at", _at(2026, 9, 3, 9, 5, 30)),
        (
            "notices",
            "告知时间",
            "２０２６－９－３　０９：０５",
            "noticed_at",
            _at(2026, 9, 3, 9, 5),
        ),
        ("notices", "告知时间", " 2026-9-3 ", "noticed_at", _at(2026, 9, 3)),
        ("notices", "告知时间", "2024-2-29 23:59", "noticed_at", _at(2024, 2, 29, 23, 59)),
        ("notices", "号牌颜色", "蓝", "plate_colour", PlateColour.BLUE),
        ("notices", "号牌颜色", "蓝色", "plate_colour", PlateColour.BLUE),
        ("notices", "号牌颜色", "渐变绿", "plate_colour", PlateColour.GREEN),
        ("notices", "号牌颜色", "无", "plate_colour", PlateColour.NONE),
        ("notices", "号牌颜色", "", "plate_colour", None),
        ("notices", "地点", "价格<b>&amp;", "place", "价格<b>&amp;"),
        ("notices", "地点", "'=1+1", "place", "=1+1"),
        ("notices", "地点", 101.0, "place", "101"),
        ("notices", "执法人员1", "王 芳", "officer1", "王芳"),
        ("notices", "处置结果", "已驶离", "outcome", NoticeOutcome.MOVED_OFF),
        ("notices", "处置结果", "作废", "outcome", None),
        ("notices", "处置结果", "作废", "void", True),
        ("notices", "处置结果", "转处罚", "void", False),
        ("notices", "备注", "第一行\n第二行", "note", "第一行\n第二行"),
        ("notices", "备注", None, "note", ""),
        ("penalties", "程序", "普通", "procedure", Procedure.ORDINARY),
        ("penalties", "程序", "一般", "procedure", Procedure.ORDINARY),
        ("penalties", "程序", " 简易程序 ", "procedure", Procedure.SUMMARY),
        ("penalties", "当事人类别", "个体工商户", "party_kind", PartyKind.SOLE_TRADER),
        ("penalties", "证件号码", "11010519491231002x", "party_id_number", "11010519491231002x"),
        ("penalties", "违法日期", "2026-8-31 23:10", "acted_on", dt.date(2026, 8, 31)),
        (
            "penalties",
            "决定日期",
            dt.datetime(2026, 9, 1, 10, 0),
            "decided_on",
            dt.date(2026, 9, 1),
        ),
        ("penalties", "处罚种类", "警告、罚款", "kinds", (PenaltyKind.WARNING, PenaltyKind.FINE)),
        (
            "penalties",
            "处罚种类",
            "警告，罚款、罚款",
            "kinds",
            (PenaltyKind.WARNING, PenaltyKind.FINE),
        ),
        ("penalties", "罚款金额(元)", 200.1, "fine_fen", 20_010),
        ("penalties", "罚款金额(元)", "1,000.00", "fine_fen", 100_000),
        ("penalties", "罚款金额(元)", "２００元", "fine_fen", 20_000),
        ("penalties", "没收金额(元)", "/", "confiscated_fen", None),
        ("penalties", "裁量", "从轻", "discretion", Discretion.LIGHTER),
        ("penalties", "裁量", "", "discretion", None),
        ("penalties", "缴款日期", "—", "paid_on", None),
        ("officers", "执法证号", "09000912", "certificate_number", "09000912"),
        ("officers", "有效期至", "2035年1月1日", "valid_until", dt.date(2035, 1, 1)),
        ("officers", "岗位", "法制审核", "post", OfficerPost.LEGAL_REVIEWER),
        ("recorders", "状态", "维修", "state", RecorderState.REPAIR),
        ("recorders", "启用日期", "2025/1/1", "in_use_from", dt.date(2025, 1, 1)),
        ("leads", "要求保密", "保密", "secret", True),
        ("leads", "要求保密", "", "secret", None),
        ("leads", "是否满意", "不满意", "satisfied", False),
        ("leads", "处理结果", "作废", "void", True),
        ("leads", "答复期限", "2027-01-01", "reply_due_on", dt.date(2027, 1, 1)),
        ("leads", "反映人", "王＊", "informant", ""),
        ("leads", "内容", "第一行\n第二行", "content", "第一行\n第二行"),
        ("education", "方式", "行政约谈", "kind", GuidanceKind.INTERVIEW),
        ("education", "数量", "1,200", "quantity", 1_200),
        ("education", "数量", 0, "quantity", 0),
        ("education", "日期", dt.date(2026, 9, 3), "occurred_on", dt.date(2026, 9, 3)),
    ],
)
def test_a_cell_is_read_as_the_officer_means_it(
    make_ledger: MakeLedger, kind: str, header: str, cell: object, key: str, value: object
) -> None:
    reading = read_ledger(
        make_ledger(LEDGERS[kind], GOOD[kind] | {header: cell}), LEDGERS[kind], today=TODAY
    )
    assert reading.refused == []
    assert reading.rows[0].values[key] == value


ROUNDED = "Excel已丢失末尾数字"


@pytest.mark.parametrize(
    ("kind", "header", "cell", "say"),
    [
        ("notices", "编号", None, "编号没有填写，请补填。"),
        ("notices", "编号", "   ", "编号没有填写，请补填。"),
        ("notices", "编号", 430_702_199_001_011_234, ROUNDED),
        ("notices", "编号", 1e15, ROUNDED),
        ("notices", "编号", dt.date(2026, 2, 1), "已被Excel改成日期"),
        ("notices", "编号", True, "是逻辑值"),
        ("notices", "编号", "x" * 61, "编号最多60个字，现在有61个字"),
        ("notices", "号牌号码", None, "号牌号码没有填写"),
        ("notices", "号牌号码", "湘" * 21, "号牌号码最多20个字"),
        ("notices", "告知时间", None, "告知时间没有填写"),
        ("notices", "告知时间", "2026-02-30", "“2026-02-30”不是真实存在的日期"),
        ("notices", "告知时间", "2026-2-29", "不是真实存在的日期"),
        ("notices", "告知时间", "2026-9-3 24:00", "不是真实存在的日期或时间"),
        ("notices", "告知时间", "2026-9-4", "“2026-09-04”晚于今天（2026-09-03）"),
        ("notices", "告知时间", dt.datetime(2026, 9, 4, 0, 0), "晚于今天"),
        ("notices", "告知时间", dt.date(9999, 12, 31), "晚于今天"),
        ("notices", "告知时间", "0001-01-01", "不在1980年至2100年之间"),
        ("notices", "告知时间", "9月3日", "不是能识别的日期"),
        ("notices", "告知时间", "26-9-3", "不是能识别的日期"),
        ("notices", "告知时间", "2026-9/3", "不是能识别的日期"),
        ("notices", "告知时间", "昨天上午", "不是能识别的日期"),
        ("notices", "告知时间", 20_260_903, "“20260903”是数字，不是日期"),
        ("notices", "告知时间", dt.time(9, 5), "只有时刻、没有日期"),
        ("notices", "地点", "x" * 4_000, "地点最多200个字，现在有4000个字，请删减3800个字。"),
        ("notices", "地点", "甲_x0001_乙", "地点含有看不见的控制字符"),
        ("notices", "号牌颜色", "紫", "“紫”不在可填写的范围内，请填写：蓝、绿、黄、黄绿、白、黑、无。"),
        ("notices", "处置结果", "跑了", "请填写：已驶离、未驶离、转处罚、作废。"),
        ("penalties", "程序", "特别", "请填写：简易、普通。"),
        ("penalties", "当事人类别", None, "当事人类别没有填写"),
        ("penalties", "证件号码", 1.10105194912310e17, ROUNDED),
        ("penalties", "处罚种类", "没收", "“没收”不在可填写的范围内，请填写：警告、通报批评、罚款"),
        ("penalties", "罚款金额(元)", -1, "罚款金额不能是负数"),
        ("penalties", "罚款金额(元)", "1,000.005", "超过两位小数"),
        ("penalties", "罚款金额(元)", "NaN", "不是能识别的金额"),
        ("penalties", "罚款金额(元)", 10**18, "太大"),
        ("penalties", "罚款金额(元)", dt.date(2026, 1, 1), "已被Excel改成日期"),
        ("penalties", "罚款金额(元)", True, "逻辑值"),
        ("officers", "有效期至", "长期", "不是能识别的日期"),
        ("officers", "有效期至", "2101-1-1", "不在1980年至2100年之间"),
        ("officers", "发证日期", "2027-1-1", "晚于今天"),
        ("education", "数量", None, "数量没有填写"),
        ("education", "数量", 1.5, "“1.5”应当是0或者正整数"),
        ("education", "数量", -3, "“-3”应当是0或者正整数"),
        ("education", "数量", "三百份", "“三百份”应当是0或者正整数"),
        ("education", "数量", "²", "“²”应当是0或者正整数"),
        ("education", "方式", "喊话", "请填写：发放宣传单、说服教育、行政指导"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_refused_with_row_column_and_sentence(
    make_ledger: MakeLedger, kind: str, header: str, cell: object, say: str
) -> None:
    path = make_ledger(LEDGERS[kind], GOOD[kind], GOOD[kind] | {header: cell})
    ledger = LEDGERS[kind]
    reading = read_ledger(path, ledger, today=TODAY)
    refused = reading.refused[0]
    assert (refused.row, refused.column) == (3, header)
    assert say in refused.say
    assert refused.say.endswith("。")
    assert [one.number for one in reading.rows] == [2]
    assert reading.read == 2


def test_a_row_with_three_faults_is_one_refusal_that_says_all_three(
    make_ledger: MakeLedger,
) -> None:
    row = NOTICE | {"地点": "", "告知时间": "2026-02-30", "号牌颜色": "紫"}
    refused = read_ledger(make_ledger(NOTICES, row), NOTICES, today=TODAY).refused
    assert len(refused) == 1
    assert refused[0].as_json()["column"] == "号牌颜色"
    assert all(part in refused[0].say for part in ("紫", "2026-02-30", "地点没有填写"))


@pytest.mark.parametrize(
    ("cell", "timed"), [("2026-9-3", False), ("2026-9-3 00:00", True), (dt.date(2026, 9, 3), False)]
)
def test_a_day_without_a_time_is_told_from_midnight(
    make_ledger: MakeLedger, cell: object, timed: bool
) -> None:
    path = make_ledger(NOTICES, NOTICE | {"告知时间": cell})
    values = read_ledger(path, NOTICES, today=TODAY).rows[0].values
    assert values["time_given"] is timed
    assert values["noticed_at"] == _at(2026, 9, 3)


def test_a_plate_comes_as_a_plate_and_its_doubt_as_a_remark(make_ledger: MakeLedger) -> None:
    path = make_ledger(NOTICES, NOTICE | {"号牌号码": "湘jo8k21"})
    reading = read_ledger(path, NOTICES, today=TODAY)
    plate = reading.rows[0].values["plate"]
    assert (plate.text, plate.kind) == ("湘J·08K21", PlateKind.ORDINARY)
    assert reading.remarks == [
        "第2行：号牌序号不使用字母O和I，“湘JO8K21”已按“湘J08K21”读取，请对照实物核对。"
    ]


@pytest.mark.parametrize(
    ("header", "cell", "kept", "remark"),
    [
        ("地点", "甲\u200b乙", "甲乙", "地点：已去掉1个看不见的字符"),
        ("地点", dt.date(2026, 5, 1), "2026-05-01", "地点在Excel里是日期或时间"),
        ("执法人员1", "王　芳", "王芳", "名称中间的空格已去掉"),
    ],
)  # fmt: skip
def test_what_is_changed_in_a_text_is_remarked(
    make_ledger: MakeLedger, header: str, cell: object, kept: str, remark: str
) -> None:
    reading = read_ledger(make_ledger(NOTICES, NOTICE | {header: cell}), NOTICES, today=TODAY)
    assert kept in reading.rows[0].values.values()
    assert len(reading.remarks) == 1
    assert reading.remarks[0].startswith("第2行：")
    assert remark in reading.remarks[0]


def test_dates_of_a_workbook_that_counts_from_1904_are_right(make_ledger: MakeLedger) -> None:
    def count_from_1904(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    row = NOTICE | {"告知时间": dt.datetime(2026, 9, 3, 9, 5)}
    path = make_ledger(NOTICES, row, change=count_from_1904)
    assert read_ledger(path, NOTICES, today=TODAY).rows[0].values["noticed_at"] == _at(
        2026, 9, 3, 9, 5
    )


def test_an_error_cell_and_an_uncalculated_formula_are_refused_not_read_as_blank(
    make_ledger: MakeLedger,
) -> None:
    path = make_ledger(
        NOTICES,
        NOTICE | {"备注": "#N/A"},
        NOTICE | {"编号": "2", "备注": "=1/0"},
        NOTICE | {"编号": "3"},
    )
    reading = read_ledger(path, NOTICES, today=TODAY)
    assert [(one.row, one.column) for one in reading.refused] == [(2, "备注"), (3, "备注")]
    assert "错误值" in reading.refused[0].say
    assert "公式还没有结果" in reading.refused[1].say
    assert [one.number for one in reading.rows] == [4]


P = PENALTY | {"罚款金额(元)": None, "处罚种类": "警告"}
N = P | {"处罚种类": None, "裁量": "不予处罚"}


@pytest.mark.parametrize(
    ("row", "column", "say"),
    [
        (P | {"处罚种类": None}, "处罚种类", "处罚种类没有填写；不予处罚的"),
        (P | {"罚款金额(元)": 200}, "罚款金额(元)", "处罚种类里没有“罚款”"),
        (P | {"没收金额(元)": 1}, "没收金额(元)", "没有“没收违法所得”或者“没收非法财物”"),
        (P | {"不予处罚理由": "轻微"}, "不予处罚理由", "“裁量”不是“不予处罚”"),
        (N | {"处罚种类": "警告"}, "处罚种类", "处罚种类应当空着"),
        (N | {"罚款金额(元)": 5}, "罚款金额(元)", "罚款金额应当空着"),
        (N | {"没收金额(元)": 5}, "没收金额(元)", "没收金额应当空着"),
        (N | {"缴款金额(元)": 5}, "缴款金额(元)", "缴款金额应当空着"),
        (P | {"证件号码": "110105194912310021"}, "证件号码", "最后一位校验码应为“X”，现为“1”"),
        (
            P | {"证件号码": "91110000600037341M", "当事人类别": "法人"},
            "证件号码",
            "校验码应为“L”",
        ),
    ],
)
def test_columns_that_contradict_refuse_the_row(
    make_ledger: MakeLedger, row: dict[str, object], column: str, say: str
) -> None:
    refused = read_ledger(make_ledger(PENALTIES, row), PENALTIES, today=TODAY).refused
    assert [one.column for one in refused] == [column]
    assert say in refused[0].say


@pytest.mark.parametrize(
    ("row", "remark"),
    [
        (P, ""),
        (N | {"不予处罚理由": "首违"}, ""),
        (N, "不予处罚没有填写理由"),
        (P | {"处罚种类": "警告、罚款"}, "没有罚款金额"),
        (P | {"处罚种类": "没收违法所得", "没收金额(元)": 10}, ""),
        (P | {"罚款金额(元)": 0}, ""),
        (P | {"违法日期": "2026-9-2"}, "决定日期2026-09-01早于违法日期2026-09-02"),
        (P | {"立案日期": "2026-9-2"}, "决定日期2026-09-01早于立案日期2026-09-02"),
        (P | {"结案日期": "2026-8-1"}, "结案日期2026-08-01早于决定日期2026-09-01"),
        (P | {"缴款日期": "2026-8-1"}, "缴款日期2026-08-01早于决定日期2026-09-01"),
        (PENALTY | {"缴款金额(元)": 200}, "没有缴款日期"),
        (PENALTY | {"缴款日期": "2026-9-2", "缴款金额(元)": 200}, ""),
        (PENALTY | {"缴款日期": "2026-9-2", "缴款金额(元)": 206}, "多出的6.00元按加处罚款计入"),
        (P | {"缴款日期": "2026-9-2", "缴款金额(元)": 9}, "决定没有罚款、没收金额"),
        (P | {"证件号码": "11010519491231002X"}, ""),
        (P | {"证件号码": "不详"}, ""),
        (P | {"当事人类别": "个体工商户", "证件号码": "11010519491231002X"}, ""),
        (P | {"当事人类别": "个体工商户", "证件号码": "91350100M000100Y43"}, ""),
        (P | {"证件号码": "110105194912310021", "备注": "证件号码如此，已核对原件"}, "备注已说明"),
        (P | {"执法人员1": "张三", "执法人员2": "张三"}, "都是“张三”"),
        (P | {"执法人员1": "张三", "执法人员2": "李四"}, ""),
    ],
)
def test_columns_that_look_odd_are_taken_with_a_remark(
    make_ledger: MakeLedger, row: dict[str, object], remark: str
) -> None:
    reading = read_ledger(make_ledger(PENALTIES, row), PENALTIES, today=TODAY)
    assert reading.refused == []
    assert bool(reading.remarks) is bool(remark)
    assert remark in "".join(reading.remarks)


def test_no_penalty_has_its_reason_and_no_kinds(make_ledger: MakeLedger) -> None:
    row = N | {"不予处罚理由": "首违"}
    values = read_ledger(make_ledger(PENALTIES, row), PENALTIES, today=TODAY).rows[0].values
    assert values["discretion"] is Discretion.NO_PENALTY
    assert values["no_penalty_reason"] is NoPenaltyReason.FIRST_VIOLATION
    assert values["kinds"] == ()


def test_a_certificate_that_ends_before_it_begins_is_refused(make_ledger: MakeLedger) -> None:
    path = make_ledger(OFFICERS, OFFICER | {"发证日期": "2026-1-1", "有效期至": "2025-12-31"})
    refused = read_ledger(path, OFFICERS, today=TODAY).refused
    assert "早于发证日期" in refused[0].say


def test_an_expired_certificate_is_history_and_is_taken(make_ledger: MakeLedger) -> None:
    path = make_ledger(OFFICERS, OFFICER | {"有效期至": "2020-12-31"})
    assert read_ledger(path, OFFICERS, today=TODAY).rows[0].values["valid_until"].year == 2020


@pytest.mark.parametrize("ledger", [RECORDERS, EDUCATION], ids=lambda one: one.kind)
def test_the_shortest_row_of_a_ledger_is_enough(make_ledger: MakeLedger, ledger: object) -> None:
    kind = ledger.kind  # type: ignore[attr-defined]
    reading = read_ledger(
        make_ledger(LEDGERS[kind], GOOD[kind], headers=list(GOOD[kind])), LEDGERS[kind], today=TODAY
    )
    assert reading.refused == []
    assert set(reading.rows[0].values) == {one.key for one in LEDGERS[kind].columns}
