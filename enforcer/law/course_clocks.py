"""The clocks of an ordinary case: what they start from, what moves them, when they end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from enforcer.course_terms import PeriodKind, RemedyKind, RemedyOutcome
from enforcer.law import additional_fine, arithmetic, deadlines
from enforcer.law.additional_fine import AdditionalFine, Interval
from enforcer.law.deadlines import Due
from enforcer.terms import CaseStep

if TYPE_CHECKING:
    from enforcer.law.course_known import Announced, Held, Known, MovedPeriod, Part

ONE_DAY = timedelta(days=1)
ARTICLE_45 = "行政处罚法（2021）第四十四条、第四十五条第一款"
UNDOING = frozenset({RemedyOutcome.REVOKED, RemedyOutcome.VOID})


def real_days(one: MovedPeriod, until: date) -> int:
    """How many days a change takes out of the ninety, or adds to them."""
    if one.kind is PeriodKind.EXTENSION:
        return one.days
    last = one.last or until
    return max((last - one.first).days + 1, 0)


def decision_due(facts: Known) -> Due | None:
    """Ninety days from filing, moved only by what a cited rule allows, by its real days (第六十条)."""
    if facts.filed_on is None:
        return None
    found = deadlines.due("decision", facts.filed_on, calendar=facts.calendar)
    moved = [(one, real_days(one, facts.day)) for one in facts.periods]
    added = sum(days for _, days in moved)
    if not added:
        return found
    said = tuple(f"{one.kind.label} {days} 日（{one.rule}）。" for one, days in moved)
    due_on = found.due_on + timedelta(days=added)
    return replace(found, due_on=due_on, why=(*found.why, *said, f"届满日顺移到 {due_on}。"))


def suspended(facts: Known) -> MovedPeriod | None:
    """The suspension that runs now."""
    running = (
        one for one in facts.periods if one.kind is PeriodKind.SUSPENSION and one.last is None
    )
    return next(running, None)


def office_days(title: str, event: str, start: date, days: int, cite: str, facts: Known) -> Due:
    """A period of the office's own working days, with its arithmetic."""
    period = arithmetic.Period(
        length=days,
        counting="working",
        before=False,
        rolls=False,
        cite=cite,
        from_on=start,
        until_on=None,
        verified="V",
        then="",
        note="",
    )
    reached = arithmetic.reach(period, event, start, None, facts.calendar)
    return Due(
        rule="office",
        title=title,
        from_on=start,
        due_on=reached.due_on,
        nominal_on=reached.nominal_on,
        counting="working",
        rolls=False,
        cite=cite,
        why=reached.why,
        provisional=reached.provisional,
    )


def defence_due(facts: Known, notice: Announced) -> Due | None:
    """The last day of 陈述、申辩 for a served notice; its days are the office's (待机关确认)."""
    served = facts.served_on(CaseStep.ANNOUNCED, notice.id)
    days = notice.defence_days or facts.defence_days
    if served is None or not days:
        return None
    return office_days("陈述、申辩", "告知书送达", served, days, ARTICLE_45, facts)


def hearing_due(facts: Known, notice: Announced) -> Due | None:
    """Five working days to ask for a hearing (第六十四条第一项)."""
    served = facts.served_on(CaseStep.ANNOUNCED, notice.id)
    if served is None or not notice.hearing_offered:
        return None
    return deadlines.due("hearing_request", served, calendar=facts.calendar)


def latest_to_notify(facts: Known, hearing_on: date) -> Due:
    """The last day on which the party may be told of a hearing (第六十四条第二项)."""
    return deadlines.due("hearing_notice", hearing_on, calendar=facts.calendar)


def seizure_due(one: Held, facts: Known) -> date:
    """Thirty days from the seizure, longer by tests that the party was told of (行政强制法 第二十五条)."""
    found = deadlines.due("seizure", one.on, calendar=facts.calendar).due_on
    return found + timedelta(days=tested_days(one))


def seizure_end(one: Held, facts: Known) -> date:
    """The last day as it stands: as decided or extended, the days of tests left out (第二十五条)."""
    if one.until_on is None:
        return seizure_due(one, facts)
    return one.until_on + timedelta(days=tested_days(one))


def tested_days(one: Held) -> int:
    """Days of tests that count, since the party was told in writing."""
    return sum(span.days for span in one.testing if span.told_on is not None)


def fine_fen(facts: Known) -> int:
    """What is owed in the first place: as decided, or as a remedy has changed it."""
    if facts.decision is None or facts.decision.revoked_on is not None:
        return 0
    changed = [
        one.changed_fine_fen
        for one in facts.remedies
        if one.outcome is RemedyOutcome.CHANGED and one.changed_fine_fen is not None
    ]
    return changed[-1] if changed else facts.decision.fine_fen


def paid_fen(facts: Known) -> int:
    return sum(one.amount_fen for one in facts.payments)


def open_fen(facts: Known) -> int:
    """What is still owed of the fine itself."""
    return max(fine_fen(facts) - paid_fen(facts), 0)


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole fine as its only part."""

    due_on: date
    amount_fen: int


def parts(facts: Known) -> Sequence[Part]:
    """By when which part is due: as deferred, else the whole on the fifteenth day."""
    if facts.deferrals:
        return facts.deferrals[-1].parts
    due_on = facts.decision.payment_due_on if facts.decision else None
    return (Whole(due_on, fine_fen(facts)),) if due_on and fine_fen(facts) else ()


def excluded(facts: Known) -> tuple[Interval, ...]:
    """Days of reconsideration and litigation, both ends included (第七十三条第三款)."""
    return tuple((one.on, one.concluded_on or max(facts.day, one.on)) for one in facts.remedies)


@dataclass(frozen=True, slots=True)
class Late:
    """What the late days have added: days of the longest delay, the sum, whether the cap was met."""

    days: int
    amount_fen: int
    capped: bool
    cite: str


def additional(facts: Known, day: date) -> Late | None:
    """加处罚款 by a day: part by part, standing still once a part is paid (第七十二条第一款第一项)."""
    left = sorted(facts.payments, key=lambda one: one.on)
    found: list[AdditionalFine] = []
    paid, earlier = 0, 0
    for part in parts(facts):
        earlier += part.amount_fen
        until = day
        paid = 0
        for payment in left:
            paid += payment.amount_fen
            if paid >= earlier:
                until = min(payment.on, day)
                break
        if part.amount_fen and until > part.due_on:
            found.append(
                additional_fine.additional_fine(
                    part.amount_fen, part.due_on, until, excluded(facts)
                )
            )
    if not found:
        return None
    return Late(
        max(one.days for one in found),
        sum(one.amount_fen for one in found),
        all(one.capped for one in found),
        found[0].cite,
    )


def additional_open_fen(facts: Known, day: date) -> int:
    """What of the additional fine is still open on a day."""
    late = additional(facts, day)
    return max((late.amount_fen if late else 0) - sum(p.additional_fen for p in facts.payments), 0)


def remedies_over_on(facts: Known) -> date | None:
    """The last day on which the decision can still be challenged; None before it is served."""
    served = facts.decision.served_on if facts.decision else None
    if served is None:
        return None
    suits = [one for one in facts.remedies if one.kind is RemedyKind.LITIGATION]
    if suits:
        return max((one.concluded_on or date.max) for one in suits)
    asked = [
        one
        for one in facts.remedies
        if one.kind is RemedyKind.RECONSIDERATION and one.outcome is not RemedyOutcome.DISMISSED
    ]
    if asked:
        told = asked[-1].received_on or asked[-1].concluded_on
        if told is None:
            return date.max
        return deadlines.due(
            "litigation_after_reconsideration", told, calendar=facts.calendar
        ).due_on
    return max(
        deadlines.due(one, served, calendar=facts.calendar).due_on
        for one in ("reconsideration", "litigation")
    )


def court_from_on(facts: Known) -> date | None:
    """What the three months run from: the remedies are over, or later the deferral (第七十二条第二款)."""
    over = remedies_over_on(facts)
    if over is None or not facts.deferrals:
        return over
    return max(over, *(part.due_on for part in facts.deferrals[-1].parts))


def court_until_on(facts: Known) -> Due | None:
    """The last day of the three months (行政强制法 第五十三条)."""
    start = court_from_on(facts)
    if start is None or start == date.max:
        return None
    return deadlines.due("court_application", start, calendar=facts.calendar)
