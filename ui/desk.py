"""今日: what is late, due today, due soon, to be filled in. ↑↓ moves, Space opens the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from enforcer.law.calendar import weekday
from enforcer.queries.due import DueRow, Pressing, due
from ui.context import Context
from ui.desk_row import LOOKS, DeskRow
from ui.widgets.basics import (
    Card,
    EmptyState,
    IconLabel,
    Page,
    PageHeader,
    Scrolled,
    button,
    hairline,
    label,
)
from ui.widgets.moments import show_day

if TYPE_CHECKING:
    from enforcer.store.database import Store

TABLES: Final = frozenset(
    {
        "notice",
        "enforcement_case",
        "decision",
        "payment",
        "officer",
        "certificate",
        "organ",
        "setting",
        "number_rule",
        "power_source",
        "item_power",
        "recorder",
        "case_event",
        "lead",
        "holiday_notice",
        "evidence_file",
        "evidence_check",
        "recording_backup",
    }
)
SHOWN_AT_MOST: Final = 30
FIRST_ROWS, MORE_ROWS = 16, 8
"""Rows made at once, a screen full of them; and in each turn after it, while nothing else is asked."""
GAPS_AFTER_MS: Final = 300
"""The office's own gaps are asked once the first screen stands: they change once a month."""
ALL_DONE: Final = "没有逾期和近日到期的事项，也没有要补的内容。"


class DeskPage(Page):
    """The first screen: groups from late to open, Enter goes to the matter itself."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._asked_on: date | None = None
        self._all: set[Pressing] = set()
        self.due: tuple[DueRow, ...] = ()
        self._found: tuple[DueRow, ...] = ()
        self._gaps: tuple[DueRow, ...] = ()
        self._rows: list[DeskRow] = []
        self._making: Iterator[DeskRow] = iter(())
        self.header = PageHeader("今日", "")
        self._groups = QVBoxLayout()
        self._groups.setContentsMargins(0, 0, 0, 0)
        self._groups.setSpacing(14)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._groups)
        column.addStretch()
        self.area = Scrolled(content)
        self.empty = EmptyState(ALL_DONE, "去告知", lambda: context.window.go("notices"), icon="ok")
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.area)
        empty_card = Card()
        empty_card.body.addWidget(self.empty)
        self._stack.addWidget(empty_card)
        self._empty_card = empty_card
        self.body.addWidget(self.header)
        self.body.addWidget(holder, 1)
        self._gaps_soon = QTimer(self)
        self._gaps_soon.setSingleShot(True)
        self._gaps_soon.setInterval(GAPS_AFTER_MS)
        self._gaps_soon.timeout.connect(self.ask_gaps)
        self._rest = QTimer(self)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._make_more)
        self._make_acts()
        context.tasks.changed.connect(self._changed)

    def _make_acts(self) -> None:
        for text, on in (("全部展开期限的算法", self.unfold_all),):
            act = QAction(text, self)
            act.triggered.connect(lambda _checked=False, on=on: on())
            self.addAction(act)

    @property
    def rows(self) -> list[DeskRow]:
        """Every row, also those below the screen that were not made yet."""
        self._make(None)
        return self._rows

    def refresh(self) -> None:
        """Ask again what is due."""
        today = self.context.clock.today()
        self._asked_on = today
        self.context.tasks.ask(
            lambda store: due(store, today=today), self._answered, owner=self, latest="due"
        )
        self._gaps_soon.start()

    def _answered(self, found: tuple[DueRow, ...]) -> None:
        self._found = found
        self._show((*found, *self._gaps))

    def ask_gaps(self) -> None:
        """Ask what the office's own data lacks, and what could lose a recording."""
        today = self.context.clock.today()

        def find(store: Store) -> tuple[DueRow, ...]:
            from enforcer.queries.due_evidence import evidence_rows
            from enforcer.queries.office_gaps import office_gaps

            return (*evidence_rows(store, today=today), *office_gaps(store, today=today))

        self.context.tasks.ask(find, self._gaps_found, owner=self, latest="gaps")

    def _gaps_found(self, gaps: tuple[DueRow, ...]) -> None:
        if gaps != self._gaps:
            self._gaps = gaps
            self._show((*self._found, *gaps))

    def unfold_all(self) -> None:
        """Show the arithmetic of every row, or hide all of them."""
        wanted = not all(one.unfolded for one in self.rows)
        for one in self.rows:
            if one.unfolded is not wanted:
                one.unfold()

    def _show(self, found: tuple[DueRow, ...]) -> None:
        kept = next((one.row.key for one in self._rows if one.hasFocus()), "")
        open_keys = {one.row.key for one in self._rows if one.unfolded}
        had_focus = bool(kept) or self._may_take_focus()
        self.due = found
        self._clear()
        self._making = self._made(found, frozenset(open_keys))
        self._make(None if kept else FIRST_ROWS)
        self._rest.start()
        self._stack.setCurrentWidget(self.area if found else self._empty_card)
        self.header.set_subtitle(self._sentence())
        self._take_focus(kept, had_focus=had_focus)

    def _may_take_focus(self) -> bool:
        """Whether nothing is being typed elsewhere: what the screen waited for may have the focus."""
        now = QApplication.focusWidget()
        elsewhere = now is not None and self.isAncestorOf(now) and now is not self.empty.act
        return not elsewhere and not isinstance(now, QLineEdit) and not self._rows

    def _take_focus(self, kept: str, *, had_focus: bool) -> None:
        row = next((one for one in self._rows if one.row.key == kept), None)
        first = row or (self._rows[0] if self._rows else None)
        target: QWidget | None = first or self.empty.act
        if target is not None:
            self.setFocusProxy(target)
        if had_focus and self.isVisible() and first is not None:
            first.setFocus()
            if not first.hasFocus():  # a row just made is shown, and can be stood on, a turn later
                QTimer.singleShot(0, first, first.setFocus)

    def _made(self, found: Sequence[DueRow], unfolded: frozenset[str]) -> Iterator[DeskRow]:
        """Make the groups and their rows, one row at a time."""
        for pressing in Pressing:
            of_group = [one for one in found if one.pressing is pressing]
            if of_group:
                card = self._group(pressing, len(of_group))
                self._groups.addWidget(card)
                for one in self._filled(card, pressing, of_group):
                    if one.row.key in unfolded:
                        one.unfold()
                    yield one

    def _make(self, count: int | None) -> None:
        """Make so many rows more, or all that are left."""
        made = list(islice(self._making, count))
        self._rows += made
        if count is None or len(made) < count:
            self._rest.stop()

    def _make_more(self) -> None:
        self._make(MORE_ROWS)

    def _group(self, pressing: Pressing, count: int) -> Card:
        icon, tone = LOOKS[pressing]
        card = Card(spacing=0)
        card.body.setContentsMargins(10, 12, 10, 8)
        head = QHBoxLayout()
        head.setContentsMargins(10, 0, 10, 6)
        head.setSpacing(8)
        head.addWidget(IconLabel(icon, 18, tone))
        words = label(f"{pressing.label}　{count}", "section", tone if tone != "quiet" else "")
        head.addWidget(words)
        head.addStretch()
        card.body.addLayout(head)
        return card

    def _filled(self, card: Card, pressing: Pressing, rows: Sequence[DueRow]) -> Iterator[DeskRow]:
        limit = len(rows) if pressing in self._all else SHOWN_AT_MOST
        for at, row in enumerate(rows[:limit]):
            if at:
                card.body.addWidget(hairline())
            made = DeskRow(row)
            made.opened.connect(self._open)
            made.moved.connect(self._move)
            card.body.addWidget(made)
            yield made
        if len(rows) > limit:
            more = button(
                f"显示其余 {len(rows) - limit} 项",
                link=True,
                on=lambda: self._show_all_of(pressing),
            )
            card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_all_of(self, pressing: Pressing) -> None:
        self._all.add(pressing)
        self._show(self.due)

    def _clear(self) -> None:
        self._rows = []
        self._making = iter(())
        while self._groups.count():
            item = self._groups.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _sentence(self) -> str:
        today = self._asked_on or self.context.clock.today()
        parts = [f"{show_day(today)} {weekday(today)}"]
        for pressing in Pressing:
            count = sum(one.pressing is pressing for one in self.due)
            if count:
                parts.append(f"{pressing.label} {count}")
        if self.due:
            parts.append("回车打开，空格看期限怎样算出")
        return " · ".join(parts)

    def _move(self, row: DeskRow, by: int) -> None:
        at = self.rows.index(row) + by
        target = self.rows[min(max(at, 0), len(self.rows) - 1)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(target, 0, 24)

    def _open(self, row: DueRow) -> None:
        window = self.context.window
        if row.kind:
            window.open(row.kind, row.identity)
        else:
            window.go(row.place, row.field, row.identity)

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._asked_on = None
            if self.isVisible():
                self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._asked_on != self.context.clock.today():
            self.refresh()
