"""All deeds about evidence under one roof."""

from enforcer.operations.evidence_checks import (
    CheckEvidenceForm,
    CheckOutcome,
    Problem,
    check_evidence,
)
from enforcer.operations.evidence_copies import (
    CopyOutForm,
    MaskedCopyForm,
    ViewEvidenceForm,
    copy_out,
    register_masked,
    view_evidence,
)
from enforcer.operations.evidence_intake import (
    IntakeForm,
    IntakeReport,
    LeftFile,
    ResumeForm,
    TakenFile,
    report,
    resume_intake,
    take_in,
)
from enforcer.operations.evidence_items import (
    EvidenceItemForm,
    RemoveItemForm,
    VerifyItemForm,
    remove_evidence_item,
    save_evidence_item,
    verify_evidence_item,
)
from enforcer.operations.evidence_keeping import (
    DeleteExpiredForm,
    RetentionForm,
    delete_expired,
    set_retention,
)
from enforcer.operations.evidence_papers import (
    EvidenceListForm,
    PhotoPagesForm,
    print_evidence_list,
    print_photo_pages,
)
from enforcer.operations.evidence_recorders import RecorderEventForm, note_recorder
from enforcer.operations.evidence_settings import EvidenceSettingsForm, save_evidence_settings
from enforcer.operations.evidence_uses import (
    LinkEvidenceForm,
    NameRecordersForm,
    UnlinkEvidenceForm,
    link_evidence,
    name_recorders,
    unlink_evidence,
)
from enforcer.store.intake import Control

__all__ = [
    "CheckEvidenceForm",
    "CheckOutcome",
    "Control",
    "CopyOutForm",
    "DeleteExpiredForm",
    "EvidenceItemForm",
    "EvidenceListForm",
    "EvidenceSettingsForm",
    "IntakeForm",
    "IntakeReport",
    "LeftFile",
    "LinkEvidenceForm",
    "MaskedCopyForm",
    "NameRecordersForm",
    "PhotoPagesForm",
    "Problem",
    "RecorderEventForm",
    "RemoveItemForm",
    "ResumeForm",
    "RetentionForm",
    "TakenFile",
    "UnlinkEvidenceForm",
    "VerifyItemForm",
    "ViewEvidenceForm",
    "check_evidence",
    "copy_out",
    "delete_expired",
    "link_evidence",
    "name_recorders",
    "note_recorder",
    "print_evidence_list",
    "print_photo_pages",
    "register_masked",
    "remove_evidence_item",
    "report",
    "resume_intake",
    "save_evidence_item",
    "save_evidence_settings",
    "set_retention",
    "take_in",
    "unlink_evidence",
    "verify_evidence_item",
    "view_evidence",
]
