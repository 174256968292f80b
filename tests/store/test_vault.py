"""Kept files: whole or absent, and never silently changed."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from enforcer.errors import VaultTrouble
from enforcer.store import vault


def test_what_is_kept_can_be_read_back(tmp_path: Path) -> None:
    kept = vault.keep(tmp_path, b"%PDF", suffix=".pdf")
    assert vault.read(tmp_path, kept.name, kept.sha256) == b"%PDF"


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    kept = vault.keep(tmp_path, b"%PDF", suffix=".pdf")
    (tmp_path / kept.name).write_bytes(b"%PDX")
    with pytest.raises(VaultTrouble, match="已被改动"):
        vault.read(tmp_path, kept.name, kept.sha256)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(VaultTrouble, match="不见了"):
        vault.read(tmp_path, "x.pdf", "0")


def test_nothing_is_overwritten_unless_asked(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    vault.publish(target, [b"one"])
    with pytest.raises(VaultTrouble, match="已经存在"):
        vault.publish(target, [b"two"])
    vault.publish(target, [b"two"], replace=True)
    assert target.read_bytes() == b"two"


def test_a_full_disk_leaves_the_old_file_and_no_remains(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    vault.publish(target, [b"one"])

    def filling() -> Iterator[bytes]:
        yield b"two"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(VaultTrouble, match="磁盘已满"):
        vault.publish(target, filling(), replace=True)
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]
    assert target.read_bytes() == b"one"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(VaultTrouble, match="不存在"):
        vault.publish(tmp_path / "gone" / "a.pdf", [b"x"])


def test_half_written_files_are_swept(tmp_path: Path) -> None:
    (tmp_path / ".a.pdf.1234.part").write_bytes(b"half")
    vault.keep(tmp_path, b"whole", suffix=".pdf")
    assert vault.sweep(tmp_path) == 1
    assert len(list(tmp_path.iterdir())) == 1
