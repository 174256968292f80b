"""Bad input, bad disks: every file in its line, no half copy, no original altered."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from enforcer.errors import Refused
from enforcer.evidence_terms import (
    IntakeFileState,
    IntakeState,
)
from enforcer.operations import evidence
from enforcer.operations.evidence import EvidenceSettingsForm, ResumeForm
from enforcer.operations.verification import verify
from enforcer.queries import evidence_history as history
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


def test_an_original_that_cannot_be_written_is_read_all_the_same(
    store: Store, case: int, card: Path
) -> None:
    (path,) = a_card(card, 1)
    path.chmod(stat.S_IRUSR)
    assert len(take(store, card, case_id=case).taken) == 1
    assert path.stat().st_mode & 0o777 == 0o400
