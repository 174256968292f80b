"""Which form takes a step, and the fields of that form in the order of the screen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from enforcer.course_terms import SignOffMatter
from enforcer.law import lifecycle
from enforcer.operations.course_forms import ImpositionForm, StepForm
from enforcer.operations.lead_forms import OnLeadForm
from enforcer.operations.registry import Operation, operations
from enforcer.terms import CaseStep
from ui.cases.course.specs import TECHNICAL, F, Fields
from ui.cases.course.specs_after import AFTERWARDS
from ui.cases.course.specs_investigation import INVESTIGATION
from ui.cases.course.specs_review import REVIEW
from ui.cases.course.specs_start import START

TABLES: Mapping[str, Fields] = MappingProxyType({**START, **INVESTIGATION, **REVIEW, **AFTERWARDS})
PRESETS: Mapping[CaseStep, Mapping[str, Any]] = MappingProxyType(
    {
        CaseStep.FILED: {"matter": SignOffMatter.FILING},
        CaseStep.FILING_REFUSED: {"matter": SignOffMatter.FILING, "agrees": False},
        CaseStep.RULED: {"matter": SignOffMatter.DECISION},
        CaseStep.CLOSED: {"matter": SignOffMatter.CLOSURE},
    }
)
"""Steps that a signature takes: which matter is signed."""


def operation_of(step: CaseStep) -> Operation:
    """The operation that takes a step."""
    return operations()[lifecycle.step(step).form]


def fields_of(form: type[BaseModel]) -> Fields:
    """The rows of a form, in the order of the screen."""
    return TABLES[form.__name__]


def on_screen(form: type[BaseModel]) -> list[str]:
    """The fields that an officer fills; the case or the lead itself is known."""
    known = {"case_id"} if issubclass(form, StepForm) else set()
    known |= {"lead_id"} if issubclass(form, OnLeadForm) else set()
    return [name for name in form.model_fields if name not in TECHNICAL | known]


def title_of(form: type[BaseModel], name: str, spec: F) -> str:
    """What the officer calls a field: the table's word, else the form's own."""
    return spec.label or (form.model_fields[name].title or "").removesuffix("（元）")


def required(form: type[BaseModel], name: str, spec: F) -> bool:
    """Whether a field must be filled: as the table says, else as the form does."""
    return form.model_fields[name].is_required() if spec.must is None else spec.must


def imposes(form: type[BaseModel]) -> bool:
    """Whether a form proposes what is to be imposed."""
    return issubclass(form, ImpositionForm)
