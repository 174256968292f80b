"""The dossier of a case as one PDF, given out and logged; see `dossier_archive` for the archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from enforcer.documents.dossier import Entry
from enforcer.operations.dossier_archive import archive_case, hand_over, save_dossier_settings
from enforcer.operations.dossier_handovers import confirm_handover, take_back_handover
from enforcer.operations.dossier_lists import export_handover
from enforcer.operations.dossier_making import Assembled, assemble
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.store import audit
from enforcer.store.database import Store

__all__ = [
    "DossierForm",
    "DossierOut",
    "archive_case",
    "confirm_handover",
    "export_dossier",
    "export_handover",
    "hand_over",
    "save_dossier_settings",
    "take_back_handover",
]


class DossierForm(BaseModel):
    """Which case, and in which order where it is not the office's own."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    case_id: int = Field(title="案件")
    order: str = Field(default="", title="排列顺序", max_length=20)


@dataclass(frozen=True, slots=True)
class DossierOut:
    """The file, and what the officer is told of it."""

    pdf: bytes
    pages: int
    sha256: str
    order: str
    entries: tuple[Entry, ...]
    remarks: tuple[str, ...]


@operation("输出案卷", DossierForm)
def export_dossier(
    store: Store, form: DossierForm, *, today: date, now: datetime, actor: str
) -> DossierOut:
    """The whole dossier; the log says who took it out, how many pages, and its hash."""
    made = assemble(store, form.case_id, today=today, now=now, order_key=form.order)
    with store.unit(actor=actor, operation="export_dossier") as session:
        if earlier_answer(session, form.request_id) is None:
            remember(
                session, form.request_id, "export_dossier", {"pages": made.bound.pages}, now=now
            )
            audit.note(
                session,
                "export",
                table="enforcement_case",
                row=str(form.case_id),
                say={
                    "what": "案卷",
                    "pages": made.bound.pages,
                    "papers": len(made.bound.entries),
                    "sha256": made.bound.sha256,
                    "order": made.contents.order.key,
                },
            )
    return out(made)


def out(made: Assembled) -> DossierOut:
    """What is handed to the screen or the command."""
    return DossierOut(
        made.bound.pdf,
        made.bound.pages,
        made.bound.sha256,
        made.contents.order.key,
        made.bound.entries,
        made.remarks,
    )
