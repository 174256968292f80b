"""A home that an earlier program left is opened by this one: nothing lost, a copy kept."""

from pathlib import Path

import pytest

from tests.contract.face import done

HOMES = sorted((Path(__file__).parent / "homes").glob("*.zip"))
"""A backup per revision that was ever given to an office, made by the program of that day."""
ROWS = {"0001": 1338, "0004": 1681}


@pytest.mark.parametrize("backup", HOMES, ids=lambda path: path.stem)
def test_a_home_of_an_earlier_program_is_carried_over_whole(backup: Path, tmp_path: Path) -> None:
    home = tmp_path / "家"
    back = done("restore", backup, "--home", home)
    assert back["rows"] == ROWS[backup.stem]
    told = done("--home", home, "verify")
    assert told["problems"] == []
    assert (home / f"升级前副本-{backup.stem}.db").is_file()
    counted = done("--home", home, "statistics", "--period", "2026")
    assert counted["penalties"]["total"] > 0
    assert counted["guidance"]["notices"] > 0
    number = done("--home", home, "search", "渣土")[0]["number"]
    assert number
