"""The stages of a case as a quiet list with ticks, today's in blue."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.basics import IconLabel, label


class StageState(StrEnum):
    """Where a stage stands; each has its icon and its word, so that colour is not the only sign."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    LATE = "late"


_LOOK = {
    StageState.DONE: ("stage_done", "ok", "", "已完成"),
    StageState.NOW: ("stage_now", "accent", "section", "正在办理"),
    StageState.NEXT: ("stage_next", "faint", "quiet", "未到"),
    StageState.LATE: ("warn", "bad", "section", "已逾期"),
}


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage: its key, its name, how it stands, and a quiet line (a date, what is missing)."""

    key: str
    name: str
    state: StageState
    detail: str = ""


class StageList(QWidget):
    """Stages from top to bottom; `chosen(key)` by mouse, or by ↑↓ and Enter."""

    chosen = Signal(str)

    def __init__(self, rows: Sequence[StageRow] = ()) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._rows: list[_Stage] = []
        self.setAccessibleName("办理环节")
        self.show_stages(rows)

    def show_stages(self, rows: Sequence[StageRow]) -> None:
        """Show these stages instead."""
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._rows = [_Stage(row) for row in rows]
        for one in self._rows:
            one.taken.connect(self.chosen)
            self._column.addWidget(one)
        self._column.addStretch()

    def stand_on(self, key: str) -> None:
        """Give the focus to this stage."""
        for one in self._rows:
            if one.key == key:
                one.setFocus(Qt.FocusReason.OtherFocusReason)


class _Stage(QWidget):
    taken = Signal(str)

    def __init__(self, row: StageRow) -> None:
        super().__init__()
        icon, tone, role, word = _LOOK[row.state]
        self.key = row.key
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 4, 4, 4)
        line.setSpacing(8)
        line.addWidget(IconLabel(icon, 20, tone), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(row.name, role, "accent" if row.state is StageState.NOW else ""))
        if row.detail:
            late = "bad" if row.state is StageState.LATE else ""
            words.addWidget(label(row.detail, "small", late, wrap=True))
        line.addLayout(words, 1)
        self.setProperty("stage", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"{row.name}，{word}" + (f"，{row.detail}" if row.detail else ""))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.taken.emit(self.key)
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.taken.emit(self.key)
