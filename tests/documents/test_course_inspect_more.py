"""出件体检 of order, reasons, limitation, hearing and service: what is refused, what stands at the edge."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from enforcer.course_terms import ServiceMethod
from enforcer.documents import course_facts_after as after
from enforcer.errors import Level
from tests.documents.spoil_case import COMPANY
from tests.documents.spoil_papers_after import PAPERS
from tests.documents.test_course_inspect import CODE, NEXT, WHEN, findings, made

DAY = timedelta(days=1)
RULED = WHEN["ruled"]
HELD = PAPERS["hearing_notice"](CODE).matter.at.date()  # type: ignore[attr-defined]
NOBODY = {"case__party": replace(COMPANY, legal_representative="")}
ANNOUNCED = {
    "matter__method": ServiceMethod.ANNOUNCED, "matter__at": None,
    "matter__served": (after.ServedOnPaper(title="行政处罚事先告知书", on=WHEN["told"]),),
}  # fmt: skip
PLAIN = {"matter__imposition__discretion_reason": "", "matter__imposition__benchmark": ""}


REFUSED: list[tuple[str, str, dict[str, Any], str]] = [
    # code, paper, what is wrong, the field
    ("reviewed_afterwards", "penalty_decision", {"case__days__reviewed_on": RULED + DAY}, "legal_review"),
    ("reviewed_afterwards", "decision_approval", {"case__days__ruled_on": RULED, "case__days__discussed_on": RULED + DAY}, "discussion"),
    ("limitation_passed", "prior_notice", {"case__limitation_until": WHEN["act"] - DAY}, "discovered_on"),
    ("limitation_passed", "penalty_decision", {"case__limitation_until": WHEN["act"] - DAY}, "discovered_on"),
    ("facts_without_time", "prior_notice", {"matter__facts": "该公司遗撒渣土"}, "facts"),
    ("discretion_not_said", "penalty_decision", {**PLAIN}, "discretion_reason"),
    ("hearing_not_offered", "prior_notice", {"matter__hearing_needed": True, "matter__hearing_offered": False}, "hearing_offered"),
    ("hearing_time_runs", "penalty_decision", {"case__notice__hearing_until": WHEN["decided"]}, "on"),
    ("party_head_missing", "penalty_decision", {**NOBODY}, "legal_representative"),
    ("party_head_missing", "court_application", {**NOBODY}, "legal_representative"),
    ("organ_address", "prior_notice", {"case__organ__address": ""}, "organ.address"),
    ("organ_address", "hearing_notice", {"case__organ__address": ""}, "organ.address"),
    ("organ_address", "urging_notice", {"case__organ__address": ""}, "organ.address"),
    ("member_is_investigator", "hearing_notice", {"matter__members": ("易婷", "周敏（执法人员）")}, "members"),
    ("recusal_by_wrong", "hearing_notice", {"matter__recusal_by": HELD + DAY}, "recusal_by"),
    ("recusal_by_wrong", "hearing_notice", {"matter__recusal_by": WHEN["act"]}, "recusal_by"),
    ("refused_not_left", "proof_of_service", {"matter__refused": True, "matter__refusal_reason": "不收"}, "method"),
    ("announced_too_short", "proof_of_service", {**ANNOUNCED, "matter__on": NEXT, "matter__effective_on": NEXT + 29 * DAY}, "on"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "key", "changes", "field"), REFUSED)
def test_each_fault_is_found_with_its_article_and_field(
    code: str, key: str, changes: dict[str, Any], field: str
) -> None:
    found = findings(made(key, **changes))
    assert code in found, list(found)
    assert found[code].field == field
    assert found[code].cite
    assert found[code].say.endswith("。")


PASSES: list[tuple[str, str, dict[str, Any]]] = [
    # the fault that is not there, paper, what stands at the edge
    ("reviewed_afterwards", "penalty_decision", {"case__days__reviewed_on": RULED}),
    ("reviewed_afterwards", "penalty_decision", {"case__days__discussed_on": RULED}),
    ("limitation_passed", "penalty_decision", {"case__limitation_until": WHEN["act"]}),
    ("facts_without_time", "prior_notice", {"matter__facts": "2026年8月20日，该公司遗撒渣土"}),
    ("discretion_not_said", "penalty_decision", {**PLAIN, "matter__imposition__benchmark": "本局裁量基准第3项"}),
    ("discretion_not_said", "penalty_decision", {**PLAIN, "matter__imposition__highest_fen": 200_000}),
    ("hearing_not_offered", "prior_notice", {"matter__hearing_needed": True, "matter__hearing_offered": True}),
    ("hearing_time_runs", "penalty_decision", {"case__notice__hearing_until": WHEN["decided"] - DAY}),
    ("party_head_missing", "prior_notice", {**NOBODY}),
    ("organ_address", "penalty_decision", {"case__organ__address": ""}),
    ("member_is_investigator", "hearing_notice", {"matter__members": ("易婷",)}),
    ("recusal_by_wrong", "hearing_notice", {"matter__recusal_by": HELD}),
    ("recusal_by_wrong", "hearing_notice", {"matter__recusal_by": None}),
    ("refused_not_left", "proof_of_service", {
        "matter__method": ServiceMethod.LEFT, "matter__refused": True, "matter__refusal_reason": "不收", "matter__witness": "吴桂英",
    }),
    ("announced_too_short", "proof_of_service", {**ANNOUNCED, "matter__on": NEXT, "matter__effective_on": NEXT + 30 * DAY}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "key", "changes"), PASSES)
def test_what_stands_at_the_edge_of_the_law_passes(
    code: str, key: str, changes: dict[str, Any]
) -> None:
    assert code not in findings(made(key, **changes))


LACKING: list[tuple[str, str, dict[str, Any]]] = [
    # element, paper, what was not typed
    ("rule", "period_approval", {"matter__rule": ""}),
    ("reason", "revocation_decision", {"matter__reason": ""}),
    ("decision", "revocation_decision", {"matter__decision_title": ""}),
    ("reason", "period_approval", {"matter__reason": ""}),
    ("cause", "prior_notice", {"case__cause": ""}),
    ("cause", "penalty_decision", {"case__cause": ""}),
    ("content", "service_announcement", {"matter__content": ""}),
    ("served", "court_application", {"matter__served_on": None}),
    ("party_words", "court_application", {"matter__party_words": ""}),
    ("items", "court_application", {"matter__fine_fen": 0, "matter__additional_fen": 0}),
    ("attachments", "court_application", {"matter__attachments": ()}),
    ("attachments", "transfer_letter", {"matter__attachments": ()}),
    ("decision_number", "deferral_notice", {"case__decision_number": ""}),
    ("penalty", "closure_approval", {"matter__penalty": ""}),
    ("corrected", "correction_pledge", {"matter__corrected": ""}),
    ("promises", "correction_pledge", {"matter__promises": ()}),
    ("receipts", "receipt_page", {"matter__receipts": ()}),
    ("receipt_number", "receipt_page", {"matter__receipts": (after.ReceiptOnPaper(amount_fen=100),)}),
]  # fmt: skip


@pytest.mark.parametrize(("element", "key", "changes"), LACKING)
def test_an_element_that_was_not_typed_is_asked_for(
    element: str, key: str, changes: dict[str, Any]
) -> None:
    found = findings(made(key, **changes)).get(f"element_{element}")
    assert found is not None
    assert found.level is Level.BLOCK
    assert found.cite
    assert found.field
