"""Templates for the office that edits them: their list, their editions, what a preview is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from enforcer.documents import (
    course_fields,
    course_rules,
    evidence_list,
    specimen,
    template_source,
)
from enforcer.documents.facts import OrganOnPaper
from enforcer.law import lifecycle
from enforcer.models import Case, Document, Notice, Organ
from enforcer.queries import course_papers, evidence_papers, law_papers, office
from enforcer.queries.looking import Where, looking
from enforcer.terms import DocumentState, NoticeState, PartyKind, Procedure

NOTICE, SUMMARY = specimen.NOTICE, specimen.SUMMARY
_OTHER_KINDS = {
    NOTICE: "告知",
    SUMMARY: "当场处罚",
    evidence_list.LIST: "调查取证",
    evidence_list.PHOTOS: "调查取证",
}
"""Papers outside the ordinary course."""
_SPECIMENS = (
    (PartyKind.LEGAL_PERSON, "样例：当事人是单位"),
    (PartyKind.CITIZEN, "样例：当事人是公民"),
    (PartyKind.SOLE_TRADER, "样例：当事人是个体工商户"),
)
_CALLED = {evidence_list.PHOTOS: "照片证据页（照片由程序印入）"}
"""Papers whose title another paper bears as well."""
RECENT = 12


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One paper: which text is in force on the day, since when, and what is to be looked at."""

    key: str
    title: str
    kind: str
    number: int
    edition: int = 0
    version: str = ""
    from_on: date | None = None
    next_from: date | None = None
    saved_by: str = ""
    editions: int = 0
    used: int = 0
    citations: int = 0
    faults: tuple[str, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class EditionInfo:
    """One text of a template with its reason, and how many papers were made with it."""

    edition: int
    version: str
    from_on: date | None
    body: str
    saved_at: datetime | None
    saved_by: str
    note: str
    in_force: bool
    used: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What a preview can be made from: a specimen, a frozen paper, or a case as it stands."""

    kind: str
    key: str
    name: str


def rows(where: Where, on: date) -> list[TemplateRow]:
    """Every template, in the order of a case's life."""
    with looking(where) as session:
        used = _used(session)
        found = {one.key: one for one in law_papers.papers(session, on)}
        return [
            _row(session, found[key], number, used.get(key, 0))
            for number, key in enumerate(keys(), 1)
            if key in found
        ]


def keys() -> tuple[str, ...]:
    """The papers this program makes: notice, on-the-spot decision, course, evidence."""
    return (NOTICE, SUMMARY, *course_rules.keys(), *evidence_list.KEYS)


def kind_of(key: str) -> str:
    """Which part of the work a paper belongs to."""
    if key in _OTHER_KINDS:
        return _OTHER_KINDS[key]
    said = course_rules.rules().get(key)
    return (said.group or lifecycle.step(said.step).part.label) if said else "其他"


def _row(session: Session, one: law_papers.PaperRow, number: int, used: int) -> TemplateRow:
    own = 0 if one.trouble else len(office.editions(session, one.key)) - 1
    return TemplateRow(
        key=one.key,
        title=_CALLED.get(one.key, one.title),
        kind=kind_of(one.key),
        number=number,
        edition=one.edition,
        version=one.version,
        from_on=one.from_on,
        next_from=one.next_from,
        saved_by=one.saved_by,
        editions=own,
        used=used,
        citations=len(one.citations),
        faults=tuple(dict.fromkeys(each.say for each in one.citations if each.say)),
        trouble=one.trouble,
    )


def _used(session: Session) -> dict[str, int]:
    """How many papers are frozen, by template; notices are counted one by one, not by batch."""
    asked = select(Document.template_key, func.count()).where(
        Document.state == DocumentState.ISSUED
    )
    found = dict(session.exec(asked.group_by(Document.template_key)).all())
    notices = session.exec(
        select(func.count())
        .select_from(Notice)
        .where(col(Notice.document_id).is_not(None), Notice.state == NoticeState.ISSUED)
    ).one()
    return found | ({NOTICE: notices} if notices else {})


def editions(where: Where, key: str, on: date) -> list[EditionInfo]:
    """Every text of a template, the one that takes effect last first."""
    with looking(where) as session:
        current = office.edition_on(session, key, on).edition
        asked = (
            select(Document.template_version, func.count())
            .where(Document.template_key == key)
            .group_by(Document.template_version)
        )
        used: Mapping[str, int] = dict(session.exec(asked).all())
        found = []
        for one in office.editions(session, key):
            version = template_source.version_of(one.body)
            found.append(
                EditionInfo(
                    one.edition,
                    version,
                    one.from_on,
                    one.body,
                    one.saved_at,
                    one.saved_by,
                    template_source.note_of(one.body),
                    one.edition == current,
                    used.get(version, 0),
                )
            )
        return found


def samples(where: Where, key: str) -> list[Sample]:
    """What a preview of this paper can be made from, specimens first."""
    kinds = _SPECIMENS[:1] if key == NOTICE else _SPECIMENS
    found = [Sample("specimen", kind.value, name) for kind, name in kinds]
    if key in evidence_list.KEYS:
        found = [Sample("specimen", PartyKind.LEGAL_PERSON.value, "样例：一个案件的证据")]
    if key == NOTICE:
        found = [Sample("specimen", PartyKind.LEGAL_PERSON.value, "样例：一份告知书")]
    with looking(where) as session:
        found += _frozen(session, key)
        if key not in (NOTICE, SUMMARY):
            found += _open_cases(session)
    return found


def _frozen(session: Session, key: str) -> list[Sample]:
    if key == NOTICE:
        asked = (
            select(Notice.id, Notice.number)
            .where(col(Notice.document_id).is_not(None), Notice.state == NoticeState.ISSUED)
            .order_by(col(Notice.id).desc())
        )
    else:
        asked = (
            select(Document.id, Document.number)
            .where(Document.template_key == key, Document.state == DocumentState.ISSUED)
            .order_by(col(Document.id).desc())
        )
    return [
        Sample("frozen", str(row), f"已签发：{number or '无文号'}")
        for row, number in session.exec(asked.limit(RECENT))
    ]


def _open_cases(session: Session) -> list[Sample]:
    asked = (
        select(Case.id, Case.number, Case.party_name)
        .where(Case.procedure == Procedure.ORDINARY)
        .order_by(col(Case.id).desc())
        .limit(RECENT)
    )
    return [
        Sample("case", str(row), f"案件：{number}　{party}")
        for row, number, party in session.exec(asked)
    ]


def sample_fields(where: Where, key: str, sample: Sample, *, now: datetime) -> dict[str, Any]:
    """The fields a preview is filled with; a case that has no such paper yet gives the specimen."""
    with looking(where) as session:
        if sample.kind == "frozen":
            found = _frozen_fields(session, key, int(sample.key))
            if found:
                return dict(evidence_list.pages_of(found)[0])
        if sample.kind == "case":
            made = _of_case(session, key, int(sample.key), now)
            if made is not None:
                return made
        return specimen.fields_of(key, party_of(sample), organ(session))


def has_paper(where: Where, key: str, sample: Sample, *, now: datetime) -> bool:
    """Whether a sample gives a paper of its own rather than the specimen."""
    if sample.kind != "case":
        return True
    with looking(where) as session:
        return _of_case(session, key, int(sample.key), now) is not None


def _of_case(session: Session, key: str, case_id: int, now: datetime) -> dict[str, Any] | None:
    """The fields of a case's own paper; None while it has none."""
    if key in evidence_list.KEYS:
        day = now.astimezone(specimen.CHINA).date()
        found = evidence_papers.fields(session, case_id, key, uid=UUID(int=0), on=day)
        return dict(evidence_list.pages_of(found)[0]) if found else None
    paper = course_papers.paper(session, case_id, key, uid=UUID(int=0), now=now)
    return course_fields.course_fields(paper) if paper is not None else None


def _frozen_fields(session: Session, key: str, row: int) -> dict[str, Any]:
    if key == NOTICE:
        notice = session.get(Notice, row)
        return dict(notice.frozen or {}) if notice else {}
    document = session.get(Document, row)
    return dict(document.fields or {}) if document else {}


def party_of(sample: Sample) -> PartyKind:
    """Whose kind an empty form or a specimen is made for."""
    return next((one for one in PartyKind if one.value == sample.key), PartyKind.LEGAL_PERSON)


def organ(where: Where) -> OrganOnPaper | None:
    """The first organ of the office as papers name it; None while there is none."""
    with looking(where) as session:
        one = session.exec(select(Organ).where(Organ.enabled).order_by(col(Organ.id))).first()
        return _on_paper(one) if one else None


def _on_paper(one: Organ) -> OrganOnPaper:
    usual = specimen.ORGAN
    return OrganOnPaper(
        name=one.name,
        address=one.address or usual.address,
        phone=one.phone or usual.phone,
        reconsideration_body=one.reconsideration_body or usual.reconsideration_body,
        reconsideration_address=one.reconsideration_address,
        court=one.court or usual.court,
        bank_name=one.bank_name or usual.bank_name,
        bank_address=one.bank_address or usual.bank_address,
        bank_account=one.bank_account or usual.bank_account,
        bank_payee=one.bank_payee or usual.bank_payee,
        electronic_payment=one.electronic_payment,
    )
