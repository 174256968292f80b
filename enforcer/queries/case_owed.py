"""What a decision costs and what has come in: the arithmetic, without the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from enforcer.law import additional_fine
from enforcer.law.additional_fine import AdditionalFine

if TYPE_CHECKING:
    from typing import Protocol

    class Fined(Protocol):
        """What counting asks of a decision: its row has it, and so has the short look of the desk."""

        @property
        def fine_fen(self) -> int: ...
        @property
        def payment_due_on(self) -> date | None: ...

    class Received(Protocol):
        """What counting asks of a payment."""

        @property
        def paid_on(self) -> date: ...
        @property
        def amount_fen(self) -> int: ...
        @property
        def additional_fen(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts in 分; `due_on` only where the party pays at the bank."""

    fine_fen: int
    paid_fen: int
    additional_paid_fen: int
    due_on: date | None
    last_paid_on: date | None

    @property
    def open_fen(self) -> int:
        """What is still owed of the fine itself."""
        return max(0, self.fine_fen - self.paid_fen)

    def late_on(self, day: date) -> bool:
        """Due today is not overdue."""
        return bool(self.open_fen) and self.due_on is not None and day > self.due_on

    def additional(self, day: date) -> AdditionalFine | None:
        """What the late days have added by a day (第七十二条第一款第一项); None when in time.

        Paid in full, it stands still from the day of the last payment.
        """
        until = day if self.open_fen or self.last_paid_on is None else self.last_paid_on
        if not self.fine_fen or self.due_on is None or until <= self.due_on:
            return None
        return additional_fine.additional_fine(self.fine_fen, self.due_on, until)


NOTHING = Money(0, 0, 0, None, None)
"""Before a decision nothing is owed."""


def counted(decision: Fined, paid: Sequence[Received]) -> Money:
    """The money of a decision and what has come in for it."""
    return Money(
        decision.fine_fen,
        sum(one.amount_fen for one in paid),
        sum(one.additional_fen for one in paid),
        decision.payment_due_on,
        max((one.paid_on for one in paid), default=None),
    )
