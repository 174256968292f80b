"""A disk that is full, truly: a small one in memory where the machine lets us mount it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.conftest import CREW
from tests.contract.face import DONE, NOTICES, TROUBLE, ask, done, ledger, notice


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Sixteen megabytes: the sample, and room to work."""
    point = tmp_path / "盘"
    point.mkdir()
    mounted = (
        os.name == "posix"
        and shutil.which("mount") is not None
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(point)],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )
    if not mounted:
        pytest.skip("this machine lets nobody mount a small disk")
    yield point
    subprocess.run(["umount", str(point)], check=False, capture_output=True)


def fill(disk: Path, *, leave: int) -> Path:
    room = os.statvfs(disk)
    path = disk / "fill"
    with path.open("wb") as out:
        out.write(b"x" * max(0, room.f_bavail * room.f_frsize - leave))
    return path


@pytest.mark.parametrize("leave", [0, 50_000, 150_000])
def test_a_full_disk_is_said_loses_nothing_and_the_next_try_succeeds(
    made_sample: Path, disk: Path, tmp_path: Path, leave: int
) -> None:
    home = Path(shutil.copytree(made_sample, disk / "家"))
    before = done("--home", home, "statistics", "--period", "2025Q3")
    rows = [
        notice(None, 号牌号码=f"湘A{at:05d}", 执法人员1=CREW[0], 执法人员2=CREW[1])
        for at in range(60)
    ]
    batch = ledger(tmp_path / "批.xlsx", NOTICES, rows)
    old = ledger(
        tmp_path / "旧.xlsx", NOTICES, [notice(f"旧告〔2024〕第{at}号") for at in range(900)]
    )
    filling = fill(disk, leave=leave)
    kept = {one.name for one in (home / "vault").iterdir()}
    for words in (
        ("import", old, "--kind", "notices"),
        ("notices", "issue", batch, "-o", tmp_path / "批.pdf"),
        ("backup", disk / "备份"),
    ):
        answer = ask("--home", home, *words, "--json")
        assert answer.code == TROUBLE, words
        assert "磁盘已满" in answer.json["objections"][0]["say"]
    assert not (tmp_path / "批.pdf").exists()
    assert {one.name for one in (home / "vault").iterdir()} == kept
    assert not list(disk.rglob("*.zip"))
    filling.unlink()
    assert done("--home", home, "verify")["problems"] == []
    assert done("--home", home, "statistics", "--period", "2025Q3") == before
    made = done("--home", home, "notices", "issue", batch, "-o", tmp_path / "批.pdf")
    assert made["first"].endswith("第00001号")


def test_a_home_that_did_not_fit_can_be_made_once_there_is_room(disk: Path) -> None:
    for leave in (0, 100_000, 600_000):
        filling = fill(disk, leave=leave)
        answer = ask("init", "--sample", "--home", disk / "家", "--json")
        assert answer.code == TROUBLE
        assert "磁盘已满" in answer.json["objections"][0]["say"]
        filling.unlink()
        assert list(disk.iterdir()) == []
    assert ask("init", "--sample", "--home", disk / "家").code == DONE


def test_a_report_that_does_not_fit_leaves_the_old_one(made_sample: Path, disk: Path) -> None:
    for kind in ("--xlsx", "--pdf"):
        out = disk / "季报"
        out.write_text("old")
        filling = fill(disk, leave=2000)
        answer = ask("--home", made_sample, "statistics", "--period", "2026Q3", kind, out, "--json")
        assert answer.code == TROUBLE
        assert "磁盘已满" in answer.json["objections"][0]["say"]
        assert out.read_text() == "old"
        filling.unlink()
        assert [one.name for one in disk.iterdir()] == ["季报"]
