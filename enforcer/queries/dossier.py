"""What a dossier is made of: the frozen papers of a case in their order, with their signed scans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from enforcer.documents import course_rules, dossier_order, evidence_list, template
from enforcer.documents.dossier_order import Order, Placed, Placing
from enforcer.dossier_terms import ScanState
from enforcer.models import Case, Document, Dossier, Notice, Scan, ScanPage, Service
from enforcer.queries import dossier_settings
from enforcer.queries.course_papers_issued import issued_of
from enforcer.queries.evidence_papers import late_photos
from enforcer.queries.looking import Where, among, looking
from enforcer.terms import DocumentState, NoticeState, Procedure

OWN = "dossier_"
"""Papers of the dossier itself: it makes them anew each time, with its own page numbers."""
SUMMARY = "summary_decision"
LATEST = frozenset({"evidence_list", "evidence_photos"})
"""Papers of which only the last one counts."""


def is_signed(key: str) -> bool:
    """Whether a paper bears the hand or seal of others, so that the print alone proves little."""
    rules = course_rules.rules()
    return key == SUMMARY or (key in rules and rules[key].signed)


@dataclass(frozen=True, slots=True)
class ScanRef:
    """A signed page as it was scanned: which file of the vault, which page of it."""

    vault_name: str
    sha256: str
    position: int
    turn: int
    copy: int
    page: int


@dataclass(frozen=True, slots=True)
class Piece:
    """One frozen paper; `serves` is the paper whose service it proves."""

    id: int
    key: str
    title: str
    number: str
    on: date
    row: int
    pages: int
    vault_name: str
    sha256: str
    serves: int | None = None
    scans: tuple[ScanRef, ...] = ()
    place: int | None = None  # in a frozen batch of notices, from 0
    per_sheet: int = 1
    note: str = ""

    @property
    def copies(self) -> int:
        """How many copies (联) were frozen in its one file."""
        count = len(template.shipped(self.key).copies) if self.key in course_rules.rules() else 1
        count = 2 if self.key == SUMMARY else count
        return count if self.pages % count == 0 else 1

    @property
    def pages_of_copy(self) -> int:
        return self.pages // self.copies

    @property
    def own_pages(self) -> tuple[int, ...]:
        """The pages of the copy that stays with the organ: the stub, else the first."""
        at = 1 if self.key == SUMMARY and self.copies > 1 else 0
        first = at * self.pages_of_copy
        return tuple(range(first + 1, first + self.pages_of_copy + 1))

    @property
    def missing_scans(self) -> tuple[int, ...]:
        """The pages that did not come back from the scanner, of the copy that came back best."""
        wanted = range(1, self.pages_of_copy + 1)
        copies = {one.copy for one in self.scans} or {0}
        lacking = [
            tuple(
                page
                for page in wanted
                if (copy, page) not in {(s.copy, s.page) for s in self.scans}
            )
            for copy in sorted(copies)
        ]
        return min(lacking, key=len)


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """How a case lies in the archive."""

    id: int
    archive_number: str
    archived_on: date
    retention: str
    fonds: str
    compiler: str
    compiled_on: date
    inspector: str
    inspected_on: date | None
    words: str
    pages: int
    volumes: int
    sha256: str
    handed_over: bool
    archived_by: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The papers of a case in the order chosen, a volume each."""

    case_id: int
    number: str
    procedure: Procedure
    order: Order
    titles: tuple[str, ...]
    volumes: tuple[tuple[Placed, ...], ...]
    pieces: Mapping[int, Piece]
    archived: ArchiveRow | None


def contents(where: Where, case_id: int, chosen: Order, *, split: bool = False) -> Contents | None:
    """What the dossier of a case holds; None when there is no such case."""
    with looking(where) as session:
        case = session.get(Case, case_id)
        if case is None:
            return None
        found = pieces(session, case_id)
        split = split and chosen.splits
        placed = dossier_order.arrange(
            chosen,
            [Placing(one.id, one.key, one.row, one.on, one.serves) for one in found],
            split=split,
        )
        titles = tuple(one.title for one in chosen.volumes) if split else ("",)
        return Contents(
            case_id,
            case.number,
            case.procedure,
            chosen,
            titles,
            placed,
            {one.id: one for one in found},
            archive_row(session, case_id),
        )


def as_chosen(where: Where, case_id: int) -> Contents | None:
    """The same in the order the office has chosen for this procedure."""
    with looking(where) as session:
        case = session.get(Case, case_id)
        if case is None:
            return None
        chosen = dossier_settings.settings(session)
        order = chosen.order_for(case.procedure)
        return contents(session, case_id, order, split=chosen.split)


def pieces(session: Session, case_id: int) -> tuple[Piece, ...]:
    """The notices a case followed, then its frozen papers that stand, as they came out."""
    rows = session.exec(
        select(Document)
        .where(Document.case_id == case_id, Document.state == DocumentState.ISSUED)
        .order_by(col(Document.id))
    ).all()
    rows = [one for one in rows if not one.template_key.startswith(OWN)]
    last = {one.template_key: one.id for one in rows if one.template_key in LATEST}
    rows = [one for one in rows if last.get(one.template_key, one.id) == one.id]
    scans = scans_of(session, [one.id or 0 for one in rows])
    served = _served(session, case_id, rows)
    return *_notices(session, case_id), *(
        Piece(
            one.id or 0,
            one.template_key,
            one.title,
            one.number,
            one.issued_on,
            issued_of(one).row,
            one.pages,
            one.vault_name,
            one.sha256,
            served.get(one.id or 0),
            scans.get(one.id or 0, ()),
            note=(
                late_photos(session, case_id, one.fields or {})
                if one.template_key == evidence_list.PHOTOS
                else ""
            ),
        )
        for one in rows
    )


def _notices(session: Session, case_id: int) -> Iterator[Piece]:
    """The courteous notices a case followed; each is one of its batch, so its id is set apart."""
    asked = (
        select(Notice, Document)
        .join(Document, col(Document.id) == col(Notice.document_id))
        .where(Notice.case_id == case_id, Notice.state == NoticeState.ISSUED)
        .order_by(col(Notice.noticed_on), col(Notice.id))
    )
    for one, batch in session.exec(asked):
        yield Piece(
            id=-(one.id or 0),
            key=batch.template_key,
            title=batch.title,
            number=one.number,
            on=one.noticed_on or batch.issued_on,
            row=0,
            pages=1,
            vault_name=batch.vault_name,
            sha256=batch.sha256,
            place=one.position or 0,
            per_sheet=batch.per_sheet,
        )


def scans_of(session: Session, ids: Sequence[int]) -> dict[int, tuple[ScanRef, ...]]:
    """The filed pages of each paper, in the order of its pages."""
    asked = (
        select(ScanPage, Scan)
        .join(Scan, col(Scan.id) == col(ScanPage.scan_id))
        .where(among(ScanPage.document_id, ids), ScanPage.state == ScanState.FILED)
        .order_by(col(ScanPage.copy_number), col(ScanPage.page), col(ScanPage.id))
    )
    found: dict[int, list[ScanRef]] = {}
    for page, scan in session.exec(asked):
        assert page.document_id
        ref = ScanRef(
            scan.vault_name, scan.sha256, page.position, page.turn, page.copy_number, page.page
        )
        found.setdefault(page.document_id, []).append(ref)
    return {key: tuple(many) for key, many in found.items()}


def archive_row(session: Session, case_id: int) -> ArchiveRow | None:
    """How the case was archived; None while it was not."""
    one = session.exec(select(Dossier).where(Dossier.case_id == case_id)).first()
    if one is None:
        return None
    return ArchiveRow(
        one.id or 0,
        one.archive_number,
        one.archived_on,
        one.retention,
        one.fonds,
        one.compiler,
        one.compiled_on,
        one.inspector,
        one.inspected_on,
        one.words,
        one.pages,
        one.volumes,
        one.sha256,
        one.handover_id is not None,
        one.archived_by,
    )


def _served(session: Session, case_id: int, rows: Sequence[Document]) -> dict[int, int]:
    """Proof of service to the paper it served: by the step that made the paper, and its row."""
    proofs = [one for one in rows if one.template_key == "proof_of_service"]
    if not proofs:
        return {}
    services = {one.id: one for one in _services(session, case_id)}
    papers = [one for one in rows if one.template_key != "proof_of_service"]
    found = {}
    for proof in proofs:
        service = services.get(issued_of(proof).row)
        if service is None:
            continue
        mine = [
            one.id
            for one in papers
            if one.template_key in {each.key for each in course_rules.served_by(service.of)}
            and issued_of(one).row in (0, service.of_id)
        ]
        if mine:
            found[proof.id or 0] = mine[0] or 0
    return found


def _services(session: Session, case_id: int) -> Sequence[Service]:
    return session.exec(select(Service).where(Service.case_id == case_id)).all()
