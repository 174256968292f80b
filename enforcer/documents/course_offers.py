"""Which papers the ordinary course has, known without loading what fills them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

KEYS = (
    "lead_register",
    "filing_approval",
    "filing_refusal_approval",
    "recusal_decision",
    "inspection_record",
    "photo_evidence",
    "inquiry_notice",
    "inquiry_record",
    "correction_order",
    "preservation_approval",
    "preservation_notice",
    "preservation_list",
    "preservation_disposal",
    "seizure_approval",
    "seizure_decision",
    "seizure_list",
    "seizure_extension",
    "seizure_release",
    "sampling_receipt",
    "period_approval",
    "investigation_report",
    "prior_notice",
    "waiver_receipt",
    "defence_record",
    "defence_review",
    "hearing_notice",
    "hearing_record",
    "hearing_report",
    "legal_review_opinion",
    "discussion_record",
    "decision_approval",
    "penalty_decision",
    "no_penalty_decision",
    "education_record",
    "correction_pledge",
    "proof_of_service",
    "service_announcement",
    "electronic_service_consent",
    "urging_notice",
    "court_application",
    "deferral_approval",
    "deferral_notice",
    "transfer_report",
    "transfer_letter",
    "dismissal_approval",
    "revocation_decision",
    "closure_approval",
    "dossier_cover",
    "dossier_contents",
    "dossier_note",
    "receipt_page",
)
"""Their templates, in the order of a case's life."""


def _paths(key: str) -> frozenset[str]:
    from enforcer.documents import course_fields  # forty classes that a start need not make

    return course_fields.paths(key)


OFFERS: Mapping[str, Callable[[], frozenset[str]]] = {key: partial(_paths, key) for key in KEYS}
"""What each of them offers to its template."""
