"""SQLAlchemy over the driver: our own BEGIN, sessions, many rows at once, errors in sentences.

A start reads its first screen without it; it is loaded with the first session.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Column, Connection, Dialect, Engine, Table, event, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool
from sqlalchemy.util import LRUCache
from sqlmodel import Session, SQLModel, create_engine

from enforcer.errors import StoreTrouble
from enforcer.store import audit, connection

_COMPILED: Final[LRUCache[Any, Any]] = LRUCache(500)


def engine_for(path: Path, *, pooled: bool = True, foreign_keys: bool = True) -> Engine:
    """An engine over `path` whose writers say BEGIN IMMEDIATE and readers BEGIN."""
    one = _common()
    pool = (QueuePool if pooled else NullPool)(
        lambda: connection.connect(path, foreign_keys=foreign_keys), dialect=one.dialect
    )
    kept = {"compiled_cache": _COMPILED}
    engine = Engine(pool, one.dialect, one.url, execution_options=kept)
    event.listen(engine, "begin", _begin)
    return engine


@cache
def _common() -> Engine:
    """What SQLAlchemy learns of the driver and makes of a statement serves every file we open."""
    made = create_engine("sqlite://", module=driver)
    with made.connect():
        pass  # asks the driver what it can do
    made.dispose()
    return made


def _begin(one: Connection) -> None:
    writes = one.get_execution_options().get("writes", False)
    one.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def session_of(engine: Engine, path: Path) -> Iterator[Session]:
    """A session that reads; what the driver says against it is told in a sentence."""
    with translated(path), Session(engine) as session:
        yield session


@contextmanager
def unit_of(engine: Engine, path: Path, **info: object) -> Iterator[Session]:
    """One transaction that writes, with `info` for the log and the log with it."""
    writer = engine.execution_options(writes=True)
    with translated(path), Session(writer, expire_on_commit=False) as session:
        audit.listen(session)
        session.info.update(info)
        with session.begin():
            yield session


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what the driver raises into StoreTrouble, through SQLAlchemy or past it."""
    try:
        yield
    except (DBAPIError, *connection.DRIVER_ERRORS) as error:
        raise connection.trouble(error, path) from error


def let_go(engine: Engine) -> None:
    """Fold the write-ahead log into the database file; a full disk cannot, and loses nothing."""
    try:
        with engine.connect() as one:
            one.rollback()
            raw = one.connection.dbapi_connection
            assert raw is not None
            raw.execute("PRAGMA busy_timeout=0")  # whoever writes now folds it in later
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except (DBAPIError, *connection.DRIVER_ERRORS, StoreTrouble):
        pass  # the log file keeps what was committed
    engine.dispose()


def insert_many(
    session: Session, model: type[SQLModel], rows: list[dict[str, object]], *, say: str
) -> None:
    """Insert many rows at once with one log entry that holds their keys and a seal of each row."""
    if not rows:
        return
    session.flush()
    table = model.__table__  # type: ignore[attr-defined]
    _insert(session, table, rows)
    session.info["tables"].add(table.name)
    audit.note(
        session,
        "bulk_insert",
        table=table.name,
        row="",
        say={
            "rows": len(rows),
            "keys": _keys(session, table, rows),
            "columns": sorted(rows[0]),
            "seals": audit.sealed(rows),
            "say": say,
        },
    )


def _insert(session: Session, table: Table, rows: list[dict[str, object]]) -> None:
    """One prepared statement for all rows: SQLAlchemy's own path takes as long as SQLite itself."""
    connection = session.connection()
    dialect = connection.dialect
    columns = [one for one in table.columns if one.name in rows[0] or one.default is not None]
    quoted = ", ".join(dialect.identifier_preparer.format_column(one) for one in columns)
    marks = ", ".join("?" * len(columns))
    name = dialect.identifier_preparer.format_table(table)
    filled = [_values(one, rows, dialect) for one in columns]
    connection.exec_driver_sql(
        f"INSERT INTO {name} ({quoted}) VALUES ({marks})",
        list(zip(*filled, strict=True)),
    )


def _values(column: Column[Any], rows: list[dict[str, object]], dialect: Dialect) -> list[object]:
    """What goes into this column, row by row, as the driver takes it."""
    if column.name in rows[0]:
        values = [row[column.name] for row in rows]
    elif column.default.is_callable:  # type: ignore[union-attr]
        values = [column.default.arg(None) for _ in rows]  # type: ignore[union-attr]
    else:
        values = [column.default.arg] * len(rows)  # type: ignore[union-attr]
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    return values if process is None else [process(one) for one in values]


def _keys(session: Session, table: Table, rows: list[dict[str, object]]) -> list[object]:
    """The keys of rows just inserted, in their order: [first, last] where the file numbered them."""
    (key,) = table.primary_key.columns
    if key.name in rows[0]:
        return [row[key.name] for row in rows]
    last = session.execute(select(func.max(key))).scalar_one()
    return [last - len(rows) + 1, last]
