"""Excel in, as history (补录): the good rows in one transaction, the refused ones named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from enforcer.exchange import workbook
from enforcer.exchange.ledgers import LEDGERS
from enforcer.exchange.workbook import LedgerRow, RowRefused
from enforcer.operations import ledger_notices, ledger_penalties, ledger_registers
from enforcer.operations.ledger_rows import Intake
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.store import audit
from enforcer.store.database import Store

TAKERS: dict[str, Callable[[Intake, Sequence[LedgerRow]], None]] = {
    "notices": ledger_notices.take,
    "penalties": ledger_penalties.take,
    "officers": ledger_registers.take_officers,
    "recorders": ledger_registers.take_recorders,
    "education": ledger_registers.take_education,
}


class LedgerForm(BaseModel):
    """Which workbook, which ledger; `dry_run` reads and reports, and takes nothing."""

    request_id: UUID | None = None
    path: Path
    kind: str
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The contract of `import`: rows read, taken, known before, refused with their reasons."""

    read: int
    taken: int
    known: int
    refused: tuple[RowRefused, ...]
    remarks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "read": self.read,
            "taken": self.taken,
            "known": self.known,
            "refused": [one.as_json() for one in self.refused],
            "remarks": list(self.remarks),
        }


class _OnlyLooking(Exception):
    """Leaves the transaction of a dry run without writing."""


@operation("导入台账", LedgerForm)
def import_ledger(
    store: Store,
    form: LedgerForm,
    *,
    today: date,
    now: datetime,
    actor: str,
    progress: workbook.Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportReport:
    """Read one ledger and take its good rows; twice the same file changes nothing."""
    reading = workbook.read_ledger(
        form.path, LEDGERS[form.kind], today=today, progress=progress, cancelled=cancelled
    )
    outcome: list[ImportReport] = []
    try:
        with store.unit(actor=actor, operation="import_ledger") as session:
            if done := earlier_answer(session, form.request_id):
                return _report(done)
            intake = Intake(session, refused=list(reading.refused), remarks=list(reading.remarks))
            TAKERS[form.kind](intake, reading.rows)
            report = ImportReport(
                reading.read,
                intake.taken,
                intake.known,
                tuple(sorted(intake.refused, key=lambda one: one.row)),
                tuple(intake.remarks),
            )
            outcome.append(report)
            if form.dry_run:
                raise _OnlyLooking
            say = {"kind": form.kind, "file": form.path.name, "read": report.read}
            say |= {"taken": report.taken, "refused": len(report.refused)}
            audit.note(session, "import", table="", row="", say=say)
            remember(session, form.request_id, "import_ledger", report.as_json(), now=now)
    except _OnlyLooking:
        pass
    return outcome[0]


def _report(answer: dict[str, Any]) -> ImportReport:
    refused = tuple(RowRefused(**one) for one in answer["refused"])
    return ImportReport(
        answer["read"], answer["taken"], answer["known"], refused, tuple(answer["remarks"])
    )


__all__ = ["TAKERS", "ImportReport", "LedgerForm", "import_ledger"]
