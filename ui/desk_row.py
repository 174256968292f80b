"""One row of 今日: when, what, on which matter, by which article; Space unfolds its arithmetic."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from enforcer.queries.due import DueRow, Pressing
from ui.widgets.basics import Elided, IconLabel, label
from ui.widgets.moments import show_day

LOOKS: Final = {
    Pressing.LATE: ("bad", "bad"),
    Pressing.TODAY: ("warn", "warn"),
    Pressing.SOON: ("today", "quiet"),
    Pressing.FORGOTTEN: ("history", "warn"),
    Pressing.OPEN: ("edit", "quiet"),
    Pressing.WAITING: ("clock", "quiet"),
}
"""Icon and tone of each group; the words beside them say the same."""
FAR: Final = 1_000_000
WHEN_WIDTH, WHAT_WIDTH, CITE_WIDTH, ROOMY = 184, 210, 160, 1000
MATTER_SHARE, WHOM_SHARE = 5, 2


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
        matter = Elided(row.matter)
        whom = Elided(row.waits_for)
        if not row.waits_for:
            whom.hide()  # its room is the matter's
        self._cite = label(_short_cite(row.cite), "small")
        self._cite.setToolTip(row.cite)
        self._cite.setMinimumWidth(CITE_WIDTH)  # so that whom it waits for stands in one column
        self._cite.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(when)
        line.addWidget(what)
        line.addWidget(matter, MATTER_SHARE)
        line.addWidget(whom, WHOM_SHARE)
        line.addWidget(self._cite)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the room is short, the article stands in the arithmetic only."""
        super().resizeEvent(event)
        self._cite.setVisible(self.width() >= ROOMY)

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


def _short_cite(cite: str) -> str:
    """The first article without its edition; all of it is in the tip and in the arithmetic."""
    return re.sub(r"（\d{4}）", "", cite.split("、", maxsplit=1)[0])


def _when(row: DueRow) -> str:
    if row.due_on is None or row.days_left is None:
        return "没有期限"
    provisional = "（暂定）" if row.provisional else ""
    if row.days_left < 0:
        left = f"逾期 {-row.days_left} 日"
    else:
        left = "今日" if row.days_left == 0 else f"还有 {row.days_left} 日"
    return f"{show_day(row.due_on)}　{left}{provisional}"
