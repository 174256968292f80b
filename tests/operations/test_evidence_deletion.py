"""What deletion takes off the disk, and what it leaves where it lies."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from enforcer.errors import Refused, VaultTrouble
from enforcer.evidence_terms import Keeping
from enforcer.operations import evidence, recording_copies
from enforcer.operations.evidence import DeleteExpiredForm, EvidenceSettingsForm
from enforcer.operations.recording_copies import CopyRecordingsForm
from enforcer.queries import evidence as files
from enforcer.queries import evidence_history as history
from enforcer.store import recordings
from enforcer.store.database import Store
from tests.factories import an_office
from tests.operations.evidence_desk import WHO, a_card, a_case, kept, state_of, take
from tests.operations.test_evidence_keeping import LATER


@pytest.fixture
def office(store: Store) -> Store:
    an_office(store)
    a_case(store)
    return store


def delete(store: Store, *ids: int, **given: object) -> int:
    form = DeleteExpiredForm(file_ids=ids, confirmed_by_id=1, reason="保存期满", **given)
    return evidence.delete_expired(store, form, **LATER)


def test_originals_on_a_stick_stay_and_the_record_says_so(office: Store, tmp_path: Path) -> None:
    a_card(tmp_path / "stick", 2)
    a_card(tmp_path / "card", 1, recorder="0700002")
    for one in (tmp_path / "card").iterdir():
        one.write_bytes(one.read_bytes() + b"own")
    there = take(office, tmp_path / "stick", keeping=Keeping.REFERENCED).taken
    (own,) = take(office, tmp_path / "card").taken
    before = state_of(tmp_path / "stick")
    delete(office, own.file_id, *(one.file_id for one in there))
    assert state_of(tmp_path / "stick") == before
    assert kept(office) == []
    for one in there:
        assert files.file_row(office, one.file_id).deleted  # type: ignore[union-attr]
        (act,) = history.acts(office, one.file_id)
        assert act.detail.startswith("只解除登记：原件留在")
        assert act.detail.endswith("没有删除")
    assert history.acts(office, own.file_id)[0].detail == ""


def test_second_copies_are_never_deleted_along(office: Store, tmp_path: Path) -> None:
    a_card(tmp_path / "card", 1)
    (one,) = take(office, tmp_path / "card").taken
    form = CopyRecordingsForm(folder=tmp_path / "盘")
    recording_copies.copy_recordings(office, form, **WHO)
    delete(office, one.file_id)
    place = recordings.found(tmp_path / "盘")
    assert place is not None
    assert set(recordings.contents(place)) == {one.sha256}
    again = recording_copies.copy_recordings(office, form, **WHO)
    assert (again.copied, again.known) == (0, 0)
    assert recordings.listed(place)[one.sha256]["name"] == one.source


def test_copies_on_a_disk_that_is_away_are_not_called_deleted(
    office: Store, tmp_path: Path
) -> None:
    disk = tmp_path / "证据盘"
    disk.mkdir()
    evidence.save_evidence_settings(office, EvidenceSettingsForm(folder=str(disk)), **WHO)
    a_card(tmp_path / "card", 1)
    (one,) = take(office, tmp_path / "card").taken
    away = disk.rename(tmp_path / "拔掉了")
    with pytest.raises(Refused, match="现在打不开，删不了。请接好磁盘"):
        delete(office, one.file_id)
    assert not files.file_row(office, one.file_id).deleted  # type: ignore[union-attr]
    away.rename(disk)
    delete(office, one.file_id)
    assert not Path(str(one.path)).exists()


def test_a_file_that_would_not_go_goes_when_it_is_confirmed_again(
    office: Store, tmp_path: Path
) -> None:
    a_card(tmp_path / "card", 1)
    (one,) = take(office, tmp_path / "card").taken
    path = Path(str(one.path))
    path.rename(path.with_suffix(".x"))
    path.mkdir()  # what cannot be unlinked
    request = uuid4()
    with pytest.raises(VaultTrouble, match="登记已经注销，但有 1 个文件删不掉"):
        delete(office, one.file_id, request_id=request)
    path.rmdir()
    path.with_suffix(".x").rename(path)
    delete(office, one.file_id, request_id=request)
    assert not path.exists()
