"""Publication: what may be shown, who approves, the clocks, the lists that go out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from sqlmodel import select

from enforcer.errors import InvalidForm, Level, Refused
from enforcer.law import publication as rules
from enforcer.law.publication import PublicationFacts
from enforcer.models import Case, Decision, Officer, Party, Publication
from enforcer.operations import publication as deeds
from enforcer.operations.office import AnswerForm, answer_question
from enforcer.operations.publication_exports import (
    PLATFORM,
    ExportPublicationForm,
    export_publication,
)
from enforcer.operations.summary import RevokeForm, revoke_decision
from enforcer.publication_terms import Audience, Withheld
from enforcer.queries import publication as asked
from enforcer.queries.publication import (
    NOT_SHOWN,
    SHOWN,
    TO_PUBLISH,
    TO_WITHDRAW,
    UNSETTLED,
    WITHDRAWN,
)
from enforcer.store.database import Store
from enforcer.terms import Discretion, IdKind, OfficerPost, PartyKind
from enforcer.terms import PenaltyKind as K
from tests.factories import an_office
from tests.queries.statistics_rows_made import a_case, a_decision

DAY = date(2026, 9, 10)
NOW = datetime.fromisoformat("2026-09-10T10:00:00+08:00")
SOUND = PublicationFacts(
    number="云城管罚决字〔2026〕第00012号",
    decided_on=date(2026, 9, 1),
    punishes=True,
    revoked_on=None,
    person=True,
    acted_on=date(2026, 8, 20),
    born_on=date(1988, 1, 1),
    audience=Audience.PUBLIC,
    wanted=True,
    withheld=None,
    reason="占道堆放多次被投诉",
    approver_post=OfficerPost.HEAD,
    approved_on=date(2026, 9, 2),
    valid_until_on=None,
    shown_until_on=None,
    today=DAY,
)
KEPT_BACK = {"wanted": False, "withheld": Withheld.TRADE_SECRET}
ON_PLATFORM = {"audience": Audience.PLATFORM, "valid_until_on": date(2027, 9, 1)}


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        (KEPT_BACK, []),
        ({"punishes": False}, ["publication_no_penalty"]),
        ({"punishes": False, **KEPT_BACK}, []),
        ({"born_on": date(2008, 8, 21)}, ["publication_minor"]),  # 18 the day after the act
        ({"born_on": date(2008, 8, 20)}, []),  # 18 on the day of the act
        ({"born_on": date(2008, 8, 21), **KEPT_BACK}, []),
        ({"born_on": date(2008, 8, 21), "person": False}, []),
        ({"born_on": None}, ["publication_age_unknown"]),
        ({"born_on": None, "person": False}, []),
        ({"withheld": Withheld.PRIVACY}, ["publication_contradicts"]),
        ({"wanted": False}, ["publication_ground_missing"]),
        ({"reason": "  "}, ["publication_reason_missing"]),
        ({"approver_post": OfficerPost.OFFICER}, ["publication_approver"]),
        ({"approver_post": None}, ["publication_approver"]),
        ({"approved_on": date(2026, 8, 31)}, ["publication_approved_on"]),
        ({"approved_on": date(2026, 9, 11)}, ["publication_approved_on"]),
        ({"approved_on": date(2026, 9, 1)}, []),
        ({"revoked_on": date(2026, 9, 5)}, ["publication_revoked"]),
        ({"revoked_on": date(2026, 9, 5), **KEPT_BACK}, []),
        ({"published_on": date(2026, 9, 3), **KEPT_BACK}, ["publication_shown_already"]),
        ({"published_on": date(2026, 9, 3)}, []),
        ({"audience": Audience.PLATFORM}, ["publication_valid_until"]),
        (ON_PLATFORM, []),
        (ON_PLATFORM | {"valid_until_on": date(2026, 8, 1)}, ["publication_until_before"]),
        (ON_PLATFORM | {"shown_until_on": date(2026, 8, 1)}, ["publication_until_before"]),
        (ON_PLATFORM | {"shown_until_on": date(2026, 12, 1)}, []),
    ],
)
def test_each_guard_refuses_and_lets_pass(changed: dict[str, Any], codes: list[str]) -> None:
    said = rules.objections(replace(SOUND, **changed))
    assert [one.code for one in said] == codes
    for one in said:
        assert one.say.endswith("。")
        assert one.cite


def test_every_guard_has_refused_above() -> None:
    assert len(rules.SETTLING) == 10
    levels = {rules.objections(replace(SOUND, born_on=None))[0].level}
    assert levels == {Level.WARN}


@pytest.fixture
def office(store: Store) -> Store:
    an_office(store)
    with store.unit(actor="测试", operation="test") as session:
        session.add(Officer(name="马建国", post=OfficerPost.HEAD))
        person = Party(
            kind=PartyKind.CITIZEN, name="李国强", id_kind=IdKind.RESIDENT_ID,
            id_number="430702198801011234", born_on=date(1988, 1, 1),
            address="武陵区建设路8号", phone="13812345678",
        )  # fmt: skip
        firm = Party(
            kind=PartyKind.LEGAL_PERSON, name="云溪建设有限公司", id_kind=IdKind.CREDIT_CODE,
            id_number="91430700MA4L16JQ9B", legal_representative="赵建",
        )  # fmt: skip
        session.add_all([person, firm])
        session.flush()
        for party, fen in ((person, 20_000), (firm, 1_234_500)):
            case = a_case(session, cause="擅自占用城市道路")
            case.party_id, case.party_name, case.party_kind = party.id, party.name, party.kind
            case.party_id_number = party.id_number
            case.act = f"{party.name}（电话13812345678，住武陵区建设路8号）驾驶湘J8K216堆放物料"
            session.add(case)
            a_decision(session, date(2026, 9, 1), (K.WARNING, K.FINE), fen, case=case)
    return store


def head(store: Store) -> int:
    with store.reading() as session:
        found = session.exec(select(Officer).where(Officer.post == OfficerPost.HEAD)).first()
        assert found
        assert found.id
        return found.id


def settle(store: Store, decision: int, *, today: date = DAY, **given: Any) -> int:
    values = {"decision_id": decision, "wanted": True, "reason": "多次被投诉"} | given
    values.setdefault("approver_id", head(store))
    form = deeds.SettlePublicationForm.model_validate(values)
    return deeds.settle_publication(store, form, today=today, now=NOW, actor="林晓")


def state(store: Store, decision: int, audience: Audience = Audience.PUBLIC) -> str:
    row = asked.one_row(store, decision, audience)
    assert row is not None
    return row.state


def publish(store: Store, decision: int, **given: Any) -> int:
    form = deeds.PublishedForm(decision_id=decision, where="区政府网站公示栏", **given)
    return deeds.record_published(store, form, today=DAY, now=NOW, actor="林晓")


def test_a_decision_goes_from_unsettled_to_withdrawn_with_its_clocks(office: Store) -> None:
    assert state(office, 1) == UNSETTLED
    settle(office, 1)
    assert state(office, 1) == TO_PUBLISH
    rows = asked.register(office, Audience.PUBLIC)
    due = asked.clocks(office, rows)[1]
    assert due.due_on == date(2026, 9, 10)  # seven working days from 1 September
    publish(office, 1)
    assert state(office, 1) == SHOWN
    assert asked.clocks(office, asked.register(office, Audience.PUBLIC)) == {}
    with office.reading() as session:
        case_id = session.exec(select(Decision.case_id).where(Decision.id == 1)).one()
    later = date(2026, 9, 21)
    revoked = RevokeForm(case_id=case_id, revoked_on=later, reason="事实不清")
    revoke_decision(office, revoked, today=later, now=NOW, actor="马建国")
    assert state(office, 1) == TO_WITHDRAW
    due = asked.clocks(office, asked.register(office, Audience.PUBLIC))[1]
    assert due.due_on == date(2026, 9, 24)  # three working days
    form = deeds.WithdrawForm(decision_id=1, words="决定已撤销，主要事实不清")
    deeds.withdraw_publication(office, form, today=later, now=NOW, actor="林晓")
    assert state(office, 1) == WITHDRAWN
    with pytest.raises(Refused, match="不能改写日期"):
        deeds.withdraw_publication(office, form, today=later, now=NOW, actor="林晓")


def test_the_two_audiences_are_settled_apart(office: Store) -> None:
    settle(office, 1)
    assert state(office, 1, Audience.PLATFORM) == UNSETTLED
    settle(
        office, 1, audience="platform", wanted=False, withheld="not_on_platform", reason="当场处罚"
    )
    assert state(office, 1, Audience.PLATFORM) == NOT_SHOWN
    assert state(office, 1) == TO_PUBLISH


def test_what_is_settled_may_be_settled_anew_until_it_was_published(office: Store) -> None:
    settle(office, 1)
    settle(office, 1, wanted=False, withheld="no_influence", reason="情节轻微")
    assert state(office, 1) == NOT_SHOWN
    settle(office, 1)
    publish(office, 1)
    with pytest.raises(Refused, match="不能改成不公开"):
        settle(office, 1, wanted=False, withheld="no_influence", reason="情节轻微")
    with office.reading() as session:
        assert len(session.exec(select(Publication)).all()) == 1


@pytest.mark.parametrize(
    ("given", "say"),
    [
        ({"published_on": date(2026, 9, 9)}, "应当在审批日期"),
        ({"published_on": date(2026, 9, 11)}, "应当在审批日期"),
        ({"published_on": DAY}, ""),
    ],
)
def test_published_after_the_approval_and_not_tomorrow(
    office: Store, given: dict[str, Any], say: str
) -> None:
    settle(office, 1)
    if not say:
        publish(office, 1, **given)
        assert state(office, 1) == SHOWN
        return
    with pytest.raises(Refused, match=say):
        publish(office, 1, **given)
    assert state(office, 1) == TO_PUBLISH


def test_only_what_was_settled_is_published_and_only_once(office: Store) -> None:
    with pytest.raises(Refused, match="还没有审定公开"):
        publish(office, 1)
    with pytest.raises(Refused, match="没有登记过公开"):
        form = deeds.WithdrawForm(decision_id=1, words="撤回")
        deeds.withdraw_publication(office, form, today=DAY, now=NOW, actor="林晓")
    settle(office, 1)
    publish(office, 1)
    with pytest.raises(Refused, match="不能改写日期"):
        publish(office, 1)


def test_an_age_that_is_not_known_is_confirmed_in_words(office: Store) -> None:
    with office.unit(actor="测试", operation="test") as session:
        party = session.get(Party, 1)
        assert party
        party.born_on, party.id_number = None, ""
        session.add(party)
        case = session.get(Case, 1)
        assert case
        case.party_id_number = ""
        session.add(case)
    with pytest.raises(Refused, match="不能排除是未成年人"):
        settle(office, 1)
    settle(office, 1, confirmed="当面核对，1988年生")
    row = asked.one_row(office, 1, Audience.PUBLIC)
    assert row
    assert row.reason == "多次被投诉；当面核对，1988年生"


def test_the_same_request_again_does_nothing_twice(office: Store) -> None:
    request = uuid4()
    assert settle(office, 1, request_id=request) == settle(office, 1, request_id=request)


def test_a_decision_that_is_not_there_is_said_so(office: Store) -> None:
    with pytest.raises(InvalidForm):
        settle(office, 99)


def listed(store: Store, path: Path, audience: Audience = Audience.PUBLIC) -> Any:
    form = ExportPublicationForm(
        first=date(2026, 7, 1), last=date(2026, 9, 30), audience=audience, path=path
    )
    return export_publication(store, form, today=DAY, now=NOW, actor="林晓")


def cells(path: Path) -> list[list[Any]]:
    return [[one.value for one in row] for row in openpyxl.load_workbook(path).active.iter_rows()]


def test_the_public_list_is_covered_and_says_what_it_leaves_out(
    office: Store, tmp_path: Path
) -> None:
    settle(office, 1)
    written = listed(office, tmp_path / "公开.xlsx")
    assert written.rows == 1
    text = str(cells(tmp_path / "公开.xlsx"))
    assert "李某" in text
    for covered in ("李国强", "430702198801011234", "13812345678", "建设路8号", "8K216"):
        assert covered not in text
    assert "湘J****" in text
    assert "警告；罚款200.00元" in text
    assert "另有 1 份处罚决定没有审定是否公开" in "".join(written.remarks)
    with office.reading() as session:
        row = session.get(Case, 1)
        assert row
        assert "13812345678" in row.act  # what is stored is never touched


def test_full_names_only_once_the_office_has_confirmed_them(office: Store, tmp_path: Path) -> None:
    settle(office, 1)
    answer = AnswerForm(
        name="publication_names", value="写全名", document="政务公开制度", document_number="1号"
    )
    answer_question(office, answer, today=DAY, now=NOW, actor="马建国")
    listed(office, tmp_path / "公开.xlsx")
    assert "李国强" in str(cells(tmp_path / "公开.xlsx"))


def test_a_revoked_and_a_withheld_decision_stay_out_with_their_ground(
    office: Store, tmp_path: Path
) -> None:
    settle(office, 1)
    settle(office, 2, wanted=False, withheld="trade_secret", reason="涉及工艺")
    with office.reading() as session:
        case_id = session.exec(select(Decision.case_id).where(Decision.id == 1)).one()
    revoked = RevokeForm(case_id=case_id, revoked_on=DAY, reason="事实不清")
    revoke_decision(office, revoked, today=DAY, now=NOW, actor="马建国")
    written = listed(office, tmp_path / "公开.xlsx")
    assert written.rows == 0
    said = "".join(written.remarks)
    assert "已于 2026-09-10 撤销或者变更" in said
    assert "不公开：涉及商业秘密" in said


def test_the_platform_sheet_has_its_thirty_columns_with_the_numbers(
    office: Store, tmp_path: Path
) -> None:
    for decision in (1, 2):
        settle(office, decision, audience="platform", valid_until_on=date(2027, 9, 1))
    path = tmp_path / "双公示.xlsx"
    written = listed(office, path, Audience.PLATFORM)
    table = cells(path)
    assert tuple(table[0]) == PLATFORM
    assert len(PLATFORM) == 30
    by_name = {row[0]: dict(zip(PLATFORM, row, strict=True)) for row in table[1:]}
    person, firm = by_name["李国强"], by_name["云溪建设有限公司"]
    assert (person["行政相对人类别"], person["自然人证件号码"]) == ("自然人", "430702198801011234")
    assert person["行政相对人代码_1(统一社会信用代码)"] is None
    assert person["罚款金额(万元)"] == 0.02
    assert firm["罚款金额(万元)"] == 1.2345
    assert firm["行政相对人代码_1(统一社会信用代码)"] == "91430700MA4L16JQ9B"
    assert firm["法定代表人"] == "赵建"
    assert (firm["处罚决定日期"], firm["处罚有效期"]) == ("2026/09/01", "2027/09/01")
    assert any("缺少必填项" in one for one in written.remarks)


def test_the_log_says_what_went_out(office: Store, tmp_path: Path) -> None:
    from enforcer.models import AuditEntry

    settle(office, 1)
    listed(office, tmp_path / "公开.xlsx")
    with office.reading() as session:
        last = session.exec(select(AuditEntry).where(AuditEntry.action == "export")).all()[-1]
    assert '"audience":"public"' in last.changes
    assert "公开.xlsx" in last.changes


@pytest.mark.parametrize(
    ("discretion", "rows"), [(Discretion.NO_PENALTY, 3), (Discretion.ORDINARY, 3)]
)
def test_the_register_lists_every_decision_and_finds_by_words(
    office: Store, discretion: Discretion, rows: int
) -> None:
    with office.unit(actor="测试", operation="test") as session:
        a_decision(session, date(2026, 9, 2), (K.FINE,), discretion=discretion)
    assert len(asked.register(office, Audience.PUBLIC)) == rows
    assert [one.id for one in asked.register(office, Audience.PUBLIC, search="云溪建设")] == [2]


def test_what_was_revoked_before_it_was_shown_is_not_published(office: Store) -> None:
    settle(office, 1)
    settle(office, 2)
    with office.unit(actor="测试") as session:
        decision = session.get(Decision, 1)
        assert decision
        decision.revoked_on, decision.revocation_reason = DAY, "事实不清"
        session.add(decision)
    with pytest.raises(Refused, match="不再公开"):
        publish(office, 1)
    publish(office, 2)
