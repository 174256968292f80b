"""The headless face on streams that fail: a full disk, a closed error stream, bytes that are no text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.contract.face import ROOT, TROUBLE, USAGE, ask

DUE = ("due", "payment", "--from", "2026-09-20")
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a Linux device")


def ran(words: Sequence[str | bytes], *, full: str = "") -> tuple[int, str, str]:
    """Run the face, the stream named `full` on a full disk; the code and what could be read."""
    with Path("/dev/full").open("wb") as device:
        told = subprocess.run(
            [sys.executable, "-m", "enforcer", *words],
            stdout=device if full == "stdout" else subprocess.PIPE,
            stderr=device if full == "stderr" else subprocess.PIPE,
            cwd=ROOT,
            env=BUFFERED,
            check=False,
        )
    return told.returncode, (told.stdout or b"").decode(), (told.stderr or b"").decode()


@pytest.mark.parametrize("words", [DUE, (*DUE, "--json")])
def test_an_answer_that_cannot_be_written_is_trouble_in_a_sentence(words: tuple[str, ...]) -> None:
    code, _, said = ran(words, full="stdout")
    assert code == TROUBLE
    assert said == "结果写不到标准输出：磁盘已满。事情可能已经办完，请核对后再试。\n"


@pytest.mark.parametrize(
    ("words", "code"), [(("due", "--oops"), USAGE), (("statistics", "--period", "甲"), USAGE)]
)
def test_a_refusal_that_cannot_be_told_keeps_its_code(words: tuple[str, ...], code: int) -> None:
    assert ran(words, full="stderr")[:2] == (code, "")


def test_a_closed_error_stream_leaves_standard_output_alone() -> None:
    told = subprocess.run(
        ["sh", "-c", f'exec "{sys.executable}" -m enforcer due --oops 2>&-'],
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert (told.returncode, told.stdout) == (USAGE, b"")


def test_a_word_that_is_no_text_is_wrong_usage() -> None:
    code, out, said = ran(["search", b"\xff\xfe"])
    assert (code, out) == (USAGE, "")
    assert "不是 UTF-8" in said


def test_a_file_whose_name_is_no_text_is_spoken_of_escaped(bare: Path) -> None:
    words = ["--home", str(bare), "import", b"/\xff.xlsx", "--kind", "notices", "--json"]
    code, out, said = ran(words)
    assert code == TROUBLE
    assert "\\udcff.xlsx" in said
    assert json.loads(out)["objections"][0]["say"].startswith("找不到文件“/\udcff.xlsx”")


def test_usage_and_help_speak_chinese() -> None:
    assert ask("due", "--oops").err.startswith("用法：enforcer ")
    told = ask("due", "--help").out
    for word in ("用法：enforcer due", "命令和内容:", "选项:", "显示这份说明"):
        assert word in told
    assert not any(word in told for word in ("usage", "options:", "show this help"))
