"""The database: what it refuses to open, what it refuses to change, what survives a kill."""

import multiprocessing
import os
import signal
import sqlite3
import time
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlmodel import SQLModel, select

from enforcer import models, paths
from enforcer.errors import StoreTrouble
from enforcer.models import AuditEntry, Document, Officer, Series
from enforcer.store import connection, schema
from enforcer.store.database import Store, open_store
from enforcer.terms import DocumentState, OfficerPost, SeriesKind
from tests.conftest import NOW


def test_models_and_migrations_agree(store: Store) -> None:
    models.load_all()
    with store.engine.connect() as one:
        assert compare_metadata(MigrationContext.configure(one), SQLModel.metadata) == []


def test_the_head_named_in_code_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(schema.configuration()).get_current_head() == schema.HEAD


@pytest.mark.parametrize(("name", "value"), connection.PRAGMAS.items())
def test_every_connection_has_the_durable_settings(store: Store, name: str, value: object) -> None:
    with store.reading() as session:
        got = session.execute(text(f"PRAGMA {name}")).scalar()
        assert str(got).lower() == str(value)


def test_sqlite_is_new_enough() -> None:
    assert driver.sqlite_version_info >= connection.OLDEST_SQLITE


def test_a_missing_home_is_refused_unless_it_may_be_made(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble, match="没有数据库"):
        open_store(tmp_path / "home", clock=lambda: NOW)
    open_store(tmp_path / "home", clock=lambda: NOW, create=True).close()


@pytest.mark.parametrize(
    ("content", "say"),
    [
        (b"not a database at all, just text" * 100, "不是本程序的数据库"),
        (None, "不是本程序的数据库"),
    ],
    ids=["a text file", "another program's database"],
)
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes | None, say: str) -> None:
    path = paths.database(tmp_path)
    if content is None:
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("CREATE TABLE other (id INTEGER)")
    else:
        path.write_bytes(content)
    with pytest.raises(StoreTrouble, match=say):
        open_store(tmp_path, clock=lambda: NOW)


def test_a_newer_file_is_refused_in_a_sentence_and_left_alone(store: Store) -> None:
    with store.unit(actor="测试") as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(StoreTrouble, match="由更新版本的程序建立"):
        open_store(store.home, clock=lambda: NOW)


def test_a_network_drive_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "_system_of", lambda _: "cifs")
    with pytest.raises(StoreTrouble, match="网络"):
        open_store(tmp_path / "home", clock=lambda: NOW, create=True)


def test_a_local_drive_is_not_taken_for_a_network_drive(tmp_path: Path) -> None:
    paths.refuse_network(tmp_path)


def _paper() -> Document:
    return Document(
        template_key="summary_decision",
        template_version="1",
        title="当场行政处罚决定书",
        number="甲字〔2026〕第001号",
        state=DocumentState.ISSUED,
        fields={"a": "b"},
        vault_name="x.pdf",
        sha256="0",
        pages=1,
        issued_at=NOW,
        issued_on=NOW.date(),
        issued_by="测试",
    )


@pytest.mark.parametrize(
    ("statement", "say"),
    [
        ("UPDATE audit_entry SET actor = 'x'", "操作记录不能修改"),
        ("DELETE FROM audit_entry", "操作记录不能删除"),
        ("UPDATE document SET sha256 = '1'", "已签发的文书不能修改"),
        ("DELETE FROM document", "已签发的文书不能删除"),
        ("UPDATE series SET next_serial = 1", "编号不能倒退"),
        ("DELETE FROM series", "编号序列不能删除"),
    ],
)
def test_the_file_itself_guards_what_was_issued(store: Store, statement: str, say: str) -> None:
    with store.unit(actor="测试") as session:
        session.add(_paper())
        session.add(
            Series(
                kind=SeriesKind.NOTICE, year=2026, prefix="甲", suffix="号", width=3, next_serial=7
            )
        )
    with pytest.raises(StoreTrouble, match=say), store.unit(actor="测试") as session:
        session.execute(text(statement))


def test_what_may_change_on_an_issued_paper_can_change(store: Store) -> None:
    with store.unit(actor="测试") as session:
        session.add(_paper())
    with store.unit(actor="测试") as session:
        session.exec(select(Document)).one().print_count = 2
    with store.reading() as session:
        assert session.exec(select(Document)).one().print_count == 2


def test_a_naive_moment_is_refused(store: Store) -> None:
    paper = _paper()
    paper.issued_at = datetime(2026, 9, 3, 10, 12)
    with pytest.raises(Exception, match="naive"), store.unit(actor="测试") as session:
        session.add(paper)


def test_half_a_unit_is_no_unit(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.unit(actor="测试") as session:
        session.add(Officer(name="甲", post=OfficerPost.OFFICER))
        session.flush()
        _ = 1 / 0
    with store.reading() as session:
        assert session.exec(select(Officer)).all() == []
        assert session.exec(select(AuditEntry)).all() == []


def test_listeners_hear_which_tables_changed(store: Store) -> None:
    heard: list[frozenset[str]] = []
    store.on_changed(heard.append)
    with store.unit(actor="测试") as session:
        session.add(Officer(name="甲", post=OfficerPost.OFFICER))
    assert heard == [frozenset({"officer", "audit_entry"})]


def _write_until_killed(home: Path, channel: int) -> None:
    store = open_store(home, clock=lambda: datetime.now(UTC))
    count = 0
    while True:
        with store.unit(actor="写入者") as session:
            session.add(Officer(name=f"甲{os.getpid()}-{count}", post=OfficerPost.OFFICER))
        os.write(channel, b"x")
        count += 1


def test_no_acknowledged_save_is_lost_when_the_program_is_killed(store: Store) -> None:
    store.close()
    reader, writer = os.pipe()
    context = multiprocessing.get_context("spawn")
    os.set_inheritable(writer, True)
    child = context.Process(target=_run_child, args=(store.home, os.getpid(), writer))
    child.start()
    deadline = time.monotonic() + 30
    os.set_blocking(reader, False)
    seen = 0
    while seen < 40 and time.monotonic() < deadline:
        try:
            seen += len(os.read(reader, 4096))
        except BlockingIOError:
            time.sleep(0.01)
    assert child.pid
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    with suppress(BlockingIOError):
        seen += len(os.read(reader, 65536))
    os.close(reader)
    os.close(writer)
    again = open_store(store.home, clock=lambda: NOW)
    with again.reading() as session:
        officers = len(session.exec(select(Officer)).all())
        entries = len(session.exec(select(AuditEntry)).all())
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    again.close()
    assert seen >= 40
    assert officers >= seen
    assert officers == entries


def _run_child(home: Path, parent: int, channel: int) -> None:
    _write_until_killed(home, os.open(f"/proc/{parent}/fd/{channel}", os.O_WRONLY))


def test_dates_come_back_as_written(store: Store) -> None:
    with store.unit(actor="测试") as session:
        session.add(_paper())
    with store.reading() as session:
        row = session.exec(select(Document)).one()
        assert (row.issued_at, row.issued_on) == (NOW, date(2026, 9, 3))
