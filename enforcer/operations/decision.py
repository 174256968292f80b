"""The head's ruling becomes a decision: punish, spare, dismiss, revoke (行政处罚法 第五十七至五十九条)."""

from __future__ import annotations

from typing import Any

from enforcer import models
from enforcer.course_terms import Gains, Outcome, RecordKind, SignOffMatter
from enforcer.law import penalty_order
from enforcer.law.course_decision import Decision, Imposition, Proposal
from enforcer.law.course_people import Approval
from enforcer.operations.course_paper_education import enter_education
from enforcer.operations.course_paper_numbers import draw_for_decision
from enforcer.operations.execution_forms import RevokePenaltyForm
from enforcer.operations.investigation import write_record
from enforcer.operations.proposing import keep_proposal, proposal_of
from enforcer.operations.review_forms import (
    DecideForm,
    DismissForm,
    EducationForm,
    ProposeDecisionForm,
)
from enforcer.operations.signing import put_forward
from enforcer.operations.taking import Taking, step
from enforcer.queries.course_rows import columns
from enforcer.terms import (
    CaseStep,
    Discretion,
    NoPenaltyReason,
    PaymentMode,
    PenaltyKind,
    Procedure,
    SeriesKind,
)

__all__ = ["decide", "dismiss_case", "propose_decision", "record_education", "revoke_penalty"]


@step("呈报处理意见", ProposeDecisionForm, CaseStep.DECISION_PROPOSED)
def propose_decision(taking: Taking, form: ProposeDecisionForm) -> int:
    """Put an opinion before the heads (第五十七条第一款)."""
    new = proposal_of(taking, form)
    taking.weigh(new)
    row = keep_proposal(taking, new)
    taking.record(row)
    put_forward(taking, SignOffMatter.DECISION, form.words)
    return row


@step("教育", EducationForm, CaseStep.EDUCATED)
def record_education(taking: Taking, form: EducationForm) -> int:
    """Enter how the party was educated, in the case and in the register (第三十三条第三款)."""
    row = write_record(taking, form, RecordKind.EDUCATION, form.content)
    enter_education(taking, form.person)
    return row


@step("作出决定", DecideForm, CaseStep.DECIDED)
def decide(taking: Taking, form: DecideForm) -> int:
    """Number and date the decision that the head has approved; returns the decision's row."""
    del form
    put = taking.facts.put_forward
    imposed = put.imposition if put else Imposition()
    taking.weigh(Decision(on=taking.day, outcome=imposed.outcome))
    assert put is not None
    case = taking.session.get(models.Case, taking.facts.case_id)
    assert case is not None
    assert case.id
    spared = imposed.outcome is not Outcome.PENALTY
    kind = SeriesKind.NO_PENALTY if spared else SeriesKind.DECISION
    drawn = draw_for_decision(taking.session, case, kind, taking.day.year)
    row = models.Decision(
        case_id=case.id,
        number=drawn.number,
        series_id=drawn.series_id,
        serial=drawn.serial,
        procedure=Procedure.ORDINARY,
        decided_on=taking.day,
        kinds=[one.value for one in imposed.kinds],
        heaviest=penalty_order.heaviest(imposed.kinds, taking.day) if imposed.kinds else None,
        fine_fen=imposed.fine_fen,
        confiscated_fen=_confiscated(imposed),
        discretion=Discretion.NO_PENALTY if spared else imposed.discretion,
        no_penalty_reason=_reason(imposed),
        payment_mode=PaymentMode.BANK if imposed.fine_fen else None,
        facts=_kept(put),
    )
    taking.session.add(row)
    taking.session.flush()
    assert row.id
    taking.record(row.id, detail={"number": row.number})
    return row.id


def _confiscated(imposed: Imposition) -> int:
    """The value of what is confiscated, by the kinds that were chosen."""
    gains = imposed.gains_fen if PenaltyKind.CONFISCATE_GAINS in imposed.kinds else 0
    things = imposed.property_fen if PenaltyKind.CONFISCATE_PROPERTY in imposed.kinds else 0
    return (gains if imposed.gains is Gains.KNOWN else 0) + things


def _reason(imposed: Imposition) -> NoPenaltyReason | None:
    if imposed.outcome is Outcome.NOT_ESTABLISHED:
        return NoPenaltyReason.NOT_ESTABLISHED
    return imposed.no_penalty_reason if imposed.spares else None


def _kept(put: Proposal) -> dict[str, Any]:
    """What stays with the decision: the opinion that was approved."""
    imposed = columns(Imposition, put.imposition, models.Proposal)
    return {
        "proposal": put.id,
        "form": {
            name: value if isinstance(value, str | int | bool | list | dict) else str(value)
            for name, value in (imposed | {"facts": put.facts, "evidence": put.evidence}).items()
            if value not in (None, "", [], {})
        },
    }


@step("撤案", DismissForm, CaseStep.DISMISSED)
def dismiss_case(taking: Taking, form: DismissForm) -> int:
    """End a filed case without a decision, by the head, with the reason."""
    taking.weigh(Approval(taking.day, form.reason))
    case = taking.session.get(models.Case, taking.facts.case_id)
    assert case is not None
    assert case.id
    case.closed_on = taking.day
    taking.session.add(case)
    taking.record(case.id)
    return case.id


@step("撤销决定", RevokePenaltyForm, CaseStep.REVOKED)
def revoke_penalty(taking: Taking, form: RevokePenaltyForm) -> int:
    """Revoke the organ's own decision; it stays in the ledger and in the count (第七十五条第二款)."""
    taking.weigh(Approval(taking.day, form.reason))
    assert taking.facts.decision is not None
    row = undo(taking, form.reason)
    taking.record(row)
    return row


def undo(taking: Taking, reason: str) -> int:
    """Let the decision have no more effect from today."""
    assert taking.facts.decision is not None
    changed = {"revoked_on": taking.day, "revocation_reason": reason}
    return taking.change(models.Decision, taking.facts.decision.id, changed)
