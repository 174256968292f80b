"""How every command behaves: --home on either side, exit codes, one JSON document, -o."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.contract.face import (
    DONE,
    NOTICES,
    REFUSED,
    ROOT,
    TROUBLE,
    USAGE,
    ask,
    done,
    finish,
    ledger,
    notice,
    start,
)

NEED_A_HOME = (
    ("verify",),
    ("backup", "{tmp}/盘"),
    ("statistics", "--period", "2025Q3"),
    ("search", "湘A"),
    ("import", "{tmp}/台账.xlsx", "--kind", "notices"),
    ("notices", "issue", "{tmp}/台账.xlsx", "-o", "{tmp}/x.pdf"),
    ("notices", "print", "甲〔2025〕第1号", "甲〔2025〕第2号", "-o", "{tmp}/x.pdf"),
    ("issue", "甲〔2025〕第1号", "summary_decision", "-o", "{tmp}/x.pdf"),
)


def words_in(command: tuple[str, ...], tmp: Path) -> list[str]:
    return [word.replace("{tmp}", str(tmp)) for word in command]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    ledger(tmp_path / "台账.xlsx", NOTICES, [notice("甲告〔2025〕第1号")])
    return tmp_path


@pytest.mark.parametrize("command", NEED_A_HOME, ids=lambda one: "-".join(one[:2]))
def test_a_missing_home_is_trouble_and_is_not_made(command: tuple[str, ...], files: Path) -> None:
    home = files / "没有这个家"
    answer = ask("--home", home, *words_in(command, files), "--json")
    assert answer.code == TROUBLE
    assert "没有数据库" in answer.err
    assert not home.exists()
    assert not (files / "x.pdf").exists()


@pytest.mark.parametrize("command", NEED_A_HOME, ids=lambda one: "-".join(one[:2]))
def test_trouble_is_one_json_document_too(command: tuple[str, ...], files: Path) -> None:
    answer = ask("--home", files / "无", *words_in(command, files), "--json")
    (objection,) = answer.json["objections"]
    assert objection["level"] == "block"
    assert "没有数据库" in objection["say"]


@pytest.mark.parametrize("place", ["before", "after", "both ends"])
def test_home_and_json_stand_before_or_after_the_command(bare: Path, place: str) -> None:
    words = {
        "before": ("--home", bare, "--json", "statistics", "--period", "2025Q3"),
        "after": ("statistics", "--period", "2025Q3", "--json", "--home", bare),
        "both ends": ("--json", "statistics", "--home", bare, "--period", "2025Q3"),
    }[place]
    answer = ask(*words)
    assert answer.code == DONE
    assert answer.json["period"] == {"from": "2025-07-01", "to": "2025-09-30"}


def test_home_stands_on_either_side_of_a_command_in_two_words(sample: Path, tmp_path: Path) -> None:
    number = done("--home", sample, "search", "温告")[0]["number"]
    for words in (
        ("--home", sample, "notices", "print", number, number),
        ("notices", "--home", sample, "print", number, number),
        ("notices", "print", "--home", sample, number, number),
        ("notices", "print", number, number, "--home", sample),
    ):
        assert ask(*words, "-o", tmp_path / "x.pdf").code == DONE


@pytest.mark.parametrize(
    "words",
    [
        ("frobnicate",),
        ("import", "x.xlsx"),
        ("import", "--kind", "notices"),
        ("import", "x.xlsx", "--kind", "cats"),
        ("statistics",),
        ("statistics", "--period", "2025Q5"),
        ("statistics", "--period", "2025Q0"),
        ("statistics", "--period", "去年"),
        ("statistics", "--period", ""),
        ("statistics", "--period", "2025-03-31:2025-01-01"),
        ("statistics", "--period", "2025-02-29:2025-03-31"),
        ("search",),
        ("backup",),
        ("restore",),
        ("restore", "x.zip"),
        ("notices",),
        ("notices", "issue", "x.xlsx"),
        ("notices", "issue", "x.xlsx", "-o", "x.pdf", "--per-sheet", "3"),
        ("notices", "print", "甲〔2025〕第1号", "-o", "x.pdf"),
        ("issue", "甲〔2025〕第1号", "summary_decision"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_two(words: tuple[str, ...]) -> None:
    answer = ask(*words)
    assert answer.code == USAGE
    assert answer.out == ""
    said = answer.err.strip().splitlines()[-1]
    assert said.startswith("用法不对：")
    for english in ("required", "argument", "invalid", "choose", "expected", "unrecognized"):
        assert english not in said


def test_help_is_no_error() -> None:
    assert ask("--help").code == DONE


def test_a_real_process_keeps_to_the_same_contract(tmp_path: Path) -> None:
    home = tmp_path / "新 家&a"
    made = finish(start("--home", home, "init", "--json"))
    assert (made.code, made.err) == (DONE, "")
    again = finish(start("init", "--home", home, "--json"))
    assert again.code == TROUBLE
    assert "已有数据库" in again.json["objections"][0]["say"]
    usage = finish(start("statistics", "--home", home, "--json"))
    assert usage.code == USAGE


def test_a_home_may_be_named_relative_to_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done("init", "--home", "家")
    assert (tmp_path / "家" / "enforcer.db").is_file()
    assert done("verify", "--home", "家")["ok"] is True


def test_the_database_lies_where_the_contract_says(bare: Path) -> None:
    import sqlcipher3.dbapi2 as driver

    raw = driver.connect(str(bare / "enforcer.db"))
    names = {name for (name,) in raw.execute("SELECT name FROM sqlite_schema")}
    raw.close()
    assert "audit_entry" in names


@pytest.mark.parametrize("taken", ["a database", "a file of that name"])
def test_init_never_writes_over_what_is_there(bare: Path, tmp_path: Path, taken: str) -> None:
    home = bare
    if taken == "a file of that name":
        home = tmp_path / "文件"
        home.write_text("mine")
    before = (home / "enforcer.db" if home.is_dir() else home).read_bytes()
    answer = ask("init", "--home", home, "--json")
    assert answer.code == TROUBLE
    assert answer.json["objections"]
    assert (home / "enforcer.db" if home.is_dir() else home).read_bytes() == before


def test_a_bare_home_is_ready_for_imports_and_statistics_and_prints_nothing(
    bare: Path, files: Path
) -> None:
    found = done("--home", bare, "import", files / "台账.xlsx", "--kind", "notices")
    assert found["taken"] == 1
    assert done("--home", bare, "statistics", "--period", "2025Q3")["guidance"]["notices"] == 1
    out = files / "x.pdf"
    answer = ask(
        *("--home", bare, "notices", "print", "甲告〔2025〕第1号", "甲告〔2025〕第1号"),
        *("-o", out, "--json"),
    )
    assert answer.code == REFUSED
    assert answer.json["objections"]
    assert not out.exists()


@pytest.mark.parametrize("kind", ["--xlsx", "--pdf"])
def test_statistics_overwrites_its_file_and_keeps_it_when_it_cannot(
    sample: Path, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "报表"
    out.write_text("old")
    assert ask("--home", sample, "statistics", "--period", "2026Q3", kind, out).code == DONE
    written = out.read_bytes()
    assert written[:4] in {b"PK\x03\x04", b"%PDF"}
    for wrong in (tmp_path / "无" / "x", tmp_path):
        answer = ask("--home", sample, "statistics", "--period", "2026Q3", kind, wrong, "--json")
        assert answer.code == TROUBLE
        assert len(answer.json) == 1
    assert out.read_bytes() == written


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2025Q1", "2025-01-01", "2025-03-31"),
        ("2024Q4", "2024-10-01", "2024-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02-29:2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-12-31:2025-01-01", "2024-12-31", "2025-01-01"),
    ],
)
def test_a_period_is_a_quarter_a_year_or_a_span(
    bare: Path, period: str, first: str, last: str
) -> None:
    found = done("--home", bare, "statistics", "--period", period)
    assert found["period"] == {"from": first, "to": last}


def test_a_read_only_home_is_told_in_a_sentence(bare: Path) -> None:
    if os.name != "posix" or os.geteuid() == 0:
        pytest.skip("the owner of everything is never refused")
    (bare / "enforcer.db").chmod(0o444)
    bare.chmod(0o555)
    try:
        answer = ask("--home", bare, "verify", "--json")
        assert answer.code in {DONE, TROUBLE}
    finally:
        bare.chmod(0o755)


def test_the_face_loads_no_screen() -> None:
    code = (
        "import sys; from enforcer.__main__ import main; "
        "main(['due', 'payment', '--from', '2026-09-20', '--json']); "
        "print(any(n.startswith('PySide6') for n in sys.modules), file=sys.stderr)"
    )
    import subprocess
    import sys

    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert ran.stderr.strip() == "False"
    assert json.loads(ran.stdout)["rule"] == "payment"
