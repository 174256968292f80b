"""The list of notices: ids in their order, rows by id; SQL filters and sorts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, and_, func, or_
from sqlalchemy import select as columns_of
from sqlalchemy.sql.operators import custom_op
from sqlmodel import Session, col, select

from enforcer.models import Notice, Officer
from enforcer.queries import numbered
from enforcer.queries.looking import Where, looking
from enforcer.terms import (
    LadderChoice,
    NoticeOutcome,
    NoticeState,
    Origin,
    PlateColour,
    PlateKind,
)
from enforcer.text import half_width, number_spellings


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice, a blank or a void number, as lists and pages show it."""

    id: int
    number: str
    series_id: int | None
    serial: int | None
    state: NoticeState
    origin: Origin
    organ_id: int | None
    plate: str
    plate_key: str
    plate_kind: PlateKind | None
    plate_colour: PlateColour | None
    noticed_at: datetime | None
    noticed_on: date | None
    place: str
    item_key: str
    situation: str
    nearby: str
    officer1: str
    officer2: str
    recorders: str
    recorder_reason: str
    outcome: NoticeOutcome | None
    note: str
    ladder_says: str
    ladder_choice: LadderChoice | None
    ladder_reason: str
    blank_holder_id: int | None
    blank_holder: str
    blank_given_on: date | None
    void_reason: str
    voided_by: str
    voided_at: datetime | None
    document_id: int | None
    position: int | None
    page: int | None
    print_count: int

    @property
    def officers(self) -> str:
        return "、".join(one for one in (self.officer1, self.officer2) if one)


@dataclass(frozen=True, slots=True)
class NoticeFilter:
    """What the list shows; nothing set shows everything. `words` looks in plate, number, place."""

    words: str = ""
    state: NoticeState | None = None
    outcome: NoticeOutcome | None = None
    no_outcome: bool = False
    from_on: date | None = None
    to_on: date | None = None
    holder_id: int | None = None


class NoticeSort(StrEnum):
    """The columns a list may be sorted by."""

    TIME = "time"
    NUMBER = "number"
    PLATE = "plate"
    PLACE = "place"
    STATE = "state"
    OUTCOME = "outcome"


def ids(
    where: Where,
    chosen: NoticeFilter | None = None,
    sort: NoticeSort = NoticeSort.TIME,
    *,
    descending: bool = True,
    limit: int | None = None,
) -> list[int]:
    """Ids of the list in its order; SQL sorts and filters. Numbers without a time come last."""
    table = Notice.__table__  # type: ignore[attr-defined]
    order = _order(sort)
    if chosen and chosen.words:
        # every row is looked at anyway: walking an index for the order would take six times as long
        order = [UnaryExpression(one, operator=custom_op("+")) for one in order]
    with looking(where) as session:
        asked = columns_of(table.c.id).where(*_conditions(session, chosen or NoticeFilter()))
        asked = asked.order_by(*(one.desc() if descending else one.asc() for one in order))
        if limit is not None:
            asked = asked.limit(limit)
        # the driver's own rows: 200,000 ids in 50 ms instead of 130
        cursor = session.connection().execute(asked).cursor
        assert cursor is not None
        return [one[0] for one in cursor.fetchall()]


def rows(where: Where, wanted: Sequence[int]) -> list[NoticeRow]:
    """The rows of these ids, in this order; ids that are gone are left out."""
    if not wanted:
        return []
    table = Notice.__table__  # type: ignore[attr-defined]
    holder = select(Officer.name).where(Officer.id == Notice.blank_holder_id).scalar_subquery()
    names = [one for one in NoticeRow.__slots__ if one != "blank_holder"]
    asked = columns_of(*(table.c[one] for one in names), holder.label("blank_holder"))
    with looking(where) as session:
        found: dict[int, NoticeRow] = {}
        for start in range(0, len(wanted), 500):
            portion = asked.where(table.c.id.in_(wanted[start : start + 500]))
            for one in session.execute(portion).mappings():
                values: dict[str, Any] = dict(one)
                values["blank_holder"] = values["blank_holder"] or ""
                found[values["id"]] = NoticeRow(**values)
    return [found[one] for one in wanted if one in found]


def row(where: Where, notice_id: int) -> NoticeRow | None:
    found = rows(where, [notice_id])
    return found[0] if found else None


def of_document(where: Where, document_id: int) -> list[int]:
    """Ids of the notices that a frozen document holds, in the order of its pages."""
    asked = (
        select(Notice.id).where(Notice.document_id == document_id).order_by(col(Notice.position))
    )
    with looking(where) as session:
        return [one for one in session.exec(asked) if one is not None]


def bare_plate(words: str) -> str:
    """Typed letters of a plate as they stand in `plate_key`."""
    return half_width(words).replace("·", "").replace(" ", "").upper()


def _conditions(session: Session, chosen: NoticeFilter) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    for word in chosen.words.split():
        if found := numbered.spots(session, word):
            wanted.append(numbered.at(found, Notice))
            continue
        looked_in = [
            (Notice.plate_key, bare_plate(word)),
            *((Notice.number, one) for one in number_spellings(word)),
            (Notice.place, word),
        ]
        if not word.isascii():
            looked_in.append((Notice.plate, word))
        wanted.append(or_(*(func.instr(column, said) > 0 for column, said in looked_in)))
    if chosen.state is not None:
        wanted.append(col(Notice.state) == chosen.state)
    if chosen.outcome is not None:
        wanted.append(col(Notice.outcome) == chosen.outcome)
    if chosen.no_outcome:
        wanted.append(and_(col(Notice.outcome).is_(None), col(Notice.state) == NoticeState.ISSUED))
    if chosen.from_on is not None:
        wanted.append(col(Notice.noticed_on) >= chosen.from_on)
    if chosen.to_on is not None:
        wanted.append(col(Notice.noticed_on) <= chosen.to_on)
    if chosen.holder_id is not None:
        wanted.append(col(Notice.blank_holder_id) == chosen.holder_id)
    return wanted


def _order(sort: NoticeSort) -> list[ColumnElement[Any]]:
    columns: dict[NoticeSort, tuple[Any, ...]] = {
        NoticeSort.TIME: (Notice.noticed_at,),
        NoticeSort.NUMBER: (Notice.series_id, Notice.serial),
        NoticeSort.PLATE: (Notice.plate_key, Notice.plate),
        NoticeSort.PLACE: (Notice.place,),
        NoticeSort.STATE: (Notice.state,),
        NoticeSort.OUTCOME: (Notice.outcome,),
    }
    table = Notice.__table__  # type: ignore[attr-defined]
    return [table.c[one.key] for one in (*columns[sort], col(Notice.id))]
