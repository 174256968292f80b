"""What each figure of the report counts: its rows, its day, its amount. The one place of the rules.

Penalties and leniency go by the day of decision; filing, closing, steps and payments by their own.
One decision is one 宗 in its heaviest class; 不予处罚 is never a penalty; a revoked decision stays.
Notices are those issued and not void; a blank that was spoiled has no day of its own and counts as
void on the day it was voided. Education counts the quantity of the ledger (份、人次), its entries
apart. Decided and paid are both of the whole decision, fine and confiscation, as ledgers write it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Table, and_, func, or_, true

from enforcer.course_terms import LeadOutcome, LeadSource
from enforcer.law import catalogue_data
from enforcer.models import Case, CaseEvent, Decision, Guidance, Lead, Notice, Payment
from enforcer.queries.periods import Period
from enforcer.terms import (
    COLLECTED_ON_SPOT,
    CaseStep,
    Discretion,
    GuidanceKind,
    NoPenaltyReason,
    NoticeOutcome,
    NoticeState,
    PenaltyKind,
    Procedure,
)

CHINA = ZoneInfo("Asia/Shanghai")
RULES_EDITION = "第1版"
"""Kept with every frozen report: whoever changes what a figure counts raises it."""
NO_ITEM = "未注明事项"
NO_PLACE = "未注明地点"

CASES: Table = Case.__table__  # type: ignore[attr-defined]
EVENTS: Table = CaseEvent.__table__  # type: ignore[attr-defined]
DECISIONS: Table = Decision.__table__  # type: ignore[attr-defined]
GUIDANCE: Table = Guidance.__table__  # type: ignore[attr-defined]
LEADS: Table = Lead.__table__  # type: ignore[attr-defined]
NOTICES: Table = Notice.__table__  # type: ignore[attr-defined]
PAYMENTS: Table = Payment.__table__  # type: ignore[attr-defined]


class Source(StrEnum):
    """Which rows a figure counts, and by which day."""

    DECISION = "decision"
    NOTICE = "notice"
    GUIDANCE = "guidance"
    FILED = "filed"
    CLOSED = "closed"
    EVENT = "event"
    PAYMENT = "payment"
    LEAD = "lead"


DAY: Mapping[Source, ColumnElement[date]] = {
    Source.DECISION: DECISIONS.c.decided_on,
    Source.NOTICE: NOTICES.c.noticed_on,
    Source.GUIDANCE: GUIDANCE.c.occurred_on,
    Source.FILED: CASES.c.filed_on,
    Source.CLOSED: CASES.c.closed_on,
    Source.EVENT: EVENTS.c.happened_on,
    Source.PAYMENT: PAYMENTS.c.paid_on,
    Source.LEAD: LEADS.c.received_on,
}
TABLE: Mapping[Source, Table] = {
    Source.DECISION: DECISIONS,
    Source.NOTICE: NOTICES,
    Source.GUIDANCE: GUIDANCE,
    Source.FILED: CASES,
    Source.CLOSED: CASES,
    Source.EVENT: EVENTS,
    Source.PAYMENT: PAYMENTS,
    Source.LEAD: LEADS,
}


@dataclass(frozen=True)
class Measure:
    """One figure that adds up day by day: the sum of `amount` (1 when None) where `where` holds."""

    key: str
    label: str
    source: Source
    where: ColumnElement[bool]
    amount: ColumnElement[int] | None = None
    money: bool = False


PENALTY = and_(DECISIONS.c.discretion != Discretion.NO_PENALTY, DECISIONS.c.heaviest.is_not(None))
NO_PENALTY = DECISIONS.c.discretion == Discretion.NO_PENALTY
ISSUED = NOTICES.c.state == NoticeState.ISSUED
ORDINARY_CASE = CASES.c.procedure == Procedure.ORDINARY
EVERY = true()
AMOUNT = DECISIONS.c.fine_fen + DECISIONS.c.confiscated_fen


def _decisions() -> list[Measure]:
    source = Source.DECISION
    found = [
        Measure(
            f"penalties.by_class.{one}",
            one.label,
            source,
            and_(PENALTY, DECISIONS.c.heaviest == one),
        )
        for one in PenaltyKind
    ]
    summary = and_(PENALTY, DECISIONS.c.procedure == Procedure.SUMMARY)
    ordinary = and_(PENALTY, DECISIONS.c.procedure == Procedure.ORDINARY)
    fine, confiscated = DECISIONS.c.fine_fen, DECISIONS.c.confiscated_fen
    found += [
        Measure("penalties.total", "行政处罚", source, PENALTY),
        Measure("penalties.amount", "罚没金额", source, PENALTY, AMOUNT, money=True),
        Measure("penalties.fines", "罚款金额", source, PENALTY, fine, money=True),
        Measure("penalties.confiscated", "没收金额", source, PENALTY, confiscated, money=True),
        Measure("penalties.summary", "简易程序", source, summary),
        Measure("penalties.ordinary", "普通程序", source, ordinary),
        Measure("penalties.summary_fines", "简易程序罚款", source, summary, fine, money=True),
        Measure("penalties.ordinary_fines", "普通程序罚款", source, ordinary, fine, money=True),
        Measure(
            "penalties.revoked",
            "其中后被撤销",
            source,
            and_(PENALTY, DECISIONS.c.revoked_on.is_not(None)),
        ),
    ]
    reason = DECISIONS.c.no_penalty_reason
    found += [
        Measure(f"leniency.no_penalty.{one}", one.label, source, and_(NO_PENALTY, reason == one))
        for one in NoPenaltyReason
    ]
    found += [
        Measure(
            "leniency.no_penalty.unstated",
            "未注明理由",
            source,
            and_(NO_PENALTY, reason.is_(None)),
        ),
        Measure("leniency.no_penalty.all", "不予处罚", source, NO_PENALTY),
        Measure(
            "leniency.mitigated",
            "减轻处罚",
            source,
            and_(PENALTY, DECISIONS.c.discretion == Discretion.MITIGATED),
        ),
        Measure(
            "leniency.lighter",
            "从轻处罚",
            source,
            and_(PENALTY, DECISIONS.c.discretion == Discretion.LIGHTER),
        ),
        Measure("payment.decided", "决定罚没", source, PENALTY, AMOUNT, money=True),
    ]
    return found


def _guidance() -> list[Measure]:
    source, quantity = Source.GUIDANCE, GUIDANCE.c.quantity
    found = [
        Measure("guidance.notices", "温馨告知书", Source.NOTICE, ISSUED),
        Measure(
            "guidance.notices_void",
            "作废编号",
            Source.NOTICE,
            NOTICES.c.state == NoticeState.VOID,
        ),
        Measure(
            "guidance.moved_off",
            "告知后驶离",
            Source.NOTICE,
            and_(ISSUED, NOTICES.c.outcome == NoticeOutcome.MOVED_OFF),
        ),
        Measure(
            "guidance.leaflets",
            "发放宣传单",
            source,
            GUIDANCE.c.kind == GuidanceKind.LEAFLET,
            quantity,
        ),
    ]
    for one in GuidanceKind:
        here = GUIDANCE.c.kind == one
        found.append(Measure(f"guidance.by_kind.{one}", one.label, source, here, quantity))
        found.append(Measure(f"guidance.acts.{one}", f"{one.label}（次）", source, here))
    return found


_STEPS = {
    "hearings": CaseStep.HEARING,
    "reconsiderations": CaseStep.RECONSIDERATION,
    "litigations": CaseStep.LITIGATION,
    "court_applications": CaseStep.COURT_APPLICATION,
    "transfers": CaseStep.TRANSFER,
}


def _course() -> list[Measure]:
    found = [
        Measure("course.leads", "线索", Source.LEAD, EVERY),
        Measure("course.filed", "立案", Source.FILED, EVERY),
        Measure("course.closed", "结案", Source.CLOSED, EVERY),
        Measure("course.filed_ordinary", "普通程序立案", Source.FILED, ORDINARY_CASE),
        Measure(
            "course.closed_ordinary",
            "普通程序办结",
            Source.CLOSED,
            and_(ORDINARY_CASE, CASES.c.filed_on.is_not(None)),
        ),
    ]
    found += [
        Measure(f"course.{key}", step.label, Source.EVENT, EVENTS.c.step == step.value)
        for key, step in _STEPS.items()
    ]
    return found


def _leads() -> list[Measure]:
    """By where they came from; what became of them counts with the day they came in."""
    replied = LEADS.c.replied_on.is_not(None)
    late = and_(
        replied, LEADS.c.reply_due_on.is_not(None), LEADS.c.replied_on > LEADS.c.reply_due_on
    )
    found = []
    for source in LeadSource:
        here = LEADS.c.source == source
        for name, label, where in (
            ("received", "受理", here),
            ("replied", "已答复", and_(here, replied)),
            ("late", "逾期答复", and_(here, late)),
            ("cases", "立案", and_(here, LEADS.c.outcome == LeadOutcome.CASE)),
            ("settled", "已办结", and_(here, LEADS.c.outcome.is_not(None))),
        ):
            words = f"{source.label}线索{label}"
            found.append(Measure(f"leads.{name}.{source}", words, Source.LEAD, where))
    return found


def _payments() -> list[Measure]:
    source = Source.PAYMENT
    on_spot = PAYMENTS.c.mode.in_(sorted(COLLECTED_ON_SPOT))
    paid, additional = PAYMENTS.c.amount_fen, PAYMENTS.c.additional_fen
    return [
        Measure("payment.paid", "实缴", source, EVERY, paid, money=True),
        Measure("payment.additional", "加处罚款", source, EVERY, additional, money=True),
        Measure("payment.collected_on_spot", "当场收缴", source, on_spot, paid, money=True),
    ]


MEASURES: Mapping[str, Measure] = {
    one.key: one for one in (*_decisions(), *_guidance(), *_course(), *_leads(), *_payments())
}
"""Figures that add up day by day."""

STANDING: Mapping[str, str] = {
    "guidance.vehicles": "涉及车辆",
    "guidance.repeat_vehicles": "其中重复告知车辆",
    "course.opening": "期初未结",
    "course.ending": "期末未结",
}
"""Figures of the whole span, which cannot be added up from its parts."""

LABELS: Mapping[str, str] = {**{key: one.label for key, one in MEASURES.items()}, **STANDING}


def is_money(key: str) -> bool:
    return key in MEASURES and MEASURES[key].money


def within(source: Source, period: Period) -> ColumnElement[bool]:
    """The rows whose day lies in the span."""
    spanned = DAY[source].between(period.first, period.last)
    if source in (
        Source.DECISION,
        Source.EVENT,
        Source.PAYMENT,
    ):  # a slip that was taken back never happened
        return spanned & TABLE[source].c.taken_back_at.is_(None)
    if source is Source.LEAD:
        return spanned & LEADS.c.voided_on.is_(None)
    return spanned


def spoiled_blanks(period: Period) -> ColumnElement[bool]:
    """Blanks that were voided in the span without ever having had a day of notice."""
    begins = datetime.combine(period.first, time.min, CHINA)
    ends = datetime.combine(period.last + timedelta(days=1), time.min, CHINA)
    return and_(
        NOTICES.c.noticed_on.is_(None),
        NOTICES.c.state == NoticeState.VOID,
        NOTICES.c.voided_at >= begins,
        NOTICES.c.voided_at < ends,
    )


def open_at(day: date) -> ColumnElement[bool]:
    """Ordinary cases that were filed before this day and not yet closed when it began."""
    return and_(
        ORDINARY_CASE,
        CASES.c.filed_on < day,
        or_(CASES.c.closed_on.is_(None), CASES.c.closed_on >= day),
    )


def titles() -> dict[str, str]:
    """The title of each item of the catalogue, in its latest version."""
    entries = catalogue_data.load().items.entries
    return {key: versions[-1].title for key, versions in entries.items()}


def item_title(known: Mapping[str, str], item_key: str, words: str) -> str:
    """What an item is called in the tables: the catalogue's title, else the words of the ledger."""
    return known.get(item_key) or words.strip(" ") or NO_ITEM


def of_item(table: Table, title: str) -> ColumnElement[bool]:
    """Cases or notices whose item is called so (the inverse of `item_title`)."""
    known = titles()
    keys = [key for key, one in known.items() if one == title]
    words: ColumnElement[Any] = table.c.cause if table is CASES else table.c.situation
    plain = and_(table.c.item_key.not_in(list(known)), _trimmed(words, title, NO_ITEM))
    return or_(table.c.item_key.in_(keys), plain)


def of_place(table: Table, place: str) -> ColumnElement[bool]:
    """Cases or notices of this place."""
    return _trimmed(table.c.place, place, NO_PLACE)


def _trimmed(column: ColumnElement[Any], text: str, unstated: str) -> ColumnElement[bool]:
    trimmed = func.trim(column)
    return or_(trimmed == "", trimmed == text) if text == unstated else trimmed == text
