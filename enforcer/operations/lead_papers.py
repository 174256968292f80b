"""Papers of a lead to the screen and the printer; the list of leads as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from enforcer.documents import course_fields, pdf, stamp
from enforcer.exchange.export import Written, ledger_sheet, write_table
from enforcer.exchange.ledgers import LEADS
from enforcer.operations.editing import block
from enforcer.operations.lead_forms import ExportLeadsForm, LeadPaperForm
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.queries import lead_ledger, lead_papers, office
from enforcer.store import audit
from enforcer.store.database import Store

__all__ = ["export_leads", "preview_lead_paper", "print_lead_paper"]
VOID = "作废"
_PAGE = 500


def preview_lead_paper(
    store: Store, lead_id: int, key: str, *, today: date, now: datetime, reason: str = ""
) -> bytes:
    """The paper as it would come out now; `reason` is what is being typed of a refusal."""
    with store.reading() as session:
        said = lead_papers.paper(session, lead_id, key, now=now, reason=reason)
        if said is None:
            raise block("lead_gone", f"没有编号为 {lead_id} 的线索，请从线索列表重新选择。")
        template = office.template_on(session, key, today)
        voided_on = lead_papers.voided_on(session, lead_id)
    made = pdf.render(template, course_fields.course_fields(said)).pdf
    return stamp.mark(made, VOID, note=f"{voided_on}") if voided_on else made


@operation("打印线索文书", LeadPaperForm)
def print_lead_paper(
    store: Store, form: LeadPaperForm, *, today: date, now: datetime, actor: str
) -> bytes:
    """The paper for the printer; the log says who printed it."""
    made = preview_lead_paper(store, form.lead_id, form.key, today=today, now=now)
    with store.unit(actor=actor, operation="print_lead_paper") as session:
        if earlier_answer(session, form.request_id) is None:
            say = {"paper": form.key, "bytes": len(made)}
            audit.note(session, "print", table="lead", row=str(form.lead_id), say=say)
            remember(session, form.request_id, "print_lead_paper", say, now=now)
    return made


@operation("导出线索", ExportLeadsForm)
def export_leads(
    store: Store, form: ExportLeadsForm, *, today: date, now: datetime, actor: str
) -> Written:
    """Write the leads to a workbook, whole or not at all, in the headers they come in again with."""
    rows: list[Mapping[str, Any]] = []
    for start in range(0, len(form.lead_ids), _PAGE):
        portion = form.lead_ids[start : start + _PAGE]
        rows += lead_ledger.ledger_rows(store, portion, today=today)
    sheet = ledger_sheet(LEADS, rows)
    written = write_table(form.path, [sheet], overwrite=form.overwrite, made_at=now)
    with store.unit(actor=actor, operation="export_leads") as session:
        say = {"rows": len(rows), "file": form.path.name}
        audit.note(session, "export", table="lead", row="", say=say)
    return written
