"""结案: put forward, signed, closed (行政处罚法 第四十七条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from enforcer import models
from enforcer.course_terms import SignOffMatter
from enforcer.errors import Objection
from enforcer.law.course_after import Closure
from enforcer.operations.execution_forms import ProposeClosureForm
from enforcer.operations.signing import put_forward
from enforcer.operations.taking import Objections, Taking, step
from enforcer.queries import dossier_closing
from enforcer.queries.dossier_closing import GAPS, Gap
from enforcer.terms import CaseStep

__all__ = ["Asked", "close", "propose_closure"]

Kept = list[dict[str, str]]


class Asked:
    """What a closing step is asked for beyond the law's own refusals, looked up once, when needed."""

    def __init__(self, session: Session, case_id: int, *, now: datetime) -> None:
        self.session, self.case_id, self.now = session, case_id, now
        self._found: dict[Objection, Gap] = {}

    def objections(self) -> Objections:
        """What is missing, as the office has settled it."""
        self._found = dossier_closing.objections(self.session, self.case_id, now=self.now)
        return tuple(self._found)

    def answered(self, reasons: Mapping[str, str]) -> Kept:
        """What was missing and the reason it was closed with, as the step keeps it."""
        return [
            {"code": one.code, "label": one.label, "say": one.say, "reason": reasons[one.code]}
            for one in self._found.values()
        ]


@step("呈报结案", ProposeClosureForm, CaseStep.CLOSURE_PROPOSED)
def propose_closure(taking: Taking, form: ProposeClosureForm) -> int:
    """Put a case before the heads to be closed; what is missing is answered for, one by one."""
    new = Closure(on=taking.day, way=form.way, words=form.words, goods_words=form.goods_words)
    asked = Asked(taking.session, form.case_id, now=taking.now)
    taking.weigh(new, more=asked.objections)
    kept = asked.answered(taking.facts.reasons)
    row = taking.keep(models.Closure, Closure, replace(new, words=_with_reasons(form.words, kept)))
    taking.record(row, detail={GAPS: kept})
    put_forward(taking, SignOffMatter.CLOSURE, form.words)
    return row


def close(taking: Taking, asked: Asked) -> None:
    """The last signature closes the file."""
    case = taking.session.get(models.Case, taking.facts.case_id)
    assert case is not None
    case.closed_on = taking.day
    taking.session.add(case)
    kept = asked.answered(taking.facts.reasons)
    taking.record(case.id or 0, step=CaseStep.CLOSED, detail={GAPS: kept})


def _with_reasons(words: str, kept: Sequence[Mapping[str, str]]) -> str:
    """What the heads sign, with what was missing: it stands on the paper they sign."""
    by_reason: dict[str, list[str]] = {}
    for one in kept:
        by_reason.setdefault(one["reason"].rstrip("。"), []).append(one["label"])
    said = "；".join(f"{'、'.join(labels)}（{why}）" for why, labels in by_reason.items())
    if not said:
        return words
    ended = words if not words or words.endswith("。") else f"{words}。"
    return f"{ended}没有补齐的：{said}。"
