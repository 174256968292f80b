"""The span of the report: a quarter first; ←→ steps it, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from enforcer.queries import periods
from enforcer.queries.periods import Period
from ui.widgets.basics import icon_button, label
from ui.widgets.inputs import Choice
from ui.widgets.moments import DateEdit

SORTS: Final = (("quarter", "季度"), ("month", "月份"), ("year", "年度"), ("span", "起止日期"))


class PeriodStep(QFrame):
    """The span in words; ←→ step it, Home is the present one."""

    stepped = Signal(int)
    homed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("stage", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._words = label("", "strong")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setMinimumWidth(150)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.addWidget(self._words)
        self.setToolTip("← → 前后移动，Home 回到当前（任何地方 Alt+← Alt+→）")

    def show_words(self, text: str) -> None:
        """Say which span is shown."""
        self._words.setText(text)
        self.setAccessibleName(f"统计期间：{text}")
        self.setAccessibleDescription("左右箭头前后移动")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Home:
            self.homed.emit()
        else:
            super().keyPressEvent(event)


class PeriodPicker(QWidget):
    """What sort of span, and which one; `picked(Period)` when it has changed."""

    picked = Signal(object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.period: Period = periods.quarter_of(today())
        self.sort = Choice(SORTS)
        self.sort.setAccessibleName("期间的种类")
        self.step = PeriodStep()
        self.first, self.last = DateEdit(today), DateEdit(today)
        self.first.setAccessibleName("开始日期")
        self.last.setAccessibleName("结束日期")
        self.wrong = label("", "error")
        self._dash = label("至", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.sort)
        row.addWidget(icon_button("previous", "前一期", on=lambda: self.step_by(-1)))
        row.addWidget(self.step)
        row.addWidget(icon_button("next", "后一期", on=lambda: self.step_by(1)))
        for one in (self.first, self._dash, self.last, self.wrong):
            row.addWidget(one)
        row.addStretch()
        for edit in (self.first, self.last):
            edit.setFixedWidth(136)
            edit.editingFinished.connect(self._span_typed)
        self.sort.edited.connect(self._sort_chosen)
        self.step.stepped.connect(self.step_by)
        self.step.homed.connect(self.home)
        self.setFocusProxy(self.step)
        self._show()

    def show_period(self, period: Period) -> None:
        """Take this span; nothing is said when it is the one shown already."""
        if period != self.period:
            self.period = period
            self._show()
            self.picked.emit(period)

    def step_by(self, by: int) -> None:
        """Go so many spans on, or back."""
        self.show_period(periods.step(self.period, by))

    def home(self) -> None:
        """The present span of the sort that is chosen."""
        self.show_period(self._present(self.sort.read()))

    def _present(self, sort: str) -> Period:
        today = self._today()
        if sort == "month":
            return periods.month(today.year, today.month)
        if sort == "year":
            return periods.year(today.year)
        return periods.quarter_of(today) if sort == "quarter" else self.period

    def _sort_chosen(self) -> None:
        """Another sort of span around the end of the one shown."""
        sort, end = self.sort.read(), min(self.period.last, self._today())
        end = max(end, self.period.first)
        made = {
            "quarter": periods.quarter_of(end),
            "month": periods.month(end.year, end.month),
            "year": periods.year(end.year),
            "span": self.period,
        }[sort]
        self._dress()
        self.show_period(made)

    def _span_typed(self) -> None:
        first, last = self.first.read(), self.last.read()
        if first is None or last is None:
            self.wrong.setText("请填写起止日期")
        elif first > last:
            self.wrong.setText("开始日期晚于结束日期")
        else:
            self.wrong.setText("")
            self.show_period(Period(first, last))

    def _dress(self) -> None:
        free = self.sort.read() == "span"
        for one in (self.first, self._dash, self.last, self.wrong):
            one.setVisible(free)

    def _show(self) -> None:
        self.step.show_words(self.period.label)
        self.first.write(self.period.first)
        self.last.write(self.period.last)
        self.wrong.setText("")
        self._dress()
