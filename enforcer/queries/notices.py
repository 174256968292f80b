"""The notice desk asks: history of a plate, the list, blanks not returned, what to fill in next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlalchemy import select as columns_of
from sqlmodel import col, select

from enforcer.models import Case, Decision, Document, Notice, Officer
from enforcer.queries.looking import Where, looking
from enforcer.queries.notice_list import (
    NoticeFilter,
    NoticeRow,
    NoticeSort,
    ids,
    of_document,
    row,
    rows,
)
from enforcer.terms import (
    NoticeOutcome,
    NoticeState,
    Origin,
    PenaltyKind,
    PlateKind,
    Procedure,
    SeriesKind,
    Stage,
)

HISTORY_SHOWN = 50


@dataclass(frozen=True, slots=True)
class PastNotice:
    """An earlier notice to a vehicle."""

    id: int
    number: str
    state: NoticeState
    origin: Origin
    noticed_at: datetime
    place: str
    situation: str
    item_key: str
    outcome: NoticeOutcome | None


@dataclass(frozen=True, slots=True)
class PastCase:
    """A case against the vehicle's plate, with what was decided."""

    id: int
    number: str
    cause: str
    procedure: Procedure
    stage: Stage
    acted_on: date | None
    decided_on: date | None
    heaviest: PenaltyKind | None
    fine_fen: int


@dataclass(frozen=True, slots=True)
class History:
    """All cards and cases of a plate, newest first; `issued` and `void` count all of them."""

    plate_key: str
    issued: int
    void: int
    notices: tuple[PastNotice, ...]
    cases: tuple[PastCase, ...]

    @property
    def last(self) -> PastNotice | None:
        """The newest card that is not void."""
        return next((one for one in self.notices if one.state is NoticeState.ISSUED), None)


@dataclass(frozen=True, slots=True)
class DayCounts:
    """The line under the page's title."""

    today: int
    void_today: int
    blanks_out: int


@dataclass(frozen=True, slots=True)
class BlanksOut:
    """Numbered blanks an officer was given and has not yet returned."""

    officer_id: int
    officer: str
    ids: tuple[int, ...]
    first: str
    last: str
    oldest_on: date | None

    @property
    def count(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class LastUsed:
    """What the next form is filled with: place, item, officers, recorders of the last notice."""

    place: str = ""
    item_key: str = ""
    situation: str = ""
    nearby: str = ""
    officer1_id: int | None = None
    officer2_id: int | None = None
    recorders: tuple[str, ...] = ()
    recorder_reason: str = ""
    prefix: str = ""  # 省份简称和字母 most cars noticed lately carry


def history(where: Where, plate_key: str) -> History:
    """All cards and cases of a plate; nothing is compared when there is no plate."""
    if not plate_key:
        return History("", 0, 0, (), ())
    of_case, decided = PastCase.__slots__[:6], PastCase.__slots__[6:]
    with looking(where) as session:
        counts = dict(
            session.execute(
                select(Notice.state, func.count())
                .where(Notice.plate_key == plate_key)
                .group_by(Notice.state)
            ).all()
        )
        cards = session.execute(
            columns_of(*(getattr(Notice, one) for one in PastNotice.__slots__))
            .where(col(Notice.plate_key) == plate_key, col(Notice.noticed_at).is_not(None))
            .order_by(col(Notice.noticed_at).desc())
            .limit(HISTORY_SHOWN)
        ).all()
        cases = session.execute(
            columns_of(*(getattr(Case, one) for one in of_case))
            .add_columns(*(getattr(Decision, one) for one in decided))
            .join(Decision, col(Decision.case_id) == Case.id, isouter=True)
            .where(col(Case.plate_key) == plate_key)
            .order_by(col(Case.id).desc())
            .limit(HISTORY_SHOWN)
        ).all()
    return History(
        plate_key,
        counts.get(NoticeState.ISSUED, 0),
        counts.get(NoticeState.VOID, 0),
        tuple(PastNotice(*one) for one in cards),
        tuple(PastCase(**{**one._mapping, "fine_fen": one.fine_fen or 0}) for one in cases),
    )


def day_counts(where: Where, today: date) -> DayCounts:
    """How many notices of today, how many of them void, how many blanks are still out."""
    with looking(where) as session:
        by_state = dict(
            session.execute(
                select(Notice.state, func.count())
                .where(Notice.noticed_on == today)
                .group_by(Notice.state)
            ).all()
        )
        blanks = session.execute(
            select(func.count()).where(Notice.state == NoticeState.BLANK)
        ).scalar_one()
    return DayCounts(
        by_state.get(NoticeState.ISSUED, 0), by_state.get(NoticeState.VOID, 0), int(blanks)
    )


def unaccounted(where: Where) -> list[BlanksOut]:
    """Blanks that were given out and neither registered nor void, officer by officer."""
    with looking(where) as session:
        found = session.exec(
            select(Notice, Officer.name)
            .join(Officer, col(Officer.id) == Notice.blank_holder_id, isouter=True)
            .where(Notice.state == NoticeState.BLANK)
            .order_by(col(Notice.series_id), col(Notice.serial))
        ).all()
    by_officer: dict[int, list[tuple[Notice, str]]] = {}
    for notice, name in found:
        by_officer.setdefault(notice.blank_holder_id or 0, []).append((notice, name or ""))
    return [
        BlanksOut(
            officer,
            held[0][1] or "没有登记领用人",
            tuple(one.id or 0 for one, _ in held),
            held[0][0].number,
            held[-1][0].number,
            min((one.blank_given_on for one, _ in held if one.blank_given_on), default=None),
        )
        for officer, held in by_officer.items()
    ]


def last_used(where: Where) -> LastUsed:
    """What was filled in last on this desk, so that the next form begins with it."""
    papers = (
        select(Document.id)
        .where(Document.template_key == SeriesKind.NOTICE.value)
        .order_by(col(Document.id).desc())
        .limit(20)
    )
    own = (
        select(Notice)
        .where(col(Notice.document_id).in_(papers))
        .order_by(col(Notice.document_id).desc(), col(Notice.id).desc())
    )
    lately = select(Notice).order_by(col(Notice.noticed_at).desc())
    last = None
    with looking(where) as session:
        seen: list[Notice] = []
        for asked in (own, lately):
            seen += session.exec(asked.limit(50))  # the state is looked at here: no index helps
            last = next((one for one in seen if _can_be_used_again(one)), None)
            if last is not None:
                break
    heads = Counter(one.plate_key[:2] for one in seen if one.plate_kind is PlateKind.ORDINARY)
    prefix = next((head for head, _ in heads.most_common(1)), "")
    if last is None:
        return LastUsed(prefix=prefix)
    return LastUsed(
        last.place,
        last.item_key,
        last.situation,
        last.nearby,
        last.officer1_id,
        last.officer2_id,
        tuple(one for one in last.recorders.split("、") if one),
        last.recorder_reason,
        prefix,
    )


def _can_be_used_again(one: Notice) -> bool:
    both = one.officer1_id is not None and one.officer2_id is not None
    return both and one.state is NoticeState.ISSUED


def places(where: Where, *, limit: int = 200) -> list[str]:
    """Places noticed lately, most often first, for completion as it is typed."""
    with looking(where) as session:
        lately = (
            select(Notice.place)
            .where(Notice.state == NoticeState.ISSUED, Notice.place != "")
            .order_by(col(Notice.id).desc())
            .limit(2000)
            .subquery()
        )
        counted = (
            select(lately.c.place)
            .group_by(lately.c.place)
            .order_by(func.count().desc(), lately.c.place)
            .limit(limit)
        )
        return list(session.execute(counted).scalars())


__all__ = [
    "BlanksOut",
    "DayCounts",
    "History",
    "LastUsed",
    "NoticeFilter",
    "NoticeRow",
    "NoticeSort",
    "PastCase",
    "PastNotice",
    "day_counts",
    "history",
    "ids",
    "last_used",
    "of_document",
    "places",
    "row",
    "rows",
    "unaccounted",
]
