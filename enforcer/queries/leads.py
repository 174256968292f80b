"""The list of leads: ids in the order asked for, rows a page at a time, how each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy import case as either
from sqlalchemy import select as columns_of
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from enforcer.course_terms import LeadDeed, LeadOutcome, LeadSource
from enforcer.models import Case, Lead, LeadEvent, SignOff
from enforcer.queries.looking import Where, literal, looking, plain_ids, version
from enforcer.terms import Stage, Term

SOON_DAYS = 3
ALIKE_DAYS = 30
NO_DAY = date.max


class LeadStanding(Term):
    """How a lead stands, as the list says it in one word; what presses most speaks."""

    LATE = "late", "逾期"
    DUE = "due", "将到期"
    TO_CHECK = "to_check", "待核查"
    TO_SETTLE = "to_settle", "待处理"
    FILING = "filing", "立案审批"
    TO_REPLY = "to_reply", "待答复"
    DONE = "done", "已办结"
    VOID = "void", "作废"


CLOSED = (LeadStanding.DONE, LeadStanding.VOID)
OPEN = tuple(one for one in LeadStanding if one not in CLOSED)


@dataclass(frozen=True, slots=True)
class LeadRow:
    """One lead as the list shows it; who told of it is not in here."""

    id: int
    number: str
    source: LeadSource
    source_number: str
    received_at: datetime
    received_on: date
    reply_due_on: date | None
    check_due_on: date | None
    party_name: str
    place: str
    content: str
    attachments: str
    item_key: str
    recorder: str
    handler: str
    checked_on: date | None
    findings: str
    outcome: LeadOutcome | None
    outcome_on: date | None
    outcome_reason: str
    merged_into: str
    referred_to: str
    case_id: int | None
    case_number: str
    replied_on: date | None
    reply_way: str
    reply: str
    satisfied: bool | None
    secret: bool
    backfilled: bool
    voided_on: date | None
    voided_by: str
    void_reason: str
    standing: LeadStanding

    @property
    def ended(self) -> str:
        """What became of it, with where it went."""
        if self.voided_on is not None:
            return f"作废：{self.void_reason}"
        if self.outcome is None:
            return ""
        where = self.merged_into or self.referred_to or self.case_number
        return f"{self.outcome.label}：{where}" if where else self.outcome.label


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """What the list shows; nothing set shows everything. `only_open` leaves out what is done."""

    words: str = ""
    standing: LeadStanding | None = None
    only_open: bool = False
    source: LeadSource | None = None
    from_on: date | None = None
    to_on: date | None = None


class LeadSort(StrEnum):
    """The columns a list may be sorted by."""

    RECEIVED = "received"
    NUMBER = "number"
    SOURCE = "source"
    DUE = "due"
    PARTY = "party"
    PLACE = "place"
    HANDLER = "handler"
    STANDING = "standing"


@dataclass(frozen=True, slots=True)
class LeadCounts:
    """The line under the page's title."""

    open: int
    late: int
    due: int
    this_month: int


@dataclass(frozen=True, slots=True)
class Alike:
    """Another lead of late about the same place or party."""

    id: int
    number: str
    source: LeadSource
    received_on: date
    content: str
    outcome: LeadOutcome | None


def lead_ids(
    where: Where,
    asked: LeadFilter | None = None,
    *,
    today: date,
    sort: LeadSort = LeadSort.RECEIVED,
    descending: bool = True,
) -> list[int]:
    """The ids of the leads asked for, in the order asked for; the newest first at the start."""
    column = _order(sort, today)
    query = (
        select(Lead.id)
        .where(*_conditions(asked or LeadFilter(), today))
        .order_by(column.desc() if descending else column.asc(), col(Lead.id).desc())
    )
    with looking(where) as session:
        return plain_ids(session.exec(query).all())


def lead_rows(where: Where, ids: Sequence[int], *, today: date) -> list[LeadRow]:
    """The rows of these leads, in this order."""
    into = aliased(Lead)
    query = (
        columns_of(Lead, standing_of(today), col(into.number), col(Case.number))
        .join(into, col(into.id) == col(Lead.merged_into_id), isouter=True)
        .join(Case, col(Case.id) == col(Lead.case_id), isouter=True)
        .where(col(Lead.id).in_(ids))
    )
    with looking(where) as session:
        found = {row[0].id: _row(*row) for row in session.execute(query)}
    return [found[one] for one in ids if one in found]


def lead_by_number(where: Where, number: str) -> int | None:
    """The id of the lead of this number."""
    with looking(where) as session:
        return session.exec(select(Lead.id).where(Lead.number == number)).first()


def counts(where: Where, *, today: date) -> LeadCounts:
    """The figures over the list."""
    standing = standing_of(today)
    asked = columns_of(standing, func.count()).select_from(Lead).group_by(standing)
    with looking(where) as session:
        by_standing = {key: count for key, count in session.execute(asked)}  # noqa: C416 — rows
        month = session.exec(
            select(func.count())
            .select_from(Lead)
            .where(
                Lead.received_on >= today.replace(day=1),
                Lead.received_on <= today,
                col(Lead.voided_on).is_(None),
            )
        ).one()
    return LeadCounts(
        sum(by_standing.get(one.value, 0) for one in OPEN),
        by_standing.get(LeadStanding.LATE.value, 0),
        by_standing.get(LeadStanding.DUE.value, 0),
        month,
    )


def alike(
    where: Where, *, place: str, party_name: str, on: date, but: int | None = None
) -> list[Alike]:
    """Leads of the last days about this place or party, the latest first."""
    same = [
        column == words.strip()
        for column, words in ((col(Lead.place), place), (col(Lead.party_name), party_name))
        if words.strip()
    ]
    if not same:
        return []
    asked = (
        select(Lead)
        .where(
            or_(*same),
            Lead.received_on >= on - timedelta(days=ALIKE_DAYS),
            Lead.received_on <= on,
            Lead.id != but,
            col(Lead.voided_on).is_(None),
        )
        .order_by(col(Lead.received_at).desc())
        .limit(5)
    )
    with looking(where) as session:
        return [
            Alike(one.id or 0, one.number, one.source, one.received_on, one.content, one.outcome)
            for one in session.exec(asked)
        ]


def last_deed(session: Session, lead_id: int) -> LeadEvent | None:
    """The last entry of a lead that stands and can be taken back."""
    undone = select(LeadEvent.undoes_id).where(
        LeadEvent.lead_id == lead_id, col(LeadEvent.undoes_id).is_not(None)
    )
    return session.exec(
        select(LeadEvent)
        .where(
            LeadEvent.lead_id == lead_id,
            col(LeadEvent.id).not_in(undone),
            col(LeadEvent.deed).not_in((LeadDeed.REGISTERED, LeadDeed.UNDONE)),
        )
        .order_by(col(LeadEvent.id).desc())
    ).first()


def rests_on(session: Session, row: Lead, last: LeadEvent) -> str:
    """What stands on the last entry, in words; empty when it can be taken back."""
    if row.case_id is not None and row.outcome in (None, LeadOutcome.CASE):
        return "线索已经呈报立案，请先在案件里撤回呈报立案"
    if row.outcome is not None and last.deed in (LeadDeed.CHECKED, LeadDeed.CORRECTED):
        return f"线索已于 {row.outcome_on} 按“{row.outcome.label}”办结"
    if last.deed is LeadDeed.SETTLED:
        assert row.id
        if others := merged_into(session, row.id, since=row.outcome_on):
            return f"{'、'.join(others)} 已经并入这条线索"
    return ""


def merged_into(session: Session, lead_id: int, *, since: date | None = None) -> tuple[str, ...]:
    """The numbers of the leads that were merged into this one."""
    asked = select(Lead.number).where(
        Lead.merged_into_id == lead_id, Lead.outcome == LeadOutcome.MERGED
    )
    if since is not None:
        asked = asked.where(col(Lead.outcome_on) >= since)
    return tuple(session.exec(asked))


def returned_case(session: Session, row: Lead) -> Case | None:
    """The case of this lead that the heads have sent back, so that it may be put forward again."""
    case = session.get(Case, row.case_id) if row.case_id else None
    if case is None or case.stage is not Stage.LEAD or row.outcome is not None:
        return None
    last = session.exec(
        select(SignOff).where(SignOff.case_id == case.id).order_by(col(SignOff.id).desc())
    ).first()
    return case if last is not None and not last.agrees else None


def version_of(where: Where, lead_id: int) -> str:
    """The fingerprint a form hands back, so that an edit in between is seen."""
    with looking(where) as session:
        row = session.get(Lead, lead_id)
        return version(row) if row else ""


def standing_of(today: date) -> Any:
    """The one word for a lead, as the database says it."""
    unanswered = and_(col(Lead.source) != LeadSource.PATROL, col(Lead.replied_on).is_(None))
    pending = and_(col(Lead.outcome).is_(None), col(Lead.case_id).is_(None))
    unchecked = and_(pending, col(Lead.checked_on).is_(None))
    soon = today + timedelta(days=SOON_DAYS)
    late = or_(
        and_(unanswered, col(Lead.reply_due_on) < today),
        and_(unchecked, col(Lead.check_due_on) < today),
    )
    due = or_(
        and_(unanswered, col(Lead.reply_due_on) <= soon),
        and_(unchecked, col(Lead.check_due_on) <= soon),
    )
    return either(
        (col(Lead.voided_on).is_not(None), LeadStanding.VOID.value),
        (late, LeadStanding.LATE.value),
        (due, LeadStanding.DUE.value),
        (unchecked, LeadStanding.TO_CHECK.value),
        (pending, LeadStanding.TO_SETTLE.value),
        (col(Lead.outcome).is_(None), LeadStanding.FILING.value),
        (unanswered, LeadStanding.TO_REPLY.value),
        else_=LeadStanding.DONE.value,
    )


_STANDINGS = {one.value: one for one in LeadStanding}


def _row(one: Lead, standing: str, into: str | None, case_number: str | None) -> LeadRow:
    assert one.id
    return LeadRow(
        id=one.id,
        number=one.number,
        source=one.source,
        source_number=one.source_number,
        received_at=one.received_at,
        received_on=one.received_on,
        reply_due_on=one.reply_due_on,
        check_due_on=one.check_due_on,
        party_name=one.party_name,
        place=one.place,
        content=one.content,
        attachments=one.attachments,
        item_key=one.item_key,
        recorder=one.recorder,
        handler=one.handler,
        checked_on=one.checked_on,
        findings=one.findings,
        outcome=one.outcome,
        outcome_on=one.outcome_on,
        outcome_reason=one.outcome_reason,
        merged_into=into or "",
        referred_to=one.referred_to,
        case_id=one.case_id,
        case_number=case_number or "",
        replied_on=one.replied_on,
        reply_way=one.reply_way,
        reply=one.reply,
        satisfied=one.satisfied,
        secret=one.secret,
        backfilled=one.backfilled,
        voided_on=one.voided_on,
        voided_by=one.voided_by,
        void_reason=one.void_reason,
        standing=_STANDINGS[standing],
    )


def _conditions(wanted: LeadFilter, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in wanted.words.split():
        like = literal(word)
        found.append(
            or_(
                *(
                    col(column).like(like, escape="\\")
                    for column in (
                        Lead.number,
                        Lead.source_number,
                        Lead.party_name,
                        Lead.place,
                        Lead.content,
                        Lead.handler,
                    )
                )
            )
        )
    standing = standing_of(today)
    if wanted.standing is not None:
        found.append(standing == wanted.standing.value)
    if wanted.only_open:
        found.append(standing.not_in([one.value for one in CLOSED]))
    if wanted.source is not None:
        found.append(col(Lead.source) == wanted.source)
    if wanted.from_on is not None:
        found.append(col(Lead.received_on) >= wanted.from_on)
    if wanted.to_on is not None:
        found.append(col(Lead.received_on) <= wanted.to_on)
    return found


def _order(sort: LeadSort, today: date) -> Any:
    waits = either(
        (col(Lead.replied_on).is_(None), func.coalesce(Lead.reply_due_on, NO_DAY)), else_=NO_DAY
    )
    order = {one.value: place for place, one in enumerate(LeadStanding)}
    return {
        LeadSort.RECEIVED: col(Lead.received_at),
        LeadSort.NUMBER: col(Lead.number),
        LeadSort.SOURCE: col(Lead.source),
        LeadSort.DUE: waits,
        LeadSort.PARTY: col(Lead.party_name),
        LeadSort.PLACE: col(Lead.place),
        LeadSort.HANDLER: col(Lead.handler),
        LeadSort.STANDING: either(order, value=standing_of(today)),
    }[sort]
