"""SQLAlchemy over the driver: our own BEGIN, sessions, many rows at once, errors in sentences.

A start reads its first screen without it; it is loaded with the first session.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, Table, event, func, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool
from sqlmodel import Session, SQLModel, create_engine

from enforcer.errors import StoreTrouble
from enforcer.store import audit, connection


def engine_for(path: Path, *, pooled: bool = True, foreign_keys: bool = True) -> Engine:
    """An engine over `path` whose writers say BEGIN IMMEDIATE and readers BEGIN."""
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: connection.connect(path, foreign_keys=foreign_keys),
        poolclass=QueuePool if pooled else NullPool,
    )
    event.listen(engine, "begin", _begin)
    return engine


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
    session.execute(insert(table), rows)
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


def _keys(session: Session, table: Table, rows: list[dict[str, object]]) -> list[object]:
    """The keys of rows just inserted, in their order: [first, last] where the file numbered them."""
    (key,) = table.primary_key.columns
    if key.name in rows[0]:
        return [row[key.name] for row in rows]
    last = session.execute(select(func.max(key))).scalar_one()
    return [last - len(rows) + 1, last]
