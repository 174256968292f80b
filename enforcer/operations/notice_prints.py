"""Notices to the printer: the frozen paper, and 补打 over every copy after the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlmodel import Session, col, func, select

from enforcer.documents.notice_fields import NoticeFacts, notice_fields
from enforcer.errors import Level, Objection, Refused
from enforcer.models import Document, Notice
from enforcer.operations.notice_desk import Desk
from enforcer.operations.notice_forms import CountPrintForm, PrintNoticesForm, Printout
from enforcer.operations.notice_rows import chosen_rows
from enforcer.operations.numbering import CHINA
from enforcer.operations.registry import earlier_answer, operation, remember
from enforcer.queries import office
from enforcer.store import audit, vault
from enforcer.store.database import Store
from enforcer.terms import NoticeState, SeriesKind

AGAIN = "补打"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One notice on its way to the printer: from which frozen file, or to be set from the ledger."""

    notice: Notice
    paper: Document | None
    again: bool


@operation("打印温馨告知书", PrintNoticesForm)
def print_notices(
    store: Store, form: PrintNoticesForm, *, today: date, now: datetime, actor: str
) -> Printout:
    """Make the sheets for the printer and count the print; the frozen files stay untouched."""
    made = sheets_of(store, form, today=today, now=now)
    counted = CountPrintForm(
        request_id=form.request_id, notice_ids=made.ids, pages=made.pages, again=made.reprinted
    )
    count_print(store, counted, today=today, now=now, actor=actor)
    return made


def sheets_of(
    store: Store,
    form: PrintNoticesForm,
    *,
    today: date,
    now: datetime,
    note: Callable[[int, int], object] | None = None,
) -> Printout:
    """The sheets alone: the window counts them once the printer has taken them.

    `note(done, total)` is told between two pieces of work and may raise to stop.
    """
    with store.reading() as session:
        rows = chosen_rows(session, form.notice_ids)
        void = tuple(one.number for one in rows if one.state is NoticeState.VOID)
        valid = [one for one in rows if one.state is not NoticeState.VOID]
        if not valid:
            raise Refused(
                Objection(
                    "nothing_to_print",
                    Level.BLOCK,
                    f"{'、'.join(void[:5])} 已作废，作废的告知书不再打印。",
                )
            )
        papers = _papers(session, valid)
        sheets = [_sheet(one, papers, again=form.again) for one in valid]
        pdf, pages = _set(store, session, sheets, form.per_sheet, today, now, note)
    marked = sum(one.again for one in sheets)
    return Printout(pdf, pages, tuple(one.id or 0 for one in valid), marked, void)


@operation("登记已打印", CountPrintForm)
def count_print(
    store: Store, form: CountPrintForm, *, today: date, now: datetime, actor: str
) -> None:
    """Count a print that has reached the printer: the next one is 补打."""
    del today
    with store.unit(actor=actor, operation="print_notices") as session:
        if earlier_answer(session, form.request_id) is None:
            _count(session, form.notice_ids, form.pages, form.again)
            remember(session, form.request_id, "print_notices", {"pages": form.pages}, now=now)


def _papers(session: Session, rows: Sequence[Notice]) -> dict[int, Document]:
    ids = {one.document_id for one in rows if one.document_id is not None}
    found: dict[int, Document] = {}
    for start in range(0, len(ids), 500):
        portion = sorted(ids)[start : start + 500]
        for one in session.exec(select(Document).where(col(Document.id).in_(portion))):
            found[one.id or 0] = one
    return found


def _sheet(notice: Notice, papers: dict[int, Document], *, again: bool) -> _Sheet:
    paper = papers.get(notice.document_id or 0)
    printed = notice.print_count > 0
    return _Sheet(notice, paper, printed or (again and paper is not None))


def _set(
    store: Store,
    session: Session,
    sheets: Sequence[_Sheet],
    per_sheet: int,
    today: date,
    now: datetime,
    note: Callable[[int, int], object] | None = None,
) -> tuple[bytes, int]:
    """All sheets as one file: taken out of the frozen files, marked where due, set together."""
    from enforcer.documents import stamp
    from enforcer.documents.joined import join

    runs = [
        (paper, again, list(run))
        for (paper, again), run in groupby(sheets, key=lambda one: (_name(one), one.again))
    ]
    alone = len(runs) == 1
    pieces: list[bytes] = []
    done = 0
    for _, again, run in runs:
        if note is not None:
            note(done, len(sheets))
        done += len(run)
        piece = _piece(store, session, run, per_sheet if alone else 1, today, now)
        pieces.append(stamp.mark(piece, AGAIN, note=str(today)) if again else piece)
    if note is not None:
        note(done, len(sheets))
    if alone:
        return pieces[0], -(-len(sheets) // per_sheet)
    joined = join(pieces)
    count = len(sheets)
    if per_sheet == 1:
        return joined, count
    places = range(1, count + 1)
    set_together = stamp.extract(joined, places, slots=[0] * count, per_sheet=per_sheet)
    return set_together, -(-count // per_sheet)


def _name(one: _Sheet) -> str:
    return one.paper.vault_name if one.paper else ""


def _piece(
    store: Store,
    session: Session,
    run: Sequence[_Sheet],
    per_sheet: int,
    today: date,
    now: datetime,
) -> bytes:
    from enforcer.documents import pdf, stamp

    paper = run[0].paper
    if paper is None:
        current = office.template_on(session, SeriesKind.NOTICE.value, today)
        fields = [notice_fields(one) for one in _from_ledger(session, run, now)]
        return pdf.render_batch(current, fields, per_sheet=per_sheet).pdf
    data = vault.read(store.vault, paper.vault_name, paper.sha256)
    places = [one.notice.position or 0 for one in run]
    if per_sheet == paper.per_sheet and places == list(range(_held_by(session, paper))):
        return data
    slots = [one % paper.per_sheet for one in places]
    pages = [one // paper.per_sheet + 1 for one in places]
    return stamp.extract(data, pages, slots=slots, per_sheet=per_sheet)


def paper_of(store: Store, notice_id: int, *, today: date, now: datetime) -> bytes:
    """The paper of one notice to look at: as it was frozen, or as the ledger knows it."""
    with store.reading() as session:
        (row,) = chosen_rows(session, [notice_id])
        sheet = _Sheet(row, _papers(session, [row]).get(row.document_id or 0), again=False)
        return _set(store, session, [sheet], 1, today, now)[0]


def _held_by(session: Session, paper: Document) -> int:
    """How many notices the frozen file holds."""
    asked = select(func.count()).where(Notice.document_id == paper.id)
    return int(session.execute(asked).scalar_one())


def _from_ledger(session: Session, run: Sequence[_Sheet], now: datetime) -> Iterator[NoticeFacts]:
    """What older ledgers knew of a notice; nobody is made up who is not in it."""
    desk = Desk(session, now)
    for one in run:
        row = one.notice
        on = row.noticed_on or now.astimezone(CHINA).date()
        at = row.noticed_at.astimezone(CHINA) if row.noticed_at else None
        yield NoticeFacts(
            number=row.number,
            uid=row.uid,
            sender=desk.standing(row.item_key, on, row.organ_id).sender,
            wording=desk.wording(row.item_key, on),
            backfilled=True,
            plate=row.plate,
            plate_known=bool(row.plate_key),
            colour=row.plate_colour,
            noticed_at=at,
            timed=at is None or (at.hour, at.minute) != (0, 0),
            place=row.place,
            situation=row.situation,
            nearby=row.nearby,
            officers=tuple((name, "") for name in (row.officer1, row.officer2) if name),
            recorders=tuple(name for name in row.recorders.split("、") if name),
            outcome=row.outcome,
            note=row.note,
        )


def _count(session: Session, ids: Sequence[int], pages: int, marked: int) -> None:
    rows = chosen_rows(session, ids)
    for one in rows:
        one.print_count += 1
        session.add(one)
    for key in dict.fromkeys(one.document_id for one in rows if one.document_id):
        paper = session.get(Document, key)
        assert paper is not None
        paper.print_count += 1
        session.add(paper)
    audit.note(
        session,
        "print",
        table="notice",
        row="",
        say={
            "first": rows[0].number,
            "last": rows[-1].number,
            "notices": len(rows),
            "again": marked,
            "pages": pages,
        },
    )


__all__ = ["AGAIN", "count_print", "paper_of", "print_notices", "sheets_of"]
