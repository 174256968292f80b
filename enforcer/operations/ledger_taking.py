"""The one transaction of an import: the good rows taken, what it made written down for an undo."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlmodel import Session, func, select

from enforcer.exchange.workbook import LedgerRow, Progress, Reading, RowRefused
from enforcer.models import AuditEntry, ImportSpan, LedgerImport
from enforcer.operations.ledger_rows import Intake
from enforcer.operations.registry import earlier_answer, remember
from enforcer.queries.imports_relied import ids_made
from enforcer.store import audit
from enforcer.store.database import Store
from enforcer.terms import ImportState

Taker = Callable[[Intake, Sequence[LedgerRow]], None]
COUNTERS = frozenset({"series", "done_request", "import_mapping", "import_span", "ledger_import"})
"""Tables an import also writes to, and which an undo leaves as they are."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The contract of `import`: rows read, taken, known before, refused with their reasons.

    `import_id` names the import for an undo; none for a look, and where nothing was taken.
    """

    read: int
    taken: int
    known: int
    refused: tuple[RowRefused, ...]
    remarks: tuple[str, ...]
    import_id: int | None = None
    known_rows: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "read": self.read,
            "taken": self.taken,
            "known": self.known,
            "refused": [one.as_json() for one in self.refused],
            "remarks": list(self.remarks),
        }


@dataclass(frozen=True, slots=True)
class Taking:
    """What is taken and from where; `also` is written in the same transaction."""

    kind: str
    source: str
    sheet: str
    take: Taker
    operation: str
    request_id: UUID | None
    dry_run: bool
    also: Callable[[Session], None] | None = None


class _OnlyLooking(Exception):
    """Leaves the transaction of a dry run without writing."""


def take(
    store: Store,
    reading: Reading,
    what: Taking,
    *,
    now: datetime,
    actor: str,
    progress: Progress | None = None,
) -> ImportReport:
    """Take the good rows, all or none; `progress` may raise to stop, and then nothing is kept."""
    outcome: list[ImportReport] = []
    try:
        with store.unit(actor=actor, operation=what.operation) as session:
            if done := earlier_answer(session, what.request_id):
                return _report(done)
            before = session.exec(select(func.max(AuditEntry.id))).one() or 0
            intake = Intake(
                session,
                refused=list(reading.refused),
                remarks=list(reading.remarks),
                progress=progress,
            )
            what.take(intake, reading.rows)
            report = ImportReport(
                reading.read,
                intake.taken,
                intake.known,
                tuple(sorted(intake.refused, key=lambda one: one.row)),
                tuple(intake.remarks),
                known_rows=tuple(intake.known_rows),
            )
            outcome.append(report)
            if what.dry_run:
                raise _OnlyLooking
            key = _written_down(session, what, report, before, (now, actor))
            outcome[0] = report = replace(report, import_id=key)
            if what.also is not None:
                what.also(session)
            said = {"kind": what.kind, "file": what.source, "read": report.read}
            said |= {"taken": report.taken, "refused": len(report.refused)}
            audit.note(session, "import", table="", row="", say=said)
            answer = report.as_json() | {"import_id": key}
            remember(session, what.request_id, what.operation, answer, now=now)
    except _OnlyLooking:
        pass
    return outcome[0]


def _written_down(
    session: Session, what: Taking, report: ImportReport, before: int, deed: tuple[datetime, str]
) -> int | None:
    """The import with the spans of the rows it made; none when it made nothing."""
    if not report.taken:
        return None
    now, actor = deed
    session.flush()
    records = session.info["records"]
    made = made_here(records)
    row = LedgerImport(
        kind=what.kind,
        source=what.source,
        sheet=what.sheet,
        taken_at=now,
        taken_by=actor,
        read=report.read,
        taken=report.taken,
        known=report.known,
        refused=len(report.refused),
        audit_id=before,
        state=ImportState.TAKEN,
        replaced=replaced_here(records) or None,
    )
    session.add(row)
    session.flush()
    assert row.id
    for table, ids in sorted(made.items()):
        for first, last in runs(ids):
            session.add(
                ImportSpan(import_id=row.id, table_name=table, first_id=first, last_id=last)
            )
    return row.id


def made_here(records: Iterable[tuple[str, str, str, str]]) -> Mapping[str, set[int]]:
    """The ids of the rows that the records of one transaction say were made, by table."""
    made: dict[str, set[int]] = defaultdict(set)
    for action, table, row, changes in records:
        if table in COUNTERS:
            continue
        made[table].update(ids_made(row, action, changes))
    return made


def replaced_here(records: Iterable[tuple[str, str, str, str]]) -> dict[str, Any]:
    """What one transaction wrote over: by table and row, each column before and after."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for action, table, row, changes in records:
        if action == "update" and table not in COUNTERS:
            columns = found[table].setdefault(row, {})
            for name, (before, after) in json.loads(changes).items():
                columns[name] = [columns.get(name, [before])[0], after]
    return dict(found)


def runs(ids: Iterable[int]) -> list[tuple[int, int]]:
    """Ids as unbroken runs, first and last."""
    ordered = sorted(set(ids))
    if not ordered:
        return []
    starts = [ordered[0], *(b for a, b in pairwise(ordered) if b != a + 1)]
    ends = [*(a for a, b in pairwise(ordered) if b != a + 1), ordered[-1]]
    return list(zip(starts, ends, strict=True))


def _report(answer: dict[str, Any]) -> ImportReport:
    refused = tuple(RowRefused(**one) for one in answer["refused"])
    return ImportReport(
        answer["read"],
        answer["taken"],
        answer["known"],
        refused,
        tuple(answer["remarks"]),
        answer.get("import_id"),
    )
