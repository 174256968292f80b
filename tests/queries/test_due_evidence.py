"""今日 on recordings: not taken in, about to be written over, found wrong, on one disk only."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from enforcer.operations import evidence, recording_copies
from enforcer.operations.evidence import CheckEvidenceForm, EvidenceSettingsForm
from enforcer.operations.recording_copies import CopyRecordingsForm, CopySettingsForm
from enforcer.queries.dossier_readiness import readiness
from enforcer.queries.due_evidence import BACKUP, INTAKE, evidence_rows
from enforcer.queries.due_rows import DueRow
from enforcer.queries.due_shown import KEEPING
from enforcer.store.database import Store
from tests.factories import an_office
from tests.operations.evidence_desk import DAY, NOW, WHO, a_card, a_case, take
from tests.operations.test_evidence_recorders import a_notice


@pytest.fixture
def case(store: Store) -> int:
    an_office(store)
    return a_case(store)


def found(store: Store, key: str, today: date = DAY) -> DueRow | None:
    return next((one for one in evidence_rows(store, today=today) if one.key == key), None)


UNREAD, NEAR, OVER = (
    "导入执法录像",
    "导入执法仪快要覆盖的录像",
    "执法仪录像没有导入，可能已被覆盖",
)


@pytest.mark.parametrize(
    ("after", "what", "label", "due"),
    [
        (0, "", "", 0),
        (1, UNREAD, "今日到期", 1),
        (2, UNREAD, "逾期", 1),
        (5, NEAR, "近日", 6),
        (6, NEAR, "今日到期", 6),
        (7, NEAR, "逾期", 6),
        (8, OVER, "逾期", 6),
    ],
)
def test_a_recorder_that_ran_is_told_until_it_is_taken_in(
    store: Store, case: int, tmp_path: Path, after: int, what: str, label: str, due: int
) -> None:
    a_notice(store, "一", DAY, "0700001、0700002")
    row = found(store, "recorder-1", DAY + timedelta(days=after))
    assert (row.what if row else "", row.pressing.label if row else "") == (what, label)
    if row:
        assert (row.due_on, row.place) == (DAY + timedelta(days=due), INTAKE)
        assert row.cite == "行政处罚法（2021）第四十七条"
        assert row.matter == f"执法仪 0700001　{DAY} 起的录像"
        assert row.waits_for.startswith("领用 ")
    a_card(tmp_path / "card", 1)
    take(store, tmp_path / "card", case_id=case)
    assert found(store, "recorder-1", DAY) is None


def test_the_hours_and_days_are_those_of_the_settings(store: Store, case: int) -> None:
    assert case
    a_notice(store, "一", DAY, "0700001、0700002")
    form = EvidenceSettingsForm(upload_hours=72, overwrite_days=30)
    evidence.save_evidence_settings(store, form, **WHO)
    assert found(store, "recorder-1", DAY + timedelta(days=2)) is None
    row = found(store, "recorder-1", DAY + timedelta(days=3))
    assert row is not None
    assert (row.due_on, row.what) == (DAY + timedelta(days=3), UNREAD)
    assert "72 小时" in "".join(row.why)


def test_evidence_of_a_case_on_one_disk_only_is_told_after_the_days_of_the_setting(
    store: Store, case: int, tmp_path: Path
) -> None:
    a_card(tmp_path / "card", 2)
    take(store, tmp_path / "card", case_id=case)
    assert found(store, "evidence-single", DAY + timedelta(days=6)) is None
    row = found(store, "evidence-single", DAY + timedelta(days=7))
    assert row is not None
    assert (row.what, row.place) == ("案件在用的 2 个证据文件没有备份副本", BACKUP)
    recording_copies.save_copy_settings(store, CopySettingsForm(warn_days=30), **WHO)
    assert found(store, "evidence-single", DAY + timedelta(days=7)) is None
    recording_copies.copy_recordings(store, CopyRecordingsForm(folder=tmp_path / "盘"), **WHO)
    assert found(store, "evidence-single", DAY + timedelta(days=30)) is None


def test_a_file_that_is_wrong_stays_on_the_desk_until_a_check_finds_it_whole(
    store: Store, case: int, tmp_path: Path
) -> None:
    a_card(tmp_path / "card", 2)
    (first, _) = take(store, tmp_path / "card", case_id=case).taken
    path = Path(str(first.path))
    moved = path.rename(path.with_suffix(".x"))
    evidence.check_evidence(store, CheckEvidenceForm(), **WHO)
    row = found(store, "evidence-wrong")
    assert row is not None
    assert (row.what, row.matter, row.place) == ("1 个证据文件有问题", "不见了 1 个", KEEPING)
    moved.rename(path)
    evidence.check_evidence(store, CheckEvidenceForm(file_ids=(first.file_id,)), **WHO)
    assert found(store, "evidence-wrong") is None


def test_the_review_of_a_case_asks_for_a_second_copy_of_its_own_recordings(
    store: Store, case: int, tmp_path: Path
) -> None:
    another = a_case(store, "常城管立字〔2026〕第002号")
    a_card(tmp_path / "card", 2)
    take(store, tmp_path / "card", case_id=case)

    def asked(case_id: int, after: int) -> list[tuple[str, str]]:
        found = readiness(store, case_id, now=NOW + timedelta(days=after))
        assert found is not None
        return [(one.say, one.place) for one in found.open if one.key == "S7"]

    assert asked(case, 6) == []
    assert asked(case, 7) == [("2 个录像等文件入库满 7 天，还没有备份副本。", BACKUP)]
    assert asked(another, 7) == []
    recording_copies.copy_recordings(store, CopyRecordingsForm(folder=tmp_path / "盘"), **WHO)
    assert asked(case, 7) == []
