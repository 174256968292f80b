"""Closing asks for what the record lacks: refused, answered one by one, or told, as the office set it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest
from sqlmodel import col, select

from enforcer.errors import Level, Refused
from enforcer.models import CaseEvent, Certificate, Closure, Setting
from enforcer.operations import approvals, closure, dossier
from enforcer.operations.dossier import DossierForm
from enforcer.operations.execution_forms import ProposeClosureForm
from enforcer.operations.lead_forms import SignOffForm
from enforcer.operations.weighing import weighed
from enforcer.store.database import open_store
from tests.operations.dossier_desk import Desk, carried

PARTS = ("start", "investigation", "review", "decision", "service", "execution")
CODES = [f"closing_{one}" for one in PARTS]
REASONS = dict.fromkeys(CODES, "纸质卷里有，没有重复出件")


@pytest.fixture(scope="module")
def homes(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], Any]:
    known: dict[bool, tuple[Path, datetime]] = {}

    def home(papers: bool) -> tuple[Path, datetime]:
        if papers not in known:
            made = Path(shutil.copytree(empty_home, tmp_path_factory.mktemp("d") / "home"))
            desk = carried(made, "company", "缴清")
            if papers:
                desk.issue_all()
            desk.store.close()
            known[papers] = made, desk.now
        return known[papers]

    return home


@pytest.fixture
def at(homes: Any, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    opened: list[Desk] = []

    def desk(*, papers: bool = False, closing: str = "") -> Desk:
        made, now = homes(papers)
        home = Path(shutil.copytree(made, tmp_path / f"home{len(opened)}"))
        one = Desk(open_store(home, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC)), now)
        if closing:
            with one.store.unit(actor="测试") as session:
                session.add(Setting(key="dossier", value={"closing": closing}))
        opened.append(one)
        return one

    yield desk
    for one in opened:
        one.store.close()


def people(desk: Desk) -> dict[str, int]:
    from enforcer.models import Officer

    with desk.store.reading() as session:
        return {one.name: one.id or 0 for one in session.exec(select(Officer))}


def propose(desk: Desk, **reasons: str) -> int:
    form = ProposeClosureForm(
        case_id=1, on=desk.today, by_id=people(desk)["周敏"], way="performed", reasons=reasons
    )
    return closure.propose_closure(desk.store, form, today=desk.today, now=desk.now, actor="周敏")


def sign(desk: Desk, name: str, **reasons: str) -> int:
    form = SignOffForm(
        case_id=1, on=desk.today, by_id=people(desk)[name], matter="closure", reasons=reasons
    )
    return approvals.sign_off(desk.store, form, today=desk.today, now=desk.now, actor=name)


def refused(deed: Callable[[], object]) -> list[tuple[str, Level]]:
    with pytest.raises(Refused) as refusal:
        deed()
    assert all(one.cite for one in refusal.value.objections)
    return [(one.code, one.level) for one in refusal.value.objections]


def test_while_it_is_typed_the_form_lists_what_is_missing(at: Any) -> None:
    desk = at()
    form = ProposeClosureForm(case_id=1, on=desk.today, by_id=people(desk)["周敏"], way="performed")
    found = weighed(desk.store, "propose_closure", form, now=desk.now)
    assert [one.code for one in found] == CODES
    assert {one.cite for one in found} == {"行政处罚法（2021）第四十七条"}


def test_a_case_whose_papers_are_all_there_is_closed_without_a_word(at: Any) -> None:
    desk = at(papers=True, closing="refuse")
    propose(desk)
    sign(desk, "刘一帆")
    sign(desk, "马建国")
    with desk.store.reading() as session:
        last = session.exec(select(CaseEvent).order_by(col(CaseEvent.id).desc())).first()
    assert last is not None
    assert last.step == "closed"


def test_each_missing_part_asks_for_its_own_reason(at: Any) -> None:
    desk = at()
    assert refused(lambda: propose(desk)) == [(one, Level.WARN) for one in CODES]
    some = dict(REASONS)
    del some["closing_service"]
    assert refused(lambda: propose(desk, **some)) == [("closing_service", Level.WARN)]


def test_the_strict_setting_takes_no_reason(at: Any) -> None:
    desk = at(closing="refuse")
    assert refused(lambda: propose(desk, **REASONS)) == [(one, Level.BLOCK) for one in CODES]


def test_the_mild_setting_lets_it_pass(at: Any) -> None:
    desk = at(closing="tell")
    assert propose(desk)


def test_reasons_stay_with_the_step_and_stand_on_the_papers(at: Any, tmp_path: Path) -> None:
    desk = at()
    propose(desk, **REASONS)
    with desk.store.reading() as session:
        event = session.exec(select(CaseEvent).where(CaseEvent.step == "closure_proposed")).one()
        words = session.exec(select(Closure)).one().words
    assert event.detail is not None
    kept = event.detail["gaps"]
    assert isinstance(kept, list)
    assert [one["code"] for one in kept] == CODES
    assert {one["reason"] for one in kept} == {"纸质卷里有，没有重复出件"}
    assert "“送达”没有记录" in words
    assert words.endswith("（纸质卷里有，没有重复出件）。")
    desk.issue("closure_approval")
    made = dossier.export_dossier(
        desk.store, DossierForm(case_id=1), today=desk.today, now=desk.now, actor="周敏"
    )
    (tmp_path / "x.pdf").write_bytes(made.pdf)
    pages = pypdf.PdfReader(tmp_path / "x.pdf").pages
    note = "".join(pages[-1].extract_text().split())
    paper = "".join(pages[2].extract_text().split())
    assert "结案时“送达”没有记录，说明：纸质卷里有，没有重复出件。" in note
    assert "没有补齐的：“启动”没有记录、" in paper


def test_the_head_is_not_asked_again_for_what_was_answered(at: Any) -> None:
    desk = at()
    propose(desk, **REASONS)
    sign(desk, "刘一帆")
    assert sign(desk, "马建国")


def test_the_head_is_asked_for_what_came_up_since(at: Any) -> None:
    desk = at()
    propose(desk, **REASONS)
    sign(desk, "刘一帆")
    with desk.store.unit(actor="测试") as session:  # found out later: his card had run out
        for one in session.exec(select(Certificate)):
            one.valid_until = date(2026, 9, 2)
            session.add(one)
    assert ("closing_h1", Level.WARN) in refused(lambda: sign(desk, "马建国"))


def test_a_hard_fault_of_the_review_asks_too(at: Any) -> None:
    desk = at(papers=True)
    with desk.store.unit(actor="测试") as session:
        for one in session.exec(select(Certificate)):
            one.issued_on = date(2026, 9, 26)  # after every record, before today
            session.add(one)
    assert refused(lambda: propose(desk)) == [("closing_h1", Level.WARN)]
    assert propose(desk, closing_h1="证件补录，原件在人事科")


def test_nothing_is_asked_while_the_law_itself_refuses(at: Any) -> None:
    desk = at()
    form = ProposeClosureForm(
        case_id=1, on=desk.today, by_id=people(desk)["周敏"], way="no_penalty"
    )
    given = {"today": desk.today, "now": desk.now, "actor": "周敏"}
    found = refused(lambda: closure.propose_closure(desk.store, form, **given))
    assert found == [("way_contradicts", Level.BLOCK)]
