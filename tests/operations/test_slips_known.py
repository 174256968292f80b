"""Slips that end or begin a case: taken back until somebody else goes by them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from enforcer.course_terms import LeadOutcome, LeadSource
from enforcer.errors import StoreTrouble
from enforcer.evidence_terms import AfterDecision, EvidenceKind
from enforcer.models import Case, CaseEvent, Decision, EvidenceItem, Lead, Party, Publication
from enforcer.models.base import TAKEN_BACK_TOO
from enforcer.operations.case_files import ExportCaseForm, export_case
from enforcer.operations.filing import propose_filing
from enforcer.operations.lead_forms import ReplyForm, TakeBackForm
from enforcer.operations.lead_steps import take_back as take_back_on_lead
from enforcer.operations.leads import reply_to_lead
from enforcer.operations.publication import (
    PublishedForm,
    SettlePublicationForm,
    WithdrawForm,
    record_published,
    settle_publication,
    withdraw_publication,
)
from enforcer.operations.publication_exports import ExportPublicationForm, export_publication
from enforcer.operations.replaying import Scripted, read_script, replay
from enforcer.operations.verification import verify
from enforcer.publication_terms import Audience, Withheld
from enforcer.queries import cases, course_page, lead_page, publication, search
from enforcer.queries.due import due
from enforcer.store.database import Store
from enforcer.terms import Stage
from tests.courses_made import COURSES, carry
from tests.operations.test_course_twice import filing, lead_version
from tests.operations.test_slip_numbers import issued, one_of, voided
from tests.operations.test_slips import (
    LATER,
    carried,
    facts_of,
    officer,
    refused,
    take_back,
)

HEAD = "马建国"


def took(store: Store, by: str = "周敏") -> None:
    assert take_back(store, by)
    assert verify(store, actor="测试").problems == ()


def settled(store: Store, *, wanted: bool = True) -> int:
    decision = one_of(store, Decision)
    form = SettlePublicationForm(
        decision_id=decision.id,
        wanted=wanted,
        withheld=None if wanted else Withheld.NO_INFLUENCE,
        reason="社会关注" if wanted else "试",
        approver_id=officer(store, HEAD),
        confirmed="已经核对",
    )
    settle_publication(store, form, today=LATER.date(), now=LATER, actor="周敏")
    key: int = decision.id
    return key


def published(store: Store, decision: int) -> None:
    form = PublishedForm(decision_id=decision, where="门户网站")
    record_published(store, form, today=LATER.date(), now=LATER, actor="周敏")


def revoked(store: Store) -> Any:
    """The company's decision, served and paid, and revoked by the head."""
    script = read_script(COURSES / "revocation.toml")
    place = next(
        at for at, one in enumerate(script) if one.op == "revoke_penalty" and not one.refused
    )
    *_, last = replay(store, script[: place + 1])
    assert last.ok, last.objections
    return last


def refused_filing(store: Store) -> Any:
    *_, last = carry(store, "filing_returned", "负责人不予立案")
    assert last.ok, last.objections
    return last


# 呈报立案


def test_a_proposal_taken_back_leaves_the_lead_as_if_it_had_never_been_made(store: Store) -> None:
    carried(store, "company", "呈报立案")
    parties = one_of(store, Party).name
    took(store)
    lead = one_of(store, Lead)
    assert (lead.case_id, lead.outcome) == (None, None)
    assert one_of(store, Case) is None
    assert one_of(store, CaseEvent) is None
    assert cases.case_ids(store, today=LATER.date()) == []
    assert one_of(store, Party).name == parties, "the register of parties is the office's"
    assert not [one for one in due(store, today=LATER.date()) if "待立案" in str(one)]
    with store.reading() as session:
        assert [one.kind for one in search.find(session, "恒盛建筑")] == ["party"]


def test_a_proposal_taken_back_stays_in_the_history_of_its_lead(store: Store) -> None:
    carried(store, "company", "呈报立案")
    took(store)
    page = lead_page.page(store, 1, now=LATER)
    assert page is not None
    (line,) = [one for one in page.history if "呈报立案" in one.label]
    assert (line.label, line.by, line.words) == ("撤回“呈报立案”", "周敏", "原因 录错了对象")
    assert not page.offer("file").objections
    shown = course_page.page(store, 1, now=LATER)
    assert shown is not None
    assert (shown.case_id, shown.lead_id) == (None, 1), "whoever asks for the case sees its lead"
    assert course_page.is_course(store, 1)
    assert [one.step.label for one in shown.taken_back] == ["呈报立案"]


def test_a_proposal_taken_back_is_made_again_as_the_same_case_however_often(store: Store) -> None:
    at = carried(store, "company", "呈报立案").step.at
    for _ in range(2):
        took(store)
        form = filing(store, lead_version(store))
        assert propose_filing(store, form, today=at.date(), now=at, actor="周敏") == 1
    assert one_of(store, Case).stage is Stage.LEAD
    assert [one.step.label for one in shown_history(store)] == ["呈报立案"] * 2


def shown_history(store: Store) -> Any:
    page = course_page.page(store, 1, now=LATER)
    assert page is not None
    return page.taken_back


def test_a_paper_of_the_proposal_holds_it_until_it_is_void(store: Store) -> None:
    done = carried(store, "company", "呈报立案")
    paper = issued(store, done, "filing_approval")
    assert "请先在“文书和证据”中作废" in refused(store, "slip_paper_out")
    voided(store, done, paper)
    took(store)


def test_evidence_that_was_entered_holds_the_proposal(store: Store) -> None:
    carried(store, "company", "呈报立案")
    with store.unit(actor="周敏") as session:
        item = EvidenceItem(
            case_id=1, position=1, kind=EvidenceKind.PHYSICAL, title="渣土", proves="抛撒",
            after_decision=AfterDecision.NO, noted_at=LATER, noted_by="周敏",
        )  # fmt: skip
        session.add(item)
    assert "请由审批人退回" in refused(store, "slip_listed")


def test_a_lead_merged_into_the_case_holds_the_proposal(store: Store) -> None:
    at = carried(store, "company", "呈报立案").step.at
    lead = {
        "source": LeadSource.PATROL,
        "received_at": at,
        "content": "同一工地扬尘",
        "place": "工地",
    }
    script = (
        Scripted("register_lead", at, "周敏", lead, bind="lead"),
        Scripted("check_lead", at, "周敏", {"findings": "同一行为"}),
        Scripted(
            "settle_lead", at, "周敏", {"outcome": "merged", "case_id": 1, "reason": "同一行为"}
        ),
    )
    for one in replay(store, script):
        assert one.ok, one.objections
    assert "线索〔2026〕0002号" in refused(store, "slip_merged_here")
    undo = TakeBackForm(lead_id=2, by_id=officer(store, "周敏"), why="不是同一行为")
    take_back_on_lead(store, undo, today=at.date(), now=at, actor="周敏")
    took(store)


def test_a_proposal_that_was_handed_out_stands(store: Store, tmp_path: Path) -> None:
    carried(store, "company", "呈报立案")
    form = ExportCaseForm(case_id=1, path=tmp_path / "案件.enforcer")
    export_case(store, form, today=LATER.date(), now=LATER, actor="周敏")
    assert "退回" in refused(store, "slip_exported")


def test_a_filed_case_is_never_marked_as_taken_back(store: Store) -> None:
    carried(store, "company", "立案")
    with pytest.raises(StoreTrouble, match="不能撤回"), store.unit(actor="谁") as session:
        session.execute(text("UPDATE enforcement_case SET taken_back_at = '2026-09-18 00:00:00'"))


# 不予立案


def test_a_refusal_to_file_is_taken_back_by_the_head_and_waits_for_him_again(store: Store) -> None:
    refused_filing(store)
    refused(store, "slip_of_another")
    took(store, HEAD)
    case, lead = one_of(store, Case), one_of(store, Lead)
    assert (case.stage, lead.outcome, lead.outcome_reason) == (Stage.LEAD, None, "")
    sign = Scripted("sign_off", LATER, HEAD, {"case_id": 1, "matter": "filing"})
    (done,) = replay(store, (sign,))
    assert done.ok, done.objections
    assert one_of(store, Lead).outcome is LeadOutcome.CASE


def test_a_refusal_of_which_the_informant_was_told_stands_until_that_is_taken_back(
    store: Store,
) -> None:
    at = refused_filing(store).step.at
    by = officer(store, "周敏")
    told = ReplyForm(lead_id=1, by_id=by, way="电话", reply="经查不予立案")
    reply_to_lead(store, told, today=at.date(), now=at, actor="周敏")
    say = refused(store, "slip_replied", by=HEAD)
    assert f"{at.date()} 答复" in say
    undo = TakeBackForm(lead_id=1, by_id=by, why="没有答复")
    take_back_on_lead(store, undo, today=at.date(), now=at, actor="周敏")
    took(store, HEAD)


# 撤销决定


def test_a_revocation_is_taken_back_by_the_head_and_the_decision_stands_again(store: Store) -> None:
    revoked(store)
    refused(store, "slip_of_another")
    took(store, HEAD)
    decision = one_of(store, Decision)
    assert (decision.revoked_on, decision.revocation_reason) == (None, "")
    assert one_of(store, Case).stage is Stage.CLOSED


def test_a_revocation_whose_paper_went_out_stands(store: Store) -> None:
    done = revoked(store)
    issued(store, done, "revocation_decision")
    refused(store, "slip_paper_out", by=HEAD)
    with pytest.raises(StoreTrouble, match="不能撤回"), store.unit(actor="谁") as session:
        session.execute(text("UPDATE decision SET revoked_on = NULL"))


def test_a_revocation_after_which_the_publication_was_withdrawn_stands(store: Store) -> None:
    carried(store, "company", "结案")
    decision = settled(store)
    published(store, decision)
    last = read_script(COURSES / "revocation.toml")
    (form,) = [one.form for one in last if one.op == "revoke_penalty" and one.actor == HEAD][:1]
    (done,) = replay(store, (Scripted("revoke_penalty", LATER, HEAD, {**form, "case_id": 1}),))
    assert done.ok, done.objections
    gone = WithdrawForm(decision_id=decision, words="当事人认定错误")
    withdraw_publication(store, gone, today=LATER.date(), now=LATER, actor="周敏")
    assert "重新作出决定" in refused(store, "slip_withdrawn", by=HEAD)


def test_a_decision_undone_on_reconsideration_stands_again_when_that_was_a_slip(
    store: Store,
) -> None:
    carried(store, "company", "决定书已送达")
    rest = read_script(COURSES / "reconsideration_revoked.toml")
    begin = next(at for at, one in enumerate(rest) if one.op == "register_reconsideration")
    steps = [
        Scripted(s.op, s.at, s.actor, {**s.form, "case_id": 1}) for s in rest[begin : begin + 2]
    ]
    before = None
    for one in steps:
        before = facts_of(store)
        (done,) = replay(store, (one,))
        assert done.ok, done.objections
    assert one_of(store, Decision).revoked_on is not None
    took(store)
    assert facts_of(store) == before


# 已登记公开的决定


@pytest.mark.parametrize("wanted", [True, False])
def test_a_decision_of_which_publication_is_only_settled_is_taken_back_with_it(
    store: Store, *, wanted: bool
) -> None:
    carried(store, "company", "作出决定")
    settled(store, wanted=wanted)
    took(store)
    assert publication.register(store, Audience.PUBLIC) == []
    assert not [one for one in due(store, today=LATER.date()) if "公开" in str(one)]
    with store.reading() as session:
        asked = select(Publication)
        (kept,) = session.exec(asked, execution_options={TAKEN_BACK_TOO: True}).all()
        assert kept.taken_back_at is not None
    with pytest.raises(StoreTrouble), store.unit(actor="谁") as session:
        session.execute(text("UPDATE publication SET taken_back_at = NULL"))


def test_a_decision_that_was_published_stands(store: Store) -> None:
    carried(store, "company", "作出决定")
    published(store, settled(store))
    assert "登记撤回公开" in refused(store, "slip_published")
    with pytest.raises(StoreTrouble, match="不能撤回"), store.unit(actor="谁") as session:
        session.execute(text("UPDATE publication SET taken_back_at = '2026-12-31 00:00:00'"))


def test_a_decision_on_a_list_that_went_out_stands(store: Store, tmp_path: Path) -> None:
    carried(store, "company", "作出决定")
    settled(store)
    span = {"first": date(2026, 9, 1), "last": date(2026, 12, 31)}
    form = ExportPublicationForm(path=tmp_path / "名单.xlsx", **span)
    export_publication(store, form, today=LATER.date(), now=LATER, actor="周敏")
    assert "办理“撤销决定”" in refused(store, "slip_exported")
