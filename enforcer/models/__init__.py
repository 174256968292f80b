"""SQLModel tables, nothing else."""

from enforcer.models.case import Case, CaseEvent
from enforcer.models.coercion import Preservation, Seizure
from enforcer.models.deciding import (
    DefenceStatement,
    Discussion,
    Hearing,
    LegalReview,
    Proposal,
    Transfer,
)
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
from enforcer.models.lead import Lead
from enforcer.models.notice import LadderRule, Notice
from enforcer.models.office import AuditEntry, DoneRequest, Draft, Setting
from enforcer.models.officer import Certificate, Officer, Recorder
from enforcer.models.organ import ItemPower, NumberRule, Organ, PowerSource, Series
from enforcer.models.party import Party, Vehicle
from enforcer.models.procedure import (
    Correction,
    Filing,
    OfCase,
    PeriodChange,
    Recusal,
    SignOff,
    Summons,
    WrittenRecord,
)
from enforcer.models.remedy import Closure, CourtApplication, Deferral, Remedy, Urging
from enforcer.models.service import Service

__all__ = [
    "AuditEntry",
    "Case",
    "CaseEvent",
    "Certificate",
    "Closure",
    "Correction",
    "CourtApplication",
    "Decision",
    "DefenceStatement",
    "Deferral",
    "DiscretionTier",
    "Discussion",
    "Document",
    "DoneRequest",
    "Draft",
    "Filing",
    "FirstViolationCheck",
    "Guidance",
    "Hearing",
    "HolidayNotice",
    "ItemPower",
    "LadderRule",
    "Lead",
    "LegalReview",
    "ListRow",
    "LocalAmount",
    "Notice",
    "NumberRule",
    "OfCase",
    "Officer",
    "Organ",
    "Party",
    "Payment",
    "PeriodChange",
    "PowerSource",
    "Preservation",
    "Proposal",
    "Recorder",
    "Recusal",
    "Remedy",
    "Seizure",
    "Series",
    "Service",
    "Setting",
    "SignOff",
    "Summons",
    "TemplateEdition",
    "Transfer",
    "Urging",
    "Vehicle",
    "WrittenRecord",
]
