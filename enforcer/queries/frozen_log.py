"""What the log says of the rows behind a frozen report since: the deed, what it wrote, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlmodel import Session, col, select

from enforcer.course_terms import LeadOutcome, LeadSource
from enforcer.models import AuditEntry
from enforcer.money import yuan
from enforcer.terms import (
    Discretion,
    GuidanceKind,
    NoticeOutcome,
    NoticeState,
    Origin,
    Procedure,
    Stage,
    Term,
)

__all__ = ["Deed", "Log", "Way"]


class Way(StrEnum):
    """How a row came, changed or went."""

    ENTERED = "entered"
    BACKFILLED = "backfilled"
    IMPORTED = "imported"
    CHANGED = "changed"
    TAKEN_BACK = "taken_back"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Deed:
    """What the log says of a row since: when, by whom, by which operation, what it wrote, why."""

    at: datetime
    actor: str
    operation: str
    words: str = ""
    way: Way = Way.CHANGED


_IMPORTS: Final = frozenset({"import_ledger", "import_mapped"})
_BESIDE: Final = ("ledger_import", "step_trace")
"""Rows of the same transaction that say why, or from where."""
_TELLING: Final = ("void_reason", "revocation_reason", "undo_reason", "reason", "note")
_COLUMNS: Final[Mapping[str, str]] = {
    "plate": "号牌",
    "noticed_on": "告知日期",
    "place": "地点",
    "outcome": "处置结果",
    "state": "状态",
    "decided_on": "决定日期",
    "revoked_on": "撤销日期",
    "fine_fen": "罚款",
    "confiscated_fen": "没收",
    "kinds": "处罚种类",
    "discretion": "裁量",
    "procedure": "程序",
    "paid_on": "缴款日期",
    "amount_fen": "缴款金额",
    "additional_fen": "加处罚款",
    "occurred_on": "日期",
    "kind": "方式",
    "quantity": "数量",
    "filed_on": "立案日期",
    "closed_on": "结案日期",
    "stage": "阶段",
    "received_on": "收到日期",
    "source": "来源",
    "outcome_on": "处理日期",
    "replied_on": "答复日期",
    "voided_on": "作废日期",
    "happened_on": "日期",
}
"""Columns that figures are counted by, as an officer calls them."""
_TERMS: Final[Mapping[str, tuple[type[Term], ...]]] = {
    "state": (NoticeState,),
    "outcome": (NoticeOutcome, LeadOutcome),
    "kind": (GuidanceKind,),
    "discretion": (Discretion,),
    "procedure": (Procedure,),
    "stage": (Stage,),
    "source": (LeadSource,),
}


class Log:
    """The entries after a report was frozen, found by table and row; read once, when asked."""

    def __init__(self, session: Session, after: int, tables: Sequence[str]) -> None:
        self._session, self._after, self._tables = session, after, tables
        self._single: dict[tuple[str, str], list[tuple[int, Deed]]] | None = None
        self._bulk: list[tuple[str, Sequence[int], int, Deed]] = []

    def deeds(self, table: str, row: int, *, here: bool = True) -> tuple[Deed, ...]:
        """What was done to a row, the earliest first; of one that is here, since its number was free.

        A number that an undone import has set free is given again to the next row.
        """
        found = list(self._entries.get((table, str(row)), ()))
        found += [
            (entry, deed)
            for name, keys, entry, deed in self._bulk
            if name == table and (keys[0] <= row <= keys[-1] if len(keys) == 2 else row in keys)
        ]
        ordered = [deed for _, deed in sorted(found, key=lambda one: one[0])]
        gone = [at for at, deed in enumerate(ordered) if deed.way is Way.UNDONE]
        return tuple(ordered[gone[-1] + 1 :] if here and gone else ordered)

    def undone(self, table: str) -> tuple[Deed, ...]:
        """Imports taken back since that had brought rows of a table; each once."""
        found = {
            (deed.at, deed.operation): deed
            for (name, _), deeds in self._entries.items()
            for _, deed in deeds
            if name == table and deed.way is Way.UNDONE
        }
        return tuple(sorted(found.values(), key=lambda one: one.at))

    @property
    def _entries(self) -> Mapping[tuple[str, str], list[tuple[int, Deed]]]:
        if self._single is None:
            self._single = {}
            self._read(self._single)
        return self._single

    def _read(self, single: dict[tuple[str, str], list[tuple[int, Deed]]]) -> None:
        beside = self._beside()
        asked = select(AuditEntry).where(
            col(AuditEntry.id) > self._after, col(AuditEntry.table_name).in_(self._tables)
        )
        for entry in self._session.exec(asked):
            said = json.loads(entry.changes)
            deed = _deed(entry, said, beside.get((entry.at, entry.operation), {}))
            number = entry.id or 0
            if entry.action == "bulk_insert":
                self._bulk.append((entry.table_name, said["keys"], number, deed))
            else:
                single.setdefault((entry.table_name, entry.row_id), []).append((number, deed))

    def _beside(self) -> dict[tuple[datetime, str], dict[str, str]]:
        """Reason and source of each transaction that wrote them into a row of their own."""
        found: dict[tuple[datetime, str], dict[str, str]] = {}
        sources: dict[str, str] = {}
        asked = select(AuditEntry).where(col(AuditEntry.table_name).in_(_BESIDE))
        for entry in self._session.exec(asked.order_by(col(AuditEntry.id))):
            said = json.loads(entry.changes)
            if entry.table_name == "ledger_import" and entry.action == "insert":
                sources[entry.row_id] = str(said.get("source", ""))
            if entry.id is None or entry.id <= self._after:
                continue
            about = found.setdefault((entry.at, entry.operation), {})
            about["why"] = _reason(said)
            if entry.table_name == "ledger_import":
                about["source"] = sources.get(entry.row_id, "")
        return found


def _deed(entry: AuditEntry, said: Mapping[str, Any], beside: Mapping[str, str]) -> Deed:
    way = _way(entry, said)
    parts = [f"“{beside['source']}”"] if beside.get("source") else []
    parts.append(_reason(said) or beside.get("why", ""))
    if entry.action == "update":
        parts += _changed(said)
    return Deed(entry.at, entry.actor, entry.operation, "，".join(filter(None, parts)), way)


def _way(entry: AuditEntry, said: Mapping[str, Any]) -> Way:
    if entry.action == "delete":
        return Way.UNDONE
    if entry.action == "update":
        taken_back = said.get("taken_back_at")
        return Way.TAKEN_BACK if taken_back and taken_back[1] else Way.CHANGED
    if entry.operation in _IMPORTS:
        return Way.IMPORTED
    older = said.get("origin") == Origin.BACKFILLED or bool(said.get("backfilled"))
    return Way.BACKFILLED if older else Way.ENTERED


def _changed(said: Mapping[str, Any]) -> list[str]:
    """What stood there and what stands there now, for the columns that are counted."""
    return [
        f"{label}由{_shown(name, said[name][0])}改为{_shown(name, said[name][1])}"
        for name, label in _COLUMNS.items()
        if name in said
    ]


def _shown(name: str, value: Any) -> str:
    if value in (None, "", []):
        return "空白"
    if name.endswith("_fen"):
        return f"{yuan(int(value))}元"
    for kind in _TERMS.get(name, ()):
        for one in kind:
            if one.value == value:
                return f"“{one.label}”"
    return f"“{value}”" if isinstance(value, str) and not name.endswith("_on") else str(value)


def _reason(said: Mapping[str, Any]) -> str:
    """The reason that was written, when there is one."""
    for name in _TELLING:
        given = said.get(name)
        text = given[1] if isinstance(given, list) else given
        if text:
            return str(text)
    return ""
