"""The money of a decision: payments the bank tells of, on-the-spot money on its way (第六十七至七十二条)."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from enforcer import money
from enforcer.errors import InvalidForm
from enforcer.models import Decision, Payment
from enforcer.operations.course import (
    add_event,
    case_and_decision,
    refuse_outside,
    refuse_revoked,
)
from enforcer.operations.editing import block, once
from enforcer.operations.registry import operation
from enforcer.operations.summary_forms import HandInForm, PaymentForm
from enforcer.queries import case_history
from enforcer.queries.case_money import money_of
from enforcer.queries.case_owed import Money
from enforcer.store.database import Store
from enforcer.terms import COLLECTED_ON_SPOT, CaseStep, PaymentMode

__all__ = ["HandInForm", "PaymentForm", "hand_in_money", "register_payment"]
ARTICLE_67 = "行政处罚法（2021）第六十七条第三款"
ARTICLE_70 = "行政处罚法（2021）第七十条"
ARTICLE_71 = "行政处罚法（2021）第七十一条"
ARTICLE_72 = "行政处罚法（2021）第七十二条第一款第一项"


@operation("登记缴款", PaymentForm)
def register_payment(
    store: Store, form: PaymentForm, *, today: date, now: datetime, actor: str
) -> int:
    """Enter money that the bank has received; never more than is owed, never one receipt twice."""

    def deed(session: Session) -> int:
        case, decision = case_and_decision(session, form.case_id)
        refuse_revoked(decision)
        assert decision.id
        assert case.id
        owed = money_of(session, decision)
        paid_on = form.paid_on or today
        refuse_outside(paid_on, decision.decided_on, today, what="缴款日期", field="paid_on")
        amount, additional = _amounts(form, owed)
        _refuse_too_much(decision, owed, amount, additional, paid_on)
        _refuse_receipt(session, form.receipt_number)
        row = Payment(
            decision_id=decision.id,
            mode=PaymentMode.BANK,
            paid_on=paid_on,
            amount_fen=amount,
            additional_fen=additional,
            receipt_number=form.receipt_number,
            note=form.note,
        )
        session.add(row)
        session.flush()
        detail = {
            "amount": money.yuan(amount),
            "additional": money.yuan(additional) if additional else "",
            "receipt": form.receipt_number,
        }
        add_event(session, case.id, CaseStep.PAID, paid_on, detail, now=now, actor=actor)
        assert row.id
        return row.id

    return once(store, form, name="register_payment", now=now, actor=actor, deed=deed)


def _amounts(form: PaymentForm, owed: Money) -> tuple[int, int]:
    wrong: dict[str, str] = {}
    found = {"amount_yuan": owed.open_fen, "additional_yuan": 0}
    for name, text, label in (
        ("amount_yuan", form.amount_yuan, "缴款金额"),
        ("additional_yuan", form.additional_yuan, "加处罚款"),
    ):
        if text:
            try:
                found[name] = money.parse_yuan(text, label=label)
            except ValueError as error:
                wrong[name] = str(error)
    if wrong:
        raise InvalidForm(wrong)
    return found["amount_yuan"], found["additional_yuan"]


def _refuse_too_much(
    decision: Decision, owed: Money, amount: int, additional: int, paid_on: date
) -> None:
    if not decision.fine_fen:
        raise block(
            "nothing_owed",
            f"决定 {decision.number} 没有罚款，没有可以登记的缴款。请核对是不是这个案件。",
            ARTICLE_67,
            "amount_yuan",
        )
    if not amount and not additional:
        raise block(
            "paid_in_full",
            f"决定 {decision.number} 的罚款 {money.yuan(owed.fine_fen)} 元已经缴清，不能重复登记。"
            "收的是加处罚款的，请填加处罚款金额。",
            ARTICLE_67,
            "amount_yuan",
        )
    if amount > owed.open_fen:
        raise block(
            "too_much",
            f"登记 {money.yuan(amount)} 元，超过尚未缴纳的 {money.yuan(owed.open_fen)} 元。请核对金额。",
            ARTICLE_67,
            "amount_yuan",
        )
    late = owed.additional(paid_on)
    most = (late.amount_fen if late else 0) - owed.additional_paid_fen
    if additional > most:
        raise block(
            "additional_too_much",
            f"加处罚款登记 {money.yuan(additional)} 元，到 {paid_on} 最多可以加处"
            f" {money.yuan(max(0, most))} 元。请按缴款到期日和实际缴款日重新计算。",
            ARTICLE_72,
            "additional_yuan",
        )


def _refuse_receipt(session: Session, receipt: str) -> None:
    if used := case_history.receipt_used_by(session, receipt):
        raise block(
            "receipt_used",
            f"票据号码 {receipt} 已经用在{used}上，不能再用。请核对票据。",
            ARTICLE_70,
            "receipt_number",
        )


@operation("当场收缴的罚款交回", HandInForm)
def hand_in_money(store: Store, form: HandInForm, *, today: date, now: datetime, actor: str) -> int:
    """Record the two ways of on-the-spot money, each once, in their order (第七十一条)."""

    def deed(session: Session) -> int:
        row = session.get(Payment, form.payment_id)
        if row is None or row.mode not in COLLECTED_ON_SPOT:
            raise block(
                "not_collected",
                "这一笔不是当场收缴的罚款，没有交回这一步。请从案件里选当场收缴的那一笔。",
                ARTICLE_71,
            )
        decision = session.get(Decision, row.decision_id)
        assert decision is not None
        if form.to_organ_on is None and form.to_bank_on is None:
            raise InvalidForm({"to_organ_on": "没有填交至行政机关或者缴付银行的日期，请填写。"})
        _take(session, row, decision, form, today=today, now=now, actor=actor)
        session.add(row)
        session.flush()
        assert row.id
        return row.id

    return once(store, form, name="hand_in_money", now=now, actor=actor, deed=deed)


def _take(
    session: Session,
    row: Payment,
    decision: Decision,
    form: HandInForm,
    *,
    today: date,
    now: datetime,
    actor: str,
) -> None:
    if form.to_organ_on is not None:
        if row.to_organ_on is not None:
            raise _done_already("交至行政机关", row.to_organ_on, "to_organ_on")
        refuse_outside(
            form.to_organ_on, row.paid_on, today, what="交至行政机关的日期", field="to_organ_on"
        )
        row.to_organ_on = form.to_organ_on
        add_event(
            session,
            decision.case_id,
            CaseStep.TO_ORGAN,
            form.to_organ_on,
            {"receipt": row.receipt_number},
            now=now,
            actor=actor,
        )
    if form.to_bank_on is not None:
        if row.to_bank_on is not None:
            raise _done_already("缴付银行", row.to_bank_on, "to_bank_on")
        if row.to_organ_on is None:
            raise block(
                "not_at_organ",
                "罚款还没有登记交至行政机关，不能先登记缴付银行。请先填交至行政机关的日期。",
                ARTICLE_71,
                "to_organ_on",
            )
        refuse_outside(
            form.to_bank_on, row.to_organ_on, today, what="缴付银行的日期", field="to_bank_on"
        )
        row.to_bank_on = form.to_bank_on
        add_event(
            session,
            decision.case_id,
            CaseStep.TO_BANK,
            form.to_bank_on,
            {"receipt": row.receipt_number},
            now=now,
            actor=actor,
        )


def _done_already(what: str, day: date, field: str) -> Exception:
    return block(
        "done_already",
        f"这笔罚款已登记于 {day} {what}，不能改写日期。登记有误的，请写明情况交系统管理员处理。",
        ARTICLE_71,
        field,
    )
