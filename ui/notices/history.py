"""What is known about a plate, shown before the form opens: cards, cases, one below the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.queries.notices import History, PastCase, PastNotice
from ui.notices.reading import case_line, past_line, past_result
from ui.widgets.basics import Elided, EmptyState, IconLabel, Scrolled, button, label

SHOWN = 12
HOW = (
    "输入号牌，这辆车的告知和案件立即显示。\n"
    "回车填表，沿用上一份的地点、事项和执法人员；\n"
    "Ctrl+Enter 签发并打印，光标回到号牌栏。\n"
    "没有号牌的填“无号牌”，看不清的填“号牌无法辨认”。"
)
NEXT = "按回车填表，沿用上一份的地点、事项和执法人员。"


class HistoryPanel(QWidget):
    """Earlier cards and cases of the plate; `opened(kind, id)` when one is chosen."""

    opened = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.empty = EmptyState(HOW, icon="vehicle")
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self._scroll = Scrolled(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty, 1)
        column.addWidget(self._scroll, 1)
        self._next = label(NEXT, "quiet", wrap=True)
        column.addStretch()
        column.addWidget(self._next)
        self.show_history(None)

    def show_history(self, found: History | None) -> None:
        """Show these; None is no plate yet, an empty history hides the list too."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        anything = found is not None and bool(found.notices or found.cases)
        self.empty.setVisible(found is None)
        self._next.setVisible(found is not None)
        self._scroll.setVisible(anything)
        if found is None or not anything:
            return
        for case in found.cases[:SHOWN]:
            self._rows.addWidget(self._case(case))
        for notice in found.notices[:SHOWN]:
            self._rows.addWidget(self._notice(notice))
        more = found.issued + found.void - SHOWN
        if more > 0:
            self._rows.addWidget(
                label(f"还有 {more} 份更早的告知，在右边按号牌筛选可以看到。", "small")
            )
        self._rows.addStretch()

    def _notice(self, one: PastNotice) -> QWidget:
        words, tone = past_result(one)
        return self._row("notices", past_line(one), words, tone, one.number, ("notice", one.id))

    def _case(self, one: PastCase) -> QWidget:
        stage = one.stage.label
        return self._row("penalty", case_line(one), stage, "warn", one.number, ("case", one.id))

    def _row(
        self, icon: str, text: str, result: str, tone: str, tip: str, target: tuple[str, int]
    ) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, 16, "quiet"), 0, Qt.AlignmentFlag.AlignVCenter)
        kind, identity = target
        words = Elided(text, "")
        words.setToolTip(f"{tip}\n{text}")
        row.addWidget(words, 1)
        row.addWidget(label(result, "", tone))
        see = button("查看", link=True, on=lambda: self.opened.emit(kind, identity))
        see.setAccessibleName(f"查看 {tip}")
        row.addWidget(see)
        return holder
