"""今日: what is late, due today, due soon, or still to be filled in. Due today is not overdue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, func
from sqlalchemy import case as either
from sqlmodel import Session, col, or_, select

from enforcer import money
from enforcer.errors import Level
from enforcer.law import deadlines
from enforcer.law.calendar import Calendar
from enforcer.models import Case, Decision, Notice, Organ, Payment
from enforcer.queries import case_steps, law_calendar, notices, registers
from enforcer.queries.case_clocks import Clock, clocks_of
from enforcer.queries.case_money import Money, money_of, payments_of
from enforcer.queries.cases import must_report
from enforcer.queries.looking import Where, looking
from enforcer.terms import COLLECTED_ON_SPOT, NoticeState, Origin, Procedure, Stage, Term

SOON_DAYS = 7
DECISION_DAYS = 30
CERTIFICATE_DAYS = 60
OUTCOME_DAYS = 30
NEXT_YEAR_FROM_MONTH = 12
ARTICLE_42 = "行政处罚法（2021）第四十二条第一款"
ARTICLE_54 = "行政处罚法（2021）第五十四条第二款"
ARTICLE_85 = "行政处罚法（2021）第八十五条"
OFFICERS = "registers.officers"
BLANKS = "notices.blanks"
NO_OUTCOME = "notices.no_outcome"
LAW_BOOK = "law_book.holidays"


class Pressing(Term):
    """How pressing a row is; the desk shows them in this order."""

    LATE = "late", "逾期"
    TODAY = "today", "今日到期"
    SOON = "soon", "近日"
    OPEN = "open", "待补"


@dataclass(frozen=True, slots=True)
class DueRow:
    """One thing to be done: what, on which matter, by which day, by which article and arithmetic.

    `kind` and `identity` say what Enter opens; `place` is a page instead, where there is no row,
    and `field` the field there.
    """

    key: str
    pressing: Pressing
    what: str
    matter: str
    due_on: date | None
    days_left: int | None
    cite: str
    why: tuple[str, ...] = ()
    waits_for: str = ""
    provisional: bool = False
    kind: str = ""
    identity: int | None = None
    place: str = ""
    field: str = ""


def due(where: Where, *, today: date, soon_days: int = SOON_DAYS) -> tuple[DueRow, ...]:
    """Everything the desk shows today, the most pressing first."""
    with looking(where) as session:
        rows = [
            *_decided(session, today, soon_days),
            *_filed(session, today, soon_days),
            *_certificates(session, today),
            *_blanks(session, today),
            *_outcomes(session, today),
            *_holidays(session, today),
        ]
    order = list(Pressing)
    return tuple(
        sorted(rows, key=lambda one: (order.index(one.pressing), one.due_on or date.max, one.key))
    )


def _pressing(due_on: date, today: date, soon_days: int) -> Pressing | None:
    """Where a day stands; None when it is too far off to be shown."""
    if due_on < today:
        return Pressing.LATE
    if due_on == today:
        return Pressing.TODAY
    return Pressing.SOON if (due_on - today).days <= soon_days else None


def _decided(session: Session, today: date, soon_days: int) -> Iterator[DueRow]:
    """Decisions made here: payment, hand-in of collected money, 备案, closing."""
    on_its_way = select(Payment.decision_id).where(
        col(Payment.mode).in_(sorted(COLLECTED_ON_SPOT)),
        or_(col(Payment.to_organ_on).is_(None), col(Payment.to_bank_on).is_(None)),
    )
    asked = (
        select(Case, Decision)
        .join(Decision, col(Decision.case_id) == Case.id)
        .where(
            Case.origin == Origin.MADE_HERE,
            or_(Case.stage == Stage.DECIDED, col(Decision.id).in_(on_its_way)),
        )
    )
    organs: dict[int | None, Organ | None] = {None: None}
    days = law_calendar.calendar_for(session)
    for case, decision in session.exec(asked).all():
        if case.organ_id not in organs:
            organs[case.organ_id] = session.get(Organ, case.organ_id)
        organ = organs[case.organ_id]
        yield from _of_decision(session, case, decision, organ, days, today, soon_days)


def _of_decision(
    session: Session,
    case: Case,
    decision: Decision,
    organ: Organ | None,
    days: Calendar,
    today: date,
    soon_days: int,
) -> Iterator[DueRow]:
    assert case.id
    assert decision.id
    owed = money_of(session, decision)
    payments = payments_of(session, decision.id)
    collected = [one for one in payments if one.mode in COLLECTED_ON_SPOT]
    revoked = decision.revoked_on is not None
    waiting = False
    for at, clock in enumerate(
        clocks_of(decision, payments, organ.report_days if organ else None, owed, days)
    ):
        hand_in = clock.due is not None and clock.due.rule.startswith("spot_money")
        if not clock.tracked or clock.done_on is not None or (revoked and not hand_in):
            continue
        if clock.title == RECORD and not must_report(case, decision):
            continue
        waiting = True
        row = _of_clock(case, decision, clock, at, owed, collected, today, soon_days)
        if row:
            yield row
    if not waiting and case.stage is Stage.DECIDED:
        yield from _closable(session, case, decision, today)


RECORD = "报本机关备案"
PAY = "缴纳罚款"


def _of_clock(
    case: Case,
    decision: Decision,
    clock: Clock,
    at: int,
    owed: Money,
    collected: list[Payment],
    today: date,
    soon_days: int,
) -> DueRow | None:
    due_on = clock.due.due_on if clock.due else None
    pressing = _pressing(due_on, today, soon_days) if due_on else Pressing.OPEN
    if pressing is None:
        return None
    what, waits_for = clock.title, ""
    why = clock.due.why if clock.due else (f"{clock.say}。",)
    if clock.title == PAY:
        what = f"{clock.title} {money.yuan(owed.open_fen)} 元"
        waits_for = "等当事人缴款"
        why = (*why, *_additional(owed, today))
    elif clock.due is not None and clock.due.rule.startswith("spot_money"):
        what = f"{clock.title} {money.yuan(sum(one.amount_fen for one in collected))} 元"
    elif clock.due is None:
        what = f"{clock.title}（天数待机关确认）"
    return DueRow(
        key=f"case-{case.id}-{at}",
        pressing=pressing,
        what=what,
        matter=f"{decision.number}　{case.party_name}",
        due_on=due_on,
        days_left=(due_on - today).days if due_on else None,
        cite=clock.cite,
        why=why,
        waits_for=waits_for,
        provisional=bool(clock.due and clock.due.provisional),
        kind="case",
        identity=case.id,
    )


def _additional(owed: Money, today: date) -> tuple[str, ...]:
    late = owed.additional(today)
    if late is None:
        return ()
    most = "，已到上限" if late.capped else ""
    amount = money.yuan(late.amount_fen)
    return (f"到 {today} 逾期 {late.days} 日，可以加处罚款 {amount} 元{most}（{late.cite}）。",)


def _closable(session: Session, case: Case, decision: Decision, today: date) -> Iterator[DueRow]:
    """A case with nothing left to wait for and nobody who closes it."""
    objections = case_steps.against_closing(session, case, decision, today=today)
    if any(one.level is Level.BLOCK for one in objections):
        return
    state = "决定已撤销" if decision.revoked_on else "已经履行完毕"
    yield DueRow(
        key=f"case-{case.id}-close",
        pressing=Pressing.OPEN,
        what="可以结案",
        matter=f"{decision.number}　{case.party_name}",
        due_on=None,
        days_left=None,
        cite="",
        why=(f"{state}，没有其他待办的期限，请登记结案。",),
        kind="case",
        identity=case.id,
    )


def _filed(session: Session, today: date, soon_days: int) -> Iterator[DueRow]:
    """Ordinary cases without a decision: 90 days from filing, shown as long as they are open."""
    decided = select(Decision.case_id)
    asked = select(Case).where(
        Case.stage == Stage.FILED,
        Case.procedure == Procedure.ORDINARY,
        col(Case.id).not_in(decided),
    )
    days = law_calendar.calendar_for(session)
    for case in session.exec(asked):
        matter = f"{case.number}　{case.party_name}"
        if case.filed_on is None:
            yield DueRow(
                key=f"case-{case.id}-filing",
                pressing=Pressing.OPEN,
                what="补登立案日期",
                matter=matter,
                due_on=None,
                days_left=None,
                cite=ARTICLE_54,
                why=("没有立案日期，算不出九十日的办案期限，请补登。",),
                kind="case",
                identity=case.id,
            )
            continue
        term = deadlines.due("decision", case.filed_on, calendar=days)
        pressing = _pressing(term.due_on, today, max(soon_days, DECISION_DAYS))
        if pressing:
            yield DueRow(
                key=f"case-{case.id}-decision",
                pressing=pressing,
                what="作出处罚决定",
                matter=matter,
                due_on=term.due_on,
                days_left=(term.due_on - today).days,
                cite=term.cite,
                why=term.why,
                provisional=term.provisional,
                kind="case",
                identity=case.id,
            )


def _certificates(session: Session, today: date) -> Iterator[DueRow]:
    """Certificates that end within 60 days; each is still valid on its last day."""
    for one in registers.certificates_expiring(session, today=today, days=CERTIFICATE_DAYS):
        pressing = _pressing(one.valid_until, today, CERTIFICATE_DAYS)
        assert pressing
        late = pressing is Pressing.LATE
        yield DueRow(
            key=f"certificate-{one.officer_id}",
            pressing=pressing,
            what="执法证已过期，不能执法" if late else "换领执法证",
            matter=f"{one.name}　{one.number}",
            due_on=one.valid_until,
            days_left=one.days_left,
            cite=ARTICLE_42,
            why=(
                f"执法证有效期至 {one.valid_until}，当日仍有效。",
                "没有有效执法证的人员不能实施行政处罚；换领后请在“台账—人员与证件”登记新的有效期。",
            ),
            place=OFFICERS,
            identity=one.officer_id,
        )


def _blanks(session: Session, today: date) -> Iterator[DueRow]:
    """Numbered blanks a patrol took along and has neither registered nor had voided."""
    for one in notices.unaccounted(session):
        since = f"，最早 {one.oldest_on} 领用" if one.oldest_on else ""
        days = f"，已 {(today - one.oldest_on).days} 日" if one.oldest_on else ""
        span = one.first if one.count == 1 else f"{one.first} 至 {one.last}"
        yield DueRow(
            key=f"blanks-{one.officer_id}",
            pressing=Pressing.OPEN,
            what=f"空白号 {one.count} 个没有交回",
            matter=f"{one.officer}　{span}",
            due_on=None,
            days_left=None,
            cite="",
            why=(f"领用的空白号要么登记为告知书，要么作废{since}{days}。",),
            place=BLANKS,
            identity=one.officer_id,
        )


def _outcomes(session: Session, today: date) -> Iterator[DueRow]:
    """Notices of the last weeks whose outcome nobody has entered; today's are still under way."""
    # inside CASE, so that the index of the days leads the search and not that of the states
    open_one = and_(
        col(Notice.state) == NoticeState.ISSUED,
        col(Notice.outcome).is_(None),
        col(Notice.origin) == Origin.MADE_HERE,
    )
    asked = select(
        func.sum(either((open_one, 1), else_=0)),
        func.min(either((open_one, col(Notice.noticed_on)))),
    ).where(
        col(Notice.noticed_on).between(today - timedelta(days=OUTCOME_DAYS), today - timedelta(1))
    )
    count, first = session.exec(asked).one()
    if count:
        yield DueRow(
            key="outcomes",
            pressing=Pressing.OPEN,
            what=f"{count} 份告知书没有登记处置结果",
            matter=f"最早 {first}",
            due_on=None,
            days_left=None,
            cite="",
            why=(f"近 {OUTCOME_DAYS} 日签发、结果空着的告知书；驶离多少要靠结果统计。",),
            place=NO_OUTCOME,
        )


def _holidays(session: Session, today: date) -> Iterator[DueRow]:
    """Years whose holiday notice is missing: until it is loaded every period there is provisional."""
    wanted = [today.year]
    if today.month >= NEXT_YEAR_FROM_MONTH:
        wanted.append(today.year + 1)
    known = law_calendar.calendar_for(session)
    for year in wanted:
        if not known.knows(year):
            yield DueRow(
                key=f"holidays-{year}",
                pressing=Pressing.OPEN,
                what=f"载入 {year} 年的放假通知",
                matter="工作日期限暂定",
                due_on=None,
                days_left=None,
                cite=ARTICLE_85,
                why=(
                    f"{year} 年的国务院放假通知没有载入，该年的工作日只按周六、周日推算。",
                    "算出的期限是暂定的，载入后会重新计算。",
                ),
                place=LAW_BOOK,
            )
