"""The log: every insert, change and deletion, chained by hash, written by the session itself."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Text, event, func, insert, inspect, select, type_coerce
from sqlalchemy.orm import Session, UOWTransaction

from enforcer.models import AuditEntry, Draft

GENESIS = "0" * 64
_UNLOGGED = (AuditEntry, Draft)  # a draft is not a deed
_BATCH = 5000


def listen(session: Session) -> None:
    """Make `session` log what it does; `session.info` carries actor, operation and clock."""
    session.info.update(records=[], tables=set(), logged=0)
    event.listen(session, "before_flush", _refuse_edits)
    event.listen(session, "after_flush", _collect)
    event.listen(session, "before_commit", _write)


def note(session: Session, action: str, *, table: str, row: str, say: Mapping[str, Any]) -> None:
    """Log a deed that is no row change: a print, an export, a bulk import, a look at evidence."""
    session.info["records"].append((action, table, row, canonical(say)))


def canonical(value: Mapping[str, Any]) -> str:
    """The one JSON text of a value: sorted keys, no spaces, dates in ISO form."""
    return _ENCODE(value)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    return value.isoformat() if isinstance(value, date) else str(value)


_ENCODE = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
).encode


def _refuse_edits(session: Session, _context: UOWTransaction, _instances: object) -> None:
    for row in (*session.dirty, *session.deleted):
        assert not isinstance(row, AuditEntry), "the log is append-only"


def _collect(session: Session, _context: UOWTransaction) -> None:
    records = session.info["records"]
    for action, rows in (
        ("insert", session.new),
        ("update", session.dirty),
        ("delete", session.deleted),
    ):
        for row in rows:
            state = inspect(row)
            table = state.mapper.local_table.name
            session.info["tables"].add(table)
            if isinstance(row, _UNLOGGED):
                continue
            changes = _changes(state, action)
            if changes or action == "delete":
                key = state.identity or state.mapper.primary_key_from_instance(row)
                records.append((action, table, str(key[0]), canonical(changes)))


def _changes(state: Any, action: str) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for attribute in state.mapper.column_attrs:
        name = attribute.key
        if action == "insert":
            value = state.dict.get(name)
            if value not in (None, ""):
                changes[name] = kept(attribute.columns[0], value)
            continue
        history = state.attrs[name].history
        if history.has_changes():
            before = history.deleted[0] if history.deleted else None
            now = history.added[0] if history.added else None
            changes[name] = [kept(attribute.columns[0], one) for one in (before, now)]
    return changes


def kept(column: Any, value: object) -> object:
    """A value as the log holds it: of a secret column only its seal, which proves it unchanged."""
    if value and column is not None and column.info.get("secret"):
        return seal({column.name: value})
    return value


def _write(session: Session) -> None:
    session.flush()
    records = session.info["records"]
    if records:
        head = append(
            session.connection(),
            records,
            at=session.info["now"],
            actor=session.info["actor"],
            operation=session.info["operation"],
        )
        session.info["logged"] += len(records)
        session.info["records"] = []
        session.info["tables"].add("audit_entry")
        session.info["head"] = head


def append(
    connection: Connection,
    records: Iterable[tuple[str, str, str, str]],
    *,
    at: datetime,
    actor: str,
    operation: str,
) -> str:
    """Write (action, table, row, changes) records behind the chain's head; return the new head."""
    table = AuditEntry.__table__  # type: ignore[attr-defined]
    last = connection.execute(select(table.c.hash).order_by(table.c.id.desc()).limit(1)).scalar()
    head = last or GENESIS
    stamp = at.astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000)
    rows = []
    for action, name, row, changes in records:
        entry = {
            "at": stamp,
            "actor": actor,
            "operation": operation,
            "action": action,
            "table_name": name,
            "row_id": row,
            "changes": changes,
            "previous_hash": head,
        }
        head = digest(entry)
        rows.append(entry | {"hash": head})
    connection.execute(insert(table), rows)
    return head


def digest(entry: Mapping[str, Any]) -> str:
    """SHA-256 of an entry's fields in a fixed order, one a line, the previous hash first."""
    at = entry["at"].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    parts = (
        entry["previous_hash"],
        at,
        entry["actor"],
        entry["operation"],
        entry["action"],
        entry["table_name"],
        entry["row_id"],
        entry["changes"],
    )
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a walk over the log found; `problems` are Chinese sentences."""

    entries: int
    head: str
    problems: tuple[str, ...]


def verify(session: Session, note: Callable[[int, int], None] | None = None) -> ChainReport:
    """Walk the whole chain: each hash again, each link, each number in turn."""
    table = AuditEntry.__table__  # type: ignore[attr-defined]
    head, expected, count = GENESIS, 1, 0
    problems: list[str] = []
    columns = [type_coerce(one, Text) if one.name == "at" else one for one in table.columns]
    total = session.execute(select(func.max(table.c.id))).scalar() or 0
    for row in session.execute(
        select(*columns).order_by(table.c.id).execution_options(yield_per=_BATCH)
    ).mappings():
        count += 1
        if note is not None and count % _BATCH == 0:
            note(count, total)
        if row["id"] != expected:
            problems.append(f"操作记录第 {expected} 条起缺失，下一条是第 {row['id']} 条。")
            expected = row["id"]
        if row["previous_hash"] != head:
            problems.append(f"操作记录第 {row['id']} 条与前一条接不上（前一条被改动或删除）。")
        if not intact(dict(row)):
            problems.append(f"操作记录第 {row['id']} 条的内容被改动（校验值不符）。")
        head, expected = row["hash"], expected + 1
        if len(problems) >= 20:
            problems.append("问题过多，已停止核对操作记录。")
            break
    return ChainReport(count, head, tuple(problems))


def intact(row: Mapping[str, Any]) -> bool:
    """Whether an entry, its moment as text, is what its hash was made of."""
    return _digest_as_kept(row) == str(row["hash"])


def _digest_as_kept(row: Mapping[str, Any]) -> str:
    """The digest of a row as it lies in the file; empty when its moment is none."""
    try:
        at = datetime.fromisoformat(row["at"]).replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return ""
    return digest({**row, "at": at})


SEAL = 16
"""Hex digits of one row's seal: 64 bits tell any accident, and the chain guards the seals."""


def seal(row: Mapping[str, Any]) -> str:
    """The start of the SHA-256 of a row's canonical text."""
    return hashlib.sha256(canonical(row).encode("utf-8", "surrogatepass")).hexdigest()[:SEAL]


def sealed(rows: Iterable[Mapping[str, Any]]) -> str:
    """The seals of many rows one after the other, for the one entry that stands for them all."""
    return "".join(map(seal, rows))
