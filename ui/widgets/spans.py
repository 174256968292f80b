"""A filter by day for lists: the usual spans by name, or two dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.basics import label
from ui.widgets.inputs import Choice
from ui.widgets.moments import DateEdit

ANY, TODAY, WEEK, MONTH, QUARTER, YEAR, SPAN = (
    "any",
    "today",
    "week",
    "month",
    "quarter",
    "year",
    "span",
)
PERIODS: Final = (
    (ANY, "不限日期"),
    (TODAY, "今天"),
    (WEEK, "近 7 天"),
    (MONTH, "本月"),
    (QUARTER, "本季度"),
    (YEAR, "今年"),
    (SPAN, "指定日期"),
)


def period_of(name: str, today: date) -> tuple[date | None, date | None]:
    """First and last day of a named period."""
    firsts = {
        TODAY: today,
        WEEK: today - timedelta(days=6),
        MONTH: today.replace(day=1),
        QUARTER: date(today.year, (today.month - 1) // 3 * 3 + 1, 1),
        YEAR: date(today.year, 1, 1),
    }
    return (firsts[name], today) if name in firsts else (None, None)


class SpanFilter(QWidget):
    """The name of a span; two dates appear for one that has none."""

    edited = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.period = Choice(PERIODS)
        self.period.setAccessibleName("按日期筛选")
        self.first, self.last = DateEdit(today), DateEdit(today)
        self.first.setAccessibleName("从哪一天起")
        self.last.setAccessibleName("到哪一天止")
        self._dash = label("至", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for one in (self.period, self.first, self._dash, self.last):
            row.addWidget(one)
        self._dress()
        for field in (self.period, self.first, self.last):
            field.edited.connect(self._edited)

    def read(self) -> tuple[date | None, date | None]:
        """First and last day, None where it is open."""
        name = str(self.period.read())
        if name == SPAN:
            return self.first.read(), self.last.read()
        return period_of(name, self._today())

    def _edited(self) -> None:
        self._dress()
        self.edited.emit()

    def _dress(self) -> None:
        for one in (self.first, self._dash, self.last):
            one.setVisible(self.period.read() == SPAN)
