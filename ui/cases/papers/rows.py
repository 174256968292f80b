"""The papers of a case as lines by stage: one line has the focus, arrows move it, Enter opens it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.queries.course_papers_offers import PaperOffer, State
from ui.widgets.basics import IconLabel, label
from ui.widgets.moments import show_day

_LOOK = {
    State.MADE: ("ok", "ok", "已出"),
    State.VOID: ("void", "faint", "作废"),
    State.READY: ("document", "accent", "可以出件"),
    State.OPTIONAL: ("document", "quiet", "需要时出件"),
    State.MISSING: ("stage_next", "faint", "还缺"),
}
SHORT = 12  # characters of what a paper is about
Place = tuple[str, int, int]
"""A line wherever it stands: template, row of the case, paper that came out of it."""


def place_of(one: PaperOffer) -> Place:
    """What the line is about, so that it is found again after a change."""
    return one.key, one.row, one.document.id if one.document else 0


def named(title: str, about: str) -> str:
    """The title, and what tells it from others of its kind, short enough for one line."""
    short = about if len(about) <= SHORT else f"{about[: SHORT - 1]}…"
    return f"{title}　{short}" if about else title


def detail_of(one: PaperOffer) -> str:
    """The quiet line: number and day of one that came out, why another is missing."""
    if one.document is not None:
        printed = f"打印 {one.document.print_count} 次" if one.document.print_count else "未打印"
        said = [one.document.number, show_day(one.document.on), printed if not one.say else one.say]
    elif one.state is State.MISSING:
        said = [f"缺：{one.say}{f'（{one.cite}）' if one.cite else ''}"]
    elif one.state is State.OPTIONAL:
        said = [one.say]
    else:
        said = ["可以出件", show_day(one.on) if one.on else ""]
    return "　".join(each for each in said if each)


class PaperLine(QWidget):
    """One paper."""

    taken = Signal(object)
    reached = Signal(object)
    asked_menu = Signal(object, QPoint)

    def __init__(self, one: PaperOffer) -> None:
        super().__init__()
        self.offer = one
        icon, tone, word = _LOOK[one.state]
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 4, 4, 4)
        line.setSpacing(8)
        line.addWidget(IconLabel(icon, 18, tone), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        title = named(one.title, one.label)
        plain = one.state in (State.MADE, State.READY)
        words.addWidget(
            label(title, "" if plain else "quiet", "accent" if one.state is State.READY else "",
                  wrap=True)
        )  # fmt: skip
        detail = detail_of(one)
        words.addWidget(label(detail, "small", wrap=True))
        line.addLayout(words, 1)
        self.setProperty("stage", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(f"{title}，{word}，{detail}")
        self.setObjectName(f"paper_{one.key}_{one.row}")
        if one.state is not State.MISSING:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.reached.emit(self)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.taken.emit(self.offer)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.taken.emit(self.offer)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.setFocus()
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.mapToGlobal(self.rect().center())
        self.asked_menu.emit(self.offer, where)


class PaperLines(QWidget):
    """All lines under their stages; only the line in turn is reached by Tab."""

    opened = Signal(object)
    asked_menu = Signal(object, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[PaperLine] = []
        self._at: Place | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.setAccessibleName("本案文书")

    def show_papers(self, papers: Sequence[PaperOffer]) -> None:
        """Show these instead; the line that had the focus has it again."""
        had = any(one.hasFocus() for one in self.lines)
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.lines = []
        stages = list(dict.fromkeys(one.stage for one in papers))
        order = {stage: at for at, stage in enumerate(type(stages[0]))} if stages else {}
        for stage in sorted(stages, key=order.__getitem__):
            self._column.addWidget(label(stage.label, "label"))
            for one in papers:
                if one.stage is stage:
                    self._add(one)
        self._column.addStretch()
        self._offer_turn()
        if had and (line := self.current()) is not None:
            line.setFocus()

    def current(self) -> PaperLine | None:
        """The line in turn: the one reached last, else the first that can come out."""
        mine = [one for one in self.lines if place_of(one.offer) == self._at]
        if not mine and self._at is not None:
            mine = [one for one in self.lines if place_of(one.offer)[:2] == self._at[:2]]
        ready = [one for one in self.lines if one.offer.state is State.READY]
        return next(iter([*mine, *ready, *self.lines]), None)

    def go_to(self, about: tuple[str, int]) -> None:
        """Put the focus on the line of this paper."""
        found = next((one for one in self.lines if place_of(one.offer)[:2] == about), None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, one: PaperOffer) -> None:
        line = PaperLine(one)
        line.taken.connect(self.opened)
        line.reached.connect(self._reached)
        line.asked_menu.connect(self.asked_menu)
        self.lines.append(line)
        self._column.addWidget(line)

    def _reached(self, line: PaperLine) -> None:
        self._at = place_of(line.offer)
        self._offer_turn()

    def _offer_turn(self) -> None:
        now = self.current()
        for one in self.lines:
            policy = Qt.FocusPolicy.StrongFocus if one is now else Qt.FocusPolicy.ClickFocus
            one.setFocusPolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((n for n, one in enumerate(self.lines) if one.hasFocus()), None)
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Home: -len(self.lines),
            Qt.Key.Key_End: len(self.lines),
        }
        move = steps.get(Qt.Key(event.key()))
        if at is None or move is None:
            super().keyPressEvent(event)
            return
        to = min(max(at + move, 0), len(self.lines) - 1)
        self.lines[to].setFocus(Qt.FocusReason.TabFocusReason)
