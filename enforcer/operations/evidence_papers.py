"""证据清单 and photo pages: frozen as they were printed; the same again is marked 补打."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, col, select

from enforcer.documents import evidence_list, pictures
from enforcer.documents.evidence_list import LIST, PHOTOS
from enforcer.documents.parts import Template
from enforcer.documents.pdf import Paper
from enforcer.evidence_terms import EvidenceActKind, MediaKind
from enforcer.models import Document, EvidenceFile
from enforcer.operations.editing import block, refuse_if
from enforcer.operations.evidence_acts import note_act, registered
from enforcer.operations.evidence_previews import photo_bytes
from enforcer.operations.issue import count_prints, sheets
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.operations.summary_forms import PaperOut
from enforcer.queries import evidence_papers, office
from enforcer.queries.evidence_items import item_rows
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import DocumentState


class EvidenceListForm(BaseModel):
    """Which case's list."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    case_id: int = Field(title="案件")


class PhotoPagesForm(BaseModel):
    """Which photos of a case; none named means those on its list."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    case_id: int = Field(title="案件")
    file_ids: tuple[int, ...] = Field(default=(), title="照片", max_length=500)


@operation("打印证据清单", EvidenceListForm)
def print_evidence_list(
    store: Store, form: EvidenceListForm, *, today: date, now: datetime, actor: str
) -> PaperOut:
    """Print the list as it stands; a list that has not changed since is printed again, marked."""
    uid = form.request_id or uuid4()
    with store.reading() as session:
        paper = evidence_papers.list_paper(session, form.case_id, uid=uid, on=today)
        if paper is None:
            raise _no_case()
        if not paper.lines:
            raise block("list_empty", "这个案件的证据清单还是空的，请先登记证据。", "", "case_id")
        made_with = office.template_on(session, LIST, today)
        fields = evidence_list.list_fields(paper)
        files = [one.file_id for one in item_rows(session, form.case_id) if one.file_id]
    return _out(
        store,
        form,
        made_with,
        fields,
        lambda: evidence_list.render(made_with, fields),
        files,
        uid=uid,
        today=today,
        now=now,
        actor=actor,
    )


@operation("打印照片证据页", PhotoPagesForm)
def print_photo_pages(
    store: Store, form: PhotoPagesForm, *, today: date, now: datetime, actor: str
) -> PaperOut:
    """Print photos, a page each, out of originals whose hash still holds."""
    uid = form.request_id or uuid4()
    with store.reading() as session:
        chosen = list(form.file_ids) or evidence_papers.photo_ids(session, form.case_id)
        rows = [registered(session, one) for one in dict.fromkeys(chosen)]
        paper = evidence_papers.photo_paper(
            session, form.case_id, [one.id or 0 for one in rows], uid=uid, on=today
        )
        if paper is None:
            raise _no_case()
        if not rows:
            raise block("no_photos", "这个案件的证据清单里没有照片，请先登记。", "", "file_ids")
        if other := [one.original_name for one in rows if one.media is not MediaKind.PHOTO]:
            refuse_if({"file_ids": f"“{other[0]}”不是照片，印不成照片页，请从名单里去掉。"})
        made_with = office.template_on(session, PHOTOS, today)
    fields = evidence_list.photo_fields(paper)

    def render() -> Paper:
        made = [pictures.fitted(photo_bytes(store, one), name=one.original_name) for one in rows]
        return evidence_list.render(made_with, fields, made)

    return _out(
        store,
        form,
        made_with,
        fields,
        render,
        [one.id or 0 for one in rows],
        uid=uid,
        today=today,
        now=now,
        actor=actor,
    )


def _out(
    store: Store,
    form: EvidenceListForm | PhotoPagesForm,
    made_with: Template,
    fields: dict[str, Any],
    render: Callable[[], Paper],
    files: list[int],
    *,
    uid: UUID,
    today: date,
    now: datetime,
    actor: str,
) -> PaperOut:
    """Freeze a new paper, or take the last one when it says the same; count and log the print.

    It is drawn before the transaction begins: photos take seconds, and others want to save.
    """
    with store.reading() as session:
        known = _known(session, form, made_with, fields)
    paper = render() if known is None else None
    with store.unit(actor=actor, operation=f"print_{made_with.key}") as session:
        again = earlier_answer(session, form.request_id) is not None
        row = session.get(Document, known) if known else None
        if row is None:
            assert paper is not None
            row = _frozen(
                store,
                session,
                form.case_id,
                made_with,
                fields,
                paper,
                uid=uid,
                today=today,
                now=now,
                actor=actor,
            )
        out = sheets(store, [row], today)
        if again:
            return out
        count_prints(session, [row])
        for file_id in dict.fromkeys(files):
            file = session.get(EvidenceFile, file_id)
            assert file is not None
            note_act(session, file, EvidenceActKind.PRINTED, now=now, actor=actor, detail=row.title)
        remember(session, form.request_id, f"print_{made_with.key}", {"document": row.id}, now=now)
        return out


def _known(
    session: Session,
    form: EvidenceListForm | PhotoPagesForm,
    made_with: Template,
    fields: dict[str, Any],
) -> int | None:
    """The paper this very request made, or the last one when it says the same in the same text."""
    if done := earlier_answer(session, form.request_id):
        return int(done["document"])
    last = session.exec(
        select(Document)
        .where(
            Document.case_id == form.case_id,
            Document.template_key == made_with.key,
            Document.state == DocumentState.ISSUED,
        )
        .order_by(col(Document.id).desc())
    ).first()
    if last is None or last.template_version != made_with.version:
        return None
    return last.id if _same(last.fields or {}, fields) else None


def _same(before: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether two papers say the same but for their code and day."""
    return bool(_without_paper(before) == _without_paper(now))


def _without_paper(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_paper(v) for k, v in value.items() if k != "paper"}
    return [_without_paper(one) for one in value] if isinstance(value, list) else value


def _frozen(
    store: Store,
    session: Session,
    case_id: int,
    made_with: Template,
    fields: dict[str, Any],
    paper: Paper,
    *,
    uid: UUID,
    today: date,
    now: datetime,
    actor: str,
) -> Document:
    kept = vault.keep(store.vault, paper.pdf, suffix=".pdf")
    try:
        row = Document(
            uid=uid,
            template_key=made_with.key,
            template_version=made_with.version,
            title=made_with.title,
            case_id=case_id,
            state=DocumentState.ISSUED,
            fields=fields,
            vault_name=kept.name,
            sha256=kept.sha256,
            pages=paper.pages,
            issued_at=now,
            issued_on=today,
            issued_by=actor,
        )
        session.add(row)
        session.flush()
    except BaseException:
        (store.vault / kept.name).unlink(missing_ok=True)
        raise
    return row


def _no_case() -> Exception:
    return block("case_gone", "没有这个案件，请重新选择。", "", "case_id")
