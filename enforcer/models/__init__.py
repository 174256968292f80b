"""SQLModel tables, nothing else."""

from enforcer.models.case import Case, CaseEvent
from enforcer.models.decision import Decision, Payment
from enforcer.models.document import Document, TemplateEdition
from enforcer.models.guidance import Guidance
from enforcer.models.law_data import (
    DiscretionTier,
    FirstViolationCheck,
    HolidayNotice,
    ListRow,
    LocalAmount,
)
from enforcer.models.notice import LadderRule, Notice
from enforcer.models.office import AuditEntry, DoneRequest, Draft, Setting
from enforcer.models.officer import Certificate, Officer, Recorder
from enforcer.models.organ import ItemPower, NumberRule, Organ, PowerSource, Series
from enforcer.models.party import Party, Vehicle

__all__ = [
    "AuditEntry",
    "Case",
    "CaseEvent",
    "Certificate",
    "Decision",
    "DiscretionTier",
    "Document",
    "DoneRequest",
    "Draft",
    "FirstViolationCheck",
    "Guidance",
    "HolidayNotice",
    "ItemPower",
    "LadderRule",
    "ListRow",
    "LocalAmount",
    "Notice",
    "NumberRule",
    "Officer",
    "Organ",
    "Party",
    "Payment",
    "PowerSource",
    "Recorder",
    "Series",
    "Setting",
    "TemplateEdition",
    "Vehicle",
]
