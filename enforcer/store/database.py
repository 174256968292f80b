"""The database of one data home: open, read, write in one transaction, close."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Table, func, insert, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from enforcer import models, paths
from enforcer.errors import StoreTrouble, reason
from enforcer.store import connection, schema

Clock = Callable[[], datetime]


class Store:
    """An open data home. `clock` gives the aware present moment (for the log alone).

    `logged` counts the entries of the log that this very store has written.
    """

    def __init__(self, home: Path, *, clock: Clock) -> None:
        self.home = home
        self.path = paths.database(home)
        self.clock = clock
        self.engine = connection.engine_for(self.path)
        self._writer = self.engine.execution_options(writes=True)
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self.logged = 0

    @property
    def vault(self) -> Path:
        """The folder of kept files; see `store.vault`."""
        return paths.vault(self.home)

    def on_changed(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call `listener` with the tables touched after each commit (in the writing thread)."""
        self._listeners.append(listener)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent look at the data."""
        with self._translated(), Session(self.engine) as session:
            yield session

    @contextmanager
    def unit(self, *, actor: str, operation: str = "") -> Iterator[Session]:
        """One transaction that writes: all of it or none, and the log with it."""
        from enforcer.store import audit

        models.load_all()
        with self._translated(), Session(self._writer, expire_on_commit=False) as session:
            audit.listen(session)
            session.info.update(actor=actor, operation=operation, now=self.clock())
            with session.begin():
                yield session
            touched = frozenset(session.info["tables"])
            self.logged += session.info["logged"]
        for listener in self._listeners if touched else ():
            listener(touched)

    def close(self) -> None:
        """Fold the write-ahead log into the database file and let go of it."""
        try:
            with self.engine.connect() as one:
                one.rollback()
                raw = one.connection.dbapi_connection
                assert raw is not None
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except (DBAPIError, *connection.DRIVER_ERRORS, StoreTrouble):
            pass  # a full disk cannot fold; the log file keeps what was committed
        self.engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, *connection.DRIVER_ERRORS) as error:
            raise connection.trouble(error, self.path) from error


def bulk_insert(
    session: Session, model: type[SQLModel], rows: list[dict[str, object]], *, say: str
) -> None:
    """Insert many rows at once with one log entry that holds their keys and a seal of each row."""
    if not rows:
        return
    from enforcer.store import audit

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


def open_store(home: Path, *, clock: Clock, create: bool = False) -> Store:
    """Open the data home, upgrading an older database after a copy; StoreTrouble when it cannot.

    With `create` a missing home is made; without it a missing one is refused.
    """
    paths.refuse_network(home)
    path = paths.database(home)
    if not path.exists():
        if not create:
            raise StoreTrouble(
                f"“{home}”里没有数据库。请先运行 enforcer init，或在窗口的向导中新建。"
            )
        _make_folder(home)
    store = Store(home, clock=clock)
    try:
        with store._translated():
            schema.bring_up_to_date(store, create=create)
    except BaseException:
        store.engine.dispose()
        raise
    return store


def _make_folder(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
        paths.vault(home).mkdir(exist_ok=True)
    except OSError as error:
        raise StoreTrouble(
            f"建不了数据目录“{home}”：{reason(error)}。请换一个可写的目录。"
        ) from error
    if not os.access(home, os.W_OK):
        raise StoreTrouble(f"数据目录“{home}”不可写。请检查权限，或用 --home 换一个目录。")
