"""`backup --recordings` and `restore --recordings`: recordings leave with the backup and come back."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from tests.contract.face import DONE, REFUSED, TROUBLE, ask, done
from tests.contract.test_evidence import AT
from tests.evidence_made import clip, photo, put


@pytest.fixture
def working(sample: Path, tmp_path: Path) -> Path:
    """The sample office with three recordings of its open case."""
    hits = done("--home", sample, "search", "立字")
    case = next(one["number"] for one in hits if one["kind"] == "case" and one["open"])
    for minute in range(2):
        at = AT.replace(minute=12 + minute)
        put(tmp_path / "卡" / f"0700001_700012_{at:%Y%m%d%H%M%S}.mp4", clip(at, seed=minute))
    put(tmp_path / "卡" / "照片.jpg", photo(seed=1))
    done("--home", sample, "evidence", "add", case, tmp_path / "卡")
    return sample


def hashes(folder: Path) -> set[str]:
    return {
        hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.rglob("*") if one.is_file()
    }


def test_recordings_go_along_and_come_back_on_another_pc(working: Path, tmp_path: Path) -> None:
    disk, new = tmp_path / "盘", tmp_path / "新家"
    made = done("--home", working, "backup", disk, "--recordings")
    assert made["proven"] is True
    said = made["recordings"]
    assert (said["copied"], said["known"], said["problems"], said["state"]) == (3, 0, [], "done")
    again = done("--home", working, "backup", disk, "--recordings")["recordings"]
    assert (again["copied"], again["known"]) == (0, 3)
    shutil.rmtree(working / "evidence", ignore_errors=False)
    shutil.rmtree(tmp_path / "卡")
    back = done("restore", made["path"], "--home", new, "--recordings", disk)
    assert {"home", "rows", "files"} <= set(back)
    assert (back["recordings"]["back"], back["recordings"]["absent"]) == (3, [])
    assert done("--home", new, "evidence", "check") == {"checked": 3, "problems": []}
    assert done("--home", new, "verify")["ok"] is True
    assert hashes(new / "evidence") <= hashes(disk)
    assert len(hashes(new / "evidence")) == 3


def test_without_the_word_nothing_changes_and_the_copies_beside_are_named(
    working: Path, tmp_path: Path
) -> None:
    plain = done("--home", working, "backup", tmp_path / "别处")
    assert "recordings" not in plain
    assert [one.suffix for one in (tmp_path / "别处").iterdir()] == [".zip"]
    made = done("--home", working, "backup", tmp_path / "盘", "--recordings")
    answer = ask("restore", made["path"], "--home", tmp_path / "新家")
    assert answer.code == DONE
    assert "恢复时加上 --recordings 就一并取回录像" in answer.out


def test_what_has_no_copy_is_named_and_the_rest_comes_back(working: Path, tmp_path: Path) -> None:
    disk = tmp_path / "盘"
    made = done("--home", working, "backup", disk, "--recordings")
    copy = next((disk / "执法录像备份").glob("*/*.mp4"))
    copy.chmod(0o644)
    copy.unlink()
    new = tmp_path / "新家"
    answer = ask("restore", made["path"], "--home", new, "--recordings", disk, "--json")
    assert answer.code == REFUSED
    assert answer.json["recordings"]["back"] == 2
    assert len(answer.json["recordings"]["absent"]) == 1


def test_a_folder_without_recordings_is_refused_before_anything_is_made(
    working: Path, tmp_path: Path
) -> None:
    made = done("--home", working, "backup", tmp_path / "盘")
    new = tmp_path / "新家"
    answer = ask("restore", made["path"], "--home", new, "--recordings", tmp_path / "卡", "--json")
    assert answer.code in {REFUSED, TROUBLE}
    assert "没有录像备份" in answer.json["objections"][0]["say"]
    assert not new.exists()
