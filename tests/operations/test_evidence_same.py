"""Files whose bytes are registered already: kept once, linked, made good."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from enforcer.evidence_terms import IntakeState
from enforcer.operations import evidence
from enforcer.operations.evidence import ResumeForm
from enforcer.queries import evidence as files
from enforcer.store import intake
from enforcer.store.database import Store
from tests.evidence_made import clip, put
from tests.factories import an_office
from tests.operations.evidence_desk import (
    TEN,
    WHO,
    a_card,
    a_case,
    kept,
    sha256,
    take,
)


@pytest.fixture
def case(store: Store) -> int:
    an_office(store)
    return a_case(store)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return tmp_path / "card"


def test_the_same_clip_under_two_names_is_kept_once(store: Store, case: int, card: Path) -> None:
    put(card / "a.mp4", clip(TEN))
    put(card / "b.mp4", clip(TEN))
    made = take(store, card, case_id=case)
    assert [one.known for one in made.taken] == [False, True]
    assert "登记的“a.mp4”完全相同，没有重复登记" in made.taken[1].remarks[0]
    assert len(kept(store)) == 1
    again = take(store, card, case_id=case)
    assert [one.known for one in again.taken] == [True, True]
    assert len(kept(store)) == 1


def test_a_known_clip_is_linked_to_another_case(store: Store, case: int, card: Path) -> None:
    a_card(card, 1)
    take(store, card, case_id=case)
    other = a_case(store, "另一件")
    (one,) = take(store, card, case_id=other).taken
    assert not one.known
    assert "已关联到这件事" in one.remarks[0]
    row = files.file_row(store, one.file_id)
    assert row is not None
    assert {use.case_id for use in row.uses} == {case, other}


def test_a_kept_copy_that_was_lost_is_made_good_by_the_same_bytes(
    store: Store, case: int, card: Path
) -> None:
    a_card(card, 1)
    (one,) = take(store, card, case_id=case).taken
    assert one.path is not None
    intake.remove(one.path)
    (again,) = take(store, card, case_id=case).taken
    assert "已用这一份补上" in again.remarks[0]
    assert sha256(one.path) == one.sha256
    assert len(kept(store)) == 1


def test_a_card_put_in_again_is_read_and_nothing_is_written(
    store: Store, case: int, card: Path
) -> None:
    a_card(card, 2)
    take(store, card, case_id=case)
    month = kept(store)[0].parent
    before = month.stat().st_mtime_ns
    made = take(store, card, case_id=case)
    assert [one.known for one in made.taken] == [True, True]
    assert month.stat().st_mtime_ns == before


def test_another_recording_of_the_same_name_and_size_is_taken(
    store: Store, case: int, card: Path, tmp_path: Path
) -> None:
    put(card / "MOV_0001.mp4", clip(TEN))
    take(store, card, case_id=case)
    other = put(tmp_path / "other" / "MOV_0001.mp4", clip(TEN, seed=1))
    assert other.stat().st_size == (card / "MOV_0001.mp4").stat().st_size
    (one,) = take(store, other.parent, case_id=case).taken
    assert not one.known
    assert one.sha256 == sha256(other)
    assert len(kept(store)) == 2


def test_a_twin_of_a_copy_that_could_not_be_made_safe_waits_with_it(
    store: Store, case: int, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(card / "a.mp4", clip(TEN))
    put(card / "b.mp4", clip(TEN))

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        made = take(store, card, case_id=case)
    assert made.state is IntakeState.INTERRUPTED
    assert made.taken == ()
    assert [one.waiting for one in made.left] == [True, True]
    assert kept(store) == []
    again = evidence.resume_intake(store, ResumeForm(intake_id=made.id), **WHO)
    assert again.state is IntakeState.DONE
    assert [one.known for one in again.taken] == [False, True]
    assert len(kept(store)) == 1
