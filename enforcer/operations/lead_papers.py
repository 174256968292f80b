"""Papers of a lead to the screen and the printer; the list of leads as a workbook."""

from __future__ import annotations

from datetime import date, datetime

from enforcer.documents import course_fields, pdf
from enforcer.exchange.cellwriting import ColumnKind
from enforcer.exchange.export import Column, Sheet, Written, write_table
from enforcer.operations.editing import block
from enforcer.operations.lead_forms import ExportLeadsForm, LeadPaperForm
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.queries import lead_papers, leads, office
from enforcer.queries.leads import LeadRow
from enforcer.store import audit
from enforcer.store.database import Store

__all__ = ["export_leads", "preview_lead_paper", "print_lead_paper"]
_PAGE = 500
COLUMNS = (
    Column("编号", ColumnKind.ID),
    Column("案件来源"),
    Column("来源编号", ColumnKind.ID),
    Column("登记时间", ColumnKind.DATETIME),
    Column("答复期限", ColumnKind.DATE),
    Column("被反映人"),
    Column("地点"),
    Column("基本情况"),
    Column("记录人"),
    Column("承办人"),
    Column("核查日期", ColumnKind.DATE),
    Column("核查情况"),
    Column("处理结果"),
    Column("处理日期", ColumnKind.DATE),
    Column("理由"),
    Column("案号", ColumnKind.ID),
    Column("答复日期", ColumnKind.DATE),
    Column("答复方式"),
    Column("答复内容"),
    Column("是否满意"),
    Column("状态"),
)


def preview_lead_paper(
    store: Store, lead_id: int, key: str, *, today: date, now: datetime, reason: str = ""
) -> bytes:
    """The paper as it would come out now; `reason` is what is being typed of a refusal."""
    with store.reading() as session:
        said = lead_papers.paper(session, lead_id, key, now=now, reason=reason)
        if said is None:
            raise block("lead_gone", f"没有编号为 {lead_id} 的线索，请从线索列表重新选择。")
        template = office.template_on(session, key, today)
    return pdf.render(template, course_fields.course_fields(said)).pdf


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
    """Write the leads to a workbook, whole or not at all; who told of them stays out of it."""
    rows: list[LeadRow] = []
    for start in range(0, len(form.lead_ids), _PAGE):
        rows += leads.lead_rows(store, form.lead_ids[start : start + _PAGE], today=today)
    sheet = Sheet("线索", COLUMNS, [_cells(one) for one in rows])
    written = write_table(form.path, [sheet], overwrite=form.overwrite, made_at=now)
    with store.unit(actor=actor, operation="export_leads") as session:
        say = {"rows": len(rows), "file": form.path.name}
        audit.note(session, "export", table="lead", row="", say=say)
    return written


def _cells(one: LeadRow) -> tuple[object, ...]:
    content = {True: "满意", False: "不满意", None: ""}[one.satisfied]
    return (
        one.number,
        one.source.label,
        one.source_number,
        one.received_at,
        one.reply_due_on,
        one.party_name,
        one.place,
        one.content,
        one.recorder,
        one.handler,
        one.checked_on,
        one.findings,
        one.ended,
        one.outcome_on,
        one.outcome_reason,
        one.case_number,
        one.replied_on,
        one.reply_way,
        one.reply,
        content,
        one.standing.label,
    )
