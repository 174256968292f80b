"""Papers of a case to the printer: the frozen file, and 补打 over every copy after the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

from sqlmodel import Session, col, select

from enforcer.models import Case, Document
from enforcer.operations.editing import block
from enforcer.operations.registry import operation
from enforcer.operations.summary_forms import PaperOut, PrintPapersForm
from enforcer.store import audit, vault
from enforcer.store.database import Store
from enforcer.terms import DocumentState

__all__ = ["PaperOut", "PrintPapersForm", "print_papers"]
AGAIN = "补打"


@operation("打印案件文书", PrintPapersForm)
def print_papers(
    store: Store,
    form: PrintPapersForm,
    *,
    today: date,
    now: datetime,  # noqa: ARG001
    actor: str,
) -> PaperOut:
    """Give the frozen papers of these cases, in order; the file in the vault stays as it is.

    The log says who printed which paper and how often.
    """
    sheets: list[bytes] = []
    again = 0
    with store.unit(actor=actor, operation="print_papers") as session:
        for case_id in form.case_ids:
            row = _paper(session, case_id, form.template)
            pdf = vault.read(store.vault, row.vault_name, row.sha256)
            if row.print_count:
                pdf = _marked(pdf, today, row.print_count + 1)
                again += 1
            row.print_count += 1
            session.add(row)
            audit.note(
                session,
                "print",
                table="document",
                row=str(row.id),
                say={"number": row.number, "times": row.print_count},
            )
            sheets.append(pdf)
    data, pages = _joined(sheets)
    return PaperOut(data, pages, len(sheets), again)


def _paper(session: Session, case_id: int, template: str) -> Document:
    case = session.get(Case, case_id)
    if case is None:
        raise block("case_gone", f"没有编号为 {case_id} 的案件，请从案件列表重新选择。")
    row = session.exec(
        select(Document)
        .where(
            Document.case_id == case_id,
            Document.template_key == template,
            Document.state == DocumentState.ISSUED,
        )
        .order_by(col(Document.id).desc())
    ).first()
    if row is None:
        raise block(
            "no_paper",
            f"案件 {case.number} 没有可以打印的文书“{template}”。"
            "补录的旧案件只有台账记录，没有本程序签发的文书。",
        )
    return row


def _marked(pdf: bytes, today: date, times: int) -> bytes:
    from enforcer.documents import stamp

    return stamp.mark(pdf, AGAIN, note=f"{today} 第{times}次打印")


def _joined(sheets: Sequence[bytes]) -> tuple[bytes, int]:
    """Several papers as one file for the printer."""
    from pypdf import PdfReader, PdfWriter

    if len(sheets) == 1:
        return sheets[0], len(PdfReader(BytesIO(sheets[0])).pages)
    writer = PdfWriter()
    for one in sheets:
        writer.append(BytesIO(one))
    out = BytesIO()
    writer.write(out)
    return out.getvalue(), len(writer.pages)
