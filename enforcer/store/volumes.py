"""Disks by their label: where “3号硬盘” is attached now, and which one a folder lies on."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_MOUNTS = Path("/proc/self/mounts")
_LABELS = Path("/dev/disk/by-label")
_OCTAL = re.compile(r"\\([0-7]{3})")
_HEX = re.compile(r"\\x([0-9a-f]{2})")
_REMOVABLE = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


@dataclass(frozen=True, slots=True)
class Volume:
    """An attached disk: its label (empty when it has none) and where its tree begins."""

    label: str
    root: Path


def attached() -> list[Volume]:
    """Every disk that can be looked into now."""
    if sys.platform == "win32":
        return _windows()
    labels = _labels()
    found = []
    for device, point in _mounts():
        label = labels.get(os.path.realpath(device), "")
        if not label and str(point).startswith(_REMOVABLE):
            label = point.name  # desktops mount a stick under its label
        found.append(Volume(label, point))
    return found


def volume_of(path: Path, volumes: Iterable[Volume] | None = None) -> Volume:
    """The disk a path lies on: the one whose root is deepest."""
    whole = path.absolute()
    holding = [
        one
        for one in (attached() if volumes is None else volumes)
        if whole.is_relative_to(one.root)
    ]
    return max(holding, key=lambda one: len(one.root.parts), default=Volume("", Path(whole.anchor)))


def find(label: str, last_root: Path, volumes: Iterable[Volume] | None = None) -> Path | None:
    """Where the disk with this label begins now; None while it is not attached.

    A label that the officer gave himself is known by the place it was last seen at.
    """
    known = list(attached() if volumes is None else volumes)
    for one in known:
        if one.label == label:
            return one.root
    return last_root if last_root.is_dir() else None


def _mounts() -> list[tuple[str, Path]]:
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    pairs = (line.split()[:2] for line in lines)
    return [(_plain(device), Path(_plain(point))) for device, point in pairs]


def _plain(text: str) -> str:
    return _OCTAL.sub(lambda found: chr(int(found[1], 8)), text)


def _labels() -> dict[str, str]:
    """Real device path → label, as udev names it."""
    try:
        return {os.path.realpath(one): _unescaped(one.name) for one in _LABELS.iterdir()}
    except OSError:
        return {}


def _unescaped(name: str) -> str:
    r"""Udev writes every byte outside ASCII as \xNN."""
    raw = _HEX.sub(lambda found: chr(int(found[1], 16)), name)
    try:
        return raw.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return raw


def _windows() -> list[Volume]:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    found = []
    for at in range(26):
        if not kernel.GetLogicalDrives() >> at & 1:
            continue
        root = f"{chr(65 + at)}:\\"
        name = ctypes.create_unicode_buffer(261)
        if kernel.GetVolumeInformationW(root, name, 261, None, None, None, None, 0):
            found.append(Volume(name.value, Path(root)))
    return found
