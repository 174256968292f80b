"""`backup` and `restore`: proven, complete, never over anything, and refused when damaged."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.contract.conftest import CREW
from tests.contract.face import DONE, NOTICES, TROUBLE, USAGE, ask, done, ledger, notice


@pytest.fixture
def working(sample: Path, tmp_path: Path) -> Path:
    """The sample office with one batch of its own in the vault."""
    rows = [
        notice("", 号牌号码=f"湘A{at:05d}", 执法人员1=CREW[0], 执法人员2=CREW[1]) for at in range(3)
    ]
    book = ledger(tmp_path / "批.xlsx", NOTICES, rows)
    done("--home", sample, "notices", "issue", book, "-o", tmp_path / "批.pdf")
    return sample


def figures(home: Path) -> object:
    return [
        done("--home", home, "statistics", "--period", one) for one in ("2025", "2026Q2", "2026Q3")
    ]


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_is_restored_counts_verifies_and_prints_the_same(
    working: Path, tmp_path: Path
) -> None:
    made = done("--home", working, "backup", tmp_path / "盘")
    assert made["proven"] is True
    assert made["rows"] > 1000
    assert made["files"] == len(list((working / "vault").iterdir()))
    assert Path(made["path"]).is_file()
    new = tmp_path / "新家"
    back = done("restore", made["path"], "--home", new)
    assert (back["rows"], back["files"]) == (made["rows"], made["files"])
    assert figures(new) == figures(working)
    assert done("--home", new, "verify")["ok"] is True
    assert files(new / "vault") == files(working / "vault")
    number = done("--home", new, "search", "湘A00001")[0]["number"]
    done("--home", new, "notices", "print", number, number, "-o", tmp_path / "补.pdf")


def test_two_backups_within_one_second_are_two_files(bare: Path, tmp_path: Path) -> None:
    paths = {done("--home", bare, "backup", tmp_path / "盘")["path"] for _ in range(3)}
    assert len(paths) == 3
    for at, one in enumerate(paths):
        done("restore", one, "--home", tmp_path / f"家{at}")


def test_a_backup_leaves_nothing_but_itself(bare: Path, tmp_path: Path) -> None:
    made = done("--home", bare, "backup", tmp_path / "盘")
    assert [one.name for one in (tmp_path / "盘").iterdir()] == [Path(made["path"]).name]


def test_the_folder_of_backups_must_be_a_folder(bare: Path, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("mine")
    for target in (tmp_path / "文件", tmp_path / "文件" / "盘"):
        answer = ask("--home", bare, "backup", target, "--json")
        assert answer.code == TROUBLE
        assert "备份没有做成" in answer.json["objections"][0]["say"]
        assert answer.err.isascii() is False
    assert (tmp_path / "文件").read_text() == "mine"


def test_an_altered_and_a_missing_file_do_not_stop_the_backup_of_the_rest(
    working: Path, tmp_path: Path
) -> None:
    kept = min((working / "vault").iterdir())
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    made = done("--home", working, "backup", tmp_path / "盘")
    assert made["proven"] is True
    assert made["altered"] == [kept.name]
    done("restore", made["path"], "--home", tmp_path / "家")
    assert ask("--home", tmp_path / "家", "verify").code == 1
    kept.unlink()
    made = done("--home", working, "backup", tmp_path / "盘")
    assert (made["missing"], made["altered"]) == ([kept.name], [])
    assert made["files"] == len(list((working / "vault").iterdir()))


def test_nothing_is_restored_over_anything(bare: Path, tmp_path: Path) -> None:
    archive = done("--home", bare, "backup", tmp_path / "盘")["path"]
    (tmp_path / "有").mkdir()
    (tmp_path / "有" / "mine.txt").write_text("mine")
    (tmp_path / "文件").write_text("mine")
    before = files(tmp_path)
    for target in (bare, tmp_path / "有", tmp_path / "文件"):
        answer = ask("restore", archive, "--home", target, "--json")
        assert answer.code == TROUBLE
        assert "没有覆盖" in answer.json["objections"][0]["say"]
    assert files(tmp_path) == before
    (tmp_path / "空").mkdir()
    done("restore", archive, "--home", tmp_path / "空")


def _truncated(archive: Path) -> None:
    data = archive.read_bytes()
    archive.write_bytes(data[: len(data) // 2])


def _empty(archive: Path) -> None:
    archive.write_bytes(b"")


def _text(archive: Path) -> None:
    archive.write_text("不是备份")


def _other_zip(archive: Path) -> None:
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("readme.txt", "hello")


def _folder(archive: Path) -> None:
    archive.unlink()
    archive.mkdir()


def _gone(archive: Path) -> None:
    archive.unlink()


def _climbing(archive: Path) -> None:
    with zipfile.ZipFile(archive, "a") as out:
        out.writestr("../../evil.txt", "x")


def _encrypted_by_a_flipped_bit(archive: Path) -> None:
    data = bytearray(archive.read_bytes())
    place = data.rindex(b"PK\x01\x02") + 8  # flags of the last entry of the directory
    data[place] |= 1
    archive.write_bytes(data)


def _manifest_says(archive: Path, key: str, value: object) -> None:
    with zipfile.ZipFile(archive) as good:
        members = {name: good.read(name) for name in good.namelist()}
    manifest = json.loads(members["manifest.json"])
    manifest[key] = value
    with zipfile.ZipFile(archive, "w") as out:
        for name, content in members.items():
            kept = json.dumps(manifest).encode() if name == "manifest.json" else content
            out.writestr(name, kept)


def _other_rows(archive: Path) -> None:
    _manifest_says(archive, "rows", {"notice": 12345})


def _of_a_newer_program(archive: Path) -> None:
    _manifest_says(archive, "format", 2)


def _too_deep(archive: Path) -> None:
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("manifest.json", "[" * 100_000)


def _with_a_file_put_in(archive: Path) -> None:
    with zipfile.ZipFile(archive, "a") as out:
        out.writestr(f"vault/{'a' * 32}.pdf", "x")


@pytest.mark.parametrize(
    "damage",
    [
        _truncated,
        _empty,
        _text,
        _other_zip,
        _folder,
        _gone,
        _climbing,
        _encrypted_by_a_flipped_bit,
        _other_rows,
        _of_a_newer_program,
        _with_a_file_put_in,
        _too_deep,
    ],
)
def test_a_damaged_or_foreign_archive_is_refused_and_leaves_nothing(
    working: Path, tmp_path: Path, damage: object
) -> None:
    archive = Path(done("--home", working, "backup", tmp_path / "盘")["path"])
    damage(archive)  # type: ignore[operator]
    answer = ask("restore", archive, "--home", tmp_path / "新" / "家", "--json")
    assert answer.code == TROUBLE
    assert answer.json["objections"][0]["say"]
    assert not (tmp_path / "新" / "家").exists()
    assert not (tmp_path.parent / "evil.txt").exists()
    assert not list(tmp_path.rglob("*恢复中*"))


def test_restore_asks_for_the_new_home(bare: Path, tmp_path: Path) -> None:
    archive = done("--home", bare, "backup", tmp_path / "盘")["path"]
    assert ask("restore", archive).code == USAGE


def test_a_backup_that_fails_keeps_the_ones_before(bare: Path, tmp_path: Path) -> None:
    good = Path(done("--home", bare, "backup", tmp_path / "盘")["path"])
    database = bare / "enforcer.db"
    shutil.copy(database, tmp_path / "copy.db")
    data = bytearray(database.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 8192] = b"\xff" * 8192
    database.write_bytes(data)
    answer = ask("--home", bare, "backup", tmp_path / "盘", "--json")
    assert answer.code in {DONE, TROUBLE}
    if answer.code == TROUBLE:
        assert [one.name for one in (tmp_path / "盘").iterdir()] == [good.name]
    done("restore", good, "--home", tmp_path / "家")
    assert done("--home", tmp_path / "家", "verify")["ok"] is True
