"""The publication register: what was settled for each decision, its clocks, what is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from enforcer import identity
from enforcer.course_terms import RemedyOutcome
from enforcer.errors import EnforcerError
from enforcer.law import deadlines
from enforcer.law.calendar import Calendar
from enforcer.law.deadlines import Due
from enforcer.models import Case, Decision, Organ, Party, Publication, Remedy
from enforcer.publication_terms import Audience, Withheld
from enforcer.queries import law_calendar
from enforcer.queries.looking import Where, by_id, looking, plain_ids
from enforcer.queries.periods import Period
from enforcer.queries.statistics_measures import item_title, titles
from enforcer.terms import Discretion, IdKind, PartyKind, PenaltyKind, Procedure

UNDONE = frozenset(
    {RemedyOutcome.CHANGED, RemedyOutcome.REVOKED, RemedyOutcome.UNLAWFUL, RemedyOutcome.VOID}
)
"""Outcomes after which a published decision is taken back (行政处罚法 第四十八条第二款)."""
UNSETTLED, NOT_SHOWN, TO_PUBLISH, SHOWN, TO_WITHDRAW, WITHDRAWN = (
    "未定", "不公开", "待公开", "已公开", "待撤回", "已撤回",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """One decision and one audience. `undone_on` is the day it was revoked or changed."""

    id: int
    decision_id: int
    case_id: int
    audience: Audience
    number: str
    procedure: Procedure
    decided_on: date
    party_name: str
    party_kind: PartyKind
    item: str
    kinds: tuple[PenaltyKind, ...]
    fine_fen: int
    punishes: bool
    born_on: date | None
    acted_on: date | None
    undone_on: date | None
    publication_id: int | None = None
    wanted: bool | None = None
    withheld: Withheld | None = None
    reason: str = ""
    approver: str = ""
    approver_id: int | None = None
    approved_on: date | None = None
    valid_until_on: date | None = None
    shown_until_on: date | None = None
    published_on: date | None = None
    published_where: str = ""
    withdrawn_on: date | None = None
    withdrawal_words: str = ""

    @property
    def state(self) -> str:
        """Where it stands, in one word."""
        if self.wanted is None:
            return UNSETTLED
        if not self.wanted:
            return NOT_SHOWN
        if self.withdrawn_on is not None:
            return WITHDRAWN
        if self.published_on is not None:
            return TO_WITHDRAW if self.undone_on else SHOWN
        return TO_PUBLISH


def clock(row: PublicationRow, calendar: Calendar) -> Due | None:
    """The period that runs: seven days to publish, three to take back; None when none does."""
    if row.state == TO_PUBLISH and row.undone_on is None:
        return deadlines.due("publication", row.decided_on, calendar=calendar)
    if row.state == TO_WITHDRAW and row.undone_on is not None:
        return deadlines.due("publication_withdrawal", row.undone_on, calendar=calendar)
    return None


def clocks(where: Where, rows: Sequence[PublicationRow]) -> dict[int, Due]:
    """The running period of each row that has one, by the row's id."""
    calendar = law_calendar.calendar_for(where)
    return {row.id: due for row in rows if (due := clock(row, calendar)) is not None}


def register(
    where: Where, audience: Audience, *, period: Period | None = None, search: str = ""
) -> list[PublicationRow]:
    """Every decision with what was settled for this audience, the latest first."""
    asked = (
        select(Decision, Case, Publication)
        .join(Case, col(Case.id) == Decision.case_id)
        .outerjoin(
            Publication,
            (col(Publication.decision_id) == Decision.id) & (col(Publication.audience) == audience),
        )
        .order_by(col(Decision.decided_on).desc(), col(Decision.id).desc())
    )
    if period is not None:
        asked = asked.where(col(Decision.decided_on).between(period.first, period.last))
    with looking(where) as session:
        found = session.exec(asked).all()
        parties = _parties(session, [case for _, case, _ in found])
        undone = _undone(session)
        known = titles()
        rows = [
            _row(decision, case, kept, (audience, parties, undone, known))
            for decision, case, kept in found
        ]
    words = search.strip()
    return [one for one in rows if not words or words in f"{one.number}{one.party_name}{one.item}"]


@dataclass(frozen=True, slots=True)
class ToPublish:
    """A decision that is to be published, and what became of it."""

    decision_id: int
    decided_on: date
    published_on: date | None
    undone_on: date | None


def to_publish(session: Session, period: Period) -> list[ToPublish]:
    """The decisions of these days that are to be shown to everybody, without their parties."""
    asked = (
        columns_of(
            col(Decision.id),
            col(Decision.case_id),
            col(Decision.decided_on),
            col(Decision.revoked_on),
            col(Publication.published_on),
        )
        .join(Publication, col(Publication.decision_id) == Decision.id)
        .where(
            col(Publication.audience) == Audience.PUBLIC,
            col(Publication.wanted),
            col(Decision.decided_on).between(period.first, period.last),
        )
    )
    undone = _undone(session)
    found = []
    for key, case_id, decided_on, revoked_on, published_on in session.execute(asked):
        days = [one for one in (revoked_on, undone.get(case_id)) if one]
        found.append(ToPublish(key or 0, decided_on, published_on, min(days) if days else None))
    return found


def rows(where: Where, audience: Audience, decision_ids: Sequence[int]) -> list[PublicationRow]:
    """These decisions with what was settled for this audience, in this order."""
    with looking(where) as session:
        found = {one.id: one for one in by_id(session, Decision, decision_ids) if one.id}
        cases = {
            one.id: one
            for one in by_id(session, Case, [decision.case_id for decision in found.values()])
        }
        kept = {
            one.decision_id: one
            for one in session.exec(
                select(Publication).where(
                    Publication.audience == audience,
                    col(Publication.decision_id).in_(list(found)),
                )
            )
        }
        shared = (audience, _parties(session, list(cases.values())), _undone(session), titles())
        return [
            _row(found[one], cases[found[one].case_id], kept.get(one), shared)
            for one in decision_ids
            if one in found
        ]


def one_row(where: Where, decision_id: int, audience: Audience) -> PublicationRow | None:
    """One decision's row; None when there is no such decision."""
    with looking(where) as session:
        decision = session.get(Decision, decision_id)
        if decision is None:
            return None
        case = session.get(Case, decision.case_id)
        assert case is not None
        kept = session.exec(
            select(Publication).where(
                Publication.decision_id == decision_id, Publication.audience == audience
            )
        ).first()
        shared = (audience, _parties(session, [case]), _undone(session), titles())
        return _row(decision, case, kept, shared)


def _row(
    decision: Decision,
    case: Case,
    kept: Publication | None,
    shared: tuple[Audience, Mapping[int, Party], Mapping[int, date], Mapping[str, str]],
) -> PublicationRow:
    audience, parties, undone, known = shared
    assert decision.id
    party = parties.get(case.party_id or 0)
    settled: dict[str, Any] = {}
    if kept is not None:
        settled = {
            "publication_id": kept.id,
            **{
                name: getattr(kept, name)
                for name in (
                    "wanted", "withheld", "reason", "approver", "approver_id", "approved_on",
                    "valid_until_on", "shown_until_on", "published_on", "published_where",
                    "withdrawn_on", "withdrawal_words",
                )
            },
        }  # fmt: skip
    days = [one for one in (decision.revoked_on, undone.get(decision.case_id)) if one]
    return PublicationRow(
        id=decision.id,
        decision_id=decision.id,
        case_id=decision.case_id,
        audience=audience,
        number=decision.number,
        procedure=decision.procedure,
        decided_on=decision.decided_on,
        party_name=case.party_name,
        party_kind=case.party_kind,
        item=item_title(known, case.item_key, case.cause),
        kinds=tuple(one for one in PenaltyKind if one.value in (decision.kinds or ())),
        fine_fen=decision.fine_fen,
        punishes=decision.discretion is not Discretion.NO_PENALTY,
        born_on=_born_on(case, party, decision.decided_on),
        acted_on=case.acted_on,
        undone_on=min(days) if days else None,
        **settled,
    )


def _born_on(case: Case, party: Party | None, today: date) -> date | None:
    """From the register, else from the identity number in the case."""
    if party is not None and party.born_on is not None:
        return party.born_on
    number = party.id_number if party is not None else case.party_id_number
    kind = party.id_kind if party is not None else IdKind.RESIDENT_ID
    if case.party_kind is not PartyKind.CITIZEN or kind is None or not number:
        return None
    try:
        return identity.read_id(kind, number, today=today).born_on
    except (identity.NotAccepted, EnforcerError):
        return None


def _parties(session: Session, cases: Sequence[Case]) -> dict[int, Party]:
    ids = plain_ids([one.party_id for one in cases])
    found: dict[int, Party] = {}
    for start in range(0, len(ids), 500):
        rows = session.exec(select(Party).where(col(Party.id).in_(ids[start : start + 500])))
        found.update({one.id: one for one in rows if one.id})
    return found


def _undone(session: Session) -> dict[int, date]:
    """Cases whose decision a remedy has undone, with the first day of it."""
    found: dict[int, date] = {}
    for case_id, day in session.exec(
        select(col(Remedy.case_id), col(Remedy.concluded_on)).where(
            col(Remedy.outcome).in_(sorted(UNDONE)), col(Remedy.concluded_on).is_not(None)
        )
    ):
        if day is not None:
            found[case_id] = min(found.get(case_id, day), day)
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands about a decision in a list for others, before anything is covered."""

    row: PublicationRow
    cause: str
    act: str
    breached: str
    sanctioned_by: str
    fine_fen: int
    confiscated_fen: int
    organ: str
    organ_code: str
    party_id_kind: IdKind | None
    party_id_number: str
    legal_representative: str
    address: str
    phone: str


def shown(where: Where, rows: Sequence[PublicationRow]) -> list[Shown]:
    """The facts of these decisions for a list, in this order."""
    with looking(where) as session:
        return [_shown(session, one) for one in rows]


def _shown(session: Session, row: PublicationRow) -> Shown:
    decision = session.get(Decision, row.decision_id)
    case = session.get(Case, row.case_id)
    assert decision is not None
    assert case is not None
    organ = session.get(Organ, case.organ_id) if case.organ_id else None
    party = session.get(Party, case.party_id) if case.party_id else None
    form: Mapping[str, Any] = (decision.facts or {}).get("form") or {}  # type: ignore[assignment]
    return Shown(
        row=row,
        cause=case.cause,
        act=str(form.get("facts") or case.act),
        breached=str(form.get("breached", "")),
        sanctioned_by=str(form.get("sanctioned_by", "")),
        fine_fen=decision.fine_fen,
        confiscated_fen=decision.confiscated_fen,
        organ=organ.name if organ else "",
        organ_code=organ.credit_code if organ else "",
        party_id_kind=party.id_kind if party else None,
        party_id_number=party.id_number if party else case.party_id_number,
        legal_representative=party.legal_representative if party else "",
        address=party.address if party else str(form.get("party_address", "")),
        phone=party.phone if party else str(form.get("party_phone", "")),
    )
