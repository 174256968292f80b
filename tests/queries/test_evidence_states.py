"""How a file stands is what the latest check that read it says, wherever that was started."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from enforcer.evidence_terms import Keeping, ProblemKind
from enforcer.models import EvidenceCheck, EvidenceFile, EvidenceProblem
from enforcer.operations import evidence
from enforcer.operations.evidence import CheckEvidenceForm, Control
from enforcer.queries import evidence_history as history
from enforcer.queries.evidence_states import problem_states, spans
from enforcer.store.database import Store
from tests.factories import an_office
from tests.operations.evidence_desk import NOW, WHO, a_card, take

ALTERED = ProblemKind.ALTERED


@pytest.fixture
def taken(store: Store, tmp_path: Path) -> list[evidence.TakenFile]:
    an_office(store)
    a_card(tmp_path / "card", 3)
    return list(take(store, tmp_path / "card").taken)


def check(store: Store, *ids: int, **more: object) -> None:
    given = {"control": more.pop("control")} if "control" in more else {}
    form = CheckEvidenceForm(file_ids=ids, **more)
    evidence.check_evidence(store, form, **WHO, **given)


def flip(one: evidence.TakenFile) -> None:
    path = Path(str(one.path))
    path.chmod(0o644)
    data = path.read_bytes()
    path.write_bytes(bytes([data[0] ^ 1]) + data[1:])


@pytest.mark.parametrize("whole", [True, False])
def test_a_later_check_of_the_same_file_clears_what_an_earlier_one_found(
    store: Store, taken: list[evidence.TakenFile], *, whole: bool
) -> None:
    first = taken[0].file_id
    flip(taken[0])
    check(store)
    assert problem_states(store) == {first: ALTERED}
    flip(taken[0])
    check(store, *([] if whole else [first]))
    assert problem_states(store) == {}
    assert [one.problems for one in history.checks(store)] == [0, 1]  # and stays on record


def test_a_check_of_other_files_clears_nothing(
    store: Store, taken: list[evidence.TakenFile]
) -> None:
    flip(taken[0])
    check(store, taken[0].file_id)
    flip(taken[0])
    check(store, taken[1].file_id, taken[2].file_id)
    assert problem_states(store) == {taken[0].file_id: ALTERED}


def test_a_problem_of_a_part_outlives_a_weekly_check_that_could_not_read_that_file(
    store: Store, taken: list[evidence.TakenFile], tmp_path: Path
) -> None:
    first = taken[0].file_id
    flip(taken[0])
    check(store, first)
    with store.unit(actor="测试") as session:
        row = session.get(EvidenceFile, first)
        assert row
        row.keeping, row.volume_label = Keeping.REFERENCED, "3号硬盘"
        row.volume_root = str(tmp_path / "拔掉了")
        session.add(row)
    check(store, scheduled=True)
    assert problem_states(store) == {first: ALTERED}


def test_a_check_that_was_stopped_counts_for_what_it_had_read(
    store: Store, taken: list[evidence.TakenFile]
) -> None:
    for one in taken:
        flip(one)
    check(store)
    for one in taken:
        flip(one)
    control = Control()
    seen: list[str] = []

    def note(name: str, _done: int, _total: int) -> None:
        seen.append(name)
        if len(seen) == 2:
            control.cancel()

    evidence.check_evidence(store, CheckEvidenceForm(), control=control, note=note, **WHO)
    assert set(problem_states(store)) == {one.file_id for one in taken[1:]}


@pytest.mark.parametrize(("whole", "left"), [(True, {}), (False, {1: ALTERED})])
def test_a_check_of_an_earlier_version_counts_for_all_when_it_was_whole(
    store: Store,
    taken: list[evidence.TakenFile],
    *,
    whole: bool,
    left: dict[int, ProblemKind],
) -> None:
    assert taken[0].file_id == 1
    flip(taken[0])
    check(store)
    with store.unit(actor="测试") as session:
        session.add(
            EvidenceCheck(
                began_at=NOW,
                finished_at=NOW,
                whole=whole,
                checked=3,
                bytes=0,
                problems=0,
                actor="旧版",
            )
        )
    assert problem_states(store) == left
    with store.reading() as session:
        assert session.get(EvidenceProblem, 1) is not None


@pytest.mark.parametrize(
    ("ids", "said"),
    [([], ""), ([3], "3"), ([1, 2, 3, 7, 9, 8], "1-3,7-9"), ([5, 1], "1,5")],
)
def test_many_ids_are_kept_in_short(ids: list[int], said: str) -> None:
    assert spans(ids) == said


def test_the_check_of_the_week_goes_on_where_it_was_stopped_and_begins_anew_when_due(
    store: Store, taken: list[evidence.TakenFile]
) -> None:
    control = Control()
    seen: list[str] = []

    def note(name: str, _done: int, _total: int) -> None:
        seen.append(name)
        if len(seen) == 2:
            control.cancel()

    weekly = CheckEvidenceForm(scheduled=True)
    first = evidence.check_evidence(store, weekly, control=control, note=note, **WHO)
    assert (first.checked, first.whole) == (1, False)
    assert history.check_due(store, today=WHO["today"])
    rest = evidence.check_evidence(store, weekly, **WHO)
    assert (rest.checked, rest.whole) == (len(taken) - 1, True)
    assert not history.check_due(store, today=WHO["today"])
    next_week = {"now": NOW + timedelta(days=7), "today": NOW.date() + timedelta(days=7)}
    again = evidence.check_evidence(store, weekly, actor="测试", **next_week)
    assert again.checked == len(taken)


def test_the_check_of_the_week_does_not_lean_on_what_was_read_long_ago(
    store: Store, taken: list[evidence.TakenFile]
) -> None:
    check(store, taken[0].file_id)
    later = {"now": NOW + timedelta(days=8), "today": NOW.date() + timedelta(days=8)}
    weekly = CheckEvidenceForm(scheduled=True)
    assert evidence.check_evidence(store, weekly, actor="测试", **later).checked == len(taken)
