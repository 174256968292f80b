"""The clocks of an on-the-spot decision with their arithmetic: payment, money on its way, 备案."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from enforcer.law import arithmetic, deadlines
from enforcer.law.deadlines import Due
from enforcer.terms import COLLECTED_ON_SPOT, PaymentMode, Procedure

if TYPE_CHECKING:
    from typing import Protocol

    from enforcer.law.calendar import Calendar
    from enforcer.queries.case_owed import Money

    class Decided(Protocol):
        """What the clocks ask of a decision: its row has it, and so has the short look of the desk."""

        @property
        def procedure(self) -> Procedure: ...
        @property
        def decided_on(self) -> date: ...
        @property
        def served_on(self) -> date | None: ...
        @property
        def payment_mode(self) -> PaymentMode | None: ...
        @property
        def fine_fen(self) -> int: ...
        @property
        def reported_for_record_on(self) -> date | None: ...

    class Received(Protocol):
        """What the clocks ask of a payment."""

        @property
        def mode(self) -> PaymentMode: ...
        @property
        def paid_on(self) -> date: ...
        @property
        def to_organ_on(self) -> date | None: ...
        @property
        def to_bank_on(self) -> date | None: ...


ARTICLE_52_3 = "行政处罚法（2021）第五十二条第三款"


@dataclass(frozen=True, slots=True)
class Clock:
    """One period of a case: its arithmetic, and when it was met. Due today is not late.

    `due` is None while the office has not said how long (`say` tells what is to be settled). One
    that is not `tracked` is the party's own and is only shown.
    """

    title: str
    due: Due | None
    done_on: date | None
    say: str
    cite: str
    tracked: bool = True

    def late(self, today: date) -> bool:
        """Whether it was met too late, or has not been met and is over."""
        return self.tracked and self.due is not None and (self.done_on or today) > self.due.due_on

    def days_left(self, today: date) -> int | None:
        """Days to go; None when it is met or not settled."""
        if self.due is None or self.done_on is not None:
            return None
        return (self.due.due_on - today).days


def clocks_of(
    decision: Decided,
    payments: Sequence[Received],
    report_days: int | None,
    owed: Money,
    days: Calendar,
) -> tuple[Clock, ...]:
    """The periods that run from an on-the-spot decision, each with its arithmetic.

    `report_days` are the organ's own for 备案; None while 待机关确认.
    """
    found: list[Clock] = []
    if decision.procedure is not Procedure.SUMMARY:
        return ()
    served = decision.served_on or decision.decided_on
    if decision.payment_mode is PaymentMode.BANK and decision.fine_fen:
        due = deadlines.due("payment", served, calendar=days)
        paid = owed.last_paid_on if not owed.open_fen else None
        found.append(Clock("缴纳罚款", due, paid, "到期次日起可以加处罚款", due.cite))
    found += on_its_way(payments, days)
    found.append(_record(decision, report_days, days))
    remedy = deadlines.due("reconsideration", served, calendar=days)
    found.append(Clock("申请行政复议（当事人）", remedy, None, "", remedy.cite, tracked=False))
    return tuple(found)


def on_its_way(payments: Sequence[Received], days: Calendar) -> list[Clock]:
    """Money collected on the spot: to the organ, then to the bank (第七十一条)."""
    found = []
    for one in payments:
        if one.mode in COLLECTED_ON_SPOT:
            found += _hand_in(one, days)
    return found


def _hand_in(one: Received, days: Calendar) -> list[Clock]:
    to_organ = deadlines.due("spot_money_to_organ", one.paid_on, calendar=days)
    found = [Clock("罚款交至行政机关", to_organ, one.to_organ_on, "由执法人员交回", to_organ.cite)]
    if one.to_organ_on is not None:
        to_bank = deadlines.due("spot_money_to_bank", one.to_organ_on, calendar=days)
        found.append(Clock("罚款缴付银行", to_bank, one.to_bank_on, "由本机关缴付", to_bank.cite))
    return found


def _record(decision: Decided, length: int | None, days: Calendar) -> Clock:
    """备案: the law gives no days; the office's own number, or 待机关确认 (第五十二条第三款)."""
    done = decision.reported_for_record_on
    if not length:
        say = "法律没有规定天数，本机关的天数待机关确认，请到“设置—机关”填写"
        return Clock("报本机关备案", None, done, say, ARTICLE_52_3)
    period = arithmetic.Period(
        length=length,
        counting="working",
        before=False,
        rolls=False,
        cite=f"{ARTICLE_52_3}（天数按本机关规定）",
        from_on=decision.decided_on,
        until_on=None,
        verified="V",
        then="",
        note="",
    )
    reached = arithmetic.reach(period, "当场作出决定之日", decision.decided_on, None, days)
    due = Due(
        rule="summary_record",
        title="报本机关备案",
        from_on=decision.decided_on,
        due_on=reached.due_on,
        nominal_on=reached.nominal_on,
        counting="working",
        rolls=False,
        cite=period.cite,
        why=reached.why,
        provisional=reached.provisional,
    )
    return Clock("报本机关备案", due, done, "由执法人员报备", period.cite)
