"""Taking recordings in: whole or not at all, paused, cancelled, resumed, what belongs where."""

from __future__ import annotations

import hashlib
import threading
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused
from enforcer.evidence_terms import (
    AfterDecision,
    IntakeState,
    Keeping,
    MediaKind,
)
from enforcer.models import EvidenceFile, EvidenceUse
from enforcer.operations import evidence
from enforcer.operations.evidence import Control, EvidenceSettingsForm, ResumeForm
from enforcer.operations.verification import verify
from enforcer.queries import evidence as files
from enforcer.queries import evidence_history as history
from enforcer.store import intake
from enforcer.store.database import Store
from tests.evidence_made import clip, photo, put
from tests.factories import an_office
from tests.operations.evidence_desk import (
    TEN,
    WHO,
    a_card,
    a_case,
    decided,
    kept,
    sha256,
    state_of,
    take,
)


@pytest.fixture
def case(store: Store) -> int:
    an_office(store)
    return a_case(store)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return tmp_path / "card"


def test_a_card_is_taken_in_whole_and_left_as_it_was(store: Store, case: int, card: Path) -> None:
    a_card(card, 3)
    put(card / "DCIM" / "现场.jpg", photo())
    before = state_of(card)
    made = take(store, card, case_id=case)
    assert made.state is IntakeState.DONE
    assert (len(made.taken), made.left) == (4, ())
    for one in made.taken:
        assert one.path is not None
        assert sha256(one.path) == one.sha256 == sha256(card / one.source)
        assert not one.path.stat().st_mode & 0o222
    assert state_of(card) == before
    assert len(kept(store)) == 4
    first = made.taken[0]
    assert (first.recorder, first.begins_at) == ("0700001", TEN)
    assert first.ends_at is not None
    assert first.ends_at - TEN < timedelta(seconds=3)
    rows = files.file_rows(store, [one.file_id for one in made.taken])
    assert {one.media for one in rows} == {MediaKind.VIDEO, MediaKind.PHOTO}
    assert all(one.uses[0].case_id == case for one in rows)
    assert verify(store, actor="测试").problems == ()


@pytest.mark.slow
def test_five_thousand_files_are_taken_in_one_go(store: Store, case: int, card: Path) -> None:
    card.mkdir()
    for at in range(5000):
        (card / f"{at:05d}.txt").write_bytes(b"%05d" % at)
    noted: list[int] = []
    made = take(store, card, case_id=case, note=lambda _, done, __: noted.append(done))
    assert (len(made.taken), made.left) == (5000, ())
    assert len(kept(store)) == 5000
    assert noted == sorted(noted)


class Meddling:
    """Does something to the source while a file is being read (at its first progress)."""

    def __init__(self, name: str, deed: object) -> None:
        self.name, self.deed, self.seen = name, deed, 0

    def __call__(self, shown: str, _done: int, _whole: int) -> None:
        if shown == self.name:
            self.seen += 1
            if self.seen == 2:  # the first note is before its first byte
                self.deed()  # type: ignore[operator]


def test_an_intake_is_cancelled_between_two_pieces_and_goes_on_later(
    store: Store, case: int, card: Path
) -> None:
    put(card / "0.mp4", b"x" * (3 * intake.CHUNK))
    a_card(card, 3)
    control = Control()
    made = take(store, card, case_id=case, control=control, note=Meddling("0.mp4", control.cancel))
    assert made.state is IntakeState.CANCELLED
    assert made.taken == ()
    assert kept(store) == []
    whole = evidence.resume_intake(store, ResumeForm(intake_id=made.id), **WHO)
    assert len(whole.taken) == 4


def test_a_paused_intake_stands_still_until_it_goes_on(store: Store, case: int, card: Path) -> None:
    put(card / "0.mp4", b"x" * (3 * intake.CHUNK))
    control, noted = Control(), threading.Event()

    def pause() -> None:
        control.pause()
        noted.set()

    done: list[evidence.IntakeReport] = []
    worker = threading.Thread(
        target=lambda: done.append(
            take(store, card, case_id=case, control=control, note=Meddling("0.mp4", pause))
        )
    )
    worker.start()
    assert noted.wait(10)
    worker.join(0.3)
    assert worker.is_alive()
    assert control.paused
    control.go_on()
    worker.join(10)
    assert len(done[0].taken) == 1


def test_files_may_stay_where_they_lie_on_a_named_disk(
    store: Store, case: int, card: Path, tmp_path: Path
) -> None:
    a_card(card, 2)
    made = take(store, card, case_id=case, keeping=Keeping.REFERENCED, volume_label="3号硬盘")
    assert kept(store) == []
    for one in made.taken:
        assert one.path == card / one.source
        assert one.sha256 == sha256(one.path)
    (row,) = files.file_rows(store, [made.taken[0].file_id])
    assert (row.keeping, row.volume_label) == (Keeping.REFERENCED, "3号硬盘")


@pytest.mark.parametrize("more", [0, 17 << 20])  # a long one has a thread for it
def test_sm3_is_kept_where_the_office_asks_for_it(
    store: Store, case: int, card: Path, more: int
) -> None:
    evidence.save_evidence_settings(store, EvidenceSettingsForm(sm3=True), **WHO)
    (path,) = a_card(card, 1)
    with path.open("ab") as out:
        out.write(more.to_bytes(4, "big") + b"free" + bytes(more))
    (one,) = take(store, card, case_id=case).taken
    row = files.file_row(store, one.file_id)
    assert row is not None
    known = hashlib.new("sm3", b"abc").hexdigest()
    assert known == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert row.sm3 == hashlib.new("sm3", path.read_bytes()).hexdigest()
    assert row.sha256 == sha256(path)


def test_the_same_save_again_takes_nothing_twice(store: Store, case: int, card: Path) -> None:
    a_card(card, 2)
    request = uuid4()
    first = take(store, card, case_id=case, request_id=request)
    assert take(store, card, case_id=case, request_id=request) == first
    assert len(history.intake_ids(store)) == 1


@pytest.mark.parametrize("what", ["home", "evidence", "case", "recorder", "empty"])
def test_an_intake_that_cannot_be_meant_is_refused(
    store: Store, case: int, card: Path, what: str
) -> None:
    a_card(card, 1)
    (store.home / "evidence").mkdir()
    empty = card.parent / "空"
    empty.mkdir()
    with pytest.raises((Refused, InvalidForm)) as refusal:
        if what in ("home", "evidence"):
            take(store, store.home if what == "home" else store.home / "evidence", case_id=case)
        elif what == "case":
            take(store, card, case_id=999)
        elif what == "recorder":
            take(store, card, case_id=case, recorder_id=999)
        else:
            take(store, empty, case_id=case)
    assert str(refusal.value)
    assert history.intake_ids(store) == []


def test_a_folder_around_the_home_is_taken_without_the_home(
    store: Store, case: int, tmp_path: Path
) -> None:
    a_card(tmp_path / "card", 1)
    made = take(store, tmp_path, case_id=case)
    assert len(made.taken) == 1
    assert [one.say for one in made.left] == ["是本程序自己的数据文件夹，没有导入。"]


@pytest.mark.parametrize(
    ("recorded", "after"),
    [(timedelta(0), AfterDecision.REGISTERED), (timedelta(days=5), AfterDecision.RECORDED)],
)
def test_evidence_after_the_decision_is_marked(
    store: Store, case: int, card: Path, recorded: timedelta, after: AfterDecision
) -> None:
    acted = TEN - timedelta(days=10)
    old = a_case(store, "旧案", acted_at=acted, acted_on=acted.date())
    decided(store, old, acted.date() + timedelta(days=2))
    at = acted + recorded
    put(card / f"0700001_700012_{at:%Y%m%d%H%M%S}.mp4", clip(at))
    (one,) = take(store, card, case_id=old).taken
    assert any(after.label in remark for remark in one.remarks)
    with store.reading() as session:
        (use,) = session.exec(select(EvidenceUse)).all()
    assert use.after_decision is after


def test_evidence_before_the_decision_is_not_marked(store: Store, case: int, card: Path) -> None:
    decided(store, case, TEN.date() + timedelta(days=1))
    a_card(card, 1)
    (one,) = take(store, card, case_id=case).taken
    assert one.remarks == ()


def test_a_registered_file_cannot_be_changed_or_erased(store: Store, case: int, card: Path) -> None:
    a_card(card, 1)
    take(store, card, case_id=case)
    for change in ("sha256", "size", "original_name"):
        with pytest.raises(Exception, match="不能修改"), store.unit(actor="测试") as session:
            row = session.exec(select(EvidenceFile)).one()
            setattr(row, change, 5 if change == "size" else "0")
            session.add(row)
