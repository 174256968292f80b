"""What follows an on-the-spot decision: money, the record, closing, revoking."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused
from enforcer.models import Case, CaseEvent, Decision, Document, Payment
from enforcer.operations import summary
from enforcer.operations.payments import (
    HandInForm,
    PaymentForm,
    hand_in_money,
    register_payment,
)
from enforcer.operations.slips import TakeBackStepForm, take_back_step
from enforcer.queries import case_page
from enforcer.store.database import Store
from enforcer.terms import PaymentMode, Stage
from tests.factories import Office, an_office
from tests.operations.summary_after_desk import TODAY, close, on_the_spot, pay, report, revoke
from tests.operations.summary_desk import NOW, a_form, decide


@pytest.fixture
def office(store: Store) -> Office:
    return an_office(store, items=("pavement_parking", "road_occupation", "bicycle_parking"))


@pytest.fixture
def made(store: Store, office: Office) -> summary.Decided:
    """A decision of 2026-09-03 over 200 元, to be paid at the bank."""
    return decide(store, a_form(office))


def code_of(caught: pytest.ExceptionInfo[Refused]) -> str:
    return caught.value.objections[0].code


# money


def test_a_payment_without_amount_is_all_that_is_owed(store: Store, made: summary.Decided) -> None:
    pay(store, made, receipt_number="湘财1")
    with store.reading() as session:
        row = session.exec(select(Payment)).one()
        steps = [one.step for one in session.exec(select(CaseEvent).order_by(CaseEvent.id))]
    assert (row.amount_fen, row.mode, row.receipt_number) == (20_000, PaymentMode.BANK, "湘财1")
    assert steps[-1] == "paid"


def test_no_more_is_taken_than_is_owed(store: Store, made: summary.Decided) -> None:
    with pytest.raises(Refused) as caught:
        pay(store, made, amount_yuan="200.01")
    assert code_of(caught) == "too_much"
    pay(store, made, amount_yuan="150")
    with pytest.raises(Refused) as caught:
        pay(store, made, amount_yuan="50.01")
    assert "50.00" in caught.value.objections[0].say
    pay(store, made, amount_yuan="50")
    with pytest.raises(Refused) as caught:
        pay(store, made)
    assert code_of(caught) == "paid_in_full"


def test_one_receipt_is_never_used_twice(
    store: Store, office: Office, made: summary.Decided
) -> None:
    pay(store, made, amount_yuan="50", receipt_number="湘财1")
    with pytest.raises(Refused) as caught:
        pay(store, made, amount_yuan="50", receipt_number="湘财1")
    assert code_of(caught) == "receipt_used"
    assert made.number in caught.value.objections[0].say


def test_the_same_payment_sent_twice_is_one(store: Store, made: summary.Decided) -> None:
    request = uuid4()
    assert pay(store, made, amount_yuan="50", request_id=request) == pay(
        store, made, amount_yuan="50", request_id=request
    )
    with store.reading() as session:
        assert len(session.exec(select(Payment)).all()) == 1


@pytest.mark.parametrize(
    ("on", "code"),
    [(date(2026, 9, 2), "too_early"), (date(2026, 9, 4), "in_future")],
)
def test_money_comes_after_the_decision_and_not_in_the_future(
    store: Store, made: summary.Decided, on: date, code: str
) -> None:
    form = PaymentForm(case_id=made.case_id, paid_on=on)
    with pytest.raises(Refused) as caught:
        register_payment(store, form, today=TODAY, now=NOW, actor="周敏")
    assert code_of(caught) == code


def test_an_amount_that_is_none_comes_back_under_its_field(
    store: Store, made: summary.Decided
) -> None:
    with pytest.raises(InvalidForm) as caught:
        pay(store, made, amount_yuan="二百")
    assert "amount_yuan" in caught.value.by_field


def test_a_warning_owes_nothing(store: Store, office: Office) -> None:
    warned = decide(
        store,
        a_form(
            office,
            item_key="bicycle_parking",
            breached="《中华人民共和国道路交通安全法》第五十九条",
            sanctioned_by="《中华人民共和国道路交通安全法》第八十九条",
            kinds=("warning",),
            fine_yuan="",
            payment=None,
        ),
    )
    with pytest.raises(Refused) as caught:
        pay(store, warned)
    assert code_of(caught) == "nothing_owed"


@pytest.mark.parametrize(
    ("days", "most"),
    [(0, None), (1, "6.00"), (34, "200.00"), (40, "200.00")],
)
def test_late_days_add_three_percent_up_to_the_fine(
    store: Store, made: summary.Decided, days: int, most: str | None
) -> None:
    paid_on = date(2026, 9, 18) + timedelta(days=days)
    too_much = f"{float(most or 0) + 0.01:.2f}"
    with pytest.raises(Refused) as caught:
        pay(store, made, on=paid_on, additional_yuan=too_much)
    assert code_of(caught) == "additional_too_much"
    assert pay(store, made, on=paid_on, additional_yuan=most or "0")


# on-the-spot money


def test_collected_money_goes_to_the_organ_and_then_to_the_bank_once_each(
    store: Store, office: Office
) -> None:
    made = on_the_spot(store, office)
    with store.reading() as session:
        payment_id = session.exec(select(Payment.id)).one()

    def hand_in(today: date = TODAY, **dates: date) -> int:
        form = HandInForm(payment_id=payment_id, **dates)
        return hand_in_money(store, form, today=today, now=NOW, actor="周敏")

    with pytest.raises(Refused) as caught:
        hand_in(to_bank_on=TODAY)
    assert code_of(caught) == "not_at_organ"
    with pytest.raises(InvalidForm):
        hand_in()
    hand_in(to_organ_on=TODAY)
    with pytest.raises(Refused) as caught:
        hand_in(today=date(2026, 9, 9), to_organ_on=date(2026, 9, 9))
    assert code_of(caught) == "done_already"
    later = date(2026, 9, 8)
    with pytest.raises(Refused) as caught:
        hand_in(to_bank_on=later)
    assert code_of(caught) == "in_future"
    hand_in(today=later, to_bank_on=later)
    page = case_page.page(store, made.case_id, today=later)
    assert page is not None
    clocks = {one.title: one for one in page.clocks}
    to_bank = clocks["罚款缴付银行"]
    assert to_bank.due is not None
    assert to_bank.due.due_on == date(2026, 9, 7)
    assert to_bank.late(later), "two working days from Thursday end on Monday"
    assert not clocks["罚款交至行政机关"].late(later)


def test_a_payment_at_the_bank_has_no_way_to_go(store: Store, made: summary.Decided) -> None:
    payment_id = pay(store, made)
    form = HandInForm(payment_id=payment_id, to_organ_on=TODAY)
    with pytest.raises(Refused) as caught:
        hand_in_money(store, form, today=TODAY, now=NOW, actor="周敏")
    assert code_of(caught) == "not_collected"


# record, closing, revoking


def test_the_record_is_entered_once(store: Store, made: summary.Decided) -> None:
    report(store, made)
    with pytest.raises(Refused) as caught:
        report(store, made, date(2026, 9, 4))
    assert code_of(caught) == "reported_already"
    assert "第五十二条第三款" in caught.value.objections[0].cite


def test_a_case_closes_when_it_is_paid_and_reported(store: Store, made: summary.Decided) -> None:
    with pytest.raises(Refused) as caught:
        close(store, made)
    assert [one.code for one in caught.value.objections] == ["unpaid", "not_reported"]
    pay(store, made)
    with pytest.raises(Refused) as caught:
        close(store, made)
    assert [one.code for one in caught.value.objections] == ["not_reported"]
    report(store, made)
    close(store, made)
    with store.reading() as session:
        case = session.get(Case, made.case_id)
        assert case is not None
        assert (case.stage, case.closed_on) == (Stage.CLOSED, TODAY)
    with pytest.raises(Refused) as caught:
        close(store, made)
    assert code_of(caught) == "closed_already"


def test_collected_money_must_have_reached_the_bank(store: Store, office: Office) -> None:
    made = on_the_spot(store, office)
    report(store, made)
    with pytest.raises(Refused) as caught:
        close(store, made)
    assert [one.code for one in caught.value.objections] == ["money_on_its_way"]
    assert "第七十一条" in caught.value.objections[0].cite


def test_a_late_payment_without_addition_wants_a_reason(
    store: Store, made: summary.Decided
) -> None:
    late = date(2026, 9, 20)
    pay(store, made, on=late)
    report(store, made, late)
    with pytest.raises(Refused) as caught:
        close(store, made, late)
    assert code_of(caught) == "additional_open"
    close(store, made, late, additional_open="当事人住院，经批准不加处")


def test_a_revoked_decision_stays_and_takes_no_more_money(
    store: Store, made: summary.Decided
) -> None:
    revoke(store, made)
    with pytest.raises(Refused) as caught:
        pay(store, made)
    assert code_of(caught) == "revoked"
    with pytest.raises(Refused):
        revoke(store, made)
    close(store, made)
    with store.reading() as session:
        decision = session.get(Decision, made.decision_id)
        assert decision is not None
        assert (decision.revoked_on, decision.revocation_reason) == (TODAY, "事实认定错误")
        assert session.exec(select(Document)).one().number == made.number


def test_a_revocation_entered_by_mistake_is_taken_back_until_a_step_follows(
    store: Store, office: Office, made: summary.Decided
) -> None:
    def slip() -> None:
        form = TakeBackStepForm(case_id=made.case_id, by_id=office.officers[0], reason="录错了案件")
        take_back_step(store, form, today=TODAY, now=NOW, actor="局长")

    with pytest.raises(Refused, match="由旧版本录入"):
        slip()
    revoke(store, made)
    slip()
    with store.reading() as session:
        decision = session.get(Decision, made.decision_id)
        assert decision is not None
        assert (decision.revoked_on, decision.revocation_reason) == (None, "")
    pay(store, made)
    revoke(store, made)
    close(store, made)
    with pytest.raises(Refused):
        slip()


def test_a_case_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(Refused) as caught:
        summary.close_case(store, summary.CloseForm(case_id=99), today=TODAY, now=NOW, actor="周敏")
    assert code_of(caught) == "case_gone"
