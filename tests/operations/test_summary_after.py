"""What follows an on-the-spot decision: money, the record, closing, revoking, printing again."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from sqlmodel import select

from enforcer import __main__ as face
from enforcer.errors import InvalidForm, Refused
from enforcer.models import AuditEntry, Case, CaseEvent, Decision, Document, Payment
from enforcer.operations import summary
from enforcer.operations.issue import PrintPapersForm, print_papers
from enforcer.operations.payments import (
    HandInForm,
    PaymentForm,
    hand_in_money,
    register_payment,
)
from enforcer.queries import case_page, cases
from enforcer.queries.cases import CaseFilter, CaseSort, Standing
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import PaymentMode, Procedure, Stage
from tests.factories import Office, an_office
from tests.operations.test_summary import NOW, a_form, decide

TODAY = NOW.date()


@pytest.fixture
def office(store: Store) -> Office:
    return an_office(store, items=("pavement_parking", "road_occupation", "bicycle_parking"))


@pytest.fixture
def made(store: Store, office: Office) -> summary.Decided:
    """A decision of 2026-09-03 over 200 元, to be paid at the bank."""
    return decide(store, a_form(office))


def on_the_spot(store: Store, office: Office, **changes: Any) -> summary.Decided:
    given = {"fine_yuan": "100", "payment": "on_spot_small", "receipt_number": "湘财00012345"}
    return decide(store, a_form(office, **given | changes))


def pay(store: Store, made: summary.Decided, *, on: date = TODAY, **given: Any) -> int:
    form = PaymentForm(case_id=made.case_id, paid_on=on, **given)
    return register_payment(store, form, today=max(on, TODAY), now=NOW, actor="周敏")


def report(store: Store, made: summary.Decided, on: date = TODAY) -> int:
    form = summary.ReportForm(case_id=made.case_id, reported_on=on)
    return summary.report_for_record(store, form, today=on, now=NOW, actor="周敏")


def close(store: Store, made: summary.Decided, on: date = TODAY, **reasons: str) -> int:
    form = summary.CloseForm(case_id=made.case_id, closed_on=on, reasons=reasons)
    return summary.close_case(store, form, today=on, now=NOW, actor="周敏")


def revoke(store: Store, made: summary.Decided) -> int:
    form = summary.RevokeForm(case_id=made.case_id, reason="事实认定错误")
    return summary.revoke_decision(store, form, today=TODAY, now=NOW, actor="局长")


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


def test_a_case_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(Refused) as caught:
        summary.close_case(store, summary.CloseForm(case_id=99), today=TODAY, now=NOW, actor="周敏")
    assert code_of(caught) == "case_gone"


# papers


def test_the_first_print_is_the_original_and_each_later_one_is_marked(
    store: Store, made: summary.Decided
) -> None:
    form = PrintPapersForm(case_ids=(made.case_id,))
    first = print_papers(store, form, today=TODAY, now=NOW, actor="周敏")
    again = print_papers(store, form, today=TODAY, now=NOW, actor="周敏")
    frozen = vault.read(store.vault, made.vault_name, made.sha256)
    assert first.pdf == frozen
    assert (first.reprinted, again.reprinted, again.pages) == (0, 1, 2)
    for page in PdfReader(BytesIO(again.pdf)).pages:
        assert "补打" in page.extract_text()
    assert vault.read(store.vault, made.vault_name, made.sha256) == frozen
    with store.reading() as session:
        assert session.exec(select(Document)).one().print_count == 2
        prints = session.exec(select(AuditEntry).where(AuditEntry.action == "print")).all()
    assert len(prints) == 2


def test_several_papers_come_as_one_file(
    store: Store, office: Office, made: summary.Decided
) -> None:
    other = decide(
        store, a_form(office, party_name="王某", id_kind="passport", party_id_number="E12345678")
    )
    form = PrintPapersForm(case_ids=(made.case_id, other.case_id))
    out = print_papers(store, form, today=TODAY, now=NOW, actor="周敏")
    assert (out.papers, out.pages) == (2, 4)


def test_the_command_writes_the_paper_of_a_case(
    store: Store, made: summary.Decided, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "决定书.pdf"
    words = ["--home", str(store.home), "issue", made.number, "summary_decision", "-o", str(out)]
    assert face.main(words) == 0
    assert out.read_bytes() == vault.read(store.vault, made.vault_name, made.sha256)
    assert face.main([*words[:-3], "当场行政处罚决定书", "-o", str(out), "--json"]) == 0
    assert '"reprinted": true' in capsys.readouterr().out
    assert (
        face.main(["--home", str(store.home), "issue", "没有", "summary_decision", "-o", str(out)])
        == 1
    )
    assert face.main(["--home", str(store.home), "issue", made.number, "x", "-o", str(out)]) == 1
    missing = str(tmp_path / "无" / "x.pdf")
    assert face.main([*words[:-1], missing]) == 3


@pytest.mark.parametrize("brackets", ["[]", "［］", "（）", "()", "【】"])
def test_a_case_is_found_by_its_number_in_any_brackets(
    store: Store, made: summary.Decided, brackets: str
) -> None:
    typed = made.number.replace("〔", brackets[0]).replace("〕", brackets[1])
    assert typed != made.number
    assert cases.case_number(store, typed) == made.case_id
    assert cases.case_number(store, typed.replace("第00", "第")) == made.case_id
    assert cases.case_number(store, typed.replace("第", "第9")) is None
    wanted = cases.CaseFilter(words=typed)
    assert cases.case_ids(store, wanted, today=TODAY) == [made.case_id]


# questions


def test_the_page_of_a_case_shows_its_arithmetic_and_its_steps(
    store: Store, made: summary.Decided
) -> None:
    page = case_page.page(store, made.case_id, today=TODAY)
    assert page is not None
    clocks = {one.title: one for one in page.clocks}
    paying, recording = clocks["缴纳罚款"], clocks["报本机关备案"]
    assert paying.due is not None
    assert (paying.due.due_on, paying.days_left(TODAY)) == (date(2026, 9, 18), 15)
    assert any("当日不计" in one for one in paying.due.why)
    assert recording.due is not None
    assert recording.due.due_on == date(2026, 9, 7), "two working days, the office's own number"
    remedy = clocks["申请行政复议（当事人）"].due
    assert remedy is not None
    assert remedy.due_on == date(2026, 11, 2)
    steps = {one.key: one for one in page.steps}
    assert steps["pay"].allowed
    assert not steps["close"].allowed
    assert "第五十三条" in steps["close"].reason
    assert steps["hand_in"].reason
    assert page.defence == "明确放弃陈述、申辩"
    assert [one.label for one in page.events][:2] == ["发现", "调查取证"]
    assert page.papers[0].number == made.number


def test_due_today_is_not_overdue_and_the_day_after_is(store: Store, made: summary.Decided) -> None:
    def standing(day: date) -> Standing:
        return cases.case_rows(store, [made.case_id], today=day)[0].standing

    assert standing(date(2026, 9, 18)) is Standing.UNPAID
    assert standing(date(2026, 9, 19)) is Standing.OVERDUE
    pay(store, made)
    assert standing(TODAY) is Standing.TO_REPORT
    report(store, made)
    assert standing(TODAY) is Standing.TO_CLOSE
    close(store, made)
    assert standing(TODAY) is Standing.CLOSED


def test_the_office_without_days_for_the_record_gets_no_invented_clock(
    store: Store, office: Office
) -> None:
    from enforcer.models import Organ

    with store.unit(actor="测试") as session:
        organ = session.get(Organ, office.organ)
        assert organ is not None
        organ.report_days = None
        session.add(organ)
    made = decide(store, a_form(office))
    page = case_page.page(store, made.case_id, today=TODAY)
    assert page is not None
    clock = next(one for one in page.clocks if one.title == "报本机关备案")
    assert clock.due is None
    assert "待机关确认" in clock.say


def test_every_standing_is_found_by_the_filter_that_names_it(
    store: Store, office: Office, made: summary.Decided
) -> None:
    other = decide(
        store, a_form(office, party_name="王某", id_kind="passport", party_id_number="E12345678")
    )
    revoke(store, other)
    spot = on_the_spot(
        store, office, party_name="赵某", id_kind="passport", party_id_number="E7654321"
    )
    report(store, spot)
    for day in (TODAY, date(2026, 9, 19)):
        for one in cases.case_rows(store, cases.case_ids(store, today=day), today=day):
            found = cases.case_ids(store, CaseFilter(standing=one.standing), today=day)
            assert one.id in found
        everywhere = [
            id_
            for standing in Standing
            for id_ in cases.case_ids(store, CaseFilter(standing=standing), today=day)
        ]
        assert sorted(everywhere) == sorted(cases.case_ids(store, today=day)), "each in one only"
    counts = cases.counts(store, today=date(2026, 9, 19))
    assert (counts.summary_this_year, counts.unpaid, counts.overdue) == (3, 1, 1)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (CaseFilter(words="李国强"), 1),
        (CaseFilter(words="第001号"), 1),
        (CaseFilter(words="桃林路 周敏"), 1),
        (CaseFilter(words="100%"), 0),
        (CaseFilter(procedure=Procedure.ORDINARY), 0),
        (CaseFilter(item_key="road_occupation"), 1),
        (CaseFilter(from_on=date(2026, 9, 3), to_on=date(2026, 9, 3)), 1),
        (CaseFilter(from_on=date(2026, 9, 4)), 0),
        (CaseFilter(officer="何志远"), 1),
        (CaseFilter(officer="何"), 0),
    ],
)
def test_the_list_narrows_by_what_is_asked(
    store: Store, made: summary.Decided, asked: CaseFilter, found: int
) -> None:
    assert len(cases.case_ids(store, asked, today=TODAY)) == found
    assert made.case_id


@pytest.mark.parametrize("sort", list(CaseSort))
def test_the_list_sorts_by_each_column_both_ways(
    store: Store, office: Office, made: summary.Decided, sort: CaseSort
) -> None:
    later = NOW + timedelta(days=1)
    decide(
        store,
        a_form(
            office,
            party_name="王某",
            id_kind="passport",
            party_id_number="E12345678",
            fine_yuan="20",
            acted_at=later,
            place="甲路",
        ),
        later,
    )
    up = cases.case_ids(store, today=later.date(), sort=sort, descending=False)
    down = cases.case_ids(store, today=later.date(), sort=sort, descending=True)
    assert len(up) == len(down) == 2
    if sort not in (CaseSort.CAUSE, CaseSort.STAGE):
        assert up == down[::-1]


def test_moments_near_midnight_belong_to_the_day_in_china(store: Store, office: Office) -> None:
    now = datetime(2026, 9, 3, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(ZoneInfo("UTC"))
    made = summary.decide_on_the_spot(
        store,
        a_form(office, acted_at=now - timedelta(minutes=10)),
        today=date(2026, 9, 3),
        now=now,
        actor="周敏",
    )
    row = cases.case_rows(store, [made.case_id], today=date(2026, 9, 3))[0]
    assert (row.acted_on, row.decided_on) == (date(2026, 9, 3), date(2026, 9, 3))
