"""`dossier CASE`: one PDF, ordered, numbered, with catalogue and bookmarks."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.contract.face import REFUSED, TROUBLE, ask, done

COURSES = Path(__file__).parents[1] / "scenarios" / "courses"
CASE = "云城管立字〔2026〕第001号"
PAPERS = ("filing_approval", "inspection_record", "prior_notice", "penalty_decision")


@pytest.fixture(scope="module")
def made(made_bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the spoil case and some of its papers."""
    home = Path(shutil.copytree(made_bare, tmp_path_factory.mktemp("course") / "家"))
    done("--home", home, "replay", COURSES / "spoil_company_after.toml")
    for one in PAPERS:
        done("--home", home, "issue", CASE, one, "-o", home.parent / "x.pdf")
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))


def text(page: Any) -> str:
    return "".join(page.extract_text().split())


def test_the_dossier_has_cover_catalogue_papers_with_numbers_and_note(
    home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "案卷.pdf"
    answer = done("--home", home, "dossier", CASE, "-o", out)
    assert answer["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    pdf = PdfReader(out)
    assert answer["pages"] == len(pdf.pages)
    first, second, *papers, last = pdf.pages
    assert "行政处罚案卷" in text(first)
    assert "卷内目录" in text(second)
    assert "卷内备考表" in text(last)
    assert answer["papers"][0]["title"] == "立案审批表"
    for one in answer["papers"]:
        page = text(papers[one["first"] - 1])
        assert one["title"] in page
        assert page.endswith(str(one["first"]))
        assert one["title"] in text(second)
    assert answer["papers"][-1]["last"] == len(papers)
    assert f"共{len(papers)}页" in text(first)


def test_bookmarks_lead_to_each_heading_and_paper(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "案卷.pdf"
    answer = done("--home", home, "dossier", CASE, "-o", out)
    pdf = PdfReader(out)

    def flat(outline: list[Any]) -> list[Any]:
        return [x for one in outline for x in (flat(one) if isinstance(one, list) else [one])]

    marks = {one.title: pdf.get_destination_page_number(one) for one in flat(pdf.outline)}
    for one in answer["papers"]:
        assert marks[one["title"] + one["number"]] == one["first"] + 1
    assert marks["卷内备考表"] == answer["pages"] - 1


def test_order_a_puts_the_decision_before_the_evidence(home: Path, tmp_path: Path) -> None:
    answer = done("--home", home, "dossier", CASE, "--order", "A", "-o", tmp_path / "a.pdf")
    titles = [one["title"] for one in answer["papers"]]
    assert titles.index("行政处罚决定书") < titles.index("现场检查（勘验）笔录")


REFUSALS = [
    # arguments, exit code, what is said
    (("没有的案号",), REFUSED, "没有案号为"),
    ((CASE, "--order", "Z"), REFUSED, "没有“Z”这种排列顺序"),
]


@pytest.mark.parametrize(("arguments", "code", "say"), REFUSALS)
def test_what_cannot_be_bound_is_refused_in_a_sentence(
    home: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, say: str
) -> None:
    out = tmp_path / "x.pdf"
    answer = ask("--home", home, "dossier", *arguments, "-o", out)
    assert answer.code == code
    assert say in answer.err
    assert not out.exists()


def test_a_missing_folder_is_said_before_anything_is_done(home: Path, tmp_path: Path) -> None:
    answer = ask("--home", home, "dossier", CASE, "-o", tmp_path / "没有" / "x.pdf")
    assert answer.code == TROUBLE
    assert "没有输出" in answer.err
