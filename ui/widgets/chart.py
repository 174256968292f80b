"""Calm bar charts: one colour, values written on the bars, the same figures as words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.basics import label

BAR_WIDTH: Final = 0.56
LEAST_PLACES: Final = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, its name below, its value, how the value is written."""

    key: Any
    name: str
    value: float
    shown: str = ""

    @property
    def words(self) -> str:
        """The value as written on the bar."""
        return self.shown or f"{self.value:g}"


class BarChart(QWidget):
    """Bars with their values; click, or ←→ and Enter, gives `bar_chosen(key)`."""

    bar_chosen = Signal(object)

    def __init__(self, title: str, *, unit: str = "") -> None:
        super().__init__()
        self._title, self._unit = title, unit
        self._bars: tuple[Bar, ...] = ()
        self._at = -1
        self._plot: Any = None
        self._head = QHBoxLayout()
        self._head.addWidget(label(title, "section"))
        self._head.addStretch()
        self._head.addStrut(36)  # charts beside each other begin at the same height
        self._now = label("", "small")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(self._head)
        self._column.addWidget(self._now)
        self._column.addStretch()
        self.setMinimumHeight(200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._describe()

    def add_choice(self, widget: QWidget) -> None:
        """Put a control into the line of the title, at its right."""
        self._head.addWidget(widget)

    @property
    def summary(self) -> str:
        """The chart as a sentence, for screen readers and for who prefers words."""
        if not self._bars:
            return f"{self._title}：本期没有数据。"
        told = "，".join(f"{one.name} {one.words}{self._unit}" for one in self._bars)
        return f"{self._title}：{told}。"

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars instead."""
        self._bars = tuple(bars)
        self._at = -1
        self._describe()
        if self._plot is not None:
            self._draw()

    def _describe(self) -> None:
        self.setAccessibleName(self.summary)
        if 0 <= self._at < len(self._bars):
            one = self._bars[self._at]
            self._now.setText(f"{one.name}：{one.words}{self._unit}　Enter 查看明细")
        else:
            self._now.setText("" if self._bars else "本期没有数据。")

    def _prepare(self) -> None:
        import pyqtgraph

        self._plot = pyqtgraph.PlotWidget()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.hideAxis("left")
        self._plot.getPlotItem().setContentsMargins(0, 0, 0, 0)
        self._plot.scene().sigMouseClicked.connect(self._clicked)
        self._column.takeAt(self._column.count() - 1)
        self._column.addWidget(self._plot, 1)
        self._draw()

    def _draw(self) -> None:
        import pyqtgraph

        plot = self._plot
        plot.clear()
        plot.setBackground(theme.colour("surface"))
        axis = plot.getAxis("bottom")
        axis.setPen(pyqtgraph.mkPen(theme.colour("line")))
        axis.setTextPen(pyqtgraph.mkPen(theme.colour("quiet")))
        axis.setStyle(tickLength=0, tickTextOffset=6, tickFont=self.font())
        axis.setTicks([[(at, _short(one.name)) for at, one in enumerate(self._bars)]])
        if not self._bars:
            return
        most = max((one.value for one in self._bars), default=0) or 1
        colours = ["accent" if at == self._at else "main" for at in range(len(self._bars))]
        plot.addItem(
            pyqtgraph.BarGraphItem(
                x=list(range(len(self._bars))),
                height=[one.value for one in self._bars],
                width=BAR_WIDTH,
                brushes=[theme.colour(name) for name in colours],
                pens=[pyqtgraph.mkPen(None)] * len(self._bars),
            )
        )
        for at, one in enumerate(self._bars):
            words = pyqtgraph.TextItem(one.words, color=theme.colour("ink"), anchor=(0.5, 1.0))
            words.setFont(self.font())
            words.setPos(at, one.value)
            plot.addItem(words)
        spare = max(0, LEAST_PLACES - len(self._bars)) / 2
        plot.setXRange(-0.6 - spare, len(self._bars) - 0.4 + spare, padding=0)
        plot.setYRange(0, most * 1.18, padding=0)

    def _clicked(self, event: Any) -> None:
        place: QPointF = self._plot.getPlotItem().vb.mapSceneToView(event.scenePos())
        at = round(place.x())
        if 0 <= at < len(self._bars) and abs(place.x() - at) <= 0.5:
            self._go(at)
            self.bar_chosen.emit(self._bars[at].key)

    def _go(self, at: int) -> None:
        if self._bars:
            self._at = min(max(at, 0), len(self._bars) - 1)
            self._describe()
            if self._plot is not None:
                self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._plot is None:
            self._prepare()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._plot is not None:
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._go(self._at + (1 if event.key() == Qt.Key.Key_Right else -1))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._at >= 0:
            self.bar_chosen.emit(self._bars[self._at].key)
        else:
            super().keyPressEvent(event)


def _short(name: str) -> str:
    return name if len(name) <= 7 else name[:6] + "…"
