"""Which tables the file has: version checks, the copy before an upgrade, Alembic without an ini."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from enforcer.errors import StoreTrouble
from enforcer.store import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alembic.config import Config

HEAD = "0009"
"""The newest revision in `migrations/versions`; a test holds it to what Alembic says."""
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")

GUARDS = (
    "SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'index') AND sql IS NOT NULL"
)


def bring_up_to_date(path: Path, *, create: bool = False) -> None:
    """Leave the file at HEAD, or refuse it in a sentence; an empty one is filled only on request."""
    owner, tables, current = _identity(path)
    if tables and owner != connection.APPLICATION_ID:
        raise StoreTrouble(f"“{path}”不是本程序的数据库，已拒绝打开。请检查 --home。")
    if not tables and not create:
        raise StoreTrouble(
            f"数据库“{path}”是空的，里面没有任何记录，可能被截断，或者被空文件替换了。"
            "没有改动它。请不要在这里重新录入，用最近的备份恢复（enforcer restore）。"
        )
    if current == HEAD:
        return
    if current is not None and current not in KNOWN:
        raise StoreTrouble(
            f"数据库由更新版本的程序建立（版本 {current}，本程序到 {HEAD}），为免损坏没有打开。"
            "请升级本程序。"
        )
    with closing(connection.connect(path)) as raw:
        if current is not None:
            copy = path.parent / f"升级前副本-{current}.db"
            if not copy.exists():
                raw.execute("VACUUM INTO ?", (str(copy),))
        if not tables:
            raw.execute(f"PRAGMA application_id={connection.APPLICATION_ID}")
    upgrade(path)


def _identity(path: Path) -> tuple[int, int, str | None]:
    """Whose file it is, how many tables it has, its revision: asked before any pragma writes."""
    with closing(connection.look(path)) as raw:
        owner = raw.execute("PRAGMA application_id").fetchone()[0]
        tables = raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        return owner, tables, _current(raw)


def _current(raw: object) -> str | None:
    try:
        row = raw.execute("SELECT version_num FROM alembic_version").fetchone()  # type: ignore[attr-defined]
    except connection.DRIVER_ERRORS as error:
        if "no such table" in str(error):
            return None
        raise
    return str(row[0]) if row else None


@cache
def guards() -> dict[str, str]:
    """Every trigger and index of a home fresh from the migrations, by name, as SQL."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fresh.db"
        upgrade(path)
        with closing(connection.connect(path)) as raw:
            return guards_in(raw.execute(GUARDS).fetchall())


def guards_in(rows: Iterable[Sequence[Any]]) -> dict[str, str]:
    """What `GUARDS` answers, however its SQL is set in lines."""
    return {str(name): " ".join(str(sql).split()) for name, sql in rows}


def configuration() -> Config:
    """Alembic's configuration, made in code: no ini file to lose."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "enforcer:store/migrations")
    config.set_main_option("path_separator", "os")
    return config


def upgrade(path: Path) -> None:
    """Run every migration that is missing, in one transaction, with references checked after."""
    from alembic import command

    from enforcer.store.engine import engine_for, translated

    config = configuration()
    # foreign_keys cannot be switched inside a transaction, and a batch migration needs them off
    engine = engine_for(path, pooled=False, foreign_keys=False)
    with translated(path), engine.execution_options(writes=True).begin() as one:
        config.attributes["connection"] = one
        command.upgrade(config, "head")
        broken = one.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise StoreTrouble(f"升级后有 {len(broken)} 处引用对不上，已撤回升级，数据没有改动。")
    engine.dispose()
