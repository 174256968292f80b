"""Scans of signed papers: what lies in the tray and why, what was filed where, papers to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from enforcer.documents import page_code
from enforcer.documents.page_code import PageCode
from enforcer.dossier_terms import ScanSettled, ScanState
from enforcer.exchange import scanning
from enforcer.models import Case, Document, Notice, Scan, ScanPage
from enforcer.queries.dossier import OWN
from enforcer.queries.looking import Where, literal, looking
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import DocumentState


@dataclass(frozen=True, slots=True)
class ScanRow:
    """One scanned page as the tray and the case show it."""

    id: int
    state: ScanState
    say: str
    file: str
    position: int
    code: str
    document_id: int | None
    title: str
    number: str
    case_id: int | None
    case_number: str
    copy: int
    page: int
    settled: ScanSettled | None
    settled_by: str
    taken_at: datetime
    taken_by: str


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """A paper a page can be assigned to."""

    document_id: int
    title: str
    number: str
    case_number: str
    party: str
    on: date
    pages: int

    @property
    def say(self) -> str:
        named = f"{self.title} {self.number}".strip()
        return f"{named}\n{self.on}　{self.case_number}　{self.party}"


def tray(where: Where) -> list[ScanRow]:
    """Pages that wait for a person, the latest scan first."""
    return _rows(where, ScanPage.state == ScanState.TRAY)


def tray_count(where: Where) -> int:
    """How many pages wait for a person."""
    asked = select(func.count()).where(col(ScanPage.state) == ScanState.TRAY)
    with looking(where) as session:
        return session.exec(asked).one()


def of_case(where: Where, case_id: int) -> list[ScanRow]:
    """Every scanned page of the papers of a case."""
    return _rows(where, Document.case_id == case_id)


def of_scan(where: Where, scan_id: int) -> list[ScanRow]:
    """The pages of one file, in its order."""
    return sorted(_rows(where, ScanPage.scan_id == scan_id), key=lambda one: one.position)


def papers(where: Where, words: str, *, limit: int = 50) -> list[PaperChoice]:
    """Papers a page may belong to, found by number, title, case or party; the latest first."""
    asked = (
        select(Document, Case)
        .join(Case, col(Case.id) == Document.case_id)
        .where(
            Document.state == DocumentState.ISSUED,
            col(Document.template_key).not_like(f"{OWN}%"),
        )
        .order_by(col(Document.id).desc())
        .limit(limit)
    )
    for word in words.split():
        like = literal(word)
        asked = asked.where(
            col(Document.title).like(like, escape="\\")
            | col(Document.number).like(like, escape="\\")
            | col(Case.number).like(like, escape="\\")
            | col(Case.party_name).like(like, escape="\\")
        )
    with looking(where) as session:
        return [
            PaperChoice(
                one.id or 0,
                one.title,
                one.number,
                case.number,
                case.party_name,
                one.issued_on,
                one.pages,
            )
            for one, case in session.exec(asked)
        ]


def picture(store: Store, page_id: int) -> bytes:
    """One scanned page as PNG, upright; Trouble when the kept file is gone or altered."""
    with store.reading() as session:
        page = session.get(ScanPage, page_id)
        assert page is not None, f"no scanned page {page_id}"
        scan = session.get(Scan, page.scan_id)
        assert scan is not None
    data = vault.read(store.vault, scan.vault_name, scan.sha256)
    return scanning.picture(data, page.position, turn=page.turn)


def paper_of(session: Session, code: PageCode) -> Document | None:
    """The paper a code names, void ones too."""
    return session.exec(
        select(Document).where(col(Document.uid).between(*_span(code))).limit(1)
    ).first()


def notice_of(session: Session, code: PageCode) -> Notice | None:
    """The courteous notice a code names."""
    return session.exec(
        select(Notice).where(col(Notice.uid).between(*_span(code))).limit(1)
    ).first()


def ours(codes: Sequence[str]) -> list[PageCode]:
    """The codes on a page that are of this program, each once."""
    found = [page_code.read(one) for one in codes]
    return list(dict.fromkeys(one for one in found if one is not None))


def _span(code: PageCode) -> tuple[UUID, UUID]:
    return UUID(hex=code.head + "0" * 16), UUID(hex=code.head + "F" * 16)


def _rows(where: Where, wanted: object) -> list[ScanRow]:
    asked = (
        select(ScanPage, Scan, Document, Case)
        .join(Scan, col(Scan.id) == col(ScanPage.scan_id))
        .join(Document, col(Document.id) == col(ScanPage.document_id), isouter=True)
        .join(Case, col(Case.id) == col(Document.case_id), isouter=True)
        .where(wanted)  # type: ignore[arg-type]
        .order_by(col(ScanPage.scan_id).desc(), col(ScanPage.position))
    )
    with looking(where) as session:
        return [_row(*one) for one in session.exec(asked)]


def _row(page: ScanPage, scan: Scan, paper: Document | None, case: Case | None) -> ScanRow:
    return ScanRow(
        page.id or 0,
        page.state,
        page.say,
        scan.original_name,
        page.position,
        page.code,
        page.document_id,
        paper.title if paper else "",
        paper.number if paper else "",
        case.id if case else None,
        case.number if case else "",
        page.copy_number,
        page.page,
        page.settled,
        page.settled_by,
        scan.taken_at,
        scan.taken_by,
    )
