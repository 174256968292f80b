"""The log as it is read: entries newest first, narrowed, each with what it changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, String, and_, case, cast, func, not_, or_, select, type_coerce
from sqlmodel import Session

from enforcer.models import Account, AuditEntry
from enforcer.queries import log_names, log_words
from enforcer.queries.log_words import CHINA
from enforcer.queries.looking import Where, among, looking
from enforcer.store import audit
from enforcer.terms import Term

SHORT: Final = 8
_ROWS: Final = ("insert", "update", "delete", "bulk_insert")
_ENTRY: Final = AuditEntry.__table__  # type: ignore[attr-defined]
_COLUMNS: Final = [
    type_coerce(one, String).label("at") if one.name == "at" else one for one in _ENTRY.c
]
"""The moment as it lies there: an entry that was spoiled is to be read too."""


class LogKind(Term):
    """What an entry is of, in the words one looks for it by."""

    SIGNING_IN = "signing_in", "登录、退出、锁定"
    FAILED = "failed", "登录失败"
    ACCOUNTS = "accounts", "账号和密码"
    ENTERED = "entered", "新增"
    CHANGED = "changed", "修改、作废"
    DELETED = "deleted", "删除"
    PRINTED = "printed", "打印"
    TAKEN_OUT = "taken_out", "导出、带出"
    LOOKED = "looked", "查看证据、反映人"
    KEPT = "kept", "备份、核对"


_SIGNING: Final = ("sign_in", "unlock", "recover", "sign_out", "lock")
_FAILED: Final = ("sign_in_failed", "account_locked")
_ACTIONS: Final[Mapping[LogKind, tuple[str, ...]]] = {
    LogKind.SIGNING_IN: _SIGNING,
    LogKind.FAILED: _FAILED,
    LogKind.ENTERED: ("insert", "bulk_insert", "import"),
    LogKind.CHANGED: ("update", "void", "return", "items"),
    LogKind.DELETED: ("delete",),
    LogKind.PRINTED: ("print", "reprint"),
    LogKind.TAKEN_OUT: ("export",),
    LogKind.LOOKED: ("look",),
    LogKind.KEPT: ("backup", "restore", "verify"),
}
_OPERATIONS: Final[Mapping[LogKind, tuple[str, ...]]] = {
    LogKind.TAKEN_OUT: ("copy_out",),
    LogKind.LOOKED: ("view_evidence",),
    LogKind.KEPT: ("check_evidence", "copy_recordings"),
}
"""Deeds that are of this kind whatever rows they write."""


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What the list is narrowed to; nothing set shows everything.

    `words` name a case, a number, a person, a file; `deeds` are operations called by those words.
    """

    words: str = ""
    deeds: tuple[str, ...] = ()
    actor: str = ""
    kind: LogKind | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry as the list shows it; `gone` when its number is there no more."""

    id: int
    at: datetime | None
    actor: str
    name: str
    operation: str
    action: str
    table: str
    thing: str
    why: str = ""
    gone: bool = False

    @property
    def who(self) -> str:
        """The name with the login, where there is an account."""
        return f"{self.name}（{self.actor}）" if self.name else self.actor


@dataclass(frozen=True, slots=True)
class LogChange:
    """One field: how it is called, what stood there, what stands there now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LogDetail:
    """One entry with everything it says; `before_after` when it changed what was there."""

    row: LogRow
    changes: tuple[LogChange, ...]
    before_after: bool
    hash: str
    previous_hash: str
    intact: bool


def ids(where: Where, asked: LogFilter, *, first: int = 0) -> Sequence[int]:
    """Entry numbers, the newest first; `first` at most, when only a page is wanted.

    All of them are a span of numbers: a million open at once, and one taken out shows as a gap.
    """
    with looking(where) as session:
        if asked == LogFilter():
            low, high = (
                session.execute(select(func.coalesce(one(_ENTRY.c.id), 0))).scalar_one()
                for one in (func.min, func.max)
            )
            return range(high, min(low, 1) - 1, -1) if high else ()
        query = select(_ENTRY.c.id).where(*_conditions(asked)).order_by(_ENTRY.c.id.desc())
        return session.execute(query.limit(first) if first else query).scalars().all()


def rows(where: Where, wanted: Sequence[int]) -> list[LogRow]:
    """These entries, in this order; a number without an entry comes back as gone."""
    columns = [one for one in _COLUMNS if one.name not in ("changes", "previous_hash", "hash")]
    told = (_told(one).label(one) for one in ("number", "name", "login", "file", "why"))
    query = select(*columns, *told).where(among(_ENTRY.c.id, wanted))
    with looking(where) as session:
        found = {one["id"]: dict(one) for one in session.execute(query).mappings()}
        people = _people(session)
        places = {(one["table_name"], one["row_id"]) for one in found.values()}
        known = log_names.names(session, places)
    return [
        _row(found[one], people, known)
        if one in found
        else LogRow(one, None, "", "", "", "", "", "", gone=True)
        for one in wanted
    ]


def detail(where: Where, number: int) -> LogDetail | None:
    """Everything one entry says, field by field; None when it is there no more."""
    (found,) = details(where, [number])
    return None if found.row.gone else found


def details(where: Where, wanted: Sequence[int]) -> list[LogDetail]:
    """The same of several, in this order; those that are gone say nothing."""
    with looking(where) as session:
        asked = select(*_COLUMNS).where(among(_ENTRY.c.id, wanted))
        entries = {one["id"]: dict(one) for one in session.execute(asked).mappings()}
        said = {key: _said(one["changes"]) for key, one in entries.items()}
        listed = rows(session, wanted)
        known = log_names.names(session, _led_to(listed, said))
    return [
        _detail(row, entries[row.id], said[row.id], known)
        if row.id in entries
        else LogDetail(row, (), before_after=False, hash="", previous_hash="", intact=False)
        for row in listed
    ]


def _detail(
    row: LogRow,
    entry: Mapping[str, Any],
    said: Mapping[str, Any],
    known: Mapping[log_names.Place, str],
) -> LogDetail:
    return LogDetail(
        row,
        tuple(_changes(row, said, known)),
        row.action == "update",
        entry["hash"],
        entry["previous_hash"],
        audit.intact(entry),
    )


def people(where: Where) -> list[tuple[str, str]]:
    """Everybody who stands in the log, with how he is called."""
    with looking(where) as session:
        known = _people(session)
        found = session.execute(select(_ENTRY.c.actor).distinct()).scalars().all()
    called = ((one, f"{known[one]}（{one}）" if one in known else one) for one in found)
    return sorted(called, key=lambda one: one[1])


def _people(session: Session) -> dict[str, str]:
    table = Account.__table__  # type: ignore[attr-defined]
    return {login: name for login, name in session.execute(select(table.c.login, table.c.name))}  # noqa: C416 — rows


def _row(
    entry: Mapping[str, Any], people: Mapping[str, str], known: Mapping[log_names.Place, str]
) -> LogRow:
    table = entry["table_name"]
    own = known.get((table, entry["row_id"])) or _called(entry)
    if table == "setting":
        own = log_words.setting_label(entry["row_id"])
    thing = log_names.with_label(table, own) if table in log_words.tables() else own
    return LogRow(
        entry["id"],
        _moment(entry["at"]),
        entry["actor"],
        people.get(entry["actor"], ""),
        entry["operation"],
        entry["action"],
        table,
        thing,
        str(entry["why"] or ""),
    )


def _told(name: str) -> ColumnElement[Any]:
    """What an entry says under this name, where it can be read at all."""
    kept = _ENTRY.c.changes
    return case((func.json_valid(kept), func.json_extract(kept, f"$.{name}")))


def _said(kept: str) -> dict[str, Any]:
    try:
        said = json.loads(kept)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _moment(kept: str) -> datetime | None:
    try:
        return datetime.fromisoformat(kept).replace(tzinfo=UTC).astimezone(CHINA)
    except (TypeError, ValueError):
        return None


def _called(entry: Mapping[str, Any]) -> str:
    """What the entry itself says of a row that is gone, or of a deed that is about no row."""
    for name in ("number", "name", "login", "file"):
        said = entry[name]
        if isinstance(said, str) and said and not said.startswith("["):
            return said
    return ""


def _pair(row: LogRow, kept: Any) -> tuple[Any, Any]:
    """Before and after; an insert has no before."""
    if row.action == "update" and isinstance(kept, list) and len(kept) == 2:
        return kept[0], kept[1]
    return None, kept


def _led_to(
    listed: Sequence[LogRow], said: Mapping[int, Mapping[str, Any]]
) -> set[log_names.Place]:
    """The rows that these entries name by their keys alone."""
    return {
        (target, str(key))
        for row in listed
        for name, target in log_names.references(row.table).items()
        if name in said.get(row.id, {})
        for key in _pair(row, said[row.id][name])
        if key is not None
    }


def _changes(
    row: LogRow, said: Mapping[str, Any], known: Mapping[log_names.Place, str]
) -> Iterator[LogChange]:
    led, changed = log_names.references(row.table), row.action == "update"

    def read(name: str, kept: Any) -> str:
        if name in led and kept is not None:
            return known.get((led[name], str(kept)), f"编号 {kept}")
        return log_words.value(row.table, name, kept)

    for name, label in log_words.shown_columns(said):
        before, after = _pair(row, said[name])
        if name.endswith("_id") and name.removesuffix("_id") in said:
            continue  # what it was called then says more than what has that key now
        if changed or after not in (None, "", [], {}):
            yield LogChange(label, read(name, before) if changed else "", read(name, after))


def _conditions(asked: LogFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.from_on:
        found.append(_ENTRY.c.at >= _begin(asked.from_on))
    if asked.to_on:
        found.append(_ENTRY.c.at < _begin(asked.to_on + timedelta(days=1)))
    if asked.actor:
        found.append(_ENTRY.c.actor == asked.actor)
    if asked.kind:
        found.append(_of(asked.kind))
    if asked.words:
        found.append(_named(asked))
    return found


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA).astimezone(UTC)


def _of(kind: LogKind) -> ColumnElement[bool]:
    if kind is LogKind.ACCOUNTS:
        return and_(_ENTRY.c.table_name == "account", _ENTRY.c.action.not_in((*_SIGNING, *_FAILED)))
    return or_(
        _ENTRY.c.action.in_(_ACTIONS[kind]), _ENTRY.c.operation.in_(_OPERATIONS.get(kind, ()))
    )


def _named(asked: LogFilter) -> ColumnElement[bool]:
    """By the thing, the person or the deed. Rows are not searched word by word: who told of a
    matter in secret would be found by asking for a name.
    """
    place = _ENTRY.c.table_name.concat(":").concat(cast(_ENTRY.c.row_id, String))
    within = log_names.like(_ENTRY.c.changes, asked.words)
    return or_(
        place.in_(log_names.about(asked.words)),
        _ENTRY.c.operation.in_(asked.deeds),
        log_names.like(_ENTRY.c.actor, asked.words),
        and_(not_(_ENTRY.c.action.in_(_ROWS)), within),
        and_(_ENTRY.c.action == "insert", within, log_names.like(_told("number"), asked.words)),
    )
