"""Speed as an officer feels it: the best of three, since the machine is shared."""

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from enforcer.exchange.export import Column, ColumnKind, Sheet, write_table
from enforcer.exchange.ledgers import NOTICES
from enforcer.exchange.workbook import read_ledger

HEADERS = [one.header for one in NOTICES.columns]


def _rows(count: int) -> list[list[str]]:
    return [
        [
            f"告〔2026〕{number:06d}号", f"湘J{number:05d}", "蓝", f"2026-9-{number % 28 + 1} 09:05",
            f"武陵大道{number % 700}号门前人行道", "在人行道上停放机动车", "张三", "李四", "已驶离", "",
        ]
        for number in range(1, count + 1)
    ]  # fmt: skip


def _timed(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


@pytest.mark.slow
def test_ten_thousand_rows_are_read_in_a_second(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    write_table(path, [Sheet("表", [Column(one) for one in HEADERS], _rows(10_000))])
    times = [
        _timed(lambda: read_ledger(path, NOTICES, today=dt.date(2026, 12, 31))) for _ in range(3)
    ]
    assert min(times) <= 1


@pytest.mark.slow
def test_an_export_takes_at_most_twice_the_writer_alone(tmp_path: Path) -> None:
    rows = _rows(10_000)
    columns = [Column(one, ColumnKind.TEXT) for one in HEADERS]

    def alone() -> None:
        with xlsxwriter.Workbook(tmp_path / "1.xlsx") as book:
            page = book.add_worksheet()
            for number, row in enumerate([HEADERS, *rows]):
                for column, text in enumerate(row):
                    page.write_string(number, column, text)

    def ours() -> None:
        write_table(tmp_path / "2.xlsx", [Sheet("表", columns, rows)], overwrite=True)

    assert min(_timed(ours) / _timed(alone) for _ in range(4)) <= 2
