"""Excel in, as history (补录): the good rows in one transaction, the refused ones named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel

from enforcer.errors import InvalidForm
from enforcer.exchange import workbook
from enforcer.exchange.ledgers import LEDGERS
from enforcer.operations.ledger_kinds import TAKERS
from enforcer.operations.ledger_mapped import MappedForm, import_mapped
from enforcer.operations.ledger_taking import ImportReport, Taking, take
from enforcer.operations.ledger_undo import UndoImportForm, undo_import
from enforcer.operations.registry import operation
from enforcer.store.database import Store


class LedgerForm(BaseModel):
    """Which workbook, which ledger; `dry_run` reads and reports, and takes nothing."""

    request_id: UUID | None = None
    path: Path
    kind: str
    dry_run: bool = False


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
    if form.kind not in LEDGERS:
        raise InvalidForm({"kind": f"没有“{form.kind}”这种台账，可以写：{'、'.join(LEDGERS)}。"})
    reading = workbook.read_ledger(
        form.path, LEDGERS[form.kind], today=today, progress=progress, cancelled=cancelled
    )
    what = Taking(
        kind=form.kind,
        source=form.path.name,
        sheet="",
        take=TAKERS[form.kind],
        operation="import_ledger",
        request_id=form.request_id,
        dry_run=form.dry_run,
    )
    return take(store, reading, what, now=now, actor=actor, progress=progress)


__all__ = [
    "TAKERS",
    "ImportReport",
    "LedgerForm",
    "MappedForm",
    "UndoImportForm",
    "import_ledger",
    "import_mapped",
    "undo_import",
]
