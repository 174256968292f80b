"""The database of one data home: open, read, write in one transaction, close."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from enforcer import models, paths
from enforcer.errors import StoreTrouble, reason
from enforcer.store import connection, schema

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session, SQLModel

ANY_ACCOUNT = "SELECT 1 FROM account LIMIT 1"
"""Finds a row once accounts are switched on; cheap enough to ask at every start and every deed."""
Clock = Callable[[], datetime]


class Store:
    """An open data home. `clock` gives the aware present moment (for the log alone).

    `logged` counts the entries of the log that this very store has written.
    """

    def __init__(self, home: Path, *, clock: Clock) -> None:
        self.home = home
        self.path = paths.database(home)
        self.clock = clock
        self._engine: Engine | None = None
        self._making = Lock()
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self.logged = 0
        self.asks_who = True
        """Whether deeds ask for an account; a home that is just being restored has nobody yet."""

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's, made with the first session."""
        from enforcer.store.engine import engine_for

        with self._making:
            if self._engine is None:
                self._engine = engine_for(self.path)
            return self._engine

    @property
    def vault(self) -> Path:
        """The folder of kept files; see `store.vault`."""
        return paths.vault(self.home)

    def on_changed(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call `listener` with the tables touched after each commit (in the writing thread)."""
        self._listeners.append(listener)

    @contextmanager
    def plain(self) -> Iterator[Any]:
        """One consistent look through the driver alone, for what a start asks first."""
        with self._translated(), closing(connection.connect(self.path)) as raw:
            raw.execute("BEGIN")
            yield raw

    def accounts_on(self) -> bool:
        """Whether accounts are switched on: there is at least one. A start asks it first."""
        with self.plain() as raw:
            return raw.execute(ANY_ACCOUNT).fetchone() is not None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent look at the data."""
        from enforcer.store.engine import session_of

        with session_of(self.engine, self.path) as session:
            yield session

    @contextmanager
    def unit(self, *, actor: str, operation: str = "") -> Iterator[Session]:
        """One transaction that writes: all of it or none, and the log with it."""
        from enforcer.store.engine import unit_of

        models.load_all()
        about = {"actor": actor, "operation": operation, "now": self.clock()}
        with unit_of(self.engine, self.path, **about) as session:
            yield session
        touched = frozenset(session.info["tables"])
        self.logged += session.info["logged"]
        for listener in self._listeners if touched else ():
            listener(touched)

    def close(self) -> None:
        """Fold the write-ahead log into the database file and let go of it."""
        if self._engine is not None:
            from enforcer.store.engine import let_go

            let_go(self._engine)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except connection.DRIVER_ERRORS as error:
            raise connection.trouble(error, self.path) from error


def bulk_insert(
    session: Session, model: type[SQLModel], rows: list[dict[str, object]], *, say: str
) -> None:
    """Insert many rows at once with one log entry that holds their keys and a seal of each row."""
    from enforcer.store.engine import insert_many

    insert_many(session, model, rows, say=say)


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
    with store._translated():
        schema.bring_up_to_date(path, create=create)
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
