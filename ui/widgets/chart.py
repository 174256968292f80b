"""Calm bar charts: values written at the bars, the same figures as words, each bar opened by key.

The second series is hatched, so that the two are told apart in grey and without colours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.basics import label

TALL, LEGEND, NAMES, ABOVE = 168, 24, 24, 22
BAR_WIDTH: Final = 0.62
MOST_BAR, ROW, BAR_ROW, ROW_GAP = 46.0, 30, 18, 12
NAME_SHARE: Final = 0.36
GAP: Final = 8
WAITING: Final = "正在统计……"
NOTHING: Final = "本期没有数据。"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, its name, its value, how that is written, which series."""

    key: Any
    name: str
    value: float
    shown: str = ""
    series: int = 0

    @property
    def words(self) -> str:
        """The value as written at the bar."""
        return self.shown or f"{self.value:g}"


class BarChart(QWidget):
    """Bars with their values; a click, or arrows and Enter, gives `bar_chosen(key)`."""

    bar_chosen = Signal(object)

    def __init__(
        self, title: str, *, unit: str = "", series: Sequence[str] = (), across: bool = False
    ) -> None:
        super().__init__()
        self._title, self._unit, self._series = title, unit, tuple(series)
        self._empty = NOTHING
        self._bars: tuple[Bar, ...] = ()
        self._at = -1
        self._head = QHBoxLayout()
        self._name = label(title, "section")
        self._head.addWidget(self._name)
        self._head.addStretch()
        self._head.addStrut(36)  # charts beside each other begin at the same height
        self._now = label("", "small")
        self._note = label("", "small", wrap=True)
        self._note.hide()
        self.plot = Plot(self, across=across)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._head)
        column.addWidget(self._now)
        column.addWidget(self.plot, 1)
        column.addWidget(self._note)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._describe()

    def add_choice(self, widget: QWidget) -> None:
        """Put a control into the line of the title, at its right."""
        self._head.addWidget(widget)

    @property
    def bars(self) -> tuple[Bar, ...]:
        return self._bars

    @property
    def series(self) -> tuple[str, ...]:
        return self._series

    @property
    def at(self) -> int:
        """The bar the keyboard stands on, -1 before it was used."""
        return self._at

    @property
    def empty(self) -> str:
        """What stands there instead of bars."""
        return "" if any(one.value for one in self._bars) else self._empty

    @property
    def summary(self) -> str:
        """The chart as a sentence, for screen readers and for who prefers words."""
        if not self._bars:
            return f"{self._title}：{self._empty}"
        return f"{self._title}：{'，'.join(map(self._said, self._bars))}。"

    def _said(self, one: Bar) -> str:
        of = f" {self._series[one.series]}" if self._series else ""
        return f"{one.name}{of} {one.words}{self._unit}"

    def show_title(self, title: str, *, unit: str = "", series: Sequence[str] = ()) -> None:
        """Show something else from now on."""
        self._title, self._unit, self._series = title, unit, tuple(series)
        self._name.setText(title)

    def show_bars(self, bars: Sequence[Bar], *, note: str = "") -> None:
        """Show these bars instead; the bar one stood on is stood on again where it still is."""
        stood = self._bars[self._at] if 0 <= self._at < len(self._bars) else None
        self._bars, self._empty = tuple(bars), NOTHING
        same = [
            at
            for at, one in enumerate(self._bars)
            if stood is not None and (one.name, one.series) == (stood.name, stood.series)
        ]
        self._at = same[0] if same else -1
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._redraw()

    def show_waiting(self) -> None:
        """Say that the figures are still being counted."""
        self.show_bars([])
        self._empty = WAITING
        self._redraw()

    def _redraw(self) -> None:
        self._describe()
        self.plot.updateGeometry()
        self.plot.update()

    def _describe(self) -> None:
        self.setAccessibleName(self.summary)
        self.setAccessibleDescription("方向键选择，回车查看明细")
        if 0 <= self._at < len(self._bars):
            self._now.setText(f"{self._said(self._bars[self._at])}　Enter 查看明细")
        else:
            self._now.setText("")

    def choose(self, at: int) -> None:
        """Open the rows of a bar that was clicked."""
        self._go(at)
        self.bar_chosen.emit(self._bars[at].key)

    def tell(self, at: int) -> str:
        """A bar in words, for whoever points at it."""
        return self._said(self._bars[at])

    def _go(self, at: int) -> None:
        if self._bars:
            self._at = min(max(at, 0), len(self._bars) - 1)
            self._describe()
            self.plot.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.plot.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.plot.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.plot.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS and self._bars:
            self._go(self._at + _STEPS[key])
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._go(0 if key == Qt.Key.Key_Home else len(self._bars))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self._at >= 0:
            self.bar_chosen.emit(self._bars[self._at].key)
        else:
            super().keyPressEvent(event)


_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class Plot(QWidget):
    """The drawing: bars upright over their names, or lying beside them."""

    def __init__(self, chart: BarChart, *, across: bool) -> None:
        super().__init__(chart)
        self._chart, self._across = chart, across
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    @property
    def _size(self) -> int:
        return max(len(self._chart.series), 1)

    @property
    def _top(self) -> int:
        return LEGEND if self._chart.series else 0

    @property
    def _groups(self) -> int:
        return -(-len(self._chart.bars) // self._size)

    def sizeHint(self) -> QSize:
        if not self._across:
            return QSize(240, TALL + self._top)
        return QSize(240, max(self._top + self._groups * self._row + 4, 60))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def _row(self) -> int:
        return ROW if self._size == 1 else self._size * BAR_ROW + ROW_GAP

    @property
    def _most(self) -> float:
        return max((one.value for one in self._chart.bars), default=0) or 1

    # where things stand

    def slot(self, at: int) -> QRectF:
        """The part of the drawing that belongs to a bar, where a click opens it."""
        group, series = divmod(at, self._size)
        if self._across:
            height = self._row / self._size
            return QRectF(0, self._top + group * self._row + series * height, self.width(), height)
        wide = self.width() / max(self._groups, 1)
        return QRectF(
            group * wide + series * wide / self._size, self._top, wide / self._size,
            self.height() - self._top,
        )  # fmt: skip

    def bar(self, at: int) -> QRectF:
        """The bar itself; something that is not nought is never less than a line."""
        group, series = divmod(at, self._size)
        value = self._chart.bars[at].value
        if self._across:
            left, most = self._left, self.width() - self._left - self._figure_room
            top = self._top + group * self._row + ROW_GAP / 2 + series * BAR_ROW
            wide = max(most * value / self._most, 1.5 if value else 0)
            return QRectF(left, top + 1, wide, BAR_ROW - 2)
        slot = self.width() / max(self._groups, 1)
        thick = min(slot * BAR_WIDTH / self._size, MOST_BAR)
        room = self.height() - self._top - NAMES - ABOVE
        tall = max(room * value / self._most, 1.5 if value else 0)
        left = group * slot + slot / 2 + (series - self._size / 2) * thick
        base = self.height() - NAMES
        return QRectF(left + 1, base - tall, thick - 2, tall)

    @property
    def _left(self) -> float:
        widest = max(
            (self.fontMetrics().horizontalAdvance(one.name) for one in self._chart.bars), default=0
        )
        return min(widest, self.width() * NAME_SHARE) + GAP

    @property
    def _figure_room(self) -> float:
        return max(
            (self.fontMetrics().horizontalAdvance(one.words) for one in self._chart.bars), default=0
        ) + 2 * GAP  # fmt: skip

    def at(self, place: QPointF) -> int:
        """The bar whose part this place is, -1 for none."""
        found = [at for at in range(len(self._chart.bars)) if self.slot(at).contains(place)]
        return found[0] if found else -1

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._chart.empty:
            painter.setPen(theme.colour("quiet"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._chart.empty)
            return
        self._legend(painter)
        if not self._across:
            painter.setPen(QPen(theme.colour("line"), 1))
            base = self.height() - NAMES + 0.5
            painter.drawLine(QPointF(0, base), QPointF(self.width(), base))
        taken: list[QRectF] = []
        order = sorted(range(len(self._chart.bars)), key=lambda at: -self._chart.bars[at].value)
        for at in order:
            self._bar(painter, at)
            self._figure(painter, at, taken)
        for group in range(self._groups):
            self._group_name(painter, group)

    def _bar(self, painter: QPainter, at: int) -> None:
        shape = self.bar(at)
        colour, pattern = _look(self._chart.bars[at].series)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface"))
        painter.drawRect(shape)
        painter.setBrush(QBrush(colour, pattern))
        if pattern != Qt.BrushStyle.SolidPattern:
            painter.setPen(QPen(colour, 1))
        if self._chart.bars[at].value:
            painter.drawRect(shape)
        if at == self._chart.at and self._chart.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("ink"), 1.5))
            painter.drawRoundedRect(shape.adjusted(-3, -3, 3, 3), 3, 3)

    def _figure(self, painter: QPainter, at: int, taken: list[QRectF]) -> None:
        """The value at its bar; one that would stand in another's is left to the words above."""
        one, shape = self._chart.bars[at], self.bar(at)
        if not one.value and self._size > 1:
            return
        wide = self.fontMetrics().horizontalAdvance(one.words) + 2
        if self._across:
            place = QRectF(shape.right() + GAP, shape.top() - 2, wide, shape.height() + 4)
        else:
            left = min(max(shape.center().x() - wide / 2, 0), self.width() - wide)
            place = QRectF(left, shape.top() - ABOVE + 2, wide, ABOVE - 4)
        if any(place.intersects(each) for each in taken):
            return
        taken.append(place)
        painter.setPen(theme.colour("ink"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, one.words)

    def _group_name(self, painter: QPainter, group: int) -> None:
        name = self._chart.bars[group * self._size].name
        painter.setPen(theme.colour("quiet"))
        metrics = self.fontMetrics()
        if self._across:
            top = self._top + group * self._row
            place = QRectF(0, top, self._left - GAP, self._row)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        else:
            slot = self.width() / self._groups
            place = QRectF(group * slot + 2, self.height() - NAMES + 4, slot - 4, NAMES - 4)
            side = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(place.width()) + 1)
        painter.drawText(place, side, words)

    def _legend(self, painter: QPainter) -> None:
        left = 0.0
        for at, name in enumerate(self._chart.series):
            colour, pattern = _look(at)
            painter.setPen(QPen(colour, 1))
            painter.setBrush(QBrush(colour, pattern))
            painter.drawRect(QRectF(left + 0.5, 5.5, 12, 10))
            painter.setPen(theme.colour("quiet"))
            wide = self.fontMetrics().horizontalAdvance(name)
            painter.drawText(
                QRectF(left + 19, 0, wide + 4, 21), Qt.AlignmentFlag.AlignVCenter, name
            )
            left += 19 + wide + 24

    # the mouse

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self.at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self._chart.setFocus(Qt.FocusReason.MouseFocusReason)
            self._chart.choose(at)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self.at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._chart.tell(at) if at >= 0 else "", self)
            return True
        return super().event(event)


def _look(series: int) -> tuple[Any, Qt.BrushStyle]:
    """Full for the first series, hatched for the others."""
    if series == 0:
        return theme.colour("main"), Qt.BrushStyle.SolidPattern
    return theme.colour("quiet"), Qt.BrushStyle.BDiagPattern
