"""What evidence refuses besides: a file, an action or an import that is not there, a disk away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from enforcer.errors import Refused, VaultTrouble
from enforcer.evidence_terms import ActionKind, RetentionClass
from enforcer.models import EvidenceFile, LedgerImport
from enforcer.operations import evidence
from enforcer.operations.evidence import DeleteExpiredForm, LinkEvidenceForm, RetentionForm
from enforcer.operations.evidence_keeping import sweep_deleted
from enforcer.operations.ledger_undo import UndoImportForm, undo_import
from enforcer.store.database import Store
from enforcer.terms import ImportState
from tests.evidence_made import clip, put
from tests.factories import an_office
from tests.operations.evidence_desk import NOW, TEN, WHO, a_case, take
from tests.operations.test_evidence_keeping import LATER


@pytest.fixture
def loose(store: Store, tmp_path: Path) -> evidence.TakenFile:
    """A clip that belongs to nothing."""
    an_office(store)
    put(tmp_path / "loose" / "a.mp4", clip(TEN, seed=50))
    (one,) = take(store, tmp_path / "loose").taken
    return one


def test_a_file_that_is_not_there_is_said_so(store: Store, loose: evidence.TakenFile) -> None:
    form = RetentionForm(file_ids=(99,), retention=RetentionClass.MAJOR, reason="围堵")
    with pytest.raises(Refused, match="没有编号为 99 的证据文件"):
        evidence.set_retention(store, form, **WHO)
    evidence.set_retention(store, form.model_copy(update={"file_ids": (loose.file_id,)}), **WHO)


def test_a_file_is_hung_only_on_what_is_there(store: Store, loose: evidence.TakenFile) -> None:
    case = a_case(store)
    form = LinkEvidenceForm(file_ids=(loose.file_id,), action=ActionKind.CASE, action_id=99)
    with pytest.raises(Refused, match="没有编号为 99 的"):
        evidence.link_evidence(store, form, **WHO)
    evidence.link_evidence(store, form.model_copy(update={"action_id": case}), **WHO)


def test_what_lies_on_a_disk_that_is_away_is_not_deleted(
    store: Store, loose: evidence.TakenFile, tmp_path: Path
) -> None:
    disk = tmp_path / "移动硬盘"
    shutil.copytree(store.home / "evidence", disk)
    with store.unit(actor="测试") as session:
        row = session.get(EvidenceFile, loose.file_id)
        assert row
        row.volume_label, row.volume_root = "3号硬盘", str(disk)
        session.add(row)
    disk.rename(tmp_path / "拔掉了")
    form = DeleteExpiredForm(file_ids=(loose.file_id,), confirmed_by_id=1, reason="保存期满")
    with pytest.raises(Refused, match="请接好磁盘"):
        evidence.delete_expired(store, form, **LATER)
    with store.reading() as session:
        row = session.get(EvidenceFile, loose.file_id)
        assert row
        assert row.deletion_id is None
    (tmp_path / "拔掉了").rename(disk)
    assert evidence.delete_expired(store, form, **LATER)


def test_what_cannot_be_taken_off_the_disk_is_said_so(
    store: Store, loose: evidence.TakenFile
) -> None:
    form = DeleteExpiredForm(file_ids=(loose.file_id,), confirmed_by_id=1, reason="保存期满")
    loose.path.unlink()
    (loose.path / "播放器").mkdir(parents=True)  # a folder with something in it does not go
    with pytest.raises(VaultTrouble, match="删不掉"):
        evidence.delete_expired(store, form, **LATER)
    loose.path.chmod(0o755)
    shutil.rmtree(loose.path)
    sweep_deleted(store)


def test_an_import_without_its_rows_on_record_cannot_be_undone(store: Store) -> None:
    with store.unit(actor="测试") as session:
        row = LedgerImport(
            kind="notices", source="旧台账.xlsx", taken_at=NOW, taken_by="周敏", read=1, taken=1,
            known=0, refused=0, audit_id=1, state=ImportState.TAKEN,
        )  # fmt: skip
        session.add(row)
        session.flush()
        key = row.id or 0
    with pytest.raises(Refused, match="没有记下各条记录"):
        undo_import(store, UndoImportForm(import_id=key, reason="导错了"), **WHO)
