"""One number written in two ways: within a file it is refused by row, in the home it is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.face import NOTICES, PENALTIES, done, ledger, notice, penalty, take

WAYS = ("云罚〔2025〕第5号", "云罚[2025]005号", "云罚（2025）第 5 号")


@pytest.mark.parametrize(
    ("kind", "head", "row", "column"),
    [("notices", NOTICES, notice, "编号"), ("penalties", PENALTIES, penalty, "决定书文号")],
)
def test_the_same_number_written_differently_in_one_file_is_refused_by_row(
    bare: Path, tmp_path: Path, kind: str, head: list[str], row: object, column: str
) -> None:
    rows = [row(one) for one in (*WAYS, "云罚〔2025〕第6号")]  # type: ignore[operator]
    book = ledger(tmp_path / "台账.xlsx", head, rows)
    dry = take(bare, kind, book, "--dry-run")
    found = take(bare, kind, book)
    assert dry == found
    assert (found["read"], found["taken"], found["known"]) == (4, 2, 0)
    assert [(one["row"], one["column"]) for one in found["refused"]] == [(3, column), (4, column)]
    assert all("与第2行是同一个号" in one["say"] for one in found["refused"])
    again = take(bare, kind, book)
    assert (again["taken"], again["known"], again["refused"]) == (0, 4, [])


def test_a_trader_told_by_the_card_of_who_runs_it_is_counted(bare: Path, tmp_path: Path) -> None:
    row = penalty("云罚〔2025〕第7号", 当事人类别="个体工商户", 证件号码="11010519491231002X")
    assert take(bare, "penalties", ledger(tmp_path / "台账.xlsx", PENALTIES, [row]))["taken"] == 1
    found = done("--home", bare, "search", "11010519491231002X")
    assert {one["kind"] for one in found} == {"case", "party"}
