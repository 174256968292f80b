"""Second copies of recordings: brought by hash, proven, listed, resumed, and taken back when lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from enforcer.errors import InvalidForm, Trouble
from enforcer.evidence_terms import EvidenceActKind, IntakeState, Keeping, ProblemKind
from enforcer.models import EvidenceFile
from enforcer.operations import evidence, recording_copies, recording_restores
from enforcer.operations.evidence import CheckEvidenceForm, Control
from enforcer.operations.evidence_exports import ExportEvidenceForm, export_evidence
from enforcer.operations.recording_copies import CopyOutcome, CopyRecordingsForm, CopySettingsForm
from enforcer.operations.recording_restores import TakeBackForm, TakenBack
from enforcer.queries import evidence_history as history
from enforcer.queries import recording_copies as copies
from enforcer.queries.evidence_states import problem_states
from enforcer.store import recordings
from enforcer.store.database import Store
from tests.factories import an_office
from tests.operations.evidence_desk import DAY, WHO, a_card, a_case, sha256, state_of, take

LIST, BOOK = recordings.LIST, recordings.BOOK


@pytest.fixture
def taken(store: Store, tmp_path: Path) -> list[evidence.TakenFile]:
    """Two clips that belong to nothing, then three of a case."""
    an_office(store)
    a_card(tmp_path / "loose", 2, recorder="0700002")
    case = a_case(store)
    loose = take(store, tmp_path / "loose").taken
    for at, one in enumerate(a_card(tmp_path / "card", 3)):
        one.write_bytes(one.read_bytes() + bytes([at]))
    return [*take(store, tmp_path / "card", case_id=case).taken, *loose]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "盘").mkdir()
    return tmp_path / "盘"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own that is soon full."""
    point = tmp_path / "小盘"
    point.mkdir()
    tool = shutil.which("mount") if os.name == "posix" else None
    made = [str(tool), "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(point)]
    if tool is None or subprocess.run(made, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    yield point
    subprocess.run(["umount", str(point)], check=False, capture_output=True)


def back_up(store: Store, folder: Path, **more: object) -> CopyOutcome:
    given = {k: more.pop(k) for k in ("control", "note") if k in more}
    form = CopyRecordingsForm(folder=folder, **more)
    return recording_copies.copy_recordings(store, form, **WHO, **given)


def bring_back(store: Store, folder: Path, **more: object) -> TakenBack:
    return recording_restores.take_recordings_back(
        store, TakeBackForm(folder=folder, **more), **WHO
    )


def lie(folder: Path) -> dict[str, Path]:
    place = recordings.found(folder)
    assert place is not None
    return recordings.contents(place)


def path_of(one: evidence.TakenFile) -> Path:
    return Path(str(one.path))


def test_every_recording_gets_a_proven_copy_and_a_list_that_says_what_it_is(
    store: Store, taken: list[evidence.TakenFile], stick: Path
) -> None:
    (stick / "别人的.txt").write_text("不动")
    made = back_up(store, stick)
    assert (made.state, made.copied, made.known, made.problems) == (IntakeState.DONE, 5, 0, ())
    assert {sha256(one) for one in lie(stick).values()} == {one.sha256 for one in taken}
    assert set(copies.second_copies(store)) == {one.file_id for one in taken}
    assert (stick / "别人的.txt").read_text() == "不动"
    said = json.loads((stick / recordings.NAME / LIST).read_text("utf-8"))["files"]
    (first,) = (one for one in said if one["sha256"] == taken[0].sha256)
    assert (first["name"], first["recorder"]) == (taken[0].source, "0700001")
    assert first["begins_at"] == "2026-09-03 10:12:00"
    assert first["belongs"] == "常城管立字〔2026〕第001号"
    assert sha256(stick / recordings.NAME / first["file"]) == taken[0].sha256
    sheet = load_workbook(stick / recordings.NAME / BOOK).active
    assert sheet is not None
    assert sheet.max_row == 6


def test_a_second_run_brings_only_what_is_new(
    store: Store, taken: list[evidence.TakenFile], stick: Path, tmp_path: Path
) -> None:
    back_up(store, stick)
    before = {one: one.stat().st_mtime_ns for one in lie(stick).values()}
    (new,) = a_card(tmp_path / "new", 1, recorder="0700009")
    new.write_bytes(new.read_bytes() + b"new")
    take(store, tmp_path / "new")
    made = back_up(store, stick)
    assert (made.copied, made.known) == (1, len(taken))
    assert {one: one.stat().st_mtime_ns for one in before} == before


@pytest.mark.parametrize("harm", ["gone", "short", "flipped"])
def test_a_copy_that_was_harmed_is_made_good(
    store: Store, taken: list[evidence.TakenFile], stick: Path, harm: str
) -> None:
    back_up(store, stick)
    copy = lie(stick)[taken[0].sha256]
    copy.chmod(0o644)
    data = copy.read_bytes()
    copy.write_bytes(data[:-1] if harm == "short" else bytes([data[0] ^ 1]) + data[1:])
    if harm == "gone":
        copy.unlink()
    made = back_up(store, stick, again=harm == "flipped")
    assert (made.copied, made.known) == (1, len(taken) - 1)
    assert sha256(copy) == taken[0].sha256


def test_a_copy_that_is_gone_counts_no_more_where_the_original_is_lost_too(
    store: Store, taken: list[evidence.TakenFile], stick: Path
) -> None:
    back_up(store, stick)
    copy = lie(stick)[taken[0].sha256]
    for one in (copy, path_of(taken[0])):
        one.chmod(0o644)
        one.unlink()
    made = back_up(store, stick)
    assert len(made.problems) == 1
    assert "文件不见了" in made.problems[0]
    assert taken[0].file_id not in copies.second_copies(store)
    assert copies.held_without(store, today=DAY) == [taken[0].file_id]


def test_an_altered_original_gets_no_copy_and_the_rest_do(
    store: Store, taken: list[evidence.TakenFile], stick: Path
) -> None:
    path = path_of(taken[1])
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    made = back_up(store, stick)
    assert made.copied == len(taken) - 1
    assert "已被改动" in made.problems[0]
    assert taken[1].file_id not in copies.second_copies(store)


def test_it_stops_when_told_keeps_what_is_proven_and_goes_on_from_there(
    store: Store, taken: list[evidence.TakenFile], stick: Path
) -> None:
    control = Control()
    seen: list[str] = []

    def note(name: str, _done: int, _total: int) -> None:
        if name not in seen:
            seen.append(name)
        if len(seen) == 3:
            control.cancel()

    made = back_up(store, stick, control=control, note=note)
    assert made.state is IntakeState.CANCELLED
    assert made.copied == len(copies.second_copies(store)) == 2
    assert not list(stick.rglob("*.part"))
    held = [one.file_id for one in taken[:3]]
    assert set(copies.second_copies(store)) < set(held)  # those of the case come first
    again = back_up(store, stick)
    assert (again.copied, again.known) == (len(taken) - 2, 2)


def test_a_full_disk_ends_in_a_clear_line_and_nothing_half(
    store: Store, taken: list[evidence.TakenFile], small: Path, tmp_path: Path
) -> None:
    big = tmp_path / "big"
    big.mkdir()
    (big / "大.mp4").write_bytes(os.urandom(3 << 20))
    take(store, big)
    made = back_up(store, small)
    assert made.state is IntakeState.INTERRUPTED
    assert made.say.startswith("备份盘放不下了：")
    assert "已经备份的都有效" in made.say
    assert not list(small.rglob("*.part"))
    assert {sha256(one) for one in lie(small).values()} == {one.sha256 for one in taken}
    assert (small / recordings.NAME / LIST).is_file()
    assert copies.runs(store)[0].state is IntakeState.INTERRUPTED


def test_two_offices_share_a_folder_and_both_stand_on_the_list(
    store: Store, taken: list[evidence.TakenFile], stick: Path
) -> None:
    place = recordings.made(stick)
    other = "ab" * 32
    (place.root / "ab").mkdir()
    (place.root / "ab" / f"{other}.mp4").write_bytes(b"other office")
    said = {"format": 1, "files": [{"sha256": other, "name": "邻队.mp4", "officer": "赵某"}]}
    recordings.write_list(place, said)
    back_up(store, stick)
    listed = recordings.listed(place)
    assert len(listed) == len(taken) + 1
    assert (listed[other]["name"], listed[other]["officer"]) == ("邻队.mp4", "赵某")


def test_originals_on_a_disk_that_is_away_are_counted_not_lost(
    store: Store, taken: list[evidence.TakenFile], stick: Path, tmp_path: Path
) -> None:
    with store.unit(actor="测试") as session:
        row = session.get(EvidenceFile, taken[0].file_id)
        assert row
        row.keeping, row.volume_label = Keeping.REFERENCED, "3号硬盘"
        row.volume_root = str(tmp_path / "拔掉了")
        session.add(row)
    made = back_up(store, stick)
    assert (made.copied, made.away) == (len(taken) - 1, {"3号硬盘": 1})


@pytest.mark.parametrize("where", ["home", "damaged"])
def test_a_folder_that_cannot_hold_copies_is_refused(
    store: Store, taken: list[evidence.TakenFile], stick: Path, where: str
) -> None:
    folder = store.home / "evidence" if where == "home" else stick
    if where == "damaged":
        (stick / recordings.MARK).write_text("{")
    with pytest.raises((InvalidForm, Trouble), match=r"数据目录里面|分不清这里是不是录像备份"):
        back_up(store, folder)
    assert taken
    assert not copies.second_copies(store)


def test_lost_and_altered_recordings_come_back_and_the_check_says_so(
    store: Store, taken: list[evidence.TakenFile], stick: Path
) -> None:
    back_up(store, stick)
    gone, altered = path_of(taken[0]), path_of(taken[1])
    gone.chmod(0o644)
    gone.unlink()
    altered.chmod(0o644)
    altered.write_bytes(b"!" + altered.read_bytes()[1:])
    evidence.check_evidence(store, CheckEvidenceForm(), **WHO)
    assert set(problem_states(store).values()) == {ProblemKind.MISSING, ProblemKind.ALTERED}
    on_stick = state_of(stick)
    made = bring_back(store, stick)
    assert (made.back, made.there, made.absent, made.problems) == (2, len(taken) - 2, (), ())
    assert [sha256(one) for one in (gone, altered)] == [taken[0].sha256, taken[1].sha256]
    assert problem_states(store) == {}
    assert state_of(stick) == on_stick
    assert len(list(altered.parent.glob("*-改动-*"))) == 1  # kept for whoever looks into it
    assert history.acts(store, taken[0].file_id)[0].kind is EvidenceActKind.TAKEN_BACK
    assert bring_back(store, stick).back == 0


def test_an_altered_copy_is_not_taken_back(
    store: Store, taken: list[evidence.TakenFile], stick: Path
) -> None:
    back_up(store, stick)
    copy, gone = lie(stick)[taken[0].sha256], path_of(taken[0])
    for one in (copy, gone):
        one.chmod(0o644)
    copy.write_bytes(b"!" + copy.read_bytes()[1:])
    gone.unlink()
    lie(stick)[taken[1].sha256].unlink()
    path_of(taken[1]).unlink()
    made = bring_back(store, stick)
    assert (made.back, made.absent) == (0, (taken[1].source,))
    assert "已被改动" in made.problems[0]
    assert not gone.exists()


@pytest.mark.parametrize(("referenced", "back"), [(False, 0), (True, 1)])
def test_an_original_on_a_lost_stick_comes_into_the_home_only_when_asked(
    store: Store, taken: list[evidence.TakenFile], stick: Path, *, referenced: bool, back: int
) -> None:
    back_up(store, stick)
    with store.unit(actor="测试") as session:
        row = session.get(EvidenceFile, taken[0].file_id)
        assert row
        row.keeping, row.volume_label, row.volume_root = Keeping.REFERENCED, "3号硬盘", "/没有"
        session.add(row)
    made = bring_back(store, stick, referenced=referenced)
    assert (made.back, made.away) == (back, {} if referenced else {"3号硬盘": 1})
    with store.reading() as session:
        row = session.get(EvidenceFile, taken[0].file_id)
        assert row
        assert row.keeping is (Keeping.COPIED if referenced else Keeping.REFERENCED)


def test_a_folder_without_copies_gives_nothing_back(store: Store, stick: Path) -> None:
    with pytest.raises(InvalidForm, match="没有录像备份"):
        bring_back(store, stick)


def choose(store: Store, **given: object) -> None:
    recording_copies.save_copy_settings(store, CopySettingsForm(**given), **WHO)


def test_the_switch_needs_a_folder_and_the_disk_it_was_chosen_on(store: Store, stick: Path) -> None:
    assert recording_copies.copies_folder(store) is None
    with pytest.raises(InvalidForm, match="请选录像放到哪里"):
        choose(store, on=True)
    choose(store, on=True, folder=str(stick), warn_days=3)
    assert recording_copies.copies_folder(store) == stick
    assert copies.settings(store).warn_days == 3
    stick.rmdir()
    with pytest.raises(Trouble, match="请接好磁盘"):
        recording_copies.copies_folder(store)
    assert not stick.exists()  # no copy lands where the disk would be
    choose(store, on=False, folder=str(stick))
    assert recording_copies.copies_folder(store) is None


def test_evidence_of_a_case_without_a_copy_is_told_after_some_days(
    store: Store, taken: list[evidence.TakenFile], stick: Path
) -> None:
    held = [one.file_id for one in taken[:3]]
    assert copies.held_without(store, today=DAY, days=1) == []
    assert copies.held_without(store, today=DAY + timedelta(days=1), days=1) == held
    back_up(store, stick)
    assert copies.held_without(store, today=DAY + timedelta(days=99)) == []


def test_the_list_in_excel_says_where_the_second_copy_of_each_file_is(
    store: Store, taken: list[evidence.TakenFile], stick: Path, tmp_path: Path
) -> None:
    back_up(store, stick)
    gone = taken[0]
    for one in (lie(stick)[gone.sha256], path_of(gone)):
        one.chmod(0o644)
        one.unlink()
    back_up(store, stick)
    ids = tuple(one.file_id for one in taken)
    form = ExportEvidenceForm(file_ids=ids, path=tmp_path / "证据.xlsx")
    export_evidence(store, form, **WHO)
    sheet = load_workbook(tmp_path / "证据.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    head = next(row for row in rows if "备份副本" in row)
    said = [row[head.index("备份副本")] for row in rows[rows.index(head) + 1 :]]
    assert said[0] == "没有"
    assert all(f"{DAY} 核对" in str(one) for one in said[1 : len(taken)])


def test_what_was_copied_out_before_the_disk_was_full_stays_on_record(
    store: Store, taken: list[evidence.TakenFile], small: Path, tmp_path: Path
) -> None:
    big = tmp_path / "big"
    big.mkdir()
    (big / "大.mp4").write_bytes(os.urandom(3 << 20))
    (large,) = take(store, big).taken
    form = evidence.CopyOutForm(
        file_ids=(taken[0].file_id, large.file_id), folder=small, purpose="行政复议举证"
    )
    with pytest.raises(Trouble, match=r"“大\.mp4”没有复制出去：.*换一个磁盘"):
        evidence.copy_out(store, form, **WHO)
    assert [one.name for one in small.iterdir()] == [taken[0].source]
    (act,) = history.acts(store, taken[0].file_id)
    assert (act.kind, act.purpose) == (EvidenceActKind.COPIED_OUT, "行政复议举证")
    assert history.acts(store, large.file_id) == []


def test_copying_out_that_is_stopped_says_how_many_have_gone(
    store: Store, taken: list[evidence.TakenFile], stick: Path
) -> None:
    control = Control()
    form = evidence.CopyOutForm(
        file_ids=tuple(one.file_id for one in taken), folder=stick, purpose="行政复议举证"
    )

    def note(name: str, _done: int, _total: int) -> None:
        if name == taken[2].source:
            control.cancel()

    with pytest.raises(Trouble, match="已停下：复制了 2 个"):
        evidence.copy_out(store, form, control=control, note=note, **WHO)
    assert len(list(stick.iterdir())) == 2
    assert len(history.acts(store, taken[1].file_id)) == 1
    assert history.acts(store, taken[2].file_id) == []
