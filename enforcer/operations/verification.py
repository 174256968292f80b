"""体检: the database, its log, the kept files and the numbers; what is wrong, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from enforcer.errors import StoreTrouble, VaultTrouble
from enforcer.models import Document, Scan
from enforcer.operations import numbering
from enforcer.operations.verification_rows import BROKEN, altered
from enforcer.queries import log_words
from enforcer.store import audit, connection, schema, vault
from enforcer.store.database import Store

Note = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: which part, where in it, and the sentence for the officer."""

    part: str
    where: str
    say: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome: no problems means that everything that can be checked agrees."""

    entries: int
    head: str
    documents: int
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": not self.problems,
            "audit_entries": self.entries,
            "audit_head": self.head,
            "documents": self.documents,
            "problems": [
                {"part": one.part, "where": one.where, "say": one.say} for one in self.problems
            ],
        }


def verify(store: Store, *, actor: str, note: Note | None = None) -> Verification:
    """Check all there is to check, and keep the outcome on record."""
    say = note or (lambda *_: None)
    problems: list[Problem] = []
    chain = audit.ChainReport(0, "", ())
    with store.reading() as session:
        say("数据库", 0, 4)
        with _told(problems, "database", "数据库", store.path):
            problems += _database(session)
        with _told(problems, "database", "数据库", store.path):
            problems += _guards(session)
        say("操作记录", 1, 4)
        with _told(problems, "audit", "操作记录", store.path):
            chain = audit.verify(session)
            problems += [Problem("audit", "audit_entry", one) for one in chain.problems]
        with _told(problems, "rows", "台账", store.path):
            problems += [Problem("rows", one.where, one.say) for one in altered(session)]
        say("编号", 2, 4)
        with _told(problems, "numbers", "编号", store.path):
            problems += [Problem("numbers", gap.series, gap.say) for gap in numbering.gaps(session)]
        say("保存的文件", 3, 4)
        papers = _all(session, Document, problems)
        problems += _files(store, papers)
        problems += _scans(store, _all(session, Scan, problems))
    outcome = Verification(chain.entries, chain.head, len(papers), tuple(problems))
    try:
        with store.unit(actor=actor, operation="verify") as session:
            first = [one.say for one in problems[:5]]
            found = {"problems": len(problems), "first": first}
            audit.note(session, "verify", table="", row="", say=found)
    except StoreTrouble:
        if not problems:
            raise  # a sound database that cannot be written is news; a broken one is told already
    return outcome


@contextmanager
def _told(problems: list[Problem], part: str, what: str, path: Path) -> Iterator[None]:
    """A part that cannot be read to its end is one problem more; the other parts are checked."""
    try:
        yield
    except DBAPIError as error:
        problems.append(Problem(part, "", str(connection.trouble(error, path))))
    except BROKEN:
        problems.append(replace(_unreadable(what), part=part))


def _guards(session: Session) -> list[Problem]:
    """Triggers hold what was issued; one that is gone lets the next hand change it unseen."""
    there = schema.guards_in(session.execute(text(schema.GUARDS)).all())
    return [
        Problem(
            "database",
            name,
            f"数据库的保护规则“{name}”不见了或者被改动过。请用备份核对，并查明是谁改动的。",
        )
        for name, sql in schema.guards().items()
        if there.get(name) != sql
    ]


def _database(session: Session) -> list[Problem]:
    found = []
    for (line,) in session.execute(text("PRAGMA integrity_check")).all():
        if line != "ok":
            found.append(Problem("database", "", f"数据库内部结构有误：{line}。请用备份恢复。"))
    for table, row, parent, _ in session.execute(text("PRAGMA foreign_key_check")).all():
        say = f"{table} 第 {row} 行引用的 {parent} 不存在。请用备份恢复。"
        found.append(Problem("database", f"{table}:{row}", say))
    return found


def _all(session: Session, kind: Any, problems: list[Problem]) -> Sequence[Any]:
    """Every row of a table; none, and a problem more, where a value is not one."""
    try:
        return session.exec(select(kind)).all()
    except (*BROKEN, DBAPIError):
        problems.append(_unreadable(log_words.table_label(kind.__tablename__)))
        return ()


def _unreadable(what: str) -> Problem:
    return Problem("rows", "", f"{what}的记录里有读不出来的内容，已被改动或者损坏。请用备份恢复。")


def _files(store: Store, papers: Sequence[Document]) -> list[Problem]:
    found = []
    for paper in papers:
        try:
            vault.read(store.vault, paper.vault_name, paper.sha256)
        except VaultTrouble as error:
            title = f"《{paper.title}》{paper.number}"
            found.append(Problem("vault", paper.vault_name, f"{title}：{error}"))
    return found


def _scans(store: Store, scans: Sequence[Scan]) -> list[Problem]:
    found = []
    for one in scans:
        try:
            vault.read(store.vault, one.vault_name, one.sha256)
        except VaultTrouble as error:
            found.append(Problem("vault", one.vault_name, f"扫描件“{one.original_name}”：{error}"))
    return found
