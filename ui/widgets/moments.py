"""Days and instants typed as people write them, shown in one form, always Asia/Shanghai."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QToolButton, QVBoxLayout

from ui import theme

CHINA: Final = ZoneInfo("Asia/Shanghai")
DAY_FORM: Final = "%Y-%m-%d"
MOMENT_FORM: Final = "%Y-%m-%d %H:%M"
_WORDS: Final = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "后天": 2}
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_FULL: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_SHORT: Final = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?")
_TIGHT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)|(?<!\d)(\d{2})(\d{2})(?!\d)(?!:)")
_TIME: Final = re.compile(r"(\d{1,2})[:时点](\d{1,2})分?(?::\d{1,2})?")
_TIGHT_TIME: Final = re.compile(r"(\d{2})(\d{2})")


def in_china(moment: datetime) -> datetime:
    """An aware instant as clocks in China show it."""
    return moment.astimezone(CHINA)


def show_day(day: date | None) -> str:
    """2026-09-03."""
    return day.strftime(DAY_FORM) if day else ""


def show_moment(moment: datetime | None) -> str:
    """2026-09-03 10:12, in China."""
    return in_china(moment).strftime(MOMENT_FORM) if moment else ""


def parse_day(text: str, *, today: date) -> tuple[date, str] | None:
    """The day at the head of a text and what follows it; the year may be left out; None if none."""
    plain = text.translate(_WIDE).strip()
    for word, days in _WORDS.items():
        if plain.startswith(word):
            return today + timedelta(days=days), plain[len(word) :].strip()
    for pattern in (_FULL, _SHORT, _TIGHT):
        hit = pattern.match(plain)
        if hit is None:
            continue
        parts = [int(one) for one in hit.groups() if one is not None]
        year, month, day = parts if len(parts) == 3 else (today.year, *parts)
        try:
            return date(year, month, day), plain[hit.end() :].strip(" T")
        except ValueError:
            return None
    return None


def parse_time(text: str) -> tuple[int, int] | None:
    """Hour and minute from 10:12, 10时12分, 1012; None when it is no time of day."""
    plain = text.translate(_WIDE).strip()
    hit = _TIME.fullmatch(plain) or _TIGHT_TIME.fullmatch(plain)
    if hit is None:
        return None
    hour, minute = int(hit[1]), int(hit[2])
    return (hour, minute) if hour < 24 and minute < 60 else None


CALENDAR_ROOM = 54


class DateEdit(QLineEdit):
    """A day: typed (2026-9-3, 9-3, 0903, 今天), stepped (↑↓), or from the calendar (F4)."""

    edited = Signal()
    example = "2026-09-03"

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.setPlaceholderText("年-月-日")
        self.setToolTip("可输入 2026-9-3、9-3、0903、今天、昨天；↑↓ 逐日增减；F4 打开日历")
        opener = QAction(theme.icon("calendar"), "打开日历", self)
        opener.triggered.connect(self.open_calendar)
        self.addAction(opener, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(lambda _text: self.edited.emit())
        self.editingFinished.connect(self._tidy)

    def minimumSizeHint(self) -> QSize:
        """A day is never cut: its words and the calendar."""
        room = self.fontMetrics().horizontalAdvance(self.example) + CALENDAR_ROOM
        return QSize(room, super().minimumSizeHint().height())

    def read(self) -> date | None:
        found = parse_day(self.text(), today=self._today())
        return found[0] if found and not found[1] and found[0].year >= 1949 else None

    def write(self, value: Any) -> None:
        try:
            self.setText(show_day(date.fromisoformat(value) if isinstance(value, str) else value))
        except ValueError:  # the draft of what could not be read
            self.setText(value)

    def complaint(self) -> str:
        if not self.text().strip() or self.read() is not None:
            return ""
        return f"“{self.text().strip()}”不是日期，请写成 {self.example}。"

    def open_calendar(self) -> None:
        """Show the month; a click or Enter takes the day, Esc leaves it as it was."""
        popup = _Calendar(self, self._day() or self._today())
        popup.chosen.connect(self._take)
        popup.open_below()

    def _day(self) -> date | None:
        return self.read()

    def _take(self, day: date) -> None:
        self.write(day)
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _tidy(self) -> None:
        found = self.read()
        if found is not None and self.text() != show_day(found):
            self.setText(show_day(found))

    def _step(self, days: int) -> None:
        self.write((self.read() or self._today()) + timedelta(days=days))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_F4 or (event.key() == Qt.Key.Key_Down and alt):
            self.open_calendar()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._step(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)


class DateTimeEdit(DateEdit):
    """An instant to the minute, aware, in China; ↑↓ step what the cursor stands in."""

    example = "2026-09-03 10:12"

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        super().__init__(lambda: in_china(now()).date())
        self.setPlaceholderText("年-月-日 时:分")
        self.setToolTip(
            "可输入 2026-9-3 10:12、9-3 1012、今天 10:12、10:12 或 1012（今天）、现在；↑↓ 增减；F4 打开日历"
        )

    def read(self) -> datetime | None:
        text = self.text().translate(_WIDE).strip()
        if text == "现在":
            return in_china(self._now()).replace(second=0, microsecond=0)
        only_time = bool(_TIME.fullmatch(text) or _TIGHT_TIME.fullmatch(text))
        found = (self._today(), text) if only_time else parse_day(text, today=self._today())
        clock = parse_time(found[1]) if found else None
        if found is None or clock is None or found[0].year < 1949:
            return None
        day = found[0]
        return datetime(day.year, day.month, day.day, *clock, tzinfo=CHINA)

    def write(self, value: Any) -> None:
        if not isinstance(value, str):
            self.setText(show_moment(value))
            return
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            at = None
        aware = at is not None and at.tzinfo is not None
        self.setText(show_moment(at) if aware else value)  # a draft: an instant, or as typed

    def _day(self) -> date | None:
        now = self.read()
        return now.date() if now else None

    def _take(self, day: date) -> None:
        at = self.read() or in_china(self._now())
        self.write(at.replace(year=day.year, month=day.month, day=day.day))
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _tidy(self) -> None:
        found = self.read()
        if found is not None and self.text() != show_moment(found):
            self.setText(show_moment(found))

    def _step(self, days: int) -> None:
        at = self.cursorPosition()
        now = self.read() or in_china(self._now())
        if at <= 10:
            step = timedelta(days=days)
        else:
            step = timedelta(hours=days) if at <= 13 else timedelta(minutes=days)
        self.write(now + step)
        self.setCursorPosition(at)


class _Calendar(QFrame):
    """The month under a date field."""

    chosen = Signal(object)

    def __init__(self, below: QLineEdit, day: date) -> None:
        super().__init__(below, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._below = below
        self.month = QCalendarWidget()
        self.month.setGridVisible(False)
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            shown = self.month.weekdayTextFormat(weekend)
            shown.setForeground(theme.colour("quiet"))
            self.month.setWeekdayTextFormat(weekend, shown)
        for name, icon in (("prevmonth", "previous"), ("nextmonth", "next")):
            step = self.month.findChild(QToolButton, f"qt_calendar_{name}")
            if step is not None:
                step.setIcon(theme.icon(icon, "ink"))
        self.month.setFixedSize(320, 260)
        self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.month.activated.connect(self._choose)
        self.month.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.month)

    def open_below(self) -> None:
        """Show the month under its field and give it the keyboard."""
        self.adjustSize()
        self.move(self._below.mapToGlobal(QPoint(0, self._below.height() + 2)))
        self.show()
        self.month.setFocus()

    def _choose(self, day: QDate) -> None:
        self.chosen.emit(date(day.year(), day.month(), day.day()))
        self.close()
