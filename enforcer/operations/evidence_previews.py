"""证据清单 and photo pages as they would be printed now: nothing is frozen, nothing is logged."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from enforcer.documents import evidence_list, pictures
from enforcer.errors import VaultTrouble, reason
from enforcer.operations.editing import block
from enforcer.queries import evidence, evidence_papers
from enforcer.store.database import Store

_NO_CODE = UUID(int=0)


def preview_list(store: Store, case_id: int, *, today: date) -> bytes:
    """The list of a case as PDF, not issued yet."""
    paper = evidence_papers.list_paper(store, case_id, uid=_NO_CODE, on=today)
    if paper is None or not paper.lines:
        raise block("list_empty", "这个案件的证据清单还是空的，请先登记证据。")
    return evidence_list.render_list(evidence_list.list_fields(paper)).pdf


def preview_photos(store: Store, case_id: int, *, today: date) -> bytes:
    """The photo pages of a case as PDF, not issued yet."""
    with store.reading() as session:
        ids = evidence_papers.photo_ids(session, case_id)
        paper = evidence_papers.photo_paper(session, case_id, ids, uid=_NO_CODE, on=today)
        names = {one.id: one.name for one in evidence.file_rows(session, ids)}
    if paper is None or not ids:
        raise block("no_photos", "这个案件的证据清单里没有照片，请先把照片登记为证据。")
    made = []
    for file_id in ids:
        path = evidence.path_of(store, file_id)
        if path is None:
            raise VaultTrouble(f"“{names[file_id]}”所在的磁盘没有接上，请先接上。")
        try:
            made.append(pictures.fitted(path.read_bytes(), name=names[file_id]))
        except OSError as error:
            say = f"照片“{names[file_id]}”读不出来：{reason(error)}。请检查证据文件。"
            raise VaultTrouble(say) from error
    return evidence_list.render_photos(evidence_list.photo_fields(paper), made).pdf
