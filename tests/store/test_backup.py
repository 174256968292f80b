"""Backups: proven by a trial restore, refused when damaged, thinned by a fixed rule."""

import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from enforcer.errors import StoreTrouble
from enforcer.models import Document, Officer
from enforcer.operations.backup import back_up, is_due, last_backup, restore
from enforcer.store import backup, vault
from enforcer.store.database import Store, open_store
from enforcer.terms import DocumentState, OfficerPost
from tests.conftest import NOW


@pytest.fixture
def filled(store: Store) -> Store:
    kept = vault.keep(store.vault, b"%PDF-1.7 paper", suffix=".pdf")
    with store.unit(actor="测试") as session:
        session.add(Officer(name="周敏", post=OfficerPost.OFFICER))
        session.add(
            Document(
                template_key="t",
                template_version="1",
                title="决定书",
                state=DocumentState.ISSUED,
                vault_name=kept.name,
                sha256=kept.sha256,
                pages=1,
                issued_at=NOW,
                issued_on=NOW.date(),
                issued_by="测试",
            )
        )
    return store


def test_a_backup_comes_back_row_for_row_and_byte_for_byte(filled: Store, tmp_path: Path) -> None:
    made = back_up(filled, tmp_path / "盘", now=NOW, actor="测试")
    assert made.proven
    assert made.files == 1
    restore(made.path, tmp_path / "新家", now=NOW, actor="测试")
    again = open_store(tmp_path / "新家", clock=lambda: NOW)
    with again.reading() as session:
        assert session.get(Officer, 1).name == "周敏"  # type: ignore[union-attr]
        paper = session.get(Document, 1)
        assert paper
        assert vault.read(again.vault, paper.vault_name, paper.sha256) == b"%PDF-1.7 paper"
    again.close()


def test_the_last_backup_is_remembered_and_today_is_then_done(
    filled: Store, tmp_path: Path
) -> None:
    assert last_backup(filled) is None
    assert not is_due(filled, today=NOW.date())  # the office named no folder yet
    made = back_up(filled, tmp_path / "盘", now=NOW, actor="测试")
    last = last_backup(filled)
    assert last
    assert (last.at, last.path) == (NOW, str(made.path))


def test_a_restore_never_writes_over_an_existing_home(filled: Store, tmp_path: Path) -> None:
    made = back_up(filled, tmp_path / "盘", now=NOW, actor="测试")
    with pytest.raises(StoreTrouble, match="没有覆盖"):
        restore(made.path, filled.home, now=NOW, actor="测试")


def _flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.8, 0.98])
def test_a_damaged_backup_is_refused_or_comes_back_byte_for_byte(
    filled: Store, tmp_path: Path, share: float
) -> None:
    """Some bits of a packed file say nothing (its time, the way back to a run of zeros)."""
    made = back_up(filled, tmp_path / "盘", now=NOW, actor="测试")
    backup.unpack(made.path, tmp_path / "原样")
    _flip(made.path, int(made.path.stat().st_size * share))
    try:
        backup.unpack(made.path, tmp_path / "新家")
    except StoreTrouble:
        assert not (tmp_path / "新家").exists()
    else:
        assert _bytes(tmp_path / "新家") == _bytes(tmp_path / "原样")


def test_a_backup_whose_content_was_changed_is_refused(filled: Store, tmp_path: Path) -> None:
    made = back_up(filled, tmp_path / "盘", now=NOW, actor="测试")
    with zipfile.ZipFile(made.path) as good:
        members = {name: good.read(name) for name in good.namelist()}
    for name, content in members.items():
        changed = content[:-1] + bytes([content[-1] ^ 1])
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as bad:
            for one, kept in members.items():
                bad.writestr(one, changed if one == name else kept)
        with pytest.raises(StoreTrouble):
            restore(tmp_path / "x.zip", tmp_path / "新家", now=NOW, actor="测试")
        assert not (tmp_path / "新家").exists()


def _bytes(home: Path) -> dict[str, bytes]:
    return {str(one.relative_to(home)): one.read_bytes() for one in home.rglob("*.*")}


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil", "vault/../../x", "other.txt"])
def test_a_crafted_archive_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("manifest.json", "{}")
        out.writestr(name, "x")
    with pytest.raises(StoreTrouble, match="不是本程序的备份"):
        restore(path, tmp_path / "新家", now=NOW, actor="测试")


def test_a_text_file_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_text("hello")
    with pytest.raises(StoreTrouble, match="已损坏"):
        restore(path, tmp_path / "新家", now=NOW, actor="测试")


def test_rotation_keeps_days_weeks_months_and_never_touches_others(tmp_path: Path) -> None:
    today = date(2026, 11, 23)
    for age in range(700):
        day = today - timedelta(days=age)
        (tmp_path / f"执法案件管家备份-{day:%Y%m%d}-090000.zip").write_bytes(b"")
    (tmp_path / "家庭照片.zip").write_bytes(b"")
    backup.rotate(tmp_path, today=today)
    left = sorted(one.name for one in tmp_path.iterdir())
    assert "家庭照片.zip" in left
    days = [date.fromisoformat(n[9:17]) for n in left if n.startswith("执法案件管家备份-")]
    assert all(today - timedelta(days=age) in days for age in range(12))
    months = {(d.year, d.month) for d in days}
    assert {(2026, m) for m in range(3, 12)} <= months
    assert {2024, 2025, 2026} == {d.year for d in days}
    assert len(days) < 40


def test_a_backup_onto_nothing_says_what_to_do(filled: Store, tmp_path: Path) -> None:
    blocked = tmp_path / "文件"
    blocked.write_text("not a folder")
    with pytest.raises(StoreTrouble, match="备份没有做成"):
        back_up(filled, blocked / "盘", now=NOW, actor="测试")
