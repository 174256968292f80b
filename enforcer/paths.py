"""Where things lie: shipped resources, the data home and what is in it."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from enforcer.errors import StoreTrouble

DATABASE_NAME = "enforcer.db"
NETWORK_SYSTEMS = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "fuse.sshfs",
    "davfs",
    "ncpfs",
}


@cache
def resources() -> Path:
    """The folder `resources/`: beside the package in a checkout, inside it once installed."""
    inside = Path(__file__).parent / "resources"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "resources"


def default_home() -> Path:
    """The data home when `--home` is not given: the local (never the roaming) data folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir("Enforcer", appauthor=False, roaming=False))


def database(home: Path) -> Path:
    return home / DATABASE_NAME


def vault(home: Path) -> Path:
    return home / "vault"


def lock(home: Path) -> Path:
    return home / "window.lock"


def no_place_for(target: Path) -> str:
    """Why a paper must not be put here, as the middle of a sentence; empty when it may."""
    if target.name.startswith(DATABASE_NAME):
        return "是数据库的名字"
    if target.exists() and not target.is_file() and not target.is_dir():
        return "是设备，不是普通文件"  # a rename would take the device's place
    return ""


def refuse_network(home: Path) -> None:
    """Raise StoreTrouble when `home` lies on a network drive (SQLite's locks do not hold there)."""
    if reason := _network_reason(home):
        raise StoreTrouble(
            f"数据目录“{home}”在{reason}上。数据库放在网络盘上会丢失或损坏记录，已拒绝打开。"
            "请用 --home 选择本机硬盘上的目录；多台电脑共用请改用服务器方式。"
        )


def _network_reason(home: Path) -> str:
    text = str(home)
    if sys.platform == "win32":
        if text.startswith(("\\\\", "//")):
            return "网络共享路径"
        import ctypes

        drive = os.path.splitdrive(str(home.absolute()))[0] + "\\"
        return "映射的网络驱动器" if ctypes.windll.kernel32.GetDriveTypeW(drive) == 4 else ""
    return "网络文件系统" if _system_of(home) in NETWORK_SYSTEMS else ""


def _system_of(home: Path) -> str:
    """File system type of the mount that holds `home` (Linux); empty when it cannot be told."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return ""
    target, best, found = str(home.absolute()), "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split()
        point = parts[1].replace("\\040", " ")
        inside = target == point or target.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, found = point, parts[2]
    return found
