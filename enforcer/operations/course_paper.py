"""Papers of an ordinary case: inspected, numbered, frozen once; printed again as they were; made void."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from enforcer import models
from enforcer.documents import template
from enforcer.documents.template import Template
from enforcer.errors import Refused
from enforcer.law.summary import unsettled
from enforcer.operations import course_paper_numbers, wording
from enforcer.operations.course_paper_draft import Drafted, drafted, renumbered
from enforcer.operations.course_paper_forms import (
    IssuePaperForm,
    PaperIssued,
    PrintIssuedForm,
    VoidPaperForm,
)
from enforcer.operations.course_paper_void import against_voiding
from enforcer.operations.editing import block, once
from enforcer.operations.issue import count_prints, sheets
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.operations.summary_forms import PaperOut
from enforcer.queries import course_papers_issued, office
from enforcer.queries.course_papers_issued import ISSUE
from enforcer.store import audit, vault
from enforcer.store.database import Store
from enforcer.terms import DocumentState

__all__ = ["issue_paper", "preview_issued", "print_issued", "void_paper", "word_of_issued"]


@operation("签发案件文书", IssuePaperForm)
def issue_paper(
    store: Store,
    form: IssuePaperForm,
    *,
    today: date,  # noqa: ARG001 — the paper bears the day of its step
    now: datetime,
    actor: str,
) -> PaperIssued:
    """Inspect, number, print, freeze and write one paper: all of it or none."""
    with store.unit(actor=actor, operation="issue_paper") as session:
        if done := earlier_answer(session, form.request_id):
            return PaperIssued.of(done)
        one = drafted(session, form.case_id, form.template, form.row, now=now)
        _refuse_twice(session, one)
        drawn = course_paper_numbers.draw(
            session, one.case, form.template, one.about.row, one.paper.on
        )
        one = renumbered(one, drawn.number)
        if still := unsettled(one.findings, form.reasons):
            raise Refused(*still)
        shared = bool(drawn.number) and drawn.series_id is None
        row = _frozen(store, session, one, form, shared=shared, now=now, actor=actor)
        answer = _answer(one, row)
        remember(session, form.request_id, "issue_paper", answer.as_json(), now=now)
    return answer


def _refuse_twice(session: Session, one: Drafted) -> None:
    assert one.case.id
    known = course_papers_issued.standing(session, one.case.id, one.paper.key, one.about.row)
    if known is None:
        return
    number = f"（{known.number}）" if known.number else ""
    raise block(
        "issued_already",
        f"《{known.title}》{number}已于 {known.issued_on} 出件，不能再出一份。"
        "需要再用的请补打；确有错误、依法可以作废的，先作废再重新出件。",
        "行政处罚法（2021）第四十七条",
        "template",
    )


def _frozen(
    store: Store,
    session: Session,
    one: Drafted,
    form: IssuePaperForm,
    *,
    shared: bool,
    now: datetime,
    actor: str,
) -> models.Document:
    """The PDF in the vault and the row that names it; the file goes when the row does not come."""
    from enforcer.documents import pdf

    fields = one.fields
    printed = pdf.render(one.form, fields)
    given = {code: said for code, said in form.reasons.items() if said}
    needed = {each.code for each in one.findings}
    kept = vault.keep(store.vault, printed.pdf, suffix=".pdf")
    try:
        issue: dict[str, object] = {
            "row": one.about.row,
            "reasons": {code: said for code, said in given.items() if code in needed},
        }
        if shared:
            issue["shared"] = True
        row = models.Document(
            uid=one.paper.uid,
            template_key=one.paper.key,
            template_version=one.form.version,
            title=one.title,
            number=one.paper.number,
            case_id=one.case.id,
            state=DocumentState.ISSUED,
            fields={**fields, ISSUE: issue},
            vault_name=kept.name,
            sha256=kept.sha256,
            pages=printed.pages,
            issued_at=now,
            issued_on=one.paper.on,
            issued_by=actor,
        )
        session.add(row)
        session.flush()
    except BaseException:
        (store.vault / kept.name).unlink(missing_ok=True)
        raise
    return row


def _answer(one: Drafted, row: models.Document) -> PaperIssued:
    assert row.id
    assert one.case.id
    return PaperIssued(
        case_id=one.case.id,
        document_id=row.id,
        template=row.template_key,
        row=one.about.row,
        title=row.title,
        number=row.number,
        vault_name=row.vault_name,
        sha256=row.sha256,
        pages=row.pages,
    )


@operation("打印已出的文书", PrintIssuedForm)
def print_issued(
    store: Store, form: PrintIssuedForm, *, today: date, now: datetime, actor: str
) -> PaperOut:
    """Give the frozen papers in order and count the print; the second time marked 补打."""
    with store.unit(actor=actor, operation="print_issued") as session:
        rows = [_document(session, one) for one in form.document_ids]
        out = sheets(store, rows, today)
        if earlier_answer(session, form.request_id) is None:
            remember(session, form.request_id, "print_issued", {"pages": out.pages}, now=now)
            count_prints(session, rows)
    return out


def preview_issued(store: Store, document_id: int, *, today: date) -> PaperOut:
    """The sheets as the next print will give them, without counting a print."""
    with store.reading() as session:
        return sheets(store, [_document(session, document_id)], today)


def _document(session: Session, document_id: int) -> models.Document:
    row = session.get(models.Document, document_id)
    if row is None or row.case_id is None:
        raise block("paper_gone", f"没有编号为 {document_id} 的案件文书，请重新选择。")
    return row


def word_of_issued(store: Store, document_id: int) -> bytes:
    """An issued paper as .docx, with the very words that were frozen; nothing is counted."""
    from enforcer.documents import word

    with store.reading() as session:
        row = _document(session, document_id)
        return word.document(_edition(session, row), row.fields or {})


def _edition(session: Session, row: models.Document) -> Template:
    """The text of the template the paper was made with."""
    shipped = template.shipped(row.template_key)
    if shipped.version == row.template_version:
        return shipped
    for one in office.editions(session, row.template_key):
        if one.from_on is not None and wording.version_of(one.body) == row.template_version:
            return template.load(one.body, where=f"{row.template_key} {row.template_version}")
    raise block(
        "template_version_gone",
        f"《{row.title}》出件时用的模板（{row.template_version}）已经不在，"
        "不能再转成 Word。请使用已冻结的 PDF，可以补打、可以另存。",
    )


@operation("作废案件文书", VoidPaperForm)
def void_paper(
    store: Store,
    form: VoidPaperForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Make an issued paper void with its reason; paper and number are kept, the row may come anew."""

    def deed(session: Session) -> int:
        row = _document(session, form.document_id)
        if found := against_voiding(session, row, now=now):
            raise Refused(*found)
        row.state = DocumentState.VOID
        row.void_reason = form.reason
        session.add(row)
        audit.note(
            session,
            "void",
            table="document",
            row=str(row.id),
            say={"number": row.number, "reason": form.reason},
        )
        assert row.id
        return row.id

    return once(store, form, name="void_paper", now=now, actor=actor, deed=deed)
