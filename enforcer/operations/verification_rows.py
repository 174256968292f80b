"""Rows against the log: what it says was written last must be what stands there now."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy import select as select_columns
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, select

from enforcer import models
from enforcer.models import AuditEntry, Draft
from enforcer.queries import log_words
from enforcer.store import audit

_UNLOGGED = {AuditEntry.__tablename__, Draft.__tablename__}
BROKEN = (LookupError, TypeError, ValueError, OverflowError)
"""What a column type raises over a value that this program never wrote."""


@dataclass(frozen=True, slots=True)
class Altered:
    """One row that is not what the log says: `where` is table:key, `say` the sentence."""

    where: str
    say: str


@dataclass(slots=True)
class _Logged:
    """What the log says of the rows of one table, by key (text, as the log writes keys)."""

    inserted: set[str] = field(default_factory=set)
    last: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    seals: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    before: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    unsealed: bool = False


def altered(session: Session) -> list[Altered]:
    """Rows changed, removed or added outside the program, table by table."""
    logged = _read_log(session)
    found: list[Altered] = []
    models.load_all()
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in _UNLOGGED:
            found += _compare(session, table, logged[table.name])
    return found


def _read_log(session: Session) -> dict[str, _Logged]:
    logged: dict[str, _Logged] = defaultdict(_Logged)
    entries = session.execute(
        select(AuditEntry.action, AuditEntry.table_name, AuditEntry.row_id, AuditEntry.changes)
        .where(AuditEntry.action.in_(("insert", "update", "delete", "bulk_insert")))  # type: ignore[attr-defined]
        .order_by(AuditEntry.id)  # type: ignore[arg-type]
        .execution_options(yield_per=5000)
    )
    for action, table, key, changes in entries:
        try:
            _take(logged[table], action, key, json.loads(changes))
        except BROKEN:
            continue  # the chain has told of it: this entry is not what was written
    return logged


def _take(one: _Logged, action: str, key: str, changes: dict[str, Any]) -> None:
    if action == "bulk_insert":
        _take_seals(one, changes)
    elif action == "delete":
        one.inserted.discard(key)
        for each in (one.last, one.seals, one.before):
            each.pop(key, None)
    elif action == "insert":
        one.inserted.add(key)
        one.last[key] = changes
    else:
        for name, (before, after) in changes.items():
            one.last[key][name] = after
            if key in one.seals:
                one.before[key].setdefault(name, before)


def _take_seals(one: _Logged, changes: dict[str, Any]) -> None:
    if "seals" not in changes:
        one.unsealed = True
        return
    keys, count, seals = changes["keys"], changes["rows"], changes["seals"]
    if len(keys) != count:
        keys = range(keys[0], keys[1] + 1)
    for at, key in enumerate(keys):
        piece = seals[at * audit.SEAL : (at + 1) * audit.SEAL]
        one.seals[str(key)] = (piece, changes["columns"])


def _compare(session: Session, table: Table, logged: _Logged) -> Iterator[Altered]:
    (key,) = table.primary_key.columns
    seen = set()
    for name, row in _rows(session, table, key):
        seen.add(name)
        if row is None:
            yield _altered(
                table, name, {}, "里有无法识别的内容，在程序之外被改动过，或者磁盘有坏块"
            )
        elif wrong := _wrong_in(table, row, name, logged):
            yield _altered(table, name, row, wrong)
    for name in sorted(
        (logged.inserted | set(logged.seals)) - seen, key=lambda one: (len(one), one)
    ):
        yield _altered(table, name, {}, "不见了，而操作记录里没有删除它")


def _rows(
    session: Session, table: Table, key: Column[Any]
) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
    """Each row with its key; None for a row whose values cannot be read."""
    told = set()
    everything = select_columns(table).execution_options(yield_per=5000)
    try:
        for row in session.execute(everything).mappings():
            told.add(row[key.name])
            yield str(row[key.name]), dict(row)
    except (*BROKEN, DBAPIError):
        pass  # one value spoils a whole portion: ask for what is left one by one
    else:
        return
    for name in session.execute(select_columns(table.c[key.name])).scalars().all():
        if name in told:
            continue
        try:
            one = session.execute(select_columns(table).where(key == name)).mappings().one()
            yield str(name), dict(one)
        except (*BROKEN, DBAPIError):
            yield str(name), None


def _wrong_in(table: Table, row: Mapping[str, Any], key: str, logged: _Logged) -> str:
    """What is wrong with this row, as the end of a sentence; empty when nothing is."""
    if key in logged.seals:
        piece, columns = logged.seals[key]
        present = {one: row.get(one) for one in columns}
        if earlier := logged.before.get(key):
            present = json.loads(audit.canonical(present))
            present |= {one: value for one, value in earlier.items() if one in present}
        if audit.seal(present) != piece:
            return "与操作记录里的封签不符，在程序之外被改动过"
        known = {*columns, *logged.last.get(key, ())}
    elif key in logged.inserted:
        known = set(logged.last[key])
    elif logged.unsealed:
        return ""
    else:
        return "在操作记录里没有来历，是在程序之外加进来的，或者操作记录被截短了"
    wrong = []
    if wanted := logged.last.get(key):
        held = {one: audit.kept(table.c.get(one), row.get(one)) for one in wanted}
        present = json.loads(audit.canonical(held))
        wrong = [one for one, value in wanted.items() if present[one] != value]
    wrong += [one for one, plain in _silent(table, frozenset(known)) if row[one] not in plain]
    return f"的 {'、'.join(wrong)} 与操作记录不符，在程序之外被改动过" if wrong else ""


@cache
def _silent(table: Table, known: frozenset[str]) -> list[tuple[str, tuple[object, ...]]]:
    """Columns the log is silent about, with the values a new row may have there."""
    found: list[tuple[str, tuple[object, ...]]] = []
    for column in table.columns:
        default = column.default
        free = column.primary_key or column.server_default is not None
        if column.name in known or free or (default is not None and not default.is_scalar):
            continue
        plain = (None, "") if default is None else (None, "", default.arg)  # type: ignore[attr-defined]
        found.append((column.name, plain))
    return found


def _altered(table: Table, key: str, row: Mapping[str, Any], wrong: str) -> Altered:
    number = row.get("number") or row.get("name") or ""
    named = f"“{number}”" if number else ""
    label = log_words.table_label(table.name)
    return Altered(f"{table.name}:{key}", f"{label}{named}（第 {key} 行）{wrong}。请用备份核对。")
