"""`issue CASE TEMPLATE` for an ordinary case: by key or by name, first frozen, then 补打; Word beside it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.contract.face import REFUSED, TROUBLE, ask, done, pages

COURSES = Path(__file__).parents[1] / "scenarios" / "courses"
CASE = "云城管立字〔2026〕第001号"


@pytest.fixture(scope="module")
def made(made_bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the spoil course was carried out by the face itself."""
    home = Path(shutil.copytree(made_bare, tmp_path_factory.mktemp("course") / "家"))
    steps: list[Any] = done("--home", home, "replay", COURSES / "spoil_company_after.toml")
    assert any(one["ok"] for one in steps)
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))


NAMES = [
    ("penalty_decision", "penalty_decision"),
    ("行政处罚决定书", "penalty_decision"),
    ("《行政处罚决定书》", "penalty_decision"),
    ("调查（询问）笔录", "inquiry_record"),
    ("调查(询问)笔录", "inquiry_record"),
    ("调查询问笔录", "inquiry_record"),
    ("行政处罚事先告知书", "prior_notice"),
    ("行政处罚（听证）事先告知书", "prior_notice"),
]


@pytest.mark.parametrize(("given", "key"), NAMES)
def test_a_paper_is_named_by_its_key_or_its_title(
    home: Path, tmp_path: Path, given: str, key: str
) -> None:
    out = tmp_path / "纸.pdf"
    answer = done("--home", home, "issue", CASE, given, "-o", out)
    assert answer["template"] == key
    assert "云溪顺达渣土运输有限公司" in "".join(pages(out))


def test_the_second_time_it_is_the_frozen_paper_marked(home: Path, tmp_path: Path) -> None:
    out, again = tmp_path / "一.pdf", tmp_path / "二.pdf"
    first = done("--home", home, "issue", CASE, "prior_notice", "-o", out)
    assert first["reprinted"] is False
    assert first["number"] == "云城管罚先告字〔2026〕第001号"
    assert "补打" not in "".join(pages(out))
    second = done("--home", home, "issue", CASE, "prior_notice", "-o", again)
    assert second["reprinted"] is True
    assert (second["number"], second["pages"]) == (first["number"], first["pages"])
    assert all("补打" in page for page in pages(again))
    assert done("--home", home, "verify")["ok"] is True


def test_word_carries_the_same_words(home: Path, tmp_path: Path) -> None:
    out, word = tmp_path / "纸.pdf", tmp_path / "纸.docx"
    done("--home", home, "issue", CASE, "penalty_decision", "-o", out, "--word", word)
    said = "".join("".join(one.text.split()) for one in Document(str(word)).paragraphs)
    printed = "".join("".join(page.split()) for page in pages(out))
    for words in ("云城管罚决字〔2026〕第001号", "罚款人民币伍仟元整（￥5000.00）", "六十日内"):
        assert words in said
        assert words in printed
    again = done("--home", home, "issue", CASE, "penalty_decision", "-o", out, "--word", word)
    assert again["reprinted"] is True


def test_which_of_several_is_chosen_by_its_place(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "回证.pdf"
    done("--home", home, "issue", CASE, "送达回证", "--row", 1, "-o", out)
    assert "事先告知书" in "".join(pages(out))
    done("--home", home, "issue", CASE, "送达回证", "-o", out)
    assert "行政处罚决定书" in "".join(pages(out)), "the latest where none is named"
    answer = ask("--home", home, "issue", CASE, "送达回证", "--row", 3, "-o", out, "--json")
    assert answer.code == REFUSED
    assert answer.json["objections"][0]["code"] == "paper_row_gone"


def test_a_paper_whose_step_was_not_taken_is_refused_with_its_article(
    home: Path, tmp_path: Path
) -> None:
    out, word = tmp_path / "x.pdf", tmp_path / "x.docx"
    answer = ask("--home", home, "issue", CASE, "听证笔录", "-o", out, "--word", word, "--json")
    assert answer.code == REFUSED
    (one,) = answer.json["objections"]
    assert "第六十四条" in one["cite"]
    assert one["say"].endswith("。")
    assert not out.exists()
    assert not word.exists()


def test_a_reason_that_cannot_be_read_is_refused(home: Path, tmp_path: Path) -> None:
    answer = ask(
        "--home", home, "issue", CASE, "prior_notice", "--reason", "没有等号",
        "-o", tmp_path / "x.pdf", "--json",
    )  # fmt: skip
    assert answer.code == REFUSED
    assert answer.json["objections"][0]["code"] == "reason_unreadable"


def test_amber_gives_way_to_a_reason(home: Path, tmp_path: Path) -> None:
    open_home = tmp_path / "open"
    done("init", "--home", open_home)
    script = tmp_path / "到告知.toml"
    script.write_text(
        'title = "到告知"\nbegins = { file = "'
        + str(COURSES / "spoil_company_after.toml")
        + '", until = "告知书已送达" }\n',
        encoding="utf-8",
    )
    ask("--home", open_home, "replay", script)
    out = tmp_path / "确认书.pdf"
    words = ("--home", open_home, "issue", CASE, "电子送达确认书", "-o", out)
    answer = ask(*words, "--json")
    assert answer.code == REFUSED
    assert [one["level"] for one in answer.json["objections"]] == ["warn"]
    assert not out.exists()
    done(*words, "--reason", "channel_missing=由经办人手写")
    assert out.exists()


def test_a_place_that_cannot_be_written_costs_no_number(home: Path, tmp_path: Path) -> None:
    gone = tmp_path / "无" / "x.docx"
    answer = ask(
        "--home", home, "issue", CASE, "prior_notice", "-o", tmp_path / "x.pdf",
        "--word", gone, "--json",
    )  # fmt: skip
    assert answer.code == TROUBLE
    made = done("--home", home, "issue", CASE, "prior_notice", "-o", tmp_path / "x.pdf")
    assert made["reprinted"] is False
    assert made["number"] == "云城管罚先告字〔2026〕第001号"
