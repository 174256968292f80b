"""The choice of procedure and its obligatory steps; citations and the register of statutes."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from enforcer.law import catalogue, citations, procedure, statutes
from enforcer.law.procedure import ProcedureFacts, Threshold, Thresholds
from enforcer.law.toml_data import law_folder
from enforcer.terms import Needed, PartyKind, PenaltyKind, Procedure

DAY = date(2026, 9, 3)


def facts(**change: object) -> ProcedureFacts:
    given: dict[str, object] = {
        "decided_on": DAY,
        "party_kind": PartyKind.CITIZEN,
        "item": catalogue.item("road_occupation", DAY),
        "kinds": (PenaltyKind.FINE,),
        "fine_fen": 10_000,
        "facts_clear": True,
        "party_present": True,
        "measures_needed": False,
    }
    return ProcedureFacts(**given | change)  # type: ignore[arg-type]


def test_the_summary_procedure_is_allowed_never_obligatory() -> None:
    found = procedure.choose(facts())
    assert (found.procedure, found.settled) == (Procedure.SUMMARY, True)
    assert "也可以适用普通程序" in found.why[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"item": None}, "没有选定违法行为"),
        ({"kinds": (), "fine_fen": 0}, "没有拟定处罚种类"),
        ({"facts_clear": None}, "是否确凿"),
        ({"party_present": None}, "是否在场"),
        ({"measures_needed": None}, "先行登记保存"),
    ],
)
def test_what_is_not_answered_keeps_the_ordinary_procedure_open(
    change: dict[str, object], said: str
) -> None:
    found = procedure.choose(facts(**change))
    assert (found.procedure, found.settled) == (Procedure.ORDINARY, False)
    assert said in "".join(found.why)


def test_a_day_the_data_know_nothing_of_is_no_day_for_the_summary_procedure() -> None:
    found = procedure.choose(facts(decided_on=date(1990, 1, 1)))
    assert found.procedure is Procedure.ORDINARY
    assert "1996-10-01" in "".join(found.why)


def test_every_reason_against_is_told() -> None:
    found = procedure.choose(
        facts(
            kinds=(PenaltyKind.FINE, PenaltyKind.CONFISCATE_GAINS), fine_fen=500_000,
            facts_clear=False, party_present=False, measures_needed=True,
        )
    )  # fmt: skip
    assert len(found.why) == 5


def test_a_threshold_names_its_document() -> None:
    set_one = Thresholds(citizen=Threshold(500_000, "《某省听证规定》"))
    found = procedure.hearing(facts(fine_fen=500_000, thresholds=set_one))
    assert "达到 5000 元（《某省听证规定》）" in found.why[0]
    bare = Thresholds(citizen=Threshold(500_000))
    assert "达到 5000 元，" in procedure.hearing(facts(fine_fen=500_000, thresholds=bare)).why[0]


def test_a_fine_of_nothing_asks_for_no_hearing() -> None:
    assert procedure.hearing(facts(fine_fen=0)).needed is Needed.NO


def test_an_open_question_also_tells_what_is_advised() -> None:
    found = procedure.legal_review(facts(law_choice_open=True))
    assert found.needed is Needed.OPEN
    assert "新旧规定" in found.say
    alone = procedure.legal_review(
        facts(item=None, public_interest=False, complicated=False, law_choice_open=True)
    )
    assert alone.needed is Needed.ADVISED


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"), (110, "一百一十"),
     (1000, "一千"), (1005, "一千零五"), (1056, "一千零五十六"), (1242, "一千二百四十二")],
)  # fmt: skip
def test_numbers_of_articles_are_written_as_statutes_do(number: int, text: str) -> None:
    assert citations.numeral(number) == text
    assert citations.number_of(text) == citations.number_of(str(number)) == number


def test_every_number_of_an_article_is_read_back() -> None:
    assert [citations.number_of(citations.numeral(one)) for one in range(1, 2000)] == [
        *range(1, 2000)
    ]


@pytest.mark.parametrize("text", ["一二", "三十零", "零", "0", "一千一", "十十", ""])
def test_what_statutes_do_not_write_is_no_number(text: str) -> None:
    assert citations.number_of(text) is None


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("第三十条", True),
        ("第三十条第一款第二项", True),
        ("第三十条、第三十一条第二款", True),
        ("第一百二十条之一", True),
        ("三十条", False),
        ("第三三条", False),
        ("附件一", False),
        ("", False),
    ],
)
def test_an_article_by_itself_is_recognised(text: str, holds: bool) -> None:
    assert citations.is_article(text) is holds


def test_citations_are_found_in_running_text() -> None:
    text = "依据《中华人民共和国行政处罚法》第三十三条第一款、第五十七条和生态环境法典第一千零五十六条，决定如下。"
    first, second = citations.find(text)
    assert (first.articles, second.articles) == ((33, 57), (1056,))
    assert first.text == "《中华人民共和国行政处罚法》第三十三条第一款、第五十七条"
    assert citations.find("《某通知》没有条") == ()


def test_a_statute_is_known_by_all_its_names() -> None:
    for name in (
        "行政处罚法",
        "《中华人民共和国行政处罚法》",
        "处罚法",
        "中华人民共和国 行政处罚法",
    ):
        found = statutes.statute(name)
        assert found
        assert found.key == "administrative_penalty"
    assert statutes.statute("《半部法") is None
    assert {"大气污染防治法", "行政处罚法"} <= set(statutes.names())


def test_an_edition_ends_when_the_next_begins_or_it_is_repealed() -> None:
    penalty, air = statutes.statute("行政处罚法"), statutes.statute("大气污染防治法")
    assert penalty
    assert air
    old, new = penalty.editions
    assert penalty.ended_on(old) == date(2021, 7, 15)
    assert penalty.ended_on(new) is None
    assert air.ended_on(air.editions[0]) == date(2026, 8, 15)
    assert (penalty.on(DAY), penalty.edition("1996")) == (new, old)


STATUTE = """
[act]
title = "某法"
editions = [ { edition = "2021", from = 2021-07-15, until = 2026-08-14, articles = 30 } ]
"""


def folder_with(tmp_path: Path, text: str, name: str = "statutes.toml") -> Path:
    shutil.copytree(law_folder(), tmp_path, dirs_exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("articles = 30", "articles = 0", "条数 0 不是正数"),
        ('title = "某法"', "", "缺少“title”"),
        ('edition = "2021", ', "", "缺少“edition”"),
        ("until = 2026-08-14", "until = 2020-01-01", "早于开始"),
        ("articles", "artikles", "不认识的键“artikles”"),
    ],
)
def test_a_bad_statute_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    folder = folder_with(tmp_path, STATUTE.replace(old, new))
    [told] = statutes.problems(folder)
    assert said in str(told)
    assert "statutes.toml 第2行[act]" in str(told)
    assert statutes.statute("某法", folder) is None


def test_a_register_that_cannot_be_read_leaves_the_laws_of_the_catalogue(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "[act\n")
    assert "写法不合 TOML 格式" in str(statutes.problems(folder)[0])
    assert statutes.statute("大气污染防治法", folder)


def test_a_catalogue_that_cannot_be_read_leaves_the_register(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "[laws\n", "violations.toml")
    assert statutes.statute("行政处罚法", folder)
    assert statutes.statute("大气污染防治法", folder) is None


@pytest.mark.parametrize(
    ("day", "text", "said"),
    [
        (date(2026, 8, 14), "某法第三十条", ""),
        (date(2026, 8, 14), "某法第三十一条", "没有第三十一条"),
        (date(2026, 8, 15), "某法第三十条", "已于 2026-08-15 废止，请改引现行的条文"),
        (date(2026, 8, 15), "某法（2021）第三十条", "已于 2026-08-15 废止，请改引现行的条文"),
        (date(2021, 7, 14), "某法第三十条", "还没有施行"),
    ],
)
def test_a_citation_is_held_against_the_edition_of_the_day(
    tmp_path: Path, day: date, text: str, said: str
) -> None:
    folder = folder_with(tmp_path, STATUTE)
    found = "".join(one.say for one in citations.faults(text, day, folder))
    assert (said in found) if said else not found
