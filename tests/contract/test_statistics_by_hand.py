"""`statistics`: a ledger counted by hand, every counting rule of the report in it at least once."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.contract.face import (
    EDUCATION,
    NOTICES,
    PENALTIES,
    ask,
    done,
    ledger,
    notice,
    pages,
    penalty,
    take,
)

CLASSES = [
    "警告",
    "通报批评",
    "罚款",
    "没收违法所得",
    "没收非法财物",
    "暂扣许可证件",
    "降低资质等级",
    "限制开展生产经营活动",
    "责令停产停业",
    "责令关闭",
    "限制从业",
    "吊销许可证件",
    "行政拘留",
    "其他",
]


def _penalties() -> list[dict[str, object]]:
    def one(number: int, kinds: str | None, **given: object) -> dict[str, object]:
        return penalty(f"甲罚〔2025〕第{number:03d}号", 处罚种类=kinds, **given)

    lenient = {"处罚种类": None, "裁量": "不予处罚"}
    return [
        one(1, "警告", 决定日期="2025-07-01"),
        one(2, "警告", 决定日期="2025-09-30", 程序="一般"),
        one(3, "通报批评", 程序="普通", 立案日期="2025-07-02", 结案日期="2025-09-29"),
        one(4, "罚款", fine=100, 缴款日期="2025-08-20", paid=100, 结案日期="2025-08-20"),
        one(5, "警告、罚款", fine=200, 缴款日期="2025-08-20", paid=206),
        one(6, "罚款、警告", fine="50.50", 缴款日期="2025-08-21", paid=20),
        one(7, "没收违法所得", 程序="普通", confiscated=1000, 立案日期="2025-07-30"),
        one(8, "罚款、没收违法所得", 程序="普通", fine=700, confiscated="300.25"),
        one(9, "没收非法财物", 程序="普通"),
        one(10, "暂扣许可证件", 程序="普通"),
        one(11, "降低资质等级", 程序="普通"),
        one(12, "限制开展生产经营活动", 程序="普通"),
        one(13, "责令停产停业、罚款", 程序="普通", fine=5000),
        one(14, "责令关闭", 程序="普通"),
        one(15, "限制从业", 程序="普通"),
        one(16, "警告、罚款、吊销许可证件", 程序="普通", fine="10,000"),
        one(17, "行政拘留", 程序="普通"),
        one(18, "其他", 程序="普通"),
        one(19, "其他、罚款", 程序="普通", fine=20),
        penalty("甲罚〔2025〕第020号", **lenient, 不予处罚理由="轻微"),
        penalty("甲罚〔2025〕第021号", **lenient, 不予处罚理由="首违"),
        penalty("甲罚〔2025〕第022号", **lenient, 不予处罚理由="首违"),
        penalty("甲罚〔2025〕第023号", **lenient, 不予处罚理由="无过错"),
        penalty("甲罚〔2025〕第024号", **lenient, 不予处罚理由="不担责"),
        penalty("甲罚〔2025〕第025号", **lenient, 不予处罚理由="不成立", 程序="普通"),
        one(26, "罚款", fine=80, 裁量="减轻"),
        one(27, "罚款", fine=90, 裁量="从轻"),
        one(28, "罚款", fine=90, 裁量="从轻"),
        one(29, "罚款", fine=95, 裁量="从重"),
        one(30, "罚款", fine=1, 决定日期="2025-06-30"),
        one(31, "罚款", fine=2, 决定日期="2025-10-01"),
        one(32, "罚款", fine=4, 决定日期="2024-08-15"),
    ]


BY_CLASS = dict.fromkeys(CLASSES, 1) | {"警告": 2, "罚款": 8, "没收违法所得": 2}
FINES = Decimal("100") + 200 + Decimal("50.50") + 700 + 5000 + 10000 + 20 + 80 + 90 + 90 + 95
AMOUNT = FINES + 1000 + Decimal("300.25")


def _notices() -> list[dict[str, object]]:
    days = [
        ("湘A00001", "2025-07-01 00:00", "已驶离"),
        ("湘A·00001", "2025-09-30 23:59", "已驶离"),  # came back within the quarter
        ("湘A00002", "2025-06-30 23:59", "已驶离"),
        ("湘A00002", "2025-08-01 10:00", "未驶离"),  # came back from before the quarter
        ("湘A00003", "2025-08-01 10:00", "转处罚"),
        ("湘A00004", "2025-08-01 10:00", "作废"),
        ("湘A00005", "2025-06-01 10:00", "作废"),
        ("湘A00005", "2025-08-01 10:00", None),  # the earlier one was void
        ("湘A00006", "2025-08-02 10:00", "已驶离"),
        ("湘A00006", "2025-08-03 10:00", "作废"),
        ("湘A00007", "2025-08-04 10:00", "已驶离"),
        ("湘A00007", "2025-08-04 15:00", "已驶离"),  # twice on one day
        ("湘A00008", "2025-10-01 00:00", "已驶离"),
        ("湘A00001", "2026-01-01 00:00", "已驶离"),
    ]
    return [
        notice(f"甲告〔2025〕第{at:03d}号", 号牌号码=plate, 告知时间=day, 处置结果=outcome)
        for at, (plate, day, outcome) in enumerate(days, 1)
    ]


GUIDANCE = {"notices": 8, "notices_void": 2, "vehicles": 6, "repeat_vehicles": 3, "moved_off": 5}


@pytest.fixture(scope="module")
def office(made_bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("counted")
    home = Path(shutil.copytree(made_bare, folder / "家"))
    for kind, head, rows in (
        ("penalties", PENALTIES, _penalties()),
        ("notices", NOTICES, _notices()),
        (
            "education",
            EDUCATION,
            [
                ("2025-07-01", "发放宣传单", "社区", 100, "张三", None),
                ("2025-09-30", "发放宣传单", "社区", 50, "张三", None),
                ("2025-10-01", "发放宣传单", "社区", 7, "张三", None),
                ("2025-08-01", "说服教育", "摊贩", 1, None, None),
                ("2025-08-02", "行政约谈", "市场", 1, None, None),
            ],
        ),
    ):
        report = take(home, kind, ledger(folder / f"{kind}.xlsx", head, rows))
        assert report["taken"] == len(rows)
        assert report["refused"] == []
    return home


@pytest.fixture(scope="module")
def quarter(office: Path) -> Any:
    return done("--home", office, "statistics", "--period", "2025Q3")


def test_the_document_has_the_promised_keys_and_no_other(quarter: Any) -> None:
    assert list(quarter) == ["period", "penalties", "leniency", "guidance", "course", "payment"]
    assert list(quarter["penalties"]) == ["by_class", "total", "amount_yuan", "summary", "ordinary"]
    assert set(quarter["penalties"]["by_class"]) == set(CLASSES)
    assert set(quarter["leniency"]) == {"no_penalty", "mitigated", "lighter"}
    assert list(quarter["leniency"]["no_penalty"]) == [
        *("minor", "first_violation", "no_fault", "not_responsible", "not_established")
    ]
    assert set(quarter["guidance"]) == {*GUIDANCE, "leaflets", "by_kind"}
    assert set(quarter["course"]) == {
        *("leads", "filed", "closed", "hearings", "reconsiderations", "litigations"),
        *("court_applications", "transfers"),
    }
    assert set(quarter["payment"]) == {
        *("decided_yuan", "paid_yuan", "additional_yuan", "collected_on_spot_yuan")
    }


def test_one_decision_is_one_in_its_heaviest_class(quarter: Any) -> None:
    assert quarter["penalties"]["by_class"] == BY_CLASS
    assert quarter["penalties"]["total"] == sum(BY_CLASS.values()) == 23


def test_general_is_read_as_ordinary(quarter: Any) -> None:
    assert (quarter["penalties"]["summary"], quarter["penalties"]["ordinary"]) == (8, 15)


def test_amounts_are_those_of_the_decision(quarter: Any) -> None:
    assert quarter["penalties"]["amount_yuan"] == str(AMOUNT) == "17725.75"
    assert quarter["payment"]["decided_yuan"] == "17725.75"


def test_payments_stand_apart_from_decisions(quarter: Any) -> None:
    paid = quarter["payment"]
    assert (paid["paid_yuan"], paid["additional_yuan"]) == ("320.00", "6.00")
    assert paid["collected_on_spot_yuan"] == "0.00"


def test_no_penalty_is_never_a_penalty_and_each_reason_has_its_count(quarter: Any) -> None:
    leniency = quarter["leniency"]
    assert leniency["no_penalty"] == {
        "minor": 1,
        "first_violation": 2,
        "no_fault": 1,
        "not_responsible": 1,
        "not_established": 1,
    }
    assert (leniency["mitigated"], leniency["lighter"]) == (1, 2)


def test_notices_vehicles_and_those_that_came_back(quarter: Any) -> None:
    guidance = quarter["guidance"]
    assert {key: guidance[key] for key in GUIDANCE} == GUIDANCE


def test_education_is_counted_apart(quarter: Any) -> None:
    assert quarter["guidance"]["leaflets"] == 150
    assert quarter["guidance"]["by_kind"]["说服教育"] == 1
    assert quarter["guidance"]["by_kind"]["行政约谈"] == 1


def test_the_course_of_cases(quarter: Any) -> None:
    assert (quarter["course"]["filed"], quarter["course"]["closed"]) == (2, 2)
    assert quarter["course"]["leads"] == 0


def test_counts_are_integers_and_money_is_text(quarter: Any) -> None:
    def walk(value: Any, name: str) -> None:
        if isinstance(value, dict):
            for key, one in value.items():
                walk(one, key)
        elif name.endswith("_yuan"):
            assert re.fullmatch(r"\d+\.\d\d", value)
        elif name not in {"from", "to"}:
            assert type(value) is int

    walk(quarter, "")


@pytest.mark.parametrize(
    ("period", "total", "amount"),
    [
        ("2025", 25, AMOUNT + 3),
        ("2025Q2", 1, Decimal("1.00")),
        ("2025Q4", 1, Decimal("2.00")),
        ("2024", 1, Decimal("4.00")),
        ("2025-07-01:2025-07-01", 1, Decimal("0.00")),
        ("2025-09-30:2025-10-01", 2, Decimal("2.00")),
        ("2023", 0, Decimal("0.00")),
    ],
)
def test_the_day_of_decision_says_the_period(
    office: Path, period: str, total: int, amount: Decimal
) -> None:
    found = done("--home", office, "statistics", "--period", period)["penalties"]
    assert (found["total"], found["amount_yuan"]) == (total, f"{amount:.2f}")


def test_a_year_adds_up_from_its_quarters_but_for_vehicles(office: Path) -> None:
    def flat(value: Any, name: str = "") -> dict[str, Decimal]:
        if isinstance(value, dict):
            found: dict[str, Decimal] = {}
            for key, one in value.items():
                found |= flat(one, f"{name}.{key}")
            return found
        return {} if "period" in name or "vehicles" in name else {name: Decimal(str(value))}

    year = flat(done("--home", office, "statistics", "--period", "2025"))
    quarters = [
        flat(done("--home", office, "statistics", "--period", f"2025Q{at}")) for at in range(1, 5)
    ]
    assert year == {name: sum(one[name] for one in quarters) for name in year}
    vehicles = done("--home", office, "statistics", "--period", "2025")["guidance"]
    assert (vehicles["vehicles"], vehicles["repeat_vehicles"]) == (7, 3)


def test_the_workbook_holds_the_figures_and_no_formula(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "季报.xlsx"
    assert ask("--home", office, "statistics", "--period", "2025Q3", "--xlsx", out).code == 0
    book = openpyxl.load_workbook(out)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type in {"f", "e"}]
    values = [cell.value for cell in cells]
    assert 23 in values
    assert any(
        isinstance(one, (int, float, str))
        and str(one).replace(",", "") in {"17725.75", "17,725.75"}
        for one in values
    )
    book.close()


def test_the_paper_and_the_paragraph_say_the_same_figures(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "季报.pdf"
    answer = ask("--home", office, "statistics", "--period", "2025Q3", "--pdf", out, "--summary")
    assert answer.code == 0
    text = "".join(pages(out))
    for figure in ("17,725.75", "23"):
        assert figure in text
    for figure in ("23件", "17725.75元", "温馨告知书8份", "6辆", "150份"):
        assert figure in answer.out.replace(",", ""), answer.out


def test_a_ledger_cell_that_looks_like_a_formula_leaves_as_text(bare: Path, tmp_path: Path) -> None:
    cause = '=HYPERLINK("http://x","y")'
    rows = [
        penalty("甲罚1", 案由=cause),
        penalty("甲罚2", 案由="+1"),
        penalty("甲罚3", 案由="@SUM(A1)"),
    ]
    take(bare, "penalties", ledger(tmp_path / "p.xlsx", PENALTIES, rows))
    out = tmp_path / "季报.xlsx"
    answer = ask("--home", bare, "statistics", "--period", "2025Q3", "--xlsx", out, "--json")
    assert (answer.code, answer.json["penalties"]["total"]) == (0, 3)
    assert "公式" in answer.err
    book = openpyxl.load_workbook(out)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert cause in [str(cell.value).removeprefix("'") for cell in cells]
    book.close()
