"""The dossier from the first day to the archive room: readiness, six parts, number, hand-over."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from enforcer.course_terms import Part
from enforcer.dossier_terms import Verdict
from enforcer.errors import InvalidForm, Level, Refused
from enforcer.models import Certificate, Dossier
from enforcer.operations import dossier
from enforcer.operations.dossier import DossierForm
from enforcer.operations.dossier_archive import ArchiveForm, DossierSettingsForm, HandoverForm
from enforcer.operations.dossier_lists import HandoverListForm
from enforcer.operations.verification import verify
from enforcer.queries import dossier_hard, dossier_readiness, dossier_timeline
from enforcer.queries.dossier_hard import HARD
from enforcer.store.database import open_store
from tests.operations.dossier_desk import Desk, carried


@pytest.fixture(scope="module")
def homes(
    empty_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., tuple[Path, datetime]]:
    known: dict[tuple[str, str, bool], tuple[Path, datetime]] = {}

    def home(course: str, until: str, papers: bool) -> tuple[Path, datetime]:
        key = (course, until, papers)
        if key not in known:
            made = Path(shutil.copytree(empty_home, tmp_path_factory.mktemp("d") / "home"))
            desk = carried(made, course, until)
            if papers:
                desk.issue_all()
            desk.store.close()
            known[key] = made, desk.now
        return known[key]

    return home


@pytest.fixture
def at(homes: Any, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    opened: list[Desk] = []

    def desk(until: str = "", *, papers: bool = True, course: str = "spoil_company_after") -> Desk:
        made, now = homes(course, until, papers)
        home = Path(shutil.copytree(made, tmp_path / f"home{len(opened)}"))
        store = open_store(home, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC))
        opened.append(Desk(store, now))
        return opened[-1]

    yield desk
    for one in opened:
        one.store.close()


def ready(desk: Desk) -> dossier_readiness.Readiness:
    found = dossier_readiness.readiness(desk.store, 1, now=desk.now)
    assert found is not None
    return found


def test_a_whole_case_has_no_hard_fault_and_lacks_only_signatures(at: Any) -> None:
    found = ready(at())
    assert found.hard == ()
    assert {one.key for one in found.open} == {"S3"}
    assert found.score == 100 - 0.5 * len(found.open)
    assert [one.part for one in found.parts] == list(Part)
    assert not any(one.missing for one in found.parts)


def test_from_the_first_day_it_says_what_will_be_asked_without_taking_points(at: Any) -> None:
    found = ready(at("立案", papers=False))
    assert "S1" in {one.key for one in found.later}
    assert all(one.points == 0 for one in found.later)
    assert {one.key for one in found.open} <= {"S2", "S5"}
    assert [one.part for one in found.parts if one.missing] == [Part.START, Part.INVESTIGATION]
    assert all(one.place.startswith("paper/") for one in found.open if one.key == "S2")


def test_each_open_line_says_what_to_do_and_where(at: Any) -> None:
    for one in ready(at(papers=False)).open:
        assert one.say.endswith("。")
        assert one.do.endswith("。")
        assert one.cite
        assert one.place


def test_a_case_with_a_hard_fault_fails_whatever_its_score(at: Any) -> None:
    desk = at()
    with desk.store.unit(actor="测试") as session:
        for one in session.exec(select(Certificate)):
            one.valid_until = date(2026, 9, 9)
            session.add(one)
    found = ready(desk)
    assert {one.key for one in found.hard} == {"H1"}
    assert "不合格卷" in found.say
    assert found.hard[0].verdict is Verdict.HARD


def test_every_check_has_its_words_and_every_word_its_check() -> None:
    from enforcer.documents.dossier_checks import checks

    book = checks()
    assert {one for one in book if one.startswith("H")} == set(HARD)
    assert all(one.hard == one.key.startswith("H") for one in book.values())
    assert dossier_hard.ENOUGH == 2


def archive(desk: Desk, **given: Any) -> str:
    values: dict[str, Any] = {
        "case_id": 1,
        "on": desk.today,
        "compiler": "周敏",
        "inspector": "刘一帆",
        "retention": "30年",
        "reasons": {"dossier_s3": "签名件随卷装订"},
    }
    form = ArchiveForm(**(values | given))
    return dossier.archive_case(desk.store, form, today=desk.today, now=desk.now, actor="档案员")


def codes(deed: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        deed()
    return [one.code for one in refusal.value.objections]


def test_a_closed_case_is_archived_under_the_year_it_closed_and_a_serial(at: Any) -> None:
    desk = at()
    assert archive(desk) == "20260001"
    with desk.store.reading() as session:
        (row,) = session.exec(select(Dossier)).all()
    assert (row.pages, row.retention, row.compiler) == (21, "30年", "周敏")
    assert codes(lambda: archive(desk)) == ["archived_already"]
    assert verify(desk.store, actor="测试").problems == ()


def test_archiving_asks_for_what_is_missing(at: Any) -> None:
    desk = at()
    with pytest.raises(Refused) as refusal:
        archive(desk, reasons={})
    (one,) = refusal.value.objections
    assert (one.code, one.level) == ("dossier_s3", Level.WARN)
    assert "签名扫描件" in one.say


def test_an_open_case_is_not_archived(at: Any) -> None:
    desk = at("作出决定")
    assert codes(lambda: archive(desk)) == ["not_closed"]


DAYS = [(timedelta(days=1), "不能在今天以后"), (timedelta(days=-30), "不能早于结案日期")]


@pytest.mark.parametrize(("moved", "say"), DAYS)
def test_the_day_of_archiving_lies_between_closing_and_today(
    at: Any, moved: timedelta, say: str
) -> None:
    desk = at()
    with pytest.raises(InvalidForm, match=say):
        archive(desk, on=desk.today + moved)


def hand_over(desk: Desk) -> int:
    form = HandoverForm(case_ids=(1,), on=desk.today, giver="周敏", receiver="档案室王芳")
    return dossier.hand_over(desk.store, form, today=desk.today, now=desk.now, actor="周敏")


def test_archived_dossiers_go_to_the_archive_room_on_a_list(at: Any, tmp_path: Path) -> None:
    desk = at()
    assert codes(lambda: hand_over(desk)) == ["not_archived"]
    archive(desk)
    made = hand_over(desk)
    assert codes(lambda: hand_over(desk)) == ["handed_over"]
    for name in ("移交.xlsx", "移交.pdf"):
        form = HandoverListForm(handover_id=made, path=tmp_path / name)
        dossier.export_handover(desk.store, form, today=desk.today, now=desk.now, actor="周敏")
    sheet = load_workbook(tmp_path / "移交.xlsx").active
    assert sheet is not None
    cells = [one for row in sheet.iter_rows(values_only=True) for one in row]
    assert "20260001" in cells
    assert 21 in cells
    assert (tmp_path / "移交.pdf").read_bytes().startswith(b"%PDF")


def test_the_office_chooses_order_volumes_and_page_numbers(at: Any) -> None:
    desk = at()

    def save(**given: Any) -> None:
        form = DossierSettingsForm(**given)
        dossier.save_dossier_settings(
            desk.store, form, today=desk.today, now=desk.now, actor="管理员"
        )

    def export() -> Any:
        form = DossierForm(case_id=1)
        return dossier.export_dossier(
            desk.store, form, today=desk.today, now=desk.now, actor="周敏"
        )

    assert {one.volume for one in export().entries} == {1}
    with pytest.raises(InvalidForm, match="普通程序的排列顺序"):
        save(order_ordinary="C")
    save(order_ordinary="A", split=True, position="top_outer", retention_ordinary="永久")
    made = export()
    assert {one.volume for one in made.entries} == {1, 2}
    first = {one.volume: one.first for one in reversed(made.entries)}
    assert first == {1: 1, 2: 1}
    assert "案件来源登记表" in [one.title for one in made.entries if one.volume == 2]


def test_a_case_without_papers_is_no_dossier(at: Any) -> None:
    desk = at(papers=False)
    form = DossierForm(case_id=1)
    assert codes(
        lambda: dossier.export_dossier(
            desk.store, form, today=desk.today, now=desk.now, actor="周敏"
        )
    ) == ["dossier_empty"]


def test_the_timeline_lists_steps_and_papers_under_their_part(at: Any) -> None:
    rows = {one.part: one for one in dossier_timeline.timeline(at().store, 1)}
    assert "行政处罚决定书" in [one.title for one in rows[Part.DECISION].papers]
    assert {one.title for one in rows[Part.SERVICE].papers} == {"送达回证"}
    assert rows[Part.START].steps[0].label == "呈报立案"
