"""证据清单 and photo pages as they would be printed now, as PDF or Word: nothing is frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col, select

from enforcer.documents import evidence_list, evidence_specimen, pictures
from enforcer.documents.evidence_list import PHOTOS
from enforcer.documents.parts import Template
from enforcer.documents.pictures import Picture
from enforcer.errors import Refused, Trouble, VaultTrouble, reason
from enforcer.evidence_terms import EvidenceActKind
from enforcer.models import EvidenceFile
from enforcer.operations.editing import block
from enforcer.operations.evidence_acts import note_act, registered
from enforcer.operations.registry import operation
from enforcer.queries import evidence, evidence_papers, office
from enforcer.store import intake
from enforcer.store.database import Store

_NO_CODE = UUID(int=0)


class EvidenceWordForm(BaseModel):
    """Which of the two papers of a case, as Word."""

    model_config = ConfigDict(extra="forbid")
    case_id: int = Field(title="案件")
    template_key: str = Field(title="文书", pattern=f"^({'|'.join(evidence_list.KEYS)})$")


@dataclass(frozen=True, slots=True)
class _Paper:
    form: Template
    fields: dict[str, Any]
    ids: tuple[int, ...]
    photos: tuple[Picture, ...]


def preview(store: Store, case_id: int, key: str, *, today: date) -> bytes:
    """One of the two papers of a case as PDF, not issued yet; nothing is logged."""
    made = _paper(store, case_id, key, today)
    return evidence_list.render(made.form, made.fields, made.photos).pdf


@operation("证据文书另存为 Word", EvidenceWordForm)
def export_evidence_word(
    store: Store, form: EvidenceWordForm, *, today: date, now: datetime, actor: str
) -> bytes:
    """One of the two papers as .docx with its pictures; each photo in it is on record as copied."""
    from enforcer.documents import word

    made = _paper(store, form.case_id, form.template_key, today)
    pages = [_uncoded(one) for one in evidence_list.pages_of(made.fields)]
    data = word.documents(made.form, pages, made.photos)
    with store.unit(actor=actor, operation="export_evidence_word") as session:
        for file_id in made.ids:
            note_act(
                session,
                registered(session, file_id),
                EvidenceActKind.COPIED_OUT,
                now=now,
                actor=actor,
                purpose="另存为 Word",
                detail=made.form.title,
            )
    return data


def photo_on(store: Store, page: Mapping[str, Any]) -> Picture:
    """The photo a printed page shows, by its name and code; the drawn one where it is not at hand."""
    said = page["photo"]
    first = str(said["code"]).partition("…")[0]
    with store.reading() as session:
        row = session.exec(
            select(EvidenceFile).where(
                EvidenceFile.original_name == said["file"],
                col(EvidenceFile.sha256).startswith(first),
            )
        ).first()
        if row is None or not first:
            return evidence_specimen.picture()
        try:
            return _picture(store, row)
        except (Refused, Trouble):
            return evidence_specimen.picture()


def _paper(store: Store, case_id: int, key: str, today: date) -> _Paper:
    with store.reading() as session:
        fields = evidence_papers.fields(session, case_id, key, uid=_NO_CODE, on=today)
        if fields is None and key == PHOTOS:
            raise block("no_photos", "这个案件的证据清单里没有照片，请先把照片登记为证据。")
        if fields is None:
            raise block("list_empty", "这个案件的证据清单还是空的，请先登记证据。")
        ids = evidence_papers.photo_ids(session, case_id) if key == PHOTOS else []
        rows = [registered(session, one) for one in ids]
        form = office.template_on(session, key, today)
        photos = tuple(_picture(store, one) for one in rows)
    return _Paper(form, fields, tuple(ids), photos)


def _picture(store: Store, row: EvidenceFile) -> Picture:
    return pictures.fitted(photo_bytes(store, row), name=row.original_name)


def photo_bytes(store: Store, row: EvidenceFile) -> bytes:
    """A photo's bytes, refused when they are not those that were registered."""
    path = evidence.located(store, row)
    if path is None:
        raise VaultTrouble(f"“{row.original_name}”保存在“{row.volume_label}”上，请先接上这块磁盘。")
    try:
        if intake.sha256_of(path) == row.sha256:
            return path.read_bytes()
    except OSError as error:
        raise VaultTrouble(f"照片“{row.original_name}”读不出来：{reason(error)}。") from error
    raise VaultTrouble(f"照片“{row.original_name}”与登记时的校验值不符，没有使用。请用备份核对。")


def _uncoded(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without a code: what was not issued is no paper a scan could find."""
    return {**fields, "paper": {**fields["paper"], "code": ""}}
