"""结案: put forward, signed, closed (行政处罚法 第四十七条)."""

from __future__ import annotations

from enforcer import models
from enforcer.course_terms import SignOffMatter
from enforcer.law.course_after import Closure
from enforcer.operations.execution_forms import ProposeClosureForm
from enforcer.operations.signing import put_forward
from enforcer.operations.taking import Taking, step
from enforcer.terms import CaseStep

__all__ = ["close", "propose_closure"]


@step("呈报结案", ProposeClosureForm, CaseStep.CLOSURE_PROPOSED)
def propose_closure(taking: Taking, form: ProposeClosureForm) -> int:
    """Put a case before the heads to be closed; nothing may be left open."""
    new = Closure(on=taking.day, way=form.way, words=form.words, goods_words=form.goods_words)
    row = taking.add(models.Closure, new)
    put_forward(taking, SignOffMatter.CLOSURE, form.words)
    return row


def close(taking: Taking) -> None:
    """The last signature closes the file."""
    case = taking.session.get(models.Case, taking.facts.case_id)
    assert case is not None
    case.closed_on = taking.day
    taking.session.add(case)
    taking.record(case.id or 0, step=CaseStep.CLOSED)
