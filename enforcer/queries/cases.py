"""The list of cases: ids in the order asked for, rows a page at a time, and what is due of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from enforcer.models import Case, Decision, Document, Payment
from enforcer.queries import numbered
from enforcer.queries.looking import (
    Where,
    literal,
    looking,
    plain_ids,
)
from enforcer.terms import (
    Discretion,
    Origin,
    PartyKind,
    PaymentMode,
    PenaltyKind,
    Procedure,
    Stage,
    Term,
)
from enforcer.text import number_spellings


class Standing(Term):
    """How a case stands, as the list says it in one word."""

    UNPAID = "unpaid", "待缴款"
    OVERDUE = "overdue", "逾期未缴"
    TO_REPORT = "to_report", "待备案"
    ON_THE_WAY = "on_the_way", "罚款待交回"
    TO_CLOSE = "to_close", "可结案"
    OPEN = "open", "办理中"
    REVOKED = "revoked", "已撤销"
    CLOSED = "closed", "已结案"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as the list shows it; amounts in 分."""

    id: int
    number: str
    procedure: Procedure
    stage: Stage
    origin: Origin
    standing: Standing
    party_name: str
    party_kind: PartyKind
    cause: str
    plate: str
    place: str
    acted_on: date | None
    decided_on: date | None
    kinds: tuple[PenaltyKind, ...]
    fine_fen: int
    paid_fen: int
    discretion: Discretion | None
    payment_mode: PaymentMode | None
    payment_due_on: date | None
    reported_on: date | None
    closed_on: date | None
    revoked_on: date | None
    officer1: str
    officer2: str

    @property
    def penalty(self) -> str:
        return "、".join(one.label for one in self.kinds)

    @property
    def officers(self) -> str:
        return "、".join(one for one in (self.officer1, self.officer2) if one)


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the list shows; nothing set shows everything. `words` looks in number, party, place."""

    words: str = ""
    procedure: Procedure | None = None
    standing: Standing | None = None
    item_key: str = ""
    from_on: date | None = None
    to_on: date | None = None
    officer: str = ""
    ids: Sequence[int] = field(default=())


class CaseSort(StrEnum):
    """The columns a list may be sorted by."""

    DECIDED = "decided"
    NUMBER = "number"
    PARTY = "party"
    CAUSE = "cause"
    FINE = "fine"
    DUE = "due"
    PLACE = "place"
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """The line under the page's title: this year's on-the-spot decisions, unpaid, late."""

    summary_this_year: int
    unpaid: int
    overdue: int
    to_report: int


_KINDS = {one.value: one for one in PenaltyKind}
_PAID = (
    select(func.coalesce(func.sum(Payment.amount_fen), 0))
    .where(Payment.decision_id == Decision.id)
    .correlate(Decision)
    .scalar_subquery()
)
_ON_THE_WAY = (
    select(func.count())
    .where(
        Payment.decision_id == Decision.id,
        Payment.mode != PaymentMode.BANK,
        col(Payment.to_bank_on).is_(None),
    )
    .correlate(Decision)
    .scalar_subquery()
)


def case_ids(
    where: Where,
    asked: CaseFilter | None = None,
    *,
    today: date,
    sort: CaseSort = CaseSort.DECIDED,
    descending: bool = True,
) -> list[int]:
    """The ids of the cases asked for, in the order asked for; the newest first at the start."""
    wanted = asked or CaseFilter()
    column = _ORDER[sort]
    with looking(where) as session:
        query = (
            select(Case.id)
            .join(Decision, col(Decision.case_id) == Case.id, isouter=True)
            .where(*_conditions(session, wanted, today))
            .order_by(column.desc() if descending else column.asc(), col(Case.id).desc())
        )
        return list(dict.fromkeys(plain_ids(session.exec(query).all())))


def case_rows(where: Where, ids: Sequence[int], *, today: date) -> list[CaseRow]:
    """The rows of these cases, in this order; a case with several decisions shows its latest."""
    query = (
        columns_of(Case, Decision, _PAID.label("paid"), _ON_THE_WAY.label("on_the_way"))
        .join(Decision, col(Decision.case_id) == col(Case.id), isouter=True)
        .where(col(Case.id).in_(ids))
        .order_by(col(Decision.id))
    )
    with looking(where) as session:
        found = {row[0].id: _row(*row, today=today) for row in session.execute(query)}
    return [found[one] for one in ids if one in found]


def case_number(where: Where, number: str) -> int | None:
    """The id of the case that officers and commands call by this number, its own or its decision's.

    Any brackets about the year will do, and any zeros before the serial.
    """
    with looking(where) as session:
        spelled = col(Case.number).in_(number_spellings(number))
        stands = numbered.at(numbered.spots(session, number), Decision)
        for wanted in (Case.number == number, Decision.number == number, spelled, stands):
            asked = select(Case.id).join(Decision, isouter=True).where(wanted)
            if (found := session.exec(asked.order_by(col(Case.id))).first()) is not None:
                return found
    return None


def counts(where: Where, *, today: date) -> CaseCounts:
    """The figures over the list."""
    begins = date(today.year, 1, 1)
    with looking(where) as session:
        summary = session.exec(
            select(func.count())
            .select_from(Decision)
            .where(
                Decision.procedure == Procedure.SUMMARY,
                Decision.decided_on >= begins,
                Decision.decided_on <= today,
            )
        ).one()
        return CaseCounts(
            summary,
            _count(session, Standing.UNPAID, today) + _count(session, Standing.OVERDUE, today),
            _count(session, Standing.OVERDUE, today),
            _count(session, Standing.TO_REPORT, today),
        )


def _count(session: Session, standing: Standing, today: date) -> int:
    query = (
        select(func.count())
        .select_from(Case)
        .join(Decision, col(Decision.case_id) == Case.id, isouter=True)
        .where(_standing(standing, today))
    )
    return session.exec(query).one()


def _row(
    one: Case, decision: Decision | None, paid: int | None, on_the_way: int | None, *, today: date
) -> CaseRow:
    kinds = tuple(_KINDS[kind] for kind in (decision.kinds or ())) if decision else ()
    return CaseRow(
        id=one.id or 0,
        number=one.number,
        procedure=one.procedure,
        stage=one.stage,
        origin=one.origin,
        standing=standing_of(one, decision, paid or 0, on_the_way or 0, today=today),
        party_name=one.party_name,
        party_kind=one.party_kind,
        cause=one.cause,
        plate=one.plate_key,
        place=one.place,
        acted_on=one.acted_on,
        decided_on=decision.decided_on if decision else None,
        kinds=kinds,
        fine_fen=decision.fine_fen if decision else 0,
        paid_fen=paid or 0,
        discretion=decision.discretion if decision else None,
        payment_mode=decision.payment_mode if decision else None,
        payment_due_on=decision.payment_due_on if decision else None,
        reported_on=decision.reported_for_record_on if decision else None,
        closed_on=one.closed_on,
        revoked_on=decision.revoked_on if decision else None,
        officer1=one.officer1,
        officer2=one.officer2,
    )


def standing_of(
    one: Case, decision: Decision | None, paid: int, on_the_way: int, *, today: date
) -> Standing:
    """The one word for a case; what is most pressing speaks. Due today is not overdue."""
    if decision is not None and decision.revoked_on is not None:
        return Standing.REVOKED
    if one.stage is Stage.CLOSED:
        return Standing.CLOSED
    if decision is None:
        return Standing.OPEN
    if paid < decision.fine_fen:
        late = decision.payment_due_on is not None and decision.payment_due_on < today
        return Standing.OVERDUE if late else Standing.UNPAID
    if must_report(one, decision) and decision.reported_for_record_on is None:
        return Standing.TO_REPORT
    return Standing.ON_THE_WAY if on_the_way else Standing.TO_CLOSE


def must_report(one: Case, decision: Decision) -> bool:
    """Whether the decision is reported here (第五十二条第三款); an older ledger does not say."""
    return decision.procedure is Procedure.SUMMARY and one.origin is Origin.MADE_HERE


def _standing(wanted: Standing, today: date) -> ColumnElement[bool]:
    """The same rule as `standing_of`, for the database."""
    revoked = col(Decision.revoked_on).is_not(None)
    closed = and_(col(Decision.revoked_on).is_(None), col(Case.stage) == Stage.CLOSED)
    running = and_(
        col(Decision.id).is_not(None),
        col(Decision.revoked_on).is_(None),
        col(Case.stage) != Stage.CLOSED,
    )
    owing = and_(running, col(Decision.fine_fen) > _PAID)
    settled = and_(running, col(Decision.fine_fen) <= _PAID)
    late = and_(col(Decision.payment_due_on).is_not(None), col(Decision.payment_due_on) < today)
    unreported = and_(
        col(Decision.procedure) == Procedure.SUMMARY,
        col(Case.origin) == Origin.MADE_HERE,
        col(Decision.reported_for_record_on).is_(None),
    )
    found: dict[Standing, ColumnElement[bool]] = {
        Standing.REVOKED: revoked,
        Standing.CLOSED: closed,
        Standing.OPEN: and_(col(Decision.id).is_(None), col(Case.stage) != Stage.CLOSED),
        Standing.OVERDUE: and_(owing, late),
        Standing.UNPAID: and_(owing, ~late),
        Standing.TO_REPORT: and_(settled, unreported),
        Standing.ON_THE_WAY: and_(settled, ~unreported, _ON_THE_WAY > 0),
        Standing.TO_CLOSE: and_(settled, ~unreported, _ON_THE_WAY == 0),
    }
    return found[wanted]


def _conditions(session: Session, wanted: CaseFilter, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in wanted.words.split():
        like = literal(word)
        plate = literal(word.upper().replace("·", ""))
        found.append(
            or_(
                *(
                    col(column).like(like, escape="\\")
                    for column in (
                        Case.party_name,
                        Case.party_id_number,
                        Case.cause,
                        Case.place,
                        Case.officer1,
                        Case.officer2,
                    )
                ),
                *(
                    col(column).like(literal(one), escape="\\")
                    for one in number_spellings(word)
                    for column in (Case.number, Decision.number)
                ),
                numbered.at(numbered.spots(session, word), Decision),
                col(Case.plate_key).like(plate, escape="\\"),
            )
        )
    if wanted.procedure is not None:
        found.append(col(Case.procedure) == wanted.procedure)
    if wanted.standing is not None:
        found.append(_standing(wanted.standing, today))
    if wanted.item_key:
        found.append(col(Case.item_key) == wanted.item_key)
    day = func.coalesce(Decision.decided_on, Case.filed_on, Case.acted_on)
    if wanted.from_on is not None:
        found.append(day >= wanted.from_on)
    if wanted.to_on is not None:
        found.append(day <= wanted.to_on)
    if wanted.officer:
        found.append(
            or_(col(Case.officer1) == wanted.officer, col(Case.officer2) == wanted.officer)
        )
    if wanted.ids:
        found.append(col(Case.id).in_(wanted.ids))
    return found


_ORDER: dict[CaseSort, Any] = {
    CaseSort.DECIDED: func.coalesce(Decision.decided_on, Case.filed_on, Case.acted_on),
    CaseSort.NUMBER: col(Case.number),
    CaseSort.PARTY: col(Case.party_name),
    CaseSort.CAUSE: col(Case.cause),
    CaseSort.FINE: func.coalesce(Decision.fine_fen, 0),
    CaseSort.DUE: case(
        (col(Decision.payment_due_on).is_(None), "9999"), else_=col(Decision.payment_due_on)
    ),
    CaseSort.PLACE: col(Case.place),
    CaseSort.STAGE: col(Case.stage),
}


def case_of_paper(where: Where, document_id: int) -> int | None:
    """The case an issued paper belongs to; None for papers of no case."""
    with looking(where) as session:
        return session.exec(select(Document.case_id).where(Document.id == document_id)).first()
