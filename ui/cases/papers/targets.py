"""Where a finding on a paper is put right: the step and field, the register, or the settings."""

from __future__ import annotations

from enforcer.documents import course_rules
from enforcer.errors import Objection
from enforcer.paper_terms import Final
from enforcer.terms import CaseStep

_SETTINGS = {
    "number": "settings.numbers",
    "power_source_id": "settings.powers",
}
_STEPS = {
    "cause": CaseStep.PROPOSED,
    "act": CaseStep.PROPOSED,
    "breached": CaseStep.CONCLUDED,
    "notice": CaseStep.ANNOUNCED,
    "defence": CaseStep.DEFENCE_REVIEWED,
    "hearing": CaseStep.HEARING_REPORTED,
    "corrected": CaseStep.REINSPECTED,
    "education": CaseStep.EDUCATED,
    "urging": CaseStep.URGED,
}
_DECIDING = frozenset(
    {
        "breached", "sanctioned_by", "kinds", "fine_yuan", "gains", "gains_yuan", "facts",
        "evidence", "discretion", "discretion_reason", "no_penalty_reason", "law_reason",
        "correction",
    }
)  # fmt: skip


def target_of(key: str, one: Objection) -> str:
    """`settings.organs/court`, `registers.parties/party_address` or a step: `announced/fine_yuan`."""
    field = one.field
    if field.startswith("organ."):
        return f"settings.organs/{field.removeprefix('organ.')}"
    if field in _SETTINGS:
        return _SETTINGS[field]
    if field.startswith("party_"):
        return f"registers.parties/{field.removeprefix('party_')}"
    if one.code in ("two_certificates", "certificate_not_valid", "element_certificate"):
        return "registers.officers"
    rule = course_rules.rule(key)
    if rule.final is Final.DECISION and field in _DECIDING:
        return f"{CaseStep.DECISION_PROPOSED.value}/{field}"
    step = _STEPS.get(field) or rule.step
    return f"{step.value}/{field}" if field else step.value


def is_elsewhere(target: str) -> bool:
    """Whether it lies outside the page of the case."""
    return target.startswith(("settings.", "registers."))
