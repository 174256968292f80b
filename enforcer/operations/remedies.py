"""行政复议、行政诉讼: registered, concluded, and what that does to the decision (行政处罚法 第七、七十三条)."""

from __future__ import annotations

from enforcer import models
from enforcer.course_terms import RemedyKind
from enforcer.law.course_after import Remedy
from enforcer.law.course_clocks import UNDOING
from enforcer.operations.decision import undo
from enforcer.operations.execution_forms import ConcludeRemedyForm, RemedyForm
from enforcer.operations.taking import Taking, fen_of, one_of, step
from enforcer.terms import CaseStep

__all__ = ["conclude_remedy", "register_litigation", "register_reconsideration"]


@step("行政复议", RemedyForm, CaseStep.RECONSIDERATION)
def register_reconsideration(taking: Taking, form: RemedyForm) -> int:
    """Enter that the party has applied for reconsideration (行政复议法 第二十条)."""
    return taking.add(models.Remedy, _remedy(taking, form, RemedyKind.RECONSIDERATION))


@step("行政诉讼", RemedyForm, CaseStep.LITIGATION)
def register_litigation(taking: Taking, form: RemedyForm) -> int:
    """Enter that the party has sued (行政诉讼法 第四十五、四十六条)."""
    return taking.add(models.Remedy, _remedy(taking, form, RemedyKind.LITIGATION))


def _remedy(taking: Taking, form: RemedyForm, kind: RemedyKind) -> Remedy:
    return Remedy(kind=kind, body=form.body, on=taking.day, number=form.number, stayed=form.stayed)


@step("复议、诉讼结果", ConcludeRemedyForm, CaseStep.REMEDY_CONCLUDED)
def conclude_remedy(taking: Taking, form: ConcludeRemedyForm) -> int:
    """Enter how it ended; a decision that is revoked or void has no more effect."""
    running = [one for one in taking.facts.remedies if one.concluded_on is None]
    known = one_of(
        taking.facts.remedies if form.remedy_id or not running else running,
        form.remedy_id,
        "remedy_id",
        "复议、诉讼",
    )
    read = fen_of({"changed_fine_yuan": (form.changed_fine_yuan, "变更后的罚款")})
    row = taking.amend(
        models.Remedy,
        known,
        concluded_on=taking.day,
        outcome=form.outcome,
        outcome_number=form.number,
        received_on=form.received_on,
        changed_fine_fen=read["changed_fine_yuan"] if form.changed_fine_yuan else None,
        words=form.words,
    )
    decision = taking.facts.decision
    if form.outcome in UNDOING and decision is not None and decision.revoked_on is None:
        undone = undo(
            taking, f"{known.kind.label}{form.outcome.label}（{form.number or known.body}）"
        )
        taking.record(undone, step=CaseStep.REVOKED)
    return row
