"""SQLModel tables, nothing else.

A table is mapped when it is first asked for, since a start must not pay for those it does not
read; whoever writes or migrates needs all of them at once (`load_all`), for the foreign keys.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enforcer.models.account import Account
    from enforcer.models.case import Case, CaseEvent, StepTrace
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
    from enforcer.models.dossier import ArchiveHandover, CaseOpening, Dossier, Scan, ScanPage
    from enforcer.models.evidence import (
        ActionRecorders,
        EvidenceAct,
        EvidenceCheck,
        EvidenceDeletion,
        EvidenceFile,
        EvidenceIntake,
        EvidenceItem,
        EvidenceProblem,
        EvidenceUse,
        IntakeFile,
        RecorderEvent,
    )
    from enforcer.models.guidance import Guidance
    from enforcer.models.holiday import HolidayNotice
    from enforcer.models.imports import ImportMapping, ImportSpan, LedgerImport
    from enforcer.models.law_data import (
        DiscretionTier,
        FirstViolationCheck,
        ListRow,
        LocalAmount,
    )
    from enforcer.models.lead import Lead, LeadEvent
    from enforcer.models.notice import LadderRule, Notice
    from enforcer.models.office import AuditEntry, DoneRequest, Draft, Setting
    from enforcer.models.officer import Certificate, Officer, Recorder
    from enforcer.models.organ import (
        ItemPower,
        NumberRule,
        Organ,
        PowerSource,
        Series,
        VoidNumber,
    )
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
    from enforcer.models.publication import Publication
    from enforcer.models.recording_copies import RecordingBackup, RecordingCopy
    from enforcer.models.remedy import Closure, CourtApplication, Deferral, Remedy, Urging
    from enforcer.models.service import Service

_TABLES = {
    "account": ("Account",),
    "case": (
        "Case",
        "CaseEvent",
        "StepTrace",
    ),
    "coercion": (
        "Preservation",
        "Seizure",
    ),
    "deciding": (
        "DefenceStatement",
        "Discussion",
        "Hearing",
        "LegalReview",
        "Proposal",
        "Transfer",
    ),
    "decision": (
        "Decision",
        "Payment",
    ),
    "document": (
        "Document",
        "TemplateEdition",
    ),
    "dossier": (
        "ArchiveHandover",
        "CaseOpening",
        "Dossier",
        "Scan",
        "ScanPage",
    ),
    "evidence": (
        "ActionRecorders",
        "EvidenceAct",
        "EvidenceCheck",
        "EvidenceDeletion",
        "EvidenceFile",
        "EvidenceIntake",
        "EvidenceItem",
        "EvidenceProblem",
        "EvidenceUse",
        "IntakeFile",
        "RecorderEvent",
    ),
    "guidance": ("Guidance",),
    "holiday": ("HolidayNotice",),
    "imports": (
        "ImportMapping",
        "ImportSpan",
        "LedgerImport",
    ),
    "law_data": (
        "DiscretionTier",
        "FirstViolationCheck",
        "ListRow",
        "LocalAmount",
    ),
    "lead": (
        "Lead",
        "LeadEvent",
    ),
    "notice": (
        "LadderRule",
        "Notice",
    ),
    "office": (
        "AuditEntry",
        "DoneRequest",
        "Draft",
        "Setting",
    ),
    "officer": (
        "Certificate",
        "Officer",
        "Recorder",
    ),
    "organ": (
        "ItemPower",
        "NumberRule",
        "Organ",
        "PowerSource",
        "Series",
        "VoidNumber",
    ),
    "party": (
        "Party",
        "Vehicle",
    ),
    "procedure": (
        "Correction",
        "Filing",
        "OfCase",
        "PeriodChange",
        "Recusal",
        "SignOff",
        "Summons",
        "WrittenRecord",
    ),
    "publication": ("Publication",),
    "recording_copies": (
        "RecordingBackup",
        "RecordingCopy",
    ),
    "remedy": (
        "Closure",
        "CourtApplication",
        "Deferral",
        "Remedy",
        "Urging",
    ),
    "service": ("Service",),
}
_MODULE = {name: module for module, names in _TABLES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value = getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)
    return value


def load_all() -> None:
    """Map every table, so that each foreign key finds what it points at."""
    for module in _TABLES:
        import_module(f"{__name__}.{module}")


__all__ = [
    "Account",
    "ActionRecorders",
    "ArchiveHandover",
    "AuditEntry",
    "Case",
    "CaseEvent",
    "CaseOpening",
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
    "Dossier",
    "Draft",
    "EvidenceAct",
    "EvidenceCheck",
    "EvidenceDeletion",
    "EvidenceFile",
    "EvidenceIntake",
    "EvidenceItem",
    "EvidenceProblem",
    "EvidenceUse",
    "Filing",
    "FirstViolationCheck",
    "Guidance",
    "Hearing",
    "HolidayNotice",
    "ImportMapping",
    "ImportSpan",
    "IntakeFile",
    "ItemPower",
    "LadderRule",
    "Lead",
    "LeadEvent",
    "LedgerImport",
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
    "Publication",
    "Recorder",
    "RecorderEvent",
    "RecordingBackup",
    "RecordingCopy",
    "Recusal",
    "Remedy",
    "Scan",
    "ScanPage",
    "Seizure",
    "Series",
    "Service",
    "Setting",
    "SignOff",
    "StepTrace",
    "Summons",
    "TemplateEdition",
    "Transfer",
    "Urging",
    "Vehicle",
    "VoidNumber",
    "WrittenRecord",
    "load_all",
]
