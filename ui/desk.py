"""今日: what is late, due today, due soon, to be filled in. ↑↓ moves, Space opens the arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from enforcer.law.calendar import weekday
from enforcer.queries.due import DueRow, Pressing, due
from ui.context import Context
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
    }
)
LOOKS: Final = {
    Pressing.LATE: ("bad", "bad"),
    Pressing.TODAY: ("warn", "warn"),
    Pressing.SOON: ("clock", "quiet"),
    Pressing.OPEN: ("edit", "quiet"),
}
"""Icon and tone of each group; the words beside them say the same."""
SHOWN_AT_MOST: Final = 30
FAR: Final = 1_000_000
WHEN_WIDTH, WHAT_WIDTH, CITE_WIDTH = 190, 210, 330
ALL_DONE: Final = "没有逾期和近日到期的事项，也没有要补的内容。"


class Elided(QLabel):
    """Words that give way when the window is narrow; all of them are in the tip."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("role", "quiet")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setToolTip(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fits = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter,
            self.rect(),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            self.palette(),
            self.isEnabled(),
            fits,
            self.foregroundRole(),
        )
        painter.end()


class DeskRow(QFrame):
    """One thing to be done; `opened` on Enter or click, its arithmetic on Space."""

    opened = Signal(object)
    moved = Signal(object, int)

    def __init__(self, row: DueRow) -> None:
        super().__init__()
        self.row = row
        self.setObjectName(row.key)
        self.setProperty("stage", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._why: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 7, 10, 7)
        self._column.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(12)
        when = label(_when(row), "", LOOKS[row.pressing][1])
        when.setFixedWidth(WHEN_WIDTH)
        what = label(row.what, "strong")
        what.setMinimumWidth(WHAT_WIDTH)
        matter = Elided("　".join(one for one in (row.matter, row.waits_for) if one))
        cite = label(_short_cite(row.cite), "small")
        cite.setToolTip(row.cite)
        cite.setFixedWidth(CITE_WIDTH)
        cite.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(when)
        line.addWidget(what)
        line.addWidget(matter, 1)
        line.addWidget(cite)
        self._fold = IconLabel("next", 16, "faint")
        line.addWidget(self._fold)
        self._column.addLayout(line)
        self._tell()

    @property
    def unfolded(self) -> bool:
        """Whether the arithmetic is shown."""
        return self._why is not None

    def unfold(self) -> None:
        """Show how the day was found, or hide it again."""
        if self._why is not None:
            self._why.hide()
            self._why.deleteLater()
            self._why = None
        else:
            self._why = self._arithmetic()
            self._column.addWidget(self._why)
        self._fold.show_icon("unfold" if self.unfolded else "next", "faint")
        self._tell()

    def _arithmetic(self) -> QWidget:
        holder = QFrame()
        holder.setProperty("banner", "warn" if self.row.provisional else "info")
        column = QVBoxLayout(holder)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(4)
        for one in self.row.why:
            words = label(one, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(words)
        if self.row.cite and not any(self.row.cite in one for one in self.row.why):
            column.addWidget(label(f"依据：{self.row.cite}。", "quiet", wrap=True))
        return holder

    def _tell(self) -> None:
        said = [self.row.pressing.label, _when(self.row), self.row.what, self.row.matter]
        said += [self.row.waits_for, self.row.cite]
        told = "，".join(one for one in said if one)
        self.setAccessibleName(told)
        self.setAccessibleDescription(
            "".join(self.row.why) if self.unfolded else "回车打开，空格看怎样算出"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self.row)
        elif key == Qt.Key.Key_Space:
            self.unfold()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.moved.emit(self, 1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.moved.emit(self, FAR if key == Qt.Key.Key_End else -FAR)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(at):
            if self._fold.geometry().adjusted(-8, -8, 8, 8).contains(at):
                self.unfold()
            else:
                self.opened.emit(self.row)


class DeskPage(Page):
    """The first screen: groups from late to open, Enter goes to the matter itself."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._asked_on: date | None = None
        self._all: set[Pressing] = set()
        self.due: tuple[DueRow, ...] = ()
        self.rows: list[DeskRow] = []
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
        self._make_acts()
        context.tasks.changed.connect(self._changed)

    def _make_acts(self) -> None:
        for text, on in (("全部展开期限的算法", self.unfold_all),):
            act = QAction(text, self)
            act.triggered.connect(lambda _checked=False, on=on: on())
            self.addAction(act)

    def refresh(self) -> None:
        """Ask again what is due."""
        today = self.context.clock.today()
        self._asked_on = today
        self.context.tasks.ask(
            lambda store: due(store, today=today), self._show, owner=self, latest="due"
        )

    def unfold_all(self) -> None:
        """Show the arithmetic of every row, or hide all of them."""
        wanted = not all(one.unfolded for one in self.rows)
        for one in self.rows:
            if one.unfolded is not wanted:
                one.unfold()

    def _show(self, found: tuple[DueRow, ...]) -> None:
        kept = next((one.row.key for one in self.rows if one.hasFocus()), "")
        open_keys = {one.row.key for one in self.rows if one.unfolded}
        had_focus = bool(kept) or self.focusWidget() is None
        self.due = found
        self._clear()
        for pressing in Pressing:
            of_group = [one for one in found if one.pressing is pressing]
            if of_group:
                self._groups.addWidget(self._group(pressing, of_group))
        for one in self.rows:
            if one.row.key in open_keys:
                one.unfold()
        self._stack.setCurrentWidget(self.area if found else self._empty_card)
        self.header.set_subtitle(self._sentence())
        self._take_focus(kept, had_focus=had_focus)

    def _take_focus(self, kept: str, *, had_focus: bool) -> None:
        row = next((one for one in self.rows if one.row.key == kept), None)
        first = row or (self.rows[0] if self.rows else None)
        target: QWidget | None = first or self.empty.act
        if target is not None:
            self.setFocusProxy(target)
        if had_focus and self.isVisible() and first is not None:
            first.setFocus()

    def _group(self, pressing: Pressing, rows: Sequence[DueRow]) -> QWidget:
        icon, tone = LOOKS[pressing]
        card = Card(spacing=0)
        card.body.setContentsMargins(10, 12, 10, 8)
        head = QHBoxLayout()
        head.setContentsMargins(10, 0, 10, 6)
        head.setSpacing(8)
        head.addWidget(IconLabel(icon, 18, tone))
        words = label(f"{pressing.label}　{len(rows)}", "section", tone if tone != "quiet" else "")
        head.addWidget(words)
        head.addStretch()
        card.body.addLayout(head)
        limit = len(rows) if pressing in self._all else SHOWN_AT_MOST
        for at, row in enumerate(rows[:limit]):
            if at:
                card.body.addWidget(hairline())
            made = DeskRow(row)
            made.opened.connect(self._open)
            made.moved.connect(self._move)
            self.rows.append(made)
            card.body.addWidget(made)
        if len(rows) > limit:
            more = button(
                f"显示其余 {len(rows) - limit} 项",
                link=True,
                on=lambda: self._show_all_of(pressing),
            )
            card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _show_all_of(self, pressing: Pressing) -> None:
        self._all.add(pressing)
        self._show(self.due)

    def _clear(self) -> None:
        self.rows = []
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
        if self.rows:
            parts.append("回车打开，空格看期限怎样算出")
        return "　·　".join(parts)

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
            window.go(row.place, "", row.identity)

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._asked_on = None
            if self.isVisible():
                self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._asked_on != self.context.clock.today():
            self.refresh()


def _when(row: DueRow) -> str:
    if row.due_on is None or row.days_left is None:
        return row.pressing.label
    provisional = "（暂定）" if row.provisional else ""
    if row.days_left < 0:
        left = f"逾期 {-row.days_left} 日"
    else:
        left = "今日" if row.days_left == 0 else f"还有 {row.days_left} 日"
    return f"{show_day(row.due_on)}　{left}{provisional}"


def _short_cite(cite: str) -> str:
    """The article as it fits on the line; all of it is in the tip and in the arithmetic."""
    return cite if len(cite) <= 24 else cite.split("、", maxsplit=1)[0]
