"""Which roles may take which deed: the steps name theirs, every other deed stands in this table.

Asked by the operation itself and by the screens that grey a button, and by nobody else; only once
accounts are switched on. What a case asks of its persons (办案、审核、批准 by different people) is
the lifecycle's and stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from enforcer.errors import Level, Objection
from enforcer.law import sign_off
from enforcer.law.lifecycle_facts import CaseFacts
from enforcer.law.lifecycle_step import HEAD, OFFICER, REVIEWER, ROLE_OF, STAFF, Offer, Step
from enforcer.law.lifecycle_steps import STEPS
from enforcer.queries.accounts import SignedIn, labels
from enforcer.queries.case_steps import StepOffer
from enforcer.queries.lead_page import LeadOffer
from enforcer.terms import CaseStep, Role

Roles = frozenset[Role]
ARCHIVIST = frozenset({Role.ARCHIVIST})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
AUDITOR = frozenset({Role.AUDITOR})
EVERYBODY = frozenset(Role)
OFFICE = STAFF | ARCHIVIST
RULES = HEAD | ADMINISTRATOR
READERS = OFFICE | AUDITOR

_DEEDS: Final[tuple[tuple[Roles, tuple[str, ...]], ...]] = (
    # 行政处罚法 第五十一条、第五十二条、第七十一条: the officers decide, report and hand in
    (OFFICER, ("decide_on_the_spot", "report_for_record", "register_payment", "hand_in_money")),
    (OFFICER | HEAD, ("close_case",)),
    # 第七十五条第二款; 第四十八条
    (HEAD, ("revoke_decision", "settle_publication")),
    (
        STAFF,
        (
            "issue_notice", "issue_batch", "void_notices", "set_outcome", "give_blanks",
            "register_blank", "file_first_violation_check", "issue_paper", "void_paper",
            "take_back_step", "correct_lead", "assign_lead", "extend_reply", "follow_up_lead",
            "take_back", "void_lead",
        ),
    ),
    (
        OFFICE,
        (
            "print_notices", "count_print", "print_papers", "print_issued", "print_lead_paper",
            "save_party", "merge_parties", "save_vehicle", "save_guidance", "note_recorder",
            "import_mapped", "import_ledger", "name_recorders", "link_evidence",
            "unlink_evidence", "copy_out", "register_masked", "take_in", "resume_intake",
            "save_evidence_item", "verify_evidence_item", "remove_evidence_item",
            "export_evidence_word", "print_evidence_list", "print_photo_pages",
            "save_summary_wording", "record_published", "withdraw_publication", "take_scans",
            "assign_scan", "set_aside_scan", "return_scan", "take_case_recordings",
            "export_case", "open_case", "archive_case", "export_publication",
        ),
    ),
    (
        HEAD | ARCHIVIST,
        (
            "undo_import", "freeze_report", "set_retention", "delete_expired", "hand_over",
            "confirm_handover", "take_back_handover",
        ),
    ),
    (HEAD | ARCHIVIST | ADMINISTRATOR, ("save_officer", "save_recorder", "take_recordings_back")),
    (OFFICE | ADMINISTRATOR, ("check_evidence", "copy_recordings", "back_up")),
    (
        REVIEWER | RULES,
        (
            "save_local_amount", "import_law", "save_holidays", "save_list_row", "save_tier",
            "end_benchmark", "withdraw_law", "answer_question", "save_template_edition",
            "restore_template", "save_ladder_rule", "set_next_step",
        ),
    ),
    (
        RULES,
        (
            "save_organ", "save_power_source", "save_number_rule", "save_paper_numbers",
            "save_setting", "choose_unit", "save_sign_off_chain", "save_evidence_settings",
            "save_dossier_settings",
        ),
    ),
    (
        ADMINISTRATOR,
        (
            "choose_backup_folder", "save_copy_settings", "switch_accounts_on", "save_account",
            "reset_password", "save_idle_minutes", "renew_recovery_code",
        ),
    ),
    (STAFF | AUDITOR, ("show_informant",)),
    (RULES | AUDITOR, ("verify_log", "export_log")),
    (
        READERS,
        (
            "export_register", "export_cases", "export_leads", "export_evidence",
            "export_figure", "export_intake", "export_handover", "export_dossier",
            "view_evidence",
        ),
    ),
    (EVERYBODY, ("export_law", "change_password")),
)  # fmt: skip


@cache
def table() -> Mapping[str, Roles]:
    """Every operation with its roles; one that takes several steps is open to each one's roles."""
    found = {name: roles for roles, names in _DEEDS for name in names}
    for one in STEPS:
        found[one.form] = found.get(one.form, frozenset()) | one.roles
    return found


@cache
def _cites() -> Mapping[str, str]:
    """The article beside a deed, where one step alone takes it."""
    found: dict[str, str] = {}
    for one in STEPS:
        found[one.form] = "" if one.form in found else one.cite
    return found


def against(who: SignedIn | None, deed: str, label: str) -> Objection | None:
    """Why who has signed in may not take this deed; nobody signed in means accounts are off."""
    if who is None:
        return None
    return _refusal(who, table().get(deed, STAFF), label, _cites().get(deed, ""))


def against_step(who: SignedIn | None, step: Step) -> Objection | None:
    """The same for one step of the course."""
    return None if who is None else _refusal(who, step.roles, step.label, step.cite)


def against_another(who: SignedIn, form: Any, label: str) -> Objection | None:
    """Who answers for a step takes it himself: nobody signs in another's name."""
    named = getattr(form, "by_id", None)
    if named is None or named == who.officer_id or getattr(form, "backfilled", False):
        return None  # what an old ledger says others did is only entered
    return Objection(
        "not_yourself",
        Level.BLOCK,
        f"登录的是{who.name}，“{label}”的经办人选的是别人。谁经办由谁登录办理："
        f"请把经办人改为{who.name}，或者换经办人本人登录。",
        field="by_id",
    )


def _refusal(who: SignedIn, roles: Roles, label: str, cite: str) -> Objection | None:
    if who.roles & roles:
        return None
    return Objection(
        "role_not_allowed",
        Level.BLOCK,
        f"“{label}”由{labels(roles)}办理；登录的是{who.name}（{labels(who.roles)}），不能办理。",
        cite,
    )


OF_SUMMARY: Final = {
    "print": "print_papers",
    "pay": "register_payment",
    "hand_in": "hand_in_money",
    "report": "report_for_record",
    "close": "close_case",
    "revoke": "revoke_decision",
}
OF_LEAD: Final = {
    "assign": ("assign_lead", "交办"),
    "check": ("check_lead", "核查"),
    "extend": ("extend_reply", "延期答复"),
    "file": ("propose_filing", "呈报立案"),
    "settle": ("settle_lead", "办结"),
    "reply": ("reply_to_lead", "答复"),
    "follow_up": ("follow_up_lead", "回访"),
    "correct": ("correct_lead", "更正"),
    "take_back": ("take_back", "撤回上一步"),
    "void": ("void_lead", "作废"),
}
"""What a button of the page orders, and how it is called."""


def course_offers(
    who: SignedIn | None, facts: CaseFacts, offers: tuple[Offer, ...]
) -> tuple[Offer, ...]:
    """The steps as they stand for who has signed in: what is another's is grey and says whose."""
    if who is None:
        return offers
    shown = []
    for one in offers:
        said = against_step(who, one.step)
        if said is None and one.step.key is CaseStep.SIGNED:
            said = _against_signing(who, facts)
        against_it = (said, *one.objections) if said and one.allowed else one.objections
        shown.append(replace(one, objections=against_it))
    return tuple(shown)


def _against_signing(who: SignedIn, facts: CaseFacts) -> Objection | None:
    """The level that is waited for belongs to certain posts, as its guard will say."""
    waiting = sign_off.waiting_for(facts).values()
    if not waiting or any(who.roles & {ROLE_OF[post] for post in one.posts} for one in waiting):
        return None
    names = "、".join(dict.fromkeys(one.name for one in waiting))
    say = f"审批现在等“{names}”签署；登录的是{who.name}（{labels(who.roles)}），不能签署。"
    return Objection("role_not_allowed", Level.BLOCK, say, "行政处罚法（2021）第五十七条第一款")


def summary_offers(who: SignedIn | None, steps: tuple[StepOffer, ...]) -> tuple[StepOffer, ...]:
    """The same for the steps after an on-the-spot decision."""
    found = []
    for one in steps:
        said = against(who, OF_SUMMARY[one.key], one.label) if one.allowed else None
        found.append(replace(one, reason=said.say) if said else one)
    return tuple(found)


def lead_offers(who: SignedIn | None, offers: tuple[LeadOffer, ...]) -> tuple[LeadOffer, ...]:
    """The same for what can be done with a lead."""
    found = []
    for one in offers:
        said = None if one.reason else against(who, *OF_LEAD[one.key])
        found.append(replace(one, objections=(said, *one.objections)) if said else one)
    return tuple(found)
