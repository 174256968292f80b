"""The money of an ordinary decision: received, deferred, urged, taken to court (第六十六至七十二条)."""

from __future__ import annotations

from enforcer import models
from enforcer.law import course_clocks
from enforcer.law.course_after import CourtApplication, Deferral, Instalment, Payment, Urging
from enforcer.operations.execution_forms import (
    CourtAnswerForm,
    CourtForm,
    DeferForm,
    ReceiptForm,
    UrgeForm,
)
from enforcer.operations.taking import Taking, fen_of, one_of, step
from enforcer.queries import case_history
from enforcer.terms import CaseStep, PaymentMode

__all__ = [
    "apply_to_court",
    "defer_payment",
    "receive_payment",
    "record_court_answer",
    "urge",
]


@step("登记缴款（普通程序）", ReceiptForm, CaseStep.PAID)
def receive_payment(taking: Taking, form: ReceiptForm) -> int:
    """Enter what the bank has received; blank is all that is still owed of the fine."""
    read = fen_of(
        {
            "amount_yuan": (form.amount_yuan, "缴款金额"),
            "additional_yuan": (form.additional_yuan, "加处罚款"),
        }
    )
    blank = not form.amount_yuan and not form.additional_yuan
    amount = course_clocks.open_fen(taking.facts) if blank else read["amount_yuan"]
    new = Payment(
        taking.day,
        amount,
        read["additional_yuan"],
        form.receipt_number,
        case_history.receipt_used_by(taking.session, form.receipt_number),
    )
    taking.weigh(new)
    assert taking.facts.decision is not None
    row = models.Payment(
        decision_id=taking.facts.decision.id,
        mode=PaymentMode.BANK,
        paid_on=taking.day,
        amount_fen=amount,
        additional_fen=new.additional_fen,
        receipt_number=form.receipt_number,
        note=form.note,
    )
    taking.session.add(row)
    taking.session.flush()
    assert row.id
    taking.record(row.id)
    return row.id


@step("延期、分期缴纳", DeferForm, CaseStep.DEFERRED)
def defer_payment(taking: Taking, form: DeferForm) -> int:
    """Enter the head's approval; the last part's day takes the place of the fifteenth (第六十六条第二款)."""
    read = fen_of(
        {f"parts.{at}": (one.amount_yuan, "各期金额") for at, one in enumerate(form.parts)}
    )
    parts = tuple(Instalment(one.due_on, read[f"parts.{at}"]) for at, one in enumerate(form.parts))
    new = Deferral(on=taking.day, applied_on=form.applied_on, reason=form.reason, parts=parts)
    taking.weigh(new)
    row = taking.keep(models.Deferral, Deferral, new, approved_by=taking.by)
    assert taking.facts.decision is not None
    changed = {"payment_due_on": parts[-1].due_on}
    taking.change(models.Decision, taking.facts.decision.id, changed)
    taking.record(row)
    return row


@step("催告", UrgeForm, CaseStep.URGED)
def urge(taking: Taking, form: UrgeForm) -> int:
    """Write the urging notice with what is owed today (行政强制法 第三十五条)."""
    new = Urging(
        on=taking.day,
        fine_fen=course_clocks.open_fen(taking.facts),
        additional_fen=course_clocks.additional_open_fen(taking.facts, taking.day),
        how_to_pay=form.how_to_pay,
    )
    return taking.add(models.Urging, new)


@step("申请法院强制执行", CourtForm, CaseStep.COURT_APPLICATION)
def apply_to_court(taking: Taking, form: CourtForm) -> int:
    """Apply to the court within its three months, signed by the head (行政强制法 第五十三至五十五条)."""
    head = taking.person(form.signed_by_id, "signed_by_id")
    organ = taking.facts.organ
    new = CourtApplication(
        on=taking.day,
        court=form.court or (organ.court if organ else ""),
        fine_fen=course_clocks.open_fen(taking.facts),
        additional_fen=course_clocks.additional_open_fen(taking.facts, taking.day),
        signed_by=head.name if head else "",
        signed_by_post=head.post if head else None,
    )
    taking.weigh(new)
    row = taking.keep(
        models.CourtApplication, CourtApplication, new, signed_by_id=form.signed_by_id
    )
    taking.record(row)
    return row


@step("法院裁定", CourtAnswerForm, CaseStep.COURT_ANSWERED)
def record_court_answer(taking: Taking, form: CourtAnswerForm) -> int:
    """Enter what the court has said (行政强制法 第五十六至五十八条)."""
    known = one_of(taking.facts.applications, form.application_id, "application_id", "强制执行申请")
    return taking.amend(
        models.CourtApplication,
        known,
        answered_on=taking.day,
        answer=form.answer,
        answer_number=form.number,
    )
