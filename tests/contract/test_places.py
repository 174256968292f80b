"""Odd homes and odd places for a paper: a sentence, an exit code, and nothing broken."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.contract.conftest import CREW
from tests.contract.face import NOTICES, TROUBLE, USAGE, ask, done, ledger, notice


def papers(sample: Path, folder: Path) -> list[tuple[object, ...]]:
    row = notice(None, 执法人员1=CREW[0], 执法人员2=CREW[1])
    book = ledger(folder / "批.xlsx", NOTICES, [row])
    number = "云城管温告字〔2026〕第00001号"
    case = next(
        one["number"]
        for one in done("--home", sample, "search", "当罚字 示例")
        if one["kind"] == "case"
    )
    return [
        ("notices", "issue", book, "-o"),
        ("notices", "print", number, number, "-o"),
        ("issue", case, "summary_decision", "-o"),
        ("statistics", "--period", "2026Q3", "--pdf"),
        ("statistics", "--period", "2026Q3", "--xlsx"),
    ]


@pytest.mark.parametrize("place", ["a pipe", "the database", "a name too long", "nowhere"])
def test_a_paper_never_takes_the_place_of_what_is_no_paper(
    sample: Path, tmp_path: Path, place: str
) -> None:
    if place == "a pipe" and os.name != "posix":
        pytest.skip("there are no pipes with a name")
    out = {
        "a pipe": tmp_path / "管道",
        "the database": sample / "enforcer.db",
        "a name too long": tmp_path / ("长" * 200),
        "nowhere": tmp_path / "无" / "x",
    }[place]
    if place == "a pipe":
        os.mkfifo(out)
    before = done("--home", sample, "statistics", "--period", "2025")
    for words in papers(sample, tmp_path):
        answer = ask("--home", sample, *words, out, "--json")
        assert answer.code == TROUBLE, words
        assert answer.json["objections"][0]["say"].endswith("。")
    assert place != "a pipe" or stat.S_ISFIFO(out.stat().st_mode)
    assert done("--home", sample, "statistics", "--period", "2025") == before
    assert done("--home", sample, "verify")["ok"] is True


def test_a_blank_home_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for blank in ("", "  "):
        assert ask("init", "--home", blank).code == USAGE
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["空 格&引号'", "🙂é", "长" * 60, "a#b;c", "100%", ".隐藏", "C盘"], ids=repr
)
def test_a_home_may_have_any_name(tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    done("init", "--home", home)
    assert done("--home", home, "verify")["ok"] is True
    made = done("--home", home, "backup", home / "备份")
    done("restore", made["path"], "--home", tmp_path / (name + "二"))


def test_a_home_the_system_cannot_name_is_trouble(tmp_path: Path) -> None:
    for words in (("init",), ("verify",), ("statistics", "--period", "2025")):
        answer = ask(*words, "--home", tmp_path / ("长" * 300), "--json")
        assert answer.code == TROUBLE
        assert answer.json["objections"][0]["say"].endswith("。")


def test_a_home_inside_a_file_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("mine")
    for home in (tmp_path / "文件", tmp_path / "文件" / "家"):
        assert ask("init", "--home", home, "--json").code == TROUBLE
        assert ask("verify", "--home", home, "--json").code == TROUBLE
    assert (tmp_path / "文件").read_text() == "mine"


def test_a_vault_that_is_a_file_stops_only_what_needs_it(sample: Path, tmp_path: Path) -> None:
    for one in (sample / "vault").iterdir():
        one.unlink()
    (sample / "vault").rmdir()
    (sample / "vault").write_text("no folder")
    words = papers(sample, tmp_path)[0]
    answer = ask("--home", sample, *words, tmp_path / "x.pdf", "--json")
    assert answer.code == TROUBLE
    assert done("--home", sample, "statistics", "--period", "2025")["guidance"]["notices"] == 0
    found = ask("--home", sample, "verify", "--json").json
    assert {one["part"] for one in found["problems"]} == {"vault"}
