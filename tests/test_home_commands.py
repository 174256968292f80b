"""The headless face on a home as a whole: init, verify, backup, restore, search; codes and JSON."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from enforcer import paths
from enforcer.__main__ import main


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, object]:
    code = main([str(one) for one in words])
    out = capsys.readouterr().out
    return code, json.loads(out) if out.strip() else None


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("sample") / "home"
    assert main(["--home", str(home), "init", "--sample"]) == 0
    return home


def test_a_bare_home_is_made_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--home", tmp_path / "h", "init", "--json")[0] == 0
    assert paths.database(tmp_path / "h").exists()
    assert run(capsys, "init", "--home", tmp_path / "h")[0] == 3


def test_the_sample_is_sound(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = run(capsys, "--home", sample, "verify", "--json")
    assert (code, found["problems"]) == (0, [])  # type: ignore[index]


def test_wrong_usage_is_code_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["frobnicate"])
    assert left.value.code == 2
    assert "用法不对" in capsys.readouterr().err


def test_a_missing_home_is_code_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(tmp_path / "none"), "verify"]) == 3
    assert "没有数据库" in capsys.readouterr().err


def test_a_backup_is_proven_and_comes_back(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, made = run(capsys, "--home", sample, "backup", tmp_path / "盘", "--json")
    assert code == 0
    assert made["proven"] is True  # type: ignore[index]
    code, back = run(capsys, "restore", made["path"], "--home", tmp_path / "新", "--json")  # type: ignore[index]
    assert code == 0
    assert back["rows"] == made["rows"]  # type: ignore[index]
    assert run(capsys, "--home", tmp_path / "新", "verify", "--json")[0] == 0


def test_search_finds_a_plate_however_it_is_typed(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(driver.connect(str(paths.database(sample)))) as raw:
        plate, number = raw.execute("SELECT plate, number FROM notice WHERE id = 7").fetchone()
    for typed in (plate, plate.replace("·", ""), plate.replace("·", "").lower()):
        _, found = run(capsys, "--home", sample, "search", typed, "--json")
        assert number in [one["number"] for one in found]  # type: ignore[union-attr]


@pytest.mark.parametrize("word", ["%", "_", "' OR 1=1--", "不存在的词"])
def test_search_takes_signs_literally(
    sample: Path, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    assert run(capsys, "--home", sample, "search", word, "--json") == (0, [])


def test_search_tells_whether_a_case_is_open(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found = run(capsys, "--home", sample, "search", "顺达渣土", "--json")
    assert [one["open"] for one in found if one["kind"] == "case"] == [True]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("attack", "part"),
    [
        ("UPDATE officer SET name = '冒名' WHERE id = 1", "rows"),
        ("DELETE FROM recorder WHERE id = 2", "rows"),
    ],
)
def test_verify_finds_what_was_changed_outside_the_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], attack: str, part: str
) -> None:
    home = tmp_path / "h"
    main(["--home", str(home), "init", "--sample"])
    with closing(sqlite3.connect(paths.database(home), isolation_level=None)) as raw:
        raw.execute(attack)
    capsys.readouterr()
    code, found = run(capsys, "--home", home, "verify", "--json")
    assert code == 1
    assert part in [one["part"] for one in found["problems"]]  # type: ignore[index]


def test_verify_finds_a_number_that_vanished(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "h"
    main(["--home", str(home), "init", "--sample"])
    with closing(driver.connect(str(paths.database(home)), isolation_level=None)) as raw:
        raw.execute("UPDATE series SET drawn_from = 1 WHERE prefix LIKE '云城管温告%'")
        raw.execute("DROP TRIGGER notice_stay")
        raw.execute("DELETE FROM notice WHERE serial = 5")
    capsys.readouterr()
    code, found = run(capsys, "--home", home, "verify", "--json")
    assert code == 1
    assert "numbers" in [one["part"] for one in found["problems"]]  # type: ignore[index]
