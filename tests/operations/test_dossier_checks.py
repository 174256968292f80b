"""H1 to H15, the hints about days and words: each finds its fault and lets a sound file pass.

The course itself refuses most of these faults, so the rows are written past it, as an older
program, a repaired file or a mistaken entry could leave them; the review is asked as the screen
asks it.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from enforcer import paths
from enforcer.documents.dossier_checks import checks
from enforcer.dossier_terms import Verdict
from enforcer.queries import dossier_readiness
from enforcer.queries.dossier_dates import DATES
from enforcer.queries.dossier_hard import HARD
from enforcer.queries.dossier_readiness import Finding
from enforcer.queries.dossier_words import WORDS
from enforcer.store.database import open_store
from tests.factories import an_office
from tests.operations.dossier_desk import Desk, carried
from tests.operations.summary_desk import NOW, a_form, decide

SPOT = "on the spot"
SPOIL = "spoil_company_after"
LATER = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def homes(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    known: dict[str, tuple[Path, datetime]] = {}

    def home(course: str) -> tuple[Path, datetime]:
        if course not in known:
            made = Path(shutil.copytree(empty_home, tmp_path_factory.mktemp("d") / "home"))
            if course == SPOT:
                store = open_store(made, clock=lambda: LATER)
                decide(store, a_form(an_office(store)))
                desk = Desk(store, NOW)
            else:
                desk = carried(made, course)
                if course == SPOIL:
                    desk.issue_all()
            desk.store.close()
            known[course] = made, desk.now
        return known[course]

    return home


@pytest.fixture
def review(homes: Any, tmp_path: Path) -> Iterator[Callable[..., list[Finding]]]:
    def ask(course: str, *wounds: str, now: datetime | None = None) -> list[Finding]:
        made, at = homes(course)
        home = tmp_path / f"home{len(list(tmp_path.iterdir()))}"
        shutil.copytree(made, home)
        if wounds:
            wound(home, *wounds)
        store = open_store(home, clock=lambda: LATER)
        try:
            found = dossier_readiness.readiness(store, 1, now=now or at)
        finally:
            store.close()
        assert found is not None
        return list(found.findings)

    yield ask


def reworded(fields: str, old: str, new: str) -> str:
    """What a paper was filled with, some words of it changed."""
    said = json.dumps(json.loads(fields), ensure_ascii=False)
    assert old in said
    return said.replace(old, new)


def wound(home: Path, *statements: str) -> None:
    """Change rows past every guard of the file."""
    with sqlite3.connect(paths.database(home)) as raw:
        raw.create_function("reworded", 3, reworded)
        names = [
            one for (one,) in raw.execute("SELECT name FROM sqlite_master WHERE type='trigger'")
        ]
        for one in names:
            raw.execute(f'DROP TRIGGER "{one}"')
        for one in statements:
            assert raw.execute(one).rowcount > 0, one
    raw.close()


def of(found: list[Finding], key: str) -> list[Finding]:
    return [one for one in found if one.key == key]


PROPOSED = "step = 'decision_proposed'"
REMEDY = "UPDATE document SET fields = reworded(fields, '{0}', '{1}') WHERE template_key = '{2}'"
REFUSES = [
    # check, the case, the row as it should never be, what is said, where it leads
    ("H1", SPOIL, "UPDATE certificate SET valid_until = '2026-09-01'", "没有有效的执法证件"),
    ("H1", SPOIL, "UPDATE written_record SET officers = '[\"周敏\"]'", "只有1名执法人员"),
    ("H1", SPOIL, 'UPDATE written_record SET officers = \'["周敏", "周敏"]\'', "只有1名执法人员"),
    ("H2", SPOIL, "UPDATE decision SET decided_on = '2026-09-10'", "才送达"),
    ("H2", SPOIL, "UPDATE service SET effective_on = NULL", "没有送达就作出了决定"),
    ("H3", SPOIL, "UPDATE enforcement_case SET filed_on = '2026-05-01'", "以前作出决定"),
    ("H4", SPOIL, "UPDATE decision SET decided_on = '2026-08-03'", "才送达"),
    ("H5", "preservation", "UPDATE preservation SET disposed_on = '2027-01-04'", "以前处理"),
    ("H5", "preservation", "UPDATE preservation SET disposed = '[]'", "清单不一致"),
    ("H6", "citizen_hearing", "UPDATE hearing SET noticed_on = hearing_on", "才通知"),
    ("H7", SPOT, "UPDATE decision SET fine_fen = 20100", "超过当场处罚的上限"),
    ("H7", SPOT, "UPDATE decision SET kinds = '[\"suspend_licence\"]'", "别的种类"),
    ("H8", SPOIL, REMEDY.format("六十日", "十五日", "penalty_decision"), "六十日的复议期限"),
    ("H8", SPOIL, REMEDY.format("提起行政诉讼", "", "penalty_decision"), "提起行政诉讼"),
    ("H8", SPOT, REMEDY.format("应当先申请", "可以申请", "summary_decision"), "应当先申请行政复议"),
    ("H9", SPOIL, "UPDATE party SET name = '另一家公司'", "登记的是“另一家公司”"),
    ("H10", SPOIL, "UPDATE power_source SET valid_until = '2026-01-01'", "到期"),
    ("H11", "first_violation_education", "DELETE FROM case_event WHERE step = 'educated'", "教育"),
    ("H12", SPOIL, f"UPDATE proposal SET fine_fen = 99999900 WHERE {PROPOSED}", "法定幅度"),
    ("H13", SPOIL, "DELETE FROM legal_review", "法制审核"),
    ("H14", "citizen_hearing", "UPDATE proposal SET hearing_offered = 0", "没有告知"),
    ("H15", SPOIL, "UPDATE enforcement_case SET discovered_on = '2030-01-01'", "不再给予行政处罚"),
]


@pytest.mark.parametrize(("key", "course", "row", "say"), REFUSES, ids=lambda one: str(one)[:24])
def test_a_hard_check_finds_its_fault(
    review: Any, key: str, course: str, row: str, say: str
) -> None:
    found = of(review(course, row), key)
    assert {one.verdict for one in found} == {Verdict.HARD}
    assert say in "".join(one.say for one in found)
    assert all(one.cite and one.do for one in found)


SOUND = {"H5": "preservation", "H6": "citizen_hearing", "H7": SPOT, "H14": "citizen_hearing"}


@pytest.mark.parametrize("key", HARD)
def test_a_hard_check_lets_a_sound_file_pass(review: Any, key: str) -> None:
    found = of(review(SOUND.get(key, SPOIL)), key)
    assert [one.verdict for one in found] == [Verdict.PASSED]


def test_every_hard_check_is_made_to_refuse_and_has_its_words() -> None:
    assert {one for one, *_ in REFUSES} == set(HARD) == {f"H{n}" for n in range(1, 16)}
    assert set(DATES) | set(WORDS) == {key for key in checks() if key[0] in "DE"}


FOUND_THEN = (
    'UPDATE written_record SET "on" = (SELECT "on" FROM preservation) WHERE kind = \'inspection\''
)
HINTS = [
    # hint, the case, the row, what is said
    ("D1", "preservation", "UPDATE preservation SET approved_on = '2026-01-01'", "不是同一天"),
    ("D2", SPOIL, "UPDATE written_record SET \"on\" = '2026-08-01' WHERE kind = 'inspection'", "才立案"),
    ("D3", SPOIL, "UPDATE written_record SET \"on\" = '2026-08-01' WHERE kind = 'inquiry'", "之前"),
    ("D4", SPOIL, "UPDATE proposal SET \"on\" = '2026-09-29' WHERE step = 'concluded'", "早于"),
    ("D5", SPOIL, "UPDATE closure SET \"on\" = '2026-10-01'", "相隔零至三天"),
    ("D6", SPOIL, "UPDATE enforcement_case SET closed_on = '2026-09-01'", "早于"),
    ("D7", SPOIL, "UPDATE enforcement_case SET filed_on = '2026-09-07'", "封面立案日期"),
    ("E1", SPOIL, "UPDATE document SET pages = 9 WHERE template_key = 'inspection_record'", "实有"),
    ("E2", SPOIL, REMEDY.format("￥5000.00", "￥6000.00", "penalty_decision"), "大写"),
    ("E3", SPOIL, REMEDY.format("公司涉嫌", "公司", "prior_notice"), "没有写“涉嫌”"),
    ("E3", SPOIL, REMEDY.format('案"', '"', "prior_notice"), "没有以“案”字结尾"),
    ("E4", SPOIL, REMEDY.format("》", "", "penalty_decision"), "书名号不成对"),
    ("E5", SPOIL, "UPDATE document SET vault_name = 'x.pdf' WHERE template_key = 'prior_notice'",
     "文件已经不在"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "course", "row", "say"), HINTS, ids=lambda one: str(one)[:24])
def test_a_hint_points_at_what_differs_and_takes_no_points(
    review: Any, key: str, course: str, row: str, say: str
) -> None:
    sound = [FOUND_THEN] if key == "D1" else []
    assert of(review(course, *sound), key) == []
    found = of(review(course, *sound, row), key)
    assert {one.verdict for one in found} == {Verdict.HINT}
    assert say in "".join(one.say for one in found)
    assert all(one.points == 0 and one.place and one.do for one in found)


def test_a_number_on_papers_of_two_cases_is_found(review: Any) -> None:
    assert of(review(SPOIL), "S6") == []
    number = "(SELECT number FROM document WHERE template_key = 'prior_notice')"
    found = of(
        review(
            SPOIL,
            f"UPDATE document SET template_key = 'prior_notice', number = {number}, case_id = 99"
            " WHERE template_key = 'inspection_record'",
        ),
        "S6",
    )
    assert "另一个案件" in "".join(one.say for one in found)
