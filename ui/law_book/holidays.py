"""放假与调休: the State Council's yearly notice, day by day; a year without one is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.law import calendar
from enforcer.queries import law_book
from ui.context import Context
from ui.widgets.banner import Banner
from ui.widgets.basics import Card, EmptyState
from ui.widgets.field import Field
from ui.widgets.inputs import Choice
from ui.widgets.moments import show_day
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day off, or a weekend that is worked."""

    day: date
    festival: str
    off: bool

    @property
    def id(self) -> str:
        return self.day.isoformat()


class HolidaysTab(QWidget):
    """The notices that are loaded; the periods of the law are counted by them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._years: dict[int, calendar.HolidayYear] = {}
        self.year = Choice()
        self.banner = Banner("info")
        self._days: dict[str, SpecialDay] = {}
        self.table = PagedTable(
            "holidays",
            (
                Column("日期", lambda row: show_day(row.day), 130),
                Column("星期", lambda row: calendar.weekday(row.day), 90),
                Column(
                    "怎样算",
                    lambda row: "放假，不是工作日" if row.off else "调休上班，是工作日",
                    200,
                    tone=lambda row: "" if row.off else "warn",
                    icon=lambda row: "calendar" if row.off else "warn",
                ),
                Column("节日", lambda row: row.festival, 160),
            ),
            self._load,
            title="放假与调休",
            empty=EmptyState(
                "这一年的放假通知还没有收录：按周一至周五计算，期限显示“暂定”。", icon="calendar"
            ),
        )
        self.table.selection_told.connect(context.window.tell_selection)
        card = Card(tight=True, spacing=8)
        row = QHBoxLayout()
        row.setContentsMargins(11, 4, 11, 2)
        row.setSpacing(16)
        picker = Field("年份", self.year)
        picker.setFixedWidth(160)
        row.addWidget(picker)
        row.addWidget(self.banner, 1, Qt.AlignmentFlag.AlignBottom)
        card.body.addLayout(row)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.year.edited.connect(self._show)
        self.setFocusProxy(self.year)
        context.tasks.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Ask for the notices that are loaded: the shipped ones and the office's own."""
        self.context.tasks.ask(law_book.holidays, self._know, owner=self, latest="holidays")

    def _know(self, rows: Sequence[law_book.HolidayRow]) -> None:
        self._years = {one.year.year: one.year for one in rows}
        now = self.context.clock.today().year
        years = sorted({*self._years, now, now + 1})
        self.year.set_choices([(one, f"{one} 年") for one in years])
        if self.year.read() is None or not self._days:
            self.year.write(now)
        self._show()

    def _changed(self, names: frozenset[str]) -> None:
        if "holiday_notice" in names:
            self.refresh()

    def _show(self) -> None:
        """Show the year chosen."""
        year = self.year.read()
        known = self._years.get(year)
        days: list[SpecialDay] = []
        if known is None:
            self.banner.say(
                "warn",
                f"{year} 年的放假通知还没有收录，这一年的期限都按周一至周五暂定，通知公布后再核对。",
            )
        else:
            days = [SpecialDay(one, name, off=True) for one, name in known.off.items()]
            days += [SpecialDay(one, name, off=False) for one, name in known.working.items()]
            self.banner.say("info", f"{known.title}（{known.number}）")
        days.sort(key=lambda one: one.day)
        self._days = {one.id: one for one in days}
        self.table.show_ids(list(self._days))

    def _load(self, keys: Sequence[str]) -> list[SpecialDay]:
        return [self._days[one] for one in keys]
