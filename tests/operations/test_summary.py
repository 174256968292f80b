"""One on-the-spot decision from the form to the rows, the paper and the log."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from sqlmodel import Session, select

from enforcer.errors import InvalidForm, Level, Refused, StoreTrouble
from enforcer.models import (
    AuditEntry,
    Case,
    CaseEvent,
    Decision,
    Document,
    Notice,
    Officer,
    Organ,
    Party,
    Payment,
    Series,
)
from enforcer.operations import summary
from enforcer.operations.registry import operations
from enforcer.operations.summary import SummaryForm
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import (
    CaseStep,
    IdKind,
    NoticeOutcome,
    NoticeState,
    Origin,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    Stage,
)
from tests.factories import Office, an_office

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 9, 3, 10, 12, tzinfo=CHINA)
ID_NUMBER = "430702198801011234"


@pytest.fixture
def office(store: Store) -> Office:
    return an_office(store, items=("pavement_parking", "road_occupation", "bicycle_parking"))


def a_form(office: Office, **changes: Any) -> SummaryForm:
    """A blameless form: 占道, 200 元, two officers, defence waived, to be paid at the bank."""
    given: dict[str, Any] = {
        "party_kind": PartyKind.CITIZEN,
        "party_name": "李国强",
        "id_kind": IdKind.RESIDENT_ID,
        "party_id_number": ID_NUMBER,
        "party_address": "常德市武陵区建设路8号",
        "party_phone": "13873600000",
        "party_present": True,
        "item_key": "road_occupation",
        "acted_at": NOW - timedelta(minutes=30),
        "place": "武陵区桃林路118号门前人行道",
        "act": "擅自占用城市道路摆放水果货筐约三平方米",
        "evidence": "现场照片2张、执法记录仪视频2段",
        "facts_clear": True,
        "breached": "《城市道路管理条例》第二十七条第一项",
        "sanctioned_by": "《城市道路管理条例》第四十二条",
        "officer1_id": office.officers[0],
        "officer2_id": office.officers[1],
        "certificates_shown": True,
        "recorders": ("0700001", "0700002"),
        "defence": "waived",
        "kinds": ("fine",),
        "fine_yuan": "200",
        "correction": "立即清理占用道路的货物",
        "payment": "bank",
    }
    return SummaryForm.model_validate(given | changes)


def decide(store: Store, form: SummaryForm, now: datetime = NOW) -> summary.Decided:
    return summary.decide_on_the_spot(store, form, today=now.date(), now=now, actor="周敏")


def refused(store: Store, form: SummaryForm, now: datetime = NOW) -> dict[str, str]:
    with pytest.raises(Refused) as caught:
        decide(store, form, now)
    return {one.code: one.cite for one in caught.value.objections}


def test_a_decision_is_numbered_printed_frozen_and_written(store: Store, office: Office) -> None:
    made = decide(store, a_form(office))
    assert made.number == "常城管当罚字〔2026〕第001号"
    with store.reading() as session:
        case = session.get(Case, made.case_id)
        decision = session.get(Decision, made.decision_id)
        document = session.get(Document, made.document_id)
        assert case is not None
        assert decision is not None
        assert document is not None
        assert (case.number, case.stage, case.origin) == (
            made.number,
            Stage.DECIDED,
            Origin.MADE_HERE,
        )
        assert (case.party_name, case.acted_on) == ("李国强", date(2026, 9, 3))
        assert (decision.fine_fen, decision.heaviest) == (20_000, PenaltyKind.FINE)
        assert decision.served_on == date(2026, 9, 3)
        assert decision.payment_due_on == date(2026, 9, 18)
        assert document.fields is not None
        assert document.case_id == case.id
        steps = [one.step for one in session.exec(select(CaseEvent).order_by(CaseEvent.id))]
    assert steps == ["discovered", "evidence", "told", "decided", "served"]
    pdf = vault.read(store.vault, made.vault_name, made.sha256)
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    assert len(pages) == 2
    for page in pages:
        text = "".join(page.split())
        assert "罚款人民币贰佰元整（￥200.00）" in text
        assert "应当先申请行政复议" in text
        assert made.number in text


def test_250_yuan_is_refused_with_the_article_and_draws_no_number(
    store: Store, office: Office
) -> None:
    found = refused(store, a_form(office, fine_yuan="250"))
    assert list(found) == ["fine_over_limit"]
    assert "第五十一条" in found["fine_over_limit"]
    assert list(store.vault.iterdir()) == []
    with store.reading() as session:
        assert session.exec(select(Case)).all() == []
        assert session.exec(select(Series)).all() == []
    assert decide(store, a_form(office)).number.endswith("第001号")


def test_a_second_decision_takes_the_next_number(store: Store, office: Office) -> None:
    decide(store, a_form(office))
    second = a_form(office, party_name="王某", id_kind="passport", party_id_number="E12345678")
    assert decide(store, second).number == "常城管当罚字〔2026〕第002号"


def test_the_same_request_again_gets_the_same_answer(store: Store, office: Office) -> None:
    form = a_form(office, request_id=uuid4())
    assert decide(store, form) == decide(store, form)
    with store.reading() as session:
        assert len(session.exec(select(Decision)).all()) == 1
    assert len(list(store.vault.iterdir())) == 1


def test_a_known_party_is_taken_again_and_brought_up_to_date(store: Store, office: Office) -> None:
    decide(store, a_form(office))
    later = NOW + timedelta(days=40)
    moved = a_form(office, acted_at=later, party_address="常德市鼎城区玉霞路1号")
    decide(store, moved, later)
    with store.reading() as session:
        parties = session.exec(select(Party)).all()
        cases = session.exec(select(Case)).all()
    assert [one.address for one in parties] == ["常德市鼎城区玉霞路1号"]
    assert {one.party_id for one in cases} == {parties[0].id}
    assert (parties[0].sex, parties[0].born_on) == ("male", date(1988, 1, 1))


def test_another_name_under_a_known_number_asks_a_reason(store: Store, office: Office) -> None:
    decide(store, a_form(office))
    other = a_form(office, party_name="李国祥", acted_at=NOW, place="别处")
    assert set(refused(store, other)) == {"party_name_differs", "like_act_fined"}
    reasons = {"party_name_differs": "当事人改名，有户口簿为证", "like_act_fined": "另一摊位"}
    decide(store, a_form(office, party_name="李国祥", acted_at=NOW, place="别处", reasons=reasons))
    with store.reading() as session:
        assert len(session.exec(select(Party)).all()) == 2


def test_the_same_act_is_not_fined_twice(store: Store, office: Office) -> None:
    made = decide(store, a_form(office))
    with pytest.raises(Refused) as caught:
        decide(store, a_form(office))
    assert [one.code for one in caught.value.objections] == ["same_act_fined"]
    assert made.number in caught.value.objections[0].say
    assert "第二十九条" in caught.value.objections[0].cite


def test_a_revoked_fine_does_not_stand_in_the_way(store: Store, office: Office) -> None:
    made = decide(store, a_form(office))
    form = summary.RevokeForm(case_id=made.case_id, reason="当事人身份认定错误")
    summary.revoke_decision(store, form, today=NOW.date(), now=NOW, actor="局长")
    decide(store, a_form(office))


@pytest.mark.parametrize(
    ("changes", "code", "cite"),
    [
        ({"party_present": False}, "party_absent", "第五十二条"),
        ({"party_name": ""}, "party_not_identified", "第四十条"),
        ({"defence": None}, "defence_missing", "第四十四条"),
        ({"certificates_shown": False}, "certificates_not_shown", "第五十二条"),
        ({"kinds": ("fine", "confiscate_gains")}, "kind_not_summary", "第五十一条"),
        ({"item_key": "bulk_load_unsealed"}, "item_minimum_over_limit", "第五十一条"),
        ({"item_key": "open_air_barbecue"}, "item_brings_other_kinds", "第五十一条"),
        ({"item_key": "open_air_barbecue"}, "power_missing", "第三十八条"),
        ({"item_key": "load_spill_traffic"}, "competence_elsewhere", "第三十八条"),
        ({"correction": ""}, "correction_missing", "第二十八条"),
        ({"breached": "《城市道路管理条例》第四十二条"}, "same_provision", "第五十二条"),
        ({"payment": "on_spot_small"}, "collected_over_limit", "第六十八条"),
        ({"acted_at": NOW + timedelta(minutes=1)}, "act_in_future", "第四十条"),
        ({"decided_on": date(2026, 9, 4)}, "decision_in_future", "第五十二条"),
        (
            {"acted_at": NOW - timedelta(days=800), "discovered_on": NOW.date()},
            "limitation_passed",
            "第三十六条",
        ),
    ],
)
def test_what_the_law_forbids_is_refused_with_its_article(
    store: Store, office: Office, changes: dict[str, Any], code: str, cite: str
) -> None:
    found = refused(store, a_form(office, **changes))
    assert cite in found[code]


def test_one_officer_twice_and_an_expired_certificate_are_refused(
    store: Store, office: Office
) -> None:
    first, _, expired = office.officers
    assert "same_officer_twice" in refused(store, a_form(office, officer2_id=first))
    assert "certificate_expired" in refused(store, a_form(office, officer2_id=expired))
    assert "officers_fewer_than_two" in refused(store, a_form(office, officer2_id=None))


def test_an_officer_out_of_office_is_refused(store: Store, office: Office) -> None:
    with store.unit(actor="测试") as session:
        row = session.get(Officer, office.officers[1])
        assert row is not None
        row.active = False
        session.add(row)
    assert "officer_left" in refused(store, a_form(office))


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("reconsideration_body", "organ_reconsideration_body"),
        ("court", "organ_court"),
        ("bank_name", "organ_bank_name"),
    ],
)
def test_what_the_organ_lacks_keeps_the_paper_back(
    store: Store, office: Office, column: str, code: str
) -> None:
    with store.unit(actor="测试") as session:
        row = session.get(Organ, office.organ)
        assert row is not None
        setattr(row, column, "")
        session.add(row)
    with pytest.raises(Refused) as caught:
        decide(store, a_form(office))
    said = {one.code: one for one in caught.value.objections}
    assert "设置—机关" in said[code].say
    assert said[code].field == f"organ.{column}"


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"party_id_number": "43070219880101123"}, "party_id_number", "18位"),
        ({"party_id_number": "430702198802301230"}, "party_id_number", "日期"),
        ({"fine_yuan": "二百"}, "fine_yuan", "金额"),
        ({"fine_yuan": "200.001"}, "fine_yuan", "两位小数"),
        ({"sex": "female"}, "sex", "男"),
        ({"id_kind": None}, "id_kind", "哪一种证件"),
        ({"id_kind": "credit_code"}, "id_kind", "个体工商户"),
        ({"party_phone": "12"}, "party_phone", "电话"),
    ],
)
def test_what_cannot_be_understood_comes_back_under_its_field(
    store: Store, office: Office, changes: dict[str, Any], field: str, says: str
) -> None:
    with pytest.raises(InvalidForm) as caught:
        decide(store, a_form(office, **changes))
    assert says in caught.value.by_field[field]


def test_a_wrong_check_digit_is_kept_only_with_a_reason(store: Store, office: Office) -> None:
    form = a_form(office, party_id_number="430702198801011239")
    assert list(refused(store, form)) == ["id_number_doubtful"]
    reasons = {"id_number_doubtful": "证件原件如此，已拍照"}
    made = decide(store, a_form(office, party_id_number="430702198801011239", reasons=reasons))
    with store.reading() as session:
        party = session.exec(select(Party)).one()
        decision = session.get(Decision, made.decision_id)
        assert decision is not None
        assert decision.facts is not None
        settled = decision.facts["settled"]
    assert party.id_reason == "证件原件如此，已拍照"
    assert [(one["code"], one["reason"]) for one in settled] == [  # type: ignore[index]
        ("id_number_doubtful", "证件原件如此，已拍照")
    ]


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
