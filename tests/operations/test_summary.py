"""One on-the-spot decision from the form to the rows: numbered, refused, asked a reason."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from pypdf import PdfReader
from sqlmodel import select

from enforcer.errors import InvalidForm, Refused
from enforcer.models import (
    Case,
    CaseEvent,
    Decision,
    Document,
    Officer,
    Organ,
    Party,
    Series,
)
from enforcer.operations import summary
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import (
    Origin,
    PenaltyKind,
    Stage,
)
from tests.factories import Office, an_office
from tests.operations.summary_desk import NOW, a_form, decide, refused


@pytest.fixture
def office(store: Store) -> Office:
    return an_office(store, items=("pavement_parking", "road_occupation", "bicycle_parking"))


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
