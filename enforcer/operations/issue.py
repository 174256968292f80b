"""Papers of a case to the printer: the frozen file, and 补打 over every copy after the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

from sqlmodel import Session, col, select

from enforcer.models import Case, Document
from enforcer.operations.editing import block
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.operations.summary_forms import PaperOut, PrintPapersForm
from enforcer.queries.case_page import PaperRow
from enforcer.store import audit, vault
from enforcer.store.database import Store
from enforcer.terms import DocumentState, Origin, Procedure

__all__ = [
    "PaperOut",
    "PrintPapersForm",
    "frozen_paper",
    "preview_papers",
    "print_papers",
]
AGAIN, VOID = "补打", "作废"


@operation("打印案件文书", PrintPapersForm)
def print_papers(
    store: Store,
    form: PrintPapersForm,
    *,
    today: date,
    now: datetime,
    actor: str,
) -> PaperOut:
    """Give the frozen papers of these cases, in order, and count the print; the log says who.

    The file in the vault stays as it is: 补打 is laid over the copy.
    """
    with store.unit(actor=actor, operation="print_papers") as session:
        rows = [_paper(session, case_id, form.template) for case_id in form.case_ids]
        out = sheets(store, rows, today)
        if earlier_answer(session, form.request_id) is None:
            remember(session, form.request_id, "print_papers", {"pages": out.pages}, now=now)
            count_prints(session, rows)
    return out


def count_prints(session: Session, rows: Sequence[Document]) -> None:
    """One more print of each; the log says who."""
    for row in rows:
        row.print_count += 1
        session.add(row)
        audit.note(
            session,
            "print",
            table="document",
            row=str(row.id),
            say={"number": row.number, "times": row.print_count},
        )


def preview_papers(store: Store, form: PrintPapersForm, *, today: date) -> PaperOut:
    """The sheets as the next print will give them, without counting a print."""
    with store.reading() as session:
        rows = [_paper(session, case_id, form.template) for case_id in form.case_ids]
        return sheets(store, rows, today)


def document_of(store: Store, case_id: int, template: str) -> int:
    """The paper of this template that came out last and stands; refused when there is none."""
    with store.reading() as session:
        found = _paper(session, case_id, template).id
        assert found
        return found


def frozen_paper(store: Store, paper: PaperRow) -> bytes:
    """The paper as it was issued; refused when the file is gone or was altered since."""
    return vault.read(store.vault, paper.vault_name, paper.sha256)


def sheets(store: Store, rows: Sequence[Document], today: date) -> PaperOut:
    """Frozen papers as the next print gives them: 补打 over each that was printed before."""
    found = []
    for row in rows:
        pdf = vault.read(store.vault, row.vault_name, row.sha256)
        void = row.state is DocumentState.VOID
        if row.print_count or void:
            pdf = _marked(pdf, today, row.print_count + 1, void=void)
        found.append(pdf)
    data, pages = _joined(found)
    return PaperOut(data, pages, len(found), sum(bool(row.print_count) for row in rows))


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
        raise block("no_paper", f"案件 {case.number} 没有可以打印的文书“{template}”。{_why(case)}")
    return row


def _why(case: Case) -> str:
    """What the officer asks for instead."""
    if case.origin is Origin.BACKFILLED:
        return "补录的旧案件只有台账记录，没有本程序签发的文书，请使用纸质卷里的原件。"
    if case.procedure is Procedure.ORDINARY:
        return "普通程序案件没有当场行政处罚决定书，处罚决定书请用 penalty_decision。"
    return "它的文书都已作废。"


def _marked(pdf: bytes, today: date, times: int, *, void: bool) -> bytes:
    from enforcer.documents import stamp

    return stamp.mark(pdf, VOID if void else AGAIN, note=f"{today} 第{times}次打印")


def _joined(papers: Sequence[bytes]) -> tuple[bytes, int]:
    """Several papers as one file for the printer."""
    from pypdf import PdfReader, PdfWriter

    if len(papers) == 1:
        return papers[0], len(PdfReader(BytesIO(papers[0])).pages)
    writer = PdfWriter()
    for one in papers:
        writer.append(BytesIO(one))
    out = BytesIO()
    writer.write(out)
    return out.getvalue(), len(writer.pages)
