"""录像台账: what lies in a folder of second copies, as a workbook to read and a file to restore by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from enforcer.exchange.cellwriting import ColumnKind
from enforcer.exchange.export import Column, Sheet, write_table
from enforcer.exchange.media_names import CHINA
from enforcer.models import EvidenceFile
from enforcer.operations.evidence_exports import belongs
from enforcer.queries.evidence import FileRow
from enforcer.queries.evidence_states import all_rows
from enforcer.store import recordings
from enforcer.store.database import Store
from enforcer.store.recordings import Place

COLUMNS = {
    "name": Column("文件", ColumnKind.ID),
    "recorder": Column("执法仪", ColumnKind.ID),
    "officer": Column("拍摄人"),
    "begins_at": Column("开始时间"),
    "ends_at": Column("结束时间"),
    "where": Column("地点"),
    "belongs": Column("归属"),
    "size": Column("大小(字节)", ColumnKind.COUNT),
    "sha256": Column("SHA-256", ColumnKind.ID),
    "sm3": Column("SM3", ColumnKind.ID),
    "file": Column("副本在这个文件夹里的位置", ColumnKind.ID),
    "taken_at": Column("入库时间"),
}


def write_lists(
    store: Store, place: Place, there: Mapping[str, Path], *, now: datetime
) -> dict[str, dict[str, Any]]:
    """Write the list of every copy that lies there; what another office put there stays on it."""
    before = recordings.listed(place)
    with store.reading() as session:
        asked = select(EvidenceFile.id).order_by(col(EvidenceFile.id))
        ids = [one for one in session.exec(asked) if one is not None]
    ours = {one.sha256: one for one in all_rows(store, ids) if one.sha256 in there}
    found: dict[str, dict[str, Any]] = {}
    for sha256, path in sorted(there.items()):
        row = ours.get(sha256)
        said = _said(row) if row else before.get(sha256, {"sha256": sha256, "name": path.name})
        found[sha256] = said | {"file": path.relative_to(place.root).as_posix()}
    made_at = now.astimezone(CHINA).isoformat(timespec="seconds")
    recordings.write_list(place, {"format": 1, "made_at": made_at, "files": list(found.values())})
    sheet = Sheet(
        "录像台账",
        tuple(COLUMNS.values()),
        [[one.get(key, "") for key in COLUMNS] for one in found.values()],
    )
    write_table(place.root / recordings.BOOK, [sheet], overwrite=True, made_at=now)
    return found


def _said(row: FileRow) -> dict[str, Any]:
    return {
        "sha256": row.sha256,
        "sm3": row.sm3,
        "name": row.name,
        "size": row.size,
        "recorder": row.recorder,
        "officer": row.officer,
        "begins_at": _moment(row.begins_at),
        "ends_at": _moment(row.ends_at),
        "where": row.place,
        "belongs": belongs(row),
        "taken_at": _moment(row.taken_at),
    }


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}" if at else ""
