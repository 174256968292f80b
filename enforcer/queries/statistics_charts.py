"""The charts of the report: what each bar stands for, so that window and paper draw the same.

No chart sets persons or their fines beside each other (行政处罚法 第七十四条).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from enforcer.queries.statistics import Glance, Line, Report
from enforcer.queries.statistics_cells import Cell
from enforcer.queries.statistics_measures import LABELS, is_money
from enforcer.queries.statistics_rows import Cut
from enforcer.queries.statistics_vehicles import TIMES
from enforcer.terms import PenaltyKind

MOST_ITEMS = 8
MOST_PLACES = 10
NOTICES, PENALTIES = "guidance.notices", "penalties.total"
AGAINST = ("温馨告知书", "行政处罚")


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One bar: the name of its group, which of the series it is, the figure it opens."""

    name: str
    series: int
    cell: Cell

    @property
    def value(self) -> int:
        assert isinstance(self.cell.value, int)
        return self.cell.value


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in groups; `across` lays them down, for long names. `money` is in 分."""

    key: str
    title: str
    unit: str
    bars: tuple[ChartBar, ...]
    series: tuple[str, ...] = ()
    across: bool = False
    money: bool = False
    note: str = ""

    @property
    def empty(self) -> bool:
        return not any(one.value for one in self.bars)

    @property
    def groups(self) -> tuple[tuple[ChartBar, ...], ...]:
        """The bars of each name, one a series, in order."""
        size = max(len(self.series), 1)
        return tuple(self.bars[start : start + size] for start in range(0, len(self.bars), size))


def charts(report: Report) -> tuple[Chart, ...]:
    """Every chart of a report, in the order it is read."""
    return (
        by_month(report, NOTICES),
        by_month(report, PENALTIES),
        by_month(report, "penalties.amount"),
        against_by_month(report),
        classes(report),
        items(report),
        against_by_item(report),
        places(report),
        times(report),
    )


def by_month(report: Report | Glance, key: str) -> Chart:
    """One figure, month by month."""
    label = LABELS[key]
    unit = "" if is_money(key) else ("份" if key == NOTICES else "宗")
    bars = [_of_line(_month(one), one, key) for one in report.months]
    return Chart(f"months.{key}", f"各月{label}", unit, tuple(bars), money=is_money(key))


def against_by_month(report: Report | Glance) -> Chart:
    """Notices against penalties, month by month."""
    bars = [
        _of_line(_month(one), one, key, at)
        for one in report.months
        for at, key in enumerate((NOTICES, PENALTIES))
    ]
    return Chart("against_months", "告知与处罚（按月）", "", tuple(bars), AGAINST)


def classes(report: Report | Glance) -> Chart:
    """Penalties by their heaviest class, in the order of the classes; those that occurred."""
    found = [(one.label, f"penalties.by_class.{one}") for one in PenaltyKind]
    bars = [
        ChartBar(name, 0, Cell(count, Cut((key,)), report.period))
        for name, key in found
        if (count := report.figures[key])
    ]
    return Chart("classes", "处罚种类", "宗", tuple(bars))


def items(report: Report) -> Chart:
    """Penalties by item, summary and ordinary procedure beside each other."""
    keys = ("penalties.summary", "penalties.ordinary")
    lines = _most(report.items, ("penalties.total",), MOST_ITEMS)
    bars = [
        _of_line(one.name, one, key, at, "item") for one in lines for at, key in enumerate(keys)
    ]
    left = sum(bool(one["penalties.total"]) for one in report.items) - len(lines)
    return Chart(
        "items", "行政处罚（按事项）", "宗", tuple(bars), ("简易程序", "普通程序"), across=True,
        note=f"另有{left}个事项没有画出，见表。" if left else "",
    )  # fmt: skip


def against_by_item(report: Report) -> Chart:
    """Notices against penalties, by item."""
    lines = _most(report.items, (NOTICES, PENALTIES), MOST_ITEMS)
    bars = [
        _of_line(one.name, one, key, at, "item")
        for one in lines
        for at, key in enumerate((NOTICES, PENALTIES))
    ]
    left = sum(bool(one[NOTICES] or one[PENALTIES]) for one in report.items) - len(lines)
    return Chart(
        "against_items", "告知与处罚（按事项）", "", tuple(bars), AGAINST, across=True,
        note=f"另有{left}个事项没有画出，见表。" if left else "",
    )  # fmt: skip


def places(report: Report) -> Chart:
    """Where it happens most."""
    lines = _most(report.places, (NOTICES, PENALTIES), MOST_PLACES)
    bars = [
        _of_line(one.name, one, key, at, "place")
        for one in lines
        for at, key in enumerate((NOTICES, PENALTIES))
    ]
    left = len(report.places) + report.more_places - len(lines)
    return Chart(
        "places", "多发地点", "", tuple(bars), AGAINST, across=True,
        note=f"另有{left}处地点没有画出。" if left else "",
    )  # fmt: skip


BY_ITEM: Mapping[str, Callable[[Report], Chart]] = {"against": against_by_item, "items": items}
"""What a chart by item may show."""


def times(report: Report) -> Chart:
    """How many vehicles had one, two, three, four or more notices within the span."""
    bars = [
        ChartBar(name, 0, Cell(count, Cut((key,)), report.period))
        for (key, name), count in zip(TIMES.items(), report.times, strict=True)
    ]
    return Chart("times", "车辆（按本期被告知的次数）", "辆", tuple(bars))


def _most(lines: Sequence[Line], keys: Sequence[str], count: int) -> list[Line]:
    found = [one for one in lines if any(one[key] for key in keys)]
    return sorted(found, key=lambda one: -sum(one[key] for key in keys))[:count]


def _of_line(name: str, line: Line, key: str, series: int = 0, narrowed: str = "") -> ChartBar:
    place = {narrowed: line.name} if narrowed else {}
    return ChartBar(name, series, Cell(line[key], Cut((key,), **place), line.period))


def _month(line: Line) -> str:
    return f"{line.period.first.month}月"


def drawn(found: Iterable[Chart]) -> tuple[Chart, ...]:
    """Those that show anything."""
    return tuple(one for one in found if not one.empty)
