"""Roles and deeds: what each role may, refused and let pass at the operation itself."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from enforcer.course_terms import LeadSource
from enforcer.errors import Refused
from enforcer.law.lifecycle_step import Step
from enforcer.law.lifecycle_steps import STEPS
from enforcer.models import Case, Officer
from enforcer.operations.course_forms import PartForm
from enforcer.operations.lead_forms import CheckLeadForm, LeadForm
from enforcer.operations.leads import check_lead, register_lead
from enforcer.operations.officers import OfficerForm, save_officer
from enforcer.operations.registry import operations, permit
from enforcer.operations.replaying import read_script, replay
from enforcer.queries import rights
from enforcer.queries.accounts import SignedIn, account, still
from enforcer.store.database import Store
from enforcer.terms import OfficerPost, Role
from tests.accounts_made import an_account

J, R, H, F, S, A = Role  # 经办 (officer), reviewer, head, filing (archivist), system, auditor
COURSES = Path(__file__).parents[1] / "scenarios" / "courses"
WHO = {J: "jing", R: "shen", H: "tou", F: "dang", S: "guan", A: "ji"}
TABLE = {
    # the on-the-spot decision (行政处罚法 第五十一、五十二、七十一条), its end
    "decide_on_the_spot": {J},
    "report_for_record": {J},
    "hand_in_money": {J},
    "close_case": {J, H},
    "revoke_decision": {H},
    # the ordinary course: the steps say whose they are
    "register_lead": {J, R, H},
    "propose_filing": {J},
    "assign_officers": {H},
    "decide_recusal": {H},
    "record_inquiry": {J},
    "announce_penalty": {J},
    "review_legally": {R},
    "discuss": {H},
    "propose_decision": {J},
    "sign_off": {J, R, H},
    "decide": {J, R, H},
    "defer_payment": {H},
    "decide_transfer": {H},
    "dismiss_case": {H},
    "revoke_penalty": {H},
    # what is done every day
    "issue_notice": {J, R, H},
    "print_notices": {J, R, H, F},
    "issue_paper": {J, R, H},
    "save_party": {J, R, H, F},
    "take_in": {J, R, H, F},
    "import_ledger": {J, R, H, F},
    "archive_case": {J, R, H, F},
    "hand_over": {H, F},
    "delete_expired": {H, F},
    "freeze_report": {H, F},
    # the office's rules, and the machine
    "save_officer": {H, F, S},
    "save_tier": {R, H, S},
    "save_organ": {H, S},
    "save_sign_off_chain": {H, S},
    "choose_backup_folder": {S},
    "back_up": {J, R, H, F, S},
    "save_account": {S},
    "reset_password": {S},
    "change_password": set(Role),
    # reading that leaves a trace
    "view_evidence": {J, R, H, F, A},
    "export_cases": {J, R, H, F, A},
    "show_informant": {J, R, H, A},
}


@pytest.fixture
def manned(store: Store) -> Store:
    for role, login in WHO.items():
        an_account(store, login, role)
    return store


def may(store: Store, deed: str, role: Role) -> bool:
    try:
        permit(store, deed, "这件事", actor=WHO[role])
    except Refused as refusal:
        assert [one.code for one in refusal.objections] == ["role_not_allowed"]
        return False
    return True


@pytest.mark.parametrize("deed", TABLE)
def test_a_deed_belongs_to_its_roles_and_to_no_other(manned: Store, deed: str) -> None:
    assert {role for role in Role if may(manned, deed, role)} == TABLE[deed]


@pytest.mark.parametrize("deed", TABLE)
def test_while_accounts_are_off_everybody_may(store: Store, deed: str) -> None:
    permit(store, deed, "这件事", actor="谁都行")


def test_every_operation_refuses_by_itself_whom_it_does_not_belong_to(
    manned: Store, today: date, now: datetime
) -> None:
    """Screen, command and script call the same function; none of them asks beforehand."""
    for name, one in operations().items():
        for role in set(Role) - rights.table()[name]:
            with pytest.raises(Refused) as refusal:
                one.run(manned, PartForm(), today=today, now=now, actor=WHO[role])
            (said,) = refusal.value.objections
            assert said.code == "role_not_allowed", name
            assert one.label in said.say
            assert f"{WHO[role]}某（{role.label}）" in said.say


def test_every_operation_has_its_roles_and_no_role_is_given_to_none() -> None:
    """A deed that no line names would be anybody's guess."""
    assert set(rights.table()) - {"back_up"} == set(operations())
    named = [name for _, names in rights._DEEDS for name in names]
    assert len(named) == len(set(named))
    assert not set(named) & {one.form for one in STEPS}


def test_an_auditor_reads_exports_checks_the_log_and_changes_nothing() -> None:
    allowed = {name for name, roles in rights.table().items() if A in roles}
    reading = {name for name in allowed if name.startswith(("export_", "view_", "show_"))}
    assert allowed - reading == {"change_password", "verify_log"}


def test_an_administrator_takes_no_step_of_any_case() -> None:
    assert not any(S in one.roles for one in STEPS)
    for name in ("decide_on_the_spot", "issue_notice", "take_in", "save_party", "issue_paper"):
        assert S not in rights.table()[name]


@pytest.mark.parametrize("step", STEPS, ids=lambda one: one.key.value)
def test_a_step_is_grey_for_every_role_but_its_own(step: Step) -> None:
    for role in Role:
        said = rights.against_step(SignedIn("zhou", "周敏", frozenset({role})), step)
        assert (said is None) == (role in step.roles)
        if said is not None:
            assert step.cite == said.cite
            assert step.label in said.say
    assert rights.against_step(None, step) is None
    assert step.roles <= rights.table()[step.form]


def test_two_roles_may_what_either_may(store: Store) -> None:
    an_account(store, "liang", Role.OFFICER, Role.ARCHIVIST)
    permit(store, "hand_over", "移交", actor="liang")
    permit(store, "record_inquiry", "询问", actor="liang")
    with pytest.raises(Refused, match="执法人员、档案员"):
        permit(store, "review_legally", "法制审核", actor="liang")


def test_who_is_not_signed_in_may_nothing(manned: Store, today: date, now: datetime) -> None:
    an_account(manned, "zou", Role.HEAD, active=False)
    form = OfficerForm(name="新来的", post=OfficerPost.OFFICER)
    for actor in ("root", "zou", ""):
        with pytest.raises(Refused) as refusal:
            save_officer(manned, form, today=today, now=now, actor=actor)
        assert refusal.value.objections[0].code == "not_signed_in"
    assert save_officer(manned, form, today=today, now=now, actor="tou")


def test_nobody_acts_in_anothers_name(store: Store, today: date, now: datetime) -> None:
    ids = [
        save_officer(
            store, OfficerForm(name=one, post=OfficerPost.OFFICER), today=today, now=now, actor="x"
        )
        for one in ("周敏", "何志远")
    ]
    an_account(store, "zhou", Role.OFFICER, officer_id=ids[0])
    when = {"today": today, "now": now, "actor": "zhou"}
    form = LeadForm(source=LeadSource.PATROL, received_at=now, content="占道", by_id=ids[0])
    lead = register_lead(store, form, **when)
    other = CheckLeadForm(lead_id=lead, findings="属实", by_id=ids[1])
    with pytest.raises(Refused, match="经办人选的是别人") as refusal:
        check_lead(store, other, **when)
    assert refusal.value.objections[0].code == "not_yourself"
    assert refusal.value.objections[0].field == "by_id"
    check_lead(store, other.model_copy(update={"by_id": ids[0]}), **when)
    old = LeadForm(
        source=LeadSource.PATROL, received_at=now, content="旧线索", by_id=ids[1], backfilled=True
    )
    assert register_lead(store, old, **when)


def test_the_last_signature_files_only_for_a_head_by_post_and_by_role(store: Store) -> None:
    """The operation is open to every level; the step behind its last one is the head's alone."""
    *before, last = read_script(COURSES / "company.toml", until="立案")
    for done in replay(store, tuple(before)):
        assert done.expected, done.step
    with store.reading() as session:
        people = {one.name: one.id for one in session.exec(select(Officer))}
    case = next(iter(ids(store)))
    asked = (replace(last, form={**last.form, "case_id": case}),)
    for login, name, role, code in (
        ("zhou", "周敏", Role.OFFICER, "wrong_role"),
        ("jing", "马建国", Role.OFFICER, "role_not_allowed"),
    ):
        an_account(store, login, role, officer_id=people[name])
        (done,) = replay(store, asked, who=who_is(store, login, name="马建国"))
        assert code in {one.code for one in done.objections}
        assert not done.ok
    with store.unit(actor="guan") as session:
        row = account(session, "jing")
        assert row is not None
        row.roles = [Role.HEAD.value]
        session.add(row)
    (done,) = replay(store, asked, who=who_is(store, "jing", name="马建国"))
    assert done.ok, done.objections


def ids(store: Store) -> list[int]:
    with store.reading() as session:
        return list(session.exec(select(Case.id)))


def who_is(store: Store, login: str, *, name: str) -> SignedIn:
    found = still(store, login)
    assert found is not None
    return replace(found, name=name)
