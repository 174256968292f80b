"""Wall charts (流程图) with the name and the confirmed periods of this office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from sqlmodel import select

from enforcer.documents import flowchart, flowchart_ordinary, flowchart_summary
from enforcer.documents.flowchart import SheetSize
from enforcer.documents.flowchart_parts import Law, Plan
from enforcer.documents.pdf import Paper
from enforcer.models import Organ
from enforcer.queries import office
from enforcer.queries.looking import Where, looking
from enforcer.terms import PartyKind

__all__ = ["ChartKind", "SheetSize", "chart", "office_chart", "plan_of"]


class ChartKind(StrEnum):
    """Which course a chart shows; the value is what the command calls it."""

    SUMMARY = "summary"
    ORDINARY = "ordinary"


TITLES = {
    ChartKind.SUMMARY: flowchart_summary.TITLE,
    ChartKind.ORDINARY: flowchart_ordinary.TITLE,
}
_PLANS: Mapping[ChartKind, Callable[[Law], Plan]] = {
    ChartKind.SUMMARY: flowchart_summary.plan,
    ChartKind.ORDINARY: flowchart_ordinary.plan,
}


def plan_of(kind: ChartKind, law: Law) -> Plan:
    """The chart before it is drawn."""
    return _PLANS[kind](law)


def chart(
    kind: ChartKind,
    *,
    on: date,
    unit: str = "",
    size: SheetSize = SheetSize.A3,
    settled: Mapping[str, str] | None = None,
) -> Paper:
    """A chart as of a day; what the law leaves to the office says 待机关确认 unless `settled`."""
    plan = plan_of(kind, Law(on, settled or {}))
    return flowchart.render(plan, on=on, unit=unit, size=size)


def office_chart(
    where: Where, kind: ChartKind, *, on: date, size: SheetSize = SheetSize.A3
) -> Paper:
    """The same with this office's name, where it has only one, and what it has confirmed."""
    with looking(where) as session:
        names = [one.name for one in session.exec(select(Organ))]
        settled = settled_by_office(session)
    unit = names[0] if len(names) == 1 else ""
    return chart(kind, on=on, unit=unit, size=size, settled=settled)


def settled_by_office(where: Where) -> dict[str, str]:
    """What the office has confirmed of the questions the law leaves to it, in words."""
    return {
        one.question.name: _said(one.value)
        for one in office.all_confirmed(where)
        if one.value is not None
    }


def _said(value: int | str) -> str:
    """As the chart says it: a number, or 按公民 for the question about 个体工商户."""
    kinds = {one.value: f"按{one.label}" for one in PartyKind}
    return kinds.get(str(value), str(value))
