"""Several processes on one home, a window beside commands, and processes that are killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from tests.contract.conftest import CREW
from tests.contract.face import (
    DONE,
    NOTICES,
    PENALTIES,
    ROOT,
    ask,
    done,
    finish,
    ledger,
    notice,
    pages,
    penalty,
    start,
    take,
)


def cars(tail: str, count: int) -> list[dict[str, object]]:
    return [
        notice(
            None,
            号牌号码=f"湘{tail}{at:05d}",
            地点=f"{tail}街{at}号",
            执法人员1=CREW[0],
            执法人员2=CREW[1],
        )
        for at in range(count)
    ]


def serial(number: str) -> int:
    return int(number.split("第")[1].removesuffix("号"))


def test_a_writer_that_hangs_does_not_hold_up_who_only_reads(bare: Path) -> None:
    raw = driver.connect(str(bare / "enforcer.db"), isolation_level=None)
    raw.execute("BEGIN IMMEDIATE")
    began = time.perf_counter()
    try:
        answer = ask("--home", bare, "statistics", "--period", "2025Q3", "--json")
    finally:
        raw.execute("ROLLBACK")
        raw.close()
    assert answer.code == DONE
    assert time.perf_counter() - began < 10


def test_batches_imports_and_backups_at_the_same_time(sample: Path, tmp_path: Path) -> None:
    jobs = [
        start(
            *("--home", sample, "--json", "notices", "issue"),
            *(ledger(tmp_path / f"{tail}.xlsx", NOTICES, cars(tail, 150)), "-o"),
            tmp_path / f"{tail}.pdf",
        )
        for tail in "AB"
    ]
    old = [penalty(f"旧罚〔2024〕第{at}号") for at in range(100)]
    jobs += [
        start("--home", sample, "--json", "import", "--kind", "penalties", book)
        for book in [ledger(tmp_path / "p.xlsx", PENALTIES, old)] * 2
    ]
    jobs.append(start("--home", sample, "--json", "backup", tmp_path / "盘"))
    answers = [finish(one) for one in jobs]
    assert [(one.code, one.err) for one in answers] == [(DONE, "")] * len(jobs)
    drawn: list[int] = []
    for tail, answer in zip("AB", answers[:2], strict=True):
        first, last = serial(answer.json["first"]), serial(answer.json["last"])
        assert last - first == 149
        drawn += range(first, last + 1)
        text = "".join(pages(tmp_path / f"{tail}.pdf"))
        assert all(f"湘{tail}·{at:05d}" in text for at in range(150))
    assert sorted(drawn) == list(range(1, 301))
    assert sorted(one.json["taken"] for one in answers[2:4]) == [0, 100]
    assert sorted(one.json["known"] for one in answers[2:4]) == [0, 100]
    done("restore", answers[4].json["path"], "--home", tmp_path / "新家")
    for home in (sample, tmp_path / "新家"):
        assert done("--home", home, "verify")["ok"] is True


@pytest.mark.parametrize("share", [0.7, 1.0])
def test_a_batch_that_was_killed_leaves_all_or_nothing_and_can_be_done_again(
    sample: Path, tmp_path: Path, share: float, whole_batch: float
) -> None:
    book = ledger(tmp_path / "批.xlsx", NOTICES, cars("K", 200))
    out = tmp_path / "批.pdf"
    process = start("--home", sample, "notices", "issue", book, "-o", out)
    time.sleep(whole_batch * share)
    process.kill()
    finish(process)
    found = done("--home", sample, "verify")
    assert found["problems"] == []
    count = _issued(sample)
    assert count in {0, 200}
    delivered = out.exists()
    if delivered:
        assert len(pages(out)) == 200
    again = done("--home", sample, "notices", "issue", book, "-o", out)
    assert again["issued"] == 200
    taken_up = count == 200 and not delivered  # committed, killed before it was written
    assert serial(again["first"]) == (1 if taken_up else count + 1)
    assert len(pages(out)) == 200
    assert not [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")]
    assert done("--home", sample, "verify")["problems"] == []


@pytest.fixture(scope="module")
def whole_batch(made_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long the batch takes as a process when nobody kills it."""
    folder = tmp_path_factory.mktemp("whole")
    home = Path(shutil.copytree(made_sample, folder / "家"))
    book = ledger(folder / "批.xlsx", NOTICES, cars("K", 200))
    began = time.perf_counter()
    process = start("--home", home, "notices", "issue", book, "-o", folder / "批.pdf")
    assert finish(process).code == DONE
    return time.perf_counter() - began


def _issued(home: Path) -> int:
    figures: Any = done("--home", home, "statistics", "--period", "2025Q3")
    return int(figures["guidance"]["notices"])


def test_an_import_that_was_killed_is_all_or_nothing(bare: Path, tmp_path: Path) -> None:
    book = ledger(
        tmp_path / "n.xlsx", NOTICES, [notice(f"旧告〔2025〕第{at}号") for at in range(2000)]
    )
    process = start("--home", bare, "import", book, "--kind", "notices")
    time.sleep(0.8)
    process.kill()
    finish(process)
    assert _issued(bare) in {0, 2000}
    assert done("--home", bare, "verify")["problems"] == []
    report = take(bare, "notices", book)
    assert report["taken"] + report["known"] == 2000


def test_commands_work_beside_an_open_window(sample: Path, tmp_path: Path) -> None:
    window = start("--home", sample, module="ui")
    try:
        for _ in range(200):
            if (sample / "window.lock").exists() and (sample / "enforcer.db-wal").exists():
                break
            time.sleep(0.05)
        assert window.poll() is None
        book = ledger(tmp_path / "批.xlsx", NOTICES, cars("W", 20))
        made = done("--home", sample, "notices", "issue", book, "-o", tmp_path / "批.pdf")
        assert made["issued"] == 20
        old = ledger(
            tmp_path / "n.xlsx", NOTICES, [notice("旧告〔2024〕第1号", 告知时间="2024-1-1")]
        )
        assert take(sample, "notices", old)["taken"] == 1
        assert done("--home", sample, "verify")["ok"] is True
        assert done("--home", sample, "backup", tmp_path / "盘")["proven"] is True
        assert _issued(sample) == 20
        assert window.poll() is None
    finally:
        window.kill()
        finish(window)
    assert done("--home", sample, "verify")["ok"] is True
    assert _issued(sample) == 20


@pytest.mark.skipif(os.name != "posix", reason="needs a shell with head")
def test_a_reader_that_leaves_early_gets_no_stack_trace() -> None:
    ran = subprocess.run(
        f'"{sys.executable}" -m enforcer violations --on 2026-09-01 --json | head -c 10',
        shell=True,
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert b"Traceback" not in ran.stderr
