"""What 证据清单 and the photo pages of a case say, from its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session

from enforcer.documents import evidence_list
from enforcer.documents.course_fields_after import AFTER_DECISION
from enforcer.documents.evidence_list import EvidencePaper, LineOnPaper, PhotoLine
from enforcer.documents.facts import OfficerOnPaper
from enforcer.evidence_terms import AfterDecision, MediaKind
from enforcer.models import Case, EvidenceFile, Organ
from enforcer.queries.evidence import short_code
from enforcer.queries.evidence_items import ItemRow, item_rows
from enforcer.queries.looking import Where, looking
from enforcer.queries.registers import certificates_of


def list_paper(where: Where, case_id: int, *, uid: UUID, on: date) -> EvidencePaper | None:
    """The evidence list of a case on a day; None when there is no such case."""
    with looking(where) as session:
        case = session.get(Case, case_id)
        if case is None:
            return None
        lines = tuple(_line(one) for one in item_rows(session, case_id))
        return _paper(session, case, uid, on, lines=lines)


def photo_paper(
    where: Where, case_id: int, file_ids: Sequence[int], *, uid: UUID, on: date
) -> EvidencePaper | None:
    """The photo pages of a case; captions come from its list where the photo stands there."""
    with looking(where) as session:
        case = session.get(Case, case_id)
        if case is None:
            return None
        items = {one.file_id: one for one in item_rows(session, case_id) if one.file_id}
        files = [session.get(EvidenceFile, one) for one in file_ids]
        photos = tuple(_photo(one, items.get(one.id or 0), case) for one in files if one)
        return _paper(session, case, uid, on, photos=photos)


def photo_ids(where: Where, case_id: int) -> list[int]:
    """The photos on the list of a case, in its order."""
    found = [
        one.file_id
        for one in item_rows(where, case_id)
        if one.file_id and one.media is MediaKind.PHOTO and not one.file_gone
    ]
    return list(dict.fromkeys(found))


def late_photos(where: Where, case_id: int, fields: Mapping[str, Any]) -> str:
    """Which of the photo pages with these fields show what was obtained after the decision.

    The day they were printed says nothing of that (最高人民法院关于行政诉讼证据若干问题的规定 第六十条).
    """
    codes = {
        one.code
        for one in item_rows(where, case_id)
        if one.after_decision is AfterDecision.RECORDED
    }
    pages = [page["photo"] for page in evidence_list.pages_of(fields) if "photo" in page]
    late = [one["n"] for one in pages if one["code"] in codes]
    if not late:
        return ""
    return AFTER_DECISION if len(late) == len(pages) else f"第{'、'.join(late)}张{AFTER_DECISION}"


def fields(where: Where, case_id: int, key: str, *, uid: UUID, on: date) -> dict[str, Any] | None:
    """What one of the two papers of a case would say on a day; None while it has nothing to say."""
    with looking(where) as session:
        if key == evidence_list.LIST:
            paper = list_paper(session, case_id, uid=uid, on=on)
            return evidence_list.list_fields(paper) if paper and paper.lines else None
        ids = photo_ids(session, case_id)
        paper = photo_paper(session, case_id, ids, uid=uid, on=on)
        return evidence_list.photo_fields(paper) if paper and paper.photos else None


def _paper(
    session: Session,
    case: Case,
    uid: UUID,
    on: date,
    *,
    lines: tuple[LineOnPaper, ...] = (),
    photos: tuple[PhotoLine, ...] = (),
) -> EvidencePaper:
    organ = session.get(Organ, case.organ_id) if case.organ_id else None
    return EvidencePaper(
        uid=uid,
        on=on,
        organ=organ.name if organ else "",
        number=case.number,
        cause=case.cause,
        party=case.party_name,
        officers=_officers(session, case, on),
        lines=lines,
        photos=photos,
    )


def _officers(session: Session, case: Case, on: date) -> tuple[OfficerOnPaper, ...]:
    people = [(case.officer1_id, case.officer1), (case.officer2_id, case.officer2)]
    held = certificates_of(session, [key for key, _ in people if key])
    found = []
    for key, name in people:
        if not name:
            continue
        known = held.get(key or 0, [])
        valid = [
            one
            for one in known
            if on <= one.valid_until and (one.issued_on is None or one.issued_on <= on)
        ]
        number = valid[0].number if valid else ""
        found.append(OfficerOnPaper(name, number))
    return tuple(found)


def _line(one: ItemRow) -> LineOnPaper:
    after = one.after_decision
    return LineOnPaper(
        title=one.title,
        kind=one.kind.label,
        proves=one.proves,
        mark="" if after is AfterDecision.NO else after.label,
        recorder=one.recorder,
        made_by=one.made_by,
        made_how=one.made_how,
        made_at=one.made_at,
        place=one.place,
        lies=one.original_lies,
        verified_by=one.verified_by,
        verified_how=one.verified_how,
        verified_on=one.verified_on,
        span=one.span,
        pages=one.pages,
        code=one.code,
        words=one.words,
    )


def _photo(file: EvidenceFile, item: ItemRow | None, case: Case) -> PhotoLine:
    return PhotoLine(
        file=file.original_name,
        code=short_code(file.sha256),
        content=item.proves if item else "",
        place=(item.place if item else "") or file.place or case.place,
        at=(item.made_at if item else None) or file.begins_at,
        device=file.recorder or file.device,
        by=(item.made_by if item else "") or file.officer,
    )
