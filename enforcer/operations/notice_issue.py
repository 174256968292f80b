"""From checked notices to numbered, frozen ones: the paper first, then rows and numbers at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlmodel import Session

from enforcer.documents.notice_fields import NoticeFacts, notice_fields
from enforcer.errors import TemplateTrouble
from enforcer.models import Document
from enforcer.operations import numbering
from enforcer.operations.notice_entry import Entry
from enforcer.operations.numbering import Drawn
from enforcer.operations.registry import earlier_answer, remember
from enforcer.queries import office
from enforcer.store import vault
from enforcer.store.database import Store
from enforcer.terms import DocumentState, NoticeState, Origin, SeriesKind

if TYPE_CHECKING:
    from enforcer.documents.parts import Template
    from enforcer.documents.pdf import Batch

TITLE = "温馨告知书"
_RACES = 3
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number that is wanted: in which organ's series, and the paper once it is known."""

    organ_id: int
    year: int
    facts: Callable[[str], NoticeFacts]


@dataclass(frozen=True, slots=True)
class Printed:
    """The finished paper of many numbers: fields by number, the file as it is kept."""

    fields: list[dict[str, Any]]
    paper: Batch
    kept: vault.Kept
    version: str


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be numbered and frozen as one document.

    `note` is told how many are set; it may raise until the transaction ends, and then nothing is.
    """

    wanted: Sequence[Wanted]
    per_sheet: int
    request_id: UUID | None
    operation: str
    today: date
    now: datetime
    actor: str
    note: Callable[[int, int], object] | None = None


class _Overtaken(Exception):
    """Another writer took the numbers meanwhile: nothing is written, the paper is made again."""


def carry_out(
    store: Store,
    order: Order,
    write: Callable[[Session, Printed, Sequence[Drawn], Document], Answer],
    *,
    again: Callable[[dict[str, Any]], Answer],
    as_json: Callable[[Answer], dict[str, Any]],
) -> Answer:
    """Number, print and freeze `order`; `write` makes the rows inside the same transaction.

    The paper is made outside the transaction with the numbers that stand next; if another writer
    was quicker it is made again, and after three lost races inside the transaction.
    """
    for attempt in range(_RACES + 1):
        with store.reading() as session:
            if done := earlier_answer(session, order.request_id):
                return again(done)
            form = office.template_on(session, SeriesKind.NOTICE.value, order.today)
            expected = None if attempt == _RACES else _peeked(session, order.wanted)
        printed = _print(store, order, form, expected) if expected else None
        try:
            with store.unit(actor=order.actor, operation=order.operation) as session:
                return _written(
                    store, session, order, form, expected, printed, write, again, as_json
                )
        except _Overtaken:
            continue
    raise AssertionError("the last attempt prints inside the transaction")


def _written(
    store: Store,
    session: Session,
    order: Order,
    form: Template,
    expected: Sequence[Drawn] | None,
    printed: Printed | None,
    write: Callable[[Session, Printed, Sequence[Drawn], Document], Answer],
    again: Callable[[dict[str, Any]], Answer],
    as_json: Callable[[Answer], dict[str, Any]],
) -> Answer:
    """The transaction's body; when it fails, no row names the paper and the paper goes too.

    A commit that fails keeps the file: it may be named by a row after all.
    """
    try:
        if done := earlier_answer(session, order.request_id):
            forget(store, printed)
            return again(done)
        numbers = _drawn(session, order.wanted)
        if printed is None:
            printed = _print(store, order, form, numbers)
        elif [one.number for one in numbers] != [one.number for one in expected or ()]:
            raise _Overtaken
        document = _document(session, order, printed, numbers)
        answer = write(session, printed, numbers, document)
        remember(session, order.request_id, order.operation, as_json(answer), now=order.now)
        session.flush()
        if order.note is not None:
            order.note(len(numbers), len(numbers))
    except BaseException:
        forget(store, printed)
        raise
    return answer


def print_one(store: Store, fields: dict[str, Any], form: Template) -> Printed:
    """The paper of a number that is known already (a blank that came back)."""
    return _kept(store, [fields], form, 1)


def rows_of(
    entries: Sequence[Entry],
    numbers: Sequence[Drawn],
    printed: Printed,
    document_id: int,
    *,
    per_sheet: int,
) -> list[dict[str, Any]]:
    """The rows of issued notices; `position` counts the places of the frozen PDF from 0."""
    places = zip(printed.paper.page_of, printed.paper.slot_of, strict=True)
    return [
        content_of(entry)
        | {
            "uid": entry.uid,
            "number": drawn.number,
            "series_id": drawn.series_id,
            "serial": drawn.serial,
            "state": NoticeState.ISSUED,
            "origin": Origin.MADE_HERE,
            "document_id": document_id,
            "page": page,
            "position": (page - 1) * per_sheet + slot,
            "frozen": fields,
        }
        for entry, drawn, fields, (page, slot) in zip(
            entries, numbers, printed.fields, places, strict=True
        )
    ]


def content_of(entry: Entry) -> dict[str, Any]:
    """What a notice says, as columns of its row."""
    first, second = entry.officers
    return {
        "organ_id": entry.standing.organ_id,
        "plate": entry.plate.text,
        "plate_key": entry.plate.key,
        "plate_kind": entry.plate.kind,
        "plate_colour": entry.colour,
        "noticed_at": entry.noticed_at,
        "noticed_on": entry.noticed_on,
        "place": entry.place,
        "item_key": entry.item_key,
        "situation": entry.situation,
        "nearby": entry.nearby,
        "officer1_id": first.id,
        "officer2_id": second.id,
        "officer1": first.name,
        "officer2": second.name,
        "recorders": "、".join(entry.recorders),
        "recorder_reason": entry.recorder_reason,
        "outcome": entry.outcome,
        "note": entry.note,
        "ladder_says": entry.ladder.says,
        "ladder_choice": entry.choice,
        "ladder_reason": entry.ladder_reason,
    }


def _peeked(session: Session, wanted: Sequence[Wanted]) -> list[Drawn]:
    return _by_series(
        wanted,
        lambda organ_id, year, count: numbering.peek(
            session, organ_id, SeriesKind.NOTICE, year, count
        ),
    )


def _drawn(session: Session, wanted: Sequence[Wanted]) -> list[Drawn]:
    def draw(organ_id: int, year: int, count: int) -> list[Drawn]:
        series = numbering.series_for(session, organ_id, SeriesKind.NOTICE, year)
        return numbering.draw(session, series, count)

    return _by_series(wanted, draw)


def _by_series(
    wanted: Sequence[Wanted], take: Callable[[int, int, int], list[Drawn]]
) -> list[Drawn]:
    """Numbers in the order wanted, each series taken from once."""
    groups: dict[tuple[int, int], list[int]] = {}
    for index, one in enumerate(wanted):
        groups.setdefault((one.organ_id, one.year), []).append(index)
    found: dict[int, Drawn] = {}
    for (organ_id, year), places in groups.items():
        found |= zip(places, take(organ_id, year, len(places)), strict=True)
    return [found[index] for index in range(len(wanted))]


def _print(store: Store, order: Order, form: Template, numbers: Sequence[Drawn]) -> Printed:
    fields = [
        notice_fields(one.facts(drawn.number))
        for one, drawn in zip(order.wanted, numbers, strict=True)
    ]
    return _kept(store, fields, form, order.per_sheet, order.note)


def _kept(
    store: Store,
    fields: list[dict[str, Any]],
    form: Template,
    per_sheet: int,
    note: Callable[[int, int], object] | None = None,
) -> Printed:
    from enforcer.documents import pdf

    paper = pdf.render_batch(form, fields, per_sheet=per_sheet, note=note)
    places = zip(paper.page_of, paper.slot_of, strict=True)
    if any((page - 1) * per_sheet + slot != at for at, (page, slot) in enumerate(places)):
        raise TemplateTrouble(
            "告知书一页放不下。请在“设置—模板”里缩短文字，或者写上 fit = true（自动缩小）后再签发。"
        )
    kept = vault.keep(store.vault, paper.pdf, suffix=".pdf")
    return Printed(fields, paper, kept, form.version)


def forget(store: Store, printed: Printed | None) -> None:
    """A paper that no row names need not stay."""
    if printed is not None:
        (store.vault / printed.kept.name).unlink(missing_ok=True)


def _document(
    session: Session, order: Order, printed: Printed, numbers: Sequence[Drawn]
) -> Document:
    return document_of(
        session,
        printed,
        number=_span(numbers),
        per_sheet=order.per_sheet,
        today=order.today,
        now=order.now,
        actor=order.actor,
    )


def document_of(
    session: Session,
    printed: Printed,
    *,
    number: str,
    per_sheet: int,
    today: date,
    now: datetime,
    actor: str,
) -> Document:
    """The frozen paper as a row."""
    row = Document(
        template_key=SeriesKind.NOTICE.value,
        template_version=printed.version,
        title=TITLE,
        number=number,
        state=DocumentState.ISSUED,
        fields=printed.fields[0] if len(printed.fields) == 1 else None,
        per_sheet=per_sheet,
        vault_name=printed.kept.name,
        sha256=printed.kept.sha256,
        pages=printed.paper.pages,
        issued_at=now,
        issued_on=today,
        issued_by=actor,
    )
    session.add(row)
    session.flush()
    return row


def _span(numbers: Sequence[Drawn]) -> str:
    first, last = numbers[0].number, numbers[-1].number
    return first if first == last else f"{first}—{last}"


__all__ = [
    "TITLE",
    "Order",
    "Printed",
    "Wanted",
    "carry_out",
    "content_of",
    "document_of",
    "forget",
    "print_one",
    "rows_of",
]
