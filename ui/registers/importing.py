"""What the import dialog needs to know of a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enforcer.exchange.ledgers import LEDGERS
from enforcer.operations.ledgers import ImportReport, LedgerForm, import_ledger
from ui.widgets.import_dialog import Import, Take

if TYPE_CHECKING:
    from ui.context import Context


def ledger_import(context: Context, kind: str) -> Import:
    """The import of one of the ledgers."""
    ledger = LEDGERS[kind]
    required = "、".join(one.header for one in ledger.columns if one.required)
    names = "、".join(one.header for one in ledger.columns)

    def run(store: Any, take: Take) -> ImportReport:
        form = LedgerForm(
            request_id=take.request_id, path=take.path, kind=ledger.kind, dry_run=take.is_look
        )
        clock = context.clock
        return import_ledger(store, form, today=clock.today(), now=clock.now(), actor=context.actor)

    how = f"第一行是列名：{names}。必须有：{required}。列的次序不限。"
    return Import(kind, ledger.title, how, run)
