"""Ledgers in and out: an import in rows a second and how soon it stops, an export against XlsxWriter.

    python -m tests.bench.exchange [ROWS] [ROUNDS]

The import is the whole of it: the workbook opened, the header found, every cell read through the
mapping, every row checked, one transaction with its log. The other office's layout has a title, a
two-line merged header, dates with dots and day and hour apart. XlsxWriter alone writes the same
cells as plain strings. `wall` is what an officer waits, `cpu` what a machine with nothing else to
do would need. Prints one JSON line; the goals are 10,000 rows a second and a ratio of 2.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from enforcer.exchange.export import Column, ColumnKind, Sheet, write_table
from enforcer.exchange.ledgers import NOTICES
from enforcer.operations.ledgers import (
    LedgerForm,
    MappedForm,
    UndoImportForm,
    import_ledger,
    import_mapped,
    undo_import,
)
from enforcer.store.database import open_store

NOW = datetime(2026, 12, 31, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HEADERS = [one.header for one in NOTICES.columns]
DEED: dict[str, Any] = {"today": NOW.date(), "now": NOW, "actor": "周敏"}


def ours(count: int) -> list[list[str]]:
    """Rows in our own columns."""
    return [
        [
            f"告〔2026〕{at:06d}号", f"湘J{at % 100_000:05d}", "蓝", f"2026-9-{at % 28 + 1} 09:05",
            f"武陵大道{at % 700}号门前人行道", "在人行道上停放机动车", "张三", "李四", "已驶离", "",
        ]
        for at in range(1, count + 1)
    ]  # fmt: skip


def theirs(path: Path, count: int) -> None:
    """The same rows as another office keeps them."""
    with xlsxwriter.Workbook(path, {"constant_memory": False}) as book:
        page = book.add_worksheet("违停台账")
        page.merge_range(0, 0, 0, 8, "违停告知台账")
        for at, name in ((0, "序号"), (1, "告知单号"), (2, "车牌"), (5, "路段"), (8, "结果")):
            page.merge_range(1, at, 2, at, name)
        for at, name, parts in ((3, "告知", ("日期", "时间")), (6, "执法人员", ("主办", "协办"))):
            page.merge_range(1, at, 1, at + 1, name)
            for place, part in enumerate(parts):
                page.write_string(2, at + place, part)
        for row in range(count):
            page.write_number(row + 3, 0, row + 1)
            cells = (
                f"告〔2026〕{row:06d}号", f"湘J{row % 100_000:05d}", f"2026.9.{row % 28 + 1}",
                f"9:{row % 60:02d}", f"武陵大道{row % 700}号门前", "张三", "李四", "驶离",
            )  # fmt: skip
            for column, text in enumerate(cells, 1):
                page.write_string(row + 3, column, text)


def timed(deed: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    begun, worked = time.perf_counter(), time.process_time()
    deed()
    return time.perf_counter() - begun, time.process_time() - worked


def longest_silence(deed: Callable[..., object]) -> float:
    """The longest an officer waits between two moments at which the deed can be cancelled."""
    told = [time.perf_counter()]
    deed(progress=lambda _done, _total: told.append(time.perf_counter()))
    told.append(time.perf_counter())
    return max(b - a for a, b in pairwise(told))


def alone(path: Path, rows: list[list[str]]) -> None:
    """XlsxWriter and nothing else."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for number, row in enumerate([HEADERS, *rows]):
            for column, text in enumerate(row):
                page.write_string(number, column, text)


def main(count: int, rounds: int) -> dict[str, Any]:
    """Every figure, the median of the rounds."""
    rows = ours(count)
    found: dict[str, list[float]] = {}

    def keep(name: str, took: tuple[float, float]) -> None:
        found.setdefault(f"{name}_wall", []).append(took[0])
        found.setdefault(f"{name}_cpu", []).append(took[1])

    with tempfile.TemporaryDirectory(prefix="enforcer-bench-") as place:
        folder = Path(place)
        columns = [Column(one, ColumnKind.TEXT) for one in HEADERS]
        write_table(folder / "ours.xlsx", [Sheet("表", columns, rows)])
        theirs(folder / "theirs.xlsx", count)
        for at in range(rounds):
            store = open_store(folder / f"home{at}", clock=lambda: NOW, create=True)
            form = LedgerForm(path=folder / "ours.xlsx", kind="notices")
            keep("import", timed(lambda s=store, f=form: import_ledger(s, f, **DEED)))  # type: ignore[misc]
            undo = UndoImportForm(import_id=1, reason="测试")
            keep("undo", timed(lambda s=store, f=undo: undo_import(s, f, **DEED)))  # type: ignore[misc]
            mapped = MappedForm(path=folder / "theirs.xlsx", kind="notices")
            keep("mapped", timed(lambda s=store, f=mapped: import_mapped(s, f, **DEED)))  # type: ignore[misc]
            undo = UndoImportForm(import_id=2, reason="测试")
            undo_import(store, undo, **DEED)
            silence = longest_silence(partial(import_mapped, store, mapped, **DEED))
            found.setdefault("cancel_wall", []).append(silence)
            store.close()
            keep("xlsxwriter", timed(lambda: alone(folder / "alone.xlsx", rows)))
            sheet = Sheet("表", columns, rows)
            out = folder / "out.xlsx"
            keep("export", timed(lambda o=out, s=sheet: write_table(o, [s], overwrite=True)))  # type: ignore[misc]
    middle = {name: round(statistics.median(took), 2) for name, took in found.items()}
    pairs = zip(found["export_cpu"], found["xlsxwriter_cpu"], strict=True)
    return {
        "rows": count,
        **middle,
        "import_rows_a_second": {
            name: round(count / middle[f"{name}_cpu"]) for name in ("import", "mapped")
        },
        "export_ratio": round(statistics.median(a / b for a, b in pairs), 2),
    }


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    print(json.dumps(main(*(given + [100_000, 1][len(given) :])), ensure_ascii=False))
