"""`search`: what the search box finds, literally, however it was typed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.contract.face import NOTICES, PENALTIES, done, ledger, notice, penalty, take


@pytest.fixture(scope="module")
def office(made_bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    home = Path(shutil.copytree(made_bare, folder / "家"))
    notices = [
        notice(
            "甲告〔2025〕第00012号",
            地点="解放路（东）１号，Ａ座",
            情形="占用盲道",
            执法人员1="欧阳修",
        ),
        notice("乙告[2025]第3号", 号牌号码="湘AD54321", 地点="滨河路"),
        notice("甲告〔2025〕第00013号", 号牌号码="京B99999", 地点="滨河路", 处置结果="作废"),
    ]
    take(home, "notices", ledger(folder / "n.xlsx", NOTICES, notices))
    cases = [
        penalty(
            "甲罚〔2025〕第5号", 当事人="某某（示例）有限公司", 当事人类别="法人", 案由="油烟扰民"
        ),
        penalty("甲罚〔2025〕第6号", 当事人='O\'Neil & "co" 50%_off', 结案日期="2025-08-20"),
        penalty("甲罚〔2025〕第7号", 当事人="王小二", 证件号码="11010519491231002X"),
    ]
    take(home, "penalties", ledger(folder / "p.xlsx", PENALTIES, cases))
    return home


def found(home: Path, *words: str) -> list[Any]:
    hits = done("--home", home, "search", *words)
    assert isinstance(hits, list)
    return hits


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("甲告〔2025〕第00012号", {"甲告〔2025〕第00012号"}),
        ("甲告[2025]第00012号", {"甲告〔2025〕第00012号"}),
        ("甲告（2025）第12号", {"甲告〔2025〕第00012号"}),
        ("乙告〔2025〕第3号", {"乙告[2025]第3号"}),
        ("甲告［2025］第12号", {"甲告〔2025〕第00012号"}),
        ("甲告【2025】12号", {"甲告〔2025〕第00012号"}),
        ("乙告（2025）第03号", {"乙告[2025]第3号"}),
        ("［2025］第5号", {"甲罚〔2025〕第5号"}),
        ("甲罚(2025)5号", {"甲罚〔2025〕第5号"}),
        ("乙告", {"乙告[2025]第3号"}),
        ("湘A12345", {"甲告〔2025〕第00012号"}),
        ("湘a·12345", {"甲告〔2025〕第00012号"}),
        ("湘Ａ１２３４５", {"甲告〔2025〕第00012号"}),
        ("湘A 12345", {"甲告〔2025〕第00012号"}),
        ("D5432", {"乙告[2025]第3号"}),
        ("湘A", {"甲告〔2025〕第00012号", "乙告[2025]第3号"}),
        ("解放路（东）", {"甲告〔2025〕第00012号"}),
        ("解放路(东)", {"甲告〔2025〕第00012号"}),
        ("1号", {"甲告〔2025〕第00012号"}),
        ("Ａ座", {"甲告〔2025〕第00012号"}),
        ("占用盲道", {"甲告〔2025〕第00012号"}),
        ("欧阳修", {"甲告〔2025〕第00012号"}),
        ("滨河路", {"乙告[2025]第3号", "甲告〔2025〕第00013号"}),
        ("滨河路 湘AD54321", {"乙告[2025]第3号"}),
        ("油烟扰民", {"甲罚〔2025〕第5号"}),
        ("某某(示例)", {"甲罚〔2025〕第5号"}),
        ("王小二", {"甲罚〔2025〕第7号", "11010519491231002X"}),
        ("11010519491231002x", {"甲罚〔2025〕第7号", "11010519491231002X"}),
        ("50%_off", {"甲罚〔2025〕第6号"}),
        ("O'Neil", {"甲罚〔2025〕第6号"}),
        ('"co"', {"甲罚〔2025〕第6号"}),
        ("1101051949", set()),
        ("%", {"甲罚〔2025〕第6号"}),
        ("_", {"甲罚〔2025〕第6号"}),
        ("' OR 1=1--", set()),
        ("*", set()),
        ("\\", set()),
        ("", set()),
        ("   ", set()),
        ("没有这样的词", set()),
        ("长" * 4000, set()),
    ],
)
def test_what_was_typed_finds_what_was_meant(office: Path, words: str, numbers: set[str]) -> None:
    assert {one["number"] for one in found(office, words)} == numbers


def test_several_arguments_are_several_words(office: Path) -> None:
    assert found(office, "滨河路", "湘AD54321") == found(office, "滨河路 湘AD54321")


def test_each_kind_comes_in_its_shape(office: Path) -> None:
    kinds: dict[str, Any] = {}
    for words in ("湘A", "甲罚", "王小二"):
        for one in found(office, words):
            kinds[one["kind"]] = one
    assert {"notice", "case", "party"} <= set(kinds)
    for kind, one in kinds.items():
        extra = {"stage", "open"} if kind == "case" else set()
        assert set(one) == {"kind", "number", "title", "where"} | extra
        assert all(isinstance(one[key], str) for key in ("number", "title", "where"))


def test_a_case_tells_whether_it_is_open(office: Path) -> None:
    cases = {one["number"]: one["open"] for one in found(office, "甲罚")}
    assert cases == {
        "甲罚〔2025〕第5号": True,
        "甲罚〔2025〕第6号": False,
        "甲罚〔2025〕第7号": True,
    }


def test_the_sample_holds_one_ordinary_case_open_and_one_closed(sample: Path) -> None:
    cases = [one for one in found(sample, "立字") if one["kind"] == "case"]
    assert sorted(one["open"] for one in cases) == [False, True]
