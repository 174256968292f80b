"""A register as a workbook: in the headers it can be taken in again with, and in the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from enforcer.exchange.cellwriting import ColumnKind
from enforcer.exchange.export import Column, Sheet, Written, write_table
from enforcer.operations.registry import operation
from enforcer.queries import parties, registers
from enforcer.store import audit
from enforcer.store.database import Store
from enforcer.terms import GuidanceKind

Cells = list[Sequence[object]]
_TEXT, _ID, _DAY, _COUNT = (
    ColumnKind.TEXT,
    ColumnKind.ID,
    ColumnKind.DATE,
    ColumnKind.COUNT,
)


class ExportRegisterForm(BaseModel):
    """Which register, and the file it goes to; `overwrite` was asked before."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    kind: Literal["officers", "recorders", "parties", "vehicles", "education"] = Field(title="台账")
    path: Path = Field(title="文件")
    search: str = Field(default="", title="查找")
    guidance: GuidanceKind | None = Field(default=None, title="方式")
    first: date | None = Field(default=None, title="从哪一天起")
    last: date | None = Field(default=None, title="到哪一天止")
    overwrite: bool = False


@operation("导出台账", ExportRegisterForm)
def export_register(
    store: Store,
    form: ExportRegisterForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> Written:
    """Write what the list shows as an Excel workbook; who took it out stands in the log."""
    title, columns, rows = _REGISTERS[form.kind]
    with store.reading() as session:
        cells = rows(session, form)
    sheet = Sheet(title, [Column(name, kind) for name, kind in columns], cells)
    written = write_table(form.path, [sheet], overwrite=form.overwrite, made_at=now)
    with store.unit(actor=actor, operation="export_register") as session:
        say = {"kind": form.kind, "file": form.path.name, "rows": written.rows}
        audit.note(session, "export", table="", row="", say=say)
    return written


def _officers(session: Session, form: ExportRegisterForm) -> Cells:
    """One line for each certificate; who has none has one line without."""
    found: Cells = []
    ids = registers.officer_ids(session, search=form.search, retired=True)
    for one in registers.officer_rows(session, ids):
        for held in one.certificates or (None,):
            found.append(
                [
                    one.name,
                    held.number if held else "",
                    held.issued_on if held else None,
                    held.valid_until if held else None,
                    one.post,
                    one.phone,
                    "在岗" if one.active else "离岗",
                    one.recorder,
                    one.note,
                ]
            )
    return found


def _recorders(session: Session, form: ExportRegisterForm) -> Cells:
    ids = registers.recorder_ids(session, search=form.search, retired=True)
    return [
        [one.number, one.model, one.officer_name, one.in_use_from, one.state, one.note]
        for one in registers.recorder_rows(session, ids)
    ]


def _parties(session: Session, form: ExportRegisterForm) -> Cells:
    return [
        [
            one.name,
            one.kind,
            one.id_kind,
            one.id_number,
            one.id_reason,
            one.sex,
            one.born_on,
            one.address,
            one.postcode,
            one.phone,
            one.legal_representative,
            one.position,
            one.cases,
            one.note,
        ]
        for one in parties.party_rows(session, parties.party_ids(session, search=form.search))
    ]


def _vehicles(session: Session, form: ExportRegisterForm) -> Cells:
    return [
        [one.plate, one.plate_kind, one.plate_colour, one.make, one.owner_name, one.note]
        for one in parties.vehicle_rows(session, parties.vehicle_ids(session, search=form.search))
    ]


def _education(session: Session, form: ExportRegisterForm) -> Cells:
    return [
        [one.occurred_on, one.kind, one.place_or_target, one.quantity, one.officers, one.note]
        for one in parties.guidance_rows(
            session,
            parties.guidance_ids(
                session, search=form.search, kind=form.guidance, first=form.first, last=form.last
            ),
        )
    ]


Columns = tuple[tuple[str, ColumnKind], ...]
_REGISTERS: dict[str, tuple[str, Columns, Callable[[Session, ExportRegisterForm], Cells]]] = {
    "officers": (
        "执法人员台账",
        (
            ("姓名", _TEXT),
            ("执法证号", _ID),
            ("发证日期", _DAY),
            ("有效期至", _DAY),
            ("岗位", _TEXT),
            ("联系电话", _ID),
            ("在岗", _TEXT),
            ("执法仪", _ID),
            ("备注", _TEXT),
        ),
        _officers,
    ),
    "recorders": (
        "执法仪台账",
        (
            ("设备编号", _ID),
            ("型号", _TEXT),
            ("配发给", _TEXT),
            ("启用日期", _DAY),
            ("状态", _TEXT),
            ("备注", _TEXT),
        ),
        _recorders,
    ),
    "parties": (
        "当事人台账",
        (
            ("姓名或者名称", _TEXT),
            ("类别", _TEXT),
            ("证件种类", _TEXT),
            ("证件号码", _ID),
            ("号码存疑说明", _TEXT),
            ("性别", _TEXT),
            ("出生日期", _DAY),
            ("住址或者住所", _TEXT),
            ("邮政编码", _ID),
            ("联系电话", _ID),
            ("法定代表人或者负责人", _TEXT),
            ("职务", _TEXT),
            ("案件", _COUNT),
            ("备注", _TEXT),
        ),
        _parties,
    ),
    "vehicles": (
        "车辆台账",
        (
            ("号牌号码", _ID),
            ("号牌种类", _TEXT),
            ("号牌颜色", _TEXT),
            ("厂牌车型", _TEXT),
            ("所有人", _TEXT),
            ("备注", _TEXT),
        ),
        _vehicles,
    ),
    "education": (
        "宣传教育台账",
        (
            ("日期", _DAY),
            ("方式", _TEXT),
            ("地点或对象", _TEXT),
            ("数量", _COUNT),
            ("执法人员", _TEXT),
            ("备注", _TEXT),
        ),
        _education,
    ),
}
