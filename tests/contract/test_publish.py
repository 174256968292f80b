"""`publish`: the list for everybody, the sheet for the platform, what was left out on the side."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.contract.face import USAGE, ask, done


def test_nothing_settled_gives_an_empty_list_and_says_so(sample: Path, tmp_path: Path) -> None:
    said = done("--home", sample, "publish", "--period", "2026Q3", "--xlsx", tmp_path / "公开.xlsx")
    assert said["rows"] == 0
    assert "没有审定是否公开" in said["remarks"][0]
    assert Path(said["path"]).is_file()


def test_the_platform_sheet_has_thirty_columns(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "双公示.xlsx"
    done(
        "--home", sample, "publish", "--period", "2026Q3", "--xlsx", path, "--for", "platform"
    )  # fmt: skip
    head = [one.value for one in next(openpyxl.load_workbook(path).active.iter_rows())]
    assert len(head) == 30
    assert head[13] == "行政处罚决定书文号"


def test_an_unknown_audience_is_a_wrong_usage(sample: Path, tmp_path: Path) -> None:
    answer = ask(
        "--home", sample, "publish", "--period", "2026", "--xlsx", tmp_path / "x.xlsx",
        "--for", "all",
    )  # fmt: skip
    assert answer.code == USAGE
