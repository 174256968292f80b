"""Scans of signed papers: kept as they came, filed by their code, else in the tray for a person.

Nothing is guessed: a page whose code is missing, foreign, doubled or of a void paper waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, col, select

from enforcer.dossier_terms import ScanSettled, ScanState
from enforcer.exchange import scanning
from enforcer.exchange.scanning import SeenFile, SeenPage
from enforcer.models import Document, Scan, ScanPage
from enforcer.operations.editing import CHINA, block, once, refuse_if
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.queries import scans
from enforcer.queries.dossier import Piece
from enforcer.store import audit, vault
from enforcer.store.database import Store
from enforcer.terms import DocumentState
from enforcer.text import Line


class ScansForm(BaseModel):
    """The files a scanner wrote."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    paths: tuple[Path, ...] = Field(title="扫描件", min_length=1, max_length=500)


class AssignForm(BaseModel):
    """Where a person says a page belongs; `instead` puts it in the place of a page filed before."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    page_id: int = Field(title="扫描页")
    document_id: int = Field(title="文书")
    page: int = Field(title="第几页", ge=1, le=143)
    instead: bool = Field(default=False, title="代替已有的扫描页")
    turn: Literal[0, 90, 180, 270] | None = Field(default=None, title="旋转")


class SetAsideForm(BaseModel):
    """A page that is no page of a paper, and why."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    page_id: int = Field(title="扫描页")
    reason: Line = Field(title="理由", max_length=200)


class ReturnForm(BaseModel):
    """A page that was filed wrongly goes back to the tray."""

    model_config = ConfigDict(extra="forbid")
    request_id: UUID | None = None
    page_id: int = Field(title="扫描页")
    reason: Line = Field(title="理由", max_length=200)


@dataclass(frozen=True, slots=True)
class FileTaken:
    """What became of one file."""

    name: str
    scan_id: int | None
    pages: int
    filed: int
    tray: int
    duplicates: int
    say: str = ""


@dataclass(frozen=True, slots=True)
class ScansTaken:
    """What became of all of them."""

    files: tuple[FileTaken, ...]

    @property
    def filed(self) -> int:
        return sum(one.filed for one in self.files)

    @property
    def tray(self) -> int:
        return sum(one.tray for one in self.files)

    @property
    def duplicates(self) -> int:
        return sum(one.duplicates for one in self.files)

    @property
    def say(self) -> str:
        """One sentence for the message bar."""
        parts = [f"归卷 {self.filed} 页"]
        if self.tray:
            parts.append(f"待认领 {self.tray} 页")
        if self.duplicates:
            parts.append(f"重复 {self.duplicates} 页")
        refused = [one.say for one in self.files if one.scan_id is None]
        return f"扫描件已读完：{'，'.join(parts)}。{''.join(refused)}"


@operation("收扫描件", ScansForm)
def take_scans(
    store: Store, form: ScansForm, *, today: date, now: datetime, actor: str
) -> ScansTaken:
    """Read the files, keep them, file what says where it belongs."""
    return file_scans(
        store, scanning.look(form.paths), form.request_id, today=today, now=now, actor=actor
    )


def file_scans(
    store: Store,
    seen: Sequence[SeenFile],
    request_id: UUID | None = None,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> ScansTaken:
    """Keep files that were read and file their pages; each file is one transaction."""
    return ScansTaken(
        tuple(
            _take(store, one, request_id if len(seen) == 1 else None, now=now, actor=actor)
            for one in seen
        )
    )


def _take(
    store: Store, seen: SeenFile, request_id: UUID | None, *, now: datetime, actor: str
) -> FileTaken:
    if seen.say:
        return FileTaken(seen.name, None, 0, 0, 0, 0, seen.say)
    with store.reading() as session:
        known = _known(session, seen)
        if known is not None:
            return known
    kept = vault.keep(store.vault, seen.data, suffix=seen.suffix)
    stays = False
    try:
        with store.unit(actor=actor, operation="take_scans") as session:
            known = _known(session, seen)
            if known is not None or earlier_answer(session, request_id) is not None:
                return known or FileTaken(seen.name, None, 0, 0, 0, 0)
            scan = Scan(
                original_name=seen.name,
                vault_name=kept.name,
                sha256=kept.sha256,
                size=kept.size,
                pages=len(seen.pages),
                taken_at=now,
                taken_by=actor,
            )
            session.add(scan)
            session.flush()
            assert scan.id
            pages = [_page(session, scan.id, one, now=now, actor=actor) for one in seen.pages]
            remember(session, request_id, "take_scans", {"scan": scan.id}, now=now)
            taken = _told(seen.name, scan.id, pages)
        stays = True
        return taken
    finally:
        if not stays:
            (store.vault / kept.name).unlink(missing_ok=True)


def _known(session: Session, seen: SeenFile) -> FileTaken | None:
    """The very same file was taken before: nothing is kept twice."""
    scan = session.exec(select(Scan).where(Scan.sha256 == seen.sha256)).first()
    if scan is None:
        return None
    at = scan.taken_at.astimezone(CHINA)
    return FileTaken(
        seen.name,
        scan.id,
        scan.pages,
        0,
        0,
        scan.pages,
        f"“{seen.name}”与 {at:%Y-%m-%d %H:%M} 收下的“{scan.original_name}”完全相同，没有再收。",
    )


def _told(name: str, scan_id: int, pages: Sequence[ScanPage]) -> FileTaken:
    states = [one.state for one in pages]
    return FileTaken(
        name,
        scan_id,
        len(pages),
        states.count(ScanState.FILED),
        states.count(ScanState.TRAY),
        states.count(ScanState.DUPLICATE),
    )


def _page(session: Session, scan_id: int, seen: SeenPage, *, now: datetime, actor: str) -> ScanPage:
    row = ScanPage(
        scan_id=scan_id,
        position=seen.position,
        look=seen.look,
        code="\n".join(seen.codes)[:500],
        turn=seen.turn,
        state=ScanState.TRAY,
    )
    _judge(session, row, seen)
    if row.state is not ScanState.TRAY:
        row.settled, row.settled_at, row.settled_by = ScanSettled.READ, now, actor
    session.add(row)
    session.flush()
    return row


def _judge(session: Session, row: ScanPage, seen: SeenPage) -> None:
    """Say where the page belongs, or why that is not certain."""
    same = session.exec(
        select(ScanPage).where(
            ScanPage.look == seen.look, col(ScanPage.state).in_([ScanState.FILED])
        )
    ).first()
    if same is not None:
        row.state, row.document_id = ScanState.DUPLICATE, same.document_id
        row.copy_number, row.page = same.copy_number, same.page
        row.say = "与已归卷的扫描页完全相同。"
        return
    codes = scans.ours(seen.codes)
    if not codes:
        row.say = (
            "这一页上的二维码不是本程序印的。请看图认领，或者不归卷。"
            if seen.codes
            else "这一页没有读到二维码。请看图认领，或者不归卷。"
        )
        return
    if len(codes) > 1:
        row.say = "这一页上有几个文书二维码，不能确定属于哪一份。请看图认领。"
        return
    (code,) = codes
    paper = scans.paper_of(session, code)
    if paper is None or paper.case_id is None:
        notice = scans.notice_of(session, code)
        row.say = (
            f"这是温馨告知书 {notice.number}，不属于案卷。可以不归卷，或者作为证据登记。"
            if notice
            else "二维码是本程序的格式，但本机没有这份文书。请核对是不是别的电脑上的案件。"
        )
        return
    row.document_id, row.copy_number = paper.id, code.copy
    page = code.page or (1 if paper.pages == 1 else 0)
    row.page = page
    if paper.state is not DocumentState.ISSUED:
        row.say = f"《{paper.title}》{paper.number}已经作废，没有归卷。请核对是不是签错了文书。"
    elif not page:
        row.say = f"认出是《{paper.title}》{paper.number}，但不知道是第几页。请看图选定。"
    elif (before := _filed(session, paper.id or 0, code.copy, page)) is not None:
        row.state = ScanState.DUPLICATE
        row.say = f"这一页已经归卷（{before.settled_by}）。要改用这一页的，请在扫描件里认领并代替。"
    else:
        row.state = ScanState.FILED


def _filed(session: Session, document_id: int, copy: int, page: int) -> ScanPage | None:
    return session.exec(
        select(ScanPage).where(
            ScanPage.document_id == document_id,
            ScanPage.copy_number == copy,
            ScanPage.page == page,
            ScanPage.state == ScanState.FILED,
        )
    ).first()


@operation("认领扫描页", AssignForm)
def assign_scan(
    store: Store,
    form: AssignForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """File a page where a person says it belongs; a page that is there already stays unless told."""

    def deed(session: Session) -> int:
        row = _row(session, form.page_id)
        paper = session.get(Document, form.document_id)
        if paper is None or paper.case_id is None:
            raise block("paper_gone", "没有这份文书，请重新选择。", field="document_id")
        if paper.state is not DocumentState.ISSUED:
            raise block(
                "paper_void",
                f"《{paper.title}》已经作废，扫描件不能归到它名下。",
                "",
                "document_id",
            )
        most = _pages_of(paper)
        if form.page > most:
            refuse_if({"page": f"《{paper.title}》只有 {most} 页，没有第 {form.page} 页。"})
        copy = row.copy_number if row.document_id == paper.id else _own_copy(paper)
        before = _filed(session, paper.id or 0, copy, form.page)
        if before is not None and before.id != row.id:
            if not form.instead:
                raise block(
                    "page_filed",
                    f"《{paper.title}》第 {form.page} 页已经有扫描件（{before.settled_by}）。"
                    "要改用这一页的，请勾选“代替已有的扫描页”。",
                    field="instead",
                )
            before.state, before.say = ScanState.DUPLICATE, f"{actor}改用了另一张扫描页。"
            session.add(before)
        row.document_id, row.copy_number, row.page = paper.id, copy, form.page
        if form.turn is not None:
            row.turn = form.turn
        row.state, row.say = ScanState.FILED, ""
        row.settled, row.settled_at, row.settled_by = ScanSettled.HAND, now, actor
        session.add(row)
        return row.id or 0

    return once(store, form, name="assign_scan", now=now, actor=actor, deed=deed)


@operation("扫描页不归卷", SetAsideForm)
def set_aside_scan(
    store: Store,
    form: SetAsideForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Take a page out of the tray that belongs to no paper; the file stays as it came."""

    def deed(session: Session) -> int:
        row = _row(session, form.page_id)
        row.state, row.say = ScanState.SET_ASIDE, form.reason
        row.settled, row.settled_at, row.settled_by = ScanSettled.HAND, now, actor
        session.add(row)
        return row.id or 0

    return once(store, form, name="set_aside_scan", now=now, actor=actor, deed=deed)


@operation("扫描页退回待认领", ReturnForm)
def return_scan(
    store: Store,
    form: ReturnForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> int:
    """Put a page back into the tray that was filed or set aside wrongly."""

    def deed(session: Session) -> int:
        row = session.get(ScanPage, form.page_id)
        if row is None or row.state is ScanState.TRAY:
            raise block("scan_in_tray", "这一页已经在待认领里。", field="page_id")
        audit.note(
            session,
            "return",
            table="scan_page",
            row=str(row.id),
            say={"document": row.document_id, "page": row.page, "reason": form.reason},
        )
        row.state, row.say = ScanState.TRAY, f"由{actor}退回：{form.reason}"
        row.settled, row.settled_at, row.settled_by = None, None, ""
        session.add(row)
        return row.id or 0

    return once(store, form, name="return_scan", now=now, actor=actor, deed=deed)


def _row(session: Session, page_id: int) -> ScanPage:
    row = session.get(ScanPage, page_id)
    if row is None or row.state not in (ScanState.TRAY, ScanState.DUPLICATE):
        raise block(
            "scan_settled",
            "这一页已经有人处理过，请重新载入；归错的先退回待认领。",
            field="page_id",
        )
    return row


def _pages_of(paper: Document) -> int:
    """The pages of one copy of a paper."""
    return _piece(paper).pages_of_copy


def _own_copy(paper: Document) -> int:
    """The copy that stays with the organ."""
    piece = _piece(paper)
    return (piece.own_pages[0] - 1) // piece.pages_of_copy


def _piece(paper: Document) -> Piece:
    return Piece(
        paper.id or 0,
        paper.template_key,
        paper.title,
        paper.number,
        paper.issued_on,
        0,
        paper.pages,
        paper.vault_name,
        paper.sha256,
    )
