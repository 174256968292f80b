"""Officers with their certificates, and recorders: lists, rows, who may act on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, func, select

from enforcer.models import Certificate, Officer, Recorder
from enforcer.queries.looking import (
    Where,
    by_id,
    literal,
    looking,
    names_of,
    pinyin,
    plain_ids,
    version,
)
from enforcer.terms import OfficerPost, RecorderState


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A law enforcement certificate; valid on both its first and its last day."""

    id: int
    officer_id: int
    number: str
    issued_on: date | None
    valid_until: date
    issuer: str

    def valid_on(self, day: date) -> bool:
        return (self.issued_on is None or self.issued_on <= day) and day <= self.valid_until


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer; `certificates` newest first, the first of them is the one that is edited."""

    id: int
    version: str
    name: str
    post: OfficerPost
    phone: str
    active: bool
    note: str
    certificates: tuple[CertificateRow, ...]
    recorder: str

    @property
    def certificate(self) -> CertificateRow | None:
        return self.certificates[0] if self.certificates else None


@dataclass(frozen=True, slots=True)
class OfficerChoice:
    """An officer who may act on a day, as pickers show and papers print (第四十二条)."""

    id: int
    name: str
    certificate: str
    valid_until: date
    recorder: str
    post: OfficerPost

    @property
    def label(self) -> str:
        return f"{self.name}　{self.certificate}"


@dataclass(frozen=True, slots=True)
class RecorderRow:
    """A body-worn camera and whom it is issued to."""

    id: int
    version: str
    number: str
    model: str
    officer_id: int | None
    officer_name: str
    in_use_from: date | None
    state: RecorderState
    note: str


def officer_ids(where: Where, *, search: str = "", retired: bool = False) -> list[int]:
    """Officers whose name, certificate or telephone holds `search`, those in office first."""
    asked = select(Officer.id, Officer.name, Officer.active)
    if not retired:
        asked = asked.where(col(Officer.active).is_(True))
    for word in search.split():
        like = literal(word)
        holders = select(Certificate.officer_id).where(
            col(Certificate.number).like(like, escape="\\")
        )
        asked = asked.where(
            or_(
                col(Officer.name).like(like, escape="\\"),
                col(Officer.phone).like(like, escape="\\"),
                col(Officer.id).in_(holders),
            )
        )
    with looking(where) as session:
        found = session.exec(asked).all()
    ranked = sorted(found, key=lambda one: (not one[2], pinyin(one[1]), one[0]))
    return [one[0] for one in ranked if one[0] is not None]


def officer_rows(where: Where, ids: Sequence[int]) -> list[OfficerRow]:
    """The rows of these officers, in this order."""
    with looking(where) as session:
        found = by_id(session, Officer, ids)
        certificates = certificates_of(session, ids)
        recorders = {
            one.officer_id: one.number
            for one in session.exec(
                select(Recorder).where(
                    col(Recorder.officer_id).in_(ids), Recorder.state == RecorderState.IN_USE
                )
            )
        }
        return [
            OfficerRow(
                id=one.id or 0,
                version=version(one, *certificates.get(one.id or 0, ())),
                name=one.name,
                post=one.post,
                phone=one.phone,
                active=one.active,
                note=one.note,
                certificates=tuple(map(_certificate, certificates.get(one.id or 0, ()))),
                recorder=recorders.get(one.id, ""),
            )
            for one in found
        ]


def certificates_of(session: Session, ids: Sequence[int]) -> dict[int, list[Certificate]]:
    """Certificates by officer, the one that lasts longest first."""
    by_officer: dict[int, list[Certificate]] = {}
    for one in session.exec(
        select(Certificate)
        .where(col(Certificate.officer_id).in_(ids))
        .order_by(col(Certificate.valid_until).desc(), col(Certificate.id).desc())
    ):
        by_officer.setdefault(one.officer_id, []).append(one)
    return by_officer


def officers_on(
    where: Where, day: date, *, posts: Sequence[OfficerPost] = (OfficerPost.OFFICER,)
) -> list[OfficerChoice]:
    """Officers in office with a certificate valid on that day (行政处罚法 第四十二条、第五十五条)."""
    with looking(where) as session:
        rows = officer_rows(session, officer_ids(session))
    found = []
    for row in rows:
        valid = next((one for one in row.certificates if one.valid_on(day)), None)
        if valid and row.post in posts:
            found.append(
                OfficerChoice(
                    row.id, row.name, valid.number, valid.valid_until, row.recorder, row.post
                )
            )
    return found


def recorder_ids(where: Where, *, search: str = "", retired: bool = False) -> list[int]:
    """Recorders whose number, model or holder holds `search`, by number."""
    asked = (
        select(Recorder.id)
        .join(Officer, col(Officer.id) == Recorder.officer_id, isouter=True)
        .order_by(func.length(Recorder.number), Recorder.number)
    )
    if not retired:
        asked = asked.where(Recorder.state != RecorderState.RETIRED)
    for word in search.split():
        like = literal(word)
        asked = asked.where(
            or_(
                col(Recorder.number).like(like, escape="\\"),
                col(Recorder.model).like(like, escape="\\"),
                col(Recorder.officer_name).like(like, escape="\\"),
                col(Officer.name).like(like, escape="\\"),
            )
        )
    with looking(where) as session:
        return plain_ids(session.exec(asked).all())


def recorder_rows(where: Where, ids: Sequence[int]) -> list[RecorderRow]:
    """The rows of these recorders, in this order."""
    with looking(where) as session:
        found = by_id(session, Recorder, ids)
        names = names_of(session, Officer, [one.officer_id for one in found])
        return [
            RecorderRow(
                version=version(one),
                **one.model_dump(exclude={"uid", "officer_name"}),
                officer_name=names.get(one.officer_id, one.officer_name),
            )
            for one in found
        ]


def _certificate(one: Certificate) -> CertificateRow:
    return CertificateRow(**one.model_dump())
