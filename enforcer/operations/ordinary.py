"""普通程序: every operation from the lead to the closed file, under one name."""

from __future__ import annotations

from enforcer.operations import (
    announcing,
    approvals,
    closure,
    coercion,
    decision,
    execution,
    filing,
    hearing,
    investigation,
    lead_papers,
    lead_steps,
    leads,
    remedies,
    review,
    service,
    sign_off_chains,
    slips,
)

__all__ = [
    "announcing",
    "approvals",
    "closure",
    "coercion",
    "decision",
    "execution",
    "filing",
    "hearing",
    "investigation",
    "lead_papers",
    "lead_steps",
    "leads",
    "remedies",
    "review",
    "service",
    "sign_off_chains",
    "slips",
]
