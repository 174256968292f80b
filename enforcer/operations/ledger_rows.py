"""What every ledger import shares: the report, the officers that names mean, the refusal of a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, SQLModel, select

from enforcer.exchange.workbook import LedgerRow, Progress, RowRefused
from enforcer.models import Officer
from enforcer.models.base import TAKEN_BACK_TOO
from enforcer.store.database import bulk_insert

STEP = 1_000
OFTEN = 20
PORTION = 10_000


@dataclass(slots=True)
class Intake:
    """One import as it goes: rows to take, rows known already, rows refused, remarks."""

    session: Session
    taken: int = 0
    known: int = 0
    refused: list[RowRefused] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    progress: Progress | None = None
    known_rows: list[int] = field(default_factory=list)
    _serials: dict[tuple[int, int], int] = field(default_factory=dict)
    _officers: dict[str, list[int]] | None = None
    _unknown: set[str] = field(default_factory=set)

    def tell(self, done: int, total: int) -> None:
        """Say how far it is; whoever listens may stop it by raising."""
        if self.progress is not None and done % STEP == 0:
            self.progress(done, total)

    def each(self, rows: Sequence[LedgerRow]) -> Iterator[LedgerRow]:
        """The rows one after the other, said how far it is: for takers that ask for each row."""
        for at, row in enumerate(rows):
            if self.progress is not None and at % OFTEN == 0:
                self.progress(at, len(rows))
            yield row

    def insert(self, model: type[SQLModel], rows: list[dict[str, Any]], *, say: str) -> None:
        """Insert many rows a portion at a time, so that it can be stopped in between."""
        for start in range(0, len(rows), PORTION):
            self.tell(start, len(rows))
            bulk_insert(self.session, model, rows[start : start + PORTION], say=say)

    def know(self, row: LedgerRow) -> None:
        """Count a row that is in the home already."""
        self.known += 1
        self.known_rows.append(row.number)

    def refuse(self, row: LedgerRow, column: str, say: str) -> None:
        self.refused.append(RowRefused(row.number, column, say))

    def written_twice(self, row: LedgerRow, column: str, place: tuple[int, int] | None) -> bool:
        """Refuse a row whose number another row of this file writes differently (第1号, 第001号)."""
        if place is None:
            return False
        first = self._serials.setdefault(place, row.number)
        if first == row.number:
            return False
        say = f"{column}“{text_of(row, 'number')}”与第{first}行是同一个号，请核对后删除一行。"
        self.refuse(row, column, say)
        return True

    def officer(self, name: str) -> int | None:
        """The one officer of this name; a name the register does not know is remarked on once."""
        if not name:
            return None
        if self._officers is None:
            self._officers = defaultdict(list)
            for row_id, known in self.session.exec(select(Officer.id, Officer.name)):
                self._officers[known].append(row_id or 0)
        ids = self._officers.get(name, [])
        if not ids and name not in self._unknown:
            self._unknown.add(name)
            self.remarks.append(f"执法人员“{name}”不在人员台账里，按文字保留。")
        return ids[0] if len(ids) == 1 else None


def existing(session: Session, column: Any, values: Iterable[Any]) -> set[Any]:
    """Which of `values` the column holds already, asked in portions."""
    wanted, found = list(values), set()
    for start in range(0, len(wanted), 500):
        asked = select(column).where(column.in_(wanted[start : start + 500]))
        found |= set(session.exec(asked, execution_options={TAKEN_BACK_TOO: True}))
    return found


def text_of(row: LedgerRow, key: str) -> str:
    """A text cell, "" when it is blank."""
    return str(row.values.get(key) or "")
