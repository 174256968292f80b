"""An on-the-spot decision as written: money, elements, notice, log; failures and writers at once."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader
from sqlmodel import Session, select

from enforcer.errors import Level, Refused, StoreTrouble
from enforcer.models import (
    AuditEntry,
    Case,
    CaseEvent,
    Decision,
    Notice,
    Payment,
    Series,
)
from enforcer.operations import summary
from enforcer.operations.registry import operations
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import (
    CaseStep,
    NoticeOutcome,
    NoticeState,
    Origin,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    Stage,
)
from tests.factories import Office, an_office
from tests.operations.summary_desk import NOW, a_form, decide, refused


@pytest.fixture
def office(store: Store) -> Office:
    return an_office(store, items=("pavement_parking", "road_occupation", "bicycle_parking"))


def test_money_collected_on_the_spot_is_a_payment_with_its_receipt(
    store: Store, office: Office
) -> None:
    made = decide(
        store,
        a_form(office, fine_yuan="100", payment="on_spot_small", receipt_number="湘财00012345"),
    )
    with store.reading() as session:
        paid = session.exec(select(Payment)).one()
        decision = session.get(Decision, made.decision_id)
        assert decision is not None
        steps = [one.step for one in session.exec(select(CaseEvent).order_by(CaseEvent.id))]
    assert (paid.mode, paid.amount_fen, paid.receipt_number) == (
        PaymentMode.ON_SPOT_SMALL,
        10_000,
        "湘财00012345",
    )
    assert decision.payment_due_on is None
    assert steps[-1] == CaseStep.PAID.value
    again = a_form(
        office,
        party_name="王某",
        id_kind="passport",
        party_id_number="E12345678",
        fine_yuan="50",
        payment="on_spot_small",
        receipt_number="湘财00012345",
    )
    assert list(refused(store, again)) == ["receipt_used"]


def test_a_warning_owes_nothing_and_is_counted_as_a_warning(store: Store, office: Office) -> None:
    made = decide(
        store,
        a_form(
            office,
            item_key="bicycle_parking",
            act="非机动车停放在盲道上",
            breached="《中华人民共和国道路交通安全法》第五十九条",
            sanctioned_by="《中华人民共和国道路交通安全法》第八十九条",
            kinds=("warning",),
            fine_yuan="",
            payment=None,
        ),
    )
    with store.reading() as session:
        decision = session.get(Decision, made.decision_id)
        assert decision is not None
    assert (decision.heaviest, decision.fine_fen) == (PenaltyKind.WARNING, 0)
    assert (decision.payment_mode, decision.payment_due_on) == (None, None)


def test_a_parking_fine_needs_its_elements(store: Store, office: Office) -> None:
    parking = {
        "item_key": "pavement_parking",
        "plate": "湘J8K216",
        "act": "将小型轿车停放在人行道上",
        "breached": "《中华人民共和国道路交通安全法》第五十六条第一款",
        "sanctioned_by": "《中华人民共和国道路交通安全法》第九十三条第二款",
    }
    assert list(refused(store, a_form(office, **parking))) == ["parking_not_recorded"]
    leaves = a_form(office, **parking, driver="leaves", obstructing=True)
    assert list(refused(store, leaves)) == ["driver_leaves"]
    made = decide(store, a_form(office, **parking, driver="refuses", obstructing=True))
    text = printed(store, made)
    assert "机动车驾驶人虽在现场但拒绝立即驶离，妨碍其他车辆、行人通行" in text
    assert "车辆号牌：湘J·8K216" in text
    with store.reading() as session:
        assert session.exec(select(Case)).one().plate_key == "湘J8K216"


def test_a_refusal_to_sign_is_printed_with_its_reason(store: Store, office: Office) -> None:
    made = decide(
        store, a_form(office, refused_to_sign=True, refusal_reason="称数额过高，不愿签字")
    )
    assert "当事人拒绝签收，原因：称数额过高，不愿签字。" in printed(store, made)


def test_a_notice_becomes_a_penalty_once(store: Store, office: Office) -> None:
    with store.unit(actor="测试") as session:
        notice = Notice(
            number="常城管温告字〔2026〕第00001号",
            state=NoticeState.ISSUED,
            origin=Origin.MADE_HERE,
        )
        session.add(notice)
        session.flush()
        notice_id = notice.id
    made = decide(store, a_form(office, notice_id=notice_id))
    with store.reading() as session:
        row = session.get(Notice, notice_id)
        assert row is not None
        assert (row.case_id, row.outcome) == (made.case_id, NoticeOutcome.TO_PENALTY)
    again = a_form(
        office,
        notice_id=notice_id,
        party_name="王某",
        id_kind="passport",
        party_id_number="E1234567",
    )
    assert list(refused(store, again)) == ["notice_taken"]
    assert list(
        refused(store, a_form(office, notice_id=999, acted_at=NOW, reasons={"like_act_fined": "x"}))
    ) == ["notice_gone"]


def test_the_log_says_who_did_what(store: Store, office: Office) -> None:
    decide(store, a_form(office))
    with store.reading() as session:
        entries = session.exec(
            select(AuditEntry).where(AuditEntry.operation == "decide_on_the_spot")
        ).all()
    assert {one.actor for one in entries} == {"周敏"}
    assert {"enforcement_case", "decision", "document", "party", "case_event", "series"} <= {
        one.table_name for one in entries
    }


def test_the_operation_is_known_by_its_name_and_its_form_by_its_schema() -> None:
    found = operations()
    for name in (
        "decide_on_the_spot",
        "revoke_decision",
        "report_for_record",
        "close_case",
        "register_payment",
        "hand_in_money",
        "print_papers",
    ):
        assert json.dumps(found[name].form.model_json_schema(), ensure_ascii=False)


def test_a_failure_after_printing_leaves_neither_file_nor_row_nor_number(
    store: Store, office: Office
) -> None:
    with store.unit(actor="测试") as session:
        session.add(
            Case(
                number="常城管当罚字〔2026〕第001号",
                procedure="summary",
                stage=Stage.CLOSED,
                origin=Origin.BACKFILLED,
                cause="台账上同号的旧案",
                party_name="旧人",
                party_kind=PartyKind.CITIZEN,
            )
        )
    with pytest.raises(StoreTrouble):
        decide(store, a_form(office))
    assert list(store.vault.iterdir()) == []
    with store.reading() as session:
        assert session.exec(select(Decision)).all() == []
        assert session.exec(select(Series)).all() == []


def test_an_entrusted_power_prints_the_entrusting_organ_and_names_the_unit_as_handling(
    store: Store, office: Office
) -> None:
    with store.unit(actor="测试") as session:
        _entrust(session, office)
    made = decide(store, a_form(office))
    text = printed(store, made)
    assert text.count("常德市城市管理和综合执法局") >= 4
    assert "承办单位：高新区城管大队" in text


def _entrust(session: Session, office: Office) -> None:
    from enforcer.models import PowerSource
    from enforcer.terms import PowerKind

    row = session.get(PowerSource, office.power)
    assert row is not None
    row.kind, row.handled_by = PowerKind.ENTRUSTED, "高新区城管大队"
    row.valid_until = date(2027, 12, 31)
    session.add(row)


def printed(store: Store, made: summary.Decided) -> str:
    pdf = vault.read(store.vault, made.vault_name, made.sha256)
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def test_objections_come_all_at_once_what_refuses_first(store: Store, office: Office) -> None:
    with pytest.raises(Refused) as caught:
        decide(store, a_form(office, fine_yuan="250", defence=None, recorders=()))
    assert [one.level for one in caught.value.objections] == [
        Level.BLOCK,
        Level.BLOCK,
        Level.WARN,
    ]


def test_writers_at_once_draw_each_number_once(store: Store, office: Office) -> None:
    def one(n: int) -> str:
        form = a_form(
            office,
            request_id=uuid4(),
            party_name=f"当事人{n}",
            id_kind="passport",
            party_id_number=f"E1234500{n}",
            place=f"第{n}号摊位",
        )
        return decide(store, form).number

    with ThreadPoolExecutor(4) as pool:
        numbers = sorted(pool.map(one, range(8)))
    assert numbers == [f"常城管当罚字〔2026〕第{n:03d}号" for n in range(1, 9)]
