"""拟处理意见: from the form, and from what the case said last, to the fact and its row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from enforcer import models
from enforcer.law.conditions import Tick
from enforcer.law.course_decision import Imposition, Proposal
from enforcer.operations.course_forms import ImpositionForm
from enforcer.operations.taking import Taking, fen_of
from enforcer.queries.course import IMPOSED
from enforcer.queries.course_rows import columns

AMOUNTS = {
    "fine_yuan": ("fine_fen", "罚款数额"),
    "gains_yuan": ("gains_fen", "没收违法所得"),
    "property_yuan": ("property_fen", "没收非法财物价值"),
}
TEXTS = (
    "facts", "evidence", "words", "public_interest", "complicated", "serious", "major_rights",
)  # fmt: skip


def proposal_of(taking: Taking, form: ImpositionForm) -> Proposal:
    """The opinion of the form; what it leaves out stands as in the latest opinion of the case."""
    given = form.model_fields_set
    before = taking.facts.proposals[-1] if taking.facts.proposals else None
    imposed: dict[str, Any] = {}
    for name in IMPOSED:
        if name in given:
            imposed[name] = getattr(form, name)
    read = fen_of({name: (getattr(form, name), label) for name, (_, label) in AMOUNTS.items()})
    imposed |= {column: read[name] for name, (column, _) in AMOUNTS.items() if name in given}
    if "ticks" in imposed:
        imposed["ticks"] = {
            key: Tick(one.holds, one.evidence, one.value) for key, one in form.ticks.items()
        }
    if "papers" in imposed:
        imposed["papers"] = frozenset(form.papers)
    imposition = replace(before.imposition if before else Imposition(), **imposed)
    texts = {
        name: getattr(form, name) if name in given or before is None else getattr(before, name)
        for name in TEXTS
    }
    return Proposal(step=taking.step, on=taking.day, imposition=imposition, **texts)


def keep_proposal(taking: Taking, new: Proposal) -> int:
    """Write the opinion as one row."""
    imposed = columns(Imposition, new.imposition, models.Proposal)
    return taking.keep(models.Proposal, Proposal, new, **imposed)
