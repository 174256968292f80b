"""`verify`: whatever was changed behind the program's back is found, and said where."""

from __future__ import annotations

import random
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from tests.contract.conftest import CREW
from tests.contract.face import (
    DONE,
    NOTICES,
    PENALTIES,
    REFUSED,
    TROUBLE,
    ask,
    done,
    ledger,
    notice,
    penalty,
    take,
)


@pytest.fixture(scope="module")
def made_office(made_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sample rows, ledger rows and a batch of our own: rows that came in on every road."""
    folder = tmp_path_factory.mktemp("office")
    home = Path(shutil.copytree(made_sample, folder / "家"))
    rows = [
        notice("", 号牌号码=f"湘A{at:05d}", 执法人员1=CREW[0], 执法人员2=CREW[1]) for at in range(5)
    ]
    done(
        *("--home", home, "notices", "issue", ledger(folder / "a.xlsx", NOTICES, rows)),
        *("-o", folder / "a.pdf"),
    )
    take(home, "notices", ledger(folder / "b.xlsx", NOTICES, [notice("旧〔2024〕第1号")]))
    fines = [penalty("罚〔2025〕第1号", 处罚种类="罚款", fine=200, 缴款日期="2025-08-20", paid=200)]
    take(home, "penalties", ledger(folder / "c.xlsx", PENALTIES, fines))
    return home


@pytest.fixture
def office(made_office: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_office, tmp_path / "office"))


def behind(home: Path, *statements: str) -> None:
    """Change the file with a tool that knows nothing of this program."""
    with closing(driver.connect(str(home / "enforcer.db"), isolation_level=None)) as raw:
        asked = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        triggers = raw.execute(asked).fetchall()
        for name, _ in triggers:
            raw.execute(f'DROP TRIGGER "{name}"')
        for one in statements:
            assert raw.execute(one).rowcount != 0, one
        for _, sql in triggers:
            raw.execute(sql)


def parts(home: Path) -> set[str]:
    answer = ask("--home", home, "verify", "--json")
    found: Any = answer.json
    assert set(found) >= {"ok", "problems"}
    assert answer.code == (REFUSED if found["problems"] else DONE)
    assert found["ok"] is not bool(found["problems"])
    for one in found["problems"]:
        assert set(one) == {"part", "where", "say"}
        assert "。" in one["say"]
    return {one["part"] for one in found["problems"]}


def test_a_sound_home_is_sound_twice(office: Path) -> None:
    assert parts(office) == set()
    assert parts(office) == set()


def test_rows_edited_by_the_program_itself_stay_sound(office: Path, tmp_path: Path) -> None:
    number = done("--home", office, "search", "湘A00002")[0]["number"]
    for _ in range(2):
        done("--home", office, "notices", "print", number, number, "-o", tmp_path / "x.pdf")
    done(
        "--home",
        office,
        "notices",
        "print",
        "旧〔2024〕第1号",
        "旧〔2024〕第1号",
        "-o",
        tmp_path / "y",
    )
    assert parts(office) == set()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE notice SET place = '别处' WHERE plate LIKE '%00003'",
        "UPDATE notice SET state = 'void' WHERE plate LIKE '%00003'",
        "UPDATE notice SET number = number || '号' WHERE plate LIKE '%00003'",
        "UPDATE notice SET void_reason = '无' WHERE plate LIKE '%00003'",
        "UPDATE notice SET place = '别处' WHERE number = '旧〔2024〕第1号'",
        "UPDATE notice SET place = '别处' WHERE id = 7",
        "DELETE FROM notice WHERE id = 7",
        "DELETE FROM notice WHERE number = '旧〔2024〕第1号'",
        "UPDATE decision SET fine_fen = 1 WHERE number = '罚〔2025〕第1号'",
        "UPDATE payment SET amount_fen = amount_fen + 1 WHERE id = 1",
        "UPDATE enforcement_case SET party_name = '别人' WHERE id = 3",
        "UPDATE guidance SET quantity = 9999 WHERE id = 1",
        "UPDATE officer SET name = '冒名' WHERE name = '测试甲'",
        "UPDATE certificate SET valid_until = '2199-01-01' WHERE id = 1",
        "UPDATE notice SET state = 'banana' WHERE id = 9",
        "UPDATE notice SET noticed_on = '2026-99-99' WHERE id = 9",
    ],
)
def test_a_row_changed_removed_or_made_unreadable_is_found(office: Path, statement: str) -> None:
    behind(office, statement)
    assert "rows" in parts(office)


@pytest.mark.parametrize("table", ["notice", "payment", "guidance", "officer", "decision"])
def test_a_row_put_in_by_hand_is_found(office: Path, table: str) -> None:
    with closing(driver.connect(str(office / "enforcer.db"), isolation_level=None)) as raw:
        names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
        row = dict(
            zip(names, raw.execute(f"SELECT * FROM {table} LIMIT 1").fetchone(), strict=True)
        )
        row["id"] = 987_654
        row |= {
            name: value
            for name, value in (
                ("uid", "f" * 32),
                ("number", "私造〔2026〕第1号"),
                ("serial", None),
            )
            if name in row
        }
        marks = ",".join("?" * len(row))
        raw.execute("PRAGMA foreign_keys = 0")
        raw.execute(f"INSERT INTO {table} VALUES ({marks})", list(row.values()))
    assert "rows" in parts(office)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = '别人' WHERE id = 5",
        "UPDATE audit_entry SET changes = '{}' WHERE id = 5",
        "UPDATE audit_entry SET changes = 'not json' WHERE id = 5",
        "UPDATE audit_entry SET at = '20:6-11-23 11:22:28.018000' WHERE id = 5",
        "DELETE FROM audit_entry WHERE id = 5",
        "DELETE FROM audit_entry WHERE id = 1",
    ],
)
def test_a_change_of_the_log_is_found(office: Path, statement: str) -> None:
    behind(office, statement)
    assert "audit" in parts(office)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document SET fields = '{' WHERE id = 1",
        "UPDATE document SET issued_at = 'yesterday' WHERE id = 1",
        "UPDATE series SET kind = 'no kind' WHERE id = 1",
    ],
)
def test_a_value_that_is_none_of_its_kind_is_found(office: Path, statement: str) -> None:
    behind(office, statement)
    assert "rows" in parts(office)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER {trigger}",
        "CREATE TRIGGER {trigger} BEFORE DELETE ON decision BEGIN SELECT 1; END",
        "DROP INDEX {index}",
    ],
)
def test_a_guard_taken_away_is_found(office: Path, statement: str) -> None:
    with closing(driver.connect(str(office / "enforcer.db"), isolation_level=None)) as raw:
        asked = "SELECT name FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL AND tbl_name = ?"
        (trigger,) = raw.execute(asked, ("trigger", "decision")).fetchall()[0]
        (index,) = raw.execute(asked, ("index", "notice")).fetchall()[0]
        if statement.startswith("CREATE"):
            raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute(statement.format(trigger=trigger, index=index))
    assert parts(office) == {"database"}


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE party SET name = CAST(X'D5C5C8FD' AS TEXT) WHERE id = 1", {"rows"}),
        ("UPDATE document SET title = CAST(X'D5C5C8FD' AS TEXT) WHERE id = 1", {"rows"}),
        ("UPDATE audit_entry SET actor = CAST(X'D5C5' AS TEXT) WHERE id = 5", {"audit"}),
        ("UPDATE series SET prefix = CAST(X'D5C5' AS TEXT) WHERE id = 1", {"rows", "numbers"}),
    ],
)
def test_text_that_is_none_is_found_and_not_shown(
    office: Path, statement: str, found: set[str]
) -> None:
    behind(office, statement)
    assert parts(office) == found
    said = ask("--home", office, "verify", "--json").out
    assert "decode" not in said
    assert "\ufffd" not in said


def test_a_table_taken_away_is_found_and_the_rest_is_checked(office: Path) -> None:
    behind(office, "PRAGMA foreign_keys = 0", "UPDATE officer SET name = '冒名' WHERE id = 1")
    with closing(driver.connect(str(office / "enforcer.db"), isolation_level=None)) as raw:
        raw.execute("DROP TABLE scan")
    answer = ask("--home", office, "verify", "--json")
    assert answer.code == REFUSED
    assert "缺少本程序的表或者栏目" in answer.out


def test_a_log_cut_short_is_found_by_the_rows_it_no_longer_knows(office: Path) -> None:
    behind(office, "DELETE FROM audit_entry WHERE id > 20")
    assert "rows" in parts(office)


def test_a_number_that_vanished_is_found_only_in_series_this_program_draws(office: Path) -> None:
    behind(office, "DELETE FROM notice WHERE plate LIKE '%00003'")
    assert {"numbers", "rows"} <= parts(office)


def test_gaps_of_old_ledgers_are_no_fault(bare: Path, tmp_path: Path) -> None:
    rows = [notice(f"旧告〔2024〕第{at}号") for at in (1, 2, 7, 900)]
    take(bare, "notices", ledger(tmp_path / "a.xlsx", NOTICES, rows))
    fines = [penalty(f"旧罚〔2024〕第{at}号") for at in (3, 90)]
    take(bare, "penalties", ledger(tmp_path / "b.xlsx", PENALTIES, fines))
    assert parts(bare) == set()


def test_a_dangling_reference_is_found(office: Path) -> None:
    behind(office, "PRAGMA foreign_keys = 0", "UPDATE notice SET officer1_id = 9999 WHERE id = 7")
    assert "database" in parts(office)


@pytest.mark.parametrize("deed", ["one bit", "shorter", "gone", "another file"])
def test_a_kept_paper_that_is_not_the_one_kept_is_found(office: Path, deed: str) -> None:
    (kept,) = sorted((office / "vault").glob("*.pdf"))[:1]
    kept.chmod(0o644)
    data = bytearray(kept.read_bytes())
    if deed == "gone":
        kept.unlink()
    elif deed == "one bit":
        data[len(data) // 2] ^= 1
        kept.write_bytes(data)
    elif deed == "shorter":
        kept.write_bytes(data[:100])
    else:
        kept.write_bytes(b"%PDF-1.7 another")
    assert parts(office) == {"vault"}


def test_flipped_bits_end_in_a_sentence_never_in_a_stack_trace(office: Path) -> None:
    database = office / "enforcer.db"
    whole = database.read_bytes()
    chance = random.Random(20261123)
    for _ in range(8):
        data = bytearray(whole)
        data[chance.randrange(4096, len(data))] ^= 1 << chance.randrange(8)
        for name in ("enforcer.db-wal", "enforcer.db-shm"):
            (office / name).unlink(missing_ok=True)
        database.write_bytes(data)
        assert ask("--home", office, "verify", "--json").code in {DONE, REFUSED, TROUBLE}
