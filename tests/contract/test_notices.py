"""`notices issue` and `notices print`: numbers in a row, one frozen PDF, every copy marked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.contract.conftest import CREW
from tests.contract.face import (
    NOTICES,
    OFFICERS,
    REFUSED,
    TROUBLE,
    ask,
    done,
    ledger,
    notice,
    pages,
    take,
    tomorrow,
)

SERIES = "云城管温告字〔2025〕第{:05d}号"


def row(**given: object) -> dict[str, object]:
    return notice(None, 执法人员1=CREW[0], 执法人员2=CREW[1], 处置结果=None) | given


def cars(count: int, *, tail: str = "A") -> list[dict[str, object]]:
    """Rows of different cars at different places, all of one year."""
    return [
        row(
            号牌号码=f"湘{tail}{at:05d}",
            地点=f"解放路{at}号门前",
            告知时间=f"2025-08-15 09:{at % 60:02d}",
        )
        for at in range(count)
    ]


@pytest.fixture
def issue(sample: Path, tmp_path: Path) -> Callable[..., Any]:
    def go(rows: list[dict[str, object]], *more: object, head: list[str] = NOTICES) -> Any:
        path = ledger(tmp_path / "批.xlsx", head, rows)
        words = ("--home", sample, "notices", "issue", path, "-o", tmp_path / "批.pdf", *more)
        return done(*words)

    return go


def reprint(home: Path, first: str, last: str, out: Path, *more: object) -> Any:
    return done("--home", home, "notices", "print", first, last, "-o", out, *more)


@pytest.mark.parametrize(
    ("per_sheet", "sheets"),
    [((), 7), (("--per-sheet", 1), 7), (("--per-sheet", 2), 4), (("--per-sheet", 4), 2)],
)
def test_a_batch_draws_numbers_in_a_row_and_fills_its_sheets(
    issue: Callable[..., Any], tmp_path: Path, per_sheet: tuple[object, ...], sheets: int
) -> None:
    made = issue(cars(7), *per_sheet)
    assert {"batch", "first", "last", "issued", "refused"} <= set(made)
    assert (made["first"], made["last"]) == (SERIES.format(1), SERIES.format(7))
    assert (made["issued"], made["refused"]) == (7, [])
    text = pages(tmp_path / "批.pdf")
    assert len(text) == sheets
    whole = "".join(text)
    for at in range(7):
        notices_of = whole.count(f"湘A·{at:05d}")
        assert notices_of == whole.count(SERIES.format(at + 1)) == 2  # on the notice and its stub
        (sheet,) = [one for one in text if SERIES.format(at + 1) in one]
        assert f"湘A·{at:05d}" in sheet
        assert f"解放路{at}号门前" in sheet
    assert "补打" not in whole
    assert "补录" not in whole


def test_the_next_batch_goes_on_where_the_last_ended(issue: Callable[..., Any]) -> None:
    assert issue(cars(3))["last"] == SERIES.format(3)
    made = issue(cars(2, tail="B"))
    assert (made["first"], made["last"]) == (SERIES.format(4), SERIES.format(5))


def test_each_year_counts_for_itself_by_the_day_of_the_notice(
    issue: Callable[..., Any], tmp_path: Path
) -> None:
    made = issue(
        [
            row(告知时间="2024-12-31 23:59", 号牌号码="湘A00001"),
            row(告知时间="2025-01-01 00:00", 号牌号码="湘A00002"),
        ]
    )
    assert made["issued"] == 2
    one, two = pages(tmp_path / "批.pdf")
    assert "云城管温告字〔2024〕第00001号" in one
    assert "湘A·00001" in one
    assert SERIES.format(1) in two
    assert "湘A·00002" in two


def test_a_notice_is_courteous_and_no_penalty(issue: Callable[..., Any], tmp_path: Path) -> None:
    issue(cars(1))
    (text,) = pages(tmp_path / "批.pdf")
    for word in ("温馨告知书", "不属于行政处罚", "CREW"):
        assert word.replace("CREW", CREW[0]) in text
    for word in ("罚款金额", "行政复议", "行政诉讼", "责令", "身份证", "决定书"):
        assert word not in text


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({"号牌号码": None}, "号牌号码"),
        ({"地点": None}, "地点"),
        ({"告知时间": None}, "告知时间"),
        ({"告知时间": tomorrow()}, "告知时间"),
        ({"告知时间": "2025-02-29 10:00"}, "告知时间"),
        ({"地点": "长" * 4000}, "地点"),
        ({"地点": "路\x01口"}, "地点"),
        ({"执法人员1": None}, "执法人员1"),
        ({"执法人员2": None}, "执法人员2"),
        ({"执法人员2": CREW[0]}, "执法人员2"),
        ({"执法人员1": "不认识的人"}, "执法人员1"),
        ({"执法人员1": "过期的人"}, "执法人员1"),
        ({"执法人员1": "还没发证的人"}, "执法人员1"),
        ({"号牌颜色": "紫"}, "号牌颜色"),
        ({"编号": "甲告〔2025〕第9号"}, "编号"),
        ({"处置结果": "作废"}, "处置结果"),
        ({"地点": "\ue000路"}, "地点"),
    ],
)
def test_a_row_that_cannot_be_issued_is_sent_back_and_draws_no_number(
    sample: Path,
    issue: Callable[..., Any],
    tmp_path: Path,
    given: dict[str, object],
    column: str,
) -> None:
    crew = [
        ("过期的人", "考8", "2018-01-01", "2025-08-14"),
        ("还没发证的人", "考9", "2025-08-16", "2030-01-01"),
    ]
    take(sample, "officers", ledger(tmp_path / "人.xlsx", OFFICERS, crew))
    good = cars(2)
    made = issue([good[0], row(**given), good[1]])
    (refused,) = made["refused"]
    assert set(refused) == {"row", "column", "say"}
    assert (refused["row"], refused["column"]) == (3, column)
    assert refused["say"].endswith("。")
    assert (made["issued"], made["last"]) == (2, SERIES.format(2))
    assert len(pages(tmp_path / "批.pdf")) == 2
    assert done("--home", sample, "verify")["ok"] is True


def test_when_every_row_is_sent_back_nothing_is_written(sample: Path, tmp_path: Path) -> None:
    path = ledger(tmp_path / "批.xlsx", NOTICES, [row(地点=None)])
    out = tmp_path / "批.pdf"
    out.write_text("mine")
    answer = ask("--home", sample, "notices", "issue", path, "-o", out, "--json")
    assert answer.code == REFUSED
    assert (answer.json["issued"], len(answer.json["refused"])) == (0, 1)
    assert out.read_text() == "mine"


def test_what_an_officer_types_is_printed_as_typed(
    issue: Callable[..., Any], tmp_path: Path
) -> None:
    place = (
        '甲&乙<无名> 价格<b &lt; <img src="/etc/hostname"/> <font color=white>白</font> =HYPERLINK('
    )
    issue([row(地点=place)])
    (text,) = pages(tmp_path / "批.pdf")
    assert place.replace(" ", "") in text.replace(" ", "")


def test_rare_names_are_printed_and_can_be_copied(
    sample: Path, issue: Callable[..., Any], tmp_path: Path
) -> None:
    crew = [
        ("王𬭎", "考7", "2018-01-01", "2099-01-01"),
        ("买买提·吐尔逊", "考6", "2018-01-01", "2099-01-01"),
    ]
    folder = tmp_path / "人.xlsx"
    take(sample, "officers", ledger(folder, OFFICERS, crew[1:]))
    issue([row(地点="䶮街", 执法人员1="王𬭎", 执法人员2="买买提·吐尔逊")])
    (text,) = pages(tmp_path / "批.pdf")
    for word in ("䶮街", "王𬭎", "买买提·吐尔逊"):
        assert word in text


@pytest.mark.parametrize("wrong", ["no folder", "a folder"])
def test_a_place_that_cannot_be_written_is_told_before_any_number_is_drawn(
    sample: Path, issue: Callable[..., Any], tmp_path: Path, wrong: str
) -> None:
    out = tmp_path / "无" / "x.pdf" if wrong == "no folder" else tmp_path
    path = ledger(tmp_path / "a.xlsx", NOTICES, cars(1))
    answer = ask("--home", sample, "notices", "issue", path, "-o", out, "--json")
    assert answer.code == TROUBLE
    assert issue(cars(1))["first"] == SERIES.format(1)


@pytest.mark.parametrize("wrong", ["missing", "folder", "text", "no column"])
def test_a_file_that_is_no_batch_is_refused(
    sample: Path, issue: Callable[..., Any], tmp_path: Path, wrong: str
) -> None:
    path = tmp_path / "a.xlsx"
    if wrong == "folder":
        path.mkdir()
    elif wrong == "text":
        path.write_text("hello")
    elif wrong == "no column":
        ledger(path, [one for one in NOTICES if one != "地点"], cars(1))
    out = tmp_path / "a.pdf"
    answer = ask("--home", sample, "notices", "issue", path, "-o", out, "--json")
    assert answer.code == (TROUBLE if wrong in {"missing", "folder"} else REFUSED)
    assert isinstance(answer.json, dict)
    assert not out.exists()
    assert issue(cars(1))["first"] == SERIES.format(1)


def test_columns_may_stand_in_any_order_and_only_the_needed_ones(
    issue: Callable[..., Any], tmp_path: Path
) -> None:
    head = ["执法人员2", "执法人员1", "地点", "告知时间", "号牌号码"]
    assert issue(cars(2), head=head)["issued"] == 2
    assert len(pages(tmp_path / "批.pdf")) == 2


def test_a_home_without_an_organ_issues_nothing(bare: Path, tmp_path: Path) -> None:
    crew = [(name, f"考{at}", "2018-01-01", "2099-01-01") for at, name in enumerate(CREW)]
    take(bare, "officers", ledger(tmp_path / "人.xlsx", OFFICERS, crew))
    path = ledger(tmp_path / "a.xlsx", NOTICES, cars(1))
    answer = ask("--home", bare, "notices", "issue", path, "-o", tmp_path / "a.pdf", "--json")
    assert answer.code == REFUSED
    assert "机关" in answer.out
    assert not (tmp_path / "a.pdf").exists()


def test_issued_notices_are_counted_and_found(sample: Path, issue: Callable[..., Any]) -> None:
    issue(cars(3))
    guidance = done("--home", sample, "statistics", "--period", "2025Q3")["guidance"]
    assert (guidance["notices"], guidance["vehicles"]) == (3, 3)
    (hit,) = done("--home", sample, "search", "湘A00001")
    assert (hit["kind"], hit["number"]) == ("notice", SERIES.format(2))


@pytest.mark.parametrize(("per_sheet", "sheets"), [(1, 5), (2, 3), (4, 2)])
def test_copies_are_marked_and_the_kept_paper_stays_as_it_is(
    sample: Path, issue: Callable[..., Any], tmp_path: Path, per_sheet: int, sheets: int
) -> None:
    issue(cars(7), "--per-sheet", 2)

    def kept() -> dict[str, str]:
        return {
            one.name: hashlib.sha256(one.read_bytes()).hexdigest()
            for one in (sample / "vault").glob("*.pdf")
        }

    before = kept()
    out = tmp_path / "补.pdf"
    out.write_text("overwritten")
    made = reprint(sample, SERIES.format(2), SERIES.format(6), out, "--per-sheet", per_sheet)
    assert made["printed"] == 5
    text = pages(out)
    assert len(text) == sheets
    whole = "".join(text)
    assert whole.count("补打") == 5
    assert [at for at in range(1, 8) if SERIES.format(at) in whole] == [2, 3, 4, 5, 6]
    places = [whole.index(SERIES.format(at)) for at in range(2, 7)]
    assert places == sorted(places)
    assert kept() == before
    assert done("--home", sample, "verify")["ok"] is True


def test_ledger_rows_are_printed_marked_as_such_also_without_officers(
    sample: Path, issue: Callable[..., Any], tmp_path: Path
) -> None:
    rows = [notice(SERIES.format(at), 号牌号码=f"湘C{at:05d}") for at in (1, 2, 3)]
    rows[2]["执法人员1"] = "早已走了的人"
    take(sample, "notices", ledger(tmp_path / "a.xlsx", NOTICES, rows))
    assert issue(cars(2))["first"] == SERIES.format(4)
    out = tmp_path / "补.pdf"
    assert reprint(sample, SERIES.format(1), SERIES.format(5), out)["printed"] == 5
    text = pages(out)
    assert ["补录" in one for one in text] == [True, True, True, False, False]
    assert ["补打" in one for one in text][3:] == [True, True]
    assert "早已走了的人" in text[2]
    reprint(sample, SERIES.format(1), SERIES.format(3), out)
    for one in pages(out):
        assert "补录" in one
        assert "补打" in one


def test_void_numbers_are_named_and_never_printed(sample: Path, tmp_path: Path) -> None:
    rows = [notice(SERIES.format(at)) for at in (1, 2, 3)]
    rows[1]["处置结果"] = "作废"
    take(sample, "notices", ledger(tmp_path / "a.xlsx", NOTICES, rows))
    out = tmp_path / "补.pdf"
    made = reprint(sample, SERIES.format(1), SERIES.format(3), out)
    assert made["printed"] == 2
    assert made["void"] == [SERIES.format(2)]
    assert SERIES.format(2) not in "".join(pages(out))
    out.unlink()
    answer = ask(
        *("--home", sample, "notices", "print", SERIES.format(2), SERIES.format(2)),
        *("-o", out, "--json"),
    )
    assert answer.code == REFUSED
    assert answer.json["objections"]
    assert not out.exists()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (SERIES.format(1), SERIES.format(999)),
        ("没有这个字〔2025〕第1号", SERIES.format(2)),
        ("1", "2"),
        ("", ""),
        ("云城管温告字〔2024〕第00001号", SERIES.format(2)),
        ("云城管温告字〔2026〕第00001号", SERIES.format(2)),
    ],
)
def test_a_range_that_is_no_run_of_one_series_is_refused(
    sample: Path, issue: Callable[..., Any], tmp_path: Path, first: str, last: str
) -> None:
    issue([*cars(2), row(告知时间="2024-12-31 10:00")])
    out = tmp_path / "补.pdf"
    answer = ask("--home", sample, "notices", "print", first, last, "-o", out, "--json")
    assert answer.code == REFUSED
    assert answer.json["objections"][0]["say"].endswith("。")
    assert not out.exists()
