"""加处罚款: so much per cent a day of the fine, never above it, not during remedies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from enforcer.errors import InvalidForm
from enforcer.law import parameters
from enforcer.money import yuan

Interval = tuple[date, date]
NOT_COUNTED = "行政处罚法（2021）第七十三条第三款"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AdditionalFine:
    """What is owed on top of the fine: days counted, amount in 分, whether the cap was met."""

    days: int
    amount_fen: int
    capped: bool
    cite: str

    def as_json(self) -> dict[str, Any]:
        """Return the contract of the command `additional-fine`."""
        return {
            "days": self.days,
            "amount_yuan": yuan(self.amount_fen),
            "capped": self.capped,
            "cite": self.cite,
        }


def additional_fine(
    fine_fen: int,
    due_on: date,
    on: date,
    excluded: Iterable[Interval] = (),
    folder: Path | None = None,
) -> AdditionalFine:
    """Compute it from the day after the due day (行政处罚法 第七十二条第一款第一项).

    `excluded` are 复议 and 诉讼, both days inclusive; a day in two of them is left out once.
    """
    if fine_fen <= 0:
        raise InvalidForm({"fine": "罚款数额应当大于零，请核对处罚决定书。"})
    spans = list(excluded)
    if wrong := next((one for one in spans if one[0] > one[1]), None):
        raise InvalidForm(
            {"excluded": f"不计算的期间 {wrong[0]} 至 {wrong[1]} 的开始晚于结束，请核对两个日期。"}
        )
    rate = parameters.on("additional_fine_rate", on, folder)
    cap = parameters.on("additional_fine_cap", on, folder)
    days = _overdue_days(due_on, on, spans)
    percent = rate.value * days
    amount = _percent(fine_fen, min(percent, cap.value))
    cites = dict.fromkeys((*rate.cite.split("、"), *cap.cite.split("、")))
    if spans:
        cites[NOT_COUNTED] = None
    return AdditionalFine(
        days=days, amount_fen=amount, capped=percent > cap.value, cite="、".join(cites)
    )


def _percent(fen: int, percent: int) -> int:
    """So many per cent, rounded half up to the 分."""
    return (fen * percent + 50) // 100


def _overdue_days(due_on: date, on: date, excluded: list[Interval]) -> int:
    """Count the days after the due day up to `on`, less those excluded."""
    counted = max((on - due_on).days, 0)
    reached = due_on
    for first, last in sorted(excluded):
        if reached >= on:
            break
        begins = max(first, reached + ONE_DAY)
        ends = min(last, on)
        if begins <= ends:
            counted -= (ends - begins).days + 1
            reached = ends
    return counted
