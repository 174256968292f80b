"""Taking recordings in: whole or not at all, every file in its line, nothing guessed in silence."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import subprocess
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Self
from uuid import uuid4

import pytest
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused
from enforcer.evidence_terms import (
    AfterDecision,
    IntakeFileState,
    IntakeState,
    Keeping,
    MediaKind,
    TimeSource,
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


def says(report: evidence.IntakeReport) -> str:
    return "\n".join(
        [one.say for one in report.left] + [r for o in report.taken for r in o.remarks]
    )


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


def test_the_officer_of_the_name_is_found_by_the_end_of_his_certificate(
    store: Store, case: int, card: Path
) -> None:
    a_card(card, 1)
    (one,) = take(store, card, case_id=case).taken
    assert one.officer == "周敏"
    assert one.remarks == ()


def test_without_an_officer_in_the_name_the_holder_of_the_recorder_is_named_and_said(
    store: Store, case: int, card: Path
) -> None:
    put(card / "a.mp4", clip(TEN))
    (one,) = take(store, card, case_id=case, recorder_id=2).taken
    assert (one.officer, one.recorder) == ("何志远", "0700002")
    assert "没有领用记录" in one.remarks[0]


@pytest.mark.parametrize(
    ("name", "inside", "say"),
    [
        ("0700001_700019_20260903101200.mp4", TEN, "文件名里的人员是何志远，执法仪当时的领用人是周敏"),
        ("0700001_999999_20260903101200.mp4", TEN, "人员编号 999999 对应不到执法人员"),
        ("9999999_700012_20260903101200.mp4", TEN, "设备编号 9999999 不在执法仪台账里"),
        ("0700001_700012_20260903101200.mp4", TEN + timedelta(minutes=7), "相差 7分；暂按文件名登记"),
        ("0700001_700012_20260903101200.mp4", TEN + timedelta(hours=8), "正好差八小时"),
        ("0700001_700012_19800106101200.mp4", TEN, "文件名里的时间 1980-01-06 10:12:00 不可信"),
        ("0700001_700012_20270903101200.mp4", TEN, "（晚于现在），"),
        ("0700001_700012_20260899101200.mp4", TEN, "不是真实存在的时间"),
        ("a.mp4", None, "都读不出拍摄时间，请人工填写"),
        ("0700001_700012_20260801101200.mp4", None, "案件的违法时间是 2026-09-03 10:12:00"),
    ],
)  # fmt: skip
def test_clocks_and_names_that_differ_are_said(
    store: Store, case: int, card: Path, name: str, inside: object, say: str
) -> None:
    put(card / name, clip(inside))  # type: ignore[arg-type]
    made = take(store, card, case_id=case)
    assert len(made.taken) == 1
    assert say in says(made)


def test_clocks_that_agree_are_not_spoken_of(store: Store, case: int, card: Path) -> None:
    put(card / "0700001_700012_20260903101200.mp4", clip(TEN + timedelta(seconds=40)))
    assert says(take(store, card, case_id=case)) == ""


def test_a_clock_of_1980_gives_way_to_one_that_can_be(store: Store, case: int, card: Path) -> None:
    put(card / "0700001_700012_19800106101200.mp4", clip(TEN))
    (one,) = take(store, card, case_id=case).taken
    row = files.file_row(store, one.file_id)
    assert row is not None
    assert (row.begins_at, row.time_source) == (TEN, TimeSource.MEDIA)
    assert row.name_at is not None
    assert row.name_at.year == 1980


def test_a_noted_clock_offset_is_said_and_not_applied(store: Store, case: int, card: Path) -> None:
    form = evidence.RecorderEventForm(
        recorder_id=1, kind="clock", happened_at=TEN - timedelta(hours=1), offset_seconds=125
    )
    evidence.note_recorder(store, form, **WHO)
    a_card(card, 1)
    (one,) = take(store, card, case_id=case).taken
    assert one.begins_at == TEN
    assert "校时记录为快 2分5秒，按此推算实际开始于 2026-09-03 10:09:55" in one.remarks[0]


def test_what_is_no_file_of_evidence_has_its_line_and_the_rest_is_taken(
    store: Store, case: int, card: Path, tmp_path: Path
) -> None:
    a_card(card, 1)
    put(card / "empty.mp4", b"")
    put(card / "Thumbs.db", b"x")
    secret = put(tmp_path / "别处" / "secret.mp4", clip(TEN, seed=9))
    (card / "link.mp4").symlink_to(secret)
    (card / "folder").symlink_to(secret.parent, target_is_directory=True)
    os.mkfifo(card / "pipe.mp4")
    made = take(store, card, case_id=case)
    assert len(made.taken) == 1
    assert {one.source: one.say.split("，")[0] for one in made.left} == {
        "empty.mp4": "是空文件（0 字节）",
        "Thumbs.db": "是系统自己的文件",
        "link.mp4": "是指向别处的链接",
        "folder": "是指向别处的链接",
        "pipe.mp4": "是设备或者管道",
    }
    assert len(kept(store)) == 1


def test_names_lead_nowhere_and_are_kept_as_text(store: Store, case: int, card: Path) -> None:
    names = ["..\\..\\evil.mp4", "a\nb.mp4", "改\u202egpj.mp4", "长" * 80 + ".mp4", "-rf.mp4"]
    for at, name in enumerate(names):
        put(card / name, clip(TEN, seed=at))
    with (card.joinpath(os.fsdecode(b"\xff\xfe.mp4"))).open("wb") as out:
        out.write(clip(TEN, seed=99))
    made = take(store, card, case_id=case)
    assert (len(made.taken), made.left) == (6, ())
    shown = {one.source for one in made.taken}
    assert {"a\\u000ab.mp4", "改\\u202egpj.mp4", "\\xff\\xfe.mp4"} <= shown
    for path in kept(store):
        assert path.parent.parent == store.home / "evidence"
        assert len(path.stem) == 32
    assert verify(store, actor="测试").problems == ()


def test_a_name_too_long_for_the_system_is_a_line(store: Store, case: int, card: Path) -> None:
    (good,) = a_card(card, 1)
    made = take(store, good, card / ("长" * 250 + ".mp4"), case_id=case)
    assert len(made.taken) == 1
    assert "名称太长" in made.left[0].say


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


@pytest.mark.parametrize(
    ("deed", "say"),
    [
        (lambda path: path.unlink(), "文件不见了"),
        (lambda path: path.write_bytes(path.read_bytes() + b"more"), "还在变化"),
        (lambda path: os.truncate(path, 100), "还在变化"),
        (lambda path: path.write_bytes(b"y" * path.stat().st_size), "还在变化"),
    ],
    ids=["vanishes", "grows", "shrinks", "is rewritten"],
)
def test_a_file_that_moves_under_the_reading_is_not_taken_and_the_rest_is(
    store: Store, case: int, card: Path, deed: object, say: str
) -> None:
    moving = put(card / "1.mp4", b"x" * (3 * intake.CHUNK))
    a_card(card, 1)

    def meddle() -> None:
        deed(moving)  # type: ignore[operator]

    made = take(store, card, case_id=case, note=Meddling("1.mp4", meddle))
    assert [one.source for one in made.left] == ["1.mp4"]
    assert say in made.left[0].say
    assert made.left[0].retry
    assert len(made.taken) == 1
    assert len(kept(store)) == 1


def test_a_file_gone_between_listing_and_reading_has_its_line(
    store: Store, case: int, card: Path
) -> None:
    first, second, third = a_card(card, 3)
    made = take(store, card, case_id=case, note=Meddling(first.name, second.unlink))
    assert [one.source for one in made.left] == [second.name]
    assert "没有登记" in made.left[0].say
    assert [one.source for one in made.taken] == [first.name, third.name]


def test_a_read_error_in_the_middle_leaves_no_half_and_says_where(
    store: Store, case: int, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = put(card / "1.mp4", b"x" * (2 * intake.CHUNK))
    a_card(card, 1)
    _break_reading(monkeypatch, bad, after=1)
    made = take(store, card, case_id=case)
    assert f"读写磁盘出错（读到第 {intake.CHUNK} 字节处）" in made.left[0].say
    assert len(made.taken) == len(kept(store)) == 1


def _break_reading(monkeypatch: pytest.MonkeyPatch, path: Path, *, after: int) -> None:
    """Let the machine fail as a bad card does: the system's own open, no code of ours."""
    real = os.fdopen

    class Bad:
        def __init__(self, inner: object) -> None:
            self.inner, self.pieces = inner, 0

        def readinto(self, room: memoryview) -> int:
            self.pieces += 1
            if self.pieces > after:
                raise OSError(errno.EIO, "Input/output error")
            return self.inner.readinto(room)  # type: ignore[attr-defined,no-any-return]

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            self.inner.close()  # type: ignore[attr-defined]

        def fileno(self) -> int:
            return self.inner.fileno()  # type: ignore[attr-defined,no-any-return]

    def opened(handle: int, *args: object, **more: object) -> object:
        made = real(handle, *args, **more)  # type: ignore[call-overload]
        same = path.exists() and os.fstat(handle).st_ino == path.stat().st_ino
        return Bad(made) if same else made

    monkeypatch.setattr(os, "fdopen", opened)


def test_a_stick_pulled_in_the_middle_is_resumed_where_it_stopped(
    store: Store, case: int, card: Path, tmp_path: Path
) -> None:
    clips = a_card(card, 5)
    away = tmp_path / "在口袋里"
    meddling = Meddling(clips[2].name, lambda: card.rename(away))
    made = take(store, card, case_id=case, note=meddling)
    assert made.state is IntakeState.INTERRUPTED
    assert "断开了" in made.say
    done = len(made.taken)
    assert 0 < done < 5
    assert all(one.waiting for one in made.left)
    assert len(kept(store)) == done
    (row,) = history.intake_rows(store, [made.id])
    assert row.can_resume
    with pytest.raises(Refused, match="没有接上"):
        evidence.resume_intake(store, ResumeForm(intake_id=made.id), **WHO)
    whole = evidence.resume_intake(store, ResumeForm(intake_id=made.id, source=away), **WHO)
    assert whole.state is IntakeState.DONE
    assert len(whole.taken) == 5
    assert [sha256(away / one.source) for one in whole.taken] == [o.sha256 for o in whole.taken]
    assert len(kept(store)) == 5
    (row,) = history.intake_rows(store, [made.id])
    assert not row.can_resume
    assert row.counts == {IntakeFileState.TAKEN: 5}


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


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Eight megabytes in memory, where this machine lets us mount them."""
    point = tmp_path / "小盘"
    point.mkdir()
    mounted = os.name == "posix" and shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(point)],
        capture_output=True,
        check=False,
    )  # fmt: skip
    if not mounted or mounted.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    yield point
    subprocess.run(["umount", "-l", str(point)], check=False, capture_output=True)


def test_a_full_disk_in_the_middle_stops_clean_and_goes_on_with_room(
    store: Store, case: int, card: Path, small_disk: Path
) -> None:
    form = EvidenceSettingsForm(folder=str(small_disk / "证据"))
    evidence.save_evidence_settings(store, form, **WHO)
    for at in range(4):
        put(card / f"{at}.mp4", bytes([at]) * 3_000_000)
    before = state_of(card)
    made = take(store, card, case_id=case)
    assert made.state is IntakeState.INTERRUPTED
    assert "磁盘已满" in made.say
    assert (len(made.taken), len(made.left)) == (2, 2)
    assert all("磁盘已满" in one.say for one in made.left)
    there = [one for one in small_disk.rglob("*") if one.is_file()]
    assert sorted(map(sha256, there)) == sorted(one.sha256 for one in made.taken)
    assert state_of(card) == before
    subprocess.run(["mount", "-o", "remount,size=32m", str(small_disk)], check=True)
    whole = evidence.resume_intake(store, ResumeForm(intake_id=made.id), **WHO)
    assert whole.state is IntakeState.DONE
    assert len(whole.taken) == 4


def test_a_disk_that_fills_while_a_file_is_written_leaves_no_half(
    store: Store, case: int, card: Path, small_disk: Path
) -> None:
    form = EvidenceSettingsForm(folder=str(small_disk / "证据"))
    evidence.save_evidence_settings(store, form, **WHO)
    put(card / "0.mp4", b"x" * 5_000_000)
    meddling = Meddling("0.mp4", lambda: (small_disk / "fill").write_bytes(b"y" * 3_900_000))
    made = take(store, card, case_id=case, note=meddling)
    assert made.state is IntakeState.INTERRUPTED
    assert "磁盘已满" in made.say
    assert [one.name for one in small_disk.rglob("*") if one.is_file()] == ["fill"]


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


def test_sm3_is_kept_where_the_office_asks_for_it(store: Store, case: int, card: Path) -> None:
    evidence.save_evidence_settings(store, EvidenceSettingsForm(sm3=True), **WHO)
    (path,) = a_card(card, 1)
    (one,) = take(store, card, case_id=case).taken
    row = files.file_row(store, one.file_id)
    assert row is not None
    known = hashlib.new("sm3", b"abc").hexdigest()
    assert known == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert row.sm3 == hashlib.new("sm3", path.read_bytes()).hexdigest()


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


def test_an_original_that_cannot_be_written_is_read_all_the_same(
    store: Store, case: int, card: Path
) -> None:
    (path,) = a_card(card, 1)
    path.chmod(stat.S_IRUSR)
    assert len(take(store, card, case_id=case).taken) == 1
    assert path.stat().st_mode & 0o777 == 0o400
