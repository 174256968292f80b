"""审批: one signature of the chain; the last one files, rules or closes (行政处罚法 第五十四、五十七条)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from enforcer import models
from enforcer.course_terms import SignOffMatter
from enforcer.law import sign_off as chain
from enforcer.law.course_people import SignOff
from enforcer.operations.closure import Asked, close
from enforcer.operations.filing import file_case, refuse_filing
from enforcer.operations.lead_forms import SignOffForm
from enforcer.operations.signing import signature
from enforcer.operations.taking import Taking, step
from enforcer.terms import CaseStep

__all__ = ["sign_off"]


def _rule(taking: Taking) -> None:
    """负责人决定: what was put forward now stands (第五十七条第一款)."""
    put = taking.facts.put_forward
    assert put is not None
    taking.record(put.id, step=CaseStep.RULED)


_ENDING: Mapping[SignOffMatter, Callable[[Taking], None]] = {
    SignOffMatter.FILING: file_case,
    SignOffMatter.DECISION: _rule,
}


@step("审批", SignOffForm, CaseStep.SIGNED)
def sign_off(taking: Taking, form: SignOffForm) -> int:
    """Sign one level; the head's signature at the end makes it so, his refusal of a filing ends it."""
    matter = form.matter
    last = chain.is_last(taking.facts, matter)
    new = signature(taking, matter, agrees=form.agrees, words=form.words)
    ends = chain.ENDS_WITH[matter] if last and form.agrees else None
    asked = Asked(taking.session, form.case_id, now=taking.now)
    closes = ends is CaseStep.CLOSED
    taking.weigh(
        new,
        *([CaseStep.SIGNED, ends] if ends else [CaseStep.SIGNED]),
        more=asked.objections if closes else None,
    )
    row = taking.keep(models.SignOff, SignOff, new)
    taking.record(row)
    if closes:
        close(taking, asked)
    elif ends:
        _ENDING[matter](taking)
    elif last and matter is SignOffMatter.FILING:
        refuse_filing(taking, form.words)
    return row
