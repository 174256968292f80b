"""A case as one file: a zip of rows, papers, evidence list, hashes and a page that anyone can read.

Every member is named in the manifest with its SHA-256; a file with a member too many, too few or
altered is refused as a whole.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from enforcer.errors import Trouble, reason

FORMAT = 1
SUFFIX = ".zip"
MANIFEST, ROWS, SUMMARY, HASHES = "manifest.json", "rows.json", "案件摘要.html", "hashes.txt"
MOST_BYTES = 4_000_000_000
_FILE = re.compile(r"papers/[0-9a-f]{64}\.[a-z0-9]{1,5}")
_TOP = frozenset({MANIFEST, ROWS, SUMMARY, HASHES})


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What a case file holds; `files` are the kept papers by SHA-256."""

    manifest: Mapping[str, Any]
    rows: Mapping[str, Any]
    files: Mapping[str, bytes]
    sha256: str


def packed(
    manifest: Mapping[str, Any],
    rows: Mapping[str, Any],
    files: Mapping[str, bytes],
    summary: str,
) -> bytes:
    """Make the zip; `files` are named by hash and suffix: `<sha256>.pdf`."""
    members = {
        ROWS: json.dumps(rows, ensure_ascii=False, indent=1).encode(),
        SUMMARY: summary.encode(),
        **{f"papers/{name}": data for name, data in files.items()},
    }
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}
    said = {"format": FORMAT, **manifest, "members": digests}
    members[MANIFEST] = json.dumps(said, ensure_ascii=False, indent=1).encode()
    digests[MANIFEST] = hashlib.sha256(members[MANIFEST]).hexdigest()
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    members[HASHES] = lines.encode()
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


def opened(path: Path) -> CaseFile:
    """Read a case file whole, every hash checked; Trouble says what is wrong with it."""
    bad = f"“{path.name}”不是案件文件，或者已经损坏"
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Trouble(f"“{path.name}”太大，没有打开。请确认选对了文件。")
        data = path.read_bytes()
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = _members(archive, bad)
    except OSError as error:
        raise Trouble(f"“{path.name}”读不出来：{reason(error)}。请检查后再试。") from error
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
        raise Trouble(f"{bad}，没有打开。请向原单位重新索取。") from error
    manifest, rows = _json(members, MANIFEST, bad), _json(members, ROWS, bad)
    if manifest.get("format") != FORMAT:
        raise Trouble(f"“{path.name}”是更新版本的程序做的，没有打开。请先升级本机的程序。")
    _check(manifest, members, path.name)
    papers = {
        name.removeprefix("papers/").partition(".")[0]: data
        for name, data in members.items()
        if name.startswith("papers/")
    }
    return CaseFile(manifest, rows, papers, hashlib.sha256(data).hexdigest())


def _members(archive: zipfile.ZipFile, bad: str) -> dict[str, bytes]:
    infos = archive.infolist()
    names = [one.filename for one in infos]
    strange = [one for one in names if one not in _TOP and not _FILE.fullmatch(one)]
    if strange or len(set(names)) != len(names):
        raise Trouble(f"{bad}：里面有不认识的内容，没有打开。")
    if sum(one.file_size for one in infos) > MOST_BYTES:
        raise Trouble(f"{bad}：展开后太大，没有打开。")
    return {one.filename: archive.read(one) for one in infos}


def _json(members: Mapping[str, bytes], name: str, bad: str) -> dict[str, Any]:
    try:
        found = json.loads(members[name])
    except (KeyError, ValueError, RecursionError) as error:
        raise Trouble(f"{bad}：缺少内容，没有打开。请向原单位重新索取。") from error
    if not isinstance(found, dict):
        raise Trouble(f"{bad}：内容不对，没有打开。")
    return found


def _check(manifest: Mapping[str, Any], members: Mapping[str, bytes], name: str) -> None:
    """Every member is there, unaltered, and named."""
    said = manifest.get("members")
    there = {one for one in members if one not in (MANIFEST, HASHES)}
    if not isinstance(said, dict) or set(said) != there:
        raise Trouble(f"“{name}”里的文件与它的清单不一致，没有打开。请向原单位重新索取。")
    for one in sorted(there):
        if hashlib.sha256(members[one]).hexdigest() != said[one]:
            raise Trouble(f"“{name}”里的“{one}”与校验值不符，已被改动，没有打开。")
