"""`init`: a home that is whole or not there, also when the machine gives up half-way."""

from __future__ import annotations

import errno
import hashlib
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from enforcer.errors import StoreTrouble
from enforcer.operations.first_start import make_home
from enforcer.store.database import Store
from tests.contract.face import DONE, TROUBLE, USAGE, ask, done, finish, start


def test_the_sample_is_an_office_of_two_quarters(sample: Path) -> None:
    second, third = (
        done("--home", sample, "statistics", "--period", one) for one in ("2026Q2", "2026Q3")
    )
    notices = second["guidance"]["notices"] + third["guidance"]["notices"]
    assert 800 <= notices <= 1200  # half of a year's two thousand
    penalties = second["penalties"], third["penalties"]
    assert sum(one["summary"] for one in penalties) == 40
    assert sum(one["ordinary"] for one in penalties) == 1
    assert second["course"]["filed"] + third["course"]["filed"] == 1
    whole = done(
        "--home",
        sample,
        "statistics",
        "--period",
        f"2026-04-01:{datetime.now(ZoneInfo('Asia/Shanghai')).date()}",
    )
    assert whole["course"]["filed"] == 2  # the open case was filed in the last weeks
    assert whole["course"]["leads"] == 7  # two became the cases, five are of these weeks
    assert whole["penalties"]["total"] == 41
    assert done("--home", sample, "verify")["ok"] is True
    hits = [one for one in done("--home", sample, "search", "立字") if one["kind"] == "case"]
    assert sorted(one["open"] for one in hits) == [False, True]


def test_every_paper_of_the_ordinary_cases_is_frozen_in_the_sample(sample: Path) -> None:
    with closing(sqlite3.connect(sample / "enforcer.db")) as raw:
        asked = "SELECT vault_name, sha256 FROM document WHERE case_id IS NOT NULL"
        papers = raw.execute(asked).fetchall()
    assert len(papers) >= 15
    for name, digest in papers:
        assert hashlib.sha256((sample / "vault" / name).read_bytes()).hexdigest() == digest


def test_a_bare_home_counts_nothing_and_is_sound(bare: Path) -> None:
    figures = done("--home", bare, "statistics", "--period", "2026Q3")
    assert figures["penalties"]["total"] == 0
    assert figures["penalties"]["amount_yuan"] == "0.00"
    assert done("--home", bare, "verify")["problems"] == []
    assert done("--home", bare, "search", "湘") == []


@pytest.mark.parametrize("sample", [False, True])
def test_a_folder_with_other_things_in_it_may_become_a_home(tmp_path: Path, sample: bool) -> None:
    home = tmp_path / "盘"
    home.mkdir()
    (home / "mine.txt").write_text("mine")
    done("init", *(["--sample"] if sample else []), "--home", home)
    assert (home / "mine.txt").read_text() == "mine"
    assert sorted(one.name for one in home.iterdir()) == ["enforcer.db", "mine.txt", "vault"]
    assert [one.name for one in tmp_path.iterdir()] == ["盘"]


def test_the_sample_brings_its_recordings_where_they_are_asked_for(tmp_path: Path) -> None:
    home = tmp_path / "家"
    answer = ask("init", "--recordings", "--home", home)
    assert (answer.code, home.exists()) == (USAGE, False)
    assert "--sample" in answer.err
    done("init", "--sample", "--recordings", "--home", home)
    assert done("--home", home, "evidence", "check") == {"checked": 9, "problems": []}
    assert done("--home", home, "verify")["ok"] is True


def test_a_home_is_made_where_only_the_folder_itself_may_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "盘"
    home.mkdir()
    monkeypatch.chdir(home)
    done("init", "--home", ".")
    assert [one.name for one in tmp_path.iterdir()] == ["盘"]


@pytest.mark.parametrize("seconds", [0.6, 0.9])
def test_an_init_that_was_killed_can_be_done_again(tmp_path: Path, seconds: float) -> None:
    home = tmp_path / "家"
    process = start("init", "--sample", "--home", home)
    time.sleep(seconds)
    process.kill()
    finish(process)
    if ask("--home", home, "statistics", "--period", "2026Q3", "--json").code == TROUBLE:
        assert ask("init", "--sample", "--home", home).code == DONE
    figures = done("--home", home, "statistics", "--period", "2026Q3")
    assert figures["guidance"]["notices"] > 400


def test_a_home_made_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    home = tmp_path / "家"
    made: list[bytes] = []

    def another(_: Store) -> None:
        done("init", "--home", home)
        made.append((home / "enforcer.db").read_bytes())

    with pytest.raises(StoreTrouble, match="里已有数据库，没有改动它"):
        make_home(home, another, clock=lambda: datetime.now(UTC))
    assert [(home / "enforcer.db").read_bytes()] == made
    assert sorted(one.name for one in tmp_path.iterdir()) == ["家"]


def test_a_disk_without_links_takes_a_home_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_: Path, __: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", unknown)
    done("init", "--home", tmp_path / "家")
    assert done("verify", "--home", tmp_path / "家")["ok"] is True
