"""What stands against a step of a case or a lead while it is typed: the same guards, nothing written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from enforcer.errors import InvalidForm, Objection
from enforcer.operations import filing, lead_rows, leads, taking
from enforcer.operations.lead_forms import OnLeadForm
from enforcer.queries.course_rows import CHINA
from enforcer.store.database import Store

__all__ = ["weighed"]


def weighed(store: Store, operation: str, form: Any, *, now: datetime) -> tuple[Objection, ...]:
    """The objections of the step an operation takes; () for what is no step of either."""
    try:
        if operation == "propose_filing":
            today = now.astimezone(CHINA).date()
            return filing.filing_weighed(store, form, today=today, now=now)
        if operation == "register_lead":
            return leads.register_weighed(store, form, now=now)
        if isinstance(form, OnLeadForm):
            return lead_rows.weighed(store, operation, form, now=now)
        return taking.weighed(store, operation, form, now=now)
    except InvalidForm:
        return ()  # a field that cannot be read is told beside it
