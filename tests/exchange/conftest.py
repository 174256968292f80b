"""Workbooks as officers have them: made with openpyxl, so that odd cells can be made too."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from enforcer.exchange.ledgers import Ledger

MakeLedger = Callable[..., Path]


@pytest.fixture
def make_ledger(tmp_path: Path) -> MakeLedger:
    """Write rows, given by header, under the headers of a ledger; other headers may be named."""

    def make(
        ledger: Ledger,
        *rows: dict[str, object],
        headers: Sequence[str] | None = None,
        change: Callable[[Workbook], None] | None = None,
    ) -> Path:
        book = Workbook()
        sheet = book.active
        names = list(headers or [one.header for one in ledger.columns])
        sheet.append(names)
        for row in rows:
            assert set(row) <= set(names), set(row) - set(names)
            sheet.append([row.get(name) for name in names])
        if change:
            change(book)
        path = tmp_path / "台账.xlsx"
        book.save(path)
        return path

    return make
