"""Imports that were carried out, and which of their rows have been used since."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, select

from enforcer import models
from enforcer.models import AuditEntry, ImportSpan, LedgerImport
from enforcer.queries import frozen_reports, imports_relied
from enforcer.queries.frozen_reports import unspanned
from enforcer.queries.looking import Where, looking
from enforcer.queries.statistics_rows import RowKind, rows_behind
from enforcer.store.audit import canonical
from enforcer.terms import ImportState

OWN_RULE = "本机关内部规定"
LABELS = {
    "notice": "告知书",
    "enforcement_case": "案件",
    "decision": "处罚决定",
    "payment": "缴款记录",
    "guidance": "宣传教育记录",
    "officer": "执法人员",
    "certificate": "执法证",
    "recorder": "执法仪",
    "party": "当事人",
    "lead": "线索",
    "local_amount": "本地罚款幅度",
    "discretion_tier": "裁量阶次",
    "list_row": "清单事项",
    "holiday_notice": "放假通知",
}
_NAMED_BY = ("number", "name", "item", "document")
_TABLE = {
    RowKind.DECISION: "decision",
    RowKind.CASE: "enforcement_case",
    RowKind.PAYMENT: "payment",
    RowKind.NOTICE: "notice",
    RowKind.VEHICLE: "notice",
    RowKind.GUIDANCE: "guidance",
    RowKind.LEAD: "lead",
}
_SHARED = frozenset({"party"})
"""Rows others may lean on: they stay behind when the rest is taken back, and refuse nothing."""
_WRITTEN = ("update", "print", "export", "reprint")
PORTION = 400


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import as its list shows it."""

    id: int
    kind: str
    source: str
    sheet: str
    taken_at: datetime
    taken_by: str
    read: int
    taken: int
    known: int
    refused: int
    state: ImportState
    undone_at: datetime | None
    undone_by: str
    undo_reason: str


@dataclass(frozen=True, slots=True)
class Use:
    """A row of an import that was used: what it is, its number, how."""

    label: str
    number: str
    how: str


def import_ids(where: Where) -> list[int]:
    """Every import, the latest first."""
    with looking(where) as session:
        found = session.exec(select(LedgerImport.id).order_by(col(LedgerImport.id).desc()))
        return [one for one in found if one is not None]


def import_rows(where: Where, ids: Sequence[int]) -> list[ImportRow]:
    """These imports."""
    with looking(where) as session:
        found = session.exec(select(LedgerImport).where(col(LedgerImport.id).in_(ids)))
        left_out = {"uid", "audit_id", "replaced"}
        return [ImportRow(**one.model_dump(exclude=left_out)) for one in found]


def spans(where: Where, import_id: int) -> list[tuple[str, int, int]]:
    """Table, first and last id of the rows an import made and that are still its own."""
    with looking(where) as session:
        found = session.exec(
            select(ImportSpan)
            .where(ImportSpan.import_id == import_id)
            .order_by(ImportSpan.table_name, col(ImportSpan.first_id))
        )
        return [(one.table_name, one.first_id, one.last_id) for one in found]


def can_be_undone(where: Where, import_id: int) -> bool:
    """Whether it was written down what the import made or wrote over."""
    with looking(where) as session:
        row = session.get(LedgerImport, import_id)
        return row is not None and bool(row.replaced or spans(session, import_id))


def uses(where: Where, import_id: int) -> list[Use]:
    """Rows of an import that were written on, referred to, or counted in a frozen report since."""
    with looking(where) as session:
        row = session.get(LedgerImport, import_id)
        if row is None:
            return []
        own = _Own(spans(session, import_id))
        how: dict[tuple[str, int], str] = {}
        _written_on(session, row, own, how)
        _replaced_again(session, row, how)
        _referred_to(session, own, how)
        since = imports_relied.Since(session, row.audit_id, row.taken_at, own.holds)
        for table, key, said in imports_relied.relied_on(since, own.spans, row.replaced or {}):
            how.setdefault((table, key), said)
        _frozen(session, own, how)
        return _told(session, how)


class _Own:
    """The rows of one import, asked for by table and id."""

    def __init__(self, found: Iterable[tuple[str, int, int]]) -> None:
        self.spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for table, first, last in found:
            self.spans[table].append((first, last))
        self._starts = {name: [one[0] for one in runs] for name, runs in self.spans.items()}

    def holds(self, table: str, row: int) -> bool:
        runs = self.spans.get(table)
        if not runs:
            return False
        at = bisect_right(self._starts[table], row) - 1
        return at >= 0 and runs[at][0] <= row <= runs[at][1]


def _written_on(
    session: Session, row: LedgerImport, own: _Own, how: dict[tuple[str, int], str]
) -> None:
    """Printed, voided, corrected, given an outcome: whatever the log says of a row since."""
    asked = (
        select(AuditEntry.table_name, AuditEntry.row_id, AuditEntry.action)
        .where(
            col(AuditEntry.id) > row.audit_id,
            col(AuditEntry.table_name).in_(list(own.spans)),
            col(AuditEntry.action).in_(_WRITTEN),
        )
        .execution_options(yield_per=5000)
    )
    for table, key, action in session.exec(asked):
        if table not in _SHARED and key.isdigit() and own.holds(table, int(key)):
            said = "已经打印过" if action in ("print", "reprint") else "导入以后改动或者办理过"
            how.setdefault((table, int(key)), said)


def _replaced_again(session: Session, row: LedgerImport, how: dict[tuple[str, int], str]) -> None:
    """A row it wrote over that no longer says what it wrote cannot be given back."""
    tables = SQLModel.metadata.tables
    for table, rows in replaced(row).items():
        for key, columns in rows.items():
            held = tables[table].c
            asked = select_columns(*(held[name] for name in columns)).where(held.id == key)
            now = session.execute(asked).one()
            if any(
                as_logged(one) != after
                for one, (_, after) in zip(now, columns.values(), strict=True)
            ):
                how.setdefault((table, key), "导入以后改动或者办理过")


def replaced(row: LedgerImport) -> dict[str, dict[int, dict[str, list[Any]]]]:
    """What an import wrote over, by table and id: each column before and after."""
    models.load_all()
    said: Any = row.replaced or {}
    return {table: {int(key): one for key, one in rows.items()} for table, rows in said.items()}


def as_logged(value: object) -> object:
    """A value as the log keeps it."""
    return json.loads(canonical({"it": value}))["it"]


def _pointing(table: str) -> list[tuple[Table, Column[int]]]:
    """Every column of another row that names a row of this table."""
    models.load_all()
    return [
        (other, column)
        for other in SQLModel.metadata.sorted_tables
        for column in other.columns
        for key in column.foreign_keys
        if key.column.table.name == table
    ]


def _pointed_at(
    session: Session, table: str, runs: Sequence[tuple[int, int]]
) -> Iterable[tuple[int, str, int]]:
    """Rows of these runs that another row names: the id, the other table, the other row."""
    for other, column in _pointing(table):
        if other.name in ("import_span",):
            continue
        for start in range(0, len(runs), PORTION):
            within = or_(*(column.between(a, z) for a, z in runs[start : start + PORTION]))
            for row, key in session.execute(select_columns(column, other.c.id).where(within)):
                yield row, other.name, key


def _referred_to(session: Session, own: _Own, how: dict[tuple[str, int], str]) -> None:
    for table, runs in own.spans.items():
        if table in _SHARED:
            continue
        for row, other, key in _pointed_at(session, table, runs):
            if not own.holds(other, key):
                said = "已经登记了缴款" if other == "payment" else "已经被别的记录引用"
                how.setdefault((table, row), said)


def still_pointed_at(where: Where, table: str, runs: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Rows others lean on; asked once what the import itself made is gone."""
    if table not in _SHARED:
        return frozenset()
    with looking(where) as session:
        return frozenset(row for row, _, _ in _pointed_at(session, table, runs))


def _frozen(session: Session, own: _Own, how: dict[tuple[str, int], str]) -> None:
    for report in frozen_reports.frozen_reports(session):
        first, last = report.period.first, report.period.last
        for key, text in report.rows.items():
            if not text:
                continue
            table = _TABLE.get(rows_behind(session, key, first, last).kind, "")
            if table not in own.spans:
                continue
            for row in unspanned(text):
                if own.holds(table, row):
                    said = f"已经计入锁定上报的报表（{report.period.label}）"
                    how.setdefault((table, row), said)


def _told(session: Session, how: Mapping[tuple[str, int], str]) -> list[Use]:
    models.load_all()
    tables = SQLModel.metadata.tables
    by_table: dict[str, list[int]] = defaultdict(list)
    for table, row in how:
        by_table[table].append(row)
    names: dict[tuple[str, int], str] = {}
    for table, ids in by_table.items():
        held = tables[table].columns
        column = next((held[one] for one in _NAMED_BY if one in held), None)
        if column is None:
            continue
        for start in range(0, len(ids), PORTION):
            portion = held.id.in_(ids[start : start + PORTION])
            for key, name in session.execute(select_columns(held.id, column).where(portion)):
                names[table, key] = str(name)
    return [
        Use(
            LABELS.get(table, table),
            f"“{names[table, row]}”" if (table, row) in names else "",
            said,
        )
        for (table, row), said in sorted(how.items())
    ]
