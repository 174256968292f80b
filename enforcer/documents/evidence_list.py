"""证据清单 and the photo pages: what stands on them, as fields of their templates.

The list is one mapping of fields; the photo pages are {"pages": [fields of one page, …]}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from enforcer.documents import course_clauses, course_words, notice_fields, pdf, pictures
from enforcer.documents.facts import OfficerOnPaper
from enforcer.documents.parts import Template
from enforcer.documents.pdf import Paper
from enforcer.documents.pictures import Picture

LIST, PHOTOS = "evidence_list", "evidence_photos"
KEYS = (LIST, PHOTOS)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOnPaper:
    """One piece of evidence."""

    title: str
    kind: str
    proves: str
    mark: str = ""  # 决定后取得
    recorder: str = ""
    made_by: str = ""
    made_how: str = ""
    made_at: datetime | None = None
    made_on: date | None = None
    place: str = ""
    lies: str = ""
    verified_by: str = ""
    verified_how: str = ""
    verified_on: date | None = None
    span: str = ""
    pages: int | None = None
    code: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoLine:
    """One photograph with its caption."""

    file: str
    code: str
    content: str = ""
    place: str = ""
    at: datetime | None = None
    device: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePaper:
    """What both papers share, and what is on them."""

    uid: UUID
    on: date
    organ: str
    number: str
    cause: str
    party: str = ""
    officers: tuple[OfficerOnPaper, ...] = ()
    lines: tuple[LineOnPaper, ...] = ()
    photos: tuple[PhotoLine, ...] = ()


def list_fields(paper: EvidencePaper) -> dict[str, Any]:
    """The fields of 证据清单; this is what is frozen with it."""
    numbered = list(enumerate(paper.lines, 1))
    return _shared(paper) | {
        "items": [_line(n, one) for n, one in numbered],
        "sounds": [{"n": str(n), "words": one.words} for n, one in numbered if one.words],
        "count": str(len(paper.lines)),
        "officers": course_words.officers(paper.officers),
    }


def photo_fields(paper: EvidencePaper) -> dict[str, Any]:
    """The fields of the photo pages, one page each; this is what is frozen with them."""
    count = str(len(paper.photos))
    line = "、".join(f"{one.name}（{one.certificate}）" for one in paper.officers)
    pages = [
        _shared(paper)
        | {
            "officers_line": line,
            "photo": {
                "n": str(n),
                "count": count,
                "picture": str(n),
                "file": one.file,
                "code": one.code,
                "content": one.content,
                "place": one.place,
                "time": course_words.minute(one.at),
                "device": one.device,
                "by": one.by,
            },
        }
        for n, one in enumerate(paper.photos, 1)
    ]
    return {"pages": pages}


def pages_of(fields: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The fields of each page that a template is filled with by itself."""
    return list(fields.get("pages", (fields,)))


def render(form: Template, fields: Mapping[str, Any], photos: Sequence[Picture] = ()) -> Paper:
    """Either paper as PDF, the pictures in their frames."""
    if "pages" in fields:
        plain: Paper = pdf.render_batch(form, pages_of(fields), per_sheet=1)
    else:
        plain = pdf.render(form, fields)
    return pdf.paper(pictures.laid_in(plain.pdf, photos), plain.pages) if photos else plain


def _shared(paper: EvidencePaper) -> dict[str, Any]:
    return {
        "organ": {"name": paper.organ},
        "case": {"number": paper.number, "cause": paper.cause, "party": paper.party},
        "paper": {
            "day": course_clauses.day(paper.on),
            "code": notice_fields.code_of(paper.uid),
        },
    }


def _line(n: int, one: LineOnPaper) -> dict[str, str]:
    made = course_words.minute(one.made_at) or course_clauses.day(one.made_on)
    source = [
        f"执法仪 {one.recorder}" if one.recorder else "",
        f"制作人：{one.made_by}" if one.made_by else "",
        f"时间：{made}" if made else "",
        f"地点：{one.place}" if one.place else "",
        f"方法：{one.made_how}" if one.made_how else "",
        f"原件：{one.lies}" if one.lies else "",
    ]
    checked = ""
    if one.verified_on:
        checked = (
            f"查证：{one.verified_by}，{one.verified_how}，{course_clauses.day(one.verified_on)}"
        )
    mark = f"【{one.mark}】" if one.mark else ""
    return {
        "n": str(n),
        "name": f"{one.title}\n（{one.kind}）{mark}",
        "source": "\n".join(part for part in source if part),
        "proves": "\n".join(part for part in (one.proves, checked) if part),
        "span": one.span.replace("—", "\n至\n") or (f"{one.pages}页" if one.pages else ""),
        "code": one.code,
    }
