"""Who takes the rows of which ledger."""

from __future__ import annotations

from datetime import date
from typing import Final

from enforcer.operations import (
    ledger_leads,
    ledger_notices,
    ledger_penalties,
    ledger_registers,
)
from enforcer.operations.ledger_taking import Taker

TAKERS: Final[dict[str, Taker]] = {
    "notices": ledger_notices.take,
    "penalties": ledger_penalties.take,
    "leads": ledger_leads.take,
    "officers": ledger_registers.take_officers,
    "recorders": ledger_registers.take_recorders,
    "education": ledger_registers.take_education,
}


def taker(kind: str, today: date) -> Taker:
    """The function that takes the rows of this kind."""
    if kind in TAKERS:
        return TAKERS[kind]
    from enforcer.operations import law_takers

    take = law_takers.TAKERS[kind]
    return lambda intake, rows: take(intake, rows, today)
