"""A case file with its recordings: beside it, by hash, registered and held on the other PC."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from enforcer.errors import Refused, Trouble
from enforcer.evidence_terms import AfterDecision, EvidenceActKind, EvidenceKind, Keeping
from enforcer.models import Case, CaseOpening, Dossier, EvidenceFile, EvidenceItem, EvidenceUse
from enforcer.operations import case_files, case_recordings, evidence, numbering
from enforcer.operations.case_files import CaseExported, CaseOpened, ExportCaseForm, OpenCaseForm
from enforcer.operations.case_recordings import BroughtIn, TakeCaseRecordingsForm, folder_of
from enforcer.operations.evidence import Control, EvidenceItemForm
from enforcer.operations.verification import verify
from enforcer.queries import evidence as files
from enforcer.queries import evidence_history as history
from enforcer.queries.case_file_recordings import archived_elsewhere
from enforcer.store.database import Store, open_store
from enforcer.terms import SeriesKind
from tests.factories import an_office
from tests.operations.evidence_desk import DAY, NOW, WHO, a_card, a_case, decided, sha256, take


@pytest.fixture
def case(store: Store, tmp_path: Path) -> int:
    """A case with three clips, the first on its list of evidence."""
    an_office(store)
    case_id = a_case(store)
    a_card(tmp_path / "card", 3)
    first = take(store, tmp_path / "card", case_id=case_id).taken[0]
    form = EvidenceItemForm(
        case_id=case_id,
        file_id=first.file_id,
        kind=EvidenceKind.AUDIO_VISUAL,
        title="现场录像",
        proves="占用道路的事实",
        made_by="周敏",
        made_how="执法记录仪拍摄",
    )
    evidence.save_evidence_item(store, form, **WHO)
    return case_id


@pytest.fixture
def other(empty_home: Path, tmp_path: Path) -> Iterator[Store]:
    store = open_store(Path(shutil.copytree(empty_home, tmp_path / "乙")), clock=lambda: NOW)
    yield store
    store.close()


def export(store: Store, case_id: int, folder: Path, *, recordings: bool = True) -> CaseExported:
    form = ExportCaseForm(
        case_id=case_id, path=folder / "案件.zip", overwrite=True, recordings=recordings
    )
    return case_files.export_case(store, form, **WHO)


def bring(store: Store, path: Path) -> BroughtIn:
    return case_recordings.take_case_recordings(store, TakeCaseRecordingsForm(path=path), **WHO)


def opened(store: Store, path: Path) -> CaseOpened:
    return case_files.open_case(store, OpenCaseForm(path=path), **WHO)


def test_recordings_travel_beside_the_file_and_are_held_by_the_case_over_there(
    store: Store, case: int, other: Store, tmp_path: Path
) -> None:
    made = export(store, case, tmp_path)
    assert (made.recordings, made.problems) == (3, ())
    beside = {sha256(one) for one in folder_of(made.path).iterdir()}
    mine = [one for one in files.file_rows(store, files.file_ids(store)) if one.held]
    assert beside == {one.sha256 for one in mine}
    assert history.acts(store, mine[0].id)[0].kind is EvidenceActKind.COPIED_OUT
    look = case_recordings.look_beside(other, made.path)
    assert (look.named, look.here, look.beside) == (3, 0, 3)
    brought = bring(other, made.path)
    assert (brought.taken, brought.absent, brought.problems) == (3, (), ())
    there = opened(other, made.path)
    theirs = files.file_rows(other, files.file_ids(other))
    assert {one.sha256 for one in theirs} == beside
    assert all(one.held for one in theirs)
    by_hash = {one.sha256: one for one in mine}
    for one in theirs:
        was = by_hash[one.sha256]
        assert (one.recorder, one.officer, one.begins_at) == (
            was.recorder,
            was.officer,
            was.begins_at,
        )
        assert any("随案件文件带来" in remark for remark in one.remarks)
    with other.reading() as session:
        (item,) = session.exec(select(EvidenceItem)).all()
        assert item.evidence_file_id in {one.id for one in theirs}
        assert item.original_lies == ""
    assert evidence.check_evidence(other, evidence.CheckEvidenceForm(), **WHO).problems == ()
    assert verify(other, actor="测试").problems == ()
    assert there.new
    again = bring(other, made.path)
    assert (again.taken, again.here) == (0, 3)
    assert opened(other, made.path).added == 0


def test_without_recordings_the_file_names_them_and_nothing_lies_beside(
    store: Store, case: int, other: Store, tmp_path: Path
) -> None:
    made = export(store, case, tmp_path, recordings=False)
    assert made.recordings == 0
    assert not folder_of(made.path).exists()
    assert "3 个没有带来" in case_recordings.look_beside(other, made.path).say
    opened(other, made.path)
    assert files.file_ids(other) == []
    with other.reading() as session:
        (item,) = session.exec(select(EvidenceItem)).all()
        assert item.evidence_file_id is None
        assert item.original_lies.startswith("原件在导出的电脑上：")


def test_a_recording_altered_on_the_way_is_refused_and_the_rest_taken(
    store: Store, case: int, other: Store, tmp_path: Path
) -> None:
    made = export(store, case, tmp_path)
    bad, gone, _ = sorted(folder_of(made.path).iterdir())
    bad.chmod(0o644)
    bad.write_bytes(b"!" + bad.read_bytes()[1:])
    gone.unlink()
    brought = bring(other, made.path)
    assert (brought.taken, len(brought.absent), len(brought.problems)) == (1, 1, 1)
    assert "已被改动" in brought.problems[0]
    assert len(files.file_ids(other)) == 1


def test_what_cannot_go_along_is_named_and_the_file_is_written(
    store: Store, case: int, tmp_path: Path
) -> None:
    with store.unit(actor="测试") as session:
        row = session.get(EvidenceFile, 1)
        assert row
        row.keeping, row.volume_label, row.volume_root = Keeping.REFERENCED, "3号硬盘", "/没有"
        session.add(row)
    files.path_of(store, 2).unlink()  # type: ignore[union-attr]
    made = export(store, case, tmp_path)
    assert made.recordings == 1
    assert len(made.problems) == 2
    assert "“3号硬盘”没有接上" in made.problems[0]
    assert "文件不见了" in made.problems[1]
    assert made.path.is_file()


def test_a_recording_of_before_the_decision_is_not_called_later_on_the_other_pc(
    store: Store, case: int, other: Store, tmp_path: Path
) -> None:
    decided(store, case, date(2026, 10, 1))
    made = export(store, case, tmp_path)
    bring(other, made.path)
    late = WHO | {"now": NOW.replace(year=2027), "today": DAY.replace(year=2027)}
    case_files.open_case(other, OpenCaseForm(path=made.path), **late)
    with other.reading() as session:
        uses = session.exec(select(EvidenceUse)).all()
        assert [one.after_decision for one in uses] == [AfterDecision.NO] * 3


def test_an_archive_number_travels_as_a_fact_and_stays_through_another_journey(
    store: Store, case: int, other: Store, tmp_path: Path
) -> None:
    with store.unit(actor="测试") as session:
        session.add(
            Dossier(
                case_id=case, archive_number="20260007", year=2026, serial=7, order_key="B",
                archived_on=DAY, compiler="周敏", compiled_on=DAY, pages=9, sha256="",
                archived_at=NOW, archived_by="测试",
            )
        )  # fmt: skip
    assert archived_elsewhere(store, case) == ""
    there = opened(other, export(store, case, tmp_path, recordings=False).path)
    said = archived_elsewhere(other, there.case_id)
    assert said == f"原单位归档号 20260007（{DAY} 归档）"
    with other.reading() as session:
        assert session.exec(select(Dossier)).all() == []
        (row,) = session.exec(select(CaseOpening)).all()
        assert row.facts is not None
        assert row.facts["pages"] == 9
    onward = export(other, there.case_id, tmp_path / "乙", recordings=False)
    with zipfile.ZipFile(onward.path) as archive:
        assert json.loads(archive.read("rows.json"))["facts"]["archive_number"] == "20260007"


def test_a_number_that_came_with_a_case_is_not_drawn_again(
    store: Store, case: int, other: Store, tmp_path: Path
) -> None:
    opened(other, export(store, case, tmp_path, recordings=False).path)
    with other.reading() as session:
        number = session.exec(select(col(Case.number))).one()
        placed = numbering.locate(session, SeriesKind.CASE_FILING, number)
        assert placed is not None
        assert placed.serial == 1


def test_an_older_case_file_opens_as_before(
    store: Store, case: int, other: Store, tmp_path: Path
) -> None:
    from enforcer.exchange import case_file

    made = export(store, case, tmp_path, recordings=False)
    given = case_file.opened(made.path)
    rows = {name: given.rows[name] for name in ("rows", "registers")}
    manifest = {k: v for k, v in given.manifest.items() if k not in ("format", "members")}
    made.path.write_bytes(case_file.packed(manifest, rows, {}, ""))
    assert case_recordings.look_beside(other, made.path).say == ""
    assert bring(other, made.path).taken == 0
    assert opened(other, made.path).new


def test_the_case_over_there_still_refuses_what_is_not_its_own(
    store: Store, case: int, other: Store, tmp_path: Path
) -> None:
    made = export(store, case, tmp_path)
    a_case(other, officer1_id=None, officer2_id=None)
    with pytest.raises(Refused, match="不是同一个案件"):
        opened(other, made.path)


def test_a_journey_that_is_stopped_says_so_and_can_be_made_again(
    store: Store, case: int, other: Store, tmp_path: Path
) -> None:
    stopped = Control()
    stopped.cancel()
    path = tmp_path / "案件.zip"
    form = ExportCaseForm(case_id=case, path=path, recordings=True)
    with pytest.raises(Trouble, match="已停下，案件文件没有导出"):
        case_files.export_case(store, form, control=stopped, **WHO)
    assert not path.exists()
    assert not list(folder_of(path).glob("*.part"))
    made = export(store, case, tmp_path)
    asked = TakeCaseRecordingsForm(path=made.path)
    with pytest.raises(Trouble, match="已停下，案件没有打开"):
        case_recordings.take_case_recordings(other, asked, control=stopped, **WHO)
    assert bring(other, made.path).taken == 3
