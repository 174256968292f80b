"""`issue CASE TEMPLATE`: the frozen paper of a case, the first time as it is, then marked 补打."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.contract.face import (
    PENALTIES,
    REFUSED,
    TROUBLE,
    USAGE,
    ask,
    done,
    ledger,
    pages,
    penalty,
    take,
)

TEMPLATE = "summary_decision"


@pytest.fixture
def case(sample: Path) -> str:
    """The number of a case that the sample office really decided on the spot, as search gives it."""
    hits: list[Any] = done("--home", sample, "search", "当罚字 示例")
    return str(next(one["number"] for one in hits if one["kind"] == "case"))


def test_the_decision_comes_out_in_two_copies_and_again_marked(
    sample: Path, case: str, tmp_path: Path
) -> None:
    kept = {p.name: hashlib.sha256(p.read_bytes()).digest() for p in (sample / "vault").iterdir()}
    out = tmp_path / "决定书.pdf"
    out.write_text("overwritten")
    done("--home", sample, "issue", case, TEMPLATE, "-o", out)
    first = pages(out)
    assert len(first) == 2
    for text in first:
        assert case in text
        assert "当场行政处罚决定书" in text
        assert "补打" not in text
    done("--home", sample, "issue", case, TEMPLATE, "-o", out)
    again = pages(out)
    assert len(again) == 2
    assert all("补打" in text for text in again)
    assert {
        p.name: hashlib.sha256(p.read_bytes()).digest() for p in (sample / "vault").iterdir()
    } == kept
    assert done("--home", sample, "verify")["ok"] is True


def test_the_paper_carries_what_the_law_asks_for(sample: Path, case: str, tmp_path: Path) -> None:
    out = tmp_path / "决定书.pdf"
    done("--home", sample, "issue", case, TEMPLATE, "-o", out)
    (party, stub) = pages(out)
    for text in (party, stub):
        for words in (
            "陈述",
            "申辩",
            "十五日内",
            "百分之三",
            "应当先申请行政复议",
            "六十日内",
            "执法证号",
            "元整",
        ):
            assert words in text


@pytest.mark.parametrize("given", ["没有这个案号", "", "〔2026〕"])
def test_an_unknown_case_is_refused(sample: Path, tmp_path: Path, given: str) -> None:
    out = tmp_path / "x.pdf"
    answer = ask("--home", sample, "issue", given, TEMPLATE, "-o", out, "--json")
    assert answer.code == REFUSED
    assert answer.json["objections"][0]["say"].endswith("。")
    assert not out.exists()


def test_an_unknown_template_is_refused(sample: Path, case: str, tmp_path: Path) -> None:
    answer = ask("--home", sample, "issue", case, "love_letter", "-o", tmp_path / "x.pdf", "--json")
    assert answer.code == REFUSED
    assert answer.json["objections"]


def test_a_case_of_the_ordinary_course_has_no_paper_of_the_spot(
    sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "x.pdf"
    ordinary = done("--home", sample, "search", "渣土")[0]["number"]
    answer = ask("--home", sample, "issue", ordinary, TEMPLATE, "-o", out, "--json")
    assert answer.code == REFUSED
    assert "penalty_decision" in answer.json["objections"][0]["say"]
    assert "补录" not in answer.out


def test_paper_and_word_do_not_take_each_others_place(
    sample: Path, case: str, tmp_path: Path
) -> None:
    out = tmp_path / "决定书"
    answer = ask("--home", sample, "issue", case, TEMPLATE, "-o", out, "--word", out)
    assert (answer.code, answer.out) == (USAGE, "")
    assert "请分别写文件名" in answer.err
    assert not out.exists()


def test_a_case_of_an_old_ledger_has_no_paper(sample: Path, tmp_path: Path) -> None:
    take(
        sample, "penalties", ledger(tmp_path / "p.xlsx", PENALTIES, [penalty("旧罚〔2024〕第1号")])
    )
    out = tmp_path / "x.pdf"
    answer = ask("--home", sample, "issue", "旧罚〔2024〕第1号", TEMPLATE, "-o", out, "--json")
    assert answer.code == REFUSED
    assert not out.exists()


@pytest.mark.parametrize("wrong", ["no folder", "a folder"])
def test_a_place_that_cannot_be_written_is_trouble(
    sample: Path, case: str, tmp_path: Path, wrong: str
) -> None:
    out = tmp_path / "无" / "x.pdf" if wrong == "no folder" else tmp_path
    answer = ask("--home", sample, "issue", case, TEMPLATE, "-o", out, "--json")
    assert answer.code == TROUBLE
    done("--home", sample, "issue", case, TEMPLATE, "-o", tmp_path / "y.pdf")
    assert "补打" not in "".join(pages(tmp_path / "y.pdf"))
